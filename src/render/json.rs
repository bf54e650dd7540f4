//! JSON for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use super::writers::Unwritable;

/// A whole result as JSON, indented.
///
/// # Errors
/// None that is known: every value of a document has a form in JSON.
pub fn document(document: &Document) -> Result<Vec<u8>, Unwritable> {
    let mut text = Vec::new();
    write(&document.json(), &mut text)?;
    Ok(text)
}

/// Writes JSON, indented, on lines of its own.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
