//! Text in lines of a given width, as a terminal shows it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::escape::terminal::visible;

/// Wraps a text at blanks: the first line begins with `first`, every other one with `rest`.
///
/// A word wider than the line is cut. Widths are those of a terminal, where some characters take two
/// columns and some none. What would move the cursor or turn the direction of text becomes visible here, so that no
/// text, wherever it comes from, reaches a terminal in lines and unguarded.
#[must_use]
pub fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut out = String::from(first);
    let mut used = first.width();
    let mut empty = true;
    for word in visible(text).split_whitespace() {
        if !empty && used + 1 + word.width() > width {
            out.push('\n');
            out.push_str(rest);
            used = rest.width();
            empty = true;
        }
        if !empty {
            out.push(' ');
            used += 1;
        }
        for character in word.chars() {
            let wide = character.width().unwrap_or(0);
            if used + wide > width && !empty && wide > 0 {
                out.push('\n');
                out.push_str(rest);
                used = rest.width();
            }
            out.push(character);
            used += wide;
            empty = false;
        }
    }
    let shown = out.trim_end().len();
    out.truncate(shown);
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_only_words_that_do_not_fit_are_cut() {
        assert_eq!(wrap("one two three", 11, "1 ", "  "), "1 one two\n  three\n");
        assert_eq!(wrap("abcdefghij k", 6, "", ""), "abcdef\nghij k\n");
        assert_eq!(wrap("日本語日本語", 7, "- ", "  "), "- 日本\n  語日\n  本語\n");
        assert_eq!(wrap("  ", 10, "1 ", ""), "1\n");
        assert_eq!(wrap("a\u{1b}[2J b\u{202e}c", 80, "", ""), "a\u{241b}[2J b<U+202E>c\n");
    }
}
