//! Ids: short names that are safe in files, columns, commands and on every operating system.
//!
//! Each kind is a type of its own, so that a coder never lands where a code belongs. They are checked
//! where they are made, once, in `FromStr`. A study names each of them very often, so that a copy shares the text.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::message::Message;
use crate::msg;

/// Words that no id may be, regardless of case: answers, scopes and every column of a study file or result.
const RESERVED: &[&str] = &[
    "none",
    "all",
    "any",
    "agreed",
    "consensus",
    "final",
    "total",
    "unit",
    "kind",
    "speakers",
    "words",
    "topic",
    "strength",
    "pinned",
    "text",
    "seq",
    "at",
    "on",
    "code",
    "codes",
    "dimension",
    "parent",
    "name",
    "brief",
    "coder",
    "round",
    "scope",
    "decisions",
    "log_sha256",
    "units_sha256",
    "codebook",
    "outcome",
    "reason",
    "rationale",
    "present",
    "codebook_change",
    "undoes",
    "event",
    "who",
    "about",
    "old",
    "new",
    "how",
    "question",
    "row",
    "column",
    "locator",
    "lang",
    "translation",
    "translator",
    "case",
    "participant",
    "role",
    "quotes",
    "withdrawn",
    "transcript",
    "date",
    "language",
    "source",
    "source_sha256",
    "text_sha256",
    "certainty",
    "memo",
    "via",
    "level",
    "measure",
    "value",
    "undefined",
    "se",
    "ci95_low",
    "ci95_high",
    "interval",
    "n",
    "both",
    "only_first",
    "only_second",
    "neither",
    "dispute",
    "first",
    "second",
    "citation",
    "units",
    "definition",
    "use_when",
    "not_when",
    "examples",
    "label",
];

/// Names that an operating system keeps for devices; a file of that name cannot be made there.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdError {
    /// It does not match `[A-Za-z][A-Za-z0-9_-]{0,63}`.
    Shape,
    /// It is one of the words that mean something else in a command or column.
    Reserved,
    /// An operating system keeps this name for a device.
    Device,
}

impl IdError {
    /// What is wrong, for a person.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Shape => msg!("id.shape"),
            Self::Reserved => msg!("id.reserved"),
            Self::Device => msg!("id.device"),
        }
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => {
                "an id starts with a letter, then letters, digits, `-` or `_`, at most 64"
            }
            Self::Reserved => "this word is reserved",
            Self::Device => "an operating system keeps this name for a device",
        })
    }
}

impl std::error::Error for IdError {}

/// Whether the text has the shape of an id; only such text may be quoted in an error.
#[must_use]
pub fn has_shape(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && text.len() <= 64
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// Checks that a text is an id of any kind.
///
/// # Errors
/// Says which rule it breaks.
pub fn check(text: &str) -> Result<(), IdError> {
    if !has_shape(text) {
        return Err(IdError::Shape);
    }
    // Checked a hundred thousand times in a large study, so nothing is copied.
    let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_one_of(RESERVED) {
        return Err(IdError::Reserved);
    }
    if is_one_of(DEVICES) {
        return Err(IdError::Device);
    }
    Ok(())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                check(text).map(|()| Self(text.into()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// The name of a transcript, as in `transcripts/CoP-31.txt`; it names one text for ever.
    TranscriptId;
    /// The name of a case: what is compared.
    CaseId;
    /// The pseudonym of a person who speaks: `P7`, `Moderator`.
    ParticipantId;
    /// The name of a coder, as in `coding/c1.csv`.
    CoderId;
    /// The name of a round of independent coding.
    RoundId;
    /// The name of a dimension of the codebook.
    DimensionId;
    /// The name of a code, or of a dimension given as a code.
    CodeId;
}

impl From<&DimensionId> for CodeId {
    /// A dimension's own id can be given as a code: the dimension, nothing more specific.
    fn from(dimension: &DimensionId) -> Self {
        Self(dimension.0.clone())
    }
}

impl RoundId {
    /// The round that a study starts with.
    #[must_use]
    pub fn main() -> Self {
        Self("main".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_to_their_shape_and_leave_reserved_and_device_names_alone() {
        assert!("CoP-31".parse::<CaseId>().is_ok());
        for (text, why) in [
            ("", IdError::Shape),
            ("1a", IdError::Shape),
            ("a b", IdError::Shape),
            ("señal", IdError::Shape),
            ("None", IdError::Reserved),
            ("only_first", IdError::Reserved),
            ("COM1", IdError::Device),
        ] {
            assert_eq!(text.parse::<CodeId>(), Err(why), "{text}");
        }
        assert!(CodeId::from_str(&"a".repeat(64)).is_ok());
        assert_eq!(CodeId::from_str(&"a".repeat(65)), Err(IdError::Shape));
    }
}
