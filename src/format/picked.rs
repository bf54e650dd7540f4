//! `quotes/<coder>.csv`, and the `quotes.csv` of before: quotations that coders picked, and translations of them.

use super::records::{Logged, arranged, cell, never, read};
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

/// Reads a file of the quotations that a coder picked.
pub fn read_picks(
    file: &str,
    bytes: &[u8],
    coder: &CoderId,
    problems: &mut Vec<Problem>,
) -> Logged<PickRow> {
    read(file, bytes, &COLUMNS, never, problems, |line| {
        let undoes = line.get(8).trim();
        Ok(PickRow {
            coder: coder.clone(),
            seq: cell(line, 0)?,
            at: cell(line, 1)?,
            what: NewPick {
                locator: cell(line, 2)?,
                dimension: line.get(3).trim().to_owned(),
                code: line.get(4).trim().to_owned(),
                language: line.get(5).trim().to_owned(),
                translation: line.text(6),
                translator: line.text(7),
                undoes: if undoes.is_empty() { None } else { Some(cell(line, 8)?) },
            },
        })
    })
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
        &row.at.to_string(),
        &locator.to_string(),
        dimension,
        code,
        language,
        translation,
        translator,
        &undoes.map(|seq| seq.to_string()).unwrap_or_default(),
    ])
}
