//! Each form in which a label may begin a line, read from the line alone: before a colon, in brackets, in bold, before
//! a TAB or dash, alone with a time.

use super::label::Form;
use super::shape::is_invisible;
use crate::domain::time::Offset;
use crate::read::clock;

/// The form, the label, its time, and what comes after both.
pub(super) type Found<'a> = (Form, &'a str, Option<Offset>, &'a str);

/// No label is longer, in bytes; the longest title in capitals is well below.
const LONGEST: usize = 200;

/// A label that no mark around it and no bold letters set apart.
pub(super) fn plain_label(rest: &str, time_before: bool) -> Option<Found<'_>> {
    let line = undecorated(rest);
    between(line)
        .or_else(|| emphasised(line))
        .or_else(|| colon(line))
        .or_else(|| tab(line))
        .or_else(|| dash(line))
        .or_else(|| alone(line, time_before))
}

/// The line without a bullet or a dash before it.
fn undecorated(line: &str) -> &str {
    let bare = line.trim_start_matches([
        '-', '–', '—', '•', '·', '▪', '►', '>', '■', '➢', '◦', '○', '●', '→', '»', '\u{a0}',
    ]);
    let marked = bare.len() < line.len();
    if marked && bare.starts_with([' ', '\u{a0}']) { bare.trim_start() } else { line }
}

/// A label before what parts labels from speech all over the file; a time may stand with either.
pub(super) fn parted<'a>(label: &'a str, text: &'a str) -> Found<'a> {
    let (label, time) = timed(label);
    let label = label.trim_end_matches(':').trim_end();
    let (own, text) = times(text);
    let form = if text.is_empty() { Form::TimeLine } else { Form::Parted };
    (form, label, time.or(own), text)
}

/// The time at the beginning of a text, if there is one, and what comes after it and after a second one: `1:05`, TAB,
/// `1:12`, TAB, speech.
fn times(text: &str) -> (Option<Offset>, &str) {
    let Some((time, rest)) = clock::leading_dated(text) else { return (None, text) };
    let behind = rest.trim_start();
    let second = clock::leading(behind).filter(|_| clock::is_certain(behind));
    (Some(time), second.map_or(rest, |(_, rest)| rest))
}

/// `Ana: text`, `Ana (1:05): text`, `Ana:` alone.
fn colon(line: &str) -> Option<Found<'_>> {
    let bytes = line.as_bytes();
    let mut from = 0;
    loop {
        let at = from + bytes.iter().skip(from).take(LONGEST).position(|byte| is_colon(*byte))?;
        if at > LONGEST {
            return None;
        }
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let wide = bytes.get(at) == Some(&0xef);
        // `Ana <T:00:01:12>: yes`
        let before = line.get(..at)?;
        let in_mark = before.rfind('<') > before.rfind('>');
        if in_mark
            || (!wide && is_gendered(line, at))
            || (wide && bytes.get(at..at + 3) != Some(&[0xef, 0xbc, 0x9a]))
            || (!wide && digit(at + 1) && at > 0 && digit(at - 1))
        {
            from = at + 1;
            continue;
        }
        let width = if wide { 3 } else { 1 };
        let (before, after) = (line.get(..at)?, line.get(at + width..)?);
        if after.starts_with("//") {
            return None;
        }
        let (label, time) = timed(before);
        let label = plausible(label)?;
        let after = after.trim_start();
        if after.is_empty() {
            return Some((Form::ColonLine, label, time, after));
        }
        let (own, text) = own_time(after);
        let form = if text.is_empty() { Form::ColonLine } else { Form::Colon };
        return Some((form, label, time.or(own), text));
    }
}

/// Whether a colon stands within a word that is written for all genders, with another after it: `Moderator:in 2: yes`.
fn is_gendered(line: &str, at: usize) -> bool {
    let word = line.get(..at).is_some_and(|it| it.ends_with(char::is_alphabetic));
    let Some(after) = line.get(at + 1..).filter(|_| word) else { return false };
    let rest = ["rinnen", "innen", "rin", "in", "r", "n", "e"]
        .iter()
        .find_map(|ending| after.strip_prefix(ending));
    rest.is_some_and(|it| {
        !it.starts_with(char::is_alphanumeric) && it.bytes().take(12).any(|byte| byte == b':')
    })
}

/// `:`, or the first byte of a fullwidth one.
fn is_colon(byte: u8) -> bool {
    byte == b':' || byte == 0xef
}

