//! Promise 3 on disk: what was sealed stays what it was, and what comes later does not count.

use std::sync::Arc;

use super::clock::FixedClock;
use super::gate::Wish;
use super::layout;
use super::load::{Opened, load, load_for};
use super::seal::SealWish;
use super::simulated::SimulatedDisk;
use super::small_study::{self, UNITS, c1, c2, code, compared, decide, folder, open, path};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::UnitIndex;
use crate::domain::seal::Seal;

fn wish(coder: CoderId) -> SealWish {
    SealWish { coder, cases: Vec::new(), round: None, incomplete: None, again: None }
}

fn seal(opened: &Opened, coder: CoderId) -> Result<Seal, Failure> {
    opened.seal(&SealWish { incomplete: Some("a test".to_owned()), ..wish(coder) })
}

/// A study in which both coders decided one thing and sealed.
fn sealed() -> SimulatedDisk {
    let disk = small_study::disk();
    for coder in [c1(), c2()] {
        code(&disk, &coder, "", &[decide(0, "horizontal"), decide(1, "warm")]);
        seal(&open(&disk), coder).unwrap();
    }
    disk
}

/// Changes a file as another program would.
fn rewrite(disk: &SimulatedDisk, file: &str, change: impl Fn(&str) -> String) {
    let text = String::from_utf8(disk.files().read(&path(file)).unwrap()).unwrap();
    disk.files().put(&path(file), change(&text).as_bytes());
}

fn late(disk: &SimulatedDisk, coder: &CoderId) -> Vec<(String, u64)> {
    let opened = open(disk);
    let state = opened.seal_state(coder);
    assert!(state.broken.is_empty(), "{:?}", state.broken);
    state.late.clone().into_iter().collect()
}

#[test]
fn nothing_is_compared_before_both_have_sealed() {
    let disk = small_study::disk();
    code(&disk, &c1(), "", &[decide(0, "horizontal")]);
    code(&disk, &c2(), "", &[decide(0, "horizontal")]);
    seal(&open(&disk), c1()).unwrap();
    let refused = open(&disk).comparison(&Wish::default());
    assert!(matches!(refused, Err(Failure::Refused(what, _)) if what.key == "gate.closed"));
    seal(&open(&disk), c2()).unwrap();
    assert_eq!(compared(&disk, 0), ["A:1 leadership horizontal"]);
}

#[test]
fn what_is_read_for_one_coder_holds_her_work_and_compares_nobody() {
    let disk = sealed();
    for name in ["c1", "c2"] {
        let coder: CoderId = name.parse().unwrap();
        let (own, whole) = (load_for(&folder(&disk), name).unwrap(), open(&disk));
        assert_eq!(own.own(&coder, None).unwrap(), whole.own(&coder, None).unwrap());
        for unit in (0..UNITS as u32).map(UnitIndex) {
            let round = own.study.current_round();
            let sealed = |opened: &Opened| opened.has_sealed(&coder, unit, round);
            assert_eq!(sealed(&own), sealed(&whole));
        }
        assert!(matches!(own.comparison(&Wish::default()), Err(Failure::Refused(..))));
        assert!(whole.comparison(&Wish::default()).is_ok());
    }
}

#[test]
fn sealing_with_undecided_units_is_refused_with_their_number_unless_a_reason_is_given() {
    let disk = small_study::disk();
    code(&disk, &c1(), "", &[decide(0, "horizontal")]);
    let Err(Failure::Refused(what, _)) = open(&disk).seal(&wish(c1())) else { panic!() };
    assert_eq!(what.key, "seal.undecided");
    assert!(what.arguments.contains(&("n", (2 * UNITS - 1).to_string())));
    assert!(disk.files().read(&path(layout::SEALS)).is_none());
    let seal = seal(&open(&disk), c1()).unwrap();
    assert_eq!(seal.decisions, 1);
    assert!(has_event(&disk, "incomplete", "A; B"));
}

fn has_event(disk: &SimulatedDisk, word: &str, about: &str) -> bool {
    open(disk).events.iter().any(|it| it.what.word() == word && it.what.about() == about)
}

#[test]
fn rows_that_come_after_the_seal_are_listed_and_count_when_it_is_sealed_again() {
    let disk = sealed();
    let before = compared(&disk, 0);
    code(&disk, &c1(), "", &[decide(0, "rotating"), decide(5, "cold")]);
    assert_eq!(late(&disk, &c1()), [("coding/c1.csv".to_owned(), 2)]);
    assert_eq!(compared(&disk, 0), before);
    let again = SealWish { again: Some("a slip".to_owned()), ..wish(c1()) };
    let again = SealWish { incomplete: Some("a test".to_owned()), ..again };
    open(&disk).seal(&again).unwrap();
    assert_eq!(late(&disk, &c1()), []);
    let now = ["A:1 leadership rotating", "A:2 tone warm", "B:2 tone cold"];
    assert_eq!(compared(&disk, 0), now);
    assert!(has_event(&disk, "again", "A; B"));
}

