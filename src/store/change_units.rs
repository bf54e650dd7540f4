//! Units that are fixed or coded change one by one, with a reason: what became of them goes to moves.csv, why to
//! events.csv, together with the units.

use super::begin::Everything;
use super::layout;
use super::load::Opened;
use super::lock_units::hash;
use super::together::Change;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::locator::Locator;
use crate::domain::moved::{How, MoveRow};
use crate::domain::unit::{Unit, UnitKind};
use crate::format::units;
use crate::msg;

/// Units that give way to others in the same stretch of a text.
#[derive(Debug, Clone)]
pub struct UnitChange {
    /// The text.
    pub transcript: TranscriptId,
    /// All its units as they were.
    pub before: Vec<Unit>,
    /// All its units as they will be.
    pub after: Vec<Unit>,
    /// What became of each unit that stands no more.
    pub moves: Vec<(Unit, Unit)>,
    /// How.
    pub how: How,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub present: Vec<CoderId>,
}

impl Opened {
    /// Makes a change, all of it or nothing.
    ///
    /// # Errors
    /// Somebody codes or cuts, the units are not what they were, or a file cannot be written.
    pub fn change_units(&self, change: &UnitChange) -> Result<(), Failure> {
        let (_locks, now) = self.begin(Everything)?;
        let id = &change.transcript;
        let transcript = now.study.transcript(id).filter(|_| now.units_of(id) == change.before);
        let Some(transcript) = transcript else {
            return Err(Failure::Refused(msg!("units.changed"), msg!("units.changed.fix")));
        };
        let at = self.folder.now();
        let row = |(old, new): &(Unit, Unit)| {
            let became = (Some(old.locator.clone()), Some(new.locator.clone()), change.how);
            MoveRow::new(at, became)
        };
        let moves = change.moves.iter().map(row).collect();
        let mut old: Vec<Locator> =
            change.moves.iter().map(|(old, _)| old.locator.clone()).collect();
        old.dedup();
        let what = What::Recut { how: change.how, old };
        let mut events = vec![Event::new(at, change.present.clone(), what, &change.reason)];
        if now.is_locked(id) {
            let talk = change.after.iter().filter(|unit| unit.kind == UnitKind::Talk);
            let units = hash(talk.map(|unit| &unit.locator));
            events.push(Event::new(
                at,
                change.present.clone(),
                What::Lock { transcript: id.clone(), units },
                "",
            ));
        }
        let after = now.with_topics(id, change.after.clone());
        let replaced = vec![(layout::units(id), units::write_units(&after, transcript))];
        self.folder.change_together(Change { replaced, events, moves, ..Change::default() })
    }
}
