//! `codebook add | rename | move | merge | split | retire | set | undo`: the codebook changes while people code.

use clap::Subcommand;

use super::{Context, Outcome};
use crate::analysis::codebook::change::Place;
use crate::domain::codebook::Select;
use crate::domain::message::Message;
use crate::domain::revision::{Act, Effect, Revision};
use crate::msg;
use crate::store::Revised;
use crate::work::codebook::{Ask, Named};

#[derive(Debug, Subcommand)]
pub(super) enum ChangeCommand {
    /// Add a dimension or a code
    #[command(subcommand)]
    Add(AddCommand),
    /// Give a dimension or a code another id
    ///
    /// What was decided under the old id counts under the new one, because `replaces` keeps it. No figure changes.
    #[command(
        after_help = "Examples:\n  themata codebook rename rotation rotating-roles\n\nThe name that people read is another thing: themata codebook set ID name TEXT"
    )]
    Rename {
        /// The id it has
        #[arg(value_name = "ID")]
        id: String,
        /// The id it gets
        #[arg(value_name = "NEW")]
        new: String,
    },
    /// Put a dimension or a code elsewhere
    ///
    /// Changes the rows of what it lay and lies beneath, and nothing else. Into another dimension a code can go as long
    /// as nobody has given it.
    #[command(
        after_help = "Examples:\n  themata codebook move rotating-roles --in horizontal\n  themata codebook move impact --before outputs"
    )]
    Move {
        /// Which dimension or code
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// Make one code of several
    ///
    /// Displays count what was given before as the one code from then on. Agreement is computed with the codes as they
    /// were decided, unless `--codes current` asks for it otherwise.
    #[command(
        after_help = "Examples:\n  themata codebook merge horizontal shared-voice --into horizontal\n  themata codebook merge horizontal shared-voice --into equal-say --name 'An equal say'"
    )]
    Merge {
        /// Which codes
        #[arg(value_name = "ID", required = true)]
        from: Vec<String>,
        /// Into which code: one of them, another of their dimension, or a new one
        #[arg(long, value_name = "ID")]
        into: String,
        /// What a new one is called
        #[arg(long, value_name = "TEXT")]
        name: Option<String>,
    },
    /// Make several codes of one
    ///
    /// The new ones stand after it. Where it is none of them, it is retired. Coders read again what they decided in the
    /// dimension: `code --only changed`.
    #[command(
        after_help = "Examples:\n  themata codebook split conflict-task --into conflict-task conflict-money"
    )]
    Split {
        /// Which code
        #[arg(value_name = "ID")]
        id: String,
        /// Into which codes; it may be one of them
        #[arg(long, value_name = "ID", required = true, num_args = 1.., value_delimiter = ',')]
        into: Vec<String>,
    },
    /// Take a dimension or a code out of the codebook
    ///
    /// Nobody can give it from then on. Decisions that give it stay as they are: results count them nowhere and say how
    /// many there are, `check` lists them, and `code --only changed` shows them to their coder.
    #[command(after_help = "Examples:\n  themata codebook retire small-talk")]
    Retire {
        /// Which dimension or code
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Set one field of a dimension or a code
    ///
    /// Fields: name, brief, definition, use_when, not_when, examples (parted by |); of a code keywords; of a dimension
    /// select (one, many), scale (ordered, or empty) and color. The ID `codebook` has title, unit and version. A changed
    /// text is a changed meaning unless --minor says that it is not: units decided before go on the re-read list.
    #[command(
        after_help = "Examples:\n  themata codebook set rotating-roles definition 'Tasks pass on by a plan.' --narrowed\n  themata codebook set rotating-roles name 'Roles rotatorios' --lang es --minor"
    )]
    Set {
        /// Which dimension or code; `codebook` for the whole
        #[arg(value_name = "ID")]
        id: String,
        /// Which field
        #[arg(value_name = "FIELD")]
        field: String,
        /// What it says then
        #[arg(value_name = "TEXT", allow_hyphen_values = true)]
        text: String,
        /// The meaning stays as it was: nobody has to read anything again
        #[arg(long, conflicts_with_all = ["narrowed", "widened"])]
        minor: bool,
        /// It means less: units that carry it go on the re-read list
        #[arg(long, conflicts_with = "widened")]
        narrowed: bool,
        /// It means more: units decided in the dimension without it go on the re-read list
        #[arg(long)]
        widened: bool,
    },
    /// Put the version before back
    ///
    /// Refused while decisions give a code that it does not have. Nothing is lost: the version that is taken back stays in
    /// codebooks/. A further undo goes back further.
    #[command(after_help = "Examples:\n  themata codebook undo")]
    Undo,
}

