//! Codes that meet in a unit: how often, and how often they would if each were given as often and they had nothing to do
//! with one another.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::Decisions;
use super::offered::with_ancestors;
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::codebook::Select;
use crate::domain::id::CaseId;
use crate::domain::study::Study;

/// Two codes and the units in which they meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// The code that stands first in the codebook.
    pub first: CodeIndex,
    /// The other one.
    pub second: CodeIndex,
    /// Units decided in the dimensions of both.
    pub decided: u64,
    /// Of these, units given both.
    pub both: u64,
    /// Of these, units given the first.
    pub of_first: u64,
    /// Of these, units given the second.
    pub of_second: u64,
    /// Units with both over units with either (Jaccard 1901); absent where there are none.
    pub jaccard: Option<f64>,
    /// What would be expected, summed within cases: units of the first × units of the second ÷ units decided. No test is
    /// made of it: units of one talk are not independent of one another.
    pub expected: f64,
}

/// What is known of one case.
#[derive(Default)]
struct OfCase {
    /// Units decided in both dimensions.
    decided: BTreeMap<(DimensionIndex, DimensionIndex), u64>,
    /// Units given a code, of those decided in its dimension and in another.
    given: BTreeMap<(CodeIndex, DimensionIndex), u64>,
}

/// Every two codes that meet anywhere (or, with `every`, that could), most units first, then as in the codebook. A code
/// counts where it or, unless `exact`, anything beneath it was given. Pairs that must meet (one lies beneath the other) or
/// cannot (one of a dimension in which a unit gets one code) are left out.
#[must_use]
pub fn meetings(
    study: &Study,
    decisions: &Decisions<'_>,
    exact: bool,
    every: bool,
) -> Vec<Meeting> {
    let vocabulary = &study.vocabulary;
    let above = with_ancestors(vocabulary);
    let mut cases: BTreeMap<&CaseId, OfCase> = BTreeMap::new();
    let mut both: BTreeMap<(CodeIndex, CodeIndex), u64> = BTreeMap::new();
    for (place, &unit) in decisions.units.iter().enumerate() {
        let case = cases.entry(study.case_of(unit)).or_default();
        let decided = decisions.dimensions.iter().zip(decisions.unit(place));
        let decided: Vec<_> = decided.filter(|(_, it)| it.answer.is_decided()).collect();
        let mut codes: BTreeSet<CodeIndex> = BTreeSet::new();
        for (_, it) in &decided {
            for code in decisions.answers.codes(it.answer) {
                let path = above.get(usize::from(code.0)).map_or(&[][..], Vec::as_slice);
                let counted = if exact { path.get(..1).unwrap_or_default() } else { path };
                let is_code = |it: &&CodeIndex| vocabulary.of(**it).parent.is_some();
                codes.extend(counted.iter().filter(is_code));
            }
        }
        for (at, (one, _)) in decided.iter().enumerate() {
            for (other, _) in decided.iter().skip(at) {
                *case.decided.entry((**one, **other)).or_default() += 1;
            }
        }
        for code in &codes {
            for (dimension, _) in &decided {
                *case.given.entry((*code, **dimension)).or_default() += 1;
            }
        }
        for (at, one) in codes.iter().enumerate() {
            for other in codes.iter().skip(at + 1) {
                *both.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let codes: Vec<CodeIndex> = decisions
        .dimensions
        .iter()
        .flat_map(|dimension| vocabulary.codes_of(*dimension).map(|(code, _)| code))
        .collect();
    let mut all = Vec::new();
    for (at, first) in codes.iter().enumerate() {
        for second in codes.iter().skip(at + 1) {
            let pair = (*first.min(second), *first.max(second));
            let met = both.get(&pair).copied().unwrap_or(0);
            if can_meet(study, *first, *second) && (every || met > 0) {
                all.push(meeting(study, (*first, *second), met, &cases));
            }
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.both));
    all
}

/// Whether two codes may meet without having to.
fn can_meet(study: &Study, first: CodeIndex, second: CodeIndex) -> bool {
    let vocabulary = &study.vocabulary;
    let (one, other) = (vocabulary.of(first).dimension, vocabulary.of(second).dimension);
    let of = vocabulary.dimensions.get(usize::from(one.0));
    let excluded = one == other && of.is_some_and(|it| it.select == Select::One);
    !excluded && !vocabulary.is_within(first, second) && !vocabulary.is_within(second, first)
}

#[allow(clippy::cast_precision_loss)] // a study has fewer units than 2^53
fn meeting(
    study: &Study,
    (first, second): (CodeIndex, CodeIndex),
    both: u64,
    cases: &BTreeMap<&CaseId, OfCase>,
) -> Meeting {
    let dimension = |code| study.vocabulary.of(code).dimension;
    let (one, other) = (dimension(first), dimension(second));
    let pair = (one.min(other), one.max(other));
    let of = |case: &OfCase| {
        let given = |code, beside| case.given.get(&(code, beside)).copied().unwrap_or(0);
        (case.decided.get(&pair).copied().unwrap_or(0), given(first, other), given(second, one))
    };
    let mut all = Meeting {
        first,
        second,
        decided: 0,
        both,
        of_first: 0,
        of_second: 0,
        jaccard: None,
        expected: 0.0,
    };
    for (decided, of_first, of_second) in cases.values().map(of) {
        all.decided += decided;
        all.of_first += of_first;
        all.of_second += of_second;
        if decided > 0 {
            all.expected += of_first as f64 * of_second as f64 / decided as f64;
        }
    }
    let either = all.of_first + all.of_second - both;
    all.jaccard = (either > 0).then(|| both as f64 / either as f64);
    all
}
