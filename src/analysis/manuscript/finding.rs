//! What can be found of the quotations of a manuscript, and how bad it is.

use super::Paragraph;
use crate::domain::id::ParticipantId;
use crate::domain::locator::Locator;

/// Fewer words are no quotation that somebody would look for: “horizontal”, “a postcard”.
pub(super) const FEW: usize = 4;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Fine,
    /// For a person to look at.
    Warning,
    /// The manuscript does not hold.
    Failure,
}

/// What was found of a quotation or citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Its words stand where it is cited.
    Found,
    /// It is a recorded translation of what stands there.
    Translated,
    /// Its words stand elsewhere in what that person said.
    Place,
    /// Somebody else says its words.
    Speaker,
    /// Most of its words stand there, some do not.
    Words,
    /// Its words stand nowhere.
    Missing,
    /// The talk is in another language, and no such translation is recorded.
    Translation,
    /// No participant is called so.
    Participant,
    /// No case or transcript is called so.
    Case,
    /// Who is cited does not speak there.
    Silent,
    /// Somebody is quoted who does not allow it.
    NotQuoted,
    /// Somebody is quoted who left the study.
    Withdrawn,
    /// Somebody is quoted whose consent to it is not recorded.
    Ask,
    /// The same words are cited for another speaker or place.
    Twice,
    /// Words of the study are quoted and not cited.
    Uncited,
    /// Something is cited and nothing quoted.
    Unquoted,
    /// One person is quoted far more than others.
    Often,
}

impl Kind {
    /// The word in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Translated => "translated",
            Self::Place => "place",
            Self::Speaker => "speaker",
            Self::Words => "words",
            Self::Missing => "missing",
            Self::Translation => "translation",
            Self::Participant => "participant",
            Self::Case => "case",
            Self::Silent => "silent",
            Self::NotQuoted => "not-quoted",
            Self::Withdrawn => "withdrawn",
            Self::Ask => "ask",
            Self::Twice => "twice",
            Self::Uncited => "uncited",
            Self::Unquoted => "unquoted",
            Self::Often => "often",
        }
    }

    /// How bad it is.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Found | Self::Translated => Level::Fine,
            Self::Ask | Self::Twice | Self::Unquoted | Self::Often => Level::Warning,
            _ => Level::Failure,
        }
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// What it is about: words of the manuscript, ids, a line.
    pub about: String,
}

/// A quotation or citation of the manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The line or paragraph of the file.
    pub line: u32,
    /// The place of its paragraph among those that were given back.
    pub paragraph: usize,
    /// Where in that paragraph a mark about it belongs: the bytes of what is quoted or cited.
    pub range: std::ops::Range<usize>,
    /// The words of the manuscript; empty where only something is cited.
    pub quotation: String,
    /// The citation as it is written; empty where there is none.
    pub citation: String,
    /// What was found, the worst first; never empty.
    pub findings: Vec<Finding>,
    /// Where its words stand.
    pub stands: Option<Locator>,
    /// Who says them there.
    pub speakers: Vec<ParticipantId>,
}

impl Checked {
    /// How bad the worst is.
    #[must_use]
    pub fn level(&self) -> Level {
        self.findings.iter().map(|it| it.kind.level()).max().unwrap_or(Level::Fine)
    }
}

/// A translation that is recorded for a stretch of talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What was translated.
    pub locator: Locator,
    /// The words of the translation.
    pub translation: String,
}

/// What was found in a manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its paragraphs, those of one quotation joined.
    pub paragraphs: Vec<Paragraph>,
    /// Its quotations and citations, in order.
    pub checked: Vec<Checked>,
    /// How many quotations cite nothing and say nothing that was said in the study: literature, names, irony.
    pub others: usize,
}

impl Outcome {
    /// How bad the worst is.
    #[must_use]
    pub fn level(&self) -> Level {
        self.checked.iter().map(Checked::level).max().unwrap_or(Level::Fine)
    }
}
