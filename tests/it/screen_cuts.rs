//! The screens for cuts: what keys write, what is seen, and what breaks such screens.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use themata::desk::keys::Key;
use themata::desk::review::{Keep, ReviewDesk};
use themata::desk::settle::SettleDesk;
use themata::desk::{Keeper, NotKept};
use themata::domain::failure::Failure;
use themata::face::lines::End;
use themata::face::screen::cuts::{ReviewFace, SettleFace};
use themata::msg;
use themata::store::Cutting;
use themata::words::{Language, word};
use themata::work::session::code::{CodeAsk, CodeSession};
use themata::work::session::review::{ReviewAsk, ReviewLook, ReviewSession};
use themata::work::session::settle::{SettleAsk, SettleLook, SettleSession};

use crate::cuts::{study, units};
use crate::sitting::{Person, chance, hands, parse};
use crate::support::TestStudy;

/// The talk of cuts.rs, cut by turns.
pub(crate) fn by_turns() -> TestStudy {
    let study = study();
    study.run("split --by turn");
    study
}

/// Two people who cut it differently, and are done.
pub(crate) fn cut_twice() -> TestStudy {
    let study = study();
    for coder in ["c1", "c2"] {
        study.run(&format!("split --by turn --coder {coder}"));
    }
    study.typed("split --coder c1 --review", "s\nf\nd\nq\n");
    study.typed("split --coder c2 --review", "d\nq\n");
    study.run("units done --coder c1");
    study.run("units done --coder c2");
    study
}

fn reviewing(study: &TestStudy) -> ReviewSession {
    let ask = ReviewAsk { transcripts: Vec::new(), coder: None };
    ReviewSession::begin(&study.open(), ask).unwrap()
}

fn settling(study: &TestStudy, present: &[&str]) -> SettleSession {
    let present = present.iter().map(|id| id.parse().unwrap()).collect();
    SettleSession::begin(&study.open(), SettleAsk { transcripts: Vec::new(), present }).unwrap()
}

fn review<'a>(desk: ReviewDesk<'a>) -> Person<'a, ReviewDesk<'a>> {
    Person::at(ReviewFace::new(desk.study(), (), Language::English, false), desk)
}

fn settle<'a>(desk: SettleDesk<'a>) -> Person<'a, SettleDesk<'a>> {
    Person::at(SettleFace::new(desk.study(), (), Language::English, false), desk)
}

/// A script: after each line of keys what it says.
fn script(name: &str, mut after: impl FnMut(&str) -> Vec<String>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/keys/{name}.txt"));
    let mut told = String::new();
    for line in fs::read_to_string(&file).unwrap().lines() {
        if line.starts_with('#') {
            told.push_str(&format!("{line}\n"));
        }
        let Some(keys) = line.strip_prefix("keys: ") else { continue };
        told.push_str(&format!("\nkeys: {keys}\n"));
        after(keys).iter().for_each(|row| told.push_str(&format!("{row}\n")));
    }
    expect_file![file].assert_eq(&told);
}

