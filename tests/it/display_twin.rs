//! Displays against a twin that recounts them from the rows of `export`, with no code of theirs: random studies with gaps, units
//! of several speakers, three coders and two rounds. `THEMATA_STUDIES=1000` makes as many as the issue asks for,
//! `THEMATA_SEED` others.

mod counting;
mod heads;
mod matrices;
mod talking;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use crate::support::TestStudy;
use counting::{Answers, Settled, Twin};
use world::{CODERS, Dice, World};

/// The rows that a command prints as CSV.
fn rows(study: &TestStudy, command: &str) -> Vec<BTreeMap<String, String>> {
    let (status, out, err) = study.streams(&format!("{command} --format csv --raw"));
    assert_eq!(status, 0, "{command}: {err}");
    world::rows(&out)
}

/// What the three answered, by unit and dimension, as it is written.
type Given = BTreeMap<(String, String), BTreeMap<String, String>>;

fn given(study: &TestStudy, command: &str) -> Given {
    let mut given = Given::new();
    for row in rows(study, command) {
        let place = (row["unit"].clone(), row["dimension"].clone());
        given.entry(place).or_default().insert(row["coder"].clone(), row["codes"].clone());
    }
    given
}

fn codes(text: &str) -> BTreeSet<String> {
    text.split("; ").filter(|it| *it != "none").map(str::to_owned).collect()
}

/// What counts by each rule: of what was given, and of what was settled (nothing where it was left open).
fn answers(given: &Given, settled: &BTreeMap<(String, String), Option<String>>) -> Answers {
    let mut of_coder: BTreeMap<String, Settled> =
        CODERS.into_iter().map(|it| (it.to_owned(), Settled::new())).collect();
    let mut by_rule: BTreeMap<&str, Settled> =
        ["final", "agreed", "any", "consensus"].map(|it| (it, Settled::new())).into();
    let mut put = |rule: &str, place: &(String, String), codes: BTreeSet<String>| {
        by_rule.get_mut(rule).unwrap().insert(place.clone(), codes);
    };
    for (place, all) in given {
        for (coder, answer) in all {
            of_coder.get_mut(coder).unwrap().insert(place.clone(), codes(answer));
        }
        let first = all.values().next().unwrap();
        if all.len() == CODERS.len() && all.values().all(|it| it == first) {
            put("agreed", place, codes(first));
            if !settled.contains_key(place) {
                put("final", place, codes(first));
            }
        }
        put("any", place, all.values().flat_map(|it| codes(it)).collect());
    }
    for (place, answer) in settled.iter().filter_map(|(place, it)| Some((place, it.as_ref()?))) {
        put("final", place, codes(answer));
        put("consensus", place, codes(answer));
    }
    Answers { by_rule, of_coder }
}

/// What counts over all rounds, and in each of them. A consensus holds until all whose answers it settled have answered
/// anew: all alike, or not as they had.
fn counted(study: &TestStudy, world: &World) -> (Answers, Vec<(String, Answers)>) {
    let settled_in = |round: &str| -> BTreeMap<(String, String), Option<String>> {
        let own = world.settlements.iter().filter(|it| it.round == round);
        own.map(|it| ((it.unit.clone(), it.dimension.clone()), it.answer.clone())).collect()
    };
    let in_round =
        |round: &String| (round.clone(), given(study, &format!("export --round {round}")));
    let rounds: Vec<(String, Given)> = world.rounds.iter().map(in_round).collect();
    let mut settled = settled_in("main");
    if let [(_, main), (_, later)] = rounds.as_slice() {
        settled.retain(|place, _| {
            let before = main.get(place).cloned().unwrap_or_default();
            let anew = later.get(place).cloned().unwrap_or_default();
            let whose: Vec<&String> = before.keys().collect();
            // Where it is all three who answered later, or nobody completed it before, the later round holds.
            let holds =
                anew.len() == CODERS.len() || (before.len() < CODERS.len() && !anew.is_empty());
            let all = !whose.is_empty() && whose.iter().all(|it| anew.contains_key(*it));
            let of: Vec<Option<&String>> = whose.iter().map(|it| anew.get(*it)).collect();
            let alike = of.windows(2).all(|it| it[0] == it[1]);
            let as_before = whose.iter().all(|it| before.get(*it) == anew.get(*it));
            !(holds && all && (alike || !as_before))
        });
        settled.extend(settled_in("later"));
    }
    let all = answers(&given(study, "export"), &settled);
    let of_round =
        |(round, given): &(String, Given)| (round.clone(), answers(given, &settled_in(round)));
    let of_round = rounds.iter().map(of_round).collect();
    (all, of_round)
}

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

#[test]
fn every_display_is_what_the_rows_of_an_export_say() {
    let studies = number("THEMATA_STUDIES", 3);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ number("THEMATA_SEED", 0));
    let mut settled_at_all = 0;
    for _ in 0..studies {
        let (study, world) = world::study(&mut dice);
        let (all, of_round) = counted(&study, &world);
        let settled = &all.by_rule["final"];
        settled_at_all += u64::from(!settled.is_empty());
        let kept = (0..world.units.len()).collect();
        let (all, of_round) = (&all, of_round.as_slice());
        let twin = Twin { world: &world, settled, rule: "final", all, of_round, kept };
        matrices::crossed(&study, &twin, &mut dice);
        matrices::displays(&study, &twin, &mut dice);
        matrices::contrasts(&study, &twin, &mut dice);
        matrices::summaries(&study, &twin, &mut dice);
        talking::voices(&study, &twin);
        talking::spoke(&study, &twin);
        talking::words(&study, &twin);
        talking::meetings(&study, &twin);
        talking::saturation(&study, &twin);
        talking::claims(&study, &twin, &mut dice);
    }
    assert!(settled_at_all * 10 > studies * 9, "{settled_at_all} of {studies}");
}
