//! `cooccur`: codes that meet.

use super::asking::{DecidingArgs, PartArgs};
use super::{Context, Outcome, OutputArgs};
use crate::render::counted;
use crate::work::ask::{self, CooccurAsk};

/// Show which codes meet in a unit, how often, and how often they would by chance
///
/// Pairs that must meet (one lies beneath the other) or cannot (one dimension that takes one code a unit) are left out.
/// Expected is summed within cases, over units decided in both dimensions; there is no test of it, for units of one talk
/// depend on one another. `matrix --rows code --columns code` crosses the same codes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata cooccur
  themata cooccur --dimension conflict,outputs --where 'case.sector=Justice'
  themata cooccur --all -o pairs.csv")]
pub(super) struct Args {
    /// Count for a code only what was given it itself
    #[arg(long)]
    exact: bool,
    /// Show pairs that never meet too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    deciding: DecidingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> CooccurAsk {
        let (part, deciding) = (self.part.ask(), self.deciding.ask());
        CooccurAsk { exact: self.exact, every: self.all, part, deciding }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let answer = ask::cooccur(&opened, &args.ask())?;
    args.output.emit(&counted::meetings(&opened.study, &answer), context)?;
    Ok(Outcome::Clean)
}
