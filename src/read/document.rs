//! A file in any format that is read, as a document: its text block by block.
//!
//! Who speaks is not looked for here, so that a manuscript or a guide can be read as well as a transcript.

use super::block::{Block, Voice};
use super::content::{Content, Source};
pub use super::formats::Format;
use super::formats::Reader;
use super::recognise::{self, Recognised, recognise};
use super::unreadable::Unreadable;
use super::{damaged, decode};
use crate::domain::message::Message;
use crate::msg;

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its format.
    pub format: Format,
    /// The encoding of its text; absent where the format settles that.
    pub encoding: Option<&'static str>,
    /// Its lines and paragraphs, in order, without markup, controls and what is blank.
    pub blocks: Vec<Block<'static>>,
    /// What was left out, and what else the researcher should know.
    pub notes: Vec<Message>,
    /// What the file says about its speakers: label, and a name, a role or both.
    pub roles: Vec<(String, String)>,
    /// The tag of the language in which the file says it is.
    pub language: Option<String>,
}

/// Reads a file: its name, its bytes, and the encoding of its text if the researcher names one.
///
/// # Errors
/// Says what is wrong with the file, or how to save one of another format as text; a file without text
/// is refused.
pub fn read(name: &str, bytes: &[u8], encoding: Option<&str>) -> Result<Document, Unreadable> {
    let source = Source { name, bytes, encoding };
    let document = match recognise(&source)? {
        Recognised::Bytes(entry) => match entry.reader {
            Reader::Bytes(read) => document(entry.format, read(&source)?),
            Reader::Text(_) => return Err(no_text()),
        },
        Recognised::Text(entry, decoded) => {
            let mut content = match entry.reader {
                Reader::Bytes(read) => read(&source)?,
                Reader::Text(read) => read(&decoded.text)?,
            };
            content.notes.splice(0..0, decoded.notes);
            content.encoding = content.encoding.or(Some(decoded.encoding));
            document(entry.format, content)
        }
    };
    if document.blocks.is_empty() {
        return Err(no_text());
    }
    Ok(document)
}

/// How many bytes of a file tell whether the rest is worth reading: see [`by_head`].
pub const HEAD: usize = recognise::HEAD;

/// Why a file that begins like this need not be read further: it is a recording, a picture, or no text at
/// all. Absent where the rest of it has to tell.
#[must_use]
pub fn by_head(head: &[u8]) -> Option<Unreadable> {
    recognise::by_head(head)
}

fn document(format: Format, mut content: Content<'_>) -> Document {
    let controls: usize = content.blocks.iter_mut().map(without_controls).sum();
    content.blocks.retain(|block| !block.text.trim().is_empty());
    if controls > 0 {
        content.notes.push(msg!("import.note.controls", n = controls));
    }
    // What these readers cannot tell, and control characters, became U+FFFD here.
    let replaced = matches!(format, Format::Rtf | Format::Pdf)
        || content.notes.iter().any(|it| it.key == "import.note.controls");
    let damaged = damaged::places(content.blocks.iter().map(|it| &*it.text), replaced);
    if damaged >= 2 {
        content.notes.push(msg!("import.note.damaged", n = damaged));
    }
    let texts = || content.blocks.iter().map(|it| &*it.text);
    let (codes, unaccented) = (damaged::codes(texts()), damaged::unaccented(texts()));
    if codes >= 2 {
        content.notes.push(msg!("import.note.coded", n = codes));
    }
    if let Some(words) = unaccented.filter(|_| format != Format::ChatLog) {
        content.notes.push(msg!("import.note.unaccented", n = words));
    }
    let Content { blocks, notes, encoding, roles, language } = content;
    let blocks = blocks.into_iter().map(Block::into_owned).collect();
    Document { format, encoding, blocks, notes, roles, language }
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

/// That there is no text in a file.
#[must_use]
pub fn no_text() -> Unreadable {
    Unreadable::new(msg!("import.empty"), msg!("import.empty.fix"))
}
