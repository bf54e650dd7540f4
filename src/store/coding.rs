//! The writer of a coder's log.

use std::sync::Arc;

use super::append::{Appender, AsRead};
use super::begin::{Locks, Writing};
use super::disk::{FileState, Held};
use super::folder::Folder;
use super::layout;
use super::load::Opened;
use super::records::check_device;
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, RoundId};
use crate::domain::locator::Locator;
use crate::domain::log::{Log, NewDecision, Via};
use crate::domain::time::Moment;
use crate::format::log::{self, Appended, COLUMNS};
use crate::format::rows;
use crate::msg;

/// Appends to one coder's log on one device; holds the log's lock.
pub struct LogWriter {
    folder: Folder,
    coder: CoderId,
    device: String,
    round: RoundId,
    codebook: String,
    units: Vec<Locator>,
    dimensions: Vec<String>,
    file: Appender,
    highest_seq: u64,
    /// The states of all of the coder's logs when `highest_seq` was found.
    seen: Vec<(String, Option<FileState>)>,
}

/// Whose log is to be written, in which round and on which device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// Who codes.
    pub coder: CoderId,
    /// The round; absent for the current one.
    pub round: Option<RoundId>,
    /// The device; empty for `coding/<coder>.csv`.
    pub device: String,
}

impl Coding {
    /// The coder's log itself, in the current round.
    #[must_use]
    pub fn of(coder: &CoderId) -> Self {
        Self { coder: coder.clone(), round: None, device: String::new() }
    }

    /// For how many minutes somebody else has been writing this log; `None` where nobody is, or the system does not
    /// tell since when.
    ///
    /// # Errors
    /// There is no such coder or round, or the state of the lock cannot be told.
    pub fn written_by_another(&self, before: &Opened) -> Result<Option<u64>, Failure> {
        let lock = format!("{}.lock", layout::log(&self.coder, &self.device));
        before.folder.held_by_another(self.held(before), &lock)
    }

    fn held(&self, before: &Opened) -> Result<Box<dyn Held>, Failure> {
        before.coder(&self.coder)?;
        before.round(self.round.as_ref())?;
        check_device(&self.device)?;
        before.folder.lock(&format!("{}.lock", layout::log(&self.coder, &self.device)))
    }
}

impl Writing for Coding {
    type Locks = Box<dyn Held>;
    type Writer = LogWriter;

    fn lock(&self, before: &Opened) -> Result<Self::Locks, Failure> {
        self.held(before)
    }

    fn writer(self, lock: Self::Locks, _: &Opened, now: &Opened) -> Result<LogWriter, Failure> {
        LogWriter::under(lock, now, &self)
    }
}

/// Logs that are written together: all are locked before the study is read.
impl Writing for Vec<Coding> {
    type Locks = Locks;
    type Writer = Vec<LogWriter>;

    fn lock(&self, before: &Opened) -> Result<Locks, Failure> {
        self.iter().map(|coding| coding.held(before)).collect()
    }

    fn writer(self, locks: Locks, _: &Opened, now: &Opened) -> Result<Vec<LogWriter>, Failure> {
        self.into_iter().zip(locks).map(|(it, lock)| LogWriter::under(lock, now, &it)).collect()
    }
}

impl LogWriter {
    /// The device; empty for `coding/<coder>.csv`.
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Locks and makes the writer of a study as it was read, right or wrong: for tests of what lies beneath.
    #[cfg(test)]
    pub(crate) fn open(
        opened: &Opened,
        coder: &CoderId,
        round: Option<&RoundId>,
        device: &str,
    ) -> Result<Self, Failure> {
        let round = round.cloned();
        let coding = Coding { coder: coder.clone(), round, device: device.to_owned() };
        Self::under(coding.held(opened)?, opened, &coding)
    }

    /// Keeps the codebook in force among the versions, and makes the log ready, whose lock is held.
    fn under(lock: Box<dyn Held>, opened: &Opened, what: &Coding) -> Result<Self, Failure> {
        let Coding { coder, round, device } = what;
        let log = opened.own_log(coder)?;
        opened.still_codes(coder)?;
        let round = opened.round(round.as_ref())?;
        opened.keep_version()?;
        let name = layout::log(coder, device);
        let study = &opened.study;
        let mut writer = Self {
            folder: opened.folder.clone(),
            coder: coder.clone(),
            device: device.to_owned(),
            round: study.rounds[usize::from(round.0)].clone(),
            codebook: study.version_in_force().id.clone(),
            units: study.units.iter().map(|unit| unit.locator.clone()).collect(),
            dimensions: study.vocabulary.dimensions.iter().map(|it| it.id.to_string()).collect(),
            file: Appender::as_read(
                lock,
                &opened.folder,
                &name,
                (&COLUMNS).into(),
                log::torn,
                opened.as_read(log, &name),
            )?,
            highest_seq: 0,
            seen: Vec::new(),
        };
        writer.seen = writer.states()?;
        let is_as_read = |(file, state): &(String, Option<FileState>)| {
            state.is_some() && *state == opened.seen.state_of(file)
        };
        match writer.seen.iter().all(is_as_read) {
            true => writer.highest_seq = log.highest_seq,
            false => writer.find_highest()?,
        }
        Ok(writer)
    }

