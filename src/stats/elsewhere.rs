//! What others print for the same codings, where they reckon otherwise than the papers that they
//! name.
//!
//! Only what can be proved is here: a published formula, and worked figures that it reproduces.

use std::fmt;

use super::agreement::{conger_kappa, fleiss_kappa};
use super::alpha::krippendorff_alpha;
use super::coefficient::{Coefficient, Undefined};
use super::cohen::{cohen_kappa, kappa};
use super::measure::Measure;
use super::ratings::Ratings;
use super::ratings_builder::RatingsBuilder;
use super::set_ratings::SetRatings;

/// Who reckons otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The package irr 0.84.1 for R (Gamer, Lemon, Fellows and Singh, 2019).
    Irr,
    /// The script of Balash and others (2023), Educators' perspectives of using (or not using)
    /// online exam proctoring, USENIX Security; in the repository of its data.
    Balash2023,
}

impl Program {
    /// The name that the option takes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Irr => "irr",
            Self::Balash2023 => "balash2023",
        }
    }

    /// The measures that it prints, by the names that it gives them.
    pub fn measures(self) -> &'static [Measure] {
        match self {
            Self::Irr => &[
                Measure::CohenKappa,
                Measure::FleissKappa,
                Measure::CongerKappa,
                Measure::LightKappa,
                Measure::KrippendorffAlpha,
            ],
            Self::Balash2023 => &[Measure::CohenKappa],
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What irr 0.84.1 prints, without a standard error, for it has none; undefined where it prints NaN
/// or stops.
///
/// Its functions for Fleiss', Conger's (`exact = TRUE`) and Light's kappa drop every unit with a
/// missing answer, and the last has no value if a single pair of coders has none. `kripp.alpha`
/// weights a unit's pairs by 1 / (m − 1) only if an answer is missing somewhere, else by 1, which
/// is the same for two coders; it says 1 where every answer is the same one.
pub fn irr(measure: Measure, ratings: &Ratings) -> Coefficient {
    let found = match measure {
        Measure::CohenKappa => cohen_kappa(ratings),
        Measure::FleissKappa => fleiss_kappa(&complete(ratings)),
        Measure::CongerKappa => conger_kappa(&complete(ratings)),
        Measure::LightKappa => mean_of_all_pairs(&complete(ratings)),
        Measure::KrippendorffAlpha => kripp_alpha(ratings),
        _ => Undefined::NotForThisData.into(),
    };
    match found {
        Coefficient::Value(estimate) => Coefficient::plain(estimate.value, estimate.n),
        undefined => undefined,
    }
}

/// The units that all coders coded.
fn complete(ratings: &Ratings) -> Ratings {
    let mut builder = RatingsBuilder::new(ratings.coders(), ratings.categories());
    for (row, units) in ratings.patterns() {
        let row: Vec<Option<u32>> = row.collect();
        if row.iter().all(Option::is_some) {
            builder.add_many(&row, units);
        }
    }
    builder.finish()
}

fn mean_of_all_pairs(ratings: &Ratings) -> Coefficient {
    let (mut sum, mut pairs) = (0.0, 0u32);
    for first in 0..ratings.coders() {
        for second in first + 1..ratings.coders() {
            match kappa(&ratings.pair_table(first, second)) {
                Coefficient::Value(estimate) => sum += estimate.value,
                undefined => return undefined,
            }
            pairs += 1;
        }
    }
    Coefficient::plain(sum / f64::from(pairs.max(1)), ratings.paired_units())
}

fn kripp_alpha(ratings: &Ratings) -> Coefficient {
    let n = ratings.paired_units();
    if ratings.categories_in_use() == 1 {
        return Coefficient::plain(1.0, n);
    }
    let all = ratings.tallies().all(|tally| tally.coded as usize == ratings.coders());
    let right = krippendorff_alpha(ratings);
    let (Some(value), true) = (right.value(), all && ratings.uncoded_units() == 0) else {
        return right;
    };
    // α = 1 − Dₒ (N − 1) / Eₑ, where every coincidence and so N is (m − 1) times too large: what
    // remains is (N − 1 / (m − 1)) in place of (N − 1).
    let values = (n * ratings.coders() as u64) as f64;
    let others = ratings.coders() as f64 - 1.0;
    Coefficient::plain(1.0 - (1.0 - value) * (values - 1.0 / others) / (values - 1.0), n)
}

/// The kappa of Balash and others (2023), two coders: 1 − (1 − pₐ) / (1 − p_c), where pₐ is the
/// number of codes shared, unit by unit, over the larger of both coders' totals of codes, and p_c
/// the sum over codes of the product of their shares in either coder's total.
///
/// Only units to which both gave a code. What they call Cohen's kappa has codes given where
/// Cohen's has units.
pub fn balash2023(ratings: &SetRatings) -> Coefficient {
    let whole = ratings.whole_answers();
    if whole.coders() != 2 {
        return Undefined::NotTwoCoders.into();
    }
    let codes = ratings.answers().iter().flatten().map(|code| *code as usize + 1).max();
    let mut used = vec![[0u64; 2]; codes.unwrap_or(0)];
    let (mut shared, mut units) = (0, 0);
    for (one, other, n) in whole.pair_table(0, 1).cells {
        let of =
            |answer: u32| ratings.answers().get(answer as usize).map_or(&[][..], Vec::as_slice);
        let (one, other) = (of(one), of(other));
        if one.is_empty() || other.is_empty() {
            continue;
        }
        units += n;
        shared += n * one.iter().filter(|code| other.contains(code)).count() as u64;
        one.iter().for_each(|code| used[*code as usize][0] += n);
        other.iter().for_each(|code| used[*code as usize][1] += n);
    }
    if units == 0 {
        return Undefined::NoUnits.into();
    }
    let total = |coder: usize| used.iter().map(|of_code| of_code[coder]).sum::<u64>();
    let (first, second) = (total(0), total(1));
    let products: u128 = used.iter().map(|of| u128::from(of[0]) * u128::from(of[1])).sum();
    let all = u128::from(first) * u128::from(second);
    if products == all {
        return Undefined::NoVariation.into();
    }
    let apart = 1.0 - shared as f64 / first.max(second) as f64;
    Coefficient::plain(1.0 - apart / ((all - products) as f64 / all as f64), units)
}
