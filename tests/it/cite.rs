//! A manuscript checked against the study: thirty quotations, each kind of fault planted once, in every format.

use std::collections::BTreeMap;
use std::path::Path;

use crate::import_documents::{odt, package};
use crate::libreoffice::Office;
use crate::support::TestStudy;

/// A paragraph of a made-up paper, and whether it is set as a block quotation.
type Paragraph = (String, bool);

/// One person of the example is not asked yet, another has left.
pub(crate) fn of_another_mind(study: &TestStudy) {
    let people = study.read("participants.csv");
    let people =
        people.replace("P24,P24,CoP-62,participant,yes,", "P24,P24,CoP-62,participant,ask,");
    let people = people
        .replace("P25,P25,CoP-62,participant,yes,,", "P25,P25,CoP-62,participant,yes,2026-02-01,");
    study.write("participants.csv", &people);
}

/// The example, with two people of another mind and one translation.
fn study() -> TestStudy {
    let study =
        TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"));
    of_another_mind(&study);
    let spanish = said(&study, "P17", 0);
    study.write(
        "quotes.csv",
        &format!("locator,lang,translation\nCoP-16:{},en,We wrote the recipes down the day the old cook retired\n", spanish.1),
    );
    study
}

/// The nth long sentence of a person: its words and its paragraph.
fn said(study: &TestStudy, person: &str, nth: usize) -> (String, u32) {
    let opened = study.open();
    let mut found = Vec::new();
    for transcript in &opened.study.transcripts {
        for (number, paragraph) in (1..).zip(&transcript.paragraphs) {
            if paragraph.speaker.as_ref().is_none_or(|it| it.as_str() != person) {
                continue;
            }
            for sentence in paragraph.text.split_inclusive(['.', '?', '!']) {
                let sentence = sentence.trim().trim_end_matches(['.', '?', '!']);
                let plain = sentence.chars().all(|it| it.is_alphanumeric() || " ,'-:".contains(it));
                if plain && (8..30).contains(&sentence.split_whitespace().count()) {
                    found.push((sentence.to_owned(), number));
                }
            }
        }
    }
    found.get(nth).unwrap_or_else(|| panic!("{person} says little")).clone()
}

fn case(person: u32) -> &'static str {
    match person {
        1..=5 => "CoP 31",
        6..=10 => "CoP 36",
        11..=12 => "CoP 38",
        13..=16 => "CoP 09",
        17..=20 => "CoP 16",
        _ => "CoP 62",
    }
}

/// Thirty quotations as they should be: marks of six languages, blocks, […], inserted words, names written otherwise.
fn clean(study: &TestStudy) -> Vec<Paragraph> {
    let mut paper = vec![("What people told us, and where.".to_owned(), false)];
    let marks = [("“", "”"), ("„", "“"), ("«", "»"), ("\"", "\""), ("‘", "’"), ("»", "«")];
    let people = (1..=23).filter(|it| *it != 14);
    for (nth, person) in people.clone().enumerate() {
        let (words, number) = said(study, &format!("P{person}"), 0);
        let (open, close) = marks[nth % marks.len()];
        let place = match nth % 3 {
            0 => case(person).to_owned(),
            1 => case(person).replace("CoP 0", "cop ").to_lowercase(),
            _ => case(person).replace(' ', "-"),
        };
        paper.push(match nth % 4 {
            3 => (format!("{words}. (P{person}, {place}: {number})"), true),
            2 => (format!("As P{person} ({place}: {number}) says, {open}{words}{close}."), false),
            _ => (
                format!("One of them said: {open}{words}{close} (P{person}, {place}: {number})."),
                false,
            ),
        });
    }
    for person in [1, 6, 11, 13, 21] {
        let (words, number) = said(study, &format!("P{person}"), 1);
        let all: Vec<&str> = words.split(' ').collect();
        let (first, rest) = all.split_at(3);
        let changed = match person {
            1 => format!("{} […] {}", first.join(" "), rest[2..].join(" ")),
            6 => format!("{} [that is] {}", first.join(" "), rest.join(" ")),
            11 => format!("… {} …", rest.join(" ")),
            13 => {
                let mut letters = words.chars();
                let first = letters.next().unwrap();
                format!("[{}]{}", first.to_lowercase(), letters.as_str())
            }
            _ => words.replace('\'', "’").replace(" ", "\u{a0}"),
        };
        let place = case(person);
        paper.push((format!("Somebody said “{changed}” (P{person}, {place}: {number})."), false));
    }
    let translated = said(study, "P17", 0).1;
    paper.push((
        format!("“We wrote the recipes down” (P17, CoP 16: {translated}), our translation."),
        false,
    ));
    let (words, number) = said(study, "P5", 1);
    paper.push((format!("{words}."), true));
    paper.push((format!("— P5, CoP 31: {number}"), false));
    // What is none of this study's.
    paper.push((
        "Others call this “legitimate peripheral participation in a community of practice” (Lave and Wenger, 1991: 29), \
         or a “postcard”. It’s the coders’ own word."
            .to_owned(),
        false,
    ));
    paper
}

