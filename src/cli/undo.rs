//! `undo`: taking back one's own last decisions.

use super::asking::DeviceArgs;
use super::{Context, Outcome};
use crate::msg;
use crate::work::session::undo::{UndoAsk, undo};

/// Take back your own last decisions
///
/// One answer typed, one `e` and one file received are each taken back as a whole. Nothing is removed from
/// the log: the decision that was in force before is written again. Decisions in a sealed case are left
/// alone, and then nothing is taken back at all.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  themata undo --coder c1\n  themata undo --coder c1 --last 3")]
pub(super) struct Args {
    /// Whose decisions
    #[arg(long, value_name = "NAME")]
    coder: String,
    /// How many to take back
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    last: u32,
    #[command(flatten)]
    kept: DeviceArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let Args { coder, last, kept } = args;
    let opened = context.open()?;
    let ask = UndoAsk { coder: coder.clone(), last: *last, device: kept.device.clone() };
    let undone = undo(&opened, &ask)?;
    for message in &undone.said {
        context.show(message)?;
    }
    if undone.acts < *last as usize {
        context.tell(&msg!("undo.fewer", n = undone.acts))?;
    }
    context.tell(&msg!("undo.done", n = undone.rows))?;
    Ok(Outcome::Clean)
}
