//! The example study: what it holds, that nothing in it is repeated, how far its coders agree, and that
//! the demo walks through it.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use themata::store::{self, Folder, Wish};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities")
}

fn run(arguments: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut all = vec!["themata"];
    all.extend(arguments);
    let status = themata::cli::run(all, &mut Cursor::new(""), &mut out, &mut err);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// Whether an opening line says that the group is not real, in one of the ways that the six have.
fn says_so(text: &str) -> bool {
    let text = text.to_lowercase();
    ["invent", "fiction", "made up", "exist"].iter().any(|word| text.contains(word))
}

#[test]
fn six_groups_talk_at_length_and_never_say_the_same_thing_twice() {
    let opened = store::load(&Folder::at(&folder())).unwrap();
    let study = &opened.study;
    let cases: Vec<&str> = study.cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(cases, ["CoP-31", "CoP-36", "CoP-38", "CoP-09", "CoP-16", "CoP-62"]);
    let mut said = BTreeSet::new();
    for transcript in &study.transcripts {
        assert!(transcript.paragraphs.len() >= 60, "{} is short", transcript.id);
        let first = &transcript.paragraphs[0];
        assert!(
            first.speaker.is_none() && says_so(&first.text),
            "{} says that it is invented",
            transcript.id
        );
        for paragraph in &transcript.paragraphs {
            let words = paragraph.text.split_whitespace().count();
            let new = words <= 3 || said.insert(&paragraph.text);
            assert!(new, "said twice, in {}: {}", transcript.id, paragraph.text);
        }
    }
    let spanish = study.transcripts.iter().filter(|it| it.language == "es").count();
    assert_eq!(spanish, 1);
    let people: Vec<String> = study
        .participants
        .iter()
        .filter(|it| it.role.counts())
        .map(|it| it.id.to_string())
        .collect();
    let expected: Vec<String> = (1..=25).map(|number| format!("P{number}")).collect();
    assert_eq!(people, expected);
}

#[test]
fn two_coders_decided_every_unit_and_agree_as_the_study_says() {
    let (status, out, err) = run(&[
        "-C",
        folder().to_str().unwrap(),
        "agree",
        "--measure",
        "krippendorff_alpha,krippendorff_alpha_masi",
        "--format",
        "csv",
    ]);
    assert_eq!((status, err.as_str()), (0, ""));
    let figure = |level: &str, name: &str| -> String {
        let row = out.lines().find(|line| line.starts_with(&format!("{level},{name},"))).unwrap();
        let cells: Vec<&str> = row.split(',').collect();
        assert_eq!(cells[9], "346", "every unit was decided by both");
        format!("{:.3}", cells[3].parse::<f64>().unwrap())
    };
    // Computed from the decisions with the Python packages krippendorff and nltk.
    for (dimension, presence, sets) in [
        ("leadership", "0.856", "0.762"),
        ("relationships", "0.661", "0.519"),
        ("conflict", "0.770", "0.705"),
        ("outputs", "0.850", "0.835"),
        ("impact", "0.577", "0.536"),
    ] {
        assert_eq!(figure("presence", dimension), presence, "{dimension}");
        assert_eq!(figure("sets", dimension), sets, "{dimension}");
    }
}

#[test]
fn the_example_has_no_problem_and_both_have_sealed_everything() {
    let (status, out, _) = run(&["-C", folder().to_str().unwrap(), "check"]);
    assert_eq!((status, out.as_str()), (0, "0 problems\n"));
    let opened = store::load(&Folder::at(&folder())).unwrap();
    let comparison = opened.comparison(&Wish::default()).unwrap();
    assert_eq!((comparison.open.len(), comparison.waiting.len()), (6, 0));
    let settled = opened.settlements.iter().filter(|it| it.answer.is_decided()).count();
    assert_eq!((opened.settlements.len(), settled), (146, 131));
    assert!(opened.settlements.iter().all(|it| it.reason.is_some() && !it.rationale.is_empty()));
}

#[test]
fn the_demo_writes_a_copy_walks_through_it_and_refuses_to_write_it_twice() {
    let place = tempfile::tempdir().unwrap();
    let demo = place.path().join("demo");
    let demo = demo.to_str().unwrap();
    let (status, out, err) = run(&["demo", demo]);
    assert_eq!(status, 0, "{err}");
    for step in ["status", "units show", "agree", "discrepancies", "log", "matrix"] {
        assert!(out.contains(&format!("$ themata -C {demo} {step}")), "{step}");
    }
    assert!(!err.contains("error"), "{err}");
    assert!(out.trim_end().ends_with("resolve --lines"), "it ends with things to try");
    let (status, _, err) = run(&["demo", demo]);
    assert_eq!(status, 4);
    assert!(err.starts_with("error: README.md exists"), "{err}");
}
