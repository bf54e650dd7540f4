//! Logs and seals that a co-coder sends from her copy of the study.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::{Run, themata};
use crate::sheet::unsealed_example;

fn example(file: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities");
    std::fs::read(folder.join(file)).unwrap()
}

/// The example study without anything of c2, and what c2 sends.
struct Apart {
    study: TempDir,
    post: TempDir,
}

impl Apart {
    fn new() -> Self {
        let study = unsealed_example();
        std::fs::remove_file(study.path().join("coding/c2.csv")).unwrap();
        let seals = String::from_utf8(example("seals.csv")).unwrap();
        let without: Vec<&str> = seals.lines().filter(|row| !row.contains(",c2,")).collect();
        std::fs::write(study.path().join("seals.csv"), without.join("\n") + "\n").unwrap();
        Self { study, post: tempfile::tempdir().unwrap() }
    }

    fn receive(&self, files: &[(&str, &[u8])], more: &[&str]) -> Run {
        let mut arguments = vec!["receive".to_owned()];
        for (name, bytes) in files {
            let path: PathBuf = self.post.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            arguments.push(path.to_str().unwrap().to_owned());
        }
        arguments.extend(more.iter().map(|it| (*it).to_owned()));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        themata(self.study.path(), &arguments)
    }

    fn read(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.study.path().join(file)).unwrap_or_default()
    }
}

#[test]
fn a_log_with_its_seals_comes_in_byte_for_byte_and_only_once() {
    let apart = Apart::new();
    let (log, seals) = (example("coding/c2.csv"), example("seals.csv"));
    let files: [(&str, &[u8]); 2] = [("c2.csv", &log), ("seals.csv", &seals)];
    let dry = apart.receive(&files, &["--dry-run"]);
    assert_eq!((dry.status, apart.read("coding/c2.csv").len()), (0, 0));
    let run = apart.receive(&files, &[]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (0, "c2: 1730 rows brought in\n1 seal brought in\n")
    );
    assert_eq!(apart.read("coding/c2.csv"), log);
    assert_eq!(apart.read("seals.csv"), seals);
    assert_eq!(themata(apart.study.path(), &["check"]).status, 0);
    assert_eq!(themata(apart.study.path(), &["agree"]).status, 0);
    let events = apart.read("events.csv");
    let again = apart.receive(&files, &[]);
    assert_eq!(
        (again.status, again.out.as_str()),
        (0, "c2: 0 rows brought in\n0 seals brought in\n")
    );
    assert_eq!(apart.read("coding/c2.csv"), log);
    assert_eq!(apart.read("events.csv"), events);
}

