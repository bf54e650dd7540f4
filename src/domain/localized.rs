//! A text given once, or once per language: `name: {en: Rotating roles, es: Roles rotatorios}`.

use std::collections::BTreeMap;

/// A value in one or several languages, keyed by language tag (`en`, `es`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Localized<T> {
    /// The same in every language.
    Plain(T),
    /// One value per language tag; never empty.
    ByLanguage(BTreeMap<String, T>),
}

impl<T> Localized<T> {
    /// The value in a language, else in English, else in the first language given.
    #[must_use]
    pub fn get(&self, language: &str) -> Option<&T> {
        match self {
            Self::Plain(value) => Some(value),
            Self::ByLanguage(values) => {
                values.get(language).or_else(|| values.get("en")).or_else(|| values.values().next())
            }
        }
    }

    /// What is given in exactly this language, or for all of them.
    #[must_use]
    pub fn in_language(&self, language: &str) -> Option<&T> {
        match self {
            Self::Plain(value) => Some(value),
            Self::ByLanguage(values) => values.get(language),
        }
    }

    /// Every value, in order of language.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        let (plain, by_language) = match self {
            Self::Plain(value) => (Some(value), None),
            Self::ByLanguage(values) => (None, Some(values.values())),
        };
        plain.into_iter().chain(by_language.into_iter().flatten())
    }
}

impl Localized<String> {
    /// The text in a language, or the empty text.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        self.get(language).map_or("", String::as_str)
    }

    /// Whether no language has anything to say.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.all().all(|text| text.trim().is_empty())
    }
}

impl From<&str> for Localized<String> {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}
