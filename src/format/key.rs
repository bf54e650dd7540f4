//! The key to pseudonyms that `import --pseudonyms` keeps: `name,case,participant`.
//!
//! It lies outside the study and belongs to the team: rows are added and every other byte of it stays, so
//! columns of the team's own, its separator and its order are kept.

use super::table::{Table, separator};
use crate::domain::problem::Problem;
use crate::unitize::pseudonyms::KeyRow;

const COLUMNS: [&str; 3] = ["name", "case", "participant"];

/// Reads a key. `case` may be left out or empty: then the name means one person in every case.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<KeyRow> {
    let table = Table::read(file, bytes, &["name", "participant"], problems);
    let mut rows = Vec::new();
    for row in &table.rows {
        let case = match table.get(row, "case") {
            "" => Some(None),
            _ => table.parse(row, "case", problems).map(Some),
        };
        let participant = table.parse(row, "participant", problems);
        if let (Some(case), Some(participant)) = (case, participant) {
            rows.push(KeyRow { name: table.get(row, "name").to_owned(), case, participant });
        }
    }
    rows
}

/// A key with more rows: its bytes as they were, then the new ones. Without bytes it is a new key.
#[must_use]
pub fn extended(bytes: &[u8], new: &[KeyRow]) -> Vec<u8> {
    let blank = bytes.iter().all(u8::is_ascii_whitespace);
    let mut out = if blank { b"name,case,participant\n".to_vec() } else { bytes.to_vec() };
    let headings = Table::read("", &out, &[], &mut Vec::new()).headings;
    if !out.ends_with(b"\n") {
        out.push(b'\n');
    }
    let body = out.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&out);
    let mut writer = csv::WriterBuilder::new().delimiter(separator(body)).from_writer(Vec::new());
    for row in new {
        let cell = |heading: &String| match heading.to_ascii_lowercase().as_str() {
            "name" => row.name.clone(),
            "case" => row.case.as_ref().map(ToString::to_string).unwrap_or_default(),
            "participant" => row.participant.to_string(),
            _ => String::new(),
        };
        // Writing into memory does not fail.
        let _ = writer.write_record(headings.iter().map(cell));
    }
    out.extend(writer.into_inner().unwrap_or_default());
    out
}

/// A key of these rows alone.
#[must_use]
pub fn write(rows: &[KeyRow]) -> Vec<u8> {
    super::table::write(
        &COLUMNS,
        rows.iter().map(|row| {
            let case = row.case.as_ref().map(ToString::to_string).unwrap_or_default();
            [row.name.clone(), case, row.participant.to_string()]
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, case: &str, participant: &str) -> KeyRow {
        KeyRow {
            name: name.to_owned(),
            case: case.parse().ok(),
            participant: participant.parse().unwrap(),
        }
    }

    #[test]
    fn a_key_grows_by_rows_and_keeps_what_a_team_wrote_into_it() {
        let new = [row("Ana, née Paz", "A", "P3")];
        let ours = "\u{feff}Participant;name;phone\r\nP1;Luis;123\r\n".as_bytes();
        let grown = extended(ours, &new);
        assert_eq!(
            std::str::from_utf8(&grown).unwrap(),
            "\u{feff}Participant;name;phone\r\nP1;Luis;123\r\nP3;Ana, née Paz;\n"
        );
        let mut problems = Vec::new();
        let rows = read("key.csv", &grown, &mut problems);
        assert_eq!(rows, [row("Luis", "", "P1"), row("Ana, née Paz", "", "P3")]);
        assert_eq!(problems, []);
        let fresh = extended(b"", &new);
        assert_eq!(read("key.csv", &fresh, &mut problems), new);
        assert_eq!(write(&new), fresh);
    }
}
