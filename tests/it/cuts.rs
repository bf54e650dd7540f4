//! Units as people make them: cuts looked at, cut twice, settled, locked.

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

/// A talk of eleven sentences in which the moderator asks once.
pub(crate) fn study() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    study.import(
        "A",
        &[
            ("P1", "It began with a letter. Eleven of us came."),
            ("P2", "I came for the coffee. The talk was good. The chairs were not."),
            ("Moderator", "And who leads?"),
            ("P1", "Nobody leads. The chair moves on. Everyone gets a month."),
            ("P2", "Mine was May."),
            ("P1", "Mine was June."),
        ],
    );
    study
}

/// The lines of a file of units: locator, pin.
pub(crate) fn units(study: &TestStudy, file: &str) -> Vec<String> {
    let text = study.read(file);
    let mut rows: Vec<String> = Vec::new();
    for line in text.lines().skip(1).filter(|line| line.starts_with("A:") && line.contains(",,")) {
        let cells: Vec<&str> = line.split(',').collect();
        let prompt = if cells[1] == "prompt" { " prompt" } else { "" };
        rows.push(format!("{}{}{prompt}", if cells[6] == "yes" { "!" } else { "" }, cells[0]));
    }
    rows
}

/// The next command, as status tells it.
fn next(study: &TestStudy) -> String {
    let seen = study.run("status").replace(" -C STUDY", "");
    seen.lines().rev().nth(1).unwrap_or_default().to_owned()
}

/// What is confirmed on standard output.
fn saved(seen: &str) -> Vec<&str> {
    seen.lines().take_while(|line| *line != "--- stderr ---").collect()
}

#[test]
fn cuts_are_kept_dropped_moved_and_added_and_each_is_on_disk_when_it_is_confirmed() {
    let study = study();
    study.run("split --by turn");
    assert_eq!(units(&study, "units/A.csv"), ["A:1", "A:2", "A:3 prompt", "A:4", "A:5", "A:6"]);
    // The cut before 2 is right, the one before 4 belongs a sentence later, the last two are none.
    let seen = study.typed("split --review", "k\nf\nk\nd\nd\nq\n");
    let expected = [
        "saved A:2 keep",
        "saved A:4@14-56 move",
        "saved A:4@14-5@13 drop",
        "saved A:4@14-6@14 drop",
    ];
    assert_eq!(saved(&seen), expected);
    assert!(seen.contains("All 2 cuts were looked at."), "{seen}");
    assert_eq!(units(&study, "units/A.csv"), ["A:1", "!A:2@0-4@14", "!A:4@14-6@14"]);
    // One is put in anew, taken back, and put in once more.
    let seen = study.typed("split --review", "g 2\na 4\nz\na 4\nq\n");
    let expected = ["saved A:2@23-4@14 add", "saved A:2@0-4@14 undo", "saved A:2@23-4@14 add"];
    assert_eq!(saved(&seen), expected);
    assert_eq!(units(&study, "units/A.csv"), ["A:1", "!A:2@0-23", "!A:2@23-4@14", "!A:4@14-6@14"]);
}

#[test]
fn what_was_set_by_hand_survives_a_new_split() {
    let study = study();
    study.run("split --by turn");
    // No cut before 4, and those around it are right.
    study.typed("split --review", "s\nd\nk\ns\nq\n");
    study.typed("split --review", "k\nq\n");
    assert_eq!(units(&study, "units/A.csv"), ["A:1", "!A:2-4", "!A:5", "A:6"]);
    study.run("split --by sentence");
    // What lies between two cuts set by hand, or one and an end of the text, stands whole.
    assert_eq!(units(&study, "units/A.csv"), ["A:1", "!A:2-4", "!A:5", "A:6"]);
    study.typed("split --review", "g 6\nk\nq\n");
    assert_eq!(units(&study, "units/A.csv"), ["A:1", "!A:2-4", "!A:5", "!A:6"]);
}

#[test]
fn around_a_cut_set_by_hand_a_new_split_cuts_anew() {
    let study = study();
    study.run("split --by turn");
    study.typed("split --review", "f 2\nq\n");
    assert_eq!(units(&study, "units/A.csv")[..2], ["A:1@0-2@42", "!A:2@42-62"]);
    study.run("split --by sentence --prompts drop");
    let cut = units(&study, "units/A.csv");
    assert_eq!(cut[..3], ["A:1@0-2@42", "!A:2@42-62", "A:4@0-14"]);
    study.run("split --by turn --prompts with");
    assert_eq!(units(&study, "units/A.csv"), ["A:1@0-2@42", "!A:2@42-62", "A:3-4", "A:5", "A:6"]);
}

