//! `status`, and `themata` alone: where the study stands and what is next.

use super::{Context, Outcome, OutputArgs};
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::escape::terminal::Guarded;
use crate::msg;
use crate::render::status::StatusReport;
use crate::words;
use crate::work::ask::{StatusAsk, status};

/// Show where the study stands and what is next
///
/// Of coders who have not sealed it says only that; with --coder, it also says how far that coder is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  themata status\n  themata status --coder c1")]
pub(super) struct Args {
    /// Also say how far this coder is
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

impl Args {
    /// What is asked.
    pub(super) fn ask(&self) -> StatusAsk {
        StatusAsk { coder: self.coder.clone() }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let standing = status(&opened, &args.ask(), &context.themata())?;
    args.output.emit(&StatusReport(standing), context)?;
    let said = super::moderation::said(&opened, opened.study.transcripts.iter());
    said.iter().try_for_each(|line| context.tell(line))?;
    Ok(Outcome::Clean)
}

/// `themata` alone: where you are, what was done last, the next command to copy.
pub(super) fn here(context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let folder = match context.folder() {
        Ok(_) => context.open()?,
        Err(Failure::Usage(..)) => {
            context.show(&msg!("status.nowhere"))?;
            return Ok(Outcome::Clean);
        }
        Err(other) => return Err(other.into()),
    };
    let standing = status(&folder, &StatusAsk::default(), &context.themata())?;
    let say = |message: &Message| words::say(message, context.language);
    let mut lines = vec![say(&msg!("status.title", title = standing.title))];
    if let Some(last) = &standing.last {
        lines.push(say(last));
    }
    lines.push(say(&standing.next));
    context.print(&Guarded::line(&lines.join("\n")))?;
    Ok(Outcome::Clean)
}
