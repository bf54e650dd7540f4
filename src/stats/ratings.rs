//! Who gave which category to how many units, as a table of distinct answer patterns.
//!
//! A pattern is one row of answers, one per coder. Two coders and 40 codes make at most 1,681 of
//! them, however many units there are, so that a measure costs the same for a thousand units and
//! for a million.

use std::collections::BTreeMap;

/// Up to here the builder counts patterns in a plain array; beyond, it sorts their numbers.
const DENSE_UP_TO: u64 = 1 << 16;

/// The answers of a number of coders, each one category per unit or missing, with units of equal
/// answers counted together.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    coders: usize,
    categories: usize,
    absent: Option<u32>,
    /// `coders` cells per pattern: 0 where missing, otherwise the category plus 1.
    cells: Vec<u32>,
    units: Vec<u64>,
    uncoded: u64,
    /// Per pattern the categories chosen with how many coders chose them, one after the other.
    chosen: Vec<(u32, u32)>,
    /// Where in `chosen` each pattern ends.
    chosen_ends: Vec<usize>,
}

/// Units with the same answers: how many, and how many coders chose which category.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally<'a> {
    /// How many units have these answers.
    pub(super) units: u64,
    /// How many coders coded each of them; never 0.
    pub(super) coded: u32,
    /// Categories and how many coders chose them, in order, none of them 0.
    pub(super) chosen: &'a [(u32, u32)],
}

/// Two coders' answers to the units that both coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PairTable {
    /// First coder's category, second coder's, units; in order, none of them 0.
    pub(super) cells: Vec<(u32, u32, u64)>,
    /// Units per category of the first coder.
    pub(super) first: Vec<u64>,
    /// Units per category of the second coder.
    pub(super) second: Vec<u64>,
    /// All units that both coded.
    pub(super) units: u64,
    /// Those to which both gave the same category.
    pub(super) agreed: u64,
}

