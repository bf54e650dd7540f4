//! Which format a file is in, by its bytes first and its name second.

use super::unreadable::Unreadable;
use crate::domain::message::Message;
use crate::msg;

/// A format that import reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A Word document, still to be opened as an archive.
    Docx,
}

impl Format {
    /// What people call it.
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            Self::Text => msg!("import.format.text"),
            Self::Markdown => msg!("import.format.markdown"),
            Self::Docx => msg!("import.format.docx"),
        }
    }
}

/// Tells the format of a file.
///
/// # Errors
/// For a format that is not read, says how to save it as one that is.
pub fn recognise(name: &str, bytes: &[u8]) -> Result<Format, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::new(msg!("import.empty"), msg!("import.empty.fix")));
    }
    let extension = extension(name);
    if let Some(other) = by_content(bytes) {
        return match other {
            Other::Zip => Ok(Format::Docx),
            other => Err(other.unreadable()),
        };
    }
    match extension.as_str() {
        "docx" | "docm" | "dotx" => {
            Err(Unreadable::new(msg!("import.docx.no-zip"), msg!("import.docx.damaged.fix")))
        }
        "md" | "markdown" | "mdown" | "mkd" => Ok(Format::Markdown),
        _ => match by_name(&extension) {
            Some(other) => Err(other.unreadable()),
            None => Ok(Format::Text),
        },
    }
}

/// What is said of an archive that is no Word document, if its name tells what it is.
pub(super) fn by_its_name(name: &str) -> Option<Unreadable> {
    by_name(&extension(name)).map(Other::unreadable)
}

/// The extension of a file name in small letters, without its point.
fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or_else(String::new, |(_, it)| it.to_ascii_lowercase())
}

/// A format that is recognised and not read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    Zip,
    Ole,
    Pdf,
    Rtf,
    Odt,
    Html,
    Subtitles,
    Spreadsheet,
    Table,
    Json,
    Xml,
    Chat,
    Epub,
    Slides,
    Project,
    Recording,
    Picture,
    Archive,
}

impl Other {
    /// What the file is, and the way to save it as text.
    pub(super) fn unreadable(self) -> Unreadable {
        let (what, fix) = match self {
            Self::Zip => (msg!("import.is.zip"), msg!("import.is.zip.fix")),
            Self::Ole => (msg!("import.is.ole"), msg!("import.is.ole.fix")),
            Self::Pdf => (msg!("import.is.pdf"), msg!("import.is.pdf.fix")),
            Self::Rtf => (msg!("import.is.rtf"), msg!("import.is.word.fix")),
            Self::Odt => (msg!("import.is.odt"), msg!("import.is.word.fix")),
            Self::Html => (msg!("import.is.html"), msg!("import.is.html.fix")),
            Self::Subtitles => (msg!("import.is.subtitles"), msg!("import.is.subtitles.fix")),
            Self::Spreadsheet => (msg!("import.is.spreadsheet"), msg!("import.is.spreadsheet.fix")),
            Self::Table => (msg!("import.is.table"), msg!("import.is.spreadsheet.fix")),
            Self::Json => (msg!("import.is.json"), msg!("import.is.export.fix")),
            Self::Xml => (msg!("import.is.xml"), msg!("import.is.export.fix")),
            Self::Chat => (msg!("import.is.chat"), msg!("import.is.chat.fix")),
            Self::Epub => (msg!("import.is.epub"), msg!("import.is.html.fix")),
            Self::Slides => (msg!("import.is.slides"), msg!("import.is.slides.fix")),
            Self::Project => (msg!("import.is.project"), msg!("import.is.project.fix")),
            Self::Recording => (msg!("import.is.recording"), msg!("import.is.recording.fix")),
            Self::Picture => (msg!("import.is.picture"), msg!("import.is.picture.fix")),
            Self::Archive => (msg!("import.is.archive"), msg!("import.is.zip.fix")),
        };
        Unreadable::new(what, fix)
    }
}

/// Bytes that only one format begins with.
const MAGIC: &[(&[u8], Other)] = &[
    (b"PK\x03\x04", Other::Zip),
    (b"PK\x05\x06", Other::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Other::Ole),
    (b"{\\rtf", Other::Rtf),
    (b"\x1f\x8b", Other::Archive),
    (b"7z\xbc\xaf\x27\x1c", Other::Archive),
    (b"Rar!\x1a\x07", Other::Archive),
    (b"ID3", Other::Recording),
    (b"OggS", Other::Recording),
    (b"fLaC", Other::Recording),
    (b"RIFF", Other::Recording),
    (b"\xff\xfb", Other::Recording),
    (b"\x1a\x45\xdf\xa3", Other::Recording),
    (b"\x89PNG", Other::Picture),
    (b"\xff\xd8\xff", Other::Picture),
    (b"GIF8", Other::Picture),
    (b"II*\0", Other::Picture),
    (b"MM\0*", Other::Picture),
];

