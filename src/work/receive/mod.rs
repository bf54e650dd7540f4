//! What a coder sends back: what of it is new, and writing it down.

mod handover;

pub use handover::{Handover, HandoverAsk, hand_over, is_handover};

use std::collections::{BTreeMap, BTreeSet};

use super::session::coder;
use crate::analysis::own::Own;
use crate::analysis::received::Changes;
use crate::domain::digest::Digest;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::{RoundIndex, Via};
use crate::domain::message::Message;
use crate::domain::record::MemoKind;
use crate::format::codebook::digest;
use crate::format::received::{self, Asked};
use crate::msg;
use crate::store::{Coding, EventWriter, LogWriter, MemoWriter, Opened};

/// A file as it was given.
#[derive(Debug, Clone)]
pub struct GivenFile {
    /// Its name, as problems name it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How a file of answers is to be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReceiveAsk {
    /// Whose decisions these are, where the file does not say so: an id or a name.
    pub coder: Option<String>,
    /// The round, where the file does not say so; absent for the current one.
    pub round: Option<RoundId>,
    /// Whether only to say what would change.
    pub dry_run: bool,
    /// The device whose log is written; empty for `coding/<coder>.csv`.
    pub device: String,
}

/// What a file changes for one coder.
#[derive(Debug, Clone)]
pub struct Part {
    /// Whose.
    pub coder: CoderId,
    /// In which round.
    pub round: RoundId,
    /// What.
    pub changes: Changes,
}

/// What came of a file.
#[derive(Debug, Clone)]
pub struct Received {
    /// What is to be said of how it was read.
    pub notes: Vec<Message>,
    /// What it changes, or would change, coder by coder; nothing where it was received before.
    pub changes: Option<Vec<Part>>,
}

/// Takes in answers: the decisions of each coder as one append.
///
/// # Errors
/// Anything in the file is wrong, changes what is sealed (refused), or cannot be written; or somebody codes as one of
/// its coders.
pub fn receive(before: &Opened, file: &GivenFile, ask: &ReceiveAsk) -> Result<Received, Failure> {
    let plan = Plan::of(ask, file, before)?;
    let notes = plan.notes.clone();
    let hash = digest(&file.bytes);
    let known = |part: &Part| is_known(before, &part.coder, &hash);
    if !plan.parts.is_empty() && plan.parts.iter().all(known) {
        return Ok(Received { notes, changes: None });
    }
    if ask.dry_run {
        return Ok(Received { notes, changes: Some(plan.parts) });
    }
    let device = &ask.device;
    let coding = |part: &Part| Coding {
        coder: part.coder.clone(),
        round: Some(part.round.clone()),
        device: device.clone(),
    };
    // All logs are locked before the study is read that the file is compared with.
    let coders: Vec<Coding> = plan.parts.iter().map(coding).collect();
    let (writers, opened) = before.begin(coders)?;
    let mut writers: BTreeMap<CoderId, LogWriter> =
        plan.parts.iter().map(|part| part.coder.clone()).zip(writers).collect();
    let plan = Plan::of(ask, file, &opened)?;
    for part in &plan.parts {
        if let Some(writer) = writers.get_mut(&part.coder) {
            write(part, plan.via, writer, &opened, &hash)?;
        }
    }
    Ok(Received { notes, changes: Some(plan.parts) })
}

/// What a file changes, coder by coder.
struct Plan {
    via: Via,
    parts: Vec<Part>,
    notes: Vec<Message>,
}

impl Plan {
    /// Reads a file against what is in force.
    fn of(ask: &ReceiveAsk, file: &GivenFile, opened: &Opened) -> Result<Self, Failure> {
        let coder = ask.coder.as_ref().map(|name| coder(opened, name)).transpose()?;
        let asked = Asked { coder: coder.as_ref(), round: ask.round.as_ref() };
        let received = received::read(&file.name, &file.bytes, &opened.study, asked)?;
        let mut coders: BTreeMap<&CoderId, RoundIndex> = BTreeMap::new();
        for row in &received.rows {
            coders.entry(&row.coder).or_insert(row.round);
        }
        let mut problems = Vec::new();
        let mut parts = Vec::new();
        for (coder, index) in coders {
            let round = opened.study.rounds.get(usize::from(index.0)).cloned();
            let round = round.unwrap_or_else(RoundId::main);
            let coding = opened.own(coder, Some(&round))?;
            let log = opened.own_log(coder)?;
            let own = Own { study: &opened.study, coding: &coding, log };
            let rows = received.rows.iter().filter(|row| row.coder == *coder);
            let changes = Changes::of(rows, &own, &mut problems);
            refuse_sealed(opened, coder, index, &changes)?;
            parts.push(Part { coder: coder.clone(), round, changes });
        }
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        Ok(Self { via: received.via, parts, notes: received.notes })
    }
}

/// Refuses to change what a coder has handed over.
fn refuse_sealed(
    opened: &Opened,
    coder: &CoderId,
    round: RoundIndex,
    changes: &Changes,
) -> Result<(), Failure> {
    // What two devices decided differently at once is undecided even when sealed, and may be settled.
    let conflicts = opened.self_conflicts(coder)?;
    let contested = |unit| conflicts.iter().any(|it| it.round == round && it.unit == unit);
    let sealed: BTreeSet<&CaseId> = (changes.decisions.iter())
        .filter(|it| !contested(it.unit))
        .filter(|it| opened.has_sealed(coder, it.unit, round))
        .map(|it| opened.study.case_of(it.unit))
        .collect();
    if sealed.is_empty() {
        return Ok(());
    }
    let sealed: Vec<&str> = sealed.into_iter().map(CaseId::as_str).collect();
    Err(Failure::Refused(
        msg!("receive.sealed", coder = coder, cases = sealed.join(", ")),
        msg!("receive.sealed.fix"),
    ))
}

/// Whether a file was received before, for this coder.
fn is_known(opened: &Opened, coder: &CoderId, hash: &Digest) -> bool {
    let same =
        |event: &&Event| matches!(&event.what, What::Receive { file: Some(file) } if file == hash);
    opened.events.iter().filter(same).any(|event| event.is_by(coder))
}

/// Writes what changes for one coder: the decisions as one append, then notes, then the event.
fn write(
    part: &Part,
    via: Via,
    writer: &mut LogWriter,
    opened: &Opened,
    hash: &Digest,
) -> Result<(), Failure> {
    if !part.changes.decisions.is_empty() {
        writer.append(&part.changes.decisions, via)?;
    }
    if !part.changes.notes.is_empty() {
        let before = opened.memos(&part.coder)?;
        let mut memos = MemoWriter::open(opened, &part.coder)?;
        for (unit, text) in &part.changes.notes {
            let Some(unit) = opened.study.units.get(unit.at()) else { continue };
            let on = unit.locator.to_string();
            if !before.iter().any(|memo| memo.on == on && memo.text == *text) {
                memos.append(&on, MemoKind::Note, text)?;
            }
        }
    }
    let what = What::Receive { file: Some(hash.clone()) };
    let event = Event::new(opened.folder.now(), vec![part.coder.clone()], what, "");
    EventWriter::open(&opened.folder)?.append(event)
}
