//! What a coder sends back: what of it is new, and writing it down.

mod handover;

pub use handover::{Handover, HandoverAsk, hand_over, is_handover};

use std::collections::{BTreeMap, BTreeSet};

use super::session::coder;
use crate::analysis::own::Own;
use crate::analysis::received::{Blank, Changes};
use crate::domain::event::{Event, SavedPage, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::{RoundIndex, UnitIndex, Via};
use crate::domain::message::Message;
use crate::format::received::{self, Asked};
use crate::msg;
use crate::store::{Coding, Opened, Taken, TakingIn};

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
    /// Whose decisions these are, by id or name: needed while somebody whose they are has not sealed.
    pub coders: Vec<String>,
    /// The round, where the file does not say so; absent for the current one.
    pub round: Option<RoundId>,
    /// Whether only to say what would change.
    pub dry_run: bool,
    /// How blank cells are to be taken.
    pub blank: Blank,
    /// Whether to take in what seems to be older than what is in force.
    pub again: bool,
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
    /// Whether any of it is about a case that she has not sealed.
    pub unsealed: bool,
}

/// What came of a file.
#[derive(Debug, Clone)]
pub struct Received {
    /// What is to be said of how it was read.
    pub notes: Vec<Message>,
    /// What it changes, or would change, coder by coder.
    pub changes: Vec<Part>,
}

/// Takes in answers: the decisions of each coder as one append.
///
/// # Errors
/// Anything in the file is wrong, changes what is sealed (refused), or cannot be written; or somebody codes as one of
/// its coders.
pub fn receive(before: &Opened, file: &GivenFile, ask: &ReceiveAsk) -> Result<Received, Failure> {
    let plan = Plan::of(ask, file, before)?;
    let notes = plan.notes.clone();
    if ask.dry_run {
        return Ok(Received { notes, changes: plan.parts });
    }
    let device = &ask.device;
    let coding = |part: &Part| Coding {
        coder: part.coder.clone(),
        round: Some(part.round.clone()),
        device: device.clone(),
    };
    let coders: Vec<Coding> = plan.parts.iter().map(coding).collect();
    let (writer, opened) = before.begin(TakingIn(coders))?;
    let plan = Plan::of(ask, file, &opened)?;
    let mut brought = Vec::new();
    for part in &plan.parts {
        brought.extend(taken(part, &plan, ask, &opened)?);
    }
    writer.write(&opened, brought, plan.via)?;
    Ok(Received { notes, changes: plan.parts })
}

/// What a file changes, coder by coder.
struct Plan {
    via: Via,
    parts: Vec<Part>,
    notes: Vec<Message>,
    page: Option<SavedPage>,
}

impl Plan {
    /// Reads a file against what is in force.
    fn of(ask: &ReceiveAsk, file: &GivenFile, opened: &Opened) -> Result<Self, Failure> {
        let named = coders(opened, &ask.coders)?;
        let asked =
            Asked { coders: &named, round: ask.round.as_ref(), blanks: ask.blank == Blank::None };
        let received = received::read(&file.name, &file.bytes, &opened.study, asked)?;
        let mut coders: BTreeMap<&CoderId, RoundIndex> = BTreeMap::new();
        for row in &received.rows {
            coders.entry(&row.coder).or_insert(row.round);
        }
        let has_sealed_all = |(coder, round): (&&CoderId, &RoundIndex)| {
            let mut rows = received.rows.iter().filter(|row| row.coder == **coder);
            rows.all(|row| opened.has_sealed(coder, row.unit, *round))
        };
        let unsealed: BTreeSet<&CoderId> =
            coders.iter().filter(|it| !has_sealed_all(*it)).map(|(coder, _)| *coder).collect();
        refuse_unnamed(opened, &unsealed, &named, &file.name)?;
        let mut problems = Vec::new();
        let mut parts = Vec::new();
        for (coder, index) in coders {
            let round = opened.study.rounds.get(usize::from(index.0)).cloned();
            let round = round.unwrap_or_else(RoundId::main);
            let coding = opened.own(coder, Some(&round))?;
            let log = opened.own_log(coder)?;
            let own = Own { study: &opened.study, coding: &coding, log };
            let rows = received.rows.iter().filter(|row| row.coder == *coder);
            let changes = Changes::of(rows, &own, ask.blank, &mut problems);
            refuse_sealed(opened, coder, index, &changes)?;
            if !ask.again {
                refuse_older(opened, coder, file, received.page.as_ref(), &changes)?;
            }
            let unsealed = unsealed.contains(coder);
            parts.push(Part { coder: coder.clone(), round, changes, unsealed });
        }
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        let mut notes = received.notes;
        if received.blank > 0 && ask.blank == Blank::Keep && received.page.is_none() {
            notes.push(msg!("receive.blank", n = received.blank));
        }
        Ok(Self { via: received.via, parts, notes, page: received.page })
    }
}

