//! A coder at the desk: which units she is offered, and how what she decides is kept.

use super::chosen::{Chosen, units};
use super::{coder, leave_texts_out};
use crate::desk::coding::{CodingDesk, Keep};
use crate::desk::{Keeper, NotKept};
use crate::domain::answer::DimensionIndex;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId, TranscriptId};
use crate::domain::log::{RoundIndex, UnitIndex, Via};
use crate::domain::record::{MemoKind, NewProposal};
use crate::domain::transcript::Transcript;
use crate::msg;
use crate::store::{self, Coding, LogWriter, MemoWriter, Opened, PickWriter, ProposalWriter};

/// What somebody wants to code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeAsk {
    /// Who codes: an id or a name.
    pub coder: String,
    /// Only these cases; all if empty.
    pub cases: Vec<String>,
    /// The round; absent for the current one.
    pub round: Option<RoundId>,
    /// The device whose log is written; empty for `coding/<coder>.csv`.
    pub device: String,
    /// What of it is asked for.
    pub only: Only,
    /// Only these dimensions, by ids or names; all if empty.
    pub dimensions: Vec<String>,
    /// The order in which units are shown.
    pub order: Order,
}

impl CodeAsk {
    /// All that is hers, in the order of the text.
    #[must_use]
    pub fn of(coder: &str) -> Self {
        Self {
            coder: coder.to_owned(),
            cases: Vec::new(),
            round: None,
            device: String::new(),
            only: Only::All,
            dimensions: Vec::new(),
            order: Order::Text,
        }
    }
}

/// What of a coder's units is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All of them.
    All,
    /// Where anything is undecided when the session begins.
    Uncoded,
    /// Decisions of which she was unsure, once more.
    Unsure,
    /// What is to be read again because the codebook changed.
    Changed,
}

/// The order in which units are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As they were said.
    Text,
    /// Drawn with this seed, so that neighbours do not colour one another.
    Random(u64),
}

/// One coder's session; nobody else writes her log meanwhile.
pub struct CodeSession {
    ask: CodeAsk,
    opened: Opened,
    coder: CoderId,
    round: RoundIndex,
    chosen: Chosen,
    /// Cases that are left out because she has sealed them.
    pub sealed: Vec<CaseId>,
    writer: LogWriter,
    /// Opened with the first note.
    memos: Option<MemoWriter>,
    /// The study as it was when something in its folder changed last.
    latest: Option<Opened>,
}

impl CodeSession {
    /// Takes the lock of the coder's log, and finds what is hers to code.
    ///
    /// # Errors
    /// There is no such coder, case or round; somebody else writes the log; or nothing is left to code.
    pub fn begin(before: Opened, ask: CodeAsk) -> Result<Self, Failure> {
        let coder = coder(&before, &ask.coder)?;
        let (round, device) = (ask.round.clone(), ask.device.clone());
        let coding = Coding { coder: coder.clone(), round, device };
        let load = |folder: &store::Folder| store::load_for(folder, coder.as_str());
        let (writer, opened) = before.begin_as_read(coding, load)?;
        let round = opened.round(ask.round.as_ref())?;
        let (all, sealed) = units(&opened, &coder, round, &ask.cases)?;
        let chosen = Chosen::of(&opened, &coder, round, all, &ask)?;
        let memos = None;
        Ok(Self { ask, opened, coder, round, chosen, sealed, writer, memos, latest: None })
    }

    /// Begins anew with the study as it is now.
    ///
    /// # Errors
    /// As [`CodeSession::begin`], or the study is invalid now.
    pub fn again(self) -> Result<Self, Failure> {
        let Self { ask, opened, writer, memos, .. } = self;
        // Whatever the log lost meanwhile is put back before it is read.
        drop((writer, memos));
        Self::begin(store::load_for(&opened.folder, &ask.coder)?, ask)
    }

    /// The study as this session reads it.
    #[must_use]
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Who codes.
    #[must_use]
    pub fn coder(&self) -> &CoderId {
        &self.coder
    }

    /// The round, by its name.
    #[must_use]
    pub fn round(&self) -> &str {
        let round = self.opened.study.rounds.get(usize::from(self.round.0));
        round.map_or("", |round| round.as_str())
    }

    /// Leaves units out of this session, and returns the transcripts that they lie in.
    pub fn leave_out(&mut self, leave: impl Fn(&Transcript) -> bool) -> Vec<TranscriptId> {
        let units = &mut self.chosen.units;
        leave_texts_out(&self.opened.study, units, |unit| *unit, leave)
    }

    /// What is asked for.
    #[must_use]
    pub fn only(&self) -> Only {
        self.ask.only
    }

