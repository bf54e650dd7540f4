//! What is done to a difference: take one of two ways, say why, take that back, go on.

use super::{Effect, Keep, NewDecision, SettleDesk, Stage};
use crate::domain::message::Message;
use crate::msg;

impl SettleDesk<'_> {
    pub(super) fn decide(&mut self, at: usize, cut: Option<bool>) {
        if let Some(difference) = self.differences.get_mut(at) {
            difference.decided = cut;
        }
        self.history.retain(|it| *it != at);
        if cut.is_some() {
            self.history.push(at);
        }
    }

    pub(super) fn take(&self, number: usize) -> Result<bool, Message> {
        let hand = self.at.and_then(|at| self.differences.get(at));
        let Some(difference) = hand else { return Err(msg!("settle.all_decided")) };
        let coders = self.texts.get(difference.text).map_or(&[][..], |it| &it.cuts);
        match number.checked_sub(1).and_then(|nth| coders.get(nth)) {
            Some((coder, _)) => Ok(difference.by.contains(coder)),
            None => Err(msg!("code.not_understood")),
        }
    }

    pub(super) fn choose(&mut self, cut: bool) -> Effect<Keep> {
        if self.at.is_none() {
            return Effect::Say(msg!("settle.all_decided"));
        }
        self.stage = Stage::Reason(cut);
        Effect::Moved
    }

    pub(super) fn skip(&mut self) -> Effect<Keep> {
        let Some(at) = self.at else { return Effect::Say(msg!("settle.all_decided")) };
        match self.next(Some(at)).filter(|next| *next != at) {
            Some(next) => {
                self.at = Some(next);
                Effect::Moved
            }
            None => Effect::Say(msg!("settle.last")),
        }
    }

    pub(super) fn decide_for(&mut self, reason: &str) -> Effect<Keep> {
        let Stage::Reason(cut) = self.stage else { return Effect::Moved };
        if reason.is_empty() {
            return Effect::Say(msg!("settle.reason_needed"));
        }
        match self.at {
            Some(at) => self.append(at, Some(cut), reason),
            None => Effect::Say(msg!("settle.all_decided")),
        }
    }

    pub(super) fn undo(&mut self) -> Effect<Keep> {
        match self.history.last().copied() {
            Some(at) => self.append(at, None, ""),
            None => Effect::Say(msg!("code.no_undo")),
        }
    }

    fn append(&mut self, at: usize, cut: Option<bool>, reason: &str) -> Effect<Keep> {
        let found = self.differences.get(at).and_then(|it| Some((it, self.texts.get(it.text)?)));
        let Some((difference, text)) = found else { return Effect::Moved };
        let decision = NewDecision {
            transcript: text.transcript.id.clone(),
            at: difference.at,
            cut,
            reason: reason.to_owned(),
            present: self.present.clone(),
        };
        self.under_way = Some((at, decision.clone()));
        Effect::Append(Keep::Decision(decision))
    }
}
