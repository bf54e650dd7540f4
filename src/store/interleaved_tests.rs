//! Who sees what, and which decisions hold, whatever the order of acts and whatever clocks say.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::change_units::UnitChange;
use super::clock::FixedClock;
use super::folder::Folder;
use super::load::{Opened, load};
use super::simulated::{Chance, SimulatedDisk};
use super::small_study::{self, c1, c2, decide, in_force};
use super::{LogWriter, SealWish, Unblind, Wish};
use crate::domain::comparison::Stage;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::{RoundIndex, Via};
use crate::domain::moved::How;
use crate::domain::time::Moment;
use crate::domain::unit::Unit;

/// What somebody does: a coder by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Decides anew on a unit that is not sealed, on her device.
    Code(usize),
    /// Joins the first two units of a text.
    Recut,
    Seal(usize),
    SealAgain(usize),
    Look,
}

const ACTS: [Act; 8] = [
    Act::Code(0),
    Act::Code(1),
    Act::Recut,
    Act::Seal(0),
    Act::Seal(1),
    Act::SealAgain(0),
    Act::SealAgain(1),
    Act::Look,
];

/// What the clock of whoever does the nth act says, in seconds from a moment: in order, backwards, all in one second, a year
/// apart from computer to computer, and set back an hour in between.
const CLOCKS: [fn(usize, Act) -> i64; 5] = [
    |nth, _| nth as i64 * 60,
    |nth, _| nth as i64 * -60,
    |_, _| 0,
    |nth, act| match act {
        Act::Code(0) | Act::Seal(0) | Act::SealAgain(0) => nth as i64 + 31_536_000,
        _ => nth as i64,
    },
    |nth, _| nth as i64 * 60 - if nth > 1 { 3600 } else { 0 },
];

fn coder(number: usize) -> CoderId {
    if number == 0 { c1() } else { c2() }
}

fn at(disk: &SimulatedDisk, seconds: i64) -> Folder {
    let moment = Moment::from_second(1_800_000_000 + seconds).unwrap();
    Folder::on(Path::new("/study"), Arc::new(disk.clone()), Arc::new(FixedClock(moment)))
}

/// Does an act; a refusal is one that says why.
fn act(folder: &Folder, act: Act, nth: usize) -> Result<(), Failure> {
    let opened = load(folder)?;
    match act {
        Act::Code(number) => {
            let coder = coder(number);
            let units = opened.study.talk().map(|(unit, _)| unit);
            let mut free = units.filter(|it| !opened.has_sealed(&coder, *it, RoundIndex(0)));
            let Some(unit) = free.next() else { return Ok(()) };
            let code = ["horizontal", "rotating"][nth % 2];
            let device = ["desk", "laptop"][nth % 2];
            let mut writer = LogWriter::open(&opened, &coder, None, device)?;
            let decision = super::small_study::decide(unit.at(), code);
            writer.append(&[decision], Via::Lines).map(|_| ())
        }
        Act::Recut => {
            let transcript = opened.study.transcripts[0].id.clone();
            let before = opened.units_of(&transcript);
            if before.len() < 2 {
                return Ok(());
            }
            let joined = format!("{transcript}:1-{}", 6 - before.len()).parse().unwrap();
            let joined = Unit { locator: joined, words: 0, ..before[0].clone() };
            opened.change_units(&UnitChange {
                transcript,
                moves: before[..2].iter().map(|old| (old.clone(), joined.clone())).collect(),
                after: [std::slice::from_ref(&joined), &before[2..]].concat(),
                before,
                how: How::Join,
                reason: "one idea".to_owned(),
                present: Vec::new(),
            })
        }
        Act::Seal(number) | Act::SealAgain(number) => {
            let again = matches!(act, Act::SealAgain(_)).then(|| "again".to_owned());
            let incomplete = Some("a test".to_owned());
            let coder = coder(number);
            let wish = SealWish { coder, cases: Vec::new(), round: None, incomplete, again };
            opened.seal(&wish).map(|_| ())
        }
        Act::Look => {
            let unblind = Some(Unblind { who: None, reason: "a look".to_owned() });
            opened.comparison(&Wish { unblind, ..Wish::default() })?;
            opened.folder.looks.record(folder)
        }
    }
}

