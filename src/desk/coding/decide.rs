//! What a decision is made of: what stands before it, and the rows that say it.

use super::walk::Place;
use super::{CodingDesk, Effect, Keep, Then};
use crate::domain::answer::{Answer, AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::coding::Cell;
use crate::domain::log::{NewDecision, UnitIndex};
use crate::msg;

impl CodingDesk<'_> {
    /// The decision that stands here: of this round, or of an earlier one where it is to be read again.
    pub(super) fn stands(&self, unit: UnitIndex, dimension: DimensionIndex) -> Cell {
        let now = self.coding.cell(unit, dimension);
        match self.to_read(unit, dimension) {
            Some(again) if !now.answer.is_decided() => again.cell,
            _ => now,
        }
    }

    /// The same decision under the codebook in force; nothing where it gives a code that is gone.
    pub(super) fn confirmed(
        &self,
        unit: UnitIndex,
        dimension: DimensionIndex,
    ) -> Option<NewDecision> {
        let standing = self.stands(unit, dimension);
        let codes = self.in_force(standing.answer);
        let gone = codes.len() < self.answers().codes(standing.answer).len();
        let merged = self.study.now(standing.answer);
        if gone && self.answers().codes(merged).len() != codes.len() {
            return None;
        }
        Some(self.decision(unit, dimension, &codes, standing.unsure))
    }

    /// The codes of an answer that can be given now: those merged since as what they became, without those that are gone.
    pub(super) fn in_force(&self, answer: AnswerIndex) -> Vec<CodeIndex> {
        let vocabulary = &self.study.vocabulary;
        let codes = self.answers().codes(answer).iter().map(|code| vocabulary.now(*code));
        let mut codes: Vec<CodeIndex> =
            codes.filter(|code| vocabulary.of(*code).in_force).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    pub(super) fn decision(
        &self,
        unit: UnitIndex,
        dimension: DimensionIndex,
        codes: &[CodeIndex],
        unsure: bool,
    ) -> NewDecision {
        let id = |code: &CodeIndex| self.study.vocabulary.of(*code).id.clone();
        let answer = match codes {
            [] => Answer::None,
            codes => Answer::Codes(codes.iter().map(id).collect()),
        };
        let before = self.history.entry(self.coding.cell(unit, dimension).row as usize);
        NewDecision {
            unit,
            dimension,
            answer,
            unsure,
            rest: false,
            memo: before.and_then(|entry| entry.memo).map(Into::into),
            undoes: None,
            codebook: None,
        }
    }

    pub(super) fn rest_none(&mut self, place: Place, unit: UnitIndex) -> Effect<Keep> {
        if self.asks_each {
            return Effect::Say(msg!("code.each"));
        }
        // From the last to the first: so a log tells one `e` from one `0` after the other.
        let undecided = self.dimensions.iter().rev().filter(|it| !self.is_decided(unit, **it));
        // What is read again is not undecided: whoever leaves it confirms it.
        let rest = |it: &DimensionIndex| match self.to_read(unit, *it) {
            Some(_) => self.confirmed(unit, *it),
            None => Some(NewDecision { rest: true, ..self.decision(unit, *it, &[], false) }),
        };
        let Some(rows) = undecided.map(rest).collect::<Option<Vec<_>>>() else {
            return Effect::Say(msg!("code.again_gone"));
        };
        if rows.is_empty() {
            return Effect::Say(msg!("code.unit_decided"));
        }
        let last = Place { unit: place.unit, dimension: self.dimensions.len() };
        self.append(rows, Then::After(last))
    }

    pub(super) fn append(&mut self, rows: Vec<NewDecision>, then: Then) -> Effect<Keep> {
        let then = match then {
            Then::After(place) if self.stays && place.dimension < self.dimensions.len() => {
                Then::At(place)
            }
            then => then,
        };
        self.under_way = Some((rows.clone(), then));
        Effect::Append(Keep::Decisions(rows))
    }
}
