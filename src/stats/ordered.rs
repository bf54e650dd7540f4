//! Agreement on a scale: categories that stand in an order, so that neighbours differ less than ends.
//!
//! Categories are positions, 0 … q − 1 in the declared order, whether or not somebody used each of them. The alphas are those of
//! Krippendorff (2004), Content Analysis, 2nd ed., ch. 11; the weighted coefficients those of Gwet, K. L. (2014), Handbook of
//! Inter-Rater Reliability, 4th ed., ch. 3 and 5, as irrCAC's raw functions compute them.

use super::agreement::t_interval;
use super::alpha::{Group, alpha_of, coded_units, paired, paired_values};
use super::coefficient::{Coefficient, Estimate, Undefined};
use super::ratings::{Ratings, Tally};
use super::student::NORMAL_95;

/// How much two different positions count as agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weights {
    /// 1 − |i − j| / (q − 1).
    Linear,
    /// 1 − (i − j)² / (q − 1)².
    #[default]
    Quadratic,
}

impl Weights {
    /// The word in options and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Quadratic => "quadratic",
        }
    }

    /// The weight of two positions among `q`.
    fn of(self, one: usize, other: usize, q: usize) -> f64 {
        let share = one.abs_diff(other) as f64 / (q - 1) as f64;
        match self {
            Self::Linear => 1.0 - share,
            Self::Quadratic => 1.0 - share * share,
        }
    }
}

/// α with the ordinal distance: δ(c, k) = (n_c / 2 + Σ n_g between them + n_k / 2)².
///
/// Krippendorff (2004), p. 234: how many values lie between two, of all that were paired.
pub fn krippendorff_alpha_ordinal(ratings: &Ratings) -> Coefficient {
    let values = paired_values(ratings);
    // Where the middle of each category lies among all values in their order.
    let mut before = 0.0;
    let middles: Vec<f64> = values
        .iter()
        .map(|count| {
            let middle = before + count / 2.0;
            before += count;
            middle
        })
        .collect();
    alpha(ratings, &values, |one, other| {
        let distance = middles[one] - middles[other];
        distance * distance
    })
}

/// α with the interval distance: δ(c, k) = (c − k)², which supposes equal steps.
///
/// Krippendorff (2004), p. 235.
pub fn krippendorff_alpha_interval(ratings: &Ratings) -> Coefficient {
    let values = paired_values(ratings);
    alpha(ratings, &values, |one, other| {
        let distance = one.abs_diff(other) as f64;
        distance * distance
    })
}

fn alpha(ratings: &Ratings, values: &[f64], distance: impl Fn(usize, usize) -> f64) -> Coefficient {
    let to_all: Vec<f64> = (0..values.len())
        .map(|one| values.iter().enumerate().map(|(other, n)| n * distance(one, other)).sum())
        .collect();
    let groups: Vec<Group> = paired(ratings)
        .map(|tally| {
            let within = |&(one, first): &(u32, u32)| -> f64 {
                let others = tally.chosen.iter().map(|&(other, second)| {
                    f64::from(first) * f64::from(second) * distance(one as usize, other as usize)
                });
                others.sum()
            };
            Group::of(&tally, tally.chosen.iter().map(within).sum(), &to_all)
        })
        .collect();
    alpha_of(groups.iter().copied(), coded_units(ratings))
}

/// κ_w of two coders, each with a distribution of her own, over the units that both put on the scale.
///
/// Cohen, J. (1968), Psychol. Bull. 70(4), p. 213-220. Standard error: Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969),
/// Psychol. Bull. 72(5), p. 323-327; the interval is the normal one, not cut at 1.
pub fn weighted_kappa(ratings: &Ratings, weights: Weights) -> Coefficient {
    if ratings.coders() != 2 {
        return Undefined::NotTwoCoders.into();
    }
    let table = ratings.pair_table(0, 1);
    if table.units == 0 {
        return Undefined::NoUnits.into();
    }
    let q = ratings.categories();
    if q < 2 {
        return Undefined::NoVariation.into();
    }
    // In whole numbers, as for kappa without weights: a weight is `whole(i, j)` / `unit`, pₒ = `observed` / (`unit` n) and
    // pₑ = `expected` / (`unit` n²), so that what is 0 is not the rest of a subtraction.
    let steps = (q - 1) as i128;
    let unit = if weights == Weights::Linear { steps } else { steps * steps };
    let whole = |one: usize, other: usize| {
        let apart = one.abs_diff(other) as i128;
        unit - if weights == Weights::Linear { apart } else { apart * apart }
    };
    let against = |of: &[u64], category: usize| -> i128 {
        of.iter().enumerate().map(|(other, n)| i128::from(*n) * whole(category, other)).sum()
    };
    let of_first: Vec<i128> = (0..q).map(|category| against(&table.second, category)).collect();
    let of_second: Vec<i128> = (0..q).map(|category| against(&table.first, category)).collect();
    let n = i128::from(table.units);
    let cells = || table.cells.iter().map(|&(one, other, n)| (one as usize, other as usize, n));
    let observed: i128 =
        cells().map(|(one, other, units)| i128::from(units) * whole(one, other)).sum();
    let expected: i128 =
        table.first.iter().zip(&of_first).map(|(units, sum)| i128::from(*units) * sum).sum();
    let scale = unit * n * n - expected;
    if scale == 0 {
        return Undefined::NoVariation.into();
    }
    let value = (n * observed - expected) as f64 / scale as f64;
    if table.units > EXACT_UP_TO || !table.wants_precision {
        return Coefficient::plain(value, table.units);
    }
    let disagreed = unit * n - observed;
    let score = |one: usize, other: usize| {
        whole(one, other) * scale - disagreed * (of_first[one] + of_second[other])
    };
    let total: i128 =
        cells().map(|(one, other, units)| i128::from(units) * score(one, other)).sum();
    let squares: f64 = cells()
        .map(|(one, other, units)| {
            let distance = (n * score(one, other) - total) as f64 / scale as f64 / scale as f64;
            units as f64 * distance * distance
        })
        .sum();
    let se = libm::sqrt(squares);
    let ci95 = Some((value - NORMAL_95 * se, value + NORMAL_95 * se));
    Coefficient::Value(Estimate { value, se: Some(se), ci95, n: table.units })
}

