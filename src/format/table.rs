//! CSV as people keep it: forgiving where nobody can be misled, strict otherwise.
//!
//! A BOM, CRLF, `;` or TAB as separator, another order of columns, blank rows and capital letters in
//! headers are let through; everything else that is odd is a problem with its line.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::domain::id::has_shape;
use crate::domain::problem::{Place, Problem};
use crate::msg;
use crate::read::workbook::{Cell, address};

/// One row of a table, with the line on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line, from 1; in a sheet, the number of the row.
    pub line: u64,
    /// What stands in it, one cell after the other.
    text: String,
    /// What is not empty, by place in the header, with its stretch of `text`; sparse, because one far cell must not cost
    /// thousands.
    cells: Vec<(usize, Range<usize>)>,
}

/// A table with named columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The file, as problems name it.
    pub file: String,
    /// The headings as they were written, trimmed.
    pub headings: Vec<String>,
    /// The rows that are not blank.
    pub rows: Vec<Row>,
    places: BTreeMap<String, usize>,
    /// The line of the header.
    header: u64,
    /// Whether it was a sheet of cells, so that places are cells.
    sheet: bool,
}

impl Table {
    /// A table without columns and rows.
    #[must_use]
    pub fn empty(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// Reads a table and checks that it has the `required` columns.
    pub fn read(file: &str, bytes: &[u8], required: &[&str], problems: &mut Vec<Problem>) -> Self {
        let mut table = Self::empty(file);
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if let Err(error) = std::str::from_utf8(bytes) {
            let before = &bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
            problems.push(Problem::new(
                Place::line(file, line),
                msg!("table.not_utf8"),
                msg!("table.not_utf8.fix"),
            ));
            return table;
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator(bytes))
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        let mut record = csv::StringRecord::new();
        let mut lines = Lines { bytes, at: 0, line: 1 };
        while reader.read_record(&mut record).unwrap_or(false) {
            let line = lines.of(&record);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if table.headings.is_empty() {
                table.head(record.iter(), line, required, problems);
            } else {
                table.row(&record, line, problems);
            }
        }
        if table.headings.is_empty() {
            table.missing(1, required, problems);
        }
        table
    }

    /// Makes a table of the cells of a sheet, in order of row and column; the first row that holds
    /// anything is the header. Places are then cells, such as `D7`.
    pub fn from_cells(
        file: &str,
        cells: Vec<Cell>,
        required: &[&str],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut table = Self { sheet: true, ..Self::empty(file) };
        for row in cells.chunk_by(|one, other| one.row == other.row) {
            if row.iter().all(|cell| cell.text.trim().is_empty()) {
                continue;
            }
            let line = row.first().map_or(0, |cell| u64::from(cell.row) + 1);
            let held = || row.iter().map(|cell| (cell.column as usize, cell.text.as_str()));
            if table.headings.is_empty() {
                let width = row.last().map_or(0, |cell| cell.column as usize + 1);
                let mut headings = vec![String::new(); width];
                for (place, text) in held() {
                    if let Some(heading) = headings.get_mut(place) {
                        text.clone_into(heading);
                    }
                }
                table.head(headings.iter().map(String::as_str), line, required, problems);
            } else {
                let (mut text, mut cells) = (String::new(), Vec::new());
                for (place, cell) in held() {
                    cells.push((place, text.len()..text.len() + cell.len()));
                    text.push_str(cell);
                }
                table.rows.push(Row { line, text, cells });
            }
        }
        if table.headings.is_empty() {
            table.missing(1, required, problems);
        }
        table
    }

    fn head<'a>(
        &mut self,
        record: impl Iterator<Item = &'a str>,
        line: u64,
        required: &[&str],
        problems: &mut Vec<Problem>,
    ) {
        self.header = line;
        for (place, heading) in record.enumerate() {
            let heading = heading.trim().to_owned();
            if self.places.insert(heading.to_lowercase(), place).is_some() && !heading.is_empty() {
                problems.push(Problem::new(
                    self.cell_place(line, Some(place), quotable(&heading)),
                    msg!("table.column_twice", column = quotable(&heading)),
                    msg!("table.column_twice.fix"),
                ));
            }
            self.headings.push(heading);
        }
        self.missing(line, required, problems);
    }

