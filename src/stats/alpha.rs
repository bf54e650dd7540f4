//! Krippendorff's alpha for categories: any number of coders, missing answers, a sample as small as
//! it is.
//!
//! Krippendorff, K. (2004), Content Analysis, 2nd ed., ch. 11; Krippendorff, K. (2011), Computing
//! Krippendorff's Alpha-Reliability. Standard error: Gwet (2014), Handbook of Inter-Rater
//! Reliability, 4th ed., ch. 5, as irrCAC for R computes it.

use super::agreement::t_interval;
use super::coefficient::{Coefficient, Estimate, Undefined};
use super::ratings::{Ratings, Tally};

/// α = 1 − Dₒ / Dₑ, where two different categories differ by 1.
///
/// Krippendorff (2004), p. 221-236. Only units with two answers or more enter; values are paired
/// within units, weighted by 1 / (m − 1), and expected disagreement is drawn without replacement
/// from all paired values.
pub fn krippendorff_alpha(ratings: &Ratings) -> Coefficient {
    let values = paired_values(ratings);
    let all: f64 = values.iter().sum();
    let to_all: Vec<f64> = values.iter().map(|count| all - count).collect();
    let groups = paired(ratings).map(|tally| {
        let same: u64 =
            tally.chosen.iter().map(|&(_, coders)| u64::from(coders) * u64::from(coders)).sum();
        let pairs = u64::from(tally.coded) * u64::from(tally.coded);
        Group::of(&tally, (pairs - same) as f64, &to_all)
    });
    alpha_of(groups, coded_units(ratings))
}

/// α of each category against all others together, in the order of the categories.
///
/// Krippendorff (2004), ch. 11, on each category's own given-or-not; one that no paired answer
/// holds is undefined.
pub fn krippendorff_alpha_by_category(ratings: &Ratings) -> Vec<Coefficient> {
    let coded_units = coded_units(ratings);
    let mut choices: Vec<(u32, u32, u32, u64)> = Vec::new();
    let mut units_by_coded: Vec<(u32, u64)> = Vec::new();
    for tally in paired(ratings) {
        units_by_coded.push((tally.coded, tally.units));
        choices.extend(
            tally
                .chosen
                .iter()
                .map(|&(category, coders)| (category, tally.coded, coders, tally.units)),
        );
    }
    let units_by_coded = merged(units_by_coded);
    let choices = merged(
        choices.into_iter().map(|(k, coded, chose, units)| ((k, coded, chose), units)).collect(),
    );
    let mut rest = choices.as_slice();
    let categories = 0..ratings.categories() as u32;
    categories
        .map(|category| {
            let (own, others) = rest.split_at(rest.partition_point(|&((k, ..), _)| k <= category));
            rest = others;
            alpha_of_one(own, &units_by_coded, coded_units)
        })
        .collect()
}

/// α of one category from how often it was chosen: ((category, answers to the unit, of which this
/// category), units).
fn alpha_of_one(
    own: &[((u32, u32, u32), u64)],
    units_by_coded: &[(u32, u64)],
    coded_units: Option<u64>,
) -> Coefficient {
    let all: f64 =
        units_by_coded.iter().map(|&(coded, units)| f64::from(coded) * units as f64).sum();
    let given: f64 =
        own.iter().map(|&((_, _, chose), units)| f64::from(chose) * units as f64).sum();
    let group = |coded: u32, chose: u32, units: u64| Group {
        units,
        coded,
        within: 2.0 * f64::from(chose) * f64::from(coded - chose),
        to_all: f64::from(chose) * (all - given) + f64::from(coded - chose) * given,
    };
    let chosen = own.iter().map(|&((_, coded, chose), units)| group(coded, chose, units));
    let unchosen = units_by_coded.iter().map(|&(coded, units)| {
        let elsewhere: u64 =
            own.iter().filter(|((_, of, _), _)| *of == coded).map(|&(_, units)| units).sum();
        group(coded, 0, units - elsewhere)
    });
    alpha_of(chosen.chain(unchosen), coded_units)
}

