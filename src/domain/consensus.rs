//! Consensus: what the coders settled on together, why, and who was there.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::answer::{Answer, AnswerIndex, DimensionIndex};
use super::id::CoderId;
use super::log::{RoundIndex, UnitIndex};
use super::standing::Standing;
use super::time::Moment;

/// How a discrepancy was settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The first coder's answer, in the order of themata.yaml.
    First,
    /// The second coder's.
    Second,
    /// Both answers together.
    Both,
    /// Another answer.
    Other,
    /// One coder's, where there are more than two.
    Coder(CoderId),
    /// Left open: two readings that both stand.
    Open,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First => f.write_str("first"),
            Self::Second => f.write_str("second"),
            Self::Both => f.write_str("both"),
            Self::Other => f.write_str("other"),
            Self::Coder(coder) => write!(f, "coder:{coder}"),
            Self::Open => f.write_str("open"),
        }
    }
}

impl FromStr for Outcome {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "first" => Self::First,
            "second" => Self::Second,
            "both" => Self::Both,
            "other" => Self::Other,
            "open" => Self::Open,
            _ => Self::Coder(text.strip_prefix("coder:").and_then(|id| id.parse().ok()).ok_or(())?),
        })
    }
}

/// Why the coders had decided differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Somebody slipped.
    Slip,
    /// Somebody overlooked it.
    Omission,
    /// The unit's boundary was the trouble.
    Boundary,
    /// The codebook's wording was.
    Definition,
    /// The talk itself can be read either way.
    Ambiguous,
    /// Two readings that both stand.
    Reading,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::Slip,
        Self::Omission,
        Self::Boundary,
        Self::Definition,
        Self::Ambiguous,
        Self::Reading,
    ];

    /// The word in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Slip => "slip",
            Self::Omission => "omission",
            Self::Boundary => "boundary",
            Self::Definition => "definition",
            Self::Ambiguous => "ambiguous",
            Self::Reading => "reading",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Reason {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text).ok_or(())
    }
}

/// One row of `consensus.csv`, checked against the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// 1 + the highest before it.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// The round whose decisions were compared.
    pub round: RoundIndex,
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// The result; undecided for `open` and for a row that takes one back.
    pub answer: AnswerIndex,
    /// How; absent for a row that takes back the only settlement there was.
    pub outcome: Option<Outcome>,
    /// Why they had differed.
    pub reason: Option<Reason>,
    /// In the team's words.
    pub rationale: String,
    /// Who was there.
    pub present: Vec<CoderId>,
    /// What should change in the codebook.
    pub codebook_change: String,
    /// The seq of the row taken back.
    pub undoes: Option<u64>,
    /// The version of the codebook.
    pub codebook: String,
}

/// A settlement that is about to be appended; the writer adds seq, time and round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSettlement {
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// The result; undecided for `open` and for a row that takes one back.
    pub answer: Answer,
    /// How; absent for a row that takes back the only settlement there was.
    pub outcome: Option<Outcome>,
    /// Why they had differed.
    pub reason: Option<Reason>,
    /// In the team's words.
    pub rationale: String,
    /// Who was there.
    pub present: Vec<CoderId>,
    /// What should change in the codebook.
    pub codebook_change: String,
    /// The seq of the row taken back.
    pub undoes: Option<u64>,
    /// The version it was settled under, where an undo brings back an older settlement; absent for the
    /// version in force.
    pub codebook: Option<String>,
}

/// What a settlement is about.
pub type Settled = (RoundIndex, UnitIndex, DimensionIndex);

/// The settlements in force: the last row on each round, unit and dimension, unless it took back all, or another of its seq
/// settled it differently.
#[must_use]
pub fn in_force(rows: &[Settlement]) -> BTreeMap<Settled, &Settlement> {
    let mut holds = standing(rows).holds;
    holds.retain(|_, row| row.outcome.is_some());
    holds
}

/// What two meetings settled differently at once, and the seq of both rows: open until it is settled again.
#[must_use]
pub fn contested(rows: &[Settlement]) -> BTreeMap<Settled, u64> {
    // Only rows of one seq contradict one another.
    if rows.is_sorted_by(|one, other| one.seq < other.seq) {
        return BTreeMap::new();
    }
    standing(rows).contested
}

fn standing(rows: &[Settlement]) -> Standing<Settled, &Settlement> {
    let row = |row| {
        let it: &Settlement = row;
        ((it.round, it.unit, it.dimension), Some(it.seq), it)
    };
    Standing::of(rows.iter().map(row), |one, other| {
        one.answer != other.answer || one.outcome.is_some() != other.outcome.is_some()
    })
}
