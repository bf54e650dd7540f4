//! Seals of before, and seals whose list is not here: they hold a hash over the rows that were there and not a list of them.
//!
//! The rows that came later are those without which the hash is right.

use std::collections::BTreeSet;

use super::seal_state::digest;
use crate::domain::log::{Log, LogRow, UnitIndex};
use crate::domain::seal::{Covered, Seal};
use crate::domain::study::Study;
use crate::format::codebook::sha256;
use crate::format::seal_list::row_hash;

/// What a seal covered whose list is not here, as far as its hashes prove it: the units are those that there are, and the rows
/// those without which the hash is wrong.
pub(super) fn proved(study: &Study, log: &Log, seal: &Seal) -> Option<Covered> {
    let round = study.round(seal.round.as_str())?;
    let here = |unit: UnitIndex| seal.scope.contains(study.case_of(unit));
    let talk = study.talk().filter(|(unit, _)| here(*unit));
    let mut locators: Vec<(String, UnitIndex)> =
        talk.map(|(unit, known)| (known.locator.to_string(), unit)).collect();
    locators.sort();
    let lines: String = locators.iter().map(|(locator, _)| format!("{locator}\n")).collect();
    if sha256(lines.as_bytes()) != seal.units_sha256 {
        return None;
    }
    let scope = Scope::new(log, seal, |row| row.round == round && here(row.unit));
    let was_there = scope.search()?;
    let rows = scope.rows.iter().filter(|row| was_there(row));
    let mut rows: Vec<_> = rows.map(|row| row_hash(log.bytes(row))).collect();
    rows.sort_unstable();
    let mut units: Vec<UnitIndex> = locators.into_iter().map(|(_, unit)| unit).collect();
    units.sort_unstable();
    Some(Covered { units, rows })
}

/// How many bytes are hashed in search of the rows of one seal; a fraction of a second.
const PATIENCE: usize = 64 << 20;

/// Tells of a row whether it was there when a seal was taken.
pub(super) type WasThere<'a> = Box<dyn Fn(&LogRow) -> bool + 'a>;

/// The rows of a seal's cases and round, as they are now.
pub(super) struct Scope<'a> {
    log: &'a Log,
    seal: &'a Seal,
    /// Sorted by bytes; equal rows once.
    pub(super) rows: Vec<&'a LogRow>,
    bytes: usize,
}

impl<'a> Scope<'a> {
    pub(super) fn new(log: &'a Log, seal: &'a Seal, inside: impl Fn(&LogRow) -> bool) -> Self {
        let mut rows: Vec<&LogRow> = log.rows.iter().filter(|row| inside(row)).collect();
        rows.sort_unstable_by_key(|row| log.bytes(row));
        rows.dedup_by_key(|row| log.bytes(row));
        let bytes = rows.iter().map(|row| row.length as usize + 1).sum();
        Self { log, seal, rows, bytes }
    }

    /// Which rows the seal was taken over; `None` if no likely choice gives its hash.
    ///
    /// Usually nothing came later, or what came is dated later. Else a device brought rows of an
    /// earlier date: all it has, or its last ones; or two copies of one log were joined by git; or the
    /// clock does not tell, as when a script codes on in the second of the seal.
    pub(super) fn search(&self) -> Option<WasThere<'a>> {
        let at = self.seal.at;
        let mut left = PATIENCE.max(4 * self.bytes);
        let mut first: Vec<WasThere<'a>> =
            vec![Box::new(|_| true), Box::new(move |row| row.at <= at)];
        for device in self.devices() {
            first.push(Box::new(move |row| row.at <= at && row.device != device));
            first.extend(self.joined(device));
        }
        let last = self.devices().into_iter().flat_map(|device| {
            self.seqs(device).into_iter().map(move |seq| -> WasThere<'a> {
                Box::new(move |row| if row.device == device { row.seq < seq } else { row.at <= at })
            })
        });
        first.into_iter().chain(last).find(|was_there| {
            let affordable = left >= self.bytes;
            left = left.saturating_sub(self.bytes);
            affordable && self.hash(was_there) == self.seal.log_sha256
        })
    }

    fn hash(&self, was_there: &dyn Fn(&LogRow) -> bool) -> String {
        digest(self.rows.iter().filter(|row| was_there(row)).map(|row| self.log.bytes(row)))
    }

    fn devices(&self) -> BTreeSet<u16> {
        self.rows.iter().map(|row| row.device).collect()
    }

    /// The seqs of a device's rows, latest first.
    fn seqs(&self, device: u16) -> Vec<u64> {
        let mut seqs: Vec<u64> =
            self.rows.iter().filter(|row| row.device == device).map(|row| row.seq).collect();
        seqs.sort_unstable_by(|one, other| other.cmp(one));
        seqs.dedup();
        seqs
    }

    /// Where git joined two copies of a device's log, seqs start again: what follows the one copy's rows
    /// are the other's. Either may have come later.
    fn joined(&self, device: u16) -> Vec<WasThere<'a>> {
        let at = self.seal.at;
        let mut rows: Vec<(u32, u64)> = (self.log.rows.iter())
            .filter(|row| row.device == device)
            .map(|row| (row.line, row.seq))
            .collect();
        rows.sort_unstable();
        let mut choices: Vec<WasThere<'a>> = Vec::new();
        for (nth, pair) in rows.windows(2).enumerate() {
            let (line, seq) = pair[1];
            if seq > pair[0].1 {
                continue;
            }
            let before = rows.iter().take(nth + 1).find(|(_, other)| *other >= seq);
            let other = before.map_or(line, |(other, _)| *other);
            let in_time = move |row: &LogRow| row.at <= at;
            choices.push(Box::new(move |row| {
                in_time(row) && (row.device != device || row.line < line)
            }));
            choices.push(Box::new(move |row| {
                let there = row.line < other || row.line >= line;
                in_time(row) && (row.device != device || there)
            }));
        }
        choices
    }
}
