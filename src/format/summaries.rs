//! `summaries.csv`, and summaries that come back filled in: a row a cell, or a whole display.

use super::given;
use super::table::{Table, write};
use crate::domain::failure::Failure;
use crate::domain::locator::Locator;
use crate::domain::problem::{Place, Problem};
use crate::domain::summary::Summary;
use crate::language::fold;
use crate::msg;

/// The columns of `summaries.csv`.
pub const COLUMNS: [&str; 6] = ["row", "column", "text", "by", "at", "units"];

/// Reads `summaries.csv`; of several rows of one cell the last holds.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Summary> {
    let table = Table::read(file, bytes, &["row", "column", "text"], problems);
    let mut summaries: Vec<Summary> = Vec::new();
    for row in &table.rows {
        let cell = |column| table.get(row, column).to_owned();
        let units = locators(table.get(row, "units"), &table.place(row, "units"), problems);
        let (by, at) = (cell("by"), cell("at"));
        let (row, column) = (cell("row"), cell("column"));
        let summary = Summary { text: cell("text"), by, at, units, row, column };
        match summaries.iter_mut().find(|it| it.is_of(&summary.row, &summary.column)) {
            Some(before) => *before = summary,
            None => summaries.push(summary),
        }
    }
    summaries
}

/// Writes `summaries.csv`.
#[must_use]
pub fn write_summaries(summaries: &[Summary]) -> Vec<u8> {
    let row = |it: &Summary| {
        let units: Vec<String> = it.units.iter().map(ToString::to_string).collect();
        let Summary { row, column, text, by, at, .. } = it.clone();
        [row, column, text, by, at, units.join("; ")]
    };
    write(&COLUMNS, summaries.iter().map(row))
}

/// A cell of a display as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The heads of its row, the outer one first; one text where rows are named in full.
    pub row: Vec<String>,
    /// The head of its column.
    pub column: String,
    /// What stands in it now.
    pub text: String,
    /// The units that stood beside it; absent where the file has no column for them.
    pub units: Option<Vec<Locator>>,
    /// Where it is.
    pub place: Place,
}

/// A display that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// What heads the rows, as it was written, the outer axis first; nothing where each row of the file is a cell.
    pub axes: Vec<String>,
    /// The cells that hold anything.
    pub cells: Vec<Filled>,
}

/// Headings of a file whose rows are cells, ours and those that people read; folded.
const ROW: &[&str] = &["row"];
const COLUMN: &[&str] = &["column"];
const TEXT: &[&str] = &["text", "value", "summary"];

/// Reads a display that came back with its summaries filled in; nothing where the file is something else. `axes` are the
/// words that may head rows, folded.
///
/// # Errors
/// It is such a display, and something in it is wrong.
pub fn back(file: &str, bytes: &[u8], axes: &[String]) -> Result<Option<Back>, Failure> {
    let is_axis = |cell: &String| axes.contains(&fold(cell));
    let names = |cells: &[String], known: &[&str]| {
        cells.iter().position(|cell| known.contains(&fold(cell).as_str()))
    };
    let is_head = |row: &given::Row| {
        let is_long = names(&row.cells, ROW).is_some() && names(&row.cells, TEXT).is_some();
        let has_unit = row.cells.iter().any(|cell| fold(cell) == "unit");
        !has_unit && (is_long || row.cells.first().is_some_and(is_axis))
    };
    let width =
        |rows: &[given::Row]| rows.iter().find(|it| is_head(it)).map_or(0, |it| it.cells.len());
    let Ok(given) = given::read(file, bytes, width) else { return Ok(None) };
    let Some(head) = given.rows.iter().position(is_head) else { return Ok(None) };
    let headings = given.rows.get(head).map_or(&[][..], |it| it.cells.as_slice());
    let rows = given.rows.iter().skip(head + 1);
    let mut problems = Vec::new();
    let mut cells = Vec::new();
    let leading = headings.iter().take_while(|it| is_axis(it)).count();
    let long = names(headings, ROW).zip(names(headings, COLUMN)).zip(names(headings, TEXT));
    let units = headings.iter().position(|it| fold(it) == "units");
    for row in rows {
        let cell = |nth: usize| row.cells.get(nth).map_or("", String::as_str);
        let place =
            |nth: usize| given.place(row.line, nth, headings.get(nth).map_or("", String::as_str));
        if let Some(((of_row, of_column), of_text)) = long {
            let units = units.map(|nth| locators(cell(nth), &place(nth), &mut problems));
            cells.push(Filled {
                row: vec![cell(of_row).to_owned()],
                column: cell(of_column).to_owned(),
                text: cell(of_text).to_owned(),
                units,
                place: place(of_text),
            });
            continue;
        }
        let heads: Vec<String> = (0..leading).map(|nth| cell(nth).to_owned()).collect();
        for (nth, column) in headings.iter().enumerate().skip(leading) {
            cells.push(Filled {
                row: heads.clone(),
                column: column.clone(),
                text: cell(nth).to_owned(),
                units: None,
                place: place(nth),
            });
        }
    }
    cells.retain(|it| !it.text.is_empty());
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let axes = if long.is_some() { &[][..] } else { headings.get(..leading).unwrap_or_default() };
    Ok(Some(Back { axes: axes.to_vec(), cells }))
}

fn locators(text: &str, place: &Place, problems: &mut Vec<Problem>) -> Vec<Locator> {
    let mut locators = Vec::new();
    for part in text.split(';').map(str::trim).filter(|it| !it.is_empty()) {
        match part.parse() {
            Ok(locator) => locators.push(locator),
            Err(_) => problems.push(Problem::new(
                place.clone(),
                msg!("claims.locator"),
                msg!("quotes.locator.fix"),
            )),
        }
    }
    locators
}
