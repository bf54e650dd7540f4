//! Control characters are shown as marks, never sent to a terminal: talk with a person is [`Guarded`], and nothing makes that
//! of a text but the guard.

use std::borrow::Cow;
use std::fmt;

use anstyle::Style;

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

/// What may be sent to a terminal as it is: the only control characters are ends of lines and our own styles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guarded(String);

impl Guarded {
    /// A text, guarded.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(visible(text).into_owned())
    }

    /// A text, guarded, and the end of a line.
    #[must_use]
    pub fn line(text: &str) -> Self {
        let mut line = Self::of(text);
        line.0.push('\n');
        line
    }

    /// The same with more behind it.
    pub fn push(&mut self, more: &Self) {
        self.0.push_str(&more.0);
    }

    /// The same in a style, line by line.
    #[must_use]
    pub fn styled(&self, style: Style) -> Self {
        let line = |line: &str| match line.strip_suffix('\n') {
            Some(line) => format!("{style}{line}{style:#}\n"),
            None => format!("{style}{line}{style:#}"),
        };
        Self(self.0.split_inclusive('\n').map(line).collect())
    }

    /// As it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromIterator<Self> for Guarded {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        let mut whole = Self::default();
        parts.into_iter().for_each(|part| whole.push(&part));
        whole
    }
}

impl fmt::Display for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
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

    #[test]
    fn what_is_guarded_holds_our_own_styles_and_no_control_character_else() {
        let heading = Guarded::line("a\u{1b}[2J").styled(Style::new().bold());
        let whole: Guarded = [heading, Guarded::of("b\u{202e}")].into_iter().collect();
        assert_eq!(whole.to_string(), "\u{1b}[1ma\u{241b}[2J\u{1b}[0m\nb<U+202E>");
    }
}
