//! `receive` of logs and seals from another copy of the study.

use std::path::Path;

use super::{Args, GivenFile};
use crate::cli::{Context, Outcome, code};
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{self, CoderId};
use crate::format::codebook::digest;
use crate::format::handover::Handed;
use crate::msg;
use crate::store::{EventWriter, HandedIn, HandedLog, Opened, layout};
use crate::words;

/// A log among the given files.
struct Log<'a> {
    file: &'a GivenFile,
    coder: CoderId,
    device: String,
}

/// Brings in logs and seals.
pub(super) fn run(
    args: &Args,
    given: &[GivenFile],
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    if args.round.is_some() {
        let failure = Failure::Usage(msg!("handover.round"), msg!("handover.round.fix"));
        return Err(failure.into());
    }
    let opened = context.open()?;
    let mut logs = Vec::new();
    let mut seals = None;
    for file in given {
        match Handed::of(&file.bytes) {
            Some(Handed::Log) => logs.push(log(args, file, &opened)?),
            Some(Handed::Seals) if seals.is_none() => seals = Some(file),
            _ => {
                return Err(
                    Failure::Usage(msg!("receive.several"), msg!("receive.several.fix")).into()
                );
            }
        }
    }
    let handed: Vec<HandedLog<'_>> = logs
        .iter()
        .map(|log| HandedLog {
            name: &log.file.name,
            bytes: &log.file.bytes,
            coder: &log.coder,
            device: &log.device,
        })
        .collect();
    let sealing = seals.map(|file| (file.name.as_str(), file.bytes.as_slice()));
    let found = opened.hand_in(&handed, sealing, !args.dry_run)?;
    if !args.dry_run {
        record(&opened, &logs, seals, &found)?;
    }
    report(args, &opened, &found, seals.is_some(), context)?;
    Ok(Outcome::Clean)
}

/// Whose log a file is: its name says so, or `--coder`.
fn log<'a>(args: &Args, file: &'a GivenFile, opened: &Opened) -> Result<Log<'a>, Failure> {
    let asked = args.coder.as_ref().map(|name| code::coder(opened, name)).transpose()?;
    let name = Path::new(&file.name).file_name().map(|it| it.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let coders = opened.study.settings.coders.iter();
    let named = coders
        .filter_map(|it| Some((it.id.clone(), layout::device(&name, &it.id)?.to_owned())))
        .next();
    match (named, asked) {
        (Some((coder, _)), Some(asked)) if coder != asked => Err(Failure::Usage(
            msg!("handover.other_coder", file = file.name, coder = coder),
            msg!("received.other_coder.fix", asked = asked),
        )),
        // A copy that a browser or a mail program named anew is no device.
        (Some((coder, device)), _) => {
            let device = if id::check(&device).is_ok() { device } else { String::new() };
            Ok(Log { file, coder, device })
        }
        (None, Some(coder)) => Ok(Log { file, coder, device: String::new() }),
        (None, None) => Err(Failure::Usage(msg!("received.nobody"), msg!("handover.nobody.fix"))),
    }
}

/// Records which files brought anything.
fn record(
    opened: &Opened,
    logs: &[Log<'_>],
    seals: Option<&GivenFile>,
    found: &HandedIn,
) -> Result<(), Failure> {
    let brought = |log: &&Log<'_>| found.rows.get(&log.coder).is_some_and(|rows| *rows > 0);
    let mut files: Vec<(Vec<CoderId>, &GivenFile)> =
        logs.iter().filter(brought).map(|log| (vec![log.coder.clone()], log.file)).collect();
    files.extend(seals.filter(|_| found.seals > 0).map(|file| (Vec::new(), file)));
    if files.is_empty() {
        return Ok(());
    }
    let mut events = EventWriter::open(&opened.folder)?;
    for (who, file) in files {
        let what = What::Receive { file: Some(digest(&file.bytes)) };
        events.append(Event::new(opened.folder.now(), who, what, ""))?;
    }
    Ok(())
}

/// Says what was brought in.
fn report(
    args: &Args,
    opened: &Opened,
    found: &HandedIn,
    sealed: bool,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    for (coder, rows) in &found.rows {
        let line = msg!("handover.rows", coder = coder, n = rows);
        writeln!(context.out, "{}", words::say(&line, context.language))?;
        if !sealed && !opened.seals.iter().any(|seal| seal.coder == *coder) {
            context.tell(&msg!("handover.unsealed", coder = coder))?;
        }
    }
    if sealed {
        let line = msg!("handover.seals", n = found.seals);
        writeln!(context.out, "{}", words::say(&line, context.language))?;
    }
    if args.dry_run {
        context.tell(&msg!("receive.dry"))?;
    }
    Ok(())
}
