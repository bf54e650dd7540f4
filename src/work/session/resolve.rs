//! The consensus meeting: what it talks about, and how what it settles is kept.

use super::before::{Before, agreement};
use super::disputed::{disputes, find, is_open};
use super::leave_texts_out;
use crate::desk::consensus::{Amendment, ConsensusDesk, Dispute, Given, Keep, Resume, Summary};
use crate::desk::{Keeper, NotKept};
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::Cell;
use crate::domain::comparison::{Codes, Comparison};
use crate::domain::consensus::NewSettlement;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, TranscriptId};
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::transcript::Transcript;
use crate::msg;
use crate::store::{self, ConsensusWriter, Opened, Settling, Wish};
use crate::work::ask::{Part, given_by_any};
use crate::work::codebook;

/// What a meeting wants to settle.
#[derive(Debug, Clone)]
pub struct ResolveAsk {
    /// Who is here; asked at the desk if empty.
    pub present: Vec<CoderId>,
    /// Who is here and is no coder of the study.
    pub guests: Vec<CoderId>,
    /// This unit alone, whether or not it was settled or agreed.
    pub unit: Option<Locator>,
    /// Only these cases and dimensions.
    pub part: Part,
    /// The round, and why somebody looks early.
    pub wish: Wish,
}

/// What a meeting talks about.
struct Table {
    comparison: Comparison,
    disputes: Vec<Dispute>,
    /// Asked for, and not open yet.
    waiting: Vec<CaseId>,
}

impl Table {
    fn of(opened: &Opened, ask: &ResolveAsk) -> Result<Self, Failure> {
        let only = ask.unit.as_ref().map(|it| find(&opened.study, it)).transpose()?;
        // What differs only in codes that were merged since needs no meeting.
        let comparison = opened.comparison(&ask.wish)?.counting(&opened.study, Codes::Current);
        // Of the study as it is now: its units may have changed since the question was asked.
        let scope = given_by_any(opened, &comparison, &ask.part.scope(&opened.study)?)?;
        let asked = |case: &CaseId| scope.cases.is_empty() || scope.cases.contains(case);
        let waiting = comparison.waiting.iter().map(|it| it.case.clone());
        let waiting = waiting.filter(|case| only.is_none() && asked(case)).collect();
        let disputes = disputes(opened, &comparison, &scope, only)?;
        Ok(Self { comparison, disputes, waiting })
    }

    fn desk<'a>(&self, opened: &'a Opened, ask: &ResolveAsk) -> ConsensusDesk<'a> {
        ConsensusDesk::new(
            &opened.study,
            self.comparison.codings.iter().map(|coding| coding.coder.clone()).collect(),
            self.disputes.clone(),
            &opened.settlements,
            ask.present.clone(),
            ask.guests.clone(),
            ask.unit.is_some(),
        )
    }
}

/// A meeting; nobody else settles meanwhile.
pub struct ResolveSession {
    ask: ResolveAsk,
    opened: Opened,
    table: Table,
    writer: ConsensusWriter,
    latest: Option<Opened>,
    resume: Resume,
    earlier: Summary,
}

impl ResolveSession {
    /// Finds what there is to settle, and takes the lock.
    ///
    /// # Errors
    /// No case is open, or not the one asked for by name; there is no such unit; or somebody else settles.
    pub fn begin(before: &Opened, mut ask: ResolveAsk) -> Result<Self, Failure> {
        ask.wish.settles = true;
        may_look(before, &ask)?;
        let (writer, opened) = before.begin(Settling)?;
        let table = Table::of(&opened, &ask)?;
        let (resume, earlier) = (Resume::default(), Summary::default());
        Ok(Self { ask, opened, table, writer, latest: None, resume, earlier })
    }

    /// Begins anew with the study as it is now.
    ///
    /// # Errors
    /// As [`ResolveSession::begin`], or the study is invalid now.
    pub fn again(self) -> Result<Self, Failure> {
        let Self { ask, opened, writer, resume, earlier, .. } = self;
        drop(writer);
        let session = Self::begin(&store::load(&opened.folder)?, ask)?;
        Ok(Self { resume, earlier, ..session })
    }

    /// Takes note of where the meeting stands and what it settled, before it has to begin anew.
    pub fn remember(&mut self, resume: Resume, summary: Summary) {
        (self.resume, self.earlier) = (resume, summary);
    }

    /// What the meeting settled before it had to begin anew.
    #[must_use]
    pub fn earlier(&self) -> &Summary {
        &self.earlier
    }

    /// The study as this meeting reads it.
    #[must_use]
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Cases that are asked for, and not open yet.
    #[must_use]
    pub fn waiting(&self) -> &[CaseId] {
        &self.table.waiting
    }

    /// Whether there is nothing to settle.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.disputes.is_empty()
    }

    /// Leaves what is disputed in some transcripts out of this meeting, and returns which.
    pub fn leave_out(&mut self, leave: impl Fn(&Transcript) -> bool) -> Vec<TranscriptId> {
        let disputes = &mut self.table.disputes;
        leave_texts_out(&self.opened.study, disputes, |it| it.unit, leave)
    }

    /// Sits the meeting down: the desk, and what keeps its settlements.
    pub fn sit(&mut self) -> (ConsensusDesk<'_>, ResolveKeeper<'_>) {
        let Self { ask, opened, table, writer, latest, resume, .. } = self;
        let desk = table.desk(opened, ask).resuming(resume);
        let disputes = &table.disputes;
        (desk, ResolveKeeper { ask, opened, disputes, writer, latest })
    }

    /// How far the coders agreed before the meeting.
    ///
    /// # Errors
    /// A file is invalid.
    pub fn agreement(&self) -> Result<Vec<Before>, Failure> {
        agreement(&self.opened, &self.ask)
    }
}

