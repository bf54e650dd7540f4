//! `display`: matrices with names of their own.

use clap::Parser;

use super::{Cli, Context, Everywhere, Outcome, OutputArgs, usage};
use crate::domain::failure::Failure;
use crate::domain::find;
use crate::domain::problem::Problem;
use crate::format::displays::Saved;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::work::ask::Line;
use crate::work::ask::displays::{DISPLAYS, Display};

/// Show a display by name, or list the names
///
/// Each is a matrix that the literature has a name for: `display list` says which question it answers, where it comes from,
/// and the long command that gives the same. Whatever `matrix` takes can stand behind the name. A team saves displays of its
/// own in displays.yaml: `displays:`, and for each `name`, `command` (`--rows … --columns …`), and if you like `question`, `source`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata display list
  themata display meta-matrix
  themata display contrast --contrast case.sector=Health,Justice -o contrast.xlsx")]
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
    #[command(flatten)]
    everywhere: Everywhere,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let program = || std::iter::once("themata");
    let options = || args.options.iter().map(String::as_str);
    if args.name == "list" {
        let listed = Listed::try_parse_from(program().chain(options())).map_err(|it| wrong(&it))?;
        context.heed(&listed.everywhere);
        let saved = saved(context)?;
        listed.output.emit(&list(&saved), context)?;
        return Ok(Outcome::Clean);
    }
    // What is wrong with them is said once it is known what they stand behind.
    if let Ok(given) = Cli::try_parse_from(program().chain(["matrix"]).chain(options())) {
        context.heed(&given.everywhere);
    }
    let saved = saved(context)?;
    let asked = match (of_program(&args.name), of_team(&saved, &args.name)) {
        (Some(display), _) => {
            let given = |needed: &&str| options().any(|word| names(word, needed));
            if let (Some(needed), false) = (display.needs.first(), display.needs.iter().any(given))
            {
                let what = msg!("display.needs", name = display.name, option = needed);
                let fix = msg!("display.needs.fix", name = display.name, option = needed);
                return Err(Failure::Usage(what, fix).into());
            }
            display.options.iter().map(|it| (*it).to_owned()).collect()
        }
        (None, Some(saved)) => saved.options.clone(),
        (None, None) => {
            let known =
                DISPLAYS.iter().map(|it| it.name).chain(saved.iter().map(|it| it.name.as_str()));
            let known = known.collect::<Vec<_>>().join(", ");
            let what = msg!("display.unknown", name = args.name);
            return Err(Failure::Usage(what, msg!("display.unknown.fix", known = known)).into());
        }
    };
    let line = program().chain(["matrix"]).chain(asked.iter().map(String::as_str)).chain(options());
    let cli = Cli::try_parse_from(line).map_err(|it| wrong(&it))?;
    match &cli.command {
        Some(command) => command.run(context),
        None => Ok(Outcome::Clean),
    }
}

fn of_program(name: &str) -> Option<&'static Display> {
    DISPLAYS.iter().find(|it| find::same(it.name, name))
}

fn of_team<'a>(saved: &'a [Saved], name: &str) -> Option<&'a Saved> {
    saved.iter().find(|it| find::same(&it.name, name))
}

/// What the team saved, where there is a study.
fn saved(context: &mut Context<'_>) -> anyhow::Result<Vec<Saved>> {
    let Ok(folder) = context.folder() else { return Ok(Vec::new()) };
    let saved = folder.saved_displays()?;
    let twice = twice(&saved);
    if twice.is_empty() { Ok(saved) } else { Err(Failure::Invalid(twice).into()) }
}

/// A name of ours stays ours, and two of one name are none.
fn twice(saved: &[Saved]) -> Vec<Problem> {
    let is_known = |(at, one): &(usize, &Saved)| {
        let before = saved.iter().take(*at).any(|it| find::same(&it.name, &one.name));
        before || of_program(&one.name).is_some()
    };
    let known = saved.iter().enumerate().filter(is_known);
    let problem = |(_, one): (usize, &Saved)| {
        let what = msg!("display.name_twice", name = one.name);
        Problem::new(one.at.clone(), what, msg!("display.name_odd.fix"))
    };
    known.map(problem).collect()
}

/// What is wrong with the saved displays beyond their form: names, and commands that `matrix` does not take.
pub(super) fn problems(saved: &[Saved]) -> Vec<Problem> {
    let untaken = saved.iter().filter_map(|one| {
        let words = ["themata", "matrix"].into_iter();
        let error =
            Cli::try_parse_from(words.chain(one.options.iter().map(String::as_str))).err()?;
        let what = msg!("display.command_odd", name = one.name);
        let fault = usage::fault(&error);
        let (what, fix) = fault.unwrap_or((what, msg!("display.command_odd.fix")));
        Some(Problem::new(one.at.clone().column("command"), what, fix))
    });
    twice(saved).into_iter().chain(untaken).collect()
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

fn list(saved: &[Saved]) -> List {
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
            Item::Said(Value::from(english.as_str()), it.asks()),
            Item::text(it.source),
            Item::text(&it.command()),
        ]
    };
    let own = |it: &Saved| {
        let question = Value::from(it.question.text("en"));
        vec![
            Item::id(&it.name),
            Item::Named(question, it.question.clone()),
            Item::text(&it.source),
            Item::text(&it.options.iter().fold(Line::new("matrix"), Line::word).to_string()),
        ]
    };
    list.rows = DISPLAYS.iter().map(row).chain(saved.iter().map(own)).collect();
    list.notes = vec![msg!("display.note")];
    list
}
