//! Tables of answers for `stats/`: each unit is gone through once, everything else reads patterns.

use std::collections::BTreeMap;

use super::categories::CategoryTable;
use super::{Entering, Given, OnScale, Options, Single};
use crate::analysis::codings::{CodedDimension, Codings, DistinctAnswer};
use crate::stats::{RatingsBuilder, SetRatings};

/// Distinct rows of answers, one answer per coder, and how many units have each.
pub(super) struct Patterns {
    coders: usize,
    cells: Vec<Option<u32>>,
    units: Vec<u64>,
    undecided: u64,
    /// The same case by case, where whole cases are resampled.
    cases: Vec<Patterns>,
}

/// What is known of whole answers.
pub(super) struct Values<'a> {
    /// How many there may be, where that has a bound.
    pub(super) choices: Option<usize>,
    /// The category that gives no code.
    pub(super) none: Option<u32>,
    /// Of the categories in use, the one that says that something is there.
    pub(super) positive: &'a dyn Fn(&[u32]) -> Option<u32>,
}

/// Units that are left out because somebody, or everybody, gave nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dropped {
    /// Those that two or more had decided.
    pub(super) units: u64,
    /// Those, left out or not, to which some gave something and some did not.
    pub(super) only_some: u64,
}

/// Rows of categories with their units, of all units and, where whole cases are resampled, of each case.
pub(super) struct Rows {
    pub(super) all: CountedRows,
    pub(super) cases: Vec<CountedRows>,
}

/// Distinct rows, and how many units have each.
pub(super) type CountedRows = Vec<(Vec<Option<u32>>, u64)>;

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
            cases: Vec::new(),
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
        units: impl Iterator<Item = usize>,
    ) -> Self {
        let coders = codings.coders.len();
        let row = |unit: usize| dimension.unit(unit, coders).iter().map(|cell| cell.checked_sub(1));
        Self::of(coders, dimension.answers().len(), units.map(row))
    }

    /// The same with the patterns of each case.
    pub(super) fn with_cases(self, cases: Vec<Self>) -> Self {
        Self { cases, ..self }
    }

    fn rows(&self) -> impl Iterator<Item = (&[Option<u32>], u64)> {
        self.cells.chunks_exact(self.coders.max(1)).zip(self.units.iter().copied())
    }

    fn row(&self, pattern: usize) -> Option<(&[Option<u32>], u64)> {
        let row = self.cells.get(pattern * self.coders..(pattern + 1) * self.coders)?;
        Some((row, *self.units.get(pattern)?))
    }

    /// How many units enter, and what became of the others.
    pub(super) fn entering(&self, dimension: &str, dropped: Dropped) -> Entering {
        let mut entering = Entering {
            dimension: dimension.to_owned(),
            paired: 0,
            single: 0,
            undecided: self.undecided,
            not_given: dropped.units,
            only_some: dropped.only_some,
            scale: None,
        };
        for (row, units) in self.rows() {
            *if decided(row) > 1 { &mut entering.paired } else { &mut entering.single } += units;
        }
        entering
    }

    /// How the units that two or more decided stand to a scale.
    pub(super) fn on_scale(&self, position: impl Fn(u32) -> Option<u32>) -> OnScale {
        let mut counts = OnScale::default();
        for (row, units) in self.rows().filter(|(row, _)| decided(row) > 1) {
            let on = row.iter().flatten().filter(|it| position(**it).is_some()).count();
            let all = decided(row);
            counts.left_out += (all - on) as u64 * units;
            *match on {
                0 => &mut counts.nobody,
                on if on == all => &mut counts.all,
                _ => &mut counts.some,
            } += units;
        }
        counts
    }

    /// Each answer as its position on a scale; what is no position is not there.
    pub(super) fn positions(
        &self,
        options: &Options,
        positions: usize,
        position: impl Fn(u32) -> Option<u32>,
    ) -> CategoryTable {
        let rows = self.rows_of(options, position);
        CategoryTable::of_scale(self.coders, &rows, positions, options.weights)
    }

    /// Drops the units to which a coder who decided gave nothing, or to which nobody gave anything.
    pub(super) fn keep_given(&mut self, given: Given, is_given: &impl Fn(u32) -> bool) -> Dropped {
        for case in &mut self.cases {
            case.keep_given(given, is_given);
        }
        let cases = std::mem::take(&mut self.cases);
        let all = std::mem::replace(
            self,
            Self {
                coders: self.coders,
                cells: Vec::new(),
                units: Vec::new(),
                undecided: self.undecided,
                cases,
            },
        );
        let mut dropped = Dropped::default();
        for (row, units) in all.rows() {
            let (decided, giving) =
                (decided(row), row.iter().flatten().filter(|it| is_given(**it)).count());
            let stays = match given {
                Given::Both => giving == decided,
                Given::Either => giving > 0,
            };
            if stays {
                self.cells.extend(row);
                self.units.push(units);
            } else if decided > 1 {
                dropped.units += units;
            }
            if giving > 0 && giving < decided {
                dropped.only_some += units;
            }
        }
        dropped
    }

    /// The rows with each answer as a category, without units that are to stay out.
    fn mapped(&self, options: &Options, category: &impl Fn(u32) -> Option<u32>) -> CountedRows {
        let map = |(row, units): (&[Option<u32>], u64)| {
            let row: Vec<_> = row.iter().map(|cell| cell.and_then(category)).collect();
            (row, units)
        };
        self.rows().map(map).filter(|(row, _)| enters(row, options)).collect()
    }

    /// The same, of all units and of each case.
    fn rows_of(&self, options: &Options, category: impl Fn(u32) -> Option<u32>) -> Rows {
        Rows {
            all: self.mapped(options, &category),
            cases: self.cases.iter().map(|case| case.mapped(options, &category)).collect(),
        }
    }

    /// Given or not, over all units: category 1 or 0.
    pub(super) fn presence(&self, options: &Options, given: impl Fn(u32) -> bool) -> CategoryTable {
        let rows = self.rows_of(options, |answer| Some(u32::from(given(answer))));
        CategoryTable::of_presence(self.coders, &rows, options)
    }

    /// Given or not, code by code: category 1 or 0, and none where a code was not asked for.
    pub(super) fn presence_of_codes<'a>(
        &'a self,
        options: &'a Options,
        dimension: &'a CodedDimension,
    ) -> impl Iterator<Item = CategoryTable> + 'a {
        let all = self.codes(options, dimension);
        let mut cases: Vec<_> =
            self.cases.iter().map(|case| case.codes(options, dimension)).collect();
        all.map(move |all| {
            let cases = cases.iter_mut().map(|case| case.next().unwrap_or_default()).collect();
            CategoryTable::of_presence(self.coders, &Rows { all, cases }, options)
        })
    }

    /// Code by code its rows. Only patterns that say something of a code are gone through for it; in all
    /// others nobody gave it.
    fn codes<'a>(
        &'a self,
        options: &'a Options,
        dimension: &'a CodedDimension,
    ) -> impl Iterator<Item = CountedRows> + 'a {
        let of_code = self.patterns_of_codes(dimension);
        let nobody = Nobody::of(self);
        let mut given: Vec<Option<u32>> = Vec::with_capacity(self.coders);
        (0_u32..).zip(of_code).map(move |(code, patterns)| {
            let mut rows: BTreeMap<Vec<Option<u32>>, u64> = BTreeMap::new();
            let mut rest = nobody.units.clone();
            for pattern in patterns {
                let Some((row, units)) = self.row(pattern) else { continue };
                rest[nobody.of_pattern[pattern]] -= units;
                given.clear();
                given.extend(row.iter().map(|cell| {
                    let answer = dimension.answers().get((*cell)? as usize)?;
                    let asked = answer.unasked.binary_search(&code).is_err();
                    asked.then(|| u32::from(answer.given.binary_search(&code).is_ok()))
                }));
                // Most patterns fall into a few rows, so that a row is rarely made.
                match rows.get_mut(given.as_slice()) {
                    Some(known) => *known += units,
                    None => drop(rows.insert(given.clone(), units)),
                }
            }
            for (row, units) in nobody.rows.iter().zip(rest).filter(|(_, units)| *units > 0) {
                *rows.entry(row.clone()).or_default() += units;
            }
            rows.into_iter().filter(|(row, _)| enters(row, options)).collect()
        })
    }

    /// Per code, the patterns in which somebody gave it, or was not asked for it.
    fn patterns_of_codes(&self, dimension: &CodedDimension) -> Vec<Vec<usize>> {
        let mut of_code: Vec<Vec<usize>> = vec![Vec::new(); dimension.codes.len()];
        for (pattern, (row, _)) in self.rows().enumerate() {
            for answer in answers(dimension, row) {
                for place in answer.given.iter().chain(&answer.unasked) {
                    let Some(patterns) = of_code.get_mut(*place as usize) else { continue };
                    if patterns.last() != Some(&pattern) {
                        patterns.push(pattern);
                    }
                }
            }
        }
        of_code
    }

    /// Each answer as one category.
    pub(super) fn values(
        &self,
        options: &Options,
        values: &Values<'_>,
        category: impl Fn(u32) -> u32,
    ) -> CategoryTable {
        let rows = self.rows_of(options, |answer| Some(category(answer)));
        CategoryTable::of_values(self.coders, &rows, options, values)
    }

    /// Each answer as a set of codes; of all units, and of each case.
    pub(super) fn sets(
        &self,
        options: &Options,
        answers: &[Vec<u32>],
    ) -> (SetRatings, Vec<SetRatings>) {
        let rows = self.rows_of(options, Some);
        let table = |rows: &CountedRows| {
            let rows = rows.iter().map(|(row, units)| (row.as_slice(), *units));
            SetRatings::from_counted(self.coders, answers, rows)
        };
        (table(&rows.all), rows.cases.iter().map(table).collect())
    }
}

