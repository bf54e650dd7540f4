//! The line with the times of a cue: `00:00:01.000 --> 00:00:02.500 align:start`.

/// The times of a cue, in thousandths of a second; absent where they cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) from: Option<u64>,
    pub(super) to: Option<u64>,
}

impl Times {
    /// Whether both can be read, and the cue does not end before it begins.
    pub(super) fn is_sound(self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| from <= to)
    }
}

/// The times of a line, if it is one that tells times: it begins with a digit and has an arrow, or is nothing but two
/// times with a comma between them, as SubViewer writes them.
pub(super) fn span(line: &str) -> Option<Times> {
    let Some((from, rest)) = line.split_once("-->") else { return subviewer(line) };
    let from = from.trim();
    if !from.starts_with(|first: char| first.is_ascii_digit()) || from.len() > 24 {
        return None;
    }
    let to = rest.split_whitespace().next().unwrap_or_default();
    Some(Times { from: moment(from), to: moment(to) })
}

/// `0:00:05.120,0:00:09.456`
fn subviewer(line: &str) -> Option<Times> {
    let (from, to) = line.trim().split_once(',')?;
    let times = Times { from: moment(from), to: moment(to) };
    let whole = |it: &str| it.matches(':').count() == 2 && it.contains('.');
    (whole(from) && whole(to) && times.is_sound()).then_some(times)
}

/// `hh:mm:ss.mmm`, `mm:ss,mmm`: hours may have any number of digits, and the fraction may be left out.
fn moment(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let thousandths = match (fraction.len(), digits(fraction)?) {
        (1, tenths) => tenths * 100,
        (2, hundredths) => hundredths * 10,
        (3, thousandths) => thousandths,
        _ => return None,
    };
    let parts: Vec<u64> = whole.split(':').map(digits).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match *parts.as_slice() {
        [hours, minutes, seconds] => (hours, minutes, seconds),
        [minutes, seconds] => (0, minutes, seconds),
        _ => return None,
    };
    (minutes < 60 && seconds < 60)
        .then(|| (hours * 3600 + minutes * 60 + seconds) * 1000 + thousandths)
}

fn digits(text: &str) -> Option<u64> {
    let sound = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_times_is_read_as_captions_write_it() {
        for (line, expected) in [
            ("00:00:01.000 --> 00:00:02.500 align:start", Some((Some(1_000), Some(2_500)))),
            ("00:04.000 --> 00:06.500", Some((Some(4_000), Some(6_500)))),
            ("1:02:03,4 --> 100:00:00,000", Some((Some(3_723_400), Some(360_000_000)))),
            ("00:00:01-->00:00:02", Some((Some(1_000), Some(2_000)))),
            ("00:00:xx.000 --> 00:00:01.000", Some((None, Some(1_000)))),
            ("00:00:06.000 -->", Some((Some(6_000), None))),
            ("99:99:99.999 --> 00:00:07.000", Some((None, Some(7_000)))),
            ("0:00:05.120,0:00:09.456", Some((Some(5_120), Some(9_456)))),
            ("0:00:05,120", None),
            ("from here --> there", None),
            ("1 or 2", None),
        ] {
            assert_eq!(span(line).map(|it| (it.from, it.to)), expected, "{line}");
        }
    }
}
