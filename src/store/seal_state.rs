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
use crate::domain::log::{Log, LogRow, RoundIndex};
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

impl Opened {
    /// How a coder's log stands against her seals: what counts, what came late, what is broken.
    #[must_use]
    pub fn seal_state(&self, coder: &CoderId) -> SealState {
        let Some(log) = self.logs.get(coder) else { return SealState::default() };
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
        let mut is_covered = vec![false; log.rows.len()];
        let mut broken = Vec::new();
        for seal in mine() {
            let Some(round) = self.study.round(seal.round.as_str()) else { continue };
            let holds: BTreeSet<&CaseId> = (seal.scope.iter())
                .filter(|case| last[&(round, *case)].iter().any(|it| std::ptr::eq(*it, seal)))
                .collect();
            let judged = match &seal.covers {
                Some(covers) => self.listed(log, seal, round, covers, &mut is_covered),
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
        for (counts, row) in state.counts.iter_mut().zip(&log.rows) {
            let is_sealed = last.contains_key(&(row.round, self.study.case_of(row.unit)));
            if is_sealed && !*counts {
                let file = log.devices.get(usize::from(row.device)).map(|it| it.file.clone());
                *state.late.entry(file.unwrap_or_default()).or_default() += 1;
            }
            *counts |= !is_sealed;
        }
        state
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
                Some(Box::new(move |row| inside(row) && covers.has_row(row_hash(log.bytes(row)))))
            }
            None => Scope::new(log, seal, inside).search(),
        }
    }

    /// Marks the rows that a seal lists; false where some are missing or what it says of them is not so.
    fn listed(
        &self,
        log: &Log,
        seal: &Seal,
        round: RoundIndex,
        covers: &Covered,
        is_covered: &mut [bool],
    ) -> bool {
        let inside =
            |row: &LogRow| row.round == round && seal.scope.contains(self.study.case_of(row.unit));
        let all = Scope::new(log, seal, inside);
        // Mostly nothing has come since, and one hash tells.
        let whole = digest(all.rows.iter().map(|row| log.bytes(row))) == seal.log_sha256;
        let mut mine: Vec<bool> = Vec::with_capacity(log.rows.len());
        for row in &log.rows {
            mine.push(inside(row) && (whole || covers.has_row(row_hash(log.bytes(row)))));
        }
        for (covered, mine) in is_covered.iter_mut().zip(&mine) {
            *covered |= mine;
        }
        let rows: Vec<&LogRow> =
            log.rows.iter().zip(&mine).filter(|(_, mine)| **mine).map(|(row, _)| row).collect();
        (whole || hash(log, &rows) == seal.log_sha256) && self.decided(log, seal, covers, &mine)
    }

    /// Whether a seal counts the decisions that it covers. A codebook that has changed since may count others.
    fn decided(&self, log: &Log, seal: &Seal, covers: &Covered, mine: &[bool]) -> bool {
        if seal.codebook != self.study.version_in_force().id {
            return true;
        }
        let there = |number: u32, _: &LogRow| mine.get(number as usize).copied().unwrap_or(false);
        let in_force = self.fold(log, there);
        let Some(round) = self.study.round(seal.round.as_str()) else { return true };
        let (asked, all) = self.count_decided(&in_force, round, &seal.coder, covers);
        asked == seal.decisions || all == seal.decisions
    }

    /// How many units × dimensions are decided of those a seal covers: of those its coder is asked for, and of all.
    fn count_decided(
        &self,
        in_force: &InForce,
        round: RoundIndex,
        coder: &CoderId,
        covers: &Covered,
    ) -> (u64, u64) {
        let Some(table) = in_force.rounds.get(&round) else { return (0, 0) };
        let (mut asked, mut all) = (0, 0);
        for unit in &covers.units {
            for (dimension, _) in self.study.vocabulary.dimensions_in_force() {
                let decided = u64::from(table.cell(*unit, dimension).answer.is_decided());
                all += decided;
                asked += decided * u64::from(self.study.is_assigned(*unit, coder, round));
            }
        }
        (asked, all)
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

/// SHA-256 of distinct rows sorted bytewise, each followed by LF, in hex.
pub(super) fn hash(log: &Log, rows: &[&LogRow]) -> String {
    let mut lines: Vec<&[u8]> = rows.iter().map(|row| log.bytes(row)).collect();
    lines.sort_unstable();
    lines.dedup();
    digest(lines.into_iter())
}

pub(super) fn digest<'a>(lines: impl Iterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
