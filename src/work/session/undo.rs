//! Taking back one's own last decisions, act by act.

use std::collections::BTreeMap;

use super::coder;
use crate::desk::undo::{Entry, History, TakeBack};
use crate::domain::answer::Answer;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::{NewDecision, RoundIndex, Via};
use crate::domain::message::Message;
use crate::msg;
use crate::store::{Coding, Opened};

/// How much somebody wants to take back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoAsk {
    /// Whose decisions: an id or a name.
    pub coder: String,
    /// How many acts, from 1.
    pub last: u32,
    /// The device whose log is written; empty for `coding/<coder>.csv`.
    pub device: String,
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// How many acts.
    pub acts: usize,
    /// How many rows.
    pub rows: usize,
    /// For each row what was decided, and what holds again.
    pub said: Vec<Message>,
}

/// Takes back a coder's last acts.
///
/// # Errors
/// There is no such coder, nothing to take back, or something of it is sealed; then nothing is taken back. Or the log
/// cannot be written; what was taken back by then is not told.
pub fn undo(before: &Opened, ask: &UndoAsk) -> Result<Undone, Failure> {
    let coder = coder(before, &ask.coder)?;
    let coding = Coding { device: ask.device.clone(), ..Coding::of(&coder) };
    let (mut writer, opened) = before.begin(coding)?;
    let steps = plan(&opened, &coder, ask.last)?;
    let mut undone = Undone { acts: steps.len(), rows: 0, said: Vec::new() };
    for step in steps {
        if let Some(round) = opened.study.rounds.get(usize::from(step.round.0)) {
            writer.turn_to(round);
        }
        writer.append(&step.rows, Via::Lines)?;
        undone.rows += step.rows.len();
        undone.said.extend(step.said);
    }
    Ok(undone)
}

/// What one act decided, to be appended together.
struct Step {
    round: RoundIndex,
    rows: Vec<NewDecision>,
    /// What is taken back, row by row, for people.
    said: Vec<Message>,
}

/// What there is to append, act by act; nothing is written before all of it is known to be allowed.
fn plan(opened: &Opened, coder: &CoderId, last: u32) -> Result<Vec<Step>, Failure> {
    let log = opened.own_log(coder)?;
    let mut history = History::new(&opened.study, log);
    let mut next = log.highest_seq + 1;
    let mut steps = Vec::new();
    for _ in 0..last {
        let TakeBack::Rows(round, rows) = history.undo(|_| true) else { break };
        let sealed = |row: &&NewDecision| opened.has_sealed(coder, row.unit, round);
        if let Some(row) = rows.iter().find(sealed) {
            let case = opened.study.case_of(row.unit);
            return Err(Failure::Refused(
                msg!("undo.sealed", case = case, coder = coder),
                match steps.len() {
                    0 => msg!("undo.sealed.fix"),
                    n => msg!("undo.sealed_after.fix", n = n),
                },
            ));
        }
        let said = told(opened, &history, round, &rows);
        let seqs: Vec<u64> = (next..).take(rows.len()).collect();
        next += rows.len() as u64;
        history.record(round, &rows, &seqs);
        steps.push(Step { round, rows, said });
    }
    if steps.is_empty() {
        return Err(Failure::Refused(
            msg!("undo.nothing", coder = coder),
            msg!("undo.nothing.fix", coder = coder),
        ));
    }
    Ok(steps)
}

/// For each row what was decided, and what holds again.
fn told(
    opened: &Opened,
    history: &History<'_>,
    round: RoundIndex,
    rows: &[NewDecision],
) -> Vec<Message> {
    let study = &opened.study;
    let entries = (0..history.len()).filter_map(|at| history.entry(at));
    let last: BTreeMap<_, Entry<'_>> = entries
        .filter(|entry| entry.round == round)
        .map(|entry| ((entry.unit, entry.dimension), entry))
        .collect();
    let say = |row: &NewDecision| {
        let unit = study.unit_at(row.unit).map(|it| it.locator.to_string());
        let unit = unit.unwrap_or_default();
        let dimension = study.vocabulary.dimensions.get(usize::from(row.dimension.0));
        let dimension = dimension.map(|it| it.id.to_string()).unwrap_or_default();
        let was = last
            .get(&(row.unit, row.dimension))
            .map(|it| marked(history.answers().cell(it.answer, &study.vocabulary), it.unsure));
        let was = was.unwrap_or_default();
        match &row.answer {
            Answer::Undecided => {
                msg!("undo.undecided", unit = unit, dimension = dimension, was = was)
            }
            now => {
                let now = marked(now.to_string(), row.unsure);
                msg!("undo.restored", unit = unit, dimension = dimension, was = was, now = now)
            }
        }
    };
    rows.iter().map(say).collect()
}

/// An answer as the log has it, with its word for a decision that is unsure.
fn marked(codes: String, unsure: bool) -> String {
    if unsure { format!("{codes} (unsure)") } else { codes }
}
