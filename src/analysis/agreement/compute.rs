//! The figures of every level, from the patterns of each dimension.

use std::collections::BTreeMap;

use super::tables::{CategoryTable, Patterns};
use super::{About, Agreement, Counts, Entering, Group, Level, Options, Row, Why};
use crate::analysis::codings::{CodedDimension, Codings, WHOLE};
use crate::stats::{Coefficient, Estimate, Measure, sets};

/// How far coders agree.
#[must_use]
pub fn agreement(codings: &Codings, options: &Options) -> Agreement {
    let groups = if options.by_case {
        let of_case = |(place, name): (u32, &String)| {
            let units: Vec<usize> = (0..codings.units)
                .filter(|unit| codings.unit_cases.get(*unit) == Some(&place))
                .collect();
            group(codings, options, Some(name.clone()), &units)
        };
        (0..).zip(&codings.cases).map(of_case).collect()
    } else {
        vec![group(codings, options, None, &(0..codings.units).collect::<Vec<_>>())]
    };
    Agreement { coders: codings.coders.clone(), groups }
}

/// A dimension with its patterns.
struct Tabulated<'a> {
    dimension: &'a CodedDimension,
    patterns: Patterns,
    entering: Entering,
}

fn group(codings: &Codings, options: &Options, name: Option<String>, units: &[usize]) -> Group {
    let tabulated: Vec<Tabulated> = codings
        .dimensions
        .iter()
        .map(|dimension| Tabulated::of(dimension, codings, options, units))
        .collect();
    let mut rows = Vec::new();
    for level in Level::ALL {
        let measures = level.measures(options, codings.coders.len());
        let computing = Computing { options, level, measures: &measures };
        if level == Level::Joint {
            if options.levels.contains(&level) {
                rows.extend(computing.joint(codings, units));
            }
            continue;
        }
        let wanted = |one: &&Tabulated| {
            let usual = options.levels.is_empty() && level.is_usual_for(one.dimension.select);
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
        units: &[usize],
    ) -> Self {
        let mut patterns = Patterns::of_dimension(dimension, codings, units);
        let mut not_given = 0;
        if options.given {
            not_given = patterns.keep_given(|answer| !codes(dimension, answer).is_empty());
        }
        let entering = patterns.entering(&dimension.name, not_given);
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
}

impl Computing<'_> {
    fn dimension(&self, one: &Tabulated) -> Vec<Row> {
        let Tabulated { dimension, patterns, .. } = one;
        let about = About::Dimension(dimension.name.clone());
        match self.level {
            Level::Presence => self.presence(one),
            Level::Value | Level::Joint => {
                let categories = categories(dimension);
                let category = |answer: u32| categories.get(answer as usize).copied().unwrap_or(0);
                let none = none_category(dimension);
                let table = patterns.values(self.options, dimension.choices, none, category);
                self.nominal(&about, &table, None)
            }
            Level::Sets => {
                let answers: Vec<Vec<u32>> =
                    dimension.answers().iter().map(|answer| answer.codes.clone()).collect();
                let table = patterns.sets(self.options, &answers);
                let units = table.whole_answers().paired_units();
                let figure = |measure: &Measure| {
                    self.row(&about, *measure, sets(*measure, &table), units, None)
                };
                self.measures.iter().map(figure).collect()
            }
        }
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

    fn joint(&self, codings: &Codings, units: &[usize]) -> Vec<Row> {
        let tuples = Tuples::of(codings, units);
        let coders = codings.coders.len();
        let rows = tuples.cells.chunks(coders.max(1)).map(|row| row.iter().copied());
        let mut patterns = Patterns::of(coders, tuples.number, rows);
        if self.options.given {
            patterns.keep_given(|tuple| Some(tuple) != tuples.nothing);
        }
        let table = patterns.values(self.options, None, tuples.nothing, |tuple| tuple);
        self.nominal(&About::Tuple, &table, None)
    }

    fn nominal(&self, about: &About, table: &CategoryTable, counts: Option<Counts>) -> Vec<Row> {
        let units = table.units();
        let figure =
            |measure: &Measure| self.row(about, *measure, table.figure(*measure), units, counts);
        self.measures.iter().map(figure).collect()
    }

    fn row(
        &self,
        about: &About,
        measure: Measure,
        figure: Coefficient,
        units: u64,
        counts: Option<Counts>,
    ) -> Row {
        let (figure, n) = match figure {
            Coefficient::Value(estimate) => (Ok(estimate), estimate.n),
            Coefficient::Undefined { reason } => (Err(Why::Measure(reason)), units),
        };
        Row { level: self.level, about: about.clone(), measure, figure, n, counts }
    }

    /// The unweighted mean over dimensions of each measure, where there are two or more.
    fn means(&self, of_level: &[Row]) -> Vec<Row> {
        let mean = |measure: &Measure| {
            let is_dimension =
                |row: &&Row| row.measure == *measure && matches!(row.about, About::Dimension(_));
            let dimensions: Vec<&Row> = of_level.iter().filter(is_dimension).collect();
            (dimensions.len() > 1).then(|| self.mean(*measure, &dimensions))
        };
        self.measures.iter().filter_map(mean).collect()
    }

    fn mean(&self, measure: Measure, dimensions: &[&Row]) -> Row {
        let values: Vec<f64> =
            dimensions.iter().filter_map(|row| Some(row.figure.as_ref().ok()?.value)).collect();
        let undefined = dimensions.iter().filter(|row| row.figure.is_err());
        let left_out = undefined.map(|row| row.about.name().to_owned()).collect();
        let n = dimensions.iter().map(|row| row.n).max().unwrap_or(0);
        let figure = if values.is_empty() {
            Err(Why::EveryDimension)
        } else {
            #[allow(clippy::cast_precision_loss)] // a codebook has few dimensions
            let value = values.iter().sum::<f64>() / values.len() as f64;
            Ok(Estimate { value, se: None, ci95: None, n })
        };
        Row { level: self.level, about: About::Mean(left_out), measure, figure, n, counts: None }
    }
}

/// The answers to all dimensions as one number, coder by coder, where a coder decided all of them.
struct Tuples {
    cells: Vec<Option<u32>>,
    number: usize,
    /// The tuple that gives no code in any dimension, if it occurs.
    nothing: Option<u32>,
}

impl Tuples {
    fn of(codings: &Codings, units: &[usize]) -> Self {
        let coders = codings.coders.len();
        let categories: Vec<Vec<u32>> = codings.dimensions.iter().map(categories).collect();
        let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut cells: Vec<Option<u32>> = Vec::with_capacity(units.len() * coders);
        for &unit in units {
            for coder in 0..coders {
                let parts = codings.dimensions.iter().zip(&categories);
                let part = |(dimension, categories): (&CodedDimension, &Vec<u32>)| {
                    let answer = dimension.unit(unit, coders).get(coder)?.checked_sub(1)?;
                    categories.get(answer as usize).copied()
                };
                let tuple: Option<Vec<u32>> = parts.map(part).collect();
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                cells.push(tuple.map(|tuple| *numbers.entry(tuple).or_insert(next)));
            }
        }
        // Numbers in the order of the tuples, so that the order of units never reaches a figure.
        let mut rank = vec![0; numbers.len()];
        for (place, number) in (0_u32..).zip(numbers.values()) {
            rank[*number as usize] = place;
        }
        for cell in &mut cells {
            *cell = cell.and_then(|number| rank.get(number as usize).copied());
        }
        let none: Option<Vec<u32>> = codings.dimensions.iter().map(none_category).collect();
        let nothing = none.and_then(|none| {
            let place = numbers.keys().position(|tuple| *tuple == none)?;
            u32::try_from(place).ok()
        });
        Self { cells, number: numbers.len(), nothing }
    }
}

/// The category that gives no code, if it occurs: answers are in order, so that it is the first.
fn none_category(dimension: &CodedDimension) -> Option<u32> {
    dimension.answers().first().filter(|answer| answer.codes.is_empty()).map(|_| 0)
}

/// Per answer its category: answers that give the same codes are one, whatever was asked for.
fn categories(dimension: &CodedDimension) -> Vec<u32> {
    let mut categories: Vec<u32> = Vec::with_capacity(dimension.answers().len());
    let mut before: Option<&[u32]> = None;
    for answer in dimension.answers() {
        let next = match (before, categories.last()) {
            (Some(before), Some(last)) if before == answer.codes => *last,
            (_, last) => last.map_or(0, |last| last + 1),
        };
        categories.push(next);
        before = Some(&answer.codes);
    }
    categories
}
