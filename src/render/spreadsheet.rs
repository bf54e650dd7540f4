//! XLSX: one sheet a table, headings frozen, rows as high as their text, the places behind a cell in a note beside it;
//! everything else on a sheet of its own.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};

use super::document::{Document, Figure, Form, Part, Quotation, Span, Table, Value};
use super::number;
use super::writers::{Setting, Unwritable};
use crate::domain::message::Message;
use crate::escape;
use crate::msg;
use crate::words;

/// A whole result as a workbook.
///
/// # Errors
/// A table that no sheet can hold (more than 1,048,576 rows or 16,384 columns).
pub fn document(document: &Document, setting: &Setting) -> Result<Vec<u8>, Unwritable> {
    let mut book = Workbook::new();
    // The same result gives the same bytes: no clock in the file's properties.
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&epoch));
    let tables = document.tables(Form::Sheet);
    for (number, table) in (1..).zip(&tables) {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&table.title, number))?;
        write(sheet, table)?;
    }
    let mut lines = Vec::new();
    beside(&document.parts, setting, &mut lines);
    lines.extend(cut_short(document).map(|said| words::say(&said, setting.language)));
    if !lines.is_empty() || tables.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name("notes")?;
        sheet.set_column_width(0, 100)?;
        let wrapped = Format::new().set_text_wrap();
        for (row, line) in (0..).zip(&lines) {
            sheet.write_string_with_format(row, 0, cut(line), &wrapped)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// That texts are longer than a cell of a spreadsheet holds, and where they stand whole.
#[must_use]
pub fn cut_short(document: &Document) -> Option<Message> {
    let tables = document.tables(Form::Sheet);
    let rows = tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let cells = rows.flat_map(|(table, row)| table.cells(row, Form::Sheet));
    let long = cells.filter(|(_, cell)| is_cut(cell.for_people())).count();
    (long > 0).then(|| msg!("output.cut", n = long))
}

fn is_cut(value: &Value) -> bool {
    let text = number::for_people(value);
    text.len() > escape::spreadsheet::CELL && cut(&text) != text
}

/// What stands beside the tables, a line each.
fn beside(parts: &[Part], setting: &Setting, into: &mut Vec<String>) {
    let running = |spans: &[Span]| -> String {
        let texts = spans.iter().map(|span| match span {
            Span::Text(text) | Span::Citation { text, .. } => text.as_str(),
        });
        texts.collect()
    };
    for part in parts {
        match part {
            Part::Section(title, within) => {
                into.push(title.clone());
                beside(within, setting, into);
            }
            Part::Paragraph(spans) => into.push(running(spans)),
            Part::List(items) => into.extend(items.iter().map(|item| running(item))),
            Part::Quotation(Quotation { text, citation, .. }) => {
                into.push(format!("{text}\n{citation}"));
            }
            Part::Table(_) => {}
            Part::Figure(Figure { caption, .. }) => into.push(caption.clone()),
            Part::Note(note) => into.push(note.text(setting.language)),
        }
    }
}

/// The narrowest and the widest column, in characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;
/// A column of text is still easily read at this width; where several pages are needed anyway, it may be wider.
const READABLE: usize = 24;
const COMFORTABLE: usize = 36;
/// The height of a line, and the highest row that a spreadsheet knows, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;
/// How many characters fit beside one another on a page, set small enough to be read.
const PAGE: usize = 200;
/// How many pages are laid side by side at most.
const BESIDE: u16 = 4;
/// How many locators a note beside a cell lists.
const LISTED: usize = 100;

fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    // A blank stands between a figure and the text beside it, on either side: LibreOffice does not always keep the first.
    let right = |of: Format| of.set_align(FormatAlign::Right).set_indent(1);
    let left = |of: &Format| of.clone().set_align(FormatAlign::Left).set_indent(1);
    let (heading_beside, body_beside) = (left(&heading), left(&body));
    let count = right(Format::new().set_align(FormatAlign::Top));
    let figure = count.clone().set_num_format("0.000");
    let above_figures = right(heading.clone());
    let (widths, pages) = narrowed(widths(table));
    let numeric = numeric(table);
    let is_beside = |column: u16| {
        let before = usize::from(column).checked_sub(1).and_then(|at| numeric.get(at));
        before == Some(&true)
    };
    let heads: Vec<&str> = table.columns_in(Form::Sheet).map(|it| it.heading.as_str()).collect();
    // Bold letters are wider than those that widths are counted in.
    let narrower: Vec<usize> = widths.iter().map(|wide| wide - wide / 8).collect();
    sheet.set_row_height(0, height(heads.iter().copied().zip(&narrower)))?;
    for (((column, name), wide), figures) in (0..).zip(heads).zip(&widths).zip(&numeric) {
        let heading = match (figures, is_beside(column)) {
            (true, _) => &above_figures,
            (false, true) => &heading_beside,
            (false, false) => &heading,
        };
        sheet.write_string_with_format(0, column, cut(name), heading)?;
        sheet.set_column_width(column, f64::from(u16::try_from(*wide).unwrap_or(60)) + 2.0)?;
    }
    for (row, values) in (1..).zip(&table.rows) {
        let cells = || (0..).zip(table.cells(values, Form::Sheet).map(|(_, cell)| cell));
        let texts: Vec<Cow<'_, str>> =
            cells().map(|(_, cell)| number::for_people(cell.for_people())).collect();
        sheet.set_row_height(row, height(texts.iter().map(Cow::as_ref).zip(&widths)))?;
        for ((column, cell), text) in cells().zip(&texts) {
            match cell.for_people() {
                Value::Missing | Value::Absent | Value::Json(_) => {}
                #[allow(clippy::cast_precision_loss)] // counts of a study stay far below 2^53
                Value::Count(n) => {
                    sheet.write_number_with_format(row, column, *n as f64, &count)?;
                }
                Value::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &figure)?;
                }
                _ => {
                    let body = if is_beside(column) { &body_beside } else { &body };
                    sheet.write_string_with_format(row, column, cut(text), body)?;
                }
            }
            if let Some(note) = note(cell.units()) {
                sheet.insert_note(row, column, &note)?;
            }
        }
    }
    let leading = u16::try_from(table.leading).unwrap_or(0);
    sheet.set_freeze_panes(1, leading)?;
    sheet.set_landscape();
    sheet.set_paper_size(9); // A4
    sheet.set_repeat_rows(0, 0)?;
    if leading > 0 {
        sheet.set_repeat_columns(0, leading - 1)?;
    }
    // What does not fit beside one another goes on, on a page beside it, with the first columns of the table.
    if let Some(pages) = pages {
        sheet.set_print_fit_to_pages(pages, 0);
    }
    Ok(())
}

