//! `import --replace`: a corrected transcript in place of another, with units and decisions that follow.

use std::collections::BTreeMap;

use super::Args;
use super::writing::{Draft, corrected};
use crate::cli::Context;
use crate::desk::Desk;
use crate::desk::Keeper;
use crate::desk::replace::{Keep, ReplaceDesk, Texts};
use crate::domain::failure::Failure;
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::moved::{Became, How};
use crate::domain::participant::Role;
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::face;
use crate::msg;
use crate::store::{self, Opened, Replacement};
use crate::unitize::anchor::{Anchored, anchor};
use crate::unitize::cuts::{self, Point};

/// Puts the text of a draft in place of another.
pub(super) fn replace(
    args: &Args,
    opened: &Opened,
    old: &TranscriptId,
    draft: Draft,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let before = known(opened, old)?;
    let (imported, participants) = corrected(args, opened, before, draft);
    let new = &imported.transcript;
    let units = opened.units_of(old);
    let found = anchor(before, &units, new);
    let texts = Texts { old: before, units: &units, new };
    let mut desk = ReplaceDesk::new(texts, found.units);
    if args.yes {
        face::lines::take_all(&mut desk, &mut context.talk())?;
    } else {
        face::lines::run(&mut desk, &mut Nothing, &mut context.talk())?;
    }
    if !desk.is_over() {
        let fix = msg!("replace.unanswered.fix");
        return Err(Failure::Refused(msg!("replace.unanswered", transcript = old), fix).into());
    }
    let roles: BTreeMap<&ParticipantId, Role> =
        participants.iter().map(|it| (&it.id, it.role)).collect();
    let made = Made::of(&units, new, &desk.decided(), &found.fresh, &roles);
    let id = new.id.clone();
    let lost = made.moves.iter().filter(|(.., how)| *how == How::Lost);
    for unit in lost.filter_map(|(old, ..)| old.as_ref()) {
        context.tell(&msg!("replace.lost", unit = unit))?;
    }
    let count = |how: How| made.moves.iter().filter(|(.., it)| *it == how).count();
    let done = msg!(
        "replace.done",
        old = old,
        new = id,
        same = count(How::Same),
        found = count(How::Found),
        fresh = count(How::New),
        lost = count(How::Lost)
    );
    opened.replace_text(Replacement {
        old: old.clone(),
        before: units.clone(),
        new: imported,
        units: made.units,
        moves: made.moves,
        participants,
        reason: args.reason.clone().unwrap_or_default(),
    })?;
    context.tell(&done)?;
    if !opened.study.guide.questions.is_empty() {
        store::load(&opened.folder)?.write_topics()?;
    }
    Ok(())
}

/// Keeps nothing: the replacement is written as a whole.
struct Nothing;

impl Keeper<Keep, ()> for Nothing {
    fn keep(&mut self, what: &Keep) -> Result<(), Failure> {
        match *what {}
    }
}

/// The transcript that is replaced.
pub(super) fn known<'a>(opened: &'a Opened, old: &TranscriptId) -> Result<&'a Transcript, Failure> {
    let study = &opened.study;
    study.transcript(old).ok_or_else(|| {
        let known: Vec<&str> = study.transcripts.iter().map(|it| it.id.as_str()).collect();
        let fix = msg!("store.no_transcript.fix", known = known.join(", "));
        Failure::Usage(msg!("store.no_transcript", transcript = old), fix)
    })
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
