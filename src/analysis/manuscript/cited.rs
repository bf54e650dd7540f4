//! Citations in a manuscript: `(P11, CoP 38: 50)` and how people vary it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::find::without_zeros as key;
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::study::Study;

/// One place that a citation names: `P11, CoP 38: 50`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cited {
    /// Who is cited, as far as the study knows them.
    pub(super) speakers: Vec<ParticipantId>,
    /// Names that no participant of the study has.
    pub(super) strangers: Vec<String>,
    /// The transcripts that the name of the place may mean; empty where none is named or known.
    pub(super) transcripts: Vec<TranscriptId>,
    /// The name of a place that the study does not have.
    pub(super) nowhere: Option<String>,
    /// Paragraphs, from and to.
    pub(super) paragraphs: Vec<(u32, u32)>,
}

/// A citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Citation {
    /// Its bytes in the paragraph, brackets included.
    pub(super) range: Range<usize>,
    /// The places it names.
    pub(super) places: Vec<Cited>,
    /// Whether it is a citation only beside a quotation: `P3 (106)` may be anything elsewhere.
    pub(super) doubtful: bool,
}

const ID: &str = r"\p{L}[\p{L}\p{M}\d_-]{0,63}(?:[ \x{a0}]\d{1,4})?";
const NUMBERS: &str =
    r"\d{1,6}(?:\s*[-–—]\s*\d{1,6})?(?:\s*(?:,|&|and|y|et|und)\s*\d{1,6}(?:\s*[-–—]\s*\d{1,6})?)*";
const SIGN: &str = r"(?:(?:par(?:a|as|r)?|párr|parágr|line|lines|línea|l|Abs|Z)\.?\s*|[¶§]+\s*)?";

fn made(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

static BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| made(r"[(\[]([^()\[\]]{1,200})[)\]]"));
static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let who = format!(r"(?P<who>{ID}(?:\s*(?:&|,|\+|/|and|y|et|und)\s*{ID})*?)");
    made(&format!(
        r"^{who}\s*[,:]\s*(?P<place>[^;]*?[^\s;:,])\s*[:,]\s*{SIGN}(?P<numbers>{NUMBERS})$"
    ))
});
static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let who = format!(r"(?P<who>{ID}(?:\s*(?:&|\+|/|and|y|et|und)\s*{ID})*?)");
    made(&format!(r"^{who}\s*[:,]\s*{SIGN}(?P<numbers>{NUMBERS})$"))
});
static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    made(&format!(
        r"^(?P<place>[^;]*?[^\s;:,])\s*[:,]\s*{SIGN}(?P<numbers>{NUMBERS})(?:@[\d@-]+)?$"
    ))
});
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| made(r"(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?"));
static BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| made(&format!(r"({ID})[’']?s?[ \x{{a0}}]*$")));

/// The letters before the number of a name such as `P11`; absent where it has another shape.
fn stem(key: &str) -> Option<&str> {
    let stem = key.trim_end_matches(|it: char| it.is_ascii_digit());
    (!stem.is_empty() && stem.len() < key.len()).then_some(stem)
}

