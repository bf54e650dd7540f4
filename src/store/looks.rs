//! Early looks: what is about to be shown before all have sealed, or of fewer people than the rule has it, recorded exactly
//! when it is.
//!
//! A look is noted where the gate lets it through, and written to events.csv by whoever is about to show something, after
//! everything that can fail has succeeded: a look that showed nothing was none.

use std::sync::{Arc, Mutex, PoisonError};

use super::folder::Folder;
use super::load::Opened;
use super::records::EventWriter;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;

/// Looks that are noted and not recorded yet; copies share them.
#[derive(Clone, Default)]
pub struct Looks(Arc<Mutex<Vec<Event>>>);

impl Looks {
    /// Notes a look; what one command asks for in several steps is one look.
    pub(super) fn note(&self, look: Event) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |it: &&mut Event| (&it.who, &it.reason) == (&look.who, &look.reason);
        let joined = noted.iter_mut().filter(same).any(|known| join(&mut known.what, &look.what));
        if !joined {
            noted.push(look);
        }
    }

    /// Records what was noted, in the study of a folder.
    ///
    /// # Errors
    /// It cannot be recorded; then nothing may be shown.
    pub fn record(&self, folder: &Folder) -> Result<(), Failure> {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.is_empty() {
            return Ok(());
        }
        EventWriter::open(folder)?.append_all(noted.clone())?;
        noted.clear();
        Ok(())
    }

    /// Whether a look is noted that is not recorded yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

impl Opened {
    /// Notes that a report for others describes as few people as these, and why; it is recorded when the report is shown.
    pub fn note_small_groups(&self, least: u64, reason: &str) {
        let what = What::SmallGroups { least };
        self.folder.looks.note(Event::new(self.folder.now(), Vec::new(), what, reason));
    }
}

/// Makes one look of two, where both are of one kind and, of decisions, in one round; whether it did.
fn join(known: &mut What, more: &What) -> bool {
    match (known, more) {
        (
            What::Unblind { cases, round, .. },
            What::Unblind { cases: others, round: other_round, .. },
        ) if round == other_round => add(cases, others),
        (What::UnblindCuts { transcripts }, What::UnblindCuts { transcripts: others }) => {
            add(transcripts, others)
        }
        _ => false,
    }
}

fn add<T: Clone + Ord>(list: &mut Vec<T>, more: &[T]) -> bool {
    list.extend(more.iter().cloned());
    list.sort();
    list.dedup();
    true
}
