//! What a researcher can say about a file: its encoding, its language, how its labels look; and what is said
//! of a file that is no text.

use std::fs;

use expect_test::expect;
use themata::unitize::import::{self, Options, Pattern};
use themata::words::{Language, say};

use crate::desk;
use crate::import::{imported, shown};
use crate::import_real::set;
use crate::support::TestStudy;

/// Imports files that lie in a folder of the study's; returns what a person sees.
fn bring(study: &TestStudy, options: &str, files: &[&str]) -> String {
    let quoted = |file: &&str| format!("'{}'", study.path("in").join(file).display());
    let files: Vec<String> = files.iter().map(quoted).collect();
    study.run(&format!("import {options} {}", files.join(" ")).replace("  ", " "))
}

#[test]
fn a_pattern_reads_labels_that_nobody_foresaw() {
    let text = "<<Ana>> So: yes.\nand more\n1:05 <<Luis>>\nNo.\n\nAna: said he.\n<<Ana>> Bye.\n";
    let pattern = Pattern::new("<<([^>]+)>>").unwrap();
    let options = Options { pattern: Some(&pattern), ..Options::default() };
    let found = import::read("a.txt", text.as_bytes(), &options).unwrap();
    expect![[r#"
        Ana | So: yes.
        Ana | and more
        [00:01:05] Luis | No.
        Luis | Ana: said he.
        Ana | Bye.
        = Ana, unknown, 2 times: matches the pattern (`--speaker-pattern`)
        = Luis, unknown, 1 times: matches the pattern (`--speaker-pattern`)
    "#]]
    .assert_eq(&shown(&found.draft));
    let pattern = Pattern::new("^@([a-z]+) ").unwrap();
    let options = Options { pattern: Some(&pattern), ..Options::default() };
    let found = import::read("a.txt", text.as_bytes(), &options).unwrap();
    assert!(found.draft.notes.iter().any(|note| note.key == "import.note.pattern"));
}

#[test]
fn a_pattern_without_a_group_or_that_is_none_is_wrong_use() {
    let study = TestStudy::empty("en", &["c1"], desk::CODEBOOK);
    study.write("in/a.txt", "<Ana> yes\n");
    for pattern in ["ana", "("] {
        let out = bring(&study, &format!("--preview --speaker-pattern {pattern}"), &["a.txt"]);
        assert!(out.contains("[exit 2]") && out.contains("'^<([^>]+)>'"), "{out}");
    }
}

#[test]
fn a_transcript_has_the_language_of_its_words_unless_another_is_named() {
    for (folder, file, expected) in [
        ("amlo-es", "2022-05-26.md", Some("es")),
        ("artisans-fr", "transcripts/Entretien 01 24.10.03 01_traitement_A.docx", Some("fr")),
        ("asamblea-ec", "2bD4Z9DjjFY.json", Some("es")),
        ("bundestag-de", "17002.txt", Some("de")),
        ("cabnc-chat", "KB0_15.cha", Some("en")),
        ("changelog-md", "go-time-120.md", Some("en")),
        ("knesset-he", "protocol_text.txt", Some("he")),
        ("mlss-quality", "transcripts/Interview 2.txt", Some("fr")),
        ("miami-es-en", "zeledon01.tr", Some("es")),
        ("podcast-formats", "example.srt", Some("en")),
        ("poets-csv", "gluck.csv", Some("en")),
        ("talkmoves", "Boats and Fish 1_Grade 4.xlsx", Some("en")),
        ("zoom-vtt", "focil_2025-09-23_020/transcript.vtt", Some("en")),
        ("import-torture", "windows-1251-russian.txt", Some("ru")),
    ] {
        let Some(folder) = set(folder) else { return };
        let found = imported(file, &fs::read(folder.join(file)).unwrap());
        assert_eq!(found.language.as_deref(), expected, "{file}");
    }
}

#[test]
fn the_language_is_kept_with_the_transcript() {
    let study = TestStudy::empty("en", &["c1"], desk::CODEBOOK);
    let said =
        "Ana: Pues yo creo que la clínica no es lo que nos dijeron, y por eso la gente se fue.\n";
    study.write("in/A.txt", said);
    study.write("in/B.txt", &format!("{said}Luis: Ya.\n"));
    study.write("in/C.txt", "Ana: Ok.\n");
    bring(&study, "", &["A.txt", "C.txt"]);
    bring(&study, "--language ca", &["B.txt"]);
    let list = study.read("transcripts.csv");
    let languages: Vec<&str> =
        list.lines().skip(1).map(|row| row.split(',').nth(4).unwrap()).collect();
    assert_eq!(languages, ["es", "en", "ca"], "{list}");
}

#[test]
fn a_changed_file_of_the_same_name_is_told_to_be_another_transcript() {
    let study = TestStudy::empty("en", &["c1"], desk::CODEBOOK);
    study.write("in/A.txt", "P1: one\n");
    bring(&study, "", &["A.txt"]);
    study.write("in/A.txt", "P1: one and two\n");
    let out = bring(&study, "", &["A.txt"]);
    assert!(
        out.contains("there is a transcript A already, with another text, so this one is A-2"),
        "{out}"
    );
}

/// Bytes that look like chance, always the same.
fn chance(length: usize) -> Vec<u8> {
    let mut state = 12_345_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn a_file_that_is_no_text_is_refused_whatever_it_is_called_and_a_stray_nul_is_not() {
    for length in [40, 400, 40_000] {
        for name in ["a.txt", "a", "a.md", "a.csv", "a.srt", "a.json"] {
            let error = import::read(name, &chance(length), &Options::default()).unwrap_err();
            assert!(
                ["import.not-text", "import.encoding.broken"].contains(&error.what.key),
                "{name} {}",
                error.what.key
            );
            assert!(say(&error.fix, Language::English).len() > 20);
        }
    }
    let text = "P1: We waited.\0 Nobody came.\nP2: It is far.\n";
    let found = imported("a.txt", text.as_bytes());
    assert_eq!(found.draft.paragraphs[0].text, "We waited. Nobody came.");
    assert!(found.draft.notes.iter().any(|note| note.key == "import.note.controls"));
}
