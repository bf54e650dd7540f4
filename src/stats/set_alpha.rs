//! Krippendorff's alpha for answers that are sets of codes, with the distances of Jaccard and MASI.
//!
//! Passonneau, R. (2006), Measuring agreement on set-valued items (MASI), LREC, p. 831-836; the
//! coefficient is Krippendorff's (2004), ch. 11, with a distance between sets in place of equal or
//! different.

use super::alpha::{Group, alpha_of, coded_units, paired, paired_values};
use super::answers::Answers;
pub use super::answers::SetDistance;
use super::coefficient::Coefficient;
use super::set_overlaps;
use super::set_ratings::SetRatings;

/// α with MASI distances between sets of codes; an empty set is an answer like any other.
///
/// Passonneau (2006), p. 831-836; standard error as for Krippendorff's alpha, with 1 − distance as
/// weights (Gwet 2014, ch. 5).
pub fn krippendorff_alpha_masi(ratings: &SetRatings) -> Coefficient {
    alpha(ratings, SetDistance::Masi)
}

/// α with Jaccard distances between sets of codes; an empty set is an answer like any other.
///
/// Krippendorff (2004), ch. 11, with the distance of Jaccard (1912); standard error as for
/// MASI.
pub fn krippendorff_alpha_jaccard(ratings: &SetRatings) -> Coefficient {
    alpha(ratings, SetDistance::Jaccard)
}

fn alpha(ratings: &SetRatings, distance: SetDistance) -> Coefficient {
    let whole = ratings.whole_answers();
    let values = paired_values(whole);
    let sets = ratings.sets();
    // A resample is one of thousands of the same answers: their distances are worth keeping.
    let kept = if whole.wants_precision() { None } else { sets.distances(distance) };
    let to_all = match kept {
        Some(distances) => distances_to_all(&values, distances),
        None => distances_to_all_in_use(&values, sets, distance),
    };
    let groups = paired(whole).map(|tally| {
        let within = within(sets, distance, tally.chosen);
        Group::of(&tally, within, &to_all)
    });
    alpha_of(groups, coded_units(whole))
}

/// Σ_k n_k d(c, k) for each answer c, from all distances, row by row.
fn distances_to_all(values: &[f64], distances: &[f64]) -> Vec<f64> {
    let mut to_all = vec![0.0; values.len()];
    for (&count, row) in values.iter().zip(distances.chunks_exact(values.len().max(1))) {
        if count > 0.0 {
            to_all.iter_mut().zip(row).for_each(|(sum, distance)| *sum += count * distance);
        }
    }
    to_all
}

/// More distinct answers than this are not compared pair by pair where there is a shorter way.
const MANY: usize = 2000;

/// The same, where only answers that somebody gave are looked at, each pair once.
fn distances_to_all_in_use(values: &[f64], sets: &Answers, distance: SetDistance) -> Vec<f64> {
    let mut to_all = vec![0.0; values.len()];
    let used: Vec<usize> = (0..values.len()).filter(|&c| values[c] > 0.0).collect();
    let given = used.iter().map(|&c| (sets.sets()[c].as_slice(), values[c]));
    if used.len() > MANY && set_overlaps::is_cheaper(given.clone().map(|(set, _)| set)) {
        let sums = set_overlaps::distances_to_all(&given.collect::<Vec<_>>(), distance);
        used.into_iter().zip(sums).for_each(|(c, sum)| to_all[c] = sum);
        return to_all;
    }
    for (nth, &c) in used.iter().enumerate() {
        for &k in &used[nth + 1..] {
            let apart = sets.distance(distance, c, k);
            to_all[c] += values[k] * apart;
            to_all[k] += values[c] * apart;
        }
    }
    to_all
}

/// The summed distance over ordered pairs of one unit's answers.
fn within(sets: &Answers, distance: SetDistance, chosen: &[(u32, u32)]) -> f64 {
    let mut sum = 0.0;
    for (nth, &(c, coders)) in chosen.iter().enumerate() {
        for &(k, others) in &chosen[nth + 1..] {
            let apart = sets.distance(distance, c as usize, k as usize);
            sum += 2.0 * f64::from(coders) * f64::from(others) * apart;
        }
    }
    sum
}
