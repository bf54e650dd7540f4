//! `split --review`: somebody looks at cuts, the weakest first.

use super::{Context, Kept, Outcome, named};
#[cfg(feature = "screen")]
use crate::escape::terminal::Guarded;
use crate::face::lines::{self, End};
use crate::face::summary;
use crate::store::Opened;
use crate::work::session::review::{ReviewAsk, ReviewSession};
#[cfg(feature = "screen")]
use crate::{
    cli::on_screen::{self, LookOnly, OnScreen},
    face::screen::cuts::ReviewFace,
    face::screen::is_right_to_left,
    msg,
    words::say,
    work::session::review::ReviewLook,
};

/// Looks at the cuts of these transcripts, or of all that may be cut anew; a coder's own where one is named.
pub(super) fn run(
    transcripts: &[String],
    coder: Option<&str>,
    lines: bool,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let coder = named::coder(&opened.study, coder)?;
    let ask = ReviewAsk { transcripts: named::transcripts(&opened.study, transcripts)?, coder };
    match lines || !context.screen.full {
        true => by_line(ReviewSession::begin(&opened, ask)?, context),
        false => full_screen(Kept::into_inner(opened), ask, context),
    }
}

/// Line by line.
fn by_line(mut session: ReviewSession, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    loop {
        let (end, tally) = {
            let (mut desk, mut keeper) = session.sit()?;
            (lines::run(&mut desk, &mut keeper, &mut context.talk())?, desk.tally())
        };
        if end != End::Changed {
            summary::of_review(&tally).iter().try_for_each(|it| context.tell(it))?;
            return Ok(Outcome::Clean);
        }
        session = session.again()?;
    }
}

/// Without the feature `screen` there is line mode alone.
#[cfg(not(feature = "screen"))]
fn full_screen(
    opened: Opened,
    ask: ReviewAsk,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    by_line(ReviewSession::begin(&opened, ask)?, context)
}

/// On the full screen; where somebody else cuts or codes, only to look.
#[cfg(feature = "screen")]
fn full_screen(
    opened: Opened,
    ask: ReviewAsk,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    match ReviewLook::begin(opened, &ask)? {
        Ok(look) => look_on_screen(look, context),
        Err(opened) => review_on_screen(ReviewSession::begin(&opened, ask)?, context),
    }
}

/// Cuts that somebody else is changing, which cannot be changed here.
#[cfg(feature = "screen")]
fn look_on_screen(mut look: ReviewLook, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let left = look.leave_out(is_right_to_left);
    let mut said =
        vec![say(&msg!("screen.look", file = look.what, n = look.minutes), context.language)];
    said.extend(on_screen::left_out(&left, context));
    let mut desk = look.sit()?;
    let color = on_screen::colors(context);
    let mut face =
        ReviewFace::new(desk.study(), (), context.language, color).looking_only(said.join(" · "));
    let end = OnScreen::take()?.sit(&mut face, &mut desk, &mut LookOnly)?;
    Ok(on_screen::outcome(end))
}

#[cfg(feature = "screen")]
fn review_on_screen(
    mut session: ReviewSession,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let said = on_screen::left_out(&session.leave_out(is_right_to_left), context);
    if session.is_empty() {
        context.warn(&Guarded::line(&said.join("\n")))?;
        return by_line(session.again()?, context);
    }
    // Refused before a screen is drawn, where no text is cut yet.
    session.sit()?;
    let mut said = on_screen::joined(&said);
    let mut screen = OnScreen::take()?;
    loop {
        let (end, tally) = {
            let (mut desk, mut keeper) = session.sit()?;
            let color = on_screen::colors(context);
            let mut face = ReviewFace::new(desk.study(), (), context.language, color).saying(said);
            let end = screen.sit(&mut face, &mut desk, &mut keeper)?;
            said = face.said().map(ToOwned::to_owned);
            (end, desk.tally())
        };
        if end != End::Changed {
            drop(screen);
            summary::of_review(&tally).iter().try_for_each(|it| context.tell(it))?;
            return Ok(on_screen::outcome(end));
        }
        session = session.again()?;
        session.leave_out(is_right_to_left);
    }
}
