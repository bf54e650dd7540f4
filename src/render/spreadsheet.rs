//! XLSX: one sheet a table, headings frozen, notes on a sheet of their own.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::grid::{Display, Grid, Value};
use crate::escape;

/// A whole result as a workbook.
///
/// # Errors
/// A table that no sheet can hold (more than 1,048,576 rows or 16,384 columns).
pub fn display(display: &Display) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same result gives the same bytes: no clock in the file's properties.
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&epoch));
    for (number, grid) in (1..).zip(&display.grids) {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&grid.title, number))?;
        write(sheet, grid)?;
    }
    if !display.notes.is_empty() || display.grids.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name("notes")?;
        sheet.set_column_width(0, 100)?;
        let wrapped = Format::new().set_text_wrap();
        for (row, note) in (0..).zip(&display.notes) {
            sheet.write_string_with_format(row, 0, cut(note), &wrapped)?;
        }
    }
    book.save_to_buffer()
}

fn write(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (column, name) in (0..).zip(&grid.columns) {
        sheet.write_string_with_format(0, column, cut(name), &heading)?;
        let widest =
            grid.rows.iter().filter_map(|row| row.get(usize::from(column))).map(width).max();
        let wide =
            u16::try_from(widest.unwrap_or(0).max(name.chars().count()).clamp(6, 60)).unwrap_or(60);
        sheet.set_column_width(column, f64::from(wide) + 2.0)?;
    }
    for (row, values) in (1..).zip(&grid.rows) {
        for (column, value) in (0..).zip(values) {
            match value {
                Value::Missing => {}
                Value::Text(text) | Value::Id(text) => {
                    sheet.write_string_with_format(row, column, cut(text), &body)?;
                }
                #[allow(clippy::cast_precision_loss)] // counts of a study stay far below 2^53
                Value::Count(count) => {
                    sheet.write_number(row, column, *count as f64)?;
                }
                Value::Number(number) => {
                    sheet.write_number(row, column, *number)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn width(value: &Value) -> usize {
    super::number::for_people(value).lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

/// What fits into a cell.
#[must_use]
pub fn cut(text: &str) -> String {
    escape::spreadsheet::cut(text, "…")
}

fn sheet_name(title: &str, number: usize) -> String {
    let plain: String = title.chars().filter(|it| !"[]:*?/\\'".contains(*it)).take(25).collect();
    let plain = plain.trim();
    if plain.is_empty() { format!("{number}") } else { format!("{number} {plain}") }
}