#[test]
fn a_line_that_is_not_understood_changes_nothing() {
    let study = study();
    study.run("split --by turn");
    let before = study.read("units/A.csv");
    let seen = study.typed("split --review", "x\n\nb 9\na 99\na 3\na\nk now\ng 99\nz\n?\nq\n");
    assert_eq!(saved(&seen), Vec::<&str>::new());
    assert_eq!(study.read("units/A.csv"), before);
    for said in [
        "not understood; nothing was changed",
        "nothing was typed; the cut stays at hand",
        "the cut cannot go so far",
        "they go from 1 to 5",
        "there is a cut already",
        "write a number of sentences",
        "`k` has to stand alone",
        "no unit of this session is there",
        "there is nothing to take back",
        "the two units become one",
    ] {
        assert!(seen.contains(said), "{said}\n{seen}");
    }
    assert_eq!(study.run("split --review --by turn").lines().last(), Some("[exit 2]"));
}

/// Both cut the study by turn, then the first moves a cut and the second drops one.
fn cut_twice() -> TestStudy {
    let study = study();
    study.run("split --by turn --coder c1");
    study.run("split --by turn --coder c2");
    study.typed("split --coder c1 --review", "s\ns\nd\nq\n");
    study.typed("split --coder c2 --review", "s\nf\nq\n");
    study
}

#[test]
fn own_cuts_are_apart_and_nobody_sees_them_before_all_are_done() {
    let study = cut_twice();
    assert_eq!(units(&study, "units/c1/A.csv"), ["A:1", "A:2", "A:3 prompt", "A:4-5", "A:6"]);
    assert_eq!(units(&study, "units/c2/A.csv"), ["A:1", "A:2@0-4@14", "!A:4@14-56", "A:5", "A:6"]);
    assert!(!study.path("units/A.csv").exists(), "the study's own units are another matter");
    let one_done = study.run("units done --coder c1");
    assert!(one_done.contains("c1 is done with A"), "{one_done}");
    for line in ["agree --boundaries", "units settle --present c1,c2", "units lock"] {
        let seen = study.run(line);
        assert!(seen.ends_with("[exit 4]\n"), "{line}: {seen}");
        assert!(seen.contains("A (c2)") && !seen.contains("A:4"), "{line}: {seen}");
    }
    // What is done stays as it is, unless it is taken back before the other is done.
    for line in ["split --coder c1 A", "split --coder c1 --review", "split --coder c1"] {
        let seen = study.run(line);
        assert!(
            seen.contains("c1 has declared the cuts of A done") && seen.ends_with("[exit 4]\n"),
            "{seen}"
        );
    }
    study.at("2026-03-01T10:01:00Z");
    assert!(study.run("units done --coder c1 --take-back 'one more look'").contains("goes on"));
    study.at("2026-03-01T10:02:00Z");
    study.run("units done --coder c1");
    study.run("units done --coder c2");
    study.at("2026-03-01T10:03:00Z");
    let late = study.run("units done --coder c1 --take-back 'one more look'");
    assert!(late.contains("may have been seen") && late.ends_with("[exit 4]\n"), "{late}");
    let open = study.run("agree --boundaries --measure boundary_similarity --format csv");
    assert!(open.contains("boundary_similarity") && open.ends_with("[exit 0]\n"), "{open}");
    // A file that was changed by another hand is no longer what was declared.
    let text = study.read("units/c2/A.csv").replace("A:5,talk", "A:5,prompt");
    study.write("units/c2/A.csv", &text);
    let changed = study.run("units settle --present c1,c2");
    assert!(changed.contains("declared done and have changed since"), "{changed}");
    assert!(changed.ends_with("[exit 3]\n"), "{changed}");
}

#[test]
fn looking_at_unfinished_cuts_is_recorded_for_ever() {
    let study = cut_twice();
    let seen =
        study.run("agree --boundaries --unblind 'to train' --coder c1 --measure pk --format csv");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    assert!(study.read("events.csv").contains("unblind-cuts,c1,A,to train"));
}