fn decided(row: &[Option<u32>]) -> usize {
    row.iter().flatten().count()
}

/// Whether a unit with these answers enters.
fn enters(row: &[Option<u32>], options: &Options) -> bool {
    options.single == Single::Include || decided(row) > 1
}

/// Rows in which nobody gave a code: who decided, and how many units that is.
struct Nobody {
    rows: Vec<Vec<Option<u32>>>,
    units: Vec<u64>,
    /// Per pattern, its place among the rows.
    of_pattern: Vec<usize>,
}

impl Nobody {
    fn of(patterns: &Patterns) -> Self {
        let mut places: BTreeMap<Vec<Option<u32>>, usize> = BTreeMap::new();
        let mut nobody = Self { rows: Vec::new(), units: Vec::new(), of_pattern: Vec::new() };
        for (row, units) in patterns.rows() {
            let row: Vec<_> = row.iter().map(|cell| cell.map(|_| 0)).collect();
            let place = *places.entry(row).or_insert_with_key(|row| {
                nobody.rows.push(row.clone());
                nobody.units.push(0);
                nobody.rows.len() - 1
            });
            nobody.units[place] += units;
            nobody.of_pattern.push(place);
        }
        nobody
    }
}

fn answers<'a>(
    dimension: &'a CodedDimension,
    row: &'a [Option<u32>],
) -> impl Iterator<Item = &'a DistinctAnswer> {
    row.iter().flatten().filter_map(|answer| dimension.answers().get(*answer as usize))
}
