//! How right one coder is where a standard is taken for right: what was settled together, or what another coder decided.
//!
//! Only what the standard decides and the coder decided too is looked at. This is accuracy, not reliability: whose decisions
//! are part of the standard is not measured against it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::decisions::{Decided, Decisions};
use super::offered::with_ancestors;
use crate::domain::answer::{AnswerIndex, CodeIndex};
use crate::domain::coding::Coding;
use crate::domain::study::Study;
use crate::stats::accuracy::{f1, percent, precision, recall};
use crate::stats::{Coefficient, FourCounts};

/// How right one coder is.
#[derive(Debug, Clone, PartialEq)]
pub struct Accuracy {
    /// The coder, as she was asked about.
    pub coder: String,
    /// How many units × dimensions the standard decides.
    pub standard: u64,
    /// How many of these the coder decided.
    pub decided: u64,
    /// Whole answers, dimension by dimension in codebook order.
    pub dimensions: Vec<(String, Coefficient)>,
    /// Codes, those first that are rare in the standard; last those that neither gives.
    pub codes: Vec<CodeAccuracy>,
}

/// How right a coder is about one code, given or not, with what lies beneath it.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeAccuracy {
    /// The code.
    pub code: String,
    /// The standard is the first, the coder the second.
    pub counts: FourCounts,
    /// The share of units on which both say the same of the code.
    pub percent: Coefficient,
    /// Of the units to which the coder gave it, the share that is right.
    pub precision: Coefficient,
    /// Of the units that have it, the share to which the coder gave it.
    pub recall: Coefficient,
    /// The harmonic mean of the two.
    pub f1: Coefficient,
}

/// How right a coder is, held against a standard.
#[must_use]
pub fn accuracy(study: &Study, standard: &Decisions<'_>, coding: &Coding) -> Accuracy {
    let mut accuracy = Accuracy {
        coder: coding.label.clone(),
        standard: 0,
        decided: 0,
        dimensions: Vec::new(),
        codes: Vec::new(),
    };
    let above = with_ancestors(&study.vocabulary);
    for (column, dimension) in standard.dimensions.iter().enumerate() {
        let mut pairs = Pairs::new();
        for (place, unit) in standard.units.iter().enumerate() {
            let Some(right) = standard.unit(place).get(column).copied() else { continue };
            if !right.answer.is_decided() {
                continue;
            }
            accuracy.standard += 1;
            let cell = coding.cell(*unit, *dimension);
            if cell.answer.is_decided() {
                accuracy.decided += 1;
                let offer = standard.offered.of_version(cell.version);
                let hers = Decided { answer: cell.answer, offer };
                *pairs.entry([key(right), key(hers)]).or_default() += 1;
            }
        }
        let alike = pairs.iter().filter(|([right, hers], _)| right.0 == hers.0);
        let whole = percent(alike.map(|(_, n)| n).sum(), pairs.values().sum());
        let known = &study.vocabulary.dimensions[usize::from(dimension.0)];
        accuracy.dimensions.push((known.id.to_string(), whole));
        for (code, known) in study.vocabulary.codes_of(*dimension) {
            let counts = counts(study, standard, &pairs, &above, code);
            accuracy.codes.push(CodeAccuracy::of(known.id.to_string(), counts));
        }
    }
    // Codes are in codebook order; a stable sort keeps it where they are equally rare.
    accuracy.codes.sort_by_key(|it| {
        let given = it.counts.both + it.counts.only_first;
        (Reverse(given + it.counts.only_second > 0), given)
    });
    accuracy
}

/// How often which answers met, each with what was asked: the standard's, the coder's.
type Pairs = BTreeMap<[(u32, u16); 2], u64>;

fn key(decided: Decided) -> (u32, u16) {
    (decided.answer.0, decided.offer)
}

/// How often both, one or none gave a code, or something beneath it; where one of them was not asked for it, it is neither
/// given nor not given.
fn counts(
    study: &Study,
    standard: &Decisions<'_>,
    pairs: &Pairs,
    above: &[Vec<CodeIndex>],
    code: CodeIndex,
) -> FourCounts {
    let gives = |answer: u32| {
        let codes = study.answers.codes(AnswerIndex(answer));
        let stands_for = |it: &CodeIndex| above.get(usize::from(it.0));
        codes.iter().filter_map(stands_for).any(|all| all.contains(&code))
    };
    let mut counts = FourCounts { both: 0, only_first: 0, only_second: 0, neither: 0 };
    for ([right, hers], n) in pairs {
        let (first, second) = (gives(right.0), gives(hers.0));
        let asked = |given: bool, offer: u16| given || standard.offered.has(offer, code);
        if asked(first, right.1) && asked(second, hers.1) {
            *match (first, second) {
                (true, true) => &mut counts.both,
                (true, false) => &mut counts.only_first,
                (false, true) => &mut counts.only_second,
                (false, false) => &mut counts.neither,
            } += n;
        }
    }
    counts
}

impl CodeAccuracy {
    fn of(code: String, counts: FourCounts) -> Self {
        Self {
            code,
            percent: percent(counts.both + counts.neither, counts.units()),
            precision: precision(&counts),
            recall: recall(&counts),
            f1: f1(&counts),
            counts,
        }
    }
}
