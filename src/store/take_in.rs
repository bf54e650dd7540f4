//! Taking in what several coders answered in one file: decisions, notes and what is told of it, all or nothing.

use std::collections::BTreeMap;

use super::begin::{Locks, Writing};
use super::coding::{Coding, LogWriter};
use super::disk::Held;
use super::layout;
use super::load::Opened;
use super::records::MemoWriter;
use super::together::{Change, Growing};
use crate::domain::event::Event;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::{NewDecision, Via};
use crate::domain::record::MemoKind;
use crate::domain::time::Moment;

/// What a file brings for one coder.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Whose.
    pub coder: CoderId,
    /// What she decided, as one act.
    pub decisions: Vec<NewDecision>,
    /// Notes, each with what it is on.
    pub notes: Vec<(String, String)>,
    /// What is told of it.
    pub event: Event,
}

/// Logs that rows of one file come to: all are locked, with the lists, before the study is read that the file is compared with.
#[derive(Debug, Clone)]
pub struct TakingIn(pub Vec<Coding>);

/// Writes what a file brings.
pub struct TakeIn {
    _lists: Box<dyn Held>,
    writers: BTreeMap<CoderId, LogWriter>,
}

impl Writing for TakingIn {
    type Locks = (Box<dyn Held>, Locks);
    type Writer = TakeIn;

    fn lock(&self, before: &Opened) -> Result<Self::Locks, Failure> {
        let lists = before.folder.lock_lists()?;
        Ok((lists, self.0.lock(before)?))
    }

    fn writer(
        self,
        (lists, logs): Self::Locks,
        before: &Opened,
        now: &Opened,
    ) -> Result<TakeIn, Failure> {
        let coders: Vec<CoderId> = self.0.iter().map(|it| it.coder.clone()).collect();
        let writers = coders.into_iter().zip(self.0.writer(logs, before, now)?).collect();
        Ok(TakeIn { _lists: lists, writers })
    }
}

impl TakeIn {
    /// Writes what a file brings for those whose logs are held: all of it or nothing.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(self, opened: &Opened, brought: Vec<Taken>, via: Via) -> Result<(), Failure> {
        let Self { _lists, mut writers } = self;
        let mut held = Growing::new();
        let mut change = Change::default();
        for one in brought {
            let Some(mut writer) = writers.remove(&one.coder) else { continue };
            let device = writer.device().to_owned();
            let at = opened.act_at(&one.coder, via);
            let lines = writer.lines(&one.decisions, via, at)?.0;
            if !lines.is_empty() {
                let file = layout::log(&one.coder, &device);
                held.insert(file.clone(), writer.into_file());
                change.lines.push((file, lines));
            }
            if !one.notes.is_empty() {
                let mut memos = MemoWriter::open(opened, &one.coder, &device)?;
                let lines = memos.lines(MemoKind::Note, &one.notes)?;
                let file = layout::memos(&one.coder, &device);
                held.insert(file.clone(), memos.into_file());
                change.lines.push((file, lines));
            }
            change.events.push(one.event);
        }
        if change.is_empty() {
            return Ok(());
        }
        opened.folder.change_with(change, held)
    }
}

impl Opened {
    /// When an act of taking in is dated: now, or a second later where the same moment already holds one of hers. One file is one
    /// act, and what stands in a log with one time would be taken back together.
    fn act_at(&self, coder: &CoderId, via: Via) -> Moment {
        let now = self.folder.now();
        let last = self.logs.get(coder).and_then(|log| log.rows.last());
        match last.filter(|row| (row.at, row.via) == (now, via)) {
            Some(_) => Moment::from_second(now.as_second() + 1).unwrap_or(now),
            None => now,
        }
    }
}
