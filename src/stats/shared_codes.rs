//! Shares of codings that two coders have in common, uncorrected for chance: Holsti's coefficient,
//! the same for codes given, and the share after Miles and Huberman.

use super::coefficient::{Coefficient, Undefined};
use super::pair_table::PairTable;
use super::ratings::Ratings;

/// 2M / (N₁ + N₂): M units on which both agree, N codings by each coder, with or without an answer
/// by the other.
///
/// Holsti, O. R. (1969), Content Analysis for the Social Sciences and Humanities, p. 140. It is
/// percent agreement where nothing is missing.
pub fn holsti(ratings: &Ratings) -> Coefficient {
    if ratings.coders() != 2 {
        return Undefined::NotTwoCoders.into();
    }
    let codings: u64 = ratings.tallies().map(|tally| tally.units * u64::from(tally.coded)).sum();
    let table = ratings.pair_table(0, 1);
    if codings == 0 {
        return Undefined::NoUnits.into();
    }
    Coefficient::plain(2.0 * table.agreed as f64 / codings as f64, table.units)
}

/// 2 Σ both / Σ (N₁ + N₂) over codes given, on the units that both decided: for one code Dice's
/// coefficient, positive agreement, F1.
///
/// Holsti (1969), p. 140, applied to codes given: that neither coder gave a code
/// ([`Ratings::absent`]) is no agreement.
pub fn holsti_code_presence(ratings: &Ratings) -> Coefficient {
    share(ratings, |given| 2.0 * given.both as f64 / (given.both + given.either) as f64)
}

/// Codes that both gave over codes that either gave, on the units that both decided.
///
/// Miles, M. B. and Huberman, A. M. (1994), Qualitative Data Analysis, 2nd ed., p. 64: agreements
/// over agreements and disagreements, counted code by code; that neither gave a code
/// ([`Ratings::absent`]) is neither.
pub fn miles_huberman(ratings: &Ratings) -> Coefficient {
    share(ratings, |given| given.both as f64 / given.either as f64)
}

/// Codes given, unit by unit: by both coders, and by either (by both counts once).
struct Given {
    both: u64,
    either: u64,
}

impl Given {
    fn of(table: &PairTable, absent: Option<u32>) -> Self {
        let is_code = |category: u32| u64::from(absent != Some(category));
        let mut given = Self { both: 0, either: 0 };
        for &(first, second, units) in &table.cells {
            if first == second {
                given.both += units * is_code(first);
                given.either += units * is_code(first);
            } else {
                given.either += units * (is_code(first) + is_code(second));
            }
        }
        given
    }
}

fn share(ratings: &Ratings, of: impl Fn(&Given) -> f64) -> Coefficient {
    if ratings.coders() != 2 {
        return Undefined::NotTwoCoders.into();
    }
    let table = ratings.pair_table(0, 1);
    if table.units == 0 {
        return Undefined::NoUnits.into();
    }
    let given = Given::of(&table, ratings.absent());
    if given.either == 0 {
        return Undefined::NeverGiven.into();
    }
    Coefficient::plain(of(&given), table.units)
}
