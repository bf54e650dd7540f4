//! A study's folder, and the small things that all readers and writers do with it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::clock::{Clock, SystemClock};
use super::disk::{Disk, Held, SystemDisk};
use super::layout;
use super::looks::Looks;
use super::seen::{self, Seen, Watch};
use crate::domain::failure::Failure;
use crate::domain::time::Moment;
use crate::msg;

/// A study's folder on a disk, and the clock by which its rows are dated.
#[derive(Clone)]
pub struct Folder {
    root: PathBuf,
    pub(super) disk: Arc<dyn Disk>,
    clock: Arc<dyn Clock>,
    /// Notes what is read, while a study is read.
    watch: Option<Watch>,
    pub(super) looks: Looks,
}

impl std::fmt::Debug for Folder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Folder").field("root", &self.root).finish_non_exhaustive()
    }
}

impl Folder {
    /// A folder on this computer, whether or not it holds a study yet.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self::on(root, Arc::new(SystemDisk), Arc::new(SystemClock))
    }

    /// A folder on a given disk, by a given clock.
    #[must_use]
    pub fn on(root: &Path, disk: Arc<dyn Disk>, clock: Arc<dyn Clock>) -> Self {
        Self { root: root.to_owned(), disk, clock, watch: None, looks: Looks::default() }
    }

    /// The same folder by another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// The same folder, noting early looks where somebody will record them.
    #[must_use]
    pub fn with_looks(mut self, looks: Looks) -> Self {
        self.looks = looks;
        self
    }

    /// The study in `given`, or in the nearest folder upward from here that holds themata.yaml.
    ///
    /// # Errors
    /// There is none.
    pub fn find(given: Option<&Path>) -> Result<Self, Failure> {
        let holds_study = |folder: &Path| folder.join(layout::SETTINGS).is_file();
        let not_found = || Failure::Usage(msg!("store.no_study"), msg!("store.no_study.fix"));
        if let Some(folder) = given {
            return if holds_study(folder) { Ok(Self::at(folder)) } else { Err(not_found()) };
        }
        let here = std::env::current_dir()
            .map_err(|error| Failure::Io(msg!("store.no_folder"), error.to_string()))?;
        here.ancestors().find(|folder| holds_study(folder)).map(Self::at).ok_or_else(not_found)
    }

    /// The same folder, which notes what is read from it.
    pub(super) fn watching(&self) -> Self {
        Self { watch: Some(Watch::default()), ..self.clone() }
    }

    /// What was read from this folder, if it notes it.
    pub(super) fn seen(&self) -> Seen {
        self.watch.as_ref().map(seen::noted).unwrap_or_default()
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The whole path of a file of the study.
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The bytes of a file of the study; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read, is no regular file, is larger than any text, or lies outside the study.
    pub fn read(&self, file: &str) -> Result<Option<Vec<u8>>, Failure> {
        if let Some(watch) = &self.watch {
            seen::note_file(watch, self, file)?;
        }
        if let Some(bytes) = self.pending_bytes(file)? {
            return Ok(bytes);
        }
        self.on_disk(file)
    }

    /// The names of the files in a folder of the study.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn list(&self, folder: &str) -> Result<Vec<String>, Failure> {
        let names = self.disk.list(&self.path(folder));
        let failed =
            |error: io::Error| Failure::Io(msg!("store.read", file = folder), error.to_string());
        let mut names = names.map_err(failed)?;
        if ["", layout::CODING, layout::MEMOS].contains(&folder) {
            names.extend(self.pending_names(folder)?);
            names.sort();
            names.dedup();
        }
        if let Some(watch) = &self.watch {
            seen::note_list(watch, folder, &names);
        }
        Ok(names)
    }

    /// Waits until the name of a file is on the disk, and the names of its folders up to the study's own.
    pub(super) fn sync_names(&self, path: &Path) -> io::Result<()> {
        let inside = path.starts_with(&self.root);
        for folder in path.ancestors().skip(1) {
            self.disk.sync_folder(folder)?;
            if !inside || folder == self.root {
                break;
            }
        }
        Ok(())
    }

    /// Takes the lock on a file of the study, so that no second program writes it.
    ///
    /// # Errors
    /// Somebody holds it, or the lock cannot be made.
    pub(super) fn lock(&self, file: &str) -> Result<Box<dyn Held>, Failure> {
        let path = self.path(file);
        let made = path.parent().map_or(Ok(()), |folder| self.disk.make_folder(folder));
        match made.and_then(|()| self.disk.lock(&path)) {
            Ok(Some(held)) => Ok(held),
            Ok(None) => Err(Failure::Refused(
                msg!("store.locked", file = file.trim_end_matches(".lock")),
                msg!("store.locked.fix"),
            )),
            Err(error) => Err(Failure::Io(msg!("store.lock", file = file), error.to_string())),
        }
    }

    /// Takes the lock on the lists of the study, and first ends what a program that crashed had begun.
    ///
    /// # Errors
    /// Somebody holds it, the lock cannot be made, or what was begun cannot be ended.
    pub fn lock_lists(&self) -> Result<Box<dyn Held>, Failure> {
        let lock = self.lock(layout::LOCK)?;
        self.finish_pending()?;
        self.clean_up()?;
        Ok(lock)
    }
}
