//! `undo`: taking back one's own last decisions.

use std::collections::BTreeMap;

use super::{Context, Outcome, code};
use crate::desk::undo::{Entry, History, TakeBack};
use crate::domain::answer::Answer;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::{NewDecision, RoundIndex, Via};
use crate::domain::message::Message;
use crate::msg;
use crate::store::{self, LogWriter, Opened};
use crate::words;

/// Take back your own last decisions
///
/// One answer typed, one `e` and one file received are each taken back as a whole. Nothing is removed from
/// the log: the decision that was in force before is written again. Decisions in a sealed case are left
/// alone, and then nothing is taken back at all.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  themata undo --coder c1\n  themata undo --coder c1 --last 3")]
pub(super) struct Args {
    /// Whose decisions
    #[arg(long, value_name = "NAME")]
    coder: String,
    /// How many to take back
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    last: u32,
    /// Write into the log of this device, `coding/NAME.ID.csv`
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

/// What one act decided, to be appended together.
struct Step {
    round: RoundIndex,
    rows: Vec<NewDecision>,
    /// What is taken back, row by row, for people.
    said: Vec<Message>,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let mut opened = context.open()?;
    let coder = code::coder(&opened, &args.coder)?;
    let first = LogWriter::open(&opened, &coder, None, &args.device)?;
    if !code::is_current(&opened, &coder)? {
        // Somebody wrote between our reading and our lock.
        opened = store::load(&opened.folder)?;
    }
    let steps = plan(&opened, &coder, args.last)?;
    drop(first);
    let mut rows = 0;
    for step in &steps {
        let round = opened.study.rounds.get(usize::from(step.round.0));
        let mut writer = LogWriter::open(&opened, &coder, round, &args.device)?;
        writer.append(&step.rows, Via::Lines)?;
        rows += step.rows.len();
        for message in &step.said {
            writeln!(context.out, "{}", words::say(message, context.language))?;
        }
    }
    if steps.len() < args.last as usize {
        context.tell(&msg!("undo.fewer", n = steps.len()))?;
    }
    context.tell(&msg!("undo.done", n = rows))?;
    Ok(Outcome::Clean)
}

/// What there is to append, act by act; nothing is written before all of it is known to be allowed.
fn plan(opened: &Opened, coder: &CoderId, last: u32) -> Result<Vec<Step>, Failure> {
    let log = opened.own_log(coder)?;
    let mut history = History::new(&opened.study, log);
    let mut next = log.highest_seq + 1;
    let mut steps = Vec::new();
    for _ in 0..last {
        let TakeBack::Rows(round, rows) = history.undo(|_| true) else { break };
        let sealed = |row: &&NewDecision| opened.has_sealed(coder, row.unit, round);
        if let Some(row) = rows.iter().find(sealed) {
            let case = opened.study.case_of(row.unit);
            return Err(Failure::Refused(
                msg!("undo.sealed", case = case, coder = coder),
                match steps.len() {
                    0 => msg!("undo.sealed.fix"),
                    n => msg!("undo.sealed_after.fix", n = n),
                },
            ));
        }
        let said = told(opened, &history, round, &rows);
        let seqs: Vec<u64> = (next..).take(rows.len()).collect();
        next += rows.len() as u64;
        history.record(round, &rows, &seqs);
        steps.push(Step { round, rows, said });
    }
    if steps.is_empty() {
        return Err(Failure::Refused(
            msg!("undo.nothing", coder = coder),
            msg!("undo.nothing.fix", coder = coder),
        ));
    }
    Ok(steps)
}

/// For each row what was decided, and what holds again.
fn told(
    opened: &Opened,
    history: &History<'_>,
    round: RoundIndex,
    rows: &[NewDecision],
) -> Vec<Message> {
    let study = &opened.study;
    let entries = (0..history.len()).filter_map(|at| history.entry(at));
    let last: BTreeMap<_, &Entry> = entries
        .filter(|entry| entry.round == round)
        .map(|entry| ((entry.unit, entry.dimension), entry))
        .collect();
    let say = |row: &NewDecision| {
        let unit = study.units.get(row.unit.at()).map(|it| it.locator.to_string());
        let unit = unit.unwrap_or_default();
        let dimension = study.vocabulary.dimensions.get(usize::from(row.dimension.0));
        let dimension = dimension.map(|it| it.id.to_string()).unwrap_or_default();
        let was = last
            .get(&(row.unit, row.dimension))
            .map(|it| marked(history.answers().cell(it.answer, &study.vocabulary), it.unsure));
        let was = was.unwrap_or_default();
        match &row.answer {
            Answer::Undecided => {
                msg!("undo.undecided", unit = unit, dimension = dimension, was = was)
            }
            now => {
                let now = marked(now.to_string(), row.unsure);
                msg!("undo.restored", unit = unit, dimension = dimension, was = was, now = now)
            }
        }
    };
    rows.iter().map(say).collect()
}

/// An answer as the log has it, with its word for a decision that is unsure.
fn marked(codes: String, unsure: bool) -> String {
    if unsure { format!("{codes} (unsure)") } else { codes }
}
