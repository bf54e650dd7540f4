//! A corrected transcript in place of another: a new id, units and decisions that follow, all or nothing.
//!
//! The old text stays in the list, since logs name its places. What became of its units goes to moves.csv and the
//! replacement to events.csv, together with text and units; both count only where the new text is in transcripts.csv.

use super::begin::Everything;
use super::layout;
use super::load::Opened;
use super::lock_units::hash;
use super::study::Imported;
use super::together::Change;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::moved::{Became, MoveRow};
use crate::domain::participant::Participant;
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::format::codebook::{sha256, text_sha256};
use crate::format::{people, transcript, units};
use crate::msg;

/// A text in place of another.
#[derive(Debug)]
pub struct Replacement {
    /// The text that is replaced.
    pub old: TranscriptId,
    /// Its units as they were looked at.
    pub before: Vec<Unit>,
    /// The text that replaces it.
    pub new: Imported,
    /// The units of the new text.
    pub units: Vec<Unit>,
    /// What became of each unit.
    pub moves: Vec<Became>,
    /// Everybody in the study, with whom the new text adds.
    pub participants: Vec<Participant>,
    /// Why.
    pub reason: String,
}

impl Opened {
    /// Ids, in small letters, of texts that were about to replace others when the power failed: no other text may have
    /// them, or the events would be about it.
    #[must_use]
    pub fn begun_replacements(&self) -> Vec<String> {
        let new = |event: &Event| match &event.what {
            What::Replace { new, .. } => Some(new.as_str().to_ascii_lowercase()),
            _ => None,
        };
        self.events.iter().filter_map(new).collect()
    }

    /// Puts a text in place of another.
    ///
    /// # Errors
    /// Somebody works on the study, it changed meanwhile, or a file cannot be written; then the study is as it was, or
    /// wholly changed.
    pub fn replace_text(&self, replacement: Replacement) -> Result<(), Failure> {
        let (_locks, now) = self.begin(Everything)?;
        if now.units_of(&replacement.old) != replacement.before {
            return Err(Failure::Refused(msg!("units.changed"), msg!("units.changed.fix")));
        }
        let Replacement { old, new, units: list, moves, participants, reason, .. } = replacement;
        let study = &now.study;
        let Imported { transcript: text, original, extension } = new;
        let bytes = transcript::write(&text.paragraphs);
        let text = Transcript {
            source_sha256: sha256(&original),
            text_sha256: text_sha256(&bytes),
            ..text
        };
        let id = text.id.clone();
        let at = self.folder.now();
        let first = vec![(layout::original(&id, &extension), original)];
        let what = What::Replace { old: old.clone(), new: id.clone() };
        let mut events = vec![Event::new(at, Vec::new(), what, &reason)];
        if now.is_locked(&old) {
            let talk = list.iter().filter(|unit| unit.kind == UnitKind::Talk);
            let units = hash(talk.map(|unit| &unit.locator));
            let what = What::Lock { transcript: id.clone(), units };
            events.push(Event::new(at, Vec::new(), what, ""));
        }
        let moves = moves.into_iter().map(|became| MoveRow::new(at, became)).collect();
        let unit_file = units::write_units(&list, &text);
        let mut transcripts: Vec<Transcript> = Vec::new();
        for one in &study.transcripts {
            // In the place of the old one, which goes to the end with those that were replaced before.
            transcripts.push(if one.id == old { text.clone() } else { one.clone() });
        }
        transcripts.extend(study.moved.replaced.iter().cloned());
        transcripts.extend(study.transcript(&old).cloned());
        let listed = people::write_transcripts(&transcripts, &study.transcript_attributes);
        let people = people::write_participants(&participants, &study.participant_attributes);
        let replaced = vec![
            (layout::text(&id), bytes),
            (layout::units(&id), unit_file),
            (layout::PARTICIPANTS.to_owned(), people),
            (layout::TRANSCRIPTS.to_owned(), listed),
        ];
        self.folder.change_together(Change { first, replaced, events, moves, ..Change::default() })
    }
}
