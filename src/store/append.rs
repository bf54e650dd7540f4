//! Append-only files: what was acknowledged is on the disk, and stays there.
//!
//! Before each append the path is checked to be still the file that was read. If another program put
//! another file in its place (as git and Dropbox do), it is read again, and whatever the file held
//! before and the new one lacks is appended once more: no row of such a file is ever removed. After a
//! failed append the file is cut back to its last good length.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::disk::{Access, FileState, Held};
use super::folder::Folder;
use crate::domain::failure::Failure;
use crate::domain::problem::{Place, Problem};
use crate::format::rows::{self, Columns};
use crate::msg;

/// How often a file may be put in another's place while one row is written.
const PATIENCE: u32 = 8;

/// A writer of one append-only file; it holds the file's lock.
pub(super) struct Appender {
    folder: Folder,
    file: String,
    path: PathBuf,
    header: Vec<u8>,
    /// The header that files of before have, where it was another.
    before: Option<Vec<u8>>,
    /// The columns, where the last came with a later version.
    grown: Option<Vec<&'static str>>,
    /// Finds where a torn last row begins.
    torn: fn(&[u8]) -> Option<usize>,
    /// The file's state when it held all that is known; absent where it must be read again.
    state: Option<FileState>,
    known: Known,
    /// Where everything known was put when the file was no longer one to append to.
    kept: Option<String>,
    /// Files into which torn last rows were set aside.
    pub(super) set_aside: Vec<String>,
    lock: Box<dyn Held>,
}

/// The header, and every line that was ever seen in a file or put into it, each with its LF.
struct Known {
    /// What was read: a large log is held once, by all who read it.
    read: Arc<Vec<u8>>,
    /// What was put into it since.
    since: Vec<u8>,
}

impl Known {
    fn of(bytes: Vec<u8>) -> Self {
        Self { read: Arc::new(bytes), since: Vec::new() }
    }

    fn all(&self) -> Cow<'_, [u8]> {
        match self.since.is_empty() {
            true => Cow::Borrowed(&self.read),
            false => Cow::Owned([self.read.as_slice(), &self.since].concat()),
        }
    }

    fn is(&self, bytes: &[u8]) -> bool {
        self.since.is_empty() && *self.read == bytes
    }
}

/// What a file was when it was read, and what it held.
pub(super) struct AsRead {
    pub(super) state: FileState,
    pub(super) bytes: Arc<Vec<u8>>,
}

impl Appender {
    /// Takes the lock and makes the file ready for appending.
    ///
    /// # Errors
    /// Somebody else writes it, it has another header than ours, or it cannot be read or mended.
    pub(super) fn open(
        folder: &Folder,
        file: &str,
        columns: Columns<'_>,
        torn: fn(&[u8]) -> Option<usize>,
    ) -> Result<Self, Failure> {
        Self::under(folder.lock(&format!("{file}.lock"))?, folder, file, columns, torn)
    }

    /// The same under a lock that is held already.
    ///
    /// # Errors
    /// The file has another header than ours, or it cannot be read or mended.
    pub(super) fn under(
        lock: Box<dyn Held>,
        folder: &Folder,
        file: &str,
        columns: Columns<'_>,
        torn: fn(&[u8]) -> Option<usize>,
    ) -> Result<Self, Failure> {
        let mut appender = Self::closed(lock, folder, file, columns, torn);
        appender.refresh()?;
        Ok(appender)
    }

    /// The same for a file that was just read: where it is still what it was, it is not read again.
    ///
    /// # Errors
    /// Likewise.
    pub(super) fn as_read(
        lock: Box<dyn Held>,
        folder: &Folder,
        file: &str,
        columns: Columns<'_>,
        torn: fn(&[u8]) -> Option<usize>,
        read: Option<AsRead>,
    ) -> Result<Self, Failure> {
        let mut appender = Self::closed(lock, folder, file, columns, torn);
        let is_sound = |bytes: &[u8]| {
            bytes.starts_with(&appender.header) && bytes.ends_with(b"\n") && !bytes.contains(&0)
        };
        if let Some(AsRead { state, bytes }) = read.filter(|it| is_sound(&it.bytes)) {
            appender.known = Known { read: bytes, since: Vec::new() };
            appender.state = Some(state);
            appender.place()?;
        }
        appender.refresh()?;
        Ok(appender)
    }

