//! The shape of the house: what each folder may use.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The folders from top to bottom: each may use only what stands above it.
const FOLDERS: &[&str] = &[
    "domain", "words", "language", "stats", "escape", "read", "unitize", "analysis", "desk",
    "format", "store", "work", "render", "face", "cli",
];

/// Folders that reason, and so know no file, no format and no command line.
const PURE: &[&str] = &["domain", "stats", "analysis", "desk"];

pub(crate) fn sources() -> Vec<(PathBuf, String)> {
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
pub(crate) fn folder(path: &Path) -> Option<String> {
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
