//! The consensus meeting: one discrepancy after the other, what was settled, why, and who was there.
//!
//! Each discrepancy takes three acts: the outcome, the reason, the rationale. A settlement is part of
//! the desk's state only once it is saved, that is, after it is on disk. Coding logs are never touched.

mod history;
mod line;

use self::history::Settled;
use super::choices::{self, Choice};
use super::passage::Passage;
use super::{Desk, Effect};
use crate::domain::answer::{Answer, AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::codebook::Select;
use crate::domain::consensus::{self, NewSettlement, Outcome, Reason, Settlement};
use crate::domain::id::CoderId;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;

/// What one coder gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The answer, by its number in [`Study::answers`].
    pub answer: AnswerIndex,
    /// Whether the coder was unsure.
    pub unsure: bool,
    /// The memo on the decision.
    pub memo: Option<Box<str>>,
}

/// A unit and dimension that the meeting talks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The round whose decisions are compared.
    pub round: RoundIndex,
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// What each coder gave, in the desk's order of coders.
    pub given: Vec<Given>,
    /// Why what was settled here is to be looked at again: the codebook changed after it.
    pub again: Vec<Message>,
}

/// Paragraphs shown on either side of a unit.
const NEIGHBOURS: u32 = 2;

/// What a meeting can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Say who is here.
    Present(Vec<CoderId>),
    /// Choose the answer of the coder with this number, from 1.
    Take(usize),
    /// Choose both answers together.
    Both,
    /// Choose another answer: these codes, none if there are none.
    Other(Vec<CodeIndex>),
    /// Let two readings both stand.
    Open,
    /// Say why the coders had differed.
    Reason(Reason),
    /// Say it in the team's words, which settles the discrepancy.
    Rationale(String),
    /// One stage back.
    Back,
    /// Note what should change in the codebook.
    Change(String),
    /// On to the next discrepancy.
    Skip,
    /// Take back the last settlement.
    Undo,
    /// Look at the definitions: of the whole dimension, or of these codes.
    Define(Vec<CodeIndex>),
    /// See what can be done.
    Help,
    /// Enough for now.
    Leave,
}

/// A settlement that a desk wants kept, and its round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// The round whose decisions are settled.
    pub round: RoundIndex,
    /// The settlement.
    pub settlement: NewSettlement,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Who is here.
    Present,
    /// Which answer shall hold.
    Choice,
    /// Why the coders had differed; the outcome is chosen.
    Reason(Chosen),
    /// In the team's words; outcome and reason are chosen.
    Rationale(Chosen, Reason),
}

/// An outcome with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// How it was settled.
    pub outcome: Outcome,
    /// The result; undecided for `open`.
    pub answer: Answer,
}

impl Chosen {
    /// Whether it has to be explained.
    #[must_use]
    pub fn needs_rationale(&self) -> bool {
        matches!(self.outcome, Outcome::Other | Outcome::Open)
    }
}

/// Where the meeting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View<'b> {
    /// The discrepancy at hand; absent when none is left.
    pub dispute: Option<&'b Dispute>,
    /// Its unit among what was said before and after it.
    pub passage: Option<Passage<'b>>,
    /// The codes that can be given in its dimension.
    pub choices: Vec<Choice>,
    /// Whether both answers together can be chosen.
    pub can_be_both: bool,
    /// What is asked.
    pub stage: &'b Stage,
    /// What was settled here before, if it is reopened.
    pub before: Option<&'b NewSettlement>,
    /// What was handed over to be kept and is not yet known to be safe.
    pub pending: Option<&'b NewSettlement>,
    /// Discrepancies that are settled.
    pub settled: usize,
    /// Discrepancies that are left open.
    pub open: usize,
    /// All discrepancies of the meeting.
    pub all: usize,
}

/// How far a meeting is: how many discrepancies stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Settled.
    pub settled: usize,
    /// Left open.
    pub open: usize,
    /// Neither yet.
    pub to_do: usize,
}

