//! Who speaks in a unit and how much, told by the text and the roles; the cut stays where it is.

use crate::domain::id::ParticipantId;
use crate::domain::locator::Span;
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
    let (speakers, words) = counted(unit.locator.span(), transcript, role);
    Unit { speakers, words, ..unit.clone() }
}

/// Who speaks in a stretch, in order of speaking, and how many words they say, by these roles.
#[must_use]
pub fn counted(
    span: Span,
    transcript: &Transcript,
    role: impl Fn(&ParticipantId) -> Role,
) -> (Vec<ParticipantId>, u32) {
    let mut speakers: Vec<ParticipantId> = Vec::new();
    let mut count = 0;
    for (_, speaker, text) in transcript.pieces(span) {
        let Some(speaker) = speaker.filter(|id| role(id).counts()) else { continue };
        count += words::count(text);
        if !speakers.contains(speaker) {
            speakers.push(speaker.clone());
        }
    }
    (speakers, count)
}
