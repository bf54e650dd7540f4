//! What the coding screen looks like: the talk above or beside, all dimensions at once, the codes of one of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{CodeFace, Own};
use crate::desk::Desk;
use crate::desk::coding::{CodingDesk, Question, View};
use crate::face::screen::face::Mode;
use crate::face::screen::parts::{columns, cut, fitted, is_wide, of_heading, put};
use crate::msg;
use crate::render::wrap::wrap;

/// Lines of the band beneath the text.
const BAND: u16 = 9;

/// Lines for dimensions, and as many for codes, in the band.
const RUN: usize = 3;

impl<'a> CodeFace<'a> {
    pub(super) fn draw_coding(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'a>) {
        match desk.view() {
            View::Question(open) => self.open(buffer, area, desk, &open),
            View::Finished { units } => self.finished(buffer, area, desk, units),
        }
        match &self.mode {
            Mode::Own(Own::Marking(code, at, from)) => {
                self.marking(buffer, area, desk, (*code, *at, *from));
            }
            Mode::Own(Own::Palette(text, at)) => self.palette(buffer, area, desk, (text, *at)),
            _ => {}
        }
    }

    fn open(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'a>, open: &Question<'_>) {
        put(buffer, area, 0, &self.head(open, area.width));
        let wide = is_wide(area);
        let below = if wide { 5 } else { BAND };
        let body = Rect { y: area.y + 1, height: area.height - 1 - below, ..area };
        let foot = Rect { y: body.bottom(), height: below, ..area };
        if wide {
            let left = Rect { width: body.width * 3 / 5 - 1, ..body };
            let rule = left.right() + 1;
            let right = Rect { x: rule + 2, width: body.right() - rule - 2, ..body };
            self.text(buffer, left, desk, open);
            for y in body.top()..body.bottom() {
                buffer.set_string(rule, y, "│", Style::new().add_modifier(Modifier::DIM));
            }
            self.pane(buffer, right, desk, open);
            self.wide_foot(buffer, foot, desk);
        } else {
            self.text(buffer, body, desk, open);
            self.band(buffer, foot, desk, open);
        }
    }

    fn head(&self, open: &Question<'_>, width: u16) -> Line<'static> {
        let unit = self.study.unit_at(open.unit);
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
        self.head_line(&parts, width)
    }

    /// The talk, with the unit in view.
    fn text(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'a>, open: &Question<'_>) {
        if let Some(talk) = self.talk(desk, open, usize::from(area.width)) {
            talk.put(buffer, area, self.scroll);
        }
    }

    /// The nine lines beneath the text.
    fn band(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'a>, open: &Question<'_>) {
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
        for (y, line) in (RUN as u16..).zip(columns(&codes, width, RUN, self.cursor)) {
            put(buffer, area, y, &line);
        }
        let dim = Style::new().add_modifier(Modifier::ITALIC);
        put(buffer, area, 6, &Line::styled(cut(&self.brief(open, width), width), dim));
        self.state(buffer, Rect { y: area.y + 7, height: 1, ..area });
        self.put_legend(buffer, Rect { y: area.y + 8, height: 1, ..area }, desk);
    }

    /// The pane beside the text: dimensions, codes, and what the code at hand means.
    fn pane(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'a>, open: &Question<'_>) {
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
            let unit = self.study.unit_at(*unit).map(|it| it.locator.to_string());
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
                put(buffer, area, y, &Line::styled(line.to_owned(), of_heading(heading)));
                y += 1;
            }
        }
    }

    fn wide_foot(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'a>) {
        let rule = "─".repeat(usize::from(area.width));
        put(buffer, area, 0, &Line::styled(rule, Style::new().add_modifier(Modifier::DIM)));
        self.state(buffer, Rect { y: area.y + 1, height: 3, ..area });
        self.put_legend(buffer, Rect { y: area.y + 4, height: 1, ..area }, desk);
    }

    fn finished(&self, buffer: &mut Buffer, area: Rect, desk: &CodingDesk<'a>, units: usize) {
        let coder = &self.session.coder;
        let done = self.say(&msg!("screen.finished", n = units, coder = coder));
        for (y, line) in (2..).zip(wrap(&done, usize::from(area.width), " ", " ").lines()) {
            put(buffer, area, y, &Line::raw(line.to_owned()));
        }
        self.state(buffer, Rect { y: area.bottom() - 4, height: 3, ..area });
        self.put_legend(buffer, Rect { y: area.bottom() - 1, height: 1, ..area }, desk);
    }

    fn palette(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        desk: &CodingDesk<'a>,
        (text, at): (&str, usize),
    ) {
        let over = self.over(buffer, area, desk);
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
            for (text, _) in self.defined(hand.dimension, &[hand.code]).iter().skip(1) {
                for line in wrap(text, width, "   ", "   ").lines() {
                    put(buffer, over, y, &Line::raw(line.to_owned()));
                    y += 1;
                }
            }
        }
    }
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
