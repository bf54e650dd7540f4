//! `receive`: what a coder sends back.

mod handover;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{Context, Outcome, code};
use crate::analysis::own::Own;
use crate::analysis::received::Changes;
use crate::domain::digest::Digest;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::{RoundIndex, Via};
use crate::domain::record::MemoKind;
use crate::format::codebook::digest;
use crate::format::handover::Handed;
use crate::format::received::{self, Asked};
use crate::msg;
use crate::store::{self, EventWriter, LogWriter, MemoWriter, Opened, read_given};
use crate::words;

/// Take in what a coder sends back: a filled sheet, or a CSV of answers
///
/// A file is long (`unit,dimension,codes`, and if you like `coder`, `round`, `certainty`, `memo`, `at`) or
/// wide (`unit` and one column per dimension; a dimension that takes several codes may spread over NAME,
/// NAME 2, NAME 3). Headings and cells are ids or names of the codebook, in any of its languages.
///
/// An empty cell leaves the decision as it is, `-` takes it back, `none` means that nothing applies. An
/// answer equal to the one in force writes nothing. Times in `at` are checked; the log says when a decision
/// was received. All or nothing: if anything in the file is wrong, every
/// complaint is listed with its row and column, and nothing is written. What one file changes is one act,
/// which `themata undo` takes back as a whole. A file that was received before is not received again.
///
/// A log (`coding/c2.csv`, and those of her other devices) that a co-coder sends with the seals.csv of her
/// copy of the study is brought in as it is, row by row; rows that are here already are left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  themata receive c2.xlsx
  themata receive c2.xlsx --dry-run
  themata receive answers.csv --coder c2 --round main
  themata receive c2.csv c2.laptop.csv seals.csv")]
pub(super) struct Args {
    /// The file: a workbook (.xlsx) or a CSV; or logs of one coder and a seals.csv
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Whose decisions these are, where the file does not say so
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// The round, where the file does not say so [default: the current one]
    #[arg(long, value_name = "ROUND")]
    round: Option<RoundId>,
    /// Say what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Keep answers in the log of this device, `coding/NAME.ID.csv`; logs that come in keep their own
    #[arg(
        long,
        env = "THEMATA_DEVICE",
        value_name = "ID",
        default_value = "",
        hide_default_value = true,
        hide_env_values = true
    )]
    device: String,
}

/// A file as it was given.
struct GivenFile {
    name: String,
    bytes: Vec<u8>,
}

/// What a file changes for one coder.
struct Part {
    coder: CoderId,
    round: RoundId,
    changes: Changes,
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let mut given = Vec::new();
    for path in &args.files {
        given.push(GivenFile { name: path.display().to_string(), bytes: read_given(path)? });
    }
    if given.iter().any(|file| Handed::of(&file.bytes).is_some()) {
        return handover::run(args, &given, context);
    }
    match given.as_slice() {
        [file] => answers(args, file, context),
        _ => Err(Failure::Usage(msg!("receive.several"), msg!("receive.several.fix")).into()),
    }
}

/// Takes in answers.
fn answers(args: &Args, file: &GivenFile, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let bytes = &file.bytes;
    let mut opened = context.open()?;
    let mut plan = Plan::of(args, file, &opened)?;
    for note in &plan.notes {
        context.tell(note)?;
    }
    let hash = digest(bytes);
    let known = |part: &Part| is_known(&opened, &part.coder, &hash);
    if !plan.parts.is_empty() && plan.parts.iter().all(known) {
        context.tell(&msg!("receive.known", file = file.name))?;
        return Ok(Outcome::Clean);
    }
    if !args.dry_run {
        let mut writers = writers(args, &opened, &plan)?;
        let mut current = true;
        for part in &plan.parts {
            current &= code::is_current(&opened, &part.coder)?;
        }
        if !current {
            // Another session ended between our reading and our lock.
            opened = store::load(&opened.folder)?;
            plan = Plan::of(args, file, &opened)?;
        }
        for part in &plan.parts {
            if let Some(writer) = writers.get_mut(&part.coder) {
                write(part, plan.via, writer, &opened, &hash)?;
            }
        }
    }
    report(args, &plan, context)?;
    Ok(Outcome::Clean)
}

/// What a file changes, coder by coder.
struct Plan {
    via: Via,
    parts: Vec<Part>,
    notes: Vec<crate::domain::message::Message>,
}

