//! Locking: units are fixed before they are coded, transcript by transcript, and their hash is recorded.

use super::load::Opened;
use super::records::EventWriter;
use crate::domain::digest::Digest;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::locator::Locator;
use crate::domain::problem::{Place, Problem};
use crate::domain::unit::{Unit, UnitKind};
use crate::format::codebook::digest;
use crate::msg;
use crate::store::layout;

/// SHA-256 of the sorted locators of units of talk, each followed by LF.
pub(super) fn hash<'a>(locators: impl Iterator<Item = &'a Locator>) -> Digest {
    let mut lines: Vec<String> = locators.map(|it| format!("{it}\n")).collect();
    lines.sort();
    digest(lines.concat().as_bytes())
}

impl Opened {
    /// Every hash under which the units of a transcript were fixed.
    fn locks<'a>(&'a self, id: &'a TranscriptId) -> impl Iterator<Item = &'a Digest> {
        self.events.iter().filter_map(move |event| match &event.what {
            What::Lock { transcript, units } if transcript == id => Some(units),
            _ => None,
        })
    }

    /// Whether the units of a transcript are fixed.
    #[must_use]
    pub fn is_locked(&self, transcript: &TranscriptId) -> bool {
        self.locks(transcript).next().is_some()
    }

    fn talk_in(&self, transcript: &TranscriptId) -> impl Iterator<Item = &Unit> {
        let units = self.study.units_in(transcript).map(|(_, unit)| unit);
        units.filter(|unit| unit.kind == UnitKind::Talk)
    }

    /// The hash of a transcript's units as they are.
    #[must_use]
    pub fn units_hash(&self, transcript: &TranscriptId) -> Digest {
        hash(self.talk_in(transcript).map(|unit| &unit.locator))
    }

    /// Units that were fixed and are no longer what was fixed, nor what a recorded change made of them.
    #[must_use]
    pub fn lock_problems(&self) -> Vec<Problem> {
        let broken = |id: &&TranscriptId| {
            self.is_locked(id) && {
                let now = self.units_hash(id);
                !self.locks(id).any(|hash| *hash == now)
            }
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
        let talk = |id: &TranscriptId| self.talk_in(id).count();
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
        let event = |id: &&TranscriptId| {
            let (transcript, units) = ((*id).clone(), self.units_hash(id));
            Event::new(at, Vec::new(), What::Lock { transcript, units }, "")
        };
        EventWriter::open(&self.folder)?.append_all(ids.iter().map(event).collect())?;
        Ok(ids.into_iter().map(|id| (id.clone(), talk(id))).collect())
    }
}
