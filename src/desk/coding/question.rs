//! What a coder is shown: the open question, and what lies around it.

use crate::desk::choices::Choice;
use crate::desk::passage::Passage;
use crate::domain::answer::{AnswerIndex, DimensionIndex};
use crate::domain::coding::Cell;
use crate::domain::locator::Locator;
use crate::domain::log::{NewDecision, UnitIndex};
use crate::domain::message::Message;

/// Where the desk stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View<'v> {
    /// A question is open.
    Question(Box<Question<'v>>),
    /// Every unit is decided in every dimension.
    Finished {
        /// How many units there are.
        units: usize,
    },
}

/// The open question, and what lies around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'v> {
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// The unit among what was said before and after it; absent only if the study lost it.
    pub passage: Option<Passage<'v>>,
    /// The codes that can be given here.
    pub choices: Vec<Choice>,
    /// What the coder has decided in every dimension of the unit so far.
    pub rows: Vec<Row>,
    /// The unit's number in the session, from 1.
    pub nth: usize,
    /// What the coder has decided here so far.
    pub now: Cell,
    /// Whether two devices of the coder decided differently here, which has to be decided again.
    pub contested: bool,
    /// What the coder picked on this unit as quotations, and did not take back: the stretch and the code.
    pub quotes: Vec<(Locator, String)>,
    /// Why the decision is to be read again; empty where it is not.
    pub again: &'v [Message],
    /// What the coder had decided in this dimension on the units from which this one was cut.
    pub earlier: Vec<(UnitIndex, AnswerIndex)>,
    /// What was handed over to be kept and is not yet known to be safe.
    pub pending: &'v [NewDecision],
    /// Units decided in every dimension.
    pub decided_units: usize,
    /// All units of the session.
    pub units: usize,
    /// Dimensions of this unit that are decided.
    pub decided_dimensions: usize,
    /// All dimensions.
    pub dimensions: usize,
}

/// A dimension of the unit at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The dimension.
    pub dimension: DimensionIndex,
    /// What the coder has decided in it.
    pub now: Cell,
    /// Whether two devices of the coder decided differently.
    pub contested: bool,
}
