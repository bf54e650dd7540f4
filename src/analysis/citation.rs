//! How a unit is cited in prose: `(P11, CoP 38: 50)`.

use std::collections::BTreeMap;

use crate::domain::id::{CaseId, ParticipantId};
use crate::domain::locator::{Locator, Span};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;

/// Cites units of a study as focus-group studies do: speaker, case name, paragraph.
#[derive(Debug, Clone)]
pub struct Citations<'a> {
    study: &'a Study,
    transcripts_of: BTreeMap<&'a CaseId, usize>,
}

impl<'a> Citations<'a> {
    /// Citations in a study.
    #[must_use]
    pub fn of(study: &'a Study) -> Self {
        let mut transcripts_of = BTreeMap::new();
        for transcript in &study.transcripts {
            *transcripts_of.entry(&transcript.case).or_default() += 1;
        }
        Self { study, transcripts_of }
    }

    /// A unit, with those who speak in it: `(P11 & P12, CoP 38: 50-52)`.
    #[must_use]
    pub fn unit(&self, unit: UnitIndex) -> String {
        self.study.unit_at(unit).map_or_else(String::new, |known| {
            let speakers = known.speakers.iter().filter(|id| !self.study.has_withdrawn(id));
            self.with(unit, &speakers.cloned().collect::<Vec<_>>())
        })
    }

    /// A unit, with these speakers.
    #[must_use]
    pub fn with(&self, unit: UnitIndex, speakers: &[ParticipantId]) -> String {
        let Some(known) = self.study.unit_at(unit) else { return String::new() };
        self.cited(self.study.transcript_of(unit), known.locator.span(), speakers)
    }

    /// Any stretch of a transcript that stands, with these speakers.
    #[must_use]
    pub fn stretch(&self, locator: &Locator, speakers: &[ParticipantId]) -> String {
        let transcript = self.study.transcript(locator.transcript());
        transcript.map_or_else(String::new, |it| self.cited(it, locator.span(), speakers))
    }

    fn cited(&self, transcript: &Transcript, span: Span, speakers: &[ParticipantId]) -> String {
        let paragraphs = if span.first == span.last {
            span.first.to_string()
        } else {
            format!("{}-{}", span.first, span.last)
        };
        let place = self.place(transcript);
        let speakers: Vec<&str> = speakers.iter().map(|it| it.as_str()).collect();
        if speakers.is_empty() {
            return format!("({place}: {paragraphs})");
        }
        format!("({}, {place}: {paragraphs})", speakers.join(" & "))
    }

    /// The case by name, or the transcript where its case has several.
    fn place<'b>(&'b self, transcript: &'b Transcript) -> &'b str {
        if self.transcripts_of.get(&transcript.case).is_some_and(|count| *count > 1) {
            return transcript.id.as_str();
        }
        match self.study.case(&transcript.case).map(|case| case.name.as_str()) {
            Some(name) if !name.is_empty() => name,
            _ => transcript.case.as_str(),
        }
    }
}
