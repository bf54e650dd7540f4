//! Seals: the moment at which a coder hands over some cases of a round.

use super::digest::Digest;
use super::id::{CaseId, CoderId, RoundId};
use super::log::UnitIndex;
use super::time::Moment;

/// One row of `seals.csv`, and what it covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// 1 + the highest known when it was written; absent in rows of before, which come first.
    pub seq: Option<u64>,
    /// When, by the clock of whoever wrote it.
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
    /// What it covered; absent in seals of before, which hold hashes only, and where the list is missing.
    pub covers: Option<Covered>,
}

/// What a seal covered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Covered {
    /// Its units, in order.
    pub units: Vec<UnitIndex>,
    /// Its rows, in order.
    pub rows: Vec<RowHash>,
}

impl Covered {
    /// Whether a unit was there.
    #[must_use]
    pub fn has_unit(&self, unit: UnitIndex) -> bool {
        self.units.binary_search(&unit).is_ok()
    }

    /// Whether a row was there.
    #[must_use]
    pub fn has_row(&self, row: RowHash) -> bool {
        self.rows.binary_search(&row).is_ok()
    }
}

/// The first 8 bytes of the SHA-256 of a row of a log, without its LF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowHash(pub u64);

impl std::fmt::Display for RowHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for RowHash {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits: &[u8; 16] = text.as_bytes().try_into().map_err(|_| ())?;
        let mut hash = 0;
        for digit in digits {
            let value = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                _ => return Err(()),
            };
            hash = hash << 4 | u64::from(value);
        }
        Ok(Self(hash))
    }
}

impl Seal {
    /// The beginning of the name of the file that lists what it covered.
    #[must_use]
    pub fn list_name(&self) -> &str {
        self.log_sha256.get(..12).unwrap_or(&self.log_sha256)
    }

    /// Whether its hashes have the form of hashes.
    #[must_use]
    pub fn has_form(&self) -> bool {
        [&self.log_sha256, &self.units_sha256].iter().all(|it| it.parse::<Digest>().is_ok())
    }
}
