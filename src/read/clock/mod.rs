//! Times that stand before or after a label or at the end of a paragraph, in every way in which programs for
//! transcription write them: `[00:01:12]`, `(1:05 - 1:40)`, `12:40`, `#00:01:12-3#`, `{00.01.12}`, `00.01.12`,
//! `00:01:12.3Ana`, `1h05m12s`. What stands around a time is here, how the time itself is written in `written`.

mod written;

use self::written::{bare, range, seconds};
use crate::domain::time::Offset;

/// A time at the beginning of a line, and the rest of the line after it, trimmed.
///
/// A time without marks around it must be followed by a space unless it has hours, minutes and seconds; the
/// end of a range is passed over.
#[must_use]
pub fn leading(line: &str) -> Option<(Offset, &str)> {
    marked(line).or_else(|| named(line)).or_else(|| unmarked(line))
}

/// `[00:01:12] rest`, `*00:01:12* rest`, `[[00:01:12]] rest`, `¤<72000> rest`.
fn marked(line: &str) -> Option<(Offset, &str)> {
    if let Some(line) = line.strip_prefix('¤') {
        let (thousandths, rest) = line.strip_prefix('<')?.split_once('>')?;
        return Some((Offset(thousandths.parse::<u32>().ok()? / 1000), after(rest)));
    }
    let close = closing(*line.as_bytes().first()?)?;
    let from = line.get(1..)?;
    let inside = from.trim_start_matches(is_mark);
    let nested = from.len() - inside.len();
    let end = inside.bytes().take(64).position(|byte| {
        byte == close || nested > 0 && (byte == b'#' || closes(char::from(byte)))
    })?;
    let time = range(inside.get(..end)?, true)?;
    let rest = inside.get(end..)?;
    // As many marks close as open.
    let closed = rest.chars().take(nested + 1).take_while(|it| closes(*it) || is_mark(*it));
    let width: usize = closed.map(char::len_utf8).sum();
    Some((time, after(rest.get(width..)?)))
}

/// A mark that may stand inside another before a time: `[#00:01:12#]`, `((1:05))`.
fn is_mark(character: char) -> bool {
    matches!(character, '[' | '(' | '{' | '<' | '#' | '*' | '%' | '@' | '|' | '~' | '_')
}

fn closes(character: char) -> bool {
    matches!(character, ']' | ')' | '}' | '>')
}

/// `TC 00:01:12 rest`, `Time: 00:01:12 rest`: a word for times, and one with hours.
fn named(line: &str) -> Option<(Offset, &str)> {
    let line = written::unnamed(line)?;
    let (time, end, whole) = bare(line)?;
    let rest = line.get(end..).filter(|it| whole && !it.starts_with(char::is_alphanumeric))?;
    Some((time, after(past_range_end(rest))))
}

/// `00:01:12 rest`, `12:40 - 12:50 rest`, `@12:40 rest`.
fn unmarked(line: &str) -> Option<(Offset, &str)> {
    let line = line.strip_prefix('@').map_or(line, str::trim_start);
    if !line.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let (time, end, whole) = bare(line)?;
    let rest = line.get(end..)?;
    let glued = is_glued(line, end, whole);
    let stopped = rest.trim_start_matches([',', '.', ';', ':', '>', '|', '/', ')', ']']);
    let rest = if whole && stopped.starts_with(char::is_whitespace) { stopped } else { rest };
    let behind = past_range_end(rest);
    let parted = rest.is_empty() || rest.starts_with(char::is_whitespace) || glued;
    let ranged = behind.len() < rest.len() && !behind.starts_with(char::is_alphanumeric);
    let barred = whole && rest.starts_with('|');
    (parted || ranged || barred).then(|| (time, after(behind)))
}

/// A time after a day, `01/03/2024 10:05:12 rest`; or as [`leading`].
#[must_use]
pub fn leading_dated(line: &str) -> Option<(Offset, &str)> {
    let dated = line.split_once([' ', 'T']).filter(|(day, _)| is_day(day.trim_end_matches(',')));
    leading(line).or_else(|| leading(dated?.1.trim_start()))
}

/// Plain seconds at the beginning of a line, between marks or with their letter: `[5.5]`, `(72 s)`, `[5.5 - 9.0]`,
/// `12.4s`. Only a file that has them everywhere means times by them.
#[must_use]
pub fn leading_seconds(line: &str) -> Option<(Offset, &str)> {
    if let Some(close) = line.as_bytes().first().and_then(|it| closing(*it)) {
        let end = line.bytes().skip(1).take(40).position(|byte| byte == close)? + 1;
        return Some((seconds(line.get(1..end)?)?, after(line.get(end + 1..)?)));
    }
    let end = line.find(char::is_whitespace)?;
    let time = seconds(line.get(..end).filter(|it| it.ends_with('s'))?)?;
    Some((time, after(line.get(end..)?)))
}

