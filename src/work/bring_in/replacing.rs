//! `import --replace`: a corrected transcript in place of another, with units and decisions that follow.

use std::collections::BTreeMap;

use super::ImportAsk;
use super::writing::{Draft, corrected};
use crate::desk::replace::{Keep, ReplaceDesk, Texts};
use crate::desk::{Desk, Keeper, NotKept};
use crate::domain::failure::Failure;
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::locator::Locator;
use crate::domain::message::Message;
use crate::domain::moved::{Became, How};
use crate::domain::participant::{Participant, Role};
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::msg;
use crate::store::{self, Imported, Opened, Replacement};
use crate::unitize::anchor::{Anchored, anchor};
use crate::unitize::cuts::{self, Point};

/// A corrected text, and where the units of the old one were found in it.
pub struct Replacing<'a> {
    opened: &'a Opened,
    before: &'a Transcript,
    imported: Imported,
    participants: Vec<Participant>,
    units: Vec<Unit>,
    found: Vec<Anchored>,
    fresh: Vec<(Point, Point)>,
    reason: String,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// Units that are nowhere in the new text.
    pub lost: Vec<Locator>,
    /// What is to be said of it.
    pub done: Message,
}

impl<'a> Replacing<'a> {
    /// Looks for the units of a transcript in the text of a draft.
    ///
    /// # Errors
    /// The study does not have the transcript.
    pub fn of(
        ask: &ImportAsk,
        opened: &'a Opened,
        old: &TranscriptId,
        draft: Draft,
    ) -> Result<Self, Failure> {
        let before = opened.study.known_transcript(old)?;
        let (imported, participants) = corrected(ask, opened, before, draft);
        let units = opened.units_of(old);
        let found = anchor(before, &units, &imported.transcript);
        let reason = ask.reason.clone().unwrap_or_default();
        let (found, fresh) = (found.units, found.fresh);
        Ok(Self { opened, before, imported, participants, units, found, fresh, reason })
    }

    /// The desk at which somebody confirms what was found.
    #[must_use]
    pub fn desk(&self) -> ReplaceDesk<'_> {
        let (old, units, new) = (self.before, self.units.as_slice(), &self.imported.transcript);
        ReplaceDesk::new(Texts { old, units, new }, self.found.clone())
    }

    /// What was decided at the desk.
    ///
    /// # Errors
    /// Not everything was answered: then nothing is replaced.
    pub fn decided(&self, desk: &ReplaceDesk<'_>) -> Result<Vec<(Anchored, bool)>, Failure> {
        if desk.is_over() {
            return Ok(desk.decided());
        }
        let fix = msg!("replace.unanswered.fix");
        Err(Failure::Refused(msg!("replace.unanswered", transcript = self.before.id), fix))
    }

    /// Puts the new text in place of the old one, with units and decisions that follow.
    ///
    /// # Errors
    /// Somebody works on the study, it changed meanwhile, or a file cannot be written.
    pub fn write(self, decided: &[(Anchored, bool)]) -> Result<Replaced, Failure> {
        let Self { opened, before, imported, participants, units, fresh, reason, .. } = self;
        let new = &imported.transcript;
        let roles: BTreeMap<&ParticipantId, Role> =
            participants.iter().map(|it| (&it.id, it.role)).collect();
        let made = Made::of(&units, new, decided, &fresh, &roles);
        let lost = made.moves.iter().filter(|(.., how)| *how == How::Lost);
        let lost = lost.filter_map(|(old, ..)| old.clone()).collect();
        let count = |how: How| made.moves.iter().filter(|(.., it)| *it == how).count();
        let done = msg!(
            "replace.done",
            old = before.id,
            new = new.id,
            same = count(How::Same),
            found = count(How::Found),
            fresh = count(How::New),
            lost = count(How::Lost)
        );
        opened.replace_text(Replacement {
            old: before.id.clone(),
            before: units,
            new: imported,
            units: made.units,
            moves: made.moves,
            participants,
            reason,
        })?;
        if !opened.study.guide.questions.is_empty() {
            store::load(&opened.folder)?.write_topics()?;
        }
        Ok(Replaced { lost, done })
    }
}

/// Keeps nothing: the replacement is written as a whole.
pub struct Nothing;

impl Keeper<Keep, ()> for Nothing {
    fn keep(&mut self, what: &Keep) -> Result<(), NotKept> {
        match *what {}
    }
}

/// The units of the new text, and what became of those of the old one.
struct Made {
    units: Vec<Unit>,
    moves: Vec<Became>,
}

impl Made {
    fn of(
        before: &[Unit],
        new: &Transcript,
        decided: &[(Anchored, bool)],
        fresh: &[(Point, Point)],
        roles: &BTreeMap<&ParticipantId, Role>,
    ) -> Self {
        let role = |id: &ParticipantId| roles.get(id).copied().unwrap_or(Role::Unknown);
        let mut made = Self { units: Vec::new(), moves: Vec::new() };
        let mut fresh = fresh.to_vec();
        for (found, taken) in decided {
            let Some(old) = before.get(found.unit) else { continue };
            let was = Some(old.locator.clone());
            let place = found.place.filter(|_| *taken);
            let Some(unit) = place.and_then(|place| cuts::unit(old, new, place, role)) else {
                made.moves.push((was, None, How::Lost));
                // What stands there now is another unit, decided by nobody.
                fresh.extend(found.place);
                continue;
            };
            let how = if found.exact { How::Same } else { How::Found };
            made.moves.push((was, Some(unit.locator.clone()), how));
            let (strength, pinned) = (old.strength.clone(), old.pinned);
            made.units.push(Unit { strength, pinned, ..unit });
        }
        if !before.is_empty() {
            let apart = before.iter().any(|unit| unit.kind == UnitKind::Prompt);
            for unit in fresh.into_iter().flat_map(|it| cuts::turns(new, it, apart, role)) {
                made.moves.push((None, Some(unit.locator.clone()), How::New));
                made.units.push(unit);
            }
        }
        made.units.sort_by_key(|unit| Point::start(unit.locator.span()));
        made
    }
}
