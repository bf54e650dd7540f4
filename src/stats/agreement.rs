//! Percent agreement, and the coefficients that correct it by one chance term for any number of
//! coders: Brennan and Prediger, Gwet's AC1, Fleiss' kappa and Conger's kappa, with Gwet's standard
//! errors.
//!
//! All follow Gwet, K. L. (2014), Handbook of Inter-Rater Reliability, 4th ed., chapters 2, 4 and
//! 5, as his package irrCAC computes them: a unit that one coder alone coded shapes the chance term
//! but no agreement; the interval is Student's t, its upper limit cut at 1.

use super::coefficient::{Coefficient, Estimate, Undefined};
use super::ratings::{Ratings, Tally};
use super::student::student_t_95;

/// The share of pairs of coders who chose the same category, averaged over units that two or more
/// coded.
///
/// Pairwise as in Fleiss, J. L. (1971), Psychol. Bull. 76(5), p. 379; standard error: Gwet (2014),
/// ch. 5.
pub fn percent_agreement(ratings: &Ratings) -> Coefficient {
    let Some(observed) = Observed::of(ratings) else { return Undefined::NoUnits.into() };
    let scale = observed.units / observed.paired;
    observed.estimate(
        observed.agreement,
        ratings.tallies().map(|tally| (scale * agreement(&tally), tally.units)),
    )
}

/// Every category is equally likely by chance: pₑ = 1/q.
///
/// Brennan, R. L. and Prediger, D. J. (1981), Educ. Psychol. Meas. 41(3), p. 687-699; equal to
/// Bennett's S and to Randolph's free-marginal kappa. Standard error: Gwet (2014), ch. 5.
pub fn brennan_prediger(ratings: &Ratings) -> Coefficient {
    let Some(observed) = Observed::of(ratings) else { return Undefined::NoUnits.into() };
    if ratings.categories() < 2 {
        return Undefined::NoVariation.into();
    }
    observed.corrected(ratings, 1.0 / ratings.categories() as f64, None)
}

/// Chance agreement arises on units that are hard to code: pₑ = Σ πₖ (1 − πₖ) / (q − 1).
///
/// Gwet, K. L. (2008), Br. J. Math. Stat. Psychol. 61(1), p. 29-48; standard error: Gwet (2014),
/// ch. 5.
pub fn gwet_ac1(ratings: &Ratings) -> Coefficient {
    let Some(observed) = Observed::of(ratings) else { return Undefined::NoUnits.into() };
    if ratings.categories() < 2 {
        return Undefined::NoVariation.into();
    }
    let shares = shares(ratings, observed.units);
    let others = (ratings.categories() - 1) as f64;
    let chance = shares.iter().map(|share| share * (1.0 - share)).sum::<f64>() / others;
    let weights: Vec<f64> = shares.iter().map(|share| (1.0 - share) / others).collect();
    observed.corrected(ratings, chance, Some(&weights))
}

/// All coders draw from one distribution: pₑ = Σ πₖ².
///
/// Fleiss, J. L. (1971), Psychol. Bull. 76(5), p. 379-380; with missing answers and the standard
/// error as in Gwet (2014), ch. 5.
pub fn fleiss_kappa(ratings: &Ratings) -> Coefficient {
    let Some(observed) = Observed::of(ratings) else { return Undefined::NoUnits.into() };
    if ratings.categories_in_use() < 2 {
        return Undefined::NoVariation.into();
    }
    let shares = shares(ratings, observed.units);
    let chance = shares.iter().map(|share| share * share).sum();
    observed.corrected(ratings, chance, Some(&shares))
}

