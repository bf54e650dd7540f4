//! Codes focus groups, from verbatim transcripts to cross-case matrices.
//!
//! Text flows one way through the folders below, and each uses only what stands above it; a test
//! (`tests/it/house.rs`) holds the list.

pub mod domain;
pub mod words;

pub mod language;
pub mod stats;

pub mod escape;
pub mod read;
pub mod unitize;

pub mod analysis;
pub mod desk;

pub mod format;
pub mod store;
pub mod work;

pub mod face;
pub mod render;

pub mod cli;
