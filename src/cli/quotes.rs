//! `quotes`: the words behind a code, with their citation; picking the ones to be quoted.

use clap::Subcommand;

use super::asking::{DeviceArgs, DisplayArgs};
use super::{Context, Lang, Outcome, OutputArgs, named};
use crate::domain::failure::Failure;
use crate::msg;
use crate::render::names::Names;
use crate::render::picks;
use crate::render::quotes::QuotesReport;
use crate::work::ask::picks::{Outcome as Became, PickAsk, pick as keep, take_back};
use crate::work::ask::{self, QuotesAnswer, QuotesAsk};
use crate::work::session;

/// Show the words behind a code, with their citation
///
/// Units that were given the code, or anything beneath it, in the order of the transcripts. Without --code, every unit with
/// any code. Final decisions count unless --from says otherwise. Units in which somebody speaks whom participants.csv
/// marks with `quotes: no` are left out.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  themata quotes --code rotating-roles
  themata quotes --dimension conflict --case CoP-31 --limit 5
  themata quotes --participant P7 -o P7.csv
  themata quotes pick CoP-31:106@12-87 --code rotating-roles --coder c1"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<QuotesCommand>,
    /// Only what was given this code, or anything beneath it
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only units in which this person speaks
    #[arg(long, value_name = "PARTICIPANT")]
    participant: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    shown: DisplayArgs,
}

#[derive(Debug, Subcommand)]
enum QuotesCommand {
    /// Pick a quotation for a code, down to characters, or list those that were picked
    ///
    /// What was picked is used first wherever quotations are chosen, and marks whose words a unit of several speakers is
    /// coded for (--voice marked). Picks are kept beside the decisions and hidden from the other coders like these. Without a
    /// stretch, or with `list`, those are listed that all may see, or with --coder one's own.
    #[command(after_help = "Examples:
  themata quotes pick CoP-31:106@12-87 --code rotating-roles --coder c1
  themata quotes pick CoP-31:106 --code trust --coder c1 --lang en --translation 'We rotate.'
  themata quotes pick list -o picks.csv")]
    Pick(PickArgs),
}

/// What is picked.
#[derive(Debug, clap::Args)]
struct PickArgs {
    /// The stretch, as in CoP-31:106 or CoP-31:106@12-87; `list` for a list
    #[arg(value_name = "LOCATOR")]
    locator: Option<String>,
    /// What it is quoted for: a code or dimension
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Who picks; needed where the study has several coders
    #[arg(long, value_name = "CODER")]
    coder: Option<String>,
    /// The language of the translation, as in en
    #[arg(long, value_parser = Lang::any(), value_name = "LANGUAGE")]
    lang: Option<Lang>,
    /// The words in another language
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    translation: String,
    /// Who translated
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    translator: String,
    /// Take the last pick of this stretch for this code back
    #[arg(long, conflicts_with_all = ["lang", "translation", "translator"])]
    undo: bool,
    #[command(flatten)]
    kept: DeviceArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl Args {
    /// What is asked for; nothing where something is picked.
    pub(super) fn asked(&self) -> Option<QuotesAsk> {
        self.command.is_none().then(|| self.ask())
    }

    fn ask(&self) -> QuotesAsk {
        QuotesAsk {
            code: self.code.clone(),
            participant: self.participant.clone(),
            limit: self.limit,
            part: self.shown.part.ask(),
            deciding: self.shown.deciding.ask(),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    if let Some(QuotesCommand::Pick(args)) = &args.command {
        return pick(args, context);
    }
    args.shown.output.form()?;
    let opened = context.open()?;
    let QuotesAnswer { quotations, counted, provenance } = ask::quotes(&opened, &args.ask())?;
    let names = Names::of(&opened.study, args.shown.names.ids());
    let report = QuotesReport::new(&opened.study, &quotations, args.limit, counted, provenance);
    args.shown.output.emit(&report.named(names), context)?;
    Ok(Outcome::Clean)
}

/// Picks a quotation, takes one back, or lists what was picked.
fn pick(args: &PickArgs, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let study = &opened.study;
    let locator = match args.locator.as_deref() {
        None | Some("list") => {
            let own = named::coder(study, args.coder.as_deref())?;
            let picked = match &own {
                Some(coder) => opened.picks_of(coder)?,
                None => opened.shared_picks(None)?,
            };
            args.output.emit(&picks::list(study, &picked), context)?;
            return Ok(Outcome::Clean);
        }
        Some(text) => text
            .parse()
            .map_err(|_| Failure::Usage(msg!("quotes.locator"), msg!("quotes.locator.fix")))?,
    };
    let Some(code) = args.code.clone() else {
        return Err(Failure::Usage(msg!("picks.code"), msg!("picks.code.fix")).into());
    };
    let coder = match (&args.coder, study.settings.coders.as_slice()) {
        (Some(name), _) => session::coder(&opened, name)?,
        (None, [one]) => session::coder(&opened, one.id.as_str())?,
        (None, all) => {
            let known: Vec<&str> = all.iter().map(|it| it.id.as_str()).collect();
            let fix = msg!("picks.coder.fix", known = known.join(", "));
            return Err(Failure::Usage(msg!("picks.coder"), fix).into());
        }
    };
    let ask = PickAsk {
        locator,
        code,
        language: args.lang.as_ref().map_or_else(String::new, |it| it.0.clone()),
        translation: args.translation.trim().to_owned(),
        translator: args.translator.trim().to_owned(),
    };
    let became = match args.undo {
        true => take_back(&opened, &coder, &args.kept.device, &ask)?,
        false => keep(&opened, &coder, &args.kept.device, &ask)?,
    };
    let code = study.vocabulary.of(study.find_code(&ask.code).map_err(Failure::from)?);
    context.tell(&match became {
        Became::Kept(seq) => {
            msg!("picks.kept", coder = coder, seq = seq, locator = ask.locator, code = code.id)
        }
        Became::There(seq) => msg!("picks.there", coder = coder, seq = seq),
        Became::TakenBack(seq) => msg!("picks.taken_back", coder = coder, seq = seq),
    })?;
    Ok(Outcome::Clean)
}
