//! What a seal was taken over, and what came later.
//!
//! A seal lists what it covered: covered is what it lists, late what it does not, missing what it lists and no log holds.
//! So neither clocks nor the way in which copies were joined say what counts. Rows that come late do not count until
//! `seal --again`; rows that are missing or changed make the study invalid. Seals of before are judged by their hashes.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::layout;
use super::load::Opened;
use super::seal_before::{Scope, WasThere};
use crate::domain::coding::InForce;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{Log, LogRow, RoundIndex, UnitIndex};
use crate::domain::problem::{Place, Problem};
use crate::domain::seal::{Covered, Seal};
use crate::format::seal_list::row_hash;
use crate::msg;

/// How a coder's sealed cases stand against their seals.
#[derive(Debug, Clone, Default)]
pub struct SealState {
    /// For each row of the coder's log, whether it counts in a comparison: its case is not sealed in its round, or a
    /// seal covers it.
    pub counts: Vec<bool>,
    /// How many rows arrived after their case was sealed, by file.
    pub late: BTreeMap<String, u64>,
    /// Seals whose rows are no longer what was sealed.
    pub broken: Vec<Problem>,
}

impl SealState {
    /// Of whoever has no log.
    pub(super) const NONE: Self =
        Self { counts: Vec::new(), late: BTreeMap::new(), broken: Vec::new() };
}

/// The rows of a log by round and case, as places in [`Log::rows`], in order.
type ByCase<'a> = BTreeMap<(RoundIndex, &'a CaseId), Vec<u32>>;

impl Opened {
    /// How a coder's log stands against her seals, from the beginning; see [`Opened::seal_state`].
    pub(super) fn stand(&self, coder: &CoderId) -> SealState {
        let Some(log) = self.logs.get(coder) else { return SealState::NONE };
        let mine = || self.seals.iter().filter(|seal| seal.coder == *coder);
        // For each sealed case the seals that hold: the last, and those of the same seq on other computers.
        let mut last: BTreeMap<(RoundIndex, &CaseId), Vec<&Seal>> = BTreeMap::new();
        for seal in mine() {
            let Some(round) = self.study.round(seal.round.as_str()) else { continue };
            for case in &seal.scope {
                let holding = last.entry((round, case)).or_default();
                holding.retain(|it| it.seq.is_some() && it.seq == seal.seq);
                holding.push(seal);
            }
        }
        let by_case = self.by_case(log);
        let mut is_covered = vec![false; log.rows.len()];
        let mut broken = Vec::new();
        for seal in mine() {
            let Some(round) = self.study.round(seal.round.as_str()) else { continue };
            let holds: BTreeSet<&CaseId> = (seal.scope.iter())
                .filter(|case| last[&(round, *case)].iter().any(|it| std::ptr::eq(*it, seal)))
                .collect();
            let judged = match &seal.covers {
                Some(covers) => {
                    let inside = inside(&by_case, seal, round);
                    self.listed(log, seal, covers, &inside, &mut is_covered)
                }
                None if holds.is_empty() => true,
                None => {
                    seal.seq.is_none() & self.of_before(log, seal, round, &holds, &mut is_covered)
                }
            };
            if !judged && !holds.is_empty() {
                broken.push(problem(seal));
            }
        }
        let mut state = SealState { counts: is_covered, late: BTreeMap::new(), broken };
        for (place, rows) in &by_case {
            let is_sealed = last.contains_key(place);
            for at in rows.iter().map(|it| *it as usize) {
                let Some(counts) = state.counts.get_mut(at) else { continue };
                if is_sealed && !*counts {
                    let device = log.rows.get(at).map_or(0, |row| usize::from(row.device));
                    let file = log.devices.get(device).map(|it| it.file.clone());
                    *state.late.entry(file.unwrap_or_default()).or_default() += 1;
                }
                *counts |= !is_sealed;
            }
        }
        state
    }