#[test]
fn a_sealed_row_that_was_changed_or_removed_is_a_broken_seal() {
    for change in [
        |text: &str| text.replace("horizontal", "rotating"),
        |text: &str| text.lines().take(2).map(|line| format!("{line}\n")).collect(),
    ] {
        let disk = sealed();
        rewrite(&disk, "coding/c1.csv", change);
        let opened = open(&disk);
        assert_eq!(opened.seal_state(&c1()).broken[0].what.key, "seal.broken");
        assert_eq!(opened.seal_state(&c2()).broken, []);
        let Err(Failure::Invalid(problems)) = opened.comparison(&Wish::default()) else { panic!() };
        assert_eq!(problems[0].what.key, "seal.broken");
    }
}

#[test]
fn what_is_coded_in_the_very_second_of_the_seal_came_later_if_it_was_appended_later() {
    let disk = small_study::disk();
    let clock = Arc::new(FixedClock("2026-03-01T10:00:00Z".parse().unwrap()));
    let open = || load(&folder(&disk).with_clock(clock.clone())).unwrap();
    let code = |coder: CoderId, decisions: &[_]| {
        let mut writer = super::LogWriter::open(&open(), &coder, None, "").unwrap();
        writer.append(decisions, crate::domain::log::Via::Lines).unwrap();
    };
    code(c1(), &[decide(0, "horizontal"), decide(1, "warm")]);
    code(c2(), &[decide(0, "horizontal")]);
    seal(&open(), c1()).unwrap();
    seal(&open(), c2()).unwrap();
    code(c1(), &[decide(1, "cold"), decide(2, "none")]);
    assert_eq!(late(&disk, &c1()), [("coding/c1.csv".to_owned(), 2)]);
    assert_eq!(compared(&disk, 0), ["A:1 leadership horizontal", "A:2 tone warm"]);
}

#[test]
fn what_another_device_brings_after_the_seal_came_later_whatever_its_date() {
    let disk = small_study::disk();
    code(&disk, &c1(), "", &[decide(0, "horizontal")]);
    code(&disk, &c1(), "laptop", &[decide(1, "warm"), decide(2, "none")]);
    code(&disk, &c2(), "", &[decide(0, "horizontal")]);
    let whole = disk.files().read(&path("coding/c1.laptop.csv")).unwrap();
    let first: Vec<_> = whole.split_inclusive(|byte| *byte == b'\n').take(2).collect();
    for there in [None, Some(first.concat())] {
        let disk = disk.copy();
        match &there {
            None => disk.files().take_away(&path("coding/c1.laptop.csv")),
            Some(bytes) => disk.files().put(&path("coding/c1.laptop.csv"), bytes),
        }
        seal(&open(&disk), c1()).unwrap();
        seal(&open(&disk), c2()).unwrap();
        let then = compared(&disk, 0);
        disk.files().put(&path("coding/c1.laptop.csv"), &whole);
        let brought = if there.is_some() { 1 } else { 2 };
        assert_eq!(late(&disk, &c1()), [("coding/c1.laptop.csv".to_owned(), brought)]);
        assert_eq!(compared(&disk, 0), then);
    }
}

#[test]
fn two_copies_of_one_log_that_git_joined_tell_what_was_sealed_whichever_stands_first() {
    let here = small_study::disk();
    code(&here, &c1(), "", &[decide(0, "horizontal")]);
    code(&here, &c2(), "", &[decide(0, "horizontal")]);
    let there = here.copy();
    let common = here.files().read(&path("coding/c1.csv")).unwrap();
    code(&there, &c1(), "", &[decide(2, "none"), decide(3, "warm"), decide(1, "none")]);
    code(&here, &c1(), "", &[decide(1, "warm"), decide(4, "cold")]);
    seal(&open(&here), c1()).unwrap();
    seal(&open(&here), c2()).unwrap();
    let then = compared(&here, 0);
    let rest = |disk: &SimulatedDisk| {
        disk.files().read(&path("coding/c1.csv")).unwrap()[common.len()..].to_vec()
    };
    let (ours, theirs) = (rest(&here), rest(&there));
    for joined in [[&common, &ours, &theirs], [&common, &theirs, &ours]] {
        let joined: Vec<u8> = joined.into_iter().flatten().copied().collect();
        here.files().put(&path("coding/c1.csv"), &joined);
        assert_eq!(late(&here, &c1()), [("coding/c1.csv".to_owned(), 3)]);
        assert_eq!(compared(&here, 0), then);
    }
}
