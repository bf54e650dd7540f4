//! `receive` of logs and seals from another copy of the study.

use super::Args;
use crate::cli::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::msg;
use crate::store::{HandedIn, Opened};
use crate::work::receive::{GivenFile, HandoverAsk, hand_over};

/// Brings in logs and seals.
pub(super) fn run(
    args: &Args,
    given: &[GivenFile],
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    if args.round.is_some() {
        let failure = Failure::Usage(msg!("handover.round"), msg!("handover.round.fix"));
        return Err(failure.into());
    }
    let opened = context.open()?;
    let ask = HandoverAsk { coders: args.coders.clone(), dry_run: args.dry_run };
    let handover = hand_over(&opened, given, &ask)?;
    report(args, &opened, &handover.found, handover.sealed, context)?;
    Ok(Outcome::Clean)
}

/// Says what was brought in.
fn report(
    args: &Args,
    opened: &Opened,
    found: &HandedIn,
    sealed: bool,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    for (coder, rows) in &found.rows {
        let line = msg!("handover.rows", coder = coder, n = rows);
        context.show(&line)?;
        if !sealed && !opened.seals.iter().any(|seal| seal.coder == *coder) {
            context.tell(&msg!("handover.unsealed", coder = coder))?;
        }
    }
    if sealed {
        let line = msg!("handover.seals", n = found.seals);
        context.show(&line)?;
    }
    if args.dry_run {
        context.tell(&msg!("receive.dry"))?;
    }
    Ok(())
}
