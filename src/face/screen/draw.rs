//! What the coding screen looks like: the talk above or beside, all dimensions at once, the codes of one of them.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use super::code::{CodeFace, Mode};
use crate::desk::Desk;
use crate::desk::coding::keys::Field;
use crate::desk::coding::{CodingDesk, Question, View};
use crate::msg;
use crate::render::wrap::wrap;

/// The narrowest and lowest screen on which this is drawn.
pub(super) const LEAST: (u16, u16) = (60, 16);

/// From here on there is a pane beside the text.
const WIDE: (u16, u16) = (100, 30);

/// Lines of the band beneath the text.
const BAND: u16 = 9;

/// Lines for dimensions, and as many for codes, in the band.
const RUN: usize = 3;

impl CodeFace<'_> {
    /// Draws the whole screen.
    pub fn draw(&self, frame: &mut Frame<'_>, desk: &CodingDesk<'_>) {
        let area = frame.area();
        let buffer = frame.buffer_mut();
        if area.width < LEAST.0 || area.height < LEAST.1 {
            // A window that was made smaller: nothing is decided blindly.
            let least = format!("{}×{}", LEAST.0, LEAST.1);
            return put(buffer, area, 0, &Line::raw(least));
        }
        match desk.view() {
            View::Question(open) => self.open(buffer, area, desk, &open),
            View::Finished { units } => self.finished(buffer, area, units),
        }
        self.panel(buffer, area, desk);
    }

    fn open(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'_>, open: &Question<'_>) {
        put(buffer, area, 0, &self.head(open, area.width));
        let wide = area.width >= WIDE.0 && area.height >= WIDE.1;
        let below = if wide { 5 } else { BAND };
        let body = Rect { y: area.y + 1, height: area.height - 1 - below, ..area };
        let foot = Rect { y: body.bottom(), height: below, ..area };
        if wide {
            let left = Rect { width: body.width * 3 / 5, ..body };
            let right = Rect { x: left.right() + 1, width: body.width - left.width - 1, ..body };
            self.text(buffer, left, desk, open);
            for y in body.top()..body.bottom() {
                buffer.set_string(left.right(), y, "│", Style::new().add_modifier(Modifier::DIM));
            }
            self.pane(buffer, right, desk, open);
            self.wide_foot(buffer, foot);
        } else {
            self.text(buffer, body, desk, open);
            self.band(buffer, foot, desk, open);
        }
    }

    fn head(&self, open: &Question<'_>, width: u16) -> Line<'static> {
        let unit = self.study.units.get(open.unit.at());
        let locator = unit.map(|unit| unit.locator.to_string()).unwrap_or_default();
        let case = self.study.case(self.study.case_of(open.unit));
        let case = case.map_or("", |case| case.name.as_str());
        let nth = self.say(&msg!("screen.unit_of", nth = open.nth, units = open.units));
        let done = format!("✓ {}", open.decided_units);
        let blind = if self.session.blind { self.word("screen.blind") } else { String::new() };
        let session = &self.session;
        let parts = [
            case,
            &locator,
            &nth,
            &done,
            &session.coder,
            &blind,
            &session.round,
            &session.codebook,
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let style = Style::new().add_modifier(Modifier::REVERSED);
        Line::styled(filled(&crate::escape::terminal::visible(&parts.join(" · ")), width), style)
    }

    /// The talk, with the unit in view and as much of what stands above it as there is room for.
    fn text(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'_>, open: &Question<'_>) {
        let talk = self.talk(desk, open, usize::from(area.width));
        let height = usize::from(area.height);
        let room = height.saturating_sub(talk.to - talk.from);
        let above = (room * 2 / 3).max(room.saturating_sub(talk.lines.len() - talk.to));
        let top = talk.from.saturating_sub(above);
        let last = talk.lines.len().saturating_sub(height);
        let by = usize::try_from(self.scroll.unsigned_abs()).unwrap_or(usize::MAX);
        let top = match self.scroll {
            // To the end of the unit, no further.
            i32::MAX => talk.to.saturating_sub(height).max(top.min(talk.to)),
            scroll if scroll < 0 => top.saturating_sub(by),
            _ => top.saturating_add(by),
        };
        for (y, line) in (0..area.height).zip(talk.lines.iter().skip(top.min(last))) {
            put(buffer, area, y, line);
        }
    }

    /// The nine lines beneath the text.
    fn band(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'_>, open: &Question<'_>) {
        let width = usize::from(area.width);
        let dimensions = open
            .rows
            .iter()
            .enumerate()
            .map(|(nth, row)| self.dimension(desk, nth, row, row.dimension == open.dimension));
        for (y, line) in (0..).zip(run_on(dimensions.collect(), width)) {
            put(buffer, area, y, &line);
        }
        let codes = self.codes(desk, open);
        for (y, line) in (RUN as u16..).zip(columns(&codes, width, self.cursor)) {
            put(buffer, area, y, &line);
        }
        let dim = Style::new().add_modifier(Modifier::ITALIC);
        put(buffer, area, 6, &Line::styled(cut(&self.brief(open), width), dim));
        self.state(buffer, Rect { y: area.y + 7, height: 1, ..area }, 1);
        self.legend(buffer, Rect { y: area.y + 8, height: 1, ..area }, open);
    }

    /// The pane beside the text: dimensions, codes, and what the code at hand means.
    fn pane(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'_>, open: &Question<'_>) {
        let width = usize::from(area.width);
        let mut y = 0;
        for (nth, row) in open.rows.iter().enumerate() {
            let mut spans = self.dimension(desk, nth, row, row.dimension == open.dimension);
            let whole: usize = spans.iter().map(|it| it.content.width()).sum();
            // What does not fit beside the dimension stands beneath it.
            let given = if whole > width { spans.pop() } else { None };
            put(buffer, area, y, &fitted(spans, width));
            y += 1;
            for line in given.iter().flat_map(|it| {
                let lines = wrap(&it.content, width, "    ", "    ");
                lines.lines().map(ToOwned::to_owned).collect::<Vec<_>>()
            }) {
                put(buffer, area, y, &Line::raw(line));
                y += 1;
            }
        }
        for (unit, answer) in &open.earlier {
            let unit = self.study.units.get(unit.at()).map(|it| it.locator.to_string());
            let codes = desk.answers().cell(*answer, &self.study.vocabulary);
            let line = msg!("screen.earlier", unit = unit.unwrap_or_default(), answer = codes);
            put(buffer, area, y, &Line::raw(cut(&self.say(&line), width)));
            y += 1;
        }
        y += 1;
        let codes = self.codes(desk, open);
        let room = usize::from(area.height.saturating_sub(y + 6)).max(3);
        let from = self.cursor.saturating_sub(room.saturating_sub(1));
        for (code, style) in codes.iter().skip(from).take(room) {
            put(buffer, area, y, &Line::styled(cut(code, width), *style));
            y += 1;
        }
        y += 1;
        for (text, heading) in self.meaning(open) {
            for line in wrap(&text, width, "", "").lines() {
                let style = match heading {
                    true => Style::new().add_modifier(Modifier::BOLD),
                    false => Style::new(),
                };
                put(buffer, area, y, &Line::styled(line.to_owned(), style));
                y += 1;
            }
        }
    }

    fn wide_foot(&self, buffer: &mut Buffer, area: Rect) {
        let rule = "─".repeat(usize::from(area.width));
        put(buffer, area, 0, &Line::styled(rule, Style::new().add_modifier(Modifier::DIM)));
        self.state(buffer, Rect { y: area.y + 1, height: 3, ..area }, 3);
        let legend = self.legend_of(self.study.settings.asks_each);
        put(buffer, area, 4, &Line::raw(cut(&legend, usize::from(area.width))));
    }

    /// What was said last, else what was saved last.
    fn state(&self, buffer: &mut Buffer, area: Rect, lines: usize) {
        let width = usize::from(area.width);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let mut shown: Vec<Line<'static>> = Vec::new();
        match &self.mode {
            Mode::Failed(_, why) => {
                let text = self.say(&msg!("screen.failed", what = why));
                let style = bold.add_modifier(Modifier::REVERSED);
                shown.push(Line::styled(cut(&text, width), style));
            }
            Mode::Typing(field, text) => {
                let label = match field {
                    Field::Note => self.word("screen.note"),
                    Field::Wish => self.word("screen.wish"),
                    Field::Proposal => self.word("screen.proposal"),
                    Field::Go => self.word("screen.go"),
                    Field::Line | Field::Palette => String::new(),
                };
                let text = crate::escape::terminal::visible(text);
                // The end of what is typed stays in view.
                let line = tail(&format!("{label}: {text}▏"), width);
                shown.push(Line::styled(line, bold));
            }
            _ => shown.extend(self.said.as_ref().map(|it| Line::styled(cut(it, width), bold))),
        }
        shown.extend(self.last.iter().map(|it| Line::raw(cut(it, width))));
        if shown.is_empty() {
            shown.push(Line::raw(self.word("screen.nothing_saved")));
        }
        for (y, line) in (0..).zip(shown.into_iter().take(lines)) {
            put(buffer, area, y, &line);
        }
    }

    fn legend(&self, buffer: &mut Buffer, area: Rect, _: &Question<'_>) {
        let legend = self.legend_of(self.study.settings.asks_each);
        let style = Style::new().add_modifier(Modifier::DIM);
        put(buffer, area, 0, &Line::styled(cut(&legend, usize::from(area.width)), style));
    }

    pub(super) fn legend_of(&self, each: bool) -> String {
        self.word(match &self.mode {
            Mode::Keys if each => "screen.legend_each",
            Mode::Keys => "screen.legend",
            Mode::Typing(..) => "screen.legend_typed",
            Mode::Palette(..) => "screen.legend_palette",
            Mode::Marking(..) => "screen.legend_mark",
            Mode::Definition(..) | Mode::Help(_) => "screen.legend_panel",
            Mode::Failed(..) => "screen.legend_failed",
        })
    }

    fn finished(&self, buffer: &mut Buffer, area: Rect, units: usize) {
        let coder = &self.session.coder;
        let done = self.say(&msg!("code.finished", n = units, coder = coder));
        let width = usize::from(area.width);
        for (y, line) in (2..).zip(wrap(&done, width, " ", " ").lines()) {
            put(buffer, area, y, &Line::raw(line.to_owned()));
        }
        let foot = Rect { y: area.bottom() - 4, height: 3, ..area };
        self.state(buffer, foot, 3);
        let legend = match self.mode {
            Mode::Keys => self.word("screen.legend_finished"),
            _ => self.legend_of(false),
        };
        let line = Rect { y: area.bottom() - 1, height: 1, ..area };
        put(buffer, line, 0, &Line::raw(cut(&legend, width)));
    }

    /// What is read or looked for, over the text.
    fn panel(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'_>) {
        let width = usize::from(area.width);
        let (text, top) = match &self.mode {
            Mode::Definition(dimension, codes, top) => {
                (paragraphs(&self.definitions(*dimension, codes), width), *top)
            }
            Mode::Help(top) => (self.keys(width), *top),
            Mode::Marking(code, at, from) => {
                return self.marking(buffer, area, desk, (*code, *at, *from));
            }
            Mode::Palette(text, at) => return self.palette(buffer, area, text, *at),
            _ => return,
        };
        let over = Rect { y: area.y + 1, height: area.height - 2, ..area };
        Clear.render(over, buffer);
        let top = top.min(text.len().saturating_sub(usize::from(over.height) - 1));
        for (y, (line, heading)) in (0..over.height - 1).zip(text.into_iter().skip(top)) {
            let style = match heading {
                true => Style::new().add_modifier(Modifier::BOLD),
                false => Style::new(),
            };
            put(buffer, over, y, &Line::styled(line, style));
        }
        let foot = Rect { y: area.bottom() - 1, height: 1, ..area };
        put(buffer, foot, 0, &Line::raw(filled(&self.legend_of(false), area.width)));
    }

    fn palette(&self, buffer: &mut Buffer, area: Rect, text: &str, at: usize) {
        let over = Rect { y: area.y + 1, height: area.height - 2, ..area };
        Clear.render(over, buffer);
        let width = usize::from(area.width);
        let typed = crate::escape::terminal::visible(text);
        let ask = format!(" {}: {typed}▏", self.word("screen.find"));
        put(
            buffer,
            over,
            0,
            &Line::styled(cut(&ask, width), Style::new().add_modifier(Modifier::BOLD)),
        );
        let found = self.found(text);
        let room = usize::from(over.height) / 2;
        let from = at.saturating_sub(room.saturating_sub(1));
        let mut y = 2;
        for (nth, it) in found.iter().enumerate().skip(from).take(room) {
            let arrow = if nth == at { '▸' } else { ' ' };
            let dimension = self.name(self.dimension_id(it.dimension));
            let line = format!(" {arrow} {} · {dimension}", it.shown);
            let style = match nth == at {
                true => Style::new().add_modifier(Modifier::REVERSED),
                false => Style::new(),
            };
            put(buffer, over, y, &Line::styled(cut(&line, width), style));
            y += 1;
        }
        if let Some(hand) = found.get(at) {
            y += 1;
            for (text, _) in self.definitions(hand.dimension, &[hand.code]).iter().skip(1) {
                for line in wrap(text, width, "   ", "   ").lines() {
                    put(buffer, over, y, &Line::raw(line.to_owned()));
                    y += 1;
                }
            }
        }
        let foot = Rect { y: area.bottom() - 1, height: 1, ..area };
        put(buffer, foot, 0, &Line::raw(filled(&self.legend_of(false), area.width)));
    }
}

/// Paragraphs in lines of a width, headings marked.
fn paragraphs(lines: &[(String, bool)], width: usize) -> Vec<(String, bool)> {
    let wrapped = lines.iter().flat_map(|(text, heading)| {
        let wrapped = wrap(text, width, " ", "   ");
        wrapped.lines().map(|line| (line.to_owned(), *heading)).collect::<Vec<_>>()
    });
    wrapped.collect()
}

/// Puts a line into an area, if it is inside.
pub(super) fn put(buffer: &mut Buffer, area: Rect, y: u16, line: &Line<'_>) {
    if y < area.height {
        buffer.set_line(area.x, area.y + y, line, area.width);
    }
}

/// A text of at most so many columns.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for letter in text.chars() {
        if out.width() + 2 > width {
            break;
        }
        out.push(letter);
    }
    out.push('…');
    out
}

