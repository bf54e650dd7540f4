//! `units done`, `units settle` and `units lock`: from two ways of cutting to one that is fixed.

use crate::cli::{Context, Kept, Outcome, named};
use crate::desk::NotKept;
use crate::desk::settle::SettleDesk;
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
#[cfg(feature = "screen")]
use crate::escape::terminal::Guarded;
use crate::face::lines::{self, End};
use crate::face::summary;
use crate::msg;
use crate::store::{Lists, Opened};
use crate::work::session::settle::{SettleAsk, SettleKeeper, SettleSession, unsettled};
#[cfg(feature = "screen")]
use crate::{
    cli::on_screen::{self, LookOnly, OnScreen},
    face::screen::cuts::SettleFace,
    face::screen::is_right_to_left,
    words::say,
    work::session::settle::SettleLook,
};

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
    lines: bool,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let ask = SettleAsk {
        transcripts: named::transcripts(&opened.study, transcripts)?,
        present: named::coders(&opened.study, present)?,
    };
    let full = !lines && context.screen.full;
    let mut session = match begin(Kept::into_inner(opened), ask, full, context)? {
        Ok(session) => session,
        Err(looked) => return Ok(looked),
    };
    loop {
        match sit(&mut session, full, context)? {
            End::Changed => session = session.again()?,
            End::Interrupted => return Ok(Outcome::Interrupted),
            End::Left => return Ok(Outcome::Clean),
        }
    }
}

/// Without the feature `screen` there is line mode alone.
#[cfg(not(feature = "screen"))]
fn begin(
    opened: Opened,
    ask: SettleAsk,
    _: bool,
    _: &mut Context<'_>,
) -> anyhow::Result<Result<SettleSession, Outcome>> {
    Ok(Ok(SettleSession::begin(&opened, ask)?))
}

/// Begins to settle; on a full screen, where somebody else settles or cuts or codes, only looks, and says how that ended.
#[cfg(feature = "screen")]
fn begin(
    opened: Opened,
    ask: SettleAsk,
    full: bool,
    context: &mut Context<'_>,
) -> anyhow::Result<Result<SettleSession, Outcome>> {
    if !full {
        return Ok(Ok(SettleSession::begin(&opened, ask)?));
    }
    let mut look = match SettleLook::begin(opened, &ask)? {
        Ok(look) => look,
        Err(opened) => return Ok(Ok(SettleSession::begin(&opened, ask)?)),
    };
    let left = look.leave_out(is_right_to_left);
    let mut said =
        vec![say(&msg!("screen.look", file = look.what, n = look.minutes), context.language)];
    said.extend(on_screen::left_out(&left, context));
    let mut desk = look.sit();
    let color = on_screen::colors(context);
    let mut face =
        SettleFace::new(desk.study(), (), context.language, color).looking_only(said.join(" · "));
    let end = OnScreen::take()?.sit(&mut face, &mut desk, &mut LookOnly)?;
    Ok(Err(on_screen::outcome(end)))
}

/// Goes through the differences, if there are any.
fn sit(session: &mut SettleSession, full: bool, context: &mut Context<'_>) -> anyhow::Result<End> {
    let waiting = session.waiting();
    if let Some(waiting) = &waiting {
        context.tell(&msg!("settle.waiting", waiting = waiting))?;
    }
    // What a screen would not show in order is settled line by line.
    let full = full && can_be_shown(session, context)?;
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
    let end = match full {
        true => on_full_screen(&mut desk, &mut keeper, context)?,
        false => lines::run(&mut desk, &mut keeper, &mut context.talk())?,
    };
    if end != End::Changed {
        summary::of_cuts(&desk.tally()).iter().try_for_each(|it| context.tell(it))?;
    }
    Ok(end)
}

/// Without the feature `screen` there is line mode alone.
#[cfg(not(feature = "screen"))]
fn can_be_shown(_: &mut SettleSession, _: &mut Context<'_>) -> anyhow::Result<bool> {
    Ok(false)
}

#[cfg(not(feature = "screen"))]
fn on_full_screen(
    desk: &mut SettleDesk<'_>,
    keeper: &mut SettleKeeper<'_>,
    context: &mut Context<'_>,
) -> anyhow::Result<End> {
    lines::run(desk, keeper, &mut context.talk())
}

/// Leaves out texts that a screen would not show in order, and says so; where there are no others, all are settled line by
/// line.
#[cfg(feature = "screen")]
fn can_be_shown(session: &mut SettleSession, context: &mut Context<'_>) -> anyhow::Result<bool> {
    let others = session.texts().any(|it| !is_right_to_left(it));
    let left = match others {
        true => session.leave_out(is_right_to_left),
        false => Vec::new(),
    };
    for line in on_screen::left_out(&left, context) {
        context.warn(&Guarded::line(&line))?;
    }
    Ok(others)
}

#[cfg(feature = "screen")]
fn on_full_screen<'a>(
    desk: &mut SettleDesk<'a>,
    keeper: &mut SettleKeeper<'_>,
    context: &mut Context<'_>,
) -> anyhow::Result<End> {
    let color = on_screen::colors(context);
    let mut face = SettleFace::new(desk.study(), (), context.language, color);
    let end = OnScreen::take()?.sit(&mut face, desk, keeper)?;
    if end == End::Changed
        && let Some(said) = face.said()
    {
        context.warn(&Guarded::line(said))?;
    }
    Ok(end)
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
