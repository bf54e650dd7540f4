//! What stands on pages and is no part of the text: heads, feet, numbers of pages, lines and paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::Row;

/// So many rows from the top and from the bottom of a page may be its head and foot.
const ROWS: usize = 3;
/// Heads stand at the same height, give or take this.
const HEIGHT: f32 = 3.0;

/// Takes heads and feet off all pages; says how many rows that were.
pub(super) fn take_heads(pages: &mut [Vec<Row>]) -> usize {
    let margins = Margins::of(pages);
    let mut taken = 0;
    for page in pages.iter_mut() {
        let heads = margins.heads(page);
        taken += heads.len();
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !heads.contains(&(at - 1))
        });
    }
    taken
}

/// What stands at the edges of pages, and how often.
struct Margins {
    seen: BTreeMap<(bool, String, i32), usize>,
    /// What also stands in the middle of pages: a label, or something else that somebody repeats.
    of_text: BTreeSet<String>,
    spacing: f32,
    /// How many pages are not empty.
    pages: usize,
}

impl Margins {
    fn of(pages: &[Vec<Row>]) -> Self {
        let mut seen: BTreeMap<(bool, String, i32), usize> = BTreeMap::new();
        for key in pages.iter().flat_map(|page| margins(page)).flat_map(|(top, row)| keys(top, row))
        {
            *seen.entry(key).or_default() += 1;
        }
        let middle = |page: &[Row]| -> Vec<String> {
            let rows = page.iter().skip(ROWS).take(page.len().saturating_sub(2 * ROWS));
            rows.map(pattern).collect()
        };
        Self {
            seen,
            of_text: pages.iter().flat_map(|page| middle(page)).collect(),
            spacing: spacing(pages),
            pages: pages.iter().filter(|page| !page.is_empty()).count(),
        }
    }

    /// The places of a page's heads and feet, from its edges inwards: what stands beyond a row of text is
    /// none.
    fn heads(&self, page: &[Row]) -> BTreeSet<usize> {
        let last = page.len().wrapping_sub(1);
        let down = (0..ROWS)
            .map_while(|at| self.is_head(true, page.get(at)?, page.get(at + 1)).then_some(at));
        let up = (0..ROWS).map_while(|depth| {
            let at = last.checked_sub(depth)?;
            let next = at.checked_sub(1).and_then(|at| page.get(at));
            self.is_head(false, page.get(at)?, next).then_some(at)
        });
        down.chain(up).collect()
    }

    fn is_head(&self, top: bool, row: &Row, next: Option<&Row>) -> bool {
        let often = keys(top, row).iter().filter_map(|it| self.seen.get(it)).max().copied();
        let often = often.unwrap_or(0);
        let apart = next.is_none_or(|it| (it.base - row.base).abs() > 1.4 * self.spacing);
        // One that stands close to the text has to be there on nearly all pages.
        let enough = if apart {
            often >= 2 && often * 5 >= self.pages * 2
        } else {
            often >= 4 && often * 5 >= self.pages * 4
        };
        enough && !self.of_text.contains(&pattern(row))
    }
}

/// The rows at the top and at the bottom of a page.
fn margins(page: &[Row]) -> impl Iterator<Item = (bool, &Row)> {
    let top = page.iter().take(ROWS).map(|row| (true, row));
    top.chain(page.iter().rev().take(ROWS).map(|row| (false, row)))
}

/// The text of a row, its numbers as `#`.
fn pattern(row: &Row) -> String {
    let mut text = String::new();
    for character in row.text().chars() {
        if !character.is_ascii_digit() {
            text.push(character);
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
    text
}

/// What a row is found again by: its text without the numbers that count pages, and its height.
fn keys(top: bool, row: &Row) -> [(bool, String, i32); 2] {
    let text = pattern(row);
    // Two grids, so that rows near the edge of a step of one meet in the other.
    let step = |shift: f32| {
        #[allow(clippy::cast_possible_truncation)] // places on a page are below a million
        let step = ((row.base + shift) / (2.0 * HEIGHT)).floor() as i32;
        step
    };
    [(top, text.clone(), step(0.0) * 2), (top, text, step(HEIGHT) * 2 + 1)]
}

/// How far rows of text mostly stand from one another.
fn spacing(pages: &[Vec<Row>]) -> f32 {
    let gaps = pages.iter().flat_map(|page| {
        page.windows(2).filter_map(|pair| match pair {
            [one, other] => Some(one.base - other.base),
            _ => None,
        })
    });
    median(gaps.collect()).unwrap_or(12.0)
}

/// The middle of some numbers.
pub(super) fn median(mut numbers: Vec<f32>) -> Option<f32> {
    numbers.sort_by(f32::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// Takes the numbers of lines or paragraphs off the left margin; says how many.
pub(super) fn take_numbers(pages: &mut [Vec<Row>]) -> usize {
    let Some(edge) = left_edge(pages) else { return 0 };
    let number = |row: &Row| {
        let word = row.words.first()?;
        let digits = word.text.len() <= 5 && word.text.bytes().all(|byte| byte.is_ascii_digit());
        let apart = row.words.get(1).is_none_or(|next| next.left - word.right > 0.4 * row.size);
        let number: i64 = if digits && apart && word.right < edge {
            word.text.parse().ok()?
        } else {
            return None;
        };
        Some(number)
    };
    let numbers: Vec<i64> = pages.iter().flatten().filter_map(number).collect();
    let steps = numbers
        .windows(2)
        .filter(|pair| matches!(pair, [one, other] if (0..=5).contains(&(other - one))));
    if numbers.len() < 5 || steps.count() * 10 < (numbers.len() - 1) * 8 {
        return 0;
    }
    let rows = pages.iter().map(Vec::len).sum::<usize>();
    // Where nearly every line has its number, these count lines, and say nothing of paragraphs.
    let of_paragraphs = numbers.len() * 10 < rows * 8;
    for page in pages.iter_mut() {
        for row in page.iter_mut() {
            if number(row).is_some() {
                row.words.remove(0);
                row.numbered = of_paragraphs;
            }
        }
        page.retain(|row| !row.words.is_empty());
    }
    numbers.len()
}

/// Where text begins from the left: at the place where most rows do, numbers aside.
fn left_edge(pages: &[Vec<Row>]) -> Option<f32> {
    let mut places: BTreeMap<i32, usize> = BTreeMap::new();
    for row in pages.iter().flatten() {
        let word = row.words.iter().find(|it| !it.text.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(word) = word {
            #[allow(clippy::cast_possible_truncation)] // places on a page are below a million
            let place = word.left.floor() as i32;
            *places.entry(place).or_default() += 1;
        }
    }
    #[allow(clippy::cast_precision_loss)] // the same
    places.into_iter().max_by_key(|(place, times)| (*times, -place)).map(|(place, _)| place as f32)
}
