//! Reading transcripts of every format: bytes in, paragraphs with their speakers out, and how much memory at most.
//!
//! `cargo bench --bench import`. The aim is 100 MB a second for text. Talk is made up, in the words and turns that
//! groups have; megabytes are those of the file, before any unpacking.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // the study is for the other bench
mod support;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use divan::{AllocProfiler, Bencher, black_box, counter::BytesCount};
use themata::unitize::import::{self, Options};

/// Counts what is held at most.
#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// How much talk a file holds, in bytes of plain text; plain text itself has ten times as much.
const TALK: usize = 10_000_000;

/// Turns by six people until there is enough: who speaks, and what is said.
fn turns(bytes: usize, mut each: impl FnMut(usize, &str, &str)) {
    let mut chance = support::Chance(2);
    let (mut said, mut nth) = (0, 0);
    while said < bytes {
        let speaker = match chance.below(6) {
            0 => "Moderator".to_owned(),
            other => format!("P{other}"),
        };
        let text = support::said(&mut chance);
        said += speaker.len() + text.len();
        each(nth, &speaker, &text);
        nth += 1;
    }
}

/// The same talk in one format: what stands around the turns, and how each is written.
fn made(
    bytes: usize,
    head: &str,
    foot: &str,
    turn: impl Fn(usize, &str, &str) -> String,
) -> Vec<u8> {
    let mut out = head.to_owned();
    turns(bytes, |nth, speaker, text| out.push_str(&turn(nth, speaker, text)));
    out.push_str(foot);
    out.into_bytes()
}

/// A time of the recording: a turn lasts four seconds.
fn clock(nth: usize, mark: char) -> String {
    let seconds = nth * 4;
    format!("{:02}:{:02}:{:02}{mark}000", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn text(bytes: usize) -> Vec<u8> {
    made(bytes, "", "", |_, speaker, text| format!("{speaker}: {text}\n"))
}

fn file(format: &str) -> Vec<u8> {
    let cue = |nth: usize, mark| format!("{} --> {}", clock(nth, mark), clock(nth + 1, mark));
    match format {
        "txt" => text(10 * TALK),
        "md" => made(TALK, "# Talk\n\n", "", |_, who, text| format!("**{who}:** {text}\n\n")),
        "html" => made(TALK, "<!DOCTYPE html><body>", "</body>", |_, who, text| {
            format!("<p><b>{who}:</b> {text}</p>\n")
        }),
        "rtf" => made(TALK, "{\\rtf1\\ansi ", "}", |_, who, text| format!("{who}: {text}\\par\n")),
        "vtt" => made(TALK, "WEBVTT\n\n", "", |nth, who, text| {
            format!("{}\n<v {who}>{text}\n\n", cue(nth, '.'))
        }),
        "srt" => made(TALK, "", "", |nth, who, text| {
            format!("{}\n{}\n{who}: {text}\n\n", nth + 1, cue(nth, ','))
        }),
        "json" => made(TALK, "{\"segments\": [", "{\"text\": \"end\"}]}", |nth, who, text| {
            format!("{{\"start\": {}, \"speaker\": \"{who}\", \"text\": \"{text}\"}},\n", nth * 4)
        }),
        "csv" => made(TALK, "time,speaker,text\n", "", |nth, who, text| {
            format!("{},{who},\"{text}\"\n", clock(nth, '.'))
        }),
        "cha" => made(TALK, "@UTF8\n@Begin\n", "@End\n", |nth, _, text| {
            format!("*P{}A:\t{text} .\n", nth % 5)
        }),
        "log" => made(TALK, "", "", |nth, who, text| {
            let time = clock(nth % 20_000, '.');
            format!("{} From {who} to Everyone:\n\t{text}\n", &time[..8])
        }),
        "odt" => odt(TALK),
        "xlsx" => xlsx(TALK),
        "pdf" => pdf(TALK),
        _ => docx(TALK),
    }
}

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An OpenDocument text with this much talk in it.
fn odt(bytes: usize) -> Vec<u8> {
    const OPEN: &str = "urn:oasis:names:tc:opendocument:xmlns";
    let head = format!(
        "<office:document-content xmlns:office=\"{OPEN}:office:1.0\" xmlns:text=\"{OPEN}:text:1.0\">\
         <office:body><office:text>"
    );
    let foot = "</office:text></office:body></office:document-content>";
    let content =
        made(bytes, &head, foot, |_, who, text| format!("<text:p>{who}: {text}</text:p>"));
    let kind = b"application/vnd.oasis.opendocument.text";
    archive(&[("mimetype", kind), ("content.xml", &content)])
}

/// A workbook with a column for who speaks and one for what was said.
fn xlsx(bytes: usize) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["speaker", "text"]).unwrap();
    turns(bytes, |nth, who, text| {
        sheet.write_row(u32::try_from(nth).unwrap() + 1, 0, [who, text]).unwrap();
    });
    workbook.save_to_buffer().unwrap()
}

/// A PDF of pages of 40 lines, as a typewriter would set them.
fn pdf(bytes: usize) -> Vec<u8> {
    let mut lines = Vec::new();
    turns(bytes, |_, who, text| {
        let said = format!("{who}: {text}");
        let words: Vec<&str> = said.split(' ').collect();
        lines.extend(words.chunks(12).map(|words| words.join(" ")));
    });
    let pages: Vec<&[String]> = lines.chunks(40).collect();
    let kids: String = (0..pages.len()).map(|nth| format!("{} 0 R ", 4 + 2 * nth)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>".to_owned(),
    ];
    for (nth, page) in pages.iter().enumerate() {
        let shown: String = page.iter().map(|line| format!("({line}) Tj T*\n")).collect();
        let content = format!("BT /F 9 Tf 15 TL 60 760 Td\n{shown}ET");
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>",
            5 + 2 * nth
        ));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (nth, object) in objects.iter().enumerate() {
        places.push(out.len());
        writeln!(out, "{} 0 obj{object}endobj", nth + 1).unwrap();
    }
    let table = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", objects.len() + 1)
        .unwrap();
    out.into_bytes()
}

/// A Word document with this much talk in it.
fn docx(bytes: usize) -> Vec<u8> {
    const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let mut relationships = String::new();
    write!(
        relationships,
        "<Relationships xmlns=\"{RELATIONSHIPS}\"><Relationship Id=\"r1\" Type=\"{OFFICE}\" \
         Target=\"word/document.xml\"/></Relationships>"
    )
    .unwrap();
    let head = format!("<w:document xmlns:w=\"{WORD}\"><w:body>");
    let document = made(bytes, &head, "</w:body></w:document>", |_, who, text| {
        format!(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{who}: </w:t></w:r><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    });
    archive(&[("_rels/.rels", relationships.as_bytes()), ("word/document.xml", &document)])
}

fn read(name: &str, bytes: &[u8]) -> usize {
    import::read(name, black_box(bytes), &Options::default()).unwrap().draft.paragraphs.len()
}

#[divan::bench(
    args = ["txt", "md", "html", "rtf", "vtt", "srt", "json", "csv", "cha", "log", "xlsx", "pdf", "odt", "docx"],
    sample_count = 3,
    sample_size = 1
)]
fn format(bencher: Bencher, extension: &str) {
    let bytes = file(extension);
    let name = format!("CoP 31.{extension}");
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| read(&name, &bytes));
}

/// A document whose text alone is 50 MB: what it takes at most stands in the column of allocations.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn docx_of_50_mb(bencher: Bencher) {
    let bytes = docx(50_000_000);
    bencher.bench_local(|| read("CoP 31.docx", &bytes));
}
