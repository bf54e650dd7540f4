//! How far each of very many sets is from all others together, without looking at every pair.
//!
//! A distance between two sets depends on their sizes and on how many codes they share. How many sets of a size share so many
//! with a given one follows from how many hold each of its subsets, by inclusion and exclusion: of sets of a few codes each,
//! that takes steps in proportion to their number.

use std::collections::HashMap;

use super::answers::SetDistance;

/// Subsets by number: the empty one is 0, and each other is one before it with a code more.
#[derive(Default)]
struct Subsets {
    longer: HashMap<(u32, u32), u32>,
    /// Per subset how often the sets that hold it were given, by their size.
    held: Vec<Vec<f64>>,
}

impl Subsets {
    /// Hands over each subset of a set by its number and size.
    fn each(&mut self, set: &[u32], found: &mut impl FnMut(&mut Vec<f64>, usize)) {
        if self.held.is_empty() {
            self.held.push(Vec::new());
        }
        self.from(0, 0, set, found);
    }

    fn from(
        &mut self,
        subset: u32,
        size: usize,
        rest: &[u32],
        found: &mut impl FnMut(&mut Vec<f64>, usize),
    ) {
        if let Some(held) = self.held.get_mut(subset as usize) {
            found(held, size);
        }
        for (nth, code) in rest.iter().enumerate() {
            let next = self.held.len() as u32;
            let longer = *self.longer.entry((subset, *code)).or_insert(next);
            if longer == next {
                self.held.push(Vec::new());
            }
            self.from(longer, size + 1, rest.get(nth + 1..).unwrap_or_default(), found);
        }
    }
}

/// Whether sets have so few codes that it takes fewer steps than all pairs do.
pub(super) fn is_cheaper<'a>(sets: impl Iterator<Item = &'a [u32]> + Clone) -> bool {
    const STEP: u64 = 64; // a subset is looked up, a pair is a few words of bits
    let number = sets.clone().count() as u64;
    let subsets = |set: &[u32]| 1 << set.len().min(32);
    sets.map(subsets).fold(0, u64::saturating_add).saturating_mul(STEP) < number * number
}

/// Σ_k n_k d(c, k) for each of some sets, each in ascending order, with how often they were given.
pub(super) fn distances_to_all(sets: &[(&[u32], f64)], distance: SetDistance) -> Vec<f64> {
    let mut subsets = Subsets::default();
    for (set, times) in sets {
        subsets.each(set, &mut |held, _| {
            if held.len() <= set.len() {
                held.resize(set.len() + 1, 0.0);
            }
            if let Some(held) = held.get_mut(set.len()) {
                *held += times;
            }
        });
    }
    let largest = sets.iter().map(|(set, _)| set.len()).max().unwrap_or(0);
    let of = |(set, _): &(&[u32], f64)| {
        // For each size of set, over the subsets of each size, how often sets hold them.
        let mut sums = vec![vec![0.0; set.len() + 1]; largest + 1];
        subsets.each(set, &mut |held, size| {
            for (sums, held) in sums.iter_mut().zip(held.iter()) {
                if let Some(sum) = sums.get_mut(size) {
                    *sum += *held;
                }
            }
        });
        let sums = (0_u32..).zip(&sums);
        sums.map(|(size, sums)| to_size(set.len() as u32, size, sums, distance)).sum()
    };
    sets.iter().map(of).collect()
}

/// The summed distance to the sets of one size: of those, `sums[j]` counts each as often as it holds a subset of j codes, so that
/// Σ_j (−1)^(j−b) C(j, b) sums[j] of them share b codes. All are whole numbers, and exact.
fn to_size(own: u32, size: u32, sums: &[f64], distance: SetDistance) -> f64 {
    let mut total = 0.0;
    for both in 0..=own.min(size) {
        let (mut times, mut choices, mut sign) = (0.0, 1.0, 1.0);
        for (j, sum) in (0_u32..).zip(sums).skip(both as usize) {
            times += sign * choices * sum;
            sign = -sign;
            choices = choices * f64::from(j + 1) / f64::from(j + 1 - both);
        }
        total += times * distance.of_sizes(own, size, both);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_what_all_pairs_give(
            sets in proptest::collection::btree_map(
                proptest::collection::btree_set(0_u32..9, 0..6), 1_u32..9, 0..40
            ),
        ) {
            let sets: Vec<(Vec<u32>, f64)> =
                sets.into_iter().map(|(set, times)| (set.into_iter().collect(), f64::from(times))).collect();
            let given: Vec<(&[u32], f64)> = sets.iter().map(|(set, times)| (set.as_slice(), *times)).collect();
            for distance in [SetDistance::Jaccard, SetDistance::Masi] {
                for (all, (set, _)) in distances_to_all(&given, distance).iter().zip(&given) {
                    let pairs: f64 = given.iter().map(|(other, times)| times * distance.between(set, other)).sum();
                    prop_assert!((all - pairs).abs() < 1e-9, "{:?}: {} {}", set, all, pairs);
                }
            }
        }
    }

    #[test]
    fn ten_thousand_sets_of_a_few_codes_need_no_look_at_every_pair() {
        let few: Vec<Vec<u32>> = (0..10_000_u32).map(|it| vec![it % 50, 50 + it / 50]).collect();
        assert!(is_cheaper(few.iter().map(Vec::as_slice)));
        let given: Vec<(&[u32], f64)> = few.iter().map(|set| (set.as_slice(), 1.0)).collect();
        let all = distances_to_all(&given, SetDistance::Jaccard);
        // 49 others share the one code, 199 the other: two thirds away; the rest share nothing.
        let expected = (49.0 + 199.0) * 2.0 / 3.0 + 10_000.0 - 249.0;
        assert!(all.iter().all(|it| (it - expected).abs() < 1e-6), "{:?}", all.first());
        let large: Vec<Vec<u32>> = (0..100_u32).map(|it| (it..it + 30).collect()).collect();
        assert!(!is_cheaper(large.iter().map(Vec::as_slice)));
    }
}
