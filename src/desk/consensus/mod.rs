//! The consensus meeting: one discrepancy after the other, what was settled, why, and who was there.
//!
//! Each discrepancy takes three acts: the outcome, the reason, the rationale. A settlement is part of
//! the desk's state only once it is saved, that is, after it is on disk. Coding logs are never touched.

mod acts;
mod amend;
mod history;
pub mod keys;
mod line;
mod outcome;
mod sides;

pub use self::amend::{Amendment, Resume};
pub use self::history::Summary;

use self::history::Settled;
use super::choices::{self, Choice};
use super::passage::Passage;
use super::{Desk, Effect};
use crate::domain::answer::{Answer, AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::consensus::{self, NewSettlement, Outcome, Reason, Settlement};
use crate::domain::id::CoderId;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::message::Message;
use crate::domain::study::Study;

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
    /// Change the codebook now.
    Amend(Amendment),
    /// On to the next discrepancy.
    Skip,
    /// Back to the discrepancy before.
    Previous,
    /// Take back the last settlement.
    Undo,
    /// Look at the definitions: of the whole dimension, or of these codes.
    Define(Vec<CodeIndex>),
    /// See what can be done.
    Help,
    /// Enough for now.
    Leave,
}

/// What a meeting wants kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// A settlement, of the round whose decisions are settled. The receipt is its seq.
    Settlement(RoundIndex, NewSettlement),
    /// A change of the codebook, after which the meeting begins anew. The receipt says nothing.
    Codebook(Amendment),
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
    /// In which order answers are shown and numbered: the places of their coders.
    pub order: &'b [usize],
    /// Whether nobody is told who gave which answer.
    pub hides_names: bool,
    /// Whether both answers together can be chosen.
    pub can_be_both: bool,
    /// Who is here.
    pub present: &'b [CoderId],
    /// What should change in the codebook, kept with what is settled here.
    pub change: &'b str,
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
    /// In which order the answers of each discrepancy are shown; by coder where it is empty.
    orders: Vec<Vec<usize>>,
    /// The order of the coders.
    by_coder: Vec<usize>,
    hides_names: bool,
    under_way: Option<(usize, RoundIndex, NewSettlement)>,
    amending: Option<Amendment>,
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
            by_coder: (0..coders.len()).collect(),
            orders: Vec::new(),
            hides_names: false,
            amending: None,
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

    /// What this meeting settled so far.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.rows.summary()
    }

    fn hand(&self) -> Option<(usize, &Dispute)> {
        let at = self.at?;
        Some((at, self.disputes.get(at)?))
    }

    /// The next discrepancy to settle: after the given one, then from the top, the given one last.
    fn next(&self, after: Option<usize>) -> Option<usize> {
        let start = after.map_or(0, |at| at + 1).min(self.pending.len());
        let is_pending = |at: &usize| self.pending.get(*at).copied().unwrap_or(false);
        (start..self.pending.len()).chain(0..start).find(is_pending)
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
            order: dispute.map_or(&[][..], |it| self.order(it)),
            hides_names: self.hides_names,
            present: &self.present,
            change: &self.change,
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
        self.amending = None;
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
        if let Some(made) = self.amending.take() {
            return self.note(&made);
        }
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
