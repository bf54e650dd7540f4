//! Bytes into text: which encoding a file is in, and what in it is no text.
//!
//! In this order: a byte order mark; the pattern of NUL bytes that UTF-16 leaves; valid UTF-8; nearly
//! UTF-8, which is an error, because a guess would turn `ñ` into two letters; and only then a guess from
//! the frequencies of letters, which is said.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::unreadable::Unreadable;
use crate::domain::message::Message;
use crate::msg;

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark and control characters; lines end in LF, CR or both.
    pub text: Cow<'a, str>,
    /// The encoding it was in, as the web names it: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// What the researcher should know.
    pub notes: Vec<Message>,
}

/// Reads a file's bytes as text, in the encoding named or in the one they seem to be in.
///
/// # Errors
/// Says which line and byte are not text, that the encoding is unknown or does not fit, or that the
/// bytes are no text at all.
pub fn decode<'a>(bytes: &'a [u8], encoding: Option<&str>) -> Result<Decoded<'a>, Unreadable> {
    if let Some(label) = encoding {
        let encoding = Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
            Unreadable::new(
                msg!("import.encoding.unknown", encoding = label),
                msg!("import.encoding.unknown.fix"),
            )
        })?;
        return in_encoding(bytes, encoding, Vec::new());
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return in_encoding(bytes, encoding, Vec::new());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return in_encoding(bytes, encoding, vec![guessed(encoding)]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => cleaned(Cow::Borrowed(text), UTF_8, Vec::new()),
        Err(error) if is_nearly_utf8(bytes) => Err(broken_utf8(bytes, error.valid_up_to())),
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(bytes, true);
            let encoding = detector.guess(None, Utf8Detection::Deny);
            in_encoding(bytes, encoding, vec![guessed(encoding)])
        }
    }
}

fn guessed(encoding: &'static Encoding) -> Message {
    msg!("import.note.guessed", encoding = encoding.name())
}

fn in_encoding<'a>(
    bytes: &'a [u8],
    encoding: &'static Encoding,
    notes: Vec<Message>,
) -> Result<Decoded<'a>, Unreadable> {
    let body = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => bytes.get(length..).unwrap_or_default(),
        _ => bytes,
    };
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => cleaned(text, encoding, notes),
        None if encoding == UTF_8 => {
            let valid = std::str::from_utf8(body).map_or_else(|it| it.valid_up_to(), str::len);
            Err(broken_utf8(body, valid))
        }
        None => Err(Unreadable::new(
            msg!("import.encoding.unfit", encoding = encoding.name()),
            msg!("import.encoding.unfit.fix"),
        )),
    }
}

fn broken_utf8(bytes: &[u8], valid: usize) -> Unreadable {
    let before = bytes.get(..valid).unwrap_or_default();
    let line = 1 + line_ends(before);
    let start = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    let byte = valid - start.map_or(0, |at| at + 1) + 1;
    Unreadable::new(msg!("import.encoding.broken", byte = byte), msg!("import.encoding.broken.fix"))
        .at_line(line)
}

/// How many line ends there are: LF, CRLF or CR.
fn line_ends(bytes: &[u8]) -> u64 {
    let mut ends = 0;
    let mut previous = 0;
    for byte in bytes {
        ends += u64::from(*byte == b'\r' || (*byte == b'\n' && previous != b'\r'));
        previous = *byte;
    }
    ends
}

/// Whether bytes are in an encoding in which every character takes two bytes or more.
pub(super) fn is_of_two_bytes(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).is_some_and(|(it, _)| it != UTF_8);
    marked || utf16_without_mark(bytes.get(..bytes.len() & !1).unwrap_or_default()).is_some()
}

/// UTF-16 of mostly Latin text has a NUL in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..4096.min(bytes.len()))?;
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let nuls = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let pairs = sample.len() / 2;
    match (even * 20 <= pairs, odd * 20 <= pairs) {
        (true, false) if odd * 3 >= pairs => Some(UTF_16LE),
        (false, true) if even * 3 >= pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether there are at least as many characters of several bytes that are sound UTF-8 as bytes that
/// are not: then it is UTF-8 with a fault, and in no other encoding.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        // A character that was cut off speaks for UTF-8 as much as a whole one.
        sound += usize::from(chunk.invalid().len() > 1);
        faults += usize::from(!chunk.invalid().is_empty());
    }
    sound >= faults
}

/// Takes out what is no text, and makes a space of line breaks that no line of a transcript can hold.
fn cleaned<'a>(
    text: Cow<'a, str>,
    encoding: &'static Encoding,
    mut notes: Vec<Message>,
) -> Result<Decoded<'a>, Unreadable> {
    let Some((out, controls)) = clean(&text) else {
        return Ok(Decoded { text, encoding: encoding.name(), notes });
    };
    if is_no_text(controls, out.chars().count() + controls, encoding) {
        return Err(Unreadable::new(msg!("import.not-text"), msg!("import.not-text.fix")));
    }
    if controls > 0 {
        notes.push(msg!("import.note.controls", n = controls));
    }
    Ok(Decoded { text: Cow::Owned(out), encoding: encoding.name(), notes })
}

