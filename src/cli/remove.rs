//! `remove`: a transcript that was imported by mistake.

use super::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::msg;

/// Take a transcript out of the study while nothing of it is coded
///
/// Its text, units and original go, and so do the case and the participants that no other transcript has.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  themata remove CoP-31")]
pub(super) struct Args {
    /// The transcript
    #[arg(value_name = "TRANSCRIPT")]
    transcript: String,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let found = opened.study.find_transcript(&args.transcript).map_err(Failure::from)?;
    opened.remove(&found.id)?;
    context.tell(&msg!("remove.done", transcript = found.id))?;
    Ok(Outcome::Clean)
}