/// Each coder draws from a distribution of her own: pₑ is the mean over pairs of coders of Σ pₖ
/// pₖ′.
///
/// Conger, A. J. (1980), Psychol. Bull. 88(2), p. 322-328; with missing answers and the standard
/// error as in Gwet (2014), ch. 5. For two coders without missing answers it is Cohen's kappa. A
/// coder who coded nothing is left out.
pub fn conger_kappa(ratings: &Ratings) -> Coefficient {
    let Some(observed) = Observed::of(ratings) else { return Undefined::NoUnits.into() };
    if ratings.categories_in_use() < 2 {
        return Undefined::NoVariation.into();
    }
    let marginals = Marginals::of(ratings);
    let chance = marginals.chance();
    let coefficient = (observed.agreement - chance) / (1.0 - chance);
    if !observed.wants_precision {
        return Coefficient::plain(coefficient, observed.paired as u64);
    }
    let leverage = marginals.leverage(observed.units);
    let scores = ratings.tallies().zip(ratings.rows()).map(|(tally, (row, units))| {
        let unit_chance = leverage.of_row(row);
        (observed.score(&tally, chance, coefficient, unit_chance), units)
    });
    observed.estimate(coefficient, scores)
}

/// Pairs of coders who agree on a unit over pairs of coders who coded it; 0 for a single one.
fn agreement(tally: &Tally<'_>) -> f64 {
    if tally.coded < 2 {
        return 0.0;
    }
    let agreeing: u64 =
        tally.chosen.iter().map(|&(_, coders)| u64::from(coders) * u64::from(coders - 1)).sum();
    agreeing as f64 / (f64::from(tally.coded) * f64::from(tally.coded - 1))
}

/// πₖ: how often category k is chosen on a unit, averaged over coded units.
fn shares(ratings: &Ratings, units: f64) -> Vec<f64> {
    let mut shares = vec![0.0; ratings.categories()];
    for tally in ratings.tallies() {
        let weight = tally.units as f64 / f64::from(tally.coded);
        for &(category, coders) in tally.chosen {
            shares[category as usize] += weight * f64::from(coders);
        }
    }
    shares.iter_mut().for_each(|share| *share /= units);
    shares
}

/// What all coefficients of this family start from.
struct Observed {
    /// Units with at least one answer, n.
    units: f64,
    /// Units with at least two, n′.
    paired: f64,
    /// pₐ.
    agreement: f64,
    /// Whether a standard error is of use.
    wants_precision: bool,
}

impl Observed {
    fn of(ratings: &Ratings) -> Option<Self> {
        let (mut units, mut paired, mut agreed) = (0, 0, 0.0);
        for tally in ratings.tallies() {
            units += tally.units;
            if tally.coded >= 2 {
                paired += tally.units;
                agreed += tally.units as f64 * agreement(&tally);
            }
        }
        (paired > 0).then(|| Self {
            units: units as f64,
            paired: paired as f64,
            agreement: agreed / paired as f64,
            wants_precision: ratings.wants_precision(),
        })
    }

    /// (pₐ − pₑ) / (1 − pₑ), where a unit's own part in pₑ is the mean of `weights` over its
    /// answers (`None`: pₑ is a constant).
    fn corrected(&self, ratings: &Ratings, chance: f64, weights: Option<&[f64]>) -> Coefficient {
        let coefficient = (self.agreement - chance) / (1.0 - chance);
        let scores = ratings.tallies().map(|tally| {
            let unit_chance = weights.map_or(chance, |weights| {
                let sum: f64 = tally
                    .chosen
                    .iter()
                    .map(|&(k, coders)| weights[k as usize] * f64::from(coders))
                    .sum();
                sum / f64::from(tally.coded)
            });
            (self.score(&tally, chance, coefficient, unit_chance), tally.units)
        });
        self.estimate(coefficient, scores)
    }

    /// A unit's score, whose mean over units is the coefficient: the linear part of its sampling
    /// error (Gwet 2014, ch. 5).
    fn score(&self, tally: &Tally<'_>, chance: f64, coefficient: f64, unit_chance: f64) -> f64 {
        let own = if tally.coded >= 2 {
            (agreement(tally) - chance) * self.units / self.paired
        } else {
            0.0
        };
        (own - 2.0 * (1.0 - coefficient) * (unit_chance - chance)) / (1.0 - chance)
    }

