//! `codebook add | rename | move | merge | split | retire | set | undo`: the codebook changes while people code.

use clap::Subcommand;

use super::codebook_propose::{self, AdoptArgs, ProposeArgs};
use super::codebook_table::{self, ExportArgs, ImportArgs};
use super::{Context, Outcome};
use crate::analysis::codebook::change::Place;
use crate::analysis::codebook::said;
use crate::domain::codebook::Select;
use crate::domain::revision::Effect;
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
        #[command(flatten)]
        meaning: MeaningArgs,
    },
    /// Propose a code that you would add; while coding, `+` does the same
    ///
    /// Proposals are in your own file, and the others see them once all cases are sealed. Nothing changes in the codebook, nor in
    /// what was decided, until `codebook adopt` takes one over. Without NAME your own proposals are listed.
    #[command(
        after_help = "Examples:\n  themata codebook propose --coder c1 'A guest chairs' --in rotating-roles --brief 'Somebody from outside leads.'\n  themata codebook propose --coder c1"
    )]
    Propose(ProposeArgs),
    /// Take over a proposed code: alone, under another id, or as a code that is there
    ///
    /// Without a proposal, those that all may see are listed. Units decided in the dimension before go on the re-read list, as
    /// with `add`; decisions stay as they are.
    #[command(
        after_help = "Examples:\n  themata codebook adopt\n  themata codebook adopt c1#2\n  themata codebook adopt c1#2 --id guest-chair\n  themata codebook adopt c1#2 --into rotating-roles"
    )]
    Adopt(AdoptArgs),
    /// Bring in a revised table of codes
    ///
    /// Shows the difference first, code by code and field by field. What a cell leaves blank stays as it was; a code that the
    /// table does not name is kept or retired as --missing says. Tables of other programs are read by their columns
    /// (Taguette, Requal, Dedoose, NVivo, MAXQDA, QualCoder). A changed definition is a changed meaning unless --minor,
    /// --narrowed or --widened says otherwise.
    #[command(
        after_help = "Examples:\n  themata codebook export -o codes.xlsx\n  themata codebook import codes.xlsx --dry-run\n  themata codebook import codes.csv --missing keep --minor"
    )]
    Import(ImportArgs),
    /// Give the whole codebook as a table, with every language, for a spreadsheet or another program
    ///
    /// `codebook import` and `init --codebook` read it.
    #[command(
        after_help = "Examples:\n  themata codebook export -o codebook.xlsx\n  themata codebook export --format csv"
    )]
    Export(ExportArgs),
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

/// What a changed text means for decisions of before.
#[derive(Debug, clap::Args)]
pub(super) struct MeaningArgs {
    /// The meaning stays as it was: nobody has to read anything again
    #[arg(long, conflicts_with_all = ["narrowed", "widened"])]
    minor: bool,
    /// It means less: units that carry it go on the re-read list
    #[arg(long, conflicts_with = "widened")]
    narrowed: bool,
    /// It means more: units decided in the dimension without it go on the re-read list
    #[arg(long)]
    widened: bool,
}

impl MeaningArgs {
    pub(super) fn effect(&self) -> Effect {
        match (self.minor, self.narrowed, self.widened) {
            (true, ..) => Effect::Minor,
            (_, true, _) => Effect::Narrowed,
            (.., true) => Effect::Widened,
            _ => Effect::Changed,
        }
    }
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
    match command {
        ChangeCommand::Import(args) => return codebook_table::import(args, context),
        ChangeCommand::Export(args) => return codebook_table::export(args, context),
        ChangeCommand::Propose(args) => return codebook_propose::propose(args, context),
        ChangeCommand::Adopt(args) => return codebook_propose::take_over(args, context),
        _ => {}
    }
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
        ChangeCommand::Set { id, field, text, meaning } => Ask::Set {
            id: id.clone(),
            field: field.replace('-', "_"),
            text: text.clone(),
            language: asked_language(context),
            effect: meaning.effect(),
        },
        ChangeCommand::Undo
        | ChangeCommand::Propose(_)
        | ChangeCommand::Adopt(_)
        | ChangeCommand::Import(_)
        | ChangeCommand::Export(_) => return None,
    })
}

/// Says what was done, what it changes in figures, and who has to read something again.
pub(super) fn told(revised: &Revised, context: &mut Context<'_>) -> anyhow::Result<()> {
    let concerns = |it: &Effect| it.concerns_carriers() || it.concerns_others();
    let may_concern = revised.revision.effects.iter().any(|(_, it)| concerns(it));
    let to_read_again = may_concern && context.open()?.has_to_read_again();
    for message in said(&revised.revision, revised.comments_went, to_read_again) {
        context.tell(&message)?;
    }
    Ok(())
}
