//! The parts of a workbook around its sheets: where they are, shared strings, formats of numbers.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::Fault;
use super::dates::Shown;
use crate::read::archive::Archive;
use crate::read::xml::{Xml, XmlError, attribute, decode, push};

/// One sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) part: String,
}

/// Where everything is.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) sheets: Vec<Sheet>,
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    pub(super) from_1904: bool,
}

/// How numbers are shown, by the number of a cell's style.
#[derive(Debug, Default)]
pub(super) struct Styles {
    shown: Vec<Shown>,
    pub(super) from_1904: bool,
}

impl Styles {
    pub(super) fn of(&self, style: usize) -> Shown {
        self.shown.get(style).copied().unwrap_or_default()
    }
}

/// What one part says another is to it, by id: kind and path.
type Relations = BTreeMap<String, (String, String)>;

/// Reads a part and hands on its events, each with the names of the elements around it.
fn events(
    archive: &mut Archive<'_>,
    part: &str,
    mut each: impl FnMut(&Event<'_>, &mut Xml<'_>) -> Result<(), XmlError>,
) -> Result<bool, Fault> {
    let Some(bytes) = archive.part(part)? else { return Ok(false) };
    let text = decode(&bytes).ok_or(Fault::Broken)?;
    let mut xml = Xml::new(&text);
    loop {
        let event = xml.event()?;
        if matches!(event, Event::Eof) {
            return Ok(true);
        }
        each(&event, &mut xml)?;
    }
}

/// Finds the workbook, its sheets, its strings and its styles.
pub(super) fn find(archive: &mut Archive<'_>) -> Result<Found, Fault> {
    let root = relations(archive, "")?;
    let book = root.values().find(|(kind, _)| kind == "officeDocument").ok_or(Fault::Broken)?;
    let book = book.1.clone();
    let relations = relations(archive, &book)?;
    let path = |kind: &str| {
        relations.values().find(|(found, _)| found == kind).map(|(_, path)| path.clone())
    };
    let mut found =
        Found { strings: path("sharedStrings"), styles: path("styles"), ..Found::default() };
    let there = events(archive, &book, |event, _| {
        let Event::Start(element) = event else { return Ok(()) };
        match element.local_name().as_ref() {
            "workbookPr" => {
                let says = attribute(element, "date1904");
                found.from_1904 = says.is_some_and(|it| it == "1" || it == "true");
            }
            "sheet" => {
                let related = attribute(element, "id").and_then(|id| relations.get(&id));
                let (Some(name), Some((kind, part))) = (attribute(element, "name"), related) else {
                    return Ok(());
                };
                // A chart may stand among the sheets.
                if kind == "worksheet" {
                    let hidden = attribute(element, "state").is_some_and(|it| it != "visible");
                    found.sheets.push(Sheet { name, hidden, part: part.clone() });
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    if there { Ok(found) } else { Err(Fault::Broken) }
}

/// The relations of a part; those of the archive itself for the empty name.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Relations, Fault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let before = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut relations = Relations::new();
    events(archive, &format!("{before}_rels/{name}.rels"), |event, _| {
        let Event::Start(element) = event else { return Ok(()) };
        let (id, kind, target) =
            (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"));
        if let (Some(id), Some(kind), Some(target)) = (id, kind, target) {
            // The two standards name one kind by two addresses that end alike.
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.insert(id, (kind, resolve(folder, &target)));
        }
        Ok(())
    })?;
    Ok(relations)
}

/// A path within the archive, from a target that may be relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let (folder, target) = match target.strip_prefix('/') {
        Some(whole) => ("", whole),
        None => (folder, target),
    };
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            name => steps.push(name),
        }
    }
    steps.join("/")
}

/// The strings that cells share.
pub(super) fn strings(archive: &mut Archive<'_>, part: Option<&str>) -> Result<Vec<String>, Fault> {
    let mut strings = Vec::new();
    if let Some(part) = part {
        events(archive, part, |event, xml| {
            if let Event::Start(element) = event
                && element.local_name().as_ref() == "si"
            {
                strings.push(string(xml)?);
            }
            Ok(())
        })?;
    }
    Ok(strings)
}

/// The text of a string whose element was just opened: its runs joined, without readings of characters.
pub(super) fn string(xml: &mut Xml<'_>) -> Result<String, XmlError> {
    let mut out = String::new();
    let mut depth = 0_usize;
    loop {
        match xml.event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "rPh" => xml.skip()?,
                "t" => out.push_str(&unescaped(&xml.text()?)),
                _ => depth += 1,
            },
            Event::End(_) if depth == 0 => return Ok(out),
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(xml.broken()),
            _ => {}
        }
    }
}

/// A text in which spreadsheets wrote characters that XML cannot hold as `_x001B_`.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let hex = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let character =
            hex.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        match character {
            Some(character) => {
                out.push(character);
                rest = after.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = after.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// How each style shows a number.
pub(super) fn styles(
    archive: &mut Archive<'_>,
    part: Option<&str>,
    from_1904: bool,
) -> Result<Styles, Fault> {
    let mut styles = Styles { shown: Vec::new(), from_1904 };
    let mut formats: BTreeMap<String, Shown> = BTreeMap::new();
    let mut in_cells = false;
    if let Some(part) = part {
        events(archive, part, |event, xml| {
            match event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "cellXfs" => in_cells = true,
                    "numFmt" => {
                        let id = attribute(element, "numFmtId");
                        if let (Some(id), Some(code)) = (id, attribute(element, "formatCode")) {
                            formats.insert(id, Shown::of_code(&code));
                        }
                    }
                    "xf" if in_cells => {
                        let id = attribute(element, "numFmtId").unwrap_or_default();
                        let known = formats.get(&id).copied();
                        styles.shown.push(known.unwrap_or_else(|| Shown::of_id(&id)));
                        xml.skip()?;
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                    in_cells = false;
                }
                other => push(&mut String::new(), other),
            }
            Ok(())
        })?;
    }
    Ok(styles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_cannot_hold_come_back() {
        assert_eq!(unescaped("a_x001B_b_x005F_x0041_ _xyz _x12"), "a\u{1b}b_x0041_ _xyz _x12");
        assert_eq!(unescaped("_xé0_ _x00e9_"), "_xé0_ é");
    }

    #[test]
    fn targets_are_found_from_the_folder_and_from_the_top() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/a", "../../../b.xml"), "b.xml");
    }
}
