//! What a command changed in the codebook, as `events.csv` keeps it: which version became which, and what that means for
//! decisions of before.

use std::fmt;
use std::str::FromStr;

/// What was done to the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// A dimension or a code was added.
    Add,
    /// A dimension or a code got another id.
    Rename,
    /// A code was put elsewhere in its tree.
    Move,
    /// Codes became one.
    Merge,
    /// A code became several.
    Split,
    /// A dimension or a code was taken out.
    Retire,
    /// A text or a setting was changed.
    Set,
    /// A code that a coder proposed was taken over, by the number of the proposal.
    Adopt(u64),
    /// A table was brought in.
    Import,
    /// The version before was put back.
    Undo,
}

impl Act {
    const PLAIN: [(Self, &'static str); 9] = [
        (Self::Add, "add"),
        (Self::Rename, "rename"),
        (Self::Move, "move"),
        (Self::Merge, "merge"),
        (Self::Split, "split"),
        (Self::Retire, "retire"),
        (Self::Set, "set"),
        (Self::Import, "import"),
        (Self::Undo, "undo"),
    ];
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Adopt(proposal) => write!(f, "adopt#{proposal}"),
            plain => {
                let word = Self::PLAIN.iter().find(|(act, _)| act == plain).map(|(_, word)| *word);
                f.write_str(word.unwrap_or_default())
            }
        }
    }
}

impl FromStr for Act {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.strip_prefix("adopt#") {
            Some(number) => number.parse().map(Self::Adopt).map_err(|_| ()),
            None => Self::PLAIN.iter().find(|(_, word)| *word == text).map(|it| it.0).ok_or(()),
        }
    }
}

/// What a change means for decisions that were made before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It was not there: what was decided in its dimension was decided without it.
    Added,
    /// It has another id, which is this.
    Renamed(String),
    /// It stands elsewhere in its tree.
    Moved,
    /// It is counted as this code.
    Merged(String),
    /// It is there no more.
    Retired,
    /// Its wording changed and not its meaning.
    Minor,
    /// It means less: what got it may not get it now.
    Narrowed,
    /// It means more: what did not get it may get it now.
    Widened,
    /// It means something else: both.
    Changed,
}

impl Effect {
    /// The word in the file.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Renamed(_) => "renamed",
            Self::Moved => "moved",
            Self::Merged(_) => "merged",
            Self::Retired => "retired",
            Self::Minor => "minor",
            Self::Narrowed => "narrowed",
            Self::Widened => "widened",
            Self::Changed => "changed",
        }
    }

    /// Whether units that carry the code are to be read again.
    #[must_use]
    pub fn concerns_carriers(&self) -> bool {
        matches!(self, Self::Narrowed | Self::Changed | Self::Retired)
    }

    /// Whether units that were decided in the dimension without the code are to be read again.
    #[must_use]
    pub fn concerns_others(&self) -> bool {
        matches!(self, Self::Added | Self::Widened | Self::Changed)
    }

    /// What taking the change back means for decisions made after it.
    #[must_use]
    pub fn inverse(&self, id: &str) -> (String, Self) {
        let own = id.to_owned();
        match self {
            Self::Added => (own, Self::Retired),
            Self::Retired | Self::Merged(_) => (own, Self::Added),
            Self::Narrowed => (own, Self::Widened),
            Self::Widened => (own, Self::Narrowed),
            Self::Renamed(new) => (new.clone(), Self::Renamed(own)),
            same @ (Self::Moved | Self::Minor | Self::Changed) => (own, same.clone()),
        }
    }
}

/// A change of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// What was done.
    pub act: Act,
    /// The version before.
    pub old: String,
    /// The version after.
    pub new: String,
    /// What became of which dimension or code.
    pub effects: Vec<(String, Effect)>,
}

impl fmt::Display for Revision {
    /// `set v-0123456789ab v-abcdef012345 rotating-roles narrowed; trust added`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.act, self.old, self.new)?;
        for (nth, (id, effect)) in self.effects.iter().enumerate() {
            write!(f, "{}{id} {}", if nth == 0 { " " } else { "; " }, effect.word())?;
            if let Effect::Renamed(other) | Effect::Merged(other) = effect {
                write!(f, " {other}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Revision {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(4, ' ');
        let act = parts.next().ok_or(())?.parse()?;
        let mut version = || parts.next().filter(|id| is_version(id)).map(str::to_owned).ok_or(());
        let (old, new) = (version()?, version()?);
        let effects = match parts.next() {
            None => Vec::new(),
            Some(effects) => effects.split("; ").map(effect).collect::<Result<_, ()>>()?,
        };
        Ok(Self { act, old, new, effects })
    }
}

fn effect(text: &str) -> Result<(String, Effect), ()> {
    let parts: Vec<&str> = text.split(' ').collect();
    let sound = |id: &str| super::id::check(id).map(|()| id.to_owned()).map_err(|_| ());
    let (id, word, other) = match parts.as_slice() {
        [id, word] => (*id, *word, None),
        [id, word, other] => (*id, *word, Some(sound(other)?)),
        _ => return Err(()),
    };
    let effect = match (word, other) {
        ("added", None) => Effect::Added,
        ("moved", None) => Effect::Moved,
        ("retired", None) => Effect::Retired,
        ("minor", None) => Effect::Minor,
        ("narrowed", None) => Effect::Narrowed,
        ("widened", None) => Effect::Widened,
        ("changed", None) => Effect::Changed,
        ("renamed", Some(new)) => Effect::Renamed(new),
        ("merged", Some(into)) => Effect::Merged(into),
        _ => return Err(()),
    };
    Ok((sound(id)?, effect))
}

fn is_version(id: &str) -> bool {
    id.strip_prefix("v-").is_some_and(|hex| {
        hex.len() == 12 && hex.bytes().all(|it| it.is_ascii_hexdigit() && !it.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_as_it_is_written() {
        for text in [
            "add v-0123456789ab v-abcdef012345 trust added",
            "adopt#3 v-0123456789ab v-0123456789ab",
            "merge v-0123456789ab v-abcdef012345 a merged c; b merged c",
            "rename v-0123456789ab v-abcdef012345 rota renamed turns",
            "undo v-0123456789ab v-abcdef012345 x moved; y minor; z changed; w widened; v narrowed; u retired",
        ] {
            assert_eq!(text.parse::<Revision>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "add v-0123456789ab",
            "add v-0123456789AB v-abcdef012345",
            "adds v-0123456789ab v-abcdef012345",
            "add v-0123456789ab v-abcdef012345 trust",
            "add v-0123456789ab v-abcdef012345 trust added x",
            "add v-0123456789ab v-abcdef012345 a merged",
        ] {
            assert_eq!(text.parse::<Revision>(), Err(()), "{text}");
        }
    }
}
