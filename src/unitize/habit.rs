//! How a file as a whole writes its labels: what parts them from speech, and whether its paragraphs are numbered.
//!
//! One line tells little: `Ana | yes`, `12  Ana: yes` and `Ana – yes` may all be speech. Where the same few
//! beginnings recur before the same mark all over a file, they are labels.

use std::collections::BTreeMap;

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

/// `Ana (12)`, `Ana 12`, `Ana [12]`, `Ana #12`: a label, and the number after it.
fn turn_number(label: &str) -> Option<(&str, u32)> {
    let inner = label.trim_end_matches([')', ']']);
    let bare = inner.trim_end_matches(|it: char| it.is_ascii_digit());
    let number = inner.get(bare.len()..)?.parse().ok()?;
    let name = bare.trim_end_matches(['(', '[', '#', ' ']);
    (name.len() < bare.len() && name.chars().any(char::is_alphabetic)).then_some((name, number))
}

/// Whether labels before colons end with numbers that count from one turn to the next.
fn count_turns(lines: &[&str]) -> bool {
    let labels = lines.iter().map(|line| line.split_once(':').map(|it| it.0));
    let numbers = labels.map(|it| it.filter(|it| it.len() <= LONGEST).and_then(turn_number));
    let (mut there, mut next, mut last) = (0, 0, None);
    for (_, number) in numbers.flatten() {
        there += 1;
        next += usize::from(last.is_some_and(|last: u32| number == last.saturating_add(1)));
        last = Some(number);
    }
    there >= 6 && there * 10 >= lines.len() * 7 && (next + 1) * 10 >= there * 9
}

/// Whether nearly all of these numbers are there, and rise.
fn rise(numbers: impl Iterator<Item = Option<u32>>) -> bool {
    let (mut all, mut there, mut rising, mut last) = (0_u32, 0_u32, 0_u32, None);
    for number in numbers {
        all += 1;
        let Some(number) = number else { continue };
        there += 1;
        rising += u32::from(last.is_none_or(|last| number >= last));
        last = Some(number);
    }
    there >= 4 && there * 10 >= all * 7 && rising * 10 >= there * 9
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

/// Whether nearly every paragraph begins with a number, and the numbers rise.
fn are_numbered<'a, 'b: 'a>(blocks: impl Iterator<Item = &'a Block<'b>>) -> bool {
    let (mut all, mut numbered, mut rising, mut last) = (0_u32, 0_u32, 0_u32, 0_u32);
    for block in blocks {
        all += 1;
        if let Some((n, length)) = number(&block.text)
            && length < block.text.len()
        {
            numbered += 1;
            rising += u32::from(n > last && (n - last <= 20 || last == 0));
            last = n;
        }
    }
    numbered >= 4 && numbered * 10 >= all * 7 && rising * 10 >= numbered * 9
}

/// A line that holds nothing but a number.
fn alone(line: &str) -> Option<u32> {
    let bare = line.trim().trim_matches(['[', ']', '(', ')', '#', '.', ':']);
    bare.bytes().all(|it| it.is_ascii_digit()).then(|| bare.parse().ok())?
}

/// Whether numbers that stand alone on their lines count up, one for at most six paragraphs.
fn are_counted<'a, 'b: 'a>(blocks: impl Iterator<Item = &'a Block<'b>>) -> bool {
    let (mut all, mut numbers, mut next, mut last) = (0_u32, 0_u32, 0_u32, None);
    for block in blocks {
        all += 1;
        let Some(n) = alone(&block.text) else { continue };
        numbers += 1;
        next += u32::from(last.is_some_and(|last: u32| n == last.saturating_add(1)));
        last = Some(n);
    }
    numbers >= 4 && numbers * 7 >= all && (next + 1) * 10 >= numbers * 9
}

/// `12  `, `12. `, `12) `, `[12] `, `#12 `, `L12 `, `1.12 `, `12<TAB>`: a number before a line, and how long it is.
pub(super) fn number(line: &str) -> Option<(u32, usize)> {
    let bare = line.trim_start_matches(['[', '(', '#', '¶', '§']);
    let bare = bare.strip_prefix(['L', 'l', 'Z']).unwrap_or(bare);
    // `1.12` and `2-7` count within parts.
    let part = bare.bytes().take_while(u8::is_ascii_digit).count();
    let within = bare
        .get(part..)?
        .strip_prefix(['.', '-'])
        .filter(|it| (1..=2).contains(&part) && it.starts_with(|it: char| it.is_ascii_digit()));
    let bare = within.unwrap_or(bare);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=6).contains(&digits) {
        return None;
    }
    let after = bare.get(digits..)?;
    let rest = after.trim_start_matches([']', ')', '.', ':', '|']);
    // `00:00:12` and `00.00.05` are times.
    let ends = rest.starts_with([' ', '\t', '\u{a0}']) || rest.is_empty();
    let rest = rest.trim_start();
    let n = bare.get(..digits)?.parse().ok()?;
    ends.then_some((n, line.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_before_a_line_is_told_from_a_time() {
        for (line, expected) in [
            ("12  Ana: yes", Some((12, 4))),
            ("12. Ana: yes", Some((12, 4))),
            ("[12] Ana: yes", Some((12, 5))),
            ("12\tAna", Some((12, 3))),
            ("12:40 Ana", None),
            ("00.00.05 Ana", None),
            ("Ana", None),
        ] {
            assert_eq!(number(line), expected, "{line}");
        }
    }

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
