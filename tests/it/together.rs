//! Commands that change several files change all of them or none, and what was begun is finished by whoever comes next.

use std::fs;

use crate::support::TestStudy;

/// Everything in a study's folder but locks: path and bytes.
fn files(study: &TestStudy) -> Vec<(String, Vec<u8>)> {
    fn into(folder: &std::path::Path, at: &str, all: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{at}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                into(&entry.path(), &format!("{name}/"), all);
            } else if !name.ends_with(".lock") {
                all.push((name, fs::read(entry.path()).unwrap()));
            }
        }
    }
    let mut all = Vec::new();
    into(&study.path(""), "", &mut all);
    all.sort();
    all
}

#[test] // reliability-case 18
fn an_import_that_cannot_write_its_lists_leaves_the_study_as_it_was() {
    let study = TestStudy::new();
    study.write("N1.txt", "Moderator: So?\nP1: Another line was said here.\n");
    let before = files(&study);
    // A folder stands where the file of pending changes would be written.
    fs::create_dir(study.path("themata.pending")).unwrap();
    let file = study.path("N1.txt").display().to_string();
    let seen = study.run(&format!("import '{file}'"));
    assert!(seen.ends_with("[exit 5]\n"), "{seen}");
    fs::remove_dir(study.path("themata.pending")).unwrap();
    assert_eq!(files(&study), before, "not even the original is left");
    assert!(study.run(&format!("import '{file}'")).ends_with("[exit 0]\n"));
    assert!(study.run("check").starts_with("0 problems"), "{}", study.run("check"));
}

#[test]
fn what_is_pending_is_not_applied_to_a_study_that_has_moved_on() {
    let study = TestStudy::new();
    let cases = study.read("cases.csv");
    let other = "\"case,name\nA,Other\nB,Group B\n\"";
    let of_before = "0".repeat(64);
    study.write("themata.pending", &format!("file,text,before\ncases.csv,{other},{of_before}\n"));
    let seen = study.run("status");
    assert!(seen.contains("themata.pending") && seen.ends_with("[exit 3]\n"), "{seen}");
    assert_eq!(study.read("cases.csv"), cases);
    // Without a word of what it was made from, as programs of before wrote it, it is finished.
    study.write("themata.pending", &format!("file,text\ncases.csv,{other}\n"));
    assert!(study.run("status").contains("Other"));
    assert!(study.read(".gitignore").contains("themata.pending\n"));
}
