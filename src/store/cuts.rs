//! Cuts by hand: the study's units before anything is coded, and each unitiser's own in `units/<coder>/<transcript>.csv`.
//!
//! Own cuts are kept apart. A unitiser declares hers done; from then on they are frozen, and when all who cut a
//! transcript have done so, they may be compared and settled. Until then no command shows one the other's.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use super::begin::{Everything, Locks, Writing};
use super::disk::FileState;
use super::folder::Folder;
use super::gate::Unblind;
use super::layout;
use super::load::Opened;
use super::records::EventWriter;
use crate::domain::digest::Digest;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::problem::{Place, Problem};
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::format::codebook::text_digest;
use crate::format::units;
use crate::msg;

/// Who cut a transcript herself, and whether she has declared her cuts done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unitiser {
    /// Who.
    pub coder: CoderId,
    /// Whether her cuts are done.
    pub done: bool,
}

/// Own cuts that may be seen, transcript by transcript, and who is still at work on others.
#[derive(Debug, Clone, Default)]
pub struct OpenCuts {
    /// By transcript, the cuts of each coder, in the order of themata.yaml.
    pub open: BTreeMap<TranscriptId, Vec<(CoderId, Vec<Unit>)>>,
    /// By transcript, who has not declared her cuts done.
    pub waiting: BTreeMap<TranscriptId, Vec<CoderId>>,
}

impl OpenCuts {
    /// `CoP-31 (c2); CoP-36 (c1, c2)`: who is waited for.
    #[must_use]
    pub fn told(&self) -> String {
        let told = |(id, coders): (&TranscriptId, &Vec<CoderId>)| {
            let coders: Vec<&str> = coders.iter().map(CoderId::as_str).collect();
            format!("{id} ({})", coders.join(", "))
        };
        self.waiting.iter().map(told).collect::<Vec<_>>().join("; ")
    }
}

/// Writes units that are cut by hand; nobody else cuts them, or codes, meanwhile.
pub struct CutsWriter {
    folder: Folder,
    coder: Option<CoderId>,
    /// The files that it may write, each as it was found or left.
    written: BTreeMap<String, Option<FileState>>,
    locks: Locks,
}

/// Whose units are to be cut: a coder's own, or the study's, while nobody codes.
#[derive(Debug, Clone)]
pub struct Cutting(pub Option<CoderId>);

impl Cutting {
    /// What somebody else has who cuts the same, or who codes while the study's units are to be cut, and for how many
    /// minutes; `None` where nobody is, or the system does not tell since when.
    ///
    /// # Errors
    /// There is no such coder, or the state of a lock cannot be told.
    pub fn held_by_another(&self, before: &Opened) -> Result<Option<(String, u64)>, Failure> {
        let folder = &before.folder;
        let mut locks: Vec<(String, String)> = Vec::new();
        match &self.0 {
            Some(coder) => {
                before.coder(coder)?;
                locks.push((layout::own_cuts_lock(coder), format!("{}/{coder}/", layout::UNITS)));
            }
            None => {
                locks.push((layout::LOCK.to_owned(), format!("{}/", layout::UNITS)));
                let log = |lock: String| (lock.clone(), lock.trim_end_matches(".lock").to_owned());
                locks.extend(before.log_locks(None)?.into_iter().map(log));
            }
        }
        for (lock, what) in locks {
            if let Some(minutes) = folder.held_by_another(folder.lock(&lock), &lock)? {
                return Ok(Some((what, minutes)));
            }
        }
        Ok(None)
    }
}

impl Writing for Cutting {
    type Locks = Locks;
    type Writer = CutsWriter;

    fn lock(&self, before: &Opened) -> Result<Locks, Failure> {
        let Some(coder) = &self.0 else { return Everything.lock(before) };
        before.coder(coder)?;
        Ok(vec![before.folder.lock(&layout::own_cuts_lock(coder))?])
    }

    fn writer(self, locks: Locks, before: &Opened, now: &Opened) -> Result<CutsWriter, Failure> {
        let locks = match &self.0 {
            Some(_) => locks,
            None => Everything.writer(locks, before, now)?,
        };
        let (folder, coder) = (now.folder.clone(), self.0);
        let mut writer = CutsWriter { folder, coder, written: BTreeMap::new(), locks };
        for transcript in &now.study.transcripts {
            writer.note(writer.file(&transcript.id))?;
        }
        Ok(writer)
    }
}

impl CutsWriter {
    /// Replaces the units of a transcript; when this returns, they are on the disk.
    ///
    /// # Errors
    /// They cannot be written; then the old ones are untouched.
    pub fn write(&mut self, transcript: &Transcript, list: &[Unit]) -> Result<(), Failure> {
        let file = self.file(&transcript.id);
        self.folder.replace(&file, &units::write_units(list, transcript))?;
        self.note(file)
    }

