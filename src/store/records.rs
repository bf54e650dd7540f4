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

/// Appends to events.csv.
pub struct EventWriter {
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
        Ok(Self { file: Appender::open(folder, layout::EVENTS, columns, torn)? })
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
        let (known, _) = events::read_events("", self.file.known(), &mut Vec::new());
        let next = known.iter().filter_map(|it| it.seq).max().unwrap_or(0) + 1;
        let numbered = (next..).zip(list).map(|(seq, event)| Event { seq: Some(seq), ..event });
        let lines: Vec<u8> = numbered.flat_map(|event| events::write_event(&event)).collect();
        self.file.append(&lines)
    }
}

/// Appends to a coder's memos.
pub struct MemoWriter {
    folder: Folder,
    coder: CoderId,
    file: Appender,
}

impl MemoWriter {
    /// Takes the lock of a coder's memos.
    ///
    /// # Errors
    /// No such coder, somebody else writes them, or they cannot be read.
    pub fn open(opened: &Opened, coder: &CoderId) -> Result<Self, Failure> {
        opened.coder(coder)?;
        let torn = |bytes: &[u8]| {
            let anyone = "x".parse().ok()?;
            records::read_memos("", bytes, &anyone, &mut Vec::new()).1
        };
        let file =
            Appender::open(&opened.folder, &layout::memos(coder), (&records::MEMOS).into(), torn)?;
        Ok(Self { folder: opened.folder.clone(), coder: coder.clone(), file })
    }

    /// Appends a memo and returns its seq; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, on: &str, kind: MemoKind, text: &str) -> Result<u64, Failure> {
        self.file.refresh()?;
        let known = self.file.known();
        let (rows, _) = records::read_memos("", known, &self.coder, &mut Vec::new());
        let seq = rows.iter().map(|memo| memo.seq).max().unwrap_or(0) + 1;
        let at = self.folder.now();
        let memo = Memo {
            coder: self.coder.clone(),
            seq,
            at,
            on: on.to_owned(),
            kind,
            text: text.to_owned(),
        };
        self.file.append(&records::write_memo(&memo))?;
        Ok(seq)
    }
}

impl Opened {
    /// A coder's own memos, in order.
    ///
    /// # Errors
    /// No such coder, or the memos cannot be read.
    pub fn memos(&self, coder: &CoderId) -> Result<Vec<Memo>, Failure> {
        self.coder(coder)?;
        let file = layout::memos(coder);
        let Some(bytes) = self.folder.read(&file)? else { return Ok(Vec::new()) };
        let mut problems: Vec<Problem> = Vec::new();
        let (mut memos, _) = records::read_memos(&file, &bytes, coder, &mut problems);
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        memos.sort_by_key(|memo| memo.seq);
        Ok(memos)
    }
}