/// The same with each kind of fault once.
fn planted(study: &TestStudy) -> Vec<Paragraph> {
    let mut paper = clean(study);
    let mut add = |text: String| paper.push((text, false));
    let of = |person: &str, nth| said(study, person, nth);
    let (words, number) = of("P2", 1);
    add(format!("“{words}” (P2, CoP 31: {}).", if number == 4 { 5 } else { 4 }));
    add(format!("“{}” (P4, CoP 31: {}).", of("P3", 1).0, of("P4", 1).1));
    let (words, number) = of("P7", 1);
    let (first, last) = words.rsplit_once(' ').unwrap();
    assert_ne!(last, "umbrella");
    add(format!("“{first} umbrella” (P7, CoP 36: {number})."));
    add(format!(
        "“Every glacier remembers its hydraulic accordion quite fondly” (P8, CoP 36: {}).",
        of("P8", 0).1
    ));
    let (words, number) = of("P9", 1);
    add(format!("“{words}” (P99, CoP 36: {number})."));
    let (words, number) = of("P10", 1);
    add(format!("“{words}” (P10, CoP 99: {number})."));
    let (words, number) = of("P14", 0);
    add(format!("“{words}” (P14, CoP 09: {number})."));
    let (words, number) = of("P25", 0);
    add(format!("“{words}” (P25, CoP 62: {number})."));
    let (words, number) = of("P24", 0);
    add(format!("“{words}” (P24, CoP 62: {number})."));
    add(format!(
        "“The recipes are heard by everybody in the yard” (P18, CoP 16: {}).",
        of("P18", 0).1
    ));
    add(format!("Once more, “{}” was said.", of("P22", 1).0));
    add(format!("They share the work (P23, CoP 62: {}).", of("P23", 0).1));
    add("They share the blame (P1, CoP 31: 2).".to_owned());
    // The same words under two people: the second citation is wrong, and that they are the same is said.
    add(format!("“{}” (P12, CoP 38: {}).", of("P11", 1).0, of("P12", 0).1));
    for nth in 1..=6 {
        let (words, number) = of("P15", nth);
        add(format!("“{words}” (P15, CoP 09: {number})."));
    }
    paper
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A paper in a format.
fn written(paper: &[Paragraph], extension: &str) -> Vec<u8> {
    let each = |one: &dyn Fn(&str, bool) -> String| -> String {
        paper.iter().map(|(text, block)| one(text, *block)).collect()
    };
    match extension {
        "md" => {
            each(&|text, block| format!("{}{text}\n\n", if block { "> " } else { "" })).into_bytes()
        }
        "txt" => each(&|text, _| format!("{text}\n\n")).into_bytes(),
        "html" => {
            let one = |text: &str, block: bool| {
                let tag = if block { "blockquote" } else { "p" };
                format!("<{tag}>{}</{tag}>\n", xml(text))
            };
            format!(
                "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{}</body></html>",
                each(&one)
            )
            .into_bytes()
        }
        "tex" => {
            let one = |text: &str, block: bool| {
                let text = text.replace('“', "``").replace('”', "''").replace('\u{a0}', "~");
                let text = text.replace('&', "\\&").replace('…', "\\ldots{}");
                if block {
                    format!("\\begin{{quote}}\n{text}\n\\end{{quote}}\n\n")
                } else {
                    format!("{text}\n\n")
                }
            };
            format!(
                "\\documentclass{{article}}\n\\begin{{document}}\n{}\\end{{document}}\n",
                each(&one)
            )
            .into_bytes()
        }
        "odt" => odt("", &each(&|text, _| format!("<text:p>{}</text:p>", xml(text)))),
        _ => {
            let one = |text: &str, _| {
                format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", xml(text))
            };
            let body = format!(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}</w:body></w:document>",
                each(&one)
            );
            let relation = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
                Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
                Target=\"word/document.xml\"/></Relationships>";
            package(&[
                ("[Content_Types].xml", "<Types/>"),
                ("_rels/.rels", relation),
                ("word/document.xml", &body),
            ])
        }
    }
}