    fn missing(&self, line: u64, required: &[&str], problems: &mut Vec<Problem>) {
        for column in required.iter().filter(|column| !self.has(column)) {
            problems.push(Problem::new(
                Place::line(&self.file, line),
                msg!("table.column_missing", column = column),
                msg!("table.column_missing.fix", column = column),
            ));
        }
    }

    fn row(&mut self, record: &csv::StringRecord, line: u64, problems: &mut Vec<Problem>) {
        let extra = record.iter().skip(self.headings.len()).any(|cell| !cell.trim().is_empty());
        if record.len() < self.headings.len() || extra {
            problems.push(Problem::new(
                Place::line(&self.file, line),
                msg!("table.ragged", cells = record.len(), columns = self.headings.len()),
                msg!("table.ragged.fix"),
            ));
            return;
        }
        let stretches = (0..record.len()).filter_map(|place| Some((place, record.range(place)?)));
        let mut cells = Vec::with_capacity(record.len());
        cells.extend(stretches.filter(|(_, stretch)| !stretch.is_empty()));
        self.rows.push(Row { line, text: record.as_slice().to_owned(), cells });
    }

    /// Whether there is a column of that name.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.places.contains_key(column)
    }

    /// Reads a column, by its place, under a name of ours; what is wrong in it is told under its own heading.
    pub fn call(&mut self, place: usize, name: &str) {
        self.places.insert(name.to_owned(), place);
    }

    /// The cell of a row in a column, trimmed; empty if there is no such column.
    #[must_use]
    pub fn get<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        self.raw(row, column).trim()
    }

    /// The cell of a row in a column as it was written.
    #[must_use]
    pub fn raw<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        self.places.get(column).map_or("", |place| row.cell(*place))
    }

    /// The place of a column, for [`Table::at`].
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// What [`Table::get`] gives, by the place of the column: of very many rows it is asked for once.
    #[must_use]
    pub fn at<'a>(&self, row: &'a Row, column: Option<usize>) -> &'a str {
        column.map_or("", |place| row.cell(place)).trim()
    }

    /// The names of the columns that are not `known`, in order: attributes of the team's own.
    #[must_use]
    pub fn others(&self, known: &[&str]) -> Vec<String> {
        self.headings
            .iter()
            .filter(|heading| {
                !heading.is_empty() && !known.contains(&heading.to_lowercase().as_str())
            })
            .cloned()
            .collect()
    }

    /// The cells of a row in the columns that are not `known`, in order.
    #[must_use]
    pub fn other_cells(&self, row: &Row, known: &[&str]) -> Vec<String> {
        self.others(known)
            .iter()
            .map(|column| self.get(row, &column.to_lowercase()).to_owned())
            .collect()
    }

    /// The place of a cell.
    #[must_use]
    pub fn place(&self, row: &Row, column: &str) -> Place {
        self.place_on(row.line, column)
    }

    /// The place of a cell by its line.
    #[must_use]
    pub fn place_on(&self, line: u64, column: &str) -> Place {
        self.cell_place(line, self.places.get(column).copied(), column)
    }

    /// The place of the nth heading, from 0.
    #[must_use]
    pub fn heading_place(&self, nth: usize, column: &str) -> Place {
        self.cell_place(self.header, Some(nth), column)
    }

    /// The place of the nth cell of a line, from 0; of the line where it is not known which.
    pub(super) fn cell_place(&self, line: u64, nth: Option<usize>, column: &str) -> Place {
        let line = line.max(1); // a file without headings has them missing in its first line
        if !self.sheet {
            return Place::line(&self.file, line).column(column);
        }
        let at = nth.and_then(|nth| Some((u32::try_from(line).ok()?, u32::try_from(nth).ok()?)));
        match at {
            Some((line, nth)) => {
                Place::file(&self.file).column(address(line.saturating_sub(1), nth))
            }
            None => Place::line(&self.file, line),
        }
    }

    /// Reads a cell as an id or another value with `FromStr`; a failure becomes a problem.
    pub fn parse<T: std::str::FromStr>(
        &self,
        row: &Row,
        column: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let cell = self.get(row, column);
        let value = cell.parse().ok();
        if value.is_none() {
            problems.push(Problem::new(
                self.place(row, column),
                msg!("table.cell", cell = quotable(cell), column = column),
                msg!("table.cell.fix", column = column),
            ));
        }
        value
    }
}

