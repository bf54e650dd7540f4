//! Tables of categories for `stats/`: with the number of categories that a measure asks for.

use super::tables::{CountedRows, Rows, Values};
use super::{Bootstrap, Categories, Counts, Figure, Options, Resampling};
use crate::stats::alpha::krippendorff_alpha_by_category;
use crate::stats::two_categories::{FourCounts, specific_agreement};
use crate::stats::{Coefficient, Measure, Ratings, RatingsBuilder, Weights, nominal};

/// Categories, with the number of them that a measure asks for.
pub(super) struct CategoryTable {
    all: Ratings,
    /// What measures read that ask how many categories there are, where that is another table.
    counted: Option<Ratings>,
    /// The same case by case, where whole cases are resampled.
    cases: Vec<Self>,
    /// The categories of `all`, by the numbers that they came with; for presence 0 and 1.
    used: Vec<u32>,
}

impl CategoryTable {
    /// The answers, in no more categories than somebody used or presence has.
    pub(super) fn answers(&self) -> &Ratings {
        &self.all
    }

    /// Given or not: always two categories, of which not giving is the absent one.
    pub(super) fn of_presence(coders: usize, rows: &Rows, options: &Options) -> Self {
        let used = used(&rows.all);
        let table = |rows: &CountedRows| {
            let mut builder = RatingsBuilder::new(coders, 2);
            rows.iter().for_each(|(row, units)| builder.add_many(row, *units));
            let counted = match options.categories {
                Categories::Codebook => None,
                Categories::Observed => Some(renamed(coders, rows, &used, Some(0))),
            };
            Self { all: builder.finish(), counted, cases: Vec::new(), used: vec![0, 1] }
        };
        Self { cases: rows.cases.iter().map(table).collect(), ..table(&rows.all) }
    }

    /// Positions on a scale, all that it has.
    pub(super) fn of_scale(coders: usize, rows: &Rows, positions: usize, weights: Weights) -> Self {
        let table = |rows: &CountedRows| {
            let mut builder = RatingsBuilder::new(coders, positions);
            rows.iter().for_each(|(row, units)| builder.add_many(row, *units));
            let all = builder.finish().with_absent(None).with_weights(weights);
            let used = (0..).take(positions).collect();
            Self { all, counted: None, cases: Vec::new(), used }
        };
        Self { cases: rows.cases.iter().map(table).collect(), ..table(&rows.all) }
    }

    /// Each answer as one category.
    pub(super) fn of_values(
        coders: usize,
        rows: &Rows,
        options: &Options,
        values: &Values<'_>,
    ) -> Self {
        let used = used(&rows.all);
        let positive = (values.positive)(&used).and_then(|it| used.binary_search(&it).ok());
        let positive = positive.and_then(|it| u32::try_from(it).ok()).filter(|_| used.len() == 2);
        let table = |rows: &CountedRows| {
            let all = renamed(coders, rows, &used, values.none).with_positive(positive);
            let counted = match (options.categories, values.choices) {
                (Categories::Codebook, Some(choices)) if choices > all.categories() => {
                    let mut builder = RatingsBuilder::new(coders, choices);
                    for (row, units) in all.patterns() {
                        builder.add_many(&row.collect::<Vec<_>>(), units);
                    }
                    Some(builder.finish())
                }
                _ => None,
            };
            Self { all, counted, cases: Vec::new(), used: used.clone() }
        };
        Self { cases: rows.cases.iter().map(table).collect(), ..table(&rows.all) }
    }

    /// Measures of this table, with the intervals asked for.
    pub(super) fn figures(
        &self,
        measures: &[Measure],
        bootstrap: Option<Bootstrap>,
    ) -> Vec<(Measure, Figure)> {
        let figure = |measure: &Measure| {
            let coefficient = nominal(*measure, self.read_by(*measure));
            (*measure, Figure { coefficient, resampling: None })
        };
        let mut figures: Vec<(Measure, Figure)> = measures.iter().map(figure).collect();
        let Some(bootstrap) = bootstrap else { return figures };
        // Measures that read the same table see the same resamples.
        for asks in [false, true] {
            let mut own: Vec<&mut (Measure, Figure)> =
                figures.iter_mut().filter(|(measure, _)| asks_how_many(*measure) == asks).collect();
            let measures: Vec<Measure> = own.iter().map(|(measure, _)| *measure).collect();
            let Some(first) = measures.first().copied() else { continue };
            let cases: Vec<Ratings> =
                self.cases.iter().map(|case| case.read_by(first).clone()).collect();
            let found = bootstrap.resample(self.read_by(first), &cases, &measures);
            for (place, resampling) in own.iter_mut().zip(found) {
                place.1.resampling = Some(resampling);
            }
        }
        figures
    }

    /// Krippendorff's alpha of each category against all others together, by the category's number.
    pub(super) fn alpha_by_category(&self, bootstrap: Option<Bootstrap>) -> Vec<(u32, Figure)> {
        let alphas = krippendorff_alpha_by_category(&self.all);
        let figure = |((place, number), coefficient): ((u32, &u32), _)| {
            let resampled = |bootstrap: Bootstrap| -> Option<Resampling> {
                let own = |table: &Ratings| table.given_or_not(place);
                let cases: Vec<Ratings> = self.cases.iter().map(|case| own(&case.all)).collect();
                let measure = [Measure::KrippendorffAlpha];
                bootstrap.resample(&own(&self.all), &cases, &measure).into_iter().next()
            };
            (*number, Figure { coefficient, resampling: bootstrap.and_then(resampled) })
        };
        (0..).zip(&self.used).zip(alphas).map(figure).collect()
    }

    fn read_by(&self, measure: Measure) -> &Ratings {
        match &self.counted {
            Some(counted) if asks_how_many(measure) => counted,
            _ => &self.all,
        }
    }

    /// Of two categories, the one that says that something is there, by its number.
    pub(super) fn positive(&self) -> Option<u32> {
        self.used.get(self.all.positive()? as usize).copied()
    }

    /// Of two coders and two categories, agreement on each of these.
    pub(super) fn specific_agreement(&self) -> Vec<(u32, Coefficient)> {
        if self.all.coders() != 2 || self.used.len() != 2 {
            return Vec::new();
        }
        let of = |(place, number): (u32, &u32)| (*number, specific_agreement(&self.all, place));
        (0..).zip(&self.used).map(of).collect()
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

fn asks_how_many(measure: Measure) -> bool {
    matches!(measure, Measure::BrennanPrediger | Measure::GwetAc1 | Measure::Pabak)
}

/// The categories that somebody used, in order.
fn used(rows: &CountedRows) -> Vec<u32> {
    let mut used: Vec<u32> =
        rows.iter().flat_map(|(row, _)| row.iter().flatten().copied()).collect();
    used.sort_unstable();
    used.dedup();
    used
}

/// The table of the categories in `used` alone; `absent` is the one that gives no code.
fn renamed(coders: usize, rows: &CountedRows, used: &[u32], absent: Option<u32>) -> Ratings {
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
