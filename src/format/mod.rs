//! Files that come back: study files, transcripts, sheets. Bytes in, values and problems out, and back.
//!
//! One file per format. Nothing here opens a file; `store/` hands over the bytes and the name.

pub mod archive;
pub mod codebook;
pub mod codebook_table;
pub mod codings;
pub mod consensus;
pub mod log;
pub mod people;
pub mod records;
pub mod rows;
pub mod settings;
pub mod table;
pub mod transcript;
pub mod units;
pub mod workbook;
pub mod xml;
pub mod yaml;
