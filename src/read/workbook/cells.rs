//! The cells of one sheet, in the order of the file.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::parts::{Styles, string};
use super::{Cell, Fault};
use crate::read::archive::ArchiveError;
use crate::read::xml::{Xml, XmlError, attribute};

/// The most rows and columns of a sheet.
pub(super) const ROWS: u32 = 1 << 20;
pub(super) const COLUMNS: u32 = 1 << 14;
/// The most cells that merged ranges may fill; a hostile file could ask for billions.
const FILLED: usize = 100_000;
/// Bytes that a cell takes beside its text.
const CELL: u64 = 16;

/// What a sheet holds.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Cells that hold anything, by row, then by column.
    pub(super) cells: Vec<Cell>,
    /// Row and column of formulas whose result was not saved.
    pub(super) unsaved: Vec<(u32, u32)>,
    /// Row and column of cells that only repeat what the first of a merged range holds.
    pub(super) filled: BTreeSet<(u32, u32)>,
}

/// A stretch of cells: first and last row, first and last column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

/// Reads the cells of a sheet; what they show, each string as often as it is shown, is taken off `budget`.
pub(super) fn read(
    text: &str,
    strings: &[String],
    styles: &Styles,
    budget: &mut u64,
) -> Result<Cells, Fault> {
    let mut xml = Xml::new(text);
    let mut found = Cells::default();
    let mut merged = Vec::new();
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut in_data = false;
    loop {
        match xml.event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "sheetData" => in_data = true,
                "row" if in_data => {
                    column = 0;
                    if let Some(number) = attribute(&element, "r") {
                        row = number
                            .parse::<u32>()
                            .ok()
                            .and_then(|it| it.checked_sub(1))
                            .ok_or(xml.broken())?;
                    }
                }
                "c" if in_data => {
                    if let Some(name) = attribute(&element, "r") {
                        (row, column) = position(&name).ok_or(xml.broken())?;
                    }
                    if row >= ROWS || column >= COLUMNS {
                        return Err(xml.broken().into());
                    }
                    let cell = Reader { strings, styles }.cell(&element, &mut xml)?;
                    if cell.unsaved {
                        found.unsaved.push((row, column));
                    }
                    if !cell.text.is_empty() {
                        spend(budget, &cell.text)?;
                        found.cells.push(Cell { row, column, text: cell.text });
                    }
                    column += 1;
                }
                "mergeCell" => merged.extend(attribute(&element, "ref").as_deref().and_then(range)),
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "row" => row = row.saturating_add(1),
                "sheetData" => in_data = false,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    found.cells.sort_by_key(|cell| (cell.row, cell.column));
    found.cells.dedup_by_key(|cell| (cell.row, cell.column));
    found.filled = fill(&mut found.cells, &merged, budget)?;
    Ok(found)
}

/// What one cell holds.
#[derive(Default)]
struct Content {
    text: String,
    unsaved: bool,
}

struct Reader<'a> {
    strings: &'a [String],
    styles: &'a Styles,
}

