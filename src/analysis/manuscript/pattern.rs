//! A quotation as it stands in a manuscript, read as words and gaps: `[…]`, `[inserted words]`, labels of speakers inside.

use unicode_normalization::UnicodeNormalization;

use super::cited::Names;
use super::words::{Dictionary, Spoken, fragments, matched, spoken};
use crate::domain::id::ParticipantId;

/// How many words of the talk `[…]` may stand for.
const LEAP: usize = 1500;
/// How many words of the talk `[inserted words]` may stand in place of.
const INSERTED: usize = 8;

/// A piece of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word: as it stands, and in small letters.
    Word(String, String),
    /// So many words of the talk may be left out here.
    Gap(usize),
}

/// A quotation as words and gaps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Pattern {
    pub(super) pieces: Vec<Piece>,
    /// Whom labels inside the quotation name.
    pub(super) labelled: Vec<ParticipantId>,
}

impl Pattern {
    /// A quotation as it stands in the manuscript.
    #[must_use]
    pub(super) fn of(quotation: &str, names: &Names<'_>) -> Self {
        let text: String = quotation.nfc().collect();
        let mut pattern = Self::default();
        let mut rest = text.as_str();
        let mut at_start = true;
        while let Some(first) = rest.chars().next() {
            if at_start && let Some((person, end)) = names.label(rest) {
                pattern.labelled.push(person.clone());
                pattern.gap(0);
                rest = &rest[end..];
                continue;
            }
            let taken = pattern.take(rest, first);
            at_start = !first.is_alphanumeric() && first != '\'';
            rest = rest.get(taken..).unwrap_or_default();
        }
        while matches!(pattern.pieces.last(), Some(Piece::Gap(_))) {
            pattern.pieces.pop();
        }
        let leading = pattern.pieces.iter().take_while(|it| matches!(it, Piece::Gap(_))).count();
        pattern.pieces.drain(..leading);
        pattern
    }

    /// Takes a word, a bracket or a sign, and says how many bytes that were.
    fn take(&mut self, rest: &str, first: char) -> usize {
        if let Some((inside, end)) = bracket(rest) {
            if is_ellipsis(inside) {
                self.gap(LEAP);
                return end;
            }
            if first == '[' {
                return end + self.inserted(inside, rest.get(end..).unwrap_or_default());
            }
        }
        if first == '…' {
            self.gap(LEAP);
            return first.len_utf8();
        }
        if rest.starts_with("...") || rest.starts_with(". . .") {
            self.gap(LEAP);
            return rest.len() - rest.trim_start_matches(['.', ' ']).len();
        }
        let word = word(rest);
        if word.is_empty() {
            return first.len_utf8();
        }
        let plain = word.replace('’', "'");
        self.pieces.push(Piece::Word(plain.clone(), plain.to_lowercase()));
        // `go[es]`: the word is another, nobody knows which.
        let after = rest.get(word.len()..).unwrap_or_default();
        match bracket(after).filter(|it| after.starts_with('[') && !is_ellipsis(it.0)) {
            Some((_, end)) => {
                self.pieces.pop();
                self.gap(2);
                word.len() + end + leading_word(after.get(end..).unwrap_or_default())
            }
            None => word.len(),
        }
    }

    /// `[the chair]` stands in place of words, `[I]t` for `it`; says how many bytes behind the bracket belong to it.
    fn inserted(&mut self, inside: &str, behind: &str) -> usize {
        let tail = word(behind);
        let letters = !inside.is_empty() && inside.chars().all(char::is_alphabetic);
        if tail.is_empty() || !letters || inside.chars().count() > 2 {
            self.gap(INSERTED);
            return 0;
        }
        self.gap(0);
        let whole = format!("{inside}{tail}").replace('’', "'");
        self.pieces.push(Piece::Word(whole.clone(), whole.to_lowercase()));
        tail.len()
    }

    fn gap(&mut self, most: usize) {
        match self.pieces.last_mut() {
            Some(Piece::Gap(known)) => *known = (*known).max(most),
            _ => self.pieces.push(Piece::Gap(most)),
        }
    }

    /// The words, in small letters.
    pub(super) fn folded(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|it| match it {
            Piece::Word(_, folded) => Some(folded.as_str()),
            Piece::Gap(_) => None,
        })
    }

    /// The words as they stand.
    pub(super) fn exact(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|it| match it {
            Piece::Word(exact, _) => Some(exact.as_str()),
            Piece::Gap(_) => None,
        })
    }

    /// How many words there are.
    #[must_use]
    pub(super) fn count(&self) -> usize {
        self.folded().count()
    }

    /// Whether its words stand in this order in a text that is not of the study: a translation, another quotation.
    #[must_use]
    pub(super) fn is_in(&self, text: &str) -> bool {
        let mut dictionary = Dictionary::default();
        let spoken = spoken(text, 1, Some(0), &mut dictionary);
        let all: Vec<&Spoken> = spoken.iter().collect();
        let Some(fragments) = fragments(self, &dictionary) else { return false };
        (0..all.len()).any(|at| matched(&all, at, &fragments).is_some())
    }
}

/// What stands in brackets at the beginning of a text, and where they end.
fn bracket(text: &str) -> Option<(&str, usize)> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let end = text.find(close)?;
    (end < 300).then(|| (text.get(1..end).unwrap_or_default(), end + 1))
}

fn is_ellipsis(inside: &str) -> bool {
    inside.chars().all(|it| matches!(it, '.' | '…' | ' ' | '\u{a0}'))
}

/// How many bytes the word at the beginning of a text has.
fn leading_word(text: &str) -> usize {
    word(text).len()
}

/// The word at the beginning of a text: letters, digits, marks on them, apostrophes inside.
pub(super) fn word(text: &str) -> &str {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let follows = characters.peek().is_some_and(|it| it.1.is_alphanumeric());
        let inside = at > 0 && matches!(character, '\'' | '’') && follows;
        let mark = at > 0 && unicode_normalization::char::is_combining_mark(character);
        if !(character.is_alphanumeric() || inside || mark) {
            break;
        }
        end = at + character.len_utf8();
    }
    text.get(..end).unwrap_or_default()
}
