//! `import` as a person types it: several files, folders, what is passed over, previews.

use expect_test::expect;

use crate::desk;
use crate::support::{TestStudy, run_outside};

/// A study, and beside its own files a folder of what a team has.
fn with_folder() -> TestStudy {
    let study = TestStudy::empty("en", &["c1"], desk::CODEBOOK);
    study
        .write("talk/CoP 10.txt", "Moderator: How did it begin?\nP1: With an e-mail.\n")
        .write("talk/CoP 9.txt", "Moderator: And here?\nP2: With coffee.\nP2: And cake.\n")
        .write("talk/.DS_Store", "x")
        .write("talk/call.mp3", "ID3\u{3}\0\0\0")
        .write("talk/older/CoP 1.txt", "P1: no\n");
    study
}

#[test]
fn a_folder_comes_in_file_by_file_in_the_order_of_numbers_and_says_what_it_passed_over() {
    let study = with_folder();
    let talk = study.path("talk").display().to_string();
    study.check(
        &format!("import '{talk}'"),
        expect![[r#"
            --- stderr ---
            CoP-9 (case CoP-9): 3 paragraphs; participants P2; moderating or observing Moderator
            CoP-10 (case CoP-10): 2 paragraphs; participants P1; moderating or observing CoP-10-Moderator
            passed over: STUDY/talk/call.mp3 is a recording, not a transcript
            1 folder inside was not looked into; name it too if there are transcripts
            next: themata split
            [exit 0]
        "#]],
    );
    // The same again, with one file more.
    study.write("talk/CoP 11.txt", "Moderator: And?\nP3: Well.\n");
    study.check(
        &format!("import '{talk}'"),
        expect![[r#"
            --- stderr ---
            CoP-11 (case CoP-11): 2 paragraphs; participants P3; moderating or observing CoP-11-Moderator
            passed over: STUDY/talk/call.mp3 is a recording, not a transcript
            passed over: STUDY/talk/CoP 9.txt is here already, as CoP-9
            passed over: STUDY/talk/CoP 10.txt is here already, as CoP-10
            1 folder inside was not looked into; name it too if there are transcripts
            next: themata split
            [exit 0]
        "#]],
    );
}

#[test]
fn one_bad_file_of_a_folder_does_not_keep_the_others_out_and_is_told_with_its_remedy() {
    let study = with_folder();
    study.write("talk/CoP 12.docx", "no archive");
    let talk = study.path("talk").display().to_string();
    let seen = study.run(&format!("import '{talk}'"));
    assert!(seen.contains("CoP-9 (case CoP-9): 3 paragraphs"), "{seen}");
    assert!(seen.contains("talk/CoP 12.docx: "), "{seen}");
    assert!(seen.contains("  fix: "), "{seen}");
    assert!(seen.ends_with("[exit 3]\n"), "{seen}");
    assert_eq!(study.read("transcripts.csv").lines().count(), 3);
}

#[test]
fn files_that_are_named_come_in_together_or_not_at_all_and_the_good_ones_are_counted() {
    let study = with_folder();
    study.write("talk/CoP 12.docx", "no archive");
    let file = |name: &str| format!("'{}'", study.path("talk").join(name).display());
    let line = format!("import {} {}", file("CoP 9.txt"), file("CoP 12.docx"));
    let seen = study.run(&line);
    assert!(seen.contains("nothing was imported; the 1 other file can be read"), "{seen}");
    assert!(seen.ends_with("[exit 3]\n"), "{seen}");
    assert_eq!(study.read("transcripts.csv").lines().count(), 1);
    let seen = study.run(&format!("{line} --preview"));
    assert!(seen.contains("│ CoP-9 "), "the good one is shown: {seen}");
    assert!(seen.ends_with("[exit 3]\n"), "{seen}");
}

#[test]
fn a_study_and_an_empty_folder_are_no_folders_of_transcripts() {
    let study = with_folder();
    let root = study.path("").display().to_string();
    study.check(
        &format!("import '{}'", root.trim_end_matches('/')),
        expect![[r#"
            --- stderr ---
            error: STUDY is a study, not a folder of transcripts
              fix: name the folder in which the transcripts lie, or the files
            [exit 2]
        "#]],
    );
    let seen = study.run(&format!("import '{}'", study.path("coding").display()));
    assert!(seen.contains("there is no transcript in STUDY/coding"), "{seen}");
    assert!(seen.ends_with("[exit 2]\n"), "{seen}");
}

#[test]
fn a_form_of_result_without_a_preview_is_wrong_use() {
    let study = with_folder();
    let seen = study.run(&format!("import '{}' --format json", study.path("talk").display()));
    assert!(seen.contains("fix: add --preview"), "{seen}");
    assert!(seen.ends_with("[exit 2]\n"), "{seen}");
}

#[test]
fn the_preview_of_one_file_is_one_screen_whatever_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::new();
    for turn in 0..400 {
        // Thirty names, slips, and things that look like labels.
        text.push_str(&format!("Speaker Number{} Longname: {}\n", turn % 30, "word ".repeat(60)));
        text.push_str(&format!("Remark {turn}: said once only, at the start of a line.\n"));
    }
    text.push_str("Speaker Numberr3 Longname : a slip\n");
    let file = folder.path().join("many.txt");
    std::fs::write(&file, text).unwrap();
    let seen = run_outside(&format!("import --preview '{}'", file.display()));
    let lines: Vec<&str> = seen.lines().collect();
    assert!(lines.len() <= 41, "{} lines:\n{seen}", lines.len()); // and the exit status
    let widest = lines.iter().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= 100, "{widest} columns:\n{seen}");
    assert!(seen.contains("more speakers with fewer words"), "{seen}");
}

#[test]
fn a_preview_says_format_encoding_people_edges_and_what_to_look_at() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Grupo 1.txt");
    let mut text = b"Moderadora: \xbfQu\xe9 tal?\nAna Ruiz: S\xed.\nLuis: No.\n".to_vec();
    text.extend(b"Ana Ruiz: Bien.\nLuis : Mal.\nModeradora: Pues bien.\n");
    std::fs::write(&file, text).unwrap();
    let line = format!("import --preview '{}'", file.display());
    let shown = run_outside(&line).replace(&folder.path().display().to_string(), "HERE");
    expect![[r#"
        HERE/Grupo 1.txt

        becomes     transcript Grupo-1 of case Grupo-1 (Grupo 1)
        format      plain text, windows-1252 (a guess)
        language    not clear; --language names it, else the study's is taken
        holds       6 paragraphs, 6 turns, 8 words of speakers; 0 paragraphs without speaker
        first       1: ¿Qué tal?
        last        6: Pues bien.

        ┌────────────┬────────────┬───────────┬───────┬───────┬──────┬─────────────────────────────────────┐
        │ label      ┆ becomes    ┆ role      ┆ turns ┆ words ┆ line ┆ why                                 │
        ╞════════════╪════════════╪═══════════╪═══════╪═══════╪══════╪═════════════════════════════════════╡
        │ Moderadora ┆ Moderadora ┆ moderator ┆     2 ┆     4 ┆    1 ┆ the word `moderadora` names a role… │
        │ Ana Ruiz   ┆ Ana-Ruiz   ┆ unknown   ┆     2 ┆     2 ┆    2 ┆ stands before speech 2 times        │
        │ Luis       ┆ Luis       ┆ unknown   ┆     2 ┆     2 ┆    3 ┆ stands before speech 2 times        │
        └────────────┴────────────┴───────────┴───────┴───────┴──────┴─────────────────────────────────────┘

        - the encoding was guessed: windows-1252; if letters with accents are wrong, name it with --encoding
        - a blank stands before the colon of 1 label and not of 5 (see line 5); `P1 :` and `P1:` were taken
          for the same speaker
        - 2 labels look like the name of a person; --pseudonyms KEY.csv makes P1 … of them, --speakers
          MAP.csv names each (transcript,label,participant,role)
        nothing was written; without --preview the file is imported as shown
        [exit 0]
    "#]].assert_eq(&shown);
}

#[test]
fn what_a_terminal_would_obey_is_shown_as_a_mark() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a\u{1b}[31mb.txt");
    std::fs::write(&file, "P1: one \u{202e}two\nP2: x\n").unwrap();
    for line in ["import --preview", "import --preview --format json"] {
        let seen = run_outside(&format!("{line} '{}'", file.display()));
        assert!(!seen.contains('\u{1b}'), "{seen:?}");
    }
    let seen = run_outside(&format!("import --preview '{}'", file.display()));
    assert!(seen.contains("one <U+202E>two"), "{seen}");
}

#[test]
fn the_preview_as_csv_is_a_list_of_speakers_that_import_takes() {
    let study = with_folder();
    let talk = study.path("talk").display().to_string();
    let map = study.path("talk/speakers.csv").display().to_string();
    let seen = study.run(&format!("import --preview '{talk}' -o '{map}'"));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let list = std::fs::read_to_string(&map).unwrap();
    expect![[r#"
        transcript,label,participant,role,turns,words,line,why,why_role
        CoP-9,Moderator,Moderator,moderator,1,2,1,the word `moderator` names a role,the word `moderator` in the label
        CoP-9,P2,P2,participant,1,4,2,numbered as participants are,numbered as participants are
        CoP-10,Moderator,CoP-10-Moderator,moderator,1,4,1,the word `moderator` names a role,the word `moderator` in the label
        CoP-10,P1,P1,participant,1,4,2,numbered as participants are,numbered as participants are
    "#]].assert_eq(&list);
    // Filled in: both moderators are one person.
    let filled = list.replace("CoP-10-Moderator", "Moderator");
    std::fs::write(&map, filled).unwrap();
    let seen = study.run(&format!("import '{talk}' --speakers '{map}'"));
    assert!(seen.contains("participants P1; moderating or observing Moderator"), "{seen}");
    assert!(study.read("participants.csv").contains("Moderator,Moderator,,moderator"), "{seen}");
}

#[test]
fn the_preview_as_json_tells_files_and_labels() {
    let study = with_folder();
    let file = study.path("talk/CoP 9.txt");
    let seen = study.run(&format!("import --preview --format json '{}'", file.display()));
    expect![[r#"
        {
          "schema": "themata.preview/1",
          "files": [
            {
              "file": "STUDY/talk/CoP 9.txt",
              "transcript": "CoP-9",
              "case": "CoP-9",
              "format": "plain text",
              "encoding": "UTF-8",
              "encoding_sure": "certain",
              "paragraphs": 3,
              "without_speaker": 0,
              "turns": 2,
              "words": 6,
              "left_in_text": [],
              "notes": []
            }
          ],
          "rows": [
            {
              "transcript": "CoP-9",
              "label": "Moderator",
              "participant": "Moderator",
              "role": "moderator",
              "turns": 1,
              "words": 2,
              "line": 1,
              "why": "the word `moderator` names a role",
              "why_role": "the word `moderator` in the label"
            },
            {
              "transcript": "CoP-9",
              "label": "P2",
              "participant": "P2",
              "role": "participant",
              "turns": 1,
              "words": 4,
              "line": 2,
              "why": "numbered as participants are",
              "why_role": "numbered as participants are"
            }
          ]
        }
        [exit 0]
    "#]]
    .assert_eq(&seen);
}

#[test]
fn slips_are_told_by_preview_and_by_import_with_what_mends_them_and_nothing_is_repaired() {
    let study = TestStudy::empty("en", &["c1"], desk::CODEBOOK);
    let mut text = String::new();
    for turn in 0..6 {
        text.push_str(&format!("Interviewer: What of {turn}?\nP1: This.\n"));
    }
    text.push_str("Interviewe: And that?\nP1 : That too.\n");
    study.write("talk/a.txt", &text);
    let file = study.path("talk/a.txt").display().to_string();
    for line in [format!("import --preview '{file}'"), format!("import '{file}'")] {
        let seen = study.run(&line).replace("\n  ", " ");
        assert!(seen.contains("`Interviewe` is rare and resembles `Interviewer`"), "{seen}");
        assert!(seen.contains("(`--speakers`) makes them one now"), "{seen}");
        assert!(seen.contains("before the colon of 1 label and not of 13 (see line 14)"), "{seen}");
    }
    assert!(study.read("transcripts/a.txt").contains("Interviewe: And that?"));
}
