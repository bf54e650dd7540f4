//! The shape of the house: what each folder may use, and that every sentence is in `words/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The folders from top to bottom: each may use only what stands above it.
const FOLDERS: &[&str] = &[
    "domain", "words", "language", "stats", "unitize", "analysis", "desk", "escape", "format",
    "store", "render", "face", "cli",
];

/// Folders that reason, and so know no file, no format and no command line.
const PURE: &[&str] = &["domain", "stats", "analysis", "desk"];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
        let mut entries: Vec<_> =
            fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = |line: &&str| !line.trim_start().starts_with("//");
                let text: Vec<&str> = text.lines().filter(code).collect();
                let text = text.join("\n");
                into.push((path, text));
            }
        }
    }
    let mut all = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

/// The folder under `src/` that a file lies in.
fn folder(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    let name = first.trim_end_matches(".rs");
    (!["lib", "main"].contains(&name)).then(|| name.to_owned())
}

#[test]
fn a_folder_uses_only_what_stands_above_it() {
    let place: BTreeMap<&str, usize> =
        FOLDERS.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let uses = Regex::new(r"crate::(?:\{([^;]*)\}|(\w+))").unwrap();
    let mut broken = Vec::new();
    for (path, text) in sources() {
        let Some(here) = folder(&path) else { continue };
        let Some(own) = place.get(here.as_str()) else {
            broken.push(format!("src/{here} is not in the list of folders"));
            continue;
        };
        for found in uses.captures_iter(&text) {
            let names = found.get(1).or(found.get(2)).unwrap().as_str();
            for name in names.split(',').filter_map(|part| part.trim().split(':').next()) {
                if place.get(name).is_some_and(|other| other > own) {
                    broken
                        .push(format!("{} uses {name}, which stands below {here}", path.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn stats_uses_nothing_of_ours() {
    for (path, text) in
        sources().into_iter().filter(|(path, _)| folder(path).as_deref() == Some("stats"))
    {
        for other in FOLDERS.iter().filter(|name| **name != "stats") {
            assert!(!text.contains(&format!("crate::{other}")), "{} uses {other}", path.display());
        }
    }
}

#[test]
fn folders_that_reason_know_no_file_and_no_format() {
    for (path, text) in sources() {
        if folder(&path).is_some_and(|name| PURE.contains(&name.as_str())) {
            for foreign in ["std::fs", "anyhow::", "serde::", "clap::"] {
                assert!(!text.contains(foreign), "{} names {foreign}", path.display());
            }
        }
    }
}

#[test]
fn only_store_opens_files() {
    for (path, text) in sources() {
        if folder(&path).as_deref() != Some("store") {
            for foreign in ["std::fs", "File::open", "std::net"] {
                assert!(!text.contains(foreign), "{} names {foreign}", path.display());
            }
        }
    }
}

#[test]
fn every_sentence_that_the_source_asks_for_is_in_words_with_its_arguments_and_no_other_is() {
    let asked =
        Regex::new(r#"(?s)(?:msg!\(|word\(|Message::new\()\s*"([a-z][a-z0-9_]*\.[a-z0-9_.-]+)""#)
            .unwrap();
    let entry = Regex::new(r#"(?s)\(\s*"([a-z][a-z0-9_]*\.[a-z0-9_.-]+)",\s*""#).unwrap();
    let key_like = Regex::new(r#""([a-z][a-z0-9_]*\.[a-z0-9_.-]+)""#).unwrap();
    let mut defined = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut mentioned = BTreeSet::new();
    for (path, text) in sources() {
        let in_words = folder(&path).as_deref() == Some("words");
        if in_words {
            defined.extend(entry.captures_iter(&text).map(|it| it[1].to_owned()));
        } else {
            used.extend(asked.captures_iter(&text).map(|it| it[1].to_owned()));
            mentioned.extend(key_like.captures_iter(&text).map(|it| it[1].to_owned()));
        }
    }
    let missing: Vec<_> = used.difference(&defined).collect();
    assert!(missing.is_empty(), "asked for, but in no file of words/: {missing:#?}");
    let dead: Vec<_> =
        defined.difference(&mentioned).filter(|key| !key.starts_with("general.")).collect();
    assert!(dead.is_empty(), "in words/, but never asked for: {dead:#?}");
}
