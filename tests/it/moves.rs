//! Units that change after they were coded: what becomes of decisions, seals, agreement and matrices.

use crate::support::TestStudy;

/// Two coders have locked, coded and sealed; on A:3-4 they differ in leadership.
fn sealed() -> TestStudy {
    let study = TestStudy::new();
    assert!(study.run("units lock").contains("A: 3 units locked"));
    let study = study
        .coded("c1", &["A:2 leadership chair", "A:3-4 leadership horizontal", "B:1 tone warm"])
        .coded("c2", &["A:2 leadership chair", "A:3-4 leadership none", "B:1 tone warm"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    study.at("2026-03-02T10:00:00Z");
    study
}

fn csv(study: &TestStudy, line: &str) -> String {
    let seen = study.run(&format!("{line} --format csv"));
    assert!(seen.ends_with("[exit 0]\n"), "{line}: {seen}");
    seen.split("--- stderr").next().unwrap_or_default().to_owned()
}

/// A:2 and A:3-4 become one, for a reason.
fn joined() -> TestStudy {
    let study = sealed();
    let seen = study.run("units join A:2 --reason 'one idea' --present c1,c2");
    assert!(seen.contains("A:2 is now A:2-4") && seen.contains("A:3-4 is now A:2-4"), "{seen}");
    assert!(seen.contains("undecided") && seen.ends_with("[exit 0]\n"), "{seen}");
    study
}

#[test]
fn a_change_is_recorded_with_its_reason_and_what_became_of_each_unit() {
    let study = joined();
    assert_eq!(
        study.read("moves.csv"),
        "at,old,new,how,seq\n2026-03-02T10:00:00Z,A:2,A:2-4,join,1\n2026-03-02T10:00:00Z,A:3-4,A:2-4,join,2\n"
    );
    let events = study.read("events.csv");
    assert!(
        events.contains("2026-03-02T10:00:00Z,units-join,c1; c2,A:2; A:3-4,one idea"),
        "{events}"
    );
    assert_eq!(events.matches(",lock,c1; c2,A ").count(), 1, "the new units are locked: {events}");
    let units = study.read("units/A.csv");
    assert!(units.contains("\nA:2-4,talk,P1; P2,16,"), "{units}");
    assert!(study.run("check").starts_with("0 problems"), "{}", study.run("check"));
}

#[test]
fn old_decisions_stay_in_the_log_and_in_agreement_and_leave_matrices() {
    let study = sealed();
    let before = csv(&study, "agree --level presence --measure percent_agreement");
    let matrix = csv(&study, "matrix");
    assert!(matrix.contains("A,1,0"), "{matrix}");
    let log = study.read("coding/c1.csv");
    let study = joined();
    assert_eq!(study.read("coding/c1.csv"), log, "logs are never touched");
    assert_eq!(
        csv(&study, "agree --level presence --measure percent_agreement --round main"),
        csv(&sealed(), "agree --level presence --measure percent_agreement --round main"),
    );
    let after = csv(&study, "agree --level presence --measure percent_agreement");
    assert_eq!(after, before);
    // The new unit is decided by nobody, so the case has one unit with a decision left, A:5.
    let matrix = csv(&study, "matrix");
    assert!(matrix.contains("A,0,0"), "{matrix}");
    let export = csv(&study, "export");
    assert!(export.contains("A:5,c1") && !export.contains("A:2,"), "{export}");
    assert!(csv(&study, "log --coder c1 --unit A:3-4").contains("A:3-4,leadership,horizontal"));
    assert!(!csv(&study, "discrepancies").contains("A:3-4"));
}

#[test]
fn the_new_unit_is_coded_on_and_each_sees_only_her_own_old_decision() {
    let study = joined();
    let seen = study.typed("code --coder c1", "0\n0\nq\n");
    assert!(seen.contains("before this was cut anew, you gave A:2: "), "{seen}");
    assert!(seen.contains("you gave A:3-4: "), "{seen}");
    assert!(seen.starts_with("saved A:2-4 leadership none\nsaved A:2-4 tone none\n"), "{seen}");
    let other = study.typed("code --coder c2", "q\n");
    assert!(
        other.contains("you gave A:3-4: none") && !other.contains("A:3-4: Horizontal"),
        "{other}"
    );
    // What is sealed stays sealed.
    assert!(!seen.contains("A:5 ·") && !other.contains("B:1 ·"));
}

#[test]
fn new_units_of_a_sealed_case_are_compared_only_when_both_have_sealed_again() {
    let study = joined();
    study.typed("code --coder c1", "horizontal\nwarm\nq\n");
    study.typed("code --coder c2", "none\nwarm\nq\n");
    let hidden = |study: &TestStudy| !csv(study, "discrepancies").contains("A:2-4");
    assert!(hidden(&study), "nobody has sealed them");
    let status = study.run("status --coder c1");
    assert!(status.contains("next: themata -C STUDY seal --coder c1 --again REASON"), "{status}");
    let refused = study.run("seal --coder c1");
    assert!(refused.ends_with("[exit 4]\n"), "{refused}");
    study.at("2026-03-02T11:00:00Z");
    let again = study.run("seal --coder c1 --case A --again 'units changed'");
    assert!(again.ends_with("[exit 0]\n"), "{again}");
    assert!(hidden(&study), "c2 has not sealed it since");
    assert!(csv(&study, "export").contains("A:5,c2"), "the rest of the case is open");
    study.at("2026-03-02T12:00:00Z");
    study.run("seal --coder c2 --case A --again 'units changed'");
    assert!(!hidden(&study));
    assert!(csv(&study, "matrix --from any").contains("A,1,1"));
    assert!(study.run("check").starts_with("0 problems"));
}

#[test]
fn a_unit_that_comes_back_with_the_same_ends_has_its_decisions_back() {
    let study = joined();
    study.at("2026-03-02T11:00:00Z");
    let seen = study.run("units split A:2-4 --at 3 --reason 'two after all'");
    assert!(seen.contains("A:2-4 is now A:2\n") && seen.contains("A:2-4 is now A:3-4"), "{seen}");
    assert!(csv(&study, "export").contains("A:3-4,c1,main,leadership,horizontal"));
    assert!(csv(&study, "discrepancies").contains("A:3-4,leadership"));
    assert!(study.run("check").starts_with("0 problems"));
}

#[test]
fn a_border_moves_by_sentences_and_units_are_cut_where_a_sentence_begins() {
    let study = sealed();
    let shown = study.run("units move A:3-4 --show");
    assert!(shown.contains("A:3-4\n  3          I came for the coffee."), "{shown}");
    let nowhere = study.run("units split A:2 --at 2@5 --reason 'mid-word'");
    assert!(nowhere.contains("no sentence of this stretch begins at 2@5"), "{nowhere}");
    assert!(study.run("units split A:2 --at 3 --reason x").ends_with("[exit 2]\n"));
    assert!(study.run("units split A:2 --at 3").ends_with("[exit 2]\n"), "a reason is needed");
    assert!(study.run("units split A:99 --at 3 --reason x").ends_with("[exit 2]\n"));
    assert!(study.run("units join A:5 --reason x").contains("no unit of talk follows A:5"));
    let other = study.run("units join A:2 A:5 --reason x");
    assert!(other.contains("the unit after it is A:3-4"), "{other}");
    let moved = study.run("units move A:5 --to 3 --reason x");
    assert!(moved.ends_with("[exit 2]\n"), "the unit before would be empty: {moved}");
}

#[test]
fn whoever_was_asked_to_code_a_unit_is_asked_to_code_what_became_of_it() {
    let study = TestStudy::new();
    study.write("assignments.csv", "unit,coder,round\nA:3-4,c1,main\nA:5,c2,main\nB:1,c1,main\n");
    study.run("units join A:3-4 --reason 'one idea'");
    assert!(study.run("check").starts_with("0 problems"), "{}", study.run("check"));
    for coder in ["c1", "c2"] {
        let seen = study.typed(&format!("code --coder {coder}"), "q\n");
        assert!(seen.contains("A:3-5 · "), "{seen}");
    }
}

#[test]
fn a_wish_is_a_memo_that_others_see_when_the_case_is_open() {
    let study = TestStudy::new();
    let seen = study.typed("code --coder c1", "b ends after the coffee\nb\nq\n");
    assert!(seen.contains("write after `b` where"), "{seen}");
    assert!(study.read("memos/c1.csv").contains(",A:2,boundary,ends after the coffee"));
    study.run("memo --coder c1 --on A:2 'a note'");
    let own = csv(&study, "units show --wishes --coder c1");
    assert!(own.contains("ends after the coffee") && !own.contains("a note"), "{own}");
    let others = study.run("units show --wishes");
    assert!(others.ends_with("[exit 4]\n") && !others.contains("coffee"), "{others}");
}
