//! Lines of a text, and whether they were broken by hand to a width.

use std::collections::HashMap;

/// Lines with their numbers, from 1, without line ends: LF, CRLF or CR alone.
pub(super) fn numbered(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(Lines { rest: Some(text), carriage: text.as_bytes().contains(&b'\r') })
}

struct Lines<'a> {
    rest: Option<&'a str>,
    /// Whether the text has any CR; without, the search is for LF alone.
    carriage: bool,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let end = if self.carriage { rest.find(['\n', '\r']) } else { rest.find('\n') };
        let Some(end) = end else {
            self.rest = None;
            return (!rest.is_empty()).then_some(rest);
        };
        let (line, after) = rest.split_at(end);
        let width = if after.starts_with("\r\n") { 2 } else { 1 };
        self.rest = after.get(width..);
        Some(line)
    }
}

/// How lines of a text were broken.
pub(super) struct Wrap<'a> {
    /// The width to which they were filled; absent where a line is a paragraph.
    width: Option<usize>,
    /// What stands before a colon where a paragraph may begin, and how often.
    starts: HashMap<&'a str, u32>,
}

/// Lines looked at to tell whether a text is wrapped.
const SAMPLE: usize = 3000;

impl<'a> Wrap<'a> {
    /// Looks at a text: it is wrapped if nearly every line that another follows, and not a turn, is so
    /// full that the next word had no room.
    pub(super) fn of(text: &'a str) -> Self {
        let sample: Vec<&str> = numbered(text).take(SAMPLE).map(|(_, line)| line.trim()).collect();
        let width = width(&sample);
        let mut wrap = Self { width, starts: HashMap::new() };
        if width.is_some() {
            let mut previous = "";
            for (_, line) in numbered(text) {
                let line = line.trim();
                let begins = !wrap.is_full(previous, line) || ends_sentence(previous);
                if let Some(start) = before_colon(line).filter(|_| begins) {
                    *wrap.starts.entry(start).or_default() += 1;
                }
                previous = line;
            }
        }
        wrap
    }

    /// Whether a line goes on in the next one, both without the spaces around them.
    ///
    /// A full line may be the last of its turn: then the next begins as others do, which begin paragraphs
    /// or stand after the end of a sentence.
    pub(super) fn joins(&self, line: &str, next: &str) -> bool {
        let begins =
            || before_colon(next).is_some_and(|it| self.starts.get(it).is_some_and(|n| *n > 1));
        self.is_full(line, next) && !begins()
    }

    fn is_full(&self, line: &str, next: &str) -> bool {
        !line.is_empty() && self.width.is_some_and(|width| filled(line, next) > width)
    }
}

/// How wide a line would be with the first word of the next.
fn filled(line: &str, next: &str) -> usize {
    let word = next.split(' ').next().unwrap_or_default();
    line.chars().count() + 1 + word.chars().count()
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '»', ')', ']'])
        .ends_with(['.', '?', '!', '…', '-', '–', '—'])
}

fn width(lines: &[&str]) -> Option<usize> {
    let pairs: Vec<(&str, &str)> = lines
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .filter(|(line, next)| !line.is_empty() && !next.is_empty() && before_colon(next).is_none())
        .collect();
    // A line of one word, such as an address, may be longer than the width.
    let lengths: Vec<usize> =
        pairs.iter().filter(|it| it.0.contains(' ')).map(|it| it.0.chars().count()).collect();
    let width = lengths.iter().copied().max()?;
    let full = pairs.iter().filter(|(line, next)| filled(line, next) > width).count();
    let wrapped = pairs.len() >= 8 && (30..=130).contains(&width) && full * 100 >= pairs.len() * 85;
    wrapped.then_some(width)
}

/// What stands before a colon near the beginning of a line.
fn before_colon(line: &str) -> Option<&str> {
    let at = line.bytes().take(80).position(|byte| byte == b':')?;
    line.get(..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let lines: Vec<_> = numbered("a\nb\r\nc\rd\n\n\re").collect();
        assert_eq!(lines, [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, ""), (6, ""), (7, "e")]);
        assert_eq!(numbered("").count(), 0);
        assert_eq!(numbered("a\n").count(), 1);
    }
}
