//! Locators: where a stretch of text is, and at the same time a unit's id and its citation.

use std::fmt;
use std::str::FromStr;

use super::id::TranscriptId;

/// A stretch of one transcript.
///
/// Paragraphs count from 1. Characters are Unicode scalar values of the paragraph's text, from 0, the
/// end exclusive. The order is by transcript, then by place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator {
    transcript: TranscriptId,
    span: Span,
}

/// A stretch of paragraphs or characters, without the transcript it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First paragraph, from 1.
    pub first: u32,
    /// First character of the first paragraph, if the stretch does not begin with the paragraph.
    pub from: Option<u32>,
    /// Last paragraph, included.
    pub last: u32,
    /// End character in the last paragraph, exclusive, if given; present exactly when `from` is.
    pub to: Option<u32>,
}

impl Span {
    /// Whole paragraphs, both included.
    ///
    /// # Errors
    /// Refuses paragraph 0 and a last paragraph before the first.
    pub fn paragraphs(first: u32, last: u32) -> Result<Self, LocatorError> {
        Self { first, from: None, last, to: None }.checked()
    }

    /// From a character of one paragraph to a character of the same or a later one.
    ///
    /// # Errors
    /// Refuses paragraph 0 and empty stretches.
    pub fn characters(first: u32, from: u32, last: u32, to: u32) -> Result<Self, LocatorError> {
        Self { first, from: Some(from), last, to: Some(to) }.checked()
    }

    fn checked(self) -> Result<Self, LocatorError> {
        let empty = match (self.from, self.to) {
            (Some(from), Some(to)) => self.first == self.last && from >= to,
            _ => false,
        };
        if self.first == 0 || self.last < self.first || empty || (self.to == Some(0)) {
            return Err(LocatorError::Empty);
        }
        Ok(self)
    }

    /// Whether the paragraph lies in the stretch, wholly or in part.
    #[must_use]
    pub fn holds(&self, paragraph: u32) -> bool {
        (self.first..=self.last).contains(&paragraph)
    }

    /// The characters of one paragraph that lie in the stretch, of `length` that it has; empty if none.
    #[must_use]
    pub fn characters_of(&self, paragraph: u32, length: u32) -> std::ops::Range<u32> {
        if !self.holds(paragraph) {
            return 0..0;
        }
        let from = if paragraph == self.first { self.from.unwrap_or(0) } else { 0 };
        let to = if paragraph == self.last { self.to.unwrap_or(length) } else { length };
        from.min(length)..to.min(length).max(from.min(length))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if self.first == self.last => {
                write!(f, "{}@{from}-{to}", self.first)
            }
            (Some(from), Some(to)) => write!(f, "{}@{from}-{}@{to}", self.first, self.last),
            _ if self.first == self.last => write!(f, "{}", self.first),
            _ => write!(f, "{}-{}", self.first, self.last),
        }
    }
}

/// Why a text is not a locator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocatorError {
    /// It has not the form `transcript:106`, `:106-108`, `:106@12-87` or `:106@12-108@40`.
    Shape,
    /// The stretch holds no text, or counts from 0.
    Empty,
}

impl fmt::Display for LocatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => {
                "a locator looks like `CoP-31:106`, `CoP-31:106-108` or `CoP-31:106@12-87`"
            }
            Self::Empty => {
                "the stretch is empty; paragraphs count from 1 and ends come after starts"
            }
        })
    }
}

impl std::error::Error for LocatorError {}

impl Locator {
    /// A stretch of a transcript.
    #[must_use]
    pub fn new(transcript: TranscriptId, span: Span) -> Self {
        Self { transcript, span }
    }

    /// The transcript in which it lies.
    #[must_use]
    pub fn transcript(&self) -> &TranscriptId {
        &self.transcript
    }

    /// The stretch, without the transcript.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.transcript, self.span)
    }
}

/// Reads a number as it is printed: digits only, no sign, no leading zero.
fn number(text: &str) -> Result<u32, LocatorError> {
    let canonical = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    if !canonical {
        return Err(LocatorError::Shape);
    }
    text.parse().map_err(|_| LocatorError::Shape)
}

impl FromStr for Span {
    type Err = LocatorError;

    fn from_str(text: &str) -> Result<Self, LocatorError> {
        let (start, end) = match text.split_once('-') {
            Some((start, end)) => (start, Some(end)),
            None => (text, None),
        };
        match (start.split_once('@'), end) {
            (None, None) => {
                let paragraph = number(start)?;
                Self::paragraphs(paragraph, paragraph)
            }
            (None, Some(end)) => Self::paragraphs(number(start)?, number(end)?),
            (Some((paragraph, from)), Some(end)) => {
                let first = number(paragraph)?;
                let (last, to) = match end.split_once('@') {
                    Some((last, to)) => (number(last)?, number(to)?),
                    None => (first, number(end)?),
                };
                Self::characters(first, number(from)?, last, to)
            }
            (Some(_), None) => Err(LocatorError::Shape),
        }
    }
}

impl FromStr for Locator {
    type Err = LocatorError;

    fn from_str(text: &str) -> Result<Self, LocatorError> {
        let (transcript, span) = text.split_once(':').ok_or(LocatorError::Shape)?;
        let transcript = transcript.parse().map_err(|_| LocatorError::Shape)?;
        Ok(Self { transcript, span: span.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        text.parse::<Locator>().map_or_else(|error| format!("{error:?}"), |it| it.to_string())
    }

    #[test]
    fn a_locator_prints_as_short_as_its_numbers_allow() {
        for (text, printed) in [
            ("CoP-31:106", "CoP-31:106"),
            ("CoP-31:106-106", "CoP-31:106"),
            ("CoP-31:106-108", "CoP-31:106-108"),
            ("CoP-31:106@12-87", "CoP-31:106@12-87"),
            ("CoP-31:106@12-106@87", "CoP-31:106@12-87"),
            ("CoP-31:106@12-108@40", "CoP-31:106@12-108@40"),
            ("CoP-31:106@12", "Shape"),
            ("CoP-31:106-108@40", "Shape"),
            ("CoP-31:0", "Empty"),
            ("CoP-31:108-106", "Empty"),
            ("CoP-31:106@12-12", "Empty"),
            ("CoP-31:106@12-108@0", "Empty"),
            ("CoP-31:+106", "Shape"),
            ("CoP-31:0106", "Shape"),
            ("CoP-31:99999999999", "Shape"),
            ("31:106", "Shape"),
            ("CoP-31", "Shape"),
        ] {
            assert_eq!(canonical(text), printed, "{text}");
        }
    }

    proptest! {
        #[test]
        fn parsing_undoes_printing(first in 1u32..5000, more in 0u32..20, from in 0u32..900, to in 1u32..900, cut: bool) {
            let span = if cut { Span::characters(first, from, first + more, to) } else { Span::paragraphs(first, first + more) };
            if let Ok(span) = span {
                let locator = Locator::new("T1".parse().unwrap(), span);
                prop_assert_eq!(locator.to_string().parse::<Locator>(), Ok(locator));
            }
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "[A-Za-z]{0,3}:?[-@0-9]{0,12}") {
            if let Ok(locator) = text.parse::<Locator>() {
                prop_assert_eq!(locator.to_string().parse::<Locator>(), Ok(locator));
            }
        }
    }
}
