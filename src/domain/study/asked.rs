//! Who counts in a study, and who is asked to code what.

use std::collections::{BTreeMap, BTreeSet};

use super::Study;
use crate::domain::assignments::{Assignment, Assignments, Part};
use crate::domain::coder::Coder;
use crate::domain::id::{CaseId, CoderId, TranscriptId};
use crate::domain::log::{RoundIndex, UnitIndex};

impl Study {
    /// Whether a coder is asked to code a unit in a round, by assignments.csv alone. What a retired coder
    /// has not sealed is not asked of her any more: see `Opened::is_asked`.
    #[must_use]
    pub fn is_assigned(&self, unit: UnitIndex, coder: &CoderId, round: RoundIndex) -> bool {
        self.assignments.as_ref().is_none_or(|rows| rows.asks(unit, coder, round))
    }

    /// Whether somebody who counts is asked to code a unit in any round.
    #[must_use]
    pub fn is_anybodys(&self, unit: UnitIndex) -> bool {
        let Some(rows) = &self.assignments else { return true };
        self.counting_coders().any(|coder| rows.asks_ever(unit, &coder.id))
    }

    /// The coders who count, in order: persons whom nobody excluded, retired ones too. The gate, `final`,
    /// consensus, discrepancies and totals know only them.
    pub fn counting_coders(&self) -> impl Iterator<Item = &Coder> {
        self.settings
            .coders
            .iter()
            .filter(|coder| coder.is_person() && !self.is_excluded(&coder.id))
    }

    /// Whether a coder counts.
    #[must_use]
    pub fn counts(&self, coder: &CoderId) -> bool {
        self.counting_coders().any(|it| it.id == *coder)
    }

    /// Whether a coder was asked for units of a case only once it was open in a round: it does not wait for her.
    #[must_use]
    pub fn is_late(&self, coder: &CoderId, case: &CaseId, round: RoundIndex) -> bool {
        let late = self.standings.get(coder).and_then(|it| it.late.get(case));
        let round = self.rounds.get(usize::from(round.0));
        late.is_some_and(|rounds| round.is_some_and(|it| rounds.contains(it)))
    }

    /// Whether a coder was asked for units of any case only once it was open.
    #[must_use]
    pub fn is_ever_late(&self, coder: &CoderId) -> bool {
        self.standings.get(coder).is_some_and(|it| !it.late.is_empty())
    }

    /// The coders who count and are asked for nothing that there is, in any round.
    pub fn unasked_coders(&self) -> impl Iterator<Item = &Coder> {
        self.counting_coders().filter(|coder| {
            let rows = self.assignments.as_ref();
            rows.is_some_and(|rows| !self.talk().any(|(unit, _)| rows.asks_ever(unit, &coder.id)))
        })
    }

    /// Whether nothing more is expected of a coder.
    #[must_use]
    pub fn is_retired(&self, coder: &CoderId) -> bool {
        self.standings.get(coder).is_some_and(|it| it.retired)
    }

    /// Whether a coder's decisions are in no result.
    #[must_use]
    pub fn is_excluded(&self, coder: &CoderId) -> bool {
        self.standings.get(coder).is_some_and(|it| it.excluded.is_some())
    }

    /// Reads who is asked to code what into the study. `successors` tells which text replaced another.
    ///
    /// Returns the places of rows that name nothing the study has or had.
    pub fn read_assignments(
        &mut self,
        rows: Vec<Assignment>,
        successors: &BTreeMap<TranscriptId, TranscriptId>,
    ) -> Vec<usize> {
        let mut later: BTreeMap<UnitIndex, Vec<UnitIndex>> = BTreeMap::new();
        for unit in (0..).map(UnitIndex).take(self.units.len()) {
            for earlier in self.moved.earlier(unit) {
                later.entry(*earlier).or_default().push(unit);
            }
        }
        let units: Vec<Vec<UnitIndex>> = rows
            .iter()
            .map(|row| match &row.part {
                Part::Unit(locator) => Self::cut_from(self.ever_unit(locator), &later),
                part => self.covered(part, successors),
            })
            .collect();
        let known = |part: &Part| match part {
            Part::All => true,
            Part::Case(id) => self.case(id).is_some(),
            Part::Transcript(id) => {
                self.transcript(id).is_some() || self.moved.replaced.iter().any(|it| it.id == *id)
            }
            Part::Unit(locator) => self.ever_unit(locator).is_some(),
        };
        let lost = (0..rows.len()).filter(|at| rows.get(*at).is_some_and(|it| !known(&it.part)));
        let lost = lost.collect();
        self.assignments = Some(Assignments::new(rows, units, self.units.len(), |round| {
            self.round(round.as_str())
        }));
        lost
    }

    /// The units that a part of the study has, those too that stand no more, and what became of them.
    fn covered(
        &self,
        part: &Part,
        successors: &BTreeMap<TranscriptId, TranscriptId>,
    ) -> Vec<UnitIndex> {
        let all = || (0..).map(UnitIndex).take(self.units.len());
        match part {
            Part::All => all().collect(),
            Part::Case(id) => all().filter(|unit| self.case_of(*unit) == id).collect(),
            Part::Transcript(id) => {
                let mut texts = BTreeSet::from([id]);
                let mut last = id;
                while let Some(next) = successors.get(last).filter(|it| texts.insert(*it)) {
                    last = next;
                }
                all().filter(|unit| texts.contains(&self.transcript_of(*unit).id)).collect()
            }
            Part::Unit(locator) => self.ever_unit(locator).into_iter().collect(),
        }
    }

    /// A unit, and everything that was cut from it.
    fn cut_from(
        unit: Option<UnitIndex>,
        later: &BTreeMap<UnitIndex, Vec<UnitIndex>>,
    ) -> Vec<UnitIndex> {
        let mut units: Vec<UnitIndex> = unit.into_iter().collect();
        let mut at = 0;
        while let Some(unit) = units.get(at) {
            let cut = later.get(unit).map_or(&[][..], Vec::as_slice);
            let new: Vec<UnitIndex> =
                cut.iter().filter(|it| !units.contains(it)).copied().collect();
            units.extend(new);
            at += 1;
        }
        units
    }
}