    /// A writer that has looked at nothing yet.
    fn closed(
        lock: Box<dyn Held>,
        folder: &Folder,
        file: &str,
        columns: Columns<'_>,
        torn: fn(&[u8]) -> Option<usize>,
    ) -> Self {
        let header = columns.header();
        Self {
            folder: folder.clone(),
            file: file.to_owned(),
            path: folder.path(file),
            known: Known::of(header.clone()),
            header,
            before: columns.before().map(rows::write),
            grown: columns.grown.then(|| columns.names.to_vec()),
            torn,
            state: None,
            kept: None,
            set_aside: Vec::new(),
            lock,
        }
    }

    /// Everything in the file, and what another program took out of it: the header, then whole lines.
    pub(super) fn known(&self) -> Cow<'_, [u8]> {
        self.known.all()
    }

    /// Whether the lock still keeps others out.
    ///
    /// # Errors
    /// The system does not tell.
    pub(super) fn still_holds(&self) -> Result<bool, Failure> {
        self.lock.is_in_place().map_err(|error| self.failed(&error.to_string()))
    }

    /// Reads the file again if another program changed it, and puts back what it lacks.
    ///
    /// # Errors
    /// It cannot be read or mended.
    pub(super) fn refresh(&mut self) -> Result<(), Failure> {
        self.append(&[])
    }

    /// Appends lines, each with its LF. When this returns, they are on the disk.
    ///
    /// # Errors
    /// They could not be written; then none of them is kept.
    pub(super) fn append(&mut self, lines: &[u8]) -> Result<(), Failure> {
        let mut rest = lines.to_vec();
        let mut written = false;
        let grows = lines.split_inclusive(|byte| *byte == b'\n').any(|line| self.needs_last(line));
        for _ in 0..PATIENCE {
            let mut adding = Vec::new();
            let Some(now) = self.now()? else {
                // A file is made when there is something to put into it.
                if lines.is_empty() && self.known.is(&self.header) {
                    return Ok(());
                }
                self.create()?;
                continue;
            };
            if Some(now) != self.state || (grows && self.is_of_before(&self.known())) {
                match self.reload(now, grows)? {
                    Some(missing) if self.place()? => adding = missing,
                    _ => continue,
                }
                rest = lacking(lines, &self.known());
                written = rest.is_empty();
                if written && adding.is_empty() {
                    continue; // it may have changed again by now
                }
            } else if written || rest.is_empty() {
                self.known.since.extend(rest);
                return Ok(());
            }
            if !written {
                adding.extend(&rest);
            }
            written = self.write(&adding)?;
        }
        Err(self.failed("the file keeps changing"))
    }

    /// Makes the file with nothing but its header: rows follow when that is safe.
    fn create(&self) -> Result<(), Failure> {
        let disk = &self.folder.disk;
        let parent = self.path.parent().unwrap_or(&self.path);
        let made = disk
            .make_folder(parent)
            .and_then(|()| disk.create(&self.path, &self.header, Access::Usual))
            .and_then(|()| disk.sync(&self.path));
        match made {
            // Another program was quicker, or took it away again: it is looked at once more.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists || is_gone(&error) => Ok(()),
            made => made.map_err(|error| self.failed(&error.to_string())),
        }
    }

    /// Appends to the file in the state that was last seen, and waits until all is on the disk. Returns
    /// false, having written nothing, where the file is no longer in that state.
    fn write(&mut self, adding: &[u8]) -> Result<bool, Failure> {
        let Some(before) = self.state.take() else { return Ok(false) };
        match self.put(adding, &before) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(error) if is_gone(&error) => return Ok(false),
            Err(error) => {
                let failed = self.failed(&error.to_string());
                // What cannot be taken back is found when the file is read again.
                let _ = self.take_back(adding, &before);
                return Err(failed);
            }
        }
        let length = before.length + adding.len() as u64;
        let ours = |now: &FileState| now.length == length && now.identity == before.identity;
        // If somebody has put another file in its place meanwhile, ours went nowhere; without a state
        // it is read again.
        self.state = self.now()?.filter(ours);
        Ok(true)
    }

    fn put(&self, adding: &[u8], before: &FileState) -> io::Result<bool> {
        let disk = &self.folder.disk;
        if !disk.append(&self.path, adding, before)? {
            return Ok(false);
        }
        disk.sync(&self.path)?;
        Ok(true)
    }

    /// Waits until the name of a file that was read is on the disk: another program may have put it
    /// there, or one of ours that was killed before it could wait. Returns false where it is gone.
    fn place(&mut self) -> Result<bool, Failure> {
        let placed = self.folder.disk.sync(&self.path);
        match placed.and_then(|()| self.folder.sync_names(&self.path)) {
            Err(error) if is_gone(&error) => {
                self.state = None;
                Ok(false)
            }
            placed => placed.map(|()| true).map_err(|error| self.failed(&error.to_string())),
        }
    }

    /// Cuts the file back to its last good length, if what follows is what was being written.
    fn take_back(&self, adding: &[u8], before: &FileState) -> io::Result<()> {
        let disk = &self.folder.disk;
        let Some(now) = disk.state(&self.path)? else { return Ok(()) };
        let bytes = disk.read(&self.path)?;
        let rest = usize::try_from(before.length).ok().and_then(|good| bytes.get(good..));
        if rest.is_some_and(|rest| adding.starts_with(rest)) {
            disk.cut(&self.path, before.length, &now)?;
            disk.sync(&self.path)?;
        }
        Ok(())
    }

    /// Reads the file, sets a torn last row aside, and returns what has to be appended for it to hold
    /// everything that is known; `None` where it changed meanwhile.
    fn reload(&mut self, mut state: FileState, grows: bool) -> Result<Option<Vec<u8>>, Failure> {
        self.state = None;
        // As it lies there: what is pending is not in it yet.
        let mut bytes = self.folder.on_disk(&self.file)?.unwrap_or_default();
        if !self.header.starts_with(&bytes)
            && let Some(at) = (self.torn)(&bytes)
        {
            match self.cut_off(&bytes, at, &state)? {
                Some(cut) => state = cut,
                None => return Ok(None),
            }
            bytes.truncate(at);
        }
        if let Some(rest) = self.header.strip_prefix(bytes.as_slice()).filter(|it| !it.is_empty()) {
            let rest = rest.to_vec();
            self.state = Some(state);
            self.write(&rest)?;
            self.state = None; // rows follow when the header is safe
            return Ok(None);
        }
        if self.is_of_before(&bytes) {
            if grows {
                self.grow(&bytes, &state)?;
                return Ok(None);
            }
        } else {
            self.check_header(&bytes)?;
        }
        let mut missing = Vec::new();
        if !bytes.ends_with(b"\n") {
            missing.push(b'\n');
        }
        bytes.extend(&missing);
        if !self.known.is(&self.header) {
            let all = self.known();
            let known = all.strip_prefix(self.before.as_deref().unwrap_or_default());
            let lost = lacking(known.unwrap_or(&all), &bytes);
            missing.extend(&lost);
            bytes.extend(lost);
        }
        self.known = Known::of(bytes);
        self.state = Some(state);
        Ok(Some(missing))
    }

    /// Whether a row has a cell that a file of before has no column for.
    fn needs_last(&self, row: &[u8]) -> bool {
        self.grown.as_ref().is_some_and(|names| Columns::grown(names).has_last(row))
    }

    /// Whether a file has the header of before, which lacks our last column.
    fn is_of_before(&self, bytes: &[u8]) -> bool {
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        self.before.as_ref().is_some_and(|before| essence(first) == essence(before))
    }

    /// Gives a file of before our header; its rows stay byte for byte as they are.
    fn grow(&self, bytes: &[u8], state: &FileState) -> Result<(), Failure> {
        let rows = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
        let grown = [self.header.as_slice(), bytes.get(rows..).unwrap_or_default()].concat();
        if self.now()?.as_ref() == Some(state) {
            self.folder.replace(&self.file, &grown)?;
        }
        Ok(())
    }

    /// Refuses a file that another program has rewritten in a form of its own. What this writer knows is
    /// then kept in a file beside it, which is read like a log of another device.
    fn check_header(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let ours = essence(&self.header);
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if essence(first) == ours {
            return Ok(());
        }
        if !self.known.is(&self.header) && self.kept.is_none() {
            let stem = self.file.strip_suffix(".csv").unwrap_or(&self.file);
            let kept = format!("{stem}.kept-{}.csv", self.time());
            self.folder.replace(&kept, &self.known())?;
            self.kept = Some(kept);
        }
        let header = String::from_utf8_lossy(ours);
        let fix = match &self.kept {
            Some(kept) => msg!("store.header_kept.fix", header = header, kept = kept),
            None => msg!("store.header.fix", header = header),
        };
        Err(Failure::invalid(Problem::new(Place::line(&self.file, 1), msg!("store.header"), fix)))
    }

    /// Sets what follows a byte aside in a file beside this one, and returns the state of what is left;
    /// `None` where the file changed meanwhile.
    fn cut_off(
        &mut self,
        bytes: &[u8],
        at: usize,
        state: &FileState,
    ) -> Result<Option<FileState>, Failure> {
        let tail = bytes.get(at..).unwrap_or_default();
        let time = self.time();
        let mut name = format!("{}.torn-{time}", self.file);
        let mut number = 1;
        while self.folder.read(&name)?.is_some_and(|old| old != tail) {
            number += 1;
            name = format!("{}.torn-{time}-{number}", self.file);
        }
        self.folder.replace(&name, tail)?;
        let disk = &self.folder.disk;
        let cut = disk.cut(&self.path, at as u64, state);
        if !cut.map_err(|error| self.failed(&error.to_string()))? {
            return Ok(None);
        }
        disk.sync(&self.path).map_err(|error| self.failed(&error.to_string()))?;
        self.set_aside.push(name);
        let left = |now: &FileState| now.length == at as u64 && now.identity == state.identity;
        Ok(self.now()?.filter(left))
    }

    fn now(&self) -> Result<Option<FileState>, Failure> {
        self.folder.disk.state(&self.path).map_err(|error| self.failed(&error.to_string()))
    }

    /// Now, as a part of a file's name.
    fn time(&self) -> String {
        self.folder.now().to_string().replace(':', "")
    }

    fn failed(&self, why: &str) -> Failure {
        Failure::Io(msg!("store.append", file = &self.file), why.to_owned())
    }
}

impl Drop for Appender {
    /// Another program may have put an older file in place since the last append.
    fn drop(&mut self) {
        let _ = self.refresh();
    }
}

fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

/// A line without what other programs may have put around it: byte order mark, CR, LF.
fn essence(line: &[u8]) -> &[u8] {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Those lines that a file does not have.
pub(super) fn lacking(lines: &[u8], file: &[u8]) -> Vec<u8> {
    if lines.is_empty() {
        return Vec::new();
    }
    let there: HashSet<&[u8]> = file.split(|byte| *byte == b'\n').map(essence).collect();
    let lines = lines.split_inclusive(|byte| *byte == b'\n');
    lines.filter(|line| !there.contains(essence(line))).flatten().copied().collect()
}
