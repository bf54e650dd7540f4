//! What a fuzzer feeds to import, to `agree` and to a study, and what must hold whatever it feeds: shared with `fuzz/`.
//!
//! A format that lies in an archive is fed from inside as well as whole: random bytes hardly ever make an archive, and
//! its reader would never be reached.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::OnceLock;

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
    ("odt", "a.odt"),
    ("odt_xml", "a.odt"),
    ("xlsx", "a.xlsx"),
    ("xlsx_xml", "a.xlsx"),
    ("any", "a"),
    ("agree", "codings"),
    ("study", "."),
];

/// Feeds bytes as a target does.
///
/// # Panics
/// What comes out breaks what a transcript must hold.
pub(crate) fn feed(target: &str, data: &[u8]) {
    match target {
        "agree" => return agree(data),
        "study" => return study(data),
        _ => {}
    }
    let name = TARGETS.iter().find(|(name, _)| *name == target).map_or("a", |(_, file)| file);
    let whole = match target {
        "docx_xml" => package(DOCX, "word/document.xml", data),
        "odt_xml" => package(ODT, "content.xml", data),
        "xlsx_xml" => package(XLSX, "xl/worksheets/sheet1.xml", data),
        _ => data.to_vec(),
    };
    read(name, &whole);
}

/// Runs a command as a person would; whatever it is given, it ends with a status that it defines.
fn run(arguments: &[&str], input: &str) -> u8 {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("themata").chain(arguments.iter().copied());
    let status = themata::cli::run(arguments, &mut input.as_bytes(), &mut out, &mut err);
    assert!(status <= 5, "exit {status}");
    status
}

/// Agreement on a file of codings: the first byte says what its name ends in.
fn agree(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    let ends = ["csv", "tsv", "txt", "xlsx", "ods"];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("a.{}", ends[usize::from(*kind) % ends.len()]));
    fs::write(&file, bytes).unwrap();
    let file = file.to_str().unwrap();
    run(&["agree", file, "--absent", "missing", "--level", "all", "--format", "json"], "");
    run(&["agree", file, "--measure", "all", "--pairs", "--format", "csv"], "");
}

/// The files of a small study that two have coded and sealed, with their paths.
fn small() -> &'static [(String, Vec<u8>)] {
    static FILES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("study");
        let talk = folder.path().join("one.txt");
        fs::write(&talk, "Moderator: Who leads?\nP1: We all do.\nP2: Nobody.\nP1: In turns.\n")
            .unwrap();
        let [root_name, talk] = [&root, &talk].map(|it| it.to_str().unwrap());
        run(&["init", root_name, "--coder", "c1", "--coder", "c2"], "");
        run(&["-C", root_name, "import", talk, "--case", "A"], "");
        run(&["-C", root_name, "split"], "");
        for (coder, answers) in [("c1", "1\n1,2\n0\ne\n"), ("c2", "2\n0\nu 1\nm why\ne\n")] {
            let answers = format!("{answers}{}", "e\n".repeat(5));
            run(&["-C", root_name, "code", "--coder", coder, "--lines"], &answers);
            run(&["-C", root_name, "seal", "--coder", coder], "");
        }
        run(&["-C", root_name, "resolve", "--present", "c1,c2", "--lines"], "1\n1\nwhy\nl\nboth\n");
        let mut files = Vec::new();
        gather(&root, &root, &mut files);
        files.sort();
        assert!(
            files.iter().any(|(path, _)| path == "consensus.csv"),
            "the small study is not whole"
        );
        files
    })
}

fn gather(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push((name, fs::read(&path).unwrap()));
        }
    }
}

/// A study of which one file is what is fed: the first byte says which.
fn study(data: &[u8]) {
    let Some((which, bytes)) = data.split_first() else { return };
    let files = small();
    let which = usize::from(*which) % files.len();
    let folder = tempfile::tempdir().unwrap();
    for (nth, (path, own)) in files.iter().enumerate() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, if nth == which { bytes } else { own }).unwrap();
    }
    let root = folder.path().to_str().unwrap();
    for line in [
        &["status"][..],
        &["check"],
        &["matrix", "--format", "csv"],
        &["agree", "--format", "csv"],
        &["quotes", "--format", "csv"],
        &["export", "--format", "csv"],
    ] {
        run(&[&["-C", root], line].concat(), "");
    }
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
