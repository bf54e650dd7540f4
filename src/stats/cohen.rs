//! Kappa for two coders, each with a distribution of her own: Cohen's kappa, and Light's mean of it
//! over pairs of coders.

use super::coefficient::{Coefficient, Estimate, Undefined};
use super::pair_table::PairTable;
use super::ratings::Ratings;
use super::student::NORMAL_95;

/// Beyond so many units the exact integers of the variance would no longer fit.
const EXACT_UP_TO: u64 = 1 << 40;

/// κ = (pₒ − pₑ) / (1 − pₑ) over the units that both coded, pₑ from each coder's own totals.
///
/// Cohen, J. (1960), Educ. Psychol. Meas. 20(1), p. 40. Standard error: Fleiss, J. L., Cohen, J.
/// and Everitt, B. S. (1969), Psychol. Bull. 72(5), p. 323-327; the interval is the normal one,
/// not cut at 1.
pub fn cohen_kappa(ratings: &Ratings) -> Coefficient {
    if ratings.coders() != 2 {
        return Undefined::NotTwoCoders.into();
    }
    kappa(&ratings.pair_table(0, 1))
}

/// The mean of Cohen's kappa over all pairs of coders; pairs for which it is undefined are left
/// out.
///
/// Light, R. J. (1971), Psychol. Bull. 76(5), p. 365-377. It comes without a standard error.
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

pub(super) fn kappa(table: &PairTable) -> Coefficient {
    // In whole numbers: pₒ = agreed / n and pₑ = expected / n², so that a kappa of 0 is 0 and not
    // the rest of a subtraction.
    let wide = |count: u64| i128::from(count);
    let expected: i128 =
        table.first.iter().zip(&table.second).map(|(&one, &other)| wide(one) * wide(other)).sum();
    let margins =
        |one: u32, other: u32| wide(table.second[one as usize]) + wide(table.first[other as usize]);
    match corrected(table, 1, expected, margins) {
        Ok((value, se)) => {
            let ci95 = se.map(|se| (value - NORMAL_95 * se, value + NORMAL_95 * se));
            Coefficient::Value(Estimate { value, se, ci95, n: table.units })
        }
        Err(reason) => reason.into(),
    }
}

/// (pₒ − pₑ) / (1 − pₑ) and its standard error, where pₑ is `expected` / (`unit` n²) and grows, per
/// unit added to cell (i, j), by `margins(i, j)` / (`unit` n) to first order.
///
/// The variance is that of y = δ(i=j) − `margins(i, j)` (1 − pₒ) / (1 − pₑ) / (`unit` n) over
/// units. The papers write it as a mean of squares less the square of the mean; for a coefficient
/// near 0 with rare codes the two are equal in all digits that a float has. Multiplied by the
/// denominators, y is a whole number, and so is its distance to the mean: those are exact, and
/// squares of them add up without loss.
pub(super) fn corrected(
    table: &PairTable,
    unit: i128,
    expected: i128,
    margins: impl Fn(u32, u32) -> i128,
) -> Result<(f64, Option<f64>), Undefined> {
    let (n, agreed) = (i128::from(table.units), i128::from(table.agreed));
    if n == 0 {
        return Err(Undefined::NoUnits);
    }
    let scale = unit * n * n - expected;
    if scale == 0 {
        return Err(Undefined::NoVariation);
    }
    let value = (unit * n * agreed - expected) as f64 / scale as f64;
    if table.units > EXACT_UP_TO || !table.wants_precision {
        return Ok((value, None));
    }
    let disagreed = n - agreed;
    let score =
        |one, other| (if one == other { scale } else { 0 }) - disagreed * margins(one, other);
    let total: i128 =
        table.cells.iter().map(|&(one, other, units)| i128::from(units) * score(one, other)).sum();
    let squares = table.cells.iter().map(|&(one, other, units)| {
        let distance = (n * score(one, other) - total) as f64 / scale as f64 / scale as f64;
        units as f64 * distance * distance
    });
    Ok((value, Some(unit as f64 * libm::sqrt(squares.sum()))))
}