fn checked(
    study: &TestStudy,
    paper: &[Paragraph],
    extension: &str,
) -> (i32, Vec<serde_json::Value>) {
    let file = study.path(&format!("paper.{extension}"));
    std::fs::write(&file, written(paper, extension)).unwrap();
    checked_file(study, &file)
}

fn checked_file(study: &TestStudy, file: &Path) -> (i32, Vec<serde_json::Value>) {
    let (status, out, err) = study.streams(&format!("cite '{}' --format json", file.display()));
    assert!(status < 2, "{}: {out}{err}", file.display());
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    (status, json["rows"].as_array().unwrap().clone())
}

const FORMATS: [&str; 6] = ["md", "txt", "html", "tex", "docx", "odt"];

#[test]
fn thirty_quotations_that_stand_where_they_are_cited_are_fine_in_every_format() {
    let study = study();
    let paper = clean(&study);
    for extension in FORMATS {
        all_is_fine(checked(&study, &paper, extension), extension);
    }
}

fn all_is_fine((status, rows): (i32, Vec<serde_json::Value>), extension: &str) {
    let odd: Vec<_> = rows.iter().filter(|it| it["level"] != "fine").collect();
    assert!(odd.is_empty(), "{extension}: {odd:#?}");
    assert_eq!((status, rows.len()), (0, 29), "{extension}");
}

/// A PDF is what most papers are sent as: pages, lines that break within quotations, numbers of pages.
#[test]
fn a_paper_that_libreoffice_made_a_pdf_of_is_checked_as_well() {
    let Some(office) = Office::found() else { return };
    let study = study();
    // A line of blanks that do not break is broken within a word.
    let breaking = |paper: Vec<Paragraph>| -> Vec<Paragraph> {
        paper.into_iter().map(|(text, block)| (text.replace('\u{a0}', " "), block)).collect()
    };
    let papers = [("clean", clean(&study)), ("planted", planted(&study))].map(|(name, paper)| {
        let paper = breaking(paper);
        let file = study.path(&format!("{name}.html"));
        std::fs::write(&file, written(&paper, "html")).unwrap();
        file
    });
    let papers: Vec<&Path> = papers.iter().map(|it| it.as_path()).collect();
    let [clean, planted] = office.all_saved(&papers, ("pdf", "pdf")).try_into().unwrap();
    all_is_fine(checked_file(&study, &clean), "pdf");
    each_fault_once(checked_file(&study, &planted), "pdf");
}

#[test]
fn each_kind_of_fault_is_found_once_and_none_is_invented() {
    let study = study();
    let paper = planted(&study);
    for extension in FORMATS {
        each_fault_once(checked(&study, &paper, extension), extension);
    }
}

fn each_fault_once((status, rows): (i32, Vec<serde_json::Value>), extension: &str) {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for kind in rows.iter().flat_map(|it| it["finding"].as_array().unwrap()) {
        *kinds.entry(kind.as_str().unwrap().to_owned()).or_default() += 1;
    }
    let fine = kinds.remove("found").unwrap();
    assert_eq!(kinds.remove("translated"), Some(1), "{extension}");
    let seen: Vec<(&str, usize)> = kinds.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
    let expected = [
        ("ask", 1),
        ("case", 1),
        ("missing", 1),
        ("not-quoted", 1),
        ("often", 1),
        ("participant", 1),
        ("place", 1),
        ("silent", 1),
        ("speaker", 2),
        ("translation", 1),
        ("twice", 1),
        ("uncited", 1),
        ("unquoted", 1),
        ("withdrawn", 1),
        ("words", 1),
    ];
    assert_eq!(seen, expected, "{extension}: {rows:#?}");
    assert_eq!((status, fine), (1, 28 + 3 + 6), "{extension}");
}

