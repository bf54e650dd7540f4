//! `code`: one coder at the keyboard.

use std::collections::BTreeSet;

use super::comparing::unknown;
use super::{Context, Outcome};
use crate::desk::Keeper;
use crate::desk::coding::{CodingDesk, Keep};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::{RoundIndex, UnitIndex, Via};
use crate::domain::record::MemoKind;
use crate::face;
use crate::format::table::quotable;
use crate::msg;
use crate::store::{self, LogWriter, MemoWriter, Opened};

/// Code at the keyboard, one unit after the other
///
/// Shows a unit with what was said before and after it, and asks one dimension after the other, beginning
/// at the first unit that is not decided. Each answer is on the disk before the next question: there is
/// nothing to save, and a session can end at any moment.
///
/// An answer is a line: numbers or ids separated by spaces or commas (`1 3`), 0 for none; `u` before or
/// after it marks it as unsure. Other lines are one letter: e none in the rest of the unit, z undo, y redo,
/// s skip the unit, n next undecided question, m TEXT a note on the unit, b TEXT a wish that it were cut differently, c definitions, g LOCATOR go to a
/// unit, ? what can be typed, q leave. Enter leaves a decision that is there as it is.
///
/// Lines are read from standard input, so that it works through a pipe. For each decision that is safely
/// on the disk, one line `saved UNIT DIMENSION CODES` goes to standard output; everything else goes to
/// standard error. You see nobody's decisions but your own, and sealed cases are left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  themata code --coder c1
  themata code --coder c1 --case CoP-31
  printf '1 3\\n0\\nu 2\\n' | themata code --coder c1 --lines")]
pub(super) struct Args {
    /// Who codes, as named in themata.yaml
    #[arg(long, value_name = "NAME")]
    coder: String,
    /// One question after the other, line by line: so far the only way, and what you get without it
    #[arg(long)]
    lines: bool,
    /// Only these cases (repeatable, or separated by commas)
    #[arg(long = "case", value_name = "CASE", value_delimiter = ',')]
    cases: Vec<String>,
    /// The round of coding [default: the current one]
    #[arg(long, value_name = "ROUND")]
    round: Option<RoundId>,
    /// Keep the decisions of this device in a log of its own, `coding/NAME.ID.csv`
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

/// Runs the command.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    // Line by line is the only way so far, so that asking for it changes nothing.
    let Args { coder: name, lines: _, cases, round, device } = args;
    let mut opened = context.open()?;
    let coder = coder(&opened, name)?;
    let writer = LogWriter::open(&opened, &coder, round.as_ref(), device)?;
    if !is_current(&opened, &coder)? {
        // Another session ended between our reading and our lock.
        opened = store::load(&opened.folder)?;
    }
    let round = opened.round(round.as_ref())?;
    let (units, sealed) = units(&opened, &coder, round, cases)?;
    for case in sealed {
        context.tell(&msg!("code.sealed_left_out", case = case))?;
    }
    let mut desk = CodingDesk::new(&opened.study, opened.own_log(&coder)?, round, units);
    let mut saver = Saver { opened: &opened, coder: &coder, writer, memos: None };
    face::lines::run(&mut desk, &mut saver, &mut context.talk())?;
    Ok(Outcome::Clean)
}

/// The coder of a name; an unknown one is refused with the known names.
pub(super) fn coder(opened: &Opened, name: &str) -> Result<CoderId, Failure> {
    let known = &opened.study.settings.coders;
    if let Some(coder) = known.iter().find(|it| it.id.as_str() == name || it.name == name) {
        return Ok(coder.id.clone());
    }
    let known: Vec<&str> = known.iter().map(|it| it.id.as_str()).collect();
    Err(Failure::Usage(
        msg!("gate.coder", coder = quotable(name)),
        msg!("gate.coder.fix", known = known.join(", ")),
    ))
}

