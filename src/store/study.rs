//! Changes to a study's lists: making it, importing and removing transcripts, coders, rounds, units.

use std::collections::BTreeSet;

use super::begin::{Everything, Locks};
use super::disk::Held;
use super::folder::Folder;
use super::layout;
use super::load::{Opened, load};
use super::records::EventWriter;
use super::together::Change;
use crate::domain::case::Case;
use crate::domain::event::{Event, Purpose, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, RoundId, TranscriptId};
use crate::domain::participant::Participant;
use crate::domain::study::{Settings, Study};
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::format::codebook::{sha256, text_sha256, version};
use crate::format::{people, settings, transcript, units};
use crate::msg;

/// What a new study starts with.
#[derive(Debug)]
pub struct NewStudy {
    /// themata.yaml.
    pub settings: Settings,
    /// codebook.yaml, byte for byte.
    pub codebook: Vec<u8>,
    /// README.md, for people who find the folder.
    pub readme: String,
}

/// One transcript to be brought in.
#[derive(Debug)]
pub struct Imported {
    /// The transcript; its hashes are taken here.
    pub transcript: Transcript,
    /// The file as it was.
    pub original: Vec<u8>,
    /// Its extension, without a dot.
    pub extension: String,
}

/// What git must not join or change, and what never leaves the team's computers.
const GITATTRIBUTES: &str = "* -text\ncoding/*.csv merge=union\nmemos/*.csv merge=union\nproposals/*.csv merge=union\nseals.csv merge=union\nconsensus.csv merge=union\nevents.csv merge=union\nmoves.csv merge=union\n";
const GITIGNORE: &str = "originals/\nreports/\n*.lock\n*.torn-*\n.*.new\nthemata.pending\n";