/// Events of settled cuts, as the script writes them.
pub(crate) fn decided(study: &TestStudy) -> Vec<String> {
    let text = study.read("events.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    let rows = rows.filter(|row| ["cut", "no-cut", "cut-undone"].contains(&&row[1]));
    let told = |row: csv::StringRecord| {
        let cells: Vec<&str> = (1..5).map(|at| &row[at]).filter(|it| !it.is_empty()).collect();
        cells.join(" ")
    };
    rows.map(told).collect()
}

#[test]
fn every_key_of_the_script_leaves_the_units_that_it_says() {
    let study = by_turns();
    let mut session = reviewing(&study);
    let (desk, mut keeper) = session.sit().unwrap();
    let mut person = review(desk);
    script("cuts", |keys| {
        assert_eq!(person.all(keys, &mut keeper), None, "{keys}");
        vec![units(&study, "units/A.csv").join(" ")]
    });
}

#[test]
fn every_key_of_the_script_decides_what_it_says_and_the_units_are_written_in_the_end() {
    let study = cut_twice();
    let mut session = settling(&study, &[]);
    let (desk, mut keeper) = session.sit();
    let mut person = settle(desk);
    script("cuts-settle", |keys| {
        let before = decided(&study).len();
        assert_eq!(person.all(keys, &mut keeper), None, "{keys}");
        decided(&study).split_off(before)
    });
    assert!(units(&study, "units/A.csv").len() > 2);
}

#[test]
fn what_is_seen_of_cuts_on_screens_of_several_sizes() {
    let study = by_turns();
    let mut session = reviewing(&study);
    let (desk, mut keeper) = session.sit().unwrap();
    let mut person = review(desk);
    person.all("k", &mut keeper);
    for (width, height) in [(80, 24), (120, 40), (60, 16)] {
        let seen = person.seen(width, height);
        assert!(person.is_monochrome(width, height));
        assert!(seen.contains("▶ cut"), "the cut at hand is in view: {seen}");
        expect_file![format!("../keys/cuts-{width}x{height}.txt")].assert_eq(&seen);
    }
    expect_file!["../keys/cuts-monochrome.txt"].assert_eq(&person.monochrome(80, 24));
    person.all("d d s z z z", &mut keeper);
    let twice = cut_twice();
    let mut session = settling(&twice, &["c1", "c2"]);
    let mut person = settle(session.sit().0);
    expect_file!["../keys/cuts-settle-80x24.txt"].assert_eq(&person.seen(80, 24));
    let mut full = Full;
    person.all("c \"another idea\" <Enter>", &mut full);
    let seen = person.seen(80, 24);
    assert!(seen.contains("NOT SAVED") && seen.contains("another idea"), "{seen}");
}

/// A disk without room.
struct Full;

impl<K> Keeper<K, ()> for Full {
    fn keep(&mut self, _: &K) -> Result<(), NotKept> {
        let why = "no space left on device".to_owned();
        Err(Failure::Io(msg!("store.write", file = "units/A.csv"), why).into())
    }
}

/// A study in which somebody else changed something.
struct Changed;

impl Keeper<Keep, ()> for Changed {
    fn keep(&mut self, _: &Keep) -> Result<(), NotKept> {
        Err(NotKept::Changed(msg!("session.cuts", transcript = "A")))
    }
}

#[test]
fn what_is_pasted_or_held_or_cannot_be_kept_changes_no_cut() {
    let study = by_turns();
    let before = study.read("units/A.csv");
    let mut session = reviewing(&study);
    let (desk, mut keeper) = session.sit().unwrap();
    let mut person = review(desk);
    person.face.paste("k d\nd k\n");
    assert!(person.seen(80, 24).contains(&word("keys.pasted", Language::English)));
    person.all("d", &mut Full);
    for keys in ["", "d k <Esc> z <Enter>", "<Ctrl+C>", "r"] {
        person.all(keys, &mut Full);
        assert!(person.seen(80, 24).contains("NOT SAVED"), "{keys}");
    }
    assert_eq!(study.read("units/A.csv"), before);
    person.all("r", &mut keeper);
    assert_eq!(units(&study, "units/A.csv").len(), 5);
    // A key that is held drops one cut, or moves it by one sentence.
    for told in [true, false] {
        person.all("z", &mut keeper);
        person.hold(Key::Char('d'), 3000, told, &mut keeper);
        assert_eq!(units(&study, "units/A.csv").len(), 5);
    }
    assert_eq!(person.all("d", &mut Changed), Some(End::Changed));
}

#[test]
fn random_hands_on_cuts_can_be_taken_back_to_the_beginning() {
    let keys: Vec<Key> =
        parse("k d b f a 3 <Enter> s n z g 4 <Enter> <Space> <Esc> ? <Down> x : q");
    let mut next = chance(3);
    let study = by_turns();
    let before = study.read("units/A.csv");
    for _ in 0..hands(40) {
        let mut session = reviewing(&study);
        let (desk, mut keeper) = session.sit().unwrap();
        let mut person = review(desk);
        for _ in 0..12 {
            person.press(keys[next(keys.len())], &mut keeper);
            person.seen(60, 16);
        }
        // Units always partition what they did.
        assert!(study.run("check").ends_with("[exit 0]\n"));
        person.all("<Esc> <Esc>", &mut keeper);
        for _ in 0..13 {
            person.all("z", &mut keeper);
        }
        assert_eq!(study.read("units/A.csv"), before);
    }
}

#[test]
fn random_hands_on_differences_can_be_taken_back_to_the_beginning() {
    let keys: Vec<Key> = parse("c n 1 2 s z w o <Enter> <Enter> <Space> <Esc> ? <Down> x : q");
    let mut next = chance(5);
    let study = cut_twice();
    let standing = |study: &TestStudy| {
        let mut standing: Vec<String> = Vec::new();
        for row in decided(study) {
            let place = row.split(' ').find(|it| it.starts_with("A:")).unwrap().to_owned();
            standing.retain(|it| *it != place);
            standing.extend((!row.starts_with("cut-undone")).then_some(place));
        }
        standing
    };
    for _ in 0..hands(15) {
        let mut session = settling(&study, &["c1", "c2"]);
        let (desk, mut keeper) = session.sit();
        let mut person = settle(desk);
        for _ in 0..12 {
            person.press(keys[next(keys.len())], &mut keeper);
            person.seen(60, 16);
        }
        person.all("<Esc> <Esc>", &mut keeper);
        assert_eq!(
            themata::desk::Desk::view(&person.desk).map_or(3, |it| it.decided),
            standing(&study).len()
        );
        for _ in 0..13 {
            person.all("z", &mut keeper);
        }
        assert_eq!(standing(&study), [""; 0]);
        drop(person);
        assert!(study.run("check").ends_with("[exit 0]\n"));
    }
}

#[test]
fn who_comes_second_to_cuts_may_look_and_is_told_for_how_long_the_other_is_there() {
    let study = by_turns();
    let ask = ReviewAsk { transcripts: Vec::new(), coder: None };
    let look = |study: &TestStudy| ReviewLook::begin(study.open(), &ask).unwrap().ok();
    assert!(look(&study).is_none(), "nobody is there");
    let before = study.read("units/A.csv");
    let first = reviewing(&study);
    let second = look(&study).unwrap();
    assert_eq!((second.what.as_str(), second.minutes), ("units/", 0));
    let desk = second.sit().unwrap();
    let face = ReviewFace::new(desk.study(), (), Language::English, false);
    let mut person = Person::at(face.looking_only("somebody else cuts".to_owned()), desk);
    person.all("k d b f <Space> a \"3\" <Enter> : \"d\" <Enter>", &mut Full);
    let seen = person.seen(80, 24);
    assert!(seen.contains("somebody else cuts") && !seen.contains("NOT SAVED"), "{seen}");
    assert_eq!(study.read("units/A.csv"), before);
    // Looking around is free.
    person.all("s", &mut Full);
    assert_ne!(person.seen(80, 24), seen);
    drop(first);
    assert!(look(&study).is_none());
    // Whoever codes keeps the study's units from being cut, not a coder's own cuts.
    let coding = CodeSession::begin(study.open(), CodeAsk::of("c1")).unwrap();
    let second = look(&study).unwrap();
    assert_eq!(second.what, "coding/c1.csv");
    drop((second, coding));

    let study = cut_twice();
    let ask = SettleAsk { transcripts: Vec::new(), present: Vec::new() };
    let look = |study: &TestStudy| SettleLook::begin(study.open(), &ask).unwrap().ok();
    assert!(look(&study).is_none(), "nobody is there");
    let first = settling(&study, &["c1"]);
    let second = look(&study).unwrap();
    assert_eq!((second.what.as_str(), second.minutes), ("units/", 0));
    let desk = second.sit();
    let face = SettleFace::new(desk.study(), (), Language::English, false);
    let mut person = Person::at(face.looking_only("another meeting".to_owned()), desk);
    for choice in ["c", "<Esc> n", "<Esc> 1"] {
        person.all(&format!("{choice} \"why\" <Enter>"), &mut Full);
        let seen = person.seen(80, 24);
        assert!(seen.contains("another meeting") && !seen.contains("NOT SAVED"), "{seen}");
    }
    assert_eq!(decided(&study), [""; 0]);
    drop(first);
    assert!(look(&study).is_none());
    // A coder's own cuts have a lock of their own.
    let own = ReviewAsk { transcripts: Vec::new(), coder: Some("c1".parse().unwrap()) };
    let first = Cutting(own.coder.clone());
    let (_writer, _) = study.open().begin(first).unwrap();
    let found = Cutting(own.coder).held_by_another(&study.open()).unwrap();
    assert_eq!(found, Some(("units/c1/".to_owned(), 0)));
}

#[test]
fn leaving_says_what_became_of_the_cuts() {
    let seen = by_turns().typed("split --review", "k\nf\nd\nz\nq\n");
    assert!(
        seen.contains("Cuts kept 1, dropped 0, moved 1, added 0, still to look at 2."),
        "{seen}"
    );
    let seen = cut_twice().typed("units settle --present c1", "c\nbecause\nq\n");
    assert!(seen.contains("Cuts 1, no cuts 0, still to decide "), "{seen}");
}

#[test]
fn a_place_that_was_settled_says_so_by_the_words_of_whoever_decided() {
    let study = cut_twice();
    let mut session = settling(&study, &["c1"]);
    let (desk, mut keeper) = session.sit();
    let mut person = settle(desk);
    person.all("n \"it goes on\" <Enter>", &mut keeper);
    let rows = decided(&study);
    assert!(rows[0].starts_with("no-cut c1 A:") && rows[0].ends_with(" it goes on"), "{rows:?}");
}
