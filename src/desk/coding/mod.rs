//! The coding desk: one coder, one round, one question after the other.
//!
//! An act says what should happen. Decisions become part of the desk's state only when they are saved, that
//! is, after they are on disk; until then the question stays. Nothing is ever filled in for the coder.

mod acts;
mod asked;
mod decide;
pub mod keys;
mod line;
mod question;
mod quote;
mod toggle;
mod walk;

pub use acts::{Act, Keep};
pub use asked::Again;
pub use question::{Question, Row, View};
pub use quote::Word;

use std::collections::{BTreeMap, BTreeSet};

use self::walk::Place;
use super::choices;
use super::passage::Passage;
use super::undo::{Entry, History, TakeBack};
use super::{Desk, Effect};
use crate::domain::answer::{AnswerIndex, Answers, CodeIndex, DimensionIndex};
use crate::domain::coding::{Cell, Coding, InForce};
use crate::domain::log::{Log, NewDecision, RoundIndex, UnitIndex};
use crate::domain::message::Message;
use crate::domain::record::NewPick;
use crate::domain::study::Study;
use crate::msg;

/// Paragraphs shown on either side of a unit, in line mode.
const NEIGHBOURS: u32 = 2;

/// Paragraphs on either side of a unit, from which a screen shows what fits.
const AROUND: u32 = 12;

/// Units on either side of which the standing is told.
const NEAR: usize = 16;

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
    /// In the order in which they are shown.
    units: Vec<UnitIndex>,
    mine: BTreeSet<UnitIndex>,
    dimensions: Vec<DimensionIndex>,
    coding: Coding,
    contested: BTreeSet<(UnitIndex, DimensionIndex)>,
    history: History<'a>,
    at: Option<Place>,
    /// Whether the coder came back to a decided unit, to go through it once more.
    reviewing: bool,
    under_way: Option<(Vec<NewDecision>, Then)>,
    /// What she picked as quotations: seq and row.
    picks: Vec<(u64, NewPick)>,
    /// The row of a quotation that is under way.
    picking: Option<NewPick>,
    /// Answers of one line that follow the one that is under way.
    queue: Vec<(DimensionIndex, Vec<CodeIndex>, bool)>,
    /// Whether the coder stays where she decides, with all dimensions in view.
    stays: bool,
    /// Whether the team wants each dimension asked by itself.
    asks_each: bool,
    /// How many units are decided in every dimension that is asked.
    whole: usize,
    /// What is to be read again, where nothing else is asked.
    again: Option<BTreeMap<(UnitIndex, DimensionIndex), Again>>,
}

impl<'a> CodingDesk<'a> {
    /// Sits a coder down before these units, at the first question that is undecided.
    #[must_use]
    pub fn new(
        study: &'a Study,
        log: &'a Log,
        round: RoundIndex,
        mut units: Vec<UnitIndex>,
    ) -> Self {
        units.sort_unstable();
        units.dedup();
        let all = study.vocabulary.dimensions.len();
        let mut in_force = InForce::fold(log, study.units.len(), all, |_, row| row.round == round);
        let empty = || Coding::empty(log.coder.clone(), study.units.len(), all);
        let contested = in_force.conflicts.iter().map(|it| (it.unit, it.dimension)).collect();
        let mut desk = Self {
            study,
            round,
            mine: units.iter().copied().collect(),
            units,
            dimensions: study.vocabulary.dimensions_in_force().map(|(index, _)| index).collect(),
            coding: in_force.rounds.remove(&round).unwrap_or_else(empty),
            contested,
            history: History::new(study, log),
            at: None,
            reviewing: false,
            under_way: None,
            picks: Vec::new(),
            picking: None,
            queue: Vec::new(),
            stays: false,
            asks_each: study.settings.asks_each,
            whole: 0,
            again: None,
        };
        desk.begin();
        desk
    }

