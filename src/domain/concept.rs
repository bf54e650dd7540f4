//! Concepts: what a team calls the things that several codes, or questions of the guide, are about together.

use super::problem::Place;

/// A concept of `concepts.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Concept {
    /// What it is called, as the team writes it.
    pub name: String,
    /// The codes and dimensions that belong to it, as they were written, each with its place.
    pub codes: Vec<(Place, String)>,
    /// The questions of the topic guide that ask about it, likewise.
    pub questions: Vec<(Place, String)>,
}
