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
use crate::domain::message::Message;
use crate::msg;
use crate::render::Report;
use crate::render::document::{Document, Value};
use crate::render::list::{Item, List};
use crate::render::streamed::{Next, Streamed};
use crate::store::Opened;
use crate::words::Language;
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
    let mut list = match args.wide {
        Some(columns) => columns.list(study, &tables, &scope.dimensions(study)),
        None => List::new("themata.decisions/1", COLUMNS),
    };
    list.asked = vec![("round", round.map(|round| round.to_string()).into())];
    if let Some(filter) = &scope.filter {
        list.asked.push(("where", filter.as_str().into()));
    }
    let exported = Exported {
        opened: &opened,
        dimensions: scope.dimensions(study),
        tables,
        units,
        wide: args.wide,
        unblinded,
        waiting: waiting.iter().map(closed).collect(),
        list,
    };
    output.emit(&exported, context)?;
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

/// The columns, where a row is a decision.
const COLUMNS: &[(&str, &str)] = &[
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

/// The part that is written. A large study has millions of cells: rows are made as they are written.
struct Exported<'a> {
    opened: &'a Opened,
    tables: Vec<Coding>,
    units: Vec<UnitIndex>,
    dimensions: Vec<DimensionIndex>,
    wide: Option<wide::Wide>,
    unblinded: bool,
    waiting: Vec<Message>,
    /// What there is besides rows.
    list: List,
}

impl Exported<'_> {
    /// Hands over row by row, until no more are wanted.
    fn each(&self, next: &mut dyn FnMut(Vec<Item>) -> bool) {
        match self.wide {
            Some(columns) => columns.each(self, next),
            None => self.decisions(next),
        }
    }

    fn decisions(&self, next: &mut dyn FnMut(Vec<Item>) -> bool) {
        for &unit in &self.units {
            for coding in &self.tables {
                for &dimension in &self.dimensions {
                    let of = &self.opened.study.vocabulary.dimensions[usize::from(dimension.0)];
                    let cell = coding.cell(unit, dimension);
                    if !cell.answer.is_decided() {
                        continue;
                    }
                    let unit = &self.opened.study.units[unit.at()].locator;
                    if !next(row(self.opened, coding, cell, [Item::id(unit), Item::id(&of.id)])) {
                        return;
                    }
                }
            }
        }
    }

    /// All of it, for forms that are laid out by all rows.
    fn whole(&self) -> List {
        let mut list = self.list.clone();
        self.each(&mut |row| {
            list.rows.push(row);
            true
        });
        if self.wide.is_none() {
            list.quieten_empty(&["certainty", "memo"]);
            if self.opened.study.rounds.len() == 1 {
                list.quieten("round");
            }
            if self.opened.study.versions.len() == 1 {
                list.quieten("codebook");
            }
        }
        if list.rows.is_empty() {
            list.notes.push(msg!("export.none"));
        }
        list.notes.extend(self.waiting.iter().cloned());
        if self.unblinded {
            list.notes.push(msg!("provenance.unblinded"));
        }
        list
    }
}

impl Report for Exported<'_> {
    fn document(&self, language: Language) -> Document {
        self.whole().document(language)
    }

    fn streamed(&self) -> Option<&dyn Streamed> {
        Some(self)
    }
}

impl Streamed for Exported<'_> {
    fn head(&self, language: Language) -> Document {
        self.list.document(language)
    }

    fn rows(&self, language: Language, next: Next<'_>) {
        self.each(&mut |row| next(&List::cells(&row, language)));
    }
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
