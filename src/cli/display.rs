//! `display`: matrices with names of their own.

use clap::Parser;

use super::{Cli, Context, Outcome, OutputArgs, usage};
use crate::domain::failure::Failure;
use crate::domain::find;
use crate::msg;
use crate::render::list::{Item, List};
use crate::work::ask::displays::{DISPLAYS, Display};

/// Show a display by name, or list the names
///
/// Each is a matrix that the literature has a name for: `display list` says which question it answers, where it comes from,
/// and the long command that gives the same. Whatever `matrix` takes can stand behind the name.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata display list
  themata display meta-matrix
  themata display contrast --columns case.sector -o contrast.xlsx")]
pub(super) struct Args {
    /// The display, or `list`
    #[arg(value_name = "NAME", default_value = "list")]
    name: String,
    /// What `matrix` takes besides
    #[arg(value_name = "OPTION", trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

/// The form of the list.
#[derive(Debug, Parser)]
struct Listed {
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let program = || std::iter::once("themata");
    let options = || args.options.iter().map(String::as_str);
    if args.name == "list" {
        let listed = Listed::try_parse_from(program().chain(options())).map_err(|it| wrong(&it))?;
        listed.output.emit(&list(), context)?;
        return Ok(Outcome::Clean);
    }
    let Some(display) = DISPLAYS.iter().find(|it| find::same(it.name, &args.name)) else {
        let known: Vec<&str> = DISPLAYS.iter().map(|it| it.name).collect();
        let what = msg!("display.unknown", name = args.name);
        let fix = msg!("display.unknown.fix", known = known.join(", "));
        return Err(Failure::Usage(what, fix).into());
    };
    if let Some(needed) = display.needs.filter(|it| !options().any(|word| names(word, it))) {
        let what = msg!("display.needs", name = display.name, option = needed);
        let fix = msg!("display.needs.fix", name = display.name, option = needed);
        return Err(Failure::Usage(what, fix).into());
    }
    let line = program().chain(["matrix"]).chain(display.options.iter().copied()).chain(options());
    let cli = Cli::try_parse_from(line).map_err(|it| wrong(&it))?;
    match &cli.command {
        Some(command) => command.run(context),
        None => Ok(Outcome::Clean),
    }
}

/// Whether a word is this option, with its value or before it.
fn names(word: &str, option: &str) -> bool {
    word.strip_prefix(option).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
}

fn wrong(error: &clap::Error) -> anyhow::Error {
    match usage::fault(error) {
        Some((what, fix)) => Failure::Usage(what, fix).into(),
        None => anyhow::anyhow!(error.to_string()),
    }
}

fn list() -> List {
    let columns = [
        ("name", "display.name"),
        ("question", "display.question"),
        ("source", "display.source"),
        ("command", "display.command"),
    ];
    let mut list = List::new("themata.displays/1", &columns);
    let row = |it: &Display| {
        let english = crate::words::word(it.question, crate::words::Language::English);
        vec![
            Item::id(it.name),
            Item::Said(crate::render::document::Value::from(english.as_str()), it.asks()),
            Item::text(it.source),
            Item::text(&it.command()),
        ]
    };
    list.rows = DISPLAYS.iter().map(row).collect();
    list.notes = vec![msg!("display.note")];
    list
}
