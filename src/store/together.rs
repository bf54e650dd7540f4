//! Several files changed as if they were one.
//!
//! What they will hold, what comes to those that only grow, and which of them go, is written into one file first,
//! `themata.pending`. Once that is on the disk the change has happened: whoever reads one of these files is given what it says,
//! and whoever next changes the lists of the study puts the files in place and takes it away. So a crash leaves all as it was or
//! all as it will be, and an event stands exactly where what it tells has happened.

use std::collections::BTreeMap;
use std::io;

use super::append::Appender;
use super::disk::Held;
use super::folder::Folder;
use super::layout;
use crate::domain::event::Event;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::moved::MoveRow;
use crate::domain::problem::{Place, Problem};
use crate::format::codebook::sha256;
use crate::format::pending::{self, Becomes, Row};
use crate::format::rows::Columns;
use crate::format::{events, log, moves, records};
use crate::msg;

/// A change of several files.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// Files that nobody reads before the others are in place, which make them read; taken away again where these cannot be.
    pub(super) first: Vec<(String, Vec<u8>)>,
    /// Files that are replaced, and all that they will hold.
    pub(super) replaced: Vec<(String, Vec<u8>)>,
    /// What is told of it; each gets its seq.
    pub(super) events: Vec<Event>,
    /// What became of units; each gets its seq.
    pub(super) moves: Vec<MoveRow>,
    /// Lines that come to other files which only grow.
    pub(super) lines: Vec<(String, Vec<u8>)>,
    /// Files that go.
    pub(super) removed: Vec<String>,
}

impl Change {
    /// Whether nothing changes.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty()
            && self.replaced.is_empty()
            && self.events.is_empty()
            && self.moves.is_empty()
            && self.lines.is_empty()
            && self.removed.is_empty()
    }
}

/// Writers of files that only grow, by file.
pub(super) type Growing = BTreeMap<String, Appender>;

impl Folder {
    /// Makes a change. The caller holds the lock on the lists.
    ///
    /// # Errors
    /// It cannot be written; then either nothing has changed, or the rest is done by the next program that
    /// takes the lock.
    pub(super) fn change_together(&self, change: Change) -> Result<(), Failure> {
        self.change_with(change, Growing::new())
    }

    /// The same where some files that grow are held already.
    ///
    /// # Errors
    /// Likewise.
    pub(super) fn change_with(&self, change: Change, mut held: Growing) -> Result<(), Failure> {
        let Change { first, replaced, events: told, moves: moved, lines, removed } = change;
        let mut longer = lines;
        if !told.is_empty() {
            let known = self.grow(layout::EVENTS, &mut held)?.known().to_vec();
            let read = events::read_events;
            let next = self.highest_seq(layout::EVENTS, &known, read, |it| it.seq)? + 1;
            let told = (next..).zip(told).map(|(seq, it)| Event { seq: Some(seq), ..it });
            longer.push((
                layout::EVENTS.to_owned(),
                told.flat_map(|it| events::write_event(&it)).collect(),
            ));
        }
        if !moved.is_empty() {
            let known = self.grow(layout::MOVES, &mut held)?.known().to_vec();
            let next = self.highest_seq(layout::MOVES, &known, moves::read_moves, |it| it.seq)? + 1;
            let moved = (next..).zip(moved).map(|(seq, it)| MoveRow { seq: Some(seq), ..it });
            longer.push((
                layout::MOVES.to_owned(),
                moved.flat_map(|it| moves::write_move(&it)).collect(),
            ));
        }
        let rows = self.rows(replaced, longer, removed)?;
        let done = first
            .iter()
            .try_for_each(|(file, bytes)| self.replace(file, bytes))
            .and_then(|()| self.replace(layout::PENDING, &pending::write(&rows)));
        let done = done.and_then(|()| self.put_in_place(&rows, &mut held));
        done.map_err(|failure| self.failed_with(failure, &first))
    }

    /// What is to be said where a change failed: before its list stood nothing has happened, and what went first goes again;
    /// after that it has happened.
    fn failed_with(&self, failure: Failure, first: &[(String, Vec<u8>)]) -> Failure {
        match (self.state(layout::PENDING), failure) {
            (Ok(None), failure) => {
                for (file, _) in first {
                    // What cannot be taken away is in no list, and the next import of that name writes over it.
                    let _ = self.remove(file);
                }
                failure
            }
            (Ok(Some(_)), Failure::Io(what, why)) => Failure::Io(still_pending(&what), why),
            (_, failure) => failure,
        }
    }

