//! What a page draws, one instruction after the other, into pieces of text with their places.
//!
//! Only what places text is followed. Drawn things within drawn things are followed to a depth, and all
//! instructions are counted, so that a small file cannot make endless work.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::file::{self, Page, Unpacking, resolve};
use super::font::Font;
use super::lexer::{Lexer, Operand};
use super::piece::{Matrix, Piece, Turn, turned};

/// The most instructions of a whole file.
const INSTRUCTIONS: u32 = 20_000_000;
/// What drawing a thing by name counts for.
const FORM: u32 = 200;
/// How deep drawn things may lie in one another.
const DEPTH: u32 = 12;
/// The most states that are kept to come back to.
const STATES: usize = 512;
/// A gap of this part of the letters' size parts words.
pub(super) const GAP: f32 = 0.15;

/// What drawing text depends on.
#[derive(Debug, Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    /// Added after each letter, and after each space.
    spacing: f32,
    word_spacing: f32,
    /// How far letters are stretched.
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// Reads pages; fonts are kept from one to the next.
pub(super) struct Interpreter<'a> {
    document: &'a Document,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    /// Instructions that are left.
    instructions: u32,
    pub(super) unpacking: Unpacking,
    state: State,
    line: Matrix,
    text: Matrix,
    /// For each open mark whether it is one of the page and not of its text.
    marks: Vec<bool>,
    /// Whether what such a mark encloses held text.
    marked_text: bool,
    area: Option<[f32; 4]>,
    found: Vec<(Turn, Piece)>,
    /// Letters whose font does not say what they stand for, and all others.
    pub(super) unknown: u64,
    pub(super) known: u64,
    /// Parts that the file itself marks as head or foot of a page.
    pub(super) marked: u32,
    /// Pieces that stand beyond the edge of the page, or askew.
    pub(super) unseen: u32,
    pub(super) askew: u32,
    /// Whether a limit was met.
    pub(super) beyond: bool,
}

