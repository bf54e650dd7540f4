//! Which format a file is in: by its bytes first, then by its text, and only then by its name.

use super::archive::Archive;
use super::content::Source;
use super::decode::{self, Decoded, decode};
use super::formats::{self, Entry, FORMATS, Format, Sign};
use super::refused;
use super::unreadable::Unreadable;
use crate::msg;

/// A file whose format is known.
pub(super) enum Recognised<'a> {
    /// One that is read from its bytes.
    Bytes(&'static Entry),
    /// One that is text.
    Text(&'static Entry, Decoded<'a>),
}

/// Tells the format of a file.
///
/// # Errors
/// For a format that is not read, says how to save it as one that is.
pub(super) fn recognise<'a>(source: &Source<'a>) -> Result<Recognised<'a>, Unreadable> {
    let bytes = source.bytes;
    if bytes.is_empty() {
        return Err(Unreadable::new(msg!("import.empty"), msg!("import.empty.fix")));
    }
    let extension = extension(source.name);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes, &extension).map(Recognised::Bytes);
    }
    let by_bytes = |it: &&Entry| matches!(it.sign, Sign::Bytes(is_one) if is_one(bytes));
    if let Some(entry) = FORMATS.iter().find(by_bytes) {
        return Ok(Recognised::Bytes(entry));
    }
    if let Some(other) = refused::by_content(bytes) {
        return Err(other.unreadable());
    }
    if source.encoding.is_none() && no_text(head(bytes)) {
        return Err(by_name(&extension).err().unwrap_or_else(not_text));
    }
    let decoded = match decode(bytes, source.encoding) {
        Ok(decoded) => decoded,
        Err(error) => return Err(by_name(&extension).err().unwrap_or(error)),
    };
    let entry = text(&decoded.text, &extension)?;
    Ok(Recognised::Text(entry, decoded))
}

/// How many bytes tell whether a file is text.
pub(super) const HEAD: usize = 1 << 16;

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD).unwrap_or(bytes)
}

/// Why a file that begins like this need not be read further: what it is, or that it is no text; absent
/// where the rest of it has to tell.
pub(super) fn by_head(bytes: &[u8]) -> Option<Unreadable> {
    let by_bytes = |it: &Entry| matches!(it.sign, Sign::Bytes(is_one) if is_one(bytes));
    if bytes.starts_with(b"PK") || FORMATS.iter().any(by_bytes) {
        return None;
    }
    match refused::by_content(bytes) {
        Some(other) => Some(other.unreadable()),
        None => no_text(head(bytes)).then(not_text),
    }
}

fn no_text(head: &[u8]) -> bool {
    !decode::is_of_two_bytes(head) && refused::is_no_text(head)
}

fn not_text() -> Unreadable {
    Unreadable::new(msg!("import.not-text"), msg!("import.not-text.fix"))
}

/// The format of an archive. One that cannot be opened is what its name says, whose reader says why not.
fn package(bytes: &[u8], extension: &str) -> Result<&'static Entry, Unreadable> {
    let named = || formats::by_extension(extension).filter(|it| it.is_binary());
    let nameless = || {
        let named = named().or_else(|| formats::entry(Format::Docx));
        named.ok_or_else(|| refused::Other::Zip.unreadable())
    };
    let Ok(mut archive) = Archive::open(bytes) else {
        return match refused::by_name(extension) {
            Some(other) => Err(other.unreadable()),
            None => nameless(),
        };
    };
    for entry in FORMATS {
        if matches!(entry.sign, Sign::Package(is_one) if is_one(&mut archive)) {
            return Ok(entry);
        }
    }
    match refused::by_package(&mut archive) {
        Some(other) => Err(other.unreadable()),
        None => nameless(),
    }
}

/// The format of a text.
fn text(text: &str, extension: &str) -> Result<&'static Entry, Unreadable> {
    let certain = |it: &&Entry| matches!(it.sign, Sign::Text(is_one) if is_one(text));
    if let Some(entry) = FORMATS.iter().find(certain) {
        return Ok(entry);
    }
    if let Some(other) = refused::by_text(text) {
        return Err(other.unreadable());
    }
    if let Some(entry) = by_name(extension)? {
        return Ok(entry);
    }
    let likely = |it: &&Entry| matches!(it.sign, Sign::Likely(is_one) if is_one(text));
    let likely = FORMATS.iter().find(likely).or_else(|| formats::entry(Format::Text));
    likely.ok_or_else(not_text)
}

