//! The body of a Word document, read event by event, without recursion: nesting costs no stack.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::xml::{self, attribute};
use crate::domain::message::Message;
use crate::msg;
use crate::unitize::block::{Block, BlockKind};

/// A paragraph being read.
#[derive(Debug, Default)]
struct Paragraph {
    /// Its text; line breaks in it as LF.
    text: String,
    /// How many bytes at its beginning are bold, as long as nothing plain came.
    strong: usize,
    plain: bool,
    heading: bool,
    /// Whether its mark was deleted, so that the next one goes on in it.
    joins_next: bool,
}

/// A table row being read.
#[derive(Debug)]
struct Row {
    /// How many blocks there were when it began.
    start: usize,
    deleted: bool,
    cells: u32,
    /// Paragraphs read in the cell at hand.
    paragraphs: u32,
}

/// What is being read, and what came of it.
#[derive(Debug, Default)]
pub(super) struct Body {
    headings: BTreeSet<String>,
    blocks: Vec<Block<'static>>,
    /// Open paragraphs; a text box has its own inside another's.
    open: Vec<Paragraph>,
    /// A paragraph whose mark was deleted, waiting for the next.
    carried: Option<Paragraph>,
    rows: Vec<Row>,
    /// For each open field whether its instruction is being read.
    fields: Vec<bool>,
    /// For each open alternative whether its first choice was taken.
    alternatives: Vec<bool>,
    /// How deep inside something that is nobody's speech; 0 outside.
    skipped: u32,
    numbered: u32,
    in_paragraph_properties: bool,
    in_row_properties: bool,
    in_run_properties: bool,
    in_run: bool,
    in_text: bool,
    bold: bool,
    hidden: bool,
    hidden_pieces: u32,
    deleted_pieces: u32,
    embedded: u32,
}

impl Body {
    pub(super) fn new(headings: BTreeSet<String>) -> Self {
        Self { headings, ..Self::default() }
    }

