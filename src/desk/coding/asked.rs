//! What a session asks for: all that is undecided, or less; in the order of the text, or another.

use std::collections::{BTreeMap, BTreeSet};

use super::CodingDesk;
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::Cell;
use crate::domain::log::UnitIndex;
use crate::domain::message::Message;

/// A decision that is to be read again, because the codebook changed after it or because the coder was unsure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The decision, in this round or an earlier one.
    pub cell: Cell,
    /// Why.
    pub why: Vec<Message>,
    /// Whether it was asked for because the coder was unsure: any decision after it answers that.
    pub unsure: bool,
}

impl CodingDesk<'_> {
    /// The same desk, at which only these decisions are asked for once more.
    #[must_use]
    pub fn reading_again(self, again: BTreeMap<(UnitIndex, DimensionIndex), Again>) -> Self {
        let mut desk = Self { again: Some(again), ..self };
        desk.begin();
        desk
    }

    /// What is to be read again here and was not yet.
    pub(super) fn to_read(&self, unit: UnitIndex, dimension: DimensionIndex) -> Option<&Again> {
        let again = self.again.as_ref()?.get(&(unit, dimension))?;
        let now = self.coding.cell(unit, dimension);
        let newest = u16::try_from(self.study.versions.len().saturating_sub(1)).ok();
        let read = if again.unsure {
            now.row != again.cell.row
        } else {
            now.answer.is_decided() && Some(now.version) == newest
        };
        (!read).then_some(again)
    }

    /// The same desk, at which the coder stays where she decides until she goes on.
    #[must_use]
    pub fn staying(self) -> Self {
        Self { stays: true, ..self }
    }

    /// The same desk, at which only these dimensions are asked for, none of which is retired.
    #[must_use]
    pub fn asking_for(self, dimensions: &BTreeSet<DimensionIndex>) -> Self {
        let mut desk = self;
        desk.dimensions.retain(|it| dimensions.contains(it));
        desk.begin();
        desk
    }

    /// The same desk, which shows its units in another order.
    #[must_use]
    pub fn in_order(self, units: &[UnitIndex]) -> Self {
        let units = units.iter().copied().filter(|it| self.mine.contains(it)).collect();
        let mut desk = Self { units, ..self };
        desk.begin();
        desk
    }
}
