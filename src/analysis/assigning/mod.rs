//! Who is asked to code what: the words of `assign` into units, and into rows of `assignments.csv`.
//!
//! Everything here follows from the study, the words and the seed, so that the same words make the same
//! bytes, and what they asked for can be taken away by saying them again.

mod draw;
mod rows;

use std::collections::BTreeSet;

pub use draw::{Deal, NotAShare, Share, dealt, drawn};
pub use rows::{Added, Rows};

use crate::domain::assignments::Part;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// A part of a study, and the units of talk that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion {
    /// How it is written.
    pub part: Part,
    /// Units of talk that stand.
    pub units: BTreeSet<UnitIndex>,
}

impl Portion {
    /// A part with what it has now.
    #[must_use]
    pub fn of(study: &Study, part: Part) -> Self {
        let here = |unit: UnitIndex| match &part {
            Part::All => true,
            Part::Case(id) => study.case_of(unit) == id,
            Part::Transcript(id) => study.transcript_of(unit).id == *id,
            Part::Unit(locator) => study.unit(locator) == Some(unit),
        };
        let units = study.talk().map(|(unit, _)| unit).filter(|unit| here(*unit)).collect();
        Self { part, units }
    }

    /// A single unit.
    #[must_use]
    pub fn unit(study: &Study, unit: UnitIndex) -> Option<Self> {
        let locator = study.unit_at(unit)?.locator.clone();
        Some(Self { part: Part::Unit(locator), units: BTreeSet::from([unit]) })
    }
}

/// The units of several portions, in order of place.
#[must_use]
pub fn units_of(portions: &[Portion]) -> BTreeSet<UnitIndex> {
    portions.iter().flat_map(|it| &it.units).copied().collect()
}
