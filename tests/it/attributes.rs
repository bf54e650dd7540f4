//! What a team knows of people and cases comes in from tables of its own: all of it or nothing.

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

fn study() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    study.import("A", &[("P1", "One two three."), ("P2", "Four five.")]);
    study.import("B", &[("P3", "Six.")]);
    study.cut(&["A:1", "A:2", "B:1"]);
    study
}

/// A command line about a file of the study's folder.
fn at(study: &TestStudy, command: &str, file: &str, options: &str) -> String {
    format!("{command} {}{options}", study.path(file).display())
}

#[test]
fn a_table_fills_lists_and_what_it_does_not_say_stays() {
    let study = study();
    study.write(
        "people.csv",
        "People of the study;;\nPseudonym;Age;rol;words\nP2;31;moderadora;9\nP1;;;\n",
    );
    let (status, out, err) =
        study.streams(&at(&study, "participants import", "people.csv", " --dry-run --format csv"));
    assert_eq!(
        (status, out.as_str()),
        (0, "id,column,before,after\nP2,Age,,31\nP2,role,participant,moderator\n"),
        "{err}"
    );
    assert!(!study.read("participants.csv").contains("Age"));
    let (status, _, err) = study.streams(&at(&study, "participants import", "people.csv", ""));
    assert_eq!(status, 0, "{err}");
    for said in [
        "new columns: Age",
        "2 cells of participants.csv filled",
        "`words` is counted",
        "1 is not in the table",
    ] {
        assert!(err.contains(said), "{said}: {err}");
    }
    let list = study.run("participants --format csv");
    assert!(list.lines().next().unwrap().ends_with(",Age"), "{list}");
    assert!(list.contains(",moderator,ask,1,2,31\n"), "{list}");
    let again = study.streams(&at(&study, "participants import", "people.csv", ""));
    assert!(again.0 == 0 && again.2.contains("nothing was changed"), "{}", again.2);
    // What the list itself shows comes back as it went.
    study.run(&at(&study, "participants -o", "back.xlsx", ""));
    let back = study.streams(&at(&study, "participants import", "back.xlsx", ""));
    assert!(back.0 == 0 && back.2.contains("nothing was changed"), "{}", back.2);
}

#[test]
fn every_complaint_names_its_cell_and_then_nothing_is_taken() {
    let study = study();
    study.write("bad.csv", "participant,role,quotes,withdrawn,case,age\nP1,boss,perhaps,today,C,7\nP9,,,,,8\nP2,,,,,3\nP2,,,,,4\n,,,,,5\n");
    let before = study.read("participants.csv");
    let (status, out, err) = study.streams(&at(&study, "participants import", "bad.csv", ""));
    assert_eq!((status, out.as_str()), (3, ""));
    for place in [
        "bad.csv:2:role",
        "bad.csv:2:quotes",
        "bad.csv:2:withdrawn",
        "bad.csv:2:case",
        "bad.csv:3:participant",
        "bad.csv:5:participant",
        "bad.csv:6",
    ] {
        assert!(err.contains(place), "{place}: {err}");
    }
    assert_eq!(study.read("participants.csv"), before);
    study.write("none.csv", "who,age\nP1,3\n");
    assert_eq!(study.streams(&at(&study, "participants import", "none.csv", "")).0, 3);
    study.write("title.csv", "People of the study, 2026\n\nParticipant;grade\nP1;A, B\n");
    let (status, _, err) = study.streams(&at(&study, "participants import", "title.csv", ""));
    assert!(status == 0 && err.contains("1 row above the headings left out"), "{err}");
    assert!(study.read("participants.csv").contains("\"A, B\""));
    study.write("talk.csv", "%PDF-1.7\nparticipant,age\n");
    let (status, _, err) = study.streams(&at(&study, "participants import", "talk.csv", ""));
    assert!(status == 3 && err.contains("this file is PDF"), "{err}");
    study.write("twice.csv", "participant,Age,age\nP1,3,4\n");
    assert_eq!(study.streams(&at(&study, "participants import", "twice.csv", "")).0, 3);
}

#[test]
fn the_sample_shows_each_case_and_numbers_stand_as_numbers() {
    let study = study();
    study.write("cases.tsv", "caso\tnombre\tsize\nB\tSecond group\t9\nA\t\t10\n");
    let (status, _, err) = study.streams(&at(&study, "cases import", "cases.tsv", ""));
    assert_eq!(status, 0, "{err}");
    assert_eq!(
        study.run("cases show --format csv"),
        "case,name,transcripts,dates,participants,units,words,size\nA,Group A,1,,2,2,5,10\nB,Second group,1,,1,1,1,9\n[exit 0]\n"
    );
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    let matrix = study.run("matrix --rows case.size --columns dimension --format csv");
    let rows: Vec<&str> = matrix.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(rows[..3], ["case.size", "9", "10"], "{matrix}");
}

#[test]
fn who_sits_in_several_groups_takes_part_in_each_of_them() {
    let study = study();
    let people = study.read("participants.csv");
    let row = people.lines().find(|line| line.starts_with("P3,")).unwrap();
    study.write("participants.csv", &people.replace(row, "P3,P3,,participant,ask,"));
    let sample = study.run("cases --format csv");
    assert!(sample.contains("\nB,Group B,1,,1,1,1\n"), "{sample}");
    let report = study.run("report --profile team --format md");
    assert!(report.contains("| Group B | 1 | 1 | 1 |"), "{report}");
}
