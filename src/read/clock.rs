//! Times that stand before or after a label: `[00:01:12]`, `(1:05 - 1:40)`, `12:40`.

use crate::domain::time::Offset;

/// A time at the beginning of a line, and the rest of the line after it, trimmed.
///
/// A time without brackets must be followed by a space, and the end of a range is passed over.
#[must_use]
pub fn leading(line: &str) -> Option<(Offset, &str)> {
    let first = *line.as_bytes().first()?;
    if let Some(close) = closing(first) {
        let end = line.bytes().take(64).position(|byte| byte == close)?;
        let time = range(line.get(1..end)?)?;
        return Some((time, after(line.get(end + 1..)?)));
    }
    if !first.is_ascii_digit() {
        return None;
    }
    let end = token(line);
    let time = clock(line.get(..end)?)?;
    let rest = line.get(end..)?;
    if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
        return None;
    }
    Some((time, after(past_range_end(rest))))
}

/// Whether the time at the beginning of a line can be nothing but a time of the recording: it stands in
/// brackets, or has hours, minutes and seconds. `10:30 was too early` may be what somebody said.
#[must_use]
pub fn is_certain(line: &str) -> bool {
    let token = line.get(..token(line)).unwrap_or_default();
    line.starts_with(['[', '(']) || token.bytes().filter(|byte| *byte == b':').count() == 2
}

/// A time at the end of a line, and the line before it, trimmed.
#[must_use]
pub fn trailing(line: &str) -> Option<(&str, Offset)> {
    let line = line.trim_end();
    let last = line.chars().next_back()?;
    let open = match last {
        ']' => '[',
        ')' => '(',
        '0'..='9' => ' ',
        _ => return None,
    };
    if open == ' ' {
        let at = line.rfind(char::is_whitespace)?;
        let time = clock(line.get(at..)?.trim())?;
        let before = line.get(..at)?.trim_end();
        return Some(before_range_start(before).unwrap_or((before, time)));
    }
    let at = line.rfind(open)?;
    let time = range(line.get(at + 1..line.len() - 1)?)?;
    Some((line.get(..at)?.trim_end(), time))
}

/// `00:01:12`, also with a fraction, or a range of two of them: the first counts.
fn range(text: &str) -> Option<Offset> {
    let text = text.trim();
    let end = token(text);
    let time = clock(text.get(..end)?)?;
    let rest = text.get(end..)?;
    if rest.trim().is_empty() {
        return Some(time);
    }
    let second = rest.trim_start_matches(is_range_mark);
    (second.len() < rest.len() && clock(second).is_some()).then_some(time)
}

/// A clock time; two digits stand for minutes and seconds only after a colon.
fn clock(text: &str) -> Option<Offset> {
    let bytes = text.as_bytes();
    let plausible = bytes.len() >= 4
        && bytes.len() <= 14
        && bytes.first().is_some_and(u8::is_ascii_digit)
        && bytes.last().is_some_and(u8::is_ascii_digit)
        && bytes.contains(&b':');
    plausible.then(|| Offset::parse(text)).flatten()
}

/// How many bytes at the beginning could be a clock time.
fn token(text: &str) -> usize {
    text.bytes().take_while(|it| it.is_ascii_digit() || matches!(it, b':' | b'.' | b',')).count()
}

fn is_range_mark(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '–' | '—' | '>' | '→')
}

/// `--> 00:01:15 rest`: what follows the end of a range, or the text as it is.
fn past_range_end(rest: &str) -> &str {
    let second = rest.trim_start_matches(is_range_mark);
    let marked = rest.get(..rest.len() - second.len()).is_some_and(|it| it.trim() != "");
    let end = token(second);
    match (second.get(..end), second.get(end..)) {
        (Some(time), Some(after)) if marked && clock(time).is_some() => after,
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
    Some((cut.get(..at)?.trim_end(), clock(cut.get(at..)?.trim())?))
}

/// What comes after a time: a dash or TAB between them is no text.
fn after(rest: &str) -> &str {
    let rest = rest.trim_start();
    ["- ", "| "].iter().find_map(|mark| rest.strip_prefix(mark)).map_or(rest, str::trim_start)
}

fn closing(open: u8) -> Option<u8> {
    match open {
        b'[' => Some(b']'),
        b'(' => Some(b')'),
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
            ("Ana (laughs)", None),
            ("page 12", None),
        ] {
            let found = trailing(line).map(|(rest, time)| (rest, time.0));
            assert_eq!(found, expected, "{line}");
        }
    }
}
