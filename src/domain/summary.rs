//! What a researcher wrote of a cell of a display, in a sentence of her own.

use super::locator::Locator;

/// A row of `summaries.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The row of the display, as it stands in CSV: `CoP-31`, or `CoP-31/P4` where rows are nested.
    pub row: String,
    /// The column, likewise.
    pub column: String,
    /// What she wrote.
    pub text: String,
    /// Who; empty where nobody is named.
    pub by: String,
    /// When; empty where it is not known.
    pub at: String,
    /// The units on which it rests; empty where they are not known.
    pub units: Vec<Locator>,
}

impl Summary {
    /// Whether it is of this cell.
    #[must_use]
    pub fn is_of(&self, row: &str, column: &str) -> bool {
        self.row == row && self.column == column
    }
}
