//! What a format hands over: lines of text, without markup, in order.

use std::borrow::Cow;

use crate::domain::time::Offset;

/// One line or paragraph of a document, trimmed, never empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block<'a> {
    /// Where it begins: the line of the file, or the paragraph of the document, from 1.
    pub line: u32,
    /// What part of a document it is.
    pub kind: BlockKind,
    /// Whether it follows a line break inside one paragraph, so that, without a label of its own, it
    /// belongs to the block before it.
    pub continues: bool,
    /// Whether a mark says that somebody else speaks from here on: whoever spoke before does not, and
    /// without a label nobody knows who does.
    pub changes_speaker: bool,
    /// How many bytes at its beginning are set in bold; 0 if none.
    pub strong: usize,
    /// What the format itself says about who speaks.
    pub voice: Voice<'a>,
    /// Where it is in the recording, if the format itself says so.
    pub time: Option<Offset>,
    /// Its stretch of the recording, if it is a piece of speech that was cut where the screen or the
    /// machine cut it: pieces of one speaker join into paragraphs.
    pub piece: Option<Piece>,
    /// The text.
    pub text: Cow<'a, str>,
}

/// What a format says about who speaks in a block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Voice<'a> {
    /// Nothing: a label may stand in the text.
    #[default]
    Unsaid,
    /// This speaker: a voice tag, a field, a column. The text holds no label.
    Named(Cow<'a, str>),
    /// Somebody it does not name: the text holds no label.
    Unknown,
    /// Nobody: the text is no speech and holds no label.
    Nobody,
}

/// A stretch of the recording, in thousandths of a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins.
    pub from: u64,
    /// Where it ends.
    pub to: u64,
}

impl Piece {
    /// Where it begins, in whole seconds.
    #[must_use]
    pub fn start(self) -> Offset {
        Offset(u32::try_from(self.from / 1000).unwrap_or(u32::MAX))
    }
}

impl<'a> Block<'a> {
    /// A block of plain text.
    #[must_use]
    pub fn text(line: u32, text: impl Into<Cow<'a, str>>) -> Self {
        Self { line, text: text.into(), ..Self::default() }
    }

    /// The same block, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Block<'static> {
        let voice = match self.voice {
            Voice::Unsaid => Voice::Unsaid,
            Voice::Named(name) => Voice::Named(Cow::Owned(name.into_owned())),
            Voice::Unknown => Voice::Unknown,
            Voice::Nobody => Voice::Nobody,
        };
        let text = Cow::Owned(self.text.into_owned());
        let Self { line, kind, continues, changes_speaker, strong, time, piece, .. } = self;
        Block { line, kind, continues, changes_speaker, strong, voice, time, piece, text }
    }

    /// The same block, said by the speaker whom the format names.
    #[must_use]
    pub fn said_by(self, name: impl Into<Cow<'a, str>>) -> Self {
        Self { voice: Voice::Named(name.into()), ..self }
    }

    /// The same block, said by somebody whom the format does not name.
    #[must_use]
    pub fn said_by_somebody(self) -> Self {
        Self { voice: Voice::Unknown, ..self }
    }

    /// The same block, said by nobody.
    #[must_use]
    pub fn said_by_nobody(self) -> Self {
        Self { voice: Voice::Nobody, ..self }
    }

    /// The same block, at this place in the recording.
    #[must_use]
    pub fn at(self, time: Option<Offset>) -> Self {
        Self { time, ..self }
    }

    /// The same block as a piece of speech, to be joined to others of its speaker.
    #[must_use]
    pub fn piece(self, piece: Piece) -> Self {
        Self { time: Some(piece.start()), piece: Some(piece), ..self }
    }
}

/// What part of a document a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BlockKind {
    /// A line or paragraph.
    #[default]
    Text,
    /// A heading: nobody says it, and the turn before it ends there.
    Heading,
    /// A whole row of a table, its cells parted by TAB.
    Row,
    /// A paragraph in the first cell of a row.
    FirstCell,
    /// A paragraph in a later cell of a row.
    Cell,
}

impl BlockKind {
    /// Whether it stands in a table.
    #[must_use]
    pub fn in_table(self) -> bool {
        matches!(self, Self::Row | Self::FirstCell | Self::Cell)
    }

    /// Whether whoever spoke before does not speak here, unless a label says so.
    #[must_use]
    pub fn ends_turn(self) -> bool {
        matches!(self, Self::Heading | Self::Row | Self::FirstCell)
    }
}
