//! Bringing in what a coder hands over from another copy of the study: her logs and her seals, row by
//! row and byte for byte. Rows that are here already are left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::apart::History;
use super::begin::Writing;
use super::disk::Held;
use super::layout;
use super::load::Opened;
use super::seal_before::Scope;
use super::sealed::Sealed;
use super::together::{Change, Growing};
use crate::domain::event::Event;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::{Device, Log, LogRow};
use crate::domain::problem::{Place, Problem};
use crate::domain::seal::Seal;
use crate::format::handover::Handed;
use crate::format::unit_names::UnitNames;
use crate::format::{log, records, rows, seal_list};
use crate::msg;

/// A log as it was given.
#[derive(Debug, Clone, Copy)]
pub struct HandedLog<'a> {
    /// The file, as problems name it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Whose it is.
    pub coder: &'a CoderId,
    /// The device; empty for `coding/<coder>.csv`.
    pub device: &'a str,
}

/// What of it was not here yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// How many rows of each coder's logs, given or not.
    pub rows: BTreeMap<CoderId, u64>,
    /// The logs that brought any.
    pub logs: BTreeSet<String>,
    /// How many rows of seals.csv.
    pub seals: u64,
}

/// Lines to append, by file.
type Missing = BTreeMap<String, Vec<u8>>;

/// Seals that come in, each with the list of what it covers.
type Lists = Vec<(Seal, Vec<u8>)>;

/// The lists and the logs that rows come to, so that what is missing stays missing until it is written.
struct Handing(BTreeSet<String>);

impl Writing for Handing {
    type Locks = (Box<dyn Held>, Vec<(String, Box<dyn Held>)>);
    type Writer = (Box<dyn Held>, Growing);

    fn lock(&self, before: &Opened) -> Result<Self::Locks, Failure> {
        let lists = before.folder.lock_lists()?;
        let lock = |file: &String| Ok((file.clone(), before.folder.lock(&format!("{file}.lock"))?));
        Ok((lists, self.0.iter().map(lock).collect::<Result<_, Failure>>()?))
    }

    fn writer(
        self,
        (lists, logs): Self::Locks,
        _: &Opened,
        now: &Opened,
    ) -> Result<Self::Writer, Failure> {
        let mut held = Growing::new();
        for (file, lock) in logs {
            now.folder.grow_under(lock, &file, &mut held)?;
        }
        Ok((lists, held))
    }
}

