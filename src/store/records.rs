//! Writers of events and memos.

use super::append::Appender;
use super::folder::Folder;
use super::layout;
use super::load::Opened;
use crate::domain::event::Event;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::problem::Problem;
use crate::domain::record::{Memo, MemoKind};
use crate::format::rows::Columns;
use crate::format::{events, records};
use crate::msg;

/// Appends to events.csv.
pub struct EventWriter {
    folder: Folder,
    file: Appender,
}

impl EventWriter {
    /// Takes the file's lock.
    ///
    /// # Errors
    /// Somebody else writes it, or it cannot be read.
    pub fn open(folder: &Folder) -> Result<Self, Failure> {
        let torn = |bytes: &[u8]| events::read_events("", bytes, &mut Vec::new()).1;
        let columns = Columns::grown(&events::COLUMNS);
        let file = Appender::open(folder, layout::EVENTS, columns, torn)?;
        Ok(Self { folder: folder.clone(), file })
    }

    /// Appends an event and gives it its seq; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, event: Event) -> Result<(), Failure> {
        self.append_all(vec![event])
    }

    /// Appends events as one write and gives them their seqs; when this returns, they are on the disk.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn append_all(&mut self, list: Vec<Event>) -> Result<(), Failure> {
        self.file.refresh()?;
        let (known, read) = (self.file.known(), events::read_events);
        let next = self.folder.highest_seq(layout::EVENTS, &known, read, |it| it.seq)? + 1;
        let numbered = (next..).zip(list).map(|(seq, event)| Event { seq: Some(seq), ..event });
        let lines: Vec<u8> = numbered.flat_map(|event| events::write_event(&event)).collect();
        self.file.append(&lines)
    }
}

/// Appends to a coder's memos on one device.
pub struct MemoWriter {
    folder: Folder,
    coder: CoderId,
    file: Appender,
}

impl MemoWriter {
    /// Takes the lock of a coder's memos. `device` is empty for `memos/<coder>.csv`.
    ///
    /// # Errors
    /// No such coder, an odd device name, somebody else writes them, or they cannot be read.
    pub fn open(opened: &Opened, coder: &CoderId, device: &str) -> Result<Self, Failure> {
        opened.coder(coder)?;
        check_device(device)?;
        let (file, columns) = (layout::memos(coder, device), (&records::MEMOS).into());
        let file = Appender::open(&opened.folder, &file, columns, torn_memo)?;
        Ok(Self { folder: opened.folder.clone(), coder: coder.clone(), file })
    }

    /// Appends a memo and returns its seq; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, on: &str, kind: MemoKind, text: &str) -> Result<u64, Failure> {
        let seq = self.next()?;
        self.file.append(&self.line(seq, on, kind, text))?;
        Ok(seq)
    }

    /// The rows that say memos, each given with what it is on.
    ///
    /// # Errors
    /// The memos cannot be read.
    pub(super) fn lines(
        &mut self,
        kind: MemoKind,
        memos: &[(String, String)],
    ) -> Result<Vec<u8>, Failure> {
        let numbered = (self.next()?..).zip(memos);
        Ok(numbered.flat_map(|(seq, (on, text))| self.line(seq, on, kind, text)).collect())
    }

    /// What writes the file.
    pub(super) fn into_file(self) -> Appender {
        self.file
    }

    /// The seq of the next memo.
    fn next(&mut self) -> Result<u64, Failure> {
        self.file.refresh()?;
        let mut rows = self.folder.memos_of(&self.coder, &mut Vec::new())?;
        let known = self.file.known();
        rows.extend(records::read_memos("", &known, &self.coder, &mut Vec::new()).0);
        Ok(rows.iter().map(|memo| memo.seq).max().unwrap_or(0) + 1)
    }

    fn line(&self, seq: u64, on: &str, kind: MemoKind, text: &str) -> Vec<u8> {
        records::write_memo(&Memo {
            coder: self.coder.clone(),
            seq,
            at: self.folder.now(),
            on: on.to_owned(),
            kind,
            text: text.to_owned(),
        })
    }
}

impl Opened {
    /// A coder's own memos of all devices, in order.
    ///
    /// # Errors
    /// No such coder, or the memos cannot be read.
    pub fn memos(&self, coder: &CoderId) -> Result<Vec<Memo>, Failure> {
        self.coder(coder)?;
        let mut problems: Vec<Problem> = Vec::new();
        let memos = self.folder.memos_of(coder, &mut problems)?;
        if problems.is_empty() { Ok(memos) } else { Err(Failure::Invalid(problems)) }
    }
}

impl Folder {
    fn memos_of(&self, coder: &CoderId, problems: &mut Vec<Problem>) -> Result<Vec<Memo>, Failure> {
        let mut memos = Vec::new();
        for name in self.list(layout::MEMOS)? {
            if layout::device(&name, coder).is_none() {
                continue;
            }
            let file = format!("{}/{name}", layout::MEMOS);
            let bytes = self.read(&file)?.unwrap_or_default();
            memos.extend(records::read_memos(&file, &bytes, coder, problems).0);
        }
        Ok(records::memos_in_order(memos))
    }
}

/// Where a torn last memo begins.
pub(super) fn torn_memo(bytes: &[u8]) -> Option<usize> {
    let anyone = "x".parse().ok()?;
    records::read_memos("", bytes, &anyone, &mut Vec::new()).1
}

/// Refuses a device whose name would be no safe part of a file's name.
///
/// # Errors
/// It is no such name.
pub(super) fn check_device(device: &str) -> Result<(), Failure> {
    if device.is_empty() || crate::domain::id::check(device).is_ok() {
        return Ok(());
    }
    Err(Failure::Usage(msg!("coding.device"), msg!("coding.device.fix")))
}
