//! What stands on pages and is no part of the text: heads, feet, numbers of pages, lines and paragraphs.

use std::collections::BTreeMap;

use super::rows::Row;

/// So many rows from the top and from the bottom of a page may be its head and foot.
const ROWS: usize = 3;
/// Heads stand at the same height, give or take this.
const HEIGHT: f32 = 3.0;

/// Takes heads and feet off all pages; says how many rows that were.
pub(super) fn take_heads(pages: &mut [Vec<Row>]) -> usize {
    let spacing = spacing(pages);
    let mut seen: BTreeMap<(bool, String, i32), usize> = BTreeMap::new();
    for page in pages.iter() {
        for (top, row) in margins(page) {
            for key in keys(top, row) {
                *seen.entry(key).or_default() += 1;
            }
        }
    }
    let full = pages.iter().filter(|page| !page.is_empty()).count();
    let mut taken = 0;
    for page in pages.iter_mut() {
        let mut heads = Vec::new();
        for top in [true, false] {
            // From the edge inwards: what stands beyond a row of text is no head.
            for depth in 0..ROWS {
                let at = if top { Some(depth) } else { page.len().checked_sub(depth + 1) };
                let Some((at, row)) = at.and_then(|at| Some((at, page.get(at)?))) else { break };
                let often =
                    keys(top, row).iter().filter_map(|it| seen.get(it)).max().copied().unwrap_or(0);
                let next = if top {
                    page.get(at + 1)
                } else {
                    at.checked_sub(1).and_then(|at| page.get(at))
                };
                let apart = next.is_none_or(|it| (it.base - row.base).abs() > 1.4 * spacing);
                let is_head = often >= 2
                    && (if apart {
                        often * 5 >= full * 2
                    } else {
                        often >= 4 && often * 5 >= full * 4
                    });
                if !is_head {
                    break;
                }
                heads.push(at);
            }
        }
        heads.sort_unstable();
        heads.dedup();
        taken += heads.len();
        for at in heads.into_iter().rev() {
            page.remove(at);
        }
    }
    taken
}

/// The rows at the top and at the bottom of a page.
fn margins(page: &[Row]) -> impl Iterator<Item = (bool, &Row)> {
    let top = page.iter().take(ROWS).map(|row| (true, row));
    top.chain(page.iter().rev().take(ROWS).map(|row| (false, row)))
}

/// What a row is found again by: its text without the numbers that count pages, and its height.
fn keys(top: bool, row: &Row) -> [(bool, String, i32); 2] {
    let mut text = String::new();
    for character in row.text().chars() {
        if !character.is_ascii_digit() {
            text.push(character);
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
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
