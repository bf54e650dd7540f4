//! `saturation`: what each further group brings.

use super::asking::{DecidingArgs, PartArgs};
use super::{Context, Outcome, OutputArgs};
use crate::analysis::saturation::Asked;
use crate::render::counted;
use crate::work::ask::{self, SaturationAsk};

/// Show how many new codes each further group brings
///
/// In the order of the sessions (the dates in transcripts.csv), and on average over other orders. Beneath it, after Guest, Namey
/// and Chen (2020), the new codes of each run of groups over those of the base: a number, never a verdict. It counts
/// codes, not what they mean (Hennink 2019), and says nothing of groups of another kind that nobody asked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata saturation
  themata saturation --base 4 --run 2 --orders 0
  themata saturation --where 'case.sector in(Justice,Education)' -o saturation.csv")]
pub(super) struct Args {
    /// How many groups the base has
    #[arg(long, value_name = "N", default_value_t = 4)]
    base: usize,
    /// How many groups a run has
    #[arg(long, value_name = "N", default_value_t = 2)]
    run: usize,
    /// Over how many other orders to average; 0 for none
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(..=100_000))]
    orders: u32,
    /// What the other orders are drawn by
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    deciding: DecidingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> SaturationAsk {
        let asked = Asked { base: self.base, run: self.run, orders: self.orders, seed: self.seed };
        SaturationAsk { asked, part: self.part.ask(), deciding: self.deciding.ask() }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let ask = args.ask();
    let answer = ask::saturate(&opened, &ask)?;
    args.output.emit(&counted::saturation(&opened.study, &ask.asked, &answer), context)?;
    Ok(Outcome::Clean)
}
