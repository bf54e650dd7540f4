//! Changes to who codes, and how coders stand.

use std::collections::BTreeMap;

use super::begin::Everything;
use super::layout;
use super::load::Opened;
use super::records::EventWriter;
use super::together::Change;
use crate::domain::assignments::Assignment;
use crate::domain::coder::{Coder, CoderKind, Standing};
use crate::domain::event::{Event, Name, What};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::study::Settings;
use crate::format::{assignments, settings};
use crate::msg;

/// How a coder is to stand from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Nothing more is expected of her.
    Retire,
    /// Her decisions are in no result.
    Exclude,
    /// As if neither had been.
    Return,
}

/// How coders stand, by what happened to each of them last.
pub(super) fn standings(events: &[Event]) -> BTreeMap<CoderId, Standing> {
    let mut standings: BTreeMap<CoderId, Standing> = BTreeMap::new();
    for event in events {
        match &event.what {
            What::Retire { coder } => standings.entry(coder.clone()).or_default().retired = true,
            What::Exclude { coder } => {
                standings.entry(coder.clone()).or_default().excluded = Some(event.reason.clone());
            }
            What::Return { coder } => {
                let standing = standings.entry(coder.clone()).or_default();
                (standing.retired, standing.excluded) = (false, None);
            }
            What::Late { coder, round, cases } => {
                let late = &mut standings.entry(coder.clone()).or_default().late;
                for case in cases {
                    late.entry(case.clone()).or_default().insert(round.clone());
                }
            }
            _ => {}
        }
    }
    standings
}

/// What a coder is asked for who was just added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedFor {
    /// All units, like everybody.
    Everything,
    /// Nothing yet: assignments say who codes what.
    NothingAssigned,
    /// Nothing yet: others have decided something.
    NothingOthersBegan,
}

impl Opened {
    /// Adds a coder. Once somebody has decided, she is asked for nothing until assignments say so; where these are
    /// not written down yet, everything is for everybody who is there already. Returns what she is asked for.
    ///
    /// # Errors
    /// The lists are no longer what was read (refused), or a file cannot be written.
    pub fn add_coder(&self, coder: Coder) -> Result<AskedFor, Failure> {
        let _lock = self.lock_unchanged()?;
        let old = &self.study.settings;
        let asked_for = match (&self.study.assignments, self.anybody_decided()) {
            (_, true) => AskedFor::NothingOthersBegan,
            (Some(_), false) => AskedFor::NothingAssigned,
            (None, false) => AskedFor::Everything,
        };
        let mut replaced = Vec::new();
        if asked_for == AskedFor::NothingOthersBegan && self.study.assignments.is_none() {
            let rows: Vec<Assignment> =
                old.coders.iter().map(|it| Assignment::everything(it.id.clone())).collect();
            replaced.push((layout::ASSIGNMENTS.to_owned(), assignments::write(&rows)));
        }
        let coders = old.coders.iter().cloned().chain([coder]).collect();
        let new = Settings { coders, ..old.clone() };
        replaced.push((layout::SETTINGS.to_owned(), settings::write(&new)));
        self.folder.change_together(Change { replaced, ..Change::default() })?;
        Ok(asked_for)
    }

    /// Changes what is said of a coder. What she is does not change after she has sealed without a reason, which is
    /// recorded.
    ///
    /// # Errors
    /// She has sealed and no reason is given (refused), or a file cannot be written.
    pub fn set_coder(&self, coder: &Coder, reason: Option<&str>) -> Result<(), Failure> {
        let _lock = self.lock_unchanged()?;
        let old = &self.study.settings;
        let before = self.study.coder(&coder.id).map_or(CoderKind::Person, |it| it.kind);
        let sealed = self.seals.iter().any(|seal| seal.coder == coder.id);
        let mut events = Vec::new();
        if before != coder.kind && sealed {
            let Some(reason) = reason else {
                let what = msg!("coder.set.sealed", coder = coder.id);
                return Err(Failure::Refused(what, msg!("coder.set.sealed.fix")));
            };
            let (of, into) = (coder.id.clone(), coder.kind);
            let what = What::Kind { coder: of, from: before, into };
            events.push(Event::new(self.folder.now(), Vec::new(), what, reason));
        }
        let change = |it: &Coder| if it.id == coder.id { coder.clone() } else { it.clone() };
        let coders = old.coders.iter().map(change).collect();
        let new = Settings { coders, ..old.clone() };
        let replaced = vec![(layout::SETTINGS.to_owned(), settings::write(&new))];
        self.folder.change_together(Change { replaced, events, ..Change::default() })
    }

    /// Records how a coder stands from now on.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn turn_coder(&self, coder: &CoderId, turn: Turn, reason: &str) -> Result<(), Failure> {
        let coder = coder.clone();
        let what = match turn {
            Turn::Retire => What::Retire { coder },
            Turn::Exclude => What::Exclude { coder },
            Turn::Return => What::Return { coder },
        };
        let event = Event::new(self.folder.now(), Vec::new(), what, reason);
        EventWriter::open(&self.folder)?.append(event)
    }

    /// Takes a coder out who has left no trace; `rows` are the assignments without her, if there are any.
    ///
    /// # Errors
    /// She has decided, sealed, cut or noted something (refused), or a file cannot be written.
    pub fn remove_coder(&self, coder: &CoderId, rows: &[Assignment]) -> Result<(), Failure> {
        let (_locks, now) = self.begin(Everything)?;
        if now.has_left_traces(coder)? {
            let what = msg!("coder.remove.traces", coder = coder);
            return Err(Failure::Refused(what, msg!("coder.remove.traces.fix", coder = coder)));
        }
        let old = &now.study.settings;
        let coders = old.coders.iter().filter(|it| it.id != *coder).cloned().collect();
        // Empty logs of hers would be nobody's: they go first, and without them she is as she was.
        for device in now.logs.get(coder).into_iter().flat_map(|log| &log.devices) {
            self.folder.remove(&device.file)?;
        }
        let mut replaced = Vec::new();
        if now.study.assignments.is_some() {
            replaced.push((layout::ASSIGNMENTS.to_owned(), assignments::write(rows)));
        }
        let new = Settings { coders, ..old.clone() };
        replaced.push((layout::SETTINGS.to_owned(), settings::write(&new)));
        self.folder.change_together(Change { replaced, ..Change::default() })
    }

    /// Whether a coder's id stands in anything that is kept for ever, or files of hers hold anything.
    fn has_left_traces(&self, coder: &CoderId) -> Result<bool, Failure> {
        let log = self.logs.get(coder);
        let decided = self.log_problems.contains_key(coder)
            || log.is_some_and(|log| !log.rows.is_empty() || log.highest_seq > 0);
        let sealed = self.seals.iter().any(|seal| seal.coder == *coder);
        let present = self.settlements.iter().any(|it| it.present.contains(coder));
        let named = self
            .events
            .iter()
            .any(|event| event.is_by(coder) || event.what.names().contains(&Name::Coder(coder)));
        if decided || sealed || present || named || !self.memos(coder)?.is_empty() {
            return Ok(true);
        }
        for transcript in self.study.transcripts.iter().chain(&self.study.moved.replaced) {
            if self.folder.read(&layout::own_units(coder, &transcript.id))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
