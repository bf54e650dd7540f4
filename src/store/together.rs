//! Several whole files replaced as if they were one.
//!
//! What they will hold is written into one file first, `themata.pending`. Once that is on the disk the change
//! has happened: whoever reads one of these files is given what stands there, and whoever next changes the
//! lists of the study puts the files in place and takes it away. So a crash leaves all old or all new.

use std::io;

use super::folder::Folder;
use super::layout;
use crate::domain::failure::Failure;
use crate::domain::problem::{Place, Problem};
use crate::format::pending;
use crate::msg;

/// Files of the study, and what each will hold.
type Files = Vec<(String, Vec<u8>)>;

impl Folder {
    /// Replaces files together. The caller holds the lock on the lists.
    ///
    /// # Errors
    /// It cannot be written; then either nothing has changed, or the rest is done by the next program that
    /// takes the lock.
    pub(super) fn replace_together(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        self.replace(layout::PENDING, &pending::write(files))?;
        self.finish_pending()
    }

    /// Puts files in place that were to be replaced together. The caller holds the lock on the lists.
    ///
    /// # Errors
    /// One of them cannot be written, or the list names what is no file of a study.
    pub(super) fn finish_pending(&self) -> Result<(), Failure> {
        let Some(files) = self.pending()? else { return Ok(()) };
        for (file, bytes) in &files {
            self.replace(file, bytes)?;
        }
        let path = self.path(layout::PENDING);
        let removed = self.disk.remove(&path).and_then(|()| self.sync_names(&path));
        removed.map_err(|error| {
            Failure::Io(msg!("store.remove", file = layout::PENDING), error.to_string())
        })
    }

    /// What a file will hold when a change of several is put in place, if it is one of them.
    pub(super) fn pending_bytes(&self, file: &str) -> Result<Option<Vec<u8>>, Failure> {
        if !layout::changes_with_others(file) {
            return Ok(None);
        }
        let files = self.pending()?.unwrap_or_default();
        Ok(files.into_iter().find(|(name, _)| name == file).map(|(_, bytes)| bytes))
    }

    fn pending(&self) -> Result<Option<Files>, Failure> {
        let bytes = match self.disk.read(&self.path(layout::PENDING)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let what = msg!("store.read", file = layout::PENDING);
                return Err(Failure::Io(what, error.to_string()));
            }
        };
        let files = pending::read(&bytes);
        // It may have come by mail: it must not write anywhere but where we would have.
        let sound = |files: &Files| files.iter().all(|(file, _)| layout::changes_with_others(file));
        match files.filter(sound) {
            Some(files) => Ok(Some(files)),
            None => Err(Failure::invalid(Problem::new(
                Place::file(layout::PENDING),
                msg!("store.pending"),
                msg!("store.pending.fix"),
            ))),
        }
    }
}
