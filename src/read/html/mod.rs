//! Web pages (HTML) into blocks: the paragraphs that a browser would show, in order.
//!
//! Read tag by tag with a list of open elements, in one pass and without recursion: the trees that
//! browsers' parsers build take time that grows with the square of the depth. What the page hides or is
//! only made of (scripts, styles, menus, its title, comments) is nobody's speech; it is counted and told.

mod chat;
mod elements;
mod lexer;
mod reader;

use std::borrow::Cow;

use encoding_rs::Encoding;

use self::reader::Reader;
use super::content::{Content, Source};
use super::decode::{self, Decoded};
use super::unreadable::Unreadable;
use crate::msg;

/// How deep elements may lie in one another; browsers stop at 512.
const DEPTH: usize = 2_000;

/// Whether bytes are a web page: it begins as one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = head(bytes);
    let head = head.trim_start();
    let begins = |marks: &[&str]| marks.iter().any(|mark| head.starts_with(mark));
    begins(&["<!doctype html", "<html", "<head>", "<body"])
        || (begins(&["<?xml", "<!--", "<!doctype"]) && head.contains("<html"))
}

/// Reads a web page.
///
/// # Errors
/// Its bytes are not text in the encoding that it names, or its elements lie in one another without end.
pub(super) fn read(source: &Source<'_>) -> Result<Content<'static>, Unreadable> {
    let decoded = decoded(source)?;
    let mut reader = Reader::new(&decoded.text);
    let mut tokens = lexer::Lexer::new(&decoded.text);
    while let Some(token) = tokens.next() {
        reader.token(token, &tokens);
        if reader.depth() > DEPTH {
            let what = msg!("import.nested", most = DEPTH);
            return Err(Unreadable::new(what, msg!("import.is.html.fix")));
        }
    }
    let (mut blocks, mut notes) = reader.finish();
    chat::named(&mut blocks);
    notes.splice(0..0, decoded.notes);
    Ok(Content { notes, encoding: Some(decoded.encoding), ..Content::of(blocks) })
}

/// The page's text: in the encoding that the researcher names, that of its byte order mark, the one that
/// it says itself, or the one that it seems to be in.
fn decoded<'a>(source: &Source<'a>) -> Result<Decoded<'a>, Unreadable> {
    if source.encoding.is_none()
        && Encoding::for_bom(source.bytes).is_none()
        && let Some(name) = declared(&head(source.bytes))
        && let Ok(decoded) = decode::decode(source.bytes, Some(&name))
    {
        return Ok(decoded);
    }
    decode::decode(source.bytes, source.encoding)
}

/// The beginning of a page in small letters.
fn head(bytes: &[u8]) -> Cow<'_, str> {
    let head = bytes.get(..2048.min(bytes.len())).unwrap_or_default();
    let text = match Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0,
        None => String::from_utf8_lossy(head),
    };
    Cow::Owned(text.to_ascii_lowercase())
}

/// The encoding that a page says it is in: `<meta charset="…">`, `content="text/html; charset=…"`, or that
/// of XML.
fn declared(head: &str) -> Option<String> {
    let after = match head.split_once("charset") {
        Some((before, after)) if before.contains("<meta") => after,
        _ => head.strip_prefix("<?xml")?.split_once("?>")?.0.split_once("encoding")?.1,
    };
    let after = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end =
        after.find(|it: char| !it.is_ascii_alphanumeric() && !matches!(it, '-' | '_' | ':' | '.'));
    let name = after.get(..end.unwrap_or(after.len()))?;
    // What was read here one byte at a time is not in an encoding of two.
    let name = if name.starts_with("utf-16") { "utf-8" } else { name };
    Encoding::for_label(name.as_bytes()).map(|it| it.name().to_owned())
}
