//! OpenDocument texts (odt, and the flat fodt) into blocks: the paragraphs of the text, in order.
//!
//! Text only: what was deleted, hidden or annotated, and what stands at the head or foot of a page, is
//! nobody's speech; it is counted and told.

mod body;
mod styles;

use quick_xml::events::Event;

use self::body::Body;
use self::styles::Styles;
use crate::msg;
use crate::read::archive::Archive;
use crate::read::content::{Content, Source};
use crate::read::parts::{unopened, walk};
use crate::read::unreadable::Unreadable;

/// The part that holds the text.
const CONTENT: &str = "content.xml";
/// The part that holds the named styles, and the heads and feet of pages.
const STYLES: &str = "styles.xml";

/// Whether an archive is an OpenDocument text: by its type, or, where it says none, by its parts.
pub(super) fn is_one(package: &mut Archive<'_>) -> bool {
    match package.part("mimetype") {
        Ok(Some(kind)) => kind.starts_with(b"application/vnd.oasis.opendocument.text"),
        _ => package.has_under(CONTENT),
    }
}

/// Whether a file is an OpenDocument text in one piece of XML (fodt).
pub(super) fn is_flat(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect();
    head.contains("<office:document") && head.contains("opendocument.text")
}

/// Reads an odt.
///
/// # Errors
/// Says that it is damaged, protected, hostile, or no text.
pub(super) fn read(source: &Source<'_>) -> Result<Content<'static>, Unreadable> {
    let mut package = Archive::open(source.bytes).map_err(unopened)?;
    if is_encrypted(&mut package)? {
        return Err(Unreadable::new(msg!("archive.protected"), msg!("archive.protected.fix")));
    }
    let content = package.part(CONTENT).map_err(unopened)?.ok_or_else(no_text)?;
    let named = package.part(STYLES).map_err(unopened)?;
    blocks(&[(named.as_deref(), STYLES), (Some(&content), CONTENT)])
}

/// Reads an fodt.
///
/// # Errors
/// Says that it is damaged, hostile, or no text.
pub(super) fn read_flat(text: &str) -> Result<Content<'static>, Unreadable> {
    blocks(&[(Some(text.as_bytes()), "fodt")])
}

/// Reads the parts twice: once for the styles, which the second time needs.
fn blocks(parts: &[(Option<&[u8]>, &str)]) -> Result<Content<'static>, Unreadable> {
    let parts = || parts.iter().filter_map(|(bytes, part)| bytes.map(|bytes| (bytes, *part)));
    let mut styles = Styles::default();
    for (bytes, part) in parts() {
        walk(bytes, part, |event| styles.event(event))?;
    }
    let mut body = Body::new(styles);
    for (bytes, part) in parts() {
        walk(bytes, part, |event| body.event(event))?;
    }
    body.finish().ok_or_else(no_text)
}

/// Whether the manifest says that parts are encrypted.
fn is_encrypted(package: &mut Archive<'_>) -> Result<bool, Unreadable> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    let Some(manifest) = package.part(MANIFEST).map_err(unopened)? else { return Ok(false) };
    let mut encrypted = false;
    let read = walk(&manifest, MANIFEST, |event| {
        if let Event::Start(element) = event {
            encrypted |= element.local_name().as_ref() == "encryption-data";
        }
    });
    // A manifest that is damaged or names a DTD, as old ones do, says nothing of the text.
    Ok(read.is_ok() && encrypted)
}

fn no_text() -> Unreadable {
    Unreadable::new(msg!("import.odt.no-text"), msg!("import.docx.damaged.fix"))
}
