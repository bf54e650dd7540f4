//! The grammar of a line while cuts are looked at: one letter, with what it needs.

use super::{Act, ReviewDesk};
use crate::desk::typed::{bare, head};
use crate::domain::locator::Locator;
use crate::domain::message::Message;
use crate::msg;

/// Makes an act of a line.
pub(super) fn read(desk: &ReviewDesk<'_>, line: &str) -> Result<Act, Message> {
    let (head, rest) = head(bare(line));
    let alone =
        |act: Act| if rest.is_empty() { Ok(act) } else { Err(msg!("code.alone", letter = head)) };
    let count = |default: Option<usize>| match rest {
        "" => default.ok_or_else(|| msg!("review.which_sentence")),
        rest => rest.parse().ok().filter(|it| *it > 0).ok_or_else(|| msg!("review.which_sentence")),
    };
    match head {
        "k" | "K" => alone(Act::Keep),
        "d" | "D" => alone(Act::Drop),
        "b" | "B" => count(Some(1)).map(Act::Back),
        "f" | "F" => count(Some(1)).map(Act::Forward),
        "a" | "A" => count(None).map(Act::Add),
        "s" | "S" => alone(Act::Skip),
        "z" | "Z" => alone(Act::Undo),
        "g" | "G" if rest.is_empty() => Err(msg!("review.go_where")),
        "g" | "G" => place(desk, rest).map(Act::Go).ok_or_else(|| msg!("code.no_such_unit")),
        "h" | "H" | "?" => alone(Act::Help),
        "q" | "Q" => alone(Act::Leave),
        "" => Err(msg!("review.nothing_typed")),
        _ => Err(msg!("code.not_understood")),
    }
}

/// A locator; a number alone is a paragraph of the transcript at hand.
fn place(desk: &ReviewDesk<'_>, text: &str) -> Option<Locator> {
    text.parse::<Locator>().ok().or_else(|| {
        let span = text.parse().ok()?;
        Some(desk.here()?.locator(span))
    })
}
