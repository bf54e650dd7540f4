//! CSV and TSV for programs and spreadsheets.

use std::borrow::Cow;
use std::io::{self, Write};

use super::document::{Cell, Document, Form, Table, Value};
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
    let mut out = Vec::new();
    match document.tables(Form::Csv).first() {
        // Writing into memory does not fail.
        Some(first) => drop(write(first, separator, setting, &mut out)),
        None if setting.bom => out.extend(BOM),
        None => {}
    }
    out
}

fn write(table: &Table, separator: u8, setting: &Setting, out: &mut Vec<u8>) -> io::Result<()> {
    let mut lines = Lines::begin(table, separator, setting, out)?;
    table.rows.iter().try_for_each(|row| lines.row(table, row))?;
    lines.end()
}

const BOM: &[u8] = "\u{feff}".as_bytes();

/// The lines of one table.
pub(super) struct Lines<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    raw: bool,
}

impl<'a> Lines<'a> {
    /// Writes what stands before the rows.
    pub(super) fn begin(
        table: &Table,
        separator: u8,
        setting: &Setting,
        out: &'a mut dyn Write,
    ) -> io::Result<Self> {
        if setting.bom {
            out.write_all(BOM)?;
        }
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(out);
        let columns = table.columns_in(Form::Csv);
        writer.write_record(columns.map(|it| guarded(&it.name, setting.raw).into_owned()))?;
        Ok(Self { writer, raw: setting.raw })
    }

    /// Writes a row of that table.
    pub(super) fn row(&mut self, table: &Table, row: &[Cell]) -> io::Result<()> {
        for (_, cell) in table.cells(row, Form::Csv) {
            self.writer.write_field(field(&cell.value, self.raw).as_bytes())?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Writes what is still held back.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn field(value: &Value, raw: bool) -> Cow<'_, str> {
    match value {
        Value::Missing | Value::Absent | Value::Json(_) => Cow::Borrowed(""),
        // The guard leaves ids as they are: they begin with a letter. What stands for one may be free text of a list.
        Value::Text(text) | Value::Id(text) => guarded(text, raw),
        Value::Texts(all) => Cow::Owned(guarded(&all.join("\n"), raw).into_owned()),
        Value::Ids(all) => Cow::Owned(guarded(&all.join("; "), raw).into_owned()),
        Value::Count(count) => Cow::Owned(count.to_string()),
        Value::Number(number) => Cow::Owned(number::exact(*number)),
    }
}

/// Text that no spreadsheet computes; the sign for no value is ours and stays.
fn guarded(text: &str, raw: bool) -> Cow<'_, str> {
    if raw || text == NO_VALUE { Cow::Borrowed(text) } else { escape::csv::guard(text) }
}
