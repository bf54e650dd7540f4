//! Which cases and dimensions a question is about.

use std::collections::BTreeSet;

use super::withdrawn::Withdrawn;
use crate::domain::answer::DimensionIndex;
use crate::domain::id::CaseId;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::domain::unit::Unit;

/// The part of a study that a question is about; the default is all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// These cases only; all where empty.
    pub cases: BTreeSet<CaseId>,
    /// These dimensions only; all that are in force where empty.
    pub dimensions: BTreeSet<DimensionIndex>,
}

impl Scope {
    /// The dimensions asked for, in codebook order; those in force only.
    #[must_use]
    pub fn dimensions(&self, study: &Study) -> Vec<DimensionIndex> {
        study
            .vocabulary
            .dimensions_in_force()
            .map(|(dimension, _)| dimension)
            .filter(|dimension| self.dimensions.is_empty() || self.dimensions.contains(dimension))
            .collect()
    }

    /// The units of talk in those of the `open` cases that were asked for, in order of place; those in which only people
    /// speak who withdrew are in no result.
    pub fn units<'a>(
        &self,
        study: &'a Study,
        open: &[CaseId],
    ) -> impl Iterator<Item = (UnitIndex, &'a Unit)> + use<'a> {
        self.ever_units(study, open).filter(|(unit, _)| !study.moved.is_changed(*unit))
    }

    /// The same, and after them the units that stand no more.
    pub fn ever_units<'a>(
        &self,
        study: &'a Study,
        open: &[CaseId],
    ) -> impl Iterator<Item = (UnitIndex, &'a Unit)> + use<'a> {
        let withdrawn = Withdrawn::of(study);
        self.everybodys_units(study, open).filter(move |(_, unit)| !withdrawn.is_alone(unit))
    }

    /// The same with the units in which only people speak who withdrew: they are in no result.
    pub fn everybodys_units<'a>(
        &self,
        study: &'a Study,
        open: &[CaseId],
    ) -> impl Iterator<Item = (UnitIndex, &'a Unit)> + use<'a> {
        let wanted = |case: &CaseId| {
            open.contains(case) && (self.cases.is_empty() || self.cases.contains(case))
        };
        let transcripts = study.transcripts.iter().chain(&study.moved.replaced);
        let transcripts: Vec<bool> =
            transcripts.map(|transcript| wanted(&transcript.case)).collect();
        study.ever_talk().filter(move |(unit, _)| {
            let transcript = study.unit_transcripts.get(unit.at()).copied().unwrap_or(u32::MAX);
            transcripts.get(transcript as usize).copied().unwrap_or(false)
        })
    }
}
