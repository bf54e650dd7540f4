//! `saturation`: what each further group brings.

use clap::builder::TypedValueParser;

use super::asking::DisplayArgs;
use super::usage::Wrong;
use super::{Context, Outcome};
use crate::analysis::matrix::Axis;
use crate::analysis::saturation::Asked;
use crate::msg;
use crate::render::counted;
use crate::render::names::Names;
use crate::work::ask::{self, SaturationAsk};

/// Reads a part of a hundred, with its sign or without.
fn percent() -> impl TypedValueParser<Value = u32> {
    clap::builder::StringValueParser::new().try_map(|text: String| {
        let number = text.trim().trim_end_matches('%').trim_end().parse::<u32>();
        number.ok().filter(|it| *it <= 100).ok_or_else(|| Wrong(msg!("saturation.percent.fix")))
    })
}

/// Show how many new codes each further group brings
///
/// In the order of the sessions (the dates in transcripts.csv), and on average over other orders. Beneath it, after Guest, Namey
/// and Chen (2020), the new codes of each run of groups over those of the base: a number, never a verdict. It counts
/// codes, not what they mean (Hennink 2019), and says nothing of groups of another kind that nobody asked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata saturation
  themata saturation --base 4 --run 2 --threshold 5%
  themata saturation --by case.sector --base 1 --run 1
  themata saturation --behind -o codes.csv
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
    /// Say from which run on new codes are at most so many in a hundred of the base, as in 5%
    #[arg(long, value_name = "PERCENT", value_parser = percent())]
    threshold: Option<u32>,
    /// Take the groups apart by a column of cases or transcripts, as in case.sector, each stratum by itself
    #[arg(long, value_name = "COLUMN")]
    by: Option<Axis>,
    /// List the codes with the people behind them, and not the groups
    #[arg(long)]
    behind: bool,
    #[command(flatten)]
    shown: DisplayArgs,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> SaturationAsk {
        let asked = Asked { base: self.base, run: self.run, orders: self.orders, seed: self.seed };
        SaturationAsk {
            asked,
            threshold: self.threshold,
            by: self.by.clone(),
            behind: self.behind,
            part: self.shown.part.ask(),
            deciding: self.shown.deciding.ask(),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.shown.output.form()?;
    let opened = context.open()?;
    let ask = args.ask();
    let answer = ask::saturate(&opened, &ask)?;
    let names = Names::of(&opened.study, args.shown.names.ids()).spoken(context.language);
    args.shown.output.emit(&counted::saturation(&opened.study, &ask, &answer, &names), context)?;
    Ok(Outcome::Clean)
}
