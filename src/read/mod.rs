//! Foreign files: bytes in, blocks of text out.
//!
//! One file or folder per format, one table that recognises them ([`document::Format`]). Nothing here
//! knows a study, looks for speakers ([`crate::unitize`] does) or opens a file: `store/` hands over the
//! bytes and the name. [`document::read`] is the door.

pub mod archive;
pub mod block;
mod captions;
mod chat;
mod chat_log;
pub mod clock;
mod come_back;
mod content;
mod damaged;
pub mod decode;
pub mod document;
pub mod docx;
mod docx_body;
pub mod eight;
mod entities;
mod flow;
mod formats;
mod html;
mod json;
mod latex;
mod left_out;
mod lines;
pub mod markdown;
mod markdown_inline;
pub mod odt;
mod parts;
mod pdf;
mod recognise;
mod refused;
pub mod rtf;
mod tabular;
pub mod text;
pub mod unreadable;
pub mod workbook;
pub mod xml;
