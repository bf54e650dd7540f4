//! `round`: passes of independent coding.

use std::str::FromStr;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Context, Outcome, OutputArgs};
use crate::domain::assignments::Assignment;
use crate::domain::event::Purpose;
use crate::domain::event::{Event, What};
use crate::domain::id::RoundId;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::Opened;

/// List the rounds of coding, or begin a further one
///
/// A study begins with the round `main`. The last round made is the current one: `code` and `seal` work in
/// it unless --round names another.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  themata round\n  themata round new recode\n  themata round new second-look --purpose check"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<RoundCommand>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum RoundCommand {
    /// Begin a further pass of independent coding
    ///
    /// Nothing of the rounds before is changed. All units are coded afresh, each coder for herself, or
    /// those that assignments.csv names for the round.
    #[command(after_help = "Examples:\n  themata round new recode")]
    New {
        /// The round's name; its id is made of letters, digits, `-` and `_`
        #[arg(value_name = "NAME", value_parser = super::round_id)]
        name: RoundId,
        /// What it is for: code counts; check (a second look) and pilot (a trial) are measured where --round asks for
        /// them, and enter nothing else
        #[arg(long, value_name = "PURPOSE", default_value_t = Purpose::Code, value_parser = purpose())]
        purpose: Purpose,
    },
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    match &args.command {
        None => args.output.emit(&list(&opened), context)?,
        Some(RoundCommand::New { name, purpose }) => {
            opened.new_round(name, *purpose)?;
            context.tell(&msg!("round.made", round = name))?;
            if *purpose != Purpose::Code {
                context.tell(&msg!("round.measured", round = name))?;
            }
            let asked = |it: &Assignment| it.round.as_ref().is_none_or(|round| round == name);
            if opened.study.assignments.as_ref().is_some_and(|all| !all.rows.iter().any(asked)) {
                context.tell(&msg!("round.unassigned", round = name))?;
            }
        }
    }
    Ok(Outcome::Clean)
}

fn purpose() -> impl TypedValueParser<Value = Purpose> {
    PossibleValuesParser::new(Purpose::ALL.map(Purpose::as_str))
        .map(|word| Purpose::from_str(&word).unwrap_or_default())
}

fn study_purpose(opened: &Opened, number: usize) -> Purpose {
    opened.study.purposes.get(number).copied().unwrap_or_default()
}

fn list(opened: &Opened) -> List {
    let columns = [
        ("round", "round.round"),
        ("at", "round.at"),
        ("current", "round.current"),
        ("purpose", "round.purpose"),
    ];
    let mut list = List::new("themata.rounds/1", &columns);
    let current = opened.study.current_round();
    for (number, round) in opened.study.rounds.iter().enumerate() {
        let begun = |it: &&Event| matches!(&it.what, What::Round { round: it, .. } if it == round);
        let is_current = number == usize::from(current.0);
        list.rows.push(vec![
            Item::id(round),
            Item::at(opened.events.iter().find(begun).map(|event| event.at)),
            if is_current {
                Item::Said(Value::id("yes"), msg!("round.yes"))
            } else {
                Item::from(Value::Missing)
            },
            Item::id(study_purpose(opened, number)),
        ]);
    }
    if opened.study.purposes.iter().all(|it| *it == Purpose::Code) {
        list.quieten("purpose");
    }
    list
}
