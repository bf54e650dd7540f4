//! The coding desk: one coder, one round, one question after the other.
//!
//! [`CodingDesk::step`] reads a line and says what should happen. Decisions become part of the desk's
//! state only with [`CodingDesk::saved`], that is, after they are on disk; until then the question
//! stays. Nothing is ever filled in for the coder.

mod line;
mod walk;

use std::collections::BTreeSet;

use self::line::Line;
use self::walk::Place;
use super::choices;
use super::undo::{Entry, History, TakeBack};
use crate::domain::answer::{Answer, Answers, CodeIndex, DimensionIndex};
use crate::domain::coding::{Cell, Coding, InForce};
use crate::domain::log::{Log, NewDecision, RoundIndex, UnitIndex};
use crate::domain::message::Message;
use crate::domain::record::MemoKind;
use crate::domain::study::Study;
use crate::msg;

/// What should happen after a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Append these rows together; call [`CodingDesk::saved`] once they are safe.
    Append(Vec<NewDecision>),
    /// Keep a note on a unit.
    Note {
        /// The unit.
        unit: UnitIndex,
        /// What it is: a note, or a wish that the unit were cut differently.
        kind: MemoKind,
        /// The coder's words.
        text: String,
    },
    /// Tell the coder something; nothing changed.
    Say(Message),
    /// Show the definitions of these codes of a dimension, or of the whole dimension if there are none.
    Define(DimensionIndex, Vec<CodeIndex>),
    /// Show what can be typed.
    Help,
    /// Nothing but the question may have changed.
    Moved,
    /// Show the unit: the coder went to it.
    Look,
    /// End the session.
    Leave,
}

/// Where the desk stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// A question is open.
    Question(Question),
    /// Every unit is decided in every dimension.
    Finished {
        /// How many units there are.
        units: usize,
    },
}

/// The open question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// What the coder has decided here so far.
    pub now: Cell,
    /// Whether two devices of the coder decided differently here, which has to be decided again.
    pub contested: bool,
    /// Units decided in every dimension.
    pub decided_units: usize,
    /// All units of the session.
    pub units: usize,
    /// Dimensions of this unit that are decided.
    pub decided_dimensions: usize,
    /// All dimensions.
    pub dimensions: usize,
}

/// Where to stand once the rows that are under way are safe.
#[derive(Debug, Clone, Copy)]
enum Then {
    /// At the question after this one.
    After(Place),
    /// At this one.
    At(Place),
    /// At the first that is undecided.
    Top,
}

/// One coder at work in one round.
#[derive(Debug, Clone)]
pub struct CodingDesk<'a> {
    study: &'a Study,
    round: RoundIndex,
    units: Vec<UnitIndex>,
    dimensions: Vec<DimensionIndex>,
    coding: Coding,
    contested: BTreeSet<(UnitIndex, DimensionIndex)>,
    history: History<'a>,
    at: Option<Place>,
    /// Whether the coder came back to a decided unit, to go through it once more.
    reviewing: bool,
    under_way: Option<(Vec<NewDecision>, Then)>,
}

impl<'a> CodingDesk<'a> {
    /// Sits a coder down before these units, at the first question that is undecided.
    #[must_use]
    pub fn new(study: &'a Study, log: &Log, round: RoundIndex, mut units: Vec<UnitIndex>) -> Self {
        units.sort_unstable();
        units.dedup();
        let all = study.vocabulary.dimensions.len();
        let mut in_force = InForce::fold(log, study.units.len(), all, |_, row| row.round == round);
        let empty = || Coding::empty(log.coder.clone(), study.units.len(), all);
        let contested = in_force.conflicts.iter().map(|it| (it.unit, it.dimension)).collect();
        let mut desk = Self {
            study,
            round,
            units,
            dimensions: study.vocabulary.dimensions_in_force().map(|(index, _)| index).collect(),
            coding: in_force.rounds.remove(&round).unwrap_or_else(empty),
            contested,
            history: History::new(study, log),
            at: None,
            reviewing: false,
            under_way: None,
        };
        desk.at = desk.next_unit(None);
        desk
    }

    /// Where the desk stands.
    #[must_use]
    pub fn view(&self) -> View {
        let Some((unit, dimension)) = self.at.and_then(|place| self.indices(place)) else {
            return View::Finished { units: self.units.len() };
        };
        let is_decided = |dimension: &&DimensionIndex| self.is_decided(unit, **dimension);
        View::Question(Question {
            unit,
            dimension,
            now: self.coding.cell(unit, dimension),
            contested: self.contested.contains(&(unit, dimension)),
            decided_units: self.units.iter().filter(|unit| self.is_whole(**unit)).count(),
            units: self.units.len(),
            decided_dimensions: self.dimensions.iter().filter(is_decided).count(),
            dimensions: self.dimensions.len(),
        })
    }

    /// What the coder has decided so far in this round.
    #[must_use]
    pub fn coding(&self) -> &Coding {
        &self.coding
    }

