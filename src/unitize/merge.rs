//! Labels that name one person twice: `ADA POE` and `ADA POE, DIRECTOR`.

use std::collections::BTreeMap;

use super::evidence::Candidate;
use super::label::{base, key, shown};

/// For each accepted candidate the one that stands for it: itself, or an earlier one with the same full
/// name and another title after a comma or in brackets.
///
/// One word is no full name: `Ana (mother)` and `Ana (teacher)` stay two.
pub(super) fn same_person(all: &[Candidate], accepted: &[bool]) -> Vec<usize> {
    let mut by_base: BTreeMap<String, usize> = BTreeMap::new();
    let mut stands_for: Vec<usize> = (0..all.len()).collect();
    for (at, candidate) in all.iter().enumerate() {
        if !accepted.get(at).is_some_and(|it| *it) || candidate.shape.words < 2 {
            continue;
        }
        let full_name = key(base(&shown(&candidate.text)));
        let first = *by_base.entry(full_name).or_insert(at);
        if let Some(slot) = stands_for.get_mut(at) {
            *slot = first;
        }
    }
    stands_for
}