    /// Whether the locks still keep others out, and the study is what was read but for what was written here.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn is_still_so(&self, opened: &Opened) -> Result<bool, Failure> {
        for lock in &self.locks {
            let in_place = lock.is_in_place();
            let failed = |error: std::io::Error| {
                Failure::Io(msg!("store.read", file = layout::LOCK), error.to_string())
            };
            if !in_place.map_err(failed)? {
                return Ok(false);
            }
        }
        // What a meeting decides goes to the events; their lock keeps others out.
        let asked = |file: &str| file != layout::EVENTS;
        opened.seen.is_current(&self.folder, asked, &self.written)
    }

    fn file(&self, transcript: &TranscriptId) -> String {
        match &self.coder {
            Some(coder) => layout::own_units(coder, transcript),
            None => layout::units(transcript),
        }
    }

    fn note(&mut self, file: String) -> Result<(), Failure> {
        let state = self.folder.state(&file)?;
        self.written.insert(file, state);
        Ok(())
    }
}

impl Opened {
    /// A coder's own cuts of a transcript; `None` if she made none.
    ///
    /// Others see them only through [`Opened::open_cuts`].
    ///
    /// # Errors
    /// The file cannot be read, or is invalid.
    pub fn own_cuts(
        &self,
        coder: &CoderId,
        transcript: &Transcript,
    ) -> Result<Option<Vec<Unit>>, Failure> {
        let file = layout::own_units(coder, &transcript.id);
        let Some(bytes) = self.folder.read(&file)? else { return Ok(None) };
        let mut problems = Vec::new();
        let cuts = units::read(&file, &bytes, transcript, &mut problems);
        if problems.is_empty() { Ok(Some(cuts)) } else { Err(Failure::Invalid(problems)) }
    }

    /// The study's units of a transcript, in order of place.
    #[must_use]
    pub fn units_of(&self, transcript: &TranscriptId) -> Vec<Unit> {
        self.study.units_in(transcript).map(|(_, unit)| unit).cloned().collect()
    }

    /// Whether the units of a transcript may be cut anew, by the team or by a coder for herself.
    ///
    /// # Errors
    /// They carry decisions, are locked, or were declared done (refused).
    pub fn may_cut(&self, ids: &[TranscriptId], coder: Option<&CoderId>) -> Result<(), Failure> {
        let named = |hit: Vec<&TranscriptId>| {
            hit.into_iter().map(TranscriptId::as_str).collect::<Vec<_>>().join(", ")
        };
        let locked: Vec<&TranscriptId> = ids.iter().filter(|id| self.is_locked(id)).collect();
        if !locked.is_empty() {
            return Err(Failure::Refused(
                msg!("units.locked", transcripts = named(locked)),
                msg!("units.locked.fix"),
            ));
        }
        let Some(coder) = coder else { return self.refuse_coded(ids) };
        let done: Vec<&TranscriptId> =
            ids.iter().filter(|id| self.done_with(coder, id).is_some()).collect();
        if done.is_empty() {
            return Ok(());
        }
        Err(Failure::Refused(
            msg!("cuts.done_already", coder = coder, transcripts = named(done)),
            msg!("cuts.done_already.fix", coder = coder),
        ))
    }

    /// The hash under which a coder declared her cuts of a transcript done, if she has.
    fn done_with(&self, coder: &CoderId, id: &TranscriptId) -> Option<&Digest> {
        let mut done = None;
        for event in self.events.iter().filter(|it| it.is_by(coder)) {
            match &event.what {
                What::CutsDone { transcript, cuts } if transcript == id => done = Some(cuts),
                What::CutsReopened { transcript } if transcript == id => done = None,
                _ => {}
            }
        }
        done
    }

    /// Replaces the units of some transcripts: the study's, or a coder's own.
    ///
    /// # Errors
    /// They may not be cut anew (refused), or a file cannot be written.
    pub fn write_cuts(
        &self,
        coder: Option<&CoderId>,
        units: &[(TranscriptId, Vec<Unit>)],
    ) -> Result<(), Failure> {
        if coder.is_none() {
            return self.write_units(units);
        }
        let (mut writer, now) = self.begin(Cutting(coder.cloned()))?;
        let ids: Vec<TranscriptId> = units.iter().map(|(id, _)| id.clone()).collect();
        now.may_cut(&ids, coder)?;
        for (id, list) in units {
            if let Some(transcript) = self.study.transcript(id) {
                writer.write(transcript, list)?;
            }
        }
        Ok(())
    }

    /// Who cut a transcript herself, in the order of themata.yaml.
    ///
    /// # Errors
    /// The folder cannot be read, or cuts are no longer what was declared done.
    pub fn unitisers(&self, transcript: &Transcript) -> Result<Vec<Unitiser>, Failure> {
        let mut all = Vec::new();
        for coder in &self.study.settings.coders {
            let file = layout::own_units(&coder.id, &transcript.id);
            let Some(bytes) = self.folder.read(&file)? else { continue };
            let hash = self.done_with(&coder.id, &transcript.id);
            let salt = self.folder.read(&layout::own_salt(&coder.id, &transcript.id))?;
            let is_of = |hash: &Digest| {
                *hash == text_digest(&bytes)
                    || salt.as_ref().is_some_and(|salt| *hash == committed(salt, &bytes))
            };
            if hash.is_some_and(|hash| !is_of(hash)) {
                return Err(Failure::invalid(Problem::new(
                    Place::file(file),
                    msg!("cuts.changed"),
                    msg!("cuts.changed.fix", coder = coder.id),
                )));
            }
            all.push(Unitiser { coder: coder.id.clone(), done: hash.is_some() });
        }
        Ok(all)
    }

