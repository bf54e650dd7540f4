//! What became of something that could be a label.

use crate::domain::message::Message;
use crate::msg;

/// What became of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A speaker, and why.
    Speaker(Message),
    /// Ordinary text, and why.
    Text(Plain),
}

/// Why something is no label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// It stands there only once, and nothing else speaks for it.
    Once,
    /// It names a part of the document.
    Field,
    /// Nothing is said after it.
    NothingSaid,
    /// A field of the document under its headings.
    Metadata,
    /// It has not the form of a name, and is too rare to be one all the same.
    NotAName,
}

impl Plain {
    /// The reason for a person.
    pub(super) fn message(self) -> Message {
        match self {
            Self::Once => msg!("import.text.once"),
            Self::Field => msg!("import.text.field"),
            Self::NothingSaid => msg!("import.text.nothing-said"),
            Self::Metadata => msg!("import.text.metadata"),
            Self::NotAName => msg!("import.text.not-a-name"),
        }
    }
}