impl Opened {
    /// What of logs, and of the seals of their coders, is not here yet. Without logs, the seals of all coders are taken.
    ///
    /// # Errors
    /// A row names what the study does not have, or a seal is not of these rows.
    pub fn would_hand_in(
        &self,
        logs: &[HandedLog<'_>],
        seals: Option<(&str, &[u8])>,
    ) -> Result<HandedIn, Failure> {
        self.missing(logs, seals).map(|(_, _, handed)| handed)
    }

    /// Brings that in, with the events that tell of it: all of it or nothing.
    ///
    /// # Errors
    /// Likewise, somebody else codes as this coder or changes the lists, or a file cannot be written.
    pub fn hand_in(
        &self,
        logs: &[HandedLog<'_>],
        seals: Option<(&str, &[u8])>,
        told: impl FnOnce(&HandedIn) -> Vec<Event>,
    ) -> Result<HandedIn, Failure> {
        let mut files: BTreeSet<String> =
            logs.iter().map(|given| layout::log(given.coder, given.device)).collect();
        files.extend(seals.map(|_| layout::SEALS.to_owned()));
        let ((_lists, held), now) = self.begin(Handing(files))?;
        let (missing, lists, handed) = now.missing(logs, seals)?;
        let mut replaced = Vec::new();
        for (seal, bytes) in &lists {
            replaced.extend(now.list_to_keep(seal, bytes)?.map(|file| (file, bytes.clone())));
        }
        let lines = missing.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
        let change = Change { replaced, lines, events: told(&handed), ..Change::default() };
        if change.is_empty() {
            return Ok(handed);
        }
        now.folder.change_with(change, held).map(|()| handed)
    }

    /// What is not here yet, after a look at whether it fits.
    fn missing(
        &self,
        logs: &[HandedLog<'_>],
        seals: Option<(&str, &[u8])>,
    ) -> Result<(Missing, Lists, HandedIn), Failure> {
        let mut problems = Vec::new();
        let mut missing = Missing::default();
        let mut handed = HandedIn { rows: BTreeMap::new(), logs: BTreeSet::new(), seals: 0 };
        for given in logs {
            let before = self.devices(given.coder, &missing)?;
            self.refuse_two_people(given, &before)?;
            let mut here: BTreeSet<&[u8]> =
                before.iter().flat_map(|device| lines(&device.bytes)).collect();
            let file = missing.entry(layout::log(given.coder, given.device)).or_default();
            let count = handed.rows.entry(given.coder.clone()).or_default();
            for row in Handed::Log.rows(given.name, given.bytes, &mut problems) {
                if here.insert(row) {
                    *count += 1;
                    handed.logs.insert(given.name.to_owned());
                    file.extend([row, b"\n"].concat());
                }
            }
            self.check(given, &mut problems);
        }
        let mut taken = Vec::new();
        if let Some((name, bytes)) = seals {
            let lines = self.missing_seals(logs, name, bytes, &mut taken, &mut problems)?;
            handed.seals = taken.len() as u64;
            missing.insert(layout::SEALS.to_owned(), lines);
        }
        let mut lists = Vec::new();
        if problems.is_empty() {
            lists = self.try_out(logs, &missing, taken, &mut problems)?;
        }
        if problems.is_empty() {
            Ok((missing, lists, handed))
        } else {
            Err(Failure::Invalid(problems))
        }
    }

    /// Refuses a log where it and that of the same device that is here went on from one point, each by itself, and
    /// contradict one another: two people stand under one id.
    fn refuse_two_people(&self, given: &HandedLog<'_>, here: &[Device]) -> Result<(), Failure> {
        let Some(here) = here.iter().find(|it| it.name == given.device) else { return Ok(()) };
        let units = UnitNames::new(self.study.unit_names());
        let mut reader = self.log_reader(&units);
        let known = History::read(&mut reader, &here.bytes);
        let coming = History::read(&mut reader, given.bytes);
        let contradictions = known.contradictions(&coming, &self.study);
        if contradictions.is_empty() {
            return Ok(());
        }
        let (coder, n) = (given.coder, contradictions.len());
        Err(Failure::Refused(
            msg!(
                "handover.two_people",
                file = given.name,
                coder = coder,
                n = n,
                units = contradictions.join(", ")
            ),
            msg!("handover.two_people.fix", coder = coder),
        ))
    }

    /// The rows of given seals that are not here yet: those of the coders whose logs are given, or of
    /// all coders.
    fn missing_seals(
        &self,
        logs: &[HandedLog<'_>],
        name: &str,
        bytes: &[u8],
        taken: &mut Vec<Seal>,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<u8>, Failure> {
        let is_asked = |seal: &Seal| {
            let given = || logs.iter().any(|log| *log.coder == seal.coder);
            if logs.is_empty() { self.study.coder(&seal.coder).is_some() } else { given() }
        };
        let bytes_here = self.folder.read(layout::SEALS)?.unwrap_or_default();
        let here: BTreeSet<&[u8]> = lines(&bytes_here).collect();
        let mut missing = Vec::new();
        for row in Handed::Seals.rows(name, bytes, problems) {
            let one = [&rows::write(&records::SEALS), row, b"\n"].concat();
            let (read, _) = records::read_seals(name, &one, problems);
            if !here.contains(row) && read.iter().any(is_asked) {
                missing.extend([row, b"\n"].concat());
                taken.extend(read);
            }
        }
        Ok(missing)
    }

    /// The files of a coder's log with the lines that come to them.
    fn devices(&self, coder: &CoderId, missing: &Missing) -> Result<Vec<Device>, Failure> {
        let mut devices = Vec::new();
        for name in self.folder.list(layout::CODING)? {
            let Some(device) = layout::device(&name, coder) else { continue };
            let file = format!("{}/{name}", layout::CODING);
            let bytes = self.folder.read(&file)?.unwrap_or_default();
            devices.push(Device { name: device.to_owned(), file, bytes: Arc::new(bytes) });
        }
        for (file, lines) in missing {
            let name = file.strip_prefix(layout::CODING).and_then(|name| name.strip_prefix('/'));
            let Some(device) = name.and_then(|name| layout::device(name, coder)) else { continue };
            let at = match devices.iter().position(|it| it.file == *file) {
                Some(at) => at,
                None => {
                    let (name, bytes) = (device.to_owned(), Arc::new(rows::write(&log::COLUMNS)));
                    devices.push(Device { name, file: file.clone(), bytes });
                    devices.len() - 1
                }
            };
            if let Some(device) = devices.get_mut(at) {
                let bytes = Arc::make_mut(&mut device.bytes);
                if bytes.last().is_some_and(|byte| *byte != b'\n') {
                    bytes.push(b'\n');
                }
                bytes.extend(lines);
            }
        }
        Ok(devices)
    }

    /// Names the rows of a given log that do not fit this study.
    fn check(&self, given: &HandedLog<'_>, problems: &mut Vec<Problem>) {
        let mut found = Vec::new();
        let units = UnitNames::new(self.study.unit_names());
        self.log_reader(&units).read(given.name, given.bytes, &mut found);
        problems.extend(found.into_iter().map(|problem| {
            let fix = match problem.what.key {
                "log.codebook" => msg!("handover.codebook.fix"),
                _ => msg!("handover.fit.fix"),
            };
            Problem { fix, ..problem }
        }));
    }

    fn log_reader<'a>(&'a self, units: &'a UnitNames) -> log::Reader<'a> {
        let study = &self.study;
        log::Reader::new(
            &study.vocabulary,
            &study.rounds,
            units,
            study.versions.iter().map(|version| (version.id.as_str(), &version.codebook)),
        )
    }

    /// Puts everything together in memory and looks whether every seal is still one of its rows. Returns what the seals that
    /// come in cover.
    fn try_out(
        &self,
        logs: &[HandedLog<'_>],
        missing: &Missing,
        seals: Vec<Seal>,
        problems: &mut Vec<Problem>,
    ) -> Result<Lists, Failure> {
        let of_logs = logs.iter().map(|log| log.coder.clone());
        let coders: BTreeSet<CoderId> =
            of_logs.chain(seals.iter().map(|seal| seal.coder.clone())).collect();
        let mut trial = Self {
            folder: self.folder.clone(),
            study: self.study.clone(),
            settlements: Vec::new(),
            seals: self.seals.iter().cloned().chain(seals).collect(),
            events: Vec::new(),
            notes: Vec::new(),
            lost_assignments: Vec::new(),
            logs: BTreeMap::new(),
            log_problems: BTreeMap::new(),
            gone: Vec::new(),
            for_one: false,
            seen: self.seen.clone(),
            sealed: Sealed::default(),
        };
        for coder in &coders {
            trial.logs.insert(coder.clone(), self.together(coder, missing)?);
        }
        let lists = trial.lists_of(self.seals.len());
        for coder in coders {
            let before = self.seal_state(&coder).broken.len();
            if trial.seal_state(&coder).broken.len() > before {
                let given = logs.iter().find(|log| *log.coder == coder);
                problems.push(Problem::new(
                    Place::file(given.map_or(layout::SEALS, |log| log.name)),
                    msg!("handover.seal", coder = coder),
                    msg!("handover.seal.fix", coder = coder),
                ));
            }
        }
        Ok(lists)
    }

    /// Gives the seals from one of them on, which came without their lists, what they cover, and returns the lists. Seals of
    /// before have none.
    fn lists_of(&mut self, from: usize) -> Lists {
        let units = UnitNames::new(self.study.unit_names());
        let mut lists = Vec::new();
        for at in from..self.seals.len() {
            let seal = self.seals[at].clone();
            if let Some(bytes) = self.list_of(&seal).filter(|_| seal.seq.is_some()) {
                self.seals[at].covers = seal_list::read(&bytes, &seal.units_sha256, &units);
                lists.push((seal, bytes));
            }
        }
        lists
    }

    /// The list of a seal from the rows that give its hash and the units that give its other; `None` where these are not
    /// here.
    fn list_of(&self, seal: &Seal) -> Option<Vec<u8>> {
        let (log, round) = (self.logs.get(&seal.coder)?, self.study.round(seal.round.as_str())?);
        let (hash, units) = self.units_of_cases(&seal.scope);
        let inside =
            |row: &LogRow| row.round == round && seal.scope.contains(self.study.case_of(row.unit));
        let scope = Scope::new(log, seal, inside);
        let was_there = scope.search().filter(|_| hash == seal.units_sha256)?;
        let rows: Vec<&LogRow> = scope.rows.iter().copied().filter(|row| was_there(row)).collect();
        Some(self.list(&units, log, &rows))
    }

    /// A coder's log as it will be.
    fn together(&self, coder: &CoderId, missing: &Missing) -> Result<Log, Failure> {
        let mut log = Log::empty(coder.clone());
        log.devices = self.devices(coder, missing)?;
        let units = UnitNames::new(self.study.unit_names());
        let mut reader = self.log_reader(&units);
        for (number, device) in (0_u16..).zip(&log.devices) {
            let found = reader.read(&device.file, &device.bytes, &mut Vec::new());
            log.rows.extend(found.rows.into_iter().map(|row| LogRow { device: number, ..row }));
        }
        log.arrange();
        Ok(log)
    }
}

/// The lines of a file, without their ends.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = bytes.split(|byte| *byte == b'\n');
    lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line)).filter(|line| !line.is_empty())
}