    /// What becomes of each file, and what it is now.
    fn rows(
        &self,
        replaced: Vec<(String, Vec<u8>)>,
        longer: Vec<(String, Vec<u8>)>,
        removed: Vec<String>,
    ) -> Result<Vec<Row>, Failure> {
        let replaced = replaced.into_iter().map(|(file, text)| (file, text, Becomes::Replaced));
        let removed = removed.into_iter().map(|file| (file, Vec::new(), Becomes::Removed));
        let mut rows = Vec::new();
        for (file, text) in longer {
            rows.push(Row { file, text, before: Some(String::new()), becomes: Becomes::Longer });
        }
        for (file, text, becomes) in replaced.chain(removed) {
            let before = self.on_disk(&file)?.map(|it| sha256(&it)).unwrap_or_default();
            rows.push(Row { file, text, before: Some(before), becomes });
        }
        Ok(rows)
    }

    /// The writer of a file that only grows, made where nobody holds it yet.
    pub(super) fn grow<'a>(
        &self,
        file: &str,
        held: &'a mut Growing,
    ) -> Result<&'a mut Appender, Failure> {
        if !held.contains_key(file) {
            let (columns, torn) = form(file);
            held.insert(file.to_owned(), Appender::open(self, file, columns, torn)?);
        }
        held.get_mut(file)
            .ok_or_else(|| Failure::Io(msg!("store.append", file = file), String::new()))
    }

    /// The same under a lock that is held already.
    pub(super) fn grow_under(
        &self,
        lock: Box<dyn Held>,
        file: &str,
        held: &mut Growing,
    ) -> Result<(), Failure> {
        let (columns, torn) = form(file);
        held.insert(file.to_owned(), Appender::under(lock, self, file, columns, torn)?);
        Ok(())
    }

    /// Does what a list says, and takes it away.
    fn put_in_place(&self, rows: &[Row], held: &mut Growing) -> Result<(), Failure> {
        for row in rows {
            match row.becomes {
                Becomes::Replaced => self.replace(&row.file, &row.text)?,
                Becomes::Longer => {
                    let writer = self.grow(&row.file, held)?;
                    writer.refresh()?;
                    let lacking = super::append::lacking(&row.text, &writer.known());
                    writer.append(&lacking)?;
                }
                Becomes::Removed => {
                    if self.on_disk(&row.file)?.is_some() {
                        self.remove(&row.file)?;
                    }
                    let synced = self.sync_names(&self.path(&row.file));
                    synced.map_err(|error| {
                        Failure::Io(msg!("store.remove", file = row.file), error.to_string())
                    })?;
                }
            }
        }
        let path = self.path(layout::PENDING);
        let removed = self.disk.remove(&path).and_then(|()| self.sync_names(&path));
        removed.map_err(|error| {
            Failure::Io(msg!("store.remove", file = layout::PENDING), error.to_string())
        })
    }

    /// Refuses where one of some files can be told not to be ours to change, before anything is.
    ///
    /// # Errors
    /// The system does not let us.
    pub(super) fn may_change(&self, files: &[String]) -> Result<(), Failure> {
        for file in files {
            let opened = self.disk.lock(&self.path(file));
            opened.map_err(|error| {
                Failure::Io(msg!("store.remove", file = file), error.to_string())
            })?;
        }
        Ok(())
    }

    /// Ends a change that was begun. The caller holds the lock on the lists.
    ///
    /// # Errors
    /// One of the files cannot be written, or the list names what is no file of a study.
    pub(super) fn finish_pending(&self) -> Result<(), Failure> {
        match self.pending()? {
            Some(rows) => self
                .put_in_place(&rows, &mut Growing::new())
                .map_err(|failure| self.failed_with(failure, &[])),
            None => Ok(()),
        }
    }

    /// Takes away what a killed program was writing beside files that are written under the lock on the lists, which the caller
    /// holds.
    pub(super) fn clean_up(&self) -> Result<(), Failure> {
        let folders = ["", layout::TEXTS, layout::UNITS, layout::ORIGINALS, layout::SEAL_LISTS];
        for folder in folders.into_iter().chain([layout::VERSIONS]) {
            for name in self.list(folder)? {
                let path =
                    if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                let of = super::replace::is_beside(&name).map(|of| match folder {
                    "" => of.to_owned(),
                    folder => format!("{folder}/{of}"),
                });
                let ours = |of: &String| match folder {
                    layout::ORIGINALS => true,
                    // A coder who begins keeps a version without this lock; one that is there is written by nobody any more.
                    layout::VERSIONS => matches!(self.on_disk(of), Ok(Some(_))),
                    _ => *of == layout::PENDING || layout::changes_with_others(of),
                };
                if of.as_ref().is_some_and(ours) {
                    // That it stays behind is no loss.
                    let _ = self.remove(&path);
                }
            }
        }
        Ok(())
    }

    /// What a file holds once a change of several is in place, if it is one of them; nothing where it goes.
    pub(super) fn pending_bytes(&self, file: &str) -> Result<Option<Option<Vec<u8>>>, Failure> {
        let may = layout::changes_with_others(file)
            || layout::grows_with_others(file)
            || layout::goes_with_others(file);
        if !may {
            return Ok(None);
        }
        let mut now: Option<Option<Vec<u8>>> = None;
        for row in self.pending()?.unwrap_or_default().into_iter().filter(|it| it.file == file) {
            now = Some(match row.becomes {
                Becomes::Replaced => Some(row.text),
                Becomes::Removed => None,
                Becomes::Longer => {
                    Some(longer(file, self.on_disk(file)?.unwrap_or_default(), &row.text))
                }
            });
        }
        Ok(now)
    }

    /// The names of files in a folder that a change of several is about to make.
    pub(super) fn pending_names(&self, folder: &str) -> Result<Vec<String>, Failure> {
        let rows = self.pending()?.unwrap_or_default().into_iter();
        let rows = rows.filter(|row| row.becomes != Becomes::Removed);
        let name = |row: Row| {
            let (of, name) = row.file.rsplit_once('/').unwrap_or(("", &row.file));
            (of == folder).then(|| name.to_owned())
        };
        Ok(rows.filter_map(name).collect())
    }

    fn pending(&self) -> Result<Option<Vec<Row>>, Failure> {
        let bytes = match self.disk.read(&self.path(layout::PENDING)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let what = msg!("store.read", file = layout::PENDING);
                return Err(Failure::Io(what, error.to_string()));
            }
        };
        let rows = pending::read(&bytes).unwrap_or_default();
        // It may have come by mail: it must not write anywhere but where we would have; and it must not undo what was done
        // since by somebody who did not see it.
        let mut sound = !rows.is_empty();
        for row in &rows {
            sound &= match row.becomes {
                Becomes::Replaced => layout::changes_with_others(&row.file),
                Becomes::Longer => layout::grows_with_others(&row.file),
                Becomes::Removed => layout::goes_with_others(&row.file),
            };
            if !sound || row.becomes == Becomes::Longer {
                continue;
            }
            if let Some(before) = &row.before {
                let now = self.on_disk(&row.file)?;
                let hash = now.as_ref().map(|it| sha256(it)).unwrap_or_default();
                let done = match row.becomes {
                    Becomes::Removed => now.is_none(),
                    _ => now.as_ref() == Some(&row.text),
                };
                sound &= done || hash == *before;
            }
        }
        match sound {
            true => Ok(Some(rows)),
            false => Err(Failure::invalid(Problem::new(
                Place::file(layout::PENDING),
                msg!("store.pending"),
                msg!("store.pending.fix"),
            ))),
        }
    }

    /// A file as it lies there, whatever is pending.
    pub(super) fn on_disk(&self, file: &str) -> Result<Option<Vec<u8>>, Failure> {
        let failed =
            |error: io::Error| Failure::Io(msg!("store.read", file = file), error.to_string());
        let path = self.path(file);
        if let Some(odd) = self.disk.odd(self.root(), &path).map_err(failed)? {
            return Err(Failure::invalid(odd.of(file)));
        }
        match self.disk.read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }
}

