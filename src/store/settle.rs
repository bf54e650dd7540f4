//! The trail of settled cuts in events.csv.
//!
//! A decision is one event: `cut`, `no-cut`, or `cut-undone`; `about` is the place and a number in order of deciding,
//! because several may be made within a second.

use super::load::Opened;
use super::records::EventWriter;
use crate::desk::settle::{Decided, NewDecision};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::record::Event;
use crate::domain::time::Moment;
use crate::unitize::cuts::Point;

const CUT: &str = "cut";
const NO_CUT: &str = "no-cut";
const UNDONE: &str = "cut-undone";

/// Records what a meeting decides of cuts; holds the lock on events.csv while it does.
pub struct SettleWriter {
    file: EventWriter,
    next: u64,
}

impl SettleWriter {
    /// Takes the lock on events.csv.
    ///
    /// # Errors
    /// Somebody else writes it, or it cannot be read.
    pub fn open(opened: &Opened) -> Result<Self, Failure> {
        let next = numbered(&opened.events).map(|(number, ..)| number).max().unwrap_or(0) + 1;
        Ok(Self { file: EventWriter::open(&opened.folder)?, next })
    }

    /// Records a decision; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, at: Moment, decision: &NewDecision) -> Result<(), Failure> {
        let event = match decision.cut {
            Some(true) => CUT,
            Some(false) => NO_CUT,
            None => UNDONE,
        };
        let present: Vec<&str> = decision.present.iter().map(CoderId::as_str).collect();
        self.file.append(&Event {
            at,
            event: event.to_owned(),
            who: present.join("; "),
            about: format!("{}:{} #{}", decision.transcript, decision.at, self.next),
            reason: decision.reason.clone(),
        })?;
        self.next += 1;
        Ok(())
    }
}

impl Opened {
    /// What was decided of cuts, in order.
    #[must_use]
    pub fn settled_cuts(&self) -> Vec<Decided> {
        let mut all: Vec<(u64, Decided)> = numbered(&self.events).collect();
        all.sort_by_key(|(number, _)| *number);
        all.into_iter().map(|(_, decided)| decided).collect()
    }
}

fn numbered(events: &[Event]) -> impl Iterator<Item = (u64, Decided)> {
    events.iter().filter_map(|event| {
        let cut = match event.event.as_str() {
            CUT => Some(true),
            NO_CUT => Some(false),
            UNDONE => None,
            _ => return None,
        };
        let (place, number) = event.about.split_once(" #")?;
        let (transcript, at) = place.split_once(':')?;
        let at: Point = at.parse().ok()?;
        Some((number.parse().ok()?, (transcript.parse().ok()?, at, cut)))
    })
}
