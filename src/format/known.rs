//! Tables of what a team knows of people or cases: a row each, found by id or name, and columns of any kind.

use super::given;
use super::table::quotable;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::language::fold;
use crate::msg;

/// How many rows may stand above the headings.
const ABOVE: usize = 12;

/// A cell that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What stands in it, trimmed.
    pub text: String,
    /// Where it is.
    pub place: Place,
}

/// What is said of one person or case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Of whom; absent where the row has cells but names nobody.
    pub key: Option<Held>,
    /// Where the row begins.
    pub place: Place,
    /// By column, what is said; nothing where the cell is blank.
    pub cells: Vec<Option<Held>>,
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The headings of all columns but the one that names people or cases.
    pub columns: Vec<Held>,
    /// The rows that are not blank.
    pub rows: Vec<Row>,
    /// What was assumed.
    pub said: Vec<Message>,
}

/// Reads a table (CSV in any encoding, TSV, XLSX, ODS) whose rows are named by the first column headed by one of `keys`,
/// which are folded.
///
/// # Errors
/// It is no table, or another kind of file, no column has such a heading, two columns have one heading, or a cell has none above it.
pub fn read(file: &str, bytes: &[u8], keys: &[&str]) -> Result<Known, Failure> {
    if let Some(kind) = given::other_kind(bytes) {
        let what = msg!("known.kind", kind = kind);
        return Err(Failure::invalid(Problem::new(
            Place::file(file),
            what,
            msg!("known.kind.fix"),
        )));
    }
    let key_of = |cells: &[String]| {
        let place = |key: &&str| cells.iter().position(|cell| fold(cell) == **key);
        keys.iter().find_map(place)
    };
    let heading =
        |rows: &[given::Row]| rows.iter().take(ABOVE).position(|row| key_of(&row.cells).is_some());
    let width = |rows: &[given::Row]| {
        heading(rows).and_then(|at| rows.get(at)).map_or(0, |row| row.cells.len())
    };
    let mut given = given::read(file, bytes, width)?;
    let rows = std::mem::take(&mut given.rows);
    let head = heading(&rows);
    let mut rows = rows.into_iter().map(|row| (row.line, row.cells)).skip(head.unwrap_or(0));
    let Some((key, (top, headings))) =
        rows.next().and_then(|(line, cells)| Some((key_of(&cells)?, (line, cells))))
    else {
        let place = Place::line(file, 1);
        let what = msg!("known.no_key", keys = keys.first().copied().unwrap_or_default());
        let fix = msg!("known.no_key.fix", keys = keys.join(", "));
        return Err(Failure::invalid(Problem::new(place, what, fix)));
    };
    let mut said = std::mem::take(&mut given.said);
    if let Some(above) = head.filter(|it| *it > 0) {
        said.push(msg!("codebook_table.above", n = above));
    }
    let reading = Reading { given, key };
    let mut problems = Vec::new();
    let columns = reading.columns(top, &headings, &mut problems);
    let rows = rows.map(|(line, cells)| reading.row(line, cells, &headings, &mut problems));
    let rows = rows.collect();
    if problems.is_empty() {
        Ok(Known { columns, rows, said })
    } else {
        Err(Failure::Invalid(problems))
    }
}

struct Reading<'a> {
    given: given::Given<'a>,
    key: usize,
}

impl Reading<'_> {
    fn columns(&self, line: u64, headings: &[String], problems: &mut Vec<Problem>) -> Vec<Held> {
        let mut columns: Vec<Held> = Vec::new();
        for (nth, heading) in headings.iter().enumerate().filter(|(nth, _)| *nth != self.key) {
            let place = self.given.place(line, nth, heading);
            let twice = columns.iter().any(|it| fold(&it.text) == fold(heading));
            if twice && !heading.is_empty() {
                let what = msg!("known.twice", column = quotable(heading));
                problems.push(Problem::new(place.clone(), what, msg!("known.twice.fix")));
            }
            columns.push(Held { text: heading.clone(), place });
        }
        columns
    }

    fn row(
        &self,
        line: u64,
        cells: Vec<String>,
        headings: &[String],
        problems: &mut Vec<Problem>,
    ) -> Row {
        let mut row = Row { key: None, place: self.given.line(line), cells: Vec::new() };
        for (nth, text) in cells.into_iter().enumerate() {
            let heading = headings.get(nth).map_or("", String::as_str);
            let place = self.given.place(line, nth, heading);
            if nth != self.key && heading.is_empty() && !text.is_empty() {
                let what = msg!("known.headless");
                problems.push(Problem::new(place.clone(), what, msg!("known.headless.fix")));
            }
            let held = (!text.is_empty()).then_some(Held { text, place });
            if nth == self.key {
                row.key = held;
            } else if nth < headings.len() {
                row.cells.push(held);
            }
        }
        row
    }
}
