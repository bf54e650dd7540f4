//! `participants`: who speaks.

use clap::Subcommand;

use super::cases::FillArgs;
use super::{Context, Outcome, OutputArgs, named};
use crate::analysis::speech::speech;
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::message::Message;
use crate::domain::participant::{Quotable, Role};
use crate::domain::study::Study;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::Opened;
use crate::work::attributes;

/// List the people who speak, or change what is known of one
///
/// Turns and words are counted over all transcripts. A turn is a run of paragraphs by one speaker. Columns
/// that the team added to participants.csv are shown as they are.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  themata participants\n  themata participants -o participants.xlsx\n  themata participants set P7 --quotes no\n  themata participants import people.xlsx\n  themata participants merge B-Moderator Moderator"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<ParticipantsCommand>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum ParticipantsCommand {
    /// Change the role, the case or the consent to quotation of one person
    ///
    /// Everything else stands in participants.csv: `participants import` fills it from a table, or any editor changes it.
    #[command(
        after_help = "Examples:\n  themata participants set Moderator --role moderator\n  themata participants set P7 --quotes no\n  themata participants set Ana --case none"
    )]
    Set(SetArgs),
    /// Fill in what is known of people from a table: gender, age, grade, consent
    ///
    /// A row a person, found by id or name; CSV, TSV, XLSX or ODS. A column that participants.csv does not have becomes one;
    /// a blank cell leaves what was there; names, cases, roles and consent to quotation are filled like the rest. Either
    /// all of it is taken or nothing, and every complaint names its cell.
    #[command(
        after_help = "Examples:\n  themata participants import people.xlsx --dry-run\n  themata participants import people.csv"
    )]
    Import(FillArgs),
    /// Make one person of two, while nothing of what the first one says is coded
    ///
    /// For a slip in a label, or for somebody who sits in several cases. FROM becomes INTO in transcripts,
    /// units and lists, all at once; what was said stays as it is. The stricter consent to quotation holds,
    /// INTO's role stays, and events.csv notes it.
    #[command(
        after_help = "Examples:\n  themata participants merge Interviewe Interviewer\n  themata participants merge B-Moderator Moderator"
    )]
    Merge {
        /// The participant who goes
        #[arg(value_name = "FROM")]
        from: String,
        /// The participant who stays
        #[arg(value_name = "INTO")]
        into: String,
    },
}

#[derive(Debug, clap::Args)]
struct SetArgs {
    /// The person, by pseudonym
    #[arg(value_name = "PARTICIPANT")]
    id: String,
    #[command(flatten)]
    change: Change,
}

/// What is to change; one of them at least.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
struct Change {
    /// What the person does in the group
    #[arg(long, value_name = "ROLE", value_parser = role_parser())]
    role: Option<Role>,
    /// Whether the person's words may be quoted: in any report, in none, or only in the team's own
    #[arg(long, value_name = "QUOTES", value_parser = quotes_parser())]
    quotes: Option<Quotable>,
    /// The case the person belongs to; `none` for who sits in several
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
}

fn role_parser() -> impl clap::builder::TypedValueParser<Value = Role> {
    use clap::builder::TypedValueParser;
    clap::builder::PossibleValuesParser::new(Role::ALL.map(Role::as_str))
        .map(|word| word.parse().unwrap_or(Role::Unknown))
}

fn quotes_parser() -> impl clap::builder::TypedValueParser<Value = Quotable> {
    use clap::builder::TypedValueParser;
    clap::builder::PossibleValuesParser::new(["yes", "no", "ask"])
        .map(|word| word.parse().unwrap_or_default())
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    match &args.command {
        None => args.output.emit(&list(&context.open()?.study), context)?,
        Some(ParticipantsCommand::Set(wish)) => {
            // Taken before the list is read, so that no other change is lost.
            let _lock = context.folder()?.lock_lists()?;
            let opened = context.open()?;
            for message in set(&opened, wish)? {
                context.tell(&message)?;
            }
        }
        Some(ParticipantsCommand::Import(args)) => {
            let _lock = context.folder()?.lock_lists()?;
            let opened = context.open()?;
            let filled = attributes::people(&opened.study, &args.table(&attributes::PEOPLE)?)?;
            if args.told(&filled, "participants.csv", context)? {
                let changed = opened.change_people(&filled.list, &filled.columns)?;
                for message in recounted(&opened, &changed) {
                    context.tell(&message)?;
                }
            }
        }
        Some(ParticipantsCommand::Merge { from, into }) => {
            let opened = context.open()?;
            let from = named::participant(&opened.study, from)?;
            let into = named::participant(&opened.study, into)?;
            let changed = opened.merge_participants(&from, &into)?;
            context.tell(&msg!("participants.merge.done", from = from, into = into))?;
            for transcript in changed {
                context.tell(&msg!("participants.merge.text", transcript = transcript))?;
            }
            context.tell(&msg!("participants.merge.key", from = from))?;
        }
    }
    Ok(Outcome::Clean)
}