/// `*Ana:* text`, `_Ana_: text`, `"Ana": text`: a label between marks of emphasis.
fn emphasised(line: &str) -> Option<Found<'_>> {
    let first =
        line.chars().next().filter(|it| matches!(it, '*' | '_' | '~' | '"' | '“' | '«' | '\''))?;
    let close = match first {
        '“' => '”',
        '«' => '»',
        same => same,
    };
    let inside = line.trim_start_matches(first);
    let end = inside.bytes().take(LONGEST).len();
    let at = inside.get(..end).unwrap_or(inside).find(close)?;
    let head = inside.get(..at)?;
    let tail = inside.get(at..)?.trim_start_matches(close);
    let (label, text) = match head.trim_end().strip_suffix(':') {
        Some(label) => (label, tail),
        None => (head, tail.trim_start().strip_prefix(':')?),
    };
    let (label, time) = timed(label);
    let label = plausible(label).filter(|it| !it.contains(':'))?;
    let (own, text) = own_time(text.trim_start());
    let form = if text.is_empty() { Form::ColonLine } else { Form::Colon };
    Some((form, label, time.or(own), text))
}

/// `Ana [0:12] text`, `Ana 00:00:12 text`: a label and a time that can be nothing else, then the speech.
fn between(line: &str) -> Option<Found<'_>> {
    let head = line.bytes().take(60);
    let starts = head
        .enumerate()
        .skip(1)
        .filter(|(_, it)| matches!(it, b'[' | b'(' | b'{' | b'<' | b'#') || it.is_ascii_digit());
    for (at, byte) in starts {
        let spaced = line.get(..at).is_some_and(|it| it.ends_with([' ', '\t', '\u{a0}']));
        let Some(rest) = line.get(at..).filter(|_| spaced || !byte.is_ascii_digit()) else {
            continue;
        };
        let Some((time, text)) = clock::leading(rest).filter(|_| clock::is_certain(rest)) else {
            continue;
        };
        let label = line.get(..at)?.trim_end().trim_end_matches([',', '-', '–', '—', '|']);
        let label = plausible(label).filter(|it| !it.contains([':', '.', '?', '!']))?;
        let gap = rest.get(..rest.len() - text.len())?.trim_end();
        let said = !text.is_empty()
            && !text.starts_with(':')
            && !gap.ends_with(':')
            && !line.get(..at)?.contains(':');
        return said.then_some((Form::TimeBetween, label, Some(time), text));
    }
    None
}

/// `[id1] text`, `[Ana] (1:05 - 1:40)`, `[Ana]: text`, `[Ana]` alone; also `(Ana)`, `<Ana>`, `{Ana}`, `«Ana»`, `【Ana】`.
pub(super) fn bracket(line: &str) -> Option<Found<'_>> {
    let open = line.chars().next()?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '<' => '>',
        '{' => '}',
        '«' => '»',
        '‹' => '›',
        '“' => '”',
        '【' => '】',
        '［' => '］',
        '（' => '）',
        '「' => '」',
        _ => return None,
    };
    let at = line.char_indices().take(LONGEST).find(|(_, it)| *it == close)?.0;
    let (label, inner) = timed(line.get(open.len_utf8()..at)?);
    let label = plausible(label.trim_end_matches(':'))?;
    let square = line.starts_with('[');
    let after = line.get(at + close.len_utf8()..)?.trim_start();
    let (after, colon) =
        after.strip_prefix(':').map_or((after, false), |it| (it.trim_start(), true));
    if let Some((time, text)) = clock::leading(after) {
        return Some((Form::BracketTime, label, Some(time), text));
    }
    let form = match (inner, after.is_empty()) {
        (Some(_), _) => Form::BracketTime,
        (None, true) if colon && !square => Form::ColonLine,
        (None, false) if colon && !square => Form::Colon,
        (None, true) => Form::BracketLine,
        (None, false) => Form::Bracket,
    };
    Some((form, label, inner, after))
}

/// `**Ana:** text`, `**Ana**: text`, `**Ana**` alone, `**Ana** text`.
pub(super) fn bold(line: &str, strong: usize) -> Option<Found<'_>> {
    let (head, tail) = (line.get(..strong)?.trim(), line.get(strong..)?.trim_start());
    if let Some(after) = tail.strip_prefix(':') {
        let (label, time) = timed(head);
        return Some((Form::Bold, plausible(label)?, time, after.trim_start()));
    }
    if head.contains(':') {
        let (form, label, time, text) = colon(line)?;
        let form = if form == Form::Colon { Form::Bold } else { Form::ColonLine };
        return Some((form, label, time, text));
    }
    let (label, time) = timed(head);
    let label = plausible(label)?;
    if tail.is_empty() {
        return Some((Form::BoldLine, label, time, tail));
    }
    match clock::leading(tail) {
        Some((time, "")) => Some((Form::BoldLine, label, Some(time), "")),
        Some((time, text)) => Some((Form::BoldText, label, Some(time), text)),
        None => Some((Form::BoldText, label, time, tail)),
    }
}

