//! Kappa for two coders, each with a distribution of her own: Cohen's kappa, and Light's mean of it over pairs of coders.

use super::coefficient::{Coefficient, Estimate, Undefined};
use super::ratings::{PairTable, Ratings};
use super::student::NORMAL_95;

/// Beyond so many units the exact integers of the variance would no longer fit.
const EXACT_UP_TO: u64 = 1 << 40;

/// κ = (pₒ − pₑ) / (1 − pₑ) over the units that both coded, pₑ from each coder's own totals.
///
/// Cohen, J. (1960), Educ. Psychol. Meas. 20(1), p. 40. Standard error: Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969),
/// Psychol. Bull. 72(5), p. 325, eq. 13; the interval is the normal one, not cut at 1.
pub fn cohen_kappa(ratings: &Ratings) -> Coefficient {
    if ratings.coders() != 2 {
        return Undefined::NotTwoCoders.into();
    }
    kappa(&ratings.pair_table(0, 1))
}

/// The mean of Cohen's kappa over all pairs of coders; pairs for which it is undefined are left out.
///
/// Light, R. J. (1971), Psychol. Bull. 76(5), p. 367. It comes without a standard error.
pub fn light_kappa(ratings: &Ratings) -> Coefficient {
    let (mut sum, mut pairs, mut reason) = (0.0, 0u32, Undefined::NoUnits);
    for first in 0..ratings.coders() {
        for second in first + 1..ratings.coders() {
            match kappa(&ratings.pair_table(first, second)) {
                Coefficient::Value(estimate) => {
                    sum += estimate.value;
                    pairs += 1;
                }
                Coefficient::Undefined { reason: Undefined::NoVariation } => {
                    reason = Undefined::NoVariation
                }
                Coefficient::Undefined { .. } => {}
            }
        }
    }
    if pairs == 0 {
        return reason.into();
    }
    Coefficient::plain(sum / f64::from(pairs), ratings.paired_units())
}

fn kappa(table: &PairTable) -> Coefficient {
    let n = table.units;
    if n == 0 {
        return Undefined::NoUnits.into();
    }
    // In whole numbers: pₒ = agreed / n and pₑ = expected / n², so that a kappa of 0 is 0 and not the rest of a subtraction.
    let wide = |count: u64| i128::from(count);
    let expected: i128 =
        table.first.iter().zip(&table.second).map(|(&one, &other)| wide(one) * wide(other)).sum();
    let scale = wide(n) * wide(n) - expected;
    if scale == 0 {
        return Undefined::NoVariation.into();
    }
    let value = (wide(n) * wide(table.agreed) - expected) as f64 / scale as f64;
    let se = (n <= EXACT_UP_TO).then(|| standard_error(table, expected, scale));
    let ci95 = se.map(|se| (value - NORMAL_95 * se, value + NORMAL_95 * se));
    Coefficient::Value(Estimate { value, se, ci95, n })
}

/// The square root of Fleiss, Cohen and Everitt's variance.
///
/// Their formula is the variance of y = δ(i=j) − (p.i + pj.) (1 − pₒ) / (1 − pₑ) over units, written as a mean of squares less
/// the square of the mean; for a kappa near 0 with rare codes the two are equal in all digits that a float has. Multiplied by the
/// denominators, y is a whole number, and so is its distance to the mean: those are exact, and squares of them add up without loss.
fn standard_error(table: &PairTable, expected: i128, scale: i128) -> f64 {
    let n = i128::from(table.units);
    let disagreed = n - i128::from(table.agreed);
    let score = |one: u32, other: u32| {
        let margins =
            i128::from(table.second[one as usize]) + i128::from(table.first[other as usize]);
        (if one == other { scale } else { 0 }) - disagreed * margins
    };
    let total = i128::from(table.agreed) * scale - 2 * disagreed * expected;
    let scale = scale as f64;
    let squares = table.cells.iter().map(|&(one, other, units)| {
        let distance = (n * score(one, other) - total) as f64 / scale / scale;
        units as f64 * distance * distance
    });
    libm::sqrt(squares.sum())
}
