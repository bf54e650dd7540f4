//! Tables of answers for `stats/`: each unit is gone through once, everything else reads patterns.

use std::collections::BTreeMap;

use super::{Categories, Counts, Entering, Options, Single};
use crate::analysis::codings::{CodedDimension, Codings, DistinctAnswer};
use crate::stats::two_categories::FourCounts;
use crate::stats::{Coefficient, Measure, Ratings, RatingsBuilder, SetRatings, nominal};

/// Distinct rows of answers, one answer per coder, and how many units have each.
pub(super) struct Patterns {
    coders: usize,
    cells: Vec<Option<u32>>,
    units: Vec<u64>,
    undecided: u64,
}

impl Patterns {
    /// The patterns of rows.
    pub(super) fn of(
        coders: usize,
        answers: usize,
        rows: impl Iterator<Item = impl Iterator<Item = Option<u32>>>,
    ) -> Self {
        let mut builder = RatingsBuilder::new(coders, answers);
        let mut row = Vec::with_capacity(coders);
        for cells in rows {
            row.clear();
            row.extend(cells);
            builder.add(&row);
        }
        let ratings = builder.finish();
        let mut patterns = Self {
            coders,
            cells: Vec::new(),
            units: Vec::new(),
            undecided: ratings.uncoded_units(),
        };
        for (row, units) in ratings.patterns() {
            patterns.cells.extend(row);
            patterns.units.push(units);
        }
        patterns
    }

    /// The patterns of a dimension over some units.
    pub(super) fn of_dimension(
        dimension: &CodedDimension,
        codings: &Codings,
        units: &[usize],
    ) -> Self {
        let coders = codings.coders.len();
        let row =
            |unit: &usize| dimension.unit(*unit, coders).iter().map(|cell| cell.checked_sub(1));
        Self::of(coders, dimension.answers().len(), units.iter().map(row))
    }

    fn rows(&self) -> impl Iterator<Item = (&[Option<u32>], u64)> {
        self.cells.chunks_exact(self.coders.max(1)).zip(self.units.iter().copied())
    }

    fn row(&self, pattern: usize) -> Option<(&[Option<u32>], u64)> {
        let row = self.cells.get(pattern * self.coders..(pattern + 1) * self.coders)?;
        Some((row, *self.units.get(pattern)?))
    }

    /// How many units enter, and what became of the others.
    pub(super) fn entering(&self, dimension: &str, not_given: u64) -> Entering {
        let mut entering = Entering {
            dimension: dimension.to_owned(),
            paired: 0,
            single: 0,
            undecided: self.undecided,
            not_given,
        };
        for (row, units) in self.rows() {
            *if decided(row) > 1 { &mut entering.paired } else { &mut entering.single } += units;
        }
        entering
    }

    /// Drops the units to which a coder who decided gave nothing; returns how many of them two or more had decided.
    pub(super) fn keep_given(&mut self, is_given: impl Fn(u32) -> bool) -> u64 {
        let all = std::mem::replace(
            self,
            Self {
                coders: self.coders,
                cells: Vec::new(),
                units: Vec::new(),
                undecided: self.undecided,
            },
        );
        let mut dropped = 0;
        for (row, units) in all.rows() {
            if row.iter().flatten().all(|answer| is_given(*answer)) {
                self.cells.extend(row);
                self.units.push(units);
            } else if decided(row) > 1 {
                dropped += units;
            }
        }
        dropped
    }

    /// The rows with each answer as a category, without units that are to stay out.
    fn mapped(
        &self,
        options: &Options,
        category: impl Fn(u32) -> Option<u32>,
    ) -> Vec<(Vec<Option<u32>>, u64)> {
        let map = |(row, units): (&[Option<u32>], u64)| {
            let row: Vec<_> = row.iter().map(|cell| cell.and_then(&category)).collect();
            (row, units)
        };
        self.rows().map(map).filter(|(row, _)| enters(row, options)).collect()
    }

    /// Given or not, over all units: category 1 or 0.
    pub(super) fn presence(&self, options: &Options, given: impl Fn(u32) -> bool) -> CategoryTable {
        let rows = self.mapped(options, |answer| Some(u32::from(given(answer))));
        CategoryTable::of_presence(self.coders, &rows, options)
    }

