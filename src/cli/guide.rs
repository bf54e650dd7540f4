//! `guide`: the topic guide, the questions that moderators put, and the topics of units.

use clap::Subcommand;

use super::{Context, Outcome, OutputArgs};
use crate::analysis::guide::Match;
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::locator::Locator;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::Opened;

/// Show the topic guide, and which question each moderator's turn puts
///
/// guide.csv holds the questions (`topic,question,text`); rows with the same question are wordings of it, as in
/// another language. Moderators ask in their own words, so turns are matched by the rare words that they share
/// with a question. Units inherit the topic of the last question before them, for `matrix --rows topic`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: GuideCommand,
}

#[derive(Debug, Subcommand)]
enum GuideCommand {
    /// List the questions, and how many turns put each
    #[command(after_help = "Examples:\n  themata guide show\n  themata guide show -o guide.xlsx")]
    Show {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// List the moderators' turns with the question that each puts, and how alike the two are
    ///
    /// Likeness goes from 0, no word in common, to 1, the same words; from 0.25 on a turn is taken to put the
    /// question. `set` corrects a match. Writes nothing.
    #[command(
        after_help = "Examples:\n  themata guide check\n  themata guide check --format csv -o matches.csv"
    )]
    Check {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Say which question a moderator's turn puts, or none
    ///
    /// The correction is recorded in events.csv, and the topics of units follow.
    #[command(
        after_help = "Examples:\n  themata guide set CoP-31:20 q17\n  themata guide set CoP-31:56 none --reason 'only nodding'"
    )]
    Set {
        /// The turn, by any of its paragraphs
        #[arg(value_name = "LOCATOR")]
        turn: Locator,
        /// The question's id, or `none`
        #[arg(value_name = "QUESTION")]
        question: String,
        /// Why; it is recorded
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        reason: String,
    },
    /// Write the topics into the units
    ///
    /// `split`, `units settle` and `guide set` do so by themselves; after a change of guide.csv this does. Cuts and
    /// decisions stay as they are.
    #[command(after_help = "Examples:\n  themata guide apply")]
    Apply,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    opened.needs_guide()?;
    match &args.command {
        GuideCommand::Show { output } => output.emit(&questions(&opened), context)?,
        GuideCommand::Check { output } => {
            nothing_contested(&opened)?;
            output.emit(&turns(&opened), context)?;
        }
        GuideCommand::Set { turn, question, reason } => {
            let changed = opened.set_topic(turn, question, reason.trim())?;
            tell_changed(&changed, context)?;
        }
        GuideCommand::Apply => {
            nothing_contested(&opened)?;
            tell_changed(&opened.write_topics()?, context)?;
        }
    }
    Ok(Outcome::Clean)
}

/// Refuses while a turn was given different questions at once.
fn nothing_contested(opened: &Opened) -> Result<(), Failure> {
    let contested = opened.contested_topics();
    if contested.is_empty() { Ok(()) } else { Err(Failure::Invalid(contested)) }
}

fn tell_changed(changed: &[TranscriptId], context: &mut Context<'_>) -> anyhow::Result<()> {
    let names: Vec<&str> = changed.iter().map(|id| id.as_str()).collect();
    context.tell(&match names.as_slice() {
        [] => msg!("guide.nothing_new"),
        names => msg!("guide.applied", transcripts = names.join(", ")),
    })
}

/// The questions, each wording a row.
fn questions(opened: &Opened) -> List {
    let columns = [
        ("topic", "guide.topic"),
        ("question", "guide.id"),
        ("text", "guide.text"),
        ("turns", "guide.turns"),
    ];
    let mut list = List::new("themata.guide/1", &columns);
    let matches = opened.guide_matches();
    let guide = &opened.study.guide;
    for (place, question) in guide.questions.iter().enumerate() {
        let turns = matches.iter().filter(|it| it.question == Some(place)).count();
        for wording in &question.wordings {
            list.rows.push(vec![
                Item::id(&question.topic),
                Item::id(&question.id),
                Item::text(wording),
                Item::count(turns as u64),
            ]);
        }
    }
    let asked = |place: &usize| matches.iter().any(|it| it.question == Some(*place));
    let never = (0..guide.questions.len()).filter(|place| !asked(place)).count();
    let (n, topics) = (guide.questions.len(), guide.topics().len());
    list.notes.push(msg!("guide.count", n = n, topics = topics, never = never));
    list
}

/// The moderators' turns.
fn turns(opened: &Opened) -> List {
    let columns = [
        ("turn", "guide.turn_heading"),
        ("topic", "guide.topic"),
        ("question", "guide.id"),
        ("likeness", "guide.likeness"),
        ("by_hand", "guide.by_hand"),
        ("other", "guide.other"),
        ("other_likeness", "guide.likeness"),
        ("text", "guide.said"),
    ];
    let mut list = List::new("themata.guide-matches/1", &columns);
    let matches = opened.guide_matches();
    let guide = &opened.study.guide;
    for found in &matches {
        list.rows.push(row(opened, found));
    }
    let without = matches.iter().filter(|it| it.question.is_none()).count();
    list.quieten_empty(&["by_hand"]);
    let asked = |place: &usize| matches.iter().any(|it| it.question == Some(*place));
    let never: Vec<&str> = guide
        .questions
        .iter()
        .enumerate()
        .filter(|(place, _)| !asked(place))
        .map(|(_, question)| question.id.as_str())
        .collect();
    list.notes.push(msg!("guide.matched", n = matches.len(), without = without));
    if !never.is_empty() {
        list.notes.push(msg!("guide.never", questions = never.join(", ")));
    }
    if matches.is_empty() {
        list.notes.push(msg!("guide.no_turns"));
    }
    list
}

fn row(opened: &Opened, found: &Match) -> Vec<Item> {
    let guide = &opened.study.guide;
    let question = found.question.and_then(|place| guide.questions.get(place));
    let other =
        found.other.and_then(|(place, likeness)| Some((guide.questions.get(place)?, likeness)));
    let transcript = opened.study.transcript(found.turn.transcript());
    let text = transcript.map(|it| it.text(found.turn.span())).unwrap_or_default();
    let share = |value: f64| Item::id(format!("{value:.2}"));
    vec![
        Item::id(&found.turn),
        Item::maybe(question.map(|it| &it.topic)),
        Item::maybe(question.map(|it| &it.id)),
        if question.is_some() { share(found.likeness) } else { Item::from(Value::Missing) },
        if found.by_hand {
            Item::Said(Value::id("yes"), msg!("round.yes"))
        } else {
            Item::from(Value::Missing)
        },
        Item::maybe(other.map(|(question, _)| &question.id)),
        other.map_or(Item::from(Value::Missing), |(_, likeness)| share(likeness)),
        Item::text(&text),
    ]
}