    /// Writes into another round from now on.
    pub fn turn_to(&mut self, round: &RoundId) {
        self.round = round.clone();
    }

    /// Files into which lost last writes were set aside when the log was opened.
    #[must_use]
    pub fn set_aside(&self) -> &[String] {
        &self.file.set_aside
    }

    /// Appends decisions as one write and returns their seqs. When this returns, they are on the disk.
    ///
    /// # Errors
    /// They could not be written; then none of them counts.
    pub fn append(&mut self, decisions: &[NewDecision], via: Via) -> Result<Vec<u64>, Failure> {
        self.append_at(decisions, via, self.folder.now())
    }

    /// The same, for decisions that were made at another time.
    ///
    /// # Errors
    /// They could not be written; then none of them counts.
    pub fn append_at(
        &mut self,
        decisions: &[NewDecision],
        via: Via,
        at: Moment,
    ) -> Result<Vec<u64>, Failure> {
        let (lines, seqs) = self.lines(decisions, via, at)?;
        self.file.append(&lines)?;
        self.highest_seq += seqs.len() as u64;
        self.seen = self.states()?;
        Ok(seqs)
    }

    /// The rows that say decisions, and their seqs.
    ///
    /// # Errors
    /// A decision is on no unit of the study, or a log cannot be read.
    pub(super) fn lines(
        &mut self,
        decisions: &[NewDecision],
        via: Via,
        at: Moment,
    ) -> Result<(Vec<u8>, Vec<u64>), Failure> {
        self.file.refresh()?;
        if self.seen != self.states()? {
            self.find_highest()?;
        }
        let shared = Appended { at, round: self.round.as_str(), via, codebook: &self.codebook };
        let mut lines = Vec::new();
        let mut seqs = Vec::new();
        for (seq, decision) in (self.highest_seq + 1..).zip(decisions) {
            let unit = self.units.get(decision.unit.at());
            let dimension = self.dimensions.get(usize::from(decision.dimension.0));
            let (Some(unit), Some(dimension)) = (unit, dimension) else {
                return Err(Failure::Usage(msg!("coding.unit"), msg!("coding.unit.fix")));
            };
            lines.extend(log::write(seq, unit, dimension, decision, &shared));
            seqs.push(seq);
        }
        Ok((lines, seqs))
    }

    /// What writes the file.
    pub(super) fn into_file(self) -> Appender {
        self.file
    }

    /// Whether the lock still keeps others out.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn still_holds(&self) -> Result<bool, Failure> {
        self.file.still_holds()
    }

    /// Whether any log of this coder is no longer as it was at the last append, or at the beginning.
    ///
    /// # Errors
    /// The state of a file cannot be told.
    pub fn others_wrote(&self) -> Result<bool, Failure> {
        Ok(self.seen != self.states()?)
    }

    fn files(&self) -> Result<Vec<String>, Failure> {
        let names = self.folder.list(layout::CODING)?;
        Ok(names
            .into_iter()
            .filter(|name| layout::device(name, &self.coder).is_some())
            .map(|name| format!("{}/{name}", layout::CODING))
            .collect())
    }

    fn states(&self) -> Result<Vec<(String, Option<FileState>)>, Failure> {
        let state = |file: String| {
            let state = self.folder.disk.state(&self.folder.path(&file));
            state.map(|state| (file, state)).map_err(|error| {
                Failure::Io(msg!("store.read", file = layout::CODING), error.to_string())
            })
        };
        self.files()?.into_iter().map(state).collect()
    }

    fn find_highest(&mut self) -> Result<(), Failure> {
        self.seen = self.states()?;
        let mut highest = 0;
        for file in self.files()? {
            let bytes = self.folder.read(&file)?.unwrap_or_default();
            rows::read(&file, &bytes, &COLUMNS, is_whole, &mut Vec::new(), |line, _| {
                highest = highest.max(line.get(0).parse().unwrap_or(0));
            });
        }
        self.highest_seq = self.highest_seq.max(highest);
        Ok(())
    }
}

impl Opened {
    /// A file of a log as it was read.
    fn as_read(&self, log: &Log, file: &str) -> Option<AsRead> {
        let state = self.seen.state_of(file)?;
        let device = log.devices.iter().find(|it| it.file == file)?;
        Some(AsRead { state, bytes: Arc::clone(&device.bytes) })
    }
}

/// Whether a last row without LF is whole.
fn is_whole(line: &rows::Line) -> bool {
    rows::is_version(line.get(10))
}