    /// How much of some unit near the one at hand is decided: dimensions decided, and all; the unit is the one that
    /// holds a paragraph of the transcript at hand.
    #[must_use]
    pub fn progress_at(&self, paragraph: u32) -> Option<(usize, usize)> {
        let at = self.at?.unit;
        let here = *self.units.get(at)?;
        let transcript = &self.study.transcript_of(here).id;
        let near = self.units.get(at.saturating_sub(NEAR)..).unwrap_or_default();
        let holds = |unit: &&UnitIndex| {
            let locator = self.study.unit_at(**unit).map(|unit| &unit.locator);
            locator.is_some_and(|it| it.transcript() == transcript && it.span().holds(paragraph))
        };
        let unit = near.iter().take(2 * NEAR).find(holds)?;
        let decided = self.dimensions.iter().filter(|it| self.is_decided(*unit, **it)).count();
        Some((decided, self.dimensions.len()))
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

    /// The study that is coded.
    #[must_use]
    pub fn study(&self) -> &'a Study {
        self.study
    }

    /// What the coder herself had decided on the units from which this one was cut.
    fn earlier(&self, unit: UnitIndex, dimension: DimensionIndex) -> Vec<(UnitIndex, AnswerIndex)> {
        let mut found = Vec::new();
        let mut before: Vec<UnitIndex> = self.study.moved.earlier(unit).to_vec();
        let mut next = 0;
        while let Some(unit) = before.get(next).copied() {
            next += 1;
            let answer = self.coding.cell(unit, dimension).answer;
            if answer.is_decided() && self.study.unit_at(unit).is_some() {
                found.push((unit, answer));
                continue;
            }
            let further = self.study.moved.earlier(unit).iter();
            let further: Vec<UnitIndex> =
                further.filter(|it| !before.contains(it)).copied().collect();
            before.extend(further);
        }
        found
    }

    /// Moves; a review ends with its unit.
    fn stand(&mut self, at: Option<Place>) {
        let unit = |place: Option<Place>| place.map(|place| place.unit);
        self.reviewing &= unit(at) == unit(self.at);
        self.at = at;
    }

    /// An act that needs an open question.
    fn at_question(&mut self, act: Act, place: Place, unit: UnitIndex) -> Effect<Keep> {
        let Some((_, dimension)) = self.indices(place) else { return Effect::Moved };
        match act {
            Act::Answer { codes, unsure } => {
                let decision = self.decision(unit, dimension, &codes, unsure);
                self.append(vec![decision], Then::After(place))
            }
            Act::RestNone => self.rest_none(place, unit),
            Act::Close => self.close(place, unit),
            Act::Toggle(code) => self.toggle(place, unit, code),
            Act::GiveNone => self.give_none(place, unit, dimension),
            Act::Doubt => self.doubt(place, unit, dimension),
            Act::TakeBack => self.empty(place, unit, dimension),
            Act::Several(answers) => self.several(place, unit, answers),
            Act::Again => Effect::Look,
            Act::Turn(_) | Act::Walk | Act::Previous => self.turn(&act, place, unit),
            Act::Note(kind, text) => Effect::Append(Keep::Note { unit, kind, text }),
            Act::Quote(first, last, code) => self.quote(unit, first, last, code),
            Act::Unquote => self.unquote(unit),
            Act::Propose(name, brief) => Effect::Append(Keep::Proposal { dimension, name, brief }),
            Act::Define(codes) => Effect::Define(dimension, codes),
            Act::Skip => {
                let next = self.next_unit(Some(place.unit));
                self.move_on(next.filter(|next| next.unit != place.unit), unit)
            }
            Act::Next => {
                let next = self.next_question(place);
                self.move_on(next.filter(|next| *next != place), unit)
            }
            Act::Pass if self.to_read(unit, dimension).is_some() => {
                match self.confirmed(unit, dimension) {
                    Some(decision) => self.append(vec![decision], Then::After(place)),
                    None => Effect::Say(msg!("code.again_gone")),
                }
            }
            _ if self.coding.cell(unit, dimension).answer.is_decided() => {
                self.stand(self.after(place));
                Effect::Moved
            }
            _ => Effect::Say(msg!("code.nothing_typed")),
        }
    }