/// A consensus meeting at work.
#[derive(Debug, Clone)]
pub struct ConsensusDesk<'a> {
    study: &'a Study,
    coders: Vec<CoderId>,
    present: Vec<CoderId>,
    guests: Vec<CoderId>,
    disputes: Vec<Dispute>,
    /// Whether each discrepancy is still to be settled.
    pending: Vec<bool>,
    rows: Settled,
    at: Option<usize>,
    stage: Stage,
    change: String,
    under_way: Option<(usize, RoundIndex, NewSettlement)>,
}

impl<'a> ConsensusDesk<'a> {
    /// Opens a meeting over these discrepancies, in their order.
    ///
    /// Those settled or left open before are not offered again, unless the meeting is there to
    /// `reopen` them or the codebook changed after them. `coders` are those whose answers are compared, in the order of themata.yaml;
    /// who is present is asked where `present` is empty; `guests` may be there and are no coders.
    #[must_use]
    pub fn new(
        study: &'a Study,
        coders: Vec<CoderId>,
        disputes: Vec<Dispute>,
        settlements: &[Settlement],
        present: Vec<CoderId>,
        guests: Vec<CoderId>,
        reopen: bool,
    ) -> Self {
        let standing = consensus::in_force(settlements);
        let is_settled = |it: &Dispute| standing.contains_key(&(it.round, it.unit, it.dimension));
        let mut desk = Self {
            study,
            coders,
            pending: (disputes.iter())
                .map(|it| reopen || !is_settled(it) || !it.again.is_empty())
                .collect(),
            rows: Settled::new(study, settlements),
            stage: if present.is_empty() { Stage::Present } else { Stage::Choice },
            present,
            guests,
            disputes,
            at: None,
            change: String::new(),
            under_way: None,
        };
        desk.at = desk.next(None);
        desk
    }

    /// The coders whose answers are compared, in order.
    #[must_use]
    pub fn coders(&self) -> &[CoderId] {
        &self.coders
    }

