//! The distinct sets of codes that coders gave, and how far they are from each other.

use std::sync::OnceLock;

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

    /// The distance from the sizes of both sets and of what they share.
    pub(super) fn of_sizes(self, one: u32, other: u32, both: u32) -> f64 {
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

/// Up to so many distinct answers all their distances are kept, when they are needed again and
/// again.
const KEPT_UP_TO: usize = 2000;

/// Distinct answers, each a set of codes in ascending order, in the order of the sets.
#[derive(Debug)]
pub(super) struct Answers {
    sets: Vec<Vec<u32>>,
    /// The sets as bits, so that the common codes of two sets are counted 64 at a time.
    bits: Vec<u64>,
    /// How many words of bits a set has.
    words: usize,
    sizes: Vec<u32>,
    jaccard: OnceLock<Vec<f64>>,
    masi: OnceLock<Vec<f64>>,
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.sets == other.sets
    }
}

impl Answers {
    /// Of sets that are sorted and distinct.
    pub(super) fn new(sets: Vec<Vec<u32>>) -> Self {
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
        let sizes = sets.iter().map(|set| set.len() as u32).collect();
        Self { sets, bits, words, sizes, jaccard: OnceLock::new(), masi: OnceLock::new() }
    }

    pub(super) fn sets(&self) -> &[Vec<u32>] {
        &self.sets
    }

    /// The distance between two answers, by their places.
    pub(super) fn distance(&self, distance: SetDistance, one: usize, other: usize) -> f64 {
        let row = |set: usize| &self.bits[set * self.words..(set + 1) * self.words];
        let both = row(one).iter().zip(row(other)).map(|(a, b)| (a & b).count_ones()).sum();
        distance.of_sizes(self.sizes[one], self.sizes[other], both)
    }

    /// All distances, one row per answer, computed once; none where there are too many answers.
    pub(super) fn distances(&self, distance: SetDistance) -> Option<&[f64]> {
        if self.sets.len() > KEPT_UP_TO {
            return None;
        }
        let kept = match distance {
            SetDistance::Jaccard => &self.jaccard,
            SetDistance::Masi => &self.masi,
        };
        let all = 0..self.sets.len();
        let row = |one: usize| all.clone().map(move |other| self.distance(distance, one, other));
        Some(kept.get_or_init(|| all.clone().flat_map(row).collect()))
    }
}
