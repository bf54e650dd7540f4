//! Codes focus groups, from verbatim transcripts to cross-case matrices.
//!
//! Text flows one way through the folders below, and each uses only what stands above it; a test
//! (`tests/it/house.rs`) holds the list.

pub mod domain;
pub mod stats;

pub mod analysis;
pub mod words;

pub mod desk;
pub mod language;
pub mod unitize;

pub mod escape;
pub mod face;
pub mod format;
pub mod render;
pub mod store;

pub mod cli;
