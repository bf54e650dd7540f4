//! A CSV of codings from anywhere, long or wide.
//!
//! Long: `unit,coder,code`, several rows are a set (or `codes`, where a row is a whole answer). Wide: `unit` and one column a
//! coder. Both may have `dimension`, `round` and `case`. It may hold a million units, so cells are numbered as they
//! are read, and lines are counted only where there is something to complain of.

mod complaints;
mod entries;
mod file;
mod into;
mod layout;
mod names;
mod plain;
mod record;

pub use entries::read;
pub use file::CodingsFile;
pub use into::{Pick, UnknownName};

/// What an empty cell, or a row that is not there, means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// The coder did not decide.
    Missing,
    /// The coder looked, and nothing applies.
    None,
}
