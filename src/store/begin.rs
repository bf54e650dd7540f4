//! The one way to write in a session: take the lock, read the study as it is then, and only then make the writer.
//!
//! Between our reading and our lock somebody else may have changed the study. A writer names units by their places
//! in a study's list; so it is made of the very study that whoever decides is given, and of no other.

use super::disk::Held;
use super::folder::Folder;
use super::load::{Opened, load};
use crate::domain::failure::Failure;

/// Locks that are held together; dropping them lets them go.
pub type Locks = Vec<Box<dyn Held>>;

/// What somebody wants to write.
pub trait Writing {
    /// The locks that it takes.
    type Locks;
    /// What writes it.
    type Writer;

    /// Takes the locks, by names alone.
    ///
    /// # Errors
    /// There is no such coder or round, or somebody else writes.
    fn lock(&self, before: &Opened) -> Result<Self::Locks, Failure>;

    /// Makes the writer of the study as it is under the locks; `before` is the study as it was read without them.
    ///
    /// # Errors
    /// A file cannot be made ready, or too much has changed.
    fn writer(
        self,
        locks: Self::Locks,
        before: &Opened,
        now: &Opened,
    ) -> Result<Self::Writer, Failure>;
}

impl Opened {
    /// Begins to write: returns the writer, and the study as it is while nobody else writes.
    ///
    /// # Errors
    /// Somebody else writes, the study is invalid now, or a file cannot be made ready.
    pub fn begin<W: Writing>(&self, what: W) -> Result<(W::Writer, Self), Failure> {
        let locks = what.lock(self)?;
        let now = load(&self.folder)?;
        let writer = what.writer(locks, self, &now)?;
        Ok((writer, now))
    }

    /// The same of a study that is given up for it: where nothing of it has changed until the locks are held, it is not read
    /// again; else `load` reads it.
    ///
    /// # Errors
    /// As [`Opened::begin`].
    pub fn begin_as_read<W: Writing>(
        self,
        what: W,
        load: impl FnOnce(&Folder) -> Result<Self, Failure>,
    ) -> Result<(W::Writer, Self), Failure> {
        let locks = what.lock(&self)?;
        let now = if self.is_as_read()? { None } else { Some(load(&self.folder)?) };
        let writer = what.writer(locks, &self, now.as_ref().unwrap_or(&self))?;
        Ok((writer, now.unwrap_or(self)))
    }
}

/// The lists of the study: texts, people, cases, settings, locks of units.
#[derive(Debug, Clone, Copy)]
pub struct Lists;

impl Writing for Lists {
    type Locks = Locks;
    type Writer = Locks;

    fn lock(&self, before: &Opened) -> Result<Locks, Failure> {
        Ok(vec![before.folder.lock_lists()?])
    }

    fn writer(self, locks: Locks, _: &Opened, _: &Opened) -> Result<Locks, Failure> {
        Ok(locks)
    }
}

/// The lists and every log, so that nobody codes while units change.
#[derive(Debug, Clone, Copy)]
pub struct Everything;

impl Writing for Everything {
    type Locks = Locks;
    type Writer = Locks;

    fn lock(&self, before: &Opened) -> Result<Locks, Failure> {
        let mut locks = vec![before.folder.lock_lists()?];
        for log in before.log_locks(None)? {
            locks.push(before.folder.lock(&log)?);
        }
        Ok(locks)
    }

    fn writer(self, locks: Locks, before: &Opened, now: &Opened) -> Result<Locks, Failure> {
        before.has_lists_of(now)?;
        Ok(locks)
    }
}
