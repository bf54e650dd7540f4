//! What could be a label at the beginning of a line, by its place and its shape alone.
//!
//! Every line of every file comes through here, so it looks at bytes and stops early. Whether a label
//! is one is decided in `evidence`, from the whole file.

use unicode_normalization::UnicodeNormalization;

use super::block::{Block, BlockKind};
use super::clock;
use crate::domain::participant::Role;
use crate::domain::time::Offset;
use crate::language;

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
    /// Reads the beginning of a block.
    pub(super) fn of(block: &'a Block<'_>) -> Self {
        let line: &str = &block.text;
        let (time, rest) =
            clock::leading(line).map_or((None, line), |(time, rest)| (Some(time), rest));
        let certain = time.is_none() || rest.is_empty() || clock::is_certain(line);
        let unlabelled = if certain { (time, rest) } else { (None, line) };
        let plain = Lead { time, label: None, text: rest, unlabelled };
        if rest.is_empty() || block.kind == BlockKind::Heading {
            return plain;
        }
        let strong = if time.is_none() { block.strong } else { 0 };
        let found = if rest.starts_with('[') {
            bracket(rest)
        } else if strong > 0 {
            bold(rest, strong)
        } else {
            colon(rest).or_else(|| tab(rest)).or_else(|| alone(rest, time.is_some()))
        };
        let Some((form, label, own_time, text)) = found else { return plain };
        Lead { time: own_time.or(time), label: Some((form, label)), text, ..plain }
    }
}

type Found<'a> = (Form, &'a str, Option<Offset>, &'a str);

/// No label is longer, in bytes; the longest title in capitals is well below.
const LONGEST: usize = 200;

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
        if (wide && bytes.get(at..at + 3) != Some(&[0xef, 0xbc, 0x9a]))
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
        return Some((Form::Colon, label, time.or(own), text));
    }
}

/// `:`, or the first byte of a fullwidth one.
fn is_colon(byte: u8) -> bool {
    byte == b':' || byte == 0xef
}

