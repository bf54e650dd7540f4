//! The grammar of a line at a meeting over cuts, stage by stage.

use super::{Act, SettleDesk, Stage};
use crate::desk::typed::{self, bare, head};
use crate::domain::id::CoderId;
use crate::domain::message::Message;
use crate::msg;

/// Makes an act of a line.
pub(super) fn read(desk: &SettleDesk<'_>, line: &str) -> Result<Act, Message> {
    let line = bare(line);
    match desk.stage {
        Stage::Present => present(desk, line),
        Stage::Choice => choice(desk, line),
        Stage::Reason(_) => Ok(match line {
            "q" | "Q" => Act::Leave,
            "?" => Act::Help,
            "z" | "Z" => Act::Back,
            reason => Act::Reason(reason.to_owned()),
        }),
    }
}

/// Reads who is here.
pub(super) fn present(desk: &SettleDesk<'_>, line: &str) -> Result<Act, Message> {
    if line.eq_ignore_ascii_case("q") {
        return Ok(Act::Leave);
    }
    let coders = desk.study.settings.coders.iter();
    let all: Vec<CoderId> = coders.map(|it| it.id.clone()).collect();
    let present = typed::present(line, &all);
    present.map(Act::Present).ok_or_else(|| msg!("resolve.present_shape"))
}

fn choice(desk: &SettleDesk<'_>, line: &str) -> Result<Act, Message> {
    let (word, rest) = head(line);
    if !rest.is_empty() {
        return Err(msg!("code.alone", letter = word));
    }
    Ok(match word {
        "q" | "Q" => Act::Leave,
        "h" | "H" | "?" => Act::Help,
        "z" | "Z" => Act::Undo,
        _ if desk.at.is_none() => return Err(msg!("settle.all_decided")),
        "c" | "C" => Act::Choose(true),
        "n" | "N" => Act::Choose(false),
        "s" | "S" => Act::Skip,
        number => Act::Take(number.parse().map_err(|_| msg!("code.not_understood"))?),
    })
}
