//! The right next step in every state of a study, for the team and for each coder, as `status` names it.

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

/// The last line but one of what status shows: the next step, without how the program is called.
fn next(study: &TestStudy, line: &str) -> String {
    let seen = study.run(line);
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let last = seen.lines().rev().nth(1).unwrap_or_default();
    let step = last.strip_prefix("next: ").expect("a next step");
    // Every command repeats where the study is.
    assert_eq!(
        step.matches("themata ").count(),
        step.matches("themata -C STUDY ").count(),
        "{step}"
    );
    step.replace("themata -C STUDY ", "")
}

/// The steps of the team, of `c1` and of `c2`.
fn steps(study: &TestStudy) -> [String; 3] {
    ["status", "status --coder c1", "status --coder c2"].map(|line| next(study, line))
}

fn all(step: &str) -> [String; 3] {
    [step, step, step].map(str::to_owned)
}

fn each(team: &str, c1: &str, c2: &str) -> [String; 3] {
    [team, c1, c2].map(str::to_owned)
}

const REVIEW: &str = "split --review (nobody has looked at the proposed units)";
const CODE_C1: &str = "code --coder c1 --lines, then seal --coder c1";

/// Talk of several things, as long as it takes to propose cuts in it.
const TALK: [(&str, &str); 8] = [
    ("Moderator", "How did it begin?"),
    (
        "P1",
        "Somebody sent an e-mail and eleven of us turned up in the library. The e-mail said nothing of a group. The library gave us a room.",
    ),
    (
        "P2",
        "I came for the coffee and stayed for the people. The coffee was bad. The people were not.",
    ),
    ("Moderator", "Who decides what you do?"),
    (
        "P1",
        "The chair moves on every month. Whoever has the chair writes the agenda. Nobody votes on the agenda.",
    ),
    (
        "P2",
        "Money is another matter. The money comes from the office, and the office wants a report. We write the report together.",
    ),
    ("Moderator", "What is left of it?"),
    (
        "P1",
        "A guide that everybody uses. The guide is on every desk. New people read the guide first.",
    ),
];

#[test]
fn the_walk_through_eleven_states() {
    // 1: nothing is there.
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    assert_eq!(steps(&study), all("import FILE…"));
    // 2: transcripts.
    study.import("A", &TALK);
    study.import("B", &[("P3", "We met in the kitchen.")]);
    assert_eq!(steps(&study), all("split"));
    // 3: units as they were proposed, at which nobody has looked.
    study.run("split --words 20");
    assert_eq!(steps(&study), all(REVIEW));
    // 4: they are looked at, and nobody has decided anything.
    let seen = study.typed("split --review", "k\nq\n");
    assert!(seen.contains(" keep"), "{seen}");
    assert_eq!(steps(&study), each(CODE_C1, "code --coder c1 --lines", "code --coder c2 --lines"));
    // 5: one has begun; how far she is is hers to know.
    study.typed("code --coder c1 --lines", "none\nwarm\nq\n");
    assert_eq!(steps(&study), each(CODE_C1, "code --coder c1 --lines", "code --coder c2 --lines"));
    // 6: she has decided everything.
    let study = study.rest_none("c1");
    assert_eq!(steps(&study), each(CODE_C1, "seal --coder c1", "code --coder c2 --lines"));
    // 7: she has sealed; the other, who installs nothing, sent a sheet in with one answer.
    let study = study.sealed("c1");
    let unit =
        study.read("units/A.csv").lines().find(|it| it.contains(",talk,")).unwrap().to_owned();
    let unit = unit.split(',').next().unwrap().to_owned();
    study.write("c2.csv", &format!("unit,dimension,codes\n{unit},tone,cold\n"));
    let file = study.path("c2.csv").display().to_string();
    let seen = study.run(&format!("receive --coder c2 '{file}'"));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let sheet = "sheet --coder c2 -o c2.xlsx, and when it is back receive c2.xlsx --coder c2";
    let wait = "wait for c2, then status --coder c1 (c1 has handed over everything)";
    assert_eq!(steps(&study), each(sheet, wait, sheet));
    // 8: both have sealed, and differ.
    let study = study.rest_none("c2").sealed("c2");
    assert_eq!(steps(&study), all("agree, then resolve --lines"));
    // 9: the meeting has begun.
    study.typed("resolve --lines --present c1,c2", "1\nslip\nmeant it\nq\n");
    assert_eq!(steps(&study), all("matrix"));
    // 10: a second look at three units is measured, and is nobody's final word.
    study.run("round new again --purpose check");
    assert_eq!(steps(&study), each(CODE_C1, "code --coder c1 --lines", sheet));
    let study = study.rest_none("c1").sealed("c1").rest_none("c2").sealed("c2");
    assert_eq!(steps(&study), all("agree --round again"));
    // 11: a trainee comes, is asked for nothing, then for everything; nobody waits for her.
    study.run("coder add t --kind trainee");
    assert_eq!(
        next(&study, "status --coder t"),
        "assign --coder t --all (or --case, --transcript, --share): t has nothing assigned"
    );
    study.run("assign --coder t --all");
    assert_eq!(next(&study, "status --coder t"), "code --coder t --lines");
    assert_eq!(steps(&study), all("agree --round again"));
    let study = study.rest_none("t");
    assert_eq!(next(&study, "status --coder t"), "seal --coder t");
    let study = study.sealed("t");
    assert_eq!(next(&study, "status --coder t"), "agree --against final --coders t");
}