impl<'a> Interpreter<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            fonts: BTreeMap::new(),
            instructions: INSTRUCTIONS,
            unpacking: Unpacking::new(),
            state: State::new(),
            line: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            marks: Vec::new(),
            marked_text: false,
            area: None,
            found: Vec::new(),
            unknown: 0,
            known: 0,
            marked: 0,
            unseen: 0,
            askew: 0,
            beyond: false,
        }
    }

    /// The pieces of a page, turned so that most of its text runs from left to right.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Vec<Piece> {
        self.state = State::new();
        self.area = page.area;
        self.marks.clear();
        let contents = page.dictionary.get(b"Contents").map(|it| resolve(self.document, it));
        let mut content = Vec::new();
        match contents {
            Ok(Object::Stream(stream)) => content = self.unpacking.content(stream),
            Ok(Object::Array(parts)) => {
                for part in parts {
                    if let Object::Stream(stream) = resolve(self.document, part) {
                        content.extend(self.unpacking.content(stream));
                        content.push(b'\n');
                    }
                }
            }
            _ => {}
        }
        self.run(&content, page.resources, 0);
        let found = std::mem::take(&mut self.found);
        let letters = |turn: Turn| -> usize {
            found.iter().filter(|(it, _)| *it == turn).map(|(_, piece)| piece.text.len()).sum()
        };
        let turn = (0..4).rev().max_by_key(|turn| letters(*turn)).unwrap_or(0);
        let (straight, askew): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| it.0 == turn);
        self.askew = self.askew.saturating_add(u32::try_from(askew.len()).unwrap_or(u32::MAX));
        straight.into_iter().map(|(_, piece)| piece).collect()
    }

    fn run(&mut self, content: &[u8], resources: Option<&Dictionary>, depth: u32) {
        let mut lexer = Lexer::new(content);
        let mut operands = Vec::new();
        let mut states: Vec<State> = Vec::new();
        while let Some(operator) = lexer.operation(&mut operands) {
            if self.instructions == 0 {
                self.beyond = true;
                return;
            }
            self.instructions -= 1;
            match operator {
                b"q" if states.len() < STATES => states.push(self.state.clone()),
                b"Q" => {
                    if let Some(state) = states.pop() {
                        self.state = state;
                    }
                }
                b"cm" => {
                    if let Some(matrix) = matrix(&operands) {
                        self.state.page = matrix.then(self.state.page);
                    }
                }
                b"Do" => self.draw(&operands, resources, depth),
                b"BDC" | b"BMC" => self.mark(&operands),
                b"EMC" => {
                    if self.marks.pop() == Some(true) {
                        self.marked += u32::from(std::mem::take(&mut self.marked_text));
                    }
                }
                b"Tf" => self.font(&operands, resources),
                _ => self.text_operator(operator, &operands),
            }
        }
        if let Some(first) = states.into_iter().next() {
            self.state = first;
        }
    }

    fn text_operator(&mut self, operator: &[u8], operands: &[Operand]) {
        let number = |at: usize| operands.get(at).and_then(Operand::number).unwrap_or(0.0);
        match operator {
            b"BT" => (self.line, self.text) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tc" => self.state.spacing = number(0),
            b"Tw" => self.state.word_spacing = number(0),
            b"Tz" => self.state.stretch = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            b"Td" => self.next_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            b"Tm" => {
                if let Some(matrix) = matrix(operands) {
                    (self.line, self.text) = (matrix, matrix);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show(operands.first()),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first());
            }
            b"\"" => {
                (self.state.word_spacing, self.state.spacing) = (number(0), number(1));
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            b"TJ" => self.show(operands.first()),
            _ => {}
        }
    }

    fn next_line(&mut self, right: f32, up: f32) {
        self.line = self.line.moved(right, up);
        self.text = self.line;
    }

    /// Notes whether what a mark encloses is a head or foot of the page.
    fn mark(&mut self, operands: &[Operand]) {
        let artifact = operands.first() == Some(&Operand::Name(b"Artifact".to_vec()));
        let of_page = match operands.get(1) {
            Some(Operand::Dictionary(properties)) => {
                properties.windows(10).any(|it| it == b"Pagination")
            }
            _ => false,
        };
        if self.marks.len() < STATES {
            self.marks.push(artifact && of_page);
        }
    }

    fn font(&mut self, operands: &[Operand], resources: Option<&Dictionary>) {
        let [Operand::Name(name), size] = operands else { return };
        self.state.size = size.number().unwrap_or(0.0);
        let fonts = resources.and_then(|it| file::dictionary(self.document, it, b"Font"));
        let Some(entry) = fonts.and_then(|it| it.get(name).ok()) else { return };
        let known = entry.as_reference().ok();
        if let Some(font) = known.and_then(|id| self.fonts.get(&id)) {
            self.state.font = Some(Rc::clone(font));
            return;
        }
        let Object::Dictionary(dictionary) = resolve(self.document, entry) else { return };
        let font = Rc::new(Font::read(self.document, dictionary, &mut self.unpacking));
        if let Some(id) = known {
            self.fonts.insert(id, Rc::clone(&font));
        } else {
            // A font that stands in the page itself is read again wherever it is named.
            self.instructions = self.instructions.saturating_sub(1_000);
        }
        self.state.font = Some(font);
    }

    /// Draws a thing by name: only those made of instructions hold text.
    fn draw(&mut self, operands: &[Operand], resources: Option<&Dictionary>, depth: u32) {
        let [Operand::Name(name)] = operands else { return };
        let things = resources.and_then(|it| file::dictionary(self.document, it, b"XObject"));
        let thing = things.and_then(|it| it.get(name).ok()).map(|it| resolve(self.document, it));
        let Some(Object::Stream(form)) = thing else { return };
        if !matches!(form.dict.get(b"Subtype"), Ok(Object::Name(kind)) if kind == b"Form") {
            return;
        }
        if depth >= DEPTH {
            // Something that draws itself: no program writes that.
            self.unpacking.damaged = self.unpacking.damaged.max(1);
            return;
        }
        self.instructions = self.instructions.saturating_sub(FORM);
        self.form(form, resources, depth);
    }

    fn form(&mut self, form: &Stream, resources: Option<&Dictionary>, depth: u32) {
        let before = (self.state.clone(), self.line, self.text);
        if let Ok(Object::Array(numbers)) =
            form.dict.get(b"Matrix").map(|it| resolve(self.document, it))
        {
            let numbers: Vec<Operand> = numbers
                .iter()
                .filter_map(|it| resolve(self.document, it).as_float().ok())
                .map(Operand::Number)
                .collect();
            if let Some(matrix) = matrix(&numbers) {
                self.state.page = matrix.then(self.state.page);
            }
        }
        let own = file::dictionary(self.document, &form.dict, b"Resources");
        let content = self.unpacking.content(form);
        self.run(&content, own.or(resources), depth + 1);
        (self.state, self.line, self.text) = before;
    }

    /// Shows a text, or an array of texts and of how far the next is moved back.
    fn show(&mut self, operand: Option<&Operand>) {
        let Some(font) = self.state.font.clone() else { return };
        let mut run = Run::default();
        match operand {
            Some(Operand::Text(text)) => self.letters(&font, text, &mut run),
            Some(Operand::Array(parts)) => {
                for part in parts {
                    match part {
                        Operand::Text(text) => self.letters(&font, text, &mut run),
                        Operand::Number(back) => {
                            let right = -back / 1000.0 * self.state.size * self.state.stretch;
                            if -back / 1000.0 > GAP {
                                self.end_run(&font, &mut run);
                            }
                            self.text = self.text.moved(right, 0.0);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        self.end_run(&font, &mut run);
    }

    fn letters(&mut self, font: &Font, text: &[u8], run: &mut Run) {
        let own = font.own_text(text);
        let mut own = own.as_deref().map(str::chars);
        let mut buffer = [0; 4];
        for glyph in font.glyphs(text) {
            let drawn = match &mut own {
                Some(characters) => characters.next().map(|it| &*it.encode_utf8(&mut buffer)),
                None => glyph.text,
            };
            let blank = drawn.is_some_and(|it| it.chars().all(|it| it == ' ' || it.is_control()));
            if blank {
                self.end_run(font, run);
            } else {
                if run.text.is_empty() {
                    run.start = Some(self.text);
                }
                self.known += u64::from(drawn.is_some());
                self.unknown += u64::from(drawn.is_none());
                push_plain(&mut run.text, drawn.unwrap_or("\u{fffd}"));
            }
            let mut right = glyph.width * self.state.size + self.state.spacing;
            if glyph.is_space {
                right += self.state.word_spacing;
            }
            self.text = self.text.moved(right * self.state.stretch, 0.0);
            if !blank {
                run.end = self.text.moved(-self.state.spacing * self.state.stretch, 0.0);
            }
        }
    }

    /// Ends a run of letters, and keeps it if it is to be seen.
    fn end_run(&mut self, font: &Font, run: &mut Run) {
        let run = std::mem::take(run);
        let Some(start) = run.start else { return };
        if self.marks.contains(&true) {
            self.marked_text = true;
            return;
        }
        let rise = |matrix: Matrix| matrix.moved(0.0, self.state.rise).then(self.state.page);
        let (start, end) = (rise(start), rise(run.end));
        let size = start.height() * self.state.size.abs();
        let (from, to) = (start.origin(), end.origin());
        let sound = [from.0, from.1, to.0, to.1, size].iter().all(|it| it.abs() < 1e6);
        let Some(turn) = start.turn().filter(|_| sound) else {
            self.askew = self.askew.saturating_add(1);
            return;
        };
        if self.area.is_some_and(|area| !is_inside(from, area, size)) {
            self.unseen = self.unseen.saturating_add(1);
            return;
        }
        let ((left, base), (right, _)) = (turned(from, turn), turned(to, turn));
        let piece =
            Piece { left, right: right.max(left), base, size, bold: font.bold, text: run.text };
        self.found.push((turn, piece));
    }
}

/// Letters that are being drawn one after the other.
#[derive(Debug)]
struct Run {
    start: Option<Matrix>,
    end: Matrix,
    text: String,
}

impl Default for Run {
    fn default() -> Self {
        Self { start: None, end: Matrix::IDENTITY, text: String::new() }
    }
}

impl State {
    fn new() -> Self {
        Self {
            page: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Adds text; letters that are drawn as one are the letters that they are.
fn push_plain(text: &mut String, drawn: &str) {
    for character in drawn.chars() {
        match character {
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            _ if character.is_control() => {}
            _ => text.push(character),
        }
    }
}

fn matrix(operands: &[Operand]) -> Option<Matrix> {
    let mut numbers = operands.iter().map(|it| it.number());
    let mut next = || numbers.next().flatten();
    Some(Matrix([next()?, next()?, next()?, next()?, next()?, next()?]))
}

fn is_inside((x, y): (f32, f32), [left, bottom, right, top]: [f32; 4], size: f32) -> bool {
    (left - size..=right + size).contains(&x) && (bottom - size..=top + size).contains(&y)
}