impl Folder {
    /// Makes a new study in this folder.
    ///
    /// # Errors
    /// It already holds a study, or something else under a name that a study needs (refused), or cannot
    /// be written.
    pub fn create(&self, new: &NewStudy) -> Result<(), Failure> {
        let files = [
            (layout::CODEBOOK, new.codebook.clone()),
            (layout::CASES, people::write_cases(&[], &[])),
            (layout::PARTICIPANTS, people::write_participants(&[], &[])),
            (layout::TRANSCRIPTS, people::write_transcripts(&[], &[])),
            // Last, because it is what makes the folder a study.
            (layout::SETTINGS, settings::write(&new.settings)),
        ];
        for (file, bytes) in &files {
            // A study that was being made when the power failed is made again.
            let other = self.read(file)?.is_some_and(|there| there != *bytes);
            if other || (*file == layout::SETTINGS && self.read(file)?.is_some()) {
                return Err(Failure::Refused(msg!("init.exists"), msg!("init.exists.fix")));
            }
        }
        for folder in ["", layout::TEXTS, layout::UNITS, layout::CODING] {
            self.disk.make_folder(&self.path(folder)).map_err(|error| {
                Failure::Io(msg!("store.replace", file = folder), error.to_string())
            })?;
        }
        for (file, text) in [
            ("README.md", new.readme.as_str()),
            (".gitattributes", GITATTRIBUTES),
            (".gitignore", GITIGNORE),
        ] {
            if self.read(file)?.is_none() {
                self.replace(file, text.as_bytes())?;
            }
        }
        files.iter().try_for_each(|(file, bytes)| self.replace(file, bytes))?;
        // The name of the study's own folder, where the system lets us.
        let synced = self.root().parent().map_or(Ok(()), |above| self.disk.sync_folder(above));
        match synced {
            Err(error) if error.kind() != std::io::ErrorKind::PermissionDenied => {
                Err(Failure::Io(msg!("store.replace", file = layout::SETTINGS), error.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// Writes files as they are into this folder, each only if it is not there.
    ///
    /// # Errors
    /// One of them is there (refused), or cannot be written.
    pub fn unpack(&self, files: &[(&str, &[u8])]) -> Result<(), Failure> {
        for (file, _) in files {
            if self.read(file)?.is_some() {
                return Err(Failure::Refused(
                    msg!("store.exists", file = file),
                    msg!("demo.exists.fix"),
                ));
            }
        }
        files.iter().try_for_each(|(file, bytes)| self.replace(file, bytes))
    }
}

impl Opened {
    /// Keeps the codebook in force among the versions, before anything is coded with it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn keep_version(&self) -> Result<(), Failure> {
        let id = &self.study.version_in_force().id;
        let file = layout::version(id);
        if self.folder.read(&file)?.is_none() {
            let bytes = self.folder.read(layout::CODEBOOK)?.unwrap_or_default();
            if version(&bytes) != *id {
                let what = msg!("store.codebook_changed");
                return Err(Failure::Refused(what, msg!("store.codebook_changed.fix")));
            }
            return self.folder.replace(&file, &bytes);
        }
        // One of our programs may have been killed before it could wait for the name.
        self.folder
            .sync_names(&self.folder.path(&file))
            .map_err(|error| Failure::Io(msg!("store.replace", file = file), error.to_string()))
    }

    /// Brings transcripts in, with the cases and participants that they add, all or nothing. Originals, which nobody reads before
    /// their transcript is listed, go first, and go again where the rest cannot be written.
    ///
    /// # Errors
    /// Something cannot be written; then the study is as it was.
    pub fn import(
        &self,
        imported: Vec<Imported>,
        cases: &[Case],
        participants: &[Participant],
    ) -> Result<(), Failure> {
        let _lock = self.lock_unchanged()?;
        let study = &self.study;
        let mut transcripts = study.transcripts.clone();
        let (mut originals, mut files) = (Vec::new(), Vec::new());
        for one in imported {
            let id = &one.transcript.id;
            let text = transcript::write(&one.transcript.paragraphs);
            let text_sha256 = text_sha256(&text);
            files.push((layout::text(id), text));
            originals.push((layout::original(id, &one.extension), one.original));
            transcripts.push(Transcript {
                source_sha256: originals.last().map(|(_, it)| sha256(it)).unwrap_or_default(),
                text_sha256,
                ..one.transcript
            });
        }
        transcripts.extend(study.moved.replaced.iter().cloned());
        files.extend([
            (layout::CASES.to_owned(), people::write_cases(cases, &study.case_attributes)),
            (
                layout::PARTICIPANTS.to_owned(),
                people::write_participants(participants, &study.participant_attributes),
            ),
            (
                layout::TRANSCRIPTS.to_owned(),
                people::write_transcripts(&transcripts, &study.transcript_attributes),
            ),
        ]);
        self.folder.change_together(Change {
            first: originals,
            replaced: files,
            ..Change::default()
        })
    }

    /// Replaces themata.yaml.
    ///
    /// # Errors
    /// It cannot be written; then the old one is untouched.
    pub fn write_settings(&self, new: &Settings) -> Result<(), Failure> {
        let _lock = self.lock_unchanged()?;
        self.folder.replace(layout::SETTINGS, &settings::write(new))
    }

    /// The transcripts whose units carry decisions of any coder, in any round.
    #[must_use]
    pub fn coded_transcripts(&self) -> BTreeSet<TranscriptId> {
        let rows = self.logs.values().flat_map(|log| &log.rows);
        let mut seen = BTreeSet::new();
        for row in rows {
            let id = &self.study.transcript_of(row.unit).id;
            if !seen.contains(id) {
                seen.insert(id.clone());
            }
        }
        seen
    }

    /// Takes the lock on the lists, if they are still what was read: a change by another program would
    /// be undone by ours.
    pub(super) fn lock_unchanged(&self) -> Result<Box<dyn Held>, Failure> {
        let lock = self.folder.lock_lists()?;
        self.has_lists_of(&load(&self.folder)?).map(|()| lock)
    }

    /// Refuses to go on where the lists have changed: who changes them would undo what another did.
    pub(super) fn has_lists_of(&self, now: &Self) -> Result<(), Failure> {
        let texts = |study: &Study| -> Vec<(TranscriptId, String)> {
            study.transcripts.iter().map(|it| (it.id.clone(), it.text_sha256.clone())).collect()
        };
        let rows = |study: &Study| study.assignments.as_ref().map(|it| it.rows.clone());
        let (then, is) = (&self.study, &now.study);
        if then.settings == is.settings
            && then.cases == is.cases
            && then.participants == is.participants
            && rows(then) == rows(is)
            && texts(then) == texts(is)
        {
            return Ok(());
        }
        Err(Failure::Refused(msg!("store.lists_changed"), msg!("store.lists_changed.fix")))
    }

    /// The locks of the logs of a coder, or of all: of those that are there, and of those that a session has locked
    /// and not written yet.
    pub(super) fn log_locks(&self, coder: Option<&CoderId>) -> Result<BTreeSet<String>, Failure> {
        let all = self.study.settings.coders.iter().map(|it| &it.id);
        let asked: Vec<&CoderId> = all.filter(|id| coder.is_none_or(|it| it == *id)).collect();
        let mut logs: BTreeSet<String> = asked.iter().map(|id| layout::log(id, "")).collect();
        for name in self.folder.list(layout::CODING)? {
            let log = name.strip_suffix(".lock").unwrap_or(&name);
            if asked.iter().any(|id| layout::device(log, id).is_some()) {
                logs.insert(format!("{}/{log}", layout::CODING));
            }
        }
        Ok(logs.into_iter().map(|log| format!("{log}.lock")).collect())
    }

    /// Takes the lock on the lists, and on every log, if nobody has decided on these transcripts.
    fn lock_uncoded(&self, ids: &[TranscriptId]) -> Result<Locks, Failure> {
        let (locks, now) = self.begin(Everything)?;
        now.refuse_coded(ids).map(|()| locks)
    }

    pub(super) fn refuse_coded(&self, ids: &[TranscriptId]) -> Result<(), Failure> {
        if !self.log_problems.is_empty() {
            return Err(Failure::Invalid(self.log_problems.values().flatten().cloned().collect()));
        }
        let coded = self.coded_transcripts();
        let hit: Vec<&str> =
            ids.iter().filter(|id| coded.contains(*id)).map(TranscriptId::as_str).collect();
        if hit.is_empty() {
            return Ok(());
        }
        Err(Failure::Refused(
            msg!("units.coded", transcripts = hit.join(", ")),
            msg!("units.coded.fix"),
        ))
    }

    /// Replaces the units of some transcripts.
    ///
    /// # Errors
    /// Units of one of them carry decisions or are locked (refused), or a file cannot be written.
    pub fn write_units(&self, units: &[(TranscriptId, Vec<Unit>)]) -> Result<(), Failure> {
        let ids: Vec<TranscriptId> = units.iter().map(|(id, _)| id.clone()).collect();
        let (_locks, now) = self.begin(Everything)?;
        now.may_cut(&ids, None)?;
        let mut replaced = Vec::new();
        for (id, list) in units {
            if let Some(transcript) = self.study.transcript(id) {
                replaced.push((layout::units(id), units::write_units(list, transcript)));
            }
        }
        self.folder.change_together(Change { replaced, ..Change::default() })
    }

    /// Takes a transcript out of the study, with its units; its original goes too, and so do the case
    /// and the participants that no other transcript has.
    ///
    /// # Errors
    /// Its units carry decisions (refused), or a file cannot be written.
    pub fn remove(&self, id: &TranscriptId) -> Result<(), Failure> {
        let study = &self.study;
        let gone = study.known_transcript(id)?;
        let _lock = self.lock_uncoded(std::slice::from_ref(id))?;
        let rest: Vec<Transcript> =
            study.transcripts.iter().filter(|it| it.id != *id).cloned().collect();
        let listed: Vec<Transcript> = rest.iter().chain(&study.moved.replaced).cloned().collect();
        let list = people::write_transcripts(&listed, &study.transcript_attributes);
        let gone_too = rest.iter().all(|it| it.case != gone.case).then(|| gone.case.clone());
        let what = What::Remove { transcript: id.clone(), case: gone_too };
        let spoken: BTreeSet<_> = rest
            .iter()
            .flat_map(|it| &it.paragraphs)
            .filter_map(|it| it.speaker.as_ref())
            .collect();
        let here: BTreeSet<_> =
            gone.paragraphs.iter().filter_map(|it| it.speaker.as_ref()).collect();
        let people: Vec<Participant> = study
            .participants
            .iter()
            .filter(|person| !here.contains(&person.id) || spoken.contains(&person.id))
            .cloned()
            .collect();
        let kept = |case: &&Case| case.id != gone.case || rest.iter().any(|it| it.case == case.id);
        let cases: Vec<Case> = study.cases.iter().filter(kept).cloned().collect();
        let files = self.files_of(id)?;
        self.folder.may_change(&files)?;
        let event = Event::new(self.folder.now(), Vec::new(), what, "");
        let replaced = vec![
            (layout::CASES.to_owned(), people::write_cases(&cases, &study.case_attributes)),
            (
                layout::PARTICIPANTS.to_owned(),
                people::write_participants(&people, &study.participant_attributes),
            ),
            (layout::TRANSCRIPTS.to_owned(), list),
        ];
        let events = vec![event];
        self.folder.change_together(Change {
            replaced,
            events,
            removed: files,
            ..Change::default()
        })
    }

    /// Every file that is of one transcript alone and is there.
    fn files_of(&self, id: &TranscriptId) -> Result<Vec<String>, Failure> {
        let coders = &self.study.settings.coders;
        let mut files = vec![layout::units(id), layout::text(id)];
        files.extend(coders.iter().map(|it| layout::own_units(&it.id, id)));
        files.extend(coders.iter().map(|it| layout::own_salt(&it.id, id)));
        let prefix = format!("{id}.");
        let originals = self.folder.list(layout::ORIGINALS)?;
        let originals = originals.iter().filter(|it| it.starts_with(&prefix));
        files.extend(originals.map(|it| format!("{}/{it}", layout::ORIGINALS)));
        let mut there = Vec::new();
        for file in files {
            if self.folder.read(&file)?.is_some() {
                there.push(file);
            }
        }
        Ok(there)
    }

    /// Begins a further round.
    ///
    /// # Errors
    /// There is one of that name (refused), or it cannot be recorded.
    pub fn new_round(&self, round: &RoundId, purpose: Purpose) -> Result<(), Failure> {
        let same = |it: &RoundId| it.as_str().eq_ignore_ascii_case(round.as_str());
        if self.study.rounds.iter().any(same) {
            return Err(Failure::Refused(
                msg!("round.exists", round = round),
                msg!("round.exists.fix"),
            ));
        }
        let what = What::Round { round: round.clone(), purpose };
        let event = Event::new(self.folder.now(), Vec::new(), what, "");
        // What another program had begun is finished first, as by whoever else changes the lists.
        let _lists = self.folder.lock_lists()?;
        EventWriter::open(&self.folder)?.append(event)
    }
}
