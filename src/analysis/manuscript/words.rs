//! The words of a study, and where a quotation's words stand among them.
//!
//! Words are compared one by one. Quotation marks, dashes, points and commas are no words: a typesetter sets them. The case of
//! a letter counts, except where a stretch begins, because there a sentence of the paper begins.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::pattern::{Pattern, Piece, word};
use crate::domain::id::ParticipantId;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;

/// How many paragraphs of others, a "mm" or a laugh, may lie inside what is quoted as one stretch.
const BETWEEN: u32 = 3;

/// How many words of a quotation are looked at where it stands nowhere as it is: what is longer is no quotation.
const LONGEST: usize = 400;

/// One word of the talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    exact: u32,
    folded: u32,
    /// The paragraph it stands in.
    pub(super) paragraph: u32,
    /// The place of who speaks among the participants; absent for headings and stage directions.
    pub(super) speaker: Option<u32>,
    /// Whether it is what a transcriber noted in brackets: a quotation may leave it out.
    noted: bool,
}

/// Numbers for words, so that a word is compared as a number.
#[derive(Debug, Default)]
pub(super) struct Dictionary(BTreeMap<String, u32>);

impl Dictionary {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.0.get(word) {
            return *known;
        }
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(word.to_owned(), next);
        next
    }
}

/// All words of a study.
#[derive(Debug)]
pub(super) struct Words<'a> {
    dictionary: Dictionary,
    people: Vec<&'a ParticipantId>,
    /// Per transcript, in the order of the study, its words.
    texts: Vec<(&'a Transcript, Vec<Spoken>)>,
}

/// Where words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stands {
    /// The place of the transcript in the study.
    pub(super) text: usize,
    /// The first paragraph.
    pub(super) first: u32,
    /// The last paragraph.
    pub(super) last: u32,
    /// Who says them.
    pub(super) speakers: Vec<ParticipantId>,
}

/// Whose words are looked at, and of which paragraphs.
#[derive(Debug, Clone, Default)]
pub(super) struct Within<'b> {
    /// Only these transcripts; all where it is empty.
    pub(super) texts: &'b [usize],
    /// Only these people; anybody where it is empty.
    pub(super) speakers: &'b [ParticipantId],
    /// Only these paragraphs; all without.
    pub(super) paragraphs: Option<&'b [(u32, u32)]>,
}

/// Words that come near.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Near {
    /// Where.
    pub(super) stands: Stands,
    /// Which part of the quotation's words stands there in order, 0 to 1.
    pub(super) share: f64,
    /// The words of the quotation that do not.
    pub(super) missing: Vec<String>,
}

