//! The coding desk: one coder, one round, one question after the other.
//!
//! An act says what should happen. Decisions become part of the desk's state only when they are saved, that
//! is, after they are on disk; until then the question stays. Nothing is ever filled in for the coder.

mod asked;
pub mod keys;
mod line;
mod quote;
mod toggle;
mod walk;

pub use asked::Again;
pub use quote::Word;

use std::collections::{BTreeMap, BTreeSet};

use self::walk::Place;
use super::choices::{self, Choice};
use super::passage::Passage;
use super::undo::{Entry, History, TakeBack};
use super::{Desk, Effect};
use crate::domain::answer::{Answer, AnswerIndex, Answers, CodeIndex, DimensionIndex};
use crate::domain::coding::{Cell, Coding, InForce};
use crate::domain::locator::Locator;
use crate::domain::log::{Log, NewDecision, RoundIndex, UnitIndex};
use crate::domain::message::Message;
use crate::domain::record::{MemoKind, NewPick};
use crate::domain::study::Study;
use crate::msg;

/// Paragraphs shown on either side of a unit, in line mode.
const NEIGHBOURS: u32 = 2;

/// Paragraphs on either side of a unit, from which a screen shows what fits.
const AROUND: u32 = 12;

/// Units on either side of which the standing is told.
const NEAR: usize = 16;

/// What a coder can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Answer the open question: these codes, none if there are none, and whether she is unsure.
    Answer {
        /// The codes, in codebook order.
        codes: Vec<CodeIndex>,
        /// Whether the coder is unsure.
        unsure: bool,
    },
    /// None in every dimension of the unit that is still undecided.
    RestNone,
    /// Take back the last act.
    Undo,
    /// Take back the last undo.
    Redo,
    /// On to the next unit.
    Skip,
    /// Keep words on the unit: a note, or a wish that it were cut differently.
    Note(MemoKind, String),
    /// Propose a code in the open dimension: what it would be called, and what it would mean.
    Propose(String, String),
    /// Pick words of the unit as a quotation for a code: from this word of [`CodingDesk::words`] to that one.
    Quote(usize, usize, CodeIndex),
    /// Take back what was picked last on this unit.
    Unquote,
    /// Look at the definitions: of the whole dimension, or of these codes.
    Define(Vec<CodeIndex>),
    /// Go to a unit, and there to a dimension; else to the first that is undecided.
    Go(UnitIndex, Option<DimensionIndex>),
    /// On to the next undecided question.
    Next,
    /// Back to the undecided question before this one.
    Previous,
    /// Ask about another dimension of the unit.
    Turn(DimensionIndex),
    /// Ask about the next dimension of the unit, after the last one about the first of the next unit.
    Walk,
    /// Give a code of any dimension, or take it off again; whoever takes off the last one has decided nothing.
    Toggle(CodeIndex),
    /// Say that nothing applies in the open dimension.
    GiveNone,
    /// Mark the decision as unsure, or as certain again.
    Doubt,
    /// Take the decision back: undecided again.
    TakeBack,
    /// None wherever the unit is still undecided, and on to the next unit.
    Close,
    /// See the unit again.
    Again,
    /// Answer several dimensions, from the first on, one after the other.
    Several(Vec<(DimensionIndex, Vec<CodeIndex>, bool)>),
    /// On from a decision that is there, leaving it as it is.
    Pass,
    /// See what can be done.
    Help,
    /// Enough for now.
    Leave,
}

/// What the desk wants kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// Decisions, appended together. The receipt holds the seq of each.
    Decisions(Vec<NewDecision>),
    /// Words on a unit. The receipt is empty.
    Note {
        /// The unit.
        unit: UnitIndex,
        /// What it is: a note, or a wish that the unit were cut differently.
        kind: MemoKind,
        /// The coder's words.
        text: String,
    },
    /// Words of a unit that the coder picks as a quotation, or takes back. The receipt holds its seq.
    Quote {
        /// The unit.
        unit: UnitIndex,
        /// The stretch, and what it is a quotation for.
        pick: NewPick,
    },
    /// A code that the coder would add. The receipt is empty.
    Proposal {
        /// In which dimension.
        dimension: DimensionIndex,
        /// What it would be called.
        name: String,
        /// What it would mean.
        brief: String,
    },
}

