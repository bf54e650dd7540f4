//! Zip archives (XLSX, DOCX), read in memory with limits, so that a small file cannot fill the machine.
//!
//! Nothing is ever unpacked to a disk; a part is asked for by name. Where two parts have one name, the
//! second holds.

use std::io::{Cursor, Read};

use crate::domain::message::Message;
use crate::msg;

/// The most parts.
const ENTRIES: usize = 10_000;
/// The most bytes of all parts together, unpacked.
const UNPACKED: u64 = 200 << 20;
/// How many times larger than its packed form a part may be.
const RATIO: u64 = 200;
/// A part of this size or less may be as dense as it likes.
const SMALL: u64 = 1 << 20;

/// Why an archive is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveError {
    /// It is no zip archive, or only a part of one.
    NotAnArchive,
    /// It is encrypted, or of the old kind (.doc, .xls) that is no archive.
    Protected,
    /// It holds more than it may: too many parts, too large, too dense.
    Beyond,
    /// A part cannot be unpacked.
    Damaged,
}

impl ArchiveError {
    /// What is wrong.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::NotAnArchive => msg!("archive.not_an_archive"),
            Self::Protected => msg!("archive.protected"),
            Self::Beyond => msg!("archive.beyond"),
            Self::Damaged => msg!("archive.damaged"),
        }
    }

    /// What puts it right.
    #[must_use]
    pub fn fix(self) -> Message {
        match self {
            Self::NotAnArchive | Self::Damaged => msg!("archive.damaged.fix"),
            Self::Protected => msg!("archive.protected.fix"),
            Self::Beyond => msg!("archive.beyond.fix"),
        }
    }
}

/// A zip archive in memory.
pub struct Archive<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl std::fmt::Debug for Archive<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("left", &self.left).finish_non_exhaustive()
    }
}

/// How many bytes of text an archive of a length may show in all, each string counted as often as it is
/// shown: a cell that only points to a string is small, and what it shows may not be.
pub(super) fn most_shown(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(UNPACKED).saturating_mul(RATIO).clamp(SMALL, UNPACKED)
}

impl<'a> Archive<'a> {
    /// Opens an archive and checks what it says of its parts against the limits.
    ///
    /// # Errors
    /// It is no archive, is protected, or goes beyond a limit.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ArchiveError> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(ArchiveError::Protected);
        }
        let mut zip =
            zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveError::NotAnArchive)?;
        if zip.len() > ENTRIES {
            return Err(ArchiveError::Beyond);
        }
        let mut total = 0_u64;
        for number in 0..zip.len() {
            let part = zip.by_index_raw(number).map_err(|_| ArchiveError::Damaged)?;
            total = total.saturating_add(part.size());
            let dense = part.size() / RATIO > part.compressed_size();
            if total > UNPACKED || (dense && part.size() > SMALL) {
                return Err(ArchiveError::Beyond);
            }
            if part.encrypted() {
                return Err(ArchiveError::Protected);
            }
        }
        Ok(Self { zip, left: UNPACKED })
    }

    /// Whether there is a part whose name begins like this.
    #[must_use]
    pub fn has_under(&self, prefix: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.starts_with(prefix.as_bytes()))
    }

    /// The bytes of a part; `None` if there is none of that name.
    ///
    /// # Errors
    /// It cannot be unpacked, or is larger than the archive said.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let mut part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(ArchiveError::Damaged),
        };
        let said = part.size().min(self.left);
        let mut bytes = Vec::new();
        part.by_ref().take(said + 1).read_to_end(&mut bytes).map_err(|_| ArchiveError::Damaged)?;
        let size = bytes.len() as u64;
        if size > said {
            return Err(ArchiveError::Beyond);
        }
        self.left -= size;
        Ok(Some(bytes))
    }
}
