//! `claims`: what is claimed, and what speaks for it and against it.

use super::asking::{DecidingArgs, NamesArgs};
use super::{Context, Outcome, OutputArgs};
use crate::render::claims;
use crate::work::ask;

/// Show each claim with the voices and cases that speak for it and against it
///
/// Claims stand in claims.csv (claim, about, for, against): places are locators parted by `;`, and `none` against a claim says
/// that somebody looked for evidence against it and found nothing. Listed are claims for which nobody has looked, those with
/// one voice alone, and those whose units changed since.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata claims
  themata claims -o claims.xlsx")]
pub(super) struct Args {
    #[command(flatten)]
    names: NamesArgs,
    #[command(flatten)]
    deciding: DecidingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let answer = ask::claims(&opened, &args.deciding.ask())?;
    args.output.emit(&claims::claims(&opened.study, &answer, args.names.ids()), context)?;
    Ok(Outcome::Clean)
}
