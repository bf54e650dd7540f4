//! Where the answers of a cell lie on the scale of an ordered dimension.

use super::{Axis, Content, Options};
use crate::analysis::decisions::Decided;
use crate::domain::answer::{Answers, CodeIndex, DimensionIndex};
use crate::domain::study::Study;

/// The scales of the dimensions that stand in the rows or columns, and the positions found in each cell.
pub(super) struct Scales {
    /// Per dimension looked at, the codes in their order; empty where it is not ordered.
    scales: Vec<Vec<CodeIndex>>,
    /// Whether dimensions stand in the columns; else in the rows.
    in_columns: bool,
    /// Per cell, how often each position was found.
    found: Vec<Vec<u64>>,
    /// Answers that are no position.
    pub(super) off: u64,
}

impl Scales {
    /// No scale is looked at unless the content asks for one.
    pub(super) fn of(
        study: &Study,
        options: &Options,
        dimensions: &[DimensionIndex],
        cells: usize,
    ) -> Option<Self> {
        if !options.content.is_of_scale() {
            return None;
        }
        let scale = |dimension: &DimensionIndex| {
            let known = study.vocabulary.dimensions.get(usize::from(dimension.0));
            match known.is_some_and(|it| it.ordered) {
                true => study.vocabulary.codes_of(*dimension).map(|(code, _)| code).collect(),
                false => Vec::new(),
            }
        };
        Some(Self {
            scales: dimensions.iter().map(scale).collect(),
            in_columns: options.columns.inner == Axis::Dimension,
            found: vec![Vec::new(); cells],
            off: 0,
        })
    }

    /// Counts a unit into a cell.
    pub(super) fn add(
        &mut self,
        at: usize,
        (row, column): (usize, usize),
        decided: &[Decided],
        answers: &Answers,
    ) {
        let place = if self.in_columns { column } else { row };
        let Some(scale) = self.scales.get(place).filter(|scale| !scale.is_empty()) else { return };
        let codes = decided.get(place).map_or(&[][..], |it| answers.codes(it.answer));
        let position = codes.first().and_then(|code| scale.iter().position(|it| it == code));
        match (position, self.found.get_mut(at)) {
            (Some(position), Some(found)) => {
                found.resize(scale.len(), 0);
                if let Some(count) = found.get_mut(position) {
                    *count += 1;
                }
            }
            _ => self.off += 1,
        }
    }

    /// What a cell holds, by id; empty where nothing lies on a scale.
    pub(super) fn ids(
        &self,
        study: &Study,
        content: Content,
        at: usize,
        (row, column): (usize, usize),
    ) -> Vec<String> {
        let place = if self.in_columns { column } else { row };
        let (Some(scale), Some(found)) = (self.scales.get(place), self.found.get(at)) else {
            return Vec::new();
        };
        let all: u64 = found.iter().sum();
        if all == 0 {
            return Vec::new();
        }
        // The position of the nth answer, from 1, in the order of the scale.
        let nth = |nth: u64| {
            let mut before = 0;
            found.iter().position(|count| {
                before += count;
                before >= nth
            })
        };
        let (low, high) = match content {
            Content::Median => (all.div_ceil(2), all / 2 + 1),
            _ => (1, all),
        };
        let mut places: Vec<usize> = [nth(low), nth(high)].into_iter().flatten().collect();
        if content == Content::Median {
            places.dedup();
        }
        let id =
            |place: &usize| scale.get(*place).map(|code| study.vocabulary.of(*code).id.to_string());
        places.iter().filter_map(id).collect()
    }
}
