//! Lists that a team keeps by hand beside its study: what it claims, displays that it saved, and what it wrote of cells.

use super::folder::Folder;
use super::layout;
use super::load::Opened;
use crate::domain::claim::Claim;
use crate::domain::failure::Failure;
use crate::domain::problem::Problem;
use crate::domain::summary::Summary;
use crate::format::claims;
use crate::format::displays::{self, Saved};
use crate::format::summaries;

impl Opened {
    /// The claims of the study; none where there is no list of them.
    ///
    /// # Errors
    /// The list is wrong or cannot be read.
    pub fn claims(&self) -> Result<Vec<Claim>, Failure> {
        self.folder.list_of(layout::CLAIMS, claims::read)
    }
}

impl Opened {
    /// What researchers wrote of cells; nothing where there is no list of it.
    ///
    /// # Errors
    /// The list is wrong or cannot be read.
    pub fn summaries(&self) -> Result<Vec<Summary>, Failure> {
        self.folder.list_of(layout::SUMMARIES, summaries::read)
    }

    /// What is wrong with any of these lists.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn list_problems(&self) -> Result<Vec<Problem>, Failure> {
        let lists = [
            self.claims().map(|_| ()),
            self.summaries().map(|_| ()),
            self.folder.saved_displays().map(|_| ()),
        ];
        let mut all = Vec::new();
        for list in lists {
            match list {
                Err(Failure::Invalid(problems)) => all.extend(problems),
                other => other?,
            }
        }
        Ok(all)
    }

    /// Replaces what researchers wrote of cells. The caller holds the lock on the lists.
    ///
    /// # Errors
    /// It cannot be written; then the old list is untouched.
    pub fn write_summaries(&self, all: &[Summary]) -> Result<(), Failure> {
        self.folder.replace(layout::SUMMARIES, &summaries::write_summaries(all))
    }
}

impl Folder {
    /// The displays that the team saved; none where there is no list of them.
    ///
    /// # Errors
    /// The list is wrong or cannot be read.
    pub fn saved_displays(&self) -> Result<Vec<Saved>, Failure> {
        self.list_of(layout::DISPLAYS, displays::read)
    }

    /// What a list holds that may be missing.
    pub(super) fn list_of<T>(
        &self,
        file: &str,
        read: fn(&str, &[u8], &mut Vec<Problem>) -> Vec<T>,
    ) -> Result<Vec<T>, Failure> {
        let Some(bytes) = self.read(file)? else { return Ok(Vec::new()) };
        let mut problems = Vec::new();
        let rows = read(file, &bytes, &mut problems);
        if problems.is_empty() { Ok(rows) } else { Err(Failure::Invalid(problems)) }
    }
}