/// What results say of a study, and what each coder's own decisions are.
fn state(opened: &Opened) -> String {
    let mut text = String::new();
    for coder in [c1(), c2()] {
        let state = opened.seal_state(&coder);
        let own = in_force(opened, &coder);
        writeln!(text, "{own:?} late {:?} broken {:?}", state.late, state.broken).unwrap();
    }
    for stage in [Stage::Independent, Stage::After] {
        match opened.comparison(&Wish { stage, ..Wish::default() }) {
            Ok(comparison) => {
                let cells: Vec<Vec<String>> = (opened.study.talk())
                    .flat_map(|(unit, _)| [(unit, 0), (unit, 1)])
                    .map(|(unit, nth)| {
                        let dimension = crate::domain::answer::DimensionIndex(nth);
                        let cells = comparison.cells(unit, dimension);
                        let told = |cell: crate::domain::coding::Cell| {
                            opened.study.answers.cell(cell.answer, &opened.study.vocabulary)
                        };
                        cells.map(told).collect()
                    })
                    .collect();
                writeln!(text, "{:?} {cells:?} {:?}", comparison.open, comparison.later).unwrap();
            }
            Err(failure) => writeln!(text, "{failure}").unwrap(),
        }
    }
    text
}

/// Nobody who counts is shown another's decision on a unit that she is asked for and has not sealed.
fn nobody_sees_what_she_has_not_sealed(opened: &Opened, acts: &[Act]) {
    let Ok(comparison) = opened.comparison(&Wish::default()) else { return };
    for (unit, known) in opened.study.talk() {
        for nth in [0, 1] {
            let dimension = crate::domain::answer::DimensionIndex(nth);
            let shown = comparison.cells(unit, dimension).any(|cell| cell.answer.is_decided());
            let sealed = [c1(), c2()].iter().all(|it| opened.has_sealed(it, unit, RoundIndex(0)));
            assert!(!shown || sealed, "{} is shown after {acts:?}", known.locator);
        }
    }
}

/// Runs acts by a clock from a study in which both have decided everything, and tells what comes of it.
fn run(base: &SimulatedDisk, acts: &[Act], clock: fn(usize, Act) -> i64) -> String {
    let disk = base.copy();
    for (nth, one) in acts.iter().enumerate() {
        let folder = at(&disk, clock(nth, *one));
        match act(&folder, *one, nth) {
            Ok(()) => {
                if let Act::SealAgain(number) = one {
                    let opened = load(&folder).unwrap();
                    let coder = coder(*number);
                    let covered = |(unit, _)| opened.has_sealed(&coder, unit, RoundIndex(0));
                    assert!(opened.study.talk().all(covered), "no effect: {acts:?}");
                    assert!(opened.seal_state(&coder).late.is_empty(), "no effect: {acts:?}");
                }
            }
            Err(Failure::Refused(..)) => {}
            Err(other) => panic!("{acts:?}: {other:?}"),
        }
        nobody_sees_what_she_has_not_sealed(&load(&folder).unwrap(), acts);
    }
    state(&load(&at(&disk, 0)).unwrap())
}

fn decided() -> SimulatedDisk {
    let disk = small_study::disk();
    for coder in [c1(), c2()] {
        let opened = load(&at(&disk, -1000)).unwrap();
        let units: Vec<_> = opened.study.talk().map(|(unit, _)| unit.at()).collect();
        let mut writer = LogWriter::open(&opened, &coder, None, "").unwrap();
        for unit in units {
            let mut none = decide(unit, "none");
            writer.append(&[none.clone()], Via::Lines).unwrap();
            none.dimension = crate::domain::answer::DimensionIndex(1);
            writer.append(&[none], Via::Lines).unwrap();
        }
    }
    disk
}

fn says_the_same_by_every_clock(base: &SimulatedDisk, acts: &[Act]) {
    let [first, others @ ..] = CLOCKS;
    let told = run(base, acts, first);
    for other in others {
        assert_eq!(run(base, acts, other), told, "{acts:?}");
    }
}

#[test]
fn clocks_decide_nothing_and_nobody_sees_what_she_has_not_sealed_in_any_order_of_acts() {
    let base = decided();
    for length in 1..=2 {
        for number in 0..ACTS.len().pow(length) {
            let acts: Vec<Act> =
                (0..length).map(|nth| ACTS[number / ACTS.len().pow(nth) % ACTS.len()]).collect();
            says_the_same_by_every_clock(&base, &acts);
        }
    }
    // Of the longer ones those that random numbers give.
    for seed in 0..60 {
        let mut chance = Chance(seed);
        let length = 3 + chance.below(5);
        let acts: Vec<Act> = (0..length).map(|_| ACTS[chance.below(ACTS.len())]).collect();
        says_the_same_by_every_clock(&base, &acts);
    }
}