/// The words of a paragraph.
pub(super) fn spoken(
    text: &str,
    paragraph: u32,
    speaker: Option<u32>,
    dictionary: &mut Dictionary,
) -> Vec<Spoken> {
    let normal: String = text.nfc().collect();
    let mut out = Vec::new();
    let (mut rest, mut depth) = (normal.as_str(), 0_usize);
    while let Some(first) = rest.chars().next() {
        let word = word(rest);
        if word.is_empty() {
            match first {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let plain = word.replace('’', "'");
        let (exact, folded) = (dictionary.number(&plain), dictionary.number(&plain.to_lowercase()));
        let noted = depth > 0 || speaker.is_none();
        out.push(Spoken { exact, folded, paragraph, speaker, noted });
        rest = rest.get(word.len()..).unwrap_or_default();
    }
    out
}

/// A run of words without a gap, as numbers, and how many words may lie before it.
pub(super) struct Fragment {
    leap: usize,
    words: Vec<(u32, u32)>,
}

/// A pattern as numbers; nothing where a word of it is nowhere.
pub(super) fn fragments(pattern: &Pattern, dictionary: &Dictionary) -> Option<Vec<Fragment>> {
    let mut all: Vec<Fragment> = Vec::new();
    let mut leap = Some(0);
    for piece in &pattern.pieces {
        match piece {
            Piece::Gap(most) => leap = Some(*most),
            Piece::Word(exact, folded) => {
                let folded = *dictionary.0.get(folded)?;
                // A word that nobody wrote so can still begin a stretch.
                let exact = dictionary.0.get(exact).copied().unwrap_or(u32::MAX);
                match (leap.take(), all.last_mut()) {
                    (None, Some(last)) => last.words.push((exact, folded)),
                    (leap, _) => {
                        all.push(Fragment { leap: leap.unwrap_or(0), words: vec![(exact, folded)] })
                    }
                }
            }
        }
    }
    (!all.is_empty()).then_some(all)
}

/// Where the fragments end, one after the other, if the first begins at `at`.
pub(super) fn matched(all: &[&Spoken], at: usize, fragments: &[Fragment]) -> Option<usize> {
    let (first, rest) = fragments.split_first()?;
    let mut end = run(all, at, &first.words)?;
    for fragment in rest {
        let last = (end + fragment.leap).min(all.len());
        end = (end..=last).find_map(|from| run(all, from, &fragment.words))?;
    }
    Some(end)
}

/// Where a run of words ends that begins at `at`.
fn run(all: &[&Spoken], at: usize, words: &[(u32, u32)]) -> Option<usize> {
    let mut place = at;
    let mut before: Option<&Spoken> = None;
    for (nth, (exact, folded)) in words.iter().enumerate() {
        loop {
            let here = *all.get(place)?;
            let same = here.exact == *exact || (nth == 0 && here.folded == *folded);
            if same && before.is_none_or(|it| here.paragraph <= it.paragraph + BETWEEN) {
                before = Some(here);
                break;
            }
            if nth == 0 || !here.noted {
                return None;
            }
            place += 1;
        }
        place += 1;
    }
    Some(place)
}

impl<'a> Words<'a> {
    /// The words of all transcripts that stand.
    #[must_use]
    pub(super) fn of(study: &'a Study) -> Self {
        let mut dictionary = Dictionary::default();
        let people: Vec<&ParticipantId> = study.participants.iter().map(|it| &it.id).collect();
        let mut place: BTreeMap<&ParticipantId, u32> = people.iter().copied().zip(0..).collect();
        let mut all_people = people;
        let mut texts = Vec::new();
        for transcript in &study.transcripts {
            let mut words = Vec::new();
            for (number, paragraph) in (1..).zip(&transcript.paragraphs) {
                let speaker = paragraph.speaker.as_ref().map(|id| {
                    *place.entry(id).or_insert_with(|| {
                        all_people.push(id);
                        u32::try_from(all_people.len() - 1).unwrap_or(u32::MAX)
                    })
                });
                words.extend(spoken(&paragraph.text, number, speaker, &mut dictionary));
            }
            texts.push((transcript, words));
        }
        Self { dictionary, people: all_people, texts }
    }

    /// The words that a question is about, text by text.
    fn within<'b>(
        &'b self,
        within: &'b Within<'b>,
    ) -> impl Iterator<Item = (usize, Vec<&'b Spoken>)> {
        let wanted: Vec<u32> = (0..)
            .zip(&self.people)
            .filter(|(_, id)| within.speakers.contains(id))
            .map(|(at, _)| at)
            .collect();
        let texts = self.texts.iter().enumerate();
        let texts = texts.filter(|(at, _)| within.texts.is_empty() || within.texts.contains(at));
        texts.map(move |(at, (_, words))| {
            let here = words.iter().filter(|word| {
                let by = within.speakers.is_empty()
                    || word.speaker.is_none()
                    || word.speaker.is_some_and(|it| wanted.contains(&it));
                let at = word.paragraph;
                by && within.paragraphs.is_none_or(|all| {
                    all.iter().any(|(first, last)| (*first..=*last).contains(&at))
                })
            });
            (at, here.collect())
        })
    }

    /// The first place where all words of a quotation stand.
    #[must_use]
    pub(super) fn find(&self, pattern: &Pattern, within: &Within<'_>) -> Option<Stands> {
        let fragments = fragments(pattern, &self.dictionary)?;
        let first = fragments.first()?.words.first()?.1;
        self.within(within).find_map(|(text, words)| {
            let starts = (0..words.len()).filter(|at| words[*at].folded == first);
            let (from, end) =
                starts.into_iter().find_map(|at| Some((at, matched(&words, at, &fragments)?)))?;
            Some(self.stands(text, words.get(from..end)?))
        })
    }

    fn stands(&self, text: usize, words: &[&Spoken]) -> Stands {
        let said = || words.iter().filter(|it| it.speaker.is_some());
        let mut speakers: Vec<ParticipantId> = Vec::new();
        for person in said().filter_map(|it| self.people.get(it.speaker? as usize)) {
            if !speakers.contains(person) {
                speakers.push((*person).clone());
            }
        }
        let first = said().next().or(words.first());
        let last = said().next_back().or(words.last());
        Stands {
            text,
            first: first.map_or(0, |it| it.paragraph),
            last: last.map_or(0, |it| it.paragraph),
            speakers,
        }
    }

    /// Where most words of a quotation stand in order.
    #[must_use]
    pub(super) fn nearest(&self, pattern: &Pattern, within: &Within<'_>) -> Option<Near> {
        let asked: Vec<(u32, u32)> = pattern
            .exact()
            .zip(pattern.folded())
            .map(|(exact, folded)| {
                let number = |word: &str| self.dictionary.0.get(word).copied().unwrap_or(u32::MAX);
                (number(exact), number(folded))
            })
            .collect();
        let asked = asked.get(..LONGEST).unwrap_or(&asked);
        let shown: Vec<&str> = pattern.exact().take(LONGEST).collect();
        let mut best: Option<(usize, usize, Vec<&Spoken>)> = None;
        for (text, words) in self.within(within) {
            let window = window(asked, &words, within.paragraphs.is_some());
            let Some((count, range)) = window else { continue };
            if best.as_ref().is_none_or(|(most, ..)| count > *most) {
                best = Some((count, text, words.get(range)?.to_vec()));
            }
        }
        let (_, text, words) = best?;
        let (kept, stretch) = in_order(asked, &words);
        let missing: Vec<String> = shown
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| !**kept)
            .map(|(word, _)| (*word).to_owned())
            .collect();
        let there = asked.len() - missing.len();
        let share = part(there, asked.len())?;
        Some(Near { stands: self.stands(text, words.get(stretch)?), share, missing })
    }
}

