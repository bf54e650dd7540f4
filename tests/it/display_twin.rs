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
use counting::{Settled, Twin};
use world::{CODERS, Dice};

/// The rows that a command prints as CSV.
fn rows(study: &TestStudy, command: &str) -> Vec<BTreeMap<String, String>> {
    let (status, out, err) = study.streams(&format!("{command} --format csv --raw"));
    assert_eq!(status, 0, "{command}: {err}");
    world::rows(&out)
}

/// What all three decided alike, and what each decided; whatever somebody left open, or decided otherwise, is settled
/// nowhere.
fn settled(study: &TestStudy) -> (Settled, BTreeMap<String, Settled>) {
    let mut answers: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut of_coder: BTreeMap<String, Settled> =
        CODERS.into_iter().map(|it| (it.to_owned(), Settled::new())).collect();
    let codes = |text: &str| -> BTreeSet<String> {
        text.split("; ").filter(|it| *it != "none").map(str::to_owned).collect()
    };
    for row in rows(study, "export") {
        let place = (row["unit"].clone(), row["dimension"].clone());
        of_coder.get_mut(&row["coder"]).unwrap().insert(place.clone(), codes(&row["codes"]));
        answers.entry(place).or_default().push(row["codes"].clone());
    }
    let alike = |all: &Vec<String>| all.len() == CODERS.len() && all.iter().all(|it| *it == all[0]);
    let alike = answers.into_iter().filter(|(_, all)| alike(all));
    (alike.map(|(place, all)| (place, codes(&all[0]))).collect(), of_coder)
}

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

#[test]
fn every_display_is_what_the_rows_of_an_export_say() {
    let studies = number("THEMATA_STUDIES", 12);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ number("THEMATA_SEED", 0));
    let mut settled_at_all = 0;
    for _ in 0..studies {
        let (study, world) = world::study(&mut dice);
        let (settled, of_coder) = settled(&study);
        settled_at_all += u64::from(!settled.is_empty());
        let kept = (0..world.units.len()).collect();
        let twin = Twin { world: &world, settled: &settled, of_coder: &of_coder, kept };
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
