//! The body of a Word document, read event by event, without recursion: nesting costs no stack.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::flow::{Flow, Paragraph};
use super::left_out::LeftOut;
use super::xml::{self, attribute};
use crate::domain::message::Message;
use crate::read::block::Block;

/// What is being read, and what came of it.
#[derive(Debug, Default)]
pub(super) struct Body {
    headings: BTreeSet<String>,
    flow: Flow,
    left_out: LeftOut,
    /// Open paragraphs, and whether the mark of each was deleted, so that the next one goes on in it; a
    /// text box has its own inside another's.
    open: Vec<(Paragraph, bool)>,
    /// A paragraph whose mark was deleted, waiting for the next.
    carried: Option<Paragraph>,
    /// For each open row whether it was deleted.
    rows: Vec<bool>,
    /// For each open field whether its instruction is being read.
    fields: Vec<bool>,
    /// For each open alternative whether its first choice was taken.
    alternatives: Vec<bool>,
    /// How deep inside something that is nobody's speech; 0 outside.
    skipped: u32,
    in_paragraph_properties: bool,
    in_row_properties: bool,
    in_run_properties: bool,
    in_run: bool,
    in_text: bool,
    bold: bool,
    hidden: bool,
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
                self.rows.push(false);
                self.flow.begin_row();
            }
            "tc" => self.flow.begin_cell(),
            "AlternateContent" => self.alternatives.push(false),
            "Choice" => {
                if let Some(taken) = self.alternatives.last_mut() {
                    *taken = true;
                }
            }
            "Fallback" if self.alternatives.last() == Some(&true) => self.skipped = 1,
            "altChunk" | "OLEObject" => self.left_out.embedded += 1,
            "commentReference" => self.left_out.comments += 1,
            "footnoteReference" | "endnoteReference" => self.left_out.footnotes += 1,
            "rt" | "sectPr" | "delText" | "instrText" | "delInstrText" => self.skipped = 1,
            _ if name.ends_with("PrChange") => self.skipped = 1,
            "del" | "moveFrom" => self.deletion(),
            _ => self.detail(name, element),
        }
    }

    /// Something deleted or moved away: a paragraph's mark, a row, or a piece of text.
    fn deletion(&mut self) {
        if self.in_paragraph_properties {
            if let Some((_, joins_next)) = self.open.last_mut() {
                *joins_next = true;
            }
        } else if self.in_row_properties {
            if let Some(deleted) = self.rows.last_mut() {
                *deleted = true;
            }
        } else if !self.in_run_properties {
            self.left_out.deleted += 1;
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
            if let (true, Some((paragraph, _))) = (heading, self.open.last_mut()) {
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
                // A page ends inside a paragraph as a line does: what follows is another word.
                "br" => self.say("\n"),
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
                let deleted = self.rows.pop() == Some(true);
                self.left_out.deleted += u32::from(deleted);
                self.flow.end_row(!deleted);
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
            self.left_out.hidden += u32::from(!text.trim().is_empty());
            return;
        }
        if self.fields.contains(&true) {
            return;
        }
        if let Some((paragraph, _)) = self.open.last_mut() {
            paragraph.say(text, self.bold);
        }
    }

    fn begin_paragraph(&mut self) {
        self.flow.begin_paragraph();
        self.open.push((Paragraph::default(), false));
        self.in_paragraph_properties = false;
    }

    fn end_paragraph(&mut self) {
        let Some((mut paragraph, joins_next)) = self.open.pop() else { return };
        if let Some(mut carried) = self.carried.take() {
            carried.join(&paragraph);
            paragraph = carried;
        }
        if joins_next {
            self.carried = Some(paragraph);
        } else {
            self.flow.write(&paragraph);
        }
    }

    /// What came of the document, given how many heads and feet of its pages hold text.
    pub(super) fn finish(mut self, heads: u32) -> (Vec<Block<'static>>, Vec<Message>) {
        self.left_out.headers = heads;
        if let Some(carried) = self.carried.take() {
            self.flow.write(&carried);
        }
        let (blocks, mut notes) = self.flow.finish();
        notes.extend(self.left_out.notes());
        (blocks, notes)
    }
}
