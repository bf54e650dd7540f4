//! What a fuzzer feeds to import, and what must hold whatever it feeds: shared with `fuzz/`.
//!
//! A format that lies in an archive is fed from inside: random bytes hardly ever make an archive, and its
//! reader would never be reached.

use std::io::{Cursor, Write};

use themata::unitize::draft::Draft;
use themata::unitize::import::{self, Options};
use themata::unitize::people;

/// The targets: the name of each, and the file it pretends to be.
pub(crate) const TARGETS: &[(&str, &str)] = &[
    ("text", "a.txt"),
    ("markdown", "a.md"),
    ("html", "a.html"),
    ("rtf", "a.rtf"),
    ("vtt", "a.vtt"),
    ("srt", "a.srt"),
    ("json", "a.json"),
    ("csv", "a.csv"),
    ("chat", "a.cha"),
    ("pdf", "a.pdf"),
    ("flat_odt", "a.fodt"),
    ("docx", "a.docx"),
    ("docx_xml", "a.docx"),
    ("odt_xml", "a.odt"),
    ("xlsx_xml", "a.xlsx"),
    ("any", "a"),
];

/// Feeds bytes to import as a target does.
///
/// # Panics
/// What comes out breaks what a transcript must hold.
pub(crate) fn feed(target: &str, data: &[u8]) {
    let name = TARGETS.iter().find(|(name, _)| *name == target).map_or("a", |(_, file)| file);
    let whole = match target {
        "docx_xml" => package(DOCX, "word/document.xml", data),
        "odt_xml" => package(ODT, "content.xml", data),
        "xlsx_xml" => package(XLSX, "xl/worksheets/sheet1.xml", data),
        _ => data.to_vec(),
    };
    read(name, &whole);
}

/// Reads a file, and checks what comes of it.
pub(crate) fn read(name: &str, bytes: &[u8]) {
    if let Ok(found) = import::read(name, bytes, &Options::default()) {
        check(&found.draft);
    }
}

/// What every draft must hold.
fn check(draft: &Draft) {
    assert!(!draft.paragraphs.is_empty(), "a draft without paragraphs");
    for paragraph in &draft.paragraphs {
        let text = &paragraph.text;
        assert!(!text.is_empty(), "an empty paragraph at {}", paragraph.line);
        let broken = |it: char| it.is_control() && it != '\t';
        assert!(!text.contains(broken), "a control character at {}", paragraph.line);
        assert!(!text.contains(['\u{2028}', '\u{2029}']), "a line break at {}", paragraph.line);
        assert!(paragraph.label.is_none_or(|at| at < draft.labels.len()), "a label of nobody");
    }
    let id = "A".parse().unwrap();
    let cast = people::cast(draft, &"A".parse().unwrap(), &id, &[], &[], &mut people::Heard::new());
    assert_eq!(cast.paragraphs.len(), draft.paragraphs.len());
    // What is written is read back as the same lines.
    let written = themata::format::transcript::write(&cast.paragraphs);
    let mut problems = Vec::new();
    let again = themata::format::transcript::read("A.txt", &written, &mut problems);
    assert_eq!(problems, [], "what import writes cannot be read");
    assert_eq!(again, cast.paragraphs);
}

pub(crate) type Parts = &'static [(&'static str, &'static str)];

/// An archive of these parts and one that is fed.
pub(crate) fn package(parts: Parts, part: &str, data: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let parts = parts.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, bytes) in parts.chain([(part, data)]) {
        archive.start_file(name, stored).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub(crate) const DOCX: Parts = &[
    (
        "[Content_Types].xml",
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
    ),
];

const ODT: Parts = &[
    ("mimetype", "application/vnd.oasis.opendocument.text"),
    (
        "META-INF/manifest.xml",
        r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#,
    ),
];

pub(crate) const XLSX: Parts = &[
    (
        "[Content_Types].xml",
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];
