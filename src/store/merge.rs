//! Two participants who turn out to be one person.

use std::collections::BTreeMap;

use super::begin::Everything;
use super::layout;
use super::load::Opened;
use super::together::Change;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::participant::{Participant, Quotable, Role};
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::format::codebook::text_sha256;
use crate::format::{people, transcript, units};
use crate::msg;
use crate::unitize::recount::recount;

impl Opened {
    /// Makes one participant of two: `from` becomes `into` in texts, units and lists, all at once. What was
    /// said stays. Returns the transcripts in which a label changed.
    ///
    /// # Errors
    /// One of them is unknown or has left; a transcript in which `from` speaks is coded, cut by hand by
    /// somebody alone, or has locked units (refused); or a file cannot be written, and then the study is as it
    /// was or wholly changed.
    pub fn merge_participants(
        &self,
        from: &ParticipantId,
        into: &ParticipantId,
    ) -> Result<Vec<TranscriptId>, Failure> {
        let (_locks, now) = self.begin(Everything)?;
        let merged = now.merged(from, into)?;
        let speaks = |it: &&Transcript| {
            it.paragraphs.iter().any(|paragraph| paragraph.speaker.as_ref() == Some(from))
        };
        let changed: Vec<TranscriptId> =
            now.study.transcripts.iter().filter(speaks).map(|it| it.id.clone()).collect();
        now.may_merge(&changed)?;
        let study = &now.study;
        let mut rest: Vec<Participant> = study.participants.clone();
        rest.retain(|it| it.id != *from);
        if let Some(slot) = rest.iter_mut().find(|it| it.id == *into) {
            *slot = merged;
        }
        let roles: BTreeMap<_, Role> = rest.iter().map(|it| (&it.id, it.role)).collect();
        let role = |id: &ParticipantId| roles.get(id).copied().unwrap_or(Role::Unknown);
        let mut files = Vec::new();
        let mut transcripts = study.transcripts.clone();
        for one in transcripts.iter_mut().filter(|it| changed.contains(&it.id)) {
            for paragraph in &mut one.paragraphs {
                if paragraph.speaker.as_ref() == Some(from) {
                    paragraph.speaker = Some(into.clone());
                }
            }
            let text = transcript::write(&one.paragraphs);
            one.text_sha256 = text_sha256(&text);
            files.push((layout::text(&one.id), text));
            let mine = now.units_of(&one.id);
            if !mine.is_empty() {
                let mine: Vec<Unit> = mine.iter().map(|unit| recount(unit, one, role)).collect();
                files.push((layout::units(&one.id), units::write_units(&mine, one)));
            }
        }
        transcripts.extend(study.moved.replaced.iter().cloned());
        let list = people::write_transcripts(&transcripts, &study.transcript_attributes);
        files.push((layout::TRANSCRIPTS.to_owned(), list));
        let list = people::write_participants(&rest, &study.participant_attributes);
        files.push((layout::PARTICIPANTS.to_owned(), list));
        let what = What::Merge { from: from.clone(), into: into.clone() };
        let events = vec![Event::new(self.folder.now(), Vec::new(), what, "")];
        self.folder.change_together(Change { replaced: files, events, ..Change::default() })?;
        Ok(changed)
    }

    /// Who `into` is once `from` is the same person: the stricter consent, what only one row says, and no case
    /// where both sit in different ones.
    fn merged(&self, from: &ParticipantId, into: &ParticipantId) -> Result<Participant, Failure> {
        let person = |id: &ParticipantId| self.study.known_participant(id).cloned();
        if from == into {
            let what = msg!("participants.merge.same", participant = from);
            return Err(Failure::Usage(what, msg!("participants.merge.same.fix")));
        }
        let (gone, mut kept) = (person(from)?, person(into)?);
        if let Some(left) = [&gone, &kept].into_iter().find(|it| !it.withdrawn.is_empty()) {
            let what = msg!("participants.merge.left", participant = left.id);
            return Err(Failure::Refused(what, msg!("participants.merge.left.fix")));
        }
        if gone.case != kept.case {
            kept.case = None;
        }
        kept.quotes = match (gone.quotes, kept.quotes) {
            (Quotable::No, _) | (_, Quotable::No) => Quotable::No,
            (Quotable::Ask, _) | (_, Quotable::Ask) => Quotable::Ask,
            (Quotable::Yes, Quotable::Yes) => Quotable::Yes,
        };
        for (value, other) in kept.attributes.iter_mut().zip(gone.attributes) {
            if value.is_empty() {
                *value = other;
            }
        }
        Ok(kept)
    }

    /// Refuses where somebody has worked on the units already: her work knows the speakers as they were.
    fn may_merge(&self, transcripts: &[TranscriptId]) -> Result<(), Failure> {
        self.may_cut(transcripts, None)?;
        for coder in &self.study.settings.coders {
            for id in transcripts {
                if self.folder.read(&layout::own_units(&coder.id, id))?.is_some() {
                    let what = msg!("participants.merge.cut", transcript = id, coder = coder.id);
                    return Err(Failure::Refused(what, msg!("participants.merge.cut.fix")));
                }
            }
        }
        Ok(())
    }
}