    fn by_case<'a>(&'a self, log: &Log) -> ByCase<'a> {
        let mut by_transcript: BTreeMap<(RoundIndex, u32), Vec<u32>> = BTreeMap::new();
        let place = |row: &LogRow| {
            let transcript = self.study.unit_transcripts.get(row.unit.at()).copied();
            (row.round, transcript.unwrap_or(0))
        };
        // Mostly a transcript is coded as a whole.
        let mut at = 0;
        for run in log.rows.chunk_by(|one, other| place(one) == place(other)) {
            let end = at + u32::try_from(run.len()).unwrap_or(u32::MAX);
            if let Some(first) = run.first() {
                by_transcript.entry(place(first)).or_default().extend(at..end);
            }
            at = end;
        }
        let mut by_case = ByCase::new();
        for ((round, _), rows) in by_transcript {
            let unit = rows.first().and_then(|at| log.rows.get(*at as usize)).map(|row| row.unit);
            let Some(unit) = unit else { continue };
            by_case.entry((round, self.study.case_of(unit))).or_default().extend(rows);
        }
        by_case.values_mut().for_each(|rows| rows.sort_unstable());
        by_case
    }

    /// Which rows of a log the seal at a place in [`Opened::seals`] covered; `None` where they are no longer what they
    /// were.
    pub(super) fn was_there<'a>(&'a self, log: &'a Log, place: usize) -> Option<WasThere<'a>> {
        let seal = self.seals.get(place)?;
        let round = self.study.round(seal.round.as_str())?;
        let inside = move |row: &LogRow| {
            row.round == round && seal.scope.contains(self.study.case_of(row.unit))
        };
        match &seal.covers {
            Some(covers) => {
                let listed = covers.set();
                Some(Box::new(move |row| inside(row) && listed.has(row_hash(log.bytes(row)))))
            }
            None => Scope::new(log, seal, inside).search(),
        }
    }

    /// Marks the rows that a seal lists, of those of its cases and round; false where some are missing or what it says of them
    /// is not so.
    fn listed(
        &self,
        log: &Log,
        seal: &Seal,
        covers: &Covered,
        inside: &[u32],
        is_covered: &mut [bool],
    ) -> bool {
        let row = |at: &u32| log.rows.get(*at as usize);
        // Mostly nothing has come since, and one hash tells.
        let whole = hash(log, inside.iter().filter_map(row)) == seal.log_sha256;
        let listed = (!whole).then(|| covers.set());
        let is_listed = |at: &&u32| match (&listed, row(at)) {
            (Some(listed), Some(row)) => listed.has(row_hash(log.bytes(row))),
            (listed, _) => listed.is_none(),
        };
        let mine: Vec<u32> = inside.iter().filter(is_listed).copied().collect();
        for at in &mine {
            if let Some(covered) = is_covered.get_mut(*at as usize) {
                *covered = true;
            }
        }
        (whole || hash(log, mine.iter().filter_map(row)) == seal.log_sha256)
            && self.decided(log, seal, covers, &mine)
    }

    /// Whether a seal counts the decisions that it covers. A codebook that has changed since may count others.
    fn decided(&self, log: &Log, seal: &Seal, covers: &Covered, mine: &[u32]) -> bool {
        if seal.codebook != self.study.version_in_force().id {
            return true;
        }
        let Some(round) = self.study.round(seal.round.as_str()) else { return true };
        // Only as large as what it covers, for there may be as many seals as cases.
        let first = covers.units.first().map_or(0, |it| it.0);
        let size = covers.units.last().map_or(0, |it| it.0 + 1 - first) as usize;
        let own = |unit: UnitIndex| UnitIndex(unit.0.wrapping_sub(first));
        let dimensions = self.study.vocabulary.dimensions.len();
        let in_force = InForce::of_rows(log, mine.iter().copied(), size, dimensions, own);
        let Some(table) = in_force.rounds.get(&round) else { return seal.decisions == 0 };
        let (mut asked, mut all) = (0, 0);
        for unit in &covers.units {
            for (dimension, _) in self.study.vocabulary.dimensions_in_force() {
                let decided = u64::from(table.cell(own(*unit), dimension).answer.is_decided());
                all += decided;
                asked += decided * u64::from(self.study.is_assigned(*unit, &seal.coder, round));
            }
        }
        asked == seal.decisions || all == seal.decisions
    }

    /// Marks the rows that were there when a seal of before was taken; false where no likely choice gives its hash.
    fn of_before(
        &self,
        log: &Log,
        seal: &Seal,
        round: RoundIndex,
        holds: &BTreeSet<&CaseId>,
        is_covered: &mut [bool],
    ) -> bool {
        let inside =
            |row: &LogRow| row.round == round && seal.scope.contains(self.study.case_of(row.unit));
        let scope = Scope::new(log, seal, inside);
        let found = scope.search();
        let sound = found.is_some();
        let was_there = found.unwrap_or_else(|| Box::new(|row| row.at <= seal.at));
        for (covered, row) in is_covered.iter_mut().zip(&log.rows) {
            let held = || holds.contains(self.study.case_of(row.unit));
            *covered |= inside(row) && held() && was_there(row);
        }
        sound
    }
}

