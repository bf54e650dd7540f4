//! `seals.csv` and `memos/<coder>.csv`.

use super::rows::{self, Columns, Line};
use crate::domain::id::{CaseId, CoderId};
use crate::domain::problem::{Place, Problem};
use crate::domain::record::{Memo, NewProposal, Proposal};
use crate::domain::seal::Seal;
use crate::msg;

/// The columns of `seals.csv`; rows of before lack the last.
pub const SEALS: [&str; 9] =
    ["at", "coder", "round", "scope", "decisions", "log_sha256", "units_sha256", "codebook", "seq"];
/// The columns of `memos/<coder>.csv`.
pub const MEMOS: [&str; 5] = ["seq", "at", "on", "kind", "text"];
/// The columns of `proposals/<coder>.csv`.
pub const PROPOSALS: [&str; 7] = ["seq", "at", "code", "dimension", "parent", "name", "brief"];

/// Rows of an append-only file, and where a torn last row begins.
pub type Logged<T> = (Vec<T>, Option<usize>);

/// Reads rows by a function that returns the row, or the column that is wrong.
pub(super) fn read<'c, T>(
    file: &str,
    bytes: &[u8],
    columns: impl Into<Columns<'c>>,
    complete: fn(&Line) -> bool,
    problems: &mut Vec<Problem>,
    mut one: impl FnMut(&Line) -> Result<T, usize>,
) -> Logged<T> {
    let mut list = Vec::new();
    let columns = columns.into();
    let torn =
        rows::read(file, bytes, columns, complete, problems, |line, problems| match one(line) {
            Ok(value) => list.push(value),
            Err(column) => {
                let name = columns.names.get(column).copied().unwrap_or_default();
                problems.push(Problem::new(
                    Place::line(file, u64::from(line.number)).column(name),
                    if name == "unit" { msg!("log.unit") } else { msg!("log.cell", column = name) },
                    msg!("log.row.fix"),
                ));
            }
        });
    (list, torn)
}

/// A row that ends in free text may have been cut anywhere: without its LF it is no whole row.
pub(super) fn never(_: &Line) -> bool {
    false
}

/// Rows in the order of a key and then of their bytes, equal rows once.
pub(super) fn arranged<T, K: Ord>(
    rows: Vec<T>,
    bytes: fn(&T) -> Vec<u8>,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let keyed = rows.into_iter().map(|row| ((key(&row), bytes(&row)), row));
    let mut rows: Vec<((K, Vec<u8>), T)> = keyed.collect();
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    rows.dedup_by(|(one, _), (other, _)| one == other);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Reads the seq of a row; rows of before have none. A row that lacks it after one that has it has lost it:
/// `numbered` remembers.
pub(super) fn seq(line: &Line, column: usize, numbered: &mut bool) -> Result<Option<u64>, usize> {
    let is_empty = line.get(column).trim().is_empty();
    if !line.has(column) || (is_empty && !*numbered) {
        return Ok(None);
    }
    *numbered = true;
    cell(line, column).map(Some)
}

/// Reads a cell, or names its column.
pub(super) fn cell<T: std::str::FromStr>(line: &Line, column: usize) -> Result<T, usize> {
    line.get(column).trim().parse().map_err(|_| column)
}

/// Reads a list joined by `;`.
pub(super) fn list<T: std::str::FromStr>(line: &Line, column: usize) -> Result<Vec<T>, usize> {
    let parts = line.get(column).split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| column)).collect()
}

