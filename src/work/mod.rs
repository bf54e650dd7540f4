//! Use cases: what a session offers and keeps, what a file that comes back changes, what an import brings in.
//!
//! They know the study and the store, and neither a command line nor a stream: `cli/` parses and prints, `face/`
//! sits a person at a desk, and everything between is here.

pub mod ask;
pub mod attributes;
pub mod bring_in;
pub mod codebook;
pub mod next;
pub mod proposal;
pub mod receive;
pub mod report;
pub mod session;
pub mod summaries;
pub mod take_away;