    /// The coefficient with the standard error of the mean of its scores.
    fn estimate(&self, value: f64, scores: impl Iterator<Item = (f64, u64)>) -> Coefficient {
        let n = self.paired as u64;
        if self.units < 2.0 || !self.wants_precision {
            return Coefficient::plain(value, n);
        }
        let squares: f64 =
            scores.map(|(score, units)| units as f64 * (score - value) * (score - value)).sum();
        let se = libm::sqrt(squares / (self.units * (self.units - 1.0)));
        Coefficient::Value(Estimate {
            value,
            se: Some(se),
            ci95: t_interval(value, se, self.units as u64 - 1),
            n,
        })
    }
}

/// value ∓ t se, the upper limit cut at 1 as irrCAC does.
pub(super) fn t_interval(value: f64, se: f64, df: u64) -> Option<(f64, f64)> {
    let t = student_t_95(df)?;
    Some((value - t * se, (value + t * se).min(1.0)))
}

/// pgk: which share of coder g's answers is category k, for coders who answered at all.
struct Marginals {
    /// Per coder one share per category.
    shares: Vec<Vec<f64>>,
    /// Per coder how many units she coded.
    coded: Vec<f64>,
    /// Sum over coders per category.
    totals: Vec<f64>,
}

/// What an answer adds to its unit's part in the chance term.
struct Leverage {
    answered: Vec<Vec<f64>>,
    missing: Vec<f64>,
    pairs: f64,
}

impl Marginals {
    fn of(ratings: &Ratings) -> Self {
        let mut counts = vec![vec![0u64; ratings.categories()]; ratings.coders()];
        for (row, units) in ratings.rows() {
            for (coder, cell) in row.iter().enumerate() {
                if let Some(category) = cell.checked_sub(1) {
                    counts[coder][category as usize] += units;
                }
            }
        }
        let coded: Vec<f64> = counts.iter().map(|own| own.iter().sum::<u64>() as f64).collect();
        let share = |count: u64, all: f64| if all > 0.0 { count as f64 / all } else { 0.0 };
        let shares: Vec<Vec<f64>> = counts
            .iter()
            .zip(&coded)
            .map(|(own, &all)| own.iter().map(|&count| share(count, all)).collect())
            .collect();
        let totals =
            (0..ratings.categories()).map(|k| shares.iter().map(|own| own[k]).sum()).collect();
        Self { shares, coded, totals }
    }

    /// Ordered pairs of different coders who answered at all.
    fn pairs(&self) -> f64 {
        let coders = self.coded.iter().filter(|&&units| units > 0.0).count() as f64;
        coders * (coders - 1.0)
    }

    /// Σₖ pgk (Tₖ − pgk): how coder g agrees by chance with the others together.
    fn with_others(&self, coder: usize) -> f64 {
        self.shares[coder].iter().zip(&self.totals).map(|(own, total)| own * (total - own)).sum()
    }

    fn chance(&self) -> f64 {
        (0..self.shares.len()).map(|coder| self.with_others(coder)).sum::<f64>() / self.pairs()
    }

    /// irrCAC's λ, in the form that needs one look per answer: (n/n_g) (Tₖ − pgk − (ε − n_g/n) Bg).
    fn leverage(&self, units: f64) -> Leverage {
        let (mut answered, mut missing) = (Vec::new(), Vec::new());
        for (coder, &coded) in self.coded.iter().enumerate() {
            let scale = if coded > 0.0 { units / coded } else { 0.0 };
            let (own, mean) = (&self.shares[coder], self.with_others(coder));
            let given = |k: usize| scale * (self.totals[k] - own[k] - mean) + mean;
            answered.push((0..own.len()).map(given).collect());
            missing.push(if coded > 0.0 { mean } else { 0.0 });
        }
        Leverage { answered, missing, pairs: self.pairs() }
    }
}

impl Leverage {
    fn of_row(&self, row: &[u32]) -> f64 {
        let parts = row.iter().enumerate().map(|(coder, cell)| match cell.checked_sub(1) {
            Some(category) => self.answered[coder][category as usize],
            None => self.missing[coder],
        });
        parts.sum::<f64>() / self.pairs
    }
}
