//! `export`: decisions in force, one row each, or as a wide table.

mod wide;

use std::path::PathBuf;

use super::asking::{ComparingArgs, PartArgs};
use super::{Context, Outcome, OutputArgs, closed, name_waiting};
use crate::analysis::decisions::of_coder;
use crate::analysis::scope::Scope;
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::{Cell, Coding};
use crate::domain::comparison::Codes;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::UnitIndex;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::Opened;
use crate::work::ask::given_by_any;
use crate::work::session;

/// Write the decisions in force, one row for each unit, coder and dimension
///
/// Only cases that every coder with units in them has sealed; with --coder, that coder's own decisions,
/// sealed or not. Where several rounds decided a unit in a dimension, the latest that all its coders decided
/// holds. What is undecided has no row.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata export decisions.csv\n  themata export --coder c1 mine.xlsx\n  themata export --raw --round main decisions.csv\n  themata export --wide codes codes.csv\n  themata export --wide coders coders.csv\n  themata export --where 'case.sector=Justice' justice.csv"
)]
pub(super) struct Args {
    /// The file; its extension decides the form [default: standard output]
    #[arg(value_name = "FILE", conflicts_with = "output")]
    file: Option<PathBuf>,
    /// Only the decisions of this coder, sealed or not
    #[arg(long, value_name = "NAME", conflicts_with = "unblind")]
    coder: Option<String>,
    /// A table for R or SPSS instead: a column for each coder, or for each code (0 and 1)
    #[arg(long, value_name = "COLUMNS")]
    wide: Option<wide::Wide>,
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    comparing: ComparingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let output = args.output.into_file(args.file.as_deref());
    output.form()?;
    let opened = context.open()?;
    let comparing = args.comparing.ask(None);
    let round = comparing.round(&opened.study)?;
    let study = &opened.study;
    let scope = args.part.ask().scope(study)?;
    let (tables, scope, waiting, unblinded) = match &args.coder {
        Some(name) => {
            let coder = session::coder(&opened, name)?;
            let coding = own(&opened, &coder, round.as_ref())?;
            let cases: Vec<CaseId> = study.cases.iter().map(|it| it.id.clone()).collect();
            let decide = |scope: &Scope| of_coder(study, &coding, &cases, scope, Codes::Decided);
            let scope = scope.once_decided(study, std::slice::from_ref(&coding), decide)?;
            (vec![coding], scope, Vec::new(), false)
        }
        None => {
            let comparison = opened.comparison(&comparing.wish(study, &scope.cases)?)?;
            let scope = given_by_any(&opened, &comparison, &scope)?;
            (comparison.codings, scope, comparison.waiting, comparison.unblinded)
        }
    };
    let cases: Vec<CaseId> = study.cases.iter().map(|it| it.id.clone()).collect();
    let units: Vec<UnitIndex> = scope.units(study, &cases).map(|(unit, _)| unit).collect();
    let part = Exported { units, dimensions: scope.dimensions(study) };
    let mut list = match args.wide {
        Some(columns) => wide::list(study, &tables, &part, columns),
        None => list(&opened, &tables, &part),
    };
    list.asked = vec![("round", round.map(|round| round.to_string()).into())];
    if let Some(filter) = &scope.filter {
        list.asked.push(("where", filter.as_str().into()));
    }
    list.notes.extend(waiting.iter().map(closed));
    if unblinded {
        list.notes.push(msg!("provenance.unblinded"));
    }
    output.emit(&list, context)?;
    name_waiting(&output, &waiting, context)?;
    Ok(Outcome::Clean)
}

/// A coder's own decisions: of one round, or, per unit and dimension, of the latest that decided it.
fn own(opened: &Opened, coder: &CoderId, round: Option<&RoundId>) -> Result<Coding, Failure> {
    if round.is_some() {
        return opened.own(coder, round);
    }
    let study = &opened.study;
    let dimensions = study.vocabulary.dimensions.len();
    let mut latest = Coding::empty(coder.clone(), study.units.len(), dimensions);
    for round in &study.rounds {
        let coding = opened.own(coder, Some(round))?;
        for (unit, _) in study.units() {
            for (dimension, _) in study.vocabulary.dimensions_in_force() {
                let cell = coding.cell(unit, dimension);
                if cell.answer.is_decided() {
                    latest.set(unit, dimension, cell);
                }
            }
        }
    }
    Ok(latest)
}

/// The part that is written.
struct Exported {
    units: Vec<UnitIndex>,
    dimensions: Vec<DimensionIndex>,
}

fn list(opened: &Opened, tables: &[Coding], part: &Exported) -> List {
    let columns = [
        ("unit", "trail.unit"),
        ("coder", "trail.coder"),
        ("round", "trail.round"),
        ("dimension", "trail.dimension"),
        ("codes", "trail.codes"),
        ("certainty", "trail.certainty"),
        ("memo", "trail.memo"),
        ("at", "trail.at"),
        ("codebook", "trail.version"),
    ];
    let mut list = List::new("themata.decisions/1", &columns);
    for &unit in &part.units {
        for coding in tables {
            for &dimension in &part.dimensions {
                let of = &opened.study.vocabulary.dimensions[usize::from(dimension.0)];
                let cell = coding.cell(unit, dimension);
                if cell.answer.is_decided() {
                    let unit = &opened.study.units[unit.at()].locator;
                    list.rows.push(row(opened, coding, cell, [Item::id(unit), Item::id(&of.id)]));
                }
            }
        }
    }
    if list.rows.is_empty() {
        list.notes.push(msg!("export.none"));
    }
    list.quieten_empty(&["certainty", "memo"]);
    if opened.study.rounds.len() == 1 {
        list.quieten("round");
    }
    if opened.study.versions.len() == 1 {
        list.quieten("codebook");
    }
    list
}

fn row(opened: &Opened, coding: &Coding, cell: Cell, [unit, dimension]: [Item; 2]) -> Vec<Item> {
    let study = &opened.study;
    let written = opened.row(coding, cell);
    vec![
        unit,
        Item::id(&coding.coder),
        Item::maybe(study.rounds.get(usize::from(cell.round.0))),
        dimension,
        Item::id(study.answers.cell(cell.answer, &study.vocabulary)),
        if cell.unsure {
            Item::Said(Value::id("unsure"), msg!("trail.unsure"))
        } else {
            Item::from(Value::Missing)
        },
        Item::text(written.and_then(|row| row.memo.as_deref()).unwrap_or_default()),
        Item::at(written.map(|row| row.at)),
        Item::maybe(study.versions.get(usize::from(cell.version)).map(|it| &it.id)),
    ]
}