/// The format of text that a name tells, if it tells any.
///
/// # Errors
/// It tells one that is not text, or is not read.
fn by_name(extension: &str) -> Result<Option<&'static Entry>, Unreadable> {
    match (formats::by_extension(extension), refused::by_name(extension)) {
        (Some(entry), _) if entry.is_binary() => {
            let what = msg!("import.misnamed", extension = extension);
            Err(Unreadable::new(what, msg!("import.misnamed.fix")))
        }
        (Some(entry), _) => Ok(Some(entry)),
        (None, Some(other)) => Err(other.unreadable()),
        (None, None) => Ok(None),
    }
}

/// The extension of a file name in small letters, without its point.
fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or_else(String::new, |(_, it)| it.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, bytes: &[u8]) -> String {
        match recognise(&Source { name, bytes, encoding: None }) {
            Ok(Recognised::Bytes(entry) | Recognised::Text(entry, _)) => {
                format!("{:?}", entry.format)
            }
            Err(it) => it.what.key.to_owned(),
        }
    }

    #[test]
    fn what_is_no_text_is_told_by_its_first_bytes() {
        let noise: Vec<u8> =
            (0..4000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let with = |first: &[u8]| [first, &noise].concat();
        let mut stream = noise.clone();
        stream.iter_mut().step_by(188).for_each(|byte| *byte = b'G');
        let mut camcorder = noise.clone();
        camcorder.iter_mut().skip(4).step_by(192).for_each(|byte| *byte = b'G');
        for (bytes, expected) in [
            (with(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9"), "import.is.recording"),
            (with(b"#!AMR\n"), "import.is.recording"),
            (with(b"\xff\xf1\x50\x80"), "import.is.recording"),
            (with(b"\xff\xf3\x40\xc4"), "import.is.recording"),
            (with(b"FORM\0\x01\0\0AIFF"), "import.is.recording"),
            (with(b"\x02dss"), "import.is.recording"),
            (with(b"\x03ds2"), "import.is.recording"),
            (with(b"\0\0\0\x14ftypqt  "), "import.is.recording"),
            (with(b"\0\0\0\x08wide"), "import.is.recording"),
            (with(b"\0\0\0\x18ftypheic"), "import.is.picture"),
            (with(b"RIFF\0\0\0\0WEBP"), "import.is.picture"),
            (stream, "import.is.recording"),
            (camcorder, "import.is.recording"),
            (with(b"BZh91AY&SY"), "import.is.archive"),
            (with(b"SQLite format 3\0"), "import.not-text"),
            (noise.clone(), "import.not-text"),
            (b"RIFF: yes, and OggS too".to_vec(), "Text"),
            (b"\xff\xfeP\x001\0:\0 \0y\0".to_vec(), "Text"),
            (b"GIF8: one bell\x07 in a text".to_vec(), "Text"),
        ] {
            let head = bytes.get(..16).unwrap_or(&bytes).to_vec();
            assert_eq!(told("a", &bytes), expected, "{head:?}");
            let refused = by_head(&bytes).map_or("Text", |it| it.what.key);
            assert_eq!(refused, expected, "{head:?}");
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
            ("a.docx", b"P1: yes", "import.misnamed"),
            ("a.txt", b"%PDF-1.4", "Pdf"),
            ("a.doc", b"{\\rtf1", "Rtf"),
            ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import.is.ole"),
            ("a.txt", b"\xef\xbb\xbfWEBVTT\n", "Vtt"),
            ("a.txt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\n", "Srt"),
            ("a.txt", b"1\nP1: yes --> no", "Text"),
            ("a.txt", b"[P1] yes", "Text"),
            ("a.txt", b"[{\"start\": 1}]", "Json"),
            ("a.txt", b"{ \"segments\": []}", "Json"),
            ("a.txt", b"{vocalsound} yes", "Text"),
            ("a.txt", b"ID3: yes", "Text"),
            ("a.txt", b"<!DOCTYPE html>", "Html"),
            ("a.csv", b"a,b", "Table"),
            ("a.srt", b"hello", "Srt"),
            ("a.sbv", b"hello", "import.is.subtitles"),
            ("a.txt", b"", "import.empty"),
        ] {
            assert_eq!(told(name, bytes), expected, "{name} {bytes:?}");
        }
    }
}