#[derive(Debug, Subcommand)]
pub(super) enum AddCommand {
    /// Add a code beneath a dimension or another code
    ///
    /// Units decided in the dimension before go on the re-read list: nobody was asked for the code then.
    #[command(
        after_help = "Examples:\n  themata codebook add code guest-chair --in rotating-roles --name 'A guest chairs'\n  themata codebook add code 'A guest chairs' --in rotating-roles --brief 'Somebody from outside leads a meeting.'"
    )]
    Code {
        /// Its id, or its name, of which an id is made
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        texts: TextArgs,
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// Add a dimension
    #[command(
        after_help = "Examples:\n  themata codebook add dimension trust --select many --name Trust\n  themata codebook add dimension help --select one --scale ordered"
    )]
    Dimension {
        /// Its id, or its name, of which an id is made
        #[arg(value_name = "ID")]
        id: String,
        /// How many of its codes a unit may get
        #[arg(long, value_name = "HOW_MANY", value_parser = ["one", "many"], default_value = "many")]
        select: String,
        /// Its codes are a scale, in their order
        #[arg(long, value_name = "SCALE", value_parser = ["ordered"])]
        scale: Option<String>,
        #[command(flatten)]
        texts: TextArgs,
        #[command(flatten)]
        place: PlaceArgs,
    },
}

/// Where something is put.
#[derive(Debug, clap::Args)]
pub(super) struct PlaceArgs {
    /// What it lies beneath: a dimension or a code
    #[arg(long = "in", value_name = "ID", visible_aliases = ["parent", "dimension", "to"])]
    beneath: Option<String>,
    /// What it stands before
    #[arg(long, value_name = "ID", conflicts_with = "after")]
    before: Option<String>,
    /// What it stands after
    #[arg(long, value_name = "ID")]
    after: Option<String>,
}

impl PlaceArgs {
    fn place(&self) -> Place {
        let Self { beneath, before, after } = self;
        Place { beneath: beneath.clone(), before: before.clone(), after: after.clone() }
    }
}

/// The texts of something new.
#[derive(Debug, clap::Args)]
pub(super) struct TextArgs {
    /// What it is called
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// What it means, in one line
    #[arg(long, value_name = "TEXT")]
    brief: Option<String>,
    /// What it means, in full
    #[arg(long, value_name = "TEXT")]
    definition: Option<String>,
}

impl TextArgs {
    fn named(&self, asked: &str, context: &Context<'_>) -> Named {
        let texts =
            [("name", &self.name), ("brief", &self.brief), ("definition", &self.definition)];
        let texts = texts.into_iter().filter_map(|(field, text)| Some((field, text.clone()?)));
        Named { asked: asked.to_owned(), texts: texts.collect(), language: asked_language(context) }
    }
}

/// The language of `--lang`, which is that of a text too.
fn asked_language(context: &Context<'_>) -> Option<String> {
    context.language_asked.then(|| context.language.tag().to_owned())
}

pub(super) fn run(command: &ChangeCommand, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let revised = match ask(command, context) {
        Some(ask) => ask.make(&opened)?,
        None => opened.undo_codebook()?,
    };
    told(&revised, context)?;
    Ok(Outcome::Clean)
}

