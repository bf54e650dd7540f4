//! `units done`, `units settle` and `units lock`: from two ways of cutting to one that is fixed.

use crate::cli::{Context, Outcome, named};
use crate::desk::NotKept;
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::face::lines::{self, End};
use crate::msg;
use crate::store::Lists;
use crate::work::session::settle::{SettleAsk, SettleSession, unsettled};

/// `units done`.
pub(super) fn done(
    coder: &str,
    transcripts: &[String],
    take_back: Option<&str>,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let coder = &opened.study.find_coder(coder).map_err(Failure::from)?.id;
    let named = named::transcripts(&opened.study, transcripts)?;
    let ids = opened.declare_cuts(coder, &named, take_back)?;
    let names: Vec<&str> = ids.iter().map(TranscriptId::as_str).collect();
    let names = names.join(", ");
    context.tell(&match take_back {
        Some(_) => msg!("cuts.taken_back", coder = coder, transcripts = names),
        None => msg!("cuts.declared", coder = coder, transcripts = names),
    })?;
    Ok(Outcome::Clean)
}

/// `units settle`.
pub(super) fn settle(
    transcripts: &[String],
    present: &[String],
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let ask = SettleAsk {
        transcripts: named::transcripts(&opened.study, transcripts)?,
        present: named::coders(&opened.study, present)?,
    };
    let mut session = SettleSession::begin(&opened, ask)?;
    while sit(&mut session, context)? == End::Changed {
        session = session.again()?;
    }
    Ok(Outcome::Clean)
}

/// Goes through the differences, if there are any.
fn sit(session: &mut SettleSession, context: &mut Context<'_>) -> anyhow::Result<End> {
    if let Some(waiting) = session.waiting() {
        context.tell(&msg!("settle.waiting", waiting = waiting))?;
    }
    let (mut desk, mut keeper) = session.sit();
    let (agreed, differ) = desk.counts();
    context.tell(&msg!("settle.counts", agreed = agreed, differ = differ))?;
    match keeper.write_complete(&desk) {
        Ok(written) => {
            for (id, n) in written {
                context.tell(&msg!("settle.written", transcript = id, n = n))?;
            }
        }
        Err(NotKept::Changed(why)) => {
            context.tell(&why)?;
            return Ok(End::Changed);
        }
        Err(NotKept::Failed(failure)) => return Err(failure.into()),
    }
    if differ == 0 {
        return Ok(End::Left);
    }
    lines::run(&mut desk, &mut keeper, &mut context.talk())
}

/// `units lock`.
pub(super) fn lock(transcripts: &[String], context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let named = &named::transcripts(&opened.study, transcripts)?;
    let (_locks, opened) = opened.begin(Lists)?;
    unsettled(&opened, named)?;
    for (transcript, n) in opened.lock_units(named)? {
        context.tell(&msg!("units.lock_done", transcript = transcript, n = n))?;
    }
    Ok(Outcome::Clean)
}