#[test]
fn agreed_cuts_are_taken_and_each_difference_is_decided_with_a_reason() {
    let study = cut_twice();
    study.run("units done --coder c1");
    study.run("units done --coder c2");
    let seen =
        study.typed("units settle", "all\n1\na new thought begins\nc\nit is his\n\nz\nz\nq\n");
    assert_eq!(saved(&seen), ["saved A:3 cut", "saved A:4 cut", "saved A:4", "saved A:3"]);
    assert!(seen.contains("2 cuts by all, 4 by some"), "{seen}");
    assert!(seen.contains("──── ▶ cut by c1, not by c2 ──"), "{seen}");
    assert!(!study.path("units/A.csv").exists(), "two differences are open");
    // A meeting goes on where the one before ended.
    let seen = study.typed(
        "units settle --present c1,c2",
        "1\na new thought begins\nn\nthe question is part of it\nq\n",
    );
    assert_eq!(saved(&seen), ["saved A:3 cut", "saved A:4 no-cut"]);
    let seen = study.typed("units settle", "c1 c2\nc\nwho leads\nn\none month\nq\n");
    assert_eq!(saved(&seen), ["saved A:4@14 cut", "saved A:5 no-cut"]);
    assert!(seen.contains("A: 5 units written"), "{seen}");
    assert_eq!(
        units(&study, "units/A.csv"),
        ["A:1", "!A:2", "!A:3@0-4@14", "!A:4@14-5@13", "!A:6"]
    );
    let trail = study.run("log --format csv");
    for row in ["cut,c1; c2,,A:3,,a new thought begins", "no-cut,c1; c2,,A:5,,one month"] {
        assert!(trail.contains(row), "{trail}");
    }
    assert_eq!(next(&study), "next: themata units lock");
    assert!(study.run("units lock").contains("A: 5 units locked"));
    assert_eq!(next(&study), "next: themata code --coder c1 --lines, then themata seal --coder c1");
    let seen = study.run("units settle --present c1,c2");
    assert!(seen.contains("locked or carry decisions") && seen.ends_with("[exit 4]\n"), "{seen}");
}

#[test]
fn what_two_meetings_decided_differently_of_a_cut_is_open_until_it_is_decided_again() {
    let study = cut_twice();
    study.run("units done --coder c1");
    study.run("units done --coder c2");
    let other = TestStudy::copy_of(&study.path(""));
    study.typed("units settle --present c1,c2", "c\nso\nc\nso\nq\n");
    other.typed("units settle --present c1,c2", "n\nso\nc\nso\nq\n");
    study.write("events (conflicted copy).csv", &other.read("events.csv"));
    let check = study.run("check");
    let what = "events.csv: two meetings decided differently at the same time whether there is a cut at A:3";
    assert!(check.contains(what) && check.ends_with("[exit 1]\n"), "{check}");
    assert!(check.contains("\n1 problem\n"), "what both decided alike stands: {check}");
    let seen = study.run("units lock");
    assert!(seen.contains(what) && seen.ends_with("[exit 3]\n"), "{seen}");
    let seen = study.typed("units settle --present c1,c2", "n\nafter all\nq\n");
    assert_eq!(saved(&seen), ["saved A:3 no-cut"]);
    assert!(study.run("check").ends_with("0 problems\n[exit 0]\n"));
}

#[test]
fn coders_who_cut_alike_have_nothing_to_settle() {
    let study = study();
    for coder in ["c1", "c2"] {
        study.run(&format!("split --by turn --coder {coder}"));
        study.run(&format!("units done --coder {coder}"));
    }
    let seen = study.run("units settle --present c1,c2");
    assert!(seen.contains("5 cuts by all, 0 by some"), "{seen}");
    assert!(seen.contains("A: 6 units written") && seen.ends_with("[exit 0]\n"), "{seen}");
}

#[test]
fn locked_units_are_left_alone_and_a_change_by_another_hand_is_found() {
    let study = study();
    study.run("split --by turn");
    assert!(study.run("units lock").contains("A: 5 units locked"));
    for line in ["split", "split A", "split --review", "split --coder c1", "units lock"] {
        let seen = study.run(line);
        assert!(seen.ends_with("[exit 4]\n"), "{line}: {seen}");
    }
    assert!(study.run("split A").contains("the units of A are locked"));
    assert!(study.run("check").starts_with("0 problems"));
    let units = study.read("units/A.csv");
    // Who speaks says what is talk, whatever the cell says.
    study.write("units/A.csv", &units.replace("A:6,talk", "A:6,prompt"));
    let seen = study.run("check");
    assert!(seen.contains("units/A.csv:7:kind: `kind` of unit A:6 is not what"), "{seen}");
    assert!(seen.contains("1 problem\n") && seen.ends_with("[exit 1]\n"), "{seen}");
    study.write(
        "units/A.csv",
        &units.replace("A:5,talk", "A:4-5,talk").replace("A:4,talk", "A:3@0-2,talk"),
    );
    let seen = study.run("check");
    assert!(seen.contains("units/A.csv: these units were locked"), "{seen}");
}
