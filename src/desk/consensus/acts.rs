//! What a meeting does: say who is there, choose, settle, take back, go on.

use super::{Act, Chosen, ConsensusDesk, Effect, Keep, Stage};
use crate::domain::answer::Answer;
use crate::domain::consensus::{NewSettlement, Outcome, Reason};
use crate::domain::id::CoderId;
use crate::domain::log::RoundIndex;
use crate::domain::message::Message;
use crate::msg;

impl ConsensusDesk<'_> {
    pub(super) fn present(&mut self, present: Vec<CoderId>) -> Effect<Keep> {
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
    pub(super) fn at_dispute(&mut self, act: Act) -> Effect<Keep> {
        let Some((at, dispute)) = self.hand() else {
            return Effect::Say(msg!("resolve.all_settled"));
        };
        let chosen = match act {
            Act::Skip => return self.skip(at),
            Act::Previous => return self.go_back(at),
            Act::Change(text) => {
                self.change = text;
                return Effect::Say(msg!("resolve.change_noted"));
            }
            Act::Amend(amendment) => return self.amend(amendment),
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

    pub(super) fn back(&mut self) -> Effect<Keep> {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Choice) {
            Stage::Rationale(chosen, _) if chosen.outcome != Outcome::Open => Stage::Reason(chosen),
            Stage::Present => Stage::Present,
            _ => Stage::Choice,
        };
        Effect::Moved
    }

    pub(super) fn settle(&mut self, rationale: String) -> Effect<Keep> {
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
        Effect::Append(Keep::Settlement(round, row))
    }

    pub(super) fn undo(&mut self) -> Effect<Keep> {
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
        self.go(self.next(Some(at)).filter(|next| *next != at))
    }

    fn go_back(&mut self, at: usize) -> Effect<Keep> {
        let open = |it: &usize| self.pending.get(*it).copied().unwrap_or(false);
        self.go((0..at).rev().chain((at + 1..self.pending.len()).rev()).find(open))
    }

    fn go(&mut self, to: Option<usize>) -> Effect<Keep> {
        if to.is_none() {
            return Effect::Say(msg!("resolve.last"));
        }
        self.at = to;
        self.stage = Stage::Choice;
        self.change.clear();
        Effect::Moved
    }
}
