//! Files that come back: the study's own, sheets, exchange. Bytes in, values and problems out, and back.
//!
//! One file per format. Nothing here opens a file; `store/` hands over the bytes and the name.

pub mod assignments;
pub mod checklist;
pub mod claims;
pub mod codebook;
pub mod codebook_columns;
pub mod codebook_table;
pub mod codings;
pub mod concepts;
pub mod consensus;
pub mod displays;
pub mod events;
mod given;
pub mod guide;
pub mod handover;
pub mod key;
mod keyed;
pub mod known;
pub mod log;
pub mod marks;
pub mod moves;
pub mod names;
pub mod pack;
pub mod pending;
pub mod people;
pub mod picked;
pub mod received;
mod recent;
pub mod records;
pub mod rows;
pub mod seal_list;
pub mod settings;
pub mod sheet;
pub mod speakers;
pub mod summaries;
pub mod table;
pub mod taken;
pub mod transcript;
pub mod unit_names;
pub mod units;
pub mod workbook;
pub mod yaml;
