//! `resolve`: the consensus meeting at the keyboard.

use std::cmp::Ordering;

use super::{Context, Outcome};
use crate::desk::consensus::{ConsensusDesk, Dispute, Given};
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::Cell;
use crate::domain::comparison::Comparison;
use crate::domain::consensus::NewSettlement;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, DimensionId, RoundId};
use crate::domain::locator::Locator;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::study::Study;
use crate::face;
use crate::msg;
use crate::stats::SetDistance;
use crate::store::{self, ConsensusWriter, Opened, Wish};

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
    /// Only this dimension
    #[arg(long, value_name = "DIMENSION")]
    dimension: Option<DimensionId>,
    /// Only the units of this case (repeatable)
    #[arg(long = "case", value_name = "CASE")]
    cases: Vec<CaseId>,
    /// The round whose decisions are compared [default: of each unit, the latest that all its coders decided]
    #[arg(long, value_name = "ROUND")]
    round: Option<RoundId>,
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    // Line by line is the only way so far, so that asking for it changes nothing.
    let Args { lines: _, present, unit, round, .. } = args;
    let opened = context.open()?;
    let scope = Scope::new(&opened.study, args)?;
    let wish = Wish { round: round.clone(), unblind: None };
    // Refused before anything is written.
    scope.is_open(&opened.study, &opened.comparison(&wish)?)?;
    let writer = ConsensusWriter::open(&opened)?;
    // What another meeting settled until we held the lock is read as well.
    let opened = store::load(&opened.folder)?;
    let comparison = opened.comparison(&wish)?;
    for waiting in comparison.waiting.iter().filter(|it| scope.holds_case(&it.case)) {
        context.tell(&msg!("resolve.waiting", case = waiting.case))?;
    }
    let disputes = disputes(&opened, &comparison, &scope)?;
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
        unit.is_some(),
    );
    let mut saver = Saver { writer };
    face::consensus::run(&opened.study, &mut desk, &mut saver, &mut context.talk())?;
    Ok(Outcome::Clean)
}

/// Which part of the study the meeting talks about.
struct Scope<'a> {
    cases: &'a [CaseId],
    unit: Option<UnitIndex>,
    dimension: Option<DimensionIndex>,
}

impl<'a> Scope<'a> {
    fn new(study: &Study, args: &'a Args) -> Result<Self, Failure> {
        if let Some(unknown) = args.cases.iter().find(|case| study.case(case).is_none()) {
            let known: Vec<&str> = study.cases.iter().map(|case| case.id.as_str()).collect();
            return Err(Failure::Usage(
                msg!("code.no_case", case = unknown),
                msg!("code.no_case.fix", known = known.join(", ")),
            ));
        }
        let unit = args.unit.as_ref().map(|locator| {
            let is_talk = |unit: &UnitIndex| study.talk().any(|(talk, _)| talk == *unit);
            study.unit(locator).filter(is_talk).ok_or_else(|| {
                let what = msg!("resolve.no_unit", unit = locator);
                Failure::Usage(what, msg!("resolve.no_unit.fix"))
            })
        });
        let dimension = args.dimension.as_ref().map(|id| {
            let mut in_force = study.vocabulary.dimensions_in_force();
            in_force.find(|(_, known)| known.id == *id).map(|(index, _)| index).ok_or_else(|| {
                let known = study.vocabulary.dimensions_in_force();
                let known: Vec<&str> = known.map(|(_, known)| known.id.as_str()).collect();
                Failure::Usage(
                    msg!("resolve.no_dimension", dimension = id),
                    msg!("resolve.no_dimension.fix", known = known.join(", ")),
                )
            })
        });
        Ok(Self { cases: &args.cases, unit: unit.transpose()?, dimension: dimension.transpose()? })
    }

    /// Whether a case that was asked for by name is open.
    fn is_open(&self, study: &Study, comparison: &Comparison) -> Result<(), Failure> {
        let asked = self.cases.iter().chain(self.unit.map(|unit| study.case_of(unit)));
        let closed = |case: &&CaseId| comparison.waiting.iter().any(|it| it.case == **case);
        match asked.into_iter().find(closed) {
            Some(case) => {
                Err(Failure::Refused(msg!("resolve.waiting", case = case), msg!("gate.closed.fix")))
            }
            None => Ok(()),
        }
    }

    fn holds_case(&self, case: &CaseId) -> bool {
        self.cases.is_empty() || self.cases.contains(case)
    }

    fn holds(&self, study: &Study, unit: UnitIndex, dimension: DimensionIndex) -> bool {
        self.holds_case(study.case_of(unit))
            && self.unit.is_none_or(|only| only == unit)
            && self.dimension.is_none_or(|only| only == dimension)
    }
}

/// What the meeting talks about, the worst first: where coders differ, and for one unit whatever anybody
/// decided.
fn disputes(
    opened: &Opened,
    comparison: &Comparison,
    scope: &Scope<'_>,
) -> Result<Vec<Dispute>, Failure> {
    let study = &opened.study;
    let mut found = Vec::new();
    for (unit, _) in study.talk() {
        for (dimension, _) in study.vocabulary.dimensions_in_force() {
            if !scope.holds(study, unit, dimension) {
                continue;
            }
            let cells: Vec<Cell> = comparison.cells(unit, dimension).collect();
            let decided: Vec<&Cell> = cells.iter().filter(|it| it.answer.is_decided()).collect();
            let differ =
                decided.iter().any(|it| Some(it.answer) != decided.first().map(|it| it.answer));
            let Some(first) = decided.first().filter(|_| differ || scope.unit.is_some()) else {
                continue;
            };
            let mut given = Vec::with_capacity(cells.len());
            for (cell, coding) in cells.iter().zip(&comparison.codings) {
                let row = opened.own_log(&coding.coder)?.rows.get(cell.row as usize);
                let memo = row.and_then(|row| row.memo.clone());
                given.push(Given { answer: cell.answer, unsure: cell.unsure, memo });
            }
            let dispute = Dispute { round: first.round, unit, dimension, given };
            found.push((distance(study, &decided), dispute));
        }
    }
    // Stable, so that ties stay in transcript order.
    found.sort_by(|(one, _), (other, _)| other.partial_cmp(one).unwrap_or(Ordering::Equal));
    Ok(found.into_iter().map(|(_, dispute)| dispute).collect())
}

/// Mean pairwise MASI distance between answers.
fn distance(study: &Study, decided: &[&Cell]) -> f64 {
    let set = |cell: &Cell| -> Vec<u32> {
        study.answers.codes(cell.answer).iter().map(|code| u32::from(code.0)).collect()
    };
    let sets: Vec<Vec<u32>> = decided.iter().map(|cell| set(cell)).collect();
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (at, one) in sets.iter().enumerate() {
        for other in sets.iter().skip(at + 1) {
            sum += SetDistance::Masi.between(one, other);
            pairs += 1.0;
        }
    }
    if pairs > 0.0 { sum / pairs } else { 0.0 }
}

/// Keeps what the meeting settles.
struct Saver {
    writer: ConsensusWriter,
}

impl face::consensus::Saver for Saver {
    fn save(&mut self, round: RoundIndex, settlement: &NewSettlement) -> Result<u64, Failure> {
        self.writer.append(round, settlement)
    }
}
