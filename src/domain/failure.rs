//! Why a command could not do its work, in the kinds that have an exit status.

use super::message::Message;
use super::problem::Problem;

/// Why a command could not do its work. `main` alone turns these into exit statuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Wrong use of the program (exit status 2): what was wrong, and what to do.
    Usage(Message, Message),
    /// The study's data or a given file are invalid, or newer than the program (3).
    Invalid(Vec<Problem>),
    /// Refused because it would break a promise: blind, sealed, locked, would overwrite (4).
    Refused(Message, Message),
    /// Reading or writing failed (5): what could not be done and what is safe, and the system's own words.
    Io(Message, String),
}

impl Failure {
    /// One problem in a file.
    #[must_use]
    pub fn invalid(problem: Problem) -> Self {
        Self::Invalid(vec![problem])
    }
}

impl std::fmt::Display for Failure {
    /// For debugging only: people read these through `words/`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usage(what, _) | Self::Refused(what, _) | Self::Io(what, _) => {
                f.write_str(what.key)
            }
            Self::Invalid(problems) => write!(f, "{} problems", problems.len()),
        }
    }
}

impl std::error::Error for Failure {}
