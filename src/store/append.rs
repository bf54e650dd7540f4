//! Append-only files: what was acknowledged is on the disk, and stays there.
//!
//! Before each append the path is checked to be still the file that was read. If another program put
//! another file in its place (as git and Dropbox do), it is read again, and whatever this program had
//! acknowledged and the new file lacks is appended once more. After a failed append the file is cut
//! back to its last good length.

use std::path::PathBuf;

use super::disk::{FileState, Held};
use super::folder::Folder;
use crate::domain::failure::Failure;
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// How often a file may be put in another's place while one row is written.
const PATIENCE: u32 = 8;

/// A writer of one append-only file; it holds the file's lock.
pub(super) struct Appender {
    folder: Folder,
    file: String,
    path: PathBuf,
    header: Vec<u8>,
    /// Finds where a torn last row begins.
    torn: fn(&[u8]) -> Option<usize>,
    state: Option<FileState>,
    /// What this writer has put into the file: lines with their LF.
    acknowledged: Vec<Vec<u8>>,
    /// Files into which torn last rows were set aside.
    pub(super) set_aside: Vec<String>,
    _lock: Box<dyn Held>,
}

impl Appender {
    /// Takes the lock and makes the file ready for appending.
    ///
    /// # Errors
    /// Somebody else writes it, it has another header than ours, or it cannot be read or mended.
    pub(super) fn open(
        folder: &Folder,
        file: &str,
        header: Vec<u8>,
        torn: fn(&[u8]) -> Option<usize>,
    ) -> Result<Self, Failure> {
        let lock = folder.lock(&format!("{file}.lock"))?;
        let mut appender = Self {
            folder: folder.clone(),
            file: file.to_owned(),
            path: folder.path(file),
            header,
            torn,
            state: None,
            acknowledged: Vec::new(),
            set_aside: Vec::new(),
            _lock: lock,
        };
        appender.reload()?;
        Ok(appender)
    }

    /// Whether another program changed the file since it was last read or written; then it is read
    /// again, and what it lacks of our rows is appended.
    pub(super) fn refresh(&mut self) -> Result<bool, Failure> {
        let mut changed = false;
        for _ in 0..PATIENCE {
            if self.now()? == self.state {
                return Ok(changed);
            }
            changed = true;
            self.reload()?;
        }
        Err(self.failed("the file keeps changing"))
    }

    /// Appends lines, each with its LF. When this returns, they are on the disk.
    ///
    /// # Errors
    /// They could not be written; then the file is as it was.
    pub(super) fn append(&mut self, lines: &[u8]) -> Result<(), Failure> {
        if lines.is_empty() {
            return Ok(());
        }
        self.refresh()?;
        self.write(lines)?;
        self.acknowledged.extend(lines.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec));
        // Somebody may have put another file in its place meanwhile: then ours went nowhere.
        self.refresh()?;
        Ok(())
    }

    fn write(&mut self, lines: &[u8]) -> Result<(), Failure> {
        let disk = self.folder.disk.clone();
        if self.state.is_none() {
            self.create()?;
        }
        let before = self.state;
        let good = before.map_or(0, |state| state.length);
        let written = disk.append(&self.path, lines).and_then(|()| disk.sync(&self.path));
        if let Err(error) = written {
            let failed = self.failed(&error.to_string());
            let same_file =
                |now: FileState| before.is_some_and(|then| then.identity == now.identity);
            if disk.state(&self.path).ok().flatten().is_some_and(same_file) {
                let _ = disk.cut(&self.path, good).and_then(|()| disk.sync(&self.path));
                self.state = self.now()?;
            }
            return Err(failed);
        }
        let now = self.now()?;
        let expected = good + lines.len() as u64;
        let ours = |now: FileState| {
            now.length == expected && before.is_none_or(|then| then.identity == now.identity)
        };
        // If it is not ours, `state` stays as it was, and the next refresh sees the difference.
        if now.is_some_and(ours) {
            self.state = now;
        }
        Ok(())
    }

    fn create(&mut self) -> Result<(), Failure> {
        let disk = self.folder.disk.clone();
        let parent = self.path.parent().map(std::path::Path::to_owned).unwrap_or_default();
        disk.make_folder(&parent)
            .and_then(|()| disk.create(&self.path, &self.header, None))
            .and_then(|()| disk.sync(&self.path))
            .and_then(|()| disk.sync_folder(&parent))
            .map_err(|error| self.failed(&error.to_string()))?;
        self.state = self.now()?;
        Ok(())
    }

    fn now(&self) -> Result<Option<FileState>, Failure> {
        self.folder.disk.state(&self.path).map_err(|error| self.failed(&error.to_string()))
    }

    fn failed(&self, why: &str) -> Failure {
        Failure::Io(msg!("store.append", file = &self.file), why.to_owned())
    }

    /// Reads the file, sets a torn last row aside, and appends what it lacks of our rows.
    fn reload(&mut self) -> Result<(), Failure> {
        self.state = self.now()?;
        let mut bytes = self.folder.read(&self.file)?.unwrap_or_default();
        if self.state.is_some() {
            if let Some(at) = (self.torn)(&bytes) {
                self.set_aside(&bytes[at..], at as u64)?;
                bytes.truncate(at);
            }
            self.check_header(&bytes)?;
        }
        let mut missing: Vec<u8> = Vec::new();
        if bytes.is_empty() && self.state.is_some() {
            missing.extend(&self.header);
        } else if bytes.last().is_some_and(|byte| *byte != b'\n') {
            missing.push(b'\n');
        }
        if !self.acknowledged.is_empty() {
            let there: std::collections::HashSet<&[u8]> =
                bytes.split_inclusive(|byte| *byte == b'\n').collect();
            missing.extend(
                self.acknowledged.iter().filter(|line| !there.contains(line.as_slice())).flatten(),
            );
        }
        if missing.is_empty() { Ok(()) } else { self.write(&missing) }
    }

    fn check_header(&self, bytes: &[u8]) -> Result<(), Failure> {
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let ours = self.header.strip_suffix(b"\n").unwrap_or(&self.header);
        if bytes.is_empty() || first == ours {
            return Ok(());
        }
        Err(Failure::invalid(Problem::new(
            Place::line(&self.file, 1),
            msg!("store.header"),
            msg!("store.header.fix", header = String::from_utf8_lossy(ours)),
        )))
    }

    fn set_aside(&mut self, tail: &[u8], length: u64) -> Result<(), Failure> {
        let disk = self.folder.disk.clone();
        let time = self.folder.now().to_string().replace(':', "");
        let mut name = format!("{}.torn-{time}", self.file);
        let mut number = 1;
        while self.folder.read(&name)?.is_some_and(|old| old != tail) {
            number += 1;
            name = format!("{}.torn-{time}-{number}", self.file);
        }
        self.folder.replace(&name, tail)?;
        disk.cut(&self.path, length)
            .and_then(|()| disk.sync(&self.path))
            .map_err(|error| self.failed(&error.to_string()))?;
        self.state = self.now()?;
        self.set_aside.push(name);
        Ok(())
    }
}
