//! Days and times, which a spreadsheet keeps as numbers and tells from other numbers by their format.

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// As a number.
    #[default]
    Number,
    /// As a day, a time of day, or both.
    Moment,
    /// As time that has passed, in hours, minutes and seconds.
    Duration,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

impl Shown {
    /// What a built-in format does.
    pub(super) fn of_id(id: &str) -> Self {
        match id.parse::<u16>() {
            Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58) => Self::Moment,
            Ok(46) => Self::Duration,
            _ => Self::Number,
        }
    }

    /// What a format written out does: letters for days and times outside quotes and brackets make it
    /// one of them, hours in brackets count on beyond a day.
    pub(super) fn of_code(code: &str) -> Self {
        let code = code.split(';').next().unwrap_or_default();
        let mut characters = code.chars();
        let mut shown = Self::Number;
        while let Some(character) = characters.next() {
            match character {
                '"' => {
                    characters.by_ref().find(|it| *it == '"');
                }
                '\\' | '_' | '*' => {
                    characters.next();
                }
                '[' => {
                    let inner: String = characters.by_ref().take_while(|it| *it != ']').collect();
                    let unit = inner.to_ascii_lowercase();
                    if ["h", "hh", "m", "mm", "s", "ss"].contains(&unit.as_str()) {
                        return Self::Duration;
                    }
                }
                'G' => return Self::Number, // General
                'y' | 'Y' | 'd' | 'D' | 'h' | 'H' | 'm' | 'M' | 's' | 'S' => shown = Self::Moment,
                _ => {}
            }
        }
        shown
    }

    /// A number as text: `2024-05-17`, `2024-05-17T10:00`, `00:01:05`, or its digits.
    pub(super) fn text(self, number: f64, from_1904: bool) -> String {
        let plain = || format!("{number}");
        if self == Self::Number || !number.is_finite() || !(0.0..3_000_000.0).contains(&number) {
            return plain();
        }
        #[allow(clippy::cast_possible_truncation)] // checked above: far below 2^53
        let seconds = (number * 86_400.0).round() as i64;
        let clock = |seconds: i64| {
            format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        };
        if self == Self::Duration || seconds < DAY {
            return clock(seconds);
        }
        // Day 60 of the older count is a 29 February that never was.
        let (days, time) = (seconds / DAY, seconds % DAY);
        let (start, days) = match (from_1904, days) {
            (true, days) => (jiff::civil::date(1904, 1, 1), days),
            (false, days @ ..60) => (jiff::civil::date(1899, 12, 31), days),
            (false, days) => (jiff::civil::date(1899, 12, 30), days),
        };
        let Ok(date) = start.checked_add(jiff::Span::new().days(days)) else { return plain() };
        match (time, time % 60) {
            (0, _) => date.to_string(),
            (_, 0) => format!("{date}T{}", clock(time).get(..5).unwrap_or_default()),
            _ => format!("{date}T{}", clock(time)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_told_from_numbers_by_their_format() {
        for (code, shown) in [
            ("yyyy-mm-dd h:mm:ss", Shown::Moment),
            ("[$-409]d\\-mmm", Shown::Moment),
            ("[h]:mm", Shown::Duration),
            ("General", Shown::Number),
            ("#,##0.00 \"days\"", Shown::Number),
            ("[Red]0.00E+00", Shown::Number),
            ("", Shown::Number),
        ] {
            assert_eq!(Shown::of_code(code), shown, "{code}");
        }
    }

    #[test]
    fn a_day_is_written_as_one() {
        let day = |number| Shown::Moment.text(number, false);
        assert_eq!(day(45_429.416_666_666_66), "2024-05-17T10:00");
        assert_eq!(day(45_429.0), "2024-05-17");
        assert_eq!(day(61.0), "1900-03-01");
        assert_eq!(day(59.0), "1900-02-28");
        assert_eq!(day(0.000_752_314_814_814_814_8), "00:01:05");
        assert_eq!(Shown::Moment.text(0.0 + 43_967.0, true), "2024-05-17");
        assert_eq!(Shown::Duration.text(1.5, false), "36:00:00");
        assert_eq!(Shown::Number.text(2.0, false), "2");
        assert_eq!(day(-1.0), "-1");
        assert_eq!(day(1e300), "1".to_owned() + &"0".repeat(300));
    }
}
