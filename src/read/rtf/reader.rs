//! The tokens of a rich text, one after the other, into paragraphs and rows.

use std::collections::BTreeSet;

use super::charset::{Charset, Charsets};
use super::destination::{self, Kind, Place};
use super::lexer::Token;
use super::text::Text;
use crate::msg;
use crate::read::content::Content;
use crate::read::left_out::LeftOut;

/// Why text is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Deleted,
    Hidden,
}

/// What a group may change and its end takes back.
#[derive(Debug, Clone, Copy)]
struct State {
    place: Place,
    /// What this group itself opened.
    kind: Kind,
    bold: bool,
    hidden: bool,
    deleted: bool,
    in_table: bool,
    heading: bool,
    font: i32,
    /// How many characters after `\u` stand for the same, for programs that know no Unicode.
    fallback: usize,
    /// Whether `\*` came: a destination that is not known is then to be passed over.
    starred: bool,
}

/// What is being read, and what came of it.
#[derive(Debug)]
pub(super) struct Reader {
    text: Text,
    left_out: LeftOut,
    charsets: Charsets,
    headings: BTreeSet<i32>,
    groups: Vec<State>,
    state: State,
    /// Bytes of text in an encoding of their own, not yet read.
    bytes: Vec<u8>,
    /// The first half of a character that takes two `\u`.
    high: Option<u16>,
    /// Characters still to be passed over after a `\u`.
    passing: usize,
    default_font: i32,
    /// The font or style that a table of them is at.
    defined: i32,
    style_name: String,
    /// Whether the head or foot of a page that is being read holds text.
    margin_holds_text: bool,
    /// What was left out just before: a run of it is one piece.
    aside: Option<Aside>,
    unknown_charset: bool,
    closed: bool,
}

impl Reader {
    pub(super) fn new() -> Self {
        let state = State {
            place: Place::Body,
            kind: Kind::Plain,
            bold: false,
            hidden: false,
            deleted: false,
            in_table: false,
            heading: false,
            font: 0,
            fallback: 1,
            starred: false,
        };
        Self {
            text: Text::default(),
            left_out: LeftOut::default(),
            charsets: Charsets::new(),
            headings: BTreeSet::new(),
            groups: Vec::new(),
            state,
            bytes: Vec::new(),
            high: None,
            passing: 0,
            default_font: 0,
            defined: 0,
            style_name: String::new(),
            margin_holds_text: false,
            aside: None,
            unknown_charset: false,
            closed: false,
        }
    }

    /// How many groups are open.
    pub(super) fn depth(&self) -> usize {
        self.groups.len()
    }

