//! Spreadsheets of LibreOffice (ods): the sheets of one part, in which equal cells and rows stand once with how often.
//!
//! What is repeated counts as often as it is shown, so that a few bytes cannot fill the machine; empty repetitions,
//! which reach to the end of every sheet, cost nothing.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::cells::{COLUMNS, Cells, ROWS, Range, fill, spend};
use super::parts::Sheet;
use super::{Cell, Fault};
use crate::read::archive::{Archive, ArchiveError};
use crate::read::xml::{Xml, XmlError, attribute, push};

/// The part that holds the sheets.
const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

/// Whether an archive is a spreadsheet of this kind.
pub(in crate::read) fn is_one(archive: &mut Archive<'_>) -> bool {
    let kind = archive.part("mimetype").ok().flatten();
    kind.is_some_and(|it| it.starts_with(b"application/vnd.oasis.opendocument.spreadsheet"))
}

/// Whether its manifest says that it is encrypted.
pub(super) fn is_encrypted(archive: &mut Archive<'_>) -> bool {
    let manifest = archive.part(MANIFEST).ok().flatten().unwrap_or_default();
    manifest.windows(16).any(|it| it == b"encryption-data ")
        || manifest.ends_with(b"encryption-data")
}

/// The sheets, in order; all stand in one part.
pub(super) fn sheets(text: &str) -> Result<Vec<Sheet>, Fault> {
    let mut xml = Xml::new(text);
    let (mut hidden, mut style) = (BTreeSet::new(), String::new());
    let mut found = Vec::new();
    loop {
        match xml.event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "style" => style = attribute(&element, "name").unwrap_or_default(),
                "table-properties"
                    if attribute(&element, "display").as_deref() == Some("false") =>
                {
                    hidden.insert(style.clone());
                }
                "table" => {
                    let name = attribute(&element, "name").unwrap_or_default();
                    let is_hidden =
                        attribute(&element, "style-name").is_some_and(|it| hidden.contains(&it));
                    found.push(Sheet { name, hidden: is_hidden, part: CONTENT.to_owned() });
                    xml.skip()?;
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(found)
}

/// The cells of a sheet; what they show is taken off `budget` as often as it is shown.
pub(super) fn read(text: &str, name: &str, budget: &mut u64) -> Result<Cells, Fault> {
    let mut xml = Xml::new(text);
    loop {
        match xml.event()? {
            Event::Start(element) if element.local_name().as_ref() == "table" => {
                if attribute(&element, "name").as_deref() == Some(name) {
                    return table(&mut xml, budget);
                }
                xml.skip()?;
            }
            Event::Eof => return Err(Fault::Broken),
            _ => {}
        }
    }
}

/// A cell of a row, how many columns it stands in, and how many rows and columns it is merged over.
struct Shown {
    column: u32,
    times: u32,
    text: String,
    unsaved: bool,
    span: (u32, u32),
}

/// A table whose element was just opened.
fn table(xml: &mut Xml<'_>, budget: &mut u64) -> Result<Cells, Fault> {
    let (mut found, mut merged) = (Cells::default(), Vec::new());
    let mut row = 0_u32;
    loop {
        match xml.event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "table-row" => {
                    let times = number(&element, "number-rows-repeated");
                    let shown = cells(xml)?;
                    if !shown.is_empty() {
                        let end = row.checked_add(times).filter(|it| *it <= ROWS);
                        for at in row..end.ok_or(Fault::Broken)? {
                            put(&shown, at, &mut found, budget)?;
                        }
                        merged.extend(shown.iter().filter_map(|it| it.range(row)));
                    }
                    row = row.saturating_add(times);
                }
                // Rows stand in groups and under headings, too.
                "table-row-group" | "table-rows" | "table-header-rows" => {}
                _ => xml.skip()?,
            },
            Event::End(element) if element.local_name().as_ref() == "table" => break,
            Event::Eof => return Err(xml.broken().into()),
            _ => {}
        }
    }
    found.filled = fill(&mut found.cells, &merged, budget)?;
    Ok(found)
}

