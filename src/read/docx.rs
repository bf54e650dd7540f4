//! Word documents (docx) into blocks: the paragraphs of the text, in order.
//!
//! The parts are found through the package's relationships, never by a fixed name. Text only: what
//! was deleted, hidden, commented or instructed to a field is nobody's speech.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::archive::Archive;
use super::content::{Content, Source};
use super::docx_body::Body;
use super::parts::{unopened, walk};
use super::unreadable::Unreadable;
use super::xml::attribute;
use crate::msg;

/// Whether an archive is a Word document.
pub(super) fn is_one(package: &mut Archive<'_>) -> bool {
    match relation(package, "_rels/.rels", "/officeDocument") {
        Ok(Some(main)) => !main.starts_with("xl/") && !main.starts_with("ppt/"),
        Ok(None) => false,
        // Damaged: the reader says where.
        Err(_) => package.has_under("word/"),
    }
}

/// Reads a document.
///
/// # Errors
/// Says that it is damaged, protected, hostile, or no Word document.
pub(super) fn read(source: &Source<'_>) -> Result<Content<'static>, Unreadable> {
    let no_document =
        || Unreadable::new(msg!("import.docx.no-document"), msg!("import.docx.damaged.fix"));
    let mut package = Archive::open(source.bytes).map_err(unopened)?;
    let main = relation(&mut package, "_rels/.rels", "/officeDocument")?.ok_or_else(no_document)?;
    let document = package.part(&main).map_err(unopened)?.ok_or_else(no_document)?;
    let headings = match relation(&mut package, &relations_of(&main), "/styles")? {
        Some(target) => package.part(&beside(&main, &target)).map_err(unopened)?,
        None => None,
    };
    let headings = headings.map(|it| heading_styles(&it)).transpose()?.unwrap_or_default();
    let mut body = Body::new(headings);
    walk(&document, &main, |event| body.event(event))?;
    let (blocks, notes) = body.finish(heads(&mut package, &main)?);
    Ok(Content { blocks, notes, ..Content::default() })
}

/// The target of the first relationship whose type ends like this.
fn relation(
    package: &mut Archive<'_>,
    part: &str,
    kind: &str,
) -> Result<Option<String>, Unreadable> {
    Ok(relations(package, part, &[kind])?.into_iter().next())
}

/// The targets of all relationships whose type ends like one of these.
fn relations(
    package: &mut Archive<'_>,
    part: &str,
    kinds: &[&str],
) -> Result<Vec<String>, Unreadable> {
    let Some(bytes) = package.part(part).map_err(unopened)? else { return Ok(Vec::new()) };
    let mut targets = Vec::new();
    walk(&bytes, part, |event| {
        if let Event::Start(element) = event
            && element.local_name().as_ref() == "Relationship"
            && attribute(element, "Type")
                .is_some_and(|it| kinds.iter().any(|kind| it.ends_with(kind)))
        {
            let target = attribute(element, "Target");
            targets.extend(target.map(|it| it.trim_start_matches('/').to_owned()));
        }
    })?;
    Ok(targets)
}

/// How many heads and feet of pages hold text. One that cannot be read is counted with them: nobody misses
/// what is left out in any case.
fn heads(package: &mut Archive<'_>, main: &str) -> Result<u32, Unreadable> {
    let mut heads = 0;
    for target in relations(package, &relations_of(main), &["/header", "/footer"])? {
        let Ok(Some(bytes)) = package.part(&beside(main, &target)) else { continue };
        let (mut holds_text, mut in_text) = (false, false);
        let read = walk(&bytes, &target, |event| match event {
            Event::Start(element) => in_text = element.local_name().as_ref() == "t",
            Event::End(_) => in_text = false,
            Event::Text(text) => holds_text |= in_text && !text.trim().is_empty(),
            _ => {}
        });
        heads += u32::from(holds_text || read.is_err());
    }
    Ok(heads)
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
    let mut headings = BTreeSet::new();
    let mut style = None;
    walk(bytes, "styles.xml", |event| {
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
