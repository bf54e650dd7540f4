//! `resolve`: the consensus meeting at the keyboard.

use super::asking::{ComparingArgs, PartArgs};
use super::{Context, Kept, Outcome};
use crate::desk::consensus::{Resume, Summary, Tally};
use crate::domain::failure::Failure;
use crate::domain::find::NotFound;
use crate::domain::id::CoderId;
use crate::domain::locator::Locator;
use crate::domain::study::Study;
#[cfg(feature = "screen")]
use crate::escape::terminal::Guarded;
use crate::face::lines::{self, End};
use crate::face::summary;
use crate::msg;
use crate::store::Opened;
use crate::work::session::resolve::{ResolveAsk, ResolveSession};
#[cfg(feature = "screen")]
use crate::{
    cli::on_screen::{self, LookOnly, OnScreen},
    face::screen::consensus::{Meeting, MeetingFace},
    face::screen::is_right_to_left,
    words::say,
    work::session::resolve::ResolveLook,
};

/// Settle together where coders differ, one discrepancy after the other
///
/// Shows the unit and what each coder gave, the worst discrepancy first, and asks three things: which
/// answer shall hold, why you differed, and a rationale in your own words. Each settlement is on the disk
/// before the next discrepancy; those that are settled or left open are not offered again, so a meeting can
/// end and go on at any moment. The coders' own decisions stay as they are.
///
/// On a terminal, a full screen: the unit in context, the answers side by side with notes and definitions, without
/// names and in an order of their own for each discrepancy unless --names says otherwise; c changes the codebook out of
/// the meeting, ? shows the keys. --lines, THEMATA_LINES=1, TERM=dumb, a terminal of less than 60×16 and a pipe give line
/// mode instead.
///
/// Answers in line mode: 1 or 2 this coder's, b both together, o IDS another answer (`o 0` for none), l leave open as two
/// readings that both stand. Then a reason by number, word or first letter (slip, omission, boundary,
/// definition, ambiguous, reading; it is `reading` for l), then a rationale, which o and l need. Also: s skip,
/// z take back the last settlement, k TEXT what should change in the codebook, c definitions, ? what can be
/// typed, q leave.
///
/// Only cases that all their coders have sealed are open. For each settlement that is safely on the disk,
/// one line `saved UNIT DIMENSION OUTCOME CODES` goes to standard output; everything else goes to standard
/// error.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  themata resolve --present c1,c2
  themata resolve --present c1,c2 --case CoP-31
  themata resolve --present c1,c2 --unit CoP-31:12 --dimension leadership")]
pub(super) struct Args {
    /// One discrepancy after the other, line by line, also where there is a terminal
    #[arg(long)]
    lines: bool,
    /// On the full screen, say who gave which answer, and keep the order of themata.yaml
    #[arg(long)]
    names: bool,
    /// Who is here, separated by commas [default: asked at the start]
    #[arg(long, value_name = "CODER", value_delimiter = ',')]
    present: Vec<String>,
    /// Who is here and is no coder of the study, by an id (repeatable, or separated by commas)
    #[arg(long = "guest", value_name = "ID", value_delimiter = ',')]
    guests: Vec<CoderId>,
    /// Settle this unit, whether or not it was settled or agreed
    #[arg(long, value_name = "LOCATOR")]
    unit: Option<Locator>,
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    comparing: ComparingArgs,
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let Args { lines, names, present, guests, unit, part, comparing } = args;
    let opened = context.open()?;
    let part = part.ask();
    let cases = part.scope(&opened.study)?.cases;
    let wish = comparing.ask(None).wish(&opened.study, &cases)?;
    let present = here(&opened.study, present, guests)?;
    let ask = ResolveAsk { present, guests: guests.clone(), unit: unit.clone(), part, wish };
    if *lines || !context.screen.full {
        return by_line(ResolveSession::begin(&opened, ask)?, unit.as_ref(), context);
    }
    full_screen(Kept::into_inner(opened), ask, *names, context)
}

/// Line by line.
fn by_line(
    mut session: ResolveSession,
    unit: Option<&Locator>,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    // From here on something is shown.
    context.record_looks()?;
    while sit(&mut session, unit, context)? == End::Changed {
        session = session.again()?;
    }
    Ok(Outcome::Clean)
}

/// Goes through the discrepancies, if there are any.
fn sit(
    session: &mut ResolveSession,
    unit: Option<&Locator>,
    context: &mut Context<'_>,
) -> anyhow::Result<End> {
    for case in session.waiting() {
        context.tell(&msg!("resolve.waiting", case = case))?;
    }
    if session.is_empty() {
        context.tell(&match unit {
            Some(unit) => msg!("resolve.unit_undecided", unit = unit),
            None => msg!("resolve.nothing"),
        })?;
        return Ok(End::Left);
    }
    let date = today(session.opened());
    let earlier = session.earlier().clone();
    let (mut desk, mut keeper) = session.sit();
    let end = lines::run(&mut desk, &mut keeper, &mut context.talk())?;
    let done = desk.summary().with(&earlier);
    match end {
        End::Changed => {
            // Line mode asks again who is here, and begins with what is most in dispute.
            session.remember(Resume::default(), done);
        }
        _ => left(desk.tally(), &done, &date, context)?,
    }
    Ok(end)
}