/// Where the desk stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View<'v> {
    /// A question is open.
    Question(Box<Question<'v>>),
    /// Every unit is decided in every dimension.
    Finished {
        /// How many units there are.
        units: usize,
    },
}

/// The open question, and what lies around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'v> {
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// The unit among what was said before and after it; absent only if the study lost it.
    pub passage: Option<Passage<'v>>,
    /// The codes that can be given here.
    pub choices: Vec<Choice>,
    /// What the coder has decided in every dimension of the unit so far.
    pub rows: Vec<Row>,
    /// The unit's number in the session, from 1.
    pub nth: usize,
    /// What the coder has decided here so far.
    pub now: Cell,
    /// Whether two devices of the coder decided differently here, which has to be decided again.
    pub contested: bool,
    /// What the coder picked on this unit as quotations, and did not take back: the stretch and the code.
    pub quotes: Vec<(Locator, String)>,
    /// Why the decision is to be read again; empty where it is not.
    pub again: &'v [Message],
    /// What the coder had decided in this dimension on the units from which this one was cut.
    pub earlier: Vec<(UnitIndex, AnswerIndex)>,
    /// What was handed over to be kept and is not yet known to be safe.
    pub pending: &'v [NewDecision],
    /// Units decided in every dimension.
    pub decided_units: usize,
    /// All units of the session.
    pub units: usize,
    /// Dimensions of this unit that are decided.
    pub decided_dimensions: usize,
    /// All dimensions.
    pub dimensions: usize,
}

/// A dimension of the unit at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The dimension.
    pub dimension: DimensionIndex,
    /// What the coder has decided in it.
    pub now: Cell,
    /// Whether two devices of the coder decided differently.
    pub contested: bool,
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
    /// What is to be read again, where nothing else is asked.
    again: Option<BTreeMap<(UnitIndex, DimensionIndex), Again>>,
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
            again: None,
        };
        desk.at = desk.next_unit(None);
        desk
    }

    /// The decision that stands here: of this round, or of an earlier one where it is to be read again.
    fn stands(&self, unit: UnitIndex, dimension: DimensionIndex) -> Cell {
        let now = self.coding.cell(unit, dimension);
        match self.to_read(unit, dimension) {
            Some(again) if !now.answer.is_decided() => again.cell,
            _ => now,
        }
    }

    /// The same decision under the codebook in force; nothing where it gives a code that is gone.
    fn confirmed(&self, unit: UnitIndex, dimension: DimensionIndex) -> Option<NewDecision> {
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
    fn in_force(&self, answer: AnswerIndex) -> Vec<CodeIndex> {
        let vocabulary = &self.study.vocabulary;
        let codes = self.answers().codes(answer).iter().map(|code| vocabulary.now(*code));
        let mut codes: Vec<CodeIndex> =
            codes.filter(|code| vocabulary.of(*code).in_force).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
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
            let locator = self.study.units.get(unit.at()).map(|unit| &unit.locator);
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
            if answer.is_decided() && self.study.units.get(unit.at()).is_some() {
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
            rest: false,
            memo: before.and_then(|entry| entry.memo.clone()),
            undoes: None,
            codebook: None,
        }
    }

    fn rest_none(&mut self, place: Place, unit: UnitIndex) -> Effect<Keep> {
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

    fn append(&mut self, rows: Vec<NewDecision>, then: Then) -> Effect<Keep> {
        let then = match then {
            Then::After(place) if self.stays && place.dimension < self.dimensions.len() => {
                Then::At(place)
            }
            then => then,
        };
        self.under_way = Some((rows.clone(), then));
        Effect::Append(Keep::Decisions(rows))
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
    fn is_here(&self, entry: &Entry) -> bool {
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
            decided_units: self.units.iter().filter(|unit| self.is_whole(**unit)).count(),
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
