//! The commands: each reads its arguments, loads, computes and renders. One file per command.

mod agree;
mod asking;
mod assign;
mod cases;
mod check;
mod cite;
mod claims;
mod code;
mod codebook;
mod codebook_change;
mod codebook_propose;
mod codebook_table;
mod codebook_versions;
mod coder;
mod completions;
mod context;
mod cooccur;
mod demo;
mod discrepancies;
mod display;
mod export;
mod failed;
mod find;
mod frequencies;
mod guide;
mod import;
mod init;
mod log;
mod man;
mod matrix;
mod memo;
mod moderation;
mod named;
#[cfg(feature = "screen")]
mod on_screen;
mod output;
mod pack;
mod participants;
mod quotes;
mod receive;
mod remove;
mod report;
mod resolve;
mod review;
mod round;
mod saturation;
mod seal;
mod sheet;
mod split;
mod status;
mod talk;
mod thematic;
mod undo;
mod units;
mod usage;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Parser, Subcommand};

pub use context::{Context, Kept, Screen};
pub use output::OutputArgs;

use crate::domain::comparison::Waiting;
use crate::domain::id::{IdError, RoundId};
use crate::domain::message::Message;
use crate::domain::said::said;
use crate::domain::slug::slug;
use crate::msg;
use crate::store::Clock;
use crate::words::Language;
use crate::work::ask::Ask;

/// What a command found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Fine (exit status 0).
    Clean,
    /// The answer is no: below `--require`, problems found, quotation not found (1).
    Findings,
    /// The program was told to end (130); what was acknowledged is safe.
    Interrupted,
}

/// The way of a study, as `--help` shows it; a test runs exactly these commands.
const WAY: &str = "\
The way of a study:
  themata init study --coder c1 --coder c2
  themata -C study import group-1.txt group-2.txt
  themata -C study split
  themata -C study code --coder c1 --lines
  themata -C study sheet --coder c2 -o c2.xlsx
  themata -C study receive c2.xlsx --coder c2
  themata -C study seal --coder c1
  themata -C study seal --coder c2
  themata -C study agree
  themata -C study discrepancies
  themata -C study resolve --lines
  themata -C study matrix -o matrix.csv

`themata demo` walks through an example; `themata COMMAND --help` tells more.";

