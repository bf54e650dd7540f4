//! CSV and TSV for programs and spreadsheets.

use super::document::{Document, Form, Table, Value};
use super::number;
use super::writers::Setting;
use crate::analysis::matrix::NO_VALUE;
use crate::escape;

/// A result as CSV: UTF-8, LF, RFC 4180.
#[must_use]
pub fn comma(document: &Document, setting: &Setting) -> Vec<u8> {
    separated(document, b',', setting)
}

/// A result with TABs between its cells.
#[must_use]
pub fn tab(document: &Document, setting: &Setting) -> Vec<u8> {
    separated(document, b'\t', setting)
}

fn separated(document: &Document, separator: u8, setting: &Setting) -> Vec<u8> {
    let mut out = if setting.bom { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    if let Some(first) = document.tables(Form::Csv).first() {
        write(first, separator, setting.raw, &mut out);
    }
    out
}

fn write(table: &Table, separator: u8, raw: bool, out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(out);
    // Writing into memory does not fail.
    let _ = writer
        .write_record(table.columns_in(Form::Csv).map(|column| guarded(column.name.clone(), raw)));
    for row in &table.rows {
        let cells = table.cells(row, Form::Csv).map(|(_, cell)| field(&cell.value, raw));
        let _ = writer.write_record(cells);
    }
    let _ = writer.flush();
}

fn field(value: &Value, raw: bool) -> String {
    match value {
        Value::Missing | Value::Absent | Value::Json(_) => String::new(),
        Value::Text(text) => guarded(text.clone(), raw),
        Value::Texts(all) => guarded(all.join("\n"), raw),
        // The guard leaves ids as they are: they begin with a letter. What stands for one may be free text of a list.
        Value::Id(text) => guarded(text.clone(), raw),
        Value::Ids(all) => guarded(all.join("; "), raw),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => number::exact(*number),
    }
}

/// Text that no spreadsheet computes; the sign for no value is ours and stays.
fn guarded(text: String, raw: bool) -> String {
    if raw || text == NO_VALUE { text } else { escape::csv::guard(&text).into_owned() }
}
