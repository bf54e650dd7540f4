//! Two copies of a folder, on two computers, on which different people act, and which are then brought together.

use std::collections::BTreeSet;
use std::path::Path;

use super::{
    Act, CLOCKS, Study, at, decided, essence, nobody_sees_what_she_has_not_sealed, state, step,
};
use crate::store::append::lacking;
use crate::store::load::{Opened, load};
use crate::store::simulated::SimulatedDisk;
use crate::store::small_study;

/// What is done on one of two copies: c1 has the first, c2 the other, and only on the first are units cut anew.
const ACTS_APART: [&[Act]; 2] = [
    &[Act::Code(0), Act::Recut, Act::Seal(0), Act::SealAgain(0), Act::Look],
    &[Act::Code(1), Act::Seal(1), Act::SealAgain(1), Act::Look],
];

/// The states that up to so many acts on one copy lead to, by one clock; each with how many acts it took.
fn apart(base: &SimulatedDisk, copy: usize, most: usize, clock: usize) -> Vec<(usize, Study)> {
    let start = (base.copy(), load(&at(base, 0)).unwrap());
    let mut known = BTreeSet::from([essence(&start.1)]);
    let mut all = vec![(Vec::new(), start)];
    let mut from = 0;
    for _ in 0..most {
        let until = all.len();
        for nth in from..until {
            for act in ACTS_APART[copy] {
                let acts = [all[nth].0.as_slice(), &[*act]].concat();
                let study = step(&all[nth].1, &acts, CLOCKS[clock]);
                if known.insert(essence(&study.1)) {
                    all.push((acts, study));
                }
            }
        }
        from = until;
    }
    all.into_iter().map(|(acts, study)| (acts.len(), study)).collect()
}

/// Brings what another copy of the folder holds into one: rows that are lacking after those that are there, as git's union does;
/// or, as Dropbox does, the other's file beside as a copy. What is replaced whole is taken from where it changed.
fn join(
    base: &SimulatedDisk,
    one: &SimulatedDisk,
    other: &SimulatedDisk,
    beside: bool,
) -> SimulatedDisk {
    let joined = one.copy();
    let folders = ["", "coding", "seals", "units"].map(|it| Path::new("/study").join(it));
    let names: Vec<_> = folders.iter().flat_map(|it| other.files().names_in(it)).collect();
    for name in names {
        let there = other.files().read(&name).unwrap();
        let here = joined.files().read(&name);
        let file = name.display().to_string();
        let grows = ["coding/", "/seals.csv", "/events.csv", "/moves.csv"];
        if file.ends_with(".lock") || here.as_ref() == Some(&there) {
            continue;
        }
        if !grows.iter().any(|it| file.contains(it)) {
            if here.is_none() || here == base.files().read(&name) {
                joined.files().put(&name, &there);
            }
        } else if beside && here.is_some() {
            let copy = file.replace(".csv", ".sync-conflict-20260301-100000-ABC.csv");
            joined.files().put(Path::new(&copy), &there);
        } else {
            let mut rows = here.unwrap_or_default();
            let lacking = lacking(&there, &rows);
            rows.extend(lacking);
            joined.files().put(&name, &rows);
        }
    }
    joined
}

#[test]
fn two_copies_of_a_folder_that_are_joined_give_one_result_whoever_joins_them_and_whatever_clocks_say()
 {
    let base = decided();
    // By the clocks in order, and with one computer a year ahead. Up to four acts in all, and clocks that run backwards, were
    // tried too; they take minutes.
    let copies = [0, 3].map(|clock| [0, 1].map(|copy| apart(&base, copy, 3, clock)));
    let mut joined = 0;
    for (nth, (length, _)) in copies[0][0].iter().enumerate() {
        for (other, (more, _)) in copies[0][1].iter().enumerate() {
            if length + more > 3 {
                continue;
            }
            let mut told = None;
            for clock in &copies {
                let (one, two) = (&clock[0][nth].1.0, &clock[1][other].1.0);
                for (first, second, beside) in [(one, two, false), (two, one, true)] {
                    let disk = join(&base, first, second, beside);
                    let opened = load(&at(&disk, 0)).unwrap();
                    nobody_sees_what_she_has_not_sealed(&opened, &[]);
                    let said = said(&opened);
                    assert_eq!(told.get_or_insert_with(|| said.clone()), &said, "{nth} {other}");
                }
            }
            joined += 1;
        }
    }
    assert!(joined > 60, "{joined}");
}

#[test]
fn two_who_hand_over_nothing_over_different_units_on_two_computers_have_a_list_each() {
    let base = small_study::disk_of(&[("A", 3)]);
    let [one, other] = [0, 1].map(|number| {
        let start = (base.copy(), load(&at(&base, 0)).unwrap());
        let cut = if number == 0 { step(&start, &[Act::Recut], CLOCKS[0]) } else { start };
        step(&cut, &[Act::Seal(number)], CLOCKS[0]).0
    });
    for (first, second) in [(&one, &other), (&other, &one)] {
        let joined = load(&at(&join(&base, first, second, false), 0)).unwrap();
        assert_eq!(joined.seals.len(), 2);
        assert!(joined.seals.iter().all(|it| it.covers.is_some()), "{:?}", joined.seals);
    }
}

/// What results say, whatever the files are called from which it comes.
fn said(opened: &Opened) -> String {
    let late = |line: &str| match (line.find(" late "), line.find(" broken ")) {
        (Some(from), Some(until)) => format!("{}{}\n", &line[..from], &line[until..]),
        _ => format!("{line}\n"),
    };
    state(opened).lines().map(late).collect()
}
