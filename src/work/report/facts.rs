//! What is recorded of a study: counts and moments, nothing computed from decisions that are not open.

use std::collections::BTreeMap;

use crate::analysis::meetings::Meeting;
use crate::domain::participant::Quotable;
use crate::domain::study::Study;
use crate::store::Opened;

/// What is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Participants who count and did not leave.
    pub participants: u64,
    /// Of these, whose consent to quotation is not recorded.
    pub asked: u64,
    /// Who left.
    pub withdrawn: u64,
    /// Moderators and observers.
    pub others: u64,
    /// Units that are coded.
    pub units: u64,
    /// Words of participants in them.
    pub words: u64,
    /// Cases that are not open, and for whom they wait.
    pub waiting: Vec<(String, String)>,
    /// Units × dimensions that coders differ on and have not settled; 0 where nothing is open.
    pub unsettled: u64,
    /// Units × dimensions that were handed over undecided.
    pub undecided: u64,
    /// Units × dimensions that one coder alone decided.
    pub single: u64,
    /// All units × dimensions that count.
    pub counted: u64,
    /// How many decisions are none, and how many of these came by closing a unit.
    pub none: (u64, u64),
    /// Decisions after a look or a comparison.
    pub later: u64,
    /// Rows that came after their coder's seal.
    pub late: u64,
    /// Seals: coder, round, moment, number of cases.
    pub seals: Vec<(String, String, String, u64)>,
    /// Events of each kind.
    pub events: BTreeMap<String, u64>,
    /// Meetings, as far as what they settled may be seen; none while a case is not open.
    pub meetings: Vec<Meeting>,
    /// Settlements by dimension and reason.
    pub reasons: BTreeMap<(String, String), u64>,
    /// Settlements left open.
    pub open: u64,
    /// How many agreement figures do not exist.
    pub undefined: u64,
    /// The person in most quotations, in how many of how many; of those shown here.
    pub most_quoted: Option<(String, u64, u64)>,
    /// Units left out of the quotations because nothing of them may be quoted.
    pub not_quoted: u64,
    /// Whether coefficients are reported.
    pub agreement: bool,
}

impl Facts {
    /// What the lists of a study say.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let count = |n: usize| n as u64;
        let stay = || study.participants.iter().filter(|it| !study.has_withdrawn(&it.id));
        let counting = || stay().filter(|it| it.role.counts());
        Self {
            participants: count(counting().count()),
            asked: count(counting().filter(|it| it.quotes == Quotable::Ask).count()),
            withdrawn: count(study.participants.len() - stay().count()),
            others: count(stay().filter(|it| !it.role.counts()).count()),
            units: count(study.talk().count()),
            words: study.talk().map(|(_, unit)| u64::from(unit.words)).sum(),
            agreement: study.settings.agreement,
            ..Self::default()
        }
    }

    /// Adds what was handed over, and what else happened.
    pub(super) fn recorded(&mut self, opened: &Opened) {
        for seal in &opened.seals {
            let at: String = seal.at.to_string().chars().take(10).collect();
            let cases = seal.scope.len() as u64;
            self.seals.push((seal.coder.to_string(), seal.round.to_string(), at, cases));
        }
        for event in &opened.events {
            *self.events.entry(event.what.word().to_owned()).or_default() += 1;
        }
    }

    /// Whether everything is sealed and settled.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.waiting.is_empty() && self.unsettled == 0
    }
}
