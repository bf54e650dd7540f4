//! Why a given file could not be read, before anybody has said its name.

use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};

/// Why a file could not be read, and what puts it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1, if it lies in one.
    pub line: Option<u64>,
    /// What is wrong.
    pub what: Message,
    /// What puts it right.
    pub fix: Message,
}

impl Unreadable {
    /// A fault of the whole file.
    #[must_use]
    pub fn new(what: Message, fix: Message) -> Self {
        Self { line: None, what, fix }
    }

    /// The same fault in a line.
    #[must_use]
    pub fn at_line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    /// Whether the file is whole, and no transcript could be in it: a recording, a picture.
    #[must_use]
    pub fn is_no_transcript(&self) -> bool {
        matches!(self.what.key, "import.is.recording" | "import.is.picture")
    }

    /// As a problem of a file.
    #[must_use]
    pub fn of(self, file: &str) -> Problem {
        let at = match self.line {
            Some(line) => Place::line(file, line),
            None => Place::file(file),
        };
        Problem::new(at, self.what, self.fix)
    }
}
