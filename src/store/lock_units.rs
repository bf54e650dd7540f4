//! Locking: units are fixed before they are coded, transcript by transcript, and their hash is recorded.

use super::load::Opened;
use super::records::EventWriter;
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::locator::Locator;
use crate::domain::problem::{Place, Problem};
use crate::domain::record::Event;
use crate::format::codebook::sha256;
use crate::msg;
use crate::store::layout;

/// The event of units that are fixed; `about` is the transcript and the hash of its units.
const LOCK: &str = "lock";

/// SHA-256 of the sorted locators of units of talk, each followed by LF.
pub(super) fn hash<'a>(locators: impl Iterator<Item = &'a Locator>) -> String {
    let mut lines: Vec<String> = locators.map(|it| format!("{it}\n")).collect();
    lines.sort();
    sha256(lines.concat().as_bytes())
}

/// The event that fixes the units of a transcript.
pub(super) fn lock_event(
    at: crate::domain::time::Moment,
    who: &str,
    transcript: &TranscriptId,
    hash: &str,
) -> Event {
    Event {
        at,
        event: LOCK.to_owned(),
        who: who.to_owned(),
        about: format!("{transcript} {hash}"),
        reason: String::new(),
    }
}

impl Opened {
    /// Every hash under which the units of a transcript were fixed.
    fn locks<'a>(&'a self, transcript: &'a TranscriptId) -> impl Iterator<Item = &'a str> {
        let locks = self.events.iter().filter(|event| event.event == LOCK);
        locks.filter_map(move |event| {
            let (id, hash) = event.about.split_once(' ')?;
            (id == transcript.as_str()).then_some(hash)
        })
    }

    /// Whether the units of a transcript are fixed.
    #[must_use]
    pub fn is_locked(&self, transcript: &TranscriptId) -> bool {
        self.locks(transcript).next().is_some()
    }

    /// The hash of a transcript's units as they are.
    #[must_use]
    pub fn units_hash(&self, transcript: &TranscriptId) -> String {
        let talk = self.study.talk().map(|(_, unit)| &unit.locator);
        hash(talk.filter(|it| it.transcript() == transcript))
    }

    /// Units that were fixed and are no longer what was fixed, nor what a recorded change made of them.
    #[must_use]
    pub fn lock_problems(&self) -> Vec<Problem> {
        let broken = |id: &&TranscriptId| {
            let now = self.units_hash(id);
            self.is_locked(id) && !self.locks(id).any(|hash| hash == now)
        };
        let problem = |id: &TranscriptId| {
            let at = Place::file(layout::units(id));
            Problem::new(at, msg!("units.lock_broken"), msg!("units.lock_broken.fix"))
        };
        self.study.transcripts.iter().map(|it| &it.id).filter(broken).map(problem).collect()
    }

    /// Fixes the units of some transcripts, of all that are cut and not fixed yet where none are named. Returns them
    /// with the number of their units. The caller holds the lock on the lists.
    ///
    /// # Errors
    /// A transcript is not cut, or nothing is left to fix (refused), or it cannot be recorded.
    pub fn lock_units(
        &self,
        named: &[TranscriptId],
    ) -> Result<Vec<(TranscriptId, usize)>, Failure> {
        let talk = |id: &TranscriptId| {
            self.study.talk().filter(|(_, unit)| unit.locator.transcript() == id).count()
        };
        if let Some(id) = named.iter().find(|id| talk(id) == 0) {
            return Err(Failure::Refused(
                msg!("units.uncut", transcript = id),
                msg!("units.uncut.fix"),
            ));
        }
        let ids = self.study.transcripts.iter().map(|it| &it.id);
        let ids: Vec<&TranscriptId> = ids
            .filter(|id| named.is_empty() || named.contains(id))
            .filter(|id| talk(id) > 0 && !self.is_locked(id))
            .collect();
        if ids.is_empty() {
            return Err(Failure::Refused(
                msg!("units.nothing_to_lock"),
                msg!("units.nothing_to_lock.fix"),
            ));
        }
        let at = self.folder.now();
        let events: Vec<Event> =
            ids.iter().map(|id| lock_event(at, "", id, &self.units_hash(id))).collect();
        EventWriter::open(&self.folder)?.append_all(&events)?;
        Ok(ids.into_iter().map(|id| (id.clone(), talk(id))).collect())
    }
}
