//! Two kinds of time: the moment at which a decision was recorded, and the place in a recording.

use std::fmt;

/// A moment, in UTC; printed as RFC 3339 (`2026-03-01T10:00:00Z`).
pub type Moment = jiff::Timestamp;

/// Reads a moment by RFC 3339. As the program writes it, in whole seconds of UTC, it is read here, since a log may hold half a
/// million of them; whatever else it may be is read by the library.
#[must_use]
pub fn moment(text: &str) -> Option<Moment> {
    written(text.as_bytes()).or_else(|| text.parse().ok())
}

/// A moment of the form `2026-03-01T10:00:00Z`.
fn written(text: &[u8]) -> Option<Moment> {
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        i1,
        i2,
        b':',
        s1,
        s2,
        b'Z',
    ] = *text
    else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
    let two = |tens: u8, ones: u8| Some(digit(tens)? * 10 + digit(ones)?);
    let (year, month, day) = (two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?);
    let (hour, minute, second) = (two(h1, h2)?, two(i1, i2)?, two(s1, s2)?);
    let leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leaps),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let is_one = (1..=12).contains(&month) && (1..=length).contains(&day);
    if !is_one || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Years begin in March, so that the leap day is their last: Hinnant, “chrono-compatible low-level date algorithms” (2013).
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = 365 * year + leap_days + day_of_year - 719_468;
    Moment::from_second(days * 86_400 + hour * 3600 + minute * 60 + second).ok()
}

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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_moment_is_read_as_the_library_reads_it(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|z|\\.5Z|\\+01:00)?",
            seconds in -62_000_000_000_i64..250_000_000_000,
        ) {
            prop_assert_eq!(moment(&text), text.parse::<Moment>().ok(), "{}", text);
            let written = Moment::from_second(seconds).unwrap().to_string();
            prop_assert_eq!(moment(&written), Moment::from_second(seconds).ok(), "{}", written);
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_no_moments() {
        for (day, is_one) in [
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("1900-02-29", false),
            ("2000-02-29", true),
            ("0000-03-01", true),
            ("2026-04-31", false),
            ("2026-00-10", false),
            ("2026-12-31", true),
        ] {
            let text = format!("{day}T10:00:00Z");
            assert_eq!(moment(&text).is_some(), is_one, "{text}");
            assert_eq!(moment(&text), text.parse::<Moment>().ok(), "{text}");
        }
    }

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
