//! Seals: handing over some cases of a round, and telling later what was handed over.
//!
//! A seal holds a hash over the rows that were there. Rows that arrive later do not count until
//! `seal --again`; rows that are missing or changed make the study invalid.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::append::Appender;
use super::layout;
use super::load::Opened;
use super::records::EventWriter;
use crate::domain::coding::InForce;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::{Log, LogRow, RoundIndex};
use crate::domain::problem::{Place, Problem};
use crate::domain::record::Event;
use crate::domain::seal::Seal;
use crate::domain::unit::UnitKind;
use crate::format::codebook::sha256;
use crate::format::records;
use crate::format::rows;
use crate::msg;

/// What a coder wants to hand over.
#[derive(Debug, Clone)]
pub struct SealWish {
    /// Who hands over.
    pub coder: CoderId,
    /// The cases; empty for all in which the coder has units.
    pub cases: Vec<CaseId>,
    /// The round; absent for the current one.
    pub round: Option<RoundId>,
    /// Why some units stay undecided; absent where none may.
    pub incomplete: Option<String>,
    /// Why a sealed case is sealed once more.
    pub again: Option<String>,
}

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
    /// Hands over cases; returns the row that was written.
    ///
    /// # Errors
    /// No such coder, round or case; undecided units without a reason; a case already sealed without
    /// `--again`; nothing to seal; or the seal cannot be written.
    pub fn seal(&self, wish: &SealWish) -> Result<Seal, Failure> {
        let round = self.round(wish.round.as_ref())?;
        let log = self.own_log(&wish.coder)?;
        let scope = self.scope(wish, round)?;
        let inside =
            |row: &LogRow| row.round == round && scope.contains(self.study.case_of(row.unit));
        let in_force = InForce::fold(
            log,
            self.study.units.len(),
            self.study.vocabulary.dimensions.len(),
            |_, row| inside(row),
        );
        let (decided, undecided) = self.count(&wish.coder, round, &scope, &in_force);
        if undecided > 0 && wish.incomplete.is_none() {
            return Err(Failure::Refused(
                msg!("seal.undecided", n = undecided, coder = wish.coder),
                msg!("seal.undecided.fix", coder = wish.coder),
            ));
        }
        let again = scope.iter().any(|case| self.is_sealed(&wish.coder, case, round));
        let all: Vec<&LogRow> = log.rows.iter().filter(|row| inside(row)).collect();
        let seal = Seal {
            at: self.folder.now(),
            coder: wish.coder.clone(),
            round: self.study.rounds[usize::from(round.0)].clone(),
            decisions: decided,
            log_sha256: hash(log, &all),
            units_sha256: self.units_sha256(&scope),
            codebook: self.study.version_in_force().id.clone(),
            scope,
        };
        self.keep_version()?;
        for (event, reason, happened) in
            [("incomplete", &wish.incomplete, undecided > 0), ("again", &wish.again, again)]
        {
            // A reason for what did not happen would be a false record.
            if let Some(reason) = reason.as_ref().filter(|_| happened) {
                EventWriter::open(&self.folder)?.append(&Event {
                    at: seal.at,
                    event: event.to_owned(),
                    who: seal.coder.to_string(),
                    about: seal.scope.iter().map(CaseId::as_str).collect::<Vec<_>>().join("; "),
                    reason: reason.clone(),
                })?;
            }
        }
        let torn = |bytes: &[u8]| records::read_seals("", bytes, &mut Vec::new()).1;
        let mut file =
            Appender::open(&self.folder, layout::SEALS, rows::write(&records::SEALS), torn)?;
        file.append(&records::write_seal(&seal))?;
        Ok(seal)
    }

    /// The cases that a wish names, or all in which the coder has units and has not sealed yet.
    fn scope(&self, wish: &SealWish, round: RoundIndex) -> Result<Vec<CaseId>, Failure> {
        let mine: BTreeSet<&CaseId> = self
            .study
            .talk()
            .filter(|(unit, _)| self.study.is_assigned(*unit, &wish.coder, round))
            .map(|(unit, _)| self.study.case_of(unit))
            .collect();
        for case in &wish.cases {
            if self.study.case(case).is_none() || !mine.contains(case) {
                let known: Vec<&str> = mine.iter().map(|case| case.as_str()).collect();
                return Err(Failure::Usage(
                    msg!("seal.case", case = case, coder = wish.coder),
                    msg!("seal.case.fix", known = known.join(", ")),
                ));
            }
            if self.is_sealed(&wish.coder, case, round) && wish.again.is_none() {
                return Err(Failure::Refused(
                    msg!("seal.sealed", case = case, coder = wish.coder),
                    msg!("seal.sealed.fix", case = case, coder = wish.coder),
                ));
            }
        }
        let asked = |case: &CaseId| wish.cases.is_empty() || wish.cases.contains(case);
        let open =
            |case: &CaseId| wish.again.is_some() || !self.is_sealed(&wish.coder, case, round);
        let scope: Vec<CaseId> = (self.study.cases.iter())
            .map(|case| case.id.clone())
            .filter(|case| mine.contains(case) && asked(case) && open(case))
            .collect();
        if scope.is_empty() {
            return Err(Failure::Refused(
                msg!("seal.nothing", coder = wish.coder),
                msg!("seal.nothing.fix"),
            ));
        }
        Ok(scope)
    }

    fn count(
        &self,
        coder: &CoderId,
        round: RoundIndex,
        scope: &[CaseId],
        in_force: &InForce,
    ) -> (u64, u64) {
        let table = in_force.rounds.get(&round);
        let (mut decided, mut undecided) = (0, 0);
        for (unit, _) in self.study.talk() {
            if !scope.contains(self.study.case_of(unit))
                || !self.study.is_assigned(unit, coder, round)
            {
                continue;
            }
            for (dimension, _) in self.study.vocabulary.dimensions_in_force() {
                if table.is_some_and(|table| table.cell(unit, dimension).answer.is_decided()) {
                    decided += 1;
                } else {
                    undecided += 1;
                }
            }
        }
        (decided, undecided)
    }

    /// SHA-256 of the sorted locators of the units of some cases, each followed by LF.
    #[must_use]
    pub fn units_sha256(&self, scope: &[CaseId]) -> String {
        let mut locators: Vec<String> = self
            .study
            .units()
            .filter(|(unit, it)| {
                it.kind == UnitKind::Talk && scope.contains(self.study.case_of(*unit))
            })
            .map(|(_, unit)| unit.locator.to_string())
            .collect();
        locators.sort();
        let mut text = locators.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        sha256(text.as_bytes())
    }

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

    /// Finds the rows that a seal was taken over, and lets no later row of its cases count.
    fn judge(
        &self,
        log: &Log,
        seal: &Seal,
        round: RoundIndex,
        holds: &BTreeSet<&CaseId>,
        state: &mut SealState,
    ) {
        let scope: Vec<(usize, &LogRow)> = log
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| {
                row.round == round && seal.scope.contains(self.study.case_of(row.unit))
            })
            .collect();
        let matches = |kept: &dyn Fn(&LogRow) -> bool| {
            let rows: Vec<&LogRow> =
                scope.iter().map(|(_, row)| *row).filter(|row| kept(row)).collect();
            hash(log, &rows) == seal.log_sha256
        };
        let in_time = |row: &LogRow| row.at <= seal.at;
        let without = |device: usize| {
            move |row: &LogRow| row.at <= seal.at && usize::from(row.device) != device
        };
        let devices = log.devices.len();
        let absent = if matches(&|_| true) {
            return; // nothing came later
        } else if matches(&in_time) {
            None
        } else if let Some(device) = (0..devices).find(|device| matches(&without(*device))) {
            Some(device)
        } else {
            state.broken.push(Problem::new(
                Place::file(layout::SEALS),
                msg!("seal.broken", coder = seal.coder, round = seal.round, at = seal.at),
                msg!("seal.broken.fix", coder = seal.coder),
            ));
            None
        };
        for (number, row) in
            scope.iter().filter(|(_, row)| holds.contains(self.study.case_of(row.unit)))
        {
            let counts = in_time(row) && absent != Some(usize::from(row.device));
            if !counts {
                state.counts[*number] = false;
                let file = log
                    .devices
                    .get(usize::from(row.device))
                    .map_or_else(String::new, |it| it.file.clone());
                *state.late.entry(file).or_default() += 1;
            }
        }
    }
}

/// SHA-256 of distinct rows sorted bytewise, each followed by LF, in hex.
fn hash(log: &Log, rows: &[&LogRow]) -> String {
    let mut lines: Vec<&[u8]> = rows.iter().map(|row| log.bytes(row)).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
