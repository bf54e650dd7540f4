//! Which words of one text are which of another, in order.

use std::collections::HashMap;

/// Products of lengths up to which two stretches without a common rare word are compared word by word.
const PATIENCE: usize = 1 << 20;

/// For each word of the old text its place in the new one, if it is there; places only grow.
///
/// Words that occur once in both texts are found first, as Bram Cohen's patience diff does, then what lies between
/// them is looked at the same way; what is left is compared word by word.
pub(super) fn align(old: &[u32], new: &[u32]) -> Vec<Option<usize>> {
    let mut found = vec![None; old.len()];
    let mut stretches = vec![(0, old.len(), 0, new.len())];
    while let Some((mut from, mut to, mut begin, mut end)) = stretches.pop() {
        while from < to && begin < end && old.get(from) == new.get(begin) {
            set(&mut found, from, begin);
            from += 1;
            begin += 1;
        }
        while from < to && begin < end && old.get(to - 1) == new.get(end - 1) {
            to -= 1;
            end -= 1;
            set(&mut found, to, end);
        }
        if from == to || begin == end {
            continue;
        }
        let (olds, news) = (slice(old, from, to), slice(new, begin, end));
        let anchors = increasing(&once_in_both(olds, news));
        if anchors.is_empty() {
            for (one, other) in word_by_word(olds, news) {
                set(&mut found, from + one, begin + other);
            }
            continue;
        }
        let (mut last, mut last_new) = (from, begin);
        for (one, other) in anchors {
            set(&mut found, from + one, begin + other);
            stretches.push((last, from + one, last_new, begin + other));
            (last, last_new) = (from + one + 1, begin + other + 1);
        }
        stretches.push((last, to, last_new, end));
    }
    found
}

fn set(found: &mut [Option<usize>], at: usize, to: usize) {
    if let Some(place) = found.get_mut(at) {
        *place = Some(to);
    }
}

fn slice(words: &[u32], from: usize, to: usize) -> &[u32] {
    words.get(from..to).unwrap_or_default()
}

/// Pairs of places of words that occur once in each stretch, in order of the first.
fn once_in_both(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut seen: HashMap<u32, [(u32, usize); 2]> = HashMap::new();
    for (which, words) in [old, new].into_iter().enumerate() {
        for (at, word) in words.iter().enumerate() {
            if let Some((count, place)) = seen.entry(*word).or_default().get_mut(which) {
                *count += 1;
                *place = at;
            }
        }
    }
    let once = |it: &[(u32, usize); 2]| it[0].0 == 1 && it[1].0 == 1;
    let mut pairs: Vec<(usize, usize)> = old
        .iter()
        .filter_map(|word| seen.get(word).filter(|it| once(it)).map(|it| (it[0].1, it[1].1)))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// The longest run of pairs in which both places grow.
fn increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // By length of run, the pair with the smallest end.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    let value = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for at in 0..pairs.len() {
        let length = ends.partition_point(|end| value(*end) < value(at));
        if let (Some(slot), Some(end)) = (before.get_mut(at), length.checked_sub(1)) {
            *slot = ends.get(end).copied();
        }
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::new();
    let mut at = ends.last().copied();
    while let Some(place) = at {
        run.extend(pairs.get(place));
        at = before.get(place).copied().flatten();
    }
    run.reverse();
    run
}

/// A longest common run of words, where the stretches are short enough.
fn word_by_word(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > PATIENCE {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    let at = |longest: &[u32], one: usize, other: usize| {
        longest.get(one * width + other).copied().unwrap_or(0)
    };
    for (one, word) in old.iter().enumerate().rev() {
        for (other, there) in new.iter().enumerate().rev() {
            let best = if word == there {
                at(&longest, one + 1, other + 1) + 1
            } else {
                at(&longest, one + 1, other).max(at(&longest, one, other + 1))
            };
            if let Some(cell) = longest.get_mut(one * width + other) {
                *cell = best;
            }
        }
    }
    let (mut one, mut other) = (0, 0);
    let mut pairs = Vec::new();
    while one < old.len() && other < new.len() {
        if old.get(one) == new.get(other) {
            pairs.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if at(&longest, one + 1, other) >= at(&longest, one, other + 1) {
            one += 1;
        } else {
            other += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_found_around_what_was_changed_put_in_and_left_out() {
        let told = |old: &[u32], new: &[u32]| {
            let found = align(old, new);
            found
                .iter()
                .map(|it| it.map_or("-".to_owned(), |it| it.to_string()))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(told(&[1, 2, 3, 4], &[1, 2, 3, 4]), "0 1 2 3");
        assert_eq!(told(&[1, 2, 3, 4], &[1, 9, 3, 8, 4]), "0 - 2 4");
        assert_eq!(told(&[1, 1, 2, 1, 1], &[1, 2, 1]), "0 - 1 - 2");
        assert_eq!(told(&[1, 2], &[]), "- -");
    }

    proptest! {
        #[test]
        fn places_grow_and_hold_the_same_word(old in proptest::collection::vec(0u32..6, 0..40), new in proptest::collection::vec(0u32..6, 0..40)) {
            let found = align(&old, &new);
            let places: Vec<(usize, usize)> =
                found.iter().enumerate().filter_map(|(at, to)| to.map(|to| (at, to))).collect();
            prop_assert!(places.windows(2).all(|pair| pair[0].1 < pair[1].1));
            prop_assert!(places.iter().all(|(at, to)| old[*at] == new[*to]));
        }
    }
}
