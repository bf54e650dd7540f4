//! `seal`.

use expect_test::expect;

use crate::support::TestStudy;

#[test]
fn sealing_says_what_was_handed_over_and_who_is_missing() {
    let study = TestStudy::new().rest_none("c1").rest_none("c2");
    study.check(
        "seal --coder c1 --case A",
        expect![[r#"
            c1 sealed A in round main
            6 decisions in force, codebook v-b6d05fd1c794
            --- stderr ---
            A is not open for comparison yet; still to seal it: c2
            c1 has more to seal, for instance B
            [exit 0]
        "#]],
    );
    study.check(
        "seal --coder c1",
        expect![[r#"
            c1 sealed B in round main
            2 decisions in force, codebook v-b6d05fd1c794
            --- stderr ---
            B is not open for comparison yet; still to seal it: c2
            [exit 0]
        "#]],
    );
    study.check(
        "seal --coder c2 --lang es",
        expect![[r#"
        c2 selló A, B en la ronda main
        8 decisiones vigentes, libro de códigos v-b6d05fd1c794
        --- stderr ---
        A está abierto a la comparación: todos lo han sellado
        B está abierto a la comparación: todos lo han sellado
        siguiente paso: `themata agree` y luego `themata discrepancies`
        [exit 0]
    "#]],
    );
    study.check(
        "seal --coder c2",
        expect![[r#"
        --- stderr ---
        error: c2 has nothing left to seal in this round
          fix: `themata status` shows what is sealed
        [exit 4]
    "#]],
    );
}

#[test]
fn the_printed_hashes_are_those_that_sha256sum_gives() {
    let study = TestStudy::new().rest_none("c1");
    study.run("seal --coder c1 --case B");
    // printf '%s\n' B:1 | sha256sum
    let units = "6ffa74faa86a5fb03ffeaffb1f25e70f56a8e82631095f65624c845bbb8845a0";
    assert!(study.read("seals.csv").contains(units), "{}", study.read("seals.csv"));
}

#[test]
fn undecided_units_are_refused_with_their_count_unless_a_reason_is_given() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm", "A:2 leadership horizontal"]);
    study.check("seal --coder c1 --case A", expect![[r#"
        --- stderr ---
        error: c1 has 4 decisions still to make (units × dimensions)
          fix: finish with `themata code --coder c1 --lines`, or hand over as it is with --incomplete REASON
        [exit 4]
    "#]]);
    study.check(
        "seal --coder c1 --case A --incomplete ' '",
        expect![[r#"
            --- stderr ---
            error: --incomplete <REASON> cannot be ` `
              fix: a reason is written out in words
            [exit 2]
        "#]],
    );
    study.check(
        "seal --coder c1 --case A --incomplete 'she left the team'",
        expect![[r#"
            c1 sealed A in round main
            2 decisions in force, codebook v-b6d05fd1c794
            --- stderr ---
            A is not open for comparison yet; still to seal it: c2
            c1 has more to seal, for instance B
            [exit 0]
        "#]],
    );
    expect![[r#"
        at,event,who,about,reason,seq
        2026-03-01T10:00:00Z,incomplete,c1,A,she left the team,1
    "#]]
    .assert_eq(&study.read("events.csv"));
}

#[test]
fn a_sealed_case_is_sealed_again_only_for_a_reason() {
    let study = TestStudy::new().rest_none("c1").sealed("c1");
    study.check(
        "seal --coder c1 --case A",
        expect![[r#"
        --- stderr ---
        error: c1 has already sealed A
          fix: to let later decisions count, `themata seal --coder c1 --case A --again REASON`
        [exit 4]
    "#]],
    );
    study.decide("c1", None, &["A:2 tone warm"]);
    study.check(
        "seal --coder c1 --case A --again 'a unit was misread'",
        expect![[r#"
            c1 sealed A in round main
            6 decisions in force, codebook v-b6d05fd1c794
            --- stderr ---
            A is not open for comparison yet; still to seal it: c2
            [exit 0]
        "#]],
    );
    expect![[r#"
        at,event,who,about,reason,seq
        2026-03-01T10:00:00Z,again,c1,A,a unit was misread,1
    "#]]
    .assert_eq(&study.read("events.csv"));
}

#[test]
fn a_reason_for_what_did_not_happen_is_not_recorded() {
    let study = TestStudy::new().rest_none("c1");
    study.run("seal --coder c1 --incomplete 'in case' --again 'in case'");
    assert!(!study.path("events.csv").exists());
}

#[test]
fn unknown_coders_cases_and_rounds_are_refused_with_those_there_are() {
    let study = TestStudy::new();
    study.check(
        "seal --coder c9",
        expect![[r#"
        --- stderr ---
        error: there is no coder `c9`
          fix: known: c1, c2; add one with `themata coder add ID`
        [exit 2]
    "#]],
    );
    study.check(
        "seal --coder c1 --case Z",
        expect![[r#"
        --- stderr ---
        error: there is no case `Z`
          fix: known: A, B
        [exit 2]
    "#]],
    );
    study.check(
        "seal --coder c1 --round pilot",
        expect![[r#"
        --- stderr ---
        error: there is no round `pilot`
          fix: known: main; make one with `themata round new NAME`
        [exit 2]
    "#]],
    );
}

#[test]
fn a_study_of_one_coder_is_not_blind_and_waits_for_nobody() {
    let study = TestStudy::of("en", &["c1"], crate::desk::CODEBOOK).rest_none("c1");
    study.check(
        "seal --coder c1",
        expect![[r#"
            c1 sealed A, B in round main
            8 decisions in force, codebook v-b6d05fd1c794
            --- stderr ---
            next: `themata matrix`
            [exit 0]
        "#]],
    );
}
