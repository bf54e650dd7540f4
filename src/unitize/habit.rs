//! How a file as a whole writes its labels: what parts them from speech, and whether its paragraphs are numbered.
//!
//! One line tells little: `Ana | yes`, `12  Ana: yes` and `Ana – yes` may all be speech. Where the same few
//! beginnings recur before the same mark all over a file, they are labels.

use std::collections::BTreeMap;

use super::label::Form;
use super::leads::Found;
use super::numbering::{alone, are_counted, are_numbered, count_turns, number, rise, turn_number};
use super::shape::key;
use crate::domain::time::Offset;
use crate::language;
use crate::read::block::{Block, BlockKind, Voice};
use crate::read::clock;

/// What may part a label from speech, where a whole file does so. A colon may too, and is looked for elsewhere.
const SEPARATORS: [&str; 38] = [
    "\t", " | ", "|", " – ", " — ", " -> ", " → ", " => ", ":- ", ": - ", ":– ", ": – ", ":— ",
    ": — ", ":: ", " - ", ".- ", ".– ", ".— ", ". – ", ". — ", ". - ", " >> ", " > ", ">> ", "> ",
    " = ", " // ", " / ", ") ", "   ", "  ", "— ", "– ", "; ", " · ", " ~ ", ". ",
];
/// Marks that may stand before a word that is a label, where a whole file writes its labels so.
const MARKS: [char; 11] = ['@', '#', '+', '~', '$', '%', '&', '§', '^', '!', '/'];
/// No label before one is longer, in bytes.
const LONGEST: usize = 60;
/// Fewer times that run into what comes after them may be what somebody wrote.
const FEWEST_GLUED: usize = 3;
/// Paragraphs looked at.
const SAMPLE: usize = 4000;

/// How a file writes its labels.
#[derive(Debug, Clone, Default)]
pub(super) struct Habit {
    /// What parts labels from speech all over the file.
    separator: Option<&'static str>,
    /// Whether every paragraph begins with its number.
    numbered: bool,
    /// Whether numbers that count the paragraphs stand alone on their lines.
    counted: bool,
    /// Whether labels end with the number of their turn: `Ana (1): yes`, `Bo (2): no`.
    turns: bool,
    /// Whether labels are words in capitals that nothing but a blank parts from speech: `ANA We met.`
    capitals: bool,
    /// Whether labels are words with a mark before them that nothing but a blank parts from speech: `@ana We met.`
    mark: Option<char>,
    /// Whether every paragraph begins with plain seconds: `[5.5] Ana: yes`.
    seconds: bool,
    /// Whether paragraphs end with a time that nothing marks: `Ana: We met. 00:01:12`.
    pub(super) closing: bool,
    /// Whether times at the beginning of lines run into what comes after them: `00:00:12.0Ana: yes`.
    pub(super) glued: bool,
    /// Whether headings name who speaks below them: the same few come back all over the file.
    pub(super) headed: bool,
    /// Labels that the researcher named, by their keys.
    declared: Vec<String>,
}

