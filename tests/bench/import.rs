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
use themata::format::import::{self, Options};

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
        _ => docx(TALK),
    }
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
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in
        [("_rels/.rels", relationships.as_bytes()), ("word/document.xml", &document)]
    {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn read(name: &str, bytes: &[u8]) -> usize {
    import::read(name, black_box(bytes), &Options::default()).unwrap().draft.paragraphs.len()
}

#[divan::bench(
    args = ["txt", "md", "html", "rtf", "vtt", "srt", "json", "csv", "cha", "docx"],
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
