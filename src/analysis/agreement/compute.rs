//! The figures of every level, from the patterns of each dimension.

mod rows;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::categories::CategoryTable;
use super::positive;
use super::resampling::Figure;
use super::tables::{Dropped, Patterns, Values};
use super::tuples::{Tuples, categories, none_category};
use super::{About, Agreement, Counts, Drawn, Entering, Group, Level, Options, Row};
use crate::analysis::codings::{CodedDimension, Codings, WHOLE};
use crate::stats::elsewhere::{Program, balash2023, irr};
use crate::stats::{Coefficient, Measure, SetRatings, nominal, sets};

/// How far coders agree.
#[must_use]
pub fn agreement(codings: &Codings, options: &Options) -> Agreement {
    let groups = if options.by_case {
        cases(codings).into_iter().map(|(name, units)| (Some(name), Units::Some(units))).collect()
    } else {
        vec![(None, Units::All(codings.units))]
    };
    of_groups(codings, options, groups)
}

/// How far coders agree on each of these groups of units, which may overlap.
#[must_use]
pub fn agreement_of_groups(
    codings: &Codings,
    options: &Options,
    groups: Vec<(String, Vec<usize>)>,
) -> Agreement {
    of_groups(
        codings,
        options,
        groups.into_iter().map(|(name, units)| (Some(name), Units::Some(units))).collect(),
    )
}

fn of_groups(
    codings: &Codings,
    options: &Options,
    groups: Vec<(Option<String>, Units)>,
) -> Agreement {
    let groups =
        groups.into_iter().map(|(name, units)| group(codings, options, name, &units)).collect();
    Agreement { coders: codings.coders.clone(), groups }
}

/// The units of a group, by their places.
enum Units {
    /// So many, from the first on: a million of them need no list.
    All(usize),
    /// These.
    Some(Vec<usize>),
}

impl Units {
    fn iter(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        let (all, some) = match self {
            Self::All(number) => (0..*number, &[][..]),
            Self::Some(units) => (0..0, units.as_slice()),
        };
        all.chain(some.iter().copied())
    }

    fn len(&self) -> usize {
        match self {
            Self::All(number) => *number,
            Self::Some(units) => units.len(),
        }
    }
}

/// Per case its name and its units.
fn cases(codings: &Codings) -> Vec<(String, Vec<usize>)> {
    let mut cases: Vec<(String, Vec<usize>)> =
        codings.cases.iter().map(|name| (name.clone(), Vec::new())).collect();
    for (unit, case) in codings.unit_cases.iter().enumerate() {
        if let Some((_, units)) = cases.get_mut(*case as usize) {
            units.push(unit);
        }
    }
    cases
}

/// The units of a group case by case, where whole cases are resampled.
fn drawn_cases(codings: &Codings, options: &Options, units: &Units) -> Vec<Vec<usize>> {
    if options.bootstrap.is_none_or(|it| it.drawn == Drawn::Units) {
        return Vec::new();
    }
    let mut inside = vec![false; codings.units];
    for unit in units.iter() {
        if let Some(place) = inside.get_mut(unit) {
            *place = true;
        }
    }
    let own = |(_, units): (String, Vec<usize>)| -> Vec<usize> {
        units.into_iter().filter(|unit| inside.get(*unit) == Some(&true)).collect()
    };
    cases(codings).into_iter().map(own).collect()
}

/// A dimension with its patterns.
struct Tabulated<'a> {
    dimension: &'a CodedDimension,
    patterns: Patterns,
    entering: Entering,
}

fn group(codings: &Codings, options: &Options, name: Option<String>, units: &Units) -> Group {
    let cases = drawn_cases(codings, options, units);
    let tabulated: Vec<Tabulated> = codings
        .dimensions
        .iter()
        .map(|dimension| Tabulated::of(dimension, codings, options, units, &cases))
        .collect();
    let mut rows = Vec::new();
    for level in Level::ALL {
        let measures = level.measures(options, codings.coders.len());
        let computing = Computing { options, level, measures: &measures, coders: &codings.coders };
        if level == Level::Joint {
            if options.levels.contains(&level) {
                rows.extend(computing.joint(codings, units, &cases));
            }
            continue;
        }
        let wanted = |one: &&Tabulated| {
            let usual = options.levels.is_empty()
                && (level.is_usual_for(one.dimension.select)
                    || options.program == Some(Program::Balash2023));
            usual || options.levels.contains(&level)
        };
        let mut of_level: Vec<Row> =
            tabulated.iter().filter(wanted).flat_map(|one| computing.dimension(one)).collect();
        of_level.extend(computing.means(&of_level));
        rows.append(&mut of_level);
    }
    let entering = tabulated.into_iter().map(|one| one.entering).collect();
    Group { name, units: units.len() as u64, entering, rows }
}

