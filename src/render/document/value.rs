//! One value of a table, which is still a value.

use serde_json::Value as Json;

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing to show: undefined, undecided, not asked.
    Missing,
    /// Nothing to show, and in JSON not even a name for it.
    Absent,
    /// Free text: what was said or written by people; guarded in exports.
    Text(String),
    /// An id, a locator, a word of the contract: never guarded, never translated.
    Id(String),
    /// Ids or locators, in CSV joined by `; `, in JSON a list.
    Ids(Vec<String>),
    /// Free texts, in CSV one a line, in JSON a list.
    Texts(Vec<String>),
    /// A count.
    Count(u64),
    /// A figure with the decimals of its kind; machine formats get it in full.
    Number(f64),
    /// What only JSON has a form for.
    Json(Box<Json>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::Number)
    }
}

impl Value {
    /// An id or word of the contract.
    #[must_use]
    pub fn id(text: impl ToString) -> Self {
        Self::Id(text.to_string())
    }

    /// Ids or locators.
    #[must_use]
    pub fn ids<T: ToString>(all: impl IntoIterator<Item = T>) -> Self {
        Self::Ids(all.into_iter().map(|it| it.to_string()).collect())
    }

    /// What only JSON has a form for.
    #[must_use]
    pub fn json_only(json: Json) -> Self {
        Self::Json(Box::new(json))
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing | Self::Absent)
    }

    /// Whether a value is set to the right.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Number(_))
    }

    /// The value in JSON; nothing where it has not even a name there.
    #[must_use]
    pub fn json(&self) -> Option<Json> {
        Some(match self {
            Self::Absent => return None,
            Self::Missing => Json::Null,
            Self::Text(text) | Self::Id(text) => text.as_str().into(),
            Self::Ids(all) | Self::Texts(all) => all.clone().into(),
            Self::Count(count) => (*count).into(),
            Self::Number(number) => (*number).into(),
            Self::Json(json) => (**json).clone(),
        })
    }
}
