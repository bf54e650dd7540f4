//! A table before it has a form: columns, rows, and values that are still values.

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing to show: undefined, undecided, not asked.
    Missing,
    /// Free text: what was said or written by people; guarded in exports.
    Text(String),
    /// An id, a locator, a word of the contract: never guarded, never translated.
    Id(String),
    /// A count.
    Count(u64),
    /// A figure with the decimals of its kind; machine formats get it in full.
    Number(f64),
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
}

/// One table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// What stands above the table, for people; empty if nothing.
    pub title: String,
    /// The headings: column names in machine formats, words for people otherwise.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// Whether its columns are many and alike: where the page is too narrow for them, they are shown in
    /// several tables, each with the first column, instead of being squeezed.
    pub alike: bool,
}

impl Grid {
    /// A table without rows.
    #[must_use]
    pub fn new(columns: &[&str]) -> Self {
        Self {
            title: String::new(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
            alike: false,
        }
    }
}

/// What people read of a result: tables in order, and notes beneath them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Display {
    /// The heading of the whole; empty if none.
    pub title: String,
    /// The tables.
    pub grids: Vec<Grid>,
    /// How the figures were made, what was left out: one sentence each.
    pub notes: Vec<String>,
}