/// The names of a study by which citations are known.
#[derive(Debug)]
pub(super) struct Names<'a> {
    people: Vec<(String, &'a ParticipantId)>,
    places: Vec<(String, &'a TranscriptId)>,
    stems: BTreeSet<String>,
    place_stems: BTreeSet<String>,
}

impl<'a> Names<'a> {
    /// The names of this study.
    #[must_use]
    pub(super) fn of(study: &'a Study) -> Self {
        let mut people: Vec<(String, &ParticipantId)> =
            study.participants.iter().map(|it| (key(it.id.as_str()), &it.id)).collect();
        for person in &study.participants {
            let name = key(&person.name);
            if !name.is_empty() && !people.iter().any(|(known, _)| *known == name) {
                people.push((name, &person.id));
            }
        }
        let mut places = Vec::new();
        for transcript in &study.transcripts {
            let case = study.case(&transcript.case);
            let names = [
                transcript.id.as_str(),
                &transcript.name,
                transcript.case.as_str(),
                case.map_or("", |it| it.name.as_str()),
            ];
            places.extend(names.map(|name| (key(name), &transcript.id)));
        }
        places.retain(|(name, _)| !name.is_empty());
        let stems_of = |all: Vec<&String>| {
            all.into_iter().filter_map(|it| stem(it).map(str::to_owned)).collect::<BTreeSet<_>>()
        };
        let stems = stems_of(people.iter().map(|it| &it.0).collect());
        let place_stems = stems_of(places.iter().map(|it| &it.0).collect());
        Self { people, places, stems, place_stems }
    }

    fn person(&self, name: &str) -> Option<&'a ParticipantId> {
        let name = key(name);
        self.people.iter().find(|(known, _)| *known == name).map(|(_, id)| *id)
    }

    /// Whether a name has the shape of this study's pseudonyms.
    fn is_like_a_person(&self, name: &str) -> bool {
        stem(&key(name)).is_some_and(|stem| self.stems.contains(stem))
    }

    fn is_like_a_place(&self, name: &str) -> bool {
        stem(&key(name)).is_some_and(|stem| self.place_stems.contains(stem))
    }

    /// The transcripts that a name means: one, or all of a case.
    fn transcripts(&self, name: &str) -> Vec<TranscriptId> {
        let name = key(name);
        let mut found: Vec<TranscriptId> =
            self.places.iter().filter(|it| it.0 == name).map(|it| it.1.clone()).collect();
        found.sort();
        found.dedup();
        found
    }

    /// The person whose id stands before a colon at the beginning of a text, with the bytes of both.
    #[must_use]
    pub(super) fn label(&self, text: &str) -> Option<(&'a ParticipantId, usize)> {
        let (label, _) = text.split_once(':')?;
        let person = self.people.iter().find(|it| it.1.as_str() == label)?.1;
        Some((person, label.len() + 1))
    }

    /// The citations of a paragraph, in order.
    #[must_use]
    pub(super) fn citations(&self, text: &str) -> Vec<Citation> {
        let Some(brackets) = BRACKETS.as_ref() else { return Vec::new() };
        let mut found = Vec::new();
        for group in brackets.captures_iter(text) {
            let (Some(whole), Some(inner)) = (group.get(0), group.get(1)) else { continue };
            let before = text.get(..whole.start()).unwrap_or_default();
            if let Some((places, doubtful)) = self.read(inner.as_str(), before) {
                found.push(Citation { range: whole.range(), places, doubtful });
            }
        }
        if found.is_empty() {
            found.extend(self.line(text));
        }
        found
    }

    /// A paragraph that is a citation and nothing else: `— P11, CoP 38: 50`.
    fn line(&self, text: &str) -> Option<Citation> {
        let bare = text.trim_matches(|it: char| it.is_whitespace() || "—–-.".contains(it));
        let places = bare.split(';').map(|it| self.place(it.trim())).collect::<Option<Vec<_>>>()?;
        let named = places.iter().all(|it| !it.speakers.is_empty() || !it.strangers.is_empty());
        named.then_some(Citation { range: 0..text.len(), places, doubtful: false })
    }

    fn read(&self, inner: &str, before: &str) -> Option<(Vec<Cited>, bool)> {
        let mut inner = inner.trim();
        for word in ["see ", "cf. ", "e.g. ", "e.g., ", "ver ", "véase ", "vgl. ", "voir "] {
            inner = inner.strip_prefix(word).unwrap_or(inner);
        }
        if let Some(places) = self.several(inner) {
            let bare = places.iter().all(|it| it.speakers.is_empty() && it.strangers.is_empty());
            let places = match self.before(before).filter(|_| bare) {
                Some(person) => places
                    .into_iter()
                    .map(|it| Cited { speakers: vec![person.clone()], ..it })
                    .collect(),
                None => places,
            };
            return Some((places, false));
        }
        let whole = NUMBER.as_ref()?.find(inner)?;
        let person = self.before(before).filter(|_| whole.range() == (0..inner.len()))?;
        let paragraphs = numbers(inner);
        Some((vec![Cited { speakers: vec![person.clone()], paragraphs, ..Cited::default() }], true))
    }

    /// The person named right before a bracket.
    fn before(&self, text: &str) -> Option<&'a ParticipantId> {
        self.person(BEFORE.as_ref()?.captures(text)?.get(1)?.as_str())
    }

    fn several(&self, inner: &str) -> Option<Vec<Cited>> {
        let mut all: Vec<Cited> = Vec::new();
        for part in inner.split(';').map(str::trim) {
            let mut cited = self.place(part)?;
            // `(P1, CoP 31: 11; 14)` and `(P1, CoP 31: 11; P2: 14)` go on from what stands before.
            if let (Some(last), true) = (all.last(), cited.transcripts.is_empty()) {
                cited.transcripts.clone_from(&last.transcripts);
            }
            all.push(cited);
        }
        Some(all)
    }

    fn place(&self, part: &str) -> Option<Cited> {
        self.whole(part).or_else(|| self.short(part)).or_else(|| self.only_place(part))
    }

    fn whole(&self, part: &str) -> Option<Cited> {
        let found = WHOLE.as_ref()?.captures(part)?;
        let who = found.name("who")?.as_str();
        let mut place = found.name("place")?.as_str().to_owned();
        let mut names: Vec<String> = split_names(who);
        // `P1, P2, CoP 31: 11`: what stands before the last comma may be people.
        while let Some((first, rest)) = place.split_once([',', '&']) {
            if self.person(first).is_none() && !self.is_like_a_person(first) {
                break;
            }
            names.push(first.trim().to_owned());
            place = rest.trim().to_owned();
        }
        let mut cited = self.people(&names);
        cited.paragraphs = numbers(found.name("numbers")?.as_str());
        cited.transcripts = self.transcripts(&place);
        let known = !cited.transcripts.is_empty();
        let like_place = self.is_like_a_place(&place);
        let like_people = names.iter().all(|it| self.is_like_a_person(it));
        if !known {
            cited.nowhere = Some(place.clone());
        }
        let year = place.chars().count() == 4 && place.chars().all(|it| it.is_ascii_digit());
        let any = !cited.speakers.is_empty() || known || (like_people && like_place);
        ((known || !year) && (any || like_people)).then_some(cited)
    }

    fn short(&self, part: &str) -> Option<Cited> {
        let found = SHORT.as_ref()?.captures(part)?;
        let names = split_names(found.name("who")?.as_str());
        let mut cited = self.people(&names);
        cited.paragraphs = numbers(found.name("numbers")?.as_str());
        let like = names.iter().all(|it| self.is_like_a_person(it));
        (cited.strangers.is_empty() || like).then_some(cited)
    }

    fn only_place(&self, part: &str) -> Option<Cited> {
        if !part.is_empty() && part.chars().all(|it| it.is_ascii_digit() || "-–—, ".contains(it))
        {
            return None;
        }
        let found = PLACE.as_ref()?.captures(part)?;
        let place = found.name("place")?.as_str();
        let transcripts = self.transcripts(place);
        let paragraphs = numbers(found.name("numbers")?.as_str());
        if transcripts.is_empty() && !self.is_like_a_place(place) {
            return None;
        }
        let nowhere = transcripts.is_empty().then(|| place.to_owned());
        Some(Cited { transcripts, nowhere, paragraphs, ..Cited::default() })
    }

    fn people(&self, names: &[String]) -> Cited {
        let mut cited = Cited::default();
        for name in names {
            match self.person(name) {
                Some(id) => cited.speakers.push(id.clone()),
                None => cited.strangers.push(name.clone()),
            }
        }
        cited
    }
}