impl Ratings {
    /// The table of `rows`, each one answer per coder, as category indexes from 0.
    ///
    /// `categories` is the q of the measures: observed or declared, the caller decides. It grows
    /// where a row holds a larger index. What a row lacks is missing; what it has beyond `coders`
    /// is not read.
    pub fn from_rows<'a>(
        coders: usize,
        categories: usize,
        rows: impl Iterator<Item = &'a [Option<u32>]>,
    ) -> Self {
        let mut builder = RatingsBuilder::new(coders, categories);
        for row in rows {
            builder.add(row);
        }
        builder.finish()
    }

    /// The table of two coders who both coded every unit: `counts[i * q + j]` units got i from the
    /// first and j from the second.
    pub fn from_pairs_table(categories: usize, counts: &[u64]) -> Self {
        let mut builder = RatingsBuilder::new(2, categories);
        for (cell, &units) in counts.iter().enumerate().filter(|&(_, &units)| units > 0) {
            let (first, second) = (cell / categories.max(1), cell % categories.max(1));
            builder.add_many(&[Some(first as u32), Some(second as u32)], units);
        }
        builder.finish()
    }

    /// The same table, with another category as the one that says that no code was given (`None`:
    /// every category is a code).
    ///
    /// As built, it is category 0 where there are two categories, so that 1 means that the code was
    /// given, and none otherwise.
    #[must_use]
    pub fn with_absent(mut self, absent: Option<u32>) -> Self {
        self.absent = absent;
        self
    }

    /// The table of one category against all others together: 1 where it was given, 0 where another
    /// was.
    #[must_use]
    pub fn given_or_not(&self, category: u32) -> Self {
        let mut builder = RatingsBuilder::new(self.coders, 2);
        for (answers, units) in self.patterns() {
            let row: Vec<Option<u32>> =
                answers.map(|answer| answer.map(|given| u32::from(given == category))).collect();
            builder.add_many(&row, units);
        }
        builder.finish()
    }

    /// How many coders there are, those who coded nothing included.
    pub fn coders(&self) -> usize {
        self.coders
    }

    /// How many categories there are, used or not: q.
    pub fn categories(&self) -> usize {
        self.categories
    }

    /// The category that says that no code was given.
    pub fn absent(&self) -> Option<u32> {
        self.absent
    }

    /// How many units at least one coder coded.
    pub fn coded_units(&self) -> u64 {
        self.units.iter().sum()
    }

    /// How many units two or more coders coded.
    pub fn paired_units(&self) -> u64 {
        self.tallies().filter(|tally| tally.coded >= 2).map(|tally| tally.units).sum()
    }

    /// How many units nobody coded; they enter nothing.
    pub fn uncoded_units(&self) -> u64 {
        self.uncoded
    }

    /// The distinct patterns with their units, in a fixed order: answers from 0, `None` where
    /// missing.
    pub fn patterns(&self) -> impl Iterator<Item = (impl Iterator<Item = Option<u32>> + '_, u64)> {
        self.rows().map(|(row, units)| (row.iter().map(|&cell| cell.checked_sub(1)), units))
    }

    /// Patterns as stored: 0 where missing, otherwise the category plus 1.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&[u32], u64)> {
        self.cells.chunks_exact(self.coders.max(1)).zip(self.units.iter().copied())
    }

    /// How many coders chose what, pattern by pattern.
    pub(super) fn tallies(&self) -> impl Iterator<Item = Tally<'_>> + Clone {
        let starts = std::iter::once(0).chain(self.chosen_ends.iter().copied());
        self.units.iter().zip(starts.zip(&self.chosen_ends)).map(|(&units, (start, &end))| {
            let chosen = &self.chosen[start..end];
            Tally { units, coded: chosen.iter().map(|&(_, coders)| coders).sum(), chosen }
        })
    }

    /// How many categories somebody used.
    pub(super) fn categories_in_use(&self) -> usize {
        let mut used = vec![false; self.categories];
        for &(category, _) in &self.chosen {
            used[category as usize] = true;
        }
        used.into_iter().filter(|&used| used).count()
    }

    /// The answers of two coders to the units that both coded.
    pub(super) fn pair_table(&self, first: usize, second: usize) -> PairTable {
        let cells = self.rows().filter_map(|(row, units)| {
            let (&one, &other) = (row.get(first)?, row.get(second)?);
            Some((one.checked_sub(1)?, other.checked_sub(1)?, units))
        });
        PairTable::new(self.categories, cells.collect())
    }

    fn tabulate_choices(&mut self) {
        let mut sorted: Vec<u32> = Vec::with_capacity(self.coders);
        for row in self.cells.chunks_exact(self.coders.max(1)) {
            sorted.clear();
            sorted.extend(row.iter().filter_map(|cell| cell.checked_sub(1)));
            sorted.sort_unstable();
            for same in sorted.chunk_by(|a, b| a == b) {
                self.chosen.push((same[0], same.len() as u32));
            }
            self.chosen_ends.push(self.chosen.len());
        }
    }
}

impl PairTable {
    fn new(categories: usize, mut cells: Vec<(u32, u32, u64)>) -> Self {
        cells.sort_unstable();
        cells.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let mut table = Self {
            cells,
            first: vec![0; categories],
            second: vec![0; categories],
            units: 0,
            agreed: 0,
        };
        for &(one, other, units) in &table.cells {
            table.first[one as usize] += units;
            table.second[other as usize] += units;
            table.units += units;
            table.agreed += if one == other { units } else { 0 };
        }
        table
    }
}

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
        let mut ratings = Ratings {
            coders,
            categories: self.categories,
            absent: None,
            cells: Vec::new(),
            units: Vec::new(),
            uncoded: self.uncoded,
            chosen: Vec::new(),
            chosen_ends: Vec::new(),
        };
        for (number, units) in self.counted.into_sorted() {
            let row = ratings.cells.len();
            ratings.cells.resize(row + coders, 0);
            let mut rest = number;
            for cell in ratings.cells[row..].iter_mut().rev() {
                *cell = (rest % base) as u32;
                rest /= base;
            }
            ratings.units.push(units);
        }
        for (row, units) in self.others {
            let largest = row.iter().copied().max().unwrap_or(0) as usize;
            ratings.categories = ratings.categories.max(largest);
            ratings.cells.extend(row);
            ratings.units.push(units);
        }
        ratings.absent = (ratings.categories == 2).then_some(0);
        ratings.tabulate_choices();
        ratings
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
