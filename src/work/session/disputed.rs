//! What a meeting talks about.

use crate::analysis::decisions::settlements_that_hold;
use crate::analysis::discrepancies::discrepancies;
use crate::analysis::reread::{Rereads, Why};
use crate::analysis::scope::Scope;
use crate::desk::consensus::{Dispute, Given};
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::{Cell, Coding};
use crate::domain::comparison::{Comparison, UnitAndDimension};
use crate::domain::consensus::contested;
use crate::domain::failure::Failure;
use crate::domain::id::CaseId;
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::store::Opened;

/// The unit of a locator; prompts are not settled.
///
/// # Errors
/// There is no such unit.
pub(super) fn find(study: &Study, locator: &Locator) -> Result<UnitIndex, Failure> {
    let is_talk = |unit: &UnitIndex| study.talk().any(|(talk, _)| talk == *unit);
    study.unit(locator).filter(is_talk).ok_or_else(|| {
        Failure::Usage(msg!("resolve.no_unit", unit = locator), msg!("resolve.no_unit.fix"))
    })
}

/// Refuses cases that were asked for by name and are not open.
///
/// # Errors
/// One of them is not.
pub(super) fn is_open(
    study: &Study,
    scope: &Scope,
    only: Option<UnitIndex>,
    comparison: &Comparison,
) -> Result<(), Failure> {
    let mut asked = scope.cases.iter().chain(only.map(|unit| study.case_of(unit)));
    let closed = |case: &&CaseId| comparison.waiting.iter().any(|it| it.case == **case);
    match asked.find(closed) {
        Some(case) => {
            Err(Failure::Refused(msg!("resolve.waiting", case = case), msg!("gate.closed.fix")))
        }
        None => Ok(()),
    }
}

/// What the meeting talks about: where coders differ, the worst first, or all that anybody decided on one
/// unit.
///
/// # Errors
/// A file is invalid.
pub(super) fn disputes(
    opened: &Opened,
    comparison: &Comparison,
    scope: &Scope,
    only: Option<UnitIndex>,
) -> Result<Vec<Dispute>, Failure> {
    let study = &opened.study;
    let beside = opened.beside()?;
    let dispute = |unit: UnitIndex, dimension: DimensionIndex, cells: &[Cell]| {
        let round = cells.iter().find(|cell| cell.answer.is_decided())?.round;
        let given = |(cell, coding): (&Cell, &Coding)| Given {
            answer: cell.answer,
            unsure: cell.unsure,
            memo: beside.of(coding, *cell).map(String::into_boxed_str),
        };
        let given = cells.iter().zip(&comparison.codings).map(given).collect();
        Some(Dispute { round, unit, dimension, given, again: Vec::new() })
    };
    Ok(match only {
        Some(unit) if !scope.units(study, &comparison.open).any(|(it, _)| it == unit) => Vec::new(),
        Some(unit) => {
            let cells = |it| comparison.cells(unit, it).collect::<Vec<Cell>>();
            let dimensions = scope.dimensions(study).into_iter();
            dimensions.filter_map(|it| dispute(unit, it, &cells(it))).collect()
        }
        None => {
            let settled = settlements_that_hold(study, comparison, &opened.settlements);
            let found = discrepancies(study, comparison, scope).into_iter();
            let differing = found.filter_map(|it| dispute(it.unit, it.dimension, &it.cells));
            let waiting = waiting(study, comparison, scope);
            let waiting = waiting.iter().filter_map(|(unit, dimension)| {
                let cells: Vec<Cell> = comparison.cells(*unit, *dimension).collect();
                dispute(*unit, *dimension, &cells)
            });
            // What an earlier round settled and nobody decided otherwise since is no dispute.
            let is_open = |it: &Dispute| {
                let settled = settled.get(&(it.unit, it.dimension));
                settled.is_none_or(|settled| settled.round == it.round)
            };
            let mut all: Vec<Dispute> = differing.chain(waiting).filter(is_open).collect();
            for (settlement, why) in Rereads::of(study).settlements(&settled, comparison) {
                let place = (settlement.unit, settlement.dimension);
                let asked = scope.units(study, &comparison.open).any(|(unit, _)| unit == place.0)
                    && scope.dimensions(study).contains(&place.1);
                let again: Vec<Message> = why.iter().map(Why::said).collect();
                match all.iter_mut().find(|it| (it.unit, it.dimension) == place) {
                    Some(known) => known.again = again,
                    None if asked => {
                        let cells: Vec<Cell> = comparison.cells(place.0, place.1).collect();
                        let one = dispute(place.0, place.1, &cells);
                        all.extend(one.map(|it| Dispute { round: settlement.round, again, ..it }));
                    }
                    None => {}
                }
            }
            for (round, unit, dimension) in contested(&opened.settlements).into_keys() {
                let is_known = all.iter().any(|it| (it.unit, it.dimension) == (unit, dimension));
                let asked = scope.units(study, &comparison.open).any(|(it, _)| it == unit)
                    && scope.dimensions(study).contains(&dimension);
                if asked && !is_known {
                    let cells: Vec<Cell> = comparison.cells(unit, dimension).collect();
                    let one = dispute(unit, dimension, &cells);
                    all.extend(one.map(|it| Dispute { round, ..it }));
                }
            }
            all
        }
    })
}

/// Where somebody has decided, nobody otherwise, and others who were asked have not: they are waited for, unless the
/// meeting settles it.
fn waiting(study: &Study, comparison: &Comparison, scope: &Scope) -> Vec<UnitAndDimension> {
    let dimensions = scope.dimensions(study);
    let mut places = Vec::new();
    for (unit, _) in scope.units(study, &comparison.open) {
        for &dimension in &dimensions {
            let mut decided =
                comparison.cells(unit, dimension).map(|it| it.answer).filter(|it| it.is_decided());
            let first = decided.next();
            let alike = decided.all(|answer| Some(answer) == first);
            if first.is_some() && alike && comparison.unfinished.contains_key(&(unit, dimension)) {
                places.push((unit, dimension));
            }
        }
    }
    places
}