fn split_names(who: &str) -> Vec<String> {
    let words = ["and", "y", "et", "und"];
    let parts = who.split(['&', ',', '+', '/']);
    let parts = parts.flat_map(|part| {
        let mut names = vec![String::new()];
        for word in part.split_whitespace() {
            match names.last_mut() {
                _ if words.contains(&word) => names.push(String::new()),
                Some(last) if last.is_empty() => last.push_str(word),
                Some(last) => last.push_str(&format!(" {word}")),
                None => {}
            }
        }
        names
    });
    parts.filter(|it| !it.is_empty()).collect()
}

fn numbers(text: &str) -> Vec<(u32, u32)> {
    let Some(number) = NUMBER.as_ref() else { return Vec::new() };
    let one = |found: regex::Captures<'_>| {
        let first: u32 = found.get(1)?.as_str().parse().ok()?;
        let last = found.get(2).and_then(|it| it.as_str().parse().ok());
        let last: u32 = last.unwrap_or(first);
        // `106-8` is 106 to 108.
        let last = if last < first { shortened(first, last) } else { last };
        Some((first, last))
    };
    number.captures_iter(text).filter_map(one).collect()
}

fn shortened(first: u32, last: u32) -> u32 {
    let scale = 10_u32.saturating_pow(last.checked_ilog10().unwrap_or(0) + 1);
    let long = first / scale * scale + last;
    if long < first { first } else { long }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_whatever_zeros_spaces_and_capitals() {
        for (one, other) in [("CoP 09", "cop-9"), ("P011", "P11"), ("Grupo 100", "grupo100")] {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("P1"), key("P10"));
        assert_eq!(key("P0"), "p0");
        assert_eq!(numbers("50-52, 60 and 106–8"), [(50, 52), (60, 60), (106, 108)]);
    }
}
