//! `moves.csv`: what became of units.

use super::records::{Logged, cell, read};
use super::rows::{self, Line};
use crate::domain::locator::Locator;
use crate::domain::moved::{How, MoveRow};
use crate::domain::problem::Problem;

/// The columns of `moves.csv`.
pub const COLUMNS: [&str; 4] = ["at", "old", "new", "how"];

/// Reads `moves.csv` in order of time; rows of one moment stay in their order.
pub fn read_moves(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Logged<MoveRow> {
    let complete = |line: &Line| line.get(3).parse::<How>().is_ok();
    let (mut rows, torn) = read(file, bytes, COLUMNS, complete, problems, |line| {
        Ok(MoveRow {
            at: cell(line, 0)?,
            old: maybe(line, 1)?,
            new: maybe(line, 2)?,
            how: cell(line, 3)?,
        })
    });
    rows.sort_by_key(|row| row.at);
    (rows, torn)
}

fn maybe(line: &Line, column: usize) -> Result<Option<Locator>, usize> {
    if line.get(column).trim().is_empty() { Ok(None) } else { cell(line, column).map(Some) }
}

/// One row of `moves.csv`, with its LF.
#[must_use]
pub fn write_move(row: &MoveRow) -> Vec<u8> {
    let locator = |it: &Option<Locator>| it.as_ref().map(ToString::to_string).unwrap_or_default();
    rows::write(&[&row.at.to_string(), &locator(&row.old), &locator(&row.new), row.how.as_str()])
}
