//! `assignments.csv`: who is asked to code what.

use super::table::{self, Table};
use crate::domain::assignments::{Assignment, Part};
use crate::domain::id::{CoderId, RoundId};
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// The columns of `assignments.csv`.
pub const COLUMNS: [&str; 3] = ["unit", "coder", "round"];

/// Reads `assignments.csv`; each row with its place, for whoever finds that it names nothing.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<(Assignment, Place)> {
    let table = Table::read(file, bytes, &COLUMNS, problems);
    let mut rows = Vec::new();
    for row in &table.rows {
        let part = table.get(row, "unit").parse::<Part>();
        if part.is_err() {
            let at = table.place(row, "unit");
            problems.push(Problem::new(at, msg!("assign.part"), msg!("assign.part.fix")));
        }
        let coder: Option<CoderId> = table.parse(row, "coder", problems);
        let round: Option<Option<RoundId>> = match table.get(row, "round") {
            word if word.eq_ignore_ascii_case("all") => Some(None),
            _ => table.parse(row, "round", problems).map(Some),
        };
        let (Ok(part), Some(coder), Some(round)) = (part, coder, round) else { continue };
        rows.push((Assignment { part, coder, round }, table.place(row, "unit")));
    }
    rows
}

/// Writes `assignments.csv`.
#[must_use]
pub fn write(rows: &[Assignment]) -> Vec<u8> {
    table::write(
        &COLUMNS,
        rows.iter().map(|row| {
            let round = row.round.as_ref().map_or_else(|| "all".to_owned(), ToString::to_string);
            [row.part.to_string(), row.coder.to_string(), round]
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_read_back_as_they_were_written() {
        let text =
            "unit,coder,round\nall,c1,all\ncase:A,c2,main\ntranscript:B,c2,all\nA:3-4,c2,main\n";
        let mut problems = Vec::new();
        let rows: Vec<Assignment> = read("assignments.csv", text.as_bytes(), &mut problems)
            .into_iter()
            .map(|it| it.0)
            .collect();
        assert_eq!(problems, []);
        assert_eq!(String::from_utf8(write(&rows)).unwrap(), text);
        assert_eq!(rows[0], Assignment::everything("c1".parse().unwrap()));
    }

    #[test]
    fn a_row_that_asks_for_nothing_is_named() {
        let text = "unit,coder,round\nparticipant:P1,c1,main\nall,,main\ncase:A,c2,\n";
        let mut problems = Vec::new();
        assert_eq!(read("assignments.csv", text.as_bytes(), &mut problems), []);
        let places: Vec<String> = problems.iter().map(|it| it.at.to_string()).collect();
        assert_eq!(
            places,
            ["assignments.csv:2:unit", "assignments.csv:3:coder", "assignments.csv:4:round"]
        );
    }
}
