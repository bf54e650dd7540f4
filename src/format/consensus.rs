//! `consensus.csv`: what the coders settled on, why, and who was there.

use super::log;
use super::recent::Recent;
use super::records::{Logged, cell, list, read};
use super::rows::{self, Line};
use super::unit_names::UnitNames;
use crate::domain::answer::AnswerIndex;
use crate::domain::answer::{Answers, CodeIndex, Vocabulary};
use crate::domain::consensus::{NewSettlement, Outcome, Reason, Settlement};
use crate::domain::id::CoderId;
use crate::domain::locator::Locator;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::problem::Problem;
use crate::domain::time::{Moment, moment};

/// The columns of `consensus.csv`.
pub const COLUMNS: [&str; 13] = [
    "seq",
    "at",
    "round",
    "unit",
    "dimension",
    "codes",
    "outcome",
    "reason",
    "rationale",
    "present",
    "codebook_change",
    "undoes",
    "codebook",
];

/// What cells of rows just above were found to mean.
#[derive(Default)]
struct Looked {
    units: Recent<UnitIndex>,
    rounds: Recent<RoundIndex>,
    present: Recent<Vec<CoderId>>,
}

/// A settlement with its seq and its bytes, which are its order.
pub type Placed = ((u64, Vec<u8>), Settlement);

/// Reads `consensus.csv` against a study's vocabulary, units and rounds.
/// Rows on stretches that are no unit now go to `gone`: they are kept, and count nowhere.
#[allow(clippy::too_many_arguments)] // what a row is checked against, and the two lists of what is wrong
pub fn read_settlements(
    file: &str,
    bytes: &[u8],
    vocabulary: &Vocabulary,
    answers: &mut Answers,
    units: &UnitNames,
    round: impl Fn(&str) -> Option<RoundIndex>,
    problems: &mut Vec<Problem>,
    gone: &mut Vec<Problem>,
) -> Logged<Placed> {
    let mut nowhere = Vec::new();
    let mut found = Vec::new();
    let complete = |line: &Line| rows::is_version(line.get(12));
    let mut recent = Looked::default();
    let (rows, torn) = read(file, bytes, &COLUMNS, complete, &mut found, |line| {
        let name = line.get(3).trim();
        let unit = recent.units.get(name, || units.get(name));
        if unit.is_none() {
            cell::<Locator>(line, 3)?;
        }
        let row = bytes.get(line.start..line.start + line.length).unwrap_or_default();
        let settled = Settlement {
            seq: cell(line, 0)?,
            at: moment(line.get(1).trim()).ok_or(1_usize)?,
            round: recent.rounds.get(line.get(2), || round(line.get(2))).ok_or(2_usize)?,
            dimension: vocabulary.dimension(line.get(4)).ok_or(4_usize)?,
            answer: answer(line.get(5), vocabulary, answers).ok_or(5_usize)?,
            outcome: optional::<Outcome>(line, 6)?,
            reason: optional::<Reason>(line, 7)?,
            rationale: line.text(8),
            present: recent.present.get(line.get(9), || list(line, 9).ok()).ok_or(9_usize)?,
            codebook_change: line.text(10),
            undoes: optional(line, 11)?,
            codebook: line.get(12).to_owned(),
            // Last, so that a row is gone only where everything else about it is sound.
            unit: unit.ok_or_else(|| {
                nowhere.push(u64::from(line.number));
                3_usize
            })?,
        };
        Ok(((settled.seq, row.to_vec()), settled))
    });
    for problem in found {
        match problem.at.line.filter(|line| nowhere.contains(line)) {
            Some(line) => gone.push(log::gone(file, line)),
            None => problems.push(problem),
        }
    }
    (rows, torn)
}

/// Puts rows of all copies in order, equal ones once: by seq, then by the row's bytes, never by place.
#[must_use]
pub fn in_order(mut rows: Vec<Placed>) -> Vec<Settlement> {
    let seq = |((seq, _), _): &Placed| *seq;
    if !rows.is_sorted_by(|one, other| seq(one) < seq(other)) {
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        rows.dedup_by(|(one, _), (other, _)| one == other);
    }
    rows.into_iter().map(|(_, settled)| settled).collect()
}

fn optional<T: std::str::FromStr>(line: &Line, column: usize) -> Result<Option<T>, usize> {
    if line.get(column).trim().is_empty() { Ok(None) } else { cell(line, column).map(Some) }
}

fn answer(text: &str, vocabulary: &Vocabulary, answers: &mut Answers) -> Option<AnswerIndex> {
    match text.trim() {
        "" => Some(AnswerIndex::UNDECIDED),
        "none" => Some(AnswerIndex::NONE),
        codes => {
            let codes: Option<Vec<CodeIndex>> =
                codes.split(';').map(|code| vocabulary.code(code.trim())).collect();
            codes.map(|codes| answers.number(codes))
        }
    }
}

/// One row of `consensus.csv`, with its LF.
#[must_use]
pub fn write(
    seq: u64,
    at: Moment,
    round: &str,
    unit: &Locator,
    dimension: &str,
    settled: &NewSettlement,
    codebook: &str,
) -> Vec<u8> {
    let present: Vec<&str> = settled.present.iter().map(CoderId::as_str).collect();
    rows::write(&[
        &seq.to_string(),
        &at.to_string(),
        round,
        &unit.to_string(),
        dimension,
        &settled.answer.to_string(),
        &settled.outcome.as_ref().map(ToString::to_string).unwrap_or_default(),
        settled.reason.map_or("", Reason::as_str),
        &settled.rationale,
        &present.join("; "),
        &settled.codebook_change,
        &settled.undoes.map(|seq| seq.to_string()).unwrap_or_default(),
        settled.codebook.as_deref().unwrap_or(codebook),
    ])
}
