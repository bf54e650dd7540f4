//! What every screen draws alike: its state, the legend, what is read over the text; and lines that fit.

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use super::face::{Face, Lines, Mode, Panel, Scene};
use crate::escape::terminal::visible;
use crate::msg;
use crate::render::wrap::wrap;
use crate::words;

/// The narrowest and lowest screen on which anything is drawn.
pub(super) const LEAST: (u16, u16) = (60, 16);

/// From here on there is room for more.
pub(super) const WIDE: (u16, u16) = (100, 30);

/// What stands between the parts of a line.
const BETWEEN: &str = " · ";

/// So many parts of a head stay, whole or not.
const KEPT: usize = 3;

/// Whether a screen has room for more.
pub(super) fn is_wide(area: Rect) -> bool {
    area.width >= WIDE.0 && area.height >= WIDE.1
}

impl<'a, S: Scene<'a>> Face<'a, S> {
    /// Draws the whole screen.
    pub fn draw(&self, frame: &mut Frame<'_>, desk: &S) {
        let area = frame.area();
        let buffer = frame.buffer_mut();
        if area.width < LEAST.0 || area.height < LEAST.1 {
            // A window that was made smaller: nothing is decided blindly.
            let least = format!("{}×{}", LEAST.0, LEAST.1);
            return put(buffer, area, 0, &Line::raw(least));
        }
        S::draw(self, buffer, area, desk);
        if let Mode::Panel(panel, top) = &self.mode {
            let width = usize::from(area.width);
            let lines = match panel {
                Panel::Help => self.keys(width),
                Panel::Text(lines) => paragraphs(lines, width),
            };
            self.read(buffer, area, lines, *top, desk);
        }
    }

    /// What is read over the text, from a line on.
    fn read(&self, buffer: &mut Buffer, area: Rect, lines: Lines, top: usize, desk: &S) {
        let over = self.over(buffer, area, desk);
        let top = top.min(lines.len().saturating_sub(usize::from(over.height) - 1));
        for (y, (line, heading)) in (0..over.height - 1).zip(lines.into_iter().skip(top)) {
            put(buffer, over, y, &Line::styled(line, of_heading(heading)));
        }
    }

    /// Clears what lies between the head and the legend, and shows the legend.
    pub(super) fn over(&self, buffer: &mut Buffer, area: Rect, desk: &S) -> Rect {
        let over = Rect { y: area.y + 1, height: area.height - 2, ..area };
        Clear.render(over, buffer);
        let foot = Rect { y: area.bottom() - 1, height: 1, ..area };
        let legend = fewer(&self.legend(desk), usize::from(area.width));
        put(buffer, foot, 0, &Line::raw(filled(&legend, area.width)));
        over
    }

    /// The head of a screen: its parts in one line of reversed colours.
    pub(super) fn head_line(&self, parts: &[&str], width: u16) -> Line<'static> {
        // A case that has no other name than its text is named once.
        let mut parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.dedup();
        // What stands last is needed least: half of it says nothing.
        let fits = |parts: &[&str]| parts.join(BETWEEN).width() <= usize::from(width);
        while parts.len() > KEPT && !fits(&parts) {
            parts.pop();
        }
        let style = Style::new().add_modifier(Modifier::REVERSED);
        Line::styled(filled(&visible(&parts.join(BETWEEN)), width), style)
    }

    /// What is typed, then what was said and kept last.
    pub(super) fn state(&self, buffer: &mut Buffer, area: Rect) {
        let Mode::Typing(field, text) = &self.mode else { return self.kept(buffer, area) };
        // The end of what is typed stays in view.
        let width = usize::from(area.width);
        let line = tail(&format!("{}{}▏", self.label(*field), visible(text)), width);
        put(buffer, area, 0, &Line::styled(line, Style::new().add_modifier(Modifier::BOLD)));
        let rest = Rect { y: area.y + 1, height: area.height - 1, ..area };
        self.kept(buffer, rest);
    }

    /// What could not be kept, else what was said last; then what was kept last.
    pub(super) fn kept(&self, buffer: &mut Buffer, area: Rect) {
        let width = usize::from(area.width);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let mut shown: Vec<Line<'static>> = Vec::new();
        match &self.mode {
            Mode::Failed(_, why) => {
                let text = self.say(&msg!("screen.failed", what = why));
                let style = bold.add_modifier(Modifier::REVERSED);
                shown.push(Line::styled(cut(&text, width), style));
            }
            _ => shown.extend(self.said.as_ref().map(|it| Line::styled(cut(it, width), bold))),
        }
        shown.extend(self.last.iter().map(|it| Line::raw(cut(it, width))));
        if shown.is_empty() {
            shown.push(Line::raw(self.word("screen.nothing_saved")));
        }
        for (y, line) in (0..area.height).zip(shown) {
            put(buffer, area, y, &line);
        }
    }

    /// What stands before the text that is typed.
    pub(super) fn label(&self, field: S::Field) -> String {
        match S::label(field) {
            "" => ": ".to_owned(),
            key => format!("{}: ", self.word(key)),
        }
    }

    /// Which keys do what now.
    pub(super) fn legend(&self, desk: &S) -> String {
        match &self.mode {
            _ if self.interrupted => self.word("screen.leave_again"),
            Mode::Keys | Mode::Own(_) => S::legend(self, desk),
            Mode::Typing(field, _) => self.word(S::legend_typed(*field)),
            Mode::Panel(..) => self.word("screen.legend_panel"),
            Mode::Failed(..) => self.word("screen.legend_failed"),
        }
    }

    /// The legend in its line.
    pub(super) fn put_legend(&self, buffer: &mut Buffer, area: Rect, desk: &S) {
        let style = Style::new().add_modifier(Modifier::DIM);
        let width = usize::from(area.width);
        let legend = cut(&fewer(&self.legend(desk), width), width);
        put(buffer, area, 0, &Line::styled(legend, style));
    }

    /// Every key and what it does, in lines of a width.
    fn keys(&self, width: usize) -> Lines {
        let table = S::table();
        let column = table.iter().map(|(shown, _)| shown.width()).max().unwrap_or(0) + 3;
        let line = |(shown, says): &(&'static str, &'static str)| {
            let pad = " ".repeat(column.saturating_sub(shown.width() + 1));
            let says = words::word(says, self.language);
            wrap(&says, width, &format!(" {shown}{pad}"), &" ".repeat(column))
        };
        let text: String = table.iter().map(line).collect();
        text.lines().map(|line| (line.to_owned(), false)).collect()
    }
}

