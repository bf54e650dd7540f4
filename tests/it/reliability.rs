//! The cases of `reliability-cases` that say which decisions hold: each as a person would try it, and what is right.
//!
//! The study is that of its `00_setup.sh`: two cases of sixteen units, two dimensions, coders c1 and c2.

use std::fmt::Write as _;

use crate::support::TestStudy;

const CODEBOOK: &str = "title: Small
version: 1
unit: A turn.
dimensions:
  - {id: lead, name: Lead, select: many, brief: b, definition: d, use_when: u, not_when: n, codes: [{id: rot, name: Rot}, {id: fix, name: Fix}]}
  - {id: tone, name: Tone, select: one, brief: b, definition: d, use_when: u, not_when: n, codes: [{id: warm, name: Warm}, {id: cold, name: Cold}]}
";

/// How many units × dimensions each coder is asked for.
const ALL: usize = 64;

fn text(case: &str) -> String {
    let mut text = String::new();
    for nth in 0..8 {
        writeln!(text, "Moderator: What about topic number {nth} in {case}?").unwrap();
        let one = "We do it every week. And then we rest.";
        writeln!(text, "P1: I think number {nth} is fine in {case}. {one}").unwrap();
        let other = "we never do that here. It was somebody else.";
        writeln!(text, "P2: No, I disagree about {nth}, {other}").unwrap();
    }
    text
}

/// A study as the program makes it, cut by turns.
fn fresh() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    study.write("../A.txt", &text("A")).write("../B.txt", &text("B"));
    let (a, b) = (study.path("../A.txt"), study.path("../B.txt"));
    fine(&study, &format!("import {} {}", a.display(), b.display()));
    fine(&study, "participants set Moderator --role moderator");
    fine(&study, "split --by turn");
    study
}

/// Runs what must succeed, and returns what was shown.
fn fine(study: &TestStudy, line: &str) -> String {
    let seen = study.run(line);
    assert!(seen.ends_with("[exit 0]\n"), "{line}: {seen}");
    seen
}

/// Answers everything with the first code.
fn code(study: &TestStudy, coder: &str) {
    let seen = study.typed(&format!("code --coder {coder} --lines"), &"1\n1\n".repeat(40));
    assert!(seen.contains("saved "), "{seen}");
}

fn seal(study: &TestStudy, coder: &str) {
    fine(study, &format!("seal --coder {coder}"));
}

fn csv(study: &TestStudy, line: &str) -> String {
    fine(study, &format!("{line} --format csv"))
}

/// The rows of a table as CSV that hold a text.
fn rows(study: &TestStudy, line: &str, holding: &str) -> usize {
    csv(study, line).lines().filter(|row| row.contains(holding)).count()
}

#[test]
fn one_look_takes_later_decisions_out_of_nothing_but_agreement_on_independence() {
    let study = fresh();
    for coder in ["c1", "c2"] {
        study.typed(&format!("code --coder {coder} --lines"), "1\n1\nq\n");
    }
    study.at("2026-03-01T10:01:00Z");
    fine(&study, "agree --unblind 'calibration after the first units'");
    study.at("2026-03-01T10:02:00Z");
    for coder in ["c1", "c2"] {
        code(&study, coder);
        seal(&study, coder);
    }
    assert!(csv(&study, "matrix").contains("A,16,16\nB,16,16\n"), "{}", csv(&study, "matrix"));
    let agree = fine(&study, "agree --level presence --measure percent_agreement");
    // What both had decided on one unit in two dimensions was independent; the rest is told apart.
    assert!(agree.contains("60 later decisions are not in here"), "{agree}");
    assert!(
        csv(&study, "agree --level presence --measure percent_agreement --stage after")
            .contains(",15,")
    );
    assert!(study.run("check").contains("0 problems"));
    fine(&study, "round new pass2");
    for coder in ["c1", "c2"] {
        code(&study, coder);
        seal(&study, coder);
    }
    assert!(csv(&study, "matrix").contains("A,16,16\nB,16,16\n"));
    let pass2 = fine(&study, "agree --round pass2 --level presence --measure percent_agreement");
    assert!(pass2.contains("128 later decisions are not in here"), "{pass2}");
    assert_eq!(rows(&study, "export --coder c1", ",c1,"), ALL);
    assert_eq!(rows(&study, "export", ",c1,"), ALL);
}

