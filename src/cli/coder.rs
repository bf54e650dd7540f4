//! `coder`: who codes.

use clap::Subcommand;

use super::{Context, Outcome, OutputArgs};
use crate::domain::coder::Coder;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::message::Message;
use crate::domain::study::Settings;
use crate::msg;
use crate::render::list::{Item, List};
use crate::store::Opened;

/// List the coders, or add one
///
/// Without a command it lists them in the order of themata.yaml, which is what `first` and `second` mean
/// in a consensus.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  themata coder\n  themata coder add c3 --name 'Ana Ruiz'"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<CoderCommand>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum CoderCommand {
    /// Add a coder to the study
    ///
    /// A case is open for comparison when every coder with units in it has sealed it; a new coder is asked
    /// to code everything, unless assignments.csv says otherwise.
    #[command(
        after_help = "Examples:\n  themata coder add c3\n  themata coder add c3 --name 'Ana Ruiz'"
    )]
    Add {
        /// The new coder's id, as in `coding/ID.csv`
        #[arg(value_name = "ID")]
        id: CoderId,
        /// The name as people write it
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    match &args.command {
        None => args.output.emit(&list(&opened), context)?,
        Some(CoderCommand::Add { id, name }) => {
            add(&opened, id, name.as_deref().unwrap_or_default())?;
            context.tell(&msg!("coder.added", coder = id))?;
            if let Some(closed) = closed(&opened, id) {
                context.tell(&closed)?;
            }
        }
    }
    Ok(Outcome::Clean)
}

fn list(opened: &Opened) -> List {
    let mut list =
        List::new("themata.coders/1", &[("coder", "coder.coder"), ("name", "coder.name")]);
    for coder in &opened.study.settings.coders {
        list.rows.push(vec![Item::id(&coder.id), Item::text(&coder.name)]);
    }
    if list.rows.is_empty() {
        list.notes.push(msg!("coder.none"));
    }
    list
}

fn add(opened: &Opened, id: &CoderId, name: &str) -> Result<(), Failure> {
    let settings = &opened.study.settings;
    let clashes = |coder: &Coder| {
        coder.id.as_str().eq_ignore_ascii_case(id.as_str())
            || (!name.is_empty() && coder.name == name)
    };
    if let Some(other) = settings.coders.iter().find(|coder| clashes(coder)) {
        return Err(Failure::Refused(
            msg!("coder.exists", coder = other.id),
            msg!("coder.exists.fix"),
        ));
    }
    let mut coders = settings.coders.clone();
    coders.push(Coder::person(id.clone(), name));
    opened.write_settings(&Settings { coders, ..settings.clone() })
}

/// What was open for comparison and waits for the new coder from now on.
fn closed(opened: &Opened, id: &CoderId) -> Option<Message> {
    let study = &opened.study;
    let round = study.current_round();
    let cases: Vec<&CaseId> = study.cases.iter().map(|case| &case.id).collect();
    let sealed = |case: &&&CaseId| {
        study.settings.coders.iter().any(|coder| opened.is_sealed(&coder.id, case, round))
            && study.talk().any(|(unit, _)| {
                study.case_of(unit) == **case && study.is_assigned(unit, id, round)
            })
    };
    let waiting: Vec<&str> = cases.iter().filter(sealed).map(|case| case.as_str()).collect();
    let cases = waiting.join(", ");
    (!waiting.is_empty()).then(|| msg!("coder.closed", coder = id, cases = cases))
}