/// The text without control characters, and how many there were; `None` where nothing has to change. Lines
/// stay apart.
pub(super) fn clean(text: &str) -> Option<(String, usize)> {
    if !needs_cleaning(text.as_bytes()) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut controls = 0_usize;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // Half of a letter that was read in a wrong encoding, twice perhaps: what is left says that one stood here.
            '\u{80}'..='\u{9f}'
                if out.ends_with(|it: char| !it.is_ascii() && it.is_alphabetic()) =>
            {
                out.push('\u{fffd}');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{1b}' => {
                controls += 1;
                if characters.next_if_eq(&'[').is_some() {
                    // A colour code of a terminal: nobody said its letters.
                    while characters.next_if(|it| it.is_ascii_digit() || *it == ';').is_some() {}
                    characters.next_if(char::is_ascii_alphabetic);
                }
            }
            '\t' | '\n' | '\r' => out.push(character),
            _ if character.is_control() => {
                controls += 1;
                // Inside a word it stands for something: Word's own sign for a hyphen, or what nobody knows.
                let inside = out.ends_with(char::is_alphanumeric)
                    && characters.peek().is_some_and(|it| it.is_alphanumeric());
                if inside {
                    out.push(if character == '\u{1e}' { '-' } else { '\u{fffd}' });
                }
            }
            _ => out.push(character),
        }
    }
    Some((out, controls))
}

/// Whether so many characters are control characters that nobody typed this: a stray one in a text is left
/// out, but in a file that is no text one in eight is one. Bytes that are not even UTF-8 need fewer to tell.
fn is_no_text(controls: usize, all: usize, encoding: &'static Encoding) -> bool {
    let few = if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) { 8 } else { 2 };
    controls > few && controls * 50 > all
}

/// Whether there is anything that [`clean`] would change. Looks at many bytes at once first.
fn needs_cleaning(bytes: &[u8]) -> bool {
    let control =
        |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    let suspect = |byte: u8| control(byte) || byte == 0xc2 || byte == 0xe2;
    bytes.chunks(64).enumerate().any(|(chunk, part)| {
        part.iter().fold(false, |any, byte| any | suspect(*byte))
            && part.iter().enumerate().any(|(at, byte)| {
                let next = |ahead: usize| bytes.get(chunk * 64 + at + ahead).copied().unwrap_or(0);
                match *byte {
                    0xc2 => (0x80..=0x9f).contains(&next(1)),
                    0xe2 => next(1) == 0x80 && matches!(next(2), 0xa8 | 0xa9),
                    byte => control(byte),
                }
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], encoding: Option<&str>) -> String {
        match decode(bytes, encoding) {
            Ok(it) => format!("{} \"{}\"", it.encoding, it.text),
            Err(it) => format!("{:?} {}", it.line, it.what.key),
        }
    }

    #[test]
    fn an_encoding_is_found_in_the_order_that_loses_nothing() {
        for (bytes, encoding, expected) in [
            (&b"\xef\xbb\xbfsi\xcc\x81"[..], None, "UTF-8 \"si\u{301}\""),
            (b"\xff\xfes\0\xed\0", None, "UTF-16LE \"sí\""),
            (b"\0s\0\xed", None, "UTF-16BE \"sí\""),
            (b"P2: caf\xe9 y se\xc3\xb1al", None, "Some(1) import.encoding.broken"),
            (b"a\r\nb\rcaf\xc3\xa9 \xff", None, "Some(3) import.encoding.broken"),
            (b"caf\xe9", Some("latin1"), "windows-1252 \"café\""),
            (b"caf\xe9", Some("utf-8"), "Some(1) import.encoding.broken"),
            (b"caf\xe9", Some("klingon"), "None import.encoding.unknown"),
            (b"a\0b\x1b[31mred\x07", None, "UTF-8 \"a\u{fffd}bred\""),
            (b"a\x0bb\xc2\x85c\xe2\x80\xa8d\x0ce", None, "UTF-8 \"a b c d e\""),
            (b"\x01\x02\x03\x04\x05\x06\x07\x01\x02\x03abc", None, "None import.not-text"),
            (b"MZ\x90\0\x03\0\xff\x10 program \xe9\xfe\x80", None, "None import.not-text"),
        ] {
            assert_eq!(text(bytes, encoding), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_broken_byte_is_named_by_its_place_in_the_line() {
        let error = decode(b"uno\nse\xc3\xb1al \xff", None).unwrap_err();
        assert_eq!(error.line, Some(2));
        assert_eq!(error.what.arguments, vec![("byte", "8".to_owned())]);
    }
}
