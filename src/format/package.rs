//! Archives of parts (docx and the like), opened in memory and within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::unreadable::Unreadable;
use crate::msg;

/// More parts than any document has.
const ENTRIES: usize = 10_000;
/// All that is unpacked of one archive, in bytes.
const INFLATED: u64 = 200_000_000;
/// How many times larger than packed a part may be.
const RATIO: u64 = 200;
/// Below this size the ratio says nothing: repeated markup packs well.
const SMALL: u64 = 8_000_000;

/// An archive and how much may still be unpacked.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive. Of two parts with one name the last one counts.
    ///
    /// # Errors
    /// Says that it is damaged, or has too many parts.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > ENTRIES {
            return Err(Unreadable::new(
                msg!("import.zip.entries", n = archive.len()),
                msg!("import.zip.limit.fix"),
            ));
        }
        Ok(Self { archive, left: INFLATED })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Whether any part's name begins like this.
    pub(super) fn has_under(&self, prefix: &str) -> bool {
        self.archive.file_names_raw().any(|name| name.starts_with(prefix.as_bytes()))
    }

    /// Unpacks a part; `None` if there is none of this name.
    ///
    /// # Errors
    /// Says that it is damaged, protected, or unpacks to more than any document holds.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(Unreadable::new(
                    msg!("import.zip.password"),
                    msg!("import.zip.password.fix"),
                ));
            }
            Err(_) => return Err(damaged()),
        };
        let limit = self.left.min(SMALL.max(part.compressed_size().saturating_mul(RATIO)));
        let mut bytes = Vec::new();
        let read = part.take(limit + 1).read_to_end(&mut bytes).map_err(|_| damaged())? as u64;
        if read > limit {
            return Err(Unreadable::new(msg!("import.zip.bomb"), msg!("import.zip.limit.fix")));
        }
        self.left -= read;
        Ok(Some(bytes))
    }
}

fn damaged() -> Unreadable {
    Unreadable::new(msg!("import.zip.damaged"), msg!("import.docx.damaged.fix"))
}
