//! The units of a study: those that stand, and what became of the others.

use std::collections::BTreeMap;

use super::Study;
use crate::domain::id::{CaseId, TranscriptId};
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::moved::{Followed, MoveRow, Moved};
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};

impl Study {
    /// A unit by locator.
    #[must_use]
    pub fn unit(&self, locator: &Locator) -> Option<UnitIndex> {
        self.unit_index.get(locator).copied()
    }

    /// The unit at a place, which may be one that no longer stands.
    #[must_use]
    pub fn unit_at(&self, unit: UnitIndex) -> Option<&Unit> {
        self.units.get(unit.at())
    }

    /// What the unit at a place is called; nothing where there is none.
    #[must_use]
    pub fn unit_name(&self, unit: UnitIndex) -> String {
        self.unit_at(unit).map(|it| it.locator.to_string()).unwrap_or_default()
    }

    /// All units that stand, with their places.
    pub fn units(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        let all = (0..).map(UnitIndex).zip(&self.units);
        all.filter(|(unit, _)| !self.moved.is_changed(*unit))
    }

    /// Every stretch that ever was a unit of talk, as far as logs may name it: those that stand, then the others.
    pub fn ever_talk(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        let all = (0..).map(UnitIndex).zip(&self.units);
        all.filter(|(_, unit)| unit.kind == UnitKind::Talk)
    }

    /// Every name by which a log may mean a unit, with the unit.
    pub fn unit_names(&self) -> impl Iterator<Item = (UnitIndex, &Locator)> {
        let names = self.moved.names.iter().map(|(locator, unit)| (*unit, locator));
        let own = (0..).map(UnitIndex).zip(self.units.iter().map(|unit| &unit.locator));
        names.chain(own)
    }

    /// The unit that a log means by a locator, whether or not it stands.
    #[must_use]
    pub fn ever_unit(&self, locator: &Locator) -> Option<UnitIndex> {
        self.unit(locator).or_else(|| self.moved.names.get(locator).copied())
    }

    /// Reads what became of units into the study, whose standing units are there already. `retired` makes a unit of a
    /// stretch that stands no more.
    pub fn follow_moves(
        &mut self,
        rows: Vec<MoveRow>,
        replaced: Vec<Transcript>,
        retired: impl Fn(&Transcript, &Locator) -> Unit,
    ) {
        let mut moved = Moved { rows, replaced, ..Moved::default() };
        let followed = Followed::of(&moved, &|unit| self.unit_index.contains_key(unit));
        let texts = self.transcripts.iter().chain(&moved.replaced);
        let place: BTreeMap<&TranscriptId, u32> = texts.map(|it| &it.id).zip(0..).collect();
        let mut gone: BTreeMap<Locator, UnitIndex> = BTreeMap::new();
        let mut names = BTreeMap::new();
        for (old, now) in &followed.goes {
            let standing = self.unit_index.get(now).copied();
            let unit = standing.or_else(|| gone.get(now).copied()).or_else(|| {
                let place = *place.get(now.transcript())?;
                let texts = self.transcripts.iter().chain(&moved.replaced);
                let unit = retired(texts.into_iter().nth(place as usize)?, now);
                let index = UnitIndex(u32::try_from(self.units.len()).ok()?);
                self.units.push(unit);
                self.unit_transcripts.push(place);
                gone.insert(now.clone(), index);
                Some(index)
            });
            if let Some(unit) = unit {
                names.insert(old.clone(), unit);
                names.insert(now.clone(), unit);
            }
        }
        // A unit that stands is called by its own name only where no other text brought a second one.
        names.retain(|name, _| !self.unit_index.contains_key(name));
        let index = |unit: &Locator| self.unit_index.get(unit).or_else(|| gone.get(unit)).copied();
        for (unit, at) in &followed.born {
            if let Some(unit) = index(unit) {
                moved.born.insert(unit, *at);
            }
        }
        for (unit, earlier) in &followed.earlier {
            if let Some(unit) = index(unit) {
                let mut earlier: Vec<UnitIndex> = earlier.iter().filter_map(index).collect();
                earlier.retain(|it| *it != unit);
                moved.earlier.insert(unit, earlier);
            }
        }
        moved.changed = gone.into_values().collect();
        moved.names = names;
        self.moved = moved;
    }

    /// The units that are coded.
    pub fn talk(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        self.units().filter(|(_, unit)| unit.kind == UnitKind::Talk)
    }

    /// The units of a transcript that stand, with their places.
    pub fn units_in(&self, transcript: &TranscriptId) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        // Units that stand lie transcript by transcript, before those that stand no more.
        let standing = self.units.len() - self.moved.changed.len();
        let standing = self.unit_transcripts.get(..standing).unwrap_or_default();
        let place = self.transcripts.iter().position(|it| it.id == *transcript);
        let place = place.and_then(|it| u32::try_from(it).ok()).unwrap_or(u32::MAX);
        let (start, end) = (
            standing.partition_point(|it| *it < place),
            standing.partition_point(|it| *it <= place),
        );
        (0..).map(UnitIndex).zip(&self.units).take(end).skip(start)
    }

    /// The units of a case that stand, with their places.
    pub fn units_of_case(&self, case: &CaseId) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        let own = self.transcripts.iter().filter(move |it| it.case == *case);
        own.flat_map(|it| self.units_in(&it.id))
    }
}
