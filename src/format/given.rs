//! Tables as people and programs hand them over: the rows of a file in any encoding or of a workbook, a title above the
//! headings or not.

use super::codings::open::open;
use super::table::quotable;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::Place;
use crate::escape::csv::unguard;
use crate::read::workbook::{address, looks_like_one};

/// A row that holds anything.
pub(super) struct Row {
    /// Its line, from 1; in a sheet, the number of the row.
    pub(super) line: u64,
    /// What stands in its cells, trimmed, without the guard of a spreadsheet.
    pub(super) cells: Vec<String>,
    /// How many blanks stand before what is in each of them.
    pub(super) indents: Vec<usize>,
}

/// The rows of a file.
pub(super) struct Given<'a> {
    file: &'a str,
    is_sheet: bool,
    pub(super) rows: Vec<Row>,
    /// What was assumed of it.
    pub(super) said: Vec<Message>,
}

/// Reads the rows of a table. Of the ways to part its cells that one is taken of which `known` knows most columns: a title
/// above the headings says nothing of what parts the cells beneath it.
///
/// # Errors
/// It is no table.
pub(super) fn read<'a>(
    file: &'a str,
    bytes: &[u8],
    known: impl Fn(&[Row]) -> usize,
) -> Result<Given<'a>, Failure> {
    let opened = open(file, bytes)?;
    let is_sheet = looks_like_one(bytes);
    let by = |separator| parted(opened.text.as_ref(), separator, opened.above, is_sheet);
    let mut rows = by(opened.separator);
    for other in [b',', b';', b'\t', b'|'].into_iter().filter(|_| !is_sheet) {
        let other = by(other);
        if known(&other) > known(&rows) {
            rows = other;
        }
    }
    Ok(Given { file, is_sheet, rows, said: opened.said })
}

impl Given<'_> {
    /// Where a cell stands: in a sheet by its address, else by line and heading.
    pub(super) fn place(&self, line: u64, nth: usize, heading: &str) -> Place {
        let at = (u32::try_from(line.saturating_sub(1)), u32::try_from(nth));
        match at {
            (Ok(row), Ok(column)) if self.is_sheet => {
                Place::file(self.file).column(address(row, column))
            }
            _ => self.line(line).column(quotable(heading)),
        }
    }

    /// Where a row stands.
    pub(super) fn line(&self, line: u64) -> Place {
        Place::line(self.file, line)
    }
}

/// The rows of a text, its cells parted so.
fn parted(text: &[u8], separator: u8, above: u64, is_sheet: bool) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    let mut rows: Vec<Row> = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut nth = 0;
    while reader.read_record(&mut record).unwrap_or(false) {
        nth += 1;
        let line = record.position().map_or(nth, |at| at.line() + above);
        let cells: Vec<String> = record.iter().map(|it| unguard(it.trim()).to_owned()).collect();
        let blanks = |it: &str| it.chars().take_while(|it| it.is_whitespace()).count();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let indents = record.iter().map(blanks).collect();
            rows.push(Row { line: if is_sheet { nth } else { line }, cells, indents });
        }
    }
    rows
}

/// What a file is that is no table, by its first bytes.
pub(super) fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins =
        |mark: &[u8]| text.get(..mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark));
    if begins(b"%PDF") {
        Some("PDF")
    } else if begins(b"{\\rtf") {
        Some("RTF")
    } else if begins(b"<?xml") || begins(b"<html") || begins(b"<!doctype") || begins(b"<codebook") {
        Some("XML")
    } else if begins(b"{") || begins(b"[") {
        Some("JSON")
    } else if text
        .split(|it| *it == b'\n')
        .take(200)
        .any(|it| it.trim_ascii_end() == b"dimensions:")
    {
        Some("YAML")
    } else if begins(b"SQLite format") {
        Some("SQLite")
    } else {
        None
    }
}
