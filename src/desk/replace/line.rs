//! The grammar of a line while matches are confirmed: one letter.

use super::Act;
use crate::desk::typed::bare;
use crate::domain::message::Message;
use crate::msg;

/// Makes an act of a line.
pub(super) fn read(line: &str) -> Result<Act, Message> {
    match bare(line).to_ascii_lowercase().as_str() {
        "y" => Ok(Act::Answer(true)),
        "n" => Ok(Act::Answer(false)),
        "z" => Ok(Act::Undo),
        "h" | "?" => Ok(Act::Help),
        "q" => Ok(Act::Leave),
        _ => Err(msg!("code.not_understood")),
    }
}
