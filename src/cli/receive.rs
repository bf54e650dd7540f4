//! `receive`: what a coder sends back, decisions or summaries.

mod handover;
mod summaries;

use std::path::PathBuf;

use super::asking::DeviceArgs;
use super::{Context, Outcome};
use crate::analysis::received::{Blank, Replaced};
use crate::domain::answer::DimensionIndex;
use crate::domain::failure::Failure;
use crate::domain::id::RoundId;
use crate::domain::log::UnitIndex;
use crate::domain::message::Message;
use crate::msg;
use crate::store::{Opened, read_given};
use crate::work::receive::{GivenFile, Part, ReceiveAsk, is_handover, receive};

/// Take in what a coder sends back: a filled sheet, or a CSV of answers
///
/// A file is long (`unit,dimension,codes`, and if you like `coder`, `round`, `certainty`, `memo`, `at`) or
/// wide (`unit` and one column per dimension; a dimension that takes several codes may spread over NAME,
/// NAME 2, NAME 3). Headings and cells are ids or names of the codebook, in any of its languages.
///
/// An empty cell leaves the decision as it is, `-` takes it back, `none` means that nothing applies. An
/// answer equal to the one in force writes nothing. Times in `at` are checked; the log says when a decision
/// was received. All or nothing: if anything in the file is wrong, every
/// complaint is listed with its row and column, and nothing is written. What one file changes is one act,
/// which `themata undo` takes back as a whole. What seems older than what is in force is refused.
///
/// In a sheet a row marked done is the whole answer: its blanks are none. Elsewhere a blank leaves things as
/// they are; `--empty none` declares whatever is undecided none.
///
/// A display that `matrix --cell summary` wrote, with its cells filled in, goes to summaries.csv.
///
/// A log (`coding/c2.csv`, and those of her other devices) that a co-coder sends with the seals.csv of her
/// copy of the study is brought in as it is, row by row; rows that are here already are left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  themata receive c2.xlsx --coder c2
  themata receive c2.xlsx --coder c2 --dry-run
  themata receive answers.csv --coder c2 --round main
  themata receive both.csv --coder c1 --coder c2
  themata receive c2.csv c2.laptop.csv seals.csv")]
pub(super) struct Args {
    /// The file: a workbook (.xlsx) or a CSV; or logs of one coder and a seals.csv
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Whose decisions these are: needed while that coder has not sealed; repeatable for a file of several coders
    #[arg(long = "coder", value_name = "NAME")]
    coders: Vec<String>,
    /// The round, where the file does not say so [default: the current one]
    #[arg(long, value_name = "ROUND", value_parser = super::round_id)]
    round: Option<RoundId>,
    /// Say what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take what is undecided and blank in the file for none
    #[arg(long, value_enum, value_name = "WHAT")]
    empty: Option<Empty>,
    /// Take in a file that seems older than what is in force
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    kept: DeviceArgs,
}

/// What blank cells mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Empty {
    /// Nothing applies
    None,
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let mut given = Vec::new();
    for path in &args.files {
        given.push(GivenFile { name: path.display().to_string(), bytes: read_given(path)? });
    }
    if given.iter().any(is_handover) {
        return handover::run(args, &given, context);
    }
    match given.as_slice() {
        [file] => match summaries::taken_in(args, file, context)? {
            Some(outcome) => Ok(outcome),
            None => answers(args, file, context),
        },
        _ => Err(Failure::Usage(msg!("receive.several"), msg!("receive.several.fix")).into()),
    }
}

/// Takes in answers.
fn answers(args: &Args, file: &GivenFile, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let ask = ReceiveAsk {
        coders: args.coders.clone(),
        round: args.round.clone(),
        dry_run: args.dry_run,
        blank: if args.empty.is_some() { Blank::None } else { Blank::Keep },
        again: args.again,
        device: args.kept.device.clone(),
    };
    let received = receive(&opened, file, &ask)?;
    for note in &received.notes {
        context.tell(note)?;
    }
    report(args, &received.changes, &opened, context)?;
    let nothing = |part: &Part| part.changes.decisions.is_empty() && part.changes.notes.is_empty();
    if !received.changes.is_empty() && received.changes.iter().all(nothing) {
        context.tell(&msg!("receive.same", file = file.name))?;
    }
    Ok(Outcome::Clean)
}

/// Which decisions that were there become others or none, by unit and dimension, without codes.
fn replaced(part: &Part, opened: &Opened) -> Vec<Message> {
    let study = &opened.study;
    let line = |(unit, dimension, replaced): &(UnitIndex, DimensionIndex, Replaced)| {
        let unit = &study.unit_at(*unit)?.locator;
        let dimension = &study.vocabulary.dimensions.get(usize::from(dimension.0))?.id;
        Some(match replaced {
            Replaced::Changed => msg!("receive.changed", unit = unit, dimension = dimension),
            Replaced::Closed => msg!("receive.closed", unit = unit, dimension = dimension),
            Replaced::TakenBack => msg!("receive.taken_back", unit = unit, dimension = dimension),
        })
    };
    part.changes.replaced.iter().filter_map(line).collect()
}

/// Says what changed, or would change.
fn report(
    args: &Args,
    parts: &[Part],
    opened: &Opened,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    for part in parts {
        let counts = part.changes.counts;
        let line = if args.dry_run && part.unsealed {
            msg!(
                "receive.would",
                coder = part.coder,
                round = part.round,
                new = counts.new,
                changed = counts.changed,
                back = counts.taken_back
            )
        } else {
            msg!(
                "receive.counts",
                coder = part.coder,
                round = part.round,
                new = counts.new,
                changed = counts.changed,
                back = counts.taken_back,
                same = counts.unchanged
            )
        };
        context.show(&line)?;
        for line in replaced(part, opened) {
            context.show(&line)?;
        }
        if !part.changes.notes.is_empty() {
            let n = part.changes.notes.len();
            context.tell(&msg!("receive.notes", n = n, coder = part.coder))?;
        }
    }
    if parts.is_empty() {
        context.tell(&msg!("receive.nothing"))?;
    }
    if args.dry_run {
        context.tell(&msg!("receive.dry"))?;
    }
    Ok(())
}
