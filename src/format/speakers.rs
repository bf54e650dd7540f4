//! The list of speakers that `import --speakers` takes: `transcript,label,participant,role`.

use super::table::{Row, Table};
use crate::domain::problem::Problem;
use crate::msg;
use crate::unitize::people::SpeakerRow;

/// Reads a list of speakers. `transcript` may be left out, and any cell but the label may be empty; an
/// empty label names who speaks in a file without labels.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<SpeakerRow> {
    let table = Table::read(file, bytes, &["label"], problems);
    let mut rows = Vec::new();
    for row in &table.rows {
        let participant = optional(&table, row, "participant", problems);
        let role = optional(&table, row, "role", problems);
        if participant.is_none() && role.is_none() {
            problems.push(Problem::new(
                table.place(row, "participant"),
                msg!("import.speakers.empty"),
                msg!("import.speakers.empty.fix"),
            ));
        }
        rows.push(SpeakerRow {
            transcript: optional(&table, row, "transcript", problems),
            label: table.get(row, "label").trim().to_owned(),
            participant,
            role,
        });
    }
    rows
}

/// A cell that may be empty, but not wrong.
fn optional<T: std::str::FromStr>(
    table: &Table,
    row: &Row,
    column: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    if table.get(row, column).is_empty() { None } else { table.parse(row, column, problems) }
}
