//! A stretch of text in lines, with numbers before its sentences and rules where it is cut.

use std::collections::BTreeMap;

use crate::domain::locator::Span;
use crate::domain::transcript::Transcript;
use crate::escape::terminal::visible;
use crate::render::wrap::wrap;
use crate::unitize::cuts::Point;

/// What stands at places of a stretch.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Numbers of sentences.
    pub(super) numbers: BTreeMap<Point, usize>,
    /// Lines across the screen.
    pub(super) lines: BTreeMap<Point, String>,
}

/// A line of a stretch, and the place at which what it belongs to begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// What was said.
    Text(Point, String),
    /// A cut.
    Rule(Point, String),
}

impl Piece {
    /// The line.
    pub(super) fn line(&self) -> &str {
        match self {
            Self::Text(_, line) | Self::Rule(_, line) => line,
        }
    }
}

/// A stretch with its marks, paragraph by paragraph, in lines of a width.
pub(super) fn pieces(
    transcript: &Transcript,
    span: Span,
    marks: &Marks,
    width: usize,
) -> Vec<Piece> {
    let mut out = Vec::new();
    for (number, speaker, text) in transcript.pieces(span) {
        let begin = if number == span.first { span.from.unwrap_or(0) } else { 0 };
        let label = speaker.map(|speaker| format!("{speaker}: ")).unwrap_or_default();
        let mut line = label.clone();
        let mut from = Point { paragraph: number, character: begin };
        let mut shown = false;
        let mut flush = |line: &mut String, from: Point, out: &mut Vec<Piece>| {
            if line.len() > label.len() || (!shown && text.is_empty()) {
                let wrapped = wrap(&visible(line), width, &format!("{number:>6}  "), "        ");
                out.extend(wrapped.lines().map(|it| Piece::Text(from, it.to_owned())));
                shown = true;
            }
            line.clone_from(&label);
        };
        for (character, letter) in (begin..).zip(text.chars().map(Some).chain([None])) {
            let at = Point { paragraph: number, character };
            if letter.is_some() || text.is_empty() {
                if let Some(rule) = marks.lines.get(&at) {
                    flush(&mut line, from, &mut out);
                    from = at;
                    out.push(Piece::Rule(at, self::rule(rule, width)));
                }
                if let Some(nth) = marks.numbers.get(&at) {
                    line.push_str(&format!("[{nth}] "));
                }
            }
            line.extend(letter);
        }
        flush(&mut line, from, &mut out);
    }
    out
}

/// `──── c1 cuts here ────`, as wide as the screen.
fn rule(text: &str, width: usize) -> String {
    let text = visible(text);
    let used = text.chars().count() + 6;
    format!("──── {text} {}", "─".repeat(width.saturating_sub(used)))
}
