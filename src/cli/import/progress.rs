//! How far reading has come: one line on a terminal, gone when it is done.

use std::time::{Duration, Instant};

use crate::cli::Context;
use crate::escape::terminal::Guarded;
use crate::msg;
use crate::words::say;
use crate::work::bring_in::reading::Reading;

/// Shorter work needs no line.
const PATIENCE: Duration = Duration::from_millis(400);

/// A file of this many bytes lasts.
const LONG: u64 = 10_000_000;

/// What is shown of how far reading has come.
pub(super) struct Progress {
    started: Instant,
    shown: bool,
}

impl Progress {
    /// Before the first file.
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), shown: false }
    }

    /// Says which file is being read, if it lasts and somebody looks.
    pub(super) fn at(&mut self, at: Reading, context: &mut Context<'_>) {
        if !context.screen.watched || context.quiet {
            return;
        }
        if !self.shown && self.started.elapsed() < PATIENCE && at.length < LONG {
            return;
        }
        self.shown = true;
        let percent = at.done.saturating_mul(100).checked_div(at.bytes).unwrap_or(0).min(100);
        let line = msg!("import.progress", nth = at.nth, of = at.files, percent = percent);
        // That a line about progress cannot be written is no reason to stop.
        let _ = context.rewrite(&Guarded::of(&say(&line, context.language)));
    }

    /// Takes the line away.
    pub(super) fn done(self, context: &mut Context<'_>) {
        if self.shown {
            let _ = context.rewrite(&Guarded::default());
        }
    }
}
