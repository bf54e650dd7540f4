//! A corrected transcript in place of another: units and decisions follow, and nothing is lost on the way.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::TestStudy;

const OLD: &str = "\
Moderator: How did it begin?
P1: Somebody sent an e-mail, and eleven of us turned up.
P2: I came for the coffee, and I stayed for the talk.
P1: We all did, I suppose.
P2: Not everyone.
";

/// The same with a word corrected, a turn left out and one put in.
const NEW: &str = "\
Moderator: How did it begin?
P1: Somebody sent an e-mail, and eleven of us turned up.
P2: I came for the toffee, and I stayed for the talk.
Moderator: Did you really?
P2: Not everyone.
";

/// Both coders have coded and sealed the old text.
fn sealed() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], crate::desk::CODEBOOK);
    write_file(&study, "A.txt", OLD);
    let line = format!("import {}", study.path("A.txt").display());
    let seen = study.run(&line);
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    study.run("split --by turn");
    study.run("units lock");
    let study = study
        .coded("c1", &["A:2 leadership chair", "A:3 tone warm", "A:4 tone cold", "A:5 tone warm"])
        .coded("c2", &["A:2 leadership chair", "A:3 tone cold", "A:4 tone cold", "A:5 tone warm"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    study.typed("resolve --present c1,c2", "1\nslip\nheard again\nq\n");
    study.at("2026-03-02T10:00:00Z");
    study
}

fn write_file(study: &TestStudy, name: &str, text: &str) {
    study.write(name, text);
}

/// Puts a text in place of A, with these answers.
fn replace(study: &TestStudy, text: &str, options: &str, answers: &str) -> String {
    write_file(study, "B.txt", text);
    let file = study.path("B.txt");
    study.typed(&format!("import --replace A {} {options}", file.display()), answers)
}

fn csv(study: &TestStudy, line: &str) -> String {
    let seen = study.run(&format!("{line} --format csv"));
    assert!(seen.ends_with("[exit 0]\n"), "{line}: {seen}");
    seen.split("--- stderr").next().unwrap_or_default().to_owned()
}

/// Every file of the study, but locks.
fn files(study: &TestStudy) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_none_or(|it| it != "lock") && !path.ends_with("B.txt") {
                into.insert(path.display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(&study.path(""), &mut all);
    all
}

#[test]
fn picked_words_go_with_their_unit_where_they_are_still_said_there() {
    let study = sealed();
    for (stretch, code) in
        [("A:3@23-49", "warm"), ("A:3@7-22", "warm"), ("A:5@4-13", "warm"), ("A:4@0-6", "warm")]
    {
        let seen = study.run(&format!("quotes pick {stretch} --code {code} --coder c1"));
        assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    }
    let said = "P2: I came for the toffee, and I stayed for the talk.";
    let new = NEW
        .replace(said, &format!("Moderator: And you?\n{said}"))
        .replace("Not everyone.", "No. Not everyone.");
    let seen = replace(&study, &new, "--reason 'heard again' --yes", "");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let listed = csv(&study, "quotes pick list");
    for (place, words) in [("B:4@23-49", "and I stayed for the talk."), ("B:6@8-17", "everyone.")] {
        let row = listed.lines().find(|it| it.contains(place));
        assert!(row.is_some_and(|it| it.contains(words)), "{place}: {listed}");
    }
    assert_eq!(
        listed.matches("c1#").count(),
        2,
        "what is no longer said there is not quoted: {listed}"
    );
}

#[test]
fn units_and_decisions_follow_to_the_letter_or_confirmed_and_what_is_lost_stays_listed() {
    let study = sealed();
    let log = study.read("coding/c1.csv");
    let agree = csv(&study, "agree --level value,presence --measure percent_agreement");
    let seen = replace(&study, NEW, "--reason 'heard again'", "y\n");
    assert!(seen.contains("1 of 1: is A:3 now B:3?"), "{seen}");
    assert!(seen.contains("I came for the coffee") && seen.contains("I came for the toffee"));
    assert!(
        seen.contains(
            "B is in place of A: 3 units to the letter, 1 with differences, 1 new, 1 lost"
        ),
        "{seen}"
    );
    assert_eq!(
        study.read("moves.csv").replace("2026-03-02T10:00:00Z,", ""),
        "at,old,new,how,seq\nA:1,B:1,same,1\nA:2,B:2,same,2\nA:3,B:3,found,3\nA:4,,lost,4\nA:5,B:5,same,5\n,B:4,new,6\n"
    );
    assert!(study.read("events.csv").contains(",replace,,A; B,heard again"));
    assert_eq!(study.read("coding/c1.csv"), log, "logs are never touched");
    // The seals are still what was sealed, and the units are locked under their new names.
    assert!(study.run("check").starts_with("0 problems"), "{}", study.run("check"));
    assert!(study.run("split B").contains("the units of B are locked"));
    // Agreement is on what was coded independently, the lost unit included.
    assert_eq!(csv(&study, "agree --level value,presence --measure percent_agreement"), agree);
    let export = csv(&study, "export --coder c1");
    assert!(export.contains("B:3,c1,main,tone,warm") && !export.contains("A:"), "{export}");
    // The consensus on A:3 holds for B:3; A:4 counts no more.
    assert!(csv(&study, "matrix --rows case").starts_with("case,leadership,tone\nA,1,2\n"));
    assert!(csv(&study, "quotes --code warm").contains("B:3,A,P2"));
    assert!(study.read("units/B.csv").contains("\nB:4,prompt,"), "the moderator's new turn");
    let lost = csv(&study, "units show --changed --coder c1");
    assert!(
        lost.contains("A:4,lost,,\"We all did, I suppose.\",\"") || lost.contains("A:4,lost,,"),
        "{lost}"
    );
    assert!(lost.contains("tone: cold") && lost.contains("A:3,found,B:3"), "{lost}");
    assert!(
        !csv(&study, "units show --changed").contains("cold"),
        "others' decisions are not shown"
    );
    assert!(csv(&study, "log --coder c1 --unit A:4").contains("tone,cold"));
}

#[test]
fn a_match_that_is_not_taken_is_lost_and_the_new_words_are_undecided() {
    let study = sealed();
    let seen = replace(&study, &OLD.replace("coffee", "toffee"), "", "what\nn\n");
    assert!(seen.contains("not understood"), "{seen}");
    assert!(seen.contains("A:3 is not in the new text; it stays listed"), "{seen}");
    assert!(seen.contains("4 units to the letter, 0 with differences, 1 new, 1 lost"), "{seen}");
    let seen = study.typed("code --coder c1", "q\n");
    assert!(seen.contains("B:3 · ") && !seen.contains("B:2 · "), "{seen}");
    assert!(study.run("check").starts_with("0 problems"));
}

#[test]
fn unless_every_match_is_answered_nothing_changes() {
    let study = sealed();
    let before = files(&study);
    for answers in ["", "q\n", "huh\n"] {
        let seen = replace(&study, NEW, "", answers);
        assert!(seen.contains("A was not replaced") && seen.ends_with("[exit 4]\n"), "{seen}");
        assert_eq!(files(&study), before, "{answers:?}");
    }
    let unknown = study.run(&format!("import --replace C {}", study.path("B.txt").display()));
    assert!(
        unknown.contains("there is no transcript `C`") && unknown.ends_with("[exit 2]\n"),
        "{unknown}"
    );
    assert_eq!(files(&study), before);
    assert!(
        replace(&study, NEW, "--yes", "").contains("1 of 1: is A:3 now B:3?"),
        "shown all the same"
    );
}

#[test]
fn a_text_that_is_replaced_twice_is_read_through_both() {
    let study = sealed();
    replace(&study, NEW, "--yes", "");
    study.at("2026-03-03T10:00:00Z");
    write_file(&study, "C.txt", &NEW.replace("toffee", "coffee"));
    let again = study.run(&format!("import --replace A --yes {}", study.path("C.txt").display()));
    assert!(again.ends_with("[exit 2]\n"), "A was replaced already: {again}");
    let seen = study.run(&format!("import --replace B --yes {}", study.path("C.txt").display()));
    assert!(seen.contains("C is in place of B"), "{seen}");
    assert!(csv(&study, "export --coder c1").contains("C:3,c1,main,tone,warm"));
    assert!(csv(&study, "matrix --rows transcript").contains("\nC,1,2\n"));
    assert!(study.run("check").starts_with("0 problems"));
    // The ids and texts of those that were replaced are taken for ever.
    let taken = study.run(&format!("import --transcript A {}", study.path("B.txt").display()));
    assert!(taken.contains("[exit 4]") || taken.contains("[exit 3]"), "{taken}");
}

#[test]
fn what_was_cut_anew_before_stays_with_the_old_text_and_goes_on_in_the_new() {
    let study = sealed();
    study.run("units join A:4 --reason 'one idea'");
    study.at("2026-03-03T10:00:00Z");
    let seen = replace(&study, &OLD.replace("coffee", "toffee"), "--yes", "");
    assert!(seen.contains("3 units to the letter, 1 with differences, 0 new, 0 lost"), "{seen}");
    assert!(study.run("check").starts_with("0 problems"));
    let seen = study.typed("code --coder c1", "q\n");
    assert!(seen.contains("B:4-5 · "), "{seen}");
    let seen = study.typed("code --coder c1", "0\nq\n");
    assert!(seen.contains("before this was cut anew, you gave A:4: "), "{seen}");
}
