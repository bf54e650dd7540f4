//! Two kinds of time: the moment at which a decision was recorded, and the place in a recording.

use std::fmt;

/// A moment, in UTC; printed as RFC 3339 (`2026-03-01T10:00:00Z`).
pub type Moment = jiff::Timestamp;

/// Seconds from the start of a recording, printed `[h:mm:ss]` before a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(pub u32);

impl Offset {
    /// Reads `h:mm:ss` or `m:ss`; a fraction of a second is let go.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let whole = text.split(['.', ',']).next()?;
        let mut parts = whole.split(':').collect::<Vec<_>>();
        if !(2..=3).contains(&parts.len()) {
            return None;
        }
        let digits = |part: &str, most: usize| {
            ((1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        let seconds = digits(parts.pop()?, 3).filter(|seconds| *seconds < 60)?;
        let minutes = digits(parts.pop()?, 3)?;
        // Nobody talks for a million hours, but what a damaged file says is still read back.
        let hours = match parts.pop() {
            Some(hours) => digits(hours, 7).filter(|_| minutes < 60)?,
            None => 0,
        };
        hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds).map(Self)
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.0 / 3600, self.0 / 60 % 60, self.0 % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_recording_are_read_with_and_without_hours() {
        for (text, seconds) in [
            ("0:00", Some(0)),
            ("12:40", Some(760)),
            ("75:10", Some(4510)),
            ("1:05:09", Some(3909)),
            ("00:01:12.480", Some(72)),
            ("1:75", None),
            ("1:75:00", None),
            ("12", None),
            ("a:10", None),
            ("1193046:28:15", Some(u32::MAX)),
            ("1193046:28:16", None),
        ] {
            assert_eq!(Offset::parse(text).map(|it| it.0), seconds, "{text}");
        }
        assert_eq!(Offset(3909).to_string(), "01:05:09");
        assert_eq!(Offset::parse(&Offset(u32::MAX).to_string()), Some(Offset(u32::MAX)));
    }
}
