//! What the versions of the codebook were used for.

use std::collections::{BTreeMap, BTreeSet};

use super::load::Opened;
use crate::domain::answer::AnswerIndex;
use crate::domain::failure::Failure;
use crate::domain::id::CaseId;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::time::Moment;

/// What one version of the codebook was used for: counts, never codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VersionUse {
    /// Decisions that were made under it; what took one back is not counted.
    pub decisions: u64,
    /// Of these, those that are in force.
    pub standing: u64,
    /// When the first of them was made.
    pub first: Option<Moment>,
    /// When the last of them was made.
    pub last: Option<Moment>,
}

impl Opened {
    /// What each version was used for, in the order of [`crate::domain::study::Study::versions`]: by
    /// everybody on the cases that are open for comparison, so that no count tells how far somebody is who
    /// has not sealed; and, for a study of one coder, on all.
    ///
    /// # Errors
    /// A coder's log is invalid; lines are named, codes are not.
    pub fn version_uses(&self) -> Result<Vec<VersionUse>, Failure> {
        let rounds = (0..self.study.rounds.len()).filter_map(|at| u16::try_from(at).ok());
        let open: Vec<BTreeSet<CaseId>> =
            rounds.map(|round| self.gate_of(RoundIndex(round)).0.into_iter().collect()).collect();
        self.uses(|round, unit| {
            let open = open.get(usize::from(round.0));
            !self.is_blind() || open.is_some_and(|it| it.contains(self.study.case_of(unit)))
        })
    }

    /// When each version was last used by anybody, in the order of
    /// [`crate::domain::study::Study::versions`].
    ///
    /// # Errors
    /// A coder's log is invalid; lines are named, codes are not.
    pub fn version_order(&self) -> Result<Vec<Option<Moment>>, Failure> {
        Ok(self.uses(|_, _| true)?.into_iter().map(|used| used.last).collect())
    }

    fn uses(
        &self,
        counts: impl Fn(RoundIndex, UnitIndex) -> bool,
    ) -> Result<Vec<VersionUse>, Failure> {
        if !self.log_problems.is_empty() {
            let problems = self.log_problems.values().flatten().cloned().collect();
            return Err(Failure::Invalid(problems));
        }
        let mut uses: BTreeMap<u16, VersionUse> = BTreeMap::new();
        for log in self.logs.values() {
            let made = |answer: AnswerIndex| answer.is_decided();
            let rows = log.rows.iter().filter(|row| row.undoes().is_none() && made(row.answer));
            for row in rows.filter(|row| counts(row.round, row.unit)) {
                let used = uses.entry(row.version).or_default();
                used.decisions += 1;
                used.first = Some(used.first.map_or(row.at, |first| first.min(row.at)));
                used.last = Some(used.last.map_or(row.at, |last| last.max(row.at)));
            }
            for (round, table) in &self.fold(log, |_, _| true).rounds {
                for (unit, _) in self.study.units().filter(|(unit, _)| counts(*round, *unit)) {
                    for cell in table.unit(unit).iter().filter(|cell| made(cell.answer)) {
                        uses.entry(cell.version).or_default().standing += 1;
                    }
                }
            }
        }
        let versions = 0..u16::try_from(self.study.versions.len()).unwrap_or(u16::MAX);
        Ok(versions.map(|at| uses.get(&at).copied().unwrap_or_default()).collect())
    }
}