#[test]
fn the_right_place_is_proposed_and_the_words_of_the_talk_are_never_told() {
    let study = study();
    let (words, number) = said(&study, "P2", 1);
    study.write("paper.md", &format!("“{words}” (P2, CoP 31: 900).\n\n“She never once in her life said so to us” (P2, CoP 31: {number}).\n"));
    let (status, out, err) =
        study.streams(&format!("cite {} --format csv", study.path("paper.md").display()));
    assert_eq!((status, err.as_str()), (1, ""));
    assert!(out.contains(&format!(",place,,\"(P2, CoP 31: {number})\",CoP-31:{number}")), "{out}");
    // Of what stands at that place nothing is shown.
    let second = out.lines().last().unwrap();
    assert!(second.contains("missing") && !second.contains(&words), "{second}");
}

#[test]
fn an_annotated_copy_annotations_and_numbers_are_written() {
    let study = study();
    let (words, number) = said(&study, "P2", 1);
    study.write("paper.md", &format!("In 6 groups 24 participants spoke.\n\n“{words}” (P2, CoP 31: {number}).\n\n“{words} never” (P2, CoP 31: {number}).\n"));
    let paper = study.path("paper.md").display().to_string();
    let out = tempfile::tempdir().unwrap();
    let to = |name: &str| out.path().join(name).display().to_string();
    let seen = study.run(&format!("cite {paper} -o {} --ati {}", to("copy.md"), to("ati.csv")));
    assert!(seen.ends_with("[exit 1]\n"), "{seen}");
    let copy = std::fs::read_to_string(to("copy.md")).unwrap();
    assert!(
        copy.contains("fine – word for word") && copy.contains("not in the transcript: “never”"),
        "{copy}"
    );
    let ati = std::fs::read_to_string(to("ati.csv")).unwrap();
    assert!(ati.starts_with("excerpt,source,note\n"), "{ati}");
    assert!(
        ati.contains(&format!(
            "\"(P2, CoP 31: {number}): CoP 31, transcript CoP-31, paragraph {number}, 2025-11-07\""
        )),
        "{ati}"
    );
    let numbers = study.run(&format!("cite {paper} --numbers --format csv"));
    assert!(
        numbers.contains("1,6,")
            && numbers.contains("cases 6")
            && numbers.contains("participants 24"),
        "{numbers}"
    );
    assert!(numbers.ends_with("[exit 0]\n"), "{numbers}");
    // The manuscript itself is not written over.
    let refused = study.run(&format!("cite {paper} -o {paper} --force"));
    assert!(refused.ends_with("[exit 4]\n"), "{refused}");
}

#[test]
fn one_place_written_in_two_ways_is_one_place_and_literature_is_left_alone() {
    let study = study();
    let (words, number) = said(&study, "P3", 0);
    let paper = format!(
        "P3 (CoP 31: {number}) says “{words}”.\n\nAgain: “{words}” [P3, cop 031, {number}].\n\nOthers met in 2019, six groups of \
         them, “with nobody in charge at all, ever” (Smith & Jones, 2001), and P3 said so (CoP 31: {number}).\n"
    );
    study.write("paper.md", &paper);
    let path = study.path("paper.md").display().to_string();
    let seen = study.run(&format!("cite {path} --format csv"));
    assert_eq!(seen.matches(",fine,found,").count(), 2, "{seen}");
    assert!(!seen.contains("twice") && seen.ends_with("[exit 0]\n"), "{seen}");
    assert_eq!(seen.matches(",unquoted,").count(), 1, "{seen}");
    assert_eq!(seen.lines().count(), 5, "{seen}");
    assert!(
        !study.run(&format!("cite {path} --numbers --format csv")).contains("cases"),
        "a year is no count"
    );
}
