//! What a session rests on may change while somebody thinks: then nothing is acknowledged that would not count.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use themata::domain::unit::Unit;
use themata::format::units::write_units;
use themata::store::{self, FixedClock, Folder};
use themata::work::session::code::{CodeAsk, CodeLook, CodeSession};

use crate::desk::{self, Screen, Stream};

/// Something that happens meanwhile.
type Happening<'a> = Box<dyn FnOnce(&Screen) + 'a>;

/// Somebody who types, and what happens just before she does.
struct Interrupted<'a> {
    screen: Screen,
    lines: VecDeque<(Option<Happening<'a>>, String)>,
    line: Vec<u8>,
}

impl<'a> Interrupted<'a> {
    fn then(mut self, line: &str) -> Self {
        self.lines.push_back((None, format!("{line}\n")));
        self
    }

    fn after(mut self, what: impl FnOnce(&Screen) + 'a, line: &str) -> Self {
        self.lines.push_back((Some(Box::new(what)), format!("{line}\n")));
        self
    }
}

impl Read for Interrupted<'_> {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        unreachable!("lines are read through BufRead")
    }
}

impl BufRead for Interrupted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.line.is_empty()
            && let Some((what, line)) = self.lines.pop_front()
        {
            if let Some(what) = what {
                what(&self.screen);
            }
            self.screen.push(&format!("> {line}"));
            self.line = line.into_bytes();
        }
        Ok(&self.line)
    }

    fn consume(&mut self, amount: usize) {
        self.line.drain(..amount);
    }
}

fn typist<'a>() -> Interrupted<'a> {
    Interrupted { screen: Screen::default(), lines: VecDeque::new(), line: Vec::new() }
}

/// Runs a command with somebody who types, and returns what appears, standard output marked.
fn run(folder: &Path, arguments: &str, mut typist: Interrupted<'_>) -> String {
    let screen = typist.screen.clone();
    let clock = FixedClock("2026-03-01T10:00:00Z".parse().unwrap());
    let before = ["themata", "-C", folder.to_str().unwrap(), "--lang", "en", "-q"];
    let status = themata::cli::run_by(
        Some(Arc::new(clock)),
        before.into_iter().chain(arguments.split(' ')),
        &mut typist,
        &mut Stream(screen.clone(), "stdout| "),
        &mut Stream(screen.clone(), ""),
    );
    screen.push(&format!("[exit {status}]\n"));
    screen.text()
}

/// Runs another command, whose output appears on the same screen.
fn meanwhile(folder: PathBuf, arguments: &'static str) -> impl FnOnce(&Screen) {
    move |screen| {
        let told = desk::program(&folder, arguments, "");
        for line in told.lines() {
            screen.push(&format!("    {line}\n"));
        }
    }
}

fn write(folder: &Path, file: &str, text: &str) {
    // As git and Dropbox do: another file in its place.
    let beside = folder.join("beside");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, folder.join(file)).unwrap();
}

