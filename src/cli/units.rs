//! `units`: the units of the study, how two people agree on them, and how they are fixed.

mod change;
mod changed;
mod settle;

use self::change::Why;
use clap::Subcommand;

use super::{Context, Outcome, OutputArgs, memo};
use crate::domain::failure::Failure;
use crate::domain::locator::Locator;
use crate::domain::record::MemoKind;
use crate::msg;
use crate::render::units::UnitList;
use crate::unitize::cuts::Point;
use crate::work::session;

/// Show the units, agree on them, and fix them
///
/// Units are the stretches that are coded whole; `themata split` makes them. Two people who cut the same
/// transcripts each on their own (`split --coder`) declare their cuts done, settle what differs, and lock the
/// result.
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
        transcript: Option<String>,
        /// Only this case
        #[arg(long, value_name = "CASE")]
        case: Option<String>,
        /// Also the moderator's turns that stand apart
        #[arg(long)]
        with_moderator: bool,
        /// Instead, the wishes that units were cut differently: one coder's with --coder, else those on cases
        /// that all have sealed
        #[arg(long, conflicts_with_all = ["transcript", "case", "with_moderator", "limit"])]
        wishes: bool,
        /// Instead, the units that stand no more, and what became of them: cut anew, lost in a new text, or found
        /// there with differences; with --coder, also what that coder had decided
        #[arg(long, conflicts_with_all = ["wishes", "transcript", "case", "with_moderator", "limit"])]
        changed: bool,
        /// Whose wishes or decisions, sealed or not
        #[arg(long, value_name = "NAME")]
        coder: Option<String>,
        /// At most this many units
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Declare your own cuts done, so that they can be compared
    ///
    /// Own cuts are made with `split --coder`. Nobody sees them before everyone who cut the transcript has
    /// declared hers done; from then on they stay as they are.
    #[command(
        after_help = "Examples:\n  themata units done --coder c1\n  themata units done --coder c1 CoP-31\n  themata units done --coder c1 --take-back 'forgot the last page' CoP-31"
    )]
    Done {
        /// Whose cuts
        #[arg(long, value_name = "NAME")]
        coder: String,
        /// The transcripts [default: all that she cut]
        #[arg(value_name = "TRANSCRIPT")]
        transcripts: Vec<String>,
        /// Take it back for this reason, while the others are not done yet; it is recorded
        #[arg(long, value_name = "REASON", value_parser = super::reason)]
        take_back: Option<String>,
    },
    /// Settle where two coders cut differently, and make the study's units
    ///
    /// Cuts that all made are taken. Each other one is shown with the text between the agreed cuts around
    /// it, and decided: c there is a cut, n there is none, 1 or 2 as this coder has it; then a reason in your
    /// own words. Also: s skip, z take back the last decision, ? what can be typed, q leave. What is decided is
    /// recorded in events.csv, with who was there, and is not asked again. Once a transcript has no open
    /// difference, its units are written. On a terminal, a full screen; ? shows the keys.
    #[command(
        after_help = "Examples:\n  themata units settle --present c1,c2\n  themata units settle CoP-31"
    )]
    Settle {
        /// The transcripts [default: all whose cuts are done]
        #[arg(value_name = "TRANSCRIPT")]
        transcripts: Vec<String>,
        /// Who is here, separated by commas [default: asked at the start]
        #[arg(long, value_name = "CODER", value_delimiter = ',')]
        present: Vec<String>,
        /// Line by line, also where there is a terminal
        #[arg(long)]
        lines: bool,
    },
    /// Cut a unit in two, for a reason
    ///
    /// For units that are locked or coded. Decisions on the old unit stay in the log and in their round's
    /// agreement; the new ones are undecided, and each coder is shown what she herself had decided. moves.csv
    /// says what became of the old one. Cases that are sealed are coded on and sealed once more, with
    /// `seal --again`.
    #[command(
        after_help = "Examples:\n  themata units split CoP-31:106-108 --show\n  themata units split CoP-31:106-108 --at 107 --reason 'a new idea begins'\n  themata units split CoP-31:106 --at 106@35 --reason 'a new idea begins' --present c1,c2"
    )]
    Split {
        /// The unit
        #[arg(value_name = "LOCATOR")]
        unit: Locator,
        /// Where the second unit begins: a paragraph, or a character of one at which a sentence begins
        #[arg(long, value_name = "PLACE", value_parser = place, required_unless_present = "show")]
        at: Option<Point>,
        #[command(flatten)]
        why: Why,
    },
    /// Join a unit with the next one, for a reason
    ///
    /// See `units split`: what becomes of decisions is the same.
    #[command(
        after_help = "Examples:\n  themata units join CoP-31:106 --reason 'one idea'\n  themata units join CoP-31:106 CoP-31:107 --reason 'one idea'"
    )]
    Join {
        /// The unit, and if you like the next one
        #[arg(value_name = "LOCATOR", required = true, num_args = 1..=2)]
        units: Vec<Locator>,
        #[command(flatten)]
        why: Why,
    },
    /// Move the beginning of a unit, for a reason
    ///
    /// The unit before it ends there. See `units split`: what becomes of decisions is the same.
    #[command(
        after_help = "Examples:\n  themata units move CoP-31:107-108 --show\n  themata units move CoP-31:107-108 --to 108 --reason 'still about the first idea'"
    )]
    Move {
        /// The unit
        #[arg(value_name = "LOCATOR")]
        unit: Locator,
        /// Where it begins instead: a paragraph, or a character of one at which a sentence begins
        #[arg(long, value_name = "PLACE", value_parser = place, required_unless_present = "show")]
        to: Option<Point>,
        #[command(flatten)]
        why: Why,
    },
    /// Fix the units, so that coding is of the same stretches for everyone
    ///
    /// The hash of each transcript's units goes to events.csv. From then on `split` and `units settle` leave
    /// them alone.
    #[command(after_help = "Examples:\n  themata units lock\n  themata units lock CoP-31")]
    Lock {
        /// The transcripts [default: all that are cut]
        #[arg(value_name = "TRANSCRIPT")]
        transcripts: Vec<String>,
    },
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let UnitsCommand::Show {
        transcript,
        case,
        with_moderator,
        wishes,
        changed,
        coder,
        limit,
        output,
    } = &args.command
    else {
        return other(&args.command, context);
    };
    let opened = context.open()?;
    if *changed {
        let coder = coder.as_deref().map(|name| session::coder(&opened, name)).transpose()?;
        output.emit(&changed::list(&opened, coder.as_ref())?, context)?;
        return Ok(Outcome::Clean);
    }
    if let (Some(name), false) = (coder, *wishes) {
        session::coder(&opened, name)?;
        return Err(Failure::Usage(msg!("units.coder"), msg!("units.coder.fix")).into());
    }
    if *wishes {
        output.form()?;
        let kind = Some(MemoKind::Boundary);
        let (list, waiting) = memo::list(&opened, coder.as_deref(), None, kind)?;
        output.emit(&list, context)?;
        super::name_waiting(output, &waiting, context)?;
        return Ok(Outcome::Clean);
    }
    let study = &opened.study;
    let transcript = transcript
        .as_deref()
        .map(|name| study.find_transcript(name))
        .transpose()
        .map_err(Failure::from)?;
    let case =
        case.as_deref().map(|name| study.find_case(name)).transpose().map_err(Failure::from)?;
    let (transcript, case) = (transcript.map(|it| &it.id), case.map(|it| &it.id));
    let mut list = UnitList::new(study, transcript, case, *with_moderator);
    list.limit(*limit);
    output.emit(&list, context)?;
    Ok(Outcome::Clean)
}

/// Reads a place in a transcript.
fn place(text: &str) -> Result<Point, &'static str> {
    text.parse()
        .map_err(|()| "a place is a paragraph, as in 107, or a character of one, as in 107@35")
}

/// The commands that change something.
fn other(command: &UnitsCommand, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    match command {
        UnitsCommand::Done { coder, transcripts, take_back } => {
            settle::done(coder, transcripts, take_back.as_deref(), context)
        }
        UnitsCommand::Settle { transcripts, present, lines } => {
            settle::settle(transcripts, present, *lines, context)
        }
        UnitsCommand::Lock { transcripts } => settle::lock(transcripts, context),
        UnitsCommand::Split { unit, at, why } => change::split(unit, *at, why, context),
        UnitsCommand::Join { units, why } => change::join(units, why, context),
        UnitsCommand::Move { unit, to, why } => change::shift(unit, *to, why, context),
        UnitsCommand::Show { .. } => Ok(Outcome::Clean),
    }
}
