//! Promises of the project that no other test would miss: each of these fails when its promise is broken.

use std::fs;

use crate::support::TestStudy;

/// Everything that reads what was said, or that counts on it.
const READERS: [&str; 17] = [
    "status",
    "units show",
    "code --coder c1 --lines",
    "sheet --coder c1 -o sheet.xlsx",
    "seal --coder c1",
    "agree",
    "discrepancies",
    "resolve --lines",
    "matrix",
    "quotes",
    "export",
    "memo list",
    "log",
    "undo --coder c1",
    "split",
    "round new recode",
    "remove B",
];

/// Both coders have decided everything, and both have sealed.
fn sealed() -> TestStudy {
    TestStudy::new()
        .coded("c1", &["A:2 leadership horizontal", "A:3-4 tone cold", "B:1 tone warm"])
        .rest_none("c1")
        .coded("c2", &["A:2 leadership horizontal", "A:3-4 tone cold", "B:1 tone warm"])
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2")
}

#[test]
fn a_transcript_that_was_edited_is_reported_by_every_command_with_the_paragraph() {
    let study = sealed();
    let text = study.read("transcripts/A.txt");
    study.write("transcripts/A.txt", &text.replace("for the coffee", "for the tea"));
    for command in READERS {
        let seen = study.run(command);
        assert!(seen.contains("transcripts/A.txt:3: "), "{command}: {seen}");
        assert!(seen.contains("[exit 3]"), "{command}: {seen}");
        assert!(!seen.contains("for the tea"), "{command} repeats what was said: {seen}");
    }
    let seen = study.run("check");
    assert!(seen.contains("transcripts/A.txt:3: ") && seen.contains("[exit 1]"), "{seen}");
}

#[test]
fn quotations_in_a_matrix_leave_out_whoever_must_not_be_quoted() {
    let study = sealed();
    let seen = study.run("matrix --cell quotes --format csv");
    assert!(seen.contains("CoP") || seen.contains("chair moves on"), "{seen}");
    let people = study.read("participants.csv");
    let row = people.lines().find(|line| line.starts_with("P3,")).unwrap();
    study.write("participants.csv", &people.replace(row, &row.replace(",ask,", ",no,")));
    for form in ["table", "csv", "json", "md"] {
        let seen = study.run(&format!("matrix --cell quotes --format {form}"));
        assert!(!seen.contains("chair moves on"), "{form}: {seen}");
        assert!(seen.contains("[exit 0]"), "{form}: {seen}");
    }
    assert!(study.run("matrix --format csv").contains("B,0,1"), "she is counted all the same");
}

/// Escape, bell, delete, and a mark that turns the direction of text.
const CONTROL: [char; 4] = ['\u{1b}', '\u{7}', '\u{7f}', '\u{202e}'];

#[test]
fn no_control_character_reaches_a_terminal_through_a_table() {
    let study = sealed();
    let cases = study.read("cases.csv");
    study.write("cases.csv", &cases.replace("Group A", "Group\u{1b}[31m\u{7}\u{7f}\u{202e}A"));
    let memo = study.run("memo --coder c1 --on A:2 'red\u{1b}[31m \u{7f}\u{202e}bell\u{7}'");
    assert!(memo.contains("[exit 0]"), "{memo}");
    for command in ["memo list", "status", "matrix --totals", "quotes --code horizontal", "log"] {
        let seen = study.run(command);
        assert!(seen.contains("[exit 0]"), "{command}: {seen}");
        assert!(!seen.contains(CONTROL), "{command}: {seen:?}");
    }
    assert!(study.run("memo list").contains("red␛[31m"), "what was written is shown as marks");
}

#[test]
fn a_cell_that_begins_with_a_tabulator_or_a_carriage_return_is_guarded_in_a_csv() {
    for beginning in ['\t', '\r', '=', '+', '-', '@'] {
        let text = format!("{beginning}cmd");
        let guarded = themata::escape::csv::guard(&text);
        assert_eq!(guarded, format!("'{text}"), "{text:?}");
        assert_eq!(themata::escape::csv::unguard(&guarded), text);
    }
    // Through the command line: a memo of this kind in the list of memos.
    let study = sealed();
    study.run("memo --coder c1 --on A:2 '\t=1+1'");
    let seen = study.run("memo list --format csv");
    assert!(!seen.contains(",\t=") && !seen.contains(",=1"), "{seen:?}");
    assert!(!seen.contains("\"\t="), "{seen:?}");
}

#[test]
fn sound_is_refused_by_import_and_no_coefficient_gets_an_adjective() {
    let study = TestStudy::empty("en", &["c1"], crate::desk::CODEBOOK);
    for (name, head) in
        [("talk.mp3", &b"ID3\x04\0\0\0\0\0\0"[..]), ("talk.wav", b"RIFF\0\0\0\0WAVEfmt ")]
    {
        fs::write(study.path(name), [head, &[0xff; 600]].concat()).unwrap();
        let seen = study.process(&format!("import {name}"));
        assert!(seen.contains("[exit 3]"), "{seen}");
    }
    let study = sealed();
    for command in ["agree --level all --measure all", "--lang es agree --level all --measure all"]
    {
        let seen = study.run(command).to_lowercase();
        for adjective in [
            "substantial",
            "moderate",
            "almost perfect",
            "excellent",
            "sustancial",
            "moderad",
            "excelente",
        ] {
            assert!(!seen.contains(adjective), "{command} says {adjective}: {seen}");
        }
    }
}

#[test]
fn what_the_readme_denies_is_denied_by_the_program() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("## What it does not do").unwrap();
    let section = rest.split("\n## ").next().unwrap();
    let help = crate::support::run_outside("--help");
    // A command that is there is not denied, and one that is not there is not promised.
    for command in ["report", "cite", "pack", "display", "withdraw", "anonymise"] {
        let there = help.lines().any(|line| line.trim_start().starts_with(&format!("{command} ")));
        let denied = section.contains(&format!("`{command}`"));
        assert_ne!(there, denied, "`{command}` is there: {there}; the README denies it: {denied}");
    }
}