impl Plan {
    /// Reads a file against what is in force.
    fn of(args: &Args, file: &GivenFile, opened: &Opened) -> Result<Self, Failure> {
        let coder = args.coder.as_ref().map(|name| code::coder(opened, name)).transpose()?;
        let asked = Asked { coder: coder.as_ref(), round: args.round.as_ref() };
        let received = received::read(&file.name, &file.bytes, &opened.study, asked)?;
        let mut coders: BTreeMap<&CoderId, RoundIndex> = BTreeMap::new();
        for row in &received.rows {
            coders.entry(&row.coder).or_insert(row.round);
        }
        let mut problems = Vec::new();
        let mut parts = Vec::new();
        for (coder, index) in coders {
            let round = opened.study.rounds.get(usize::from(index.0)).cloned();
            let round = round.unwrap_or_else(RoundId::main);
            let coding = opened.own(coder, Some(&round))?;
            let log = opened.own_log(coder)?;
            let own = Own { study: &opened.study, coding: &coding, log };
            let rows = received.rows.iter().filter(|row| row.coder == *coder);
            let changes = Changes::of(rows, &own, &mut problems);
            refuse_sealed(opened, coder, index, &changes)?;
            parts.push(Part { coder: coder.clone(), round, changes });
        }
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        Ok(Self { via: received.via, parts, notes: received.notes })
    }
}

/// Refuses to change what a coder has handed over.
fn refuse_sealed(
    opened: &Opened,
    coder: &CoderId,
    round: RoundIndex,
    changes: &Changes,
) -> Result<(), Failure> {
    // What two devices decided differently at once is undecided even when sealed, and may be settled.
    let conflicts = opened.self_conflicts(coder)?;
    let contested = |unit| conflicts.iter().any(|it| it.round == round && it.unit == unit);
    let sealed: BTreeSet<&CaseId> = (changes.decisions.iter())
        .filter(|it| !contested(it.unit))
        .filter(|it| opened.has_sealed(coder, it.unit, round))
        .map(|it| opened.study.case_of(it.unit))
        .collect();
    if sealed.is_empty() {
        return Ok(());
    }
    let sealed: Vec<&str> = sealed.into_iter().map(CaseId::as_str).collect();
    Err(Failure::Refused(
        msg!("receive.sealed", coder = coder, cases = sealed.join(", ")),
        msg!("receive.sealed.fix"),
    ))
}

/// Whether a file was received before, for this coder.
fn is_known(opened: &Opened, coder: &CoderId, hash: &Digest) -> bool {
    let same =
        |event: &&Event| matches!(&event.what, What::Receive { file: Some(file) } if file == hash);
    opened.events.iter().filter(same).any(|event| event.is_by(coder))
}

/// Opens the logs of all coders of a file before any of them is written.
fn writers(
    args: &Args,
    opened: &Opened,
    plan: &Plan,
) -> Result<BTreeMap<CoderId, LogWriter>, Failure> {
    let open = |part: &Part| {
        let writer = LogWriter::open(opened, &part.coder, Some(&part.round), &args.device)?;
        Ok((part.coder.clone(), writer))
    };
    plan.parts.iter().map(open).collect()
}

/// Writes what changes for one coder: the decisions as one append, then notes, then the event.
fn write(
    part: &Part,
    via: Via,
    writer: &mut LogWriter,
    opened: &Opened,
    hash: &Digest,
) -> Result<(), Failure> {
    if !part.changes.decisions.is_empty() {
        writer.append(&part.changes.decisions, via)?;
    }
    if !part.changes.notes.is_empty() {
        let before = opened.memos(&part.coder)?;
        let mut memos = MemoWriter::open(opened, &part.coder)?;
        for (unit, text) in &part.changes.notes {
            let Some(unit) = opened.study.units.get(unit.at()) else { continue };
            let on = unit.locator.to_string();
            if !before.iter().any(|memo| memo.on == on && memo.text == *text) {
                memos.append(&on, MemoKind::Note, text)?;
            }
        }
    }
    let what = What::Receive { file: Some(hash.clone()) };
    let event = Event::new(opened.folder.now(), vec![part.coder.clone()], what, "");
    EventWriter::open(&opened.folder)?.append(event)
}

/// Says what changed, or would change.
fn report(args: &Args, plan: &Plan, context: &mut Context<'_>) -> anyhow::Result<()> {
    for part in &plan.parts {
        let counts = part.changes.counts;
        let line = msg!(
            "receive.counts",
            coder = part.coder,
            round = part.round,
            new = counts.new,
            changed = counts.changed,
            back = counts.taken_back,
            same = counts.unchanged
        );
        writeln!(context.out, "{}", words::say(&line, context.language))?;
        if !part.changes.notes.is_empty() {
            let n = part.changes.notes.len();
            context.tell(&msg!("receive.notes", n = n, coder = part.coder))?;
        }
    }
    if plan.parts.is_empty() {
        context.tell(&msg!("receive.nothing"))?;
    }
    if args.dry_run {
        context.tell(&msg!("receive.dry"))?;
    }
    Ok(())
}
