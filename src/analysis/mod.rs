//! A study in, results out: agreement, discrepancies, decisions, matrices, quotations.
//!
//! Pure functions of what was decided: no file, no clock, no option that hides a unit without saying
//! so. `stats/` knows the formulas; here the tables are made that it reads.

pub mod accuracy;
pub mod agreement;
pub mod assigning;
pub mod attribute;
pub mod citation;
pub mod claims;
pub mod codebook;
pub mod codings;
pub mod concepts;
pub mod concordance;
pub mod cooccurrence;
pub mod decisions;
pub mod discrepancies;
pub mod filter;
pub mod guide;
pub mod left_out;
pub mod manuscript;
pub mod matrix;
pub mod meetings;
pub mod offered;
mod older;
pub mod own;
pub mod picks;
pub mod provenance;
pub mod quotes;
pub mod received;
pub mod redacted;
pub mod reread;
pub mod sample;
pub mod saturation;
pub mod scope;
pub mod speech;
pub mod spoke;
pub mod study_codings;
pub mod talk;
pub mod versions;
pub mod withdrawn;
pub mod wordings;
