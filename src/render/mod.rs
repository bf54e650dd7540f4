//! Results into tables, Markdown, CSV, JSON and spreadsheets: layout, never a figure.
//!
//! A result implements [`Report`] in a file of its own; the writers below know tables only.

pub mod agreement;
pub mod codebook;
pub mod confusion;
pub mod csv;
pub mod discrepancies;
pub mod grid;
pub mod list;
pub mod markdown;
pub mod matrix;
pub mod number;
pub mod preview;
pub mod provenance;
pub mod quotes;
pub mod spreadsheet;
pub mod status;
pub mod table;
pub mod units;
pub mod wrap;

use crate::words::Language;
use grid::{Display, Grid};

/// A result that can be shown to people and handed to programs.
pub trait Report {
    /// What people read, in their language: tables with headings and notes.
    fn display(&self, language: Language) -> Display;
    /// What programs read: one table with the column names of the contract, never translated.
    fn records(&self) -> Grid;
    /// The same for programs that read JSON: `schema`, then what was asked, then `rows`.
    fn json(&self) -> serde_json::Value;
    /// What goes onto the sheets of a workbook: what people read, unless figures would become text there.
    fn workbook(&self, language: Language) -> Display {
        self.display(language)
    }
}
