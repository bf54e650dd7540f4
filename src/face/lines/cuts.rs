//! A stretch of text with its cuts, as line mode shows it.

use super::Talk;
use crate::domain::locator::Span;
use crate::domain::transcript::Transcript;
use crate::escape::terminal::Guarded;
pub(super) use crate::face::stretch::Marks;
use crate::face::stretch::pieces;

/// A stretch with its marks, paragraph by paragraph.
pub(super) fn stretch(
    transcript: &Transcript,
    span: Span,
    marks: &Marks,
    talk: &Talk<'_>,
) -> Guarded {
    let lines = pieces(transcript, span, marks, talk.width);
    lines.iter().map(|piece| Guarded::line(piece.line())).collect()
}
