//! `seal`: handing over.

use super::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::domain::find::NotFound;
use crate::domain::id::{CaseId, RoundId};
use crate::domain::seal::Seal;
use crate::msg;
use crate::store::{Opened, SealWish};
use crate::work::session;

/// Hand over what you have coded, so that it can be compared
///
/// From then on these decisions are frozen. A case is open for comparison when every coder with units in it
/// has sealed it. Hashes of the decisions and the units are kept in seals.csv: a seal shows that nothing
/// changed after it, not that coders did not talk.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata seal --coder c1\n  themata seal --coder c1 --case CoP-31 --case CoP-36\n  themata seal --coder c1 --incomplete 'two units cannot be understood'"
)]
pub(super) struct Args {
    /// Who hands over
    #[arg(long, value_name = "NAME")]
    coder: String,
    /// Only this case (repeatable) [default: all with units of yours that are not sealed yet]
    #[arg(long = "case", value_name = "CASE")]
    cases: Vec<String>,
    /// The round [default: the current one]
    #[arg(long, value_name = "ROUND", value_parser = super::round_id)]
    round: Option<RoundId>,
    /// Hand over although something is undecided, for this reason, which is recorded
    #[arg(long, value_name = "REASON", value_parser = super::reason)]
    incomplete: Option<String>,
    /// Seal a sealed case once more, so that later decisions count, for this reason, which is recorded
    #[arg(long, value_name = "REASON", value_parser = super::reason)]
    again: Option<String>,
    /// Also print the hashes of what was handed over; seals.csv holds them in any case
    #[arg(short, long)]
    verbose: bool,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let cases = args.cases.iter().map(|name| Ok(opened.study.find_case(name)?.id.clone()));
    let cases = cases.collect::<Result<Vec<CaseId>, NotFound>>().map_err(Failure::from)?;
    let seal = opened.seal(&SealWish {
        coder: session::coder(&opened, &args.coder)?,
        cases,
        round: args.round.clone(),
        incomplete: args.incomplete.clone(),
        again: args.again.clone(),
    })?;
    let opened = context.open()?;
    let scope: Vec<&str> = seal.scope.iter().map(CaseId::as_str).collect();
    let mut lines = vec![
        msg!("seal.done", coder = seal.coder, cases = scope.join(", "), round = seal.round),
        msg!("seal.decisions", n = seal.decisions, codebook = seal.codebook),
    ];
    if args.verbose {
        lines.push(msg!("seal.log", hash = seal.log_sha256));
        lines.push(msg!("seal.units", hash = seal.units_sha256));
    }
    for line in lines {
        context.show(&line)?;
    }
    next(&opened, &seal, context)?;
    Ok(Outcome::Clean)
}

/// Says who is still missing, or that the cases are open.
fn next(opened: &Opened, seal: &Seal, context: &mut Context<'_>) -> anyhow::Result<()> {
    let Some(round) = opened.study.round(seal.round.as_str()) else { return Ok(()) };
    let waiting = opened.waiting(round);
    for case in &seal.scope {
        if let Some(missing) = waiting.iter().find(|it| it.case == *case) {
            let coders: Vec<&str> = missing.coders.iter().map(|it| it.as_str()).collect();
            context.tell(&msg!("seal.missing", case = case, coders = coders.join(", ")))?;
        } else if opened.is_blind() {
            context.tell(&msg!("seal.open", case = case))?;
        }
    }
    let mine = waiting.iter().find(|it| it.coders.contains(&seal.coder));
    if let Some(rest) = mine {
        context.tell(&msg!("seal.rest", coder = seal.coder, case = rest.case))?;
    } else if waiting.is_empty() {
        context.tell(&if opened.is_blind() {
            msg!("seal.next")
        } else {
            msg!("seal.next_alone")
        })?;
    }
    Ok(())
}
