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
    /// Its rows, as they are listed; see [`Covered::set`].
    pub rows: Vec<RowHash>,
}

impl Covered {
    /// Whether a unit was there.
    #[must_use]
    pub fn has_unit(&self, unit: UnitIndex) -> bool {
        self.units.binary_search(&unit).is_ok()
    }

    /// Its rows, to be asked of many whether they were there.
    #[must_use]
    pub fn set(&self) -> CoveredRows {
        let mut rows = self.rows.clone();
        rows.sort_unstable();
        CoveredRows(rows)
    }
}

/// The rows that a seal covered. Mostly a hash over a whole log tells, and nobody asks for them one by one.
#[derive(Debug)]
pub struct CoveredRows(Vec<RowHash>);

impl CoveredRows {
    /// Whether a row was there.
    #[must_use]
    pub fn has(&self, row: RowHash) -> bool {
        self.0.binary_search(&row).is_ok()
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
        let digits = text.as_bytes().try_into().map_err(|_| ())?;
        Self::of_digits(digits).ok_or(())
    }
}

/// What each byte is worth as a digit of small hex; of others the high bits are set.
const DIGITS: [u8; 256] = {
    let mut digits = [0xff; 256];
    let mut worth = 0;
    while worth < 16 {
        digits[b"0123456789abcdef"[worth] as usize] = worth as u8;
        worth += 1;
    }
    digits
};

impl RowHash {
    /// The hash that is written with these digits; `None` where one of them is none.
    #[must_use]
    pub fn of_digits(digits: &[u8; 16]) -> Option<Self> {
        let (mut hash, mut seen) = (0, 0);
        for digit in digits {
            let worth = DIGITS[usize::from(*digit)];
            seen |= worth;
            hash = hash << 4 | u64::from(worth & 15);
        }
        (seen < 16).then_some(Self(hash))
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
