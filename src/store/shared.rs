//! What all may see beside decisions: memos and settlements, through the same gate.
//!
//! A case is open here when everybody with units in it has sealed it in the last round in which anybody
//! codes it. So a further round closes its memos again until it is sealed too.

use std::collections::{BTreeMap, BTreeSet};

use super::gate::{Unblind, Wish, refused};
use super::load::Opened;
use crate::domain::comparison::Waiting;
use crate::domain::consensus::Settlement;
use crate::domain::failure::Failure;
use crate::domain::id::CaseId;
use crate::domain::locator::Locator;
use crate::domain::log::RoundIndex;
use crate::domain::record::Memo;

/// Something that all may see, and the cases of which they may not.
#[derive(Debug, Clone)]
pub struct Shared<T> {
    /// What all may see, in order.
    pub rows: Vec<T>,
    /// The cases that are not open, and who has not sealed them.
    pub waiting: Vec<Waiting>,
}

impl Opened {
    /// The memos of all coders that all may see, coder by coder: those on open cases and on what lies in
    /// them; those on the study as a whole, on codes and on people of no case once every case is open.
    ///
    /// # Errors
    /// No case is open and nobody looks early (refused, naming who has not sealed), a file is invalid, or
    /// looking early could not be recorded.
    pub fn shared_memos(&self, unblind: Option<Unblind>) -> Result<Shared<Memo>, Failure> {
        let (open, mut waiting) = self.open_cases();
        if unblind.is_some() {
            self.comparison(&Wish { unblind, ..Wish::default() })?; // which notes it
            waiting.clear();
        } else if self.is_blind() && open.is_empty() {
            return Err(refused(&waiting));
        }
        // A case that nobody codes yet is not open by itself: it goes with the study as a whole.
        let is_open = |memo: &Memo| {
            waiting.is_empty() || self.case_of_memo(&memo.on).is_some_and(|it| open.contains(it))
        };
        let mut rows = Vec::new();
        for coder in &self.study.settings.coders {
            rows.extend(self.all_memos(&coder.id)?.into_iter().filter(is_open));
        }
        Ok(Shared { rows, waiting })
    }

    /// The settlements that all may see: those of cases that are open in the settlement's own round.
    #[must_use]
    pub fn shared_settlements(&self) -> Shared<&Settlement> {
        let rounds: BTreeSet<RoundIndex> = self.settlements.iter().map(|it| it.round).collect();
        let closed: BTreeMap<RoundIndex, Vec<Waiting>> =
            rounds.into_iter().map(|round| (round, self.waiting(round))).collect();
        let mut waiting: Vec<Waiting> = Vec::new();
        let mut rows = Vec::new();
        for settlement in &self.settlements {
            let case = self.study.case_of(settlement.unit);
            let closed = closed.get(&settlement.round).into_iter().flatten();
            match closed.into_iter().find(|it| it.case == *case) {
                None => rows.push(settlement),
                Some(closed) if waiting.contains(closed) => {}
                Some(closed) => waiting.push(closed.clone()),
            }
        }
        Shared { rows, waiting }
    }

    /// The cases that are open, and the others with those who have not sealed them, by the last round in
    /// which anybody codes them.
    pub(super) fn open_cases(&self) -> (BTreeSet<CaseId>, Vec<Waiting>) {
        let rounds = u16::try_from(self.study.rounds.len()).unwrap_or(u16::MAX);
        let mut open = BTreeSet::new();
        let mut waiting: Vec<Waiting> = Vec::new();
        for round in (0..rounds).rev().map(RoundIndex) {
            let known: BTreeSet<CaseId> =
                open.iter().cloned().chain(waiting.iter().map(|it| it.case.clone())).collect();
            let (now_open, now_waiting) = self.gate_of(round);
            open.extend(now_open.into_iter().filter(|case| !known.contains(case)));
            waiting.extend(now_waiting.into_iter().filter(|it| !known.contains(&it.case)));
        }
        waiting.sort_by_key(|it| self.study.cases.iter().position(|case| case.id == it.case));
        (open, waiting)
    }

    /// The case that a memo is about; absent where it is about none in particular.
    fn case_of_memo(&self, on: &str) -> Option<&CaseId> {
        let study = &self.study;
        let of_transcript = |id: &str| {
            let mut texts = study.transcripts.iter().chain(&study.moved.replaced);
            texts.find(|it| it.id.as_str() == id).map(|it| &it.case)
        };
        match on.split_once(':') {
            None | Some(("code", _)) => None,
            Some(("case", id)) => study.cases.iter().map(|it| &it.id).find(|it| it.as_str() == id),
            Some(("transcript", id)) => of_transcript(id),
            Some(("participant", id)) => {
                let person = study.participants.iter().find(|it| it.id.as_str() == id);
                person.and_then(|it| it.case.as_ref())
            }
            Some(_) => of_transcript(on.parse::<Locator>().ok()?.transcript().as_str()),
        }
    }
}
