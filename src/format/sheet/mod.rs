//! The spreadsheet for a co-coder without the program: her units, a drop-down for each answer, the
//! codebook beside it, and on a hidden sheet what it is a sheet of.
//!
//! It shows her own decisions and nobody else's. The way back is `format/received`.

mod codebook;
mod coding;
mod height;
mod meta;

pub use meta::Meta;
pub(crate) use meta::units_sha256;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::domain::unit::UnitKind;
use crate::format::taken::Taken;
use crate::words::word;

/// The hidden sheet that drop-downs read from.
const LISTS: &str = "lists";
/// The hidden sheet that says what the workbook is.
const META: &str = "meta";

/// Writes a sheet. The same sheet gives the same bytes.
///
/// # Errors
/// More units than a spreadsheet has rows.
pub fn write(sheet: &Taken<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No clock in the file's properties.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let layout = coding::Layout::of(sheet);
    let tab = word("sheet.tab.coding", sheet.language);
    coding::write(sheet, &layout, book.add_worksheet().set_name(&tab)?)?;
    let name = word("sheet.tab.codebook", sheet.language);
    codebook::write(sheet, &layout.names, book.add_worksheet().set_name(name)?)?;
    coding::write_lists(sheet, &layout, book.add_worksheet().set_name(LISTS)?)?;
    let offered = sheet.units.iter().filter_map(|unit| sheet.study.unit_at(*unit));
    let meta = Meta {
        study: sheet.study.settings.title.clone(),
        coder: sheet.coder.to_string(),
        round: sheet.round.to_string(),
        codebook: sheet.study.version_in_force().id.clone(),
        units_sha256: meta::units_sha256(
            offered.filter(|unit| unit.kind == UnitKind::Talk).map(|unit| &unit.locator),
        ),
        sheet: tab,
    };
    meta.write(book.add_worksheet().set_name(META)?)?;
    book.save_to_buffer()
}
