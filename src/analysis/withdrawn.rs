//! Who left the study (`withdrawn` in participants.csv): in no result from then on.
//!
//! A unit in which nobody else speaks counts nowhere. Of a unit that she shares with others their part counts: she is no
//! speaker of it, her words are not among its words, and a quotation has […] in their place.

use std::collections::BTreeSet;

use crate::domain::id::ParticipantId;
use crate::domain::locator::{Locator, Span};
use crate::domain::log::UnitIndex;
use crate::domain::participant::Role;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::unitize::words;

/// What stands in place of words that are not shown.
pub const LEFT_OUT: &str = "[…]";

/// Who left a study.
#[derive(Debug, Clone, Default)]
pub struct Withdrawn<'a> {
    people: BTreeSet<&'a ParticipantId>,
}

impl<'a> Withdrawn<'a> {
    /// Who left this study.
    #[must_use]
    pub fn of(study: &'a Study) -> Self {
        let left = study.participants.iter().filter(|it| !it.withdrawn.trim().is_empty());
        Self { people: left.map(|it| &it.id).collect() }
    }

    /// Whether she left.
    #[must_use]
    pub fn has(&self, id: &ParticipantId) -> bool {
        self.people.contains(id)
    }

    /// Whether only people who left speak in a unit.
    #[must_use]
    pub fn is_alone(&self, unit: &Unit) -> bool {
        !self.people.is_empty()
            && !unit.speakers.is_empty()
            && unit.speakers.iter().all(|speaker| self.has(speaker))
    }

    /// Whether she and others speak in a unit.
    #[must_use]
    pub fn shares(&self, unit: &Unit) -> bool {
        !self.is_alone(unit) && unit.speakers.iter().any(|speaker| self.has(speaker))
    }

    /// Those who speak in a unit and did not leave.
    pub fn speakers<'b>(&self, unit: &'b Unit) -> Vec<&'b ParticipantId> {
        unit.speakers.iter().filter(|speaker| !self.has(speaker)).collect()
    }

    /// The words of those who count in a unit and did not leave.
    #[must_use]
    pub fn words(&self, study: &Study, unit: UnitIndex) -> u64 {
        let Some(known) = study.unit_at(unit) else { return 0 };
        if !self.shares(known) {
            return u64::from(known.words);
        }
        let counts = |id: &ParticipantId| {
            let role = study.participant(id).map_or(Role::Unknown, |person| person.role);
            role.counts() && !self.has(id)
        };
        let pieces = study.transcript_of(unit).pieces(known.locator.span());
        let hers = pieces.filter(|(_, speaker, _)| speaker.is_some_and(counts));
        hers.map(|(_, _, text)| u64::from(words::count(text))).sum()
    }

    /// The text of a unit as it is quoted.
    #[must_use]
    pub fn text(&self, study: &Study, unit: UnitIndex) -> String {
        let Some(known) = study.unit_at(unit) else { return String::new() };
        self.quoted(study.transcript_of(unit), known.locator.span())
    }

    /// The text of a stretch as it is quoted.
    #[must_use]
    pub fn stretch(&self, study: &Study, stretch: &Locator) -> String {
        let transcript = study.transcript(stretch.transcript());
        transcript.map_or_else(String::new, |it| self.quoted(it, stretch.span()))
    }

    /// Those who speak in a stretch, count and did not leave, in order of speaking.
    #[must_use]
    pub fn heard(&self, study: &Study, stretch: &Locator) -> Vec<ParticipantId> {
        let Some(transcript) = study.transcript(stretch.transcript()) else { return Vec::new() };
        let mut heard: Vec<ParticipantId> = Vec::new();
        for (_, speaker, _) in transcript.pieces(stretch.span()) {
            let counts = |id: &&ParticipantId| study.role(id).counts() && !self.has(id);
            if let Some(id) = speaker.filter(counts).filter(|id| !heard.contains(id)) {
                heard.push(id.clone());
            }
        }
        heard
    }

    fn quoted(&self, transcript: &Transcript, span: Span) -> String {
        let left = |speaker: Option<&ParticipantId>| speaker.is_some_and(|id| self.has(id));
        if !transcript.pieces(span).any(|(_, speaker, _)| left(speaker)) {
            return transcript.text(span);
        }
        let mut lines: Vec<String> = Vec::new();
        for (_, speaker, text) in transcript.pieces(span) {
            let line = match speaker {
                speaker if left(speaker) => LEFT_OUT.to_owned(),
                Some(speaker) => format!("{speaker}: {text}"),
                None => text.to_owned(),
            };
            if line != LEFT_OUT || lines.last().is_none_or(|last| last != LEFT_OUT) {
                lines.push(line);
            }
        }
        lines.join("\n")
    }
}
