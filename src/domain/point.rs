//! A place in a text at which it may be cut.

use super::locator::Span;
use super::transcript::Transcript;

/// A place between two characters of a transcript: before a character of a paragraph, both as locators count them.
///
/// The end of a paragraph and the beginning of the next are one place, written as the latter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// The paragraph, from 1; one more than there are at the end of the text.
    pub paragraph: u32,
    /// The character, from 0.
    pub character: u32,
}

impl Point {
    /// Where a paragraph begins.
    #[must_use]
    pub fn paragraph(paragraph: u32) -> Self {
        Self { paragraph, character: 0 }
    }

    /// Where a stretch begins.
    #[must_use]
    pub fn start(span: Span) -> Self {
        Self { paragraph: span.first, character: span.from.unwrap_or(0) }
    }

    /// Before which place a stretch of a transcript ends.
    #[must_use]
    pub fn end(span: Span, transcript: &Transcript) -> Self {
        match span.to {
            Some(to) if to < transcript.length(span.last) => {
                Self { paragraph: span.last, character: to }
            }
            _ => Self::paragraph(span.last.saturating_add(1)),
        }
    }

    /// The end of a transcript.
    #[must_use]
    pub fn last(transcript: &Transcript) -> Self {
        Self::paragraph(transcript.count().saturating_add(1))
    }
}

/// `106`, or `106@12` inside a paragraph.
impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.character {
            0 => write!(f, "{}", self.paragraph),
            character => write!(f, "{}@{character}", self.paragraph),
        }
    }
}

impl std::str::FromStr for Point {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |text: &str| text.parse::<u32>().map_err(|_| ());
        let (paragraph, character) = text.split_once('@').unwrap_or((text, "0"));
        let point = Self { paragraph: number(paragraph)?, character: number(character)? };
        if point.paragraph == 0 { Err(()) } else { Ok(point) }
    }
}