/// `Ana`, TAB, text.
fn tab(line: &str) -> Option<Found<'_>> {
    let at = line.bytes().take(60).position(|byte| byte == b'\t')?;
    let (label, time) = timed(line.get(..at)?);
    let text = line.get(at..)?.trim_start();
    let (own, text) = clock::leading(text).map_or((None, text), |(time, text)| (Some(time), text));
    if text.is_empty() {
        return Some((Form::TimeLine, plausible(label)?, own, text));
    }
    Some((Form::Tab, plausible(label)?, time.or(own), text))
}

/// `E.- text`, `P1 - text`, `Ana – text`.
fn dash(line: &str) -> Option<Found<'_>> {
    let at = line.char_indices().take(40).position(|(_, it)| matches!(it, '-' | '–' | '—'))?;
    let (at, mark) = line.char_indices().nth(at)?;
    let (before, after) = (line.get(..at)?, line.get(at + mark.len_utf8()..)?);
    let label = match before.strip_suffix('.') {
        Some(label) => label,
        None if before.ends_with(' ') && after.starts_with(' ') => before,
        None => return None,
    };
    let (label, time) = timed(label);
    let text = after.trim_start();
    if text.is_empty() {
        return None;
    }
    Some((Form::Dash, plausible(label)?, time, text))
}

/// `P3 12:40`, `[00:01:12] P3`, `P3`: a line that holds nothing else.
fn alone(line: &str, time_before: bool) -> Option<Found<'_>> {
    if line.len() > 80 {
        return None;
    }
    if let Some((label, time)) = clock::trailing(line) {
        return Some((Form::TimeLine, plausible(label)?, Some(time), ""));
    }
    let line = line.trim_matches(['=', '-', '–', '—', '*', '~', '_', ' ', '#']);
    let form = if time_before { Form::TimeBefore } else { Form::Bare };
    // Names of roles and people are shorter, and end in no mark of a sentence.
    if line.len() > 64 || line.ends_with(['.', '?', '!', '…', ',', ';']) && line.contains(' ') {
        return None;
    }
    Some((form, plausible(line)?, None, ""))
}

/// A label without the time that stands after it, and that time.
fn timed(label: &str) -> (&str, Option<Offset>) {
    let label = label.trim();
    match clock::trailing(label) {
        Some((label, time)) if !label.is_empty() => (label, Some(time)),
        _ => (label, None),
    }
}

/// A time at the beginning of speech, after the label: between marks, with hours, or alone. `10:30 was too early` is
/// what somebody said.
fn own_time(text: &str) -> (Option<Offset>, &str) {
    let Some((time, rest)) = clock::leading(text) else { return (None, text) };
    let head = text.get(..text.len() - rest.len()).unwrap_or_default();
    let clock = head.bytes().filter(|it| *it == b':').count() >= 2 || rest.is_empty();
    let marked = !text.starts_with(|it: char| it.is_ascii_digit());
    if marked || clock { (Some(time), rest) } else { (None, text) }
}

/// The label, trimmed, if it can be one at all: any characters may stand in it, as in `Kim | NGO`, `🌻Kim`,
/// `Transl.`, but it neither begins as a clause goes on nor leaves a bracket open. What only a sentence has
/// makes it a doubtful one, see [`Shape`].
fn plausible(label: &str) -> Option<&str> {
    let label = label.trim().trim_matches(is_invisible).trim();
    let first = label.chars().next()?;
    let starts = !matches!(first, '.' | ',' | ';' | ':' | ')' | ']' | '}' | '>' | '…' | '/' | '|');
    let named = label.chars().any(char::is_alphanumeric)
        || (label.chars().count() <= 4
            && !label.bytes().all(|it| it.is_ascii_punctuation() && it != b'?'));
    let sound = starts && named && label.len() <= LONGEST && !label.contains('\t');
    (sound && !label.ends_with(',') && balanced(label)).then_some(label)
}

/// Whether every bracket in a label is closed.
fn balanced(label: &str) -> bool {
    [('(', ')'), ('[', ']')].iter().all(|(open, close)| {
        let mut depth = 0_i32;
        let sound = label.chars().all(|it| {
            depth += i32::from(it == *open) - i32::from(it == *close);
            depth >= 0
        });
        sound && depth == 0
    })
}
