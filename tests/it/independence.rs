//! What was open to a coder when she decided: looks, opened cases, and what enters agreement on independence.

use std::fs;

use crate::support::TestStudy;

/// Two coders decided case A and B alike but for `A:2 tone`, and sealed.
fn opened() -> TestStudy {
    TestStudy::new()
        .coded("c1", &["A:2 tone warm", "A:3-4 tone warm", "A:5 tone cold"])
        .coded("c2", &["A:2 tone cold", "A:3-4 tone warm", "A:5 tone cold"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2")
}

/// The value and n of a measure of `tone` at the level value.
fn tone(study: &TestStudy, options: &str) -> (String, String) {
    let csv = study
        .run(&format!("agree --level value --measure krippendorff_alpha --format csv {options}"));
    let row =
        csv.lines().find(|line| line.contains("value,tone,")).unwrap_or_else(|| panic!("{csv}"));
    let cells: Vec<&str> = row.split(',').skip_while(|cell| *cell != "tone").collect();
    (cells[2].to_owned(), cells[8].to_owned())
}

#[test]
fn answers_copied_into_a_new_round_after_the_comparison_are_not_independent() {
    let study = opened();
    let before = tone(&study, "");
    assert!(study.run("discrepancies").contains("A:2"));
    study.run("round new again");
    for coder in ["c1", "c2"] {
        study.decide(coder, Some("again"), &["A:2 tone warm", "A:3-4 tone warm", "A:5 tone cold"]);
    }
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    assert_eq!(tone(&study, ""), before);
    let said = study.run("agree");
    assert!(said.contains("Stage: independent. 16 later decisions are not in here"), "{said}");
    let csv = study.run("agree --format csv");
    assert!(csv.contains("--- stderr ---\nStage: independent. 16 later decisions"), "{csv}");
    let json = study.run("agree --format json");
    assert!(json.contains("\"stage\": \"independent\""), "{json}");
    assert!(json.contains("\"after_comparison\": 16"), "{json}");
    // Apart, on request, and never mixed.
    assert_eq!(tone(&study, "--stage after"), ("1".to_owned(), "4".to_owned()));
    assert!(study.run("agree --stage after --format json").contains("\"stage\": \"after\""));
    assert!(study.run("agree --stage after").contains("Stage: after."));
    assert!(study.run("agree --stage after --format csv").contains("neither,stage\n"));
    // Asked for by name, the round holds nothing that is independent; the others are measured as they are.
    assert_eq!(tone(&study, "--round again"), (String::new(), "0".to_owned()));
    assert_eq!(tone(&study, "--round main"), before);
    // They count everywhere else.
    assert!(study.run("matrix").contains("8 agreed"), "{}", study.run("matrix"));
    assert!(study.run("discrepancies").contains("0 units and dimensions"));
    assert!(study.run("export --format csv").contains("A:2,c2,again,tone,warm"));
}

#[test]
fn answers_pasted_into_a_second_device_before_sealing_again_are_not_independent() {
    let study = opened();
    let before = tone(&study, "");
    assert!(study.run("discrepancies").contains("A:2"));
    // By the hand of somebody who edits files: a row of an earlier time, in a file of another device.
    let log = study.read("coding/c2.csv");
    let row = log.lines().find(|row| row.contains("A:2,tone")).unwrap();
    let pasted = row.replace(",cold,", ",warm,").replacen("1,", "90,", 1);
    assert_ne!(pasted, row);
    let header = log.lines().next().unwrap();
    study.write("coding/c2.laptop.csv", &format!("{header}\n{pasted}\n"));
    assert_eq!(tone(&study, ""), before, "it came after the seal");
    assert!(study.run("seal --coder c2 --again 'a slip'").ends_with("[exit 0]\n"));
    assert_eq!(tone(&study, ""), before);
    assert!(study.run("agree").contains("1 later decision is not in here"));
    assert_eq!(tone(&study, "--stage after"), (String::new(), "1".to_owned()));
    assert!(study.run("discrepancies").contains("0 units and dimensions"));
    assert!(study.run("matrix").contains("8 agreed"));
}

#[test]
fn what_was_sealed_again_before_the_case_opened_is_independent() {
    let study = TestStudy::new().rest_none("c1").rest_none("c2").sealed("c1");
    study.at("2026-03-02T10:00:00Z");
    study.decide("c1", None, &["A:2 tone warm"]);
    assert!(study.run("seal --coder c1 --again 'a slip'").ends_with("[exit 0]\n"));
    study.at("2026-03-03T10:00:00Z");
    let study = study.sealed("c2");
    assert!(!study.run("agree").contains("later decision"));
    assert!(study.run("discrepancies --format csv").contains("A:2,tone,warm,none"));
}

#[test]
fn a_round_over_units_that_nobody_coded_before_is_independent_though_the_case_is_open() {
    let study = TestStudy::new();
    let mut rows = String::from("unit,coder,round\n");
    for coder in ["c1", "c2"] {
        rows.push_str(&format!("A:2,{coder},pilot\n"));
        for unit in ["A:2", "A:3-4", "A:5", "B:1"] {
            rows.push_str(&format!("{unit},{coder},full\n"));
        }
    }
    study.write("assignments.csv", &rows);
    study.run("round new pilot --purpose pilot");
    for coder in ["c1", "c2"] {
        study.decide(coder, Some("pilot"), &["A:2 tone warm", "A:2 leadership none"]);
        assert!(study.run(&format!("seal --coder {coder}")).ends_with("[exit 0]\n"));
    }
    assert!(study.run("agree --round pilot").ends_with("[exit 0]\n"));
    study.run("round new full");
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    // A:2 was open to both; the other units were not.
    assert_eq!(tone(&study, "").1, "3");
    assert_eq!(tone(&study, "--stage after").1, "1");
}

#[test]
fn a_coder_is_held_against_herself_whatever_was_open_to_her() {
    let study = opened();
    study.run("round new again");
    study.decide("c1", Some("again"), &["A:2 tone cold"]);
    let study = study.rest_none("c1").sealed("c1");
    let csv = study.run("agree --coders c1@main,c1@again --coder c1 --dimension tone --format csv");
    assert!(csv.contains("value,tone,percent_agreement,"), "{csv}");
}

#[test]
fn a_look_is_recorded_exactly_when_something_is_shown() {
    let study = TestStudy::new();
    let events = || study.read("events.csv").lines().filter(|it| it.contains("unblind")).count();
    study.write("events.csv", "at,event,who,about,reason,seq\n");
    for coder in ["c1", "c2"] {
        study.decide(coder, None, &["A:2 tone warm"]);
    }
    let there = study.path("there.csv");
    fs::write(&there, "mine").unwrap();
    for (line, status) in [
        (format!("matrix --unblind why -o '{}'", there.display()), 4),
        (format!("matrix --unblind why -o '{}'", study.path("no.doc").display()), 2),
        (format!("quotes --unblind why -o '{}'", there.display()), 4),
        (format!("discrepancies --unblind why -o '{}'", there.display()), 4),
        (format!("export --unblind why '{}'", there.display()), 4),
        (format!("memo list --unblind why -o '{}'", there.display()), 4),
        (format!("agree --unblind why -o '{}/x.csv'", there.display()), 5),
        (format!("agree --unblind why -o '{}' --force", study.path("coding").display()), 2),
        ("agree --unblind why --level sets --measure cohen_kappa".to_owned(), 2),
        ("agree --unblind why --coders c1,c99".to_owned(), 2),
        ("agree --unblind why --coder c99".to_owned(), 2),
        ("agree --unblind why --case nowhere".to_owned(), 2),
        ("agree --unblind why --round nowhere".to_owned(), 2),
        ("matrix --unblind why --rows case --columns case".to_owned(), 2),
        ("quotes --unblind why --code nothing".to_owned(), 2),
        ("matrix --unblind ' '".to_owned(), 2),
        ("matrix --unblind '\u{200b}'".to_owned(), 2),
        ("memo list --unblind '\u{2060} '".to_owned(), 2),
    ] {
        let seen = study.run(&line);
        assert!(seen.ends_with(&format!("[exit {status}]\n")), "{line}\n{seen}");
        assert_eq!(events(), 0, "{line}\n{}", study.read("events.csv"));
    }
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    assert!(study.run("matrix --unblind 'one case' --case A --coder c1").ends_with("[exit 0]\n"));
    assert!(
        study.read("events.csv").contains("unblind,c1,A | c1 1/1; c2 1/1,one case"),
        "{}",
        study.read("events.csv")
    );
    study.run("agree --unblind 'side by side' --coders c1,c2");
    assert_eq!(events(), 2, "{}", study.read("events.csv"));
    let out = study.path("new.csv");
    assert!(
        study
            .run(&format!("matrix --unblind shown -o '{}'", out.display()))
            .ends_with("[exit 0]\n")
    );
    assert_eq!(events(), 3);
}

#[test]
fn a_look_concerns_the_cases_it_showed_and_whoever_looked() {
    let study = TestStudy::new();
    for coder in ["c1", "c2"] {
        study.decide(coder, None, &["A:2 tone warm"]);
    }
    study.at("2026-03-01T11:00:00Z");
    study.run("agree --unblind 'a calibration' --case A --coder c1");
    study.at("2026-03-01T12:00:00Z");
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    // Of A only what c1 decided before she looked; B was not shown.
    assert_eq!(tone(&study, "").1, "2");
    let said = study.run("agree");
    assert!(said.contains("5 later decisions are not in here"), "{said}");
    assert!(study.run("matrix").contains("8 agreed"));
}

#[test]
fn a_look_at_nothing_takes_no_independence_away() {
    let study = TestStudy::new();
    assert!(study.run("matrix --unblind 'does it work'").ends_with("[exit 0]\n"));
    assert!(study.read("events.csv").contains(",unblind,,A; B,does it work"));
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    assert_eq!(tone(&study, "").1, "4");
}

#[test]
fn whatever_is_put_between_the_rows_that_a_look_showed_came_after_it() {
    let study = TestStudy::new();
    for coder in ["c1", "c2"] {
        study.decide(coder, None, &["A:2 tone warm", "A:2 leadership none"]);
    }
    study.run("agree --unblind 'a calibration'");
    let log = study.read("coding/c2.csv");
    let row = log.lines().find(|row| row.contains("A:2,tone")).unwrap();
    // The clock stands still, and the seq is one that was there: neither says when it came.
    let study = study.rest_none("c1").rest_none("c2").sealed("c1");
    study.write(
        "coding/c2.csv",
        &study.read("coding/c2.csv").replacen(
            row,
            &format!("{row}\n{}", row.replace("A:2,tone,warm", "A:3-4,tone,none")),
            1,
        ),
    );
    let study = study.sealed("c2");
    assert_eq!(tone(&study, "").1, "0", "it cannot be told which rows were there");
    assert_eq!(tone(&study, "--stage after").1, "4");
}
