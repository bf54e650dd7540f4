//! What a matrix is counted over: its rows or columns with their totals, and tables of counts over them.

use super::entries::{At, Entries};
use super::{Head, TOTAL};
use crate::domain::answer::CodeIndex;
use crate::domain::log::UnitIndex;

/// The rows or the columns, with a total at the end if one is asked for.
pub(super) struct Side {
    pub(super) entries: Entries,
    /// Entries, the total included.
    pub(super) size: usize,
    /// Strata, that of the total included.
    pub(super) strata: usize,
    total: bool,
}

impl Side {
    pub(super) fn of(entries: Entries, total: bool) -> Self {
        let more = usize::from(total);
        Self { size: entries.ids.len() + more, strata: entries.strata() + more, entries, total }
    }

    pub(super) fn heads(&self) -> Vec<Head> {
        let heads = (0..self.entries.ids.len()).filter_map(|at| self.entries.head(at));
        let mut heads: Vec<Head> = heads.collect();
        if self.total {
            let outer = heads.first().and_then(|it| it.outer.as_ref()).map(|_| String::new());
            heads.push(Head { outer, id: TOTAL.to_owned() });
        }
        heads
    }

    /// The entries and strata of a unit; the total holds whatever any entry holds.
    pub(super) fn look(&self, at: &At<'_>, members: &mut Vec<u32>, strata: &mut Vec<usize>) {
        self.entries.members(at, members);
        self.entries.strata_of(at, members, strata);
        if self.total {
            if !members.is_empty() {
                members.push(u32::try_from(self.entries.ids.len()).unwrap_or(u32::MAX));
            }
            if !strata.is_empty() {
                strata.push(self.entries.strata());
            }
        }
    }

    /// The entries in which a unit would stand whatever it was given.
    pub(super) fn spoken(&self, at: &At<'_>, members: &mut Vec<u32>) {
        self.entries.spoken(at, members);
        if self.total && !members.is_empty() {
            members.push(u32::try_from(self.entries.ids.len()).unwrap_or(u32::MAX));
        }
    }

    /// The codes for which an entry stands; none where it stands for something else, as the total does.
    pub(super) fn codes(&self, entry: usize) -> &[CodeIndex] {
        self.entries.codes(entry)
    }

    /// Whether a person stands in a stratum, as in an entry.
    pub(super) fn stratum_holds(&self, stratum: usize, person: u32) -> bool {
        stratum >= self.entries.strata() || self.entries.stratum_holds(stratum, person)
    }

    pub(super) fn strata_of_entry(&self, entry: usize) -> Vec<usize> {
        if entry == self.entries.ids.len() {
            vec![self.entries.strata()]
        } else {
            self.entries.strata_of_entry(entry)
        }
    }

    /// Whether a person stands in an entry; everybody does where entries are no people, and in the total.
    pub(super) fn holds(&self, entry: usize, person: u32) -> bool {
        entry >= self.entries.ids.len() || self.entries.holds(entry, person)
    }
}

/// A table of counts that counts each unit once, though several sources hold it.
pub(super) struct Counts {
    width: usize,
    counts: Vec<u64>,
    last: Vec<u32>,
}

impl Counts {
    pub(super) fn new(height: usize, width: usize) -> Self {
        Self { width, counts: vec![0; height * width], last: vec![u32::MAX; height * width] }
    }

    /// Counts a unit; whether it was not counted here before.
    pub(super) fn add(&mut self, row: usize, column: usize, unit: UnitIndex) -> bool {
        let at = row * self.width + column;
        let (Some(count), Some(last)) = (self.counts.get_mut(at), self.last.get_mut(at)) else {
            return false;
        };
        let is_new = *last != unit.0;
        if is_new {
            *last = unit.0;
            *count += 1;
        }
        is_new
    }

    pub(super) fn get(&self, row: usize, column: usize) -> u64 {
        self.counts.get(row * self.width + column).copied().unwrap_or(0)
    }
}
