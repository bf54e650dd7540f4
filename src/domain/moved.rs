//! What became of units: which were cut anew, and where they went when a text was replaced.
//!
//! Logs are never touched. They are read through these rows: a decision on a unit that went to another text holds there;
//! a decision on a unit that was cut anew stays with the unit as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::locator::Locator;
use super::log::UnitIndex;
use super::problem::Place;
use super::time::Moment;
use super::transcript::Transcript;

/// What happened to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It was cut into several.
    Split,
    /// It was joined with another.
    Join,
    /// Its beginning or its end moved.
    Move,
    /// Its words are in the new text exactly.
    Same,
    /// Its words are in the new text with differences, and people confirmed the place.
    Found,
    /// It came with the new text; nothing went there.
    New,
    /// Nothing in the new text is what it was.
    Lost,
}

impl How {
    /// Everything that can happen.
    pub const ALL: [Self; 7] =
        [Self::Split, Self::Join, Self::Move, Self::Same, Self::Found, Self::New, Self::Lost];

    /// The word in moves.csv.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Join => "join",
            Self::Move => "move",
            Self::Same => "same",
            Self::Found => "found",
            Self::New => "new",
            Self::Lost => "lost",
        }
    }

    /// Whether decisions on the old unit hold for the new one.
    #[must_use]
    pub fn carries(self) -> bool {
        matches!(self, Self::Same | Self::Found)
    }

    /// Whether this can happen where a unit was before, or not, and is now, or not.
    #[must_use]
    pub fn fits(self, old: bool, new: bool) -> bool {
        match self {
            Self::New => new && !old,
            Self::Lost => old && !new,
            _ => old && new,
        }
    }

    /// Whether the unit was cut anew, in the same text.
    #[must_use]
    pub fn is_cut(self) -> bool {
        matches!(self, Self::Split | Self::Join | Self::Move)
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for How {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|how| how.as_str() == text).ok_or(())
    }
}

/// One row of `moves.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRow {
    /// 1 + the highest known when it was written; absent in rows of before, which come first.
    pub seq: Option<u64>,
    /// When.
    pub at: Moment,
    /// The unit as it was; absent for one that came new.
    pub old: Option<Locator>,
    /// The unit as it is; absent for one that is lost.
    pub new: Option<Locator>,
    /// What happened.
    pub how: How,
    /// The row it was read from; of a row that is about to be written, no file.
    pub place: Place,
}

/// What became of one unit: as it was, as it is, and how.
pub type Became = (Option<Locator>, Option<Locator>, How);

impl MoveRow {
    /// A row that is about to be written; whoever writes it gives it its seq.
    #[must_use]
    pub fn new(at: Moment, (old, new, how): Became) -> Self {
        Self { seq: None, at, old, new, how, place: Place::file("") }
    }
}

/// What became of the units of a study.
#[derive(Debug, Clone, Default)]
pub struct Moved {
    /// Every row of moves.csv, in order.
    pub rows: Vec<MoveRow>,
    /// Texts that others replaced, in the order of transcripts.csv.
    pub replaced: Vec<Transcript>,
    /// Units that stand no more.
    pub(super) changed: BTreeSet<UnitIndex>,
    /// Locators by which logs may name a unit besides its own.
    pub(super) names: BTreeMap<Locator, UnitIndex>,
    /// When units came into being that were not there from the beginning.
    pub(super) born: BTreeMap<UnitIndex, Moment>,
    /// The units from which a unit was cut.
    pub(super) earlier: BTreeMap<UnitIndex, Vec<UnitIndex>>,
}

impl Moved {
    /// Whether a unit stands no more.
    #[must_use]
    pub fn is_changed(&self, unit: UnitIndex) -> bool {
        self.changed.contains(&unit)
    }

    /// The locators by which logs may name a unit besides its own, in order.
    pub fn names(&self) -> impl Iterator<Item = &Locator> {
        self.names.keys()
    }

    /// The units that stand no more, in order.
    pub fn changed(&self) -> impl Iterator<Item = UnitIndex> + '_ {
        self.changed.iter().copied()
    }

    /// When a unit came into being, if it was not there from the beginning.
    #[must_use]
    pub fn born(&self, unit: UnitIndex) -> Option<Moment> {
        self.born.get(&unit).copied()
    }

    /// The units from which a unit was cut, in order.
    #[must_use]
    pub fn earlier(&self, unit: UnitIndex) -> &[UnitIndex] {
        self.earlier.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// Where decisions on a unit hold now: through every text that replaced another. `stands` says whether a unit
    /// stands as it is.
    fn follow<'a>(&'a self, unit: &'a Locator, stands: &dyn Fn(&Locator) -> bool) -> &'a Locator {
        let mut at = unit;
        // A ring of rows, which only another hand can write, ends here too.
        for _ in 0..=self.rows.len() {
            if stands(at) {
                return at;
            }
            let carries = |row: &&MoveRow| row.how.carries() && row.old.as_ref() == Some(at);
            match self.rows.iter().rev().find(carries).and_then(|row| row.new.as_ref()) {
                Some(next) => at = next,
                None => return at,
            }
        }
        at
    }
}

/// Units by what became of them, before they are numbered.
pub(super) struct Followed {
    /// Where decisions on each old unit hold now.
    pub(super) goes: BTreeMap<Locator, Locator>,
    /// When each unit came into being that was not there from the beginning.
    pub(super) born: BTreeMap<Locator, Moment>,
    /// The units from which each unit was cut.
    pub(super) earlier: BTreeMap<Locator, Vec<Locator>>,
}

impl Followed {
    /// Follows every row.
    pub(super) fn of(moved: &Moved, stands: &dyn Fn(&Locator) -> bool) -> Self {
        let carried: BTreeMap<&Locator, &Locator> = moved
            .rows
            .iter()
            .filter(|row| row.how.carries())
            .filter_map(|row| Some((row.old.as_ref()?, row.new.as_ref()?)))
            .collect();
        // Most rows lead to their end at once; a chain is followed row by row.
        let end = |unit: &Locator| -> Locator {
            match carried.get(unit) {
                _ if stands(unit) => unit.clone(),
                None => unit.clone(),
                Some(next) if stands(next) => (*next).clone(),
                Some(_) => moved.follow(unit, stands).clone(),
            }
        };
        let mut followed =
            Self { goes: BTreeMap::new(), born: BTreeMap::new(), earlier: BTreeMap::new() };
        let mut there_before: BTreeSet<&Locator> = BTreeSet::new();
        let mut made: BTreeSet<&Locator> = BTreeSet::new();
        for row in &moved.rows {
            if let Some(old) = &row.old {
                if !made.contains(old) {
                    there_before.insert(old);
                }
                let goes = end(old);
                if let Some(new) = row.new.as_ref().filter(|_| row.how.is_cut()) {
                    let of_new = followed.earlier.entry(end(new)).or_default();
                    if !of_new.contains(&goes) {
                        of_new.push(goes.clone());
                    }
                }
                followed.goes.insert(old.clone(), goes);
            }
            if let Some(new) = row.new.as_ref().filter(|_| !row.how.carries()) {
                made.insert(new);
                if !there_before.contains(new) {
                    followed.born.insert(end(new), row.at);
                }
            }
        }
        followed
    }
}