    /// Whether there is any unit to code.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.units.is_empty()
    }

    /// Sits the coder down: the desk, and what keeps her decisions.
    ///
    /// # Errors
    /// Her log is invalid.
    pub fn sit(&mut self, via: Via) -> Result<(CodingDesk<'_>, CodeKeeper<'_>), Failure> {
        let Self { opened, coder, round, chosen, writer, memos, latest, .. } = self;
        let opened = &*opened;
        let log = opened.own_log(coder)?;
        let rows = log.rows.len();
        let desk =
            chosen.desk(&opened.study, log, *round).with_picks(&opened.picks_of(coder)?.picks);
        Ok((desk, CodeKeeper { opened, coder, round: *round, via, writer, memos, latest, rows }))
    }
}

/// A second look at the work of a coder who is writing elsewhere: nothing can be decided.
pub struct CodeLook {
    opened: Opened,
    coder: CoderId,
    round: RoundIndex,
    chosen: Chosen,
    /// The log that the other session writes.
    pub file: String,
    /// For how many minutes it has been open.
    pub minutes: u64,
}

impl CodeLook {
    /// Finds what the coder's units are, if somebody else writes her log.
    ///
    /// # Errors
    /// There is no such coder, case or round, or her log is invalid.
    pub fn begin(before: Opened, ask: &CodeAsk) -> Result<Result<Self, Opened>, Failure> {
        let coder = coder(&before, &ask.coder)?;
        let (round, device) = (ask.round.clone(), ask.device.clone());
        let coding = Coding { coder: coder.clone(), round, device };
        let Some(minutes) = coding.written_by_another(&before)? else { return Ok(Err(before)) };
        let round = before.round(ask.round.as_ref())?;
        let (all, _) = units(&before, &coder, round, &ask.cases)?;
        let chosen = Chosen::of(&before, &coder, round, all, ask)?;
        let file = store::layout::log(&coder, &ask.device);
        Ok(Ok(Self { opened: before, coder, round, chosen, file, minutes }))
    }

    /// The study, who codes, and the round by its name.
    #[must_use]
    pub fn of(&self) -> (&Opened, &CoderId, &str) {
        let round = self.opened.study.rounds.get(usize::from(self.round.0));
        (&self.opened, &self.coder, round.map_or("", |round| round.as_str()))
    }

    /// The desk.
    ///
    /// # Errors
    /// Her log is invalid.
    pub fn sit(&self) -> Result<CodingDesk<'_>, Failure> {
        let log = self.opened.own_log(&self.coder)?;
        let picks = self.opened.picks_of(&self.coder)?.picks;
        Ok(self.chosen.desk(&self.opened.study, log, self.round).with_picks(&picks))
    }
}

/// Keeps what the desk decides in the coder's files.
pub struct CodeKeeper<'a> {
    opened: &'a Opened,
    coder: &'a CoderId,
    round: RoundIndex,
    via: Via,
    writer: &'a mut LogWriter,
    memos: &'a mut Option<MemoWriter>,
    latest: &'a mut Option<Opened>,
    /// How many rows her logs hold, as far as this session knows.
    rows: usize,
}

impl Keeper<Keep, Vec<u64>> for CodeKeeper<'_> {
    fn keep(&mut self, what: &Keep) -> Result<Vec<u64>, NotKept> {
        match what {
            Keep::Decisions(decisions) => {
                self.is_still_so(decisions.iter().map(|it| it.unit))?;
                let seqs = self.writer.append(decisions, self.via)?;
                self.rows += seqs.len();
                Ok(seqs)
            }
            Keep::Quote { unit, pick } => {
                self.is_still_so(std::iter::once(*unit))?;
                let mut picks = PickWriter::open(self.opened, self.coder, self.writer.device())?;
                Ok(vec![picks.append(pick)?])
            }
            Keep::Proposal { dimension, name, brief } => {
                self.is_still_so(std::iter::empty())?;
                self.propose(*dimension, name, brief)?;
                Ok(Vec::new())
            }
            Keep::Note { unit, kind, text } => {
                self.is_still_so(std::iter::once(*unit))?;
                self.note(*unit, *kind, text)?;
                Ok(Vec::new())
            }
        }
    }
}