fn problem(seal: &Seal) -> Problem {
    let (coder, round, at) = (&seal.coder, &seal.round, seal.at);
    if seal.seq.is_some() && seal.covers.is_none() {
        let file = layout::seal_list(seal.list_name());
        return Problem::new(
            Place::file(file),
            msg!("seal.no_list", coder = coder, round = round, at = at),
            msg!("seal.no_list.fix", coder = coder),
        );
    }
    Problem::new(
        Place::file(layout::SEALS),
        msg!("seal.broken", coder = coder, round = round, at = at),
        msg!("seal.broken.fix", coder = coder),
    )
}

/// The rows of a seal's cases and round, in the order of the log.
fn inside(by_case: &ByCase<'_>, seal: &Seal, round: RoundIndex) -> Vec<u32> {
    let scope: BTreeSet<&CaseId> = seal.scope.iter().collect();
    let of_case = |case| by_case.get(&(round, case)).into_iter().flatten().copied();
    let mut rows: Vec<u32> = scope.into_iter().flat_map(of_case).collect();
    rows.sort_unstable();
    rows
}

/// SHA-256 of distinct rows sorted bytewise, each followed by LF, in hex.
pub(super) fn hash<'a>(log: &'a Log, rows: impl Iterator<Item = &'a LogRow>) -> String {
    // Most rows differ in their first bytes, by their seq: these are compared as one number, beside which the rows themselves
    // are looked at rarely.
    let mut keyed: Vec<(u64, &LogRow)> = rows.map(|row| (beginning(log.bytes(row)), row)).collect();
    // In the order of a log the rows stand in a few runs, one for each length of seq, which a stable sort merges.
    keyed.sort_by(|(one, row), (other, next)| {
        one.cmp(other).then_with(|| log.bytes(row).cmp(log.bytes(next)))
    });
    keyed.dedup_by(|(one, row), (other, next)| one == other && log.bytes(row) == log.bytes(next));
    let mut hash = Sha256::new();
    let mut rows = keyed.into_iter().map(|(_, row)| row).peekable();
    while let Some(first) = rows.next() {
        // Rows that stand one after the other in their file are taken together.
        let mut last = first;
        while let Some(next) = rows.next_if(|it| log.is_next(last, it)) {
            last = next;
        }
        hash.update(log.stretch(first, last));
        hash.update(b"\n");
    }
    hex(hash)
}

/// The first bytes of a row as a number.
fn beginning(line: &[u8]) -> u64 {
    match line.first_chunk() {
        Some(first) => u64::from_be_bytes(*first),
        None => {
            let mut first = [0; 8];
            first.iter_mut().zip(line).for_each(|(to, from)| *to = *from);
            u64::from_be_bytes(first)
        }
    }
}

/// SHA-256 of lines in their order, each followed by LF, in hex.
pub(super) fn digest<'a>(lines: impl Iterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update(b"\n");
    }
    hex(hash)
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
