//! A manuscript against the study: every quotation found word for word where it is cited, or not.
//!
//! `marks` finds what is quoted, `pattern` reads its words and gaps, `cited` what is cited, `bound` which belongs to which,
//! `words` where words stand; `check` says what is wrong with each, `among` with one beside another, in words of `finding`. A finding tells words of the manuscript and places of the study, never words of the talk.

mod among;
mod bound;
mod check;
mod cited;
mod finding;
mod marks;
mod numbers;
mod pattern;
mod words;

pub use check::check;
pub use finding::{Checked, Finding, Kind, Level, Outcome, Recorded};
pub use numbers::{Figure, Known, figures};

/// A paragraph of a manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it begins in the file, as its reader counts lines or paragraphs.
    pub line: u32,
    /// Whether it is a heading.
    pub heading: bool,
    /// Its text.
    pub text: String,
}
