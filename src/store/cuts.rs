//! Units that a coder cut herself: `units/<coder>/<transcript>.csv`, seen by others only through the gate.

use super::layout;
use super::load::Opened;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::format::units;

impl Opened {
    /// A coder's own cuts of a transcript; `None` if she made none.
    ///
    /// Whether they may be seen is the gate's to say: ask only for transcripts of cases that it opened.
    ///
    /// # Errors
    /// The file cannot be read, or is invalid.
    pub fn own_cuts(
        &self,
        coder: &CoderId,
        transcript: &Transcript,
    ) -> Result<Option<Vec<Unit>>, Failure> {
        let file = layout::own_units(coder, &transcript.id);
        let Some(bytes) = self.folder.read(&file)? else { return Ok(None) };
        let mut problems = Vec::new();
        let cuts = units::read(&file, &bytes, transcript, &mut problems);
        if problems.is_empty() { Ok(Some(cuts)) } else { Err(Failure::Invalid(problems)) }
    }
}
