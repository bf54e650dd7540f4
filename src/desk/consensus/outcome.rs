//! What can hold: one coder's answer, both together, or any other of the dimension.

use super::{Chosen, ConsensusDesk, Dispute, Given};
use crate::desk::choices;
use crate::domain::answer::{Answer, AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::codebook::Select;
use crate::domain::consensus::Outcome;
use crate::domain::id::CoderId;
use crate::domain::message::Message;
use crate::msg;

impl ConsensusDesk<'_> {
    /// Another answer, made of codes of the dimension at hand.
    ///
    /// # Errors
    /// Several codes where the dimension takes one, or nothing is at hand.
    pub fn other(&self, codes: Vec<CodeIndex>) -> Result<super::Act, Message> {
        let Some((_, dispute)) = self.hand() else { return Err(msg!("resolve.all_settled")) };
        choices::settle(self.study, dispute.dimension, codes).map(super::Act::Other)
    }

    /// Who is here, as somebody wrote it.
    ///
    /// # Errors
    /// Says what is not understood.
    pub fn who(&self, text: &str) -> Result<super::Act, Message> {
        super::line::present(self, text)
    }

    /// The answer on this side, from 1.
    pub(super) fn take(&self, dispute: &Dispute, number: usize) -> Result<Chosen, Message> {
        let side = number.checked_sub(1).and_then(|nth| self.order(dispute).get(nth).copied());
        let given = side.and_then(|at| Some((at, self.coders.get(at)?, dispute.given.get(at)?)));
        let Some((at, coder, given)) = given else {
            return Err(msg!("resolve.no_coder", last = self.coders.len()));
        };
        let answer = self.of(given, coder).map_err(|why| match self.hides_names {
            true if !given.answer.is_decided() => msg!("resolve.undecided_side", n = number),
            _ => why,
        })?;
        let outcome = match (self.coders.len(), at) {
            (2, 0) => Outcome::First,
            (2, _) => Outcome::Second,
            _ => Outcome::Coder(coder.clone()),
        };
        Ok(Chosen { outcome, answer })
    }

    /// Both answers together.
    pub(super) fn both(&self, dispute: &Dispute) -> Result<Chosen, Message> {
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

    pub(super) fn takes_many(&self, dimension: DimensionIndex) -> bool {
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
    pub(super) fn answer(&self, codes: &[CodeIndex]) -> Answer {
        match codes {
            [] => Answer::None,
            codes => {
                let id = |code: &CodeIndex| self.study.vocabulary.of(*code).id.clone();
                Answer::Codes(codes.iter().map(id).collect())
            }
        }
    }
}
