//! What is derived from texts and roles is computed: cells that say something else are said, and believed by nobody.

use crate::support::TestStudy;

fn sealed() -> TestStudy {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]).coded("c2", &["A:2 tone warm"]);
    study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2")
}

/// What results show, in forms for programs.
fn results(study: &TestStudy) -> Vec<String> {
    let lines = [
        "matrix --rows participant --cell units",
        "matrix --rows participant --cell words",
        "matrix --cell words",
        "quotes",
        "agree",
        "units show A",
        "export",
    ];
    let table = |line: &str| {
        let seen = study.run(&format!("{line} --format csv"));
        assert!(seen.ends_with("[exit 0]\n"), "{line}: {seen}");
        seen.split("--- stderr").next().unwrap().replace("[exit 0]\n", "")
    };
    lines.into_iter().map(table).collect()
}

#[test] // reliability-case 14
fn speakers_kind_words_and_text_of_units_are_computed_and_a_cell_that_differs_is_one_in_check() {
    let study = sealed();
    let (units, before) = (study.read("units/A.csv"), results(&study));
    for (from, to, column) in [
        ("A:2,talk,P1,", "A:2,talk,P2,", "speakers"),
        ("A:2,talk,P1,", "A:2,talk,,", "speakers"),
        ("A:2,talk,P1,", "A:2,talk,P1; P9,", "speakers"),
        ("A:3-4,talk,", "A:3-4,prompt,", "kind"),
        ("A:3-4,talk,", "A:3-4,speech,", "kind"),
        ("A:3-4,talk,P2,5,", "A:3-4,talk,P2,500,", "words"),
        ("A:3-4,talk,P2,5,", "A:3-4,talk,P2,many,", "words"),
    ] {
        assert!(units.contains(from), "{units}");
        study.write("units/A.csv", &units.replace(from, to));
        assert_eq!(results(&study), before, "{to}");
        let seen = study.run("check");
        assert!(seen.contains(&format!("`{column}` of unit A:")), "{to}: {seen}");
        assert!(seen.contains("1 problem\n") && seen.ends_with("[exit 1]\n"), "{to}: {seen}");
        assert!(study.run("matrix").contains("units/A.csv: 1 cell says"), "{to}");
    }
    study.write("units/A.csv", &units.replace("coffee", "tea"));
    assert_eq!(results(&study), before);
    assert!(study.run("check").ends_with("[exit 1]\n"));
}

#[test]
fn a_role_that_was_changed_by_hand_is_recounted() {
    let (by_hand, by_command) = (sealed(), sealed());
    let people = by_hand.read("participants.csv");
    let row = people.lines().find(|line| line.starts_with("P2,")).unwrap();
    let other = row.replace(",participant,", ",observer,");
    by_hand.write("participants.csv", &people.replace(row, &other));
    by_command.run("participants set P2 --role observer");
    assert_eq!(results(&by_hand), results(&by_command));
    assert!(by_command.run("check").starts_with("0 problems"));
}
