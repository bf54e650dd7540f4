//! Promise 9: git, Dropbox and Syncthing are the server. One coder's log on several devices, copies of
//! it that they leave, and files that they put in the place of ours.

use super::coding::LogWriter;
use super::gate::Wish;
use super::load::{Opened, survey};
use super::simulated::SimulatedDisk;
use super::small_study::{self, c1, c2, code, decide, folder, in_force, open, path};
use crate::domain::failure::Failure;
use crate::domain::log::Via;

/// Puts `coding/c1.csv` in place as another program does.
fn put(disk: &SimulatedDisk, bytes: &[u8]) {
    disk.files().put(&path("coding/c1.csv"), bytes);
}

fn log(disk: &SimulatedDisk) -> Vec<u8> {
    disk.files().read(&path("coding/c1.csv")).unwrap()
}

#[test]
fn decisions_from_two_devices_make_one_log_and_a_seq_follows_the_highest_of_both() {
    let disk = small_study::disk();
    code(&disk, &c1(), "", &[decide(0, "horizontal"), decide(1, "none")]);
    code(&disk, &c1(), "laptop", &[decide(0, "rotating")]);
    code(&disk, &c1(), "", &[decide(1, "horizontal")]);
    let opened = open(&disk);
    let seqs: Vec<u64> = opened.logs[&c1()].rows.iter().map(|row| row.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4]);
    let now = ["A:1 leadership rotating", "A:2 leadership horizontal"];
    assert_eq!(in_force(&opened, &c1()), now);
}

#[test]
fn a_seq_follows_a_last_row_that_lacks_only_its_line_break() {
    let disk = small_study::disk();
    code(&disk, &c1(), "laptop", &[decide(0, "rotating")]);
    let whole = disk.files().read(&path("coding/c1.laptop.csv")).unwrap();
    disk.files().put(&path("coding/c1.laptop.csv"), whole.trim_ascii_end());
    assert_eq!(code(&disk, &c1(), "", &[decide(0, "horizontal")]), [2]);
    assert_eq!(in_force(&open(&disk), &c1()), ["A:1 leadership horizontal"]);
}

#[test]
fn two_devices_that_decide_at_once_conflict_until_it_is_decided_again() {
    let disk = small_study::disk();
    let other = disk.copy();
    code(&disk, &c1(), "", &[decide(0, "horizontal"), decide(1, "none"), decide(2, "warm")]);
    code(&other, &c1(), "laptop", &[decide(0, "rotating"), decide(1, "none"), decide(3, "cold")]);
    let theirs = other.files().read(&path("coding/c1.laptop.csv")).unwrap();
    disk.files().put(&path("coding/c1.laptop.csv"), &theirs);
    let opened = open(&disk);
    let agreed = ["A:2 leadership none", "A:3 tone warm", "A:4 tone cold"];
    assert_eq!(in_force(&opened, &c1()), agreed);
    assert_eq!(opened.self_conflicts(&c1()).unwrap().len(), 1);
    // It is told by file and line, without codes.
    let problem = &opened.conflict_problems()[0];
    assert_eq!(problem.what.key, "gate.conflict");
    assert!(problem.at.to_string().starts_with("coding/c1."), "{}", problem.at);
    assert!(!format!("{problem:?}").contains("horizontal"));
    code(&disk, &c1(), "", &[decide(0, "rotating")]);
    assert_eq!(in_force(&open(&disk), &c1())[0], "A:1 leadership rotating");
    assert!(open(&disk).self_conflicts(&c1()).unwrap().is_empty());
}

#[test]
fn a_comparison_stops_at_a_conflict_of_devices() {
    let disk = small_study::disk();
    code(&disk, &c1(), "", &[decide(0, "horizontal")]);
    let theirs = String::from_utf8(log(&disk)).unwrap().replace("horizontal", "rotating");
    disk.files().put(&path("coding/c1.laptop.csv"), theirs.as_bytes());
    let unblind = Some(super::Unblind { who: None, reason: "a test".to_owned() });
    let Err(Failure::Invalid(problems)) =
        open(&disk).comparison(&Wish { unblind, ..Wish::default() })
    else {
        panic!("the conflict was passed over");
    };
    assert_eq!(problems.len(), 1);
}

#[test]
fn a_conflict_copy_gives_the_same_state_and_no_row_twice() {
    let disk = small_study::disk();
    code(&disk, &c1(), "", &[decide(0, "horizontal"), decide(1, "warm")]);
    code(&disk, &c2(), "", &[decide(0, "none")]);
    // Two rows of one seq, as git leaves them where both devices used the same file.
    let mut both = log(&disk);
    let doubled = String::from_utf8(both.clone()).unwrap().replace(",warm,", ",cold,");
    both.extend(doubled.lines().last().unwrap().bytes().chain([b'\n']));
    put(&disk, &both);
    let before = open(&disk);
    let rows = |opened: &Opened| -> Vec<Vec<u8>> {
        let log = &opened.logs[&c1()];
        log.rows.iter().map(|row| log.bytes(row).to_vec()).collect()
    };
    for copy in [
        "c1 (Ana's conflicted copy 2026-03-01).csv",
        "c1.sync-conflict-20260301-100000-ABCDEFG.csv",
    ] {
        disk.files().put(&path("coding").join(copy), &both);
        let survey = survey(&folder(&disk)).unwrap();
        assert!(survey.problems.is_empty(), "{:?}", survey.problems);
        let after = survey.opened.unwrap();
        assert_eq!(rows(&after), rows(&before), "{copy}");
        assert_eq!(in_force(&after, &c1()), in_force(&before, &c1()));
        assert_eq!(in_force(&after, &c2()), in_force(&before, &c2()));
    }
}

