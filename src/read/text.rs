//! Plain text into blocks: a line is a paragraph, unless lines were broken by hand to a width.

use std::borrow::Cow;

use super::content::Content;
use super::lines::{Wrap, numbered};
use super::unreadable::Unreadable;
use crate::read::block::Block;

/// Reads a plain text.
pub(super) fn read(text: &str) -> Result<Content<'_>, Unreadable> {
    Ok(Content::of(blocks(text)))
}

/// The blocks of a plain text.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let wrap = Wrap::of(text);
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut previous = "";
    for (number, line) in numbered(text) {
        let line = line.trim();
        match blocks.last_mut() {
            _ if line.is_empty() => {}
            Some(last) if !previous.is_empty() && wrap.joins(previous, line) => {
                let joined: &mut String = last.text.to_mut();
                joined.push(' ');
                joined.push_str(line);
            }
            _ => blocks.push(Block::text(number, Cow::Borrowed(line))),
        }
        previous = line;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        blocks(text).into_iter().map(|it| it.text.into_owned()).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_and_blank_lines_are_dropped() {
        assert_eq!(
            texts("P1: one\n\n \u{a0}\r\nP2: two\u{a0}x \rend"),
            ["P1: one", "P2: two\u{a0}x", "end"]
        );
    }

    #[test]
    fn lines_broken_to_a_width_are_joined_and_a_short_line_ends_its_paragraph() {
        let turn = "this is a long turn that was filled by hand to a width of forty characters and \
            goes on for several lines until it ends with a line that is not full";
        let turns =
            ["ANA: ", "LUIS: ", "ANA: ", "LUIS: ", "ANA: "].map(|label| format!("{label}{turn}"));
        for (between, more) in
            [("\n", ""), ("\n\n", ""), ("\n", " at al"), ("\n", " at all, no, no")]
        {
            let turns: Vec<String> = turns.iter().map(|it| format!("{it}{more}.")).collect();
            let wrapped: Vec<String> = turns.iter().map(|it| wrap(it, 40)).collect();
            assert_eq!(texts(&wrapped.join(between)), turns, "{wrapped:#?}");
        }
    }

    fn wrap(text: &str, width: usize) -> String {
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let last = lines.last_mut().unwrap();
            if last.is_empty() {
                last.push_str(word);
            } else if last.len() + 1 + word.len() <= width {
                last.push(' ');
                last.push_str(word);
            } else {
                lines.push(word.to_owned());
            }
        }
        lines.join("\n")
    }
}
