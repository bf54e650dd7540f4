//! What stands in the rows or columns of a matrix, and what in its cells.

use std::fmt;
use std::str::FromStr;

/// What stands in the rows or in the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// Cases.
    Case,
    /// People who speak.
    Participant,
    /// Sittings.
    Transcript,
    /// What people do in the group.
    Role,
    /// Questions of the topic guide.
    Topic,
    /// Dimensions of the codebook.
    Dimension,
    /// Codes of the codebook.
    Code,
    /// Coders, each with her own decisions.
    Coder,
    /// Rounds.
    Round,
    /// Values of a column that the team added to one of its lists.
    Attribute(List, String),
}

/// A list with columns of the team's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// cases.csv.
    Case,
    /// participants.csv.
    Participant,
    /// transcripts.csv.
    Transcript,
}

impl List {
    fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Participant => "participant",
            Self::Transcript => "transcript",
        }
    }
}

impl Axis {
    /// Whether its entries are what units were given.
    #[must_use]
    pub fn is_of_codes(&self) -> bool {
        matches!(self, Self::Dimension | Self::Code)
    }

    /// Whether its entries are people or say something of people.
    #[must_use]
    pub fn is_of_people(&self) -> bool {
        matches!(self, Self::Participant | Self::Role | Self::Attribute(List::Participant, _))
    }
}

impl fmt::Display for Axis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Case => "case",
            Self::Participant => "participant",
            Self::Transcript => "transcript",
            Self::Role => "role",
            Self::Topic => "topic",
            Self::Dimension => "dimension",
            Self::Code => "code",
            Self::Coder => "coder",
            Self::Round => "round",
            Self::Attribute(list, name) => return write!(f, "{}.{name}", list.as_str()),
        })
    }
}

/// No axis has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownAxis;

impl fmt::Display for UnknownAxis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows and columns are case, participant, transcript, role, topic, dimension, code, coder, round, or an attribute such as case.sector")
    }
}

impl std::error::Error for UnknownAxis {}

impl FromStr for Axis {
    type Err = UnknownAxis;

    fn from_str(name: &str) -> Result<Self, UnknownAxis> {
        if let Some((list, attribute)) = name.split_once('.') {
            let list = [List::Case, List::Participant, List::Transcript]
                .into_iter()
                .find(|known| known.as_str() == list)
                .ok_or(UnknownAxis)?;
            return Ok(Self::Attribute(list, attribute.to_owned()));
        }
        Ok(match name {
            "case" => Self::Case,
            "participant" => Self::Participant,
            "transcript" => Self::Transcript,
            "role" => Self::Role,
            "topic" => Self::Topic,
            "dimension" => Self::Dimension,
            "code" => Self::Code,
            "coder" => Self::Coder,
            "round" => Self::Round,
            _ => return Err(UnknownAxis),
        })
    }
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Content {
    /// How many units.
    #[default]
    Units,
    /// How many distinct speakers.
    Participants,
    /// How many distinct cases.
    Cases,
    /// How many words.
    Words,
    /// Units over the row's units that were decided.
    Share,
    /// 1 where there is any unit, else 0.
    Presence,
    /// The words that were said.
    Quotes,
}

impl Content {
    /// Every content, in the order of the help.
    pub const ALL: [Self; 7] = [
        Self::Units,
        Self::Participants,
        Self::Cases,
        Self::Words,
        Self::Share,
        Self::Presence,
        Self::Quotes,
    ];

    /// The word in options and results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Participants => "participants",
            Self::Cases => "cases",
            Self::Words => "words",
            Self::Share => "share",
            Self::Presence => "presence",
            Self::Quotes => "quotes",
        }
    }
}
