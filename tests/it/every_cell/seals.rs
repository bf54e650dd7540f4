//! What was sealed: the rows of seals.csv and the lists of what they covered, before and after more was decided.

use std::path::Path;

use super::{results, rows, silent, study, tables, with_cell};
use crate::support::TestStudy;

/// The study with answers that came after the seals, on another of her devices: they do not count until she seals again.
fn with_late_rows() -> TestStudy {
    let study = study();
    let log = study.read("coding/c1.csv");
    let header = log.lines().next().unwrap();
    let version = log.lines().nth(1).unwrap().rsplit(',').next().unwrap();
    let row = |seq: u32, unit: &str, dimension: &str, codes: &str, round: &str| {
        format!(
            "{seq},2026-03-02T10:00:00Z,{round},{unit},{dimension},{codes},,,lines,,{version}\n"
        )
    };
    let late = [
        row(901, "A:2", "tone", "cold", "main"),
        row(902, "B:1", "tone", "warm", "main"),
        row(903, "A:2", "leadership", "chair", "recode"),
    ];
    study.write("coding/c1.late.csv", &format!("{header}\n{}", late.concat()));
    let seen = study.run("check");
    assert!(seen.contains("came after c1 had sealed") && seen.ends_with("[exit 0]\n"), "{seen}");
    study
}

/// A table without a row, and with it twice.
fn less_and_more(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let (rows, starts) = rows(bytes);
    let mut all = Vec::new();
    for nth in 1..rows.len() {
        let (from, until) = (starts[nth], starts[nth + 1]);
        all.push((format!("without row {nth}"), [&bytes[..from], &bytes[until..]].concat()));
        all.push((format!("row {nth} twice"), [&bytes[..until], &bytes[from..]].concat()));
    }
    all
}

/// Every cell and row of a file damaged; what of it is silent.
fn damaged(study: &TestStudy, before: &[String], file: &Path, found: &mut Vec<String>) -> usize {
    let bytes = std::fs::read(file).unwrap();
    let mut damages = less_and_more(&bytes);
    let (rows, _) = rows(&bytes);
    for (nth, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let mut off = cell.to_owned();
            let last = off.pop();
            off.push(if last == Some('7') { '8' } else { '7' });
            for wrong in ["%%", "", off.as_str()] {
                let told = format!("{nth}:{column} {wrong}");
                damages.push((told, with_cell(&bytes, (nth, column), wrong)));
            }
        }
    }
    damages.push(("empty".to_owned(), Vec::new()));
    for (told, damaged) in &damages {
        let told = format!("{}: {told}", file.display());
        found.extend(silent(study, before, results, file, damaged, told));
    }
    damages.len()
}

#[test]
fn a_list_of_what_was_sealed_is_whole_or_said_or_not_needed() {
    for (study, is_late) in [(study(), false), (with_late_rows(), true)] {
        let before = results(&study);
        let mut found = Vec::new();
        let lists = tables(&study.path("seals"));
        assert_eq!(lists.len(), 4, "{lists:?}");
        // Where nothing came later the hash of the seal tells all.
        if is_late {
            let changes = damaged(&study, &before, &lists[0], &mut found);
            assert!(changes > 30, "{changes}");
        }
        for (file, other) in lists.iter().zip(lists.iter().cycle().skip(1)) {
            let other = std::fs::read(other).unwrap();
            let told = format!("{} is another", file.display());
            found.extend(silent(&study, &before, results, file, &other, told));
            let sound = std::fs::read(file).unwrap();
            std::fs::remove_file(file).unwrap();
            let checked = study.run("check");
            if checked.ends_with("[exit 0]\n") && results(&study) != before {
                found.push(format!("{} is missing: {checked}", file.display()));
            }
            std::fs::write(file, sound).unwrap();
        }
        assert!(found.is_empty(), "nothing is said of {found:#?}");
    }
}

#[test]
fn a_row_of_the_seals_that_is_missing_or_doubled_is_said_or_changes_nothing() {
    let study = with_late_rows();
    let before = results(&study);
    let (file, mut found) = (study.path("seals.csv"), Vec::new());
    for (told, bytes) in less_and_more(&std::fs::read(&file).unwrap()) {
        found.extend(silent(&study, &before, results, &file, &bytes, told));
    }
    assert!(found.is_empty(), "nothing is said of {found:#?}");
}
