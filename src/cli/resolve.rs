//! `resolve`: the consensus meeting at the keyboard.

use super::comparing::{ComparingArgs, ScopeArgs};
use super::{Context, Outcome};
use crate::analysis::discrepancies::discrepancies;
use crate::analysis::scope::Scope;
use crate::desk::Keeper;
use crate::desk::consensus::{ConsensusDesk, Dispute, Given, Keep};
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::{Cell, Coding};
use crate::domain::comparison::Comparison;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::face;
use crate::msg;
use crate::store::{self, ConsensusWriter, Opened};

/// Settle together where coders differ, one discrepancy after the other
///
/// Shows the unit and what each coder gave, the worst discrepancy first, and asks three things: which
/// answer shall hold, why you differed, and a rationale in your own words. Each settlement is on the disk
/// before the next discrepancy; those that are settled or left open are not offered again, so a meeting can
/// end and go on at any moment. The coders' own decisions stay as they are.
///
/// Answers: 1 or 2 this coder's, b both together, o IDS another answer (`o 0` for none), l leave open as two
/// readings that both stand. Then a reason by number, word or first letter (slip, omission, boundary,
/// definition, ambiguous, reading; it is `reading` for l), then a rationale, which o and l need. Also: s skip,
/// z take back the last settlement, k TEXT what should change in the codebook, c definitions, ? what can be
/// typed, q leave.
///
/// Only cases that all their coders have sealed are open. For each settlement that is safely on the disk,
/// one line `saved UNIT DIMENSION OUTCOME CODES` goes to standard output; everything else goes to standard
/// error.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  themata resolve --present c1,c2
  themata resolve --present c1,c2 --case CoP-31
  themata resolve --present c1,c2 --unit CoP-31:12 --dimension leadership")]
pub(super) struct Args {
    /// One discrepancy after the other, line by line: so far the only way, and what you get without it
    #[arg(long)]
    lines: bool,
    /// Who is here, separated by commas [default: asked at the start]
    #[arg(long, value_name = "CODER", value_delimiter = ',')]
    present: Vec<CoderId>,
    /// Settle this unit, whether or not it was settled or agreed
    #[arg(long, value_name = "LOCATOR")]
    unit: Option<Locator>,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    comparing: ComparingArgs,
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    // Line by line is the only way so far, so that asking for it changes nothing.
    let Args { lines: _, present, unit, scope, comparing } = args;
    let opened = context.open()?;
    let scope = scope.scope(&opened.study)?;
    let only = unit.as_ref().map(|locator| find(&opened.study, locator)).transpose()?;
    if comparing.unblind.is_none() {
        // Refused before anything is written.
        is_open(&opened.study, &scope, only, &comparing.comparison(&opened, None)?)?;
    }
    let writer = ConsensusWriter::open(&opened)?;
    // What another meeting settled until we held the lock is read as well.
    let opened = store::load(&opened.folder)?;
    let comparison = comparing.comparison(&opened, None)?;
    let asked = |case: &CaseId| scope.cases.is_empty() || scope.cases.contains(case);
    for waiting in comparison.waiting.iter().filter(|it| only.is_none() && asked(&it.case)) {
        context.tell(&msg!("resolve.waiting", case = waiting.case))?;
    }
    let disputes = disputes(&opened, &comparison, &scope, only);
    if disputes.is_empty() {
        context.tell(&match unit {
            Some(unit) => msg!("resolve.unit_undecided", unit = unit),
            None => msg!("resolve.nothing"),
        })?;
        return Ok(Outcome::Clean);
    }
    for other in present.iter().filter(|id| opened.study.coder(id).is_none()) {
        context.tell(&msg!("resolve.present_other", who = other))?;
    }
    let coders = comparison.codings.iter().map(|coding| coding.coder.clone()).collect();
    let mut desk = ConsensusDesk::new(
        &opened.study,
        coders,
        disputes,
        &opened.settlements,
        present.clone(),
        only.is_some(),
    );
    face::lines::run(&mut desk, &mut Saver { writer }, &mut context.talk())?;
    Ok(Outcome::Clean)
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
) -> Vec<Dispute> {
    let study = &opened.study;
    let dispute = |unit: UnitIndex, dimension: DimensionIndex, cells: &[Cell]| {
        let round = cells.iter().find(|cell| cell.answer.is_decided())?.round;
        let given = |(cell, coding): (&Cell, &Coding)| Given {
            answer: cell.answer,
            unsure: cell.unsure,
            memo: opened.row(coding, *cell).and_then(|row| row.memo.clone()),
        };
        let given = cells.iter().zip(&comparison.codings).map(given).collect();
        Some(Dispute { round, unit, dimension, given })
    };
    match only {
        Some(unit) if !scope.units(study, &comparison.open).any(|(it, _)| it == unit) => Vec::new(),
        Some(unit) => {
            let cells = |it| comparison.cells(unit, it).collect::<Vec<Cell>>();
            let dimensions = scope.dimensions(study).into_iter();
            dimensions.filter_map(|it| dispute(unit, it, &cells(it))).collect()
        }
        None => {
            let found = discrepancies(study, comparison, scope).into_iter();
            found.filter_map(|it| dispute(it.unit, it.dimension, &it.cells)).collect()
        }
    }
}

/// Keeps what the meeting settles.
struct Saver {
    writer: ConsensusWriter,
}

impl Keeper<Keep, u64> for Saver {
    fn keep(&mut self, what: &Keep) -> Result<u64, Failure> {
        self.writer.append(what.round, &what.settlement)
    }
}