    /// The study that is settled.
    #[must_use]
    pub fn study(&self) -> &'a Study {
        self.study
    }

    /// How far the meeting is.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for (dispute, pending) in self.disputes.iter().zip(&self.pending) {
            let standing = self.rows.standing(dispute.round, dispute.unit, dispute.dimension);
            *match standing.and_then(|it| it.outcome.as_ref()) {
                _ if *pending => &mut tally.to_do,
                Some(Outcome::Open) => &mut tally.open,
                _ => &mut tally.settled,
            } += 1;
        }
        tally
    }

    fn hand(&self) -> Option<(usize, &Dispute)> {
        let at = self.at?;
        Some((at, self.disputes.get(at)?))
    }

    fn present(&mut self, present: Vec<CoderId>) -> Effect<Keep> {
        let is_known = |id: &&CoderId| self.study.coder(id).is_some() || self.guests.contains(id);
        if let Some(other) = present.iter().find(|id| !is_known(id)) {
            return Effect::Say(msg!("resolve.present_other", who = other));
        }
        self.present = present;
        for guest in &self.guests {
            if !self.present.contains(guest) {
                self.present.push(guest.clone());
            }
        }
        self.stage = Stage::Choice;
        Effect::Moved
    }

    fn choose(&mut self, chosen: Result<Chosen, Message>) -> Effect<Keep> {
        chosen.map_or_else(Effect::Say, |chosen| {
            self.stage = match chosen.outcome {
                Outcome::Open => Stage::Rationale(chosen, Reason::Reading),
                _ => Stage::Reason(chosen),
            };
            Effect::Moved
        })
    }

    /// An act that needs a discrepancy.
    fn at_dispute(&mut self, act: Act) -> Effect<Keep> {
        let Some((at, dispute)) = self.hand() else {
            return Effect::Say(msg!("resolve.all_settled"));
        };
        let chosen = match act {
            Act::Skip => return self.skip(at),
            Act::Change(text) => {
                self.change = text;
                return Effect::Say(msg!("resolve.change_noted"));
            }
            Act::Define(codes) => return Effect::Define(dispute.dimension, codes),
            Act::Take(number) => self.take(dispute, number),
            Act::Both => self.both(dispute),
            Act::Other(codes) => {
                Ok(Chosen { outcome: Outcome::Other, answer: self.answer(&codes) })
            }
            _ => Ok(Chosen { outcome: Outcome::Open, answer: Answer::Undecided }),
        };
        self.choose(chosen)
    }

    fn back(&mut self) -> Effect<Keep> {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Choice) {
            Stage::Rationale(chosen, _) if chosen.outcome != Outcome::Open => Stage::Reason(chosen),
            Stage::Present => Stage::Present,
            _ => Stage::Choice,
        };
        Effect::Moved
    }

    fn settle(&mut self, rationale: String) -> Effect<Keep> {
        let Stage::Rationale(chosen, reason) = self.stage.clone() else { return Effect::Moved };
        if rationale.is_empty() && chosen.needs_rationale() {
            return Effect::Say(msg!("resolve.rationale_needed"));
        }
        let Some((at, dispute)) = self.hand() else {
            return Effect::Say(msg!("resolve.all_settled"));
        };
        let row = NewSettlement {
            unit: dispute.unit,
            dimension: dispute.dimension,
            answer: chosen.answer,
            outcome: Some(chosen.outcome),
            reason: Some(reason),
            rationale,
            present: self.present.clone(),
            codebook_change: self.change.clone(),
            undoes: None,
            codebook: None,
        };
        let round = dispute.round;
        self.append(at, round, row)
    }

    fn append(&mut self, at: usize, round: RoundIndex, row: NewSettlement) -> Effect<Keep> {
        self.under_way = Some((at, round, row.clone()));
        Effect::Append(Keep { round, settlement: row })
    }

    fn undo(&mut self) -> Effect<Keep> {
        let find = |round, unit, dimension| {
            self.disputes
                .iter()
                .position(|it| (it.round, it.unit, it.dimension) == (round, unit, dimension))
        };
        match self.rows.take_back(find, &self.present) {
            Some((at, round, row)) => self.append(at, round, row),
            None => Effect::Say(msg!("code.no_undo")),
        }
    }

    fn skip(&mut self, at: usize) -> Effect<Keep> {
        match self.next(Some(at)) {
            Some(next) if next != at => {
                self.at = Some(next);
                self.change.clear();
                Effect::Moved
            }
            _ => Effect::Say(msg!("resolve.last")),
        }
    }

    /// The next discrepancy to settle: after the given one, then from the top, the given one last.
    fn next(&self, after: Option<usize>) -> Option<usize> {
        let start = after.map_or(0, |at| at + 1).min(self.pending.len());
        let is_pending = |at: &usize| self.pending.get(*at).copied().unwrap_or(false);
        (start..self.pending.len()).chain(0..start).find(is_pending)
    }

    fn take(&self, dispute: &Dispute, number: usize) -> Result<Chosen, Message> {
        let at = number.checked_sub(1).filter(|at| *at < dispute.given.len());
        let given = at.and_then(|at| Some((at, self.coders.get(at)?, dispute.given.get(at)?)));
        let Some((at, coder, given)) = given else {
            return Err(msg!("resolve.no_coder", last = self.coders.len()));
        };
        let answer = self.of(given, coder)?;
        let outcome = match (self.coders.len(), at) {
            (2, 0) => Outcome::First,
            (2, _) => Outcome::Second,
            _ => Outcome::Coder(coder.clone()),
        };
        Ok(Chosen { outcome, answer })
    }

    fn both(&self, dispute: &Dispute) -> Result<Chosen, Message> {
        let [first, second] = dispute.given.as_slice() else {
            return Err(msg!("resolve.both_two"));
        };
        if !self.takes_many(dispute.dimension) {
            return Err(msg!("resolve.both_many"));
        }
        if [first, second].iter().any(|it| it.answer == AnswerIndex::NONE) {
            return Err(msg!("resolve.both_none"));
        }
        let mut codes = Vec::new();
        for (given, coder) in [first, second].into_iter().zip(&self.coders) {
            self.of(given, coder)?;
            codes.extend_from_slice(self.study.answers.codes(given.answer));
        }
        let codes = choices::settle(self.study, dispute.dimension, codes)?;
        Ok(Chosen { outcome: Outcome::Both, answer: self.answer(&codes) })
    }

    fn takes_many(&self, dimension: DimensionIndex) -> bool {
        let known = self.study.vocabulary.dimensions.get(usize::from(dimension.0));
        known.is_some_and(|known| known.select == Select::Many)
    }

    /// A coder's answer as it can be settled on.
    fn of(&self, given: &Given, coder: &CoderId) -> Result<Answer, Message> {
        if !given.answer.is_decided() {
            return Err(msg!("resolve.undecided", coder = coder));
        }
        let codes = self.study.answers.codes(given.answer);
        match codes.iter().map(|code| self.study.vocabulary.of(*code)).find(|code| !code.in_force) {
            Some(retired) => Err(msg!("resolve.retired", code = &retired.id)),
            None => Ok(self.answer(codes)),
        }
    }

    /// The answer that these codes make; none if there are none.
    fn answer(&self, codes: &[CodeIndex]) -> Answer {
        match codes {
            [] => Answer::None,
            codes => {
                let id = |code: &CodeIndex| self.study.vocabulary.of(*code).id.clone();
                Answer::Codes(codes.iter().map(id).collect())
            }
        }
    }
}

