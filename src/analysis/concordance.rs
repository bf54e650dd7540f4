//! Where something is said: keyword in context, over transcripts.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::withdrawn::Withdrawn;
use crate::domain::find::letters;
use crate::domain::id::{CaseId, ParticipantId, TranscriptId};
use crate::domain::participant::Quotable;
use crate::domain::study::Study;

/// The most that a pattern may take when it is made ready, in bytes.
const LARGEST: usize = 1 << 20;

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
    folded: bool,
}

/// A pattern that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPattern;

impl Pattern {
    /// `/…/` is a regular expression, all else is looked for as it stands; `folded` ignores capitals and accents.
    ///
    /// # Errors
    /// The regular expression is none, or it is larger than any person writes; there is nothing to look for.
    pub fn new(text: &str, folded: bool) -> Result<Self, NotAPattern> {
        let inner = text.strip_prefix('/').and_then(|it| it.strip_suffix('/'));
        let plain = |it: &str| if folded { letters(it).collect() } else { it.to_owned() };
        let source = match inner {
            Some(source) => source.to_owned(),
            None => regex::escape(&plain(text)),
        };
        if source.is_empty() || text.trim().is_empty() {
            return Err(NotAPattern);
        }
        let built = RegexBuilder::new(&source).case_insensitive(folded).size_limit(LARGEST).build();
        Ok(Self { regex: built.map_err(|_| NotAPattern)?, folded })
    }

    /// A keyword of the codebook: a regular expression, with slashes around it or without.
    ///
    /// # Errors
    /// As [`Pattern::new`].
    pub fn keyword(text: &str, folded: bool) -> Result<Self, NotAPattern> {
        let inner = text.strip_prefix('/').and_then(|it| it.strip_suffix('/'));
        let source = inner.unwrap_or(text);
        if source.trim().is_empty() {
            return Err(NotAPattern);
        }
        Self::new(&format!("/{source}/"), folded)
    }

    /// The places in a text, in bytes.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        if !self.folded {
            let found = self.regex.find_iter(text).map(|it| it.range());
            return found.filter(|it| !it.is_empty()).collect();
        }
        // Each small letter without accents knows where it stood.
        let (mut folded, mut origin) = (String::new(), Vec::new());
        for (at, character) in text.char_indices() {
            let mut buffer = [0; 4];
            for letter in letters(character.encode_utf8(&mut buffer)) {
                origin
                    .extend(std::iter::repeat_n(at..at + character.len_utf8(), letter.len_utf8()));
                folded.push(letter);
            }
        }
        let found = self.regex.find_iter(&folded).map(|it| it.range());
        let back = |range: Range<usize>| {
            let (first, last) = (origin.get(range.start)?, origin.get(range.end.checked_sub(1)?)?);
            // An accent that stands by itself belongs to the letter before it.
            let rest = text.get(last.end..).unwrap_or_default();
            let marks = rest.chars().take_while(|it| letters(&it.to_string()).next().is_none());
            let end = last.end + marks.map(char::len_utf8).sum::<usize>();
            (!range.is_empty()).then_some(first.start..end)
        };
        found.filter_map(back).collect()
    }
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The transcript.
    pub transcript: TranscriptId,
    /// Its case.
    pub case: CaseId,
    /// The paragraph, from 1.
    pub paragraph: u32,
    /// From which to before which character of the paragraph.
    pub characters: Range<u32>,
    /// Who says it; absent for headings and stage directions.
    pub participant: Option<ParticipantId>,
    /// What stands before it in the paragraph.
    pub before: String,
    /// What was found.
    pub found: String,
    /// What stands behind it.
    pub after: String,
}

impl Hit {
    /// The paragraph, and the character in it.
    #[must_use]
    pub fn begins(&self) -> (u32, u32) {
        (self.paragraph, self.characters.start)
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Concordance {
    /// The places, in order.
    pub hits: Vec<Hit>,
    /// How many more are left out because whoever speaks is not to be quoted.
    pub not_quoted: u64,
}

/// Where a pattern stands in the transcripts of some cases (all where there are none), said by one of `speakers` (anybody where
/// there is none). Headings and stage directions are looked through too where nobody is asked for.
#[must_use]
pub fn concordance(
    study: &Study,
    patterns: &[Pattern],
    cases: &[CaseId],
    speakers: &[ParticipantId],
) -> Concordance {
    let withdrawn = Withdrawn::of(study);
    let must_not =
        |id: &ParticipantId| study.participant(id).is_some_and(|it| it.quotes == Quotable::No);
    let mut all = Concordance::default();
    let in_cases = |case: &CaseId| cases.is_empty() || cases.contains(case);
    for transcript in study.transcripts.iter().filter(|it| in_cases(&it.case)) {
        for (number, paragraph) in (1..).zip(&transcript.paragraphs) {
            let who = paragraph.speaker.as_ref();
            let is_asked = speakers.is_empty() || who.is_some_and(|it| speakers.contains(it));
            if !is_asked || who.is_some_and(|it| withdrawn.has(it)) {
                continue;
            }
            let text = &paragraph.text;
            let mut places: Vec<_> = patterns.iter().flat_map(|it| it.places(text)).collect();
            places.sort_by_key(|it| (it.start, it.end));
            places.dedup();
            if who.is_some_and(must_not) {
                all.not_quoted += places.len() as u64;
                continue;
            }
            let piece = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
            let count = |to: usize| {
                let before = text.get(..to).map_or(0, |it| it.chars().count());
                u32::try_from(before).unwrap_or(u32::MAX)
            };
            all.hits.extend(places.into_iter().map(|place| Hit {
                transcript: transcript.id.clone(),
                case: transcript.case.clone(),
                paragraph: number,
                characters: count(place.start)..count(place.end),
                participant: who.cloned(),
                before: piece(0..place.start),
                after: piece(place.end..text.len()),
                found: piece(place),
            }));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, folded: bool, text: &str) -> Vec<String> {
        let places = Pattern::new(pattern, folded).unwrap().places(text);
        places.into_iter().map(|it| text[it].to_owned()).collect()
    }

    #[test]
    fn accents_and_capitals_are_ignored_on_request_and_the_text_comes_back_as_it_is() {
        assert_eq!(found("decision", false, "Decisión, decision."), ["decision"]);
        assert_eq!(found("decision", true, "Decisión, DECISION"), ["Decisión", "DECISION"]);
        // The same letters written with accents of their own.
        assert_eq!(found("decisión", true, "de\u{301}cisio\u{301}n"), ["de\u{301}cisio\u{301}n"]);
        assert_eq!(found("café", true, "cafe\u{301} CAFE"), ["cafe\u{301}", "CAFE"]);
        assert_eq!(found("strasse", true, "Straße"), Vec::<String>::new());
    }

    #[test]
    fn a_regular_expression_stands_between_slashes_and_all_else_is_taken_as_it_is() {
        assert_eq!(found("/\\brot\\w+/", false, "rota rotating carrot"), ["rota", "rotating"]);
        assert_eq!(found("(x)", false, "f(x) = x"), ["(x)"]);
        assert_eq!(found("/x*/", false, "aaa"), Vec::<String>::new());
        for none in ["", " ", "//", "/(/", "/(a{1000}){1000}/"] {
            assert!(Pattern::new(none, false).is_err(), "{none}");
        }
    }
}