    fn take_back(
        &mut self,
        found: TakeBack,
        none: Message,
        then: fn(Place) -> Then,
    ) -> Effect<Keep> {
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
    fn is_here(&self, entry: &Entry<'_>) -> bool {
        entry.round == self.round && self.mine.contains(&entry.unit)
    }
}

impl Desk for CodingDesk<'_> {
    type Act = Act;
    type View<'v>
        = View<'v>
    where
        Self: 'v;
    type Keep = Keep;
    type Receipt = Vec<u64>;

    fn view(&self) -> View<'_> {
        let Some((unit, dimension)) = self.at.and_then(|place| self.indices(place)) else {
            return View::Finished { units: self.units.len() };
        };
        let is_decided = |dimension: &&DimensionIndex| self.is_decided(unit, **dimension);
        View::Question(Box::new(Question {
            unit,
            dimension,
            passage: Passage::of(self.study, unit, if self.stays { AROUND } else { NEIGHBOURS }),
            choices: choices::choices(self.study, dimension),
            rows: self.rows(unit),
            nth: self.at.map_or(0, |place| place.unit + 1),
            now: self.stands(unit, dimension),
            quotes: self.quotes(unit),
            again: self.to_read(unit, dimension).map(|it| it.why.as_slice()).unwrap_or_default(),
            contested: self.contested.contains(&(unit, dimension)),
            earlier: self.earlier(unit, dimension),
            pending: self.under_way.as_ref().map_or(&[][..], |(rows, _)| rows),
            decided_units: self.whole,
            units: self.units.len(),
            decided_dimensions: self.dimensions.iter().filter(is_decided).count(),
            dimensions: self.dimensions.len(),
        }))
    }

    fn read(&self, line: &str) -> Result<Act, Message> {
        line::read(self, line)
    }

    fn act(&mut self, act: Act) -> Effect<Keep> {
        self.under_way = None;
        self.picking = None;
        self.queue.clear();
        match act {
            Act::Leave => Effect::Leave,
            Act::Help => Effect::Help,
            Act::Undo => {
                let found = self.history.undo(|entry| self.is_here(entry));
                self.take_back(found, msg!("code.no_undo"), Then::At)
            }
            Act::Redo => {
                let found = self.history.redo(|entry| self.is_here(entry));
                self.take_back(found, msg!("code.no_redo"), Then::After)
            }
            Act::Go(unit, dimension) => self.go(unit, dimension),
            other => match self.at.and_then(|place| Some((place, self.indices(place)?))) {
                Some((place, (unit, _))) => self.at_question(other, place, unit),
                None => Effect::Say(msg!("code.all_decided")),
            },
        }
    }

    fn saved(&mut self, seqs: Vec<u64>) {
        if let (Some(pick), Some(seq)) = (self.picking.take(), seqs.first()) {
            self.picks.push((*seq, pick));
        }
        let Some((decisions, then)) = self.under_way.take() else { return };
        let units: BTreeSet<UnitIndex> = decisions.iter().map(|it| it.unit).collect();
        let units: Vec<UnitIndex> = units.into_iter().filter(|it| self.mine.contains(it)).collect();
        let whole = |desk: &Self| units.iter().filter(|unit| desk.is_whole(**unit)).count();
        let before = whole(self);
        let first = self.history.len();
        self.history.record(self.round, &decisions, &seqs);
        for at in first..self.history.len() {
            let Some(entry) = self.history.entry(at) else { continue };
            let row = u32::try_from(at).unwrap_or(u32::MAX);
            let cell = Cell {
                answer: entry.answer,
                unsure: entry.unsure,
                rest: entry.rest,
                version: entry.version,
                round: entry.round,
                row,
            };
            self.contested.remove(&(entry.unit, entry.dimension));
            self.coding.set(entry.unit, entry.dimension, cell);
        }
        self.whole = (self.whole + whole(self)).saturating_sub(before);
        let next = match then {
            Then::After(place) => self.after(place),
            Then::At(place) => Some(place),
            Then::Top => self.next_unit(None),
        };
        self.stand(next);
        self.prepare();
    }

    fn due(&self) -> Option<Keep> {
        // What is under way once something was saved is the next answer of the same line.
        self.under_way.as_ref().map(|(rows, _)| Keep::Decisions(rows.clone()))
    }
}
