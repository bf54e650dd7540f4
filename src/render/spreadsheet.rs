//! XLSX: one sheet a table, headings frozen, everything else on a sheet of its own.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

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
            Part::Figure(Figure { caption, told, .. }) => into.push(format!("{caption}\n{told}")),
            Part::Note(note) => into.push(note.text(setting.language)),
        }
    }
}

fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (column, at) in (0..).zip(table.places(Form::Sheet)) {
        let Some(name) = table.columns.get(at).map(|it| &it.heading) else { continue };
        sheet.write_string_with_format(0, column, cut(name), &heading)?;
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        let widest = cells.map(|cell| width(cell.for_people())).max().unwrap_or(0);
        let wide = u16::try_from(widest.max(name.chars().count()).clamp(6, 60)).unwrap_or(60);
        sheet.set_column_width(column, f64::from(wide) + 2.0)?;
    }
    for (row, values) in (1..).zip(&table.rows) {
        for (column, (_, cell)) in (0..).zip(table.cells(values, Form::Sheet)) {
            match cell.for_people() {
                Value::Missing | Value::Absent | Value::Json(_) => {}
                #[allow(clippy::cast_precision_loss)] // counts of a study stay far below 2^53
                Value::Count(count) => {
                    sheet.write_number(row, column, *count as f64)?;
                }
                Value::Number(number) => {
                    sheet.write_number(row, column, *number)?;
                }
                text => {
                    let text = cut(&number::for_people(text));
                    sheet.write_string_with_format(row, column, text, &body)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
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
