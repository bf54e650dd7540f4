//! A stretch of text on the screen, with numbers before its sentences and lines where it is cut.

use std::collections::BTreeMap;

use super::Talk;
use super::wrap::wrap;
use crate::domain::locator::Span;
use crate::domain::transcript::Transcript;
use crate::escape::terminal::visible;
use crate::unitize::cuts::Point;

/// What stands at places of a stretch.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Numbers of sentences.
    pub(super) numbers: BTreeMap<Point, usize>,
    /// Lines across the screen.
    pub(super) lines: BTreeMap<Point, String>,
}

/// A stretch with its marks, paragraph by paragraph.
pub(super) fn stretch(
    transcript: &Transcript,
    span: Span,
    marks: &Marks,
    talk: &Talk<'_>,
) -> String {
    let mut out = String::new();
    for (number, speaker, text) in transcript.pieces(span) {
        let begin = if number == span.first { span.from.unwrap_or(0) } else { 0 };
        let label = speaker.map(|speaker| format!("{speaker}: ")).unwrap_or_default();
        let mut line = label.clone();
        let mut shown = false;
        let mut flush = |line: &mut String, out: &mut String| {
            if line.len() > label.len() || (!shown && text.is_empty()) {
                out.push_str(&wrap(
                    &visible(line),
                    talk.width,
                    &format!("{number:>6}  "),
                    "        ",
                ));
                shown = true;
            }
            line.clone_from(&label);
        };
        for (character, letter) in (begin..).zip(text.chars().map(Some).chain([None])) {
            let at = Point { paragraph: number, character };
            if letter.is_some() || text.is_empty() {
                if let Some(rule) = marks.lines.get(&at) {
                    flush(&mut line, &mut out);
                    out.push_str(&self::rule(rule, talk));
                }
                if let Some(nth) = marks.numbers.get(&at) {
                    line.push_str(&format!("[{nth}] "));
                }
            }
            line.extend(letter);
        }
        flush(&mut line, &mut out);
    }
    out
}

/// `──── c1 cuts here ────`, as wide as the screen.
fn rule(text: &str, talk: &Talk<'_>) -> String {
    let text = visible(text);
    let used = text.chars().count() + 6;
    format!("──── {text} {}\n", "─".repeat(talk.width.saturating_sub(used)))
}
