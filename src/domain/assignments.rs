//! Who is asked to code what: the rows of `assignments.csv`, and what they cover.
//!
//! A row names a unit, a case, a transcript or everything, in one round or in all. Rows only add to one
//! another, so that their order means nothing and two copies of the file can be joined.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::id::{CaseId, CoderId, RoundId, TranscriptId};
use super::locator::Locator;
use super::log::{RoundIndex, UnitIndex};

/// What a row asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Every unit there is or will be.
    All,
    /// Every unit of a case: `case:ID`.
    Case(CaseId),
    /// Every unit of a transcript: `transcript:ID`.
    Transcript(TranscriptId),
    /// One unit, by the name it had when the row was written.
    Unit(Locator),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Case(id) => write!(f, "case:{id}"),
            Self::Transcript(id) => write!(f, "transcript:{id}"),
            Self::Unit(locator) => locator.fmt(f),
        }
    }
}

impl FromStr for Part {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        if text.eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        if let Ok(locator) = text.parse() {
            return Ok(Self::Unit(locator));
        }
        match text.split_once(':') {
            Some(("case", id)) => id.parse().map(Self::Case).map_err(|_| ()),
            Some(("transcript", id)) => id.parse().map(Self::Transcript).map_err(|_| ()),
            _ => Err(()),
        }
    }
}

/// One row of `assignments.csv`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assignment {
    /// What is to be coded.
    pub part: Part,
    /// By whom.
    pub coder: CoderId,
    /// In which round; absent for all, later ones too.
    pub round: Option<RoundId>,
}

impl Assignment {
    /// What a coder is asked for of whom nothing was said: everything, in every round.
    #[must_use]
    pub fn everything(coder: CoderId) -> Self {
        Self { part: Part::All, coder, round: None }
    }
}

/// Every row of `assignments.csv`, and which units each coder is asked to code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignments {
    /// The rows in the order of the file.
    pub rows: Vec<Assignment>,
    /// Per row the units it asks for, those too that stand no more.
    covered: Vec<Vec<UnitIndex>>,
    asked: BTreeMap<CoderId, Vec<Asked>>,
}

/// What a coder is asked for in a round, or in all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    round: Option<RoundIndex>,
    /// By place of the unit.
    units: Vec<bool>,
}

impl Assignments {
    /// Rows, with the units that each of them covers, of `size` in all. A row for a round that `round` does
    /// not know asks for nothing.
    #[must_use]
    pub fn new(
        rows: Vec<Assignment>,
        units: Vec<Vec<UnitIndex>>,
        size: usize,
        round: impl Fn(&RoundId) -> Option<RoundIndex>,
    ) -> Self {
        let mut asked: BTreeMap<CoderId, Vec<Asked>> = BTreeMap::new();
        for (row, units) in rows.iter().zip(&units) {
            let known = row.round.as_ref().map(&round);
            if known == Some(None) {
                continue;
            }
            let (round, parts) = (known.flatten(), asked.entry(row.coder.clone()).or_default());
            let place = parts.iter().position(|part| part.round == round).unwrap_or_else(|| {
                parts.push(Asked { round, units: vec![false; size] });
                parts.len() - 1
            });
            let Some(part) = parts.get_mut(place) else { continue };
            for unit in units {
                if let Some(here) = part.units.get_mut(unit.at()) {
                    *here = true;
                }
            }
        }
        Self { rows, covered: units, asked }
    }

    /// The units that the row at a place asks for, those too that stand no more.
    #[must_use]
    pub fn covered(&self, row: usize) -> &[UnitIndex] {
        self.covered.get(row).map_or(&[], Vec::as_slice)
    }

    /// Whether a coder is asked to code a unit in a round.
    #[must_use]
    pub fn asks(&self, unit: UnitIndex, coder: &CoderId, round: RoundIndex) -> bool {
        let parts = self.asked.get(coder).map_or(&[][..], Vec::as_slice);
        let mut here = parts.iter().filter(|part| part.round.is_none_or(|it| it == round));
        here.any(|part| part.units.get(unit.at()) == Some(&true))
    }

    /// Whether a coder is asked to code a unit in any round.
    #[must_use]
    pub fn asks_ever(&self, unit: UnitIndex, coder: &CoderId) -> bool {
        let mut parts = self.asked.get(coder).into_iter().flatten();
        parts.any(|part| part.units.get(unit.at()) == Some(&true))
    }

    /// Whether a row names a coder.
    #[must_use]
    pub fn names(&self, coder: &CoderId) -> bool {
        self.asked.contains_key(coder)
    }
}