    /// The own cuts that may be seen: of transcripts that two or more cut, all of whom are done; all of them where
    /// somebody looks early, which is noted until something is shown.
    ///
    /// # Errors
    /// A file is invalid.
    pub fn open_cuts(&self, unblind: Option<&Unblind>) -> Result<OpenCuts, Failure> {
        let mut found = OpenCuts::default();
        for transcript in &self.study.transcripts {
            let unitisers = self.unitisers(transcript)?;
            let late: Vec<CoderId> =
                unitisers.iter().filter(|it| !it.done).map(|it| it.coder.clone()).collect();
            let alone = unitisers.len() < 2;
            if !late.is_empty() && self.is_blind() {
                found.waiting.insert(transcript.id.clone(), late);
                if unblind.is_none() {
                    continue;
                }
            } else if alone && self.is_blind() && unblind.is_none() {
                continue;
            }
            let mut cuts = Vec::new();
            for unitiser in unitisers {
                if let Some(own) = self.own_cuts(&unitiser.coder, transcript)? {
                    cuts.push((unitiser.coder, own));
                }
            }
            if !cuts.is_empty() {
                found.open.insert(transcript.id.clone(), cuts);
            }
        }
        if let (Some(unblind), false) = (unblind, found.waiting.is_empty()) {
            let what = What::UnblindCuts { transcripts: found.waiting.keys().cloned().collect() };
            let who = unblind.who.iter().cloned().collect();
            self.folder.looks.note(Event::new(self.folder.now(), who, what, &unblind.reason));
            found.waiting.clear();
        }
        Ok(found)
    }

    /// Declares a coder's cuts of some transcripts done, or takes that back while nobody may have seen them. Returns the
    /// transcripts; all that she cut where none are named.
    ///
    /// # Errors
    /// No such coder, nothing of hers to declare, cuts that others may have seen, or it cannot be recorded.
    pub fn declare_cuts(
        &self,
        coder: &CoderId,
        named: &[TranscriptId],
        take_back: Option<&str>,
    ) -> Result<Vec<TranscriptId>, Failure> {
        self.coder(coder)?;
        let mut events = Vec::new();
        let mut about = Vec::new();
        for transcript in &self.study.transcripts {
            let id = &transcript.id;
            let is_named = named.is_empty() || named.contains(id);
            let done = self.done_with(coder, id);
            let file = layout::own_units(coder, id);
            let Some(bytes) = self.folder.read(&file)?.filter(|_| is_named) else { continue };
            if done.is_some() != take_back.is_some() {
                continue;
            }
            // What is declared done is sound.
            self.own_cuts(coder, transcript)?;
            let unitisers = self.unitisers(transcript)?;
            if take_back.is_some() && unitisers.len() > 1 && unitisers.iter().all(|it| it.done) {
                return Err(Failure::Refused(
                    msg!("cuts.seen", transcript = id),
                    msg!("cuts.seen.fix"),
                ));
            }
            about.push(id.clone());
            let what = match take_back {
                Some(_) => What::CutsReopened { transcript: id.clone() },
                None => {
                    let salt = self.salt(coder, id)?;
                    What::CutsDone { transcript: id.clone(), cuts: committed(&salt, &bytes) }
                }
            };
            let (at, who) = (self.folder.now(), vec![coder.clone()]);
            events.push(Event::new(at, who, what, take_back.unwrap_or_default()));
        }
        if events.is_empty() {
            return Err(Failure::Refused(
                msg!("cuts.nothing", coder = coder),
                msg!("cuts.nothing.fix", coder = coder),
            ));
        }
        EventWriter::open(&self.folder)?.append_all(events)?;
        Ok(about)
    }

    /// What a coder's hashes of her own cuts are taken with: hers alone, made when it is first needed.
    fn salt(&self, coder: &CoderId, transcript: &TranscriptId) -> Result<Vec<u8>, Failure> {
        let file = layout::own_salt(coder, transcript);
        if let Some(salt) = self.folder.read(&file)? {
            return Ok(salt);
        }
        let part = || RandomState::new().build_hasher().finish();
        let salt = format!("{:016x}{:016x}\n", part(), part()).into_bytes();
        self.folder.replace(&file, &salt)?;
        Ok(salt)
    }
}

/// A hash of cuts that says nothing of them to whoever does not have its salt: another who tries what she guesses cannot
/// tell whether she is right.
fn committed(salt: &[u8], bytes: &[u8]) -> Digest {
    text_digest(&[salt, text_digest(bytes).as_str().as_bytes()].concat())
}
