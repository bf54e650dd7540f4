//! Who is asked to code what: `assignments.csv` read into a study, and written.

use std::collections::{BTreeMap, BTreeSet};

use super::folder::Folder;
use super::layout;
use super::load::Opened;
use super::together::Change;
use crate::domain::assignments::Assignment;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId, TranscriptId};
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::problem::{Place, Problem};
use crate::domain::study::Study;
use crate::domain::unit::{Unit, UnitKind};
use crate::format::assignments;
use crate::msg;

/// Reads assignments.csv into a study whose units are there. Returns the rows that name nothing the study has or
/// had: they ask for nothing, and `check` lists them.
///
/// # Errors
/// The file cannot be read.
pub(super) fn read_assignments(
    folder: &Folder,
    study: &mut Study,
    successors: &BTreeMap<TranscriptId, TranscriptId>,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Problem>, Failure> {
    let Some(bytes) = folder.read(layout::ASSIGNMENTS)? else { return Ok(Vec::new()) };
    let mut rows = assignments::read(layout::ASSIGNMENTS, &bytes, problems);
    rows.retain(|(row, place)| {
        let known = study.coder(&row.coder).is_some();
        if !known {
            let what = msg!("assign.coder", coder = row.coder);
            let fix = msg!("assign.coder.fix", coder = row.coder);
            problems.push(Problem::new(place.clone(), what, fix));
        }
        known
    });
    let no_round = |(row, place): &(Assignment, Place)| {
        let round = row.round.as_ref().filter(|it| !study.rounds.contains(it))?;
        let known: Vec<&str> = study.rounds.iter().map(RoundId::as_str).collect();
        let fix = msg!("assign.no_round.fix", round = round, known = known.join(", "));
        let place = place.clone().column("round");
        Some(Problem::new(place, msg!("assign.no_round", round = round), fix))
    };
    let mut told: Vec<Problem> = rows.iter().filter_map(no_round).collect();
    let (rows, places): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let lost = study.read_assignments(rows, successors);
    let lost = lost.into_iter().filter_map(|at| places.get(at));
    let problem =
        |at: &Place| Problem::new(at.clone(), msg!("assign.lost"), msg!("assign.lost.fix"));
    told.extend(lost.map(problem));
    Ok(told)
}

impl Opened {
    /// The units on which a coder has decided, in a round or in any: those that stand.
    ///
    /// # Errors
    /// There is no such coder, or her log is invalid.
    pub fn decided_units(
        &self,
        coder: &CoderId,
        round: Option<RoundIndex>,
    ) -> Result<BTreeSet<UnitIndex>, Failure> {
        let in_force = self.fold(self.own_log(coder)?, |_, _| true);
        let here = in_force.rounds.iter().filter(|(of, _)| round.is_none_or(|it| it == **of));
        let tables: Vec<_> = here.map(|(_, table)| table).collect();
        let decided = |unit: &UnitIndex| {
            tables.iter().any(|table| table.unit(*unit).iter().any(|it| it.answer.is_decided()))
        };
        Ok(self.study.talk().map(|(unit, _)| unit).filter(decided).collect())
    }

    /// The cases that a coder has sealed in a round, or in any.
    #[must_use]
    pub fn sealed_cases(&self, coder: &CoderId, round: Option<&RoundId>) -> BTreeSet<&CaseId> {
        let hers = self.seals.iter().filter(|seal| seal.coder == *coder);
        let here = hers.filter(|seal| round.is_none_or(|it| *it == seal.round));
        here.flat_map(|seal| &seal.scope).collect()
    }

    /// Whether anybody ever decided anything, by what the logs hold.
    #[must_use]
    pub fn anybody_decided(&self) -> bool {
        !self.log_problems.is_empty() || self.logs.values().any(|log| !log.rows.is_empty())
    }

    /// Replaces assignments.csv. Whoever is asked for units of a case that is open already is recorded with it: the case
    /// does not wait for her.
    ///
    /// # Errors
    /// The lists are no longer what was read (refused), or a file cannot be written; then the old rows hold.
    pub fn write_assignments(&self, rows: &[Assignment]) -> Result<(), Failure> {
        let _lock = self.lock_unchanged()?;
        let event = |what| Event::new(self.folder.now(), Vec::new(), what, "");
        let events = self.late(rows).into_iter().map(event).collect();
        let replaced = vec![(layout::ASSIGNMENTS.to_owned(), assignments::write(rows))];
        self.folder.change_together(Change { replaced, events, ..Change::default() })
    }

    /// Who would be late by new rows: whoever counts and was asked for nothing of an open case before.
    fn late(&self, rows: &[Assignment]) -> Vec<What> {
        let mut then = self.study.clone();
        then.read_assignments(rows.to_vec(), &BTreeMap::new());
        let mut late = Vec::new();
        for (at, id) in (0_u16..).zip(&self.study.rounds) {
            let round = RoundIndex(at);
            let open = self.gate_of(round).0;
            for coder in self.study.counting_coders() {
                let asked = |study: &Study, case: &CaseId| {
                    let talk = |(unit, it): (UnitIndex, &Unit)| {
                        it.kind == UnitKind::Talk && study.is_assigned(unit, &coder.id, round)
                    };
                    study.units_of_case(case).any(talk)
                };
                let new = |case: &&CaseId| {
                    asked(&then, case)
                        && !asked(&self.study, case)
                        && !self.study.is_late(&coder.id, case, round)
                };
                let cases: Vec<CaseId> = open.iter().filter(new).cloned().collect();
                if !cases.is_empty() {
                    late.push(What::Late { coder: coder.id.clone(), round: id.clone(), cases });
                }
            }
        }
        late
    }
}
