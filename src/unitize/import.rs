//! A file that is to be imported, whatever its format, into a draft: what it holds, and who speaks.

use super::draft::Draft;
pub use super::pattern::Pattern;
use super::speakers::{self, Hints};
use crate::language::detect;
pub use crate::read::document::Format;
use crate::read::document::{self, Document};
use crate::read::unreadable::Unreadable;

/// A file as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its format.
    pub format: Format,
    /// The encoding of its text; absent where the format settles that.
    pub encoding: Option<&'static str>,
    /// What was found in it.
    pub draft: Draft,
    /// The tag of the language in which most of it was said: by its words, else as the file says; absent
    /// where that is not clear.
    pub language: Option<String>,
}

/// What the researcher says about a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The encoding of its text.
    pub encoding: Option<&'a str>,
    /// Labels that the list of speakers declares.
    pub declared: &'a [String],
    /// The researcher's own pattern for labels.
    pub pattern: Option<&'a Pattern>,
}

/// Paragraphs looked at to tell the language.
const PARAGRAPHS: usize = 400;

/// Reads a file: its name, its bytes, and what the researcher says about it.
///
/// # Errors
/// Says what is wrong with the file, or how to save one of another format as text.
pub fn read(name: &str, bytes: &[u8], options: &Options<'_>) -> Result<Imported, Unreadable> {
    let document = document::read(name, bytes, options.encoding)?;
    let imported = understood(document, options);
    if imported.draft.paragraphs.is_empty() {
        return Err(document::no_text());
    }
    Ok(imported)
}

fn understood(document: Document, options: &Options<'_>) -> Imported {
    let hints =
        Hints { declared: options.declared, roles: &document.roles, pattern: options.pattern };
    let mut draft = speakers::find(&document.blocks, &hints);
    draft.notes.splice(0..0, document.notes);
    // All over the text, because it may begin with a list of names.
    let step = draft.paragraphs.len().div_ceil(PARAGRAPHS).max(1);
    let spoken = draft.paragraphs.iter().step_by(step).map(|it| it.text.as_str());
    let named = document.language.as_deref().and_then(detect::tag_of);
    let language = detect::detect(spoken).map(str::to_owned).or(named);
    Imported { format: document.format, encoding: document.encoding, draft, language }
}
