//! Results of so many rows that all of them at once, as a document, would take more memory than the study itself.
//!
//! Forms that need no look at all rows before the first is written (CSV, JSON) take them one by one. The bytes are those
//! that the same rows in a document give.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value as Json};

use super::document::{Cell, Document, Form, Table};
use super::writers::Setting;
use super::{csv, json};
use crate::words::Language;

/// Takes the next row; false where no more are wanted.
pub type Next<'a> = &'a mut dyn FnMut(&[Cell]) -> bool;

/// A result that can be had row by row.
pub trait Streamed {
    /// The document, but for the rows of its only table.
    fn head(&self, language: Language) -> Document;

    /// Hands over row by row.
    fn rows(&self, language: Language, next: Next<'_>);
}

/// Writes rows one by one.
pub type Stream = fn(&dyn Streamed, &Setting, &mut dyn Write) -> io::Result<()>;

/// As CSV, with commas.
///
/// # Errors
/// As the stream says.
pub fn comma(rows: &dyn Streamed, setting: &Setting, out: &mut dyn Write) -> io::Result<()> {
    separated(rows, b',', setting, out)
}

/// As CSV, with TABs.
///
/// # Errors
/// As the stream says.
pub fn tab(rows: &dyn Streamed, setting: &Setting, out: &mut dyn Write) -> io::Result<()> {
    separated(rows, b'\t', setting, out)
}

fn separated(
    rows: &dyn Streamed,
    separator: u8,
    setting: &Setting,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head = rows.head(setting.language);
    let Some(table) = head.tables(Form::Csv).first().copied() else { return Ok(()) };
    let mut lines = csv::Lines::begin(table, separator, setting, out)?;
    let mut failed = None;
    rows.rows(setting.language, &mut |row| match lines.row(table, row) {
        Ok(()) => true,
        Err(error) => {
            failed = Some(error);
            false
        }
    });
    failed.map_or_else(|| lines.end(), Err)
}

/// As JSON.
///
/// # Errors
/// As the stream says.
pub fn as_json(rows: &dyn Streamed, setting: &Setting, out: &mut dyn Write) -> io::Result<()> {
    let head = rows.head(setting.language);
    let Json::Object(members) = head.json() else { return Ok(()) };
    let empty = Table::default();
    let table = head.tables(Form::Json).first().copied().unwrap_or(&empty);
    let whole = Whole { members, rows: Rows { rows, table, language: setting.language } };
    json::write(&whole, out)
}

/// The members of the document, with its rows in the place of those that it lacks.
struct Whole<'a> {
    members: Map<String, Json>,
    rows: Rows<'a>,
}

struct Rows<'a> {
    rows: &'a dyn Streamed,
    table: &'a Table,
    language: Language,
}

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (name, value) in &self.members {
            match name.as_str() {
                "rows" => map.serialize_entry(name, &self.rows)?,
                _ => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        let mut failed = None;
        self.rows.rows(self.language, &mut |row| {
            failed = seq.serialize_element(&self.table.object(row)).err();
            failed.is_none()
        });
        match failed {
            Some(error) => Err(error),
            None => seq.end(),
        }
    }
}
