//! The consensus meeting: what it talks about, and how what it settles is kept.

use crate::analysis::decisions::settlements_that_hold;
use crate::analysis::discrepancies::discrepancies;
use crate::analysis::reread::{Rereads, Why};
use crate::analysis::scope::Scope;
use crate::desk::consensus::{ConsensusDesk, Dispute, Given, Keep};
use crate::desk::{Keeper, NotKept};
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::{Cell, Coding};
use crate::domain::comparison::{Codes, Comparison, UnitAndDimension};
use crate::domain::consensus::contested;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::store::{self, ConsensusWriter, Opened, Settling, Wish};
use crate::work::ask::{Part, given_by_any};

/// What a meeting wants to settle.
#[derive(Debug, Clone)]
pub struct ResolveAsk {
    /// Who is here; asked at the desk if empty.
    pub present: Vec<CoderId>,
    /// Who is here and is no coder of the study.
    pub guests: Vec<CoderId>,
    /// This unit alone, whether or not it was settled or agreed.
    pub unit: Option<Locator>,
    /// Only these cases and dimensions.
    pub part: Part,
    /// The round, and why somebody looks early.
    pub wish: Wish,
}

/// A meeting; nobody else settles meanwhile.
pub struct ResolveSession {
    ask: ResolveAsk,
    opened: Opened,
    comparison: Comparison,
    disputes: Vec<Dispute>,
    writer: ConsensusWriter,
    /// Asked for, and not open yet.
    pub waiting: Vec<CaseId>,
    latest: Option<Opened>,
}

impl ResolveSession {
    /// Finds what there is to settle, and takes the lock.
    ///
    /// # Errors
    /// No case is open, or not the one asked for by name; there is no such unit; or somebody else settles.
    pub fn begin(before: &Opened, mut ask: ResolveAsk) -> Result<Self, Failure> {
        ask.wish.settles = true;
        let only = ask.unit.as_ref().map(|it| find(&before.study, it)).transpose()?;
        if ask.wish.unblind.is_none() {
            // Refused before anything is written.
            let scope = ask.part.scope(&before.study)?;
            is_open(&before.study, &scope, only, &before.comparison(&ask.wish)?)?;
        }
        let (writer, opened) = before.begin(Settling)?;
        let only = ask.unit.as_ref().map(|it| find(&opened.study, it)).transpose()?;
        // What differs only in codes that were merged since needs no meeting.
        let comparison = opened.comparison(&ask.wish)?.counting(&opened.study, Codes::Current);
        // Of the study as it is now: its units may have changed since the question was asked.
        let scope = given_by_any(&opened, &comparison, &ask.part.scope(&opened.study)?)?;
        let asked = |case: &CaseId| scope.cases.is_empty() || scope.cases.contains(case);
        let waiting = comparison.waiting.iter().map(|it| it.case.clone());
        let waiting = waiting.filter(|case| only.is_none() && asked(case)).collect();
        let disputes = disputes(&opened, &comparison, &scope, only)?;
        Ok(Self { ask, opened, comparison, disputes, writer, waiting, latest: None })
    }

    /// Begins anew with the study as it is now.
    ///
    /// # Errors
    /// As [`ResolveSession::begin`], or the study is invalid now.
    pub fn again(self) -> Result<Self, Failure> {
        let Self { ask, opened, writer, .. } = self;
        drop(writer);
        Self::begin(&store::load(&opened.folder)?, ask)
    }

    /// Whether there is nothing to settle.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.disputes.is_empty()
    }

    /// Sits the meeting down: the desk, and what keeps its settlements.
    pub fn sit(&mut self) -> (ConsensusDesk<'_>, ResolveKeeper<'_>) {
        let Self { ask, opened, comparison, disputes, writer, latest, .. } = self;
        let desk = ConsensusDesk::new(
            &opened.study,
            comparison.codings.iter().map(|coding| coding.coder.clone()).collect(),
            disputes.clone(),
            &opened.settlements,
            ask.present.clone(),
            ask.guests.clone(),
            ask.unit.is_some(),
        );
        (desk, ResolveKeeper { ask, opened, disputes, writer, latest })
    }
}

