//! How a time itself is written: with colons, full stops or letters, with hundredths or numbers of pictures, as a
//! range, with a word before it, of the clock with `AM` or `PM`.

use crate::domain::time::Offset;

/// Words that say that a time comes, beside a colon, an equals sign or a blank.
const NAMES: [&str; 12] = [
    "timecode",
    "timestamp",
    "time",
    "zeit",
    "hora",
    "heure",
    "min.",
    "min",
    "tc",
    "ts",
    "t.",
    "t",
];

/// Words between who speaks and when.
const JOINING: [&str; 8] = [" at", " a las", " a la", " um", " à", " às", " alle", " a les"];

/// What stands before a time without the word that joins the two: `Will at`, `Luz a las`.
pub(super) fn unjoined(before: &str) -> &str {
    let bare = JOINING.iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    if bare.is_empty() { before } else { bare }
}

/// A text without the word for times at its beginning; absent where there is none.
pub(super) fn unnamed(text: &str) -> Option<&str> {
    NAMES.iter().find_map(|name| {
        let head = text.get(..name.len()).filter(|it| it.eq_ignore_ascii_case(name))?;
        let rest = text.get(head.len()..)?;
        let bare = rest.trim_start_matches([' ', ':', '=', '\u{a0}']);
        let digits = bare.starts_with(|it: char| it.is_ascii_digit());
        (bare.len() < rest.len() && digits).then_some(bare)
    })
}

/// `5.5`, `72 s`, `5.5 - 9.0`, `12.4s`: seconds, of which the first count.
pub(super) fn seconds(text: &str) -> Option<Offset> {
    let text = text.trim();
    let end = text.find(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | ','));
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    let unit = rest.trim_start().trim_start_matches("sec").trim_start_matches('s').trim_start();
    let unit = unit.trim_start_matches(['-', '–', '—', '>', '→', ' ']);
    let second = unit.trim_end_matches(|it: char| it.is_ascii_digit() || ".,s ".contains(it));
    let fraction = number.contains(['.', ',']) || rest.trim_start().starts_with('s');
    let whole = number.split(['.', ',']).next()?;
    let sound = fraction && second.is_empty() && (1..=6).contains(&whole.len());
    sound.then(|| whole.parse().ok().map(Offset))?
}

/// `00:01:12`, also with a fraction, or a range of two of them: the first counts. Between marks more is a time
/// than without: `00.05`, `72s`, `00:01:12-3`.
pub(super) fn range(text: &str, marked: bool) -> Option<Offset> {
    let text = text.trim().trim_start_matches(['@', '~', '≈']).trim_start();
    let text = unnamed(text).unwrap_or(text);
    let spaced = text.contains(" : ").then(|| text.replace(" : ", ":"));
    let text = spaced.as_deref().unwrap_or(text);
    let text = [" min.", " min", " Min.", " Min", " h", " Uhr", " hrs"]
        .iter()
        .find_map(|it| text.strip_suffix(it))
        .filter(|it| it.contains(':'))
        .unwrap_or(text);
    if marked && let Some(time) = between_marks(text) {
        return Some(time);
    }
    let (time, end, _) = bare(text)?;
    let rest = text.get(end..)?;
    if rest.trim().is_empty() {
        return Some(time);
    }
    let second = rest.trim_start_matches(super::is_range_mark);
    let is_range =
        second.len() < rest.len() && bare(second).is_some_and(|(_, end, _)| second.len() == end);
    is_range.then_some(time)
}

/// What is a time between marks only: tenths after a dash, two numbers with a full stop, plain seconds.
fn between_marks(text: &str) -> Option<Offset> {
    if let Some((time, tenths)) = text.rsplit_once('-')
        && (1..=3).contains(&tenths.len())
        && tenths.bytes().all(|it| it.is_ascii_digit())
    {
        return bare(time).filter(|(_, end, whole)| *whole && *end == time.len()).map(|it| it.0);
    }
    if let Some((hours, minutes)) = text.split_once(['h', 'H'])
        && (1..=2).contains(&hours.len())
        && minutes.len() == 2
    {
        return Offset::parse(&format!("{hours}:{minutes}:00"));
    }
    let (minutes, seconds) = text.split_once('.')?;
    (minutes.len() == 2 && seconds.len() == 2)
        .then(|| Offset::parse(&format!("{minutes}:{seconds}")))?
}