impl Habit {
    /// Looks at a file.
    pub(super) fn of(blocks: &[Block<'_>], declared: &[String]) -> Self {
        let texts = || {
            let unsaid =
                blocks.iter().filter(|it| it.voice == Voice::Unsaid && it.kind == BlockKind::Text);
            unsaid.take(SAMPLE)
        };
        let declared = declared.iter().map(|it| key(it)).filter(|it| !it.is_empty()).collect();
        let numbered = are_numbered(texts());
        let mut habit = Self { numbered, headed: head_turns(blocks), declared, ..Self::default() };
        habit.counted = are_counted(texts());
        let lines = || texts().map(|it| it.text.get(habit.number(it)..).unwrap_or_default());
        let glued = lines().filter(|it| clock::leads_glued(it)).take(FEWEST_GLUED).count();
        let seconds = rise(lines().map(|it| clock::leading_seconds(it).map(|(time, _)| time.0)));
        let closing = rise(lines().map(|it| clock::bare_at_end(it).map(|(_, time)| time.0)));
        (habit.glued, habit.seconds, habit.closing) = (glued == FEWEST_GLUED, seconds, closing);
        let lines: Vec<&str> = texts()
            .map(|block| {
                let line = habit.line(block);
                habit.time(line).map_or(line, |(_, rest)| rest)
            })
            .collect();
        habit.turns = count_turns(&lines);
        habit.separator = SEPARATORS
            .into_iter()
            .find(|it| parts_labels(lines.iter().map(|line| split(line, it).map(|it| it.0))));
        habit.capitals = habit.separator.is_none()
            && parts_labels(lines.iter().map(|line| capitals(line).map(|it| it.0)));
        let starts = |mark: char| lines.iter().map(move |line| tagged(line, mark));
        let is_mark = |it: &char| {
            let none = habit.separator.is_none() && !habit.capitals;
            none && parts_labels(starts(*it).map(|it| it.map(|it| it.0)))
                && !are_halved(starts(*it).flatten())
        };
        habit.mark = MARKS.into_iter().find(is_mark);
        habit
    }

    /// The time at the beginning of a line, and the rest of the line.
    pub(super) fn time<'a>(&self, line: &'a str) -> Option<(Offset, &'a str)> {
        let seconds = || clock::leading_seconds(line).filter(|_| self.seconds);
        clock::leading_dated(line).or_else(seconds)
    }

    /// Whether the time at the beginning of a line can be nothing else in this file.
    pub(super) fn is_certain_time(&self, line: &str) -> bool {
        clock::is_certain(line) || self.seconds || (self.glued && clock::leads_glued(line))
    }

    /// How many bytes at the beginning of a block are its number.
    pub(super) fn number(&self, block: &Block<'_>) -> usize {
        let unsaid = self.numbered && block.voice == Voice::Unsaid;
        if unsaid { number(&block.text).map_or(0, |(_, length)| length) } else { 0 }
    }

    /// A block's text without its number, and without the bars around a row of a table.
    pub(super) fn line<'a>(&self, block: &'a Block<'_>) -> &'a str {
        if self.is_count(block) {
            return "";
        }
        let line: &str = block.text.get(self.number(block)..).unwrap_or_default();
        let row = line.strip_prefix('|').and_then(|it| it.trim_end().strip_suffix('|'));
        row.map(str::trim).filter(|it| it.contains('|')).unwrap_or(line)
    }

    /// A label without the number of its turn, in a file that numbers them.
    pub(super) fn unnumbered<'a>(&self, label: &'a str) -> &'a str {
        let bare = if self.turns { turn_number(label).map(|it| it.0) } else { None };
        bare.unwrap_or(label)
    }

    /// Whether a block is nothing but the number of the paragraph below it.
    pub(super) fn is_count(&self, block: &Block<'_>) -> bool {
        self.counted && block.voice == Voice::Unsaid && alone(&block.text).is_some()
    }

    /// A label that the researcher named, at the beginning of a line, and what comes after it.
    pub(super) fn declared<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
        if self.declared.is_empty() {
            return None;
        }
        let marks = ['[', '(', '<', '*', '_', '"', '“', '-', '–', '—', '•', ' '];
        let bare = line.trim_start_matches(marks);
        // Longest first: `Kim Lee` before `Kim`.
        let fits = |declared: &&String| {
            let letters = declared.chars().count();
            let end = bare.char_indices().nth(letters).map_or(bare.len(), |(at, _)| at);
            bare.get(..end).is_some_and(|head| key(head) == **declared)
        };
        let label = self.declared.iter().filter(fits).max_by_key(|it| it.len())?;
        let end = bare.char_indices().nth(label.chars().count()).map_or(bare.len(), |(at, _)| at);
        let (label, rest) = (bare.get(..end)?, bare.get(end..)?);
        let rest = rest.trim_start_matches([']', ')', '>', '*', '_', '"', '”']);
        let (trimmed, parted) = (rest.trim_start(), rest.starts_with(['\t', '|', '–', '—']));
        let time = clock::leading(trimmed).map(|(_, after)| after);
        let after = time.unwrap_or(trimmed);
        let colon = after.strip_prefix([':', '：']).or_else(|| {
            let own = self.separator.and_then(|it| rest.strip_prefix(it));
            own.or_else(|| parted.then(|| trimmed.trim_start_matches(['|', '–', '—']).trim_start()))
        });
        let ended = after.is_empty()
            || time.is_some()
            || bare.len() < line.len() && rest.len() < bare.len() - end;
        match colon {
            Some(text) => Some((label, text.trim_start())),
            None if ended => Some((label, after)),
            None => None,
        }
    }

    /// A label with the mark that begins labels all over the file, and the speech after it.
    pub(super) fn tagged<'a>(&self, line: &'a str) -> Option<Found<'a>> {
        let (label, text) = tagged(line, self.mark?)?;
        Some((Form::Tagged, label, None, text))
    }

    /// A label and the speech after it, by what parts them all over the file.
    pub(super) fn part<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
        if self.capitals {
            return capitals(line);
        }
        split(line, self.separator?)
    }
}