impl Reader<'_> {
    /// The content of a cell whose element was just opened.
    fn cell(&self, element: &BytesStart<'_>, xml: &mut Xml<'_>) -> Result<Content, XmlError> {
        let kind = attribute(element, "t").unwrap_or_default();
        let style = attribute(element, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        let mut content = Content::default();
        let mut formula = false;
        loop {
            match xml.event()? {
                Event::Start(inner) => match inner.local_name().as_ref() {
                    "v" => content.text = self.value(&xml.text()?, &kind, style),
                    "is" => content.text = string(xml)?,
                    "f" => {
                        formula = true;
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Event::End(_) => break,
                Event::Eof => return Err(xml.broken()),
                _ => {}
            }
        }
        content.unsaved = formula && content.text.is_empty() && kind != "str";
        Ok(content)
    }

    fn value(&self, raw: &str, kind: &str, style: usize) -> String {
        match kind {
            "s" => raw
                .trim()
                .parse::<usize>()
                .ok()
                .and_then(|at| self.strings.get(at))
                .cloned()
                .unwrap_or_default(),
            "b" => match raw.trim() {
                "" => String::new(),
                "0" | "false" => "FALSE".to_owned(),
                _ => "TRUE".to_owned(),
            },
            "" | "n" => match raw.trim().parse::<f64>() {
                Ok(number) => self.styles.of(style).text(number, self.styles.from_1904),
                Err(_) => raw.to_owned(),
            },
            _ => raw.to_owned(),
        }
    }
}

/// Row and column, from 0, of a cell's name such as `D7`.
fn position(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at_checked(letters)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn range(text: &str) -> Option<Range> {
    let (from, to) = text.split_once(':')?;
    let (first, last) = (position(from)?, position(to)?);
    (first.0 <= last.0 && first.1 <= last.1)
        .then_some(Range { rows: (first.0, last.0), columns: (first.1, last.1) })
}

/// Gives every cell of a merged range what its first cell holds, in the rows that hold anything; says which.
pub(super) fn fill(
    cells: &mut Vec<Cell>,
    merged: &[Range],
    budget: &mut u64,
) -> Result<BTreeSet<(u32, u32)>, Fault> {
    let mut rows: Vec<u32> = cells.iter().map(|cell| cell.row).collect();
    rows.dedup();
    let place = |cell: &Cell| (cell.row, cell.column);
    let mut filled = Vec::new();
    for range in merged {
        let corner = (range.rows.0, range.columns.0);
        let Ok(at) = cells.binary_search_by_key(&corner, place) else { continue };
        let Some(text) = cells.get(at).map(|cell| cell.text.clone()) else { continue };
        let from = rows.partition_point(|row| *row < range.rows.0);
        let within = rows.iter().skip(from).take_while(|row| **row <= range.rows.1);
        for row in within {
            for column in range.columns.0..=range.columns.1 {
                if filled.len() >= FILLED {
                    return Ok(BTreeSet::new());
                }
                if (*row, column) != corner {
                    spend(budget, &text)?;
                    filled.push(Cell { row: *row, column, text: text.clone() });
                }
            }
        }
    }
    // What stood there first stays: only the first cell of a range is ever shown, so there is nothing.
    let places = filled.iter().map(place).collect();
    cells.extend(filled);
    cells.sort_by_key(place);
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    Ok(places)
}

/// Takes what a cell shows off the budget: its text, and what a cell without any costs.
pub(super) fn spend(budget: &mut u64, text: &str) -> Result<(), Fault> {
    let cost = u64::try_from(text.len()).unwrap_or(u64::MAX).saturating_add(CELL);
    *budget = budget.checked_sub(cost).ok_or(ArchiveError::Beyond)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_read_and_impossible_ones_are_not() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("xfd1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "7", "D", "D0", "ZZZZZZZZZ1", "D99999999999", "é1", "D-1"] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_shown_again_and_again_is_counted_each_time() {
        let cell = |row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#);
        let rows: String = (1..=10).map(cell).collect();
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let strings = ["word ".repeat(100)];
        let read = |mut budget| read(&sheet, &strings, &Styles::default(), &mut budget).is_ok();
        assert!(read(10 * (500 + CELL)));
        assert!(!read(10 * (500 + CELL) - 1));
        let merged = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:J1"/></mergeCells></worksheet>"#;
        let read = |mut budget| super::read(merged, &strings, &Styles::default(), &mut budget);
        assert_eq!(read(10 * (500 + CELL)).unwrap().cells.len(), 10);
        assert!(read(10 * (500 + CELL) - 1).is_err());
    }

    #[test]
    fn a_merged_range_over_the_whole_sheet_fills_no_more_than_there_are_rows() {
        let sheet = r#"<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row><row r="9"><c r="B9"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A1048576"/><mergeCell ref="A9:XFD1048576"/></mergeCells></worksheet>"#;
        let cells = read(sheet, &[], &Styles::default(), &mut 10_000).unwrap().cells;
        let seen: Vec<_> = cells.iter().map(|it| (it.row, it.column, it.text.as_str())).collect();
        assert_eq!(seen, [(1, 0, "1"), (8, 0, "1"), (8, 1, "2")]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(rows in "(<(row|c|v|f|is|t|sheetData|mergeCell)( (r|t|s|ref)=\"[A-Za-z0-9:]{0,9}\"){0,3}/?>|</(row|c|v|is|sheetData)>|[0-9.&;x<]{0,3}){0,20}") {
            let _ = read(&format!("<w><sheetData>{rows}"), &[], &Styles::default(), &mut 10_000);
        }
    }
}
