//! What a seal was taken over, told from its hash, and what came later.
//!
//! A seal holds a hash over the rows that were there, not a list of them. Rows that arrive later do not
//! count until `seal --again`; rows that are missing or changed make the study invalid. So the rows
//! that came later are those without which the hash is right.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::layout;
use super::load::Opened;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{Log, LogRow, RoundIndex};
use crate::domain::problem::{Place, Problem};
use crate::domain::seal::Seal;
use crate::msg;

/// How many bytes are hashed in search of the rows of one seal; a fraction of a second.
const PATIENCE: usize = 64 << 20;

/// How a coder's sealed cases stand against their seals.
#[derive(Debug, Clone, Default)]
pub struct SealState {
    /// For each row of the coder's log, whether it counts in a comparison.
    pub counts: Vec<bool>,
    /// How many rows arrived after their case was sealed, by file.
    pub late: BTreeMap<String, u64>,
    /// Seals whose rows are no longer what was sealed.
    pub broken: Vec<Problem>,
}

impl Opened {
    /// How a coder's log stands against her seals: what counts, what came late, what is broken.
    #[must_use]
    pub fn seal_state(&self, coder: &CoderId) -> SealState {
        let Some(log) = self.logs.get(coder) else { return SealState::default() };
        let mut state = SealState { counts: vec![true; log.rows.len()], ..SealState::default() };
        let mut last: BTreeMap<(RoundIndex, &CaseId), &Seal> = BTreeMap::new();
        for seal in self.seals.iter().filter(|seal| seal.coder == *coder) {
            let Some(round) = self.study.round(seal.round.as_str()) else { continue };
            for case in &seal.scope {
                last.insert((round, case), seal);
            }
        }
        for seal in &self.seals {
            let Some(round) = self.study.round(seal.round.as_str()) else { continue };
            let holds: BTreeSet<&CaseId> = seal
                .scope
                .iter()
                .filter(|case| last.get(&(round, *case)).is_some_and(|it| std::ptr::eq(*it, seal)))
                .collect();
            if !holds.is_empty() {
                self.judge(log, seal, round, &holds, &mut state);
            }
        }
        state
    }

    /// Which rows of a log the seal at a place in [`Opened::seals`] covered; `None` where they are no longer what they
    /// were.
    pub(super) fn was_there<'a>(&'a self, log: &'a Log, place: usize) -> Option<WasThere<'a>> {
        let seal = self.seals.get(place)?;
        let round = self.study.round(seal.round.as_str())?;
        let inside =
            |row: &LogRow| row.round == round && seal.scope.contains(self.study.case_of(row.unit));
        Scope::new(log, seal, inside).search()
    }

    /// Lets no row count that came after the seal of its case.
    fn judge(
        &self,
        log: &Log,
        seal: &Seal,
        round: RoundIndex,
        holds: &BTreeSet<&CaseId>,
        state: &mut SealState,
    ) {
        let inside =
            |row: &LogRow| row.round == round && seal.scope.contains(self.study.case_of(row.unit));
        let scope = Scope::new(log, seal, inside);
        let was_there = scope.search();
        if was_there.is_none() {
            state.broken.push(Problem::new(
                Place::file(layout::SEALS),
                msg!("seal.broken", coder = seal.coder, round = seal.round, at = seal.at),
                msg!("seal.broken.fix", coder = seal.coder),
            ));
        }
        let was_there = was_there.unwrap_or_else(|| Box::new(|row| row.at <= seal.at));
        for (counts, row) in state.counts.iter_mut().zip(&log.rows) {
            let held = || holds.contains(self.study.case_of(row.unit));
            if inside(row) && held() && !was_there(row) {
                *counts = false;
                let file = log.devices.get(usize::from(row.device)).map(|it| it.file.clone());
                *state.late.entry(file.unwrap_or_default()).or_default() += 1;
            }
        }
    }
}

/// Tells of a row whether it was there when a seal was taken.
pub(super) type WasThere<'a> = Box<dyn Fn(&LogRow) -> bool + 'a>;

/// The rows of a seal's cases and round, as they are now.
struct Scope<'a> {
    log: &'a Log,
    seal: &'a Seal,
    /// Sorted by bytes; equal rows once.
    rows: Vec<&'a LogRow>,
    bytes: usize,
}

impl<'a> Scope<'a> {
    fn new(log: &'a Log, seal: &'a Seal, inside: impl Fn(&LogRow) -> bool) -> Self {
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
    fn search(&self) -> Option<WasThere<'a>> {
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

/// SHA-256 of distinct rows sorted bytewise, each followed by LF, in hex.
pub(super) fn hash(log: &Log, rows: &[&LogRow]) -> String {
    let mut lines: Vec<&[u8]> = rows.iter().map(|row| log.bytes(row)).collect();
    lines.sort_unstable();
    lines.dedup();
    digest(lines.into_iter())
}

fn digest<'a>(lines: impl Iterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
