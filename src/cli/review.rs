//! `split --review`: somebody looks at cuts, the weakest first.

use super::{Context, Outcome, named};
use crate::face::lines::{self, End};
use crate::work::session::review::{ReviewAsk, ReviewSession};

/// Looks at the cuts of these transcripts, or of all that may be cut anew; a coder's own where one is named.
pub(super) fn run(
    transcripts: &[String],
    coder: Option<&str>,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let coder = named::coder(&opened.study, coder)?;
    let ask = ReviewAsk { transcripts: named::transcripts(&opened.study, transcripts)?, coder };
    let mut session = ReviewSession::begin(&opened, ask)?;
    loop {
        let end = {
            let (mut desk, mut keeper) = session.sit()?;
            lines::run(&mut desk, &mut keeper, &mut context.talk())?
        };
        match end {
            End::Left | End::Interrupted => return Ok(Outcome::Clean),
            End::Changed => session = session.again()?,
        }
    }
}
