//! What every reader of transcripts is given, and what it hands back.

use crate::domain::message::Message;
use crate::read::block::Block;

/// A file that is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// Its encoding, if the researcher named one.
    pub(super) encoding: Option<&'a str>,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Content<'a> {
    /// Its lines and paragraphs, in order.
    pub(super) blocks: Vec<Block<'a>>,
    /// What was left out, and what else the researcher should know.
    pub(super) notes: Vec<Message>,
    /// The encoding of its text, where the reader found it in the bytes.
    pub(super) encoding: Option<&'static str>,
    /// What the file says about its speakers: label, and a name, a role or both.
    pub(super) roles: Vec<(String, String)>,
    /// The tag of the language in which the file says it is.
    pub(super) language: Option<String>,
}

impl<'a> Content<'a> {
    /// Blocks of which nothing more is to be said.
    pub(super) fn of(blocks: Vec<Block<'a>>) -> Self {
        Self { blocks, ..Self::default() }
    }
}

/// Line numbers as a sentence names them: the first five, and that there are more.
pub(super) fn places(lines: &[u32]) -> String {
    let shown: Vec<String> = lines.iter().take(5).map(u32::to_string).collect();
    let more = if lines.len() > shown.len() { " …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
