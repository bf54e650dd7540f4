//! Labels that name one person twice: `ADA POE` and `ADA POE, DIRECTOR`.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::label::{Form, Lead};
use super::shape::{base, key, shown};
use crate::read::block::Block;

/// For each accepted candidate the one that stands for it: itself, or an earlier one with the same full
/// name and another title after a comma or in brackets.
///
/// One word is no full name: `Ana (mother)` and `Ana (teacher)` stay two; but `Kim (whispering)` is `Kim` where
/// `Kim` alone is a label too and what stands in brackets is no name or number.
pub(super) fn same_person(all: &[Candidate], accepted: &[bool]) -> Vec<usize> {
    let mut by_base: BTreeMap<String, usize> = BTreeMap::new();
    let mut stands_for: Vec<usize> = (0..all.len()).collect();
    let by_key: BTreeMap<&str, usize> = all
        .iter()
        .enumerate()
        .filter(|(at, _)| accepted.get(*at).is_some_and(|it| *it))
        .map(|(at, it)| (it.key.as_str(), at))
        .collect();
    for (at, candidate) in all.iter().enumerate() {
        if !accepted.get(at).is_some_and(|it| *it) {
            continue;
        }
        if let Some(name) = without_remark(&candidate.text).and_then(|it| by_key.get(it.as_str())) {
            if let Some(slot) = stands_for.get_mut(at) {
                *slot = *name;
            }
            continue;
        }
        if candidate.shape.words < 2 {
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

/// The key of a label without the remark in brackets at its end: in small letters, and no number.
fn without_remark(label: &str) -> Option<String> {
    let shown = shown(label);
    let base = base(&shown);
    let remark =
        shown.get(base.len()..)?.trim().strip_prefix(['(', '['])?.strip_suffix([')', ']'])?;
    let small = remark.chars().next().is_some_and(char::is_lowercase);
    (small && !base.is_empty()).then(|| key(base))
}

/// How often a blank stands before the colon of a label (`P1 :`), how often none (`P1:`), and the line of
/// the first of the rarer kind; absent where all are alike.
pub(super) fn uneven_colons<'a>(
    labels: impl Iterator<Item = (&'a Block<'a>, &'a Lead<'a>)>,
) -> Option<(u32, u32, u32)> {
    let (mut spaced, mut tight) = ((0, 0), (0, 0));
    for (block, lead) in labels {
        let Some((Form::Colon | Form::ColonLine | Form::Bold, label)) = lead.label else {
            continue;
        };
        let line: &str = &block.text;
        let after =
            line.find(label).and_then(|at| line.get(at + label.len()..)).unwrap_or_default();
        let kind = match after.chars().next() {
            Some(':' | '：') => &mut tight,
            Some(it) if it.is_whitespace() && after.trim_start().starts_with([':', '：']) => {
                &mut spaced
            }
            _ => continue, // a time stands between
        };
        kind.0 += 1;
        if kind.0 == 1 {
            kind.1 = block.line;
        }
    }
    if spaced.0 == 0 || tight.0 == 0 {
        return None;
    }
    let rarer = if spaced.0 <= tight.0 { spaced.1 } else { tight.1 };
    Some((spaced.0, tight.0, rarer))
}
