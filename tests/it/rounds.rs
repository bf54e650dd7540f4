//! Which round holds, unit by unit and dimension by dimension; what a look takes out of what.

use std::path::Path;

use themata::domain::answer::Answer;
use themata::domain::log::{NewDecision, Via};
use themata::store::Coding;

use crate::support::TestStudy;

/// The example study in a folder of its own.
fn example() -> TestStudy {
    TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"))
}

/// A coder gives some units once more, in a round, what she gave them in `main`.
fn repeat(study: &TestStudy, coder: &str, round: &str, units: &[&str]) {
    let opened = study.open();
    let id = coder.parse().unwrap();
    let main = opened.own(&id, Some(&"main".parse().unwrap())).unwrap();
    let mut decisions = Vec::new();
    for unit in units {
        let unit = opened.study.unit(&unit.parse().unwrap()).expect(unit);
        for (dimension, _) in opened.study.vocabulary.dimensions_in_force() {
            let cell = main.cell(unit, dimension);
            decisions.push(NewDecision {
                unit,
                dimension,
                answer: answer(&opened.study.answers.cell(cell.answer, &opened.study.vocabulary)),
                unsure: cell.unsure,
                memo: None,
                rest: false,
                undoes: None,
                codebook: None,
            });
        }
    }
    let coding = Coding { round: Some(round.parse().unwrap()), ..Coding::of(&id) };
    let (mut writer, _) = opened.begin(coding).unwrap();
    writer.append(&decisions, Via::Lines).unwrap();
    drop(writer);
    let sealed = study.run(&format!("seal --coder {coder} --round {round}"));
    assert!(sealed.ends_with("[exit 0]\n"), "{sealed}");
}

/// An answer as it stands in a log.
fn answer(cell: &str) -> Answer {
    match cell {
        "" => Answer::Undecided,
        "none" => Answer::None,
        codes => Answer::Codes(codes.split("; ").map(|id| id.parse().unwrap()).collect()),
    }
}

/// All units in `main`, some also in `recode`.
fn assigned(study: &TestStudy, units: &[&str]) {
    let opened = study.open();
    let mut rows = String::from("unit,coder,round\n");
    for coder in ["c1", "c2"] {
        for (_, unit) in opened.study.talk() {
            rows.push_str(&format!("{},{coder},main\n", unit.locator));
        }
        for unit in units {
            rows.push_str(&format!("{unit},{coder},recode\n"));
        }
    }
    study.write("assignments.csv", &rows);
}

#[test]
fn a_further_round_over_three_units_takes_nothing_from_the_others() {
    // Of these units some decisions were settled in consensus, some were left unsettled.
    let units = ["CoP-31:7", "CoP-31:11", "CoP-31:12"];
    let study = example();
    let before = study.run("matrix --totals --format csv");
    assert!(before.contains("total,33,58,51,44,30,183"), "{before}");
    study.run("round new recode");
    assigned(&study, &units);
    assert_eq!(before, study.run("matrix --totals --format csv"), "an empty round never holds");
    repeat(&study, "c1", "recode", &units);
    assert_eq!(before, study.run("matrix --totals --format csv"), "one alone is not all");
    repeat(&study, "c2", "recode", &units);
    assert_eq!(before, study.run("matrix --totals --format csv"));
    let latest = "Of each unit, the latest round";
    let quotes = study.run("quotes --code discouragement --format csv");
    assert_eq!(quotes, example().run("quotes --code discouragement --format csv"), "{latest}");
    let agree = study.run("agree --level sets --measure percent_agreement --format csv");
    let rows: Vec<&str> = agree.lines().filter(|line| line.starts_with("sets,")).collect();
    for row in rows.iter().filter(|row| !row.starts_with("sets,mean")) {
        assert_eq!(row.split(',').nth(9), Some("346"), "{row}");
    }
    assert_eq!(rows.len(), 6, "{agree}");
}

