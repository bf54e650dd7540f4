//! What could be a label at the beginning of a line, by its place and its shape alone.
//!
//! Every line of every file comes through here, so it looks at bytes and stops early. Whether a label
//! is one is decided in `evidence`, from the whole file.

use super::habit::Habit;
use super::pattern::Pattern;
use super::shape::{Shape, is_invisible};
use crate::domain::time::Offset;
use crate::read::block::{Block, BlockKind, Voice};
use crate::read::clock;

/// How a label stands in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `Ana: text`
    Colon,
    /// `Ana:` alone
    ColonLine,
    /// `P3 12:40` alone
    TimeLine,
    /// `[00:01:12] Ana` alone
    TimeBefore,
    /// `[id1] text`
    Bracket,
    /// `[Ana]` alone
    BracketLine,
    /// `[Ana] (1:05 - 1:40)`, alone or not
    BracketTime,
    /// `**Ana:** text`
    Bold,
    /// `**Ana**` alone
    BoldLine,
    /// `**Ana** text`
    BoldText,
    /// `Ana` alone
    Bare,
    /// `Ana`, TAB, text
    Tab,
    /// `E.- text`, `P1 - text`
    Dash,
    /// `Ana [0:12] text`, `Ana 00:00:12 text`
    TimeBetween,
    /// Before what parts labels from speech all over the file, see `habit`: `Ana | text`.
    Parted,
}

impl Form {
    /// Whether the label has its line for itself, and the speech comes below.
    pub(super) fn alone(self) -> bool {
        matches!(
            self,
            Self::ColonLine
                | Self::TimeLine
                | Self::TimeBefore
                | Self::BracketLine
                | Self::BoldLine
                | Self::Bare
        )
    }

    /// Whether it takes more than its place to make this a label: ordinary text looks like this too.
    pub(super) fn weak(self) -> bool {
        matches!(
            self,
            Self::TimeBefore
                | Self::Bracket
                | Self::BracketLine
                | Self::BoldText
                | Self::Bare
                | Self::Tab
                | Self::Dash
                | Self::TimeBetween
        )
    }
}

/// How a line begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead<'a> {
    /// The time that stands before or after the label.
    pub(super) time: Option<Offset>,
    /// What could be a label, and how it stands.
    pub(super) label: Option<(Form, &'a str)>,
    /// What comes after label and time.
    pub(super) text: &'a str,
    /// What is left when only a time at the beginning is taken off, and that time.
    pub(super) unlabelled: (Option<Offset>, &'a str),
}

impl<'a> Lead<'a> {
    /// Reads the beginning of a block, in a file that writes its labels in this way.
    pub(super) fn of(block: &'a Block<'_>, habit: &Habit) -> Self {
        let line: &str = block.text.get(habit.number(block)..).unwrap_or_default();
        if block.voice != Voice::Unsaid {
            return Lead { time: None, label: None, text: line, unlabelled: (None, line) };
        }
        // Where the format gives the time, one at the beginning of the line is what somebody said.
        let leading = if block.time.is_some() { None } else { clock::leading(line) };
        let (time, rest) = leading.map_or((None, line), |(time, rest)| (Some(time), rest));
        let certain = time.is_none()
            || rest.is_empty()
            || clock::is_certain(line)
            || (habit.glued && clock::leads_glued(line));
        let unlabelled = if certain { (time, rest) } else { (None, line) };
        let plain = Lead { time, label: None, text: rest, unlabelled };
        if rest.is_empty() {
            return plain;
        }
        let strong = if time.is_none() { block.strong } else { 0 };
        let named = habit.declared(rest).map(|(label, text)| {
            let form = if text.is_empty() { Form::ColonLine } else { Form::Colon };
            (form, label, None, text)
        });
        let found = named
            .or_else(|| habit.part(rest).map(|(label, text)| parted(label, text)))
            .or_else(|| bracket(rest))
            .or_else(|| {
                if strong > 0 { bold(rest, strong) } else { plain_label(rest, time.is_some()) }
            });
        let Some((form, label, own_time, text)) = found else { return plain };
        // Where a mark says that somebody else begins, one word alone is what he says.
        if block.changes_speaker && form == Form::Bare {
            return plain;
        }
        // A heading names who speaks only if it can mean nothing else.
        if block.kind == BlockKind::Heading
            && !habit.headed
            && own_time.is_none()
            && !Shape::of(label).names_a_speaker()
        {
            return plain;
        }
        Lead { time: own_time.or(time), label: Some((form, label)), text, ..plain }
    }
}

impl<'a> Lead<'a> {
    /// Reads the beginning of a block by the researcher's own pattern.
    pub(super) fn by_pattern(block: &'a Block<'_>, pattern: &Pattern, habit: &Habit) -> Self {
        let plain = Lead::of(block, habit);
        let line: &str = &block.text;
        let matched = pattern.lead(line).filter(|_| block.voice == Voice::Unsaid);
        match matched {
            Some(it) if it.text.is_empty() => {
                Lead { time: it.time, label: Some((Form::ColonLine, it.label)), text: "", ..plain }
            }
            Some(it) => {
                Lead { time: it.time, label: Some((Form::Colon, it.label)), text: it.text, ..plain }
            }
            None => Lead { label: None, text: plain.unlabelled.1, ..plain },
        }
    }
}

type Found<'a> = (Form, &'a str, Option<Offset>, &'a str);

/// No label is longer, in bytes; the longest title in capitals is well below.
const LONGEST: usize = 200;

/// A label that no mark around it and no bold letters set apart.
fn plain_label(rest: &str, time_before: bool) -> Option<Found<'_>> {
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
fn parted<'a>(label: &'a str, text: &'a str) -> Found<'a> {
    let (label, time) = timed(label);
    let label = label.trim_end_matches(':').trim_end();
    let (own, text) = clock::leading(text).map_or((None, text), |(time, text)| (Some(time), text));
    (Form::Parted, label, time.or(own), text)
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
        let (own, text) = bracketed_time(after);
        let form = if text.is_empty() { Form::ColonLine } else { Form::Colon };
        return Some((form, label, time.or(own), text));
    }
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
    let (own, text) = bracketed_time(text.trim_start());
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
        let said = !text.is_empty() && !gap.ends_with(':') && !line.get(..at)?.contains(':');
        return said.then_some((Form::TimeBetween, label, Some(time), text));
    }
    None
}

