//! Workbooks (xlsx, ods): sheets of cells, with cell addresses for complaints.
//!
//! Cells are read one after the other and kept sparsely, so that a single cell in the farthest corner
//! costs what one cell costs. Written by hand, because the readers there are make room for as many
//! cells as a file claims to have.

mod cells;
mod dates;
mod opendocument;
mod parts;

use std::collections::BTreeSet;

use cells::Cells;
use parts::{Sheet, Styles};

use super::archive::{Archive, ArchiveError, most_shown};
use super::xml::XmlError;
use crate::domain::problem::{Place, Problem};
use crate::msg;
pub(super) use opendocument::is_one as is_opendocument;

/// An opened workbook.
#[derive(Debug)]
pub struct Workbook<'a> {
    file: String,
    archive: Archive<'a>,
    sheets: Vec<Sheet>,
    strings: Vec<String>,
    styles: Styles,
    /// The part in which all sheets of an OpenDocument stand.
    open: Option<String>,
    /// How many bytes its sheets may still show.
    budget: u64,
}

/// A cell of a sheet that holds anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// What it shows.
    pub text: String,
}

/// What a sheet shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The cells that hold anything, by row, then by column.
    pub cells: Vec<Cell>,
    /// Rows and columns, from 0, of cells that only repeat what the first of a merged range holds.
    pub filled: BTreeSet<(u32, u32)>,
    /// Rows and columns, from 0, of formulas whose result was not saved.
    pub unsaved: Vec<(u32, u32)>,
}

/// Why a part of a workbook is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Archive(ArchiveError),
    Doctype,
    /// A part is missing or wrong.
    Broken,
}

impl From<ArchiveError> for Fault {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

impl From<XmlError> for Fault {
    fn from(error: XmlError) -> Self {
        match error {
            XmlError::Doctype => Self::Doctype,
            XmlError::Broken(_) => Self::Broken,
        }
    }
}

impl Fault {
    fn problem(self, file: &str) -> Problem {
        let (what, fix) = match self {
            Self::Archive(error) => (error.message(), error.fix()),
            Self::Doctype => (msg!("xml.doctype"), msg!("workbook.broken.fix")),
            Self::Broken => (msg!("workbook.broken"), msg!("workbook.broken.fix")),
        };
        Problem::new(Place::file(file), what, fix)
    }
}

/// The name of a cell of a sheet, such as `D7`, from its row and column, both from 0.
#[must_use]
pub fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

/// Whether bytes look like a workbook rather than a text: an archive, or the older kind that is none.
#[must_use]
pub fn looks_like_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

impl<'a> Workbook<'a> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// It is no workbook of this kind, is damaged, protected, or goes beyond the limits of archives.
    pub fn open(file: &str, bytes: &'a [u8]) -> Result<Self, Box<Problem>> {
        Self::try_open(file, bytes).map_err(|fault| Box::new(fault.problem(file)))
    }

    fn try_open(file: &str, bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut archive = Archive::open(bytes)?;
        let budget = most_shown(bytes.len());
        if opendocument::is_one(&mut archive) {
            let text = opendocument::content(&mut archive)?;
            let (file, sheets) = (file.to_owned(), opendocument::sheets(&text)?);
            let (strings, styles) = (Vec::new(), Styles::default());
            return Ok(Self { file, archive, sheets, strings, styles, open: Some(text), budget });
        }
        let found = parts::find(&mut archive)?;
        let strings = parts::strings(&mut archive, found.strings.as_deref())?;
        let styles = parts::styles(&mut archive, found.styles.as_deref(), found.from_1904)?;
        let (file, sheets) = (file.to_owned(), found.sheets);
        Ok(Self { file, archive, sheets, strings, styles, open: None, budget })
    }

    /// The name of the first sheet that is not hidden.
    #[must_use]
    pub fn first_visible(&self) -> Option<&str> {
        self.sheets.iter().find(|sheet| !sheet.hidden).map(|sheet| sheet.name.as_str())
    }

    /// Whether there is a sheet of that name, hidden or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.sheets.iter().any(|sheet| sheet.name == name)
    }

    /// The cells of a sheet that hold anything, row by row; none if there is no such sheet.
    pub fn texts(&mut self, name: &str) -> Vec<Cell> {
        self.cells(name).map(|cells| cells.cells).unwrap_or_default()
    }

    /// The names of the sheets that are not hidden, in order, and how many are.
    #[must_use]
    pub fn sheet_names(&self) -> (Vec<String>, usize) {
        let visible = self.sheets.iter().filter(|sheet| !sheet.hidden);
        let visible: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
        let hidden = self.sheets.len() - visible.len();
        (visible, hidden)
    }

    /// A sheet as it shows itself.
    ///
    /// # Errors
    /// There is none of that name, or it is damaged.
    pub fn page(&mut self, name: &str) -> Result<Page, Box<Problem>> {
        let cells = self.cells(name).map_err(|fault| Box::new(fault.problem(&self.file)))?;
        Ok(Page { cells: cells.cells, filled: cells.filled, unsaved: cells.unsaved })
    }

    fn cells(&mut self, name: &str) -> Result<Cells, Fault> {
        let sheet = self.sheets.iter().find(|sheet| sheet.name == name).ok_or(Fault::Broken)?;
        if let Some(text) = &self.open {
            return opendocument::read(text, &sheet.name, &mut self.budget);
        }
        let part = self.archive.part(&sheet.part)?.ok_or(Fault::Broken)?;
        let text = super::xml::decode(&part).ok_or(Fault::Broken)?;
        cells::read(&text, &self.strings, &self.styles, &mut self.budget)
    }
}
