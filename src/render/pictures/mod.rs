//! Pictures: SVG by our own hand, one file each, from values alone.
//!
//! plotters was tried first (docs/architecture.md says what was seen); the crate `svg` writes elements but knows neither width
//! of text nor escape of ours. So here is a canvas of rectangles, lines and text, whose numbers are rounded to tenths and whose
//! text has been through the escape of pages.
//!
//! Every value that a colour shows is printed too; colours are a ramp of one hue that stays in order in grey, and text on
//! them has a contrast of at least 4.5 to 1.

mod canvas;
pub mod curve;
pub mod drawn;
pub mod emf;
pub mod forest;
pub mod grid;
pub mod strips;

use super::document::{Document, Figure, Part};
use crate::words::Language;

/// What a picture can be drawn from.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// Tables of numbers, one beneath the other: matrices, confusion tables, codes that meet.
    Grids(grid::Grids),
    /// Figures with their intervals.
    Forest(forest::Forest),
    /// New codes, group by group.
    Curve(curve::Curve),
    /// Along transcripts: who speaks, what is coded, where coders differ.
    Strips(strips::Strips),
}

impl Drawing {
    /// The picture for people of this language.
    #[must_use]
    pub fn figure(&self, language: Language) -> Figure {
        match self {
            Self::Grids(it) => it.figure(language),
            Self::Forest(it) => it.figure(language),
            Self::Curve(it) => it.figure(language),
            Self::Strips(it) => it.figure(language),
        }
    }
}

/// The first picture of a document; nothing where it has none.
#[must_use]
pub fn document(document: &Document) -> Vec<u8> {
    let figure = document.parts.iter().find_map(|part| match part {
        Part::Figure(figure) => Some(figure.svg.clone()),
        _ => None,
    });
    figure.unwrap_or_default().into_bytes()
}
