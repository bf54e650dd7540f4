//! A sentence for people, not yet in any language: a key and its arguments.
//!
//! The core names what happened; `words/` says it in English or Spanish. So no folder but `words/`
//! holds a sentence, and a test can ask for the key.

/// A sentence to be said: its key in `words/` and the values that fill its gaps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// The key under which `words/` holds the sentence.
    pub key: &'static str,
    /// Name and value of each gap. Values are ids, counts, file names: never what was said.
    pub arguments: Vec<(&'static str, String)>,
}

impl Message {
    /// A sentence without gaps.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, arguments: Vec::new() }
    }

    /// The same sentence with one more gap filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }
}

/// Makes a [`Message`]: `msg!("unit.unknown", unit = locator, coder = id)`.
///
/// A test reads these calls and checks that `words/` holds the key and uses these arguments.
#[macro_export]
macro_rules! msg {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::domain::message::Message::new($key)$(.with(stringify!($name), &$value))*
    };
}
