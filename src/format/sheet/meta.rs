//! The hidden sheet that says what a workbook is a sheet of.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::domain::id::{CoderId, RoundId};
use crate::domain::locator::Locator;
use crate::domain::study::Study;
use crate::escape::spreadsheet::cut;
use crate::format::codebook::sha256;
use crate::read::workbook::Workbook;

/// The form of sheets that this program writes and reads.
const FORMAT: u32 = 1;

/// What it says, line by line.
const LABELS: [&str; 7] =
    ["format", "study", "coder", "round", "codebook", "units_sha256", "sheet"];

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
        let values = [
            FORMAT.to_string(),
            self.study.clone(),
            self.coder.clone(),
            self.round.clone(),
            self.codebook.clone(),
            self.units_sha256.clone(),
            self.sheet.clone(),
        ];
        for (row, (name, value)) in (0..).zip(LABELS.into_iter().zip(values)) {
            sheet.write_string(row, 0, name)?;
            sheet.write_string(row, 1, cut(&value, "…"))?;
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
        // One of another program may have the same name; whatever of ours was changed, the rest tells that it is ours.
        let labels: Vec<&str> =
            cells.iter().filter(|it| it.column == 0).map(|it| it.text.trim()).collect();
        let ours = LABELS.iter().filter(|label| labels.contains(label)).count();
        (ours + 1 >= LABELS.len()).then(|| (format.unwrap_or(0), meta))
    }

    /// Whether nothing of it was changed so that it no longer says what it is for.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let hex = |text: &str| text.bytes().all(|it| it.is_ascii_hexdigit());
        self.coder.parse::<CoderId>().is_ok()
            && self.round.parse::<RoundId>().is_ok()
            && self.codebook.strip_prefix("v-").is_some_and(|it| it.len() == 12 && hex(it))
            && self.units_sha256.len() == 64
            && hex(&self.units_sha256)
    }

    /// Whether it is of this study, by its title.
    #[must_use]
    pub fn is_of(&self, study: &Study) -> bool {
        self.study == cut(&study.settings.title, "…").trim()
    }

    /// Whether a form is one that this program reads.
    #[must_use]
    pub fn reads(format: u32) -> bool {
        format <= FORMAT
    }
}
