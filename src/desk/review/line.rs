//! The grammar of a line while cuts are looked at: one letter, with what it needs.

use crate::desk::typed::{bare, head};
use crate::domain::message::Message;
use crate::msg;

/// What a line asks for. Whether it can be done is for the desk to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// The cut is right.
    Keep,
    /// There is no cut here.
    Drop,
    /// The cut belongs so many sentences earlier.
    Back(usize),
    /// The cut belongs so many sentences later.
    Forward(usize),
    /// A further cut before the sentence of this number.
    Add(usize),
    /// On to the next cut.
    Skip,
    /// Take back the last change.
    Undo,
    /// To the cut at a place.
    Go(&'a str),
    /// What can be typed.
    Help,
    /// Enough for now.
    Leave,
}

/// Reads a line.
pub(super) fn read(line: &str) -> Result<Line<'_>, Message> {
    let (head, rest) = head(bare(line));
    let alone = |command: Line<'static>| {
        if rest.is_empty() { Ok(command) } else { Err(msg!("code.alone", letter = head)) }
    };
    let count = |default: Option<usize>| match rest {
        "" => default.ok_or_else(|| msg!("review.which_sentence")),
        rest => rest.parse().ok().filter(|it| *it > 0).ok_or_else(|| msg!("review.which_sentence")),
    };
    match head {
        "k" | "K" => alone(Line::Keep),
        "d" | "D" => alone(Line::Drop),
        "b" | "B" => count(Some(1)).map(Line::Back),
        "f" | "F" => count(Some(1)).map(Line::Forward),
        "a" | "A" => count(None).map(Line::Add),
        "s" | "S" => alone(Line::Skip),
        "z" | "Z" => alone(Line::Undo),
        "g" | "G" if rest.is_empty() => Err(msg!("review.go_where")),
        "g" | "G" => Ok(Line::Go(rest)),
        "h" | "H" | "?" => alone(Line::Help),
        "q" | "Q" => alone(Line::Leave),
        "" => Err(msg!("review.nothing_typed")),
        _ => Err(msg!("code.not_understood")),
    }
}