/// A session in which another program puts a file in place between two decisions.
fn replaced(change: impl Fn(&SimulatedDisk, &[u8])) -> SimulatedDisk {
    let disk = small_study::disk();
    code(&disk, &c1(), "", &[decide(0, "horizontal")]);
    let older = log(&disk);
    let opened = open(&disk);
    let mut writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
    writer.append(&[decide(1, "none")], Via::Lines).unwrap();
    change(&disk, &older);
    writer.append(&[decide(2, "rotating")], Via::Lines).unwrap();
    assert!(disk.files().is_safe(&path("coding/c1.csv")));
    drop(writer);
    disk
}

const SESSION: [&str; 3] =
    ["A:1 leadership horizontal", "A:2 leadership none", "A:3 leadership rotating"];

#[test]
fn an_older_log_put_in_place_between_two_decisions_loses_nothing() {
    let disk = replaced(put);
    assert_eq!(in_force(&open(&disk), &c1()), SESSION);
}

#[test]
fn a_log_taken_away_between_two_decisions_loses_nothing() {
    let disk = replaced(|disk, _| disk.files().take_away(&path("coding/c1.csv")));
    assert_eq!(in_force(&open(&disk), &c1()), SESSION);
}

#[test]
fn an_empty_file_in_the_place_of_a_log_loses_nothing() {
    let disk = replaced(|disk, _| put(disk, b""));
    assert_eq!(in_force(&open(&disk), &c1()), SESSION);
}

#[test]
fn a_newer_log_put_in_place_keeps_its_rows_and_ours() {
    let disk = replaced(|disk, older| {
        let other = disk.copy();
        put(&other, older);
        code(&other, &c1(), "", &[decide(3, "warm"), decide(4, "cold")]);
        put(disk, &log(&other));
    });
    let opened = open(&disk);
    let all = [SESSION.as_slice(), &["A:4 tone warm", "B:1 tone cold"]].concat();
    assert_eq!(in_force(&opened, &c1()), all);
    // The last decision follows the highest seq that the other program brought.
    assert_eq!(opened.logs[&c1()].highest_seq, 4);
}

#[test]
fn a_log_rewritten_line_for_line_keeps_its_rows_and_ours() {
    let disk = replaced(|disk, _| {
        let text = String::from_utf8(log(disk)).unwrap();
        put(disk, format!("\u{feff}{}", text.replace('\n', "\r\n")).as_bytes());
    });
    assert_eq!(in_force(&open(&disk), &c1()), SESSION);
    assert_eq!(open(&disk).logs[&c1()].rows.len(), 3);
}

#[test]
fn a_torn_log_put_in_place_loses_nothing_and_its_torn_end_is_kept_beside_it() {
    let disk = replaced(|disk, older| put(disk, &[older, b"2,2026-03-01T10:00:00Z,ma"].concat()));
    let opened = open(&disk);
    assert_eq!(in_force(&opened, &c1()), SESSION);
    assert!(opened.notes.is_empty());
    let names = disk.files().names_in(&path("coding"));
    let torn = names.iter().find(|it| it.to_string_lossy().contains("c1.csv.torn-")).unwrap();
    assert_eq!(disk.files().read(torn).unwrap(), b"2,2026-03-01T10:00:00Z,ma");
}

#[test]
fn a_torn_end_is_told_by_whoever_reads_and_set_aside_by_whoever_writes() {
    let disk = small_study::disk();
    code(&disk, &c1(), "", &[decide(0, "horizontal")]);
    put(&disk, &[log(&disk).as_slice(), b"2,2026-03-01T10:0"].concat());
    let opened = open(&disk);
    assert_eq!(opened.notes[0].key, "load.torn");
    assert_eq!(in_force(&opened, &c1()), ["A:1 leadership horizontal"]);
    let writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
    assert_eq!(writer.set_aside().len(), 1);
    assert!(writer.set_aside()[0].starts_with("coding/c1.csv.torn-"));
    assert!(open(&disk).notes.is_empty());
}

#[test]
fn a_log_that_another_program_rewrote_in_its_own_form_is_refused_and_nothing_is_lost() {
    let disk = small_study::disk();
    let opened = open(&disk);
    let mut writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
    writer.append(&[decide(0, "horizontal")], Via::Lines).unwrap();
    put(&disk, b"seq;at;round\r\n");
    let Err(Failure::Invalid(problems)) = writer.append(&[decide(1, "none")], Via::Lines) else {
        panic!("rows were added to a file of another form");
    };
    assert_eq!(problems[0].fix.key, "store.header_kept.fix");
    drop(writer);
    disk.files().take_away(&path("coding/c1.csv"));
    assert_eq!(in_force(&open(&disk), &c1()), ["A:1 leadership horizontal"]);
}

#[test]
fn what_was_put_in_place_after_the_last_decision_is_mended_when_the_session_ends() {
    let disk = small_study::disk();
    let opened = open(&disk);
    let mut writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
    writer.append(&[decide(0, "horizontal")], Via::Lines).unwrap();
    disk.files().take_away(&path("coding/c1.csv"));
    drop(writer);
    assert_eq!(in_force(&open(&disk), &c1()), ["A:1 leadership horizontal"]);
}
