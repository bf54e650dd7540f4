//! What the method sees of a transcript: a row of turns, and where a cut may lie.

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

    /// Whether something is asked.
    pub(super) fn asks(&self) -> bool {
        self.texts.iter().any(|text| text.contains(['?', '？', '؟']))
    }
}
