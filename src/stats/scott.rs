//! Scott's pi: two coders who are taken to share one distribution of categories.

use super::agreement::t_interval;
use super::coefficient::{Coefficient, Estimate, Undefined};
use super::cohen::corrected;
use super::ratings::Ratings;

/// π = (pₒ − pₑ) / (1 − pₑ) over the units that both coded, pₑ = Σ πₖ² from the totals of both
/// coders together.
///
/// Scott, W. A. (1955), Public Opin. Q. 19(3), p. 321-325. Standard error: the variance over 1/n of
/// Gwet (2014), ch. 5, as irrCAC has it for tables; the interval is Student's t, its upper limit
/// cut at 1.
pub fn scott_pi(ratings: &Ratings) -> Coefficient {
    if ratings.coders() != 2 {
        return Undefined::NotTwoCoders.into();
    }
    let table = ratings.pair_table(0, 1);
    // In whole numbers: πₖ = both[k] / 2n, so that pₑ = Σ both² / 4n².
    let both: Vec<i128> = table
        .first
        .iter()
        .zip(&table.second)
        .map(|(&one, &other)| i128::from(one) + i128::from(other))
        .collect();
    let expected = both.iter().map(|count| count * count).sum();
    match corrected(&table, 4, expected, |one, other| {
        2 * (both[one as usize] + both[other as usize])
    }) {
        Ok((value, se)) => {
            let ci95 = se.and_then(|se| t_interval(value, se, table.units - 1));
            Coefficient::Value(Estimate { value, se, ci95, n: table.units })
        }
        Err(reason) => reason.into(),
    }
}