fn by_content(bytes: &[u8]) -> Option<Other> {
    if let Some((_, other)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(*other);
    }
    let head = bytes.get(..1024.min(bytes.len())).unwrap_or_default();
    if head.windows(5).any(|it| it == b"%PDF-") {
        return Some(Other::Pdf);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Other::Recording);
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    // What these formats begin with is ASCII in every encoding that has one byte a letter.
    let text = String::from_utf8_lossy(head).trim_start().to_lowercase();
    let begins = |marks: &[&str]| marks.iter().any(|mark| text.starts_with(mark));
    if begins(&["webvtt"]) || is_srt(&text) {
        return Some(Other::Subtitles);
    }
    if begins(&["<!doctype html", "<html", "<head", "<body"]) {
        return Some(Other::Html);
    }
    if begins(&["<?xml", "<!doctype"]) {
        return Some(if text.contains("<html") { Other::Html } else { Other::Xml });
    }
    if begins(&["@utf8", "@begin"]) {
        return Some(Other::Chat);
    }
    let after_bracket = text.strip_prefix(['[', '{']).map(str::trim_start);
    let json = match (text.as_bytes().first(), after_bracket) {
        (Some(b'{'), Some(rest)) => rest.starts_with('"'),
        (Some(b'['), Some(rest)) => rest.starts_with('{'),
        _ => false,
    };
    json.then_some(Other::Json)
}

/// A number, then a line with two times and an arrow.
fn is_srt(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let number =
        lines.next().is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
    number
        && lines.next().is_some_and(|it| {
            it.starts_with(|first: char| first.is_ascii_digit()) && it.contains(" --> ")
        })
}

fn by_name(extension: &str) -> Option<Other> {
    Some(match extension {
        "pdf" => Other::Pdf,
        "rtf" => Other::Rtf,
        "odt" | "fodt" | "ott" | "pages" | "wps" | "wpd" => Other::Odt,
        "doc" | "dot" => Other::Ole,
        "html" | "htm" | "xhtml" | "mhtml" => Other::Html,
        "vtt" | "srt" | "sbv" | "ass" | "ssa" => Other::Subtitles,
        "xlsx" | "xls" | "xlsm" | "ods" | "numbers" => Other::Spreadsheet,
        "csv" | "tsv" => Other::Table,
        "json" | "jsonl" => Other::Json,
        "xml" | "eaf" | "trs" | "exb" | "tei" | "textgrid" => Other::Xml,
        "cha" | "cex" => Other::Chat,
        "epub" => Other::Epub,
        "pptx" | "ppt" | "odp" => Other::Slides,
        "qdpx" | "qdc" | "mx24" | "mx22" | "mx20" | "nvp" | "nvpx" | "atlproj" => Other::Project,
        "mp3" | "m4a" | "wav" | "ogg" | "flac" | "mp4" | "mov" | "wma" | "aac" | "webm" | "mkv" => {
            Other::Recording
        }
        "png" | "jpg" | "jpeg" | "tif" | "tiff" | "gif" | "heic" => Other::Picture,
        "gz" | "7z" | "rar" | "tar" | "zip" => Other::Archive,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, bytes: &[u8]) -> String {
        match recognise(name, bytes) {
            Ok(format) => format!("{format:?}"),
            Err(it) => it.what.key.to_owned(),
        }
    }

    #[test]
    fn a_file_is_what_its_bytes_say_and_then_what_its_name_says() {
        for (name, bytes, expected) in [
            ("a.txt", &b"P1: yes"[..], "Text"),
            ("a.md", b"P1: yes", "Markdown"),
            ("a", b"P1: yes", "Text"),
            ("a.v2", b"P1: yes", "Text"),
            ("a.txt", b"PK\x03\x04", "Docx"),
            ("a.docx", b"P1: yes", "import.docx.no-zip"),
            ("a.txt", b"%PDF-1.4", "import.is.pdf"),
            ("a.doc", b"{\\rtf1", "import.is.rtf"),
            ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import.is.ole"),
            ("a.txt", b"\xef\xbb\xbfWEBVTT\n", "import.is.subtitles"),
            ("a.txt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\n", "import.is.subtitles"),
            ("a.txt", b"1\nP1: yes --> no", "Text"),
            ("a.txt", b"[P1] yes", "Text"),
            ("a.txt", b"[{\"start\": 1}]", "import.is.json"),
            ("a.txt", b"{ \"segments\": []}", "import.is.json"),
            ("a.txt", b"{vocalsound} yes", "Text"),
            ("a.txt", b"<!DOCTYPE html>", "import.is.html"),
            ("a.csv", b"a,b", "import.is.table"),
            ("a.srt", b"hello", "import.is.subtitles"),
            ("a.txt", b"", "import.empty"),
        ] {
            assert_eq!(told(name, bytes), expected, "{name} {bytes:?}");
        }
    }
}