/// One number over another; absent over 0.
fn part(part: usize, of: usize) -> Option<f64> {
    let number = |it: usize| u32::try_from(it).ok().map(f64::from);
    number(of).filter(|it| *it > 0.0).zip(number(part)).map(|(of, part)| part / of)
}

/// Which part of the longer of two quotations stands in order in both, 0 to 1.
#[must_use]
pub(super) fn likeness(one: &Pattern, other: &Pattern) -> f64 {
    let mut dictionary = Dictionary::default();
    let mut words = |pattern: &Pattern| -> Vec<(u32, u32)> {
        let folded: Vec<u32> =
            pattern.folded().take(LONGEST).map(|it| dictionary.number(it)).collect();
        folded.into_iter().map(|it| (it, it)).collect()
    };
    let (one, other) = (words(one), words(other));
    let spoken: Vec<Spoken> = other
        .iter()
        .map(|(exact, folded)| Spoken {
            exact: *exact,
            folded: *folded,
            paragraph: 1,
            speaker: None,
            noted: false,
        })
        .collect();
    let (kept, _) = in_order(&one, &spoken.iter().collect::<Vec<_>>());
    let same = kept.iter().filter(|it| **it).count();
    part(same, one.len().max(other.len())).unwrap_or(0.0)
}

/// The stretch of a text that holds most of these words, and how many; the whole of it where it was named.
fn window(
    asked: &[(u32, u32)],
    words: &[&Spoken],
    whole: bool,
) -> Option<(usize, std::ops::Range<usize>)> {
    let mut wanted: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, folded) in asked {
        *wanted.entry(*folded).or_default() += 1;
    }
    let length = if whole { words.len() } else { (asked.len() * 3 / 2 + 4).min(words.len()) };
    if length == 0 {
        return None;
    }
    let mut held: BTreeMap<u32, usize> = BTreeMap::new();
    let (mut count, mut best) = (0_usize, (0_usize, 0..length));
    for (at, word) in words.iter().enumerate() {
        if let Some(most) = wanted.get(&word.folded) {
            let here = held.entry(word.folded).or_default();
            count += usize::from(*here < *most);
            *here += 1;
        }
        if let Some(gone) = at.checked_sub(length).and_then(|it| words.get(it))
            && let (Some(most), Some(here)) = (wanted.get(&gone.folded), held.get_mut(&gone.folded))
        {
            count -= usize::from(*here <= *most);
            *here -= 1;
        }
        if count > best.0 {
            best = (count, (at + 1).saturating_sub(length)..at + 1);
        }
    }
    (best.0 > 0).then_some(best)
}

/// Which of the words stand in order among others (a longest common subsequence), and from where to where they stand.
fn in_order(asked: &[(u32, u32)], words: &[&Spoken]) -> (Vec<bool>, std::ops::Range<usize>) {
    let same = |nth: usize, at: usize| {
        asked.get(nth).zip(words.get(at)).is_some_and(|((exact, folded), it)| {
            it.exact == *exact || (nth == 0 && it.folded == *folded)
        })
    };
    let (rows, columns) = (asked.len(), words.len());
    let width = columns + 1;
    let mut longest = vec![0_u32; (rows + 1) * width];
    let value = |table: &[u32], at: usize| table.get(at).copied().unwrap_or(0);
    for nth in (0..rows).rev() {
        for at in (0..columns).rev() {
            let found = if same(nth, at) {
                value(&longest, (nth + 1) * width + at + 1) + 1
            } else {
                value(&longest, (nth + 1) * width + at).max(value(&longest, nth * width + at + 1))
            };
            if let Some(cell) = longest.get_mut(nth * width + at) {
                *cell = found;
            }
        }
    }
    let mut kept = vec![false; rows];
    let (mut nth, mut at) = (0, 0);
    let (mut first, mut last) = (None, 0);
    while nth < rows && at < columns {
        if same(nth, at) {
            if let Some(kept) = kept.get_mut(nth) {
                *kept = true;
            }
            first = first.or(Some(at));
            last = at + 1;
            nth += 1;
            at += 1;
        } else if value(&longest, (nth + 1) * width + at) >= value(&longest, nth * width + at + 1) {
            nth += 1;
        } else {
            at += 1;
        }
    }
    (kept, first.unwrap_or(0)..last)
}