/// Seals of another copy, with the lists of what they covered.
fn pull_seals(other: &Path, at: &Path) {
    fs::create_dir_all(at.join("seals")).unwrap();
    for list in fs::read_dir(other.join("seals")).unwrap() {
        let file = format!("seals/{}", list.unwrap().file_name().to_str().unwrap());
        write(at, &file, &read(other, &file));
    }
    write(at, "seals.csv", &read(other, "seals.csv"));
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

/// The units of transcript A as somebody else cut them.
fn cut(locators: &[&str]) -> String {
    let study = desk::study(&[desk::CODEBOOK]);
    let unit = |it: &&str| Unit {
        speakers: vec!["P1".parse().unwrap()],
        words: 5,
        ..Unit::talk(it.parse().unwrap())
    };
    let units: Vec<Unit> = locators.iter().map(unit).collect();
    String::from_utf8(write_units(&units, &study.transcripts[0])).unwrap()
}

/// What `check` finds wrong with logs and seals: the study of these tests has no list of participants.
fn wrong(folder: &Path) -> Vec<String> {
    let seen = desk::program(folder, "check", "");
    let lines = seen.lines().map(|line| line.trim_start_matches("stdout| ").to_owned());
    lines.filter(|line| line.starts_with("coding/") || line.starts_with("seals")).collect()
}

fn saved(screen: &str) -> Vec<&str> {
    screen.lines().filter_map(|line| line.strip_prefix("stdout| saved ")).collect()
}

#[test]
fn units_are_not_cut_while_a_session_is_open_that_has_written_nothing_yet() {
    for command in ["split --by sentence", "remove A", "seal --coder c1 --incomplete so"] {
        let folder = desk::on_disk();
        let at = folder.path().to_owned();
        let answers = typist().after(meanwhile(at.clone(), command), "1").then("1").then("q");
        let seen = run(&at, "code --coder c1 --lines --device lap", answers);
        assert!(seen.contains("[exit 4]\n> 1\n"), "{command}: {seen}");
        assert_eq!(saved(&seen), ["A:2 leadership horizontal", "A:2 tone warm"], "{seen}");
        assert_eq!(wrong(&at), [""; 0]);
        let again = run(&at, "code --coder c1 --lines", typist().then("q"));
        assert!(again.ends_with("[exit 0]\n"), "{again}");
    }
}

#[test]
fn a_coder_who_is_at_work_elsewhere_keeps_nobody_from_sealing_her_own() {
    let folder = desk::on_disk();
    let at = folder.path().to_owned();
    let sealing = meanwhile(at.clone(), "seal --coder c2 --incomplete so");
    let seen = run(&at, "code --coder c1 --lines", typist().after(sealing, "1").then("q"));
    assert!(!seen.contains("[exit 4]"), "{seen}");
    assert_eq!(saved(&seen), ["A:2 leadership horizontal"]);
}

#[test]
fn an_answer_about_units_that_are_no_longer_there_is_not_acknowledged() {
    let folder = desk::on_disk();
    let at = folder.path();
    let joined = cut(&["A:1", "A:2-4", "A:5"]);
    let pull = |_: &Screen| write(at, "units/A.csv", &joined);
    let seen = run(at, "code --coder c1 --lines", typist().after(pull, "1").then("1").then("q"));
    assert!(seen.contains("the units of A changed; the answer is not kept"), "{seen}");
    assert_eq!(saved(&seen), ["A:1 leadership horizontal"], "{seen}");
    assert_eq!(wrong(at), [""; 0]);
}

#[test]
fn what_changes_beside_the_unit_at_hand_takes_nothing_away() {
    let folder = desk::on_disk();
    let at = folder.path();
    let cut = read(at, "units/A.csv");
    let rest: String =
        cut.lines().filter(|row| !row.starts_with("A:5,")).map(|row| format!("{row}\n")).collect();
    let pull = |_: &Screen| write(at, "units/A.csv", &rest);
    let seen = run(at, "code --coder c1 --lines", typist().after(pull, "1").then("1").then("q"));
    assert_eq!(saved(&seen), ["A:2 leadership horizontal", "A:2 tone warm"], "{seen}");
}

#[test]
fn an_answer_under_a_codebook_that_has_changed_is_asked_again_under_the_new_one() {
    let folder = desk::on_disk();
    let at = folder.path();
    let new = desk::CODEBOOK.replace("id: horizontal", "id: flat");
    let pull = |_: &Screen| write(at, "codebook.yaml", &new);
    let seen = run(at, "code --coder c1 --lines", typist().after(pull, "1").then("1").then("q"));
    assert!(seen.contains("the codebook changed; the answer is not kept"), "{seen}");
    assert_eq!(saved(&seen), ["A:2 leadership flat"], "{seen}");
}

#[test]
fn a_case_that_is_sealed_by_another_copy_takes_no_answer_more() {
    let folder = desk::on_disk();
    let other = desk::on_disk();
    desk::seal_cases(other.path(), "c1", &["A"]);
    let at = folder.path();
    let seals = read(other.path(), "seals.csv");
    let pull = |_: &Screen| write(at, "seals.csv", &seals);
    let seen = run(at, "code --coder c1 --lines", typist().after(pull, "1").then("1").then("q"));
    assert!(seen.contains("A was sealed meanwhile; the answer is not kept"), "{seen}");
    assert_eq!(saved(&seen), ["B:1 leadership horizontal"], "{seen}");
    let pull = |_: &Screen| {
        desk::seal(other.path(), "c1");
        pull_seals(other.path(), at);
    };
    let seen = run(at, "code --coder c1 --lines", typist().after(pull, "1").then("1"));
    assert!(seen.ends_with("[exit 4]\n"), "nothing is left, so the session ends: {seen}");
    assert_eq!(saved(&seen), [""; 0]);
}

#[test]
fn what_another_device_of_hers_decided_meanwhile_is_seen_before_her_next_answer() {
    let folder = desk::on_disk();
    let other = desk::on_disk();
    desk::program(other.path(), "code --coder c1 --lines --device tablet", "3\n");
    let at = folder.path();
    let log = read(other.path(), "coding/c1.tablet.csv");
    fs::create_dir_all(at.join("codebooks")).unwrap();
    let pull = |_: &Screen| write(at, "coding/c1.tablet.csv", &log);
    let seen = run(at, "code --coder c1 --lines", typist().after(pull, "1").then("2").then("q"));
    assert!(seen.contains("changed on another device; the answer is not kept"), "{seen}");
    assert_eq!(saved(&seen), ["A:2 tone cold"], "leadership is decided: {seen}");
}

#[test]
fn a_lock_that_was_taken_away_is_taken_again_before_anything_is_kept() {
    let folder = desk::on_disk();
    let at = folder.path();
    let pull = |_: &Screen| fs::remove_file(at.join("coding/c1.csv.lock")).unwrap();
    let seen = run(at, "code --coder c1 --lines", typist().after(pull, "1").then("1").then("q"));
    assert!(seen.contains("the lock of this file was taken away"), "{seen}");
    assert_eq!(saved(&seen), ["A:2 leadership horizontal"]);
}

#[test]
fn a_study_that_became_invalid_ends_the_session_and_says_why() {
    let folder = desk::on_disk();
    let at = folder.path();
    let pull = |_: &Screen| write(at, "transcripts/A.txt", "Moderator: Nothing like it.\n");
    let seen = run(at, "code --coder c1 --lines", typist().after(pull, "1"));
    assert!(seen.ends_with("[exit 3]\n") && seen.contains("transcripts/A.txt"), "{seen}");
    assert_eq!(saved(&seen), [""; 0]);
}

#[test]
fn a_meeting_settles_nothing_when_an_answer_changed_under_it() {
    let folder = desk::on_disk();
    let at = folder.path();
    for (coder, answer) in [("c1", "1\n1\n"), ("c2", "3\n2\n")] {
        desk::program(at, &format!("code --coder {coder} --lines"), answer);
        desk::seal(at, coder);
    }
    let log = read(at, "coding/c2.csv");
    // Another copy in which c2 had decided the other way, with its seals.
    let other = desk::on_disk();
    for (coder, answer) in [("c1", "1\n1\n"), ("c2", "2\n2\n")] {
        desk::program(other.path(), &format!("code --coder {coder} --lines"), answer);
        desk::seal(other.path(), coder);
    }
    let pull = |_: &Screen| {
        write(at, "coding/c2.csv", &read(other.path(), "coding/c2.csv"));
        pull_seals(other.path(), at);
    };
    let lines = typist().then("1").then("slip").after(pull, "").then("q");
    let seen = run(at, "resolve --present c1,c2 --lines", lines);
    assert!(seen.contains("what the coders had answered here changed"), "{seen}");
    assert_eq!(saved(&seen), [""; 0], "{seen}\n{log}");
}

#[test]
fn who_comes_second_may_look_and_is_told_for_how_long_the_other_is_there() {
    let folder = desk::on_disk();
    desk::program(folder.path(), "code --coder c1 --lines", "1\n");
    let open = || store::load(&Folder::at(folder.path())).unwrap();
    let ask = CodeAsk::of("c1");
    assert!(CodeLook::begin(open(), &ask).unwrap().is_err(), "nobody is there");
    let first = CodeSession::begin(open(), ask.clone()).unwrap();
    let look = CodeLook::begin(open(), &ask).unwrap().unwrap_or_else(|_| panic!("c1 is there"));
    assert_eq!((look.file.as_str(), look.minutes), ("coding/c1.csv", 0));
    assert_eq!(look.sit().unwrap().coding().coder.as_str(), "c1");
    drop(first);
    assert!(CodeLook::begin(open(), &ask).unwrap().is_err());
}

#[test]
fn decisions_on_units_that_are_gone_are_kept_and_listed_and_count_nowhere() {
    let folder = desk::on_disk();
    let at = folder.path();
    desk::program(at, "code --coder c1 --lines", "1\n1\n");
    let log = read(at, "coding/c1.csv");
    // A lead who does not have this log yet cuts anew.
    write(at, "units/A.csv", &cut(&["A:1", "A:2-4", "A:5"]));
    let told = wrong(at);
    assert!(told.len() == 1 && told[0].starts_with("coding/c1.csv:2-3:unit: "), "{told:?}");
    for command in ["status --coder c1", "log --coder c1"] {
        let seen = desk::program(at, command, "");
        assert!(seen.ends_with("[exit 0]\n"), "{command}: {seen}");
    }
    let seen = desk::program(at, "code --coder c1 --lines", "1\nq\n");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    assert!(read(at, "coding/c1.csv").starts_with(&log), "what was decided is kept");
    let last = read(at, "coding/c1.csv");
    assert!(last.lines().last().unwrap().starts_with("3,"), "seqs go on: {last}");
    // Where the stretch is a unit again, the decisions hold again.
    fs::remove_file(at.join("coding/c1.csv")).unwrap();
    let first = desk::on_disk();
    write(at, "units/A.csv", &read(first.path(), "units/A.csv"));
    write(at, "coding/c1.csv", &log);
    assert_eq!(wrong(at), [""; 0]);
}

#[test]
fn a_settlement_on_a_unit_that_is_gone_stops_nobody() {
    let folder = desk::on_disk();
    let at = folder.path();
    for (coder, answer) in [("c1", "1\n1\n"), ("c2", "3\n2\n")] {
        desk::program(at, &format!("code --coder {coder} --lines"), answer);
        desk::seal(at, coder);
    }
    desk::program(at, "resolve --present c1,c2 --lines", "1\nslip\n\n2\nslip\n\n");
    let settled = read(at, "consensus.csv");
    assert_eq!(settled.lines().count(), 3, "{settled}");
    for (cell, status) in [("A:77", 0), ("C:1", 0), ("A77", 3)] {
        write(at, "consensus.csv", &settled.replacen(",A:2,", &format!(",{cell},"), 1));
        let seen = desk::program(at, "status", "");
        assert!(seen.ends_with(&format!("[exit {status}]\n")), "{cell}: {seen}");
        let seen = desk::program(at, "check", "");
        assert!(seen.contains("consensus.csv:2:unit: "), "{cell}: {seen}");
    }
}

#[test]
fn a_locator_that_is_none_is_a_problem_and_one_that_names_nothing_locks_nobody_out() {
    let folder = desk::on_disk();
    let at = folder.path();
    desk::program(at, "code --coder c1 --lines", "1\n1\n");
    let log = read(at, "coding/c1.csv");
    for (cell, status) in [("A:77", 0), ("C:2", 0), ("A:2@3-9", 0), ("A2", 3), ("", 3)] {
        write(at, "coding/c1.csv", &log.replacen(",A:2,", &format!(",{cell},"), 1));
        let seen = desk::program(at, "code --coder c1 --lines", "q\n");
        assert!(seen.ends_with(&format!("[exit {status}]\n")), "{cell}: {seen}");
        let told = wrong(at);
        assert!(told.len() == 1 && told[0].starts_with("coding/c1.csv:2:unit: "), "{told:?}");
    }
}

#[test]
fn a_none_that_came_by_closing_a_unit_says_so_for_ever() {
    let folder = desk::on_disk();
    let at = folder.path();
    desk::program(at, "code --coder c1 --lines", "1\ne\n0\ng A:2 tone\n2\nz\nz\ny\n");
    let log = read(at, "coding/c1.csv");
    let ways: Vec<String> = log
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            format!("{} {} {} {}", cells[3], cells[4], cells[5], cells[8])
        })
        .collect();
    assert_eq!(
        ways,
        [
            "A:2 leadership horizontal lines",
            "A:2 tone none lines:rest",
            "A:3-4 leadership none lines",
            "A:2 tone cold lines",
            "A:2 tone none lines:rest",
            "A:3-4 leadership  lines",
            "A:3-4 leadership none lines",
        ]
    );
    let wrong = log.replacen("horizontal,,,lines,", "horizontal,,,lines:rest,", 1);
    write(at, "coding/c1.csv", &wrong);
    let seen = desk::program(at, "code --coder c1 --lines", "q\n");
    assert!(seen.contains("coding/c1.csv:2:via") && seen.ends_with("[exit 3]\n"), "{seen}");
}
