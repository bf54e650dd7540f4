//! Every distinct word of a text once, with what is known of it.

use std::collections::{HashMap, HashSet};

use rust_stemmers::Stemmer;

use crate::language::fold;
use crate::language::talk::{self, Talk};
use crate::language::tokens;

/// What is known of one distinct word.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// The number of its stem among all stems.
    pub(super) stem: u32,
    /// Whether it carries no theme, so that it stays out of the content words.
    pub(super) empty: bool,
    /// Whether it is long enough to tell new vocabulary by.
    pub(super) long: bool,
    pub(super) opens: bool,
    pub(super) thanks: bool,
    /// Folded, for phrases.
    pub(super) folded: Box<str>,
    /// The phrases of the language that begin with it.
    pub(super) phrases: Box<[u16]>,
}

/// The distinct words of a text, in order of appearance, and their stems.
pub(super) struct Vocabulary {
    talk: Option<&'static Talk>,
    stemmer: Option<Stemmer>,
    tag: String,
    by_spelling: HashMap<Box<str>, u32>,
    by_stem: HashMap<Box<str>, u32>,
    words: Vec<Word>,
}

impl Vocabulary {
    /// An empty one for a language.
    pub(super) fn new(tag: &str) -> Self {
        Self {
            talk: talk::talk(tag),
            stemmer: talk::stemmer(tag),
            tag: talk::primary(tag),
            by_spelling: HashMap::new(),
            by_stem: HashMap::new(),
            words: Vec::new(),
        }
    }

    /// The number of a word in small letters.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.by_spelling.get(word) {
            return *known;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let word_known = self.look_at(word);
        self.words.push(word_known);
        self.by_spelling.insert(word.into(), number);
        number
    }

    pub(super) fn word(&self, number: u32) -> Option<&Word> {
        self.words.get(number as usize)
    }

    /// How many stems there are.
    pub(super) fn stems(&self) -> usize {
        self.by_stem.len()
    }

    /// The phrases with which somebody moves on.
    pub(super) fn phrases(&self) -> &'static [&'static str] {
        self.talk.map_or(&[], |talk| talk.moves)
    }

    fn look_at(&mut self, word: &str) -> Word {
        let base = tokens::base(&self.tag, word);
        let folded = fold(word);
        let stem: Box<str> = match &self.stemmer {
            Some(stemmer) => stemmer.stem(base).as_ref().into(),
            None => base.into(),
        };
        let next = u32::try_from(self.by_stem.len()).unwrap_or(u32::MAX);
        let stem = *self.by_stem.entry(stem).or_insert(next);
        let phrases = (0..).zip(self.phrases()).filter(|(_, phrase)| {
            phrase.split(' ').next().is_some_and(|first| matches(first, &folded))
        });
        Word {
            stem,
            empty: self.is_empty_word(&folded, &fold(base)),
            long: word.chars().count() > 3,
            opens: self.talk.is_some_and(|talk| talk.openers.contains(&folded.as_str())),
            thanks: self.talk.is_some_and(|talk| talk.thanks.contains(&folded.as_str())),
            phrases: phrases.map(|(at, _)| at).collect(),
            folded: folded.into(),
        }
    }

    fn is_empty_word(&self, folded: &str, base: &str) -> bool {
        let Some(talk) = self.talk else { return false };
        let empty: &HashSet<&str> = talk.empty_words();
        base.chars().count() < 2 || empty.contains(folded) || empty.contains(base)
    }
}

/// Whether a word is what a phrase asks for at this place.
pub(super) fn matches(wanted: &str, folded: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(beginning) => folded.starts_with(beginning),
        None => wanted == folded,
    }
}
