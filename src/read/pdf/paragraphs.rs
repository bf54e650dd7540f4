//! Lines into paragraphs: a PDF knows where letters stand, and nothing of what belongs together.
//!
//! Whoever broke the lines put as many words into each as had room. So a line after which the first word of
//! the next would still have fitted ended a paragraph; gaps, sizes, bold letters and numbers say the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Line;
use super::furniture::median;
use super::rows::Segment;
use crate::read::block::{Block, BlockKind, Voice};

/// A gap so many times the usual one parts paragraphs.
const WIDE: f32 = 1.25;
/// Letters so many times the usual size make a heading.
const LARGE: f32 = 1.2;
/// Letters of less than this part of the usual size are no speech.
const SMALL: f32 = 0.86;

/// What the lines of a file have in common.
struct Shape {
    /// Where the lines of each column end.
    edges: BTreeMap<(i32, bool), f32>,
    /// How far lines of one paragraph stand from one another.
    spacing: f32,
    /// Whether gaps part most paragraphs, so that a line that ends a little early is no sign of it.
    gaps: bool,
    /// What stands before a colon at the beginning of several lines, numbers aside: labels.
    labels: BTreeSet<String>,
    /// Words that stand in the file.
    vocabulary: BTreeSet<String>,
}

/// The size of most letters.
pub(super) fn body_size<'a>(sizes: impl Iterator<Item = (f32, &'a str)>) -> f32 {
    let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
    for (size, text) in sizes {
        #[allow(clippy::cast_possible_truncation)] // sizes of letters are below a million
        let step = (size * 10.0).round() as i32;
        *letters.entry(step).or_default() += text.len();
    }
    #[allow(clippy::cast_precision_loss)] // the same
    let size = |step: i32| step as f32 / 10.0;
    letters.into_iter().max_by_key(|(_, letters)| *letters).map_or(10.0, |(step, _)| size(step))
}

/// The size below which a line is a note, a caption or a code, and nobody's speech: a good deal smaller than
/// most, where such lines are rare; 0 where they are not.
pub(super) fn small(lines: &[Line], body: f32) -> f32 {
    let limit = SMALL * body;
    let letters = |line: &Line| line.cells.iter().map(Segment::letters).sum::<usize>();
    let small: usize = lines.iter().filter(|it| it.size() < limit).map(letters).sum();
    let all: usize = lines.iter().map(letters).sum();
    if small * 8 <= all { limit } else { 0.0 }
}

/// The paragraphs that lines make, given the size of most letters and of those that are small.
pub(super) fn blocks(lines: &[Line], body: f32, small: f32) -> Vec<Block<'static>> {
    let shape = Shape::of(lines, body);
    let mut blocks: Vec<Block<'static>> = Vec::new();
    let mut number = 0;
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        if let (Some(before), Some(last)) = (before, blocks.last_mut())
            && shape.joins(before, line)
            && let [segment] = line.cells.as_slice()
        {
            let whole = last.strong == last.text.len();
            shape.join(last.text.to_mut(), &segment.text);
            if whole && segment.is_bold() {
                last.strong = last.text.len();
            }
            continue;
        }
        number += 1;
        let table = line.cells.len() > 1;
        for (place, cell) in line.cells.iter().enumerate() {
            let kind = match place {
                0 if table => BlockKind::FirstCell,
                _ if table => BlockKind::Cell,
                _ if cell.size >= LARGE * body => BlockKind::Heading,
                _ => BlockKind::Text,
            };
            let strong = cell.strong.min(cell.text.len());
            let voice = if line.size() < small { Voice::Nobody } else { Voice::Unsaid };
            blocks.push(Block { kind, strong, voice, ..Block::text(number, cell.text.clone()) });
        }
    }
    blocks
}

impl Shape {
    fn of(lines: &[Line], body: f32) -> Self {
        let mut rights: BTreeMap<(i32, bool), Vec<f32>> = BTreeMap::new();
        for line in lines {
            if let Some(last) = line.cells.last() {
                rights.entry(line.kind).or_default().push(last.right);
            }
        }
        // One line in fifty may stick out.
        let edges: BTreeMap<(i32, bool), f32> = rights
            .into_iter()
            .filter_map(|(kind, mut rights)| {
                rights.sort_by(f32::total_cmp);
                let at = rights.len() - 1 - rights.len() / 50;
                Some((kind, *rights.get(at)?))
            })
            .collect();
        let vocabulary = lines
            .iter()
            .flat_map(|line| &line.cells)
            .flat_map(|cell| inner_words(&cell.text))
            .map(str::to_lowercase)
            .collect();
        let mut before_colons: BTreeMap<String, usize> = BTreeMap::new();
        for label in lines.iter().filter_map(label) {
            *before_colons.entry(label).or_default() += 1;
        }
        let labels = before_colons.into_iter().filter(|(_, times)| *times >= 2).map(|it| it.0);
        let mut shape =
            Self { edges, spacing: f32::MAX, gaps: false, labels: labels.collect(), vocabulary };
        let certain = lines.windows(2).filter_map(|pair| match pair {
            [one, other] if shape.goes_on(one, other) => Some(one.base - other.base),
            _ => None,
        });
        let any = || {
            let gaps = lines.windows(2).filter_map(|pair| match pair {
                [one, other] if one.column == other.column => Some(one.base - other.base),
                _ => None,
            });
            median(gaps.collect())
        };
        shape.spacing = median(certain.collect()).or_else(any).unwrap_or(body * 1.2);
        shape.gaps = shape.has_gaps(lines);
        shape
    }

