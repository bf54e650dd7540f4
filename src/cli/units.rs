//! `units show`: the units of the study.

use clap::Subcommand;

use super::{Context, Outcome, OutputArgs};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, TranscriptId};
use crate::msg;
use crate::render::units::UnitList;

/// Show the units, the stretches that are coded whole
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: UnitsCommand,
}

#[derive(Debug, Subcommand)]
enum UnitsCommand {
    /// List the units with their speakers, words and text
    #[command(
        after_help = "Examples:\n  themata units show --case CoP-31\n  themata units show -o units.xlsx"
    )]
    Show {
        /// Only this transcript
        #[arg(value_name = "TRANSCRIPT")]
        transcript: Option<TranscriptId>,
        /// Only this case
        #[arg(long, value_name = "CASE")]
        case: Option<CaseId>,
        /// Also the moderator's turns that stand apart
        #[arg(long)]
        with_moderator: bool,
        /// At most this many units
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        #[command(flatten)]
        output: OutputArgs,
    },
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let UnitsCommand::Show { transcript, case, with_moderator, limit, output } = &args.command;
    let study = &opened.study;
    if let Some(id) = transcript.as_ref().filter(|id| study.transcript(id).is_none()) {
        let known: Vec<&str> = study.transcripts.iter().map(|it| it.id.as_str()).collect();
        let fix = msg!("store.no_transcript.fix", known = known.join(", "));
        return Err(Failure::Usage(msg!("store.no_transcript", transcript = id), fix).into());
    }
    if let Some(id) = case.as_ref().filter(|id| study.case(id).is_none()) {
        let known: Vec<&str> = study.cases.iter().map(|it| it.id.as_str()).collect();
        let fix = msg!("cli.case.fix", known = known.join(", "));
        return Err(Failure::Usage(msg!("cli.case", case = id), fix).into());
    }
    let mut list = UnitList::new(study, transcript.as_ref(), case.as_ref(), *with_moderator);
    list.limit(*limit);
    output.emit(&list, context)?;
    Ok(Outcome::Clean)
}
