//! `memo`: what coders write beside their decisions.

use std::str::FromStr;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::asking::DeviceArgs;
use super::{Context, Outcome, OutputArgs};
use crate::domain::comparison::Waiting;
use crate::domain::failure::Failure;
use crate::domain::locator::Locator;
use crate::domain::message::Message;
use crate::domain::record::{Memo, MemoKind};
use crate::domain::study::Study;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::{MemoWriter, Opened, Unblind};
use crate::work::session;

/// Write a memo, or list memos
///
/// A memo is about the study, a stretch of a transcript, a case, a transcript, a participant or a code.
/// Memos are kept beside the decisions and hidden from the other coders like these: see `memo list`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  themata memo --coder c1 --on CoP-31:106 'She means the office, not the group.'\n  themata memo --coder c1 --on code:rotating-roles --kind boundary < memo.txt\n  themata memo list --coder c1"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<MemoCommand>,
    /// Who writes
    #[arg(long, value_name = "NAME", required = true)]
    coder: Option<String>,
    /// What it is about: a locator, case:ID, transcript:ID, participant:ID, code:ID or study
    #[arg(long, value_name = "WHAT", default_value = "study")]
    on: String,
    /// What it is
    #[arg(long, value_name = "KIND", default_value = "note", value_parser = kind())]
    kind: MemoKind,
    #[command(flatten)]
    kept: DeviceArgs,
    /// What it says [default: read from standard input]
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum MemoCommand {
    /// List the memos of one coder, or those that all may see
    ///
    /// Without --coder these are the memos on cases that every coder with units in them has sealed; memos
    /// on the study as a whole, on codes and on people of no case are shown once all cases are sealed.
    #[command(
        after_help = "Examples:\n  themata memo list --coder c1\n  themata memo list -o memos.csv"
    )]
    List {
        /// Whose, sealed or not
        #[arg(long, value_name = "NAME")]
        coder: Option<String>,
        /// Look before all coders have sealed, for this reason; it is recorded for ever
        #[arg(long, value_name = "REASON", value_parser = super::reason, conflicts_with = "coder")]
        unblind: Option<String>,
        #[command(flatten)]
        output: OutputArgs,
    },
}

fn kind() -> impl TypedValueParser<Value = MemoKind> {
    PossibleValuesParser::new(MemoKind::ALL.map(MemoKind::as_str))
        .try_map(|word| MemoKind::from_str(&word))
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    if let Some(MemoCommand::List { coder, unblind, output }) = &args.command {
        output.form()?;
        let (list, waiting) = list(&opened, coder.as_deref(), unblind.as_deref(), None)?;
        output.emit(&list, context)?;
        super::name_waiting(output, &waiting, context)?;
        return Ok(Outcome::Clean);
    }
    let coder = session::coder(&opened, args.coder.as_deref().unwrap_or_default())?;
    let on = place(&opened.study, &args.on)?;
    let text = text(&args.text, context)?;
    let seq =
        MemoWriter::open(&opened, &coder, &args.kept.device)?.append(&on, args.kind, &text)?;
    context.tell(&msg!("memo.kept", seq = seq, on = on))?;
    Ok(Outcome::Clean)
}

/// The words given, or what is read from standard input.
fn text(words: &[String], context: &mut Context<'_>) -> anyhow::Result<String> {
    let text = if words.is_empty() {
        if context.screen.typed {
            context.tell(&msg!("memo.type"))?;
        }
        let mut bytes = Vec::new();
        context.input.read_to_end(&mut bytes)?;
        String::from_utf8(bytes)
            .map_err(|_| Failure::Usage(msg!("memo.not_text"), msg!("memo.not_text.fix")))?
    } else {
        words.join(" ")
    };
    match text.trim_start_matches('\u{feff}').trim() {
        "" => Err(Failure::Usage(msg!("memo.empty"), msg!("memo.empty.fix")).into()),
        text => Ok(text.to_owned()),
    }
}

/// What a memo is about, if the study has it, as the file names it.
fn place(study: &Study, on: &str) -> Result<String, Failure> {
    let Some((kind, name)) = on.split_once(':') else {
        return match on {
            "study" => Ok(on.to_owned()),
            _ => Err(Failure::Usage(msg!("memo.on", on = on), msg!("memo.on.fix"))),
        };
    };
    let id = match kind {
        "case" => study.find_case(name)?.id.to_string(),
        "transcript" => study.find_transcript(name)?.id.to_string(),
        "participant" => study.find_participant(name)?.id.to_string(),
        "code" => study.vocabulary.of(study.find_code(name)?).id.to_string(),
        _ => return locator(study, on),
    };
    Ok(format!("{kind}:{id}"))
}

fn locator(study: &Study, on: &str) -> Result<String, Failure> {
    let nothing = |fix: Message| Failure::Usage(msg!("memo.on", on = on), fix);
    let asked: Locator = on.parse().map_err(|_| nothing(msg!("memo.on.fix")))?;
    let transcript = study.known_transcript(asked.transcript())?;
    match transcript.locate(asked.span()) {
        Some(locator) => Ok(locator.to_string()),
        None => {
            let n = transcript.paragraphs.len();
            Err(nothing(msg!("memo.outside.fix", transcript = transcript.id, n = n)))
        }
    }
}

/// The memos of one coder, or those that all may see; of one kind, if asked.
pub(super) fn list(
    opened: &Opened,
    coder: Option<&str>,
    unblind: Option<&str>,
    kind: Option<MemoKind>,
) -> Result<(List, Vec<Waiting>), Failure> {
    let (memos, waiting): (Vec<Memo>, Vec<Waiting>) = match coder {
        Some(name) => (opened.all_memos(&session::coder(opened, name)?)?, Vec::new()),
        None => {
            let why = unblind.map(|reason| Unblind { who: None, reason: reason.to_owned() });
            let shared = opened.shared_memos(why)?;
            (shared.rows, shared.waiting)
        }
    };
    let columns = [
        ("coder", "memo.coder"),
        ("seq", "memo.seq"),
        ("at", "memo.at"),
        ("on", "memo.about"),
        ("kind", "memo.kind"),
        ("text", "memo.text"),
    ];
    let mut list = List::new("themata.memos/1", &columns);
    for memo in memos.into_iter().filter(|it| kind.is_none_or(|kind| it.kind == kind)) {
        list.rows.push(vec![
            Item::id(&memo.coder),
            Item::count(memo.seq),
            Item::At(memo.at),
            Item::id(&memo.on),
            Item::Said(Value::id(memo.kind), kind_word(memo.kind)),
            Item::text(&memo.text),
        ]);
    }
    if list.rows.is_empty() {
        list.notes.push(msg!("memo.none"));
    }
    list.notes.extend(waiting.iter().map(super::closed));
    Ok((list, waiting))
}

fn kind_word(kind: MemoKind) -> Message {
    match kind {
        MemoKind::Note => msg!("memo.kind.note"),
        MemoKind::Analytic => msg!("memo.kind.analytic"),
        MemoKind::Method => msg!("memo.kind.method"),
        MemoKind::Theory => msg!("memo.kind.theory"),
        MemoKind::Boundary => msg!("memo.kind.boundary"),
        MemoKind::Reflexive => msg!("memo.kind.reflexive"),
    }
}