impl Shown {
    fn range(&self, row: u32) -> Option<Range> {
        let (rows, columns) = self.span;
        let end = (row.checked_add(rows - 1)?, self.column.checked_add(columns - 1)?);
        (rows * columns > 1 && end.1 < COLUMNS)
            .then_some(Range { rows: (row, end.0), columns: (self.column, end.1) })
    }
}

/// Puts what one row shows into a sheet.
fn put(shown: &[Shown], row: u32, found: &mut Cells, budget: &mut u64) -> Result<(), Fault> {
    for cell in shown {
        for column in cell.column..cell.column + cell.times {
            spend(budget, &cell.text)?;
            if cell.unsaved {
                found.unsaved.push((row, column));
            } else {
                found.cells.push(Cell { row, column, text: cell.text.clone() });
            }
        }
    }
    Ok(())
}

/// The cells of a row that hold anything; its element was just opened.
fn cells(xml: &mut Xml<'_>) -> Result<Vec<Shown>, Fault> {
    let mut shown = Vec::new();
    let mut column = 0_u32;
    loop {
        match xml.event()? {
            Event::Start(element) => {
                let times = number(&element, "number-columns-repeated");
                let is_cell = element.local_name().as_ref() == "table-cell";
                let formula = attribute(&element, "formula").is_some();
                let span = (
                    number(&element, "number-rows-spanned"),
                    number(&element, "number-columns-spanned"),
                );
                let text = value(&element, paragraphs(xml)?);
                let unsaved =
                    formula && text.is_empty() && attribute(&element, "value-type").is_none();
                if is_cell && (!text.is_empty() || unsaved) {
                    if column.checked_add(times).is_none_or(|end| end > COLUMNS) {
                        return Err(Fault::Broken);
                    }
                    shown.push(Shown { column, times, text, unsaved, span });
                }
                column = column.saturating_add(times);
            }
            Event::End(_) => return Ok(shown),
            Event::Eof => return Err(xml.broken().into()),
            _ => {}
        }
    }
}

/// A number of times or cells, at least one and at most what a sheet has.
fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    let said = attribute(element, name).and_then(|it| it.trim().parse::<u32>().ok());
    said.unwrap_or(1).clamp(1, ROWS)
}

/// What a cell holds: its number, day or truth as such, as a workbook of the other kind does, else its words.
fn value(element: &BytesStart<'_>, words: String) -> String {
    let of = |name: &str| attribute(element, name);
    let told = match of("value-type").as_deref() {
        Some("float" | "percentage" | "currency") => {
            of("value").and_then(|it| it.parse::<f64>().ok()).map(|it| it.to_string())
        }
        Some("date") => of("date-value").map(|it| it.trim_end_matches("T00:00:00").to_owned()),
        Some("boolean") => of("boolean-value").map(|it| it.to_ascii_uppercase()),
        Some("string") if words.is_empty() => of("string-value"),
        _ => None,
    };
    told.unwrap_or(words)
}

/// The paragraphs of a cell whose element was just opened, a line each; what was annotated or drawn is none.
fn paragraphs(xml: &mut Xml<'_>) -> Result<String, XmlError> {
    let mut out = String::new();
    let (mut depth, mut in_text, mut first) = (0_usize, 0_usize, true);
    loop {
        let event = xml.event()?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "p" | "h" if in_text == 0 => {
                    if !first {
                        out.push('\n');
                    }
                    (first, in_text, depth) = (false, depth + 1, depth + 1);
                }
                "annotation" | "shapes" | "frame" => xml.skip()?,
                inner => {
                    match inner {
                        "s" => {
                            let n =
                                attribute(element, "c").and_then(|it| it.parse().ok()).unwrap_or(1);
                            out.extend(std::iter::repeat_n(' ', usize::min(n, 1000)));
                        }
                        "tab" => out.push('\t'),
                        "line-break" => out.push('\n'),
                        _ => {}
                    }
                    depth += 1;
                }
            },
            Event::End(_) if depth == 0 => return Ok(out),
            Event::End(_) => {
                if depth == in_text {
                    in_text = 0;
                }
                depth -= 1;
            }
            Event::Eof => return Err(xml.broken()),
            other if in_text > 0 => push(&mut out, other),
            _ => {}
        }
    }
}

