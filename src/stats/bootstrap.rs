//! Intervals by resampling: units, or whole cases, drawn with replacement.
//!
//! Percentile intervals after Efron, B. and Tibshirani, R. (1993), An Introduction to the
//! Bootstrap, ch. 13. What is drawn is the number of units per answer pattern, which is
//! multinomial, one binomial draw after the other: the cost of a resample depends on the number of
//! patterns, not of units. Everything is recomputed on each resample, expected disagreement too
//! (the `units_de_recomputed` of the oracles, what icr calls bootnp).

use super::coefficient::Coefficient;
use super::measure::{Measure, nominal, sets};
use super::random::Random;
use super::ratings::Ratings;
use super::set_ratings::SetRatings;

/// How many resamples to draw, and from which seed; the same plan gives the same figures
/// everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many resamples.
    pub resamples: u32,
    /// Any number.
    pub seed: u64,
}

/// What resampling says about one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampled {
    /// The 2.5 % and 97.5 % quantiles of the resampled values, interpolated linearly; none where no
    /// value exists.
    pub ci95: Option<(f64, f64)>,
    /// The standard deviation of the resampled values; none where there are fewer than two.
    pub se: Option<f64>,
    /// In how many resamples the measure was undefined; they are left out.
    pub undefined: u32,
}

/// A table of answer patterns that can be drawn anew.
pub trait PatternTable: Clone {
    /// The measure of this table.
    fn measure(&self, measure: Measure) -> Coefficient;
    /// The table of answers, pattern by pattern.
    fn table(&self) -> &Ratings;
    /// The same patterns, with other numbers of units to be drawn.
    fn table_mut(&mut self) -> &mut Ratings;
    /// One table of all parts, and for each part which of its patterns occur in how many of its
    /// units.
    fn combined(parts: &[Self]) -> (Self, Vec<Vec<(usize, u64)>>);
}

impl PatternTable for Ratings {
    fn measure(&self, measure: Measure) -> Coefficient {
        nominal(measure, self)
    }

    fn table(&self) -> &Ratings {
        self
    }

    fn table_mut(&mut self) -> &mut Ratings {
        self
    }

    fn combined(parts: &[Self]) -> (Self, Vec<Vec<(usize, u64)>>) {
        Self::combine(parts)
    }
}

impl PatternTable for SetRatings {
    fn measure(&self, measure: Measure) -> Coefficient {
        sets(measure, self)
    }

    fn table(&self) -> &Ratings {
        self.whole_answers()
    }

    fn table_mut(&mut self) -> &mut Ratings {
        self.whole_answers_mut()
    }

    fn combined(parts: &[Self]) -> (Self, Vec<Vec<(usize, u64)>>) {
        Self::combine(parts)
    }
}

/// Resamples units: as many as somebody coded, each equally likely, independently of the others.
///
/// Efron and Tibshirani (1993), ch. 13. All measures see the same resamples.
pub fn resample_units<T: PatternTable>(
    table: &T,
    measures: &[Measure],
    plan: Plan,
) -> Vec<Resampled> {
    let units = table.table().units().to_vec();
    let all: u64 = units.iter().sum();
    resample(table, measures, plan, |random, drawn| {
        let (mut left, mut rest) = (all, all);
        for (&count, drawn) in units.iter().zip(drawn) {
            *drawn = random.binomial(left, count, rest);
            left -= *drawn;
            rest -= count;
        }
    })
}

/// Resamples whole cases, for utterances of one group are not independent: as many as there are,
/// with all their units.
///
/// Davison, A. C. and Hinkley, D. V. (1997), Bootstrap Methods and their Application, section 3.8,
/// clusters drawn whole. With fewer than ten cases the interval says little; the caller says so.
pub fn resample_cases<T: PatternTable>(
    cases: &[T],
    measures: &[Measure],
    plan: Plan,
) -> Vec<Resampled> {
    let (table, units_of_case) = T::combined(cases);
    resample(&table, measures, plan, |random, drawn| {
        drawn.fill(0);
        for _ in 0..units_of_case.len() {
            let case = random.below(units_of_case.len() as u64) as usize;
            for &(pattern, units) in &units_of_case[case] {
                drawn[pattern] += units;
            }
        }
    })
}

fn resample<T: PatternTable>(
    table: &T,
    measures: &[Measure],
    plan: Plan,
    draw: impl Fn(&mut Random, &mut [u64]),
) -> Vec<Resampled> {
    let mut resample = table.clone();
    let mut values: Vec<Vec<f64>> =
        vec![Vec::with_capacity(plan.resamples as usize); measures.len()];
    for nth in 0..plan.resamples {
        draw(&mut Random::stream(plan.seed, u64::from(nth)), resample.table_mut().units_to_draw());
        for (&measure, values) in measures.iter().zip(&mut values) {
            values.extend(resample.measure(measure).value());
        }
    }
    values.into_iter().map(|values| Resampled::of(values, plan.resamples)).collect()
}

impl Resampled {
    fn of(mut values: Vec<f64>, resamples: u32) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        Self {
            ci95: quantile(&values, 0.025).zip(quantile(&values, 0.975)),
            se: (values.len() >= 2).then(|| libm::sqrt(squares / (n - 1.0))),
            undefined: resamples - values.len() as u32,
        }
    }
}

/// Type 7 of Hyndman, R. J. and Fan, Y. (1996), Am. Stat. 50(4), p. 361-365.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = sorted.len().checked_sub(1)? as f64 * share;
    let below = libm::floor(place);
    let low = sorted.get(below as usize)?;
    let high = sorted.get(below as usize + 1).unwrap_or(low);
    Some(low + (place - below) * (high - low))
}
