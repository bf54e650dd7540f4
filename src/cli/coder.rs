//! `coder`: who codes, what they are, and how they stand.

use clap::Subcommand;

use super::{Context, Outcome, OutputArgs};
use crate::analysis::assigning::Rows;
use crate::domain::coder::{Coder, CoderKind, Machine};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::message::Message;
use crate::format::settings;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::{AskedFor, Opened, Turn};
use crate::work::session;

/// List the coders, and change who codes
///
/// Without a command it lists them in the order of themata.yaml, which is what `first` and `second` mean
/// in a consensus. Persons count: cases wait for their seals, and their decisions are in every result. Trainees
/// and machines are measured against others (`agree --coders`, `agree --against`) and change no other figure.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  themata coder\n  themata coder add 'Ana Ruiz'\n  themata coder add llm --kind machine --model qwen3 --where 'own computer'\n  themata coder retire c2"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<CoderCommand>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum CoderCommand {
    /// Add a coder to the study
    ///
    /// Before anybody has decided, a new coder is asked to code everything, as all others are. Once somebody has,
    /// she is asked for nothing until `themata assign` says what, so that no case that is open closes again.
    #[command(
        after_help = "Examples:\n  themata coder add c3\n  themata coder add 'Ana Ruiz'\n  themata coder add c3 --name 'Ana Ruiz' --kind trainee"
    )]
    Add {
        /// The new coder: an id, as in `coding/ID.csv`, or a name of which one is made
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        said: Said,
    },
    /// Change what is said of a coder
    ///
    /// The id stays: it names her files. What somebody is who has sealed already does not change without a reason,
    /// because every figure changes with it.
    #[command(
        after_help = "Examples:\n  themata coder set c3 --name 'Ana Ruiz'\n  themata coder set c3 --kind person --reason 'she has passed the pilot'"
    )]
    Set {
        /// The coder
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        said: Said,
        /// Why somebody who has sealed becomes something else; it is recorded
        #[arg(long, value_name = "REASON", value_parser = super::reason)]
        reason: Option<String>,
    },
    /// End what is still expected of a coder
    ///
    /// Units that she has not sealed count as not asked; what she sealed counts as before.
    Retire {
        /// The coder
        #[arg(value_name = "ID")]
        id: String,
        /// Why; it is recorded
        #[arg(long, value_name = "REASON", value_parser = super::reason)]
        reason: Option<String>,
    },
    /// Take a coder's decisions out of every result
    ///
    /// Each result says so. Her decisions are kept, and `themata coder return` takes them in again.
    Exclude {
        /// The coder
        #[arg(value_name = "ID")]
        id: String,
        /// Why; it is recorded
        #[arg(long, value_name = "REASON", value_parser = super::reason)]
        reason: String,
    },
    /// Take back that a coder retired or was excluded
    Return {
        /// The coder
        #[arg(value_name = "ID")]
        id: String,
        /// Why; it is recorded
        #[arg(long, value_name = "REASON", value_parser = super::reason)]
        reason: Option<String>,
    },
    /// Take a coder out of the study who has decided nothing
    Remove {
        /// The coder
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// What is said of a coder.
#[derive(Debug, clap::Args)]
struct Said {
    /// The name as people write it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What it is: only persons count, trainees and machines are measured
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<KindArg>,
    /// Of a machine: the model
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    /// Of a machine: its version
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Of a machine: the SHA-256 of the instructions it was given
    #[arg(long, value_name = "HEX")]
    prompt_sha256: Option<String>,
    /// Of a machine: when it ran, a day or a moment in UTC
    #[arg(long, value_name = "WHEN")]
    run_at: Option<String>,
    /// Of a machine: where it ran, `own computer` or `service`
    #[arg(long = "where", value_name = "PLACE")]
    ran_on: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum KindArg {
    /// A member of the team
    Person,
    /// Somebody who learns the codebook
    Trainee,
    /// A program
    Machine,
}

impl From<KindArg> for CoderKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Person => Self::Person,
            KindArg::Trainee => Self::Trainee,
            KindArg::Machine => Self::Machine,
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    match &args.command {
        None => args.output.emit(&list(&opened), context)?,
        Some(CoderCommand::Add { id, said }) => add(&opened, id, said, context)?,
        Some(CoderCommand::Set { id, said, reason }) => {
            set(&opened, id, said, reason.as_deref(), context)?;
        }
        Some(CoderCommand::Retire { id, reason }) => {
            turn(&opened, id, Turn::Retire, reason.as_deref(), context)?;
        }
        Some(CoderCommand::Exclude { id, reason }) => {
            turn(&opened, id, Turn::Exclude, Some(reason), context)?;
        }
        Some(CoderCommand::Return { id, reason }) => {
            turn(&opened, id, Turn::Return, reason.as_deref(), context)?;
        }
        Some(CoderCommand::Remove { id }) => {
            let coder = session::coder(&opened, id)?;
            let mut rows = Rows::of(&opened.study);
            rows.forget(&coder);
            opened.remove_coder(&coder, &rows.into_rows())?;
            context.tell(&msg!("coder.removed", coder = coder))?;
        }
    }
    Ok(Outcome::Clean)
}

fn list(opened: &Opened) -> List {
    let mut list = List::new(
        "themata.coders/1",
        &[
            ("coder", "coder.coder"),
            ("name", "coder.name"),
            ("kind", "coder.kind_heading"),
            ("standing", "coder.standing"),
            ("machine", "coder.machine_heading"),
        ],
    );
    let study = &opened.study;
    for coder in &study.settings.coders {
        let standing = match (study.is_excluded(&coder.id), study.is_retired(&coder.id)) {
            (true, _) => Item::Said(Value::id("excluded"), msg!("coder.excluded_word")),
            (_, true) => Item::Said(Value::id("retired"), msg!("coder.retired_word")),
            _ => Item::from(Value::Missing),
        };
        list.rows.push(vec![
            Item::id(&coder.id),
            Item::text(&coder.name),
            Item::Said(Value::id(coder.kind), kind(coder.kind)),
            standing,
            Item::text(&coder.machine.described()),
        ]);
    }
    list.quieten_empty(&["standing", "machine"]);
    if study.settings.coders.iter().all(Coder::is_person) {
        list.quieten("kind");
    }
    if list.rows.is_empty() {
        list.notes.push(msg!("coder.none"));
    }
    list
}

/// What a coder is, in words.
fn kind(kind: CoderKind) -> Message {
    match kind {
        CoderKind::Person => msg!("coder.person"),
        CoderKind::Trainee => msg!("coder.trainee"),
        CoderKind::Machine => msg!("coder.machine_word"),
    }
}

fn add(opened: &Opened, typed: &str, said: &Said, context: &mut Context<'_>) -> anyhow::Result<()> {
    let others = &opened.study.settings.coders;
    let exists = |other: &CoderId| {
        Failure::Refused(msg!("coder.exists", coder = other), msg!("coder.exists.fix"))
    };
    let Some(new) = Coder::named(typed, others) else {
        let same = |it: &&Coder| Coder::named(typed, std::slice::from_ref(it)).is_none();
        let other = others.iter().find(same).map(|it| it.id.clone());
        return Err(other.map_or_else(|| Failure::Invalid(Vec::new()), |it| exists(&it)).into());
    };
    let coder = said.of(&new)?;
    named_alone(&coder, others).map_err(|other| exists(&other))?;
    let id = coder.id.clone();
    let shown = if coder.name.is_empty() || coder.name == id.as_str() {
        msg!("coder.added", coder = id)
    } else {
        msg!("coder.added_named", coder = id, name = coder.name)
    };
    let counts = coder.is_person();
    let asked_for = opened.add_coder(coder)?;
    context.tell(&shown)?;
    if !counts {
        context.tell(&msg!("coder.measured", coder = id))?;
    }
    let uncut = opened.study.talk().next().is_none();
    context.tell(&match asked_for {
        AskedFor::NothingOthersBegan => msg!("coder.nothing", coder = id),
        AskedFor::NothingAssigned => msg!("coder.unassigned", coder = id),
        AskedFor::Everything if uncut => msg!("coder.uncut", coder = id),
        AskedFor::Everything => msg!("coder.next", coder = id),
    })?;
    Ok(())
}

/// Whether nobody else is called by a coder's name; else who.
fn named_alone(coder: &Coder, others: &[Coder]) -> Result<(), CoderId> {
    let name = coder.name.to_lowercase();
    let same = |it: &&Coder| {
        it.id != coder.id
            && (it.name.to_lowercase() == name || it.id.as_str().to_lowercase() == name)
    };
    match others.iter().find(same).filter(|_| !name.is_empty()) {
        Some(other) => Err(other.id.clone()),
        None => Ok(()),
    }
}

fn set(
    opened: &Opened,
    typed: &str,
    said: &Said,
    reason: Option<&str>,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let id = session::coder(opened, typed)?;
    let Some(before) = opened.study.coder(&id) else { return Ok(()) };
    let coder = said.of(before)?;
    named_alone(&coder, &opened.study.settings.coders).map_err(|other| {
        Failure::Refused(msg!("coder.exists", coder = other), msg!("coder.exists.fix"))
    })?;
    if coder == *before {
        context.tell(&msg!("coder.set.same", coder = id))?;
        return Ok(());
    }
    opened.set_coder(&coder, reason)?;
    context.tell(&msg!("coder.set.done", coder = id))?;
    if coder.kind != before.kind {
        context.tell(&if coder.is_person() {
            msg!("coder.counts", coder = id)
        } else {
            msg!("coder.measured", coder = id)
        })?;
    }
    Ok(())
}

fn turn(
    opened: &Opened,
    typed: &str,
    turn: Turn,
    reason: Option<&str>,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let id = session::coder(opened, typed)?;
    let (retired, excluded) = (opened.study.is_retired(&id), opened.study.is_excluded(&id));
    let stands = match turn {
        Turn::Retire => retired,
        Turn::Exclude => excluded,
        Turn::Return => !retired && !excluded,
    };
    if stands {
        context.tell(&msg!("coder.turn.same", coder = id))?;
        return Ok(());
    }
    opened.turn_coder(&id, turn, reason.unwrap_or_default())?;
    context.tell(&match turn {
        Turn::Retire => msg!("coder.retired", coder = id),
        Turn::Exclude => msg!("coder.excluded", coder = id),
        Turn::Return => msg!("coder.returned", coder = id),
    })?;
    Ok(())
}

impl Said {
    /// A coder of whom this is said, and for the rest what was said before.
    fn of(&self, before: &Coder) -> Result<Coder, Failure> {
        let kind = self.kind.map_or(before.kind, CoderKind::from);
        let given = |new: &Option<String>, old: &str| {
            new.as_deref().map_or_else(|| old.to_owned(), |text| text.trim().to_owned())
        };
        // Somebody who is no machine any more was none.
        let was = &before.machine;
        let forgotten = Machine::default();
        let was = if kind == CoderKind::Machine { was } else { &forgotten };
        let facts = [
            given(&self.model, &was.model),
            given(&self.version, &was.version),
            given(&self.prompt_sha256, &was.prompt_sha256),
            given(&self.run_at, &was.run_at),
        ];
        let ran_on = given(&self.ran_on, was.ran_on.map_or("", |place| place.as_str()));
        let machine = settings::machine(facts, &ran_on).map_err(|field| {
            let what = msg!("coder.machine", coder = before.id, field = field);
            Failure::Usage(what, msg!("coder.machine.fix"))
        })?;
        if kind != CoderKind::Machine && machine != Machine::default() {
            let what = msg!("coder.no_machine", coder = before.id);
            return Err(Failure::Usage(what, msg!("coder.no_machine_said.fix")));
        }
        let name = given(&self.name, &before.name);
        Ok(Coder { id: before.id.clone(), name, kind, machine })
    }
}