/// `[id1] text`, `[Ana] (1:05 - 1:40)`, `[Ana]: text`, `[Ana]` alone.
fn bracket(line: &str) -> Option<Found<'_>> {
    let close = line.bytes().take(LONGEST).position(|byte| byte == b']')?;
    let (label, inner) = timed(line.get(1..close)?);
    let label = plausible(label)?;
    let after = line.get(close + 1..)?.trim_start();
    let after = after.strip_prefix(':').unwrap_or(after).trim_start();
    if let Some((time, text)) = clock::leading(after) {
        return Some((Form::BracketTime, label, Some(time), text));
    }
    let form = match (inner, after.is_empty()) {
        (Some(_), _) => Form::BracketTime,
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

/// `P3 12:40`, `[00:01:12] P3`, `P3`: a line that holds nothing else.
fn alone(line: &str, time_before: bool) -> Option<Found<'_>> {
    if line.len() > 80 {
        return None;
    }
    if let Some((label, time)) = clock::trailing(line) {
        return Some((Form::TimeLine, plausible(label)?, Some(time), ""));
    }
    let form = if time_before { Form::TimeBefore } else { Form::Bare };
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

/// The label, trimmed, if nothing in it speaks against its being one.
fn plausible(label: &str) -> Option<&str> {
    let label = label.trim().trim_matches(is_invisible).trim();
    let first = label.chars().next()?;
    let unknown = label.bytes().all(|byte| byte == b'?') && label.len() <= 4;
    if unknown {
        return Some(label);
    }
    let starts = first.is_alphanumeric() || first == '*';
    let sound = starts && label.len() <= LONGEST && punctuation_fits(label);
    sound.then_some(label)
}

/// Whether no mark in the label is one that only a sentence has.
fn punctuation_fits(label: &str) -> bool {
    let (mut words, mut commas, mut depth) = (1_u32, 0_u32, 0_i32);
    let mut previous = ' ';
    let mut word_start = 0;
    for (at, character) in label.char_indices() {
        match character {
            '!' | '\t' | ';' | '…' | '“' | '”' | '„' | '«' | '»' | '¿' | '¡' | '{' | '}' | '<'
            | '>' | '=' | '\\' | '|' | '~' | '`' | '^' | '[' | ']' | ':' | '。' | '、' | '，' => {
                return false;
            }
            '?' if at + 1 != label.len() => return false,
            '"' if !previous.is_alphabetic() => return false,
            ',' => commas += 1,
            '(' => depth += 1,
            ')' => depth -= 1,
            '.' if !short_word(label.get(word_start..at).unwrap_or_default()) => return false,
            _ => {}
        }
        if character.is_whitespace() {
            if !previous.is_whitespace() {
                words += 1;
            }
            word_start = at + character.len_utf8();
        }
        if depth < 0 {
            return false;
        }
        previous = character;
    }
    depth == 0 && words <= 20 && commas <= 3 && !label.ends_with(',')
}

/// Whether a full stop after this word may stand inside a label: `Dr`, `J`, `2`, `h`.
fn short_word(word: &str) -> bool {
    let word = word.trim_start_matches('(');
    let word = word.rsplit('.').next().unwrap_or(word);
    word.chars().count() <= 1
        || word.bytes().all(|byte| byte.is_ascii_digit())
        || language::is_title(&language::fold(word))
}

/// Characters that take no room: zero-width, directional, soft hyphen, byte order mark.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// The label as it is shown: one space between words, nothing invisible.
pub(super) fn shown(label: &str) -> String {
    let visible: String = label.chars().filter(|it| !is_invisible(*it)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What makes two labels one: no difference of case, of Unicode form, of spaces, of what is invisible.
pub(super) fn key(label: &str) -> String {
    let shown = shown(label);
    if shown.is_ascii() {
        return shown.to_ascii_lowercase();
    }
    shown.nfc().flat_map(char::to_lowercase).collect()
}

/// What the words of a label look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// Words, not counting what follows a comma or stands in brackets.
    pub(super) words: usize,
    /// All letters are capitals, and there are two or more.
    pub(super) capitals: bool,
    /// One word of two to four capitals, such as initials.
    pub(super) initials: bool,
    /// Every word begins as a name does: with a capital or in a script without them.
    pub(super) name_like: bool,
    /// A letter or `id` and a number, as participants are numbered: `P3`, `id7`.
    pub(super) numbered: bool,
    /// It begins as a sentence does.
    pub(super) opener: bool,
    /// What a word of it says the speaker does.
    pub(super) role: Option<(String, Role)>,
    /// Every word of it names a role, a function or a number, and no person.
    pub(super) nameless: bool,
    /// A letter of it is a capital; in scripts without them every word could begin a name.
    pub(super) cased: bool,
    /// Words in all.
    pub(super) all_words: usize,
    /// It heads a part of a document.
    pub(super) field: bool,
    /// Nothing but question marks: a speaker whom the transcriber did not know.
    pub(super) unknown: bool,
    /// It begins with a transcriber's word: `inaudible`.
    pub(super) mark: bool,
}

impl Shape {
    /// Looks at a label.
    pub(super) fn of(label: &str) -> Self {
        let shown = shown(label);
        let base = base(&shown);
        let words: Vec<&str> = base.split([' ', '\u{a0}']).filter(|it| !it.is_empty()).collect();
        let folded = language::fold(base);
        let first = folded.split(' ').next().unwrap_or_default();
        let letters = || base.chars().filter(|it| it.is_alphabetic());
        let capitals =
            letters().count() >= 2 && letters().all(|it| it.is_uppercase() && !it.is_lowercase());
        let title = shown.get(base.len()..).unwrap_or_default();
        let title = language::fold(title.trim_matches([',', ' ', '(', ')']));
        let role =
            roles(&folded).or_else(|| language::role(&title).map(|role| (title.clone(), role)));
        Self {
            words: words.len(),
            capitals,
            initials: capitals && words.len() == 1 && (2..=4).contains(&base.chars().count()),
            name_like: !words.is_empty() && words.iter().enumerate().all(|(at, it)| named(it, at)),
            numbered: is_numbered(&folded),
            opener: language::is_opener(first)
                && (words.len() > 1 || (!capitals && base.chars().count() > 1)),
            role,
            nameless: !words.is_empty() && words.iter().all(|it| is_nameless(it)),
            cased: letters().any(char::is_uppercase),
            all_words: shown.split(' ').count(),
            field: language::is_field(&folded) || language::is_field(&language::fold(&shown)),
            unknown: base.bytes().all(|it| it == b'?'),
            mark: language::is_mark(&folded),
        }
    }
}

/// The label before a comma or bracket: a title or remark follows there.
pub(super) fn base(shown: &str) -> &str {
    let end = shown.find([',', '(']).unwrap_or(shown.len());
    shown.get(..end).unwrap_or(shown).trim_end()
}

/// Whether a word begins as one of a name does.
fn named(word: &str, at: usize) -> bool {
    let word = word.trim_start_matches(['(', '"', '\'', '’', '-']);
    let Some(first) = word.chars().next() else { return true };
    first.is_uppercase()
        || first.is_numeric()
        || first == '&'
        || first == '/'
        || (first.is_alphabetic() && !first.is_lowercase())
        || (at > 0 && language::is_particle(&language::fold(word.trim_end_matches('.'))))
}

/// Whether a word names a role, a function or a number.
fn is_nameless(word: &str) -> bool {
    let folded = language::fold(word);
    let stem = folded.trim_end_matches(|it: char| it.is_ascii_digit() || it == '.' || it == '#');
    stem.is_empty() || language::role(stem).is_some() || language::is_function(stem)
}

/// The first word that names a role, and the role.
fn roles(folded: &str) -> Option<(String, Role)> {
    folded
        .split([' ', '/', '-', '_', '.', '(', ')', '#'])
        .map(|word| word.trim_end_matches(|it: char| it.is_ascii_digit()))
        .chain(std::iter::once(folded))
        .find_map(|word| language::role(word).map(|role| (word.to_owned(), role)))
}

/// `p3`, `p 12`, `id7`, `fg1-p3`: as participants are numbered.
fn is_numbered(folded: &str) -> bool {
    let last = folded.rsplit(['-', '_', '/', ' ']).find(|it| !it.is_empty()).unwrap_or_default();
    let letters = last.trim_end_matches(|it: char| it.is_ascii_digit());
    let numbered = letters.len() < last.len() && last.len() - letters.len() <= 3;
    let spaced = letters.is_empty() && folded.starts_with("p ") && folded.len() <= 6;
    let prefix = folded.strip_suffix(last).unwrap_or_default();
    let grouped = prefix.is_empty() || prefix.bytes().any(|it| it.is_ascii_digit());
    numbered && (spaced || (grouped && matches!(letters, "p" | "id" | "pt" | "tn" | "r")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(line: &str) -> Option<(Form, String, String)> {
        let block = Block::text(1, line);
        let lead = Lead::of(&block);
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
            ("P3 [0:12]: Yes", Some((Form::Colon, "P3", "Yes"))),
            ("[Interviewe] (1:05 - 1:40)", Some((Form::BracketTime, "Interviewe", ""))),
            ("[id7] I liked it.", Some((Form::Bracket, "id7", "I liked it."))),
            ("[00:01:12] P1: yes", Some((Form::Colon, "P1", "yes"))),
            ("[00:01:12] Ana", Some((Form::TimeBefore, "Ana", ""))),
            ("??: I cannot", Some((Form::Colon, "??", "I cannot"))),
            ("主持人：大家好", Some((Form::Colon, "主持人", "大家好"))),
            ("ANA\tyes", Some((Form::Tab, "ANA", "yes"))),
            ("https://example.org", None),
            ("I said. So: what", None),
            ("(Ada Poe [XYZ]: no!)", None),
            ("Well, you know; then: we left", None),
            ("“Quoted”: yes", None),
            ("At 10:30 we left.", None),
        ] {
            let found = lead(line);
            let found = found.as_ref().map(|it| (it.0, it.1.as_str(), it.2.as_str()));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn labels_that_differ_only_in_what_nobody_sees_are_one() {
        assert_eq!(key("JOSE\u{301}"), key("José"));
        assert_eq!(key("P1\u{200b}"), key("p1 "));
        assert_eq!(key("Dr.\u{a0}Ada  Poe"), key("dr. ada poe"));
        assert_ne!(key("P1"), key("P2"));
    }

    #[test]
    fn shapes_tell_names_from_sentences() {
        for (label, name_like) in [
            ("Ada Poe", true),
            ("ADA POE", true),
            ("Dr. Karl Freiherr zu Hof", true),
            ("Project manager", false),
            ("So here's the thing", false),
            ("משה כהן", true),
        ] {
            assert_eq!(Shape::of(label).name_like, name_like, "{label}");
        }
        assert!(Shape::of("P3").numbered && Shape::of("FG1-P12").numbered);
        assert!(!Shape::of("A1").numbered && !Shape::of("Step2").numbered);
        assert_eq!(Shape::of("Interviewer2 2").role.map(|it| it.1), Some(Role::Moderator));
    }
}
