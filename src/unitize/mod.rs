//! Transcripts into units, and who speaks.
//!
//! Formats hand over [`block::Block`]s: lines of text without markup. From these, labels are found and
//! weighed ([`speakers`]), people are named ([`people`]), and a transcript is cut into units ([`split`]).

pub mod block;
mod candidate;
pub mod clock;
pub mod cuts;
pub mod draft;
mod evidence;
mod head;
mod label;
mod merge;
pub mod people;
mod pieces;
pub mod pseudonyms;
pub mod recount;
mod role;
pub mod sentences;
mod shape;
pub mod speakers;
pub mod split;
mod turns;
mod verdict;
pub mod words;
