//! Krippendorff's alpha for categories: any number of coders, missing answers, a sample as small as it is.
//!
//! Krippendorff, K. (2004), Content Analysis, 2nd ed., ch. 11; Krippendorff, K. (2011), Computing Krippendorff's
//! Alpha-Reliability. Standard error: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 5, as irrCAC for R computes it.

use super::agreement::t_interval;
use super::coefficient::{Coefficient, Estimate, Undefined};
use super::ratings::Ratings;

/// α = 1 − Dₒ / Dₑ, where two different categories differ by 1.
///
/// Krippendorff (2004), p. 222-231. Only units with two answers or more enter; values are paired within units, weighted by
/// 1 / (m − 1), and expected disagreement is drawn without replacement from all paired values.
pub fn krippendorff_alpha(ratings: &Ratings) -> Coefficient {
    let counts = Paired::of(ratings);
    let disagreement = |own: &[(u32, u32)]| {
        let all: u64 = own.iter().map(|&(_, coders)| u64::from(coders)).sum();
        let same: u64 = own.iter().map(|&(_, coders)| u64::from(coders) * u64::from(coders)).sum();
        (all * all - same) as f64
    };
    let to_others: Vec<f64> = counts.values.iter().map(|&count| counts.all - count).collect();
    counts.alpha(ratings, &to_others, disagreement)
}

/// How often each value occurs in units with two answers or more.
pub(super) struct Paired {
    /// n_c.
    pub(super) values: Vec<f64>,
    /// N, their sum.
    pub(super) all: f64,
    /// Units with two answers or more.
    units: u64,
}

impl Paired {
    pub(super) fn of(ratings: &Ratings) -> Self {
        let mut paired = Self { values: vec![0.0; ratings.categories()], all: 0.0, units: 0 };
        for tally in ratings.tallies().filter(|tally| tally.coded >= 2) {
            paired.units += tally.units;
            paired.all += tally.units as f64 * f64::from(tally.coded);
            for &(value, coders) in tally.chosen {
                paired.values[value as usize] += tally.units as f64 * f64::from(coders);
            }
        }
        paired
    }

    /// Alpha from `distance_to_all[c]` = Σ_k n_k d(c, k) and the summed distance over ordered pairs of a unit's answers.
    ///
    /// The standard error is that of irrCAC-R 1.4, with its terms gathered: with e = Σ πₖ πₗ dₖₗ, a unit's own disagreement u, the
    /// mean ū of it, its share ρ of the answers and its mean distance v to all values, a unit's score lies (2 ū v / e − u − ū ρ) / e from the mean.
    pub(super) fn alpha(
        &self,
        ratings: &Ratings,
        distance_to_all: &[f64],
        distance_within: impl Fn(&[(u32, u32)]) -> f64,
    ) -> Coefficient {
        if self.units == 0 {
            return Undefined::NoUnits.into();
        }
        let expected: f64 =
            self.values.iter().zip(distance_to_all).map(|(count, distance)| count * distance).sum();
        if expected <= 0.0 {
            return Undefined::NoVariation.into();
        }
        let paired = || ratings.tallies().filter(|tally| tally.coded >= 2);
        let within =
            |chosen: &[(u32, u32)], coded: u32| distance_within(chosen) / f64::from(coded - 1);
        let observed: f64 =
            paired().map(|tally| tally.units as f64 * within(tally.chosen, tally.coded)).sum();
        let value = 1.0 - observed * (self.all - 1.0) / expected;
        if self.units < 2 {
            return Coefficient::plain(value, self.units);
        }
        let units = self.units as f64;
        let per_unit = self.all / units;
        let chance = expected / (self.all * self.all);
        let mean = observed / self.all;
        let squares: f64 = paired()
            .map(|tally| {
                let to_all: f64 = tally
                    .chosen
                    .iter()
                    .map(|&(c, m)| distance_to_all[c as usize] * f64::from(m))
                    .sum();
                let to_all = to_all / (self.all * per_unit);
                let own = within(tally.chosen, tally.coded) / per_unit;
                let share = f64::from(tally.coded) / per_unit;
                let distance = (2.0 * mean * to_all / chance - own - mean * share) / chance;
                tally.units as f64 * distance * distance
            })
            .sum();
        let se = libm::sqrt(squares / (units * (units - 1.0)));
        let ci95 = t_interval(value, se, ratings.coded_units() - 1);
        Coefficient::Value(Estimate { value, se: Some(se), ci95, n: self.units })
    }
}
