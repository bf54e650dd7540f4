//! What a coder takes away to code without the program, whether as a spreadsheet or as a page.

use crate::analysis::own::Own;
use crate::domain::id::{CoderId, RoundId};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::words::Language;

/// The work of one coder.
#[derive(Debug, Clone)]
pub struct Taken<'a> {
    /// The study.
    pub study: &'a Study,
    /// Whose work it is.
    pub coder: &'a CoderId,
    /// The round.
    pub round: &'a RoundId,
    /// What is shown, in order: units to code, and prompts for context.
    pub units: Vec<UnitIndex>,
    /// Her own decisions.
    pub own: Own<'a>,
    /// The language of headings and names.
    pub language: Language,
}
