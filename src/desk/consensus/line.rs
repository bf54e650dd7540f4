//! The grammar of a line at the consensus meeting, stage by stage.

use super::{Act, ConsensusDesk, Stage};
use crate::desk::choices;
use crate::desk::typed::{self, bare, head, words};
use crate::domain::answer::DimensionIndex;
use crate::domain::consensus::Reason;
use crate::domain::id::CoderId;
use crate::domain::message::Message;
use crate::msg;

/// Makes an act of a line.
pub(super) fn read(desk: &ConsensusDesk<'_>, line: &str) -> Result<Act, Message> {
    let line = bare(line);
    match &desk.stage {
        Stage::Present => present(desk, line),
        Stage::Choice => choice(desk, line),
        Stage::Reason(_) => match line {
            "q" | "Q" => Ok(Act::Leave),
            "z" | "Z" => Ok(Act::Back),
            "?" => Ok(Act::Help),
            _ => reason(line).map(Act::Reason).ok_or_else(|| msg!("resolve.no_reason")),
        },
        Stage::Rationale(..) => Ok(match line {
            "q" | "Q" => Act::Leave,
            "z" | "Z" => Act::Back,
            "?" => Act::Help,
            text => Act::Rationale(text.to_owned()),
        }),
    }
}

/// Reads who is here.
pub(super) fn present(desk: &ConsensusDesk<'_>, line: &str) -> Result<Act, Message> {
    if line.eq_ignore_ascii_case("q") {
        return Ok(Act::Leave);
    }
    let coders = desk.study.settings.coders.iter();
    let all: Vec<CoderId> = coders.map(|it| it.id.clone()).collect();
    let present = typed::present(line, &all);
    present.map(Act::Present).ok_or_else(|| msg!("resolve.present_shape"))
}

fn choice(desk: &ConsensusDesk<'_>, line: &str) -> Result<Act, Message> {
    let (head, rest) = head(line);
    let alone =
        |act: Act| if rest.is_empty() { Ok(act) } else { Err(msg!("code.alone", letter = head)) };
    match head {
        "b" | "B" => alone(Act::Both),
        "l" | "L" => alone(Act::Open),
        "s" | "S" => alone(Act::Skip),
        "z" | "Z" => alone(Act::Undo),
        "q" | "Q" => alone(Act::Leave),
        "h" | "H" | "?" => alone(Act::Help),
        "o" | "O" if rest.is_empty() => Err(msg!("resolve.other_which")),
        "o" | "O" => choices::read(desk.study, dimension(desk)?, &words(rest)).map(Act::Other),
        "k" | "K" if rest.is_empty() => Err(msg!("resolve.change_what")),
        "k" | "K" => Ok(Act::Change(rest.to_owned())),
        "c" | "C" => choices::named(desk.study, dimension(desk)?, &words(rest)).map(Act::Define),
        _ => match head.parse() {
            Ok(number) if head.bytes().all(|byte| byte.is_ascii_digit()) => {
                if rest.is_empty() {
                    Ok(Act::Take(number))
                } else {
                    Err(msg!("resolve.one_coder"))
                }
            }
            _ => Err(msg!("resolve.not_understood")),
        },
    }
}

/// The dimension of the discrepancy at hand.
fn dimension(desk: &ConsensusDesk<'_>) -> Result<DimensionIndex, Message> {
    let hand = desk.hand().map(|(_, dispute)| dispute.dimension);
    hand.ok_or_else(|| msg!("resolve.all_settled"))
}

/// Reads a reason: its number, its word or its first letter.
fn reason(line: &str) -> Option<Reason> {
    let line = line.to_ascii_lowercase();
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
