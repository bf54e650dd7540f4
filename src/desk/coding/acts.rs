//! What a coder can do, and what of it is kept.

use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::log::{NewDecision, UnitIndex};
use crate::domain::record::{MemoKind, NewPick};

/// What a coder can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Answer the open question: these codes, none if there are none, and whether she is unsure.
    Answer {
        /// The codes, in codebook order.
        codes: Vec<CodeIndex>,
        /// Whether the coder is unsure.
        unsure: bool,
    },
    /// None in every dimension of the unit that is still undecided.
    RestNone,
    /// Take back the last act.
    Undo,
    /// Take back the last undo.
    Redo,
    /// On to the next unit.
    Skip,
    /// Keep words on the unit: a note, or a wish that it were cut differently.
    Note(MemoKind, String),
    /// Propose a code in the open dimension: what it would be called, and what it would mean.
    Propose(String, String),
    /// Pick words of the unit as a quotation for a code: from this word of [`super::CodingDesk::words`] to that one.
    Quote(usize, usize, CodeIndex),
    /// Take back what was picked last on this unit.
    Unquote,
    /// Look at the definitions: of the whole dimension, or of these codes.
    Define(Vec<CodeIndex>),
    /// Go to a unit, and there to a dimension; else to the first that is undecided.
    Go(UnitIndex, Option<DimensionIndex>),
    /// On to the next undecided question.
    Next,
    /// Back to the undecided question before this one.
    Previous,
    /// Ask about another dimension of the unit.
    Turn(DimensionIndex),
    /// Ask about the next dimension of the unit, after the last one about the first of the next unit.
    Walk,
    /// Give a code of any dimension, or take it off again; whoever takes off the last one has decided nothing.
    Toggle(CodeIndex),
    /// Say that nothing applies in the open dimension.
    GiveNone,
    /// Mark the decision as unsure, or as certain again.
    Doubt,
    /// Take the decision back: undecided again.
    TakeBack,
    /// None wherever the unit is still undecided, and on to the next unit.
    Close,
    /// See the unit again.
    Again,
    /// Answer several dimensions, from the first on, one after the other.
    Several(Vec<(DimensionIndex, Vec<CodeIndex>, bool)>),
    /// On from a decision that is there, leaving it as it is.
    Pass,
    /// See what can be done.
    Help,
    /// Enough for now.
    Leave,
}

/// What the desk wants kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// Decisions, appended together. The receipt holds the seq of each.
    Decisions(Vec<NewDecision>),
    /// Words on a unit. The receipt is empty.
    Note {
        /// The unit.
        unit: UnitIndex,
        /// What it is: a note, or a wish that the unit were cut differently.
        kind: MemoKind,
        /// The coder's words.
        text: String,
    },
    /// Words of a unit that the coder picks as a quotation, or takes back. The receipt holds its seq.
    Quote {
        /// The unit.
        unit: UnitIndex,
        /// The stretch, and what it is a quotation for.
        pick: NewPick,
    },
    /// A code that the coder would add. The receipt is empty.
    Proposal {
        /// In which dimension.
        dimension: DimensionIndex,
        /// What it would be called.
        name: String,
        /// What it would mean.
        brief: String,
    },
}
