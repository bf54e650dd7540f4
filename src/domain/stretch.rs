//! Where a stretch of a text is now, once the text was replaced: it goes with the unit in which it lies, if its words stand in
//! what became of that unit.

use super::locator::{Locator, Span};
use super::study::Study;
use super::transcript::Transcript;

impl Study {
    /// Where a stretch is now: in the text it names, where that is still there; else in the unit that took the place of its
    /// own. Nothing where it lies in no text, or its words are not found again.
    #[must_use]
    pub fn stretch_now(&self, stretch: &Locator) -> Option<Locator> {
        if let Some(transcript) = self.transcript(stretch.transcript()) {
            return transcript.locate(stretch.span());
        }
        let around = |old: &&Locator| {
            old.transcript() == stretch.transcript() && lies_in(stretch.span(), old.span())
        };
        let old = self.moved.names().find(around)?;
        let now = &self.units.get(self.ever_unit(old)?.at())?.locator;
        let transcript = self.transcript(now.transcript())?;
        if old == stretch {
            return Some(now.clone());
        }
        let before = self.moved.replaced.iter().find(|it| it.id == *stretch.transcript())?;
        let said = words(before, stretch.span());
        let same = |it: &Locator| words(transcript, it.span()) == said;
        let in_its_place = shifted(stretch.span(), old.span(), now.span());
        let in_its_place = in_its_place.and_then(|span| transcript.locate(span)).filter(same);
        in_its_place.or_else(|| match said.as_slice() {
            [text] => only_place(transcript, now.span(), text),
            _ => None,
        })
    }
}

/// The words of a stretch, paragraph by paragraph.
fn words(transcript: &Transcript, span: Span) -> Vec<&str> {
    transcript.pieces(span).map(|(_, _, text)| text).collect()
}

fn lies_in(part: Span, whole: Span) -> bool {
    let begin = |it: Span| (it.first, it.from.unwrap_or(0));
    let end = |it: Span| (it.last, it.to.unwrap_or(u32::MAX));
    begin(whole) <= begin(part) && end(part) <= end(whole)
}

/// A stretch as far from the beginning of one unit as it was from that of another.
fn shifted(stretch: Span, old: Span, now: Span) -> Option<Span> {
    let paragraph = |number: u32| now.first.checked_add(number.checked_sub(old.first)?);
    let character = |number: u32, at: Option<u32>| match at {
        Some(at) if number == old.first => {
            Some(now.from.unwrap_or(0) + at.checked_sub(old.from.unwrap_or(0))?)
        }
        at => at,
    };
    let (first, last) = (paragraph(stretch.first)?, paragraph(stretch.last)?);
    match (character(stretch.first, stretch.from), character(stretch.last, stretch.to)) {
        (Some(from), Some(to)) => Span::characters(first, from, last, to).ok(),
        _ => Span::paragraphs(first, last).ok(),
    }
}

/// Where a text stands in a stretch, if it stands there once.
fn only_place(transcript: &Transcript, within: Span, text: &str) -> Option<Locator> {
    let count = |text: &str| u32::try_from(text.chars().count()).ok();
    let mut found = transcript.pieces(within).flat_map(|(number, _, piece)| {
        let before = within.from.filter(|_| number == within.first).unwrap_or(0);
        piece.match_indices(text).filter_map(move |(at, _)| {
            let from = before + count(piece.get(..at)?)?;
            Span::characters(number, from, number, from + count(text)?).ok()
        })
    });
    let place = found.next()?;
    if found.next().is_some() { None } else { transcript.locate(place) }
}
