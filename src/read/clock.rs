//! Times that stand before or after a label or at the end of a paragraph, in every way in which programs for
//! transcription write them: `[00:01:12]`, `(1:05 - 1:40)`, `12:40`, `#00:01:12-3#`, `{00.01.12}`, `00.01.12`,
//! `00:01:12.3Ana`, `1h05m12s`.

use crate::domain::time::Offset;

/// A time at the beginning of a line, and the rest of the line after it, trimmed.
///
/// A time without marks around it must be followed by a space unless it has hours, minutes and seconds; the
/// end of a range is passed over.
#[must_use]
pub fn leading(line: &str) -> Option<(Offset, &str)> {
    let first = *line.as_bytes().first()?;
    if let Some(close) = closing(first) {
        let from = line.get(1..)?;
        let end = from.bytes().take(64).position(|byte| byte == close)? + 1;
        let time = range(line.get(1..end)?, true)?;
        return Some((time, after(line.get(end + 1..)?)));
    }
    let line = line.strip_prefix('@').map_or(line, str::trim_start);
    if !line.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let (time, end, whole) = bare(line)?;
    let rest = line.get(end..)?;
    let glued = is_glued(line, end, whole);
    let stopped = rest.trim_start_matches([',', '.', ';', ':']);
    let rest = if whole && stopped.starts_with(char::is_whitespace) { stopped } else { rest };
    if !(rest.is_empty() || rest.starts_with(char::is_whitespace) || glued) {
        return None;
    }
    Some((time, after(past_range_end(rest))))
}

/// Whether the time at the beginning of a line can be nothing but a time of the recording: it stands between
/// marks, or has hours, minutes and seconds. `10:30 was too early` may be what somebody said.
#[must_use]
pub fn is_certain(line: &str) -> bool {
    let marked = line.as_bytes().first().is_some_and(|it| closing(*it).is_some());
    let line = line.strip_prefix('@').map_or(line, str::trim_start);
    marked || bare(line).is_some_and(|(_, end, whole)| whole && !is_glued(line, end, whole))
}

/// Whether a line begins with a time that nothing parts from what comes after it: `00:00:12.0Ana: yes`. One
/// line alone does not tell that from what somebody wrote.
#[must_use]
pub fn leads_glued(line: &str) -> bool {
    bare(line).is_some_and(|(_, end, whole)| is_glued(line, end, whole))
}

/// Whether what comes after a whole time of two-digit seconds begins with a letter.
fn is_glued(line: &str, end: usize, whole: bool) -> bool {
    let (time, rest) = line.split_at_checked(end).unwrap_or_default();
    let seconds = time.split(['.', ',', ';']).next().and_then(|it| it.rsplit(':').next());
    whole
        && seconds.is_some_and(|it| it.len() == 2)
        && rest.starts_with(|it: char| it.is_alphabetic() || !it.is_ascii() && !it.is_whitespace())
}

/// A time at the end of a line, and the line before it, trimmed, without what parts the two.
#[must_use]
pub fn trailing(line: &str) -> Option<(&str, Offset)> {
    let line = line.trim_end();
    if let Some((before, time)) = closing_mark(line) {
        return Some((part(before), time));
    }
    if !line.ends_with(|it: char| it.is_ascii_digit() || matches!(it, 's' | '"' | '”' | '″')) {
        return None;
    }
    let at = line.rfind(char::is_whitespace)?;
    let token = line.get(at..)?.trim_start();
    let (time, end, _) = bare(token)?;
    if end != token.len() {
        return None;
    }
    let before = line.get(..at)?.trim_end();
    let (before, time) = before_range_start(before).unwrap_or((before, time));
    Some((part(before), time))
}

/// A time between marks at the end of a paragraph, as f4, MAXQDA and others leave it, and the paragraph
/// before it: nobody said that. In round brackets only with hours, because `(10:30)` may be what was meant.
#[must_use]
pub fn closing_mark(line: &str) -> Option<(&str, Offset)> {
    let line = line.trim_end();
    let last = *line.as_bytes().last()?;
    let open = match last {
        b']' => '[',
        b')' => '(',
        b'}' => '{',
        b'>' => '<',
        b'#' => '#',
        _ => return None,
    };
    let inside = line.get(..line.len() - 1)?;
    let at = inside.rfind(open)?;
    let inside = inside.get(at + 1..)?;
    let time = if inside.len() <= 62 { range(inside, true)? } else { return None };
    Some((line.get(..at)?.trim_end(), time))
}