/// Keeps what the meeting settles.
pub struct ResolveKeeper<'a> {
    ask: &'a ResolveAsk,
    opened: &'a Opened,
    disputes: &'a [Dispute],
    writer: &'a mut ConsensusWriter,
    latest: &'a mut Option<Opened>,
}

impl Keeper<Keep, u64> for ResolveKeeper<'_> {
    fn keep(&mut self, what: &Keep) -> Result<u64, NotKept> {
        self.is_still_so(what)?;
        Ok(self.writer.append(what.round, &what.settlement)?)
    }
}

impl ResolveKeeper<'_> {
    /// Looks whether what a settlement rests on is still so: the unit, the codebook, and what each coder gave.
    fn is_still_so(&mut self, what: &Keep) -> Result<(), NotKept> {
        if !self.writer.still_holds()? {
            return Err(NotKept::Changed(msg!("session.lock")));
        }
        let current = self.latest.as_ref().unwrap_or(self.opened);
        if !current.is_current()? || !current.has_current_logs()? {
            *self.latest = Some(store::load(&self.opened.folder)?);
        }
        let Some(now) = &*self.latest else { return Ok(()) };
        if self.opened.study.version_in_force().id != now.study.version_in_force().id {
            return Err(NotKept::Changed(msg!("session.codebook")));
        }
        let settled = (what.settlement.unit, what.settlement.dimension);
        let dispute = self.disputes.iter().find(|it| (it.unit, it.dimension) == settled);
        let Some(dispute) = dispute else { return Ok(()) };
        let study = &self.opened.study;
        let locator = study.units.get(dispute.unit.at()).map(|it| &it.locator);
        let Some(unit) = locator.and_then(|it| now.study.unit(it)) else {
            let transcript = &study.transcript_of(dispute.unit).id;
            return Err(NotKept::Changed(msg!("session.units", transcript = transcript)));
        };
        let comparison = now.comparison(&Wish { unblind: None, ..self.ask.wish.clone() });
        let given = match (comparison, &self.ask.wish.unblind) {
            // What is looked at early may change at any moment; whoever looks knows that.
            (Err(Failure::Refused(..)), Some(_)) => return Ok(()),
            (comparison, _) => {
                let comparison = comparison?.counting(&now.study, Codes::Current);
                given(now, &comparison, unit, dispute.dimension)
            }
        };
        if given != told(self.opened, &dispute.given) {
            return Err(NotKept::Changed(msg!("session.answers")));
        }
        Ok(())
    }
}

/// What was given, told so that two readings of a study can be compared.
fn told(opened: &Opened, given: &[Given]) -> Vec<(String, bool)> {
    let study = &opened.study;
    let told = |it: &Given| (study.answers.cell(it.answer, &study.vocabulary), it.unsure);
    given.iter().map(told).collect()
}

fn given(
    opened: &Opened,
    comparison: &Comparison,
    unit: UnitIndex,
    dimension: DimensionIndex,
) -> Vec<(String, bool)> {
    let study = &opened.study;
    let told = |cell: Cell| (study.answers.cell(cell.answer, &study.vocabulary), cell.unsure);
    comparison.cells(unit, dimension).map(told).collect()
}

/// The unit of a locator; prompts are not settled.
fn find(study: &Study, locator: &Locator) -> Result<UnitIndex, Failure> {
    let is_talk = |unit: &UnitIndex| study.talk().any(|(talk, _)| talk == *unit);
    study.unit(locator).filter(is_talk).ok_or_else(|| {
        Failure::Usage(msg!("resolve.no_unit", unit = locator), msg!("resolve.no_unit.fix"))
    })
}

/// Whether the cases that were asked for by name are open.
fn is_open(
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
fn disputes(
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
