//! `quotes`: the words behind a code, with their citation.

use super::asking::{DecidingArgs, PartArgs};
use super::{Context, Outcome, OutputArgs};
use crate::render::quotes::QuotesReport;
use crate::work::ask::{self, QuotesAnswer, QuotesAsk};

/// Show the words behind a code, with their citation
///
/// Units that were given the code, or anything beneath it, in the order of the transcripts. Without --code, every unit with
/// any code. Final decisions count unless --from says otherwise. Units in which somebody speaks whom participants.csv
/// marks with `quotes: no` are left out.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata quotes --code rotating-roles
  themata quotes --dimension conflict --case CoP-31 --limit 5
  themata quotes --participant P7 -o P7.csv")]
pub(super) struct Args {
    /// Only what was given this code, or anything beneath it
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only units in which this person speaks
    #[arg(long, value_name = "PARTICIPANT")]
    participant: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    deciding: DecidingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> QuotesAsk {
        QuotesAsk {
            code: self.code.clone(),
            participant: self.participant.clone(),
            limit: self.limit,
            part: self.part.ask(),
            deciding: self.deciding.ask(),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let QuotesAnswer { quotations, counted, provenance } = ask::quotes(&opened, &args.ask())?;
    let report = QuotesReport::new(&opened.study, &quotations, args.limit, counted, provenance);
    args.output.emit(&report, context)?;
    Ok(Outcome::Clean)
}
