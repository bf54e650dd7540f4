//! `moves.csv`: what became of units.

use super::records::{Logged, arranged, cell, never, read, seq};
use super::rows::{self, Columns, Line};
use crate::domain::locator::Locator;
use crate::domain::moved::{How, MoveRow};
use crate::domain::problem::{Place, Problem};

/// The columns of `moves.csv`; rows of before lack the last.
pub const COLUMNS: [&str; 5] = ["at", "old", "new", "how", "seq"];

/// Reads `moves.csv`.
pub fn read_moves(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Logged<MoveRow> {
    let mut numbered = false;
    read(file, bytes, Columns::grown(&COLUMNS), never, problems, |line| {
        let (old, new, how): (_, _, How) = (maybe(line, 1)?, maybe(line, 2)?, cell(line, 3)?);
        if !how.fits(old.is_some(), new.is_some()) {
            return Err(3);
        }
        let place = Place::line(file, u64::from(line.number));
        let seq = seq(line, 4, &mut numbered)?;
        Ok(MoveRow { seq, at: cell(line, 0)?, old, new, how, place })
    })
}

/// Puts rows of all copies in order, equal ones once: rows of before by time, then all others by seq, in either case then
/// by their bytes.
#[must_use]
pub fn in_order(rows: Vec<MoveRow>) -> Vec<MoveRow> {
    arranged(rows, write_move, |row| (row.seq, row.seq.is_none().then_some(row.at)))
}

fn maybe(line: &Line, column: usize) -> Result<Option<Locator>, usize> {
    if line.get(column).trim().is_empty() { Ok(None) } else { cell(line, column).map(Some) }
}

/// One row of `moves.csv`, with its LF.
#[must_use]
pub fn write_move(row: &MoveRow) -> Vec<u8> {
    let locator = |it: &Option<Locator>| it.as_ref().map(ToString::to_string).unwrap_or_default();
    rows::write(&[
        &row.at.to_string(),
        &locator(&row.old),
        &locator(&row.new),
        row.how.as_str(),
        &row.seq.map(|seq| seq.to_string()).unwrap_or_default(),
    ])
}