/// Beyond so many units the exact integers of the variance would no longer fit.
const EXACT_UP_TO: u64 = 1 << 24;

/// Gwet's AC1 with weights: pₑ = T_w / (q (q − 1)) Σ πₖ (1 − πₖ), T_w the sum of all weights.
///
/// Gwet (2014), ch. 5; `gwet.ac1.raw` of irrCAC with weights.
pub fn gwet_ac2(ratings: &Ratings) -> Coefficient {
    let q = ratings.categories();
    if q < 2 {
        return if ratings.paired_units() == 0 {
            Undefined::NoUnits
        } else {
            Undefined::NoVariation
        }
        .into();
    }
    let scale = total(ratings.weights(), q) / (q as f64 * (q - 1) as f64);
    let chance = |shares: &[f64]| -> (f64, Vec<f64>) {
        let chance: f64 = shares.iter().map(|share| share * (1.0 - share)).sum();
        (scale * chance, shares.iter().map(|share| scale * (1.0 - share)).collect())
    };
    corrected(ratings, chance)
}

/// Brennan and Prediger's coefficient with weights: pₑ = T_w / q².
///
/// Gwet (2014), ch. 5; `bp.coeff.raw` of irrCAC with weights.
pub fn brennan_prediger_weighted(ratings: &Ratings) -> Coefficient {
    let q = ratings.categories();
    if q < 2 {
        return if ratings.paired_units() == 0 {
            Undefined::NoUnits
        } else {
            Undefined::NoVariation
        }
        .into();
    }
    let chance = total(ratings.weights(), q) / (q * q) as f64;
    corrected(ratings, |_| (chance, vec![chance; q]))
}

/// The sum of all weights.
fn total(weights: Weights, q: usize) -> f64 {
    (0..q).map(|one| (0..q).map(|other| weights.of(one, other, q)).sum::<f64>()).sum()
}

/// (pₐ − pₑ) / (1 − pₑ) with weighted agreement; `chance` makes of the shares of all categories pₑ, and what an answer of each
/// category adds to its unit's part of it. Standard error: Gwet (2014), ch. 5.
fn corrected(ratings: &Ratings, chance: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Coefficient {
    let q = ratings.categories();
    let (mut units, mut paired, mut agreed) = (0.0, 0.0, 0.0);
    let mut shares = vec![0.0; q];
    for tally in ratings.tallies() {
        let of = tally.units as f64;
        units += of;
        if tally.coded >= 2 {
            paired += of;
            agreed += of * weighted_agreement(&tally, ratings.weights(), q);
        }
        for &(category, coders) in tally.chosen {
            shares[category as usize] += of * f64::from(coders) / f64::from(tally.coded);
        }
    }
    if paired == 0.0 {
        return Undefined::NoUnits.into();
    }
    shares.iter_mut().for_each(|share| *share /= units);
    let (chance, parts) = chance(&shares);
    let value = (agreed / paired - chance) / (1.0 - chance);
    let n = paired as u64;
    if units < 2.0 || !ratings.wants_precision() {
        return Coefficient::plain(value, n);
    }
    let squares: f64 = ratings
        .tallies()
        .map(|tally| {
            let own = if tally.coded >= 2 {
                let agreement = weighted_agreement(&tally, ratings.weights(), q);
                (agreement - chance) * units / paired
            } else {
                0.0
            };
            let part =
                |&(category, coders): &(u32, u32)| parts[category as usize] * f64::from(coders);
            let of_unit = tally.chosen.iter().map(part).sum::<f64>() / f64::from(tally.coded);
            let score = (own - 2.0 * (1.0 - value) * (of_unit - chance)) / (1.0 - chance);
            tally.units as f64 * (score - value) * (score - value)
        })
        .sum();
    let se = libm::sqrt(squares / (units * (units - 1.0)));
    let ci95 = t_interval(value, se, units as u64 - 1);
    Coefficient::Value(Estimate { value, se: Some(se), ci95, n })
}

/// The mean weight over pairs of a unit's answers.
fn weighted_agreement(tally: &Tally<'_>, weights: Weights, q: usize) -> f64 {
    let of = |&(one, first): &(u32, u32)| -> f64 {
        let others = tally.chosen.iter().map(|&(other, second)| {
            f64::from(second) * weights.of(one as usize, other as usize, q)
        });
        f64::from(first) * (others.sum::<f64>() - 1.0)
    };
    let pairs = f64::from(tally.coded) * f64::from(tally.coded - 1);
    tally.chosen.iter().map(of).sum::<f64>() / pairs
}
