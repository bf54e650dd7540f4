//! Results into one document each, and documents into tables, Markdown, pages, LaTeX, CSV, JSON and spreadsheets: layout, never
//! a figure.
//!
//! A result implements [`Report`] in a file of its own; what it becomes is in `document`, and every form is a
//! line of `writers` over that.

pub mod accuracy;
pub mod agreement;
pub mod cite;
pub mod claims;
pub mod codebook;
pub mod codebook_table;
pub mod confusion;
pub mod contrast;
pub mod counted;
pub mod csv;
pub mod discrepancies;
pub mod document;
pub mod docx;
pub mod exported;
pub mod frequencies;
pub mod held;
pub mod html;
pub mod json;
pub mod latex;
pub mod list;
pub mod markdown;
pub mod matrix;
pub mod names;
pub mod number;
mod page_widths;
pub mod picks;
pub mod pictures;
pub mod preview;
pub mod provenance;
pub mod quotes;
pub mod report;
pub mod spoke;
pub mod spreadsheet;
pub mod status;
pub mod streamed;
pub mod talk;
pub mod terminal;
pub mod units;
pub mod wrap;
pub mod writers;

use crate::words::Language;
use document::{Document, Figure};
use streamed::Streamed;

/// A result that can be shown to people and handed to programs.
pub trait Report {
    /// The result as a document, for people of this language.
    fn document(&self, language: Language) -> Document;

    /// The result row by row, where it has so many that a document of all would not fit beside the study.
    fn streamed(&self) -> Option<&dyn Streamed> {
        None
    }

    /// The picture of the result, if there is one.
    fn figure(&self, _language: Language) -> Option<Figure> {
        None
    }
}
