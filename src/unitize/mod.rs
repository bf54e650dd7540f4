//! Transcripts into units, and who speaks.
//!
//! Readers hand over [`Block`](crate::read::block::Block)s: lines of text without markup. From these, labels are found and
//! weighed ([`speakers`]), people are named ([`people`]), and a transcript is cut into units ([`split`]),
//! by theme with the method in [`theme`].

pub mod anchor;
mod candidate;
pub mod cuts;
pub mod draft;
mod evidence;
mod furniture;
mod habit;
mod head;
pub mod import;
mod judgement;
mod label;
mod leads;
mod merge;
pub mod moderation;
pub mod numbering;
mod pattern;
pub mod people;
mod pieces;
mod pins;
pub mod pseudonyms;
pub mod recount;
mod role;
pub mod sentences;
mod shape;
mod slips;
pub mod speakers;
pub mod split;
pub mod starts;
mod stretch;
pub mod thematic;
pub mod theme;
mod turns;
mod unnamed;
mod verdict;
pub mod words;