#[test]
fn what_is_due_is_sealed_before_anything_is_sealed_again() {
    let study = TestStudy::new().rest_none("c1");
    study.run("seal --coder c1 --case A");
    study.decide("c1", None, &["A:2 tone warm"]);
    assert_eq!(next(&study, "status --coder c1"), "seal --coder c1");
    study.run("seal --coder c1");
    assert_eq!(next(&study, "status --coder c1"), "seal --coder c1 --again REASON");
    study.run("seal --coder c1 --case A --again 'thought again'");
    assert!(next(&study, "status --coder c1").starts_with("wait for c2"));
}

#[test]
fn discrepancies_are_taken_up_as_soon_as_a_case_is_open() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]).rest_none("c1").rest_none("c2");
    for coder in ["c1", "c2"] {
        study.run(&format!("seal --coder {coder} --case A"));
    }
    study.write(
        "themata.yaml",
        &study.read("themata.yaml").replace("agreement: \"yes\"", "agreement: \"no\""),
    );
    assert_eq!(steps(&study), each("resolve --lines", "seal --coder c1", "seal --coder c2"));
}

#[test]
fn where_a_study_is_is_repeated_only_where_it_was_given() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]);
    let seen = study.process("status --coder c1");
    assert!(seen.contains("next: themata code --coder c1 --lines\n"), "{seen}");
    let seen = study.process("-C '.' status --coder c1");
    assert!(seen.contains("next: themata -C . code --coder c1 --lines\n"), "{seen}");
}

#[test]
fn what_each_is_asked_for_has_decided_and_sealed_is_a_table_of_coders_and_cases() {
    let study = TestStudy::new().rest_none("c1").coded("c2", &["A:2 tone warm"]);
    study.run("seal --coder c1 --case A");
    let table = |line: &str| {
        let seen = study.run(line);
        let lines = seen.lines().filter(|it| it.contains("Group") && it.contains("sealed"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        table("status"),
        [
            "│ Group A ┆ 3 units · 6/6 · sealed ┆ not sealed │",
            "│ Group B ┆ not sealed             ┆ not sealed │"
        ]
    );
    assert_eq!(table("status --coder c2").len(), 2);
    assert!(table("status --coder c2")[0].contains("3 units · 1/6 · not sealed"));
    let json = study.run("status --format json --coder c2");
    assert!(json.contains("\"assigned\": 3"), "{json}");
}
