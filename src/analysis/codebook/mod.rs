//! The codebook as wording: what is missing in it, and what changed between two versions.

pub mod change;
mod diff;
mod entry;
mod lint;
mod said;
pub mod set;

pub use diff::{Change, Changed, diff};
pub use entry::{Entry, entries};
pub use lint::{Finding, languages, lint};
pub use said::said;
