//! A row of turns as numbers: the words of each turn, and how long it is.

use super::turn::Turn;
use super::vocabulary::Vocabulary;
use crate::language::tokens;

/// The turns of a text as numbers of words.
pub(super) struct Text {
    pub(super) vocabulary: Vocabulary,
    /// All words, one turn after the other.
    words: Vec<u32>,
    /// Where the words of each turn begin; one more at the end.
    starts: Vec<usize>,
}

impl Text {
    /// Reads turns in a language.
    pub(super) fn read(turns: &[Turn<'_>], language: &str) -> Self {
        let mut vocabulary = Vocabulary::new(language);
        let (mut words, mut starts) = (Vec::new(), vec![0]);
        let mut buffer = String::new();
        for turn in turns {
            for text in &turn.texts {
                tokens::each(text, &mut buffer, |word| words.push(vocabulary.number(word)));
            }
            starts.push(words.len());
        }
        Self { vocabulary, words, starts }
    }

    /// The words of a turn.
    pub(super) fn turn(&self, at: usize) -> &[u32] {
        self.turns(at, at + 1)
    }

    /// The words of the turns `from..to`.
    pub(super) fn turns(&self, from: usize, to: usize) -> &[u32] {
        let start = |at| self.starts.get(at).copied().unwrap_or(self.words.len());
        self.words.get(start(from)..start(to)).unwrap_or_default()
    }
}
