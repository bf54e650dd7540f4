//! Who is asked to code what, and how coders stand, as a study's files tell.

use std::collections::BTreeMap;

use super::folder::Folder;
use super::layout;
use crate::domain::coder::Standing;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::problem::Problem;
use crate::domain::study::Study;
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
    let (rows, places): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let lost = study.read_assignments(rows, successors);
    let lost = lost.into_iter().filter_map(|at| places.get(at));
    let problem = |at: &crate::domain::problem::Place| {
        Problem::new(at.clone(), msg!("assign.lost"), msg!("assign.lost.fix"))
    };
    Ok(lost.map(problem).collect())
}

/// How coders stand, by what happened to each of them last.
pub(super) fn standings(events: &[Event]) -> BTreeMap<CoderId, Standing> {
    let mut standings: BTreeMap<CoderId, Standing> = BTreeMap::new();
    for event in events {
        match &event.what {
            What::Retire { coder } => standings.entry(coder.clone()).or_default().retired = true,
            What::Exclude { coder } => {
                standings.entry(coder.clone()).or_default().excluded = Some(event.reason.clone());
            }
            What::Return { coder } => {
                standings.remove(coder);
            }
            _ => {}
        }
    }
    standings
}
