//! From question to question: what comes next, what is left, where a locator leads.

use super::{CodingDesk, Effect, Keep};
use crate::domain::answer::{AnswerIndex, DimensionIndex};
use crate::domain::locator::{Locator, Span};
use crate::domain::log::UnitIndex;
use crate::msg;

/// A question by its places in the desk's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) unit: usize,
    pub(super) dimension: usize,
}

impl CodingDesk<'_> {
    /// Counts what is decided, and goes to the first question that is not: whenever what is asked has changed.
    pub(super) fn begin(&mut self) {
        self.whole = self.units.iter().filter(|unit| self.is_whole(**unit)).count();
        self.at = self.next_unit(None);
    }

    pub(super) fn go(
        &mut self,
        unit: UnitIndex,
        dimension: Option<DimensionIndex>,
    ) -> Effect<Keep> {
        let found = self.units.iter().position(|it| *it == unit);
        let Some(at) = found else { return Effect::Say(msg!("code.no_such_unit")) };
        let dimension = match dimension {
            Some(asked) => self.dimensions.iter().position(|it| *it == asked),
            None => Some(self.first_undecided(unit, 0).unwrap_or(0)),
        };
        let Some(dimension) = dimension else {
            return Effect::Say(msg!("code.no_such_dimension"));
        };
        self.at = Some(Place { unit: at, dimension });
        self.reviewing = self.is_whole(unit);
        Effect::Look
    }

    /// The dimension of the open question.
    pub(super) fn open_dimension(&self) -> Option<DimensionIndex> {
        self.at.and_then(|place| self.indices(place)).map(|(_, dimension)| dimension)
    }

    /// The dimension in force of this id.
    pub(super) fn dimension(&self, id: &str) -> Option<DimensionIndex> {
        let named = |index: &&DimensionIndex| {
            let known = self.study.vocabulary.dimensions.get(usize::from(index.0));
            known.is_some_and(|known| known.id.as_str().eq_ignore_ascii_case(id))
        };
        self.dimensions.iter().find(named).copied()
    }

    /// The unit that a locator names, or that holds its first paragraph; a number alone is a paragraph
    /// of the transcript at hand.
    pub(super) fn find(&self, place: &str) -> Option<UnitIndex> {
        let here = self
            .at
            .and_then(|at| self.units.get(at.unit))
            .map(|unit| self.study.transcript_of(*unit));
        let locator = place.parse::<Locator>().ok().or_else(|| {
            let span = place.parse::<Span>().ok()?;
            Some(here?.locator(span))
        })?;
        let exact = self.study.unit(&locator);
        if let Some(unit) = exact.filter(|unit| self.units.contains(unit)) {
            return Some(unit);
        }
        let holds = |unit: &&UnitIndex| {
            let of_unit = self.study.unit_at(**unit).map(|unit| &unit.locator);
            of_unit.is_some_and(|it| {
                it.transcript() == locator.transcript() && it.span().holds(locator.span().first)
            })
        };
        self.units.iter().find(holds).copied()
    }

    /// Moves on to another undecided question; where there is none, a decided unit can be left.
    pub(super) fn move_on(&mut self, to: Option<Place>, from: UnitIndex) -> Effect<Keep> {
        if to.is_none() && !self.is_whole(from) {
            return Effect::Say(msg!("code.nothing_further"));
        }
        self.reviewing = false;
        self.at = to;
        Effect::Moved
    }

    /// The question after this one: in the unit, else in the next unit with anything undecided.
    pub(super) fn after(&self, place: Place) -> Option<Place> {
        let unit = self.units.get(place.unit).copied()?;
        let within = if self.reviewing {
            Some(place.dimension + 1).filter(|next| *next < self.dimensions.len())
        } else {
            self.first_undecided(unit, place.dimension + 1)
        };
        match within {
            Some(dimension) => Some(Place { unit: place.unit, dimension }),
            None => self.next_unit(Some(place.unit)),
        }
    }

    /// The next undecided question, in this unit or a later one, and then from the top.
    pub(super) fn next_question(&self, place: Place) -> Option<Place> {
        let unit = self.units.get(place.unit).copied()?;
        match self.first_undecided(unit, place.dimension + 1) {
            Some(dimension) => Some(Place { unit: place.unit, dimension }),
            None => self.next_unit(Some(place.unit)),
        }
    }

    /// The undecided question before this one, in this unit or an earlier one, and then from the end.
    pub(super) fn previous_question(&self, place: Place) -> Option<Place> {
        let all = self.units.len();
        let within = |unit: usize, until: usize| {
            let index = *self.units.get(unit)?;
            let mut asked = self.dimensions.iter().enumerate().take(until).rev();
            let open = asked.find(|(_, it)| !self.is_decided(index, **it));
            open.map(|(dimension, _)| Place { unit, dimension })
        };
        within(place.unit, place.dimension).or_else(|| {
            let before = (0..place.unit).rev().chain((place.unit + 1..all).rev());
            before.into_iter().find_map(|unit| within(unit, self.dimensions.len()))
        })
    }

    /// The first undecided question of the next unit that has one: after the given unit, then from the
    /// top, the given one last.
    pub(super) fn next_unit(&self, after: Option<usize>) -> Option<Place> {
        let start = after.map_or(0, |unit| unit + 1);
        (start..self.units.len()).chain(0..start.min(self.units.len())).find_map(|unit| {
            let dimension = self.first_undecided(*self.units.get(unit)?, 0)?;
            Some(Place { unit, dimension })
        })
    }

    pub(super) fn first_undecided(&self, unit: UnitIndex, from: usize) -> Option<usize> {
        let open = |(_, it): &(usize, &DimensionIndex)| !self.is_decided(unit, **it);
        self.dimensions.iter().enumerate().skip(from).find(open).map(|(at, _)| at)
    }

    pub(super) fn is_decided(&self, unit: UnitIndex, dimension: DimensionIndex) -> bool {
        match &self.again {
            Some(_) => self.to_read(unit, dimension).is_none(),
            None => self.has_answer(unit, dimension),
        }
    }

    /// Whether there is an answer, to be read again or not.
    pub(super) fn has_answer(&self, unit: UnitIndex, dimension: DimensionIndex) -> bool {
        self.coding.cell(unit, dimension).answer != AnswerIndex::UNDECIDED
    }

    pub(super) fn is_whole(&self, unit: UnitIndex) -> bool {
        self.dimensions.iter().all(|dimension| self.is_decided(unit, *dimension))
    }

    pub(super) fn place(&self, unit: UnitIndex, dimension: DimensionIndex) -> Option<Place> {
        let unit = self.units.iter().position(|it| *it == unit)?;
        let dimension = self.dimensions.iter().position(|it| *it == dimension)?;
        Some(Place { unit, dimension })
    }

    pub(super) fn indices(&self, place: Place) -> Option<(UnitIndex, DimensionIndex)> {
        Some((*self.units.get(place.unit)?, *self.dimensions.get(place.dimension)?))
    }
}
