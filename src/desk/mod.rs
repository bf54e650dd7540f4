//! Coding and consensus as pure machines: a line in, a view and effects out.
//!
//! No clock, no file and no screen, so that every rule of the desk is tested without any of them, and
//! so that line mode and a full screen cannot disagree. Whoever drives a machine carries its effects
//! out, tells it when they are safe, and only then shows them as done.

pub mod choices;
pub mod coding;
pub mod consensus;
pub mod replace;
pub mod review;
pub mod settle;
mod typed;
pub mod undo;
mod versions;
