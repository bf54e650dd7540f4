//! Sessions: somebody sits at a desk, and what she decides is kept.
//!
//! What a decision rests on (log, units, codebook, seal, lock) is looked at again before it is acknowledged. Where
//! it is no longer so, nothing is kept, the person is told why, and the session begins anew with what is now.

pub mod before;
pub mod chosen;
pub mod code;
mod disputed;
pub mod resolve;
pub mod review;
pub mod settle;
pub mod undo;

use std::collections::BTreeMap;

use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::store::Opened;

/// The coder of a name; an unknown one is refused with the known names.
///
/// # Errors
/// There is none of that name or id.
pub fn coder(opened: &Opened, name: &str) -> Result<CoderId, Failure> {
    Ok(opened.study.find_coder(name)?.id.clone())
}

/// Leaves out of a list what is about units in some transcripts, and returns which. Each text is looked at once: there may be
/// thousands of units in it.
fn leave_texts_out<T>(
    study: &Study,
    list: &mut Vec<T>,
    unit: impl Fn(&T) -> UnitIndex,
    leave: impl Fn(&Transcript) -> bool,
) -> Vec<TranscriptId> {
    let mut known: BTreeMap<&TranscriptId, bool> = BTreeMap::new();
    list.retain(|it| {
        let transcript = study.transcript_of(unit(it));
        !*known.entry(&transcript.id).or_insert_with(|| leave(transcript))
    });
    known.into_iter().filter(|(_, is_left)| *is_left).map(|(id, _)| id.clone()).collect()
}