/// Code focus groups: transcripts in, units, independent coders, agreement, consensus, matrices out
#[derive(Debug, Parser)]
#[command(name = "themata", version, max_term_width = 100, after_help = WAY)]
pub struct Cli {
    #[command(flatten)]
    everywhere: Everywhere,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What may stand behind every command.
#[derive(Debug, Clone, clap::Args)]
pub struct Everywhere {
    /// The study's folder [default: the nearest folder upward that holds themata.yaml]
    #[arg(short = 'C', global = true, help_heading = "Everywhere", value_name = "DIR")]
    directory: Option<PathBuf>,
    /// When to colour what goes to a terminal (NO_COLOR is honoured)
    #[arg(long, global = true, help_heading = "Everywhere", value_enum, default_value_t = ColorWhen::Auto, value_name = "WHEN")]
    color: ColorWhen,
    /// Say nothing beyond results and errors
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    quiet: bool,
    /// Language of tables, prompts and errors [default: the study's, else the locale's]
    #[arg(long, global = true, help_heading = "Everywhere", value_parser = Lang::known(), value_name = "LANG")]
    lang: Option<Lang>,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorWhen {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The tag of a language: one of the program's, or, where `quotes pick` asks for that of a translation, any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lang(String);

impl Lang {
    /// The languages of the program, by tag.
    const KNOWN: [(&'static str, &'static str); 2] = [("en", "English"), ("es", "Spanish")];

    /// Reads the tag of a language of the program.
    fn known() -> impl TypedValueParser<Value = Self> {
        let known = Self::KNOWN.map(|(tag, name)| PossibleValue::new(tag).help(name));
        PossibleValuesParser::new(known).map(Self)
    }

    /// Reads the tag of any language.
    fn any() -> impl TypedValueParser<Value = Self> {
        StringValueParser::new().map(|tag: String| Self(tag.trim().to_owned()))
    }

    /// The language of the program, if it is one.
    fn language(&self) -> Option<Language> {
        Language::from_tag(&self.0)
    }
}

#[derive(Debug, Subcommand)]
#[rustfmt::skip] // one a line, in the order of a study, as help lists them
enum Command {
    Demo(demo::Args),
    Init(init::Args),
    Import(import::Args),
    Participants(participants::Args),
    Cases(cases::Args),
    Split(split::Args),
    Units(units::Args),
    Guide(guide::Args),
    Coder(coder::Args),
    Assign(assign::Args),
    Codebook(codebook::Args),
    Code(code::Args),
    Sheet(sheet::Args),
    Pack(pack::Args),
    Receive(receive::Args),
    Memo(memo::Args),
    Seal(seal::Args),
    Round(round::Args),
    Status(status::Args),
    Check(check::Args),
    Agree(Box<agree::Args>),
    Discrepancies(discrepancies::Args),
    Resolve(resolve::Args),
    Matrix(Box<matrix::Args>),
    Display(display::Args),
    Quotes(Box<quotes::Args>),
    Cooccur(cooccur::Args),
    Saturation(Box<saturation::Args>),
    Talk(Box<talk::Args>),
    Claims(claims::Args),
    Find(Box<find::Args>),
    Words(frequencies::Args),
    Report(report::Args),
    Cite(cite::Args),
    Log(log::Args),
    Undo(undo::Args),
    Export(export::Args),
    Remove(remove::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Command {
    #[rustfmt::skip]
    fn run(&self, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
        match self {
            Self::Demo(args) => demo::run(args, context),
            Self::Init(args) => init::run(args, context),
            Self::Import(args) => import::run(args, context),
            Self::Participants(args) => participants::run(args, context),
            Self::Cases(args) => cases::run(args, context),
            Self::Split(args) => split::run(args, context),
            Self::Units(args) => units::run(args, context),
            Self::Guide(args) => guide::run(args, context),
            Self::Coder(args) => coder::run(args, context),
            Self::Assign(args) => assign::run(args, context),
            Self::Codebook(args) => codebook::run(args, context),
            Self::Code(args) => code::run(args, context),
            Self::Sheet(args) => sheet::run(args, context),
            Self::Pack(args) => pack::run(args, context),
            Self::Receive(args) => receive::run(args, context),
            Self::Memo(args) => memo::run(args, context),
            Self::Seal(args) => seal::run(args, context),
            Self::Round(args) => round::run(args, context),
            Self::Status(args) => status::run(args, context),
            Self::Check(args) => check::run(args, context),
            Self::Agree(args) => agree::run(args, context),
            Self::Discrepancies(args) => discrepancies::run(args, context),
            Self::Resolve(args) => resolve::run(args, context),
            Self::Matrix(args) => matrix::run(args, context),
            Self::Quotes(args) => quotes::run(args, context),
            Self::Display(args) => display::run(args, context),
            Self::Cooccur(args) => cooccur::run(args, context),
            Self::Saturation(args) => saturation::run(args, context),
            Self::Talk(args) => talk::run(args, context),
            Self::Claims(args) => claims::run(args, context),
            Self::Find(args) => find::run(args, context),
            Self::Words(args) => frequencies::run(args, context),
            Self::Report(args) => report::run(args, context),
            Self::Cite(args) => cite::run(args, context),
            Self::Log(args) => log::run(args, context),
            Self::Undo(args) => undo::run(args, context),
            Self::Export(args) => export::run(args, context),
            Self::Remove(args) => remove::run(args, context),
            Self::Completions(args) => completions::run(args, context),
            Self::Man(args) => man::run(args, context),
        }
    }
}

/// The question that a command line asks, from the name of the command on; absent where it asks none of those that are
/// values.
pub fn asked(line: &[String]) -> Option<Ask> {
    let program = std::iter::once("themata").chain(line.iter().map(String::as_str));
    match Cli::try_parse_from(program).ok()?.command? {
        Command::Agree(args) => args.asked(),
        Command::Discrepancies(args) => Some(Ask::Discrepancies(args.ask())),
        Command::Matrix(args) => Some(Ask::Matrix(args.ask())),
        Command::Quotes(args) => args.asked().map(Ask::Quotes),
        Command::Cooccur(args) => Some(Ask::Cooccur(args.ask())),
        Command::Saturation(args) => Some(Ask::Saturation(args.ask())),
        Command::Talk(args) => Some(Ask::Talk(args.ask())),
        Command::Find(args) => Some(Ask::Find(args.ask())),
        Command::Words(args) => Some(Ask::Words(args.ask())),
        Command::Export(args) => Some(Ask::Export(args.ask())),
        Command::Status(args) => Some(Ask::Status(args.ask())),
        _ => None,
    }
}

/// A case that is not open for comparison, and who has not sealed it.
fn closed(waiting: &Waiting) -> Message {
    let coders: Vec<&str> = waiting.coders.iter().map(|it| it.as_str()).collect();
    msg!("provenance.waiting", case = waiting.case, coders = coders.join(", "))
}

/// Names the cases that a result leaves out, where its form has no notes to do so.
fn name_waiting(
    output: &OutputArgs,
    waiting: &[Waiting],
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    if output.form()?.has_notes() {
        return Ok(());
    }
    waiting.iter().try_for_each(|it| context.tell(&closed(it)))
}

/// The id of a round from its id or its name: `Second look` is `Second-look`.
fn round_id(text: &str) -> Result<RoundId, IdError> {
    text.parse().or_else(|why| slug(text, 'R').and_then(|id| id.parse().ok()).ok_or(why))
}

/// A reason that is recorded for ever says something.
fn reason(text: &str) -> Result<String, usage::Wrong> {
    match said(text) {
        None => Err(usage::Wrong(msg!("usage.reason.fix"))),
        Some(said) => Ok(said.to_owned()),
    }
}

/// Reads the arguments of this process, runs the command, and says how it went.
#[must_use]
pub fn main() -> ExitCode {
    let stdin = std::io::stdin();
    let status = run_at(
        Screen::of_process(),
        None,
        std::env::args_os(),
        &mut stdin.lock(),
        &mut std::io::stdout().lock(),
        &mut std::io::stderr().lock(),
    );
    ExitCode::from(status)
}

/// Runs the program on the given arguments and streams, and returns its exit status.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    input: &mut dyn std::io::BufRead,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    run_by(None, arguments, input, out, err)
}

/// The same by a given clock, for examples and tests that must come out the same.
pub fn run_by(
    clock: Option<Arc<dyn Clock>>,
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    input: &mut dyn std::io::BufRead,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    run_at(Screen::NONE, clock, arguments, input, out, err)
}

fn run_at(
    screen: Screen,
    clock: Option<Arc<dyn Clock>>,
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    input: &mut dyn std::io::BufRead,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(usage) => return failed::misused(&usage, &arguments, input, out, err),
    };
    let mut context = Context::new(&cli, input, out, err);
    context.screen = screen;
    if let Some(clock) = clock {
        context.clock = clock;
    }
    let result = match &cli.command {
        Some(command) => command.run(&mut context),
        None => status::here(&mut context),
    };
    let flushed = context.result().flush().map_err(anyhow::Error::from);
    match result.and_then(|outcome| flushed.map(|()| outcome)) {
        Ok(Outcome::Clean) => 0,
        Ok(Outcome::Findings) => 1,
        Ok(Outcome::Interrupted) => 130,
        Err(error) => failed::report(&error, &mut context),
    }
}
