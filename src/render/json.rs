//! JSON for programs.

use super::document::Document;
use super::writers::Unwritable;

/// A whole result as JSON, indented.
///
/// # Errors
/// None that is known: every value of a document has a form in JSON.
pub fn document(document: &Document) -> Result<Vec<u8>, Unwritable> {
    let mut text = serde_json::to_vec_pretty(&document.json())?;
    text.push(b'\n');
    Ok(text)
}
