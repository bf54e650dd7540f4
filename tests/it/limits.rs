//! What is too much, or no file at all, is refused with the reason: through the library and the program.

use std::fs;
use std::io::{Cursor, Write};
use std::process::Command;

use themata::read::archive::{Archive, ArchiveError};

use crate::fuzzed::{self, DOCX, XLSX};
use crate::import_torture::told;
use crate::support::TestStudy;

/// An archive with one part of so many equal bytes.
fn dense(bytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&vec![b'a'; bytes]).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_part_that_is_packed_too_well_is_refused_long_before_it_is_large() {
    let small = dense(1 << 20);
    assert!(Archive::open(&small).unwrap().part("a").unwrap().is_some(), "a megabyte may be dense");
    let bomb = dense((1 << 20) + 1000);
    assert!(bomb.len() < 10_000, "{}", bomb.len());
    assert_eq!(Archive::open(&bomb).unwrap_err(), ArchiveError::Beyond);
}

#[test]
fn what_was_deleted_moved_away_or_hidden_in_a_word_file_is_nobodys_speech() {
    let document = r#"<w:document xmlns:w="w"><w:body>
        <w:p><w:r><w:t>P1: we </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:ins><w:r><w:t>all </w:t></w:r></w:ins><w:r><w:t>came</w:t></w:r></w:p>
        <w:p><w:moveFrom><w:r><w:t>P2: gone.</w:t></w:r></w:moveFrom></w:p>
        <w:p><w:r><w:t>P2: it </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r><w:r><w:t>grew</w:t></w:r></w:p>
        <w:p><w:r><w:t>P1: yes</w:t></w:r></w:p><w:p><w:r><w:t>P2: no</w:t></w:r></w:p>
        </w:body></w:document>"#;
    let said =
        told("a.docx", &fuzzed::package(DOCX, "word/document.xml", document.as_bytes()), None);
    assert_eq!(
        said,
        [
            "P1: we all came",
            "P2: it grew",
            "P1: yes",
            "P2: no",
            "note import.note.hidden",
            "note import.note.deleted",
        ]
    );
}

/// A workbook of so many rows whose second cell points to one long text.
fn pointing(rows: usize, length: usize) -> Vec<u8> {
    let row = |row: usize| {
        format!(
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c><c r=\"B{row}\" t=\"s\"><v>1</v></c></row>"
        )
    };
    let head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>speaker</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>text</t></is></c></row>";
    let rows: String = (2..=rows + 1).map(row).collect();
    let sheet = format!("<worksheet><sheetData>{head}{rows}</sheetData></worksheet>");
    let strings =
        format!("<sst><si><t>Ana</t></si><si><t>{}</t></si></sst>", "word ".repeat(length / 5));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let relations = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    let parts = XLSX.iter().copied().filter(|(name, _)| !name.ends_with("workbook.xml.rels"));
    let more = [
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &strings),
    ];
    for (name, text) in parts.chain(more) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_text_that_many_cells_of_a_workbook_point_to_counts_each_time() {
    let modest = pointing(30, 500);
    assert_eq!(told("a.xlsx", &modest, None).len(), 30);
    let bomb = pointing(1000, 200_000);
    assert!(bomb.len() < 30_000, "{}", bomb.len());
    let counted = allocation_counter::measure(|| {
        assert_eq!(told("a.xlsx", &bomb, None), ["error 0: archive.beyond"]);
    });
    assert!(counted.bytes_max < 20_000_000, "{}", counted.bytes_max);
}

#[test]
fn what_is_no_text_is_refused_by_the_program_and_names_what_it_is() {
    let study = TestStudy::new();
    for (name, bytes, said) in [
        ("memo.amr", &b"#!AMR\n\x3c\x48\x0f\x11\x02\x03\x00\x01"[..], "recording"),
        ("tape.wma", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa", "recording"),
        ("talk.dss", b"\x02dss\x00\x01\x02\x03\x04\x05\x06\x07", "recording"),
        ("clip.txt", b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", "recording"),
        (
            "data.bin",
            b"SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20\x00\x00\x01\x02\x03",
            "no text",
        ),
    ] {
        fs::write(study.path(name), bytes).unwrap();
        let told = study.process(&format!("import {name}"));
        assert!(told.contains(said) && told.contains("[exit 3]"), "{name}: {told}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_device_are_not_waited_for() {
    let study = TestStudy::new();
    let made = Command::new("mkfifo").arg(study.path("pipe.txt")).status();
    if !made.is_ok_and(|it| it.success()) {
        eprintln!("skipped: there is no mkfifo here");
        return;
    }
    for given in
        ["import pipe.txt", "import --preview pipe.txt", "agree pipe.txt", "import /dev/zero"]
    {
        let told = study.process(given);
        assert!(told.contains("pipe, a device") && told.contains("[exit 3]"), "{given}: {told}");
    }
    fs::rename(study.path("pipe.txt"), study.path("coding/c1.csv")).unwrap();
    for command in ["status", "agree", "code --coder c1 --lines"] {
        let told = study.process(command);
        assert!(told.contains("coding/c1.csv") && told.contains("[exit 3]"), "{command}: {told}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_a_study_is_no_file_of_it() {
    let (study, other) = (TestStudy::new(), TestStudy::new().coded("c1", &["A:2 tone warm"]));
    fs::create_dir_all(study.path("coding")).unwrap();
    std::os::unix::fs::symlink(other.path("coding/c1.csv"), study.path("coding/c1.csv")).unwrap();
    let told = study.process("status");
    assert!(told.contains("leads out of the study") && told.contains("[exit 3]"), "{told}");
}