/// A time between marks at the end of speech; see [`closing_mark`].
#[must_use]
pub fn at_end_of_speech(line: &str) -> Option<(&str, Offset)> {
    let (before, time) = closing_mark(line)?;
    let mark = line.get(before.len()..)?.trim();
    let sure = !mark.starts_with('(') || bare(mark.get(1..)?).is_some_and(|(_, _, whole)| whole);
    sure.then_some((before, time))
}

/// `00:01:12`, also with a fraction, or a range of two of them: the first counts. Between marks more is a time
/// than without: `00.05`, `72s`, `00:01:12-3`.
fn range(text: &str, marked: bool) -> Option<Offset> {
    let text = text.trim().trim_start_matches(['@', '~', '≈']).trim_start();
    let named = ["T:", "t:", "T=", "t=", "Time:", "time:", "TC:", "TC "];
    let text = named.iter().find_map(|it| text.strip_prefix(it)).map_or(text, str::trim_start);
    if marked && let Some(time) = between_marks(text) {
        return Some(time);
    }
    let (time, end, _) = bare(text)?;
    let rest = text.get(end..)?;
    if rest.trim().is_empty() {
        return Some(time);
    }
    let second = rest.trim_start_matches(is_range_mark);
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
    let (minutes, seconds) = text.split_once('.')?;
    (minutes.len() == 2 && seconds.len() == 2)
        .then(|| Offset::parse(&format!("{minutes}:{seconds}")))?
}

/// A time without marks at the beginning of a text, how long it is, and whether it has hours, minutes and seconds.
fn bare(text: &str) -> Option<(Offset, usize, bool)> {
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
        return sound
            .then(|| Offset::parse(whole))
            .flatten()
            .map(|time| (time, token.len(), colons >= 2));
    }
    dotted(token).map(|time| (time, token.len(), true))
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

fn is_range_mark(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '–' | '—' | '>' | '→')
}

/// `--> 00:01:15 rest`: what follows the end of a range, or the text as it is.
fn past_range_end(rest: &str) -> &str {
    let second = rest.trim_start_matches(is_range_mark);
    let marked = rest.get(..rest.len() - second.len()).is_some_and(|it| it.trim() != "");
    match bare(second) {
        Some((_, end, _)) if marked => second.get(end..).unwrap_or_default(),
        _ => rest,
    }
}

/// `P1 1:05 -`: what stands before a range whose end was taken off, and its start.
fn before_range_start(line: &str) -> Option<(&str, Offset)> {
    let cut = line.trim_end_matches(is_range_mark);
    if cut.len() == line.len() {
        return None;
    }
    let at = cut.rfind(char::is_whitespace)?;
    let token = cut.get(at..)?.trim_start();
    let (time, end, _) = bare(token)?;
    (end == token.len()).then_some((cut.get(..at)?.trim_end(), time))
}

/// What stands before a time, without the mark that parts them: `Ana,`, `Ana |`, `Ana -`.
fn part(before: &str) -> &str {
    before.trim_end_matches([',', '|', '@', '/', '·', '•', '-', '–', '—', ' ', '\t']).trim_end()
}

/// What comes after a time: a dash, bar or TAB between them is no text.
fn after(rest: &str) -> &str {
    let rest = rest.trim_start();
    let marks = ["- ", "– ", "— ", "| ", "/ ", "> ", "· ", "• ", ": "];
    marks.iter().find_map(|mark| rest.strip_prefix(mark)).map_or(rest, str::trim_start)
}

