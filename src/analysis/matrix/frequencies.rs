//! How often words are said, over any axis: words that carry no theme left out.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::entries::{At, Entries};
use super::people::{People, Speaker};
use super::{Axes, Head, Options, Source};
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::language::{detect, fold, talk, tokens};

/// Words and how often they are said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frequencies {
    /// The entries of the axis; none where none was asked for.
    pub columns: Vec<Head>,
    /// The words, most often first, then by letter.
    pub rows: Vec<Word>,
    /// Words counted.
    pub counted: u64,
    /// Words left out because they carry no theme.
    pub left_out: u64,
    /// Languages of which such words are known and were left out, by tag.
    pub languages: BTreeSet<String>,
    /// Transcripts in a language of which none are known: all their words are counted.
    pub unknown: BTreeSet<String>,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// In small letters.
    pub word: String,
    /// How often it is said.
    pub count: u64,
    /// By how many people.
    pub participants: u64,
    /// In how many cases.
    pub cases: u64,
    /// How often in each entry of the axis; it may be in several, or in none.
    pub cells: Vec<u64>,
}

/// What is known of a word while words are counted.
#[derive(Default)]
struct Said {
    count: u64,
    people: HashSet<u32>,
    cases: BTreeSet<usize>,
    cells: BTreeMap<u32, u64>,
}

/// How often participants (with `options.with_moderator` everybody) say which words in the units of a source, and how often
/// in each entry of an axis. Who withdrew is not among them.
#[must_use]
pub fn frequencies(
    study: &Study,
    source: &Source<'_>,
    axes: Option<&Axes>,
    options: &Options,
) -> Frequencies {
    let sources = std::slice::from_ref(source);
    let everybody = options.with_moderator || axes.is_some_and(|it| it.has(&super::Axis::Role));
    let people = People::of(study, true, everybody, false, options);
    let entries = axes.map(|it| Entries::of(it, study, &people, sources, options.exact, false));
    let mut found = Frequencies::default();
    let mut stops: BTreeMap<&str, (String, Option<HashSet<&'static str>>)> = BTreeMap::new();
    let mut said: HashMap<String, Said> = HashMap::new();
    let (mut members, mut scratch) = (Vec::new(), String::new());
    for (place, &unit) in source.decisions.units.iter().enumerate() {
        let Some(known) = study.unit_at(unit) else { continue };
        let transcript = study.transcript_of(unit);
        let (tag, stop) = stops
            .entry(transcript.id.as_str())
            .or_insert_with(|| empty_words(transcript, &mut found));
        let case = study.cases.iter().position(|it| it.id == transcript.case);
        for (_, speaker, text) in transcript.pieces(known.locator.span()) {
            let Some(person) = speaker.and_then(|id| people.counts(id)) else { continue };
            let speakers = [Speaker { person, words: 0 }];
            let decided = source.decisions.unit(place);
            let at = At { source: 0, unit, decided, speakers: &speakers };
            members.clear();
            if let Some(entries) = &entries {
                entries.members(&at, &mut members);
            }
            tokens::each(text, &mut scratch, |word| {
                let base = tokens::base(tag, word);
                let carries_none =
                    |it: &str| stop.as_ref().is_some_and(|stop| stop.contains(&*fold(it)));
                if carries_none(word) || carries_none(base) {
                    found.left_out += 1;
                    return;
                }
                found.counted += 1;
                // What was elided before a word is no part of it; `group's` stays what was said.
                let word = if word.ends_with(base) { base } else { word };
                if !said.contains_key(word) {
                    said.insert(word.to_owned(), Said::default());
                }
                let Some(of) = said.get_mut(word) else { return };
                of.count += 1;
                of.people.insert(person);
                of.cases.extend(case);
                for member in &members {
                    *of.cells.entry(*member).or_default() += 1;
                }
            });
        }
    }
    let width = entries.as_ref().map_or(0, |it| it.ids.len());
    found.columns = (0..width).filter_map(|at| entries.as_ref()?.head(at)).collect();
    found.rows = in_order(said, width);
    found
}

/// The words, most often first, then by letter.
fn in_order(said: HashMap<String, Said>, width: usize) -> Vec<Word> {
    let word = |(word, of): (String, Said)| {
        let mut cells = vec![0; width];
        for (at, count) in of.cells {
            if let Some(cell) = cells.get_mut(at as usize) {
                *cell = count;
            }
        }
        Word {
            word,
            count: of.count,
            participants: of.people.len() as u64,
            cases: of.cases.len() as u64,
            cells,
        }
    };
    let mut rows: Vec<Word> = said.into_iter().map(word).collect();
    rows.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.word.cmp(&other.word)));
    rows
}

/// The language of a transcript, and its words that carry no theme; nothing where none are known of it.
fn empty_words(
    transcript: &Transcript,
    found: &mut Frequencies,
) -> (String, Option<HashSet<&'static str>>) {
    let detected = || detect::detect(transcript.paragraphs.iter().map(|it| it.text.as_str()));
    let tag = match talk::primary(&transcript.language) {
        tag if tag.is_empty() => detected().unwrap_or_default().to_owned(),
        tag => tag,
    };
    let mut words: HashSet<&'static str> = detect::commonest(&tag).iter().copied().collect();
    words.extend(talk::talk(&tag).map_or(&[][..], |it| it.empty));
    if words.is_empty() {
        found.unknown.insert(transcript.id.to_string());
        return (tag, None);
    }
    found.languages.insert(tag.clone());
    (tag, Some(words))
}
