//! XML as office programs write it: events with their text resolved, a DOCTYPE refused.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Why XML is not read further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlError {
    /// It declares a document type, which could make a reader fetch or multiply things.
    Doctype,
    /// It is no well-formed XML from this byte on.
    Broken(u64),
}

/// A reader of one XML text.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
}

/// The text of a part: UTF-8, or UTF-16 with its byte order mark.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            encoding.decode_without_bom_handling_and_without_replacement(bytes.get(length..)?)
        }
        None => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

impl<'a> Xml<'a> {
    /// A reader of a text; an empty element is a start and an end.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader }
    }

    /// The next event; comments, processing instructions and the declaration are passed over.
    ///
    /// # Errors
    /// A DOCTYPE, or XML that is not well-formed.
    pub fn event(&mut self) -> Result<Event<'a>, XmlError> {
        loop {
            match self.reader.read_event() {
                Ok(Event::DocType(_)) => return Err(XmlError::Doctype),
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
                Ok(event) => return Ok(event),
                Err(_) => return Err(XmlError::Broken(self.reader.error_position())),
            }
        }
    }

    /// The text from here to the end of the element that was just opened, with all that lies within.
    ///
    /// # Errors
    /// As [`Xml::event`].
    pub fn text(&mut self) -> Result<String, XmlError> {
        let mut out = String::new();
        let mut depth = 0_usize;
        loop {
            match self.event()? {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return Ok(out),
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(self.broken()),
                other => push(&mut out, &other),
            }
        }
    }

    /// Passes over everything up to the end of the element that was just opened.
    ///
    /// # Errors
    /// As [`Xml::event`].
    pub fn skip(&mut self) -> Result<(), XmlError> {
        let mut depth = 0_usize;
        loop {
            match self.event()? {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return Ok(()),
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(self.broken()),
                _ => {}
            }
        }
    }

    /// That the text ends or goes wrong here.
    #[must_use]
    pub fn broken(&self) -> XmlError {
        XmlError::Broken(self.reader.buffer_position())
    }
}

/// Adds what an event says as text.
pub fn push(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => push_reference(out, reference),
        _ => {}
    }
}

/// A character given by number, or one of the five that XML names; any other reference is left as it is.
fn push_reference(out: &mut String, reference: &BytesRef<'_>) {
    let name: &str = reference;
    match reference.resolve_char_ref() {
        Ok(Some(character)) => out.push(character),
        _ => match quick_xml::escape::resolve_predefined_entity(name) {
            Some(text) => out.push_str(text),
            None => {
                out.push('&');
                out.push_str(name);
                out.push(';');
            }
        },
    }
}

/// The value of an attribute, whatever its prefix.
#[must_use]
pub fn attribute(element: &BytesStart<'_>, local_name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|it| it.key.local_name().as_ref() == local_name)
        .and_then(|it| it.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok())
        .map(Cow::into_owned)
}
