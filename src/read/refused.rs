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
    (b"BZh", Other::Archive),
    (b"\xfd7zXZ\0", Other::Archive),
    (b"\x28\xb5\x2f\xfd", Other::Archive),
    (b"7z\xbc\xaf\x27\x1c", Other::Archive),
    (b"Rar!\x1a\x07", Other::Archive),
    (b"ID3\x02", Other::Recording),
    (b"ID3\x03", Other::Recording),
    (b"ID3\x04", Other::Recording),
    (b"OggS", Other::Recording),
    (b"fLaC", Other::Recording),
    (b"#!AMR", Other::Recording),
    (b"#!SILK", Other::Recording),
    (b"caff\0", Other::Recording),
    (b".snd\0", Other::Recording),
    (b"MThd\0", Other::Recording),
    (b"FLV\x01", Other::Recording),
    (b".RMF\0", Other::Recording),
    (b"wvpk", Other::Recording),
    (b"MAC \x96\x0f", Other::Recording),
    // Dictation machines: .dss, .ds2.
    (b"\x02dss", Other::Recording),
    (b"\x03dss", Other::Recording),
    (b"\x01ds2", Other::Recording),
    (b"\x03ds2", Other::Recording),
    (b"\x06dss", Other::Recording),
    // .wma, .wmv, .asf
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Other::Recording),
    (b"\0\0\x01\xba", Other::Recording),
    (b"\0\0\x01\xb3", Other::Recording),
    (b"ADIF", Other::Recording),
    (b"\x1a\x45\xdf\xa3", Other::Recording),
    (b"\x89PNG", Other::Picture),
    (b"\xff\xd8\xff", Other::Picture),
    (b"GIF87a", Other::Picture),
    (b"GIF89a", Other::Picture),
    (b"II*\0", Other::Picture),
    (b"MM\0*", Other::Picture),
    (b"8BPS\0", Other::Picture),
];

/// The kinds that the eight bytes from the fourth on tell: containers of Apple and their like.
const ATOMS: &[&[u8]] = &[b"ftyp", b"moov", b"mdat", b"wide", b"pnot", b"skip", b"free"];

/// What the first bytes say that a file is, if it is one of these.
pub(super) fn by_content(bytes: &[u8]) -> Option<Other> {
    let is_text = |bytes: &[u8]| bytes.iter().all(|byte| !is_control(*byte));
    // What anybody may type begins such a file only where something follows that nobody can.
    let begins = bytes.get(..64.min(bytes.len())).unwrap_or_default();
    let is_typed = is_text(begins);
    let is = |(magic, _): &&(&[u8], Other)| {
        bytes.starts_with(magic) && !(is_typed && is_text(magic) && magic.is_ascii())
    };
    if let Some((_, other)) = MAGIC.iter().find(is) {
        return Some(*other);
    }
    if is_typed {
        return None;
    }
    let from = |at: usize, length: usize| bytes.get(at..at + length).unwrap_or_default();
    match (from(0, 4), from(8, 4)) {
        (b"RIFF", b"WEBP") => return Some(Other::Picture),
        (b"RIFF" | b"RF64", _) => return Some(Other::Recording),
        (b"FORM", b"AIFF" | b"AIFC" | b"8SVX") => return Some(Other::Recording),
        _ => {}
    }
    if from(4, 4) == b"ftyp" {
        let picture = [&b"heic"[..], b"heix", b"mif1", b"avif"].contains(&from(8, 4));
        return Some(if picture { Other::Picture } else { Other::Recording });
    }
    // The length of the first part stands before its name, and is no text.
    if ATOMS.contains(&from(4, 4)) && bytes.first() == Some(&0) {
        return Some(Other::Recording);
    }
    if is_transport_stream(bytes) || is_frames(bytes) {
        return Some(Other::Recording);
    }
    (from(257, 5) == b"ustar").then_some(Other::Archive)
}

/// Whether a byte is one that no text holds.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)
}

/// Whether the first bytes of a file, which are in no encoding of two bytes, cannot be text: so many of
/// them are control characters that nobody typed this. Bytes that are not even UTF-8 need fewer to tell.
pub(super) fn is_no_text(head: &[u8]) -> bool {
    let controls = head.iter().filter(|byte| is_control(**byte)).count();
    let utf8 = std::str::from_utf8(head).map_or_else(|it| it.error_len().is_none(), |_| true);
    controls > if utf8 { 8 } else { 2 } && controls * 50 > head.len()
}

/// Camcorders' .mts and .m2ts: packets of 188 bytes that begin with the same byte, four more before each
/// in the second kind.
fn is_transport_stream(bytes: &[u8]) -> bool {
    [(0, 188), (4, 192)].iter().any(|(first, packet)| {
        let starts: Vec<&u8> = bytes.iter().skip(*first).step_by(*packet).take(4).collect();
        starts.len() >= 3 && starts.iter().all(|byte| **byte == b'G')
    })
}

/// Bare frames of sound (.mp3, .aac): eleven or twelve bits that are set, then a kind that exists.
fn is_frames(bytes: &[u8]) -> bool {
    let Some([0xff, second, third, ..]) = bytes.get(..4) else { return false };
    let layer = second >> 1 & 3;
    let adts = second & 0xf6 == 0xf0;
    // The third layer is in no file that anybody has, and looks like a byte order mark.
    let mpeg = second & 0xe0 == 0xe0 && matches!(layer, 1 | 2) && second >> 3 & 3 != 1;
    adts || (mpeg && third >> 4 != 15 && third >> 2 & 3 != 3)
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
    } else if any(&["xl/"]) {
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
        "xls" | "numbers" => Other::Spreadsheet,
        "xml" | "eaf" | "trs" | "exb" | "tei" | "textgrid" => Other::Xml,
        "epub" => Other::Epub,
        "pptx" | "ppt" | "odp" => Other::Slides,
        "qdpx" | "qdc" | "mx24" | "mx22" | "mx20" | "nvp" | "nvpx" | "atlproj" => Other::Project,
        "mp3" | "m4a" | "m4b" | "wav" | "ogg" | "oga" | "opus" | "flac" | "aac" | "amr" | "3ga"
        | "wma" | "aif" | "aiff" | "aifc" | "caf" | "au" | "dss" | "ds2" | "dvf" | "msv"
        | "weba" => Other::Recording,
        "mp4" | "m4v" | "mov" | "avi" | "wmv" | "webm" | "mkv" | "mts" | "m2ts" | "mpg"
        | "mpeg" | "3gp" | "flv" => Other::Recording,
        "png" | "jpg" | "jpeg" | "tif" | "tiff" | "gif" | "heic" => Other::Picture,
        "gz" | "7z" | "rar" | "tar" | "zip" => Other::Archive,
        _ => return None,
    })
}
