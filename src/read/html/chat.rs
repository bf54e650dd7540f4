//! Lines of a chat inside a page: `<ada_poe> yes` names who wrote it as surely as a label.

use std::collections::BTreeSet;

use crate::language;
use crate::read::block::{Block, BlockKind};

/// So many lines make a chat; one alone may be anything.
const LINES: usize = 3;
/// So many people too: one word in angle brackets again and again is a mark of the transcriber.
const PEOPLE: usize = 2;

/// Takes `<name>` off the lines of a chat, and says that they are that person's.
pub(super) fn named(blocks: &mut [Block<'static>]) {
    let lines = || blocks.iter().filter_map(nick);
    let people: BTreeSet<&str> = lines().map(|(nick, _)| nick).collect();
    if lines().count() < LINES || people.len() < PEOPLE {
        return;
    }
    for block in blocks {
        if let Some((nick, text)) = nick(block) {
            let (nick, text) = (nick.to_owned(), text.to_owned());
            *block = Block { text: text.into(), strong: 0, ..std::mem::take(block) }.said_by(nick);
        }
    }
}

/// Who wrote a line, and what.
fn nick<'a>(block: &'a Block<'static>) -> Option<(&'a str, &'a str)> {
    let (nick, text) = block.text.strip_prefix('<')?.split_once("> ")?;
    let sound = block.kind == BlockKind::Text
        && !nick.is_empty()
        && nick.len() <= 80
        && !nick.contains(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | '='))
        && !language::is_mark(&language::fold(nick));
    let text = text.trim();
    (sound && !text.is_empty()).then_some((nick, text))
}