/// Reads `seals.csv`.
pub fn read_seals(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Logged<Seal> {
    // A row of before ends in a version, which tells whether it is whole; a number does not tell.
    let complete = |line: &Line| !line.has(8) && rows::is_version(line.get(7));
    let mut numbered = false;
    read(file, bytes, Columns::grown(&SEALS), complete, problems, |line| {
        let seal = Seal {
            seq: seq(line, 8, &mut numbered)?,
            at: cell(line, 0)?,
            coder: cell(line, 1)?,
            round: cell(line, 2)?,
            scope: list(line, 3)?,
            decisions: cell(line, 4)?,
            log_sha256: line.get(5).to_owned(),
            units_sha256: line.get(6).to_owned(),
            codebook: line.get(7).to_owned(),
            covers: None,
        };
        match seal.seq {
            Some(_) if !seal.has_form() => Err(if seal.log_sha256.len() == 64 { 6 } else { 5 }),
            Some(_) if !rows::is_version(&seal.codebook) => Err(7),
            Some(_) if seal.scope.is_empty() => Err(3),
            _ => Ok(seal),
        }
    })
}

/// Puts rows of all copies in order, equal ones once: rows of before by time, then all others by seq, in either case then
/// by coder and by their bytes.
#[must_use]
pub fn seals_in_order(seals: Vec<Seal>) -> Vec<Seal> {
    let place = |seal: &Seal| (seal.seq, seal.seq.is_none().then_some(seal.at), seal.coder.clone());
    arranged(seals, write_seal, place)
}

/// One row of `seals.csv`, with its LF.
#[must_use]
pub fn write_seal(seal: &Seal) -> Vec<u8> {
    let scope: Vec<&str> = seal.scope.iter().map(CaseId::as_str).collect();
    rows::write(&[
        &seal.at.to_string(),
        seal.coder.as_str(),
        seal.round.as_str(),
        &scope.join("; "),
        &seal.decisions.to_string(),
        &seal.log_sha256,
        &seal.units_sha256,
        &seal.codebook,
        &seal.seq.map(|seq| seq.to_string()).unwrap_or_default(),
    ])
}

/// Reads a file of a coder's memos.
pub fn read_memos(
    file: &str,
    bytes: &[u8],
    coder: &CoderId,
    problems: &mut Vec<Problem>,
) -> Logged<Memo> {
    read(file, bytes, &MEMOS, never, problems, |line| {
        Ok(Memo {
            coder: coder.clone(),
            seq: cell(line, 0)?,
            at: cell(line, 1)?,
            on: line.get(2).to_owned(),
            kind: cell(line, 3)?,
            text: line.text(4),
        })
    })
}

/// Reads a file of the codes that a coder proposes.
pub fn read_proposals(
    file: &str,
    bytes: &[u8],
    coder: &CoderId,
    problems: &mut Vec<Problem>,
) -> Logged<Proposal> {
    read(file, bytes, &PROPOSALS, never, problems, |line| {
        Ok(Proposal {
            coder: coder.clone(),
            seq: cell(line, 0)?,
            at: cell(line, 1)?,
            what: NewProposal {
                code: line.get(2).to_owned(),
                dimension: line.get(3).to_owned(),
                parent: line.get(4).to_owned(),
                name: line.text(5),
                brief: line.text(6),
            },
        })
    })
}

/// Puts proposals of all devices in order, equal ones once: by seq, then by their bytes.
#[must_use]
pub fn proposals_in_order(rows: Vec<Proposal>) -> Vec<Proposal> {
    arranged(rows, write_proposal, |row| row.seq)
}

/// One row of `proposals/<coder>.csv`, with its LF.
#[must_use]
pub fn write_proposal(row: &Proposal) -> Vec<u8> {
    let NewProposal { code, dimension, parent, name, brief } = &row.what;
    rows::write(&[&row.seq.to_string(), &row.at.to_string(), code, dimension, parent, name, brief])
}

/// Puts memos of all devices in order, equal ones once: by seq, then by their bytes.
#[must_use]
pub fn memos_in_order(memos: Vec<Memo>) -> Vec<Memo> {
    arranged(memos, write_memo, |memo| memo.seq)
}

/// One row of `memos/<coder>.csv`, with its LF.
#[must_use]
pub fn write_memo(memo: &Memo) -> Vec<u8> {
    rows::write(&[
        &memo.seq.to_string(),
        &memo.at.to_string(),
        &memo.on,
        memo.kind.as_str(),
        &memo.text,
    ])
}
