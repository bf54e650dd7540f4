//! Bringing transcripts in: files are read, all of them ([`reading`]); then people are named; then they are written
//! ([`writing`]) in one go, or put in place of another text ([`replacing`]).

pub mod key;
mod naming;
pub mod reading;
pub mod replacing;
pub mod writing;

use std::path::PathBuf;

use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::msg;

/// What is to be brought in, and how it is read.
#[derive(Debug, Clone, Default)]
pub struct ImportAsk {
    /// Files, or folders of files.
    pub files: Vec<PathBuf>,
    /// The case they belong to; named after the file if absent.
    pub case: Option<String>,
    /// The transcript's id, for a single file; named after the file if absent.
    pub transcript: Option<TranscriptId>,
    /// The list of who is who.
    pub speakers: Option<PathBuf>,
    /// The researcher's own pattern for labels.
    pub speaker_pattern: Option<String>,
    /// The key of pseudonyms, outside the study.
    pub pseudonyms: Option<PathBuf>,
    /// The transcript in whose place the file is put.
    pub replace: Option<TranscriptId>,
    /// Why it is replaced.
    pub reason: Option<String>,
    /// Language of the talk.
    pub language: Option<String>,
    /// Day of the sitting.
    pub date: Option<String>,
    /// The files' encoding.
    pub encoding: Option<String>,
    /// Whether a key may be overwritten.
    pub force: bool,
    /// Where a preview goes, which is no transcript.
    pub output: Option<PathBuf>,
}

impl ImportAsk {
    /// Refuses what one file alone can have.
    ///
    /// # Errors
    /// There are several files.
    pub fn check(&self, files: usize) -> Result<(), Failure> {
        if (self.transcript.is_some() || self.replace.is_some()) && files > 1 {
            return Err(Failure::Usage(msg!("import.one_id"), msg!("import.one_id.fix")));
        }
        Ok(())
    }
}
