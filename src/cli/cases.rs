//! `cases`: what is compared, and what is known of each.

use std::path::PathBuf;

use clap::Subcommand;

use super::{Context, Outcome, OutputArgs};
use crate::analysis::sample;
use crate::domain::failure::Failure;
use crate::domain::study::Study;
use crate::format::known::{self, Known};
use crate::msg;
use crate::render::list::{Item, List};
use crate::store::read_given;
use crate::work::attributes::{self, Filled};

/// Show the cases of the study, or fill in what is known of them
///
/// The sample: each case with its transcripts and their dates, how many people take part, units, words of participants, and
/// the columns that the team added to cases.csv.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  themata cases\n  themata cases show -o sample.xlsx\n  themata cases import cases.xlsx --dry-run"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<CasesCommand>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum CasesCommand {
    /// Show the cases, as the table of a sample does
    #[command(after_help = "Examples:\n  themata cases show\n  themata cases show --format latex")]
    Show {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Fill in what is known of cases from a table: sector, size, wave
    ///
    /// A row a case, found by id or name; CSV, TSV, XLSX or ODS. A column that cases.csv does not have becomes one; a blank
    /// cell leaves what was there. Either all of it is taken or nothing, and every complaint names its cell.
    #[command(
        after_help = "Examples:\n  themata cases import cases.xlsx --dry-run\n  themata cases import cases.csv"
    )]
    Import(FillArgs),
}

/// A table that fills a list.
#[derive(Debug, clap::Args)]
pub(super) struct FillArgs {
    /// The table
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show every cell that would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

impl FillArgs {
    /// The table, its rows named by one of some headings.
    pub(super) fn table(&self, keys: &[&str]) -> Result<Known, Failure> {
        known::read(&self.file.display().to_string(), &read_given(&self.file)?, keys)
    }

    /// Tells what a table changes in a list; whether it is to be written.
    pub(super) fn told<T>(
        &self,
        filled: &Filled<T>,
        list: &str,
        context: &mut Context<'_>,
    ) -> anyhow::Result<bool> {
        self.output.form()?;
        for message in &filled.said {
            context.tell(message)?;
        }
        if filled.changed.is_empty() && filled.new.is_empty() {
            context.tell(&msg!("known.same"))?;
            return Ok(false);
        }
        if !filled.new.is_empty() {
            context.tell(&msg!("known.new", columns = filled.new.join(", ")))?;
        }
        let n = filled.changed.len();
        if self.dry_run {
            self.output.emit(&changes(filled), context)?;
            context.tell(&msg!("known.would_fill", n = n, list = list))?;
        } else {
            context.tell(&msg!("known.filled", n = n, list = list))?;
        }
        Ok(!self.dry_run)
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    match &args.command {
        None => args.output.emit(&sample(&context.open()?.study), context)?,
        Some(CasesCommand::Show { output }) => {
            output.emit(&sample(&context.open()?.study), context)?;
        }
        Some(CasesCommand::Import(fill)) => {
            // Taken before the list is read, so that no other change is lost.
            let _lock = context.folder()?.lock_lists()?;
            let opened = context.open()?;
            let filled = attributes::cases(&opened.study, &fill.table(&attributes::CASES)?)?;
            if fill.told(&filled, "cases.csv", context)? {
                opened.change_cases(&filled.list, &filled.columns)?;
            }
        }
    }
    Ok(Outcome::Clean)
}

/// Every cell that changes.
fn changes<T>(filled: &Filled<T>) -> List {
    let columns = [
        ("id", "known.id"),
        ("column", "known.column"),
        ("before", "known.before"),
        ("after", "known.after"),
    ];
    let mut list = List::new("themata.filled/1", &columns);
    list.rows.extend(filled.changed.iter().map(|it| {
        vec![
            Item::id(&it.id),
            Item::text(&it.column),
            Item::text(&it.before),
            Item::text(&it.after),
        ]
    }));
    list
}

/// The cases, with what the study holds of each.
fn sample(study: &Study) -> List {
    let columns = [
        ("case", "cases.case"),
        ("name", "cases.name"),
        ("transcripts", "cases.transcripts"),
        ("dates", "cases.dates"),
        ("participants", "cases.participants"),
        ("units", "cases.units"),
        ("words", "cases.words"),
    ];
    let mut list = List::new("themata.cases/1", &columns).with_attributes(&study.case_attributes);
    for it in sample::cases(study) {
        let mut row = vec![
            Item::id(&it.case.id),
            Item::text(&it.case.name),
            Item::count(it.transcripts),
            Item::text(&it.dates.join("; ")),
            Item::count(it.participants),
            Item::count(it.units),
            Item::count(it.words),
        ];
        row.extend(it.case.attributes.iter().map(|value| Item::text(value)));
        list.rows.push(row);
    }
    list.quieten_empty(&["dates"]);
    if list.rows.is_empty() {
        list.notes.push(msg!("cases.none"));
    }
    list
}