impl CodeKeeper<'_> {
    /// Looks whether what a decision on these units rests on is still so.
    fn is_still_so(&mut self, units: impl Iterator<Item = UnitIndex>) -> Result<(), NotKept> {
        if !self.writer.still_holds()? {
            return Err(NotKept::Changed(msg!("session.lock")));
        }
        let others_wrote = self.writer.others_wrote()?;
        let current = self.latest.as_ref().unwrap_or(self.opened);
        if others_wrote || !current.is_current()? {
            let now = store::load_for(&self.opened.folder, self.coder.as_str())?;
            if now.own_log(self.coder)?.rows.len() != self.rows {
                return Err(NotKept::Changed(msg!("session.log", coder = self.coder)));
            }
            *self.latest = Some(now);
        }
        let Some(now) = &*self.latest else { return Ok(()) };
        let (then, is) = (self.opened.study.version_in_force(), now.study.version_in_force());
        if then.id != is.id {
            return Err(NotKept::Changed(msg!("session.codebook")));
        }
        units.into_iter().try_for_each(|unit| self.stands(unit, now))
    }

    /// Whether a unit is still hers to decide.
    fn stands(&self, unit: UnitIndex, now: &Opened) -> Result<(), NotKept> {
        let study = &self.opened.study;
        let transcript = &study.transcript_of(unit).id;
        let locator = study.unit_at(unit).map(|it| &it.locator);
        let found = locator.and_then(|it| now.study.unit(it));
        let found = found.filter(|it| now.study.talk().any(|(talk, _)| talk == *it));
        let round = study.rounds.get(usize::from(self.round.0));
        let round = round.and_then(|round| now.study.round(round.as_str()));
        let (Some(found), Some(round)) = (found, round) else {
            return Err(NotKept::Changed(msg!("session.units", transcript = transcript)));
        };
        if now.has_sealed(self.coder, found, round)
            && !self.opened.has_sealed(self.coder, unit, self.round)
        {
            let case = now.study.case_of(found);
            return Err(NotKept::Changed(msg!("session.sealed", case = case)));
        }
        if !now.study.is_assigned(found, self.coder, round) {
            return Err(NotKept::Changed(msg!("session.assigned", coder = self.coder)));
        }
        Ok(())
    }

    fn propose(
        &mut self,
        dimension: DimensionIndex,
        name: &str,
        brief: &str,
    ) -> Result<(), Failure> {
        let known = self.opened.study.vocabulary.dimensions.get(usize::from(dimension.0));
        let proposal = NewProposal {
            dimension: known.map(|it| it.id.to_string()).unwrap_or_default(),
            name: name.to_owned(),
            brief: brief.to_owned(),
            ..NewProposal::default()
        };
        ProposalWriter::open(self.opened, self.coder, self.writer.device())?.append(&proposal)?;
        Ok(())
    }

    fn note(&mut self, unit: UnitIndex, kind: MemoKind, text: &str) -> Result<(), Failure> {
        let on = self.opened.study.unit_at(unit).map(|unit| unit.locator.to_string());
        let mut memos = match self.memos.take() {
            Some(memos) => memos,
            None => MemoWriter::open(self.opened, self.coder, self.writer.device())?,
        };
        memos.append(&on.unwrap_or_default(), kind, text)?;
        *self.memos = Some(memos);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::simulated::SimulatedDisk;
    use crate::store::small_study::{self, c1, decide, path};

    fn session(disk: &SimulatedDisk) -> CodeSession {
        CodeSession::begin(small_study::open(disk), CodeAsk::of("c1")).unwrap()
    }

    #[test]
    fn a_row_names_the_unit_that_the_desk_shows_although_the_units_changed_before_the_lock() {
        let disk = small_study::disk();
        let before = small_study::open(&disk);
        // Between our reading and our lock the first two units become one, so that all others move up.
        let units = String::from_utf8(disk.files().read(&path("units/A.csv")).unwrap()).unwrap();
        let joined: String = units
            .lines()
            .filter(|row| !row.starts_with("A:2,"))
            .map(|row| format!("{}\n", row.replace("A:1,", "A:1-2,")))
            .collect();
        disk.files().put(&path("units/A.csv"), joined.as_bytes());
        let (mut writer, now) = before.begin(Coding::of(&c1())).unwrap();
        writer.append(&[decide(1, "horizontal")], Via::Lines).unwrap();
        let log = String::from_utf8(disk.files().read(&path("coding/c1.csv")).unwrap()).unwrap();
        assert_eq!(now.study.units[1].locator.to_string(), "A:3");
        assert!(log.lines().last().unwrap().contains(",A:3,leadership,horizontal,"), "{log}");
    }

    #[test]
    fn each_text_is_looked_at_once_before_it_is_left_out() {
        let disk = small_study::disk();
        let mut session = session(&disk);
        let looks = std::cell::RefCell::new(Vec::new());
        let left = session.leave_out(|text| {
            looks.borrow_mut().push(text.id.to_string());
            text.id.as_str() == "A"
        });
        assert_eq!(looks.into_inner(), ["A", "B"]);
        assert_eq!(left.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["A"]);
        assert_eq!(session.chosen.units.len(), 2);
    }

    #[test]
    fn what_others_do_elsewhere_disturbs_nobody() {
        let disk = small_study::disk();
        let mut session = session(&disk);
        let (_, mut keeper) = session.sit(Via::Lines).unwrap();
        keeper.keep(&Keep::Decisions(vec![decide(0, "horizontal")])).unwrap();
        small_study::code(&disk, &small_study::c2(), "", &[decide(0, "rotating")]);
        let opened = small_study::open(&disk);
        opened.new_round(&"recode".parse().unwrap(), crate::domain::event::Purpose::Code).unwrap();
        keeper.keep(&Keep::Decisions(vec![decide(1, "horizontal")])).unwrap();
        keeper.keep(&Keep::Decisions(vec![decide(2, "horizontal")])).unwrap();
    }
}