fn split<'a>(line: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = line.bytes().take(LONGEST + separator.len()).len();
    let end = (0..=at).rev().find(|at| line.is_char_boundary(*at))?;
    let at = line.get(..end)?.find(separator)?;
    let (label, text) = (line.get(..at)?.trim(), line.get(at + separator.len()..)?.trim());
    let sound = !label.starts_with(['[', '(', '<', '{'])
        && label.chars().any(char::is_alphanumeric)
        && !text.is_empty();
    // `Dr. Poe: yes` has another mark, and a title before it.
    let title = separator == ". "
        && (language::is_title(&language::fold(label))
            || text.split_whitespace().next().is_some_and(|it| it.ends_with(':')));
    (sound && !title && !label.contains(": ")).then_some((label, text))
}

/// `ANA RUIZ We met there.`: words in capitals, then words that are not.
fn capitals(line: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    let mut words = 0;
    for word in line.split_inclusive(' ') {
        let letters = || word.chars().filter(|it| it.is_alphabetic());
        let number = words > 0 && word.trim_end().bytes().all(|it| it.is_ascii_digit());
        // `ANA I went there.`
        let name = letters().count() >= 2 && letters().all(char::is_uppercase);
        if !(name || number) || words == 6 {
            break;
        }
        (end, words) = (end + word.len(), words + 1);
        if word.trim_end().ends_with(['.', ':', '?', '!', ',', ';']) {
            return None;
        }
    }
    let (label, text) = (line.get(..end)?.trim_end(), line.get(end..)?);
    (!label.is_empty() && !text.is_empty()).then_some((label, text))
}

/// `@ana We met there.`: a word with a mark before it, then speech.
fn tagged(line: &str, mark: char) -> Option<(&str, &str)> {
    let bare = line.strip_prefix(mark)?;
    let (label, text) = bare.split_once([' ', '\t'])?;
    let sound = label.starts_with(char::is_alphanumeric) && label.len() <= LONGEST;
    let label = label.trim_end_matches([':', ',']);
    (sound && !text.trim().is_empty()).then_some((label, text.trim_start()))
}

/// Whether one of these labels goes on wherever it stands in a word in which no other does, so that it would be half a
/// name: `@Juan Carlos We met.`
fn are_halved<'a>(starts: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    let mut next: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    for (label, text) in starts {
        let word = text.split(' ').next().unwrap_or_default();
        *next.entry(key(label)).or_default().entry(word).or_default() += 1;
    }
    let elsewhere = |label: &String, word: &str| {
        language::is_opener(None, &language::fold(word))
            || next.iter().any(|(other, words)| other != label && words.contains_key(word))
    };
    next.iter().any(|(label, words)| match words.iter().next() {
        Some((word, times)) if words.len() == 1 => *times >= 3 && !elsewhere(label, word),
        _ => false,
    })
}