/// What is said when a meeting is left.
fn left(tally: Tally, done: &Summary, date: &str, context: &mut Context<'_>) -> anyhow::Result<()> {
    let Tally { settled, open, to_do } = tally;
    context.tell(&msg!("resolve.left", settled = settled, open = open, to_do = to_do))?;
    for line in summary::said(done) {
        context.tell(&line)?;
    }
    if done.n() > 0 {
        context.tell(&msg!("resolve.minutes", date = date))?;
    }
    Ok(())
}

/// The day by which the minutes of a meeting are asked for.
fn today(opened: &Opened) -> String {
    opened.folder.now().to_string().chars().take("2026-03-01".len()).collect()
}

/// Without the feature `screen` there is line mode alone.
#[cfg(not(feature = "screen"))]
fn full_screen(
    opened: Opened,
    ask: ResolveAsk,
    _: bool,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let unit = ask.unit.clone();
    by_line(ResolveSession::begin(&opened, ask)?, unit.as_ref(), context)
}

/// On the full screen; where another meeting is settling, only to look.
#[cfg(feature = "screen")]
fn full_screen(
    opened: Opened,
    ask: ResolveAsk,
    names: bool,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let unit = ask.unit.clone();
    let mut session = match ResolveLook::begin(opened, ask.clone())? {
        Ok(look) => return look_on_screen(&look, names, context),
        Err(opened) => ResolveSession::begin(&opened, ask)?,
    };
    context.record_looks()?;
    let mut said = on_screen::left_out(&session.leave_out(is_right_to_left), context);
    if session.is_empty() {
        context.warn(&Guarded::line(&said.join("\n")))?;
        return by_line(session.again()?, unit.as_ref(), context);
    }
    let waiting = session.waiting().iter();
    said.extend(waiting.map(|it| say(&msg!("resolve.waiting", case = it), context.language)));
    let mut said = on_screen::joined(&said);
    let mut screen = OnScreen::take()?;
    loop {
        let (end, standing, tally, done) = {
            let (earlier, named) = (session.earlier().clone(), meeting(&session)?);
            let (desk, mut keeper) = session.sit();
            let mut desk = if names { desk } else { desk.hiding_names() };
            let color = on_screen::colors(context);
            let mut face =
                MeetingFace::new(desk.study(), named, context.language, color).saying(said);
            let end = screen.sit(&mut face, &mut desk, &mut keeper)?;
            said = face.said().map(ToOwned::to_owned);
            (end, desk.standing(), desk.tally(), desk.summary().with(&earlier))
        };
        if end == End::Changed {
            session.remember(standing, done.clone());
            session = session.again()?;
            session.leave_out(is_right_to_left);
            if !session.is_empty() {
                continue;
            }
        }
        drop(screen);
        let date = today(session.opened());
        left(tally, &done, &date, context)?;
        return Ok(on_screen::outcome(end));
    }
}

/// What the head of the screen says of a meeting, and how far the coders agreed before.
#[cfg(feature = "screen")]
fn meeting(session: &ResolveSession) -> Result<Meeting, Failure> {
    let codebook = session.opened().study.version_in_force().id.clone();
    Ok(Meeting { codebook, before: session.agreement()? })
}

/// What another meeting is settling, which cannot be settled here.
#[cfg(feature = "screen")]
fn look_on_screen(
    look: &ResolveLook,
    names: bool,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    context.record_looks()?;
    let file = crate::store::layout::CONSENSUS;
    let why = say(&msg!("screen.look", file = file, n = look.minutes), context.language);
    let desk = look.sit();
    let mut desk = if names { desk } else { desk.hiding_names() };
    let codebook = look.opened().study.version_in_force().id.clone();
    let named = Meeting { codebook, before: look.agreement()? };
    let color = on_screen::colors(context);
    let mut face = MeetingFace::new(desk.study(), named, context.language, color).looking_only(why);
    let end = OnScreen::take()?.sit(&mut face, &mut desk, &mut LookOnly)?;
    Ok(on_screen::outcome(end))
}

/// Who is here: coders by id or name, and the guests, if anybody is named at all.
fn here(study: &Study, named: &[String], guests: &[CoderId]) -> Result<Vec<CoderId>, Failure> {
    let mut present: Vec<CoderId> = Vec::new();
    for name in named.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
        let guest = guests.iter().find(|it| it.as_str() == name);
        let id = match guest {
            Some(guest) => guest.clone(),
            None => study.find_coder(name).map_err(unknown)?.id.clone(),
        };
        if !present.contains(&id) {
            present.push(id);
        }
    }
    if !present.is_empty() {
        present.extend(
            guests.iter().filter(|it| !named.iter().any(|name| name == it.as_str())).cloned(),
        );
    }
    Ok(present)
}

/// Somebody who is no coder may be a guest.
fn unknown(missing: NotFound) -> Failure {
    let known = missing.known.join(", ");
    Failure::Usage(missing.what(), msg!("resolve.guest.fix", known = known))
}
