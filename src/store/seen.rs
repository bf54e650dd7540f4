//! What a study was read from, so that a session can tell, without reading it again, whether it is still so.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::disk::{FileState, Held};
use super::folder::Folder;
use super::layout;
use super::load::Opened;
use crate::domain::failure::Failure;
use crate::msg;

/// The files that were read and the folders that were listed, each in the state that it had just before.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    files: BTreeMap<String, Option<FileState>>,
    lists: BTreeMap<String, Vec<String>>,
}

/// What a folder notes while a study is read from it.
pub(super) type Watch = Arc<Mutex<Seen>>;

/// What was noted.
pub(super) fn noted(watch: &Watch) -> Seen {
    watch.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Notes a file before it is read.
pub(super) fn note_file(watch: &Watch, folder: &Folder, file: &str) -> Result<(), Failure> {
    let state = folder.state(file)?;
    watch.lock().unwrap_or_else(PoisonError::into_inner).files.insert(file.to_owned(), state);
    Ok(())
}

/// Notes what a folder of the study holds.
pub(super) fn note_list(watch: &Watch, folder: &str, names: &[String]) {
    let mut seen = watch.lock().unwrap_or_else(PoisonError::into_inner);
    seen.lists.insert(folder.to_owned(), tables(names));
}

/// The tables among files: locks and what was set aside come and go.
fn tables(names: &[String]) -> Vec<String> {
    names.iter().filter(|name| name.ends_with(".csv")).cloned().collect()
}

fn is_log(file: &str) -> bool {
    file.split('/').next() == Some(layout::CODING)
}

impl Seen {
    /// The state of a file when it was read; absent where it was not there, or was not read.
    pub(super) fn state_of(&self, file: &str) -> Option<FileState> {
        self.files.get(file).copied().flatten()
    }

    /// Whether all that `asked` names is in the state in which it was seen, or in which its writer left it.
    pub(super) fn is_current(
        &self,
        folder: &Folder,
        asked: impl Fn(&str) -> bool,
        written: &BTreeMap<String, Option<FileState>>,
    ) -> Result<bool, Failure> {
        let seen = self.files.iter().filter(|(file, _)| !written.contains_key(*file));
        for (file, state) in seen.filter(|(file, _)| asked(file)).chain(written) {
            if folder.state(file)? != *state {
                return Ok(false);
            }
        }
        for (name, names) in self.lists.iter().filter(|(name, _)| asked(name)) {
            if tables(&folder.list(name)?) != *names {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Opened {
    /// Whether everything but logs is still what was read; tables of settlements have their own lock.
    ///
    /// # Errors
    /// The state of a file cannot be told.
    pub fn is_current(&self) -> Result<bool, Failure> {
        let asked = |file: &str| !is_log(file) && file != layout::CONSENSUS;
        self.seen.is_current(&self.folder, asked, &BTreeMap::new())
    }

    /// Whether all that was read is still so.
    ///
    /// # Errors
    /// The state of a file cannot be told.
    pub(super) fn is_as_read(&self) -> Result<bool, Failure> {
        self.seen.is_current(&self.folder, |_| true, &BTreeMap::new())
    }

    /// Whether every log is still what was read.
    ///
    /// # Errors
    /// The state of a file cannot be told.
    pub fn has_current_logs(&self) -> Result<bool, Failure> {
        self.seen.is_current(&self.folder, is_log, &BTreeMap::new())
    }
}

impl Folder {
    /// For how many seconds a lock has been held, or was when it was let go; `None` where the system does not tell.
    pub(super) fn held_for(&self, lock: &str) -> Result<Option<u64>, Failure> {
        let Some(state) = self.state(lock)? else { return Ok(None) };
        let since = i128::try_from(state.modified).ok().filter(|it| *it > 0);
        let now = self.now().as_nanosecond();
        let seconds = since.map(|since| (now - since).max(0) / 1_000_000_000);
        Ok(seconds.and_then(|it| u64::try_from(it).ok()))
    }

    /// For how many minutes somebody else has held a lock that was tried; `None` where nobody does, or the system does not
    /// tell since when.
    pub(super) fn held_by_another(
        &self,
        tried: Result<Box<dyn Held>, Failure>,
        lock: &str,
    ) -> Result<Option<u64>, Failure> {
        match tried {
            Ok(_) => Ok(None),
            Err(Failure::Refused(..)) => Ok(self.held_for(lock)?.map(|seconds| seconds / 60)),
            Err(other) => Err(other),
        }
    }

    /// The state of a file of the study; `None` if there is none.
    pub(super) fn state(&self, file: &str) -> Result<Option<FileState>, Failure> {
        let state = self.disk.state(&self.path(file));
        state.map_err(|error| Failure::Io(msg!("store.read", file = file), error.to_string()))
    }
}