    /// Given or not, code by code: category 1 or 0, and none where a code was not asked for.
    ///
    /// Only patterns that say something of a code are gone through for it; in all others nobody gave it.
    pub(super) fn presence_of_codes<'a>(
        &'a self,
        options: &'a Options,
        dimension: &'a CodedDimension,
    ) -> impl Iterator<Item = CategoryTable> + 'a {
        let mut of_code: Vec<Vec<usize>> = vec![Vec::new(); dimension.codes.len()];
        let mut nobody: BTreeMap<Vec<Option<u32>>, u64> = BTreeMap::new();
        for (pattern, (row, units)) in self.rows().enumerate() {
            *nobody.entry(not_given(row)).or_default() += units;
            for answer in answers(dimension, row) {
                for place in answer.given.iter().chain(&answer.unasked) {
                    let Some(patterns) = of_code.get_mut(*place as usize) else { continue };
                    if patterns.last() != Some(&pattern) {
                        patterns.push(pattern);
                    }
                }
            }
        }
        (0_u32..).zip(of_code).map(move |(code, patterns)| {
            let mut rows = nobody.clone();
            for pattern in patterns {
                let Some((row, units)) = self.row(pattern) else { continue };
                if let Some(rest) = rows.get_mut(&not_given(row)) {
                    *rest -= units;
                }
                let cell = |cell: &Option<u32>| {
                    let answer = dimension.answers().get((*cell)? as usize)?;
                    let asked = answer.unasked.binary_search(&code).is_err();
                    asked.then(|| u32::from(answer.given.binary_search(&code).is_ok()))
                };
                *rows.entry(row.iter().map(cell).collect()).or_default() += units;
            }
            let rows: Vec<_> = rows
                .into_iter()
                .filter(|(row, units)| *units > 0 && enters(row, options))
                .collect();
            CategoryTable::of_presence(self.coders, &rows, options)
        })
    }

    /// Each answer as one category; `none` says which of them gives no code.
    pub(super) fn values(
        &self,
        options: &Options,
        choices: Option<usize>,
        none: Option<u32>,
        category: impl Fn(u32) -> u32,
    ) -> CategoryTable {
        let rows = self.mapped(options, |answer| Some(category(answer)));
        let all = observed(self.coders, &rows, none);
        let counted = match (options.categories, choices) {
            (Categories::Codebook, Some(choices)) if choices > all.categories() => {
                let mut builder = RatingsBuilder::new(self.coders, choices);
                for (row, units) in all.patterns() {
                    builder.add_many(&row.collect::<Vec<_>>(), units);
                }
                Some(builder.finish())
            }
            _ => None,
        };
        CategoryTable { all, counted }
    }

    /// Each answer as a set of codes.
    pub(super) fn sets(&self, options: &Options, answers: &[Vec<u32>]) -> SetRatings {
        let rows = self.mapped(options, Some);
        let rows = rows.iter().map(|(row, units)| (row.as_slice(), *units));
        SetRatings::from_counted(self.coders, answers, rows)
    }
}

fn decided(row: &[Option<u32>]) -> usize {
    row.iter().flatten().count()
}

/// Whether a unit with these answers enters.
fn enters(row: &[Option<u32>], options: &Options) -> bool {
    options.single == Single::Include || decided(row) > 1
}

/// The row in which everybody who decided did not give a code.
fn not_given(row: &[Option<u32>]) -> Vec<Option<u32>> {
    row.iter().map(|cell| cell.map(|_| 0)).collect()
}

fn answers<'a>(
    dimension: &'a CodedDimension,
    row: &'a [Option<u32>],
) -> impl Iterator<Item = &'a DistinctAnswer> {
    row.iter().flatten().filter_map(|answer| dimension.answers().get(*answer as usize))
}

/// The table of those categories alone that somebody used; `absent` is the one that gives no code.
fn observed(coders: usize, rows: &[(Vec<Option<u32>>, u64)], absent: Option<u32>) -> Ratings {
    let mut used: Vec<u32> =
        rows.iter().flat_map(|(row, _)| row.iter().flatten().copied()).collect();
    used.sort_unstable();
    used.dedup();
    let place = |category: u32| {
        used.binary_search(&category).ok().and_then(|place| u32::try_from(place).ok())
    };
    let mut builder = RatingsBuilder::new(coders, used.len());
    let mut renamed = Vec::with_capacity(coders);
    for (row, units) in rows {
        renamed.clear();
        renamed.extend(row.iter().map(|cell| cell.and_then(place)));
        builder.add_many(&renamed, *units);
    }
    builder.finish().with_absent(absent.and_then(place))
}

/// Categories, with the number of them that a measure asks for.
pub(super) struct CategoryTable {
    all: Ratings,
    /// What measures read that ask how many categories there are, where that is another table.
    counted: Option<Ratings>,
}

impl CategoryTable {
    /// Given or not: always two categories, of which not giving is the absent one.
    fn of_presence(coders: usize, rows: &[(Vec<Option<u32>>, u64)], options: &Options) -> Self {
        let mut builder = RatingsBuilder::new(coders, 2);
        rows.iter().for_each(|(row, units)| builder.add_many(row, *units));
        let counted = match options.categories {
            Categories::Codebook => None,
            Categories::Observed => Some(observed(coders, rows, Some(0))),
        };
        Self { all: builder.finish(), counted }
    }

    /// A measure of this table.
    pub(super) fn figure(&self, measure: Measure) -> Coefficient {
        let asks_how_many = matches!(measure, Measure::BrennanPrediger | Measure::GwetAc1);
        match &self.counted {
            Some(counted) if asks_how_many => nominal(measure, counted),
            _ => nominal(measure, &self.all),
        }
    }

    /// How many units two or more coders decided.
    pub(super) fn units(&self) -> u64 {
        self.all.paired_units()
    }

    /// How the units divide between two coders.
    pub(super) fn counts(&self) -> Option<Counts> {
        let FourCounts { both, only_first, only_second, neither } =
            FourCounts::of(&self.all).ok()?;
        Some(Counts { both, only_first, only_second, neither })
    }
}
