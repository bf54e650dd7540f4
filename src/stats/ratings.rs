//! Who gave which category to how many units, as a table of distinct answer patterns.
//!
//! A pattern is one row of answers, one per coder. Two coders and 40 codes make at most 1,681 of
//! them, however many units there are, so that a measure costs the same for a thousand units and
//! for a million.

use std::collections::BTreeMap;

use super::ordered::Weights;
use super::pair_table::PairTable;
use super::ratings_builder::RatingsBuilder;

/// The answers of a number of coders, each one category per unit or missing, with units of equal
/// answers counted together.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    coders: usize,
    categories: usize,
    absent: Option<u32>,
    positive: Option<u32>,
    weights: Weights,
    /// `coders` cells per pattern: 0 where missing, otherwise the category plus 1.
    cells: Vec<u32>,
    /// Units per pattern; none of them 0, except in a resample.
    units: Vec<u64>,
    uncoded: u64,
    /// Whether this is a resample, of which nobody asks a standard error.
    resampled: bool,
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

    /// The same table, with another category as the positive one of two (`None`: neither is).
    ///
    /// As built, it is category 1 where there are two categories.
    #[must_use]
    pub fn with_positive(mut self, positive: Option<u32>) -> Self {
        self.positive = positive;
        self
    }

    /// The same table of positions on a scale, with how much two different ones count as agreement (as built, quadratic).
    #[must_use]
    pub fn with_weights(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }

    /// How much two different positions on a scale count as agreement.
    pub(super) fn weights(&self) -> Weights {
        self.weights
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

    /// The category that says that something is there, of two.
    pub fn positive(&self) -> Option<u32> {
        self.positive
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
        let rows = self.cells.chunks_exact(self.coders.max(1));
        rows.zip(self.units.iter().copied()).filter(|&(_, units)| units > 0)
    }

    /// How many coders chose what, pattern by pattern.
    pub(super) fn tallies(&self) -> impl Iterator<Item = Tally<'_>> + Clone {
        let starts = std::iter::once(0).chain(self.chosen_ends.iter().copied());
        let tallies =
            self.units.iter().zip(starts.zip(&self.chosen_ends)).map(|(&units, (start, &end))| {
                let chosen = &self.chosen[start..end];
                Tally { units, coded: chosen.iter().map(|&(_, coders)| coders).sum(), chosen }
            });
        tallies.filter(|tally| tally.units > 0)
    }

    /// How many categories somebody used.
    pub(super) fn categories_in_use(&self) -> usize {
        let mut used = vec![false; self.categories];
        for (category, _) in self.tallies().flat_map(|tally| tally.chosen) {
            used[*category as usize] = true;
        }
        used.into_iter().filter(|&used| used).count()
    }

    /// The answers of two coders to the units that both coded.
    pub(super) fn pair_table(&self, first: usize, second: usize) -> PairTable {
        let cells = self.rows().filter_map(|(row, units)| {
            let (&one, &other) = (row.get(first)?, row.get(second)?);
            Some((one.checked_sub(1)?, other.checked_sub(1)?, units))
        });
        let table = PairTable::new(self.categories, cells.collect());
        PairTable { wants_precision: self.wants_precision(), ..table }
    }

    /// Units per pattern.
    pub(super) fn units(&self) -> &[u64] {
        &self.units
    }

    /// Units per pattern, to be drawn anew: the table is a resample from here on.
    pub(super) fn units_to_draw(&mut self) -> &mut [u64] {
        self.resampled = true;
        &mut self.units
    }

    /// Whether standard errors are of use, which they are not on a resample.
    pub(super) fn wants_precision(&self) -> bool {
        !self.resampled
    }

    /// One table of all parts, and for each part its patterns' places in the whole, with its units.
    pub(super) fn combine(parts: &[Self]) -> (Self, Vec<Vec<(usize, u64)>>) {
        let coders = parts.iter().map(Self::coders).max().unwrap_or(0);
        let categories = parts.iter().map(Self::categories).max().unwrap_or(0);
        let mut builder = RatingsBuilder::new(coders, categories);
        let mut row: Vec<Option<u32>> = Vec::with_capacity(coders);
        for (answers, units) in parts.iter().flat_map(Self::patterns) {
            row.clear();
            row.extend(answers);
            builder.add_many(&row, units);
        }
        let mut whole = builder.finish();
        whole.uncoded = parts.iter().map(Self::uncoded_units).sum();
        whole.absent = parts.first().and_then(Self::absent);
        whole.positive = parts.first().and_then(Self::positive);
        whole.weights = parts.first().map(Self::weights).unwrap_or_default();
        let places: BTreeMap<&[u32], usize> = whole.rows().map(|(row, _)| row).zip(0..).collect();
        let place = |row: &[u32]| {
            let mut padded = row.to_vec();
            padded.resize(coders, 0);
            places.get(padded.as_slice()).copied()
        };
        let of_part = |part: &Self| {
            part.rows().filter_map(|(row, units)| Some((place(row)?, units))).collect()
        };
        let units_of_parts = parts.iter().map(of_part).collect();
        (whole, units_of_parts)
    }

    /// The same answers with category `c` called `names[c]`.
    pub(super) fn renamed(&self, categories: usize, names: &[u32]) -> Self {
        let mut builder = RatingsBuilder::new(self.coders, categories);
        for (answers, units) in self.patterns() {
            let rename = |answer: Option<u32>| {
                answer.and_then(|category| names.get(category as usize).copied())
            };
            let row: Vec<Option<u32>> = answers.map(rename).collect();
            builder.add_many(&row, units);
        }
        let renamed = builder.finish();
        Self { absent: self.absent, positive: self.positive, uncoded: self.uncoded, ..renamed }
    }

    /// The table of `cells`, one row of (coders) cells per pattern, of which there are `units`
    /// each.
    pub(super) fn assembled(
        (coders, categories): (usize, usize),
        cells: Vec<u32>,
        units: Vec<u64>,
        uncoded: u64,
    ) -> Self {
        let (mut chosen, mut chosen_ends) = (Vec::new(), Vec::with_capacity(units.len()));
        let mut sorted: Vec<u32> = Vec::with_capacity(coders);
        for row in cells.chunks_exact(coders.max(1)) {
            sorted.clear();
            sorted.extend(row.iter().filter_map(|cell| cell.checked_sub(1)));
            sorted.sort_unstable();
            chosen.extend(sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)));
            chosen_ends.push(chosen.len());
        }
        let absent = (categories == 2).then_some(0);
        let positive = (categories == 2).then_some(1);
        Self {
            coders,
            categories,
            absent,
            weights: Weights::default(),
            positive,
            cells,
            units,
            uncoded,
            resampled: false,
            chosen,
            chosen_ends,
        }
    }
}
