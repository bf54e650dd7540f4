//! Seals: handing over some cases of a round.

use std::collections::BTreeSet;

use super::begin::{Locks, Writing};
use super::layout;
use super::load::Opened;
use super::seal_state::hash;
use super::together::{Change, Growing};
use crate::domain::coding::InForce;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::{Log, LogRow, RoundIndex, UnitIndex};
use crate::domain::seal::Seal;
use crate::format::codebook::sha256;
use crate::format::records;
use crate::format::seal_list::{self, row_hash};
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

/// The lists, and a coder's logs of all devices, while these are handed over.
struct Sealing(CoderId);

impl Writing for Sealing {
    type Locks = Locks;
    type Writer = Locks;

    fn lock(&self, before: &Opened) -> Result<Locks, Failure> {
        before.coder(&self.0)?;
        let mut locks = vec![before.folder.lock_lists()?];
        for log in before.log_locks(Some(&self.0))? {
            locks.push(before.folder.lock(&log)?);
        }
        Ok(locks)
    }

    fn writer(self, locks: Locks, _: &Opened, _: &Opened) -> Result<Locks, Failure> {
        Ok(locks)
    }
}

impl Opened {
    /// Hands over cases; returns the row that was written.
    ///
    /// # Errors
    /// No such coder, round or case; a session of that coder is open on this computer; undecided units without a reason; a case already sealed without
    /// `--again`; nothing to seal; or the seal cannot be written.
    pub fn seal(&self, wish: &SealWish) -> Result<Seal, Failure> {
        let (_locks, now) = self.begin(Sealing(wish.coder.clone()))?;
        now.hand_over(wish)
    }

    /// Hands over what the logs hold, which nobody writes meanwhile.
    fn hand_over(&self, wish: &SealWish) -> Result<Seal, Failure> {
        let round = self.round(wish.round.as_ref())?;
        let log = self.own_log(&wish.coder)?;
        self.still_codes(&wish.coder)?;
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
        let (units_sha256, units) = self.units_of_cases(&scope);
        let mut seal = Seal {
            seq: None,
            at: self.folder.now(),
            coder: wish.coder.clone(),
            round: self.study.rounds[usize::from(round.0)].clone(),
            decisions: decided,
            log_sha256: hash(log, all.iter().copied()),
            units_sha256,
            codebook: self.study.version_in_force().id.clone(),
            scope,
            covers: None,
        };
        self.keep_version()?;
        let list = self.list(&units, log, &all);
        let cases = || seal.scope.clone();
        let kinds = [
            (What::Incomplete { cases: cases() }, &wish.incomplete, undecided > 0),
            (What::Again { cases: cases() }, &wish.again, again),
        ];
        let mut events = Vec::new();
        for (what, reason, happened) in kinds {
            // A reason for what did not happen would be a false record.
            if let Some(reason) = reason.as_ref().filter(|_| happened) {
                events.push(Event::new(seal.at, vec![seal.coder.clone()], what, reason));
            }
        }
        let mut held = Growing::new();
        let known = self.folder.grow(layout::SEALS, &mut held)?.known().to_vec();
        let read = records::read_seals;
        seal.seq = Some(self.folder.highest_seq(layout::SEALS, &known, read, |it| it.seq)? + 1);
        // With its list, without which it would say nothing, and with the reasons.
        let replaced = self.list_to_keep(&seal, &list)?.map(|file| (file, list));
        let lines = vec![(layout::SEALS.to_owned(), records::write_seal(&seal))];
        let replaced = replaced.into_iter().collect();
        self.folder.change_with(Change { replaced, events, lines, ..Change::default() }, held)?;
        Ok(seal)
    }

    /// The list of these units, and of these rows of a log.
    pub(super) fn list(&self, units: &[String], log: &Log, rows: &[&LogRow]) -> Vec<u8> {
        let row = |row: &&LogRow| (self.study.unit_name(row.unit), row_hash(log.bytes(row)));
        seal_list::write(units, &rows.iter().map(row).collect::<Vec<_>>())
    }

    /// The file for the list of what a seal covers, never one that holds another; `None` where it is kept already. Seals of
    /// equal rows and other units begin with the same hash: the units' tells their lists apart. Without any row, whoever else
    /// hands over nothing has that hash too, maybe on another computer; so the units' stands in the name from the first.
    pub(super) fn list_to_keep(
        &self,
        seal: &Seal,
        bytes: &[u8],
    ) -> Result<Option<String>, Failure> {
        let units = seal.units_sha256.get(..12).unwrap_or(&seal.units_sha256);
        let full = format!("{}-{units}", seal.list_name());
        let names = [seal.list_name().to_owned(), full.clone()];
        let from = usize::from(seal.log_sha256 == sha256(&[]));
        let more = (2..).map(|number| format!("{full}-{number}"));
        for name in names.into_iter().skip(from).chain(more) {
            let file = layout::seal_list(&name);
            match self.folder.read(&file)? {
                None => return Ok(Some(file)),
                Some(other) if other == bytes => return Ok(None),
                Some(_) => {}
            }
        }
        Ok(None)
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

    /// SHA-256 of the sorted locators of the units of some cases, each followed by LF; and the locators.
    pub(super) fn units_of_cases(&self, scope: &[CaseId]) -> (String, Vec<String>) {
        let inside = |unit: &UnitIndex| scope.contains(self.study.case_of(*unit));
        let talk = self.study.talk().filter(|(unit, _)| inside(unit));
        let mut locators: Vec<String> = talk.map(|(_, unit)| unit.locator.to_string()).collect();
        locators.sort();
        let lines: String = locators.iter().map(|it| format!("{it}\n")).collect();
        (sha256(lines.as_bytes()), locators)
    }
}
