//! The talk around a unit as lines of a screen, and which of them are in view.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::parts::put;
use crate::desk::passage::Passage;
use crate::domain::locator::Span as Stretch;
use crate::escape::terminal::visible;
use crate::render::wrap::wrap;

/// Columns before the text: the bar, a mark, the paragraph's number.
const MARGIN: usize = 9;

/// The talk around a unit, and which of its lines are the unit.
pub(super) struct Talk {
    pub(super) lines: Vec<Line<'static>>,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Talk {
    /// The talk around a unit, wrapped; the unit between bars, what stands around it dimmed; before each paragraph a
    /// mark.
    pub(super) fn around(passage: &Passage<'_>, mark: impl Fn(u32) -> char, width: usize) -> Self {
        let mut lines = Vec::new();
        let transcript = passage.transcript;
        let mut add = |span: Option<Stretch>, unit: bool| {
            for (number, speaker, text) in span.into_iter().flat_map(|it| transcript.pieces(it)) {
                if text.trim().is_empty() {
                    continue;
                }
                let label = speaker.map(|it| format!("{it}: ")).unwrap_or_default();
                let text = format!("{label}{text}");
                let bar = if unit { '┃' } else { ' ' };
                let first = format!("{bar}{}{number:>5}  ", mark(number));
                let rest = format!("{bar}{}", " ".repeat(MARGIN - 1));
                let style = match unit {
                    true => Style::new(),
                    false => Style::new().add_modifier(Modifier::DIM),
                };
                for line in wrap(&visible(&text), width, &first, &rest).lines() {
                    lines.push(Line::styled(line.to_owned(), style));
                }
            }
            lines.len()
        };
        let from = add(passage.before, false);
        let to = add(Some(passage.unit), true);
        add(passage.after, false);
        Self { lines, from, to }
    }

    /// Puts the talk into an area: the unit in view, and as much of what stands above it as there is room for.
    pub(super) fn put(&self, buffer: &mut Buffer, area: Rect, scroll: i32) {
        let height = usize::from(area.height);
        let room = height.saturating_sub(self.to - self.from);
        let above = (room * 2 / 3).max(room.saturating_sub(self.lines.len() - self.to));
        let top = self.from.saturating_sub(above);
        let last = self.lines.len().saturating_sub(height);
        let by = usize::try_from(scroll.unsigned_abs()).unwrap_or(usize::MAX);
        let top = match scroll {
            // To the end of the unit, no further.
            i32::MAX => self.to.saturating_sub(height).max(top.min(self.to)),
            scroll if scroll < 0 => top.saturating_sub(by),
            _ => top.saturating_add(by),
        };
        for (y, line) in (0..area.height).zip(self.lines.iter().skip(top.min(last))) {
            put(buffer, area, y, line);
        }
    }
}
