//! Units: stretches of a transcript that are coded whole.

use std::fmt;
use std::str::FromStr;

use super::id::ParticipantId;
use super::locator::Locator;

/// A stretch of a transcript that conveys one cohesive idea; named by its locator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Where it is, and its id.
    pub locator: Locator,
    /// Whether it is coded.
    pub kind: UnitKind,
    /// Participants in order of speaking; moderators and observers are never here.
    pub speakers: Vec<ParticipantId>,
    /// Unicode (UAX 29) words of participants.
    pub words: u32,
    /// The question of the topic guide it answers; empty if none.
    pub topic: String,
    /// Strength of its first and last cut, joined by `; `, as written by the splitter; empty if not known.
    pub strength: String,
    /// Whether its first cut was set by hand, so that a new split keeps it.
    pub pinned: bool,
}

impl Unit {
    /// A stretch of talk of which nothing is counted yet.
    #[must_use]
    pub fn talk(locator: Locator) -> Self {
        Self {
            locator,
            kind: UnitKind::Talk,
            speakers: Vec::new(),
            words: 0,
            topic: String::new(),
            strength: String::new(),
            pinned: false,
        }
    }
}

/// Whether a unit is offered to coders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// Coded and counted.
    Talk,
    /// A moderator's turn that stands apart: offered to no coder, in no count.
    Prompt,
}

impl UnitKind {
    /// The word in the files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Prompt => "prompt",
        }
    }
}

impl fmt::Display for UnitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for UnitKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "talk" => Ok(Self::Talk),
            "prompt" => Ok(Self::Prompt),
            _ => Err(()),
        }
    }
}