impl<'a> Tabulated<'a> {
    fn of(
        dimension: &'a CodedDimension,
        codings: &Codings,
        options: &Options,
        units: &Units,
        cases: &[Vec<usize>],
    ) -> Self {
        let of_case =
            |units: &Vec<usize>| Patterns::of_dimension(dimension, codings, units.iter().copied());
        let cases = cases.iter().map(of_case).collect();
        let mut patterns =
            Patterns::of_dimension(dimension, codings, units.iter()).with_cases(cases);
        let mut dropped = Dropped::default();
        if let Some(given) = options.given {
            dropped = patterns.keep_given(given, &|answer| !codes(dimension, answer).is_empty());
        }
        let mut entering = patterns.entering(&dimension.name, dropped);
        if dimension.positions().is_some() {
            entering.scale = Some(patterns.on_scale(|it| dimension.position(it)));
        }
        Self { dimension, patterns, entering }
    }
}

fn codes(dimension: &CodedDimension, answer: u32) -> &[u32] {
    dimension.answers().get(answer as usize).map_or(&[], |answer| &answer.codes)
}

/// One level of one group.
struct Computing<'a> {
    options: &'a Options,
    level: Level,
    measures: &'a [Measure],
    coders: &'a [String],
}

impl Computing<'_> {
    fn dimension(&self, one: &Tabulated) -> Vec<Row> {
        let Tabulated { dimension, patterns, .. } = one;
        let about = About::Dimension(dimension.name.clone());
        match self.level {
            Level::Presence => self.presence(one),
            Level::Value | Level::Joint | Level::Boundaries => {
                let categories = categories(dimension);
                let category = |answer: u32| categories.get(answer as usize).copied().unwrap_or(0);
                let label = |category: u32| {
                    let answer = categories.iter().position(|it| *it == category);
                    let answer = answer.and_then(|place| dimension.answers().get(place));
                    answer.map_or_else(String::new, |it| dimension.label(&it.codes))
                };
                let evident = |used: &[u32]| {
                    let labels: Vec<String> = used.iter().map(|it| label(*it)).collect();
                    let place = positive::of(&labels, self.options.positive.as_deref())?;
                    used.get(place).copied()
                };
                let values = Values {
                    choices: dimension.choices,
                    none: none_category(dimension),
                    positive: &evident,
                };
                let table = patterns.values(self.options, &values, category);
                let mut rows = self.nominal(&about, &table, None);
                self.name_positive(&mut rows, &table, &label);
                rows.extend(self.specific(dimension, &table, &label));
                rows.extend(self.ordered(one));
                if self.options.per_category {
                    rows.extend(self.categories(dimension, &categories, &table));
                }
                rows
            }
            Level::Sets => {
                let answers: Vec<Vec<u32>> =
                    dimension.answers().iter().map(|answer| answer.codes.clone()).collect();
                let (table, cases) = patterns.sets(self.options, &answers);
                self.sets(&about, &table, &cases)
            }
        }
    }

    fn sets(&self, about: &About, table: &SetRatings, cases: &[SetRatings]) -> Vec<Row> {
        let units = table.whole_answers().paired_units();
        let percent = || sets(Measure::PercentAgreement, table);
        if self.options.program.is_some() {
            let rows = self.elsewhere(about, units, None, |_| balash2023(table));
            return self.with_percent(rows, percent);
        }
        let bootstrap = self.options.bootstrap;
        let resampled = bootstrap.map(|it| it.resample(table, cases, self.measures));
        let figure = |(nth, measure): (usize, &Measure)| {
            let resampling = resampled.as_ref().and_then(|of_all| of_all.get(nth).copied());
            let figure = Figure { coefficient: sets(*measure, table), resampling };
            self.row(about, *measure, figure, units, None)
        };
        self.with_percent(self.measures.iter().enumerate().map(figure).collect(), percent)
    }

    /// Says which answer is the positive one of the measures that ask, and who gave it more often.
    fn name_positive(
        &self,
        rows: &mut [Row],
        table: &CategoryTable,
        label: &impl Fn(u32) -> String,
    ) {
        let Some(positive) = table.positive() else { return };
        let asks = |row: &&mut Row| row.measure.needs_positive() && row.figure.is_ok();
        for row in rows.iter_mut().filter(asks) {
            row.positive = Some(label(positive));
        }
    }

    /// Agreement on each of two answers by itself, where neither is evidently the positive one.
    fn specific(
        &self,
        dimension: &CodedDimension,
        table: &CategoryTable,
        label: &impl Fn(u32) -> String,
    ) -> Vec<Row> {
        let is_specific =
            |it: &Measure| matches!(it, Measure::PositiveAgreement | Measure::NegativeAgreement);
        let is_asked = self.measures.iter().any(is_specific) && self.options.program.is_none();
        if !is_asked || table.positive().is_some() {
            return Vec::new();
        }
        let units = table.units();
        let row = |(number, coefficient): (u32, Coefficient)| {
            let answer = label(number);
            let name = format!("{}={answer}", dimension.name);
            let about = About::Category { dimension: dimension.name.clone(), answer, name };
            let figure = Figure { coefficient, resampling: None };
            self.row(&about, Measure::PositiveAgreement, figure, units, None)
        };
        table.specific_agreement().into_iter().map(row).collect()
    }

    /// Krippendorff's alpha of each answer against all others.
    fn categories(
        &self,
        dimension: &CodedDimension,
        categories: &[u32],
        table: &CategoryTable,
    ) -> Vec<Row> {
        let units = table.units();
        let row = |(number, figure): (u32, Figure)| {
            let answer = categories.iter().position(|category| *category == number);
            let answer = answer.and_then(|place| dimension.answers().get(place));
            let answer = answer.map_or_else(String::new, |it| dimension.label(&it.codes));
            let name = format!("{}={answer}", dimension.name);
            let about = About::Category { dimension: dimension.name.clone(), answer, name };
            self.row(&about, Measure::KrippendorffAlpha, figure, units, None)
        };
        table.alpha_by_category(self.options.bootstrap).into_iter().map(row).collect()
    }

    /// The measures of a scale, of answers that are positions on it.
    fn ordered(&self, one: &Tabulated) -> Vec<Row> {
        let Tabulated { dimension, patterns, .. } = one;
        let Some(positions) = dimension.positions() else { return Vec::new() };
        let measures: Vec<Measure> =
            self.measures.iter().copied().filter(|it| it.is_ordered()).collect();
        if measures.is_empty() || self.options.program.is_some() {
            return Vec::new();
        }
        let table = patterns.positions(self.options, positions, |it| dimension.position(it));
        let units = table.units();
        let about = About::Dimension(dimension.name.clone());
        let figures = table.figures(&measures, self.options.bootstrap).into_iter();
        figures.map(|(measure, figure)| self.row(&about, measure, figure, units, None)).collect()
    }

    fn presence(&self, one: &Tabulated) -> Vec<Row> {
        let Tabulated { dimension, patterns, .. } = one;
        let mut rows = Vec::new();
        if dimension.name != WHOLE {
            let any = |answer: u32| !codes(dimension, answer).is_empty();
            let table = patterns.presence(self.options, any);
            let about = About::Dimension(dimension.name.clone());
            rows.extend(self.nominal(&about, &table, table.counts()));
        }
        // Without being asked, agreement is reported by dimension.
        if !self.options.levels.is_empty() {
            let tables = patterns.presence_of_codes(self.options, dimension);
            for (code, table) in dimension.codes.iter().zip(tables) {
                let about = About::Code(code.name.clone(), code.depth);
                rows.extend(self.nominal(&about, &table, table.counts()));
            }
        }
        rows
    }

    fn joint(&self, codings: &Codings, units: &Units, cases: &[Vec<usize>]) -> Vec<Row> {
        let tuples = Tuples::of(codings, units.iter());
        let coders = codings.coders.len();
        let places: BTreeMap<usize, usize> = units.iter().zip(0..).collect();
        let row = |place: usize| {
            let cells = tuples.cells.get(place * coders..(place + 1) * coders);
            cells.unwrap_or_default().iter().copied()
        };
        let of_case = |units: &Vec<usize>| {
            let rows = units.iter().filter_map(|unit| places.get(unit).copied()).map(row);
            Patterns::of(coders, tuples.number, rows)
        };
        let mut patterns = Patterns::of(coders, tuples.number, (0..units.len()).map(row))
            .with_cases(cases.iter().map(of_case).collect());
        if let Some(given) = self.options.given {
            patterns.keep_given(given, &|tuple| Some(tuple) != tuples.nothing);
        }
        let values = Values { choices: None, none: tuples.nothing, positive: &|_| None };
        let table = patterns.values(self.options, &values, |tuple| tuple);
        self.nominal(&About::Tuple, &table, None)
    }

    fn nominal(&self, about: &About, table: &CategoryTable, counts: Option<Counts>) -> Vec<Row> {
        let units = table.units();
        let percent = || nominal(Measure::PercentAgreement, table.answers());
        if self.options.program.is_some() {
            let of = |measure| irr(measure, table.answers());
            return self.with_percent(self.elsewhere(about, units, counts, of), percent);
        }
        let measures: Vec<Measure> =
            self.measures.iter().copied().filter(|it| it.is_nominal()).collect();
        let figures = table.figures(&measures, self.options.bootstrap);
        let four = table.counts();
        let row = |(measure, figure)| {
            let row = self.row(about, measure, figure, units, counts);
            if measure == Measure::BiasIndex { self.biased(row, four) } else { row }
        };
        self.with_percent(figures.into_iter().map(row).collect(), percent)
    }

    /// The bias index without a sign, which would depend on who is named first; but with who gave it more often.
    fn biased(&self, mut row: Row, four: Option<Counts>) -> Row {
        if let Ok(estimate) = &mut row.figure
            && estimate.value < 0.0
        {
            estimate.value = -estimate.value;
            estimate.ci95 = estimate.ci95.map(|(low, high)| (-high, -low));
        }
        let more = four.and_then(|four| match four.only_first.cmp(&four.only_second) {
            Ordering::Greater => self.coders.first(),
            Ordering::Less => self.coders.get(1),
            Ordering::Equal => None,
        });
        row.more_often = more.filter(|_| row.figure.is_ok()).cloned();
        row
    }
}
