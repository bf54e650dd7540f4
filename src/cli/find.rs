//! `find`: where something is said.

use super::asking::DisplayArgs;
use super::{Context, Outcome};
use crate::render::names::Names;
use crate::render::talk;
use crate::work::ask::{self, FindAsk};

/// Find a word or a /regular expression/ in the talk, with what stands around it
///
/// Looks through the transcripts, coded or not. With --code, only in units that were given that code; with --not-coded,
/// only in those that were not, to look again at what may have been missed: nothing is ever coded by it. Whoever is marked
/// `quotes: no` is counted and not shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata find coffee
  themata find '/\\bturns?\\b/' --loose --participant P4
  themata find --not-coded trust")]
pub(super) struct Args {
    /// What is looked for, as it stands; between slashes, a regular expression
    #[arg(value_name = "TEXT", required_unless_present_any = ["keywords", "not_coded"], conflicts_with = "keywords")]
    text: Option<String>,
    /// Look for the keywords that the codebook gives a code
    #[arg(long, value_name = "CODE")]
    keywords: Option<String>,
    /// Ignore capitals and accents
    #[arg(long)]
    loose: bool,
    /// Only what these people say (repeatable)
    #[arg(long = "participant", value_name = "PARTICIPANT")]
    participants: Vec<String>,
    /// Only in units that were given this code, or anything beneath it
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only in units that were decided and not given it; alone, the keywords that the codebook gives it are looked for there
    #[arg(long, value_name = "CODE")]
    not_coded: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    shown: DisplayArgs,
}

impl Args {
    /// The code whose keywords are looked for: where nothing else is, that of the units in which they may have been missed.
    fn keywords(&self) -> Option<String> {
        let missed = || self.not_coded.clone().filter(|_| self.text.is_none());
        self.keywords.clone().or_else(missed)
    }

    /// What is asked for.
    pub(super) fn ask(&self) -> FindAsk {
        FindAsk {
            text: self.text.clone(),
            keywords: self.keywords(),
            loose: self.loose,
            participants: self.participants.clone(),
            code: self.code.clone(),
            not_coded: self.not_coded.clone(),
            limit: self.limit,
            part: self.shown.part.ask(),
            deciding: self.shown.deciding.ask(),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.shown.output.form()?;
    let opened = context.open()?;
    let found = ask::find(&opened, &args.ask())?;
    let names = Names::of(&opened.study, args.shown.names.ids());
    args.shown.output.emit(&talk::concordance(&found, args.limit, &names), context)?;
    Ok(Outcome::Clean)
}
