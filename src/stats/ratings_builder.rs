//! From rows of answers to a table of patterns, in one pass.

use std::collections::BTreeMap;

use super::ratings::Ratings;

/// Up to here the builder counts patterns in a plain array; beyond, it sorts their numbers.
const DENSE_UP_TO: u64 = 1 << 16;

/// Counts answer patterns row by row, for callers whose rows do not exist all at once.
#[derive(Debug, Clone)]
pub struct RatingsBuilder {
    coders: usize,
    categories: usize,
    counted: Counted,
    /// Rows that have no number: too many coders and categories for one, or a category beyond those
    /// announced.
    others: BTreeMap<Vec<u32>, u64>,
    uncoded: u64,
}

/// Patterns by their number, the row read as digits of base q + 1.
#[derive(Debug, Clone)]
enum Counted {
    /// Units per number.
    Dense(Vec<u64>),
    /// Numbers of single units, to be sorted, and counts that came as such.
    Listed(Vec<u64>, BTreeMap<u64, u64>),
    /// Rows have no numbers.
    Unnumbered,
}

impl RatingsBuilder {
    /// An empty table; for the arguments see [`Ratings::from_rows`].
    pub fn new(coders: usize, categories: usize) -> Self {
        let numbers = u32::try_from(coders)
            .ok()
            .and_then(|coders| (categories as u64 + 1).checked_pow(coders));
        let counted = match numbers {
            Some(numbers) if numbers <= DENSE_UP_TO => Counted::Dense(vec![0; numbers as usize]),
            Some(_) => Counted::Listed(Vec::new(), BTreeMap::new()),
            None => Counted::Unnumbered,
        };
        Self { coders, categories, counted, others: BTreeMap::new(), uncoded: 0 }
    }

    /// Adds one unit.
    pub fn add(&mut self, row: &[Option<u32>]) {
        self.add_many(row, 1);
    }

    /// Adds `units` units with the same answers.
    pub fn add_many(&mut self, row: &[Option<u32>], units: u64) {
        match (self.number(row), &mut self.counted) {
            (Some(0), _) => self.uncoded += units,
            (Some(number), Counted::Dense(counts)) => counts[number as usize] += units,
            (Some(number), Counted::Listed(list, _)) if units == 1 => list.push(number),
            (Some(number), Counted::Listed(_, counts)) => {
                *counts.entry(number).or_default() += units
            }
            _ => self.add_other(row, units),
        }
    }

    /// The table of what was added.
    pub fn finish(self) -> Ratings {
        let (coders, base) = (self.coders, self.categories as u64 + 1);
        let mut categories = self.categories;
        let (mut cells, mut counts) = (Vec::new(), Vec::new());
        for (number, units) in self.counted.into_sorted() {
            let row = cells.len();
            cells.resize(row + coders, 0);
            let mut rest = number;
            for cell in cells[row..].iter_mut().rev() {
                *cell = (rest % base) as u32;
                rest /= base;
            }
            counts.push(units);
        }
        for (row, units) in self.others {
            let largest = row.iter().copied().max().unwrap_or(0) as usize;
            categories = categories.max(largest);
            cells.extend(row);
            counts.push(units);
        }
        Ratings::assembled((coders, categories), cells, counts, self.uncoded)
    }

    /// The row as one number, if it has one; 0 is the row of a unit that nobody coded.
    fn number(&self, row: &[Option<u32>]) -> Option<u64> {
        if matches!(self.counted, Counted::Unnumbered) {
            return None;
        }
        let base = self.categories as u64 + 1;
        let mut number = 0;
        for coder in 0..self.coders {
            let digit = match row.get(coder).copied().flatten() {
                None => 0,
                Some(category) if (category as usize) < self.categories => u64::from(category) + 1,
                Some(_) => return None,
            };
            number = number * base + digit;
        }
        Some(number)
    }

    fn add_other(&mut self, row: &[Option<u32>], units: u64) {
        let cell = |coder: usize| {
            row.get(coder).copied().flatten().map_or(0, |category| category.saturating_add(1))
        };
        let cells: Vec<u32> = (0..self.coders).map(cell).collect();
        if cells.iter().all(|&cell| cell == 0) {
            self.uncoded += units;
        } else {
            *self.others.entry(cells).or_default() += units;
        }
    }
}

impl Counted {
    fn into_sorted(self) -> Vec<(u64, u64)> {
        match self {
            Self::Dense(counts) => (0..).zip(counts).filter(|&(_, units)| units > 0).collect(),
            Self::Listed(mut list, mut counts) => {
                list.sort_unstable();
                if counts.is_empty() {
                    return list
                        .chunk_by(|a, b| a == b)
                        .map(|same| (same[0], same.len() as u64))
                        .collect();
                }
                for same in list.chunk_by(|a, b| a == b) {
                    *counts.entry(same[0]).or_default() += same.len() as u64;
                }
                counts.into_iter().collect()
            }
            Self::Unnumbered => Vec::new(),
        }
    }
}