/// The end of a text in so many columns.
fn tail(text: &str, width: usize) -> String {
    let mut rest = text;
    while rest.width() > width {
        let mut letters = rest.chars();
        letters.next();
        rest = letters.as_str();
    }
    rest.to_owned()
}

/// A text that fills the line.
pub(super) fn filled(text: &str, width: u16) -> String {
    let width = usize::from(width);
    let text = cut(text, width);
    let pad = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(pad))
}

/// Spans in one line, cut at its end.
fn fitted(spans: Vec<Span<'static>>, width: usize) -> Line<'static> {
    let mut used = 0;
    let mut line = Vec::new();
    for span in spans {
        let text = cut(&span.content, width.saturating_sub(used));
        used += text.width();
        line.push(Span::styled(text, span.style));
    }
    Line::from(line)
}

/// Dimensions run on over the lines that they have.
fn run_on(dimensions: Vec<Vec<Span<'static>>>, width: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Vec<Span<'static>>> = vec![Vec::new()];
    let mut used = 0;
    let share = (width * RUN / dimensions.len().max(1)).max(12);
    for dimension in dimensions {
        let wide = dimension.iter().map(|it| it.content.width()).sum::<usize>().min(width);
        let wide = if lines.len() == RUN { wide.min(share) } else { wide };
        if used > 0 && used + 2 + wide > width && lines.len() < RUN {
            lines.push(Vec::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else { continue };
        if used > 0 {
            line.push(Span::raw("  "));
            used += 2;
        }
        let part = fitted(dimension, wide.min(width.saturating_sub(used)));
        used += part.width();
        line.extend(part.spans);
    }
    lines.into_iter().map(Line::from).collect()
}

/// Codes in columns over three lines; where there are more, those around the one at hand.
fn columns(codes: &[(String, Style)], width: usize, hand: usize) -> Vec<Line<'static>> {
    let widest = codes.iter().map(|(text, _)| text.width()).max().unwrap_or(0).clamp(8, 26) + 1;
    let fit = (width / widest).max(1);
    let all = codes.len().div_ceil(RUN);
    let wide = width / fit.min(all).max(1);
    let first = (hand / RUN + 1).saturating_sub(fit);
    let mut lines = vec![Vec::new(); RUN];
    for column in first..(first + fit).min(all) {
        for (row, line) in lines.iter_mut().enumerate() {
            let Some((text, style)) = codes.get(column * RUN + row) else { continue };
            let text = cut(text, wide.saturating_sub(1));
            let pad = " ".repeat(wide.saturating_sub(text.width()));
            line.push(Span::styled(text, *style));
            line.push(Span::raw(pad));
        }
    }
    lines.into_iter().map(Line::from).collect()
}
