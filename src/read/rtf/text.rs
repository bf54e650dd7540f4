//! The text of a rich text: its paragraphs, and the rows and cells that their marks alone make.

use crate::domain::message::Message;
use crate::read::block::Block;
use crate::read::flow::{Flow, Paragraph};

/// What was said so far.
#[derive(Debug, Default)]
pub(super) struct Text {
    flow: Flow,
    /// The paragraph at hand.
    paragraph: Paragraph,
    /// Paragraphs that wait while the words in a drawn box are read.
    waiting: Vec<Paragraph>,
    row_open: bool,
    cell_open: bool,
}

impl Text {
    pub(super) fn say(&mut self, text: &str, bold: bool) {
        self.paragraph.say(text, bold);
    }

    pub(super) fn begin_box(&mut self) {
        self.waiting.push(std::mem::take(&mut self.paragraph));
    }

    pub(super) fn end_box(&mut self) {
        if let Some(paragraph) = self.waiting.pop() {
            self.paragraph = paragraph;
        }
    }

    /// Ends the paragraph at hand; in a table it opens the row and cell in which it stands.
    pub(super) fn end_paragraph(&mut self, heading: bool, in_table: bool) {
        if self.waiting.is_empty() {
            if in_table {
                self.begin_cell();
            } else {
                self.end_row();
            }
        }
        let mut paragraph = std::mem::take(&mut self.paragraph);
        paragraph.heading = heading;
        self.flow.begin_paragraph();
        self.flow.write(&paragraph);
    }

    fn begin_cell(&mut self) {
        if !self.row_open {
            self.flow.begin_row();
        }
        if !self.cell_open {
            self.flow.begin_cell();
        }
        (self.row_open, self.cell_open) = (true, true);
    }

    /// Ends a cell; one of a table inside a cell is a paragraph of that.
    pub(super) fn end_cell(&mut self, heading: bool, outermost: bool) {
        self.end_paragraph(heading, true);
        self.cell_open &= !outermost;
    }

    pub(super) fn end_row(&mut self) {
        if self.row_open {
            self.flow.end_row(true);
        }
        (self.row_open, self.cell_open) = (false, false);
    }

    /// The blocks, where the file breaks off what was said until then, and what is said of tables of turns.
    pub(super) fn finish(mut self) -> (Vec<Block<'static>>, Vec<Message>) {
        while let Some(paragraph) = self.waiting.pop() {
            self.end_paragraph(false, false);
            self.paragraph = paragraph;
        }
        self.end_paragraph(false, false);
        self.flow.finish()
    }
}
