//! The trail of settled cuts in events.csv.
//!
//! A decision is one event: `cut`, `no-cut`, or `cut-undone`.

use super::begin::{Locks, Writing};
use super::cuts::{CutsWriter, Cutting};
use super::load::Opened;
use super::records::EventWriter;
use crate::desk::settle::{Decided, NewDecision};
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::time::Moment;

/// Records what a meeting decides of cuts; holds the lock on events.csv while it does.
pub struct SettleWriter {
    file: EventWriter,
}

/// Two ways of cutting are to become one: the study's units, while nobody codes, and what is decided of cuts.
#[derive(Debug, Clone, Copy)]
pub struct SettlingCuts;

impl Writing for SettlingCuts {
    type Locks = Locks;
    type Writer = (CutsWriter, SettleWriter);

    fn lock(&self, before: &Opened) -> Result<Locks, Failure> {
        Cutting(None).lock(before)
    }

    fn writer(
        self,
        locks: Locks,
        before: &Opened,
        now: &Opened,
    ) -> Result<(CutsWriter, SettleWriter), Failure> {
        Ok((Cutting(None).writer(locks, before, now)?, SettleWriter::open(now)?))
    }
}

impl SettleWriter {
    /// Takes the lock on events.csv.
    ///
    /// # Errors
    /// Somebody else writes it, or it cannot be read.
    pub(super) fn open(opened: &Opened) -> Result<Self, Failure> {
        Ok(Self { file: EventWriter::open(&opened.folder)? })
    }

    /// Records a decision; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, at: Moment, decision: &NewDecision) -> Result<(), Failure> {
        let what = What::Cut {
            transcript: decision.transcript.clone(),
            at: decision.at,
            cut: decision.cut,
            number: None,
        };
        self.file.append(Event::new(at, decision.present.clone(), what, &decision.reason))
    }
}

impl Opened {
    /// What was decided of cuts, in order: rows of before by their numbers, then all others.
    #[must_use]
    pub fn settled_cuts(&self) -> Vec<Decided> {
        let decided = |event: &Event| match &event.what {
            What::Cut { transcript, at, cut, number } => {
                Some(((event.seq, *number), (transcript.clone(), *at, *cut)))
            }
            _ => None,
        };
        let mut all: Vec<_> = self.events.iter().filter_map(decided).collect();
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, decided)| decided).collect()
    }
}