/// What is asked for; nothing for an undo.
fn ask(command: &ChangeCommand, context: &Context<'_>) -> Option<Ask> {
    Some(match command {
        ChangeCommand::Add(AddCommand::Code { id, texts, place }) => {
            Ask::AddCode(texts.named(id, context), place.place())
        }
        ChangeCommand::Add(AddCommand::Dimension { id, select, scale, texts, place }) => {
            Ask::AddDimension {
                named: texts.named(id, context),
                select: if select == "one" { Select::One } else { Select::Many },
                ordered: scale.is_some(),
                place: place.place(),
            }
        }
        ChangeCommand::Rename { id, new } => Ask::Rename { id: id.clone(), new: new.clone() },
        ChangeCommand::Move { id, place } => Ask::Move { id: id.clone(), place: place.place() },
        ChangeCommand::Merge { from, into, name } => {
            let texts = TextArgs { name: name.clone(), brief: None, definition: None };
            Ask::Merge { from: from.clone(), into: texts.named(into, context) }
        }
        ChangeCommand::Split { id, into } => Ask::Split { id: id.clone(), into: into.clone() },
        ChangeCommand::Retire { id } => Ask::Retire { id: id.clone() },
        ChangeCommand::Set { id, field, text, minor, narrowed, widened } => Ask::Set {
            id: id.clone(),
            field: field.replace('-', "_"),
            text: text.clone(),
            language: asked_language(context),
            effect: match (minor, narrowed, widened) {
                (true, ..) => Effect::Minor,
                (_, true, _) => Effect::Narrowed,
                (.., true) => Effect::Widened,
                _ => Effect::Changed,
            },
        },
        ChangeCommand::Undo => return None,
    })
}

/// Says what was done, what it changes in figures, and who has to read something again.
pub(super) fn told(revised: &Revised, context: &mut Context<'_>) -> anyhow::Result<()> {
    let revision = &revised.revision;
    if revision.old != revision.new {
        context.tell(&msg!("change.made", old = revision.old, new = revision.new))?;
    }
    for (id, effect) in &revision.effects {
        context.tell(&said(id, effect))?;
    }
    for message in figures(revision) {
        context.tell(&message)?;
    }
    if revised.comments_went {
        context.tell(&msg!("change.comments", version = revision.old))?;
    }
    if revision.effects.iter().any(|(_, it)| it.concerns_carriers() || it.concerns_others()) {
        context.tell(&msg!("change.reread"))?;
    }
    Ok(())
}

/// What became of a dimension or code.
pub(super) fn said(id: &str, effect: &Effect) -> Message {
    match effect {
        Effect::Added => msg!("change.added", id = id),
        Effect::Renamed(new) => msg!("change.renamed", id = id, new = new),
        Effect::Moved => msg!("change.moved", id = id),
        Effect::Merged(into) => msg!("change.merged", id = id, into = into),
        Effect::Retired => msg!("change.retired", id = id),
        Effect::Minor => msg!("change.minor", id = id),
        Effect::Narrowed => msg!("change.narrowed", id = id),
        Effect::Widened => msg!("change.widened", id = id),
        Effect::Changed => msg!("change.changed", id = id),
    }
}

/// What a change does to figures.
fn figures(revision: &Revision) -> Vec<Message> {
    let has = |wanted: fn(&Effect) -> bool| revision.effects.iter().any(|(_, it)| wanted(it));
    let mut said = Vec::new();
    if has(|it| matches!(it, Effect::Merged(_))) {
        said.push(msg!("change.figures.merged"));
    }
    if has(|it| *it == Effect::Moved) {
        said.push(msg!("change.figures.moved"));
    }
    if has(|it| *it == Effect::Retired) {
        said.push(msg!("change.figures.retired"));
    }
    if said.is_empty() && revision.act != Act::Undo && revision.old != revision.new {
        said.push(msg!("change.figures.none"));
    }
    said
}
