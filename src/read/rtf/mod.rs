//! Rich text (RTF) into blocks: the paragraphs of the text, in order.
//!
//! Read token by token with a list of open groups, so that nesting costs no stack. Text only: what was
//! deleted, hidden or commented, notes, and heads and feet of pages are nobody's speech; they are counted
//! and told.

mod charset;
mod destination;
mod lexer;
mod reader;
mod text;

use self::lexer::Lexer;
use self::reader::Reader;
use super::content::{Content, Source};
use super::unreadable::Unreadable;
use crate::msg;

/// How deep groups may lie in one another; word processors stay below a hundred.
const DEPTH: usize = 10_000;

/// Whether bytes are rich text.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Reads a rich text.
///
/// # Errors
/// Its groups lie in one another without end.
pub(super) fn read(source: &Source<'_>) -> Result<Content<'static>, Unreadable> {
    let bytes = source.bytes.trim_ascii_start();
    let mut reader = Reader::new();
    for token in Lexer::new(bytes) {
        reader.token(token);
        if reader.is_closed() {
            break;
        }
        if reader.depth() > DEPTH {
            let what = msg!("import.nested", most = DEPTH);
            return Err(Unreadable::new(what, msg!("import.docx.damaged.fix")));
        }
    }
    Ok(reader.finish())
}