/// How wide each column is: as its widest cell, or the longest word of its heading, within bounds.
fn widths(table: &Table) -> Vec<usize> {
    let of = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        let widest = cells.map(|cell| width(cell.for_people())).max().unwrap_or(0);
        let heading = table.columns.get(at).map_or("", |it| it.heading.as_str());
        let word = heading.split_whitespace().map(|it| it.chars().count()).max().unwrap_or(0);
        widest.max(word).clamp(NARROWEST, WIDEST)
    };
    table.places(Form::Sheet).into_iter().map(of).collect()
}

/// How much room columns of these widths take beside one another.
fn side_by_side(widths: &[usize]) -> usize {
    widths.iter().map(|wide| wide + 2).sum()
}

/// The widest columns narrowed so that all stand beside one another on as few pages as leave them wide enough to be read, and
/// how many pages these are; as they are where that takes more than a reader lays side by side.
fn narrowed(widths: Vec<usize>) -> (Vec<usize>, Option<u16>) {
    let least = |pages: u16| if pages == 1 { READABLE } else { COMFORTABLE };
    let on = |pages: u16| {
        (least(pages)..=WIDEST).rev().find_map(|most| {
            let capped: Vec<usize> = widths.iter().map(|wide| (*wide).min(most)).collect();
            (side_by_side(&capped) <= PAGE * usize::from(pages)).then_some((capped, Some(pages)))
        })
    };
    (1..=BESIDE).find_map(on).unwrap_or_else(|| (widths.clone(), None))
}

/// Per column, whether it holds figures.
fn numeric(table: &Table) -> Vec<bool> {
    let of = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.for_people()).any(Value::is_numeric)
    };
    table.places(Form::Sheet).into_iter().map(of).collect()
}

/// The height of a row that holds these texts in columns of these widths.
fn height<'a>(cells: impl Iterator<Item = (&'a str, &'a usize)>) -> f64 {
    let lines = cells.map(|(text, wide)| {
        let lines = text.lines().map(|line| wrapped(line, *wide)).sum::<usize>();
        lines.max(1)
    });
    let lines = u16::try_from(lines.max().unwrap_or(1)).unwrap_or(u16::MAX);
    (f64::from(lines) * LINE).min(HIGHEST)
}

/// How many lines a text takes where words are not cut.
fn wrapped(text: &str, wide: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split(' ').map(|it| it.chars().count()) {
        if used > 0 && used + 1 + word > wide {
            lines += 1;
            used = 0;
        }
        // A word that is longer than the column is cut; what is left of it stands on its last line.
        let cuts = word.saturating_sub(1) / wide.max(1);
        lines += cuts;
        used += word - cuts * wide + usize::from(used > 0);
    }
    lines
}

/// The places behind a cell, as a note beside it.
fn note(units: &[String]) -> Option<Note> {
    let listed = units.get(..units.len().min(LISTED)).filter(|it| !it.is_empty())?;
    let more = if units.len() > listed.len() { " …" } else { "" };
    let text = format!("{}{more}", listed.join("; "));
    Some(Note::new(text).set_author("themata").add_author_prefix(false))
}

fn width(value: &Value) -> usize {
    number::for_people(value).lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

/// What fits into a cell.
fn cut(text: &str) -> String {
    escape::spreadsheet::cut(text, "…")
}

fn sheet_name(title: &str, number: usize) -> String {
    let plain: String = title.chars().filter(|it| !"[]:*?/\\'".contains(*it)).take(25).collect();
    let plain = plain.trim();
    if plain.is_empty() { format!("{number}") } else { format!("{number} {plain}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_table_stands_on_as_few_pages_as_can_be_read() {
        let pages = |widths: &[usize]| narrowed(widths.to_vec()).1;
        assert_eq!(pages(&[20, 60, 60]), Some(1));
        assert_eq!(
            narrowed([vec![20], vec![60; 6]].concat()),
            (vec![20, 27, 27, 27, 27, 27, 27], Some(1))
        );
        assert_eq!(pages(&[vec![12, 14], [14, 60].repeat(5)].concat()), Some(2));
        assert_eq!(pages(&[60; 15]), Some(3));
        assert_eq!(pages(&[60; 40]), None);
    }

    #[test]
    fn a_text_takes_as_many_lines_as_its_words_do() {
        for (text, wide, lines) in [
            ("", 8, 1),
            ("Justice:", 8, 1),
            ("Justice: units", 8, 2),
            ("Distributed leadership: units", 11, 3),
            ("one two three", 7, 2),
            ("abcdefghij", 4, 3),
            ("abcdefgh ij", 4, 3),
        ] {
            assert_eq!(wrapped(text, wide), lines, "{text}");
        }
        assert!((height([("a\nb c", &3)].into_iter()) - 30.0).abs() < 1e-9);
    }
}