impl Desk for ConsensusDesk<'_> {
    type Act = Act;
    type View<'v>
        = View<'v>
    where
        Self: 'v;
    type Keep = Keep;
    type Receipt = u64;

    fn view(&self) -> View<'_> {
        let dispute = self.hand().map(|(_, dispute)| dispute);
        let choices = dispute.map(|it| choices::choices(self.study, it.dimension));
        View {
            dispute,
            passage: dispute.and_then(|it| Passage::of(self.study, it.unit, NEIGHBOURS)),
            choices: choices.unwrap_or_default(),
            can_be_both: dispute.is_some_and(|it| {
                it.given.len() == 2
                    && self.takes_many(it.dimension)
                    && it.given.iter().all(|it| !self.study.answers.codes(it.answer).is_empty())
            }),
            stage: &self.stage,
            before: dispute.and_then(|it| self.rows.standing(it.round, it.unit, it.dimension)),
            pending: self.under_way.as_ref().map(|(.., row)| row),
            settled: self.tally().settled,
            open: self.tally().open,
            all: self.pending.len(),
        }
    }

    fn read(&self, line: &str) -> Result<Act, Message> {
        line::read(self, line)
    }

    fn act(&mut self, act: Act) -> Effect<Keep> {
        self.under_way = None;
        match act {
            Act::Leave => Effect::Leave,
            Act::Help => Effect::Help,
            Act::Present(present) => self.present(present),
            Act::Back => self.back(),
            Act::Undo => self.undo(),
            Act::Reason(reason) => {
                if let Stage::Reason(chosen) = self.stage.clone() {
                    self.stage = Stage::Rationale(chosen, reason);
                }
                Effect::Moved
            }
            Act::Rationale(text) => self.settle(text),
            other => self.at_dispute(other),
        }
    }

    fn saved(&mut self, seq: u64) {
        let Some((at, round, row)) = self.under_way.take() else { return };
        let took_back = row.undoes.is_some();
        if let Some(pending) = self.pending.get_mut(at) {
            *pending = row.outcome.is_none();
        }
        self.rows.add(seq, round, row);
        self.stage = Stage::Choice;
        self.change.clear();
        self.at = if took_back { Some(at) } else { self.next(Some(at)) };
    }
}