#[test]
fn a_look_that_showed_nothing_is_not_recorded() {
    let study = fresh();
    for coder in ["c1", "c2"] {
        study.typed(&format!("code --coder {coder} --lines"), "1\n1\nq\n");
    }
    study.write("../x.csv", "");
    let there = study.path("../x.csv").display().to_string();
    let nowhere = study.path("../nowhere/x.csv").display().to_string();
    for (line, status) in [
        (format!("matrix --unblind r -o {there}"), 4),
        (format!("matrix --unblind r -o {nowhere}"), 5),
        ("matrix --unblind r -o codebook.yaml --force".to_owned(), 2),
        ("agree --unblind r --level sets --measure cohen_kappa".to_owned(), 2),
        ("agree --unblind r --coders c1,c99".to_owned(), 2),
        ("agree --unblind r --round never".to_owned(), 2),
        ("discrepancies --unblind r --case C".to_owned(), 2),
        ("quotes --unblind r --where nonsense".to_owned(), 2),
        ("agree --unblind ' \u{200b}\u{2060}'".to_owned(), 2),
        ("matrix --unblind ''".to_owned(), 2),
    ] {
        let seen = study.run(&line);
        assert!(seen.ends_with(&format!("[exit {status}]\n")), "{line}: {seen}");
        assert!(!study.path("events.csv").exists(), "{line} is recorded");
    }
    fine(&study, "agree --unblind r");
    assert!(study.read("events.csv").contains(",unblind,"));
}

