//! Control characters are shown as marks, never sent to a terminal.

use std::borrow::Cow;

/// Whether a character would move the cursor, change colours or turn the direction of text.
fn is_unsafe(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with every control character and direction mark made visible; line breaks stay.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\t' => out.push(' '),
            control if control.is_ascii_control() && control != '\n' => {
                let picture =
                    if control == '\u{7f}' { 0x2421 } else { 0x2400 + u32::from(control) };
                out.push(char::from_u32(picture).unwrap_or('\u{fffd}'));
            }
            other if is_unsafe(other) => out.push_str(&format!("<U+{:04X}>", u32::from(other))),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_becomes_marks() {
        assert_eq!(visible("a\u{1b}[31mb\u{7}\n\u{202e}c"), "a\u{241b}[31mb\u{2407}\n<U+202E>c");
        assert_eq!(visible("señal\ttwo"), "señal two");
    }
}
