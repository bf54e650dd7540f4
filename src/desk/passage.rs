//! A unit among what was said just before and after it.

use crate::domain::locator::Span;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;

/// A unit with its neighbours, as stretches of its transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'a> {
    /// The unit.
    pub index: UnitIndex,
    /// The text it lies in.
    pub transcript: &'a Transcript,
    /// What was said just before; nothing where the text begins.
    pub before: Option<Span>,
    /// The unit.
    pub unit: Span,
    /// What was said just after; nothing where the text ends.
    pub after: Option<Span>,
}

impl<'a> Passage<'a> {
    /// A unit with at most so many paragraphs on either side; `None` if the study does not have it.
    #[must_use]
    pub fn of(study: &'a Study, index: UnitIndex, neighbours: u32) -> Option<Self> {
        let unit = study.unit_at(index)?.locator.span();
        let transcript = study.transcript_of(index);
        let (before, after) = (before(unit, neighbours), after(unit, transcript, neighbours));
        Some(Self { index, transcript, before, unit, after })
    }
}

/// The stretch just before a unit, down to the character at which it begins.
fn before(span: Span, neighbours: u32) -> Option<Span> {
    let first = span.first.saturating_sub(neighbours).max(1);
    match span.from {
        Some(from) if from > 0 => Span::characters(first, 0, span.first, from).ok(),
        _ => Span::paragraphs(first, span.first.checked_sub(1)?).ok(),
    }
}

/// The stretch just after a unit.
fn after(span: Span, transcript: &Transcript, neighbours: u32) -> Option<Span> {
    let all = u32::try_from(transcript.paragraphs.len()).unwrap_or(u32::MAX);
    let last = span.last.saturating_add(neighbours).min(all);
    match span.to {
        Some(to) => Span::characters(span.last, to, last, u32::MAX).ok(),
        None => Span::paragraphs(span.last.checked_add(1)?, last).ok(),
    }
}
