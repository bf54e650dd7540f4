//! Guards against text that another program would take for something else, each once.

pub mod csv;
pub mod html;
pub mod latex;
pub mod markdown;
pub mod spreadsheet;
pub mod terminal;
