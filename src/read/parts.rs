//! The parts of a document that is a package of XML: read event by event, their faults told in one way.

use quick_xml::events::Event;

use super::archive::ArchiveError;
use super::unreadable::Unreadable;
use super::xml::{self, Xml, XmlError};
use crate::msg;

/// Reads a part from beginning to end; an element without content counts as begun and ended.
///
/// # Errors
/// The part is no XML, ends too early, or declares a document type.
pub(super) fn walk(
    bytes: &[u8],
    part: &str,
    mut each: impl FnMut(&Event<'_>),
) -> Result<(), Unreadable> {
    let text = xml::decode(bytes).ok_or_else(|| {
        let valid = std::str::from_utf8(bytes).map_or_else(|it| it.valid_up_to(), str::len);
        broken(part, valid as u64)
    })?;
    let mut reader = Xml::new(&text);
    let mut depth = 0_u64;
    loop {
        match reader.event() {
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err(broken(part, text.len() as u64)),
            Ok(event) => {
                match &event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                each(&event);
            }
            Err(XmlError::Doctype) => {
                return Err(Unreadable::new(msg!("xml.doctype"), msg!("import.docx.damaged.fix")));
            }
            Err(XmlError::Broken(byte)) => return Err(broken(part, byte)),
        }
    }
}

/// That an archive, or a part of it, cannot be opened.
pub(super) fn unopened(error: ArchiveError) -> Unreadable {
    Unreadable::new(error.message(), msg!("import.docx.damaged.fix"))
}

fn broken(part: &str, byte: u64) -> Unreadable {
    let part = part.chars().filter(|it| it.is_ascii_graphic()).take(60).collect::<String>();
    Unreadable::new(
        msg!("import.docx.xml", part = part, byte = byte),
        msg!("import.docx.damaged.fix"),
    )
}
