//! A file that is to be imported, whatever its format, into a draft.

use super::recognise::{self, Format};
use super::unreadable::Unreadable;
use super::{decode, docx, markdown, text};
use crate::msg;
use crate::unitize::draft::Draft;
use crate::unitize::speakers;

/// A file as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its format.
    pub format: Format,
    /// The encoding of its text; absent where the format settles that.
    pub encoding: Option<&'static str>,
    /// What was found in it.
    pub draft: Draft,
}

/// Reads a file: its name, its bytes, the encoding if the researcher named one, and the labels that
/// the list of speakers declares.
///
/// # Errors
/// Says what is wrong with the file, or how to save one of another format as text.
pub fn read(
    name: &str,
    bytes: &[u8],
    encoding: Option<&str>,
    declared: &[String],
) -> Result<Imported, Unreadable> {
    let imported = match recognise::recognise(name, bytes)? {
        Format::Docx => {
            let blocks = docx::blocks(bytes);
            let (blocks, notes) =
                blocks.map_err(|it| recognise::by_its_name(name).unwrap_or(it))?;
            let mut draft = speakers::find(&blocks, declared);
            draft.notes.splice(0..0, notes);
            Imported { format: Format::Docx, encoding: None, draft }
        }
        format => {
            let decoded = decode::decode(bytes, encoding)?;
            let marked = format == Format::Markdown || markdown::looks_like_markdown(&decoded.text);
            let format = if marked { Format::Markdown } else { Format::Text };
            let blocks = match format {
                Format::Markdown => markdown::blocks(&decoded.text),
                _ => text::blocks(&decoded.text),
            };
            let mut draft = speakers::find(&blocks, declared);
            draft.notes.splice(0..0, decoded.notes);
            Imported { format, encoding: Some(decoded.encoding), draft }
        }
    };
    if imported.draft.paragraphs.is_empty() {
        return Err(Unreadable::new(msg!("import.empty"), msg!("import.empty.fix")));
    }
    Ok(imported)
}
