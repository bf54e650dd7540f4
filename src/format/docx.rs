//! Word documents (docx) into blocks: the paragraphs of the text, in order.
//!
//! The parts are found through the package's relationships, never by a fixed name. Text only: what
//! was deleted, hidden, commented or instructed to a field is nobody's speech.

use std::borrow::Cow;
use std::collections::BTreeSet;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::docx_body::Body;
use super::package::Package;
use super::recognise::Other;
use super::unreadable::Unreadable;
use crate::domain::message::Message;
use crate::msg;
use crate::unitize::block::Block;

/// The blocks of a document, and what the researcher should know.
///
/// # Errors
/// Says that it is damaged, protected, hostile, or no Word document.
pub fn blocks(bytes: &[u8]) -> Result<(Vec<Block<'static>>, Vec<Message>), Unreadable> {
    let mut package = Package::open(bytes)?;
    let Some(main) = relation(&mut package, "_rels/.rels", "/officeDocument")? else {
        return Err(not_a_document(&mut package));
    };
    let Some(document) = package.part(&main)? else { return Err(not_a_document(&mut package)) };
    if main.starts_with("xl/") || main.starts_with("ppt/") {
        return Err(not_a_document(&mut package));
    }
    let headings = match relation(&mut package, &relations_of(&main), "/styles")? {
        Some(target) => package.part(&beside(&main, &target))?,
        None => None,
    };
    let headings = headings.map(|it| heading_styles(&it)).transpose()?.unwrap_or_default();
    let text = text_of(&document, &main)?;
    let mut body = Body::new(headings);
    walk(&text, &main, |event| body.event(event))?;
    Ok(body.finish())
}

/// What an archive without a Word document is.
fn not_a_document(package: &mut Package<'_>) -> Unreadable {
    let kind = match package.part("mimetype") {
        Ok(Some(kind)) => String::from_utf8_lossy(&kind).into_owned(),
        _ => String::new(),
    };
    if kind.contains("epub") {
        return Other::Epub.unreadable();
    }
    if kind.contains("opendocument.spreadsheet") || package.has_under("xl/") {
        return Other::Spreadsheet.unreadable();
    }
    if kind.contains("opendocument.presentation") || package.has_under("ppt/") {
        return Other::Slides.unreadable();
    }
    if kind.contains("opendocument") || package.has("content.xml") {
        return Other::Odt.unreadable();
    }
    if package.has("project.qde") {
        return Other::Project.unreadable();
    }
    if package.has("[Content_Types].xml") {
        return Unreadable::new(msg!("import.docx.no-document"), msg!("import.docx.damaged.fix"));
    }
    Other::Zip.unreadable()
}

/// The target of the first relationship whose type ends like this.
fn relation(
    package: &mut Package<'_>,
    part: &str,
    kind: &str,
) -> Result<Option<String>, Unreadable> {
    let Some(bytes) = package.part(part)? else { return Ok(None) };
    let text = text_of(&bytes, part)?;
    let mut target = None;
    walk(&text, part, |event| {
        if let Event::Start(element) = event
            && element.local_name().as_ref() == "Relationship"
            && target.is_none()
            && attribute(element, "Type").is_some_and(|it| it.ends_with(kind))
        {
            target = attribute(element, "Target").map(|it| it.trim_start_matches('/').to_owned());
        }
    })?;
    Ok(target)
}

/// `word/document.xml` has its relationships in `word/_rels/document.xml.rels`.
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// A target as its part means it: from the part's own folder, unless it already names that.
fn beside(part: &str, target: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, _)) if !target.starts_with(&format!("{folder}/")) => {
            format!("{folder}/{target}")
        }
        _ => target.to_owned(),
    }
}

/// Ids of the styles that make a paragraph a heading.
fn heading_styles(bytes: &[u8]) -> Result<BTreeSet<String>, Unreadable> {
    let part = "styles.xml";
    let text = text_of(bytes, part)?;
    let mut headings = BTreeSet::new();
    let mut style = None;
    walk(&text, part, |event| {
        let Event::Start(element) = event else { return };
        match element.local_name().as_ref() {
            "style" => style = attribute(element, "styleId"),
            "name" => {
                let name = attribute(element, "val").unwrap_or_default().to_lowercase();
                if name.starts_with("heading ") || name == "title" || name == "subtitle" {
                    headings.extend(style.clone());
                }
            }
            _ => {}
        }
    })?;
    Ok(headings)
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut found =
        element.attributes().flatten().filter(|it| it.key.local_name().as_ref() == name);
    let value = found.next()?.value;
    Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), Cow::into_owned))
}

/// A part as text: in the encoding of its byte order mark, else the one it declares, else UTF-8.
fn text_of<'a>(bytes: &'a [u8], part: &str) -> Result<Cow<'a, str>, Unreadable> {
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default()),
        None => (declared(bytes).unwrap_or(UTF_8), bytes),
    };
    encoding.decode_without_bom_handling_and_without_replacement(body).ok_or_else(|| {
        let valid = std::str::from_utf8(body).map_or_else(|it| it.valid_up_to(), str::len);
        broken(part, valid as u64)
    })
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..200.min(bytes.len()))?;
    let end = head.iter().position(|byte| *byte == b'>')?;
    let head = std::str::from_utf8(head.get(..end)?).ok()?;
    let value = head.split_once("encoding=")?.1;
    let quote = value.chars().next()?;
    let name = value.get(1..)?.split(quote).next()?;
    Encoding::for_label(name.as_bytes())
}

fn broken(part: &str, byte: u64) -> Unreadable {
    let part = part.chars().filter(|it| it.is_ascii_graphic()).take(60).collect::<String>();
    Unreadable::new(
        msg!("import.docx.xml", part = part, byte = byte),
        msg!("import.docx.damaged.fix"),
    )
}

/// Reads a part from beginning to end; an element without content counts as begun and ended.
fn walk(text: &str, part: &str, mut each: impl FnMut(&Event<'_>)) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_u64;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err(broken(part, text.len() as u64)),
            Ok(Event::DocType(_)) => {
                return Err(Unreadable::new(
                    msg!("import.docx.doctype"),
                    msg!("import.docx.damaged.fix"),
                ));
            }
            Ok(event) => {
                match &event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                each(&event);
            }
            Err(_) => return Err(broken(part, reader.error_position())),
        }
    }
}
