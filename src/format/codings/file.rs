//! What a CSV of codings says, in numbers.

use super::Empty;
use super::plain::Cells;

/// The `code` of an entry that only says that the coder saw the unit.
pub(super) const BLANK: u32 = 0;
/// The `code` of an entry that says that nothing applies.
pub(super) const NONE: u32 = 1;
/// The `code` of the first code of a dimension.
pub(super) const FIRST: u32 = 2;

/// One code that one coder gave one unit; ordered so that one answer's entries stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) unit: u32,
    pub(super) dimension: u32,
    pub(super) round: u32,
    pub(super) coder: u32,
    /// [`BLANK`], [`NONE`], or [`FIRST`] and its place among the dimension's codes.
    pub(super) code: u32,
    /// The row it stands in, by its place in the file.
    pub(super) row: u32,
    pub(super) unsure: bool,
}

/// What the rows say.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// Code by code, sorted.
    Entries(Vec<Entry>),
    /// Answer by answer, where each unit is one row.
    Cells(Cells),
}

/// A CSV of codings, read and numbered.
#[derive(Debug, Clone)]
pub struct CodingsFile {
    /// The coders, in order of appearance.
    pub coders: Vec<String>,
    /// The dimensions, in order of appearance; none if the file has no such column.
    pub dimensions: Vec<String>,
    /// The rounds, in order of appearance; none if the file has no such column.
    pub rounds: Vec<String>,
    /// The cases, in order of appearance; none if the file has no such column.
    pub cases: Vec<String>,
    /// Per dimension (or for the whole), its codes in order of appearance.
    pub(super) codes: Vec<Vec<String>>,
    /// Per unit, its case.
    pub(super) unit_cases: Vec<u32>,
    pub(super) body: Body,
    /// What an empty cell or a row that is not there means.
    pub(super) empty: Empty,
    /// Whether each column is a coder, so that every coder took part in every round.
    pub(super) wide: bool,
}
