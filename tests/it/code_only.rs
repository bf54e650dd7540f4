//! `code --only`, `--dimension` and `--order`: what a session shows, and in which order.

use crate::support::TestStudy;

/// What was saved, in order: unit, dimension, codes.
fn saved(seen: &str) -> Vec<&str> {
    seen.lines().filter_map(|line| line.strip_prefix("saved ")).collect()
}

#[test]
fn only_what_is_undecided_or_was_doubted_is_shown() {
    let study = TestStudy::new().coded(
        "c1",
        &["A:2 leadership chair", "A:2 tone warm unsure", "A:5 leadership none", "A:5 tone cold"],
    );
    let seen = study.typed("code --coder c1 --only uncoded --lines", "e\ne\nq\n");
    assert_eq!(
        saved(&seen),
        ["A:3-4 leadership none", "A:3-4 tone none", "B:1 leadership none", "B:1 tone none",],
        "{seen}"
    );
    let seen = study.typed("code --coder c1 --only uncoded --lines", "");
    assert!(seen.contains("Nothing is undecided for c1") && seen.ends_with("[exit 0]\n"), "{seen}");
    // A doubt is shown once more; Enter leaves the decision and the doubt, an answer is certain.
    let seen = study.typed("code --coder c1 --only unsure --lines", "\n");
    assert!(seen.contains("You were unsure of this decision"), "{seen}");
    assert_eq!(saved(&seen), ["A:2 tone warm"], "{seen}");
    let seen = study.typed("code --coder c1 --only unsure --lines", "cold\n");
    assert_eq!(saved(&seen), ["A:2 tone cold"], "{seen}");
    let seen = study.typed("code --coder c1 --only unsure --lines", "");
    assert!(seen.contains("nothing of which c1 is unsure"), "{seen}");
}

#[test]
fn one_dimension_is_coded_over_all_units_and_nothing_else_is_touched() {
    let study = TestStudy::new();
    let seen = study.typed("code --coder c1 --dimension TONE --lines", "warm\ne\n1\n0\nq\n");
    assert_eq!(
        saved(&seen),
        ["A:2 tone warm", "A:3-4 tone none", "A:5 tone warm", "B:1 tone none"],
        "{seen}"
    );
    assert!(!study.read("coding/c1.csv").contains("leadership"));
    let wrong = study.run("code --coder c1 --dimension mood --lines");
    assert!(wrong.contains("leadership") && wrong.ends_with("[exit 2]\n"), "{wrong}");
}

#[test]
fn a_random_order_comes_from_its_seed_and_shows_every_unit_once() {
    let order = |seed: u32| {
        let study = TestStudy::new();
        let line = format!("code --coder c1 --order random --seed {seed} --lines");
        let seen = study.typed(&line, "e\ne\ne\ne\nz\nz\ny\ny\nq\n");
        let units: Vec<String> =
            saved(&seen).iter().map(|it| it.split(' ').next().unwrap().to_owned()).collect();
        let mut first: Vec<String> = Vec::new();
        for unit in units {
            if !first.contains(&unit) {
                first.push(unit);
            }
        }
        first
    };
    let orders: Vec<_> = (1..=6).map(order).collect();
    assert_eq!(order(1), orders[0]);
    assert!(orders.iter().any(|it| *it != orders[0]), "{orders:?}");
    for mut units in orders {
        units.sort();
        assert_eq!(units, ["A:2", "A:3-4", "A:5", "B:1"]);
    }
    let study = TestStudy::new();
    let seen = study.run("code --coder c1 --order random --lines");
    assert!(seen.contains("--seed") && seen.ends_with("[exit 2]\n"), "{seen}");
    let seen = study.run("code --coder c1 --seed 3 --lines");
    assert!(seen.contains("--order random") && seen.ends_with("[exit 2]\n"), "{seen}");
}
