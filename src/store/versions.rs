//! What the versions of the codebook were used for.

use std::collections::BTreeMap;

use super::load::Opened;
use crate::domain::answer::AnswerIndex;
use crate::domain::failure::Failure;
use crate::domain::time::Moment;

/// What one version of the codebook was used for, by all coders together: counts, never codes.
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
    /// What each version was used for, in the order of [`crate::domain::study::Study::versions`].
    ///
    /// # Errors
    /// A coder's log is invalid; lines are named, codes are not.
    pub fn version_uses(&self) -> Result<Vec<VersionUse>, Failure> {
        if !self.log_problems.is_empty() {
            let problems = self.log_problems.values().flatten().cloned().collect();
            return Err(Failure::Invalid(problems));
        }
        let mut uses: BTreeMap<u16, VersionUse> = BTreeMap::new();
        for log in self.logs.values() {
            let made = |answer: AnswerIndex| answer.is_decided();
            for row in log.rows.iter().filter(|row| row.undoes.is_none() && made(row.answer)) {
                let used = uses.entry(row.version).or_default();
                used.decisions += 1;
                used.first = Some(used.first.map_or(row.at, |first| first.min(row.at)));
                used.last = Some(used.last.map_or(row.at, |last| last.max(row.at)));
            }
            for table in self.fold(log, |_, _| true).rounds.values() {
                for (unit, _) in self.study.units() {
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