/// A look at what another meeting is settling: nothing can be settled here.
pub struct ResolveLook {
    ask: ResolveAsk,
    opened: Opened,
    table: Table,
    /// For how many minutes the other has been at it.
    pub minutes: u64,
}

impl ResolveLook {
    /// Finds what is disputed, if another meeting is settling it; else gives the study back.
    ///
    /// # Errors
    /// As [`ResolveSession::begin`].
    pub fn begin(before: Opened, mut ask: ResolveAsk) -> Result<Result<Self, Opened>, Failure> {
        ask.wish.settles = true;
        may_look(&before, &ask)?;
        let Some(minutes) = Settling::held_by_another(&before)? else { return Ok(Err(before)) };
        let table = Table::of(&before, &ask)?;
        Ok(Ok(Self { ask, opened: before, table, minutes }))
    }

    /// The study.
    #[must_use]
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The desk.
    #[must_use]
    pub fn sit(&self) -> ConsensusDesk<'_> {
        // Nobody is asked who is here: nothing is written.
        let ask = ResolveAsk {
            present: self.opened.study.settings.coders.iter().map(|it| it.id.clone()).collect(),
            ..self.ask.clone()
        };
        self.table.desk(&self.opened, &ask)
    }

    /// How far the coders agreed before the meeting.
    ///
    /// # Errors
    /// A file is invalid.
    pub fn agreement(&self) -> Result<Vec<Before>, Failure> {
        agreement(&self.opened, &self.ask)
    }
}

/// Refuses, before anything is written, what may not be seen yet.
fn may_look(before: &Opened, ask: &ResolveAsk) -> Result<(), Failure> {
    let only = ask.unit.as_ref().map(|it| find(&before.study, it)).transpose()?;
    if ask.wish.unblind.is_some() {
        return Ok(());
    }
    let scope = ask.part.scope(&before.study)?;
    is_open(&before.study, &scope, only, &before.comparison(&ask.wish)?)
}

/// Keeps what the meeting settles.
pub struct ResolveKeeper<'a> {
    ask: &'a ResolveAsk,
    opened: &'a Opened,
    disputes: &'a [Dispute],
    writer: &'a mut ConsensusWriter,
    latest: &'a mut Option<Opened>,
}

impl Keeper<Keep, u64> for ResolveKeeper<'_> {
    fn keep(&mut self, what: &Keep) -> Result<u64, NotKept> {
        match what {
            Keep::Settlement(round, settlement) => {
                self.is_still_so(settlement)?;
                Ok(self.writer.append(*round, settlement)?)
            }
            Keep::Codebook(amendment) => {
                self.holds()?;
                set(amendment).make(self.opened)?;
                Ok(0)
            }
        }
    }
}

impl ResolveKeeper<'_> {
    fn holds(&self) -> Result<(), NotKept> {
        match self.writer.still_holds()? {
            true => Ok(()),
            false => Err(NotKept::Changed(msg!("session.lock"))),
        }
    }

    /// Looks whether what a settlement rests on is still so: the unit, the codebook, and what each coder gave.
    fn is_still_so(&mut self, what: &NewSettlement) -> Result<(), NotKept> {
        self.holds()?;
        let current = self.latest.as_ref().unwrap_or(self.opened);
        if !current.is_current()? || !current.has_current_logs()? {
            *self.latest = Some(store::load(&self.opened.folder)?);
        }
        let Some(now) = &*self.latest else { return Ok(()) };
        if self.opened.study.version_in_force().id != now.study.version_in_force().id {
            return Err(NotKept::Changed(msg!("session.codebook")));
        }
        let settled = (what.unit, what.dimension);
        let dispute = self.disputes.iter().find(|it| (it.unit, it.dimension) == settled);
        let Some(dispute) = dispute else { return Ok(()) };
        let study = &self.opened.study;
        let locator = study.unit_at(dispute.unit).map(|it| &it.locator);
        let Some(unit) = locator.and_then(|it| now.study.unit(it)) else {
            let transcript = &study.transcript_of(dispute.unit).id;
            return Err(NotKept::Changed(msg!("session.units", transcript = transcript)));
        };
        let comparison = now.comparison(&Wish { unblind: None, ..self.ask.wish.clone() });
        let given = match (comparison, &self.ask.wish.unblind) {
            // What is looked at early may change at any moment; whoever looks knows that.
            (Err(Failure::Refused(..)), Some(_)) => return Ok(()),
            (comparison, _) => {
                let comparison = comparison?.counting(&now.study, Codes::Current);
                given(now, &comparison, unit, dispute.dimension)
            }
        };
        if given != told(self.opened, &dispute.given) {
            return Err(NotKept::Changed(msg!("session.answers")));
        }
        Ok(())
    }
}

/// The change of the codebook that a meeting makes, as `codebook set` makes it.
fn set(amendment: &Amendment) -> codebook::Ask {
    let Amendment { id, field, text, effect } = amendment.clone();
    codebook::Ask::Set { id, field: field.to_owned(), text, language: None, effect }
}

/// What was given, told so that two readings of a study can be compared.
fn told(opened: &Opened, given: &[Given]) -> Vec<(String, bool)> {
    let study = &opened.study;
    let told = |it: &Given| (study.answers.cell(it.answer, &study.vocabulary), it.unsure);
    given.iter().map(told).collect()
}

fn given(
    opened: &Opened,
    comparison: &Comparison,
    unit: UnitIndex,
    dimension: DimensionIndex,
) -> Vec<(String, bool)> {
    let study = &opened.study;
    let told = |cell: Cell| (study.answers.cell(cell.answer, &study.vocabulary), cell.unsure);
    comparison.cells(unit, dimension).map(told).collect()
}