/// `[id1] text`, `[Ana] (1:05 - 1:40)`, `[Ana]: text`, `[Ana]` alone; also `(Ana)`, `<Ana>`, `{Ana}`.
fn bracket(line: &str) -> Option<Found<'_>> {
    let close = match *line.as_bytes().first()? {
        b'[' => b']',
        b'(' => b')',
        b'<' => b'>',
        b'{' => b'}',
        _ => return None,
    };
    let close = line.bytes().take(LONGEST).position(|byte| byte == close)?;
    let (label, inner) = timed(line.get(1..close)?);
    let label = plausible(label.trim_end_matches(':'))?;
    let square = line.starts_with('[');
    let after = line.get(close + 1..)?.trim_start();
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
fn bold(line: &str, strong: usize) -> Option<Found<'_>> {
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

/// A time in brackets at the beginning of speech; one without brackets may be speech.
fn bracketed_time(text: &str) -> (Option<Offset>, &str) {
    if !text.starts_with(['[', '(']) {
        return (None, text);
    }
    clock::leading(text).map_or((None, text), |(time, rest)| (Some(time), rest))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(line: &str) -> Option<(Form, String, String)> {
        let block = Block::text(1, line);
        let lead = Lead::of(&block, &Habit::default());
        lead.label.map(|(form, label)| (form, label.to_owned(), lead.text.to_owned()))
    }

    #[test]
    fn a_line_shows_what_could_be_its_label() {
        for (line, expected) in [
            ("Iris: I would rather walk.", Some((Form::Colon, "Iris", "I would rather walk."))),
            ("Interviewer1 : bon, on y va", Some((Form::Colon, "Interviewer1", "bon, on y va"))),
            (
                "PRESIDENTA ANA RUIZ:Buenos días",
                Some((Form::Colon, "PRESIDENTA ANA RUIZ", "Buenos días")),
            ),
            (
                "DRA. ANA RUIZ LEÓN, DIRECTORA GENERAL: Sí",
                Some((Form::Colon, "DRA. ANA RUIZ LEÓN, DIRECTORA GENERAL", "Sí")),
            ),
            ("Dr.\u{a0}Ada Poe (XYZ):", Some((Form::ColonLine, "Dr.\u{a0}Ada Poe (XYZ)", ""))),
            ("היו\"ר עדה:", Some((Form::ColonLine, "היו\"ר עדה", ""))),
            ("P3 12:40", Some((Form::TimeLine, "P3", ""))),
            ("BSR99  04:31", Some((Form::TimeLine, "BSR99", ""))),
            ("P3 12:40: Yes", Some((Form::Colon, "P3", "Yes"))),
            ("P3: [0:12]", Some((Form::ColonLine, "P3", ""))),
            ("P3 [0:12]: Yes", Some((Form::Colon, "P3", "Yes"))),
            ("[Interviewe] (1:05 - 1:40)", Some((Form::BracketTime, "Interviewe", ""))),
            ("[id7] I liked it.", Some((Form::Bracket, "id7", "I liked it."))),
            ("[00:01:12] P1: yes", Some((Form::Colon, "P1", "yes"))),
            ("[00:01:12] Ana", Some((Form::TimeBefore, "Ana", ""))),
            ("??: I cannot", Some((Form::Colon, "??", "I cannot"))),
            ("主持人：大家好", Some((Form::Colon, "主持人", "大家好"))),
            ("ANA\tyes", Some((Form::Tab, "ANA", "yes"))),
            ("“Quoted”: yes", Some((Form::Colon, "Quoted", "yes"))),
            ("At 10:30 we left.", None),
        ] {
            let found = lead(line);
            let found = found.as_ref().map(|it| (it.0, it.1.as_str(), it.2.as_str()));
            assert_eq!(found, expected, "{line}");
        }
    }

    /// What only a sentence has makes no label, but the whole file decides: it stays in sight with that said of it.
    #[test]
    fn what_only_a_sentence_has_makes_a_doubtful_label() {
        for (line, label) in [
            ("I said. So: what", "I said. So"),
            ("(Ada Poe [XYZ]: no!)", "Ada Poe [XYZ]: no!"),
            ("Well, you know; then: we left", "Well, you know; then"),
        ] {
            assert_eq!(lead(line).map(|it| it.1).as_deref(), Some(label), "{line}");
            assert!(Shape::of(label).sentence, "{line}");
        }
        assert!(!Shape::of("https://example.org").name_like);
    }
}
