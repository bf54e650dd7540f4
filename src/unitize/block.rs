//! What a format hands over: lines of text, without markup, in order.

use std::borrow::Cow;

/// One line or paragraph of a document, trimmed, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block<'a> {
    /// Where it begins: the line of the file, or the paragraph of the document, from 1.
    pub line: u32,
    /// What part of a document it is.
    pub kind: BlockKind,
    /// Whether it follows a line break inside one paragraph, so that, without a label of its own, it
    /// belongs to the block before it.
    pub continues: bool,
    /// How many bytes at its beginning are set in bold; 0 if none.
    pub strong: usize,
    /// The text.
    pub text: Cow<'a, str>,
}

impl<'a> Block<'a> {
    /// A block of plain text.
    #[must_use]
    pub fn text(line: u32, text: impl Into<Cow<'a, str>>) -> Self {
        Self { line, kind: BlockKind::Text, continues: false, strong: 0, text: text.into() }
    }
}

/// What part of a document a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A line or paragraph.
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
