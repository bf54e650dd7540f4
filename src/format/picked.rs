//! `quotes/<coder>.csv`, and the `quotes.csv` of before: quotations that coders picked, and translations of them.

use super::records::{arranged, cell, never, read};
use super::rows;
use super::table::Table;
use crate::analysis::manuscript::Recorded;
use crate::domain::id::CoderId;
use crate::domain::problem::Problem;
use crate::domain::record::{NewPick, PickRow};
use crate::msg;

/// The columns of `quotes/<coder>.csv`.
pub const COLUMNS: [&str; 9] =
    ["seq", "at", "locator", "dimension", "code", "lang", "translation", "translator", "undoes"];

/// Reads the translations of a file; rows that were taken back are none.
pub fn read_translations(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Recorded> {
    let table = Table::read(file, bytes, &["locator", "translation"], problems);
    let undone: Vec<&str> = table.rows.iter().map(|row| table.get(row, "undoes").trim()).collect();
    let mut recorded = Vec::new();
    for row in &table.rows {
        let translation = table.get(row, "translation").trim();
        let seq = table.get(row, "seq").trim();
        let is_undone = !seq.is_empty() && undone.contains(&seq);
        if translation.is_empty() || is_undone || !table.get(row, "undoes").trim().is_empty() {
            continue;
        }
        match table.get(row, "locator").trim().parse() {
            // In an append-only file a line break is written so.
            Ok(locator) => {
                recorded.push(Recorded { locator, translation: translation.replace("\\n", " ") });
            }
            Err(_) => problems.push(Problem::new(
                table.place(row, "locator"),
                msg!("quotes.locator"),
                msg!("quotes.locator.fix"),
            )),
        }
    }
    recorded
}

/// Reads the quotations that a coder picked. Files that people keep by hand may lack columns; a row without a code is none.
pub fn read_picks(
    file: &str,
    bytes: &[u8],
    coder: &CoderId,
    problems: &mut Vec<Problem>,
) -> Vec<PickRow> {
    let table = Table::read(file, bytes, &["locator"], problems);
    let mut picks = Vec::new();
    for row in &table.rows {
        let text = |column| table.get(row, column).replace("\\n", "\n").replace("\\\\", "\\");
        let seq = table.get(row, "seq");
        let undoes = table.get(row, "undoes");
        let (Ok(locator), false) =
            (table.get(row, "locator").parse(), table.get(row, "code").is_empty())
        else {
            continue;
        };
        picks.push(PickRow {
            coder: coder.clone(),
            seq: seq.parse().unwrap_or(0),
            at: table.get(row, "at").parse().ok(),
            what: NewPick {
                locator,
                dimension: table.get(row, "dimension").to_owned(),
                code: table.get(row, "code").to_owned(),
                language: table.get(row, "lang").to_owned(),
                translation: text("translation"),
                translator: text("translator"),
                undoes: undoes.parse().ok(),
            },
        });
    }
    picks
}

/// Where the torn last row of such a file begins, if it has one.
#[must_use]
pub fn torn(bytes: &[u8]) -> Option<usize> {
    let whole = |line: &rows::Line| -> Result<(), usize> { cell::<u64>(line, 0).map(|_| ()) };
    read("", bytes, &COLUMNS, never, &mut Vec::new(), whole).1
}

/// Puts picks of all devices in order, equal ones once: by seq, then by their bytes.
#[must_use]
pub fn picks_in_order(rows: Vec<PickRow>) -> Vec<PickRow> {
    arranged(rows, write_pick, |row| row.seq)
}

/// One row of `quotes/<coder>.csv`, with its LF.
#[must_use]
pub fn write_pick(row: &PickRow) -> Vec<u8> {
    let NewPick { locator, dimension, code, language, translation, translator, undoes } = &row.what;
    rows::write(&[
        &row.seq.to_string(),
        &row.at.map(|at| at.to_string()).unwrap_or_default(),
        &locator.to_string(),
        dimension,
        code,
        language,
        translation,
        translator,
        &undoes.map(|seq| seq.to_string()).unwrap_or_default(),
    ])
}
