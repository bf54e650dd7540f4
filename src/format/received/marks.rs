//! What a file says of its rows beside the answers: that a row is done, what was said there, which page it
//! was saved from.

use super::columns::Columns;
use super::reader::Reader;
use crate::analysis::agreement::evident;
use crate::analysis::received::{Given, GivenAnswer};
use crate::domain::event::SavedPage;
use crate::domain::log::{UnitIndex, Via};
use crate::domain::unit::UnitKind;
use crate::escape::spreadsheet::CELL;
use crate::format::table::Row;
use crate::msg;

/// What a cell `done` may hold beside the words for yes where the row is done.
const DONE: [&str; 19] = [
    "done",
    "ok",
    "okay",
    "finished",
    "complete",
    "ready",
    "hecho",
    "hecha",
    "listo",
    "lista",
    "terminado",
    "terminada",
    "completo",
    "completa",
    "fertig",
    "erledigt",
    "fait",
    "fatto",
    "feito",
];

impl Reader<'_> {
    /// Takes the blanks of a row marked done for none, and counts those of the others. Whether a none came
    /// by closing a unit stands in the file of a page.
    pub(super) fn close(&mut self, row: &Row, answers: &mut [GivenAnswer]) {
        let done = self.optional(row, self.columns.done);
        let says = |text: &str| {
            let is_done = DONE.contains(&text.trim().to_lowercase().as_str());
            if is_done { Some(true) } else { evident(text) }
        };
        let said = done.as_ref().map(|(_, text)| says(text));
        let is_done = said == Some(Some(true));
        let via = self.optional(row, self.columns.via);
        let by_closing = via.as_ref().is_some_and(|(_, via)| *via == "pack:rest");
        if let Some((at, _)) = via.filter(|(_, via)| !is_way(via)) {
            self.complain(&at, msg!("received.via"), msg!("received.via.fix"));
        }
        let blank = answers.iter().filter(|given| given.answer == Given::Nothing).count() as u64;
        if blank > 0 && !self.is_prompt(row) {
            // `later`, or a date: that the blanks mean none nobody has said.
            if let Some((at, _)) = done.filter(|_| said == Some(None)) {
                self.complain(&at, msg!("received.done"), msg!("received.done.fix"));
            }
            self.blank += if is_done { 0 } else { blank };
        }
        for given in answers {
            if is_done && given.answer == Given::Nothing {
                given.answer = Given::Codes(Vec::new());
                given.rest = true;
            } else if by_closing && given.answer == Given::Codes(Vec::new()) {
                given.rest = true;
            }
        }
    }

    /// Whether a row is that of a prompt, which is only there to be read.
    pub(super) fn is_prompt(&self, row: &Row) -> bool {
        let (_, cell) = self.cell(row, self.columns.unit);
        let unit = super::reader::unit(self.study, cell);
        let unit = unit.and_then(|unit| self.study.unit_at(unit));
        unit.is_some_and(|it| it.kind == UnitKind::Prompt)
    }

    /// Refuses a row whose text is not what was said in its unit: rows were sorted apart, or the texts
    /// changed since.
    pub(super) fn text(&mut self, row: &Row, unit: UnitIndex) {
        let Some((at, cell)) = self.optional(row, self.columns.text) else {
            return self.speakers(row, unit);
        };
        let said = self.study.text(unit);
        if !is_text(cell, &said) {
            let unit = self.study.unit_at(unit).map(|it| it.locator.to_string());
            let what = msg!("received.other_text", unit = unit.unwrap_or_default());
            self.complain(&at, what, msg!("received.other_text.fix"));
        }
    }

    /// Refuses a row without text that names people of the study of whom none speaks in its unit.
    fn speakers(&mut self, row: &Row, unit: UnitIndex) {
        let Some((at, cell)) = self.optional(row, self.columns.speakers) else { return };
        let Some(unit) = self.study.unit_at(unit) else { return };
        let named: Vec<&str> =
            cell.split([';', ',']).map(str::trim).filter(|it| !it.is_empty()).collect();
        let is_known = |name: &&str| {
            self.study.participants.iter().any(|it| it.id.as_str().eq_ignore_ascii_case(name))
        };
        let speaks =
            |name: &&str| unit.speakers.iter().any(|it| it.as_str().eq_ignore_ascii_case(name));
        if named.iter().all(is_known) && !unit.speakers.is_empty() && !named.iter().any(speaks) {
            let what = msg!("received.other_speakers", unit = unit.locator);
            self.complain(&at, what, msg!("received.other_text.fix"));
        }
    }

    /// Which page the file was saved from: the same in every row; and between which times, as it says, was decided.
    pub(super) fn page(&mut self) -> Option<SavedPage> {
        let (pack, copy, save) = (self.columns.pack?, self.columns.copy?, self.columns.save?);
        let table = self.table;
        let mut page: Option<SavedPage> = None;
        for row in &table.rows {
            let [pack, copy, save] = [pack, copy, save].map(|place| self.cell(row, place).1);
            let read = format!("{pack} {copy} {save}").parse::<SavedPage>().ok();
            if read.is_none() || page.as_ref().is_some_and(|known| Some(known) != read.as_ref()) {
                let (at, _) = self.cell(row, self.columns.save?);
                self.complain(&at, msg!("received.pack"), msg!("received.pack.fix"));
                return None;
            }
            page = read;
            self.page_is_whole(row);
        }
        page.map(|page| SavedPage { claimed: self.times, ..page })
    }
}

impl Reader<'_> {
    /// Names cells that a page writes in every row, where they are blank: the row would count as of another round or version.
    fn page_is_whole(&mut self, row: &Row) {
        let Columns { via, coder, round, codebook, .. } = self.columns;
        for place in [via, coder, round, codebook].into_iter().flatten() {
            let (at, text) = self.cell(row, *place);
            if text.is_empty() {
                self.complain(&at, msg!("received.page_blank"), msg!("received.pack.fix"));
            }
        }
    }
}

/// Whether a cell says how a decision came, as a log does.
fn is_way(text: &str) -> bool {
    text.strip_suffix(":rest").unwrap_or(text).parse::<Via>().is_ok()
}

/// Whether a cell shows what was said. Spreadsheets change line breaks and blanks, replace letters that an
/// old character set lacks, and cut what is too long; the letters of the alphabet stay.
fn is_text(cell: &str, said: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
    };
    let (shown, whole) = (letters(cell), letters(said));
    let is_cut = cell.encode_utf16().count() + 200 > CELL;
    if is_cut {
        return whole.starts_with(shown.get(..shown.len().saturating_sub(200)).unwrap_or_default());
    }
    if !whole.is_empty() {
        return shown == whole;
    }
    let marks = |text: &str| text.chars().filter(|mark| !mark.is_whitespace()).count();
    marks(cell) == marks(said)
}

#[cfg(test)]
mod tests {
    use super::is_text;

    #[test]
    fn a_text_that_a_spreadsheet_changed_in_form_is_the_same_and_another_is_not() {
        assert!(is_text("P1: Who  knew?\r\nP2: N?body", "P1: Who knew?\nP2: Nøbody"));
        assert!(!is_text("We all did.", "I came for the coffee."));
        assert!(is_text("????", "שלום"));
        let long = "word ".repeat(8000);
        let cut: String = long.chars().take(32_700).collect();
        assert!(is_text(&format!("{cut}…"), &long));
    }
}
