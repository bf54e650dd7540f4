//! Every file of every published set, one line each: what import makes of it, or why it is refused.
//!
//! The figures of transcripts (paragraphs, without speaker, turns, speakers) were counted in the files by other
//! means, set by set; where captions are joined into paragraphs, only turns and speakers could be. Lists of
//! codes, papers and scripts are there too: what is no transcript is either refused or is text of nobody.
//!
//! `UPDATE_EXPECT=1 cargo test --test it census` rewrites the list; look at each line that changes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use expect_test::expect_file;
use themata::unitize::draft::Draft;
use themata::unitize::import::{self, Options};
use themata::words::{Language, say};

use crate::import_real::set;

/// Folders of made-up cases, which have tests of their own.
const CASES: [&str; 2] = ["field-cases", "reliability-cases"];

/// What became of a file, in one line.
fn told(name: &str, bytes: &[u8]) -> String {
    match import::read(name, bytes, &Options::default()) {
        Err(unreadable) => format!("refused: {}", unreadable.what.key),
        Ok(found) => {
            let draft = found.draft;
            let silent = draft.paragraphs.iter().filter(|it| it.label.is_none()).count();
            let format = say(&found.format.name(), Language::English);
            let (paragraphs, turns) = (draft.paragraphs.len(), turns(&draft));
            let speakers = draft.labels.len();
            format!(
                "{format}: {paragraphs} ({silent}) paragraphs, {turns} turns, {speakers} speakers"
            )
        }
    }
}

/// Runs of paragraphs by one speaker; those of nobody break none.
fn turns(draft: &Draft) -> usize {
    let mut speaking: Vec<usize> = draft.paragraphs.iter().filter_map(|it| it.label).collect();
    speaking.dedup();
    speaking.len()
}

fn walk(folder: &Path, root: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.file_name().is_some_and(|name| CASES.iter().any(|case| name == *case)) {
                walk(&path, root, into);
            }
        } else {
            let inside = path.strip_prefix(root).unwrap();
            let parts: Vec<_> = inside.iter().map(|it| it.to_str().unwrap()).collect();
            // What is said about a set is no part of it.
            if !parts.last().is_some_and(|name| ["README.md", "PROVENANCE.md"].contains(name)) {
                into.insert(parts.join("/"));
            }
        }
    }
}

#[test]
fn every_file_of_every_set_comes_in_as_counted_or_is_refused_for_its_reason() {
    let Some(root) = set("") else { return };
    let mut files = BTreeSet::new();
    walk(&root, &root, &mut files);
    let mut list = String::new();
    for file in &files {
        let bytes = fs::read(root.join(file)).unwrap();
        list.push_str(&format!("{file}: {}\n", told(file, &bytes)));
    }
    expect_file!["./census.txt"].assert_eq(&list);
}

/// The same talk in several containers.
#[test]
fn one_talk_is_the_same_text_from_every_container() {
    let Some(root) = set("") else { return };
    let text = |file: &str| {
        let bytes = fs::read(root.join(file)).unwrap();
        let found = import::read(file, &bytes, &Options::default());
        let draft = found.unwrap_or_else(|it| panic!("{file}: {:?}", it.what)).draft;
        let label = |at: Option<usize>| at.map(|at| draft.labels[at].text.clone());
        let lines = draft.paragraphs.iter().map(|it| (label(it.label), it.text.clone()));
        lines.collect::<Vec<_>>()
    };
    for (original, others) in [
        (
            "mlss-quality/transcripts/Interview 2.txt",
            &[
                "office-variants/interview_fr_cp1252.txt",
                "office-variants/interview_fr_utf16le_bom.txt",
                "office-variants/interview_fr_utf8_crlf.txt",
            ][..],
        ),
        (
            "artisans-fr/transcripts/Entretien 01 24.10.03 01_traitement_A.docx",
            &["office-variants/chercheur_fr.rtf"],
        ),
        ("serdif/transcripts/P1_GMT20211118.odt", &["office-variants/usability_en.docx"]),
    ] {
        let wanted = text(original);
        for other in others {
            assert_eq!(text(other), wanted, "{other} and {original}");
        }
    }
}
