//! Seals: the moment at which a coder hands over some cases of a round.

use super::id::{CaseId, CoderId, RoundId};
use super::time::Moment;

/// One row of `seals.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// When.
    pub at: Moment,
    /// Who hands over.
    pub coder: CoderId,
    /// The round.
    pub round: RoundId,
    /// The sealed cases.
    pub scope: Vec<CaseId>,
    /// Decisions in force at that moment.
    pub decisions: u64,
    /// SHA-256 of the scope's rows, in hex.
    pub log_sha256: String,
    /// SHA-256 of the scope's locators, in hex.
    pub units_sha256: String,
    /// The version of the codebook in force.
    pub codebook: String,
}