/// What is said in place of what could not be written, where the change of which that is a part has happened.
fn still_pending(what: &Message) -> Message {
    let file = what.arguments.iter().find(|(name, _)| *name == "file");
    msg!("store.still_pending", file = file.map_or(layout::PENDING, |(_, file)| file))
}

/// Finds where a torn last row begins.
type Torn = fn(&[u8]) -> Option<usize>;

/// The columns of a file that only grows, and what finds where a torn last row begins.
fn form(file: &str) -> (Columns<'static>, Torn) {
    match file {
        layout::EVENTS => (Columns::grown(&events::COLUMNS), |bytes| {
            events::read_events("", bytes, &mut Vec::new()).1
        }),
        layout::MOVES => (Columns::grown(&moves::COLUMNS), |bytes| {
            moves::read_moves("", bytes, &mut Vec::new()).1
        }),
        layout::SEALS => (Columns::grown(&records::SEALS), |bytes| {
            records::read_seals("", bytes, &mut Vec::new()).1
        }),
        file if file.starts_with(layout::MEMOS) => {
            ((&records::MEMOS).into(), super::records::torn_memo)
        }
        _ => ((&log::COLUMNS).into(), log::torn),
    }
}

/// A file with lines that come to it. What was being written when the power failed, header or row, is among them or lost.
fn longer(file: &str, mut bytes: Vec<u8>, lines: &[u8]) -> Vec<u8> {
    let (columns, torn) = form(file);
    let header = columns.header();
    if let Some(at) = torn(&bytes).filter(|_| !header.starts_with(&bytes)) {
        bytes.truncate(at);
    }
    if header.starts_with(&bytes) {
        bytes = header;
    }
    let lacking = super::append::lacking(lines, &bytes);
    if !lacking.is_empty() && !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.extend(lacking);
    bytes
}
