//! `words`: which words are said, how often, by whom.

use super::asking::DisplayArgs;
use super::{Context, Outcome};
use crate::analysis::matrix::Axes;
use crate::render::frequencies::WordsReport;
use crate::work::ask::{self, WordsAsk};

/// Show which words are said how often, without those that carry no theme
///
/// Counts words of participants in units of talk, coded or not, in small letters; a word's row says by how many people and in
/// how many cases it is said. With --by, also how often in each case, person, topic, code or whatever else can stand in the
/// columns of a matrix. A frequent word is no finding: `find` shows what it was said with.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata words
  themata words --by case --limit 20
  themata words --by code --dimension leadership --where 'case.sector=Justice' -o words.xlsx")]
pub(super) struct Args {
    /// Tell them apart by what could stand in the columns of a matrix
    #[arg(long, value_name = "WHAT")]
    by: Option<Axes>,
    /// At most so many words
    #[arg(long, value_name = "N", default_value_t = ask::USUAL_WORDS, conflicts_with = "all")]
    limit: usize,
    /// All words
    #[arg(long)]
    all: bool,
    /// Count moderators and observers too
    #[arg(long)]
    with_moderator: bool,
    #[command(flatten)]
    shown: DisplayArgs,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> WordsAsk {
        WordsAsk {
            by: self.by.clone(),
            limit: (!self.all).then_some(self.limit),
            with_moderator: self.with_moderator,
            part: self.shown.part.ask(),
            deciding: self.shown.deciding.ask(),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.shown.output.form()?;
    let opened = context.open()?;
    let ask = args.ask();
    let answer = ask::words(&opened, &ask)?;
    let report = WordsReport::new(&opened.study, answer, &ask, args.shown.names.ids());
    args.shown.output.emit(&report, context)?;
    Ok(Outcome::Clean)
}
