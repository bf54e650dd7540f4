//! The consensus meeting: one discrepancy after the other, what was settled, why, and who was there.
//!
//! Each discrepancy takes three lines: the outcome, the reason, the rationale. A settlement is part of
//! the desk's state only with [`ConsensusDesk::saved`], that is, after it is on disk. Coding logs are
//! never touched.

mod history;
mod line;

use self::history::Settled;
use self::line::Line;
use super::choices;
use super::typed::{self, bare};
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
}

/// What should happen after a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Append this row under this round; call [`ConsensusDesk::saved`] once it is safe.
    Append(RoundIndex, NewSettlement),
    /// Tell the meeting something; the question stays.
    Say(Message),
    /// Show the definitions of these codes of a dimension, or of the whole dimension if there are none.
    Define(DimensionIndex, Vec<CodeIndex>),
    /// Show what can be typed.
    Help,
    /// The question may be another.
    Moved,
    /// End the meeting.
    Leave,
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
    /// What is asked.
    pub stage: &'b Stage,
    /// What was settled here before, if it is reopened.
    pub before: Option<&'b NewSettlement>,
    /// Discrepancies that are settled or left open.
    pub settled: usize,
    /// All discrepancies of the meeting.
    pub all: usize,
}

/// A consensus meeting at work.
#[derive(Debug, Clone)]
pub struct ConsensusDesk<'a> {
    study: &'a Study,
    coders: Vec<CoderId>,
    present: Vec<CoderId>,
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
    /// `reopen` them. `coders` are those whose answers are compared, in the order of themata.yaml;
    /// who is present is asked where `present` is empty.
    #[must_use]
    pub fn new(
        study: &'a Study,
        coders: Vec<CoderId>,
        disputes: Vec<Dispute>,
        settlements: &[Settlement],
        present: Vec<CoderId>,
        reopen: bool,
    ) -> Self {
        let standing = consensus::in_force(settlements);
        let is_settled = |it: &Dispute| standing.contains_key(&(it.round, it.unit, it.dimension));
        let mut desk = Self {
            study,
            coders,
            pending: disputes.iter().map(|it| reopen || !is_settled(it)).collect(),
            rows: Settled::new(study, settlements),
            stage: if present.is_empty() { Stage::Present } else { Stage::Choice },
            present,
            disputes,
            at: None,
            change: String::new(),
            under_way: None,
        };
        desk.at = desk.next(None);
        desk
    }

    /// Where the meeting stands.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        let dispute = self.at.and_then(|at| self.disputes.get(at));
        View {
            dispute,
            stage: &self.stage,
            before: dispute.and_then(|it| self.rows.standing(it.round, it.unit, it.dimension)),
            settled: self.pending.iter().filter(|pending| !**pending).count(),
            all: self.pending.len(),
        }
    }

    /// The coders whose answers are compared, in order.
    #[must_use]
    pub fn coders(&self) -> &[CoderId] {
        &self.coders
    }

    /// Reads a line.
    pub fn step(&mut self, text: &str) -> Effect {
        self.under_way = None;
        match self.stage.clone() {
            Stage::Present => self.read_present(text),
            Stage::Choice => self.read_choice(text),
            Stage::Reason(chosen) => self.read_reason(text, chosen),
            Stage::Rationale(chosen, reason) => self.read_rationale(text, chosen, reason),
        }
    }

    /// Takes note that the row of the last [`Effect::Append`] is safe, with the seq it got.
    pub fn saved(&mut self, seq: u64) {
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

    fn read_present(&mut self, text: &str) -> Effect {
        if bare(text).eq_ignore_ascii_case("q") {
            return Effect::Leave;
        }
        let all: Vec<CoderId> = self.study.settings.coders.iter().map(|it| it.id.clone()).collect();
        let Some(present) = typed::present(text, &all) else {
            return Effect::Say(msg!("resolve.present_shape"));
        };
        self.present = present;
        self.stage = Stage::Choice;
        match self.present.iter().find(|id| self.study.coder(id).is_none()) {
            Some(other) => Effect::Say(msg!("resolve.present_other", who = other)),
            None => Effect::Moved,
        }
    }

    fn read_choice(&mut self, text: &str) -> Effect {
        let read = match line::read(text) {
            Ok(read) => read,
            Err(message) => return Effect::Say(message),
        };
        match read {
            Line::Leave => return Effect::Leave,
            Line::Help => return Effect::Help,
            Line::Undo => return self.undo(),
            _ => {}
        }
        let found = self.at.and_then(|at| Some((at, self.disputes.get(at)?)));
        let Some((at, dispute)) = found else { return Effect::Say(msg!("resolve.all_settled")) };
        let dimension = dispute.dimension;
        let chosen = match read {
            Line::Skip => return self.skip(at),
            Line::Change(text) => {
                text.clone_into(&mut self.change);
                return Effect::Say(msg!("resolve.change_noted"));
            }
            Line::Definitions(words) => {
                let named = choices::named(self.study, dimension, &words);
                return named.map_or_else(Effect::Say, |codes| Effect::Define(dimension, codes));
            }
            Line::Take(number) => self.take(dispute, number),
            Line::Both => self.both(dispute),
            Line::Other(words) => choices::read(self.study, dimension, &words)
                .map(|codes| Chosen { outcome: Outcome::Other, answer: self.answer(&codes) }),
            _ => Ok(Chosen { outcome: Outcome::Open, answer: Answer::Undecided }),
        };
        chosen.map_or_else(Effect::Say, |chosen| {
            self.stage = match chosen.outcome {
                Outcome::Open => Stage::Rationale(chosen, Reason::Reading),
                _ => Stage::Reason(chosen),
            };
            Effect::Moved
        })
    }

    fn read_reason(&mut self, text: &str, chosen: Chosen) -> Effect {
        match bare(text) {
            "q" | "Q" => return Effect::Leave,
            "z" | "Z" => {
                self.stage = Stage::Choice;
                return Effect::Moved;
            }
            "?" => return Effect::Help,
            _ => {}
        }
        match line::reason(text) {
            Some(reason) => {
                self.stage = Stage::Rationale(chosen, reason);
                Effect::Moved
            }
            None => Effect::Say(msg!("resolve.no_reason")),
        }
    }

    fn read_rationale(&mut self, text: &str, chosen: Chosen, reason: Reason) -> Effect {
        let rationale = bare(text);
        match rationale {
            "q" | "Q" => return Effect::Leave,
            "z" | "Z" => {
                self.stage = match chosen.outcome {
                    Outcome::Open => Stage::Choice,
                    _ => Stage::Reason(chosen),
                };
                return Effect::Moved;
            }
            "?" => return Effect::Help,
            "" if chosen.needs_rationale() => return Effect::Say(msg!("resolve.rationale_needed")),
            _ => {}
        }
        let found = self.at.and_then(|at| Some((at, self.disputes.get(at)?)));
        let Some((at, dispute)) = found else { return Effect::Say(msg!("resolve.all_settled")) };
        let row = NewSettlement {
            unit: dispute.unit,
            dimension: dispute.dimension,
            answer: chosen.answer,
            outcome: Some(chosen.outcome),
            reason: Some(reason),
            rationale: rationale.to_owned(),
            present: self.present.clone(),
            codebook_change: self.change.clone(),
            undoes: None,
            codebook: None,
        };
        self.append(at, dispute.round, row)
    }

    fn append(&mut self, at: usize, round: RoundIndex, row: NewSettlement) -> Effect {
        self.under_way = Some((at, round, row.clone()));
        Effect::Append(round, row)
    }

    fn undo(&mut self) -> Effect {
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

    fn skip(&mut self, at: usize) -> Effect {
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
        let select = self.study.vocabulary.dimensions.get(usize::from(dispute.dimension.0));
        if select.is_some_and(|dimension| dimension.select == Select::One) {
            return Err(msg!("resolve.both_many"));
        }
        let mut codes = Vec::new();
        for (given, coder) in [first, second].into_iter().zip(&self.coders) {
            self.of(given, coder)?;
            codes.extend_from_slice(self.study.answers.codes(given.answer));
        }
        let codes = choices::settle(self.study, dispute.dimension, codes)?;
        Ok(Chosen { outcome: Outcome::Both, answer: self.answer(&codes) })
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
