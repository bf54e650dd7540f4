//! Who sees what, and which decisions hold, whatever the order of acts and whatever clocks say.

use std::collections::BTreeSet;
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
use crate::domain::log::{RoundIndex, UnitIndex, Via};
use crate::domain::moved::How;
use crate::domain::time::Moment;
use crate::domain::unit::Unit;
use crate::format::seal_list::row_hash;

mod two_copies;

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

/// How many paragraphs, each a unit at first, the study has.
const PARAGRAPHS: usize = 3;

/// What the clock of whoever does the nth act says, in seconds from a moment: in order, backwards, all in one second, that of one
/// coder's computer a year ahead, and set back an hour in between.
const CLOCKS: [fn(usize, Act) -> i64; 6] = [
    |nth, _| nth as i64 * 60,
    |nth, _| nth as i64 * -60,
    |_, _| 0,
    |nth, act| nth as i64 + if act.of() == Some(0) { 31_536_000 } else { 0 },
    |nth, act| nth as i64 + if act.of() == Some(1) { 31_536_000 } else { 0 },
    |nth, _| nth as i64 * 60 - if nth > 1 { 3600 } else { 0 },
];

impl Act {
    /// Whose act it is, if it is a coder's own.
    fn of(self) -> Option<usize> {
        match self {
            Self::Code(number) | Self::Seal(number) | Self::SealAgain(number) => Some(number),
            Self::Recut | Self::Look => None,
        }
    }
}

fn coder(number: usize) -> CoderId {
    if number == 0 { c1() } else { c2() }
}

fn at(disk: &SimulatedDisk, seconds: i64) -> Folder {
    let moment = Moment::from_second(1_800_000_000 + seconds).unwrap();
    Folder::on(Path::new("/study"), Arc::new(disk.clone()), Arc::new(FixedClock(moment)))
}

