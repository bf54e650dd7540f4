//! Cross-case displays: any two of cases, people, sittings, topics, dimensions, codes, coders and rounds, crossed.
//!
//! A unit counts once in the row of everybody who speaks in it. A parent or dimension counts each unit given it or
//! anything beneath it, once. A cell is 0 only where units were decided and settled; else it is empty.

mod axis;
mod concepts;
mod contrast;
mod count;
mod entries;
mod frequencies;
mod nested;
mod order;
mod people;
mod result;
mod scale;
mod side;

use std::fmt;

use super::decisions::Decisions;
use super::picks::Picks;
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;

pub use super::attribute::List;
pub use axis::{Axes, Axis, Content, SOURCE_KIND, UnknownAxis, UnknownContent};
pub use contrast::{Contrast, NoSides, SideCell, Sides};
pub use count::matrix;
pub use frequencies::{Frequencies, Word, frequencies};
pub use order::{OrderBy, OrderKey, Rank, UnknownOrder, order};

/// The name of the row and column that hold distinct units over all others.
pub const TOTAL: &str = "total";

/// What an entry is called whose units have no topic or attribute value.
pub const NO_VALUE: &str = "-";

/// What is crossed, and how it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What stands in the rows.
    pub rows: Axes,
    /// What stands in the columns.
    pub columns: Axes,
    /// What a cell holds.
    pub content: Content,
    /// Whether a parent or dimension counts only what was given it itself.
    pub exact: bool,
    /// Whether a row and a column of totals stand at the end.
    pub totals: bool,
    /// Whether the entries of each outer axis have a total of their own.
    pub subtotals: bool,
    /// Whether moderators and observers count like participants.
    pub with_moderator: bool,
    /// The quotations that researchers picked.
    pub picks: Picks,
    /// In whose rows a unit of several speakers counts.
    pub voice: Voice,
    /// Whether each cell lists its units.
    pub list_units: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            rows: Axis::Case.into(),
            columns: Axis::Dimension.into(),
            content: Content::Units,
            exact: false,
            totals: false,
            subtotals: false,
            picks: Picks::default(),
            with_moderator: false,
            voice: Voice::All,
            list_units: false,
        }
    }
}

impl Options {
    /// Whether rows or columns are people or say something of people.
    #[must_use]
    pub fn is_of_people(&self) -> bool {
        self.rows.is_of_people() || self.columns.is_of_people()
    }

    /// Whether anything asks who speaks in a unit.
    #[must_use]
    pub fn asks_for_people(&self) -> bool {
        let of_people =
            matches!(self.content, Content::Participants | Content::Words | Content::Names);
        of_people || self.is_of_people()
    }
}

/// In whose rows a unit of several speakers counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Voice {
    /// In those of everybody who speaks in it.
    #[default]
    All,
    /// In that of who says most words of it; of two who say as many, of who speaks first.
    Main,
    /// In those of whom a picked quotation marks.
    Marked,
}

impl Voice {
    /// The word in options and results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Main => "main",
            Self::Marked => "marked",
        }
    }
}

/// Decisions, and whose and of which round they are where that is a row or column.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// The coder.
    pub coder: Option<String>,
    /// The round.
    pub round: Option<String>,
    /// What counts.
    pub decisions: Decisions<'a>,
}

/// A matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The rows by id, in the order of the codebook or of their file; `total` at the end, if asked for.
    pub rows: Vec<Head>,
    /// The columns, likewise.
    pub columns: Vec<Head>,
    /// Row by row, the cells of each column.
    pub cells: Vec<Cell>,
    /// Of which units something is to be said.
    pub besides: Besides,
}

/// Units of which something is to be said beneath a display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Besides {
    /// Units that are in no cell because somebody who speaks in them is not to be quoted.
    pub not_quoted: u64,
    /// Of the units that count in any cell, how many have several speakers; where people are asked for.
    pub of_several: u64,
    /// Of the units that could count in a row or column of a person, how many have no words that somebody picked; where the
    /// voice asks for that.
    pub unmarked: u64,
    /// Answers in ordered dimensions that are no position on the scale (the dimension itself), where these are asked for.
    pub off_scale: u64,
}

impl Besides {
    /// What is to be said of several matrices of one display, which count the same units.
    #[must_use]
    pub fn of<'a>(matrices: impl IntoIterator<Item = &'a Matrix>) -> Self {
        let most = |so_far: Self, it: Self| Self {
            not_quoted: so_far.not_quoted.max(it.not_quoted),
            of_several: so_far.of_several.max(it.of_several),
            unmarked: so_far.unmarked.max(it.unmarked),
            off_scale: so_far.off_scale.max(it.off_scale),
        };
        matrices.into_iter().map(|it| it.besides).fold(Self::default(), most)
    }
}

/// The head of a row or column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Head {
    /// The entry of the outer axis, where there is one; empty in a total.
    pub outer: Option<String>,
    /// The entry by id.
    pub id: String,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outer {
            Some(outer) if !outer.is_empty() => write!(f, "{outer}/{}", self.id),
            _ => f.write_str(&self.id),
        }
    }
}

/// A cell of a matrix.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// What it holds; nothing where no unit was decided and settled.
    pub value: Option<Value>,
    /// The units behind it, in order of place, where they were asked for.
    pub units: Vec<UnitIndex>,
    /// Who speaks in them, in the order of their list, or codes of a scale, where that was asked for.
    pub ids: Vec<String>,
    /// What a researcher wrote of it, where that was asked for and there is anything.
    pub written: Option<Written>,
    /// What a share is of, in units.
    pub base: Option<u64>,
    /// Whether the person of the row or column does not speak there at all.
    pub silent: bool,
    /// Of the units behind it, those of which a picked stretch is quoted instead of all of it.
    pub picked: Vec<(UnitIndex, Locator)>,
}

/// What a researcher wrote of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Her words.
    pub text: String,
    /// Whether it rests on other units than are there now.
    pub stale: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A count; for presence 1 or 0.
    Count(u64),
    /// A share, from 0 to 1.
    Share(f64),
    /// The words of the cell's units.
    Quotes,
    /// What a researcher wrote of it.
    Written,
    /// Ids: of who speaks in the cell's units, or of codes.
    Ids,
}

impl Matrix {
    /// The cells of a row, in the order of the columns.
    #[must_use]
    pub fn row(&self, place: usize) -> &[Cell] {
        let width = self.columns.len();
        self.cells.get(place * width..(place + 1) * width).unwrap_or(&[])
    }
}
