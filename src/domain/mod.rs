//! The words of the field as types: ids, locators, transcripts, units, codebook, decisions, consensus.
//!
//! Nothing here reads a file, knows a format or prints: a study can be built in memory and reasoned
//! about in a test. Every other folder may use this one.

pub mod answer;
pub mod assignments;
pub mod case;
pub mod claim;
pub mod codebook;
pub mod coder;
pub mod coding;
pub mod comparison;
pub mod concept;
pub mod consensus;
pub mod digest;
pub mod event;
pub mod failure;
pub mod find;
pub mod guide;
pub mod id;
pub mod localized;
pub mod locator;
pub mod log;
pub mod message;
pub mod moved;
pub mod participant;
pub mod point;
pub mod problem;
pub mod record;
pub mod revision;
pub mod said;
pub mod seal;
pub mod slug;
pub mod standing;
mod stretch;
pub mod study;
pub mod summary;
pub mod time;
pub mod transcript;
pub mod unit;