    pub(super) fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => self.start(element),
            Event::End(element) => self.end(element.local_name().as_ref()),
            event if self.in_text && self.skipped == 0 => {
                let mut text = String::new();
                xml::push(&mut text, event);
                self.say(&text.replace(['\n', '\r'], " "));
            }
            _ => {}
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let local = element.local_name();
        let name = local.as_ref();
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        match name {
            "p" => self.begin_paragraph(),
            "pPr" => self.in_paragraph_properties = true,
            "trPr" => self.in_row_properties = true,
            "rPr" => self.in_run_properties = true,
            "r" => {
                self.in_run = true;
                (self.bold, self.hidden) = (false, false);
            }
            "t" => self.in_text = true,
            "tr" => {
                let start = self.blocks.len();
                self.rows.push(Row { start, deleted: false, cells: 0, paragraphs: 0 });
            }
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells += 1;
                    row.paragraphs = 0;
                }
            }
            "AlternateContent" => self.alternatives.push(false),
            "Choice" => {
                if let Some(taken) = self.alternatives.last_mut() {
                    *taken = true;
                }
            }
            "Fallback" if self.alternatives.last() == Some(&true) => self.skipped = 1,
            "altChunk" => self.embedded += 1,
            "rt" | "sectPr" | "delText" | "instrText" | "delInstrText" => self.skipped = 1,
            _ if name.ends_with("PrChange") => self.skipped = 1,
            "del" | "moveFrom" => self.deletion(),
            _ => self.detail(name, element),
        }
    }

    /// Something deleted or moved away: a paragraph's mark, a row, or a piece of text.
    fn deletion(&mut self) {
        if self.in_paragraph_properties {
            if let Some(paragraph) = self.open.last_mut() {
                paragraph.joins_next = true;
            }
        } else if self.in_row_properties {
            if let Some(row) = self.rows.last_mut() {
                row.deleted = true;
            }
        } else if !self.in_run_properties {
            self.deleted_pieces += 1;
            self.skipped = 1;
        }
    }

    /// Properties of paragraphs and runs, and what stands for a character.
    fn detail(&mut self, name: &str, element: &BytesStart<'_>) {
        let value = || attribute(element, "val");
        let on = || !value().is_some_and(|it| matches!(it.as_str(), "0" | "false" | "off"));
        if self.in_paragraph_properties {
            let heading = match name {
                "pStyle" => value().is_some_and(|it| self.headings.contains(&it)),
                "outlineLvl" => {
                    value().and_then(|it| it.parse::<u8>().ok()).is_some_and(|it| it < 9)
                }
                _ => false,
            };
            if let (true, Some(paragraph)) = (heading, self.open.last_mut()) {
                paragraph.heading = true;
            }
        } else if self.in_run_properties {
            match name {
                "b" => self.bold = on(),
                "vanish" => self.hidden = on(),
                _ => {}
            }
        } else if name == "fldChar" {
            match attribute(element, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(true),
                Some("separate") => {
                    if let Some(instruction) = self.fields.last_mut() {
                        *instruction = false;
                    }
                }
                _ => {
                    self.fields.pop();
                }
            }
        } else if self.in_run {
            match name {
                "tab" | "ptab" => self.say("\t"),
                "cr" => self.say("\n"),
                "br" if !matches!(
                    attribute(element, "type").as_deref(),
                    Some("page" | "column")
                ) =>
                {
                    self.say("\n");
                }
                "noBreakHyphen" => self.say("\u{2011}"),
                _ => {}
            }
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.in_paragraph_properties = false,
            "trPr" => self.in_row_properties = false,
            "rPr" => self.in_run_properties = false,
            "r" => self.in_run = false,
            "t" => self.in_text = false,
            "tr" => {
                if let Some(row) = self.rows.pop().filter(|row| row.deleted) {
                    self.deleted_pieces += 1;
                    self.blocks.truncate(row.start);
                }
            }
            "AlternateContent" => {
                self.alternatives.pop();
            }
            _ => {}
        }
    }

    /// Adds text to the paragraph at hand, unless it is hidden or a field's instruction.
    fn say(&mut self, text: &str) {
        if self.hidden {
            self.hidden_pieces += u32::from(!text.trim().is_empty());
            return;
        }
        if self.fields.contains(&true) {
            return;
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        for character in text.chars() {
            match character {
                '\t' | '\n' => paragraph.text.push(character),
                '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => paragraph.text.push(' '),
                _ if character.is_control() => {}
                _ => paragraph.text.push(character),
            }
        }
        if self.bold && !paragraph.plain {
            paragraph.strong = paragraph.text.len();
        } else if !text.trim().is_empty() {
            paragraph.plain = true;
        }
    }

    fn begin_paragraph(&mut self) {
        self.numbered += 1;
        if let Some(row) = self.rows.last_mut() {
            row.paragraphs += 1;
        }
        self.open.push(Paragraph::default());
        self.in_paragraph_properties = false;
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.pop() else { return };
        if let Some(mut carried) = self.carried.take() {
            carried.text.push_str(&paragraph.text);
            paragraph = Paragraph { joins_next: paragraph.joins_next, ..carried };
        }
        if paragraph.joins_next {
            self.carried = Some(paragraph);
        } else {
            self.write(paragraph);
        }
    }

    /// Makes blocks of a paragraph; the lines that breaks part belong together.
    fn write(&mut self, paragraph: Paragraph) {
        let kind = match self.rows.as_slice() {
            [] if paragraph.heading => BlockKind::Heading,
            [] => BlockKind::Text,
            [row] if row.cells == 1 && row.paragraphs == 1 => BlockKind::FirstCell,
            _ => BlockKind::Cell,
        };
        let indent = paragraph.text.len() - paragraph.text.trim_start().len();
        let strong = paragraph.strong.saturating_sub(indent);
        let lines = paragraph.text.split('\n').map(str::trim).filter(|line| !line.is_empty());
        for (at, line) in lines.enumerate() {
            self.blocks.push(Block {
                kind,
                continues: at > 0,
                strong: if at == 0 { strong.min(line.len()) } else { 0 },
                ..Block::text(self.numbered, line.to_owned())
            });
        }
    }

    pub(super) fn finish(mut self) -> (Vec<Block<'static>>, Vec<Message>) {
        if let Some(carried) = self.carried.take() {
            self.write(carried);
        }
        let mut notes = Vec::new();
        if self.hidden_pieces > 0 {
            notes.push(msg!("import.note.hidden", n = self.hidden_pieces));
        }
        if self.deleted_pieces > 0 {
            notes.push(msg!("import.note.deleted", n = self.deleted_pieces));
        }
        if self.embedded > 0 {
            notes.push(msg!("import.note.embedded", n = self.embedded));
        }
        (self.blocks, notes)
    }
}
