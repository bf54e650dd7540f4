//! `resolve`: the consensus meeting at the keyboard.

use super::asking::{ComparingArgs, PartArgs};
use super::{Context, Outcome};
use crate::desk::consensus::Tally;
use crate::domain::failure::Failure;
use crate::domain::find::NotFound;
use crate::domain::id::CoderId;
use crate::domain::locator::Locator;
use crate::domain::study::Study;
use crate::face::lines::{self, End};
use crate::msg;
use crate::work::session::resolve::{ResolveAsk, ResolveSession};

/// Settle together where coders differ, one discrepancy after the other
///
/// Shows the unit and what each coder gave, the worst discrepancy first, and asks three things: which
/// answer shall hold, why you differed, and a rationale in your own words. Each settlement is on the disk
/// before the next discrepancy; those that are settled or left open are not offered again, so a meeting can
/// end and go on at any moment. The coders' own decisions stay as they are.
///
/// Answers: 1 or 2 this coder's, b both together, o IDS another answer (`o 0` for none), l leave open as two
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
    /// One discrepancy after the other, line by line: so far the only way, and what you get without it
    #[arg(long)]
    lines: bool,
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
    // Line by line is the only way so far, so that asking for it changes nothing.
    let Args { lines: _, present, guests, unit, part, comparing } = args;
    let opened = context.open()?;
    let part = part.ask();
    let cases = part.scope(&opened.study)?.cases;
    let wish = comparing.ask(None).wish(&opened.study, &cases)?;
    let present = here(&opened.study, present, guests)?;
    let ask = ResolveAsk { present, guests: guests.clone(), unit: unit.clone(), part, wish };
    let mut session = ResolveSession::begin(&opened, ask)?;
    // From here on something is shown.
    context.record_looks()?;
    while sit(&mut session, unit.as_ref(), context)? == End::Changed {
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
    for case in &session.waiting {
        context.tell(&msg!("resolve.waiting", case = case))?;
    }
    if session.is_empty() {
        context.tell(&match unit {
            Some(unit) => msg!("resolve.unit_undecided", unit = unit),
            None => msg!("resolve.nothing"),
        })?;
        return Ok(End::Left);
    }
    let (mut desk, mut keeper) = session.sit();
    let end = lines::run(&mut desk, &mut keeper, &mut context.talk())?;
    if end == End::Left {
        let Tally { settled, open, to_do } = desk.tally();
        context.tell(&msg!("resolve.left", settled = settled, open = open, to_do = to_do))?;
    }
    Ok(end)
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