/// The part that holds the sheets, as text.
pub(super) fn content(archive: &mut Archive<'_>) -> Result<String, Fault> {
    if is_encrypted(archive) {
        return Err(ArchiveError::Protected.into());
    }
    let part = archive.part(CONTENT)?.ok_or(Fault::Broken)?;
    crate::read::xml::decode(&part).map(std::borrow::Cow::into_owned).ok_or(Fault::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> String {
        format!(
            r#"<d xmlns:table="t" xmlns:text="x" xmlns:office="o"><office:body><table:table table:name="A"/><table:table table:name="S">{rows}</table:table></office:body></d>"#
        )
    }

    fn seen(rows: &str) -> Vec<(u32, u32, String)> {
        let found = read(&sheet(rows), "S", &mut 100_000).unwrap();
        found.cells.into_iter().map(|it| (it.row, it.column, it.text)).collect()
    }

    #[test]
    fn cells_and_rows_that_are_repeated_stand_where_they_are_shown() {
        let rows = r#"<table:table-column/><table:table-header-rows><table:table-row><table:table-cell office:value-type="string"><text:p>unit</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="1.0"><text:p>1,00</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16381"/></table:table-row><table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
        let text = |row, column, it: &str| (row, column, it.to_owned());
        assert_eq!(
            seen(rows),
            [
                text(0, 0, "unit"),
                text(0, 1, "a  b\nc"),
                text(0, 2, "a  b\nc"),
                text(1, 2, "1"),
                text(2, 2, "1"),
            ]
        );
    }

    #[test]
    fn days_and_truth_are_as_in_the_other_kind_and_remarks_are_no_content() {
        let rows = r#"<table:table-row><table:table-cell office:value-type="date" office:date-value="2026-01-02T00:00:00"><text:p>02.01.26</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><office:annotation><text:p>no</text:p></office:annotation><text:p>WAHR</text:p></table:table-cell></table:table-row>"#;
        assert_eq!(seen(rows), [(0, 0, "2026-01-02".to_owned()), (0, 1, "TRUE".to_owned())]);
    }

    #[test]
    fn what_is_repeated_beyond_the_limits_is_refused() {
        let cell = r#"<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>"#;
        let rows = format!(
            r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#
        );
        assert!(read(&sheet(&rows), "S", &mut 1_000_000).is_err());
        let wide = format!("<table:table-row><table:table-cell/>{cell}</table:table-row>");
        let mut unlimited = u64::MAX;
        assert!(read(&sheet(&wide), "S", &mut unlimited).is_err());
    }

    #[test]
    fn a_merged_range_shows_its_first_cell_in_each_row_that_holds_anything() {
        let rows = r#"<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>Ana</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>yes</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell office:value-type="string"><text:p>no</text:p></table:table-cell></table:table-row>"#;
        let found = read(&sheet(rows), "S", &mut 100_000).unwrap();
        assert_eq!(found.cells.len(), 4);
        assert!(found.filled.contains(&(1, 0)));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(rows in "(<(table|table-row|table-cell|p|s|annotation)( (name|number-rows-repeated|number-columns-repeated|number-rows-spanned|c)=\"[S0-9]{0,9}\"){0,3}/?>|</(table|table-row|table-cell|p)>|[0-9.&;x<]{0,3}){0,20}") {
            let text = format!("<w><table name=\"S\">{rows}");
            let _ = read(&text, "S", &mut 10_000);
            let _ = sheets(&text);
        }
    }
}
