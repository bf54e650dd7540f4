//! `discrepancies`: where coders differ, worst first, and which answers they take for one another.

use super::asking::{CodesArg, ComparingArgs, NamesArgs, PartArgs};
use super::{Context, Outcome, OutputArgs};
use crate::domain::comparison::Codes;
use crate::render::confusion::ConfusionReport;
use crate::render::discrepancies::DiscrepancyReport;
use crate::render::names::Names;
use crate::work::ask::{self, Differences, DiscrepanciesAsk, Found};

/// Show where coders differ, worst first
///
/// A discrepancy is a unit and dimension for which two or more coders decided differently; what somebody did not decide
/// is never one. Dispute is the mean distance (MASI) between their answers. With --confusion, one table a
/// dimension says which whole answers they take for one another.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata discrepancies --limit 10
  themata discrepancies --dimension leadership --case CoP-31
  themata discrepancies --confusion -o confusion.csv")]
pub(super) struct Args {
    /// At most so many, the worst ones
    #[arg(long, value_name = "N", conflicts_with = "confusion")]
    limit: Option<usize>,
    /// Count which whole answers coders take for one another
    #[arg(long)]
    confusion: bool,
    /// Who looks early, with --unblind
    #[arg(long, value_name = "CODER", requires = "unblind")]
    coder: Option<String>,
    /// How codes that were merged since are counted [default: decided]
    #[arg(long, value_enum, value_name = "HOW")]
    codes: Option<CodesArg>,
    #[command(flatten)]
    names: NamesArgs,
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    comparing: ComparingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> DiscrepanciesAsk {
        DiscrepanciesAsk {
            limit: self.limit,
            confusion: self.confusion,
            codes: self.codes.map(Codes::from),
            part: self.part.ask(),
            comparing: self.comparing.ask(self.coder.as_deref()),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let study = &opened.study;
    let Differences { comparison, scope, found } = ask::differences(&opened, &args.ask())?;
    let names = Names::of(study, args.names.ids()).spoken(context.language);
    match found {
        Found::Confusions(confusions) => {
            let report = ConfusionReport::new(study, &comparison, &confusions).named(names);
            args.output.emit(&report.within(study, &comparison, &scope), context)?;
        }
        Found::Discrepancies(found) => {
            let beside = opened.beside()?;
            let memo = |coding: &_, cell| beside.of(coding, cell);
            let settled = &opened.settlements;
            let report = DiscrepancyReport::new(
                study,
                &comparison,
                &found,
                settled,
                args.limit,
                names,
                memo,
            );
            args.output.emit(&report.within(study, &comparison, &scope), context)?;
        }
    }
    Ok(Outcome::Clean)
}