fn role_word(role: Role) -> Message {
    match role {
        Role::Participant => msg!("participants.role.participant"),
        Role::Moderator => msg!("participants.role.moderator"),
        Role::Observer => msg!("participants.role.observer"),
        Role::Unknown => msg!("participants.role.unknown"),
    }
}

fn quotes_word(quotes: Quotable) -> Message {
    match quotes {
        Quotable::Yes => msg!("participants.quotes.yes"),
        Quotable::No => msg!("participants.quotes.no"),
        Quotable::Ask => msg!("participants.quotes.ask"),
    }
}

fn list(study: &Study) -> List {
    let columns = [
        ("participant", "participants.participant"),
        ("name", "participants.name"),
        ("case", "participants.case"),
        ("role", "participants.role"),
        ("quotes", "participants.quotes"),
        ("turns", "participants.turns"),
        ("words", "participants.words"),
    ];
    let mut list = List::new("themata.participants/1", &columns)
        .with_attributes(&study.participant_attributes);
    let spoken = speech(&study.transcripts);
    for person in &study.participants {
        let speech = spoken.get(&person.id).copied().unwrap_or_default();
        let mut row = vec![
            Item::id(&person.id),
            Item::text(&person.name),
            Item::maybe(person.case.as_ref()),
            Item::Said(Value::id(person.role), role_word(person.role)),
            Item::Said(Value::id(person.quotes.as_str()), quotes_word(person.quotes)),
            Item::count(speech.turns),
            Item::count(speech.words),
        ];
        row.extend(person.attributes.iter().map(|value| Item::text(value)));
        list.rows.push(row);
    }
    // Import makes ids of labels, with the case before them where that was needed.
    if study.participants.iter().all(|person| person.id.as_str().ends_with(&person.name)) {
        list.quieten("name");
    }
    if list.rows.is_empty() {
        list.notes.push(msg!("participants.none"));
    }
    list
}

/// Changes one person's row, and returns what there is to say about it.
fn set(opened: &Opened, wish: &SetArgs) -> Result<Vec<Message>, Failure> {
    let study = &opened.study;
    let case = match wish.change.case.as_deref() {
        None => None,
        Some("none") => Some(None),
        Some(case) => Some(Some(study.find_case(case)?.id.clone())),
    };
    let id = &study.find_participant(&wish.id)?.id;
    let mut people = study.participants.clone();
    let Some(person) = people.iter_mut().find(|person| person.id == *id) else {
        return Ok(Vec::new());
    };
    let before = person.clone();
    person.role = wish.change.role.unwrap_or(person.role);
    person.quotes = wish.change.quotes.unwrap_or(person.quotes);
    if let Some(case) = case {
        person.case = case;
    }
    if *person == before {
        return Ok(vec![msg!("participants.same", participant = id)]);
    }
    let changed = opened.change_participants(&people)?;
    let mut said = vec![msg!("participants.set", participant = id)];
    said.extend(recounted(opened, &changed));
    Ok(said)
}

/// What there is to say of transcripts whose units were counted anew.
fn recounted(opened: &Opened, changed: &[TranscriptId]) -> Vec<Message> {
    let coded = opened.coded_transcripts();
    let say = |id: &TranscriptId| match coded.contains(id) {
        true => msg!("participants.recounted", transcript = id),
        false => msg!("participants.recut", transcript = id),
    };
    changed.iter().map(say).collect()
}
