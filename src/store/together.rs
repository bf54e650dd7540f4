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
use crate::format::codebook::sha256;
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
        let mut from = Vec::new();
        for (file, bytes) in files {
            let before = self.on_disk(file)?.map(|it| sha256(&it)).unwrap_or_default();
            from.push((file.clone(), bytes.clone(), before));
        }
        self.replace(layout::PENDING, &pending::write(&from))?;
        self.finish_pending()
    }

    /// Writes files that nobody reads yet, and then replaces others together, which make them read. Where these cannot be
    /// replaced, the first are taken away again.
    ///
    /// # Errors
    /// Something cannot be written; then either nothing has changed, or the rest is done by the next program that takes the
    /// lock.
    pub(super) fn bring_together(
        &self,
        first: &[(String, Vec<u8>)],
        files: &[(String, Vec<u8>)],
    ) -> Result<(), Failure> {
        let brought = || {
            first.iter().try_for_each(|(file, bytes)| self.replace(file, bytes))?;
            self.replace_together(files)
        };
        let done = brought();
        if done.is_err() && matches!(self.state(layout::PENDING), Ok(None)) {
            for (file, _) in first {
                // What cannot be taken away is in no list, and the next import of that name writes over it.
                let _ = self.remove(file);
            }
        }
        done
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
        let files = pending::read(&bytes).unwrap_or_default();
        // It may have come by mail: it must not write anywhere but where we would have; and it must not undo what was done
        // since by somebody who did not see it.
        let mut sound = !files.is_empty();
        for (file, text, before) in &files {
            sound &= layout::changes_with_others(file);
            if let Some(before) = before.as_ref().filter(|_| sound) {
                let now = self.on_disk(file)?;
                let hash = now.as_ref().map(|it| sha256(it)).unwrap_or_default();
                sound &= now.as_ref() == Some(text) || hash == *before;
            }
        }
        match sound {
            true => Ok(Some(files.into_iter().map(|(file, text, _)| (file, text)).collect())),
            false => Err(Failure::invalid(Problem::new(
                Place::file(layout::PENDING),
                msg!("store.pending"),
                msg!("store.pending.fix"),
            ))),
        }
    }

    /// A file as it lies there, whatever is pending.
    fn on_disk(&self, file: &str) -> Result<Option<Vec<u8>>, Failure> {
        match self.disk.read(&self.path(file)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::Io(msg!("store.read", file = file), error.to_string())),
        }
    }
}
