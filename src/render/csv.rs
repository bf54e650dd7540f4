//! CSV and TSV for programs and spreadsheets.

use super::grid::{Grid, Value};
use super::number;
use crate::escape;

/// How a CSV is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// `,` or TAB.
    pub separator: u8,
    /// Whether a BOM stands before it, for spreadsheets that ask for one.
    pub bom: bool,
    /// Whether free text goes without its guard against formulas, for R.
    pub raw: bool,
}

/// One table as CSV: UTF-8, LF, RFC 4180.
#[must_use]
pub fn csv(grid: &Grid, dialect: Dialect) -> Vec<u8> {
    let mut out = if dialect.bom { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(dialect.separator)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(&mut out);
    // Writing into memory does not fail.
    let _ = writer.write_record(&grid.columns);
    for row in &grid.rows {
        let _ = writer.write_record(row.iter().map(|value| cell(value, dialect.raw)));
    }
    let _ = writer.flush();
    drop(writer);
    out
}

fn cell(value: &Value, raw: bool) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Text(text) if !raw => escape::csv::guard(text).into_owned(),
        Value::Text(text) | Value::Id(text) => text.clone(),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => number::exact(*number),
    }
}
