//! The words of a unit as a report may quote them: those of whoever must not be quoted become […].

use super::withdrawn::LEFT_OUT;
use crate::domain::id::ParticipantId;
use crate::domain::locator::{Locator, Span};
use crate::domain::log::UnitIndex;
use crate::domain::participant::Quotable;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;

/// Whom a report may quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// The team's own: everybody but those who said no.
    Team,
    /// For others: only those who said yes.
    Public,
}

impl Profile {
    /// The word on the command line and in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Public => "public",
        }
    }

    /// Whether a person's words may be quoted; who withdrew is in nothing.
    #[must_use]
    pub fn quotes(self, study: &Study, id: &ParticipantId) -> bool {
        let Some(person) = study.participant(id) else { return self == Self::Team };
        if study.has_withdrawn(id) {
            return false;
        }
        match (person.quotes, self) {
            (Quotable::Yes, _) => true,
            (Quotable::No, _) => false,
            // A moderator asks the study's own questions.
            (Quotable::Ask, Self::Public) => !person.role.counts(),
            (Quotable::Ask, Self::Team) => true,
        }
    }
}

/// A unit as it may be quoted: its text, and who is heard in it; nothing where no participant's words are left.
#[must_use]
pub fn quoted(
    study: &Study,
    unit: UnitIndex,
    profile: Profile,
) -> Option<(String, Vec<ParticipantId>)> {
    stretch(study, study.transcript_of(unit), study.unit_at(unit)?.locator.span(), profile)
}

/// A stretch that was picked, likewise.
#[must_use]
pub fn quoted_stretch(
    study: &Study,
    locator: &Locator,
    profile: Profile,
) -> Option<(String, Vec<ParticipantId>)> {
    stretch(study, study.transcript(locator.transcript())?, locator.span(), profile)
}

fn stretch(
    study: &Study,
    transcript: &Transcript,
    span: Span,
    profile: Profile,
) -> Option<(String, Vec<ParticipantId>)> {
    let pieces: Vec<_> = transcript.pieces(span).collect();
    let mut heard: Vec<ParticipantId> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut several: Vec<&ParticipantId> = pieces.iter().filter_map(|it| it.1).collect();
    several.dedup();
    for (_, speaker, text) in &pieces {
        let allowed = speaker.is_none_or(|id| profile.quotes(study, id));
        let line = match speaker {
            _ if !allowed => LEFT_OUT.to_owned(),
            Some(id) => {
                let counts = study.role(id).counts();
                if counts && !heard.contains(id) {
                    heard.push((*id).clone());
                }
                if several.len() > 1 { format!("{id}: {text}") } else { (*text).to_owned() }
            }
            None => (*text).to_owned(),
        };
        if line != LEFT_OUT || lines.last().is_none_or(|last| last != LEFT_OUT) {
            lines.push(line);
        }
    }
    (!heard.is_empty()).then(|| (lines.join("\n"), heard))
}
