//! What the method sees of a transcript: a row of turns, and where a cut may lie.

use unicode_segmentation::UnicodeSegmentation;

/// A turn of more words than this says something.
const MOST_OF_NOTHING: u32 = 40;

/// Whether a unit may begin with a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begin {
    /// It may.
    #[default]
    May,
    /// It must: somebody has cut here by hand.
    Must,
    /// It must not: a question stays with its answer, and what was joined by hand stays joined.
    MustNot,
}

/// What begins where a cut may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Joint {
    /// A turn.
    #[default]
    Turn,
    /// A paragraph of a turn that is too long to stay whole.
    Paragraph,
    /// A sentence of one.
    Sentence,
}

/// A turn, or a sentence of one that is too long to stay whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turn<'a> {
    /// What is said, paragraph by paragraph.
    pub texts: Vec<&'a str>,
    /// Who speaks, as a number.
    pub speaker: usize,
    /// Whether a moderator or observer speaks, whose words are in no count.
    pub prompt: bool,
    /// Whether who speaks leads the conversation.
    pub leads: bool,
    /// What it begins.
    pub joint: Joint,
    /// Whether it lies in a unit that was set by hand.
    pub held: bool,
    /// Whether a heading or a printed question stands before it.
    pub headed: bool,
    /// Words of it.
    pub words: u32,
    /// Whether a unit may begin here.
    pub begin: Begin,
}

impl Turn<'_> {
    /// The words that count for the length of a unit.
    pub(super) fn counted(&self) -> u32 {
        if self.prompt { 0 } else { self.words }
    }

    /// Whether it answers a question with which somebody else ended.
    pub(super) fn answers(&self, before: &Turn<'_>) -> bool {
        self.follows() && before.speaker != self.speaker && before.ends_asking()
    }

    /// Whether it may go with what stands before it: a turn that no heading opens.
    fn follows(&self) -> bool {
        self.joint == Joint::Turn && !self.headed && !self.prompt
    }

    /// Whether it ends with a question, so that what follows answers it.
    fn ends_asking(&self) -> bool {
        let closing = ['"', '”', '’', '»', ')', ']', ' '];
        let ends =
            |text: &&str| text.trim_end_matches(closing).ends_with(['?', '？', '؟', '\u{37e}']);
        self.texts.last().is_some_and(ends)
    }

    /// Whether it says next to nothing, however often, as assent and laughter do: `No, no, no.`, `Ha ha.`
    pub(super) fn says_nothing(&self) -> bool {
        if !self.follows() || self.texts.is_empty() || self.asks() || self.words > MOST_OF_NOTHING {
            return false;
        }
        if self.words <= 3 {
            return true;
        }
        let most = (self.words as usize / 5).max(2);
        let mut different: Vec<&str> = Vec::with_capacity(most + 1);
        for word in self.texts.iter().flat_map(|text| text.unicode_words()) {
            if !different.iter().any(|it| same(it, word)) {
                different.push(word);
            }
            // Most turns say something after a few words; the rest of them is not looked at.
            if different.len() > most {
                return false;
            }
        }
        true
    }

    /// Whether something is asked.
    pub(super) fn asks(&self) -> bool {
        self.texts.iter().any(|text| text.contains(['?', '？', '؟']))
    }
}

/// Whether two words are one, capitals aside.
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.chars(), other.chars());
    one.flat_map(char::to_lowercase).eq(other.flat_map(char::to_lowercase))
}