/// The mark that closes what this one opens.
fn closing(open: u8) -> Option<u8> {
    match open {
        b'[' => Some(b']'),
        b'(' => Some(b')'),
        b'{' => Some(b'}'),
        b'<' => Some(b'>'),
        b'#' => Some(b'#'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_before_a_line_is_read_with_and_without_brackets_and_range() {
        for (line, expected) in [
            ("[00:01:12] P1: yes", Some((72, "P1: yes"))),
            ("(1:05) yes", Some((65, "yes"))),
            ("00:01:12 P1: yes", Some((72, "P1: yes"))),
            ("00:01:12 --> 00:01:15", Some((72, ""))),
            ("00:01:12.480 --> 00:01:15.120 yes", Some((72, "yes"))),
            ("[0:01 - 0:11] yes", Some((1, "yes"))),
            ("12:40", Some((760, ""))),
            ("#00:00:05.000# Ana: yes", Some((5, "Ana: yes"))),
            ("#00:01:12-3# Ana: yes", Some((72, "Ana: yes"))),
            ("{00.00.05} Ana: yes", Some((5, "Ana: yes"))),
            ("[00.05] Ana: yes", Some((5, "Ana: yes"))),
            ("<00:01:12> Ana: yes", Some((72, "Ana: yes"))),
            ("00.01.12 Ana: yes", Some((72, "Ana: yes"))),
            ("00:00:12.0Ana: yes", Some((12, "Ana: yes"))),
            ("00:00:12:15 Ana: yes", Some((12, "Ana: yes"))),
            ("00:00:12;15 Ana: yes", Some((12, "Ana: yes"))),
            ("[00:00:05.04] - Ana", Some((5, "Ana"))),
            ("1h05m12s Ana: yes", Some((3912, "Ana: yes"))),
            ("5 min 12 s Ana: yes", Some((312, "Ana: yes"))),
            ("5'12\" Ana: yes", Some((312, "Ana: yes"))),
            ("00:01:12, Ana: yes", Some((72, "Ana: yes"))),
            ("<T:00:01:12> Ana: yes", Some((72, "Ana: yes"))),
            ("@00:01:12 Ana: yes", Some((72, "Ana: yes"))),
            ("@home we sang", None),
            ("12.05.24 Ana: yes", None),
            ("3 h later we left", None),
            ("#tag yes", None),
            ("2m tall", None),
            ("12:40, we left", None),
            ("12 people", None),
            ("[P1] yes", None),
            ("(laughs) yes", None),
            ("", None),
        ] {
            let found = leading(line).map(|(time, rest)| (time.0, rest));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn a_time_after_a_label_is_read_with_and_without_brackets_and_range() {
        for (line, expected) in [
            ("P3 12:40", Some(("P3", 760))),
            ("BSR99  04:31", Some(("BSR99", 271))),
            ("[Interviewe] (1:05 - 1:40)", Some(("[Interviewe]", 65))),
            ("[Chercheur] (3:31- 3:34)", Some(("[Chercheur]", 211))),
            ("Ana [00:01:12]", Some(("Ana", 72))),
            ("Ana 0:01 - 0:11", Some(("Ana", 1))),
            ("Ana, 0:01", Some(("Ana", 1))),
            ("Ana | 00:00:01", Some(("Ana", 1))),
            ("Ana #00:01:12-3#", Some(("Ana", 72))),
            ("Ana {00.01.12}", Some(("Ana", 72))),
            ("Ana (laughs)", None),
            ("Room 3 - 4", None),
            ("page 12", None),
        ] {
            let found = trailing(line).map(|(rest, time)| (rest, time.0));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn a_time_between_marks_at_the_end_of_speech_is_no_part_of_it() {
        for (line, expected) in [
            ("I came. #00:00:12-0#", Some(("I came.", 12))),
            ("I came. [00:00:12]", Some(("I came.", 12))),
            ("I came. [0:12]", Some(("I came.", 12))),
            ("I came. (00:00:12)", Some(("I came.", 12))),
            ("We met (10:30)", None),
            ("We met at 10:30", None),
            ("We laughed [all]", None),
            ("#", None),
        ] {
            let found = at_end_of_speech(line).map(|(rest, time)| (rest, time.0));
            assert_eq!(found, expected, "{line}");
        }
    }
}
