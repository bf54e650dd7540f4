//! The hidden sheet that says what a workbook is a sheet of.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::domain::locator::Locator;
use crate::format::codebook::sha256;
use crate::read::workbook::Workbook;

/// The form of sheets that this program writes and reads.
const FORMAT: u32 = 1;

/// What a workbook is a sheet of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// The study's title.
    pub study: String,
    /// Whose it is.
    pub coder: String,
    /// The round.
    pub round: String,
    /// The version of the codebook whose codes it offers.
    pub codebook: String,
    /// SHA-256 of the locators of its units, sorted, each followed by LF.
    pub units_sha256: String,
    /// The name of the sheet that holds the answers.
    pub sheet: String,
}

/// SHA-256 of locators, sorted as text, each followed by LF.
pub(crate) fn units_sha256<'a>(locators: impl Iterator<Item = &'a Locator>) -> String {
    let mut lines: Vec<String> = locators.map(|locator| format!("{locator}\n")).collect();
    lines.sort();
    lines.dedup();
    sha256(lines.concat().as_bytes())
}

impl Meta {
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let rows = [
            ("format", FORMAT.to_string()),
            ("study", self.study.clone()),
            ("coder", self.coder.clone()),
            ("round", self.round.clone()),
            ("codebook", self.codebook.clone()),
            ("units_sha256", self.units_sha256.clone()),
            ("sheet", self.sheet.clone()),
        ];
        for (row, (name, value)) in (0..).zip(rows) {
            sheet.write_string(row, 0, name)?;
            sheet.write_string(row, 1, crate::escape::spreadsheet::cut(&value, "…"))?;
        }
        sheet.set_hidden(true).protect();
        Ok(())
    }

    /// What a workbook says of itself; `None` if it is none of ours. The form it has beside it.
    #[must_use]
    pub fn read(book: &mut Workbook<'_>) -> Option<(u32, Self)> {
        if !book.has(super::META) {
            return None;
        }
        let mut format = None;
        let mut meta = Self::default();
        let cells = book.texts(super::META);
        for row in cells.chunk_by(|one, other| one.row == other.row) {
            let text = |column| {
                row.iter().find(|cell| cell.column == column).map_or("", |cell| cell.text.trim())
            };
            let value = text(1).to_owned();
            match text(0) {
                "format" => format = value.parse().ok(),
                "study" => meta.study = value,
                "coder" => meta.coder = value,
                "round" => meta.round = value,
                "codebook" => meta.codebook = value,
                "units_sha256" => meta.units_sha256 = value,
                "sheet" => meta.sheet = value,
                _ => {}
            }
        }
        format.map(|format| (format, meta))
    }

    /// Whether a form is one that this program reads.
    #[must_use]
    pub fn reads(format: u32) -> bool {
        format <= FORMAT
    }
}
