//! What stands in the rows or columns of a matrix, and what in its cells.

use crate::analysis::attribute::List;
use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

/// The column of transcripts.csv, and the axis, that says what kind of source a sitting is.
pub const SOURCE_KIND: &str = "source_kind";

/// What stands in the rows or in the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// Everything in one entry.
    All,
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
    /// What several codes or questions are about together, as `concepts.csv` says.
    Concept,
    /// What kind of source a sitting is, as the column `source_kind` of transcripts.csv says.
    SourceKind,
    /// Coders, each with her own decisions.
    Coder,
    /// Rounds.
    Round,
    /// Values of a column that the team added to one of its lists.
    Attribute(List, String),
}

impl List {
    /// The axis whose entries the list has a row for.
    #[must_use]
    pub fn axis(self) -> Axis {
        match self {
            Self::Case => Axis::Case,
            Self::Participant => Axis::Participant,
            Self::Transcript => Axis::Transcript,
        }
    }
}

impl Axis {
    /// Whether its entries are what units were given.
    #[must_use]
    pub fn is_of_codes(&self) -> bool {
        matches!(self, Self::Dimension | Self::Code | Self::Concept)
    }

    /// The key of the word for people; an attribute has the name that the team gave it.
    #[must_use]
    pub fn word(&self) -> Option<&'static str> {
        Some(match self {
            Self::All => "matrix.axis.all",
            Self::Case => "matrix.axis.case",
            Self::Participant => "matrix.axis.participant",
            Self::Transcript => "matrix.axis.transcript",
            Self::SourceKind => "matrix.axis.source_kind",
            Self::Role => "matrix.axis.role",
            Self::Topic => "matrix.axis.topic",
            Self::Dimension => "matrix.axis.dimension",
            Self::Code => "matrix.axis.code",
            Self::Concept => "matrix.axis.concept",
            Self::Coder => "matrix.axis.coder",
            Self::Round => "matrix.axis.round",
            Self::Attribute(..) => return None,
        })
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
            Self::All => "all",
            Self::Case => "case",
            Self::Participant => "participant",
            Self::Transcript => "transcript",
            Self::Role => "role",
            Self::Topic => "topic",
            Self::Dimension => "dimension",
            Self::Code => "code",
            Self::Concept => "concept",
            Self::SourceKind => SOURCE_KIND,
            Self::Coder => "coder",
            Self::Round => "round",
            Self::Attribute(list, name) => return write!(f, "{}.{name}", list.as_str()),
        })
    }
}

/// What stands in the rows or in the columns: one axis, or one nested in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axes {
    /// What the entries are grouped by.
    pub outer: Option<Axis>,
    /// What the entries are.
    pub inner: Axis,
}

impl Axes {
    /// The axes, the outer one first.
    pub fn all(&self) -> impl Iterator<Item = &Axis> {
        self.outer.iter().chain(std::iter::once(&self.inner))
    }

    /// Whether an axis is among them.
    #[must_use]
    pub fn has(&self, axis: &Axis) -> bool {
        self.all().any(|it| it == axis)
    }

    /// Whether entries are what units were given.
    #[must_use]
    pub fn is_of_codes(&self) -> bool {
        self.all().any(Axis::is_of_codes)
    }

    /// Whether entries are people or say something of people.
    #[must_use]
    pub fn is_of_people(&self) -> bool {
        self.all().any(Axis::is_of_people)
    }
}

impl From<Axis> for Axes {
    fn from(inner: Axis) -> Self {
        Self { outer: None, inner }
    }
}

impl fmt::Display for Axes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(outer) = &self.outer {
            write!(f, "{outer}/")?;
        }
        self.inner.fmt(f)
    }
}

impl FromStr for Axes {
    type Err = UnknownAxis;

    fn from_str(text: &str) -> Result<Self, UnknownAxis> {
        // A whole axis may have a `/` in the name of its attribute.
        if let Ok(inner) = text.parse::<Axis>()
            && !matches!(&inner, Axis::Attribute(_, name) if name.contains('/'))
        {
            return Ok(inner.into());
        }
        let parts = text.match_indices('/').filter_map(|(at, _)| text.split_at_checked(at));
        let both = |(outer, inner): (&str, &str)| {
            let inner = inner.strip_prefix('/')?.parse().ok()?;
            Some(Self { outer: Some(outer.parse().ok()?), inner })
        };
        match parts.filter_map(both).next() {
            Some(axes) => Ok(axes),
            None => Ok(text.parse::<Axis>()?.into()),
        }
    }
}

/// No axis has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownAxis;

impl fmt::Display for UnknownAxis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows and columns are all, case, participant, transcript, source_kind, role, topic, dimension, code, concept, coder, round, or an attribute such as case.sector")
    }
}

impl std::error::Error for UnknownAxis {}

impl FromStr for Axis {
    type Err = UnknownAxis;

    fn from_str(name: &str) -> Result<Self, UnknownAxis> {
        if let Some((list, attribute)) = name.split_once('.') {
            let list =
                List::ALL.into_iter().find(|known| known.as_str() == list).ok_or(UnknownAxis)?;
            return Ok(Self::Attribute(list, attribute.to_owned()));
        }
        Ok(match name {
            "all" => Self::All,
            "case" => Self::Case,
            "participant" => Self::Participant,
            "transcript" => Self::Transcript,
            "role" => Self::Role,
            "topic" => Self::Topic,
            "dimension" => Self::Dimension,
            "code" => Self::Code,
            "concept" => Self::Concept,
            SOURCE_KIND => Self::SourceKind,
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
    /// The middle code of an ordered dimension; both where two are in the middle.
    Median,
    /// The lowest and the highest code of an ordered dimension.
    Range,
    /// Who speaks in the units.
    Names,
    /// What a researcher wrote of the cell.
    Summary,
    /// The words that were said: of so many units at the most, if a number is given.
    Quotes(Option<NonZeroU16>),
}

impl Content {
    /// Every content, in the order of the help.
    pub const ALL: [Self; 11] = [
        Self::Units,
        Self::Participants,
        Self::Cases,
        Self::Words,
        Self::Share,
        Self::Presence,
        Self::Median,
        Self::Range,
        Self::Names,
        Self::Quotes(None),
        Self::Summary,
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
            Self::Median => "median",
            Self::Range => "range",
            Self::Names => "names",
            Self::Summary => "summary",
            Self::Quotes(_) => "quotes",
        }
    }
}

impl Content {
    /// Whether it says where answers lie on the scale of an ordered dimension.
    #[must_use]
    pub fn is_of_scale(self) -> bool {
        matches!(self, Self::Median | Self::Range)
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quotes(Some(most)) => write!(f, "quotes:{most}"),
            other => f.write_str(other.as_str()),
        }
    }
}

/// Nothing that a cell could hold has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownContent;

impl fmt::Display for UnknownContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a cell holds units, participants, cases, words, share, presence, median, range, names, quotes, quotes:N, summary")
    }
}

impl std::error::Error for UnknownContent {}

impl FromStr for Content {
    type Err = UnknownContent;

    fn from_str(text: &str) -> Result<Self, UnknownContent> {
        if let Some(most) = text.strip_prefix("quotes:") {
            return Ok(Self::Quotes(Some(most.parse().map_err(|_| UnknownContent)?)));
        }
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(UnknownContent)
    }
}
