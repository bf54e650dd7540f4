//! Changes to the list of participants, and what follows from them.

use std::collections::BTreeMap;

use super::layout;
use super::load::Opened;
use crate::domain::failure::Failure;
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::participant::{Participant, Role};
use crate::domain::unit::Unit;
use crate::format::units;
use crate::unitize::recount::recount;

impl Opened {
    /// Replaces the list of participants, and counts speakers and words of units anew where a role
    /// changed; cuts and decisions stay. Returns the transcripts whose units were counted anew. The
    /// caller holds the lock on the lists.
    ///
    /// # Errors
    /// A file cannot be written. The list is written last, so that doing it again mends the rest.
    pub fn change_participants(
        &self,
        people: &[Participant],
    ) -> Result<Vec<TranscriptId>, Failure> {
        let roles: BTreeMap<_, Role> = people.iter().map(|it| (&it.id, it.role)).collect();
        let role = |id: &ParticipantId| roles.get(id).copied().unwrap_or(Role::Unknown);
        let mut changed = Vec::new();
        for transcript in &self.study.transcripts {
            let mut speakers = transcript.paragraphs.iter().filter_map(|it| it.speaker.as_ref());
            if !speakers.any(|id| role(id).counts() != self.study.role(id).counts()) {
                continue;
            }
            let mine = self.study.units().map(|(_, unit)| unit);
            let mine = mine.filter(|unit| *unit.locator.transcript() == transcript.id);
            let before: Vec<&Unit> = mine.collect();
            let after: Vec<Unit> =
                before.iter().map(|unit| recount(unit, transcript, role)).collect();
            if before.into_iter().ne(&after) {
                let bytes = units::write_units(&after, transcript);
                self.folder.replace(&layout::units(&transcript.id), &bytes)?;
                changed.push(transcript.id.clone());
            }
        }
        self.write_participants(people)?;
        Ok(changed)
    }
}
