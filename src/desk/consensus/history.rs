//! The settlements there are, and taking back the last of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::versions::{older_version, written};
use crate::domain::answer::{Answer, DimensionIndex};
use crate::domain::consensus::{NewSettlement, Outcome, Reason, Settlement, contested};
use crate::domain::id::CoderId;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::study::Study;

#[derive(Debug, Clone)]
struct Row {
    seq: u64,
    round: RoundIndex,
    settlement: NewSettlement,
}

impl Row {
    fn is_on(&self, other: &Self) -> bool {
        self.place() == other.place()
    }

    fn place(&self) -> (RoundIndex, UnitIndex, DimensionIndex) {
        (self.round, self.settlement.unit, self.settlement.dimension)
    }
}

/// What a meeting settled: what it took back again does not count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// How often each outcome was chosen, by its word.
    pub outcomes: BTreeMap<String, usize>,
    /// How often each reason was given.
    pub reasons: BTreeMap<Reason, usize>,
    /// What should change in the codebook, or was changed.
    pub changes: Vec<String>,
}

impl Summary {
    /// How many discrepancies were settled or left open.
    #[must_use]
    pub fn n(&self) -> usize {
        self.outcomes.values().sum()
    }

    /// Together with what the same meeting settled before it had to begin anew.
    #[must_use]
    pub fn with(mut self, before: &Self) -> Self {
        for (outcome, n) in &before.outcomes {
            *self.outcomes.entry(outcome.clone()).or_default() += n;
        }
        for (reason, n) in &before.reasons {
            *self.reasons.entry(*reason).or_default() += n;
        }
        let earlier = before.changes.iter().filter(|it| !self.changes.contains(it));
        let earlier: Vec<String> = earlier.cloned().collect();
        self.changes.splice(0..0, earlier);
        self
    }
}

/// Every row of consensus.csv, and those that this meeting added.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    rows: Vec<Row>,
    /// How many rows there were before the meeting.
    before: usize,
    /// What was settled differently at once before, and not again since.
    contested: BTreeSet<(RoundIndex, UnitIndex, DimensionIndex)>,
}

impl Settled {
    pub(super) fn new(study: &Study, settlements: &[Settlement]) -> Self {
        let row = |it: &Settlement| {
            let version = study.versions.iter().position(|version| version.id == it.codebook);
            let version = version.unwrap_or(study.versions.len().saturating_sub(1));
            Row {
                seq: it.seq,
                round: it.round,
                settlement: NewSettlement {
                    unit: it.unit,
                    dimension: it.dimension,
                    answer: written(study, &study.answers, it.answer, version),
                    outcome: it.outcome.clone(),
                    reason: it.reason,
                    rationale: it.rationale.clone(),
                    present: it.present.clone(),
                    codebook_change: it.codebook_change.clone(),
                    undoes: it.undoes,
                    codebook: older_version(study, version),
                },
            }
        };
        let contested = contested(settlements).into_keys().collect();
        let before = settlements.len();
        Self { rows: settlements.iter().map(row).collect(), before, contested }
    }

    pub(super) fn add(&mut self, seq: u64, round: RoundIndex, settlement: NewSettlement) {
        self.contested.remove(&(round, settlement.unit, settlement.dimension));
        self.rows.push(Row { seq, round, settlement });
    }

    /// The settlement in force on a place, if any.
    pub(super) fn standing(
        &self,
        round: RoundIndex,
        unit: UnitIndex,
        dimension: DimensionIndex,
    ) -> Option<&NewSettlement> {
        if self.contested.contains(&(round, unit, dimension)) {
            return None;
        }
        let last = self.rows.iter().rev().find(|row| row.place() == (round, unit, dimension))?;
        Some(&last.settlement).filter(|settlement| settlement.outcome.is_some())
    }

    /// What this meeting settled, as it stands now.
    pub(super) fn summary(&self) -> Summary {
        let mut last: BTreeMap<_, (usize, &NewSettlement)> = BTreeMap::new();
        for (nth, row) in self.rows.iter().enumerate() {
            last.insert(row.place(), (nth, &row.settlement));
        }
        let mut summary = Summary::default();
        let mut ours: Vec<(usize, &NewSettlement)> = last.into_values().collect();
        ours.sort_by_key(|(nth, _)| *nth);
        for (_, row) in ours.into_iter().filter(|(nth, _)| *nth >= self.before) {
            let Some(outcome) = row.outcome.as_ref().filter(|_| row.undoes.is_none()) else {
                continue;
            };
            // Whose answer it was is no part of a summary: what counts is that one of them was taken.
            let word = match outcome {
                Outcome::First | Outcome::Second | Outcome::Coder(_) => "one".to_owned(),
                other => other.to_string(),
            };
            *summary.outcomes.entry(word).or_default() += 1;
            if let Some(reason) = row.reason {
                *summary.reasons.entry(reason).or_default() += 1;
            }
            if !row.codebook_change.is_empty() {
                summary.changes.push(row.codebook_change.clone());
            }
        }
        summary
    }

    /// The row that takes back the last settlement on a place that `find` knows, and that place.
    ///
    /// What was settled there before holds again, whole; where there was nothing, the row is empty but
    /// for who is present now.
    pub(super) fn take_back(
        &self,
        find: impl Fn(RoundIndex, UnitIndex, DimensionIndex) -> Option<usize>,
        present: &[CoderId],
    ) -> Option<(usize, RoundIndex, NewSettlement)> {
        let taken_back: BTreeSet<_> = self
            .rows
            .iter()
            .filter_map(|row| Some((row.settlement.undoes?, row.place())))
            .collect();
        let (number, row, at) = self.rows.iter().enumerate().rev().find_map(|(number, row)| {
            let (round, unit, dimension) = row.place();
            let at = find(round, unit, dimension)?;
            let stands =
                row.settlement.undoes.is_none() && !taken_back.contains(&(row.seq, row.place()));
            stands.then_some((number, row, at))
        })?;
        let earlier = self.rows.iter().take(number).rev().find(|earlier| earlier.is_on(row));
        let standing = earlier.map(|it| &it.settlement).filter(|it| it.outcome.is_some());
        let settlement = match standing {
            Some(standing) => NewSettlement { undoes: Some(row.seq), ..standing.clone() },
            None => NewSettlement {
                unit: row.settlement.unit,
                dimension: row.settlement.dimension,
                answer: Answer::Undecided,
                outcome: None,
                reason: None,
                rationale: String::new(),
                present: present.to_vec(),
                codebook_change: String::new(),
                undoes: Some(row.seq),
                codebook: None,
            },
        };
        Some((at, row.round, settlement))
    }
}
