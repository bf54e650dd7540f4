//! `cooccur`: codes that meet.

use super::asking::DisplayArgs;
use super::{Context, Outcome};
use crate::analysis::cooccurrence::Within;
use crate::render::counted;
use crate::render::names::Names;
use crate::work::ask::{self, CooccurAsk};

/// Show which codes meet in a unit, a turn or near one another, how often, and how often they would by chance
///
/// Pairs that must meet (one lies beneath the other) or cannot (one dimension that takes one code a unit) are left out unless
/// --all asks for every pair; nothing is expected of them, nor of turns and of units within a distance.
/// Expected is summed within cases, over units decided in both dimensions; there is no test of it, for units of one talk
/// depend on one another. `matrix --rows code --columns code` crosses the same codes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata cooccur
  themata cooccur --dimension conflict,outputs --where 'case.sector=Justice'
  themata cooccur --within turn
  themata cooccur --within 2 --all -o pairs.csv")]
pub(super) struct Args {
    /// In what they meet: unit, turn, or a number of units that one may be after the other
    #[arg(long, value_name = "WHAT", default_value_t = Within::Unit)]
    within: Within,
    /// Count for a code only what was given it itself
    #[arg(long)]
    exact: bool,
    /// Show pairs that never meet too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    shown: DisplayArgs,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> CooccurAsk {
        let (part, deciding) = (self.shown.part.ask(), self.shown.deciding.ask());
        CooccurAsk { within: self.within, exact: self.exact, every: self.all, part, deciding }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.shown.output.form()?;
    let opened = context.open()?;
    let ask = args.ask();
    let answer = ask::cooccur(&opened, &ask)?;
    let names = Names::of(&opened.study, args.shown.names.ids()).spoken(context.language);
    args.shown
        .output
        .emit(&counted::meetings(&opened.study, &answer, ask.within, &names), context)?;
    Ok(Outcome::Clean)
}
