//! Files that come back: study files, transcripts, sheets. Bytes in, values and problems out, and back.
//!
//! One file per format. Nothing here opens a file; `store/` hands over the bytes and the name.

pub mod archive;
mod captions;
pub mod codebook;
pub mod codebook_table;
pub mod codings;
pub mod consensus;
mod content;
pub mod decode;
pub mod docx;
mod docx_body;
mod flow;
mod formats;
pub mod handover;
mod html;
pub mod import;
mod json;
pub mod key;
mod left_out;
mod lines;
pub mod log;
pub mod markdown;
mod markdown_inline;
pub mod marks;
pub mod names;
pub mod odt;
mod parts;
pub mod pending;
pub mod people;
pub mod received;
mod recognise;
pub mod records;
mod refused;
pub mod rows;
pub mod rtf;
pub mod settings;
pub mod sheet;
pub mod speakers;
pub mod table;
pub mod text;
pub mod transcript;
pub mod units;
pub mod unreadable;
pub mod workbook;
pub mod xml;
pub mod yaml;
