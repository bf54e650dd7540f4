//! Every form that a result can have: one line each.

use super::document::{Document, Form};
use super::streamed::{self, Stream};
use super::{csv, docx, html, json, latex, markdown, pictures, spreadsheet, terminal};
use crate::words::Language;

/// What a writer is told beside the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The language of sentences beneath the result.
    pub language: Language,
    /// How many columns a page of fixed width has.
    pub width: u16,
    /// Whether notes too are wrapped at that width: on a terminal, which would cut them within words.
    pub wrapped: bool,
    /// Whether a BOM stands before CSV, for spreadsheets that ask for one.
    pub bom: bool,
    /// Whether free text in CSV goes without its guard against formulas, for R.
    pub raw: bool,
}

impl Setting {
    /// What holds where nothing else is asked for.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, width: 100, wrapped: false, bom: false, raw: false }
    }
}

/// Why a form cannot hold a document.
pub type Unwritable = Box<dyn std::error::Error + Send + Sync>;

/// A form.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    /// Its name in `--format`.
    pub name: &'static str,
    /// The extension of a file that is written so.
    pub extension: &'static str,
    /// What it is, for the help.
    pub about: &'static str,
    /// What it is made for.
    pub form: Form,
    /// The document in this form.
    pub write: fn(&Document, &Setting) -> Result<Vec<u8>, Unwritable>,
    /// The same row by row, where it needs no look at all of them before the first is written.
    pub stream: Option<Stream>,
}

/// The forms, in the order of the help; the first is what a terminal shows.
#[rustfmt::skip] // one a line
pub const WRITERS: &[Writer] = &[
    Writer { name: "table", extension: "txt", about: "A table for the terminal", form: Form::Page, write: |it, how| Ok(terminal::document(it, how)), stream: None },
    Writer { name: "csv", extension: "csv", about: "Comma-separated values", form: Form::Csv, write: |it, how| Ok(csv::comma(it, how)), stream: Some(streamed::comma) },
    Writer { name: "tsv", extension: "tsv", about: "Tab-separated values", form: Form::Csv, write: |it, how| Ok(csv::tab(it, how)), stream: Some(streamed::tab) },
    Writer { name: "json", extension: "json", about: "JSON", form: Form::Json, write: |it, _| json::document(it), stream: Some(streamed::as_json) },
    Writer { name: "md", extension: "md", about: "Markdown", form: Form::Page, write: |it, how| Ok(markdown::document(it, how)), stream: None },
    Writer { name: "html", extension: "html", about: "A page for the browser", form: Form::Page, write: |it, how| Ok(html::document(it, how)), stream: None },
    Writer { name: "latex", extension: "tex", about: "Tables for LaTeX", form: Form::Page, write: |it, how| Ok(latex::document(it, how)), stream: None },
    Writer { name: "docx", extension: "docx", about: "A document for Word and LibreOffice", form: Form::Page, write: docx::document, stream: None },
    Writer { name: "svg", extension: "svg", about: "A picture, where the result has one", form: Form::Picture, write: |it, _| Ok(pictures::document(it)), stream: None },
    Writer { name: "xlsx", extension: "xlsx", about: "A spreadsheet", form: Form::Sheet, write: spreadsheet::document, stream: None },
];

/// A form by its name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Writer> {
    WRITERS.iter().find(|writer| writer.name == name)
}

impl Writer {
    /// Whether what people are told about a result stands beneath it.
    #[must_use]
    pub fn has_notes(&self) -> bool {
        matches!(self.form, Form::Page | Form::Sheet)
    }
}
