//! Questions as plain values: what is asked of a study, the answer, and the command line that asks the same.
//!
//! A question may come from a command line, from a saved display or from a test; answering it needs no clap. Names are
//! kept as they were given, and found in the study when the question is answered.

mod accuracy;
mod agree;
mod boundaries;
mod claims;
mod comparing;
mod contrast;
mod counted;
mod deciding;
mod discrepancies;
pub mod displays;
mod export;
mod line;
mod matrix;
mod part;
pub mod picks;
mod quotes;
mod status;
mod talk;
mod words;

pub use accuracy::{AccuracyAnswer, AccuracyAsk, measured};
pub use agree::{AgreeAnswer, AgreeAsk, By, OrAll, Usual, agree, by_parts, required};
pub use boundaries::{
    BoundariesAnswer, BoundariesAsk, Cut, Placed, Places, Stretches, characters, in_characters,
    own_cuts,
};
pub use claims::{ClaimsAnswer, claims};
pub use comparing::{
    CoderAt, Comparing, any_open, given_by_any, in_results, join, side_by_side, unasked, waits_for,
};
pub use contrast::{ContrastAnswer, contrast};
pub use counted::{Answer, CooccurAsk, SaturationAsk, Stratum, cooccur, saturate};
pub use deciding::{Decided, Deciding, UnknownWhose, Whose};
pub use discrepancies::{Differences, DiscrepanciesAsk, Found, differences};
pub use export::{ExportAnswer, ExportAsk, Wide, export};
pub use line::Line;
pub use matrix::{MatrixAnswer, MatrixAsk, matrix};
pub use part::{Part, listed};
pub use quotes::{QuotesAnswer, QuotesAsk, quotes};
pub use status::{CaseStanding, Done, Handed, Settled, Share, Standing, StatusAsk, status};
pub use talk::{FindAsk, Marked, SpokeAnswer, Talk, TalkAsk, find, talk, turn_map};
pub use words::{USUAL as USUAL_WORDS, WordsAnswer, WordsAsk, words};

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// How right coders are where a standard is taken for right.
    Accuracy(AccuracyAsk),
    /// How far coders agree.
    Agree(Box<AgreeAsk>),
    /// How far coders' cuts agree.
    Boundaries(BoundariesAsk),
    /// Codes that meet.
    Cooccur(CooccurAsk),
    /// Where coders differ.
    Discrepancies(DiscrepanciesAsk),
    /// The decisions themselves.
    Export(ExportAsk),
    /// Where something is said.
    Find(FindAsk),
    /// A cross-case display.
    Matrix(MatrixAsk),
    /// The words behind a code.
    Quotes(QuotesAsk),
    /// What further groups bring.
    Saturation(SaturationAsk),
    /// Where the study stands.
    Status(StatusAsk),
    /// Who speaks.
    Talk(TalkAsk),
    /// Which words are said.
    Words(WordsAsk),
}

impl Ask {
    /// The command line that asks the same, from the name of the command on.
    #[must_use]
    pub fn line(&self) -> Line {
        match self {
            Self::Accuracy(ask) => ask.line(),
            Self::Agree(ask) => ask.line(),
            Self::Boundaries(ask) => ask.line(),
            Self::Cooccur(ask) => ask.line(),
            Self::Discrepancies(ask) => ask.line(),
            Self::Export(ask) => ask.line(),
            Self::Find(ask) => ask.line(),
            Self::Matrix(ask) => ask.line(),
            Self::Quotes(ask) => ask.line(),
            Self::Saturation(ask) => ask.line(),
            Self::Status(ask) => ask.line(),
            Self::Talk(ask) => ask.line(),
            Self::Words(ask) => ask.line(),
        }
    }
}