    /// Whether the last group has ended, and with it the text.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    pub(super) fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Open => {
                self.flush();
                self.passing = 0;
                self.groups.push(self.state);
                (self.state.kind, self.state.starred) = (Kind::Plain, false);
            }
            Token::Close => {
                self.flush();
                self.passing = 0;
                self.close();
            }
            _ if self.state.place == Place::Nowhere => {}
            Token::Text(text) => {
                let passed = self.passing.min(text.len());
                self.passing -= passed;
                self.read(text.get(passed..).unwrap_or_default());
            }
            Token::Byte(_) | Token::Binary if self.passing > 0 => self.passing -= 1,
            Token::Byte(byte) => self.read(&[byte]),
            Token::Binary => {}
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, number) => self.word(word, number),
        }
    }

    /// Takes bytes of text to where they belong.
    fn read(&mut self, text: &[u8]) {
        match self.state.place {
            Place::Body => self.bytes.extend_from_slice(text),
            Place::Margin => self.margin_holds_text |= !text.trim_ascii().is_empty(),
            Place::Styles => {
                for part in text.split_inclusive(|byte| *byte == b';') {
                    self.style_name.push_str(&String::from_utf8_lossy(part));
                    if part.ends_with(b";") {
                        self.end_style();
                    }
                }
            }
            Place::Nowhere | Place::Aside | Place::Fonts => {}
        }
    }

    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.style_name).to_lowercase();
        let name = name.trim_end_matches(';').trim();
        if name.starts_with("heading ") || matches!(name, "title" | "subtitle") {
            self.headings.insert(self.defined);
        }
        // Until a style says its number, it is the one of ordinary paragraphs.
        self.defined = 0;
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.state.starred = true,
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {
                let text = [symbol];
                let character = std::str::from_utf8(&text).ok().and_then(destination::character);
                if let Some(character) = character {
                    self.character(character);
                }
            }
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if let Some((place, kind)) = destination::of(word) {
            self.flush();
            return self.lead(place, kind);
        }
        if self.state.starred {
            self.state.place = Place::Nowhere;
            return;
        }
        match self.state.place {
            Place::Fonts => match (word, number) {
                ("f", Some(font)) => self.defined = font,
                _ => self.charsets.font(self.defined, word, number),
            },
            Place::Styles => match word {
                "s" => self.defined = number.unwrap_or(0),
                "cs" | "ds" | "ts" => self.defined = -1,
                _ => {}
            },
            Place::Body => self.in_body(word, number),
            Place::Margin => self.margin_holds_text |= word == "u",
            Place::Aside | Place::Nowhere => {}
        }
    }

    /// Goes where a destination leads.
    fn lead(&mut self, place: Place, kind: Kind) {
        // A note inside a head of a page is no note of the text.
        self.state.starred = false;
        let inside = matches!(self.state.place, Place::Body | Place::Aside);
        if !inside {
            self.state.place = if place == Place::Body { self.state.place } else { Place::Nowhere };
            return;
        }
        (self.state.place, self.state.kind) = (place, kind);
        match kind {
            Kind::Plain => {}
            Kind::Box => self.text.begin_box(),
            Kind::Margin => self.margin_holds_text = false,
            Kind::Footnote => self.left_out.footnotes += 1,
            Kind::Comment => self.left_out.comments += 1,
            Kind::Object => self.left_out.embedded += 1,
        }
    }

    fn close(&mut self) {
        match self.state.kind {
            Kind::Box => {
                self.end_paragraph();
                self.text.end_box();
            }
            Kind::Margin => self.left_out.headers += u32::from(self.margin_holds_text),
            _ => {}
        }
        match self.groups.pop() {
            Some(state) => self.state = state,
            None => self.closed = true,
        }
        self.closed |= self.groups.is_empty();
    }

    fn in_body(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        match word {
            "u" => return self.unicode(number.unwrap_or(0)),
            "uc" => {
                let count = number.and_then(|it| usize::try_from(it).ok()).unwrap_or(1);
                // No encoding takes more; a number beyond all sense must not swallow the text.
                self.state.fallback = if count <= 8 { count } else { 1 };
                return;
            }
            "ansi" | "mac" | "pc" | "pca" | "ansicpg" => {
                return self.charsets.document(word, number);
            }
            _ => {}
        }
        if let Some(character) = destination::character(word) {
            return self.character(character);
        }
        self.flush();
        match word {
            // Where the mark itself was deleted, the next paragraph goes on in this one.
            "par" | "sect" if !self.state.deleted => self.end_paragraph(),
            "cell" | "nestcell" => self.text.end_cell(self.state.heading, word == "cell"),
            "row" => self.text.end_row(),
            "pard" => (self.state.in_table, self.state.heading) = (false, false),
            "intbl" => self.state.in_table = on,
            "s" => self.state.heading = number.is_some_and(|it| self.headings.contains(&it)),
            "outlinelevel" => self.state.heading |= number.is_some_and(|it| (0..9).contains(&it)),
            "plain" => {
                (self.state.bold, self.state.hidden) = (false, false);
                self.state.font = self.default_font;
            }
            "b" => self.state.bold = on,
            "v" => self.state.hidden = on,
            "deleted" | "mvf" => self.state.deleted = on,
            "deff" => {
                self.default_font = number.unwrap_or(0);
                self.state.font = self.default_font;
            }
            "f" => self.state.font = number.unwrap_or(0),
            _ => {}
        }
    }

    /// A character that is spelled out, unless it stands for the one before it.
    fn character(&mut self, character: char) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        self.flush();
        match self.state.place {
            Place::Body => self.say(character.encode_utf8(&mut [0; 4])),
            Place::Margin => self.margin_holds_text |= !character.is_whitespace(),
            _ => {}
        }
    }

    /// `\u`: a unit of UTF-16, by a number that may be below 0; some programs give a whole character.
    fn unicode(&mut self, number: i32) {
        if self.high.is_none() {
            self.flush();
        }
        self.passing = self.state.fallback;
        let number = if number < 0 { number.saturating_add(0x1_0000) } else { number };
        let unit = u16::try_from(number).ok();
        let character = match (self.high.take(), unit) {
            (Some(high), Some(low @ 0xdc00..=0xdfff)) => {
                char::decode_utf16([high, low]).next().and_then(Result::ok)
            }
            (lost, Some(high @ 0xd800..=0xdbff)) => {
                self.high = Some(high);
                if lost.is_some() {
                    self.say("\u{fffd}");
                }
                return;
            }
            (lost, _) => {
                if lost.is_some() {
                    self.say("\u{fffd}");
                }
                u32::try_from(number).ok().and_then(char::from_u32)
            }
        };
        self.say(character.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
    }

    /// Reads the bytes that wait, in the encoding of their font.
    fn flush(&mut self) {
        if self.high.take().is_some() {
            self.say("\u{fffd}");
        }
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = match self.charsets.of(self.state.font) {
            Charset::Known(encoding) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
            Charset::Symbol => {
                // As word processors keep such signs: above the letters, where none has a meaning.
                let sign =
                    |byte: u8| if byte < 0x80 { u32::from(byte) } else { 0xf000 + u32::from(byte) };
                bytes.iter().filter_map(|byte| char::from_u32(sign(*byte))).collect()
            }
            Charset::Unknown => {
                self.unknown_charset |= !bytes.is_ascii();
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()
            }
        };
        self.say(&text);
    }

    /// Adds text to the paragraph at hand, unless it is deleted or hidden.
    fn say(&mut self, text: &str) {
        let aside = match (self.state.deleted, self.state.hidden) {
            (true, _) => Some(Aside::Deleted),
            (false, true) => Some(Aside::Hidden),
            (false, false) => None,
        };
        let blank = text.trim().is_empty();
        if self.aside != aside && !blank {
            self.left_out.deleted += u32::from(aside == Some(Aside::Deleted));
            self.left_out.hidden += u32::from(aside == Some(Aside::Hidden));
            self.aside = aside;
        }
        if aside.is_none() {
            self.text.say(text, self.state.bold);
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.state.place == Place::Body {
            self.text.end_paragraph(self.state.heading, self.state.in_table);
        }
    }

    /// What came of the text.
    pub(super) fn finish(mut self) -> Content<'static> {
        self.flush();
        let mut notes = self.left_out.notes();
        if self.unknown_charset {
            notes.push(msg!("import.note.guessed", encoding = "windows-1252"));
        }
        if !self.closed {
            notes.push(msg!("import.note.cut"));
        }
        let (blocks, mut said) = self.text.finish();
        said.extend(notes);
        Content { notes: said, ..Content::of(blocks) }
    }
}