    /// The answers that [`CodingDesk::coding`] names by number.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        self.history.answers()
    }

    /// Reads a line.
    pub fn step(&mut self, text: &str) -> Effect {
        self.under_way = None;
        let line = match line::read(text) {
            Ok(line) => line,
            Err(message) => return Effect::Say(message),
        };
        match line {
            Line::Leave => Effect::Leave,
            Line::Help => Effect::Help,
            Line::Undo => {
                let found = self.history.undo(|entry| self.is_here(entry));
                self.take_back(found, msg!("code.no_undo"), Then::At)
            }
            Line::Redo => {
                let found = self.history.redo(|entry| self.is_here(entry));
                self.take_back(found, msg!("code.no_redo"), Then::After)
            }
            Line::Go { place, dimension } => self.go(place, dimension),
            other => match self.at.and_then(|place| Some((place, self.indices(place)?))) {
                Some((place, (unit, dimension))) => {
                    self.at_question(&other, place, unit, dimension)
                }
                None => Effect::Say(msg!("code.all_decided")),
            },
        }
    }

    /// Takes note that the rows of the last [`Effect::Append`] are safe, with the seqs they got.
    pub fn saved(&mut self, seqs: &[u64]) {
        let Some((decisions, then)) = self.under_way.take() else { return };
        let first = self.history.len();
        self.history.record(self.round, &decisions, seqs);
        for at in first..self.history.len() {
            let Some(entry) = self.history.entry(at) else { continue };
            let row = u32::try_from(at).unwrap_or(u32::MAX);
            let cell = Cell {
                answer: entry.answer,
                unsure: entry.unsure,
                version: entry.version,
                round: entry.round,
                row,
            };
            self.contested.remove(&(entry.unit, entry.dimension));
            self.coding.set(entry.unit, entry.dimension, cell);
        }
        let next = match then {
            Then::After(place) => self.after(place),
            Then::At(place) => Some(place),
            Then::Top => self.next_unit(None),
        };
        self.stand(next);
    }

    /// Moves; a review ends with its unit.
    fn stand(&mut self, at: Option<Place>) {
        let unit = |place: Option<Place>| place.map(|place| place.unit);
        self.reviewing &= unit(at) == unit(self.at);
        self.at = at;
    }

    /// A line that needs an open question.
    fn at_question(
        &mut self,
        line: &Line<'_>,
        place: Place,
        unit: UnitIndex,
        dimension: DimensionIndex,
    ) -> Effect {
        match line {
            Line::Answer { words, unsure } => match choices::read(self.study, dimension, words) {
                Ok(codes) => {
                    let decision = self.decision(unit, dimension, &codes, *unsure);
                    self.append(vec![decision], Then::After(place))
                }
                Err(message) => Effect::Say(message),
            },
            Line::RestNone => self.rest_none(place, unit),
            Line::Note(text) => {
                Effect::Note { unit, kind: MemoKind::Note, text: (*text).to_owned() }
            }
            Line::Wish(text) => {
                Effect::Note { unit, kind: MemoKind::Boundary, text: (*text).to_owned() }
            }
            Line::Definitions(words) => match choices::named(self.study, dimension, words) {
                Ok(codes) => Effect::Define(dimension, codes),
                Err(message) => Effect::Say(message),
            },
            Line::Skip => {
                let next = self.next_unit(Some(place.unit));
                self.move_on(next.filter(|next| next.unit != place.unit), unit)
            }
            Line::Next => {
                let next = self.next_question(place);
                self.move_on(next.filter(|next| *next != place), unit)
            }
            _ if self.coding.cell(unit, dimension).answer.is_decided() => {
                // Enter leaves a decision that is there as it is.
                self.stand(self.after(place));
                Effect::Moved
            }
            _ => Effect::Say(msg!("code.nothing_typed")),
        }
    }

    fn decision(
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
            memo: before.and_then(|entry| entry.memo.clone()),
            undoes: None,
            codebook: None,
        }
    }

    fn rest_none(&mut self, place: Place, unit: UnitIndex) -> Effect {
        // From the last to the first: so a log tells one `e` from one `0` after the other.
        let undecided = self.dimensions.iter().rev().filter(|it| !self.is_decided(unit, **it));
        let rows: Vec<_> = undecided.map(|it| self.decision(unit, *it, &[], false)).collect();
        if rows.is_empty() {
            return Effect::Say(msg!("code.unit_decided"));
        }
        let last = Place { unit: place.unit, dimension: self.dimensions.len() };
        self.append(rows, Then::After(last))
    }

    fn append(&mut self, rows: Vec<NewDecision>, then: Then) -> Effect {
        self.under_way = Some((rows.clone(), then));
        Effect::Append(rows)
    }

    fn take_back(&mut self, found: TakeBack, none: Message, then: fn(Place) -> Then) -> Effect {
        match found {
            TakeBack::Nothing => Effect::Say(none),
            TakeBack::Beyond => Effect::Say(msg!("code.undo_beyond")),
            TakeBack::Rows(_, rows) => {
                // A dimension that the codebook no longer has is on no screen.
                let places = rows.iter().filter_map(|row| self.place(row.unit, row.dimension));
                let place = places.min();
                self.append(rows, place.map_or(Then::Top, then))
            }
        }
    }

    /// Whether a row of the log belongs to this round and to the units before the coder.
    fn is_here(&self, entry: &Entry) -> bool {
        entry.round == self.round && self.units.binary_search(&entry.unit).is_ok()
    }
}
