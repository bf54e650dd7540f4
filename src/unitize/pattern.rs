//! A researcher's own pattern for labels that nobody foresaw: `--speaker-pattern '^<([^>]+)>'`.
//!
//! The pattern takes time linear in the text, whatever it is. It is tried at the beginning of every
//! paragraph; what it matches is taken off, and its group `speaker`, or its first, names who speaks.

use regex::{Regex, RegexBuilder};

use crate::domain::message::Message;
use crate::domain::time::Offset;
use crate::msg;
use crate::read::clock;

/// A compiled pattern of this size is a slip.
const LARGEST: usize = 1 << 21;

/// A pattern for labels.
#[derive(Debug, Clone)]
pub struct Pattern {
    pattern: Regex,
    /// Whether a group is named `speaker`; else the first is the label.
    named: bool,
}

/// How a paragraph begins, as a pattern reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Matched<'a> {
    pub(super) time: Option<Offset>,
    pub(super) label: &'a str,
    /// What was said.
    pub(super) text: &'a str,
}

impl Pattern {
    /// Makes a pattern.
    ///
    /// # Errors
    /// It is no regular expression, is too large, or has no group for the label.
    pub fn new(pattern: &str) -> Result<Self, Message> {
        let built = RegexBuilder::new(pattern).size_limit(LARGEST).build();
        let pattern = built.map_err(|error| {
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            msg!("import.pattern", why = why)
        })?;
        let named = pattern.capture_names().any(|name| name == Some("speaker"));
        if pattern.captures_len() < 2 {
            return Err(msg!("import.pattern.group"));
        }
        Ok(Self { pattern, named })
    }

    /// The label with which a paragraph begins; a time may stand before it.
    pub(super) fn lead<'a>(&self, line: &'a str) -> Option<Matched<'a>> {
        let found = self.at_start(line, None);
        found.or_else(|| {
            clock::leading(line).and_then(|(time, rest)| self.at_start(rest, Some(time)))
        })
    }

    fn at_start<'a>(&self, line: &'a str, time: Option<Offset>) -> Option<Matched<'a>> {
        let found = self.pattern.captures(line)?;
        let whole = found.get(0).filter(|it| it.start() == 0 && it.end() > 0)?;
        let label = if self.named { found.name("speaker") } else { found.get(1) };
        let label = label.map(|it| it.as_str().trim()).filter(|it| !it.is_empty())?;
        let own = found.name("time").and_then(|it| Offset::parse(it.as_str().trim()));
        Some(Matched { time: own.or(time), label, text: line.get(whole.end()..)?.trim_start() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_the_label_and_the_time_off() {
        let lead = |pattern: &str, line: &'static str| {
            let pattern = Pattern::new(pattern).unwrap();
            pattern.lead(line).map(|it| (it.time.map(|it| it.0), it.label, it.text))
        };
        assert_eq!(lead("^<([^>]+)>", "<Ana> yes"), Some((None, "Ana", "yes")));
        assert_eq!(lead("([A-Z]+)/", "ANA/ yes"), Some((None, "ANA", "yes")));
        assert_eq!(lead("([A-Z]+)/", "yes ANA/"), None);
        assert_eq!(lead("([A-Z]+)/", "[0:12] ANA/ yes"), Some((Some(12), "ANA", "yes")));
        assert_eq!(
            lead(r"(?<time>[\d:]+) +(?<speaker>\w+) +", "1:05  Ana  yes"),
            Some((Some(65), "Ana", "yes"))
        );
        assert_eq!(lead("( )", " x"), None);
        assert_eq!(Pattern::new("(").unwrap_err().key, "import.pattern");
        assert_eq!(Pattern::new("a{100000}{1000}(x)").unwrap_err().key, "import.pattern");
        assert_eq!(Pattern::new("ana").unwrap_err().key, "import.pattern.group");
    }
}