#[test]
fn rows_that_are_here_already_stay_and_a_second_device_keeps_its_name() {
    let apart = Apart::new();
    let log = example("coding/c2.csv");
    let text = String::from_utf8(log.clone()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let first = lines[..1000].concat();
    let second = lines[0].to_owned() + &lines[990..].concat();
    std::fs::write(apart.study.path().join("coding/c2.csv"), &first).unwrap();
    let run = apart.receive(&[("c2.laptop.csv", second.as_bytes())], &[]);
    assert_eq!((run.status, run.out.as_str()), (0, "c2: 731 rows brought in\n"));
    assert!(run.err.contains("c2 has not sealed yet"), "{}", run.err);
    assert_eq!(apart.read("coding/c2.csv"), first.as_bytes());
    let laptop = lines[0].to_owned() + &lines[1000..].concat();
    assert_eq!(apart.read("coding/c2.laptop.csv"), laptop.as_bytes());
    // A copy that a browser named anew is no device, and CR before LF is no other row.
    let apart = Apart::new();
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(apart.receive(&[("c2 (1).csv", crlf.as_bytes())], &[]).status, 0);
    assert_eq!(apart.read("coding/c2.csv"), log);
}

#[test]
fn a_log_that_was_changed_cut_or_saved_anew_is_refused_and_nothing_is_written() {
    let apart = Apart::new();
    let seals = example("seals.csv");
    let text = String::from_utf8(example("coding/c2.csv")).unwrap();
    let whole = text.trim_end();
    let without_last = &whole[..=whole.rfind('\n').unwrap()];
    let before = (apart.read("seals.csv"), apart.read("events.csv"));
    for (name, log, said) in [
        ("changed", text.replacen(",none,", ",,", 1), "the rows are not those that c2 sealed"),
        ("shorter", without_last.to_owned(), "the rows are not those that c2 sealed"),
        ("torn", whole[..whole.len() - 4].to_owned(), "ends in the middle of a row"),
        ("resaved", text.replacen("seq,at,", "at,seq,", 1), "another program has saved it anew"),
        (
            "elsewhere",
            text.replacen("CoP-31:3,", "CoP-99:3,", 1),
            "the rows are not those that c2 sealed",
        ),
    ] {
        let run = apart.receive(&[("c2.csv", log.as_bytes()), ("seals.csv", &seals)], &[]);
        assert_eq!(run.status, 3, "{name}: {}", run.err);
        assert!(run.err.contains(said), "{name}: {}", run.err);
        assert!(apart.read("coding/c2.csv").is_empty() || apart.read("coding/c2.csv").len() < 100);
        assert_eq!((apart.read("seals.csv"), apart.read("events.csv")), before);
    }
}

#[test]
fn whose_log_it_is_must_be_clear_and_sheets_come_one_by_one() {
    let apart = Apart::new();
    let log = example("coding/c2.csv");
    assert_eq!(apart.receive(&[("log.csv", &log)], &[]).status, 2);
    assert_eq!(apart.receive(&[("c2.csv", &log)], &["--coder", "c1"]).status, 2);
    assert_eq!(apart.receive(&[("c2.csv", &log)], &["--round", "main"]).status, 2);
    let csv: &[u8] = b"unit,leadership\nCoP-31:3,none\n";
    assert_eq!(apart.receive(&[("a.csv", csv), ("b.csv", csv)], &["--coder", "c1"]).status, 2);
    assert_eq!(apart.receive(&[("a.csv", csv), ("c2.csv", &log)], &[]).status, 2);
    assert_eq!(apart.receive(&[("log.csv", &log)], &["--coder", "c2"]).status, 0);
    assert_eq!(apart.read("coding/c2.csv"), log);
}

#[test]
fn logs_of_two_people_under_one_id_are_refused_with_what_contradicts() {
    let apart = Apart::new();
    let text = String::from_utf8(example("coding/c2.csv")).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    // Both copies hold the first hundred rows; then each goes on by itself.
    let here = lines[..120].concat();
    std::fs::write(apart.study.path().join("coding/c2.csv"), &here).unwrap();
    let other = |line: &&str| line.replacen(",none,", ",,", 1);
    let there = lines[..101].concat() + &lines[101..110].iter().map(other).collect::<String>();
    let run = apart.receive(&[("c2.csv", there.as_bytes())], &[]);
    assert_eq!(run.status, 4, "{}", run.err);
    assert!(run.err.contains("contradict one another on"), "{}", run.err);
    let unit = lines[103].split(',').nth(3).unwrap();
    assert!(run.err.contains(&format!("{unit} (")), "{}", run.err);
    assert!(!run.err.contains("hierarchical") && !run.err.contains("none"), "{}", run.err);
    assert_eq!(apart.read("coding/c2.csv"), here.as_bytes());
    // So is a copy that a browser named anew, and a dry run says the same.
    assert_eq!(apart.receive(&[("c2 (1).csv", there.as_bytes())], &["--dry-run"]).status, 4);
    // Another device is a log of its own: what both answered at once stays open until she decides again.
    let run = apart.receive(&[("c2.laptop.csv", there.as_bytes())], &[]);
    assert_eq!(run.status, 0, "{}", run.err);
    // What goes on where this one ends, and what is only older, comes in as before.
    let apart = Apart::new();
    std::fs::write(apart.study.path().join("coding/c2.csv"), &here).unwrap();
    let run = apart.receive(&[("c2.csv", lines[..60].concat().as_bytes())], &[]);
    assert_eq!((run.status, run.out.as_str()), (0, "c2: 0 rows brought in\n"));
    let run = apart.receive(&[("c2.csv", text.as_bytes())], &[]);
    assert_eq!((run.status, run.out.as_str()), (0, "c2: 1611 rows brought in\n"));
}
