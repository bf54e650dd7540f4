//! One append-only file in several copies: as devices write it, as Dropbox, Syncthing, OneDrive and others leave it where two
//! computers wrote at once, and as this program keeps it when another spoilt it. Its rows are those of all copies.

use super::folder::Folder;
use super::layout;
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::problem::{Place, Problem};
use crate::format::records::Logged;
use crate::msg;

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

    /// Copies of files that are replaced whole: nothing says which of the two holds, so nothing that rests on them is told.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub(super) fn copies_of_whole_files<'a>(
        &self,
        transcripts: impl Iterator<Item = &'a TranscriptId> + Clone,
        coders: impl Iterator<Item = &'a CoderId>,
    ) -> Result<Vec<Problem>, Failure> {
        let name = |file: String| file.rsplit_once('/').map_or(file.clone(), |it| it.1.to_owned());
        let tables: Vec<String> = transcripts.clone().map(layout::units).map(name).collect();
        let texts: Vec<String> = transcripts.map(layout::text).map(name).collect();
        let lists: Vec<String> = layout::WHOLE.iter().map(|it| (*it).to_owned()).collect();
        let mut folders = vec![
            (String::new(), &lists),
            (layout::TEXTS.to_owned(), &texts),
            (layout::UNITS.to_owned(), &tables),
        ];
        folders.extend(coders.map(|coder| (format!("{}/{coder}", layout::UNITS), &tables)));
        let mut problems = Vec::new();
        for (folder, files) in folders {
            for name in self.list(&folder)? {
                let is_copy = |of: &&String| layout::is_conflict_copy(&name, of);
                let Some(of) = files.iter().find(is_copy) else { continue };
                if files.iter().any(|own| own.eq_ignore_ascii_case(&name)) {
                    continue; // a text that is named so
                }
                let file = |name: &str| match folder.as_str() {
                    "" => name.to_owned(),
                    folder => format!("{folder}/{name}"),
                };
                let fix = msg!("load.copy.fix", file = file(of));
                let what = msg!("load.copy", file = file(of));
                problems.push(Problem::new(Place::file(file(&name)), what, fix));
            }
        }
        Ok(problems)
    }
}
