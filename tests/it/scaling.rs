//! Four times as much takes every reader about four times as much memory and as many steps that need any:
//! counted, not timed, so that a busy machine tells nothing else.

use std::fmt::Write as _;

use themata::unitize::import::{self, Options};

use crate::fuzzed::{self, DOCX, XLSX};
use crate::import_documents::odt;
use crate::import_pdf::{lines, pdf};

/// How much more than four times as much is still growth with the text: tables double, logarithms grow.
const ROOM: f64 = 1.35;

/// What a spreadsheet of LibreOffice has beside its content.
const ODS: fuzzed::Parts = &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")];

/// Makes a file of so many turns.
type Made = fn(usize) -> Vec<u8>;

/// Turns by five people, no two alike.
fn talk(turns: usize) -> Vec<(String, String)> {
    let turn = |nth: usize| {
        let speaker =
            if nth.is_multiple_of(4) { "Moderator".to_owned() } else { format!("P{}", nth % 4) };
        (speaker, format!("we met {nth} times at house {}, and then it grew", nth * 7 % 1013))
    };
    (0..turns).map(turn).collect()
}

/// One text around the turns, each written in its own way.
fn file(
    turns: usize,
    head: &str,
    foot: &str,
    turn: impl Fn(usize, &str, &str) -> String,
) -> Vec<u8> {
    let turns = talk(turns).into_iter().enumerate();
    let body: String = turns.map(|(nth, (speaker, text))| turn(nth, &speaker, &text)).collect();
    format!("{head}{body}{foot}").into_bytes()
}

fn clock(nth: usize, mark: char) -> String {
    let at = nth * 5;
    format!("{:02}:{:02}:{:02}{mark}000", at / 3600, at / 60 % 60, at % 60)
}

fn colon(_: usize, speaker: &str, text: &str) -> String {
    format!("{speaker}: {text}\n")
}

/// Every format, by the name of a file in it and how one with so many turns is made.
fn formats() -> Vec<(&'static str, Made)> {
    vec![
        ("a.txt", |n| file(n, "", "", colon)),
        ("a.md", |n| file(n, "# Group\n\n", "", |_, who, text| format!("**{who}:** {text}\n\n"))),
        ("a.html", |n| {
            let turn =
                |_: usize, who: &str, text: &str| format!("<p><b>{who}:</b> {text} &amp; on</p>\n");
            file(n, "<html><body>", "</body></html>", turn)
        }),
        ("a.rtf", |n| {
            file(n, "{\\rtf1\\ansi ", "}", |_, who, text| format!("{{\\b {who}:}} {text}\\par\n"))
        }),
        ("a.vtt", |n| {
            file(n, "WEBVTT\n\n", "", |nth, who, text| {
                format!("{} --> {}\n<v {who}>{text}\n\n", clock(nth, '.'), clock(nth + 1, '.'))
            })
        }),
        ("a.srt", |n| {
            file(n, "", "", |nth, who, text| {
                let (from, to) = (clock(nth, ','), clock(nth + 1, ','));
                format!("{}\n{from} --> {to}\n{who}: {text}\n\n", nth + 1)
            })
        }),
        ("a.json", |n| {
            let turn = |nth: usize, who: &str, text: &str| {
                let mark = if nth == 0 { "" } else { "," };
                format!(
                    "{mark}{{\"start\":{nth},\"end\":{},\"speaker\":\"{who}\",\"text\":\"{text}\"}}",
                    nth + 1
                )
            };
            file(n, "{\"segments\":[", "]}", turn)
        }),
        ("a.csv", |n| file(n, "speaker,text\n", "", |_, who, text| format!("{who},\"{text}\"\n"))),
        ("a.cha", |n| {
            let head = "@UTF8\n@Begin\n@Participants:\tP1 Ana Adult, P2 Ben Adult, P3 Eva Adult, MOD Moderator Investigator\n";
            file(n, head, "@End\n", |nth, _, text| {
                let who = ["MOD", "P1", "P2", "P3"][nth % 4];
                format!("*{who}:\t{text} .\n")
            })
        }),
        ("chat.txt", |n| {
            file(n, "", "", |nth, who, text| {
                format!(
                    "[{:02}/03/2026, {:02}:{:02}:00] {who}: {text}\n",
                    1 + nth / 1440 % 28,
                    nth / 60 % 24,
                    nth % 60
                )
            })
        }),
        ("a.docx", |n| {
            let turn = |_: usize, who: &str, text: &str| {
                format!("<w:p><w:r><w:t>{who}: {text}</w:t></w:r></w:p>")
            };
            let document =
                file(n, "<w:document xmlns:w=\"w\"><w:body>", "</w:body></w:document>", turn);
            fuzzed::package(DOCX, "word/document.xml", &document)
        }),
        ("a.odt", |n| {
            let turn = |_: usize, who: &str, text: &str| format!("<text:p>{who}: {text}</text:p>");
            odt("", &String::from_utf8(file(n, "", "", turn)).unwrap())
        }),
        ("a.fodt", |n| {
            let head = concat!(
                "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" ",
                "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" ",
                "office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text>"
            );
            let foot = "</office:text></office:body></office:document>";
            file(n, head, foot, |_, who, text| format!("<text:p>{who}: {text}</text:p>"))
        }),
        ("a.tex", |n| {
            let head = "\\documentclass{article}\n\\begin{document}\n";
            let turn =
                |_: usize, who: &str, text: &str| format!("\\textbf{{{who}:}} {text} \\& on\n\n");
            file(n, head, "\\end{document}\n", turn)
        }),
        ("a.ods", |n| {
            let head = concat!(
                "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" ",
                "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" ",
                "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>",
                "<table:table table:name=\"talk\">"
            );
            let foot =
                "</table:table></office:spreadsheet></office:body></office:document-content>";
            let cell = |text: &str| {
                format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
                )
            };
            let row = |who: &str, text: &str| {
                format!("<table:table-row>{}{}</table:table-row>", cell(who), cell(text))
            };
            let head = format!("{head}{}", row("speaker", "text"));
            let sheet = file(n, &head, foot, |_, who, text| row(who, text));
            fuzzed::package(ODS, "content.xml", &sheet)
        }),
        ("a.xlsx", |n| {
            let cell = |column: char, row: usize, text: &str| {
                format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
            };
            let row = |row: usize, who: &str, text: &str| {
                format!("<row r=\"{row}\">{}{}</row>", cell('A', row, who), cell('B', row, text))
            };
            let head = format!("<worksheet><sheetData>{}", row(1, "speaker", "text"));
            let turn = |nth: usize, who: &str, text: &str| row(nth + 2, who, text);
            let sheet = file(n, &head, "</sheetData></worksheet>", turn);
            fuzzed::package(XLSX, "xl/worksheets/sheet1.xml", &sheet)
        }),
        ("a.pdf", |n| {
            let page = |turns: &[(String, String)]| {
                let texts: Vec<String> =
                    turns.iter().map(|(who, text)| format!("{who}: {text}")).collect();
                let heights = (0..).map(|line| 780 - 14 * line);
                let placed: Vec<(u32, &str)> =
                    heights.zip(texts.iter().map(String::as_str)).collect();
                lines(60, &placed)
            };
            let pages: Vec<String> = talk(n).chunks(40).map(page).collect();
            pdf(&pages.iter().map(String::as_str).collect::<Vec<_>>())
        }),
    ]
}

