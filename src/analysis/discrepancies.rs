//! Where coders differ, worst first; and which answers they take for one another.

use std::collections::BTreeMap;

use super::scope::Scope;
use crate::domain::answer::{AnswerIndex, Answers, CodeIndex, DimensionIndex};
use crate::domain::coding::Cell;
use crate::domain::comparison::Comparison;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::stats::set_alpha::SetDistance;

/// A unit and dimension for which two or more coders decided differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Discrepancy {
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// What each coder decided, in their order; who did not decide is no part of it.
    pub cells: Vec<Cell>,
    /// The mean distance (MASI) between the answers, over pairs of coders who decided: above 0, at most 1.
    pub dispute: f64,
}

/// Where coders differ: what is most in dispute first, ties in the order of transcripts.
#[must_use]
pub fn discrepancies(study: &Study, comparison: &Comparison, scope: &Scope) -> Vec<Discrepancy> {
    let dimensions = scope.dimensions(study);
    let mut found = Vec::new();
    for (unit, _) in scope.units(study, &comparison.open) {
        for &dimension in &dimensions {
            let cells: Vec<Cell> = comparison.cells(unit, dimension).collect();
            let mut decided = cells.iter().map(|cell| cell.answer).filter(|it| it.is_decided());
            let first = decided.next();
            if decided.any(|answer| Some(answer) != first) {
                let dispute = dispute(&study.answers, &cells);
                found.push(Discrepancy { unit, dimension, cells, dispute });
            }
        }
    }
    // Stable, so that ties stay in the order of transcripts.
    found.sort_by(|one, other| other.dispute.total_cmp(&one.dispute));
    found
}

/// The mean distance between answers, over pairs of coders who decided.
fn dispute(answers: &Answers, cells: &[Cell]) -> f64 {
    let decided: Vec<Vec<u32>> = cells
        .iter()
        .filter(|cell| cell.answer.is_decided())
        .map(|cell| answers.codes(cell.answer).iter().map(|code| u32::from(code.0)).collect())
        .collect();
    let (mut sum, mut pairs) = (0.0, 0_u32);
    for (place, one) in decided.iter().enumerate() {
        for other in decided.iter().skip(place + 1) {
            sum += SetDistance::Masi.between(one, other);
            pairs += 1;
        }
    }
    if pairs == 0 { 0.0 } else { sum / f64::from(pairs) }
}

/// How often one coder gave one whole answer where another gave another, in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    /// The dimension.
    pub dimension: DimensionIndex,
    /// First coder's answer, second coder's, units; in codebook order, `none` last, none of them 0.
    ///
    /// With more than two coders, all pairs in their order are counted together.
    pub cells: Vec<(AnswerIndex, AnswerIndex, u64)>,
}

/// Which answers coders take for one another, dimension by dimension, over units that both decided.
#[must_use]
pub fn confusion(study: &Study, comparison: &Comparison, scope: &Scope) -> Vec<Confusion> {
    let dimensions = scope.dimensions(study);
    let mut counts: Vec<BTreeMap<(AnswerIndex, AnswerIndex), u64>> =
        vec![BTreeMap::new(); dimensions.len()];
    for (unit, _) in scope.units(study, &comparison.open) {
        for (&dimension, counts) in dimensions.iter().zip(&mut counts) {
            let cells: Vec<Cell> = comparison.cells(unit, dimension).collect();
            for (place, one) in cells.iter().enumerate() {
                for other in cells.iter().skip(place + 1) {
                    if one.answer.is_decided() && other.answer.is_decided() {
                        *counts.entry((one.answer, other.answer)).or_default() += 1;
                    }
                }
            }
        }
    }
    let in_order = |(dimension, counts): (DimensionIndex, BTreeMap<_, u64>)| {
        let mut cells: Vec<(AnswerIndex, AnswerIndex, u64)> =
            counts.into_iter().map(|((one, other), units)| (one, other, units)).collect();
        cells.sort_by_key(|(one, other, _)| {
            (codebook_order(study, *one), codebook_order(study, *other))
        });
        Confusion { dimension, cells }
    };
    dimensions.into_iter().zip(counts).map(in_order).collect()
}

/// Sorts answers by their codes in codebook order, `none` after all others.
#[must_use]
pub fn codebook_order(study: &Study, answer: AnswerIndex) -> (bool, Vec<CodeIndex>) {
    let codes = study.answers.codes(answer);
    (codes.is_empty(), codes.to_vec())
}
