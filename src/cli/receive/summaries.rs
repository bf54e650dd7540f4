//! `receive` of a display whose cells were filled in with summaries.

use super::super::{Context, Outcome};
use super::Args;
use crate::domain::failure::Failure;
use crate::msg;
use crate::work::receive::GivenFile;
use crate::work::session;
use crate::work::summaries;

/// Takes a display in; nothing where the file is something else.
pub(super) fn taken_in(
    args: &Args,
    file: &GivenFile,
    context: &mut Context<'_>,
) -> anyhow::Result<Option<Outcome>> {
    let opened = context.open()?;
    let Some(back) = summaries::read(&opened.study, file)? else { return Ok(None) };
    // Read anew under the lock, so that nobody's summaries are lost.
    let _lock = context.folder()?.lock_lists()?;
    let opened = context.open()?;
    let by = match (args.coders.as_slice(), opened.study.settings.coders.as_slice()) {
        ([name], _) => session::coder(&opened, name)?,
        ([], [one]) => session::coder(&opened, one.id.as_str())?,
        (_, all) => {
            let known: Vec<&str> = all.iter().map(|it| it.id.as_str()).collect();
            let fix = msg!("picks.coder.fix", known = known.join(", "));
            return Err(Failure::Usage(msg!("summaries.coder"), fix).into());
        }
    };
    let received = summaries::receive(&opened, &back, &by, args.dry_run)?;
    for it in &received.changed {
        let line = match it.is_new {
            true => msg!("summaries.line.new", row = it.row, column = it.column),
            false => msg!("summaries.line.changed", row = it.row, column = it.column),
        };
        context.show(&line)?;
    }
    let new = received.changed.iter().filter(|it| it.is_new).count();
    let changed = received.changed.len() - new;
    context.tell(&msg!(
        "summaries.received",
        new = new,
        changed = changed,
        same = received.same
    ))?;
    if args.dry_run {
        context.tell(&msg!("receive.dry"))?;
    }
    Ok(Some(Outcome::Clean))
}
