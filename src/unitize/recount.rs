//! Who speaks in a unit and how much, told by the text and the roles; the cut stays where it is.

use crate::domain::id::ParticipantId;
use crate::domain::participant::Role;
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::unitize::words;

/// The same stretch with its speakers and words by these roles.
#[must_use]
pub fn recount(
    unit: &Unit,
    transcript: &Transcript,
    role: impl Fn(&ParticipantId) -> Role,
) -> Unit {
    let mut speakers: Vec<ParticipantId> = Vec::new();
    let mut count = 0;
    for (_, speaker, text) in transcript.pieces(unit.locator.span()) {
        let Some(speaker) = speaker.filter(|id| role(id).counts()) else { continue };
        count += words::count(text);
        if !speakers.contains(speaker) {
            speakers.push(speaker.clone());
        }
    }
    Unit { speakers, words: count, ..unit.clone() }
}
