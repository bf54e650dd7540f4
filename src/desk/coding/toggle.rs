//! Deciding with all dimensions in view: each act writes the whole answer at once, and is one undo.

use super::walk::Place;
use super::{Act, CodingDesk, Effect, Keep, Row, Then};
use crate::desk::choices;
use crate::domain::answer::{Answer, AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::codebook::Select;
use crate::domain::log::{NewDecision, UnitIndex};
use crate::msg;

impl CodingDesk<'_> {
    /// What is decided in every dimension of a unit.
    pub(super) fn rows(&self, unit: UnitIndex) -> Vec<Row> {
        let row = |dimension: &DimensionIndex| Row {
            dimension: *dimension,
            now: self.coding.cell(unit, *dimension),
            contested: self.contested.contains(&(unit, *dimension)),
        };
        self.dimensions.iter().map(row).collect()
    }

    /// Moves inside the unit, or back to what is undecided.
    pub(super) fn turn(&mut self, act: &Act, place: Place, unit: UnitIndex) -> Effect<Keep> {
        let to = match act {
            Act::Turn(dimension) => self.place(unit, *dimension),
            Act::Walk if place.dimension + 1 < self.dimensions.len() => {
                Some(Place { dimension: place.dimension + 1, ..place })
            }
            Act::Walk => self.next_unit(Some(place.unit)).filter(|next| next.unit != place.unit),
            _ => self.previous_question(place),
        };
        match to {
            Some(to) => {
                self.at = Some(to);
                Effect::Moved
            }
            None if *act == Act::Walk && self.is_whole(unit) => self.move_on(None, unit),
            None => Effect::Say(msg!("code.nothing_further")),
        }
    }

    /// None wherever the unit is undecided, and on; a unit that is decided is only left.
    pub(super) fn close(&mut self, place: Place, unit: UnitIndex) -> Effect<Keep> {
        if self.is_whole(unit) {
            let next = self.next_unit(Some(place.unit));
            return self.move_on(next.filter(|next| next.unit != place.unit), unit);
        }
        self.rest_none(place, unit)
    }

    pub(super) fn toggle(
        &mut self,
        place: Place,
        unit: UnitIndex,
        code: CodeIndex,
    ) -> Effect<Keep> {
        let Some(known) = self.study.vocabulary.codes.get(usize::from(code.0)) else {
            return Effect::Say(msg!("code.not_understood"));
        };
        let dimension = known.dimension;
        let Some(asked) = self.study.vocabulary.dimensions.get(usize::from(dimension.0)) else {
            return Effect::Say(msg!("code.no_such_dimension"));
        };
        if !self.dimensions.contains(&dimension) {
            return Effect::Say(msg!("code.no_such_dimension"));
        }
        let now = self.stands(unit, dimension);
        let mut codes: Vec<CodeIndex> = self.in_force(now.answer);
        if codes.contains(&code) {
            codes.retain(|it| *it != code);
            if codes.is_empty() {
                return self.empty(place, unit, dimension);
            }
        } else if asked.select == Select::One {
            codes = vec![code];
        } else {
            // The dimension alone is chosen instead of what lies beneath it.
            codes.retain(|_| code != asked.own_code);
            codes.push(code);
        }
        match choices::settle(self.study, dimension, codes) {
            Ok(codes) => {
                let decision = self.decision(unit, dimension, &codes, now.unsure);
                let place = self.place(unit, dimension).unwrap_or(place);
                self.append(vec![decision], Then::At(place))
            }
            Err(message) => Effect::Say(message),
        }
    }

    pub(super) fn give_none(
        &mut self,
        place: Place,
        unit: UnitIndex,
        dimension: DimensionIndex,
    ) -> Effect<Keep> {
        let due = self.to_read(unit, dimension).is_some();
        if self.coding.cell(unit, dimension).answer == AnswerIndex::NONE && !due {
            return Effect::Say(msg!("code.is_none"));
        }
        let decision = self.decision(unit, dimension, &[], false);
        self.append(vec![decision], Then::At(place))
    }

    /// Marks the decision as unsure, or as certain again.
    pub(super) fn doubt(
        &mut self,
        place: Place,
        unit: UnitIndex,
        dimension: DimensionIndex,
    ) -> Effect<Keep> {
        let now = self.stands(unit, dimension);
        if !now.answer.is_decided() {
            return Effect::Say(msg!("code.unsure_of_nothing"));
        }
        let Some(decision) = self.confirmed(unit, dimension) else {
            return Effect::Say(msg!("code.again_gone"));
        };
        let decision = NewDecision { unsure: !now.unsure, ..decision };
        self.append(vec![decision], Then::At(place))
    }

    /// Undecided again.
    pub(super) fn empty(
        &mut self,
        place: Place,
        unit: UnitIndex,
        dimension: DimensionIndex,
    ) -> Effect<Keep> {
        let contested = self.contested.contains(&(unit, dimension));
        if !self.has_answer(unit, dimension) && !contested {
            return Effect::Say(msg!("code.undecided_already"));
        }
        let decision =
            NewDecision { answer: Answer::Undecided, ..self.decision(unit, dimension, &[], false) };
        let place = self.place(unit, dimension).unwrap_or(place);
        self.append(vec![decision], Then::At(place))
    }

    /// Answers dimension by dimension; each answer is an act of its own.
    pub(super) fn several(
        &mut self,
        place: Place,
        unit: UnitIndex,
        answers: Vec<(DimensionIndex, Vec<CodeIndex>, bool)>,
    ) -> Effect<Keep> {
        self.queue = answers;
        self.queue.reverse();
        let Some((dimension, codes, unsure)) = self.queue.pop() else { return Effect::Moved };
        let decision = self.decision(unit, dimension, &codes, unsure);
        let at = self.place(unit, dimension).unwrap_or(place);
        let then = if self.queue.is_empty() { Then::After(at) } else { Then::At(at) };
        self.append(vec![decision], then)
    }

    /// Puts the next answer of a line under way.
    pub(super) fn prepare(&mut self) {
        let here = self.at.and_then(|place| Some((place, self.indices(place)?.0)));
        let Some((place, unit)) = here else { return self.queue.clear() };
        let Some((dimension, codes, unsure)) = self.queue.pop() else { return };
        let decision = self.decision(unit, dimension, &codes, unsure);
        let at = self.place(unit, dimension).unwrap_or(place);
        let then = if self.queue.is_empty() { Then::After(at) } else { Then::At(at) };
        self.append(vec![decision], then);
    }
}
