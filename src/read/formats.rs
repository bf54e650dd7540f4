//! The formats that import reads: for each how it is recognised, and who reads it. A new one is a line here.

use super::archive::Archive;
use super::captions;
use super::chat;
use super::chat_log;
use super::content::{Content, Source};
use super::docx;
use super::html;
use super::json;
use super::latex;
use super::markdown;
use super::odt;
use super::pdf;
use super::rtf;
use super::tabular;
use super::text;
use super::unreadable::Unreadable;
use crate::domain::message::Message;

/// A format that import reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A Word document.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// An OpenDocument text in one piece of XML.
    FlatOdt,
    /// Rich text.
    Rtf,
    /// A web page.
    Html,
    /// Pages that are ready for print.
    Pdf,
    /// Captions of the web.
    Vtt,
    /// SubRip captions.
    Srt,
    /// JSON of speech recognition.
    Json,
    /// A workbook.
    Workbook,
    /// A table as text.
    Table,
    /// The log of a chat.
    ChatLog,
    /// CHAT, the transcripts of TalkBank.
    Chat,
    /// LaTeX.
    Latex,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

/// How a format is known.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    /// By the parts of an archive.
    Package(fn(&mut Archive<'_>) -> bool),
    /// By its bytes.
    Bytes(fn(&[u8]) -> bool),
    /// By its text, whatever the file is called.
    Text(fn(&str) -> bool),
    /// By its text, where the file's name says nothing else.
    Likely(fn(&str) -> bool),
}

/// Who reads a format.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// From bytes.
    Bytes(fn(&Source<'_>) -> Result<Content<'static>, Unreadable>),
    /// From text, whatever its encoding was.
    Text(for<'a> fn(&'a str) -> Result<Content<'a>, Unreadable>),
}

/// One format.
pub(super) struct Entry {
    pub(super) format: Format,
    /// What people call it: a key in `words/`.
    name: &'static str,
    /// How names of such files end.
    extensions: &'static [&'static str],
    pub(super) sign: Sign,
    pub(super) reader: Reader,
}

/// All formats, those that are certain first.
#[rustfmt::skip] // one a line, so that two additions do not meet
pub(super) const FORMATS: &[Entry] = &[
    Entry { format: Format::Docx, name: "import.format.docx", extensions: &["docx", "docm", "dotx"], sign: Sign::Package(docx::is_one), reader: Reader::Bytes(docx::read) },
    Entry { format: Format::Odt, name: "import.format.odt", extensions: &["odt", "ott", "odm"], sign: Sign::Package(odt::is_one), reader: Reader::Bytes(odt::read) },
    Entry { format: Format::FlatOdt, name: "import.format.fodt", extensions: &["fodt"], sign: Sign::Text(odt::is_flat), reader: Reader::Text(odt::read_flat) },
    Entry { format: Format::Rtf, name: "import.format.rtf", extensions: &["rtf"], sign: Sign::Bytes(rtf::is_one), reader: Reader::Bytes(rtf::read) },
    Entry { format: Format::Html, name: "import.format.html", extensions: &["html", "htm", "xhtml"], sign: Sign::Bytes(html::is_one), reader: Reader::Bytes(html::read) },
    Entry { format: Format::Pdf, name: "import.format.pdf", extensions: &["pdf"], sign: Sign::Bytes(pdf::is_one), reader: Reader::Bytes(pdf::read) },
    Entry { format: Format::Workbook, name: "import.format.workbook", extensions: &["xlsx", "xlsm", "ods"], sign: Sign::Package(tabular::is_workbook), reader: Reader::Bytes(tabular::read_workbook) },
    Entry { format: Format::Vtt, name: "import.format.vtt", extensions: &["vtt"], sign: Sign::Text(captions::is_vtt), reader: Reader::Text(captions::read_vtt) },
    Entry { format: Format::Srt, name: "import.format.srt", extensions: &["srt"], sign: Sign::Text(captions::is_srt), reader: Reader::Text(captions::read_srt) },
    Entry { format: Format::Chat, name: "import.format.chat", extensions: &["cha", "cex"], sign: Sign::Bytes(chat::is_one), reader: Reader::Bytes(chat::read) },
    Entry { format: Format::Json, name: "import.format.json", extensions: &["json", "jsonl", "ndjson"], sign: Sign::Text(json::is_one), reader: Reader::Text(json::read) },
    Entry { format: Format::Latex, name: "import.format.latex", extensions: &["tex", "ltx", "latex"], sign: Sign::Text(latex::is_one), reader: Reader::Text(latex::read) },
    Entry { format: Format::ChatLog, name: "import.format.chat_log", extensions: &[], sign: Sign::Likely(chat_log::is_likely), reader: Reader::Text(chat_log::read) },
    Entry { format: Format::Table, name: "import.format.table", extensions: &["csv", "tsv", "tab", "psv"], sign: Sign::Likely(tabular::is_likely), reader: Reader::Text(tabular::read_delimited) },
    Entry { format: Format::Markdown, name: "import.format.markdown", extensions: &["md", "markdown", "mdown", "mkd"], sign: Sign::Likely(markdown::looks_like_markdown), reader: Reader::Text(markdown::read) },
    Entry { format: Format::Text, name: "import.format.text", extensions: &[], sign: Sign::Likely(|_| true), reader: Reader::Text(text::read) },
];

impl Format {
    /// What people call it.
    #[must_use]
    pub fn name(self) -> Message {
        let entry = FORMATS.iter().find(|it| it.format == self);
        Message::new(entry.map_or("import.format.text", |it| it.name))
    }
}

impl Entry {
    /// Whether it is a format of its own bytes, and no text.
    pub(super) fn is_binary(&self) -> bool {
        // A web page is known by its bytes because these say its encoding; it is text all the same.
        matches!(self.sign, Sign::Package(_) | Sign::Bytes(_)) && self.format != Format::Html
    }
}

/// The format that a file's extension names.
pub(super) fn by_extension(extension: &str) -> Option<&'static Entry> {
    FORMATS.iter().find(|it| it.extensions.contains(&extension))
}

/// The entry of a format.
pub(super) fn entry(format: Format) -> Option<&'static Entry> {
    FORMATS.iter().find(|it| it.format == format)
}