/// Who was named with `--coder`, each once.
fn coders(opened: &Opened, names: &[String]) -> Result<Vec<CoderId>, Failure> {
    let mut named = Vec::new();
    for name in names {
        let coder = coder(opened, name)?;
        if !named.contains(&coder) {
            named.push(coder);
        }
    }
    Ok(named)
}

/// Refuses a file of coders who have not sealed unless it is said whose it is: who tries answers against theirs would be
/// told which they gave.
fn refuse_unnamed(
    opened: &Opened,
    unsealed: &BTreeSet<&CoderId>,
    named: &[CoderId],
    file: &str,
) -> Result<(), Failure> {
    if !named.is_empty() || unsealed.is_empty() || !opened.is_blind() {
        return Ok(());
    }
    let list: Vec<&str> = unsealed.iter().map(|it| it.as_str()).collect();
    let named: Vec<String> = list.iter().map(|it| format!("--coder {it}")).collect();
    let what = msg!("receive.whose", coder = list.join(", "), file = file);
    Err(Failure::Refused(what, msg!("receive.whose.fix", file = file, named = named.join(" "))))
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

/// Refuses a file that is older than what is in force: an earlier save of a page whose later one came in, or a
/// sheet whose every change goes back to an answer that was replaced since.
fn refuse_older(
    opened: &Opened,
    coder: &CoderId,
    file: &GivenFile,
    page: Option<&SavedPage>,
    changes: &Changes,
) -> Result<(), Failure> {
    let set_back = || {
        let units: BTreeSet<UnitIndex> = changes.decisions.iter().map(|it| it.unit).collect();
        let named = units.iter().filter_map(|unit| opened.study.unit_at(*unit));
        named.map(|unit| unit.locator.to_string()).collect::<Vec<_>>().join(", ")
    };
    if changes.decisions.is_empty() {
        return Ok(());
    }
    let what = match page {
        Some(page) => match last_save(opened, coder, page) {
            Some(last) if last > page.save => msg!(
                "receive.older_save",
                file = file.name,
                save = page.save,
                last = last,
                units = set_back()
            ),
            _ => return Ok(()),
        },
        None if changes.goes_back => {
            msg!("receive.older", file = file.name, units = set_back())
        }
        None => return Ok(()),
    };
    Err(Failure::Refused(what, msg!("receive.older.fix", coder = coder)))
}

/// The latest save of the same page in the same browser that came in for a coder.
fn last_save(opened: &Opened, coder: &CoderId, page: &SavedPage) -> Option<u64> {
    let saves = opened.events.iter().filter(|event| event.is_by(coder));
    let saves = saves.filter_map(|event| match &event.what {
        What::Receive { page: Some(known), .. }
            if (&known.pack, &known.copy) == (&page.pack, &page.copy) =>
        {
            Some(known.save)
        }
        _ => None,
    });
    saves.max()
}

/// What is written for one coder: the decisions as one act, the notes, the event. What changes nothing leaves no trace,
/// unless it is a later save of a page.
fn taken(
    part: &Part,
    plan: &Plan,
    ask: &ReceiveAsk,
    opened: &Opened,
) -> Result<Option<Taken>, Failure> {
    let notes = new_notes(part, opened)?;
    let later = plan.page.as_ref().is_some_and(|page| {
        last_save(opened, &part.coder, page).is_none_or(|last| last < page.save)
    });
    if part.changes.decisions.is_empty() && notes.is_empty() && !later {
        return Ok(None);
    }
    let what = What::Receive { file: None, page: plan.page.clone() };
    let reason = if ask.blank == Blank::None { "--empty none" } else { "" };
    let coder = part.coder.clone();
    let event = Event::new(opened.folder.now(), vec![coder.clone()], what, reason);
    Ok(Some(Taken { coder, decisions: part.changes.decisions.clone(), notes, event }))
}

/// Notes on units that are not there yet, each with its unit.
fn new_notes(part: &Part, opened: &Opened) -> Result<Vec<(String, String)>, Failure> {
    let before = opened.memos(&part.coder)?;
    let named = |(unit, text): &(UnitIndex, String)| {
        Some((opened.study.unit_at(*unit)?.locator.to_string(), text.clone()))
    };
    let is_new = |(on, text): &(String, String)| {
        !before.iter().any(|memo| memo.on == *on && memo.text == *text)
    };
    Ok(part.changes.notes.iter().filter_map(named).filter(is_new).collect())
}
