//! How far reading has come: one line on a terminal, gone when it is done.

use std::time::{Duration, Instant};

use crate::cli::Context;
use crate::escape::terminal::visible;
use crate::msg;
use crate::words::say;

/// Shorter work needs no line.
const PATIENCE: Duration = Duration::from_millis(400);

/// A file of this many bytes lasts.
const LONG: u64 = 10_000_000;

/// How far reading has come.
pub(super) struct Progress {
    files: usize,
    bytes: u64,
    started: Instant,
    shown: bool,
}

impl Progress {
    /// Before the first of so many files of so many bytes in all.
    pub(super) fn new(files: usize, bytes: u64) -> Self {
        Self { files, bytes, started: Instant::now(), shown: false }
    }

    /// Says which file is being read, if it lasts and somebody looks: the nth, from 1, after so many bytes.
    pub(super) fn at(&mut self, nth: usize, done: u64, length: u64, context: &mut Context<'_>) {
        if !context.screen.watched || context.quiet {
            return;
        }
        if !self.shown && self.started.elapsed() < PATIENCE && length < LONG {
            return;
        }
        self.shown = true;
        let percent = done.saturating_mul(100).checked_div(self.bytes).unwrap_or(0).min(100);
        let line = msg!("import.progress", nth = nth, of = self.files, percent = percent);
        let line = visible(&say(&line, context.language)).into_owned();
        // That a line about progress cannot be written is no reason to stop.
        let _ = write!(context.err, "\r\u{1b}[K{line}").and_then(|()| context.err.flush());
    }

    /// Takes the line away.
    pub(super) fn done(self, context: &mut Context<'_>) {
        if self.shown {
            let _ = write!(context.err, "\r\u{1b}[K").and_then(|()| context.err.flush());
        }
    }
}