/// Whether the same few beginnings stand before a mark in nearly every line: two or more of them recur, and
/// those that do are most of what stands before it.
fn parts_labels<'a>(starts: impl Iterator<Item = Option<&'a str>>) -> bool {
    let mut labels: BTreeMap<String, usize> = BTreeMap::new();
    let (mut lines, mut all) = (0, 0);
    for start in starts {
        lines += 1;
        let Some(label) = start else { continue };
        all += 1;
        if label.split_whitespace().count() <= 6 {
            let label = clock::trailing(label).map_or(label, |(label, _)| label);
            *labels.entry(key(label.trim_end_matches(':'))).or_default() += 1;
        }
    }
    let recurring = || labels.values().filter(|n| **n >= 2);
    let times: usize = recurring().sum();
    let few = recurring().count() * 2 <= times;
    recurring().count() >= 2 && few && times * 10 >= all * 7 && times * 2 >= lines
}

/// Whether the headings of a file are labels: two or more of them, short ones, recur, and nearly all are such.
fn head_turns(blocks: &[Block<'_>]) -> bool {
    let mut headings: BTreeMap<String, usize> = BTreeMap::new();
    let (mut all, mut texts) = (0, 0);
    for block in blocks.iter().take(SAMPLE) {
        match block.kind {
            BlockKind::Heading => {
                all += 1;
                if block.text.len() <= LONGEST && block.text.split_whitespace().count() <= 6 {
                    *headings.entry(key(&block.text)).or_default() += 1;
                }
            }
            BlockKind::Text => texts += 1,
            _ => {}
        }
    }
    let recurring = || headings.values().filter(|n| **n >= 2);
    let times: usize = recurring().sum();
    recurring().count() >= 2 && times >= 4 && times * 10 >= all * 8 && times * 4 >= texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_labels_from_speech_recurs_with_them() {
        let lines = ["Ana | yes", "Kim | no", "Ana | one thing: no", "Kim | so", "Ana | a"];
        let blocks: Vec<Block<'_>> = (1..).zip(lines).map(|(n, it)| Block::text(n, it)).collect();
        let habit = Habit::of(&blocks, &[]);
        assert_eq!(habit.part("Ana | one thing: no"), Some(("Ana", "one thing: no")));
        let speech =
            ["We went - all of us", "He said - no", "They came - and left", "So - yes", "And - no"];
        let blocks: Vec<Block<'_>> = (1..).zip(speech).map(|(n, it)| Block::text(n, it)).collect();
        assert_eq!(Habit::of(&blocks, &[]).separator, None);
    }

    #[test]
    fn a_word_with_a_mark_before_it_is_a_label_where_it_recurs_and_is_no_half_of_a_name() {
        let part = |lines: [&str; 6]| {
            let blocks: Vec<Block<'_>> =
                (1..).zip(lines).map(|(n, it)| Block::text(n, it)).collect();
            Habit::of(&blocks, &[]).tagged("@ana We met.").map(|it| it.1.to_owned())
        };
        let named = ["@ana We met.", "@bo No.", "@ana One", "@ana So", "@bo Yes.", "@bo Why?"];
        assert_eq!(part(named).as_deref(), Some("ana"));
        let halved =
            ["@ana Ruiz No.", "@bo No.", "@ana Ruiz One", "@ana Ruiz So", "@bo A", "@bo I"];
        assert_eq!(part(halved), None);
        let spoken = ["#metoo was big", "So it was", "#metoo again", "Yes.", "No.", "#ok then"];
        assert_eq!(part(spoken), None);
    }

    #[test]
    fn a_label_that_is_named_is_one_whatever_stands_around_it() {
        let named = ["Kim | NGO", "Kim", "*#?"].map(str::to_owned);
        let habit = Habit::of(&[], &named);
        for (line, expected) in [
            ("Kim | NGO: yes", Some(("Kim | NGO", "yes"))),
            ("[kim] yes", Some(("kim", "yes"))),
            ("Kim\tyes", Some(("Kim", "yes"))),
            ("Kim", Some(("Kim", ""))),
            ("Kim 0:12 yes", Some(("Kim", "yes"))),
            ("Kim went home", None),
            ("Kimberly: yes", None),
        ] {
            assert_eq!(habit.declared(line), expected, "{line}");
        }
    }
}