impl Row {
    /// The nth cell, from 0, as it was written.
    pub(super) fn cell(&self, nth: usize) -> &str {
        let at = self.cells.binary_search_by_key(&nth, |(place, _)| *place);
        let stretch = at.ok().and_then(|at| self.cells.get(at)).map(|(_, stretch)| stretch.clone());
        stretch.and_then(|stretch| self.text.get(stretch)).unwrap_or_default()
    }

    /// The cells that hold anything, with their place.
    pub fn cells(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = |stretch: &Range<usize>| self.text.get(stretch.clone()).unwrap_or_default();
        self.cells.iter().map(move |(place, stretch)| (*place, text(stretch)))
    }
}

/// Counts lines along with a reader that does not count the blank lines it passes over.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which a record begins; records come in order.
    fn of(&mut self, record: &csv::StringRecord) -> u64 {
        let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
        if let Some(passed) = self.bytes.get(self.at..start).filter(|it| !it.contains(&b'\r')) {
            self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
            self.at = start;
        }
        while let Some(byte) = self.bytes.get(self.at) {
            let is_break = matches!(byte, b'\n' | b'\r');
            if self.at >= start && !is_break {
                break;
            }
            self.line +=
                u64::from(is_break && self.bytes.get(self.at..self.at + 2) != Some(b"\r\n"));
            self.at += 1;
        }
        self.line
    }
}

/// What may be quoted of a cell in an error: text with the shape of an id or locator; else a mark.
#[must_use]
pub fn quotable(cell: &str) -> &str {
    let shape = |text: &str| {
        has_shape(text) || (!text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()))
    };
    let locator = || cell.parse::<crate::domain::locator::Locator>().is_ok();
    if shape(cell) || locator() { cell } else { "…" }
}

/// The separator of a table: whichever of `,`, `;` and TAB its first line has most of, outside quotes.
#[must_use]
pub fn separator(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    let is_break = |byte: &&u8| matches!(byte, b'\n' | b'\r');
    for byte in bytes.iter().skip_while(is_break).take_while(|byte| !is_break(byte)) {
        quoted ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(mark, _)| mark == byte && !quoted) {
            *count += 1;
        }
    }
    let best = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.into_iter().find(|(_, count)| *count == best).map_or(b',', |(mark, _)| mark)
}

/// Writes a study file: UTF-8, comma, LF, RFC 4180, no guards.
#[must_use]
pub fn write<R, C>(columns: &[impl AsRef<str>], rows: R) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: IntoIterator,
    C::Item: AsRef<[u8]>,
{
    let mut out = Vec::new();
    {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(&mut out);
        // Writing into memory does not fail.
        let _ = writer.write_record(columns.iter().map(AsRef::as_ref));
        for row in rows {
            let _ = writer.write_record(row);
        }
        let _ = writer.flush();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_from_a_spreadsheet_reads_like_our_own_and_a_ragged_row_is_named() {
        let mut problems = Vec::new();
        let bytes = "\u{feff}Name;CASE;sector\r\n\r\nOne;A;x\r\n\"a\nb\";B;\r\nC;D\r\n".as_bytes();
        let table = Table::read("cases.csv", bytes, &["case", "name", "when"], &mut problems);
        let seen: Vec<_> =
            table.rows.iter().map(|row| (row.line, table.get(row, "case"))).collect();
        assert_eq!(seen, [(3, "A"), (4, "B")]);
        assert_eq!(table.others(&["case", "name"]), ["sector"]);
        let said: Vec<_> = problems.iter().map(|it| (it.at.to_string(), it.what.key)).collect();
        assert_eq!(
            said,
            [
                ("cases.csv:1".to_owned(), "table.column_missing"),
                ("cases.csv:6".to_owned(), "table.ragged")
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_back(rows in proptest::collection::vec(("[a-z]", ".{0,8}"), 0..5)) {
            let bytes = write(&["id", "text"], rows.iter().map(|(id, text)| [id.as_str(), text.as_str()]));
            let mut problems = Vec::new();
            let table = Table::read("t.csv", &bytes, &["id", "text"], &mut problems);
            proptest::prop_assert!(problems.is_empty());
            let back: Vec<_> = table.rows.iter().map(|it| (table.raw(it, "id"), table.raw(it, "text"))).collect();
            let sent: Vec<_> = rows.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
            proptest::prop_assert_eq!(back, sent);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
            Table::read("t.csv", &bytes, &["id"], &mut Vec::new());
        }
    }
}