#[test]
fn units_are_not_cut_under_a_session_of_another_device_and_nobody_is_locked_out() {
    let study = fresh();
    let folder = study.path("");
    let mut session = std::process::Command::new(env!("CARGO_BIN_EXE_themata"))
        .arg("-C")
        .arg(&folder)
        .args(["code", "--coder", "c1", "--lines", "--device", "lap"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let lock = study.path("coding/c1.lap.csv.lock");
    while !lock.exists() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let seen = study.run("split --by sentence");
    assert!(seen.contains("another program is writing coding/c1.lap.csv"), "{seen}");
    assert!(seen.ends_with("[exit 4]\n"), "{seen}");
    std::io::Write::write_all(session.stdin.as_mut().unwrap(), b"1\n1\nq\n").unwrap();
    let out = session.wait_with_output().unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out, "saved A:2 lead rot\nsaved A:2 tone warm\n");
    assert!(study.run("check").contains("0 problems"));
    let seen = study.typed("code --coder c1 --lines", "q\n");
    assert!(seen.contains("1 of 32 units decided") && seen.ends_with("[exit 0]\n"), "{seen}");
    // What carries decisions is not cut anew, whether or not the rest is.
    study.run("split --by sentence");
    assert!(study.run("check").contains("0 problems"));
    assert_eq!(rows(&study, "export --coder c1", "A:2,c1"), 2);
}

#[test]
fn a_clock_that_runs_ahead_shows_nobody_a_unit_that_she_has_not_coded() {
    let study = fresh();
    study.at("2027-03-01T09:00:00Z");
    for coder in ["c1", "c2"] {
        code(&study, coder);
    }
    study.at("2027-03-01T10:00:00Z");
    seal(&study, "c1");
    study.at("2027-03-01T15:00:00Z"); // c2's clock is ahead
    seal(&study, "c2");
    study.at("2027-03-01T12:00:00Z");
    fine(&study, "units split A:2 --at 2@52 --reason x");
    study.at("2027-03-01T12:30:00Z");
    let seen = study.typed("code --coder c1 --lines", "2\n2\n1\n2\nq\n");
    assert!(seen.contains("saved A:2@"), "{seen}");
    study.at("2027-03-01T12:40:00Z");
    fine(&study, "seal --coder c1 --case A --again y");
    assert_eq!(rows(&study, "export", "A:2@"), 0);
    for line in ["matrix --from any", "discrepancies", "quotes --code fix --from any", "agree"] {
        assert!(!csv(&study, line).contains("A:2@"), "{line}");
    }
    let seen = study.typed("code --coder c2 --lines", "1\nq\n");
    assert!(seen.contains("saved A:2@0-52 lead rot") || seen.contains("saved A:2@"), "{seen}");
    assert!(study.run("status --coder c2").contains("code --coder c2"));
    study.typed("code --coder c2 --lines", "1\n1\n1\nq\n");
    study.at("2027-03-01T12:50:00Z");
    fine(&study, "seal --coder c2 --case A --again y");
    assert_eq!(rows(&study, "export", "A:2@"), 8);
}

#[test]
fn rows_of_a_device_that_come_after_the_seal_are_late_and_nothing_is_missing() {
    let study = fresh();
    study.at("2027-02-28T09:00:00Z");
    study.typed("code --coder c1 --lines --device desk", "g A:2\n1\ng A:3\n1\nq\n");
    let desk = study.read("coding/c1.desk.csv");
    let header = desk.lines().next().unwrap();
    let version = desk.lines().nth(1).unwrap().rsplit(',').next().unwrap().to_owned();
    let mut laptop = format!("{header}\n");
    for nth in 1..=1800 {
        let (seq, unit) = (10 + nth, 2 + nth % 2);
        let time = format!("2027-03-01T08:{:02}:{:02}Z", nth / 60 % 60, nth % 60);
        writeln!(laptop, "{seq},{time},main,A:{unit},lead,rot,,,lines,,{version}").unwrap();
    }
    study.write("coding/c1.csv", &laptop);
    study.at("2027-03-01T09:00:00Z");
    code(&study, "c2");
    study.at("2027-03-01T10:00:00Z");
    for coder in ["c1", "c2"] {
        fine(&study, &format!("seal --coder {coder} --incomplete x"));
    }
    assert!(study.run("check").contains("0 problems"), "{}", study.run("check"));
    let figures = |study: &TestStudy| {
        let seen = csv(study, "agree");
        seen.split("--- stderr").next().unwrap().replace("[exit 0]\n", "")
    };
    let before = figures(&study);
    let late = format!(
        "{desk}3,2027-02-28T09:30:00Z,main,A:5,lead,rot,,,lines,,{version}\n\
         4,2027-02-28T09:31:00Z,main,A:6,lead,fix,,,lines,,{version}\n"
    );
    study.write("coding/c1.desk.csv", &late);
    let check = study.run("check");
    assert!(check.contains("late") || check.contains("after"), "{check}");
    assert!(!check.contains("missing") && !check.contains("changed"), "{check}");
    assert_eq!(figures(&study), before);
    study.at("2027-03-01T11:00:00Z");
    fine(&study, "seal --coder c1 --again 'the desk was offline' --incomplete x");
    assert!(study.run("check").contains("0 problems"));
    assert_eq!(rows(&study, "export", "A:5,c1"), 1);
}

#[cfg(unix)]
#[test]
fn a_transcript_that_cannot_be_taken_away_stays_whole() {
    let study = fresh();
    // What is no file cannot be removed like one, and no permission lets it.
    let original = study.path("originals/A.txt");
    std::fs::remove_file(&original).unwrap();
    std::fs::create_dir(&original).unwrap();
    let before: Vec<String> =
        ["transcripts.csv", "cases.csv", "participants.csv"].map(|it| study.read(it)).into();
    let _ = study.run("remove A");
    let check = study.run("check");
    let now: Vec<String> =
        ["transcripts.csv", "cases.csv", "participants.csv"].map(|it| study.read(it)).into();
    let whole = study.path("units/A.csv").exists() && study.path("transcripts/A.txt").exists();
    let gone = !study.path("units/A.csv").exists() && !study.path("transcripts/A.txt").exists();
    assert!(whole && now == before || gone && now != before, "a half is left: {check}");
    assert!(!study.path("themata.pending").exists());
}

#[test]
fn cells_of_units_that_say_what_the_text_does_not_are_said_and_believed_by_nothing() {
    let study = fresh();
    for coder in ["c1", "c2"] {
        code(&study, coder);
        seal(&study, coder);
    }
    let matrix = csv(&study, "matrix");
    let quotes = csv(&study, "quotes --limit 1");
    let units = study.read("units/A.csv");
    study.write("units/A.csv", &units.replacen("\nA:2,talk,P1", "\nA:2,talk,P2", 1));
    let check = study.run("check");
    assert!(check.contains("units/A.csv:3:speakers: ") && check.ends_with("[exit 1]\n"), "{check}");
    let shown = csv(&study, "quotes --limit 1");
    assert!(quotes.lines().all(|line| line.starts_with('[') || shown.contains(line)), "{shown}");
    study.write("units/A.csv", &units.replacen("\nA:3,talk,P2,14", "\nA:3,prompt,,0", 1));
    assert!(study.run("check").ends_with("[exit 1]\n"));
    let shown = csv(&study, "matrix");
    assert!(matrix.lines().take(3).all(|line| shown.contains(line)), "{shown}");
}

#[test]
fn the_hash_of_own_cuts_tells_a_second_unitiser_nothing() {
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    study.write("../A.txt", &text("A"));
    fine(&study, &format!("import {}", study.path("../A.txt").display()));
    for coder in ["c1", "c2"] {
        fine(&study, &format!("split --coder {coder}"));
    }
    fine(&study, "units done --coder c1");
    // c2 left the same units as c1, and tries every way of hashing them that the study knows.
    let hers = themata::format::codebook::sha256(study.read("units/c2/A.csv").as_bytes());
    let mut locators: Vec<String> = study
        .read("units/c2/A.csv")
        .lines()
        .skip(1)
        .filter_map(|line| Some(format!("{}\n", line.split(',').next()?)))
        .filter(|line| line.starts_with("A:"))
        .collect();
    locators.sort();
    let sorted = themata::format::codebook::sha256(locators.concat().as_bytes());
    for shown in [
        study.read("events.csv"),
        csv(&study, "log"),
        fine(&study, "check"),
        fine(&study, "status"),
    ] {
        assert!(!shown.contains(&hers[..12]), "{shown}");
        assert!(!shown.contains(&sorted[..12]), "{shown}");
    }
}

#[test]
fn copies_that_syncthing_leaves_of_seals_and_memos_are_read() {
    let study = fresh();
    for coder in ["c1", "c2"] {
        code(&study, coder);
    }
    let laptop = TestStudy::copy_of(&study.path(""));
    seal(&study, "c1");
    seal(&laptop, "c2");
    study.typed("memo --coder c1", "note on laptop 1\n");
    laptop.typed("memo --coder c1", "note on laptop 2\n");
    let copy = "sync-conflict-20260301-100000-ABC.csv";
    study.write(&format!("seals.{copy}"), &laptop.read("seals.csv"));
    study.write(&format!("memos/c1.{copy}"), &laptop.read("memos/c1.csv"));
    for entry in std::fs::read_dir(laptop.path("seals")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        study.write(&format!("seals/{name}"), &laptop.read(&format!("seals/{name}")));
    }
    assert!(study.run("check").ends_with("[exit 0]\n"), "{}", study.run("check"));
    assert!(csv(&study, "matrix").contains("A,16,16\nB,16,16\n"));
    let memos = csv(&study, "memo list --coder c1");
    assert!(memos.contains("note on laptop 1") && memos.contains("note on laptop 2"), "{memos}");
}

#[test]
fn a_lead_who_cut_anew_while_a_log_was_away_loses_nothing_and_counts_nothing_twice() {
    let study = fresh();
    let away = TestStudy::copy_of(&study.path(""));
    code(&away, "c1");
    // The lead, who has no decision of anybody, locks the units and cuts one of them by a recorded change.
    fine(&study, "units lock");
    fine(&study, "units split A:2 --at 2@52 --reason 'two ideas'");
    let post = study.path("../c1.csv");
    std::fs::write(&post, away.read("coding/c1.csv")).unwrap();
    let seen = fine(&study, &format!("receive {} --coder c1", post.display()));
    assert!(seen.contains("c1: 64 rows brought in"), "{seen}");
    assert_eq!(study.read("coding/c1.csv"), away.read("coding/c1.csv"), "kept byte for byte");
    assert!(
        study.run("check").ends_with("[exit 0]\n"),
        "the moves tell the way: {}",
        study.run("check")
    );
    // The units that are gone count nowhere; what became of them is asked, with her old answer beside it.
    assert_eq!(rows(&study, "export --coder c1", "A:2,c1"), 0);
    assert_eq!(rows(&study, "export --coder c1", ",c1,"), ALL - 2);
    let seen = study.typed("code --coder c1 --lines", "2\n2\n2\n2\nq\n");
    assert!(seen.contains("you gave A:2: ") && seen.contains("saved A:2@"), "{seen}");
    code(&study, "c2");
    for coder in ["c1", "c2"] {
        seal(&study, coder);
    }
    assert_eq!(rows(&study, "export", "A:2,"), 0);
    assert!(csv(&study, "matrix --from any").contains("A,17,17\n"), "{}", csv(&study, "matrix"));
    // Cut anew by hand, without moves: what is on units that are gone is kept, listed by check, and counted nowhere.
    let study = fresh();
    fine(&study, "split --by sentence");
    fine(&study, &format!("receive {} --coder c1", post.display()));
    let check = study.run("check");
    assert!(check.contains("coding/c1.csv:2-65:unit: "), "{check}");
    assert!(check.ends_with("[exit 1]\n"), "{check}");
    assert_eq!(rows(&study, "export --coder c1", ",c1,"), 0);
    let seen = study.typed("code --coder c1 --lines", "1\nq\n");
    assert!(seen.contains("saved A:2") && seen.ends_with("[exit 0]\n"), "{seen}");
    assert!(study.read("coding/c1.csv").lines().last().unwrap().starts_with("65,"));
    assert!(fine(&study, "status --coder c1").contains("code --coder c1"));
}

#[test]
fn what_is_new_in_an_open_case_shows_to_nobody_until_all_who_have_new_units_there_have_sealed() {
    let begun = || {
        let study = fresh();
        let rows = "unit,coder,round\nall,c1,all\nA:2,c2,all\nA:3,c2,all\ncase:B,c2,all\n";
        study.write("assignments.csv", rows);
        for coder in ["c1", "c2"] {
            code(&study, coder);
            seal(&study, coder);
        }
        study
    };
    let sealed_again = |study: &TestStudy, coder: &str| {
        code(study, coder);
        fine(study, &format!("seal --coder {coder} --case A --again 'units changed'"));
    };
    // Both have A:2, c1 alone has A:5: whether hers are shown must not tell her which of them c2 has too.
    let study = begun();
    fine(&study, "units split A:2 --at 2@52 --reason x");
    fine(&study, "units split A:5 --at 5@52 --reason x");
    sealed_again(&study, "c1");
    assert_eq!((rows(&study, "export", "A:2@"), rows(&study, "export", "A:5@")), (0, 0));
    assert!(rows(&study, "export", "A:3,") == 4, "what was open stays so");
    sealed_again(&study, "c2");
    assert_eq!((rows(&study, "export", "A:2@"), rows(&study, "export", "A:5@")), (8, 4));
    // Where c2 has nothing new to do in the case, nothing waits for her.
    let study = begun();
    fine(&study, "units split A:5 --at 5@52 --reason x");
    sealed_again(&study, "c1");
    assert_eq!(rows(&study, "export", "A:5@"), 4);
}
