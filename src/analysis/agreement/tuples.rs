//! Answers as categories: in one dimension, and in all dimensions as one tuple.

use std::collections::BTreeMap;

use crate::analysis::codings::{CodedDimension, Codings};

/// The answers to all dimensions as one number, coder by coder, where a coder decided all of them.
pub(super) struct Tuples {
    pub(super) cells: Vec<Option<u32>>,
    pub(super) number: usize,
    /// The tuple that gives no code in any dimension, if it occurs.
    pub(super) nothing: Option<u32>,
}

impl Tuples {
    pub(super) fn of(codings: &Codings, units: impl Iterator<Item = usize>) -> Self {
        let coders = codings.coders.len();
        let categories: Vec<Vec<u32>> = codings.dimensions.iter().map(categories).collect();
        let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut cells: Vec<Option<u32>> = Vec::with_capacity(units.size_hint().0 * coders);
        for unit in units {
            for coder in 0..coders {
                let parts = codings.dimensions.iter().zip(&categories);
                let part = |(dimension, categories): (&CodedDimension, &Vec<u32>)| {
                    let answer = dimension.unit(unit, coders).get(coder)?.checked_sub(1)?;
                    categories.get(answer as usize).copied()
                };
                let tuple: Option<Vec<u32>> = parts.map(part).collect();
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                cells.push(tuple.map(|tuple| *numbers.entry(tuple).or_insert(next)));
            }
        }
        // Numbers in the order of the tuples, so that the order of units never reaches a figure.
        let mut rank = vec![0; numbers.len()];
        for (place, number) in (0_u32..).zip(numbers.values()) {
            rank[*number as usize] = place;
        }
        for cell in &mut cells {
            *cell = cell.and_then(|number| rank.get(number as usize).copied());
        }
        let none: Option<Vec<u32>> = codings.dimensions.iter().map(none_category).collect();
        let nothing = none.and_then(|none| {
            let place = numbers.keys().position(|tuple| *tuple == none)?;
            u32::try_from(place).ok()
        });
        Self { cells, number: numbers.len(), nothing }
    }
}

/// The category that gives no code, if it occurs: answers are in order, so that it is the first.
pub(super) fn none_category(dimension: &CodedDimension) -> Option<u32> {
    dimension.answers().first().filter(|answer| answer.codes.is_empty()).map(|_| 0)
}

/// Per answer its category: answers that give the same codes are one, whatever was asked for.
pub(super) fn categories(dimension: &CodedDimension) -> Vec<u32> {
    let mut categories: Vec<u32> = Vec::with_capacity(dimension.answers().len());
    let mut before: Option<&[u32]> = None;
    for answer in dimension.answers() {
        let next = match (before, categories.last()) {
            (Some(before), Some(last)) if before == answer.codes => *last,
            (_, last) => last.map_or(0, |last| last + 1),
        };
        categories.push(next);
        before = Some(&answer.codes);
    }
    categories
}
