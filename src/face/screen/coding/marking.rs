//! Marking words of the unit as a quotation for the code at hand: what the keys do, and what it looks like.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{CodeFace, Own};
use crate::desk::Desk;
use crate::desk::coding::{Act, CodingDesk, View, Word};
use crate::desk::keys::Key;
use crate::domain::answer::CodeIndex;
use crate::escape::terminal::visible;
use crate::face::lines::End;
use crate::face::screen::face::{Keeping, Mode};
use crate::face::screen::parts::{cut, put};
use crate::msg;

/// About as many words as stand in a line.
const LINE: usize = 10;

impl<'a> CodeFace<'a> {
    /// Begins to mark at the first word of the unit.
    pub(super) fn mark(&mut self, desk: &CodingDesk<'a>) {
        let View::Question(question) = desk.view() else {
            return self.tell(&msg!("screen.all_decided"));
        };
        if let Some(choice) = question.choices.get(self.cursor) {
            self.mode = Mode::Own(Own::Marking(choice.code, 0, None));
        }
    }

    pub(super) fn marked(
        &mut self,
        (code, at, from): (CodeIndex, usize, Option<usize>),
        key: Key,
        desk: &mut CodingDesk<'a>,
        keeper: &mut Keeping<'_, CodingDesk<'a>>,
    ) -> Option<End> {
        let last = desk.words().len().saturating_sub(1);
        let (at, from) = match key {
            Key::Escape => return None,
            Key::Enter => {
                let (first, last) = range(at, from);
                return self.act(Act::Quote(first, last, code), desk, keeper);
            }
            Key::Char('x') => return self.act(Act::Unquote, desk, keeper),
            Key::Char(' ') if from.is_some() => (at, None),
            Key::Char(' ') => (at, Some(at)),
            Key::Left => (at.saturating_sub(1), from),
            Key::Right => ((at + 1).min(last), from),
            Key::Up | Key::PageUp => (at.saturating_sub(LINE), from),
            Key::Down | Key::PageDown => ((at + LINE).min(last), from),
            Key::Home => (0, from),
            Key::End => (last, from),
            _ => (at, from),
        };
        self.mode = Mode::Own(Own::Marking(code, at, from));
        None
    }

    /// The words of the unit over the text, those of the quotation between brackets.
    pub(super) fn marking(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        desk: &CodingDesk<'a>,
        (code, at, from): (CodeIndex, usize, Option<usize>),
    ) {
        let over = self.over(buffer, area, desk);
        let width = usize::from(area.width);
        let head = self.say(&msg!("screen.mark", code = self.name(self.code_id(code))));
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, over, 0, &Line::styled(cut(&format!(" {head}"), width), bold));
        let quotes = self.quotes(desk, width);
        let room = usize::from(over.height).saturating_sub(quotes.len() + 3).max(1);
        let (lines, hand) = self.words_in_lines(desk, at, from, width);
        let top = (hand + 1).saturating_sub(room.div_ceil(2)).min(lines.len().saturating_sub(room));
        for (y, line) in (2..).zip(lines.iter().skip(top).take(room)) {
            put(buffer, over, y, line);
        }
        let shown = u16::try_from(lines.len().min(room)).unwrap_or(0);
        for (y, line) in (3 + shown..).zip(quotes) {
            put(buffer, over, y, &Line::raw(line));
        }
    }

    /// What is picked on the unit already.
    fn quotes(&self, desk: &CodingDesk<'a>, width: usize) -> Vec<String> {
        let View::Question(open) = desk.view() else { return Vec::new() };
        let line = |(locator, code): &(crate::domain::locator::Locator, String)| {
            let text = self.study.transcript_of(open.unit).text(locator.span());
            cut(&visible(&format!(" “{}” · {}", text.replace('\n', " "), self.name(code))), width)
        };
        open.quotes.iter().map(line).collect()
    }

    /// The words in lines of a width, and in which line the word at hand stands.
    fn words_in_lines(
        &self,
        desk: &CodingDesk<'a>,
        at: usize,
        from: Option<usize>,
        width: usize,
    ) -> (Vec<Line<'static>>, usize) {
        let (first, last) = range(at, from);
        let mut lines: Vec<Vec<Span<'static>>> = Vec::new();
        let (mut used, mut hand) = (0, 0);
        let mut before: Option<Word> = None;
        for (nth, word) in desk.words().into_iter().enumerate() {
            let new = before.as_ref().is_none_or(|it| it.paragraph != word.paragraph);
            let shown = bracketed(&visible(&word.text), nth, (first, last), from.is_some());
            let wide = shown.width() + 1;
            if new || used + wide > width {
                let margin =
                    if new { self.speaker(desk, word.paragraph) } else { "   ".to_owned() };
                used = margin.width();
                lines.push(vec![Span::raw(margin)]);
            }
            if nth == at {
                hand = lines.len().saturating_sub(1);
            }
            let style = match (first..=last).contains(&nth) {
                true => Style::new().add_modifier(Modifier::REVERSED),
                false => Style::new(),
            };
            if let Some(line) = lines.last_mut() {
                line.push(Span::styled(cut(&shown, width.saturating_sub(4)), style));
                line.push(Span::raw(" "));
            }
            used += wide;
            before = Some(word);
        }
        (lines.into_iter().map(Line::from).collect(), hand)
    }

    /// Who speaks in a paragraph, as it stands before the words.
    fn speaker(&self, desk: &CodingDesk<'a>, paragraph: u32) -> String {
        let View::Question(open) = desk.view() else { return String::new() };
        let paragraph = self.study.transcript_of(open.unit).paragraph(paragraph);
        let speaker = paragraph.and_then(|it| it.speaker.as_ref());
        speaker.map_or_else(|| " ".to_owned(), |speaker| format!(" {speaker}: "))
    }
}

/// The first and the last word of what is marked.
fn range(at: usize, from: Option<usize>) -> (usize, usize) {
    let from = from.unwrap_or(at);
    (from.min(at), from.max(at))
}

/// A word with the bracket that stands before or after it; a quotation that has not begun is the word at hand alone.
fn bracketed(word: &str, nth: usize, (first, last): (usize, usize), begun: bool) -> String {
    let (open, close) = if begun { ("[", "]") } else { ("‹", "›") };
    let open = if nth == first { open } else { "" };
    let close = if nth == last { close } else { "" };
    format!("{open}{word}{close}")
}
