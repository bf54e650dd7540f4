//! Smaller records of a study: memos, codes that coders propose, quotations that they pick.

use std::fmt;
use std::str::FromStr;

use super::id::CoderId;
use super::locator::Locator;
use super::time::Moment;

/// What a memo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemoKind {
    /// A remark.
    Note,
    /// A thought on what the data say.
    Analytic,
    /// A remark on the method.
    Method,
    /// A link to theory.
    Theory,
    /// A remark on where a unit or a code ends.
    Boundary,
    /// A remark on the researcher's own part in it.
    Reflexive,
}

impl MemoKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Note, Self::Analytic, Self::Method, Self::Theory, Self::Boundary, Self::Reflexive];

    /// The word in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Analytic => "analytic",
            Self::Method => "method",
            Self::Theory => "theory",
            Self::Boundary => "boundary",
            Self::Reflexive => "reflexive",
        }
    }
}

impl fmt::Display for MemoKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MemoKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| format!("one of {}", Self::ALL.map(Self::as_str).join(", ")))
    }
}

/// One row of `memos/<coder>.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memo {
    /// Whose it is.
    pub coder: CoderId,
    /// 1 + the highest before it.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// A locator, `case:…`, `transcript:…`, `participant:…`, `code:…` or `study`.
    pub on: String,
    /// What it is.
    pub kind: MemoKind,
    /// What it says.
    pub text: String,
}

/// A code that a coder would add.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewProposal {
    /// An id, if she has one in mind.
    pub code: String,
    /// The dimension that it would be of.
    pub dimension: String,
    /// The code that it would lie beneath; nothing for the dimension.
    pub parent: String,
    /// What it would be called.
    pub name: String,
    /// What it would mean, in one line.
    pub brief: String,
}

/// One row of `proposals/<coder>.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Whose it is.
    pub coder: CoderId,
    /// 1 + the highest before it.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// What it is.
    pub what: NewProposal,
}

/// A quotation that a coder picks, or takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPick {
    /// The stretch, down to characters.
    pub locator: Locator,
    /// The dimension of the code.
    pub dimension: String,
    /// What it is quoted for.
    pub code: String,
    /// The language of the translation; empty where there is none.
    pub language: String,
    /// The translation.
    pub translation: String,
    /// Who made it.
    pub translator: String,
    /// The seq of the row that this one takes back.
    pub undoes: Option<u64>,
}

/// One row of `quotes/<coder>.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickRow {
    /// Whose it is.
    pub coder: CoderId,
    /// 1 + the highest before it; 0 where it is not told.
    pub seq: u64,
    /// When; absent where it is not told.
    pub at: Option<Moment>,
    /// What it is.
    pub what: NewPick,
}
