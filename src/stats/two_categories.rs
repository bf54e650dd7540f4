//! Measures of two coders and two categories, given or not: the four counts, what Byrt and others
//! say about prevalence and bias, and agreement on presence and absence apart.
//!
//! Which of two categories says that something is there is told by [`Ratings::positive`] (category 1 as built);
//! where nothing tells it, what depends on it does not exist.

use super::agreement::brennan_prediger;
use super::coefficient::{Coefficient, Undefined};
use super::ratings::Ratings;

/// How often both, one or none of two coders gave a code, over the units that both decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FourCounts {
    /// Units to which both gave it: a.
    pub both: u64,
    /// Units to which only the first coder gave it: b.
    pub only_first: u64,
    /// Units to which only the second coder gave it: c.
    pub only_second: u64,
    /// Units to which neither gave it: d.
    pub neither: u64,
}

impl FourCounts {
    /// The four counts of a table of two coders and two categories.
    ///
    /// # Errors
    /// With another number of coders or categories, or without a positive one, there are no four counts.
    pub fn of(ratings: &Ratings) -> Result<Self, Undefined> {
        if ratings.coders() != 2 {
            return Err(Undefined::NotTwoCoders);
        }
        if ratings.categories() != 2 {
            return Err(Undefined::NotTwoCategories);
        }
        let present = ratings.positive().ok_or(Undefined::NoPositive)?;
        let mut counts = Self { both: 0, only_first: 0, only_second: 0, neither: 0 };
        for &(first, second, units) in &ratings.pair_table(0, 1).cells {
            *match (first == present, second == present) {
                (true, true) => &mut counts.both,
                (true, false) => &mut counts.only_first,
                (false, true) => &mut counts.only_second,
                (false, false) => &mut counts.neither,
            } += units;
        }
        Ok(counts)
    }

    /// Units that both decided: n.
    pub fn units(&self) -> u64 {
        self.both + self.only_first + self.only_second + self.neither
    }
}

/// Kappa as it would be with both categories equally frequent and no bias: 2 pₐ − 1.
///
/// Byrt, T., Bishop, J. and Carlin, J. B. (1993), J. Clin. Epidemiol. 46(5), p. 423-429. It is
/// Brennan and Prediger's coefficient with q = 2, and so is its standard error; where that does not exist, neither does
/// this.
pub fn pabak(ratings: &Ratings) -> Coefficient {
    if ratings.coders() != 2 {
        return Undefined::NotTwoCoders.into();
    }
    match ratings.categories() {
        0..=2 => brennan_prediger(ratings),
        _ => Undefined::NotTwoCategories.into(),
    }
}

/// (a − d) / n: how far presence outweighs absence, from -1 to 1. Byrt, Bishop and Carlin (1993),
/// p. 423-429.
pub fn prevalence_index(ratings: &Ratings) -> Coefficient {
    index(ratings, |counts| (counts.both, counts.neither))
}

/// (b − c) / n: how much more often the first coder gave the code than the second, from -1 to 1.
/// Byrt, Bishop and Carlin (1993), p. 423-429.
pub fn bias_index(ratings: &Ratings) -> Coefficient {
    index(ratings, |counts| (counts.only_first, counts.only_second))
}

/// 2a / (2a + b + c) of one of two categories, whichever it is: agreement on that answer.
///
/// Cicchetti and Feinstein (1990), p. 551-558.
pub fn specific_agreement(ratings: &Ratings, category: u32) -> Coefficient {
    positive_agreement(&ratings.clone().with_positive(Some(category)))
}

/// 2a / (2a + b + c): agreement on presence alone.
///
/// Cicchetti, D. V. and Feinstein, A. R. (1990), J. Clin. Epidemiol. 43(6), p. 551-558.
pub fn positive_agreement(ratings: &Ratings) -> Coefficient {
    specific(ratings, |counts| counts.both, Undefined::NeverGiven)
}

/// 2d / (2d + b + c): agreement on absence alone.
///
/// Cicchetti, D. V. and Feinstein, A. R. (1990), J. Clin. Epidemiol. 43(6), p. 551-558.
pub fn negative_agreement(ratings: &Ratings) -> Coefficient {
    specific(ratings, |counts| counts.neither, Undefined::AlwaysGiven)
}

fn index(ratings: &Ratings, of: impl Fn(&FourCounts) -> (u64, u64)) -> Coefficient {
    let counts = match FourCounts::of(ratings) {
        Ok(counts) if counts.units() > 0 => counts,
        Ok(_) => return Undefined::NoUnits.into(),
        Err(reason) => return reason.into(),
    };
    let (more, less) = of(&counts);
    Coefficient::plain((more as f64 - less as f64) / counts.units() as f64, counts.units())
}

fn specific(ratings: &Ratings, of: impl Fn(&FourCounts) -> u64, nothing: Undefined) -> Coefficient {
    let counts = match FourCounts::of(ratings) {
        Ok(counts) if counts.units() > 0 => counts,
        Ok(_) => return Undefined::NoUnits.into(),
        Err(reason) => return reason.into(),
    };
    let agreed = 2 * of(&counts);
    let given = agreed + counts.only_first + counts.only_second;
    if given == 0 {
        return nothing.into();
    }
    Coefficient::plain(agreed as f64 / given as f64, counts.units())
}
