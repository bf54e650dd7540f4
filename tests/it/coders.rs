//! Who codes and who is asked for what, as a person says it and as everything else takes it.

use expect_test::expect;

use crate::support::TestStudy;

#[test]
fn a_name_becomes_an_id_with_add_as_with_init() {
    let study = TestStudy::new();
    study.check(
        "coder add 'Ana Ruiz'",
        expect![[r#"
        --- stderr ---
        added coder Ana-Ruiz (Ana Ruiz); commands take either
        next: `themata code --coder Ana-Ruiz --lines`
        [exit 0]
    "#]],
    );
    study.check(
        "coder add Ana-Ruiz",
        expect![[r#"
        --- stderr ---
        error: there is a coder Ana-Ruiz already
          fix: choose another id and name; capital letters make no difference
        [exit 4]
    "#]],
    );
    study.check(
        "coder add c1",
        expect![[r#"
        --- stderr ---
        error: there is a coder c1 already
          fix: choose another id and name; capital letters make no difference
        [exit 4]
    "#]],
    );
    study.check(
        "coder add final",
        expect![[r#"
        --- stderr ---
        added coder final-1 (final); commands take either
        next: `themata code --coder final-1 --lines`
        [exit 0]
    "#]],
    );
    study.check("coder add 'José Núñez' --kind trainee", expect![[r#"
        --- stderr ---
        added coder Jose-Nunez (José Núñez); commands take either
        Jose-Nunez is measured against others (`themata agree --against final --coders Jose-Nunez`) and enters no other figure
        next: `themata code --coder Jose-Nunez --lines`
        [exit 0]
    "#]]);
    assert!(study.read("themata.yaml").contains(
        "  - {id: \"c2\", name: \"\"}\n  - {id: \"Ana-Ruiz\", name: \"Ana Ruiz\"}\n  - {id: \"final-1\", name: \"final\"}\n  - {id: \"Jose-Nunez\", name: \"José Núñez\", kind: trainee}\n"
    ));
    // Either is taken wherever a coder is named.
    assert!(study.run("status --coder 'Ana Ruiz'").ends_with("[exit 0]\n"));
}

#[test]
fn a_machine_carries_what_the_team_says_of_it() {
    let study = TestStudy::new();
    let sha = "ab".repeat(32);
    study.run(&format!(
        "coder add llm --kind machine --model qwen3 --version 30b --prompt-sha256 {sha} --run-at 2026-03-01 --where 'own computer'"
    ));
    study.check("coder", expect![[r#"
        ┌───────┬──────┬─────────┬─────────────────────────────────────────────────────────────────────────┐
        │ coder ┆ name ┆ kind    ┆ machine                                                                 │
        ╞═══════╪══════╪═════════╪═════════════════════════════════════════════════════════════════════════╡
        │ c1    ┆ –    ┆ person  ┆ –                                                                       │
        │ c2    ┆ –    ┆ person  ┆ –                                                                       │
        │ llm   ┆ –    ┆ machine ┆ model qwen3, version 30b, prompt_sha256                                 │
        │       ┆      ┆         ┆ abababababababababababababababababababababababababababababababab,       │
        │       ┆      ┆         ┆ run_at 2026-03-01, where own computer                                   │
        └───────┴──────┴─────────┴─────────────────────────────────────────────────────────────────────────┘

        [exit 0]
    "#]]);
    study.check("coder set llm --run-at yesterday", expect![[r#"
        --- stderr ---
        error: `run_at` of coder llm cannot be what it says
          fix: prompt_sha256 has 64 hex digits, run_at is a day or a moment (2026-03-01 or 2026-03-01T10:00:00Z), where is `own computer` or `service`
        [exit 2]
    "#]]);
    study.check("coder set c1 --model qwen3", expect![[r#"
        --- stderr ---
        error: coder c1 is no machine, but something is said of the machine
          fix: say --kind machine, or leave --model, --version, --prompt-sha256, --run-at and --where out
        [exit 2]
    "#]]);
    study.check(
        "coder set llm --version 31b",
        expect![[r#"
        --- stderr ---
        changed what is said of llm
        [exit 0]
    "#]],
    );
    assert!(study.read("themata.yaml").contains("version: \"31b\""));
    study.run("coder set llm --kind person");
    assert!(!study.read("themata.yaml").contains("qwen3"), "a person is no model");
}

#[test]
fn who_sealed_becomes_something_else_only_for_a_reason() {
    let study = TestStudy::new().rest_none("c1").sealed("c1");
    study.check(
        "coder set c1 --kind trainee",
        expect![[r#"
        --- stderr ---
        error: c1 has sealed, and every figure changes with what c1 is
          fix: give the reason with --reason; it is recorded
        [exit 4]
    "#]],
    );
    study.check(
        "coder set c1 --kind trainee --reason '  '",
        expect![[r#"
        --- stderr ---
        error: --reason <REASON> cannot be `  `
          fix: a reason is written out in words
        [exit 2]
    "#]],
    );
    study.check("coder set c1 --kind trainee --reason 'still learning'", expect![[r#"
        --- stderr ---
        changed what is said of c1
        c1 is measured against others (`themata agree --against final --coders c1`) and enters no other figure
        [exit 0]
    "#]]);
    assert!(study.read("events.csv").contains(",kind,,c1 person trainee,still learning"));
    study.check(
        "coder set c1 --name Ana",
        expect![[r#"
        --- stderr ---
        changed what is said of c1
        [exit 0]
    "#]],
    );
}

#[test]
fn a_coder_added_before_anybody_has_decided_is_told_why_she_is_asked_for_nothing_or_what_comes_first()
 {
    let study = TestStudy::new();
    study.run("assign --double 0.5 --coders c1,c2 --seed 7");
    study.check("coder add c3", expect![[r#"
        --- stderr ---
        added coder c3
        c3 is asked for nothing yet, because assignments.csv says who codes what; say what with `themata assign --coder c3 --all` (or --case, --transcript, --share)
        [exit 0]
    "#]]);
    let study = TestStudy::empty("en", &["c1"], crate::desk::CODEBOOK);
    study.check(
        "coder add c2",
        expect![[r#"
        --- stderr ---
        added coder c2
        c2 can code once there are units; `themata status` says what comes first
        [exit 0]
    "#]],
    );
}

#[test]
fn a_coder_added_once_others_have_decided_is_asked_for_nothing() {
    let study = TestStudy::new().rest_none("c1");
    study.check("coder add c3", expect![[r#"
        --- stderr ---
        added coder c3
        c3 is asked for nothing yet, because others have begun; say what with `themata assign --coder c3 --all` (or --case, --transcript, --share)
        [exit 0]
    "#]]);
    assert_eq!(study.read("assignments.csv"), "unit,coder,round\nall,c1,all\nall,c2,all\n");
    study.check(
        "code --coder c3",
        expect![[r#"
            --- stderr ---
            error: c3 has nothing assigned in round main
              fix: say what with `themata assign --coder c3 --all` (or --case, --transcript, --share); `themata assign show` tells how much each is asked for
            [exit 4]
        "#]],
    );
    study.check("coder add c4", expect![[r#"
        --- stderr ---
        added coder c4
        c4 is asked for nothing yet, because others have begun; say what with `themata assign --coder c4 --all` (or --case, --transcript, --share)
        [exit 0]
    "#]]);
    study.check(
        "assign --coder c3 --all",
        expect![[r#"
            --- stderr ---
            c3 is asked for 4 units more, 4 in all (round: main)
            [exit 0]
        "#]],
    );
    assert_eq!(
        study.read("assignments.csv"),
        "unit,coder,round\nall,c1,all\nall,c2,all\nall,c3,main\n"
    );
}

#[test]
fn a_coder_is_removed_while_she_has_left_nothing() {
    let study = TestStudy::new().rest_none("c1");
    study.run("coder add c3");
    study.run("assign --coder c3 --case A");
    study.write(
        "coding/c3.csv",
        "seq,at,round,unit,dimension,codes,certainty,memo,via,undoes,codebook\n",
    );
    study.check(
        "coder remove c3",
        expect![[r#"
        --- stderr ---
        c3 is no longer in the study
        [exit 0]
    "#]],
    );
    assert_eq!(study.read("assignments.csv"), "unit,coder,round\nall,c1,all\nall,c2,all\n");
    assert_eq!(study.run("check"), "0 problems\n[exit 0]\n");
    study.check("coder remove c1", expect![[r#"
        --- stderr ---
        error: c1 has left something in the study: a decision, a seal, a cut, a memo, an event
          fix: end what is expected with `themata coder retire c1`, or take the decisions out of every result with `themata coder exclude c1 --reason …`
        [exit 4]
    "#]]);
    study.check(
        "coder remove c9",
        expect![[r#"
        --- stderr ---
        error: there is no coder `c9`
          fix: known: c1, c2; add one with `themata coder add ID`
        [exit 2]
    "#]],
    );
    study.run("memo --coder c2 --on study 'a thought'");
    study.check("coder remove c2", expect![[r#"
        --- stderr ---
        error: c2 has left something in the study: a decision, a seal, a cut, a memo, an event
          fix: end what is expected with `themata coder retire c2`, or take the decisions out of every result with `themata coder exclude c2 --reason …`
        [exit 4]
    "#]]);
}

#[test]
fn what_is_said_first_is_all_that_is_asked_and_then_more_is_added() {
    let study = TestStudy::new();
    study.check(
        "assign --coder c2 --case B",
        expect![[r#"
            --- stderr ---
            c2 is asked for 1 unit and no more (round: main)
            [exit 0]
        "#]],
    );
    assert_eq!(study.read("assignments.csv"), "unit,coder,round\nall,c1,all\ncase:B,c2,main\n");
    study.check(
        "assign --coder c2 --transcript A --round all",
        expect![[r#"
            --- stderr ---
            c2 is asked for 3 units more, 3 in all (round: all)
            [exit 0]
        "#]],
    );
    assert_eq!(
        study.read("assignments.csv"),
        "unit,coder,round\nall,c1,all\ncase:B,c2,main\ntranscript:A,c2,all\n"
    );
    study.check(
        "assign --coder c2 --share 0.5",
        expect![[r#"
            --- stderr ---
            nothing changes: c2 is asked for 4 units as before (round: main)
            drawn with seed 1: the same words and the same seed draw the same units
            [exit 0]
        "#]],
    );
    study.check(
        "assign --coder c2 --transcript A --round all --take",
        expect![[r#"
            --- stderr ---
            c2 is asked for 3 units fewer, 0 in all (round: all)
            [exit 0]
        "#]],
    );
    assert_eq!(study.read("assignments.csv"), "unit,coder,round\nall,c1,all\ncase:B,c2,main\n");
    study.check(
        "assign --coder c1 --case B --take",
        expect![[r#"
            --- stderr ---
            c1 is asked for 1 unit fewer, 3 in all (round: main)
            [exit 0]
        "#]],
    );
    assert_eq!(study.read("assignments.csv"), "unit,coder,round\ncase:A,c1,main\ncase:B,c2,main\n");
    study.check(
        "assign show",
        expect![[r#"
        ┌───────┬───────┬───────┐
        │ coder ┆ round ┆ units │
        ╞═══════╪═══════╪═══════╡
        │ c1    ┆ main  ┆     3 │
        │ c2    ┆ main  ┆     1 │
        └───────┴───────┴───────┘

        There are 4 units; 0 are asked of nobody who counts.
        [exit 0]
    "#]],
    );
    study.check(
        "assign show --lead",
        expect![[r#"
        ┌───────┬───────┬────────┬───────┐
        │ coder ┆ round ┆ unit   ┆ units │
        ╞═══════╪═══════╪════════╪═══════╡
        │ c1    ┆ main  ┆ case:A ┆     3 │
        │ c2    ┆ main  ┆ case:B ┆     1 │
        └───────┴───────┴────────┴───────┘

        Of 4 units 0 are asked of nobody who counts, 4 of one, 0 of several.
        [exit 0]
    "#]],
    );
}

#[test]
fn whoever_has_decided_keeps_what_she_decided_on() {
    let study = TestStudy::new().coded("c2", &["A:2 tone warm"]);
    study.check(
        "assign --coder c2 --case B",
        expect![[r#"
            --- stderr ---
            nothing changes: c2 is asked for 4 units as before (round: main)
            [exit 0]
        "#]],
    );
    study.check(
        "assign --coder c2 --case A --take",
        expect![[r#"
        --- stderr ---
        error: c2 has decided on 1 unit of these already
          fix: leave them with c2, or take decisions back first (`themata undo --coder c2`)
        [exit 4]
    "#]],
    );
    study.check(
        "assign --double 0.5 --coders c1,c2 --case A --seed 1",
        expect![[r#"
        --- stderr ---
        error: c2 has decided on 1 unit of these already
          fix: leave them with c2, or take decisions back first (`themata undo --coder c2`)
        [exit 4]
    "#]],
    );
    assert!(!study.path("assignments.csv").exists());
    study.check(
        "assign --coder c2 --case B --take",
        expect![[r#"
        --- stderr ---
        c2 is asked for 1 unit fewer, 3 in all (round: main)
        [exit 0]
    "#]],
    );
    assert_eq!(study.read("assignments.csv"), "unit,coder,round\nall,c1,all\ncase:A,c2,main\n");
}

#[test]
fn everything_is_dealt_out_once_and_a_share_twice_by_a_seed() {
    let study = TestStudy::of("en", &["c1", "c2", "c3"], crate::desk::CODEBOOK);
    study.check(
        "assign --double 50% --coders c1,c2,c3 --seed 7",
        expect![[r#"
            --- stderr ---
            c1 is asked for 2 units and no more (round: main)
            c2 is asked for 2 units and no more (round: main)
            c3 is asked for 2 units and no more (round: main)
            drawn with seed 7: the same words and the same seed draw the same units
            [exit 0]
        "#]],
    );
    let first = study.read("assignments.csv");
    study.check(
        "assign show --lead",
        expect![[r#"
        ┌───────┬───────┬───────┬───────┐
        │ coder ┆ round ┆ unit  ┆ units │
        ╞═══════╪═══════╪═══════╪═══════╡
        │ c1    ┆ main  ┆ A:2   ┆     1 │
        │ c1    ┆ main  ┆ A:3-4 ┆     1 │
        │ c2    ┆ main  ┆ A:2   ┆     1 │
        │ c2    ┆ main  ┆ A:5   ┆     1 │
        │ c3    ┆ main  ┆ A:3-4 ┆     1 │
        │ c3    ┆ main  ┆ B:1   ┆     1 │
        └───────┴───────┴───────┴───────┘

        Of 4 units 0 are asked of nobody who counts, 2 of one, 2 of several.
        [exit 0]
    "#]],
    );
    study.run("assign --double 50% --coders c1,c2,c3 --seed 7");
    assert_eq!(study.read("assignments.csv"), first);
    let other = TestStudy::of("en", &["c1", "c2", "c3"], crate::desk::CODEBOOK);
    other.run("assign --double .5 --coders c1,c2,c3 --seed 7");
    assert_eq!(other.read("assignments.csv"), first);
    study.run("assign --double 50% --coders c1,c2,c3 --seed 7 --take");
    assert_eq!(study.read("assignments.csv"), "unit,coder,round\n");
}

#[test]
fn wrong_words_of_assign_say_what_is_meant() {
    let study = TestStudy::new();
    study.run("coder add t --kind trainee");
    for line in [
        "assign --coder c1",
        "assign",
        "assign --coder c1 --all --seed 2",
        "assign --coder c1 --share 0",
        "assign --coder c9 --all",
        "assign --coder c1 --case C",
        "assign --coder c1 --all --round recode",
        "assign --double .2 --coders c1",
        "assign --double .2 --coders c1,t",
        "assign --double .2",
    ] {
        let seen = study.run(line);
        assert!(seen.ends_with("[exit 2]\n") && seen.contains("fix: "), "{line}: {seen}");
    }
    assert!(!study.path("assignments.csv").exists());
}

#[test]
fn rows_by_hand_are_understood_or_named() {
    let study = TestStudy::new();
    study.write("assignments.csv", "unit;coder;round\nALL;c1;All\ncase:Z;c1;main\nA:99;c2;main\n");
    study.check(
        "check",
        expect![[r#"
        assignments.csv:3-4:unit: this row asks for something that the study no longer has
          fix: take the row away and assign anew (`themata assign --help`)
        2 problems
        [exit 1]
    "#]],
    );
    assert!(study.run("status").ends_with("[exit 0]\n"), "what asks for nothing stops nothing");
    study.write("assignments.csv", "unit,coder,round\nall,c1,all\nall,c2,mian\n");
    study.check(
        "check",
        expect![[r#"
        assignments.csv:3:round: there is no round mian: this row asks for nothing
          fix: name one that there is (main), or begin it with `themata round new mian`
        1 problem
        [exit 1]
    "#]],
    );
    study.write("assignments.csv", "unit,coder,round\nall,c9,all\nsome,c1,main\n");
    study.check(
        "check",
        expect![[r#"
        assignments.csv:2:unit: coder c9 is not in themata.yaml
          fix: add her (`themata coder add c9`), or take the row away
        assignments.csv:3:unit: this says nothing that can be coded
          fix: write a unit (CoP-31:106), `case:ID`, `transcript:ID` or `all`
        2 problems
        [exit 1]
    "#]],
    );
}

#[test]
fn who_comes_later_changes_nothing_for_those_who_were_there() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]).rest_none("c1").sealed("c1");
    let study = study.rest_none("c2").sealed("c2");
    let results =
        ["agree", "agree --coders c1,c2", "matrix", "matrix --from any", "discrepancies", "quotes"];
    let seen = |study: &TestStudy| -> Vec<String> {
        results.iter().map(|line| study.run(&format!("{line} --format csv"))).collect()
    };
    let before = seen(&study);
    study.run("coder add c3");
    let agree = study.run("agree");
    assert!(agree.contains("c3 has nothing assigned") && agree.ends_with("[exit 0]\n"), "{agree}");
    study.run("coder add llm --kind machine");
    study.run("coder add t --kind trainee");
    for coder in ["llm", "t"] {
        study.run(&format!("assign --coder {coder} --all"));
    }
    study.run("assign --coder c3 --share .2");
    assert!(study.read("events.csv").contains(",late,,c3 main "));
    let table = |seen: &str| seen.split("--- stderr").next().unwrap().to_owned();
    let tables = |all: &[String]| all.iter().map(|it| table(it)).collect::<Vec<_>>();
    assert_eq!(tables(&seen(&study)), tables(&before));
    let study = study.rest_none("llm").sealed("llm").rest_none("t").sealed("t");
    assert_eq!(tables(&seen(&study)), tables(&before));
    let measured = study.run("agree --coders c1,llm --format csv");
    assert!(measured.ends_with("[exit 0]\n") && measured.contains("cohen_kappa"), "{measured}");
    let closed = study.run("agree --coders c1,c3");
    assert!(closed.contains("(c3)") && closed.ends_with("[exit 4]\n"), "{closed}");
    // She decides and has not sealed: still nothing of hers is anywhere.
    let unit =
        study.read("assignments.csv").lines().last().unwrap().split(',').next().unwrap().to_owned();
    study.decide("c3", None, &[&format!("{unit} tone warm")]);
    assert_eq!(tables(&seen(&study)), tables(&before));
}

#[test]
fn who_retires_is_waited_for_no_longer_and_who_is_excluded_is_in_no_result() {
    let study = TestStudy::of("en", &["c1", "c2", "c3"], crate::desk::CODEBOOK);
    let study = study.rest_none("c1").sealed("c1").coded("c2", &["A:2 tone warm"]).rest_none("c2");
    let study = study.sealed("c2");
    assert!(study.run("matrix").ends_with("[exit 4]\n"));
    study.check(
        "coder retire c3 --reason 'moved away'",
        expect![[r#"
        --- stderr ---
        c3 has retired: units not sealed by c3 count as not asked, sealed ones as before
        [exit 0]
    "#]],
    );
    assert!(study.run("matrix").ends_with("[exit 0]\n"), "{}", study.run("matrix"));
    study.check(
        "code --coder c3",
        expect![[r#"
        --- stderr ---
        error: c3 has retired: nothing more is expected
          fix: take that back with `themata coder return c3`
        [exit 4]
    "#]],
    );
    study.check(
        "coder retire c3",
        expect![[r#"
        --- stderr ---
        c3 stands so already; nothing changes
        [exit 0]
    "#]],
    );
    assert!(study.run("discrepancies --format csv").contains("A:2,tone"));
    study.check("coder exclude c2 --reason 'knew the aims'", expect![[r#"
        --- stderr ---
        decisions of c2 are in no result from now on; they are kept, and `themata coder return c2` takes them in again
        [exit 0]
    "#]]);
    let seen = study.run("matrix");
    assert!(seen.contains("Decisions of c2 are left out"), "{seen}");
    for line in ["agree --coders c1,c2", "matrix --from coder:c2", "agree --against c2"] {
        let seen = study.run(line);
        assert!(seen.contains("c2 was excluded") && seen.ends_with("[exit 4]\n"), "{line}: {seen}");
    }
    study.check(
        "coder return c2",
        expect![[r#"
        --- stderr ---
        c2 is asked and counts as before
        [exit 0]
    "#]],
    );
    assert!(study.run("discrepancies --format csv").contains("A:2,tone"));
}
