//! `quotes/<coder>.csv`, and the `quotes.csv` of before: translations that are recorded for stretches of talk.

use super::table::Table;
use crate::analysis::manuscript::Recorded;
use crate::domain::problem::Problem;
use crate::msg;

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