/// A time without marks at the beginning of a text, how long it is, and whether it has hours, minutes and seconds.
pub(super) fn bare(text: &str) -> Option<(Offset, usize, bool)> {
    if let Some((time, end)) = lettered(text) {
        return Some((time, end, true));
    }
    let run = text.bytes().take(24);
    let run =
        run.take_while(|it| it.is_ascii_digit() || matches!(it, b':' | b'.' | b',' | b';')).count();
    let token = text.get(..run)?.trim_end_matches([':', '.', ',', ';']);
    let colons = token.bytes().filter(|it| *it == b':').count();
    if colons > 0 {
        // The number of a picture after the seconds is let go: `00:01:12:15`, `00:01:12;15`.
        let whole = token.split(';').next().unwrap_or(token);
        let whole =
            if colons == 3 { whole.rsplit_once(':').map_or(whole, |it| it.0) } else { whole };
        let sound = token.len() >= 4 && token.len() <= 16;
        if let Some(found) = of_the_clock(text, token).filter(|_| sound) {
            return Some(found);
        }
        return sound
            .then(|| Offset::parse(whole))
            .flatten()
            .map(|time| (time, token.len(), colons >= 2));
    }
    dotted(token).map(|time| (time, token.len(), true))
}

/// `10:05 AM`, `10:05:09 p.m.`: a time of the clock, and how long it is with its letters.
fn of_the_clock(text: &str, token: &str) -> Option<(Offset, usize, bool)> {
    const HALVES: [(&str, u32); 8] = [
        ("a.m.", 0),
        ("p.m.", 12),
        ("a. m.", 0),
        ("p. m.", 12),
        ("AM", 0),
        ("PM", 12),
        ("am", 0),
        ("pm", 12),
    ];
    let rest = text.get(token.len()..)?;
    let half = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let (name, noon) = HALVES.iter().find(|(name, _)| half.starts_with(name))?;
    let after = half.get(name.len()..)?;
    let hour: u32 = token.split(':').next()?.parse().ok().filter(|it| *it <= 12)?;
    let of_day = if token.matches(':').count() == 1 {
        Offset::parse(&format!("{token}:00"))?
    } else {
        Offset::parse(token)?
    };
    let time = Offset(of_day.0 - hour * 3600 + (hour % 12 + noon) * 3600);
    // `10:30 am Montag` is no time of the clock in English.
    let capitals = name.starts_with(char::is_uppercase) || name.contains('.');
    let ends = after.is_empty() || after.starts_with([']', ')', ',', '-', ':', '\t', ' ']);
    let whole = capitals || token.matches(':').count() == 2;
    (ends && !after.starts_with(char::is_alphanumeric)).then_some((
        time,
        text.len() - after.len(),
        whole,
    ))
}

/// `00.01.12`: two digits each, below ten hours, because `03.04.21` may be a day from then on.
fn dotted(token: &str) -> Option<Offset> {
    let mut parts = token.splitn(3, '.');
    let (hours, minutes, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let seconds = rest.split(['.', ',']).next()?;
    let two = |it: &str| it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit());
    let sound = two(hours) && hours.starts_with('0') && two(minutes) && two(seconds);
    sound.then(|| Offset::parse(&format!("{hours}:{minutes}:{seconds}")))?
}

/// `1h05m12s`, `1 h 5 min 12 s`, `5m 12s`, `5'12"`: at least two of hours, minutes and seconds.
fn lettered(text: &str) -> Option<(Offset, usize)> {
    const UNITS: [(&str, u32); 14] = [
        ("hrs", 3600),
        ("hr", 3600),
        ("h", 3600),
        ("mins", 60),
        ("min", 60),
        ("mn", 60),
        ("m", 60),
        ("secs", 1),
        ("sec", 1),
        ("s", 1),
        ("''", 1),
        ("\"", 1),
        ("'", 60),
        ("’", 60),
    ];
    let (mut rest, mut seconds, mut last, mut units) = (text, 0_u32, u32::MAX, 0);
    let mut end = 0;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 {
            break;
        }
        let number: u32 = rest.get(..digits)?.parse().ok()?;
        let unit = rest.get(digits..)?;
        let unit = unit.strip_prefix(' ').unwrap_or(unit);
        let Some((name, worth)) = UNITS.iter().find(|(name, _)| unit.starts_with(name)) else {
            break;
        };
        let after = unit.get(name.len()..)?;
        if *worth >= last || after.starts_with(char::is_alphabetic) {
            break;
        }
        (seconds, last, units) = (seconds + number * worth, *worth, units + 1);
        end = text.len() - after.len();
        rest = after.trim_start();
    }
    (units >= 2).then_some((Offset(seconds), end))
}