/// Equal keys added up, in order.
fn merged<Key: Ord>(mut counts: Vec<(Key, u64)>) -> Vec<(Key, u64)> {
    counts.sort_unstable();
    counts.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    counts
}

/// Units that anybody coded, for the degrees of freedom; `None` where a standard error is of no
/// use.
pub(super) fn coded_units(ratings: &Ratings) -> Option<u64> {
    ratings.wants_precision().then(|| ratings.coded_units())
}

/// Units with two answers or more.
pub(super) fn paired(ratings: &Ratings) -> impl Iterator<Item = Tally<'_>> + Clone {
    ratings.tallies().filter(|tally| tally.coded >= 2)
}

/// n_c: how often each value occurs in units with two answers or more.
pub(super) fn paired_values(ratings: &Ratings) -> Vec<f64> {
    let mut values = vec![0.0; ratings.categories()];
    for tally in paired(ratings) {
        for &(value, coders) in tally.chosen {
            values[value as usize] += tally.units as f64 * f64::from(coders);
        }
    }
    values
}

/// Units alike in all that alpha asks about them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    units: u64,
    /// How many coders answered: m, at least two.
    coded: u32,
    /// The summed distance over ordered pairs of the unit's answers.
    within: f64,
    /// The summed distance of the unit's answers to all paired answers of the table.
    to_all: f64,
}

impl Group {
    /// Units of one tally, where `distance_to_all[c]` = Σ_k n_k d(c, k).
    pub(super) fn of(tally: &Tally<'_>, within: f64, distance_to_all: &[f64]) -> Self {
        let to_all = tally
            .chosen
            .iter()
            .map(|&(c, coders)| distance_to_all[c as usize] * f64::from(coders))
            .sum();
        Self { units: tally.units, coded: tally.coded, within, to_all }
    }
}

/// Alpha with its standard error; `coded_units` counts the units that one coder alone coded too.
///
/// The standard error is that of irrCAC-R 1.4, with its terms gathered: with e = Σ πₖ πₗ dₖₗ, a
/// unit's own disagreement u, the mean ū of it, its share ρ of the answers and its mean distance v
/// to all values, a unit's score lies (2 ū v / e − u − ū ρ) / e from the mean.
pub(super) fn alpha_of(
    groups: impl Iterator<Item = Group> + Clone,
    coded_units: Option<u64>,
) -> Coefficient {
    let (mut n, mut all, mut expected, mut observed) = (0, 0.0, 0.0, 0.0);
    for group in groups.clone() {
        let units = group.units as f64;
        n += group.units;
        all += units * f64::from(group.coded);
        expected += units * group.to_all;
        observed += units * group.within / f64::from(group.coded - 1);
    }
    if n == 0 {
        return Undefined::NoUnits.into();
    }
    if expected <= 0.0 {
        return Undefined::NoVariation.into();
    }
    let value = 1.0 - observed * (all - 1.0) / expected;
    let Some(coded_units) = coded_units.filter(|_| n >= 2) else {
        return Coefficient::plain(value, n);
    };
    let units = n as f64;
    let per_unit = all / units;
    let chance = expected / (all * all);
    let mean = observed / all;
    let squares: f64 = groups
        .map(|group| {
            let to_all = group.to_all / (all * per_unit);
            let own = group.within / (f64::from(group.coded - 1) * per_unit);
            let share = f64::from(group.coded) / per_unit;
            let distance = (2.0 * mean * to_all / chance - own - mean * share) / chance;
            group.units as f64 * distance * distance
        })
        .sum();
    let se = libm::sqrt(squares / (units * (units - 1.0)));
    let ci95 = t_interval(value, se, coded_units - 1);
    Coefficient::Value(Estimate { value, se: Some(se), ci95, n })
}
