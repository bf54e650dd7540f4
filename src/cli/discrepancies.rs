//! `discrepancies`: where coders differ, worst first, and which answers they take for one another.

use super::comparing::{ComparingArgs, ScopeArgs, any_open};
use super::{Context, Outcome, OutputArgs};
use crate::analysis::discrepancies::{confusion, discrepancies};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::msg;
use crate::render::confusion::ConfusionReport;
use crate::render::discrepancies::DiscrepancyReport;

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
    coder: Option<CoderId>,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    comparing: ComparingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let study = &opened.study;
    let scope = args.scope.scope(study)?;
    let comparison = args.comparing.comparison(&opened, args.coder.as_ref(), &scope.cases)?;
    any_open(&comparison, &scope)?;
    if comparison.codings.len() < 2 {
        return Err(Failure::Usage(msg!("comparing.coders"), msg!("comparing.coders.fix")).into());
    }
    if args.confusion {
        let confusions = confusion(study, &comparison, &scope);
        let report = ConfusionReport::new(study, &comparison, &confusions).within(
            study,
            &comparison,
            &scope,
        );
        args.output.emit(&report, context)?;
    } else {
        let found = discrepancies(study, &comparison, &scope);
        let memo = |coding: &_, cell| opened.row(coding, cell).and_then(|row| row.memo.as_deref());
        let report = DiscrepancyReport::new(
            study,
            &comparison,
            &found,
            &opened.settlements,
            args.limit,
            memo,
        )
        .within(study, &comparison, &scope);
        args.output.emit(&report, context)?;
    }
    Ok(Outcome::Clean)
}
