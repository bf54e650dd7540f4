//! Tables of what a team knows of people or cases: a row each, found by id or name, and columns of any kind.

use super::codings::open::open;
use super::table::quotable;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::escape::csv::unguard;
use crate::language::fold;
use crate::msg;
use crate::read::workbook::{address, looks_like_one};

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
/// It is no table, no column has such a heading, two columns have one heading, or a cell has none above it.
pub fn read(file: &str, bytes: &[u8], keys: &[&str]) -> Result<Known, Failure> {
    let opened = open(file, bytes)?;
    let is_sheet = looks_like_one(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(opened.separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(opened.text.as_ref());
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut nth = 0;
    while reader.read_record(&mut record).unwrap_or(false) {
        nth += 1;
        let line = record.position().map_or(nth, |at| at.line() + opened.above);
        let cells: Vec<String> = record.iter().map(|it| unguard(it.trim()).to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((if is_sheet { nth } else { line }, cells));
        }
    }
    let key_of = |cells: &[String]| {
        let place = |key: &&str| cells.iter().position(|cell| fold(cell) == **key);
        keys.iter().find_map(place)
    };
    let head = rows.iter().take(ABOVE).position(|(_, cells)| key_of(cells).is_some());
    let mut rows = rows.into_iter().skip(head.unwrap_or(0));
    let Some((key, (top, headings))) =
        rows.next().and_then(|(line, cells)| Some((key_of(&cells)?, (line, cells))))
    else {
        let place = Place::line(file, 1);
        let what = msg!("known.no_key", keys = keys.first().copied().unwrap_or_default());
        let fix = msg!("known.no_key.fix", keys = keys.join(", "));
        return Err(Failure::invalid(Problem::new(place, what, fix)));
    };
    let mut said = opened.said;
    if let Some(above) = head.filter(|it| *it > 0) {
        said.push(msg!("codebook_table.above", n = above));
    }
    let reading = Reading { file, is_sheet, key };
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
    file: &'a str,
    is_sheet: bool,
    key: usize,
}

impl Reading<'_> {
    fn place(&self, line: u64, nth: usize, heading: &str) -> Place {
        if self.is_sheet {
            let row = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX);
            let column = u32::try_from(nth).unwrap_or(u32::MAX);
            return Place::file(self.file).column(address(row, column));
        }
        Place::line(self.file, line).column(quotable(heading))
    }

    fn columns(&self, line: u64, headings: &[String], problems: &mut Vec<Problem>) -> Vec<Held> {
        let mut columns: Vec<Held> = Vec::new();
        for (nth, heading) in headings.iter().enumerate().filter(|(nth, _)| *nth != self.key) {
            let place = self.place(line, nth, heading);
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
        let mut row = Row { key: None, place: Place::line(self.file, line), cells: Vec::new() };
        for (nth, text) in cells.into_iter().enumerate() {
            let heading = headings.get(nth).map_or("", String::as_str);
            let place = self.place(line, nth, heading);
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