#[test]
fn a_consensus_holds_until_all_its_coders_have_decided_anew() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 tone warm"])
        .coded("c2", &["A:2 tone cold"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    let settled = study.typed("resolve --present c1,c2", "2\nslip\n\n");
    assert!(settled.contains("saved A:2 tone second cold\n"), "{settled}");
    let warm = |study: &TestStudy| -> String {
        let csv = study.run("matrix --columns code --dimension tone --case A --format csv");
        csv.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(warm(&study), "A,0,1");
    study.run("round new recode");
    study.write(
        "assignments.csv",
        "unit,coder,round\nA:2,c1,main\nA:3-4,c1,main\nA:5,c1,main\nB:1,c1,main\nA:2,c2,main\n\
         A:3-4,c2,main\nA:5,c2,main\nB:1,c2,main\nA:2,c1,recode\nA:2,c2,recode\n",
    );
    study.decide("c1", Some("recode"), &["A:2 tone warm", "A:2 leadership none"]);
    study.decide("c2", Some("recode"), &["A:2 leadership none"]);
    let study = study.sealed("c1").sealed("c2");
    assert_eq!(warm(&study), "A,0,1", "c2 has not decided anew");
    study.decide("c2", Some("recode"), &["A:2 tone cold"]);
    study.run("seal --coder c2 --again 'the rest'");
    assert_eq!(warm(&study), "A,0,1", "the same answers were settled");
    study.decide("c2", Some("recode"), &["A:2 tone warm"]);
    study.run("seal --coder c2 --again 'a slip'");
    assert_eq!(warm(&study), "A,1,0", "both say warm now");
    study.decide("c1", Some("recode"), &["A:2 tone none"]);
    study.run("seal --coder c1 --again 'a second thought'");
    assert_eq!(warm(&study), "A,0,0", "what was settled is not what they say now, and they differ");
}

#[test]
fn a_look_takes_later_decisions_out_of_agreement_and_out_of_nothing_else() {
    let study = TestStudy::new();
    for coder in ["c1", "c2"] {
        study.decide(coder, None, &["A:2 tone warm"]);
    }
    study.at("2026-03-01T11:00:00Z");
    assert!(study.run("agree --unblind 'a calibration'").ends_with("[exit 0]\n"));
    study.at("2026-03-01T12:00:00Z");
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    let counted = study.run("matrix");
    assert!(counted.contains("8 agreed") && counted.contains("0 undecided"), "{counted}");
    assert_eq!(study.run("export --format csv").lines().count(), 2 * 8 + 2);
    let agree = study.run("agree --level value --measure percent_agreement --format csv");
    let n = |name: &str| -> String {
        let row = agree.lines().find(|line| line.starts_with(&format!("value,{name},")));
        row.expect(&agree).split(',').nth(9).unwrap().to_owned()
    };
    // Of A only what was decided before the look; of B nothing was there to be seen.
    assert_eq!((n("tone"), n("leadership")), ("2".to_owned(), "1".to_owned()), "{agree}");
}

#[test]
fn a_check_and_a_pilot_are_measured_and_enter_nothing_else() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 tone warm"])
        .coded("c2", &["A:2 tone warm"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    let shown = |study: &TestStudy| {
        ["matrix", "quotes --code warm", "discrepancies", "export", "matrix --from any"]
            .map(|command| study.run(&format!("{command} --format csv")))
            .join("\n")
            .replace("--- stderr ---\nlook is for measuring only and not in here (--round).\n", "")
            .replace("trial and look are", "")
    };
    let before = shown(&study);
    for (round, purpose) in [("look", "check"), ("trial", "pilot")] {
        let made = study.run(&format!("round new {round} --purpose {purpose}"));
        assert!(made.contains("enters no other result"), "{made}");
        study.decide("c1", Some(round), &["A:2 tone cold", "A:5 tone cold"]);
        study.decide("c2", Some(round), &["A:2 tone none"]);
    }
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    for coder in ["c1", "c2"] {
        study.run(&format!("seal --coder {coder} --round look --incomplete 'a sample'"));
    }
    assert!(
        study.read("events.csv").contains(",round,,look check,"),
        "{}",
        study.read("events.csv")
    );
    let after = shown(&study);
    let without = |text: &str| -> String {
        text.lines()
            .filter(|line| !line.contains("measuring") && !line.contains("stderr"))
            .collect()
    };
    assert_eq!(without(&before), without(&after));
    assert!(study.run("matrix").contains("look, trial are for measuring only and not in here"));
    // Asked for, they are measured; a settlement of theirs enters nothing either.
    let look = study.run("matrix --round look --from any --columns code --format csv");
    assert!(look.contains("A,,,,0,2"), "{look}");
    assert!(study.run("discrepancies --round look --format csv").contains("A:2,tone,cold,none"));
    let settled = study
        .typed("resolve --round look --present c1,c2 --unit A:2 --dimension tone", "1\nslip\n\n");
    assert!(settled.contains("saved A:2 tone first cold\n"), "{settled}");
    assert_eq!(without(&before), without(&shown(&study)));
    assert!(study.run("round new x --purpose trial").ends_with("[exit 2]\n"));
    assert!(study.run("round --format csv").contains("look,2026-03-01T10:00:00Z,,check"));
}

#[test]
fn an_assigned_coder_who_has_not_decided_leaves_the_unit_waiting() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 tone warm", "A:3-4 tone cold"])
        .coded("c2", &["A:3-4 tone cold"])
        .rest_none("c1")
        .sealed("c1")
        .sealed("c2");
    let matrix = study.run("matrix --columns code --dimension tone");
    assert!(
        matrix.contains("1 agreed, 0 decided by one coder alone; not counted: 3 unsettled"),
        "{matrix}"
    );
    assert!(matrix.contains("Of the unsettled, 3 wait for c2."), "{matrix}");
    assert!(study.run("matrix --columns code --dimension tone --format csv").contains("A,0,1"));
    assert!(study.run("status").contains("wait for c2"), "{}", study.run("status"));
    let json = study.run("matrix --dimension tone --format json");
    assert!(json.contains("\"waiting\": {"), "{json}");
    // The meeting takes them up.
    let settled =
        study.typed("resolve --present c1,c2 --dimension tone", "1\nomission\nshe was away\nq\n");
    assert!(settled.contains("saved A:2 tone first warm\n"), "{settled}");
    assert!(study.run("matrix --dimension tone").contains("2 wait for c2"));
    // Whoever alone was asked stands alone: single, and not in --from agreed.
    let study = TestStudy::new();
    study.write(
        "assignments.csv",
        "unit,coder,round\nA:2,c1,main\nA:3-4,c1,main\nA:3-4,c2,main\nB:1,c2,main\n",
    );
    let study = study
        .coded("c1", &["A:2 tone warm", "A:3-4 tone warm"])
        .coded("c2", &["A:3-4 tone warm", "B:1 tone cold"]);
    let study = study.sealed("c1").sealed("c2");
    let matrix = study.run("matrix --dimension tone");
    assert!(
        matrix.contains("1 agreed, 2 decided by one coder alone; not counted: 0 unsettled"),
        "{matrix}"
    );
    assert!(study.run("matrix --dimension tone --from agreed --format csv").contains("A,1"));
}

#[test]
fn who_withdrew_is_in_no_result() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 tone warm", "A:3-4 tone cold", "A:5 tone warm", "B:1 tone cold"])
        .coded("c2", &["A:2 tone warm", "A:3-4 tone cold", "A:5 tone cold", "B:1 tone cold"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    let people = study.read("participants.csv");
    let withdrawn: String = people
        .lines()
        .map(|line| match line.strip_prefix("P2,") {
            Some(rest) => format!("P2,{}\n", rest.replacen("ask,", "ask,2026-04-01", 1)),
            None => format!("{line}\n"),
        })
        .collect();
    assert_ne!(people, withdrawn, "{people}");
    study.write("participants.csv", &withdrawn);
    let matrix = study.run("matrix --columns code --dimension tone --format csv");
    assert!(matrix.contains("A,1,0"), "{matrix}");
    assert!(
        matrix.contains("1 unit in which only people speak who withdrew is left out"),
        "{matrix}"
    );
    for command in
        ["matrix --rows participant", "quotes --code cold", "discrepancies", "agree", "export"]
    {
        let seen = study.run(&format!("{command} --format csv"));
        assert!(!seen.contains("P2") && !seen.contains("coffee"), "{command}\n{seen}");
    }
    assert!(!study.run("export --format csv").contains("A:3-4"));
    assert!(study.run("agree").contains("withdrew is left out"));
    assert_eq!(
        study
            .run("quotes --participant P2 --format csv")
            .lines()
            .filter(|it| it.starts_with("A:"))
            .count(),
        0
    );
}

#[test]
fn a_none_that_came_by_closing_a_unit_is_told_from_one_that_was_decided() {
    let study = TestStudy::new();
    study.typed("code --coder c1 --lines", "0\ne\n1\n0\nz\n0\nq\n");
    let log = study.read("coding/c1.csv");
    assert!(log.contains("A:2,leadership,none,,,lines,,"), "{log}");
    assert!(log.contains("A:2,tone,none,,,lines:rest,,"), "{log}");
    assert_eq!(log.matches("lines:rest").count(), 1, "{log}");
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    let agree = study.run("agree");
    assert!(agree.contains("came by closing a unit"), "{agree}");
    assert!(study.run("agree --format json").contains("\"by_closing\": 1"));
    // Taken back and brought in again it is what it was.
    let study = TestStudy::new();
    study.typed("code --coder c1 --lines", "e\nz\ny\nq\n");
    let log = study.read("coding/c1.csv");
    let last: Vec<&str> = log.lines().rev().take(2).collect();
    assert!(last.iter().all(|row| row.contains(",none,,,lines:rest,")), "{log}");
    // A word behind the way that is none, or an answer that is no none, is a problem.
    study.write("coding/c1.csv", &log.replace("lines:rest", "lines:remainder"));
    assert!(study.run("code --coder c1 --lines").ends_with("[exit 3]\n"));
    study
        .write("coding/c1.csv", &log.replacen(",none,,,lines:rest", ",horizontal,,,lines:rest", 1));
    assert!(study.run("export --coder c1").ends_with("[exit 3]\n"));
}

#[test]
fn one_look_takes_nothing_out_of_any_result_and_a_further_pass_counts() {
    let study = TestStudy::new();
    for coder in ["c1", "c2"] {
        study.decide(coder, None, &["A:2 leadership horizontal", "A:2 tone warm"]);
    }
    study.run("agree --unblind 'calibration after the first units'");
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    assert!(study.run("matrix").contains("8 agreed"), "{}", study.run("matrix"));
    assert!(study.run("check").starts_with("0 problems"));
    let agree = study.run("agree --level value --measure percent_agreement");
    assert!(agree.contains("8 later decisions are not in here"), "{agree}");
    study.run("round new pass2");
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    let pass = study.run("agree --round pass2 --stage after --level value --format csv");
    assert!(pass.contains("value,tone,percent_agreement,1,"), "{pass}");
    let own = study.run("export --coder c1 --format csv").lines().count();
    let teams = study.run("export --format csv");
    assert_eq!(teams.lines().filter(|row| row.contains(",c1,")).count(), own - 2);
}

#[test]
fn the_example_is_a_study_of_before_and_gives_the_figures_of_before() {
    let study = example();
    // Without the columns and files that came later: whoever changes the example keeps a copy of this one.
    assert!(
        study
            .read("seals.csv")
            .starts_with("at,coder,round,scope,decisions,log_sha256,units_sha256,codebook\n")
    );
    assert!(study.read("events.csv").starts_with("at,event,who,about,reason\n"));
    assert!(!study.path("seals").exists() && !study.path("assignments.csv").exists());
    let matrix = study.run("matrix --totals --format csv");
    for row in [
        "CoP-31,5,8,5,7,4,23",
        "CoP-36,3,10,11,6,4,29",
        "CoP-38,8,11,1,5,6,26",
        "CoP-09,9,6,10,10,6,36",
        "CoP-16,4,10,4,8,5,28",
        "CoP-62,4,13,20,8,5,41",
        "total,33,58,51,44,30,183",
    ] {
        assert!(matrix.contains(row), "{matrix}");
    }
    let footer = "131 settled in consensus, 1545 agreed, 0 decided by one coder alone; not counted: 54 unsettled, 0 undecided.";
    assert!(study.run("matrix").contains(footer));
    assert!(
        study
            .run("discrepancies --limit 1")
            .contains("185 units and dimensions are decided differently")
    );
}
