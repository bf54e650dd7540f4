//! The flow of a document, paragraph by paragraph and row by row, into blocks.
//!
//! What word processors and web pages have in common: paragraphs, line breaks inside them, headings,
//! tables of cells of paragraphs, and what is set in bold. Each reader says what it meets; nesting costs
//! no stack.

use super::tabular;
use crate::domain::message::Message;
use crate::read::block::{Block, BlockKind};

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its text; line breaks in it as LF.
    pub(super) text: String,
    /// Whether it is a heading.
    pub(super) heading: bool,
    /// How many bytes at its beginning are bold, as long as nothing plain came.
    strong: usize,
    plain: bool,
}

impl Paragraph {
    /// A paragraph without text yet.
    pub(super) fn new(heading: bool) -> Self {
        Self { heading, ..Self::default() }
    }

    /// Adds text. Line breaks that no line of a transcript can hold become spaces.
    pub(super) fn say(&mut self, text: &str, bold: bool) {
        for character in text.chars() {
            match character {
                '\t' | '\n' => self.text.push(character),
                '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.text.push(' '),
                _ => self.text.push(character),
            }
        }
        if bold && !self.plain {
            self.strong = self.text.len();
        } else if !text.trim().is_empty() {
            self.plain = true;
        }
    }

    /// Goes on with the text of the paragraph after it, whose mark alone parted them.
    pub(super) fn join(&mut self, next: &Paragraph) {
        self.text.push_str(&next.text);
        self.plain |= !next.text.trim().is_empty();
    }
}

/// A table row being read.
#[derive(Debug)]
struct Row {
    /// How many blocks there were when it began.
    start: usize,
    cells: u32,
    /// Paragraphs read in the cell at hand.
    paragraphs: u32,
}

/// What came of a document so far.
#[derive(Debug, Default)]
pub(super) struct Flow {
    blocks: Vec<Block<'static>>,
    rows: Vec<Row>,
    numbered: u32,
    /// Where each block stands in a table that is in no other: the row, counted through the document, and the
    /// cell.
    places: Vec<Option<(u32, u32)>>,
    /// Rows begun so far.
    begun: u32,
}

impl Flow {
    pub(super) fn begin_row(&mut self) {
        self.begun = self.begun.saturating_add(u32::from(self.rows.is_empty()));
        self.rows.push(Row { start: self.blocks.len(), cells: 0, paragraphs: 0 });
    }

    /// Ends a row; one that was taken out leaves nothing.
    pub(super) fn end_row(&mut self, kept: bool) {
        if let Some(row) = self.rows.pop().filter(|_| !kept) {
            self.blocks.truncate(row.start);
            self.places.truncate(row.start);
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.cells = row.cells.saturating_add(1);
            row.paragraphs = 0;
        }
    }

    /// Counts a paragraph; its blocks bear the number of the one begun last.
    pub(super) fn begin_paragraph(&mut self) {
        self.numbered = self.numbered.saturating_add(1);
        if let Some(row) = self.rows.last_mut() {
            row.paragraphs = row.paragraphs.saturating_add(1);
        }
    }

    /// Makes blocks of a paragraph; the lines that breaks part belong together.
    pub(super) fn write(&mut self, paragraph: &Paragraph) {
        let kind = match self.rows.as_slice() {
            [] if paragraph.heading => BlockKind::Heading,
            [] => BlockKind::Text,
            [row] if row.cells == 1 && row.paragraphs == 1 => BlockKind::FirstCell,
            _ => BlockKind::Cell,
        };
        // What stands in a table inside a cell belongs to that cell.
        let place = self.rows.first().map(|row| (self.begun, row.cells));
        let indent = paragraph.text.len() - paragraph.text.trim_start().len();
        let strong = paragraph.strong.saturating_sub(indent);
        let lines = paragraph.text.split('\n').map(str::trim).filter(|line| !line.is_empty());
        for (at, line) in lines.enumerate() {
            self.places.push(place);
            self.blocks.push(Block {
                kind,
                continues: at > 0,
                strong: if at == 0 { strong.min(line.len()) } else { 0 },
                ..Block::text(self.numbered, line.to_owned())
            });
        }
    }

    /// How many blocks there are so far.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The blocks, and what is said of tables of turns among them: in those, a column says who speaks.
    pub(super) fn finish(self) -> (Vec<Block<'static>>, Vec<Message>) {
        tabular::turns_of_document(self.blocks, &self.places)
    }
}
