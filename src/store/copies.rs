//! One append-only file in several copies: as devices write it, as Dropbox, Syncthing, OneDrive and others leave it where two
//! computers wrote at once, and as this program keeps it when another spoilt it. Its rows are those of all copies.

use super::folder::Folder;
use super::layout;
use crate::domain::failure::Failure;
use crate::domain::problem::Problem;
use crate::format::records::Logged;

/// Reads one copy.
pub(super) type Reader<T> = fn(&str, &[u8], &mut Vec<Problem>) -> Logged<T>;

impl Folder {
    /// A file of the study and its copies, each with its bytes; nothing where there is none.
    ///
    /// # Errors
    /// One cannot be read.
    pub(super) fn copies(&self, file: &str) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let (folder, own) = file.rsplit_once('/').unwrap_or(("", file));
        let mut copies = Vec::new();
        for name in self.list(folder)? {
            if name != own && !layout::is_copy(&name, own) {
                continue;
            }
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if let Some(bytes) = self.read(&path)? {
                copies.push((path, bytes));
            }
        }
        Ok(copies)
    }

    /// The highest seq in any copy of a file besides what its writer knows.
    ///
    /// # Errors
    /// A copy cannot be read.
    pub(super) fn highest_seq<T>(
        &self,
        file: &str,
        known: &[u8],
        read: Reader<T>,
        seq: fn(&T) -> Option<u64>,
    ) -> Result<u64, Failure> {
        let mut highest = 0;
        let copies = self.copies(file)?;
        for bytes in copies.iter().map(|(_, bytes)| bytes.as_slice()).chain([known]) {
            let (rows, _) = read(file, bytes, &mut Vec::new());
            highest = rows.iter().filter_map(seq).fold(highest, u64::max);
        }
        Ok(highest)
    }
}
