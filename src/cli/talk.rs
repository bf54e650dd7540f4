//! `talk`: who speaks, how much, after whom.

use super::asking::DisplayArgs;
use super::{Context, Outcome};
use crate::render::document::Form;
use crate::render::names::Names;
use crate::render::pictures::{Drawing, strips};
use crate::render::spoke::SpokeReport;
use crate::render::talk;
use crate::work::ask::{self, Talk, TalkAsk};

/// Show who speaks in each case, how much, who asks, who is silent for long, and who spoke to which question
///
/// Counted over the transcripts, whatever was coded. A turn is a run of paragraphs by one speaker. Silence is the longest
/// run of others' turns between two of one's own. Who says little may still have been asked: silence is no answer. With
/// --cell spoke, questions of the guide by people: did not speak, spoke, or spoke and was coded, with the order of speaking;
/// with the team's codes for agreement and dissent, these too (Onwuegbuzie and others 2009).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata talk
  themata talk --case CoP-31 --with-moderator
  themata talk --follows -o follows.csv
  themata talk --cell spoke --case CoP-31 --agreement own-pace --dissent left-unsettled")]
pub(super) struct Args {
    /// Moderators and observers too
    #[arg(long, conflicts_with = "cell")]
    with_moderator: bool,
    /// Show whose turn comes right after whose
    #[arg(long, conflicts_with_all = ["cell", "agreement", "dissent"])]
    follows: bool,
    /// Show who spoke to which question of the guide
    #[arg(long, value_enum, value_name = "WHAT")]
    cell: Option<CellArg>,
    /// The code by which the team marks agreement with what others said
    #[arg(long, value_name = "CODE")]
    agreement: Option<String>,
    /// The code by which the team marks dissent
    #[arg(long, value_name = "CODE")]
    dissent: Option<String>,
    #[command(flatten)]
    shown: DisplayArgs,
}

/// What a cell of questions by people holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum CellArg {
    /// Whether she spoke, and whether it was coded
    Spoke,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> TalkAsk {
        TalkAsk {
            with_moderator: self.with_moderator,
            follows: self.follows,
            spoke: self.cell.is_some(),
            agreement: self.agreement.clone(),
            dissent: self.dissent.clone(),
            part: self.shown.part.ask(),
            deciding: self.shown.deciding.ask(),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let form = args.shown.output.form()?;
    let opened = context.open()?;
    let ask = args.ask();
    let names = Names::of(&opened.study, args.shown.names.ids()).spoken(context.language);
    let mut list = match ask::talk(&opened, &ask)? {
        Talk::Voices(all, marked) => {
            talk::voices(&all, marked.as_ref(), args.with_moderator, &names)
        }
        Talk::Following(all) => talk::following(&all, args.with_moderator, &names),
        Talk::Spoke(answer) => {
            let report = SpokeReport::new(&opened.study, answer, args.shown.names.ids());
            args.shown.output.emit(&report, context)?;
            return Ok(Outcome::Clean);
        }
    };
    if form.form == Form::Picture {
        list.drawing =
            Some(Drawing::Strips(ask::turn_map(&opened, &ask, |study, cases, decisions| {
                strips::turns(study, cases, decisions, &names)
            })?));
    }
    args.shown.output.emit(&list, context)?;
    Ok(Outcome::Clean)
}