    /// Whether there is a gap after most lines that end early before a new sentence.
    fn has_gaps(&self, lines: &[Line]) -> bool {
        let early = || {
            lines.windows(2).filter_map(|pair| match pair {
                [one, other] if one.column == other.column && one.cells.len() == 1 => {
                    let ends =
                        !self.is_full(one, other) && !begins_small(other) && self.is_long(one, 0.5);
                    ends.then_some(one.base - other.base > WIDE * self.spacing)
                }
                _ => None,
            })
        };
        early().filter(|wide| *wide).count() * 4 > early().count() * 3
    }

    /// Whether one line surely goes on in the next: it is full, and the next begins in small letters.
    fn goes_on(&self, one: &Line, other: &Line) -> bool {
        one.column == other.column && self.is_full(one, other) && begins_small(other)
    }

    /// Whether the first word of the next line had no room in this one.
    fn is_full(&self, one: &Line, other: &Line) -> bool {
        let (Some(last), Some(first)) = (one.cells.last(), other.cells.first()) else {
            return false;
        };
        let edge = self.edges.get(&one.kind).copied().unwrap_or(f32::MAX);
        last.right + 0.2 * last.size + first.first > edge + 0.5
    }

    /// Whether a line goes on in the next.
    fn joins(&self, one: &Line, other: &Line) -> bool {
        let (Some(last), [first]) = (one.cells.last(), other.cells.as_slice()) else {
            return false;
        };
        if other.numbered || label(other).is_some_and(|it| self.labels.contains(&it)) {
            return false;
        }
        if (last.size - first.size).abs() > 0.08 * last.size {
            return false;
        }
        let table = one.cells.len() > 1;
        if table {
            // The line below a row goes on in its last cell only if it stands under that.
            return one.column == other.column
                && (first.left - last.left).abs() < 2.0
                && one.base - other.base < WIDE * self.spacing;
        }
        if last.is_bold() != first.is_bold() && (last.is_bold() || first.strong > 0) {
            return false;
        }
        if one.column == other.column && one.base - other.base > WIDE * self.spacing {
            return false;
        }
        let far = one.column != other.column;
        let full = self.is_full(one, other);
        // A line that ends early goes on all the same if its sentence does.
        full || (begins_small(other) && !ends_sentence(last) && self.is_long(one, 0.6))
            || (self.gaps && !far && self.is_long(one, 0.75))
    }

    /// Whether a line reaches over more than this part of its column.
    fn is_long(&self, line: &Line, part: f32) -> bool {
        let (Some(first), Some(last)) = (line.cells.first(), line.cells.last()) else {
            return false;
        };
        let edge = self.edges.get(&line.kind).copied().unwrap_or(last.right);
        last.right - first.left > part * (edge - first.left)
    }

    /// Adds a line to a text; a word that was parted at the end of a line becomes one again.
    fn join(&self, text: &mut String, line: &str) {
        if text.ends_with('\u{ad}') {
            text.pop();
        } else if let Some(before) = text.strip_suffix(['-', '\u{2010}'])
            && before.ends_with(char::is_alphabetic)
            && line.starts_with(char::is_lowercase)
        {
            let head = before.rsplit(|it: char| !it.is_alphabetic()).next().unwrap_or("");
            let tail = line.split(|it: char| !it.is_alphabetic()).next().unwrap_or("");
            let known = |word: &str| self.vocabulary.contains(&word.to_lowercase());
            if known(&format!("{head}{tail}")) && !known(&format!("{head}-{tail}")) {
                text.pop();
            } else if known(tail) && !known(head) && !known(&format!("{head}-{tail}")) {
                // Somebody broke off: the next word is another one.
                text.push(' ');
            }
        } else if !(text.ends_with(is_ideograph) && line.starts_with(is_ideograph)) {
            text.push(' ');
        }
        text.push_str(line);
    }
}

/// The words of a line, those with hyphens whole and in parts; not the last, which may be a part of one.
fn inner_words(line: &str) -> impl Iterator<Item = &str> {
    let whole =
        line.split(|it: char| !it.is_alphabetic() && it != '-').map(|it| it.trim_matches('-'));
    let parts =
        line.trim_end_matches(|it: char| it.is_alphabetic()).split(|it: char| !it.is_alphabetic());
    whole.chain(parts).filter(|it| !it.is_empty())
}

/// What could be a label at the beginning of a line, its numbers as `#`.
fn label(line: &Line) -> Option<String> {
    let text = &line.cells.first()?.text;
    let (label, _) = text.split_once(": ").or_else(|| Some((text.strip_suffix(':')?, "")))?;
    let brief = label.chars().count() <= 40 && label.split(' ').count() <= 4;
    let sound = brief && label.starts_with(|it: char| !it.is_lowercase());
    sound.then(|| label.chars().map(|it| if it.is_ascii_digit() { '#' } else { it }).collect())
}

fn begins_small(line: &Line) -> bool {
    line.cells.first().is_some_and(|it| it.text.starts_with(char::is_lowercase))
}

fn ends_sentence(segment: &Segment) -> bool {
    let text = segment.text.trim_end_matches(['"', '”', '’', '»', ')', ']']);
    text.ends_with(['.', '?', '!', '…', ':', ';'])
}

/// Letters of scripts that put no spaces between words.
fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