/// Does an act; a refusal is one that says why.
fn act(opened: &Opened, act: Act) -> Result<(), Failure> {
    match act {
        Act::Code(number) => {
            let coder = coder(number);
            let units = opened.study.talk().map(|(unit, _)| unit);
            let mut free = units.filter(|it| !opened.has_sealed(&coder, *it, RoundIndex(0)));
            let Some(unit) = free.next() else { return Ok(()) };
            // What she decides, and where, by what she has decided so far.
            let rows = opened.logs[&coder].rows.len();
            let code = ["horizontal", "rotating"][rows / 2 % 2];
            let device = ["desk", "laptop"][rows % 2];
            let mut writer = LogWriter::open(opened, &coder, None, device)?;
            let decision = super::small_study::decide(unit.at(), code);
            writer.append(&[decision], Via::Lines).map(|_| ())
        }
        Act::Recut => {
            let transcript = opened.study.transcripts[0].id.clone();
            let before = opened.units_of(&transcript);
            if before.len() < 2 {
                return Ok(());
            }
            let joined =
                format!("{transcript}:1-{}", PARAGRAPHS + 2 - before.len()).parse().unwrap();
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
            opened.folder.looks.record(&opened.folder)
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

/// A disk, and the study on it.
type Study = (SimulatedDisk, Opened);

/// Does an act by a clock in the study as it was. A refusal says why; `seal --again` takes effect; nobody is shown what she has not
/// sealed. Returns the study as it is then.
fn step((disk, before): &Study, acts: &[Act], clock: fn(usize, Act) -> i64) -> Study {
    let (nth, Some(last)) = (acts.len() - 1, acts.last().copied()) else { panic!() };
    let disk = disk.copy();
    let folder = at(&disk, clock(nth, last));
    let done = act(&Opened { folder: folder.clone(), ..before.clone() }, last);
    let opened = load(&folder).unwrap();
    match (done, last) {
        (Ok(()), Act::SealAgain(number)) => {
            let coder = coder(number);
            let covered = |(unit, _)| opened.has_sealed(&coder, unit, RoundIndex(0));
            assert!(opened.study.talk().all(covered), "no effect: {acts:?}");
            assert!(opened.seal_state(&coder).late.is_empty(), "no effect: {acts:?}");
        }
        (Ok(()) | Err(Failure::Refused(..)), _) => {}
        (Err(other), _) => panic!("{acts:?}: {other:?}"),
    }
    nobody_sees_what_she_has_not_sealed(&opened, acts);
    (disk, opened)
}

/// All that a study's files say but for times: two orders of acts that leave the same are gone on from once.
fn essence(opened: &Opened) -> String {
    let study = &opened.study;
    let mut text = String::new();
    for (coder, log) in &opened.logs {
        for row in &log.rows {
            let said = study.answers.cell(row.answer, &study.vocabulary);
            let unit = &study.units[row.unit.at()].locator;
            let device = &log.devices[usize::from(row.device)].name;
            write!(text, "{coder} {device} {} {unit} {:?} {said};", row.seq, row.dimension)
                .unwrap();
        }
    }
    for seal in &opened.seals {
        let covers = seal.covers.as_ref().unwrap();
        let log = &opened.logs[&seal.coder];
        let listed = covers.set();
        let rows: Vec<bool> =
            log.rows.iter().map(|row| listed.has(row_hash(log.bytes(row)))).collect();
        let units: Vec<bool> =
            (0..study.units.len() as u32).map(|it| covers.has_unit(UnitIndex(it))).collect();
        write!(text, "{} {:?} {:?} {rows:?} {units:?};", seal.coder, seal.seq, seal.scope).unwrap();
    }
    for event in &opened.events {
        write!(text, "{:?} {:?} {:?};", event.seq, event.who, event.what).unwrap();
    }
    for row in &study.moved.rows {
        write!(text, "{:?} {:?} {:?};", row.seq, row.old, row.new).unwrap();
    }
    for unit in &study.units[..study.talk().count()] {
        write!(text, "{};", unit.locator).unwrap();
    }
    text
}

/// A study of one case in which both have decided on every unit, each at her own time.
fn decided() -> SimulatedDisk {
    let disk = small_study::disk_of(&[("A", PARAGRAPHS)]);
    for (coder, seconds) in [(c1(), -2000), (c2(), -1000)] {
        let opened = load(&at(&disk, seconds)).unwrap();
        let none: Vec<_> = (0..PARAGRAPHS).map(|unit| decide(unit, "none")).collect();
        let mut writer = LogWriter::open(&opened, &coder, None, "").unwrap();
        writer.append(&none, Via::Lines).unwrap();
    }
    disk
}

/// Acts, and the study that they leave by each of some clocks, by their numbers.
struct Reached {
    acts: Vec<Act>,
    studies: Vec<(usize, Study)>,
}

impl Reached {
    /// What is reached by one more act, and what its files say by the first clock; all clocks give the same results.
    fn then(&self, act: Act) -> (Self, String) {
        let acts = [self.acts.as_slice(), &[act]].concat();
        let next = |(clock, study): &(usize, Study)| (*clock, step(study, &acts, CLOCKS[*clock]));
        let studies: Vec<_> = self.studies.iter().map(next).collect();
        let (_, (_, first)) = &studies[0];
        let told = state(first);
        for (clock, (_, other)) in &studies[1..] {
            assert_eq!(state(other), told, "{acts:?} by clock {clock}");
        }
        let essence = essence(first);
        (Self { acts, studies }, essence)
    }

    fn start() -> Self {
        let base = decided();
        let study = |clock| (clock, (base.copy(), load(&at(&base, 0)).unwrap()));
        Self { acts: Vec::new(), studies: (0..CLOCKS.len()).map(study).collect() }
    }
}

#[test]
fn clocks_decide_nothing_and_nobody_sees_what_she_has_not_sealed_in_any_order_of_up_to_five_acts() {
    // Every act is done in every state that up to four acts lead to: the first three by every clock, the others by the first
    // clock and one of the others in turn. Orders that leave the same files but for their times (whoever codes first of two
    // who both code; what was refused) are gone on from once, and the first of the two coders to do anything is c1: each has
    // a clock that runs ahead. So these are all 37,448 orders of up to five acts.
    let start = Reached::start();
    let mut known = BTreeSet::from([essence(&start.studies[0].1.1)]);
    let mut front = vec![start];
    for length in 1..=5 {
        let mut next = Vec::new();
        for reached in &front {
            let first = reached.acts.iter().all(|act| act.of().is_none());
            for act in ACTS.into_iter().filter(|act| !(first && act.of() == Some(1))) {
                let (mut then, essence) = reached.then(act);
                if length < 5 && known.insert(essence) {
                    if length == 3 {
                        let other = then.studies.swap_remove(1 + next.len() % (CLOCKS.len() - 1));
                        then.studies.truncate(1);
                        then.studies.push(other);
                    }
                    next.push(then);
                }
            }
        }
        front = next;
    }
    // That many there are, or some order is not gone on from.
    assert_eq!(known.len(), 1 + 4 + 19 + 91 + 430);
}

#[test]
fn longer_orders_of_acts_that_random_numbers_give_say_the_same_by_every_clock() {
    for seed in 0..12 {
        let mut chance = Chance(seed);
        let mut reached = Reached::start();
        for _ in 0..6 + chance.below(3) {
            reached = reached.then(ACTS[chance.below(ACTS.len())]).0;
        }
    }
}
