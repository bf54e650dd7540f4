//! Krippendorff's alpha for answers that are sets of codes, with the distances of Jaccard and MASI.
//!
//! Passonneau, R. (2006), Measuring agreement on set-valued items (MASI), LREC, p. 831-836; the
//! coefficient is Krippendorff's (2004), ch. 11, with a distance between sets in place of equal or
//! different.

use super::alpha::{Group, alpha_of, coded_units, paired, paired_values};
use super::coefficient::Coefficient;
use super::set_ratings::SetRatings;

/// How far two sets of codes are from each other: 0 for equal ones, 1 for those that share nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetDistance {
    /// 1 − |A ∩ B| / |A ∪ B|. Jaccard, P. (1912), New Phytol. 11(2), p. 37-50.
    Jaccard,
    /// 1 − J M, where J is Jaccard's index and M is 1 for equal sets, 2/3 where one holds the
    /// other, 1/3 where they overlap. Passonneau (2006), p. 831-836.
    Masi,
}

impl SetDistance {
    /// The distance between two sets, each in ascending order without repetition; two empty sets
    /// are equal.
    pub fn between(self, one: &[u32], other: &[u32]) -> f64 {
        let (mut i, mut j, mut both) = (0, 0, 0);
        while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
            both += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        self.of_sizes(one.len() as u32, other.len() as u32, both as u32)
    }

    fn of_sizes(self, one: u32, other: u32, both: u32) -> f64 {
        let either = one + other - both;
        if either == both {
            return 0.0;
        }
        // One fraction throughout, so that a distance has one rounding and equal distances are
        // equal numbers.
        let (weight, of) = match self {
            Self::Jaccard => (1, 1),
            Self::Masi if both == one || both == other => (2, 3),
            Self::Masi => (1, 3),
        };
        let (below, above) = (u64::from(either) * of, u64::from(both) * weight);
        (below - above) as f64 / below as f64
    }
}

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
    let sets = Bits::of(ratings.answers());
    let mut to_all = vec![0.0; values.len()];
    let used: Vec<usize> = (0..values.len()).filter(|&c| values[c] > 0.0).collect();
    for (nth, &c) in used.iter().enumerate() {
        for &k in &used[nth + 1..] {
            let d = sets.distance(distance, c, k);
            to_all[c] += values[k] * d;
            to_all[k] += values[c] * d;
        }
    }
    let groups = paired(whole).map(|tally| {
        let within = sets.within(distance, tally.chosen);
        Group::of(&tally, within, &to_all)
    });
    alpha_of(groups, coded_units(whole))
}

/// Sets as bits, so that the common codes of two sets are counted 64 at a time.
struct Bits {
    words: usize,
    bits: Vec<u64>,
    sizes: Vec<u32>,
}

impl Bits {
    fn of(sets: &[Vec<u32>]) -> Self {
        // Codes are numbered anew by use: an index may be large without there being many.
        let mut codes: Vec<u32> = sets.iter().flatten().copied().collect();
        codes.sort_unstable();
        codes.dedup();
        let words = codes.len().div_ceil(64);
        let mut bits = vec![0; words * sets.len()];
        for (set, row) in sets.iter().zip(bits.chunks_mut(words.max(1))) {
            for place in set.iter().filter_map(|code| codes.binary_search(code).ok()) {
                row[place / 64] |= 1 << (place % 64);
            }
        }
        Self { words, bits, sizes: sets.iter().map(|set| set.len() as u32).collect() }
    }

    fn distance(&self, distance: SetDistance, one: usize, other: usize) -> f64 {
        let row = |set: usize| &self.bits[set * self.words..(set + 1) * self.words];
        let both = row(one).iter().zip(row(other)).map(|(a, b)| (a & b).count_ones()).sum();
        distance.of_sizes(self.sizes[one], self.sizes[other], both)
    }

    /// The summed distance over ordered pairs of one unit's answers.
    fn within(&self, distance: SetDistance, chosen: &[(u32, u32)]) -> f64 {
        let mut sum = 0.0;
        for (nth, &(c, coders)) in chosen.iter().enumerate() {
            for &(k, others) in &chosen[nth + 1..] {
                let d = self.distance(distance, c as usize, k as usize);
                sum += 2.0 * f64::from(coders) * f64::from(others) * d;
            }
        }
        sum
    }
}
