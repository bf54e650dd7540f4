//! The trail of settled cuts in events.csv.
//!
//! A decision is one event: `cut`, `no-cut`, or `cut-undone`.

use super::begin::{Locks, Writing};
use super::cuts::{CutsWriter, Cutting};
use super::layout;
use super::load::Opened;
use super::records::EventWriter;
use crate::desk::settle::{Decided, NewDecision};
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::point::Point;
use crate::domain::problem::{Place, Problem};
use crate::domain::standing::Standing;
use crate::domain::time::Moment;
use crate::msg;

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
    /// What was decided of cuts, in order: rows of before by their numbers, then all others. What two meetings decided
    /// differently at once is open again.
    #[must_use]
    pub fn settled_cuts(&self) -> Vec<Decided> {
        let mut all: Vec<Decided> = self.cut_rows().into_iter().map(|(_, row)| row).collect();
        let contested = self.contested_cuts().into_iter();
        all.extend(contested.map(|(transcript, at)| (transcript, at, None)));
        all
    }

    fn cut_rows(&self) -> Vec<(Option<u64>, Decided)> {
        let decided = |event: &Event| match &event.what {
            What::Cut { transcript, at, cut, number } => {
                Some(((event.seq, *number), (transcript.clone(), *at, *cut)))
            }
            _ => None,
        };
        let mut all: Vec<_> = self.events.iter().filter_map(decided).collect();
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|((seq, _), decided)| (seq, decided)).collect()
    }

    /// Where two meetings decided differently at once whether there is a cut.
    fn contested_cuts(&self) -> Vec<(TranscriptId, Point)> {
        let rows = self.cut_rows().into_iter();
        let rows = rows.map(|(seq, (transcript, at, cut))| ((transcript, at), seq, cut));
        Standing::of(rows, |one, other| one != other).contested.into_keys().collect()
    }

    /// Problems of cuts that were settled differently at once, in texts whose units are not fixed yet.
    #[must_use]
    pub fn contested_cut_problems(&self) -> Vec<Problem> {
        let is_free = |id: &TranscriptId| self.may_cut(std::slice::from_ref(id), None).is_ok();
        let contested = self.contested_cuts().into_iter().filter(|(id, _)| is_free(id));
        let problem = |(transcript, at): (TranscriptId, Point)| {
            let what = msg!("standing.cut", place = format!("{transcript}:{at}"));
            let fix = msg!("standing.cut.fix", transcript = transcript);
            Problem::new(Place::file(layout::EVENTS), what, fix)
        };
        contested.map(problem).collect()
    }
}
