//! A file that is to be imported, whatever its format, into a draft.

use super::content::{Content, Source};
use super::decode;
pub use super::formats::Format;
use super::formats::Reader;
use super::recognise::{Recognised, recognise};
use super::refused::{self, Other};
use super::unreadable::Unreadable;
use crate::language::detect;
use crate::msg;
use crate::unitize::block::{Block, Voice};
use crate::unitize::draft::Draft;
pub use crate::unitize::pattern::Pattern;
use crate::unitize::speakers::{self, Hints};

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
    let source = Source { name, bytes, encoding: options.encoding };
    let imported = match recognise(&source)? {
        Recognised::Bytes(entry) => match entry.reader {
            Reader::Bytes(read) => understood(entry.format, read(&source)?, options),
            Reader::Text(_) => return Err(no_text()),
        },
        Recognised::Text(entry, decoded) => {
            let mut content = match entry.reader {
                Reader::Bytes(read) => read(&source)?,
                Reader::Text(read) => read(&decoded.text)?,
            };
            content.notes.splice(0..0, decoded.notes);
            content.encoding = content.encoding.or(Some(decoded.encoding));
            understood(entry.format, content, options)
        }
    };
    if imported.draft.paragraphs.is_empty() {
        return Err(no_text());
    }
    Ok(imported)
}

/// What the first bytes of a file tell without the rest: that it is a recording or a picture, in which no
/// transcript can be.
#[must_use]
pub fn no_transcript(head: &[u8]) -> Option<Unreadable> {
    refused::by_content(head).map(Other::unreadable).filter(Unreadable::is_no_transcript)
}

fn understood(format: Format, mut content: Content<'_>, options: &Options<'_>) -> Imported {
    let controls: usize = content.blocks.iter_mut().map(without_controls).sum();
    content.blocks.retain(|block| !block.text.trim().is_empty());
    if controls > 0 {
        content.notes.push(msg!("import.note.controls", n = controls));
    }
    let hints =
        Hints { declared: options.declared, roles: &content.roles, pattern: options.pattern };
    let mut draft = speakers::find(&content.blocks, &hints);
    draft.notes.splice(0..0, content.notes);
    // All over the text, because it may begin with a list of names.
    let step = draft.paragraphs.len().div_ceil(PARAGRAPHS).max(1);
    let spoken = draft.paragraphs.iter().step_by(step).map(|it| it.text.as_str());
    let named = content.language.as_deref().and_then(detect::tag_of);
    let language = detect::detect(spoken).map(str::to_owned).or(named);
    Imported { format, encoding: content.encoding, draft, language }
}

/// Takes out of a block what no line of a transcript can hold, however the format wrote it (`&#7;`, `\u0007`),
/// and says how much that was.
fn without_controls(block: &mut Block<'_>) -> usize {
    let mut controls = 0;
    let mut cleaned = |text: &str| {
        let (out, found) = decode::clean(text)?;
        controls += found;
        Some(out)
    };
    if let Some(text) = cleaned(&block.text) {
        if block.strong > 0 {
            let strong = block.text.get(..block.strong).unwrap_or_default();
            block.strong = decode::clean(strong).map_or(block.strong, |(strong, _)| strong.len());
        }
        block.text = text.into();
    }
    if block.text.contains(['\n', '\r']) {
        block.text = block.text.replace(['\n', '\r'], " ").into();
    }
    if let Voice::Named(name) = &mut block.voice
        && let Some(clean) = cleaned(name)
    {
        *name = clean.into();
    }
    controls
}

fn no_text() -> Unreadable {
    Unreadable::new(msg!("import.empty"), msg!("import.empty.fix"))
}
