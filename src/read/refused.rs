//! Formats that are recognised and not read: what each is, and the way to save it as one that is.

use super::archive::Archive;
use super::unreadable::Unreadable;
use crate::msg;

/// A format that is recognised and not read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    Zip,
    Ole,
    Writer,
    Html,
    Subtitles,
    Spreadsheet,
    Xml,
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
            Self::Writer => (msg!("import.is.writer"), msg!("import.is.word.fix")),
            Self::Html => (msg!("import.is.html"), msg!("import.is.html.fix")),
            Self::Subtitles => (msg!("import.is.subtitles"), msg!("import.is.subtitles.fix")),
            Self::Spreadsheet => (msg!("import.is.spreadsheet"), msg!("import.is.spreadsheet.fix")),
            Self::Xml => (msg!("import.is.xml"), msg!("import.is.export.fix")),
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
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Other::Ole),
    (b"\x1f\x8b", Other::Archive),
    (b"7z\xbc\xaf\x27\x1c", Other::Archive),
    (b"Rar!\x1a\x07", Other::Archive),
    (b"ID3\x02", Other::Recording),
    (b"ID3\x03", Other::Recording),
    (b"ID3\x04", Other::Recording),
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

/// What the first bytes say that a file is, if it is one of these.
pub(super) fn by_content(bytes: &[u8]) -> Option<Other> {
    if let Some((_, other)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(*other);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Other::Recording);
    }
    None
}

/// What the first words of a text say that it is, if it is one of these.
pub(super) fn by_text(text: &str) -> Option<Other> {
    let head: String = text.trim_start().chars().take(1024).collect();
    let head = head.to_ascii_lowercase();
    let begins = |marks: &[&str]| marks.iter().any(|mark| head.starts_with(mark));
    if begins(&["<?xml", "<!doctype"]) {
        return Some(Other::Xml);
    }
    None
}

/// What an archive is that holds none of the formats that are read, if that can be told.
pub(super) fn by_package(package: &mut Archive<'_>) -> Option<Other> {
    let kind = match package.part("mimetype") {
        Ok(Some(kind)) => String::from_utf8_lossy(&kind).into_owned(),
        _ => String::new(),
    };
    let any = |prefixes: &[&str]| prefixes.iter().any(|it| package.has_under(it));
    if kind.contains("epub") {
        Some(Other::Epub)
    } else if kind.contains("opendocument.spreadsheet") || any(&["xl/"]) {
        Some(Other::Spreadsheet)
    } else if kind.contains("opendocument.presentation") || any(&["ppt/"]) {
        Some(Other::Slides)
    } else if kind.contains("opendocument") || any(&["content.xml"]) {
        Some(Other::Writer)
    } else if any(&["project.qde"]) {
        Some(Other::Project)
    } else if any(&["[Content_Types].xml"]) {
        None
    } else {
        Some(Other::Zip)
    }
}

/// What the extension of a file's name says that it is, if it is one of these.
pub(super) fn by_name(extension: &str) -> Option<Other> {
    Some(match extension {
        "pages" | "wps" | "wpd" => Other::Writer,
        "doc" | "dot" => Other::Ole,
        "mhtml" | "mht" | "webarchive" => Other::Html,
        "sbv" | "ass" | "ssa" | "ttml" | "dfxp" | "sub" => Other::Subtitles,
        "xls" | "ods" | "numbers" => Other::Spreadsheet,
        "xml" | "eaf" | "trs" | "exb" | "tei" | "textgrid" => Other::Xml,
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
