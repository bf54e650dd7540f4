//! A manuscript against the study: every quotation found word for word where it is cited, or not.
//!
//! `marks` finds what is quoted, `cited` what is cited, `bound` which belongs to which, `words` where words stand, `check`
//! says what is wrong. A finding tells words of the manuscript and places of the study, never words of the talk.

mod bound;
mod check;
mod cited;
mod marks;
mod numbers;
mod words;

pub use check::{Checked, Finding, Kind, Level, Outcome, Recorded, check};
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
