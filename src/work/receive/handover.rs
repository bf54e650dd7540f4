//! Logs and seals from another copy of the study.

use std::path::Path;

use super::{GivenFile, coders};
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{self, CoderId};
use crate::format::codebook::digest;
use crate::format::handover::Handed;
use crate::msg;
use crate::store::{HandedIn, HandedLog, Opened, layout};

/// How logs and seals are to be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandoverAsk {
    /// Whose logs these are, by id or name: needed where a file's name does not say so.
    pub coders: Vec<String>,
    /// Whether only to say what would change.
    pub dry_run: bool,
}

/// What was brought in.
#[derive(Debug, Clone)]
pub struct Handover {
    /// What was not here yet.
    pub found: HandedIn,
    /// Whether there were seals among the files.
    pub sealed: bool,
}

/// Whether a file is a log or a list of seals.
#[must_use]
pub fn is_handover(file: &GivenFile) -> bool {
    Handed::of(&file.bytes).is_some()
}

/// A log among the given files.
struct Log<'a> {
    file: &'a GivenFile,
    coder: CoderId,
    device: String,
}

/// Brings in logs and seals.
///
/// # Errors
/// Other files are among them, a log is nobody's or does not fit the seals, or something cannot be written.
pub fn hand_over(
    opened: &Opened,
    given: &[GivenFile],
    ask: &HandoverAsk,
) -> Result<Handover, Failure> {
    let named = coders(opened, &ask.coders)?;
    let mut logs = Vec::new();
    let mut seals = None;
    for file in given {
        match Handed::of(&file.bytes) {
            Some(Handed::Log) => logs.push(log(&named, file, opened)?),
            Some(Handed::Seals) if seals.is_none() => seals = Some(file),
            _ => {
                return Err(Failure::Usage(msg!("receive.several"), msg!("receive.several.fix")));
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
    let found = match ask.dry_run {
        true => opened.would_hand_in(&handed, sealing)?,
        false => opened.hand_in(&handed, sealing, |found| told(opened, &logs, seals, found))?,
    };
    Ok(Handover { found, sealed: seals.is_some() })
}

/// Whose log a file is: its name says so, or `--coder`.
fn log<'a>(asked: &[CoderId], file: &'a GivenFile, opened: &Opened) -> Result<Log<'a>, Failure> {
    let name = Path::new(&file.name).file_name().map(|it| it.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let coders = opened.study.settings.coders.iter();
    let named = coders
        .filter_map(|it| Some((it.id.clone(), layout::device(&name, &it.id)?.to_owned())))
        .next();
    match (named, asked.first()) {
        (Some((coder, _)), Some(first)) if !asked.contains(&coder) => Err(Failure::Usage(
            msg!("handover.other_coder", file = file.name, coder = coder),
            msg!("received.other_coder.fix", coder = coder, asked = first),
        )),
        // A copy that a browser or a mail program named anew is no device.
        (Some((coder, device)), _) => {
            let device = if id::check(&device).is_ok() { device } else { String::new() };
            Ok(Log { file, coder, device })
        }
        (None, Some(coder)) if asked.len() == 1 => {
            Ok(Log { file, coder: coder.clone(), device: String::new() })
        }
        (None, _) => Err(Failure::Usage(msg!("received.nobody"), msg!("handover.nobody.fix"))),
    }
}

/// Tells which files brought anything.
fn told(
    opened: &Opened,
    logs: &[Log<'_>],
    seals: Option<&GivenFile>,
    found: &HandedIn,
) -> Vec<Event> {
    let brought = |log: &&Log<'_>| found.logs.contains(&log.file.name);
    let mut files: Vec<(Vec<CoderId>, &GivenFile)> =
        logs.iter().filter(brought).map(|log| (vec![log.coder.clone()], log.file)).collect();
    files.extend(seals.filter(|_| found.seals > 0).map(|file| (Vec::new(), file)));
    let at = opened.folder.now();
    let event = |(who, file): (Vec<CoderId>, &GivenFile)| {
        let what = What::Receive { file: Some(digest(&file.bytes)), page: None };
        Event::new(at, who, what, "")
    };
    files.into_iter().map(event).collect()
}
