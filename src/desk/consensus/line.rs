//! The grammar of a line at the consensus meeting, stage by stage.

use crate::desk::typed::{bare, head, words};
use crate::domain::consensus::Reason;
use crate::domain::message::Message;
use crate::msg;

/// What a line asks for while the meeting chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// The answer of the coder with this number, from 1.
    Take(usize),
    /// Both answers together.
    Both,
    /// Another answer.
    Other(Vec<&'a str>),
    /// Two readings that both stand.
    Open,
    /// Something that should change in the codebook.
    Change(&'a str),
    /// On to the next discrepancy.
    Skip,
    /// Take back the last settlement.
    Undo,
    /// The definitions: of the whole dimension, or of these choices.
    Definitions(Vec<&'a str>),
    /// What can be typed.
    Help,
    /// Enough for now.
    Leave,
}

/// Reads a line while the meeting chooses.
pub(super) fn read(line: &str) -> Result<Line<'_>, Message> {
    let line = bare(line);
    let (head, rest) = head(line);
    let alone = |command: Line<'static>| {
        if rest.is_empty() { Ok(command) } else { Err(msg!("code.alone", letter = head)) }
    };
    match head {
        "b" | "B" => alone(Line::Both),
        "l" | "L" => alone(Line::Open),
        "s" | "S" => alone(Line::Skip),
        "z" | "Z" => alone(Line::Undo),
        "q" | "Q" => alone(Line::Leave),
        "h" | "H" | "?" => alone(Line::Help),
        "o" | "O" if rest.is_empty() => Err(msg!("resolve.other_which")),
        "o" | "O" => Ok(Line::Other(words(rest))),
        "k" | "K" if rest.is_empty() => Err(msg!("resolve.change_what")),
        "k" | "K" => Ok(Line::Change(rest)),
        "c" | "C" => Ok(Line::Definitions(words(rest))),
        _ => match head.parse() {
            Ok(number) if head.bytes().all(|byte| byte.is_ascii_digit()) => {
                if rest.is_empty() {
                    Ok(Line::Take(number))
                } else {
                    Err(msg!("resolve.one_coder"))
                }
            }
            _ => Err(msg!("resolve.not_understood")),
        },
    }
}

/// Reads a reason: its number, its word or its first letter.
pub(super) fn reason(line: &str) -> Option<Reason> {
    let line = bare(line).to_ascii_lowercase();
    Reason::ALL
        .into_iter()
        .zip(1..)
        .find(|(reason, number)| {
            let word = reason.as_str();
            line == word
                || line == number.to_string()
                || (line.len() == 1 && word.starts_with(&line))
        })
        .map(|(reason, _)| reason)
}
