//! What both screens for cuts draw alike: the text with its cuts, the one at hand in view.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use crate::domain::locator::Span;
use crate::domain::transcript::Transcript;
use crate::escape::terminal::visible;
use crate::face::screen::face::{Face, Mode, Scene};
use crate::face::screen::parts::{is_wide, put};
use crate::face::stretch::{Marks, Piece, pieces};
use crate::render::wrap::wrap;
use crate::unitize::cuts::Point;

/// Paragraphs shown on either side of what is looked at.
const AROUND: u32 = 12;

/// Lines of what is typed that stay in view.
const TYPED: usize = 4;

/// A text with cuts, of which one is at hand.
pub(super) struct Cuts<'v> {
    pub(super) transcript: &'v Transcript,
    /// What is looked at: what stands around it is dimmed.
    pub(super) from: Point,
    pub(super) to: Point,
    pub(super) hand: Point,
    pub(super) marks: Marks,
}

impl Cuts<'_> {
    /// The text in lines: all that is looked at, and some of what stands around it.
    fn pieces(&self, width: usize) -> Vec<Piece> {
        let first = self.from.paragraph.saturating_sub(AROUND).max(1);
        let last = self.to.paragraph.saturating_add(AROUND).min(self.transcript.count());
        match Span::paragraphs(first, last) {
            Ok(span) => pieces(self.transcript, span, &self.marks, width),
            Err(_) => Vec::new(),
        }
    }

    /// Puts the text into an area, the cut at hand a little above the middle.
    fn put(&self, buffer: &mut Buffer, area: Rect, scroll: i32) {
        let pieces = self.pieces(usize::from(area.width));
        let is_hand = |it: &Piece| matches!(it, Piece::Rule(at, _) if *at == self.hand);
        let hand = pieces.iter().position(is_hand).unwrap_or(0);
        let height = usize::from(area.height);
        let last = pieces.len().saturating_sub(height);
        let top = hand.saturating_sub(height * 2 / 5).min(last);
        let by = usize::try_from(scroll.unsigned_abs()).unwrap_or(usize::MAX);
        let top = match scroll {
            scroll if scroll < 0 => top.saturating_sub(by),
            _ => top.saturating_add(by).min(last),
        };
        for (y, piece) in (0..area.height).zip(pieces.iter().skip(top)) {
            put(buffer, area, y, &Line::styled(piece.line().to_owned(), self.style(piece)));
        }
    }

    fn style(&self, piece: &Piece) -> Style {
        match piece {
            Piece::Rule(at, _) if *at == self.hand => {
                Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
            }
            Piece::Text(at, _) if *at >= self.from && *at < self.to => Style::new(),
            Piece::Rule(..) | Piece::Text(..) => Style::new().add_modifier(Modifier::DIM),
        }
    }
}

/// A screen for cuts: its head, the text if a cut is at hand, what is asked or told beneath it.
pub(super) fn screen<'a, S: Scene<'a>>(
    face: &Face<'a, S>,
    buffer: &mut Buffer,
    area: Rect,
    desk: &S,
    (head, cuts, told): (&[&str], Option<&Cuts<'_>>, &[String]),
) {
    let width = usize::from(area.width);
    put(buffer, area, 0, &face.head_line(head, area.width));
    let mut asked: Vec<Line<'static>> = Vec::new();
    for text in told {
        asked.extend(wrap(text, width, " ", " ").lines().map(|it| Line::raw(it.to_owned())));
    }
    asked.extend(typed(face, width));
    let state: u16 = if is_wide(area) { 3 } else { 1 };
    let below = u16::try_from(asked.len()).unwrap_or(u16::MAX).min(area.height / 2);
    let text = Rect { y: area.y + 1, height: area.height - 2 - state - below, ..area };
    match cuts {
        Some(cuts) => {
            cuts.put(buffer, text, face.scroll);
            let beneath = Rect { y: text.bottom(), height: below, ..area };
            (0..below).zip(&asked).for_each(|(y, line)| put(buffer, beneath, y, line));
        }
        None => (1..text.height).zip(&asked).for_each(|(y, line)| put(buffer, text, y, line)),
    }
    face.kept(buffer, Rect { y: area.bottom() - state - 1, height: state, ..area });
    face.put_legend(buffer, Rect { y: area.bottom() - 1, height: 1, ..area }, desk);
}

/// What is typed, or could not be kept, in as many lines as it needs.
fn typed<'a, S: Scene<'a>>(face: &Face<'a, S>, width: usize) -> Vec<Line<'static>> {
    let text = match &face.mode {
        Mode::Typing(field, text) => format!("{}{}▏", face.label(*field), visible(text)),
        Mode::Failed(what, _) => match S::words(what) {
            Some(words) => visible(words).into_owned(),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let wrapped = wrap(&text, width, "", "  ");
    let from = wrapped.lines().count().saturating_sub(TYPED);
    let bold = Style::new().add_modifier(Modifier::BOLD);
    wrapped.lines().skip(from).map(|it| Line::styled(it.to_owned(), bold)).collect()
}