/// Whether the coder's logs are still what was read.
pub(super) fn is_current(opened: &Opened, coder: &CoderId) -> Result<bool, Failure> {
    for device in &opened.own_log(coder)?.devices {
        if opened.folder.read(&device.file)?.is_none_or(|bytes| bytes != device.bytes) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The units that this coder codes in this session, and the cases left out because they are sealed.
pub(super) fn units(
    opened: &Opened,
    coder: &CoderId,
    round: RoundIndex,
    asked: &[String],
) -> Result<(Vec<UnitIndex>, Vec<CaseId>), Failure> {
    let study = &opened.study;
    let known: Vec<&str> = study.cases.iter().map(|case| case.id.as_str()).collect();
    if let Some(other) = asked.iter().find(|case| !known.contains(&case.as_str())) {
        return Err(unknown("case", other, &known));
    }
    let is_asked = |case: &CaseId| asked.is_empty() || asked.iter().any(|it| it == case.as_str());
    let mine: Vec<UnitIndex> = (study.talk())
        .map(|(unit, _)| unit)
        .filter(|unit| is_asked(study.case_of(*unit)))
        .filter(|unit| study.is_assigned(*unit, coder, round))
        .collect();
    if mine.is_empty() {
        return Err(Failure::Refused(
            msg!("code.nothing", coder = coder),
            msg!("code.nothing.fix"),
        ));
    }
    // What two devices decided differently at once counts as undecided until it is decided again, sealed
    // or not; a seal does not count it before `seal --again`.
    let conflicts = opened.self_conflicts(coder)?;
    let contested = |unit| conflicts.iter().any(|it| it.round == round && it.unit == unit);
    let (sealed, open): (Vec<UnitIndex>, Vec<UnitIndex>) = mine
        .into_iter()
        .partition(|unit| opened.has_sealed(coder, *unit, round) && !contested(*unit));
    let sealed: BTreeSet<&CaseId> = sealed.iter().map(|unit| study.case_of(*unit)).collect();
    if let Some(case) = sealed.first().filter(|_| open.is_empty()) {
        return Err(Failure::Refused(
            msg!("code.sealed", case = case, coder = coder),
            msg!("code.sealed.fix"),
        ));
    }
    Ok((open, sealed.into_iter().cloned().collect()))
}

/// Keeps what the desk decides in the coder's files.
struct Saver<'a> {
    opened: &'a Opened,
    coder: &'a CoderId,
    writer: LogWriter,
    /// Opened with the first note.
    memos: Option<MemoWriter>,
}

impl Keeper<Keep, Vec<u64>> for Saver<'_> {
    fn keep(&mut self, what: &Keep) -> Result<Vec<u64>, Failure> {
        match what {
            Keep::Decisions(decisions) => self.writer.append(decisions, Via::Lines),
            Keep::Note { unit, kind, text } => self.note(*unit, *kind, text).map(|()| Vec::new()),
        }
    }
}

impl Saver<'_> {
    fn note(&mut self, unit: UnitIndex, kind: MemoKind, text: &str) -> Result<(), Failure> {
        let on = self.opened.study.units.get(unit.at()).map(|unit| unit.locator.to_string());
        let mut memos = match self.memos.take() {
            Some(memos) => memos,
            None => MemoWriter::open(self.opened, self.coder)?,
        };
        memos.append(&on.unwrap_or_default(), kind, text)?;
        self.memos = Some(memos);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use crate::store::simulated::SimulatedDisk;
    use crate::store::small_study::{self, c1, path};
    use crate::words::Language;

    /// Standard output, which looks at the disk whenever a line arrives.
    struct Watch {
        disk: SimulatedDisk,
        saved: usize,
    }

    impl Write for Watch {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.saved += bytes.windows(5).filter(|it| *it == b"saved").count();
            let files = self.disk.files();
            assert!(files.is_safe(&path("coding/c1.csv")), "said to be saved before it was");
            let log = files.read(&path("coding/c1.csv")).unwrap();
            let rows = log.iter().filter(|byte| **byte == b'\n').count() - 1;
            assert!(rows >= self.saved, "{} saved, {rows} in the log", self.saved);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_log_is_on_the_disk_before_every_saved() {
        let disk = small_study::disk();
        let opened = small_study::open(&disk);
        let coder = c1();
        let writer = LogWriter::open(&opened, &coder, None, "").unwrap();
        let (units, _) = units(&opened, &coder, RoundIndex(0), &[]).unwrap();
        let mut desk =
            CodingDesk::new(&opened.study, opened.own_log(&coder).unwrap(), RoundIndex(0), units);
        let mut saver = Saver { opened: &opened, coder: &coder, writer, memos: None };
        let mut out = Watch { disk: disk.clone(), saved: 0 };
        face::lines::run(
            &mut desk,
            &mut saver,
            &mut face::Talk {
                input: &mut Cursor::new("1 2\nu 1\nm a note\ne\nz\ny\ng A:1\n2\nz\nq\n"),
                out: &mut out,
                err: &mut Vec::new(),
                language: Language::English,
                width: 80,
                color: false,
                quiet: true,
                typed: false,
            },
        )
        .unwrap();
        assert_eq!(out.saved, 10);
        assert!(disk.files().is_safe(&path("memos/c1.csv")));
        assert!(disk.reboot(0).files().read(&path("memos/c1.csv")).is_some());
    }
}
