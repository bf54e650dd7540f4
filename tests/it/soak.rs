//! Promise 2, with real processes and commands that write several files: whoever is killed at any moment finds the study
//! as it was before or as it is after, and the same command, given again, brings it to where it would have been.
//!
//! A short form runs with the tests. By hand: `THEMATA_KILLS=2500 cargo test --release --test it soak`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use regex::Regex;

/// Kills in the short form.
const KILLS: usize = 12;

/// What is killed: a name, and the arguments; `FILES` is the folder of what it is given.
const COMMANDS: [(&str, &[&str]); 6] = [
    ("import", &["import", "FILES/two.txt", "FILES/three.txt"]),
    ("split", &["split", "one", "--by", "theme"]),
    ("receive", &["receive", "FILES/answers.csv", "--coder", "c2"]),
    ("codebook", &["codebook", "rename", "leadership", "who-leads"]),
    ("replace", &["import", "--replace", "one", "FILES/one-again.txt", "--yes"]),
    ("participants", &["participants", "import", "FILES/people.csv"]),
];

/// Whoever writes next finishes what was begun, and cleans away what is left of it.
const NEXT: &[&str] = &["round", "new", "later"];

fn themata(folder: &Path, arguments: &[&str], files: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_themata"));
    let files = files.to_str().unwrap();
    command.arg("-C").arg(folder).args(arguments.iter().map(|it| it.replace("FILES", files)));
    command.env_remove("THEMATA_DEVICE").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn done(folder: &Path, arguments: &[&str], files: &Path) -> Output {
    themata(folder, arguments, files).output().unwrap()
}

fn fine(folder: &Path, arguments: &[&str], files: &Path) {
    let output = done(folder, arguments, files);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A study with a transcript in units, and beside it what the commands are given.
fn prepared(root: &Path) -> (PathBuf, PathBuf) {
    let (folder, files) = (root.join("study"), root.join("files"));
    fs::create_dir_all(&files).unwrap();
    let talk = |from: usize| -> String {
        let turn = |nth| format!("P{}: We met {nth} times and it grew.\n", nth % 3 + 1);
        (from..from + 200).map(turn).collect()
    };
    for (name, text) in [
        ("one.txt", talk(0)),
        ("two.txt", talk(300)),
        ("three.txt", talk(600)),
        ("one-again.txt", talk(0).replace("We met 7 times", "We met seven times")),
        ("people.csv", "participant,grade\nP1,A1\nP2,C1\n".to_owned()),
        ("answers.csv", "unit,leadership\none:1,none\none:2,horizontal\n".to_owned()),
    ] {
        fs::write(files.join(name), text).unwrap();
    }
    let made = Command::new(env!("CARGO_BIN_EXE_themata"))
        .args(["init", folder.to_str().unwrap(), "--coder", "c1", "--coder", "c2"])
        .output()
        .unwrap();
    assert!(made.status.success());
    fine(&folder, &["import", "FILES/one.txt"], &files);
    fine(&folder, &["split", "--by", "paragraph"], &files);
    (folder, files)
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Every file but locks, with moments left out: two runs of one command differ in nothing else.
fn state(folder: &Path) -> BTreeMap<String, String> {
    fn walk(root: &Path, folder: &Path, moment: &Regex, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                walk(root, &path, moment, found);
            } else if !name.ends_with(".lock") {
                let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
                found.insert(name, moment.replace_all(&text, "T").into_owned());
            }
        }
    }
    let moment = Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z").unwrap();
    let mut found = BTreeMap::new();
    walk(folder, folder, &moment, &mut found);
    found
}

/// Runs a command on a copy, kills it after a while, gives it again, and looks.
fn kill(
    name: &str,
    arguments: &[&str],
    (study, files): (&Path, &Path),
    after: Duration,
    wanted: &[BTreeMap<String, String>],
) {
    let copy = tempfile::tempdir().unwrap();
    let folder = copy.path().join("study");
    copied(study, &folder);
    let mut child = themata(&folder, arguments, files)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    let looked = done(&folder, &["check"], files);
    let told = String::from_utf8_lossy(&looked.stderr).into_owned();
    assert!(matches!(looked.status.code(), Some(0 | 1)), "{name} after {after:?}: {told}");
    let again = done(&folder, arguments, files);
    assert!(matches!(again.status.code(), Some(0..=4)), "{name} after {after:?}");
    fine(&folder, NEXT, files);
    let now = state(&folder);
    if !wanted.contains(&now) {
        let nearest = &wanted[0];
        let differs: Vec<&String> = now
            .iter()
            .filter(|(file, text)| nearest.get(*file) != Some(text))
            .map(|(file, _)| file)
            .chain(nearest.keys().filter(|file| !now.contains_key(*file)))
            .collect();
        panic!(
            "{name} killed after {after:?} leaves {differs:?} neither as once nor as twice done"
        );
    }
}

#[test]
fn a_command_killed_at_any_moment_leaves_the_study_before_or_after_it() {
    let kills = std::env::var("THEMATA_KILLS").ok().and_then(|it| it.parse().ok());
    let each = kills.unwrap_or(KILLS).div_ceil(COMMANDS.len());
    let root = tempfile::tempdir().unwrap();
    let (study, files) = prepared(root.path());
    for (name, arguments) in COMMANDS {
        let whole = root.path().join(name);
        copied(&study, &whole);
        let begun = Instant::now();
        fine(&whole, arguments, &files);
        let takes = begun.elapsed();
        assert_ne!(state(&whole), state(&study), "{name} changes nothing");
        let twice = root.path().join(format!("{name}-twice"));
        copied(&whole, &twice);
        done(&twice, arguments, &files);
        let wanted = [&whole, &twice].map(|folder| {
            fine(folder, NEXT, &files);
            state(folder)
        });
        for nth in 0..each {
            // Evenly over the time that it takes, and a little beyond.
            let after = takes.mul_f64((nth as f64 + 0.5) * 1.2 / each as f64);
            kill(name, arguments, (&study, &files), after, &wanted);
        }
    }
}
