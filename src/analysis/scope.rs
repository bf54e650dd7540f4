//! Which cases and dimensions a question is about.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::decisions::Decisions;
use super::filter::{Filter, Given};
use super::withdrawn::Withdrawn;
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::Coding;
use crate::domain::failure::Failure;
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
    /// Per unit of the study, whether a filter holds for it; all units where absent.
    pub units: Option<Arc<[bool]>>,
    /// A filter that asks for what was decided, until that is known.
    pub pending: Option<Filter>,
    /// The filter as it was asked for, for what is said of a result.
    pub filter: Option<String>,
}

impl Scope {
    /// The same with a filter.
    ///
    /// # Errors
    /// The filter names what the study does not have.
    pub fn filtered(self, study: &Study, filter: Option<Filter>) -> Result<Self, Failure> {
        let Some(filter) = filter else { return Ok(self) };
        let said = Some(filter.to_string());
        // What it names is looked for at once, whatever it waits for.
        let units = filter.units(study, None)?;
        if filter.asks_for_decisions() {
            return Ok(Self { pending: Some(filter), filter: said, ..self });
        }
        Ok(Self { units: Some(units.into()), filter: said, ..self })
    }

    /// The part once it is known what was decided: `decide` is asked only if a filter waits for that, about all
    /// dimensions of the cases.
    ///
    /// # Errors
    /// The filter names what the study does not have.
    pub fn once_decided<'a>(
        &self,
        study: &Study,
        codings: &[Coding],
        decide: impl FnOnce(&Self) -> Decisions<'a>,
    ) -> Result<Self, Failure> {
        let Some(filter) = &self.pending else { return Ok(self.clone()) };
        let before = Self { cases: self.cases.clone(), ..Self::default() };
        let decisions = decide(&before);
        let units = filter.units(study, Some(Given { decisions: &decisions, codings }))?;
        Ok(Self { units: Some(units.into()), pending: None, ..self.clone() })
    }

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
        // Until a filter that waits for decisions is answered, it holds for nothing: forgotten, it would be seen at once.
        let unanswered = self.pending.as_ref().map(|_| Arc::from([]));
        let units = unanswered.or_else(|| self.units.clone());
        study.ever_talk().filter(move |(unit, _)| {
            let is_in = |units: &Arc<[bool]>| units.get(unit.at()).copied().unwrap_or(false);
            if !units.as_ref().is_none_or(is_in) {
                return false;
            }
            let transcript = study.unit_transcripts.get(unit.at()).copied().unwrap_or(u32::MAX);
            transcripts.get(transcript as usize).copied().unwrap_or(false)
        })
    }
}
