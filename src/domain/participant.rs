//! Participants: people who speak, by pseudonym.

use std::fmt;
use std::str::FromStr;

use super::id::{CaseId, ParticipantId};

/// A person who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The pseudonym, as it stands before the speech in a transcript.
    pub id: ParticipantId,
    /// The label as it was; empty where it looks like a personal name.
    pub name: String,
    /// The case; absent for who sits in several.
    pub case: Option<CaseId>,
    /// What the person does in the group.
    pub role: Role,
    /// Whether the person's words may be quoted.
    pub quotes: Quotable,
    /// When and why the person left the study; empty while in it.
    pub withdrawn: String,
    /// Values of the attribute columns, in the order of the file's header.
    pub attributes: Vec<String>,
}

/// What a person does in a focus group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Takes part; the only role that counts unless asked otherwise.
    Participant,
    /// Asks the questions.
    Moderator,
    /// Sits in and takes notes.
    Observer,
    /// Not known; counts as a participant.
    Unknown,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Participant, Self::Moderator, Self::Observer, Self::Unknown];

    /// The word in the files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Moderator => "moderator",
            Self::Observer => "observer",
            Self::Unknown => "unknown",
        }
    }

    /// Whether this person's words and presence are counted without being asked for.
    #[must_use]
    pub fn counts(self) -> bool {
        matches!(self, Self::Participant | Self::Unknown)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.as_str().eq_ignore_ascii_case(text)).ok_or(())
    }
}

/// Whether a person's words may be quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quotable {
    /// In any report.
    Yes,
    /// In none.
    No,
    /// In the team's own reports, not in a public one: the default.
    #[default]
    Ask,
}

impl Quotable {
    /// The word in the files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Ask => "ask",
        }
    }
}

impl FromStr for Quotable {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "yes" => Ok(Self::Yes),
            "no" => Ok(Self::No),
            "" | "ask" => Ok(Self::Ask),
            _ => Err(()),
        }
    }
}
