//! Changes to the list of participants, and what follows from them.

use std::collections::BTreeMap;

use super::layout;
use super::load::Opened;
use super::together::Change;
use crate::domain::case::Case;
use crate::domain::failure::Failure;
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::participant::{Participant, Role};
use crate::domain::unit::Unit;
use crate::format::{people, units};
use crate::unitize::recount::recount;

impl Opened {
    /// Replaces the list of participants, and counts speakers and words of units anew where a role
    /// changed; cuts and decisions stay. Returns the transcripts whose units were counted anew. The
    /// caller holds the lock on the lists.
    ///
    /// # Errors
    /// As [`Opened::change_people`].
    pub fn change_participants(
        &self,
        people: &[Participant],
    ) -> Result<Vec<TranscriptId>, Failure> {
        self.change_people(people, &self.study.participant_attributes)
    }

    /// The same with these columns of the team's own, all at once.
    ///
    /// # Errors
    /// A file cannot be written; then either nothing has changed, or the rest is done by whoever next takes the lock.
    pub fn change_people(
        &self,
        listed: &[Participant],
        attributes: &[String],
    ) -> Result<Vec<TranscriptId>, Failure> {
        let roles: BTreeMap<_, Role> = listed.iter().map(|it| (&it.id, it.role)).collect();
        let role = |id: &ParticipantId| roles.get(id).copied().unwrap_or(Role::Unknown);
        let (mut changed, mut files) = (Vec::new(), Vec::new());
        for transcript in &self.study.transcripts {
            let mut speakers = transcript.paragraphs.iter().filter_map(|it| it.speaker.as_ref());
            if !speakers.any(|id| role(id).counts() != self.study.role(id).counts()) {
                continue;
            }
            let before: Vec<&Unit> =
                self.study.units_in(&transcript.id).map(|(_, unit)| unit).collect();
            let after: Vec<Unit> =
                before.iter().map(|unit| recount(unit, transcript, role)).collect();
            if before.into_iter().ne(&after) {
                let bytes = units::write_units(&after, transcript);
                files.push((layout::units(&transcript.id), bytes));
                changed.push(transcript.id.clone());
            }
        }
        let list = people::write_participants(listed, attributes);
        files.push((layout::PARTICIPANTS.to_owned(), list));
        self.folder.change_together(Change { replaced: files, ..Change::default() })?;
        Ok(changed)
    }

    /// Replaces the list of cases, with these columns of the team's own. The caller holds the lock on the lists.
    ///
    /// # Errors
    /// It cannot be written; then the old list is untouched.
    pub fn change_cases(&self, cases: &[Case], attributes: &[String]) -> Result<(), Failure> {
        self.folder.replace(layout::CASES, &people::write_cases(cases, attributes))
    }
}
