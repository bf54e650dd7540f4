//! What a result leaves out of the cases that it is about, each kind by name.

use std::collections::BTreeSet;

use super::scope::Scope;
use super::withdrawn::Withdrawn;
use crate::domain::comparison::Comparison;
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::moved::How;
use crate::domain::study::Study;

/// How much is left out; what is 0 is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Decisions that came after their coder's seal.
    pub late: u64,
    /// Decisions made after the answers of others were open to their coder, where independence is measured.
    pub later: u64,
    /// Units × dimensions decided on units that were cut anew.
    pub recut: u64,
    /// Units × dimensions decided on units of a text that another one replaced.
    pub replaced: u64,
    /// Units in which only people who withdrew speak.
    pub withdrawn: u64,
    /// Units in which they and others speak: their part is left out.
    pub withdrawn_in: u64,
}

impl LeftOut {
    /// What a comparison leaves out of a part of the study; agreement takes in what was decided on units that stand no
    /// more, displays do not.
    #[must_use]
    pub fn of(study: &Study, comparison: &Comparison, scope: &Scope, displayed: bool) -> Self {
        let people = Withdrawn::of(study);
        let dimensions = scope.dimensions(study);
        let in_scope: BTreeSet<UnitIndex> =
            scope.ever_units(study, &comparison.open).map(|(unit, _)| unit).collect();
        let asked = |(unit, dimension): &&(UnitIndex, _)| {
            in_scope.contains(unit) && dimensions.contains(dimension)
        };
        let mut left = Self {
            late: comparison.late.values().flatten().filter(asked).count() as u64,
            later: comparison.later.values().flatten().filter(asked).count() as u64,
            ..Self::default()
        };
        for (unit, known) in scope.everybodys_units(study, &comparison.open) {
            let stands = !study.moved.is_changed(unit);
            left.withdrawn += u64::from(stands && people.is_alone(known));
            left.withdrawn_in += u64::from(stands && people.shares(known));
        }
        if displayed {
            let lost = lost(study);
            for unit in in_scope.iter().filter(|unit| study.moved.is_changed(**unit)) {
                let decided = |dimension: &&_| {
                    comparison.cells(*unit, **dimension).any(|cell| cell.answer.is_decided())
                };
                let decided = dimensions.iter().filter(decided).count() as u64;
                let known = study.unit_at(*unit);
                match known.is_some_and(|known| lost.contains(&known.locator)) {
                    true => left.replaced += decided,
                    false => left.recut += decided,
                }
            }
        }
        left
    }

    /// Whether nothing is.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// The units that went nowhere when a text was replaced.
fn lost(study: &Study) -> BTreeSet<&Locator> {
    let lost = study.moved.rows.iter().filter(|row| row.how == How::Lost);
    lost.filter_map(|row| row.old.as_ref()).collect()
}
