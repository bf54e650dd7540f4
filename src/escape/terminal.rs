//! Control characters are shown as marks, never sent to a terminal.

use std::borrow::Cow;

/// Whether a character would move the cursor, change colours or turn the direction of text.
fn is_unsafe(character: char) -> bool {
    (character.is_control() && character != '\n') || turns_direction(character)
}

/// Whether a character turns the direction of the text after it, so that it reads as something else than it is.
pub(super) fn turns_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The bytes of a result that a terminal shows although it was made for a program: its TABs stay.
#[must_use]
pub fn shown(bytes: &[u8]) -> Cow<'_, [u8]> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(|it| it != '\t' && is_unsafe(it)) => Cow::Borrowed(bytes),
        Ok(text) => {
            let cells: Vec<_> = text.split('\t').map(visible).collect();
            Cow::Owned(cells.join("\t").into_bytes())
        }
        Err(_) => Cow::Borrowed(bytes),
    }
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
        assert_eq!(shown("a\tb\u{9b}\n".as_bytes()).as_ref(), "a\tb<U+009B>\n".as_bytes());
    }
}
