//! `memo` and `memo list`.

use expect_test::expect;

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

#[test]
fn a_memo_is_kept_with_what_it_is_about_and_listed_by_its_coder() {
    let study = TestStudy::new();
    study.check(
        "memo --coder c1 --on A:3-4 She means the coffee.",
        expect![[r#"
        --- stderr ---
        kept memo 1 on A:3-4
        [exit 0]
    "#]],
    );
    study.check(
        "memo --coder c1 --on case:B --kind analytic 'Turns, not people.'",
        expect![[r#"
        --- stderr ---
        kept memo 2 on case:B
        [exit 0]
    "#]],
    );
    let typed = study.typed("memo --coder c1 --kind method", "First line.\n\n=second line\n");
    expect![[r#"
        --- stderr ---
        kept memo 3 on study
        [exit 0]
    "#]]
    .assert_eq(&typed);
    expect![[r#"
        seq,at,on,kind,text
        1,2026-03-01T10:00:00Z,A:3-4,note,She means the coffee.
        2,2026-03-01T10:00:00Z,case:B,analytic,"Turns, not people."
        3,2026-03-01T10:00:00Z,study,method,First line.\n\n=second line
    "#]]
    .assert_eq(&study.read("memos/c1.csv"));
    study.check(
        "memo list --coder c1",
        expect![[r#"
            ┌───────┬─────┬──────────────────┬────────┬──────────┬───────────────────────┐
            │ coder ┆ no. ┆ at (UTC)         ┆ on     ┆ kind     ┆ text                  │
            ╞═══════╪═════╪══════════════════╪════════╪══════════╪═══════════════════════╡
            │ c1    ┆   1 ┆ 2026-03-01 10:00 ┆ A:3-4  ┆ note     ┆ She means the coffee. │
            │ c1    ┆   2 ┆ 2026-03-01 10:00 ┆ case:B ┆ analytic ┆ Turns, not people.    │
            │ c1    ┆   3 ┆ 2026-03-01 10:00 ┆ study  ┆ method   ┆ First line.           │
            │       ┆     ┆                  ┆        ┆          ┆                       │
            │       ┆     ┆                  ┆        ┆          ┆ =second line          │
            └───────┴─────┴──────────────────┴────────┴──────────┴───────────────────────┘

            [exit 0]
        "#]],
    );
    study.check(
        "memo list --coder c1 --lang es",
        expect![[r#"
            ┌─────────────┬─────┬──────────────────┬────────┬───────────┬───────────────────────┐
            │ codificador ┆ n.º ┆ cuándo (UTC)     ┆ sobre  ┆ tipo      ┆ texto                 │
            ╞═════════════╪═════╪══════════════════╪════════╪═══════════╪═══════════════════════╡
            │ c1          ┆   1 ┆ 2026-03-01 10:00 ┆ A:3-4  ┆ nota      ┆ She means the coffee. │
            │ c1          ┆   2 ┆ 2026-03-01 10:00 ┆ case:B ┆ analítico ┆ Turns, not people.    │
            │ c1          ┆   3 ┆ 2026-03-01 10:00 ┆ study  ┆ método    ┆ First line.           │
            │             ┆     ┆                  ┆        ┆           ┆                       │
            │             ┆     ┆                  ┆        ┆           ┆ =second line          │
            └─────────────┴─────┴──────────────────┴────────┴───────────┴───────────────────────┘

            [exit 0]
        "#]],
    );
    study.check(
        "memo list --coder c1 --format csv",
        expect![[r#"
        coder,seq,at,on,kind,text
        c1,1,2026-03-01T10:00:00Z,A:3-4,note,She means the coffee.
        c1,2,2026-03-01T10:00:00Z,case:B,analytic,"Turns, not people."
        c1,3,2026-03-01T10:00:00Z,study,method,"First line.

        =second line"
        [exit 0]
    "#]],
    );
    study.check(
        "memo list --coder c1 --format json",
        expect![[r#"
        {
          "schema": "themata.memos/1",
          "rows": [
            {
              "coder": "c1",
              "seq": 1,
              "at": "2026-03-01T10:00:00Z",
              "on": "A:3-4",
              "kind": "note",
              "text": "She means the coffee."
            },
            {
              "coder": "c1",
              "seq": 2,
              "at": "2026-03-01T10:00:00Z",
              "on": "case:B",
              "kind": "analytic",
              "text": "Turns, not people."
            },
            {
              "coder": "c1",
              "seq": 3,
              "at": "2026-03-01T10:00:00Z",
              "on": "study",
              "kind": "method",
              "text": "First line.\n\n=second line"
            }
          ]
        }
        [exit 0]
    "#]],
    );
    study.check(
        "memo list --coder c2",
        expect![[r#"
        There are no memos to show.
        [exit 0]
    "#]],
    );
}

#[test]
fn a_memo_is_about_something_that_is_there() {
    let study = TestStudy::new();
    for on in ["A:1@0-17", "A:2@3-8", "transcript:B", "participant:P2", "code:chair", "code:tone"] {
        study.run(&format!("memo --coder c1 --on {on} x"));
    }
    expect![[r#"
        seq,at,on,kind,text
        1,2026-03-01T10:00:00Z,A:1,note,x
        2,2026-03-01T10:00:00Z,A:2@3-8,note,x
        3,2026-03-01T10:00:00Z,transcript:B,note,x
        4,2026-03-01T10:00:00Z,participant:P2,note,x
        5,2026-03-01T10:00:00Z,code:chair,note,x
        6,2026-03-01T10:00:00Z,code:tone,note,x
    "#]]
    .assert_eq(&study.read("memos/c1.csv"));
    study.check(
        "memo --coder c1 --on A:9 x",
        expect![[r#"
        --- stderr ---
        error: there is nothing called A:9 to write about
          fix: A has 5 paragraphs, and characters end where their paragraph ends
        [exit 2]
    "#]],
    );
    study.check(
        "memo --coder c1 --on A:1@4-18 x",
        expect![[r#"
        --- stderr ---
        error: there is nothing called A:1@4-18 to write about
          fix: A has 5 paragraphs, and characters end where their paragraph ends
        [exit 2]
    "#]],
    );
    study.check(
        "memo --coder c1 --on Z:1 x",
        expect![[r#"
        --- stderr ---
        error: there is no transcript `Z`
          fix: known: A, B
        [exit 2]
    "#]],
    );
    study.check(
        "memo --coder c1 --on case:Z x",
        expect![[r#"
        --- stderr ---
        error: there is no case `Z`
          fix: known: A, B
        [exit 2]
    "#]],
    );
    study.check(
        "memo --coder c1 --on code:chairs x",
        expect![[r#"
        --- stderr ---
        error: there is no code `chairs`
          fix: did you mean `chair`? known: leadership, horizontal, rotating, chair, tone, warm, cold
        [exit 2]
    "#]],
    );
    study.check(
        "memo --coder c1 --on studies x",
        expect![[r#"
        --- stderr ---
        error: there is nothing called studies to write about
          fix: use a locator such as A:3-4, case:ID, transcript:ID, participant:ID, code:ID or study
        [exit 2]
    "#]],
    );
    study.check("memo --coder c1 --on A:4-3 x --lang es", expect![[r#"
        --- stderr ---
        error: no hay nada llamado A:4-3 sobre lo que escribir
          remedio: use un localizador como A:3-4, case:ID, transcript:ID, participant:ID, code:ID o study
        [exit 2]
    "#]]);
}

#[test]
fn an_empty_memo_an_unknown_coder_and_an_unknown_kind_are_refused() {
    let study = TestStudy::new();
    study.check(
        "memo --coder c1",
        expect![[r#"
        --- stderr ---
        error: the memo is empty
          fix: write it after the options, or pipe it in: `themata memo --coder NAME < memo.txt`
        [exit 2]
    "#]],
    );
    study.check(
        "memo --coder c3 x",
        expect![[r#"
        --- stderr ---
        error: there is no coder `c3`
          fix: known: c1, c2; add one with `themata coder add ID`
        [exit 2]
    "#]],
    );
    study.check(
        "memo x",
        expect![[r#"
            --- stderr ---
            error: this is missing: --coder <NAME>
              fix: type `themata memo --coder <NAME> <TEXT>...`; `--help` tells more
            [exit 2]
        "#]],
    );
    study.check(
        "memo --coder c1 --kind thought x",
        expect![[r#"
            --- stderr ---
            error: --kind <KIND> cannot be `thought`
              fix: give one of note, analytic, method, theory, boundary, reflexive
            [exit 2]
        "#]],
    );
    assert!(!study.path("memos").exists());
}

#[test]
fn memos_of_others_are_hidden_until_everybody_has_sealed_the_case() {
    let study = TestStudy::new().rest_none("c1").rest_none("c2");
    study.run("memo --coder c1 --on A:2 on-a");
    study.run("memo --coder c1 --on B:1 on-b");
    study.run("memo --coder c2 --on participant:P3 on-p3");
    study.run("memo --coder c2 on-all");
    study.check("memo list", expect![[r#"
        --- stderr ---
        error: no case is open for comparison; not yet sealed: A (c1, c2); B (c1, c2)
          fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
        [exit 4]
    "#]]);
    let study = study.sealed("c1");
    // c1 has sealed everything, but c2 could still be led by what c1 wrote.
    study.check("memo list --lang es", expect![[r#"
        --- stderr ---
        error: ningún caso está abierto a la comparación; sin sellar: A (c2); B (c2)
          remedio: cada persona entrega con `themata seal --coder NOMBRE`; mirar antes exige --unblind MOTIVO y queda registrado para siempre
        [exit 4]
    "#]]);
    study.run("seal --coder c2 --case A");
    study.check(
        "memo list",
        expect![[r#"
            ┌───────┬─────┬──────────────────┬─────┬──────┬──────┐
            │ coder ┆ no. ┆ at (UTC)         ┆ on  ┆ kind ┆ text │
            ╞═══════╪═════╪══════════════════╪═════╪══════╪══════╡
            │ c1    ┆   1 ┆ 2026-03-01 10:00 ┆ A:2 ┆ note ┆ on-a │
            └───────┴─────┴──────────────────┴─────┴──────┴──────┘

            B is not in here: not yet sealed by c2.
            [exit 0]
        "#]],
    );
    study.check(
        "memo list --format csv",
        expect![[r#"
        coder,seq,at,on,kind,text
        c1,1,2026-03-01T10:00:00Z,A:2,note,on-a
        --- stderr ---
        B is not in here: not yet sealed by c2.
        [exit 0]
    "#]],
    );
    study.run("seal --coder c2");
    study.check(
        "memo list --format csv",
        expect![[r#"
        coder,seq,at,on,kind,text
        c1,1,2026-03-01T10:00:00Z,A:2,note,on-a
        c1,2,2026-03-01T10:00:00Z,B:1,note,on-b
        c2,1,2026-03-01T10:00:00Z,participant:P3,note,on-p3
        c2,2,2026-03-01T10:00:00Z,study,note,on-all
        [exit 0]
    "#]],
    );
    study.run("round new recode");
    study.check("memo list", expect![[r#"
        --- stderr ---
        error: no case is open for comparison; not yet sealed: A (c1, c2); B (c1, c2)
          fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
        [exit 4]
    "#]]);
}

#[test]
fn a_study_of_one_coder_hides_nothing() {
    let study = TestStudy::of("en", &["c1"], CODEBOOK);
    study.run("memo --coder c1 --on A:2 seen");
    study.check(
        "memo list --format csv",
        expect![[r#"
        coder,seq,at,on,kind,text
        c1,1,2026-03-01T10:00:00Z,A:2,note,seen
        [exit 0]
    "#]],
    );
}

#[test]
fn the_program_itself_keeps_a_memo() {
    let study = TestStudy::new();
    expect![[r#"
        [exit 0]
    "#]]
    .assert_eq(&study.process("memo --coder c2 --on study 'Begin with B.' --quiet"));
    assert!(study.read("memos/c2.csv").ends_with(",study,note,Begin with B.\n"));
}

#[test]
fn looking_at_memos_early_is_recorded() {
    let study = TestStudy::new();
    study.run("memo --coder c2 --on B:1 early");
    study.check(
        "memo list --format csv --unblind 'the funder asks'",
        expect![[r#"
        coder,seq,at,on,kind,text
        c2,1,2026-03-01T10:00:00Z,B:1,note,early
        [exit 0]
    "#]],
    );
    expect![[r#"
        at,event,who,about,reason,seq
        2026-03-01T10:00:00Z,unblind,,A; B,the funder asks,1
    "#]]
    .assert_eq(&study.read("events.csv"));
    study.check(
        "memo list --coder c2 --unblind x",
        expect![[r#"
            --- stderr ---
            error: --coder <NAME> and --unblind <REASON> exclude each other
              fix: type `themata memo list --coder <NAME>`; `--help` tells more
            [exit 2]
        "#]],
    );
}
