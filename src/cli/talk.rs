//! `talk`: who speaks, how much, after whom.

use super::{Context, Outcome, OutputArgs};
use crate::render::document::Form;
use crate::render::pictures::{Drawing, strips};
use crate::render::talk;
use crate::work::ask::{self, Talk, TalkAsk};

/// Show who speaks in each case, how much, who asks, and who is silent for long
///
/// Counted over the transcripts, whatever was coded. A turn is a run of paragraphs by one speaker. Silence is the longest
/// run of others' turns between two of one's own. Who says little may still have been asked: silence is no answer.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata talk
  themata talk --case CoP-31 --with-moderator
  themata talk --follows -o follows.csv")]
pub(super) struct Args {
    /// Only these cases, by id or name (repeatable, or separated by commas)
    #[arg(long = "case", value_name = "CASE")]
    cases: Vec<String>,
    /// Moderators and observers too
    #[arg(long)]
    with_moderator: bool,
    /// Show whose turn comes right after whose
    #[arg(long)]
    follows: bool,
    #[command(flatten)]
    output: OutputArgs,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> TalkAsk {
        let (with_moderator, follows) = (self.with_moderator, self.follows);
        TalkAsk { with_moderator, follows, cases: self.cases.clone() }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let form = args.output.form()?;
    let opened = context.open()?;
    let mut list = match ask::talk(&opened, &args.ask())? {
        Talk::Voices(all) => talk::voices(&all, args.with_moderator),
        Talk::Following(all) => talk::following(&all, args.with_moderator),
    };
    if form.form == Form::Picture {
        list.drawing = Some(Drawing::Strips(ask::turn_map(&opened, &args.ask(), strips::turns)?));
    }
    args.output.emit(&list, context)?;
    Ok(Outcome::Clean)
}