/// Whether the time at the beginning of a line can be nothing but a time of the recording: it stands between
/// marks, or has hours, minutes and seconds. `10:30 was too early` may be what somebody said.
#[must_use]
pub fn is_certain(line: &str) -> bool {
    if marked(line).is_some() || named(line).is_some() {
        return true;
    }
    let line = line.strip_prefix('@').map_or(line, str::trim_start);
    let marked = line.as_bytes().first().is_some_and(|it| closing(*it).is_some());
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
        same @ (b'#' | b'*' | b'%' | b'@' | b'|' | b'~') => char::from(same),
        _ => return None,
    };
    let inside = line.get(..line.len() - 1)?.trim_end_matches(closes).trim_end_matches(is_mark);
    let at = inside.rfind(open)?;
    let time = inside.get(at + 1..).filter(|it| it.len() <= 62)?;
    let time = range(time.trim_start_matches(is_mark), true)?;
    Some((line.get(..at)?.trim_end_matches(is_mark).trim_end(), time))
}

/// A time between marks at the end of speech; see [`closing_mark`].
#[must_use]
pub fn at_end_of_speech(line: &str) -> Option<(&str, Offset)> {
    let (before, time) = closing_mark(line)?;
    let mark = line.get(before.len()..)?.trim();
    let sure = !mark.starts_with('(') || bare(mark.get(1..)?).is_some_and(|(_, _, whole)| whole);
    sure.then_some((before, time))
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

/// What stands before a time, without the mark that parts them and a day: `Ana,`, `Ana |`, `Ana - 01/03/2024`.
fn part(before: &str) -> &str {
    let bare = before.trim_end_matches([',', ' ']);
    let dated = bare.rsplit(' ').next().filter(|it| is_day(it)).map(|it| bare.len() - it.len());
    let before = dated.and_then(|at| bare.get(..at)).unwrap_or(before);
    let marks = [',', '|', '@', '/', '·', '•', '-', '–', '—', ' ', '\t'];
    written::unjoined(before.trim_end_matches(marks)).trim_end_matches(marks)
}

/// `01/03/2024`, `2024-03-01`, `1.3.24`
fn is_day(word: &str) -> bool {
    let mut parts = 0;
    let numbers = word.split(['/', '.', '-']).all(|it| {
        parts += 1;
        (1..=4).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_digit())
    });
    numbers && parts == 3
}

/// What comes after a time: a dash, bar or TAB between them is no text.
fn after(rest: &str) -> &str {
    let rest = rest.trim_start();
    let marks = ["- ", "– ", "— ", "| ", "/ ", "> ", "· ", "• ", ": "];
    let bar = |it: &str| it.strip_prefix('|').map(str::len).filter(|it| *it > 0).is_some();
    match marks.iter().find_map(|mark| rest.strip_prefix(mark)) {
        Some(rest) => rest.trim_start(),
        None if rest == ":" => "",
        None if bar(rest) => rest.trim_start_matches('|').trim_start(),
        None => rest,
    }
}

/// A time that stands bare at the end of a paragraph, and the paragraph before it. Only a file whose paragraphs
/// nearly all end so means times by them.
#[must_use]
pub fn bare_at_end(line: &str) -> Option<(&str, Offset)> {
    if let Some(found) = closing_mark(line) {
        return Some(found);
    }
    let line = line.trim_end();
    let at = line.rfind(char::is_whitespace)?;
    let (before, token) = (line.get(..at)?, line.get(at..)?.trim_start());
    let (time, end, _) = bare(token)?;
    let before = before.trim_end();
    let before = [" -", " –", " —", " |", "\t"]
        .iter()
        .find_map(|it| before.strip_suffix(it))
        .map_or(before, str::trim_end);
    (end == token.len()).then_some((before, time))
}

/// The mark that closes what this one opens.
fn closing(open: u8) -> Option<u8> {
    match open {
        b'[' => Some(b']'),
        b'(' => Some(b')'),
        b'{' => Some(b'}'),
        b'<' => Some(b'>'),
        b'#' | b'*' | b'%' | b'@' | b'|' | b'~' => Some(open),
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
            ("Will at 04:35", Some(("Will", 275))),
            ("Luz a las 4:35", Some(("Luz", 275))),
            ("at 04:35", Some(("at", 275))),
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
