//! Which units count, in words: `case.sector=Health and not participant.grade=A1`.
//!
//! A filter is read and printed here, and answered for all units of a study at once. What is said of a person holds
//! for a unit if it holds for one of those who speak in it; `!=` is the contrary of `=`.

mod holds;
mod read;

use std::fmt;

pub use holds::Given;
pub use read::NotAFilter;

use super::attribute::List;

/// What must hold for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of these.
    All(Vec<Filter>),
    /// One of these at least.
    Any(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// A condition.
    Condition(Key, Test),
}

/// What a condition looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// The case, by id or name.
    Case,
    /// The transcript, by id or name.
    Transcript,
    /// Somebody who speaks in the unit.
    Participant,
    /// The role of somebody who speaks in the unit.
    Role,
    /// The question of the topic guide.
    Topic,
    /// A code or dimension that the unit was given, or anything beneath it.
    Code,
    /// `unsure` where a coder marked one of the unit's decisions so, else `sure`.
    Certainty,
    /// How many words of participants the unit has.
    Words,
    /// A column that the team added to one of its lists.
    Attribute(List, String),
}

/// What must be true of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It is this.
    Is(String),
    /// It is not this.
    IsNot(String),
    /// It is one of these.
    In(Vec<String>),
    /// It stands so to this number or date.
    Than(Order, String),
}

/// How a number or date stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Filter {
    /// All of these at once; nothing where there are none.
    #[must_use]
    pub fn all(mut filters: Vec<Self>) -> Option<Self> {
        match filters.len() {
            0 => None,
            1 => filters.pop(),
            _ => Some(Self::All(filters)),
        }
    }

    /// Whether it depends on what was decided.
    #[must_use]
    pub fn asks_for_decisions(&self) -> bool {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().any(Self::asks_for_decisions),
            Self::Not(one) => one.asks_for_decisions(),
            Self::Condition(key, _) => matches!(key, Key::Code | Key::Certainty),
        }
    }

    /// How tightly it binds, for parentheses: `or` least, a condition most.
    fn binds(&self) -> u8 {
        match self {
            Self::Any(_) => 0,
            Self::All(_) => 1,
            Self::Not(_) => 2,
            Self::Condition(..) => 3,
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let within = |f: &mut fmt::Formatter<'_>, one: &Self| {
            // Of its own kind too, so that reading gives back the same.
            if one.binds() <= self.binds() { write!(f, "({one})") } else { one.fmt(f) }
        };
        match self {
            Self::All(all) | Self::Any(all) => {
                let word = if matches!(self, Self::All(_)) { " and " } else { " or " };
                for (at, one) in all.iter().enumerate() {
                    if at > 0 {
                        f.write_str(word)?;
                    }
                    within(f, one)?;
                }
                Ok(())
            }
            Self::Not(one) => {
                f.write_str("not ")?;
                within(f, one)
            }
            Self::Condition(key, test) => write!(f, "{key}{test}"),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Case => "case",
            Self::Transcript => "transcript",
            Self::Participant => "participant",
            Self::Role => "role",
            Self::Topic => "topic",
            Self::Code => "code",
            Self::Certainty => "certainty",
            Self::Words => "words",
            Self::Attribute(list, name) => return write!(f, "{}.{}", list.as_str(), Value(name)),
        })
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(value) => write!(f, "={}", Value(value)),
            Self::IsNot(value) => write!(f, "!={}", Value(value)),
            Self::Than(order, value) => write!(f, "{}{}", order.as_str(), Value(value)),
            Self::In(values) => {
                let values: Vec<String> = values.iter().map(|it| Value(it).to_string()).collect();
                write!(f, " in({})", values.join(","))
            }
        }
    }
}

impl Order {
    fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// A value as it is written: in quotation marks unless it is one plain word.
struct Value<'a>(&'a str);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.is_empty() && self.0.chars().all(read::is_plain) && !read::is_word(self.0) {
            return f.write_str(self.0);
        }
        write!(f, "\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
