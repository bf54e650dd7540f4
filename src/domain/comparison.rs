//! What may be compared: the sealed decisions of several coders, side by side.

use super::answer::DimensionIndex;
use super::coding::{Cell, Coding};
use super::id::{CaseId, CoderId, RoundId};
use super::log::UnitIndex;

/// A case that is not open for comparison, and who has not sealed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The case.
    pub case: CaseId,
    /// Coders with units in it who have not sealed it.
    pub coders: Vec<CoderId>,
}

/// The decisions that the gate in `store/` lets through: of open cases only, in force when sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// One table per coder (or coder and round), in the order of themata.yaml; cells of units that are
    /// not open are undecided.
    pub codings: Vec<Coding>,
    /// The cases that are open.
    pub open: Vec<CaseId>,
    /// The cases that are not.
    pub waiting: Vec<Waiting>,
    /// The round asked for; absent where per unit the latest round that everybody decided holds.
    pub round: Option<RoundId>,
    /// Whether somebody looked before all had sealed.
    pub unblinded: bool,
}

impl Comparison {
    /// The decisions of all coders on one unit in one dimension, in order of [`Comparison::codings`].
    pub fn cells(&self, unit: UnitIndex, dimension: DimensionIndex) -> impl Iterator<Item = Cell> {
        self.codings.iter().map(move |coding| coding.cell(unit, dimension))
    }
}