/// How many allocations a file takes, how many bytes these have together, and how many at once.
fn taken(name: &str, bytes: &[u8], paragraphs: usize) -> [f64; 3] {
    let mut found = 0;
    let counted = allocation_counter::measure(|| {
        let imported = import::read(name, bytes, &Options::default()).unwrap();
        found = imported.draft.paragraphs.len();
    });
    assert!(found >= paragraphs * 9 / 10, "{name}: {found} of {paragraphs} paragraphs");
    [counted.count_total as f64, counted.bytes_total as f64, counted.bytes_max as f64]
}

fn grows_with_its_length(name: &str, made: Made, turns: usize) {
    let (small, large) = (made(turns), made(4 * turns));
    let (once, four) = (taken(name, &small, turns), taken(name, &large, 4 * turns));
    let longer = large.len() as f64 / small.len() as f64;
    let mut said = String::new();
    for ((what, once), four) in ["allocations", "bytes", "bytes at once"].iter().zip(once).zip(four)
    {
        if four > once * longer * ROOM {
            write!(said, "{what}: {once} become {four}; ").unwrap();
        }
    }
    assert!(said.is_empty(), "{name}, {longer:.1} times as long: {said}");
}

#[test]
fn every_reader_takes_memory_in_proportion_to_the_file() {
    for (name, made) in formats() {
        grows_with_its_length(name, made, 1500);
    }
}

#[test]
fn labels_however_many_and_however_alike_take_memory_in_proportion() {
    let kinds: [(&str, Made); 4] = [
        ("numbered", |n| file(n, "", "", |nth, _, text| format!("Name{nth}: {text}\n"))),
        ("one letter apart", |n| {
            file(n, "", "", |nth, _, text| {
                let letter = char::from_u32(0x4e00 + nth as u32).unwrap();
                format!("Member{letter}: {text}\n")
            })
        }),
        ("of another alphabet", |n| {
            file(n, "", "", |nth, _, text| {
                let letter = |by: usize| char::from_u32(0x5d0 + (nth / by % 27) as u32).unwrap();
                format!("{}{}{}{}: {text}\n", letter(1), letter(27), letter(729), letter(19_683))
            })
        }),
        ("in two words", |n| {
            file(n, "", "", |nth, _, text| {
                let letter = |by: usize| char::from(b'a' + (nth / by % 26) as u8);
                format!("Ana{}{}{} Poe: {text}\n", letter(1), letter(26), letter(676))
            })
        }),
    ];
    for (kind, made) in kinds {
        eprintln!("{kind}");
        grows_with_its_length("a.txt", made, 1000);
    }
}