/// A heading is bold.
pub(super) fn of_heading(heading: bool) -> Style {
    match heading {
        true => Style::new().add_modifier(Modifier::BOLD),
        false => Style::new(),
    }
}

/// Paragraphs in lines of a width, headings marked.
pub(super) fn paragraphs(lines: &[(String, bool)], width: usize) -> Lines {
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

/// A legend in so many columns: the last two of its keys lead to all others and out, so that those before them give way.
fn fewer(legend: &str, width: usize) -> String {
    let mut keys: Vec<&str> = legend.split(BETWEEN).collect();
    while keys.len() > 3 && keys.join(BETWEEN).width() > width {
        keys.remove(keys.len() - 3);
    }
    keys.join(BETWEEN)
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
pub(super) fn fitted(spans: Vec<Span<'static>>, width: usize) -> Line<'static> {
    let mut used = 0;
    let mut line = Vec::new();
    for span in spans {
        let text = cut(&span.content, width.saturating_sub(used));
        used += text.width();
        line.push(Span::styled(text, span.style));
    }
    Line::from(line)
}

/// Things in columns over so many lines; where there are more, those around the one at hand.
pub(super) fn columns(
    things: &[(String, Style)],
    width: usize,
    lines: usize,
    hand: usize,
) -> Vec<Line<'static>> {
    let widest = things.iter().map(|(text, _)| text.width()).max().unwrap_or(0).clamp(8, 26) + 1;
    let fit = (width / widest).max(1);
    let all = things.len().div_ceil(lines);
    let first = (hand / lines + 1).saturating_sub(fit);
    let seen = first..(first + fit).min(all);
    let mut shown = vec![Vec::new(); lines];
    for (column, wide) in seen.clone().zip(widths(things, lines, seen, width)) {
        for (row, line) in shown.iter_mut().enumerate() {
            let Some((text, style)) = things.get(column * lines + row) else { continue };
            let text = cut(text, wide.saturating_sub(1));
            let pad = " ".repeat(wide.saturating_sub(text.width()));
            line.push(Span::styled(text, *style));
            line.push(Span::raw(pad));
        }
    }
    shown.into_iter().map(Line::from).collect()
}

/// How wide columns are: as wide as what stands in them, where all of that has room, else alike.
fn widths(
    things: &[(String, Style)],
    lines: usize,
    seen: Range<usize>,
    width: usize,
) -> Vec<usize> {
    let columns = things.chunks(lines).skip(seen.start).take(seen.len());
    let needed = |column: &[(String, Style)]| {
        column.iter().map(|(text, _)| text.width() + 1).max().unwrap_or(0)
    };
    let needed: Vec<usize> = columns.map(needed).collect();
    let alike = width / needed.len().max(1);
    // The blank after the last column may lie beyond the edge.
    let all = needed.iter().sum::<usize>().saturating_sub(1);
    if all > width || needed.iter().all(|it| *it <= alike) {
        return vec![alike; needed.len()];
    }
    let more = (width - all) / needed.len().max(1);
    needed.iter().map(|it| it + more).collect()
}
