//! `export`.

use expect_test::expect;

use crate::support::TestStudy;

fn both() -> TestStudy {
    TestStudy::new()
        .coded("c1", &["A:2 leadership horizontal; chair", "A:2 tone warm unsure", "B:1 tone none"])
        .coded("c2", &["A:2 leadership rotating", "A:2 tone none", "B:1 tone cold"])
}

#[test]
fn decisions_of_sealed_cases_are_written_one_row_each_and_the_others_named() {
    let study = both();
    study.check("export --format csv", expect![[r#"
        --- stderr ---
        error: no case is open for comparison; not yet sealed: A (c1, c2); B (c1, c2)
          fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
        [exit 4]
    "#]]);
    study.run("seal --coder c1 --incomplete x");
    study.run("seal --coder c2 --case A --incomplete x");
    study.check(
        "export --format csv",
        expect![[r#"
        unit,coder,round,dimension,codes,certainty,memo,at,codebook
        A:2,c1,main,leadership,horizontal; chair,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c1,main,tone,warm,unsure,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c2,main,leadership,rotating,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c2,main,tone,none,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        --- stderr ---
        B is not in here: not yet sealed by c2.
        [exit 0]
    "#]],
    );
    study.check(
        "export",
        expect![[r#"
            ┌──────┬───────┬────────────┬───────────────────┬───────────┬──────────────────┐
            │ unit ┆ coder ┆ dimension  ┆ codes             ┆ certainty ┆ at (UTC)         │
            ╞══════╪═══════╪════════════╪═══════════════════╪═══════════╪══════════════════╡
            │ A:2  ┆ c1    ┆ leadership ┆ horizontal; chair ┆ –         ┆ 2026-03-01 10:00 │
            │ A:2  ┆ c1    ┆ tone       ┆ warm              ┆ unsure    ┆ 2026-03-01 10:00 │
            │ A:2  ┆ c2    ┆ leadership ┆ rotating          ┆ –         ┆ 2026-03-01 10:00 │
            │ A:2  ┆ c2    ┆ tone       ┆ none              ┆ –         ┆ 2026-03-01 10:00 │
            └──────┴───────┴────────────┴───────────────────┴───────────┴──────────────────┘

            B is not in here: not yet sealed by c2.
            [exit 0]
        "#]],
    );
    study.check(
        "export --lang es --format md",
        expect![[r#"
            | unidad | codificador | dimensión | códigos | certeza | cuándo (UTC) |
            | --- | --- | --- | --- | --- | --- |
            | A:2 | c1 | leadership | horizontal; chair | – | 2026-03-01 10:00 |
            | A:2 | c1 | tone | warm | con dudas | 2026-03-01 10:00 |
            | A:2 | c2 | leadership | rotating | – | 2026-03-01 10:00 |
            | A:2 | c2 | tone | none | – | 2026-03-01 10:00 |

            B no está incluido: falta el sello de c2.
            [exit 0]
        "#]],
    );
    study.check(
        "export --format json",
        expect![[r#"
        {
          "schema": "themata.decisions/1",
          "round": null,
          "rows": [
            {
              "unit": "A:2",
              "coder": "c1",
              "round": "main",
              "dimension": "leadership",
              "codes": "horizontal; chair",
              "certainty": null,
              "memo": null,
              "at": "2026-03-01T10:00:00Z",
              "codebook": "v-b6d05fd1c794"
            },
            {
              "unit": "A:2",
              "coder": "c1",
              "round": "main",
              "dimension": "tone",
              "codes": "warm",
              "certainty": "unsure",
              "memo": null,
              "at": "2026-03-01T10:00:00Z",
              "codebook": "v-b6d05fd1c794"
            },
            {
              "unit": "A:2",
              "coder": "c2",
              "round": "main",
              "dimension": "leadership",
              "codes": "rotating",
              "certainty": null,
              "memo": null,
              "at": "2026-03-01T10:00:00Z",
              "codebook": "v-b6d05fd1c794"
            },
            {
              "unit": "A:2",
              "coder": "c2",
              "round": "main",
              "dimension": "tone",
              "codes": "none",
              "certainty": null,
              "memo": null,
              "at": "2026-03-01T10:00:00Z",
              "codebook": "v-b6d05fd1c794"
            }
          ]
        }
        --- stderr ---
        B is not in here: not yet sealed by c2.
        [exit 0]
    "#]],
    );
}

#[test]
fn a_file_is_written_by_its_name_and_not_over_another() {
    let study = both().sealed("c1").sealed("c2");
    let file = study.path("out.csv").display().to_string();
    study.check(
        &format!("export {file} --quiet"),
        expect![[r#"
        [exit 0]
    "#]],
    );
    expect![[r#"
        unit,coder,round,dimension,codes,certainty,memo,at,codebook
        A:2,c1,main,leadership,horizontal; chair,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c1,main,tone,warm,unsure,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c2,main,leadership,rotating,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c2,main,tone,none,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        B:1,c1,main,tone,none,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        B:1,c2,main,tone,cold,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
    "#]]
    .assert_eq(&study.read("out.csv"));
    study.check(
        &format!("export {file} --lang es"),
        expect![[r#"
        --- stderr ---
        error: STUDY/out.csv ya existe
          remedio: elija otro nombre o añada --force
        [exit 4]
    "#]],
    );
    study.check(
        &format!("export -o {file} --force --bom"),
        expect![[r#"
            --- stderr ---
            wrote STUDY/out.csv
            [exit 0]
        "#]],
    );
    assert!(study.read("out.csv").starts_with("\u{feff}unit,coder"));
    study.check(
        &format!("export {file} -o {file}"),
        expect![[r#"
            --- stderr ---
            error: [FILE] and --output <FILE> exclude each other
              fix: type `themata export <FILE>`; `--help` tells more
            [exit 2]
        "#]],
    );
    study.check(
        "export out.qdpx",
        expect![[r#"
        --- stderr ---
        error: the extension of out.qdpx names no form of result
          fix: use one of .txt, .csv, .tsv, .json, .md, .html, .tex, .docx, .svg, .xlsx
        [exit 2]
    "#]],
    );
    study.check(
        "export --force",
        expect![[r#"
        --- stderr ---
        error: --force goes with a file to write
          fix: add -o FILE, or leave it out
        [exit 2]
    "#]],
    );
}

#[test]
fn a_coder_takes_out_her_own_decisions_before_anything_is_sealed() {
    let study = both();
    study.check(
        "export --coder c1 --format csv",
        expect![[r#"
        unit,coder,round,dimension,codes,certainty,memo,at,codebook
        A:2,c1,main,leadership,horizontal; chair,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c1,main,tone,warm,unsure,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        B:1,c1,main,tone,none,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        [exit 0]
    "#]],
    );
    study.check(
        "export --coder c1 --unblind x",
        expect![[r#"
            --- stderr ---
            error: --coder <NAME> and --unblind <REASON> exclude each other
              fix: type `themata export --coder <NAME> [FILE]`; `--help` tells more
            [exit 2]
        "#]],
    );
    study.check(
        "export --coder nobody",
        expect![[r#"
        --- stderr ---
        error: there is no coder `nobody`
          fix: known: c1, c2; add one with `themata coder add ID`
        [exit 2]
    "#]],
    );
}

#[test]
fn looking_early_is_possible_for_a_reason_and_recorded_for_ever() {
    let study = both();
    study.check(
        "export --unblind 'pilot only'",
        expect![[r#"
            ┌──────┬───────┬────────────┬───────────────────┬───────────┬──────────────────┐
            │ unit ┆ coder ┆ dimension  ┆ codes             ┆ certainty ┆ at (UTC)         │
            ╞══════╪═══════╪════════════╪═══════════════════╪═══════════╪══════════════════╡
            │ A:2  ┆ c1    ┆ leadership ┆ horizontal; chair ┆ –         ┆ 2026-03-01 10:00 │
            │ A:2  ┆ c1    ┆ tone       ┆ warm              ┆ unsure    ┆ 2026-03-01 10:00 │
            │ A:2  ┆ c2    ┆ leadership ┆ rotating          ┆ –         ┆ 2026-03-01 10:00 │
            │ A:2  ┆ c2    ┆ tone       ┆ none              ┆ –         ┆ 2026-03-01 10:00 │
            │ B:1  ┆ c1    ┆ tone       ┆ none              ┆ –         ┆ 2026-03-01 10:00 │
            │ B:1  ┆ c2    ┆ tone       ┆ cold              ┆ –         ┆ 2026-03-01 10:00 │
            └──────┴───────┴────────────┴───────────────────┴───────────┴──────────────────┘

            Cases are in here that not all have sealed; the look is recorded.
            [exit 0]
        "#]],
    );
    expect![[r#"
        at,event,who,about,reason,seq
        2026-03-01T10:00:00Z,unblind,,A; B | c1 3/3; c2 3/3,pilot only,1
    "#]]
    .assert_eq(&study.read("events.csv"));
}

#[test]
fn the_latest_round_holds_unless_one_is_named() {
    let study = both().sealed("c1").sealed("c2");
    study.run("round new recode");
    study.decide("c1", None, &["A:2 tone cold"]);
    study.check(
        "export --coder c1 --format csv",
        expect![[r#"
        unit,coder,round,dimension,codes,certainty,memo,at,codebook
        A:2,c1,main,leadership,horizontal; chair,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c1,recode,tone,cold,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        B:1,c1,main,tone,none,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        [exit 0]
    "#]],
    );
    study.check(
        "export --coder c1 --round main --format csv",
        expect![[r#"
        unit,coder,round,dimension,codes,certainty,memo,at,codebook
        A:2,c1,main,leadership,horizontal; chair,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:2,c1,main,tone,warm,unsure,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        B:1,c1,main,tone,none,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        [exit 0]
    "#]],
    );
    study.check(
        "export --coder c1 --round recode --format csv",
        expect![[r#"
        unit,coder,round,dimension,codes,certainty,memo,at,codebook
        A:2,c1,recode,tone,cold,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        [exit 0]
    "#]],
    );
    // In the round that is not sealed, nobody sees anything of anybody.
    let open = study.run("export --format csv");
    assert!(!open.contains("recode,"), "{open}");
    study.check("export --round recode", expect![[r#"
        --- stderr ---
        error: no case is open for comparison; not yet sealed: A (c1, c2); B (c1, c2)
          fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
        [exit 4]
    "#]]);
    study.check(
        "export --round pilot",
        expect![[r#"
        --- stderr ---
        error: there is no round `pilot`
          fix: known: main, recode; make one with `themata round new NAME`
        [exit 2]
    "#]],
    );
}

#[test]
fn free_text_is_guarded_against_formulas_unless_raw_is_asked_for() {
    let study = both();
    let rows = study.read("coding/c1.csv");
    study.write("coding/c1.csv", &rows.replace(",unsure,,", ",unsure,=1+1,"));
    assert!(study.run("export --coder c1 --format csv").contains(",unsure,'=1+1,"));
    assert!(study.run("export --coder c1 --format csv --raw").contains(",unsure,=1+1,"));
}

#[test]
fn what_export_writes_receive_takes_back_in_without_a_change() {
    let study = both();
    let file = study.path("mine.csv").display().to_string();
    study.run(&format!("export --coder c1 {file}"));
    study.check(&format!("receive {file} --coder c1"), expect![[r#"
        c1, round main: 0 new, 0 changed, 0 taken back, 3 as before
        --- stderr ---
        the times in the file were checked, not taken over: the log says when decisions were received
        nothing in STUDY/mine.csv differs from what is in force; nothing was written
        [exit 0]
    "#]]);
}

#[test]
fn the_program_itself_exports() {
    let study = both();
    expect![[r#"
        unit	coder	round	dimension	codes	certainty	memo	at	codebook
        A:2	c2	main	leadership	rotating			2026-03-01T10:00:00Z	v-b6d05fd1c794
        A:2	c2	main	tone	none			2026-03-01T10:00:00Z	v-b6d05fd1c794
        B:1	c2	main	tone	cold			2026-03-01T10:00:00Z	v-b6d05fd1c794
        [exit 0]
    "#]]
    .assert_eq(&study.process("export --coder c2 --format tsv"));
}

#[test]
fn a_wide_table_has_a_column_for_each_coder_or_for_each_code() {
    let study = both();
    study.run("seal --coder c1 --incomplete x");
    study.run("seal --coder c2 --incomplete x");
    study.check(
        "export --wide coders --format csv",
        expect![[r#"
        unit,dimension,c1,c2
        A:2,leadership,horizontal; chair,rotating
        A:2,tone,warm,none
        B:1,tone,none,cold
        [exit 0]
    "#]],
    );
    study.check(
        "export --wide codes --format csv",
        expect![[r#"
        unit,coder,leadership,horizontal,rotating,chair,tone,warm,cold
        A:2,c1,1,1,1,1,1,1,0
        A:2,c2,1,0,1,0,0,0,0
        B:1,c1,,,,,0,0,0
        B:1,c2,,,,,1,0,1
        [exit 0]
    "#]],
    );
    study.check(
        "export --wide codes --coder c2 --lang es",
        expect![[r#"
        ┌────────┬─────────────┬────────────┬────────────┬──────────┬───────┬──────┬──────┬──────┐
        │ unidad ┆ codificador ┆ leadership ┆ horizontal ┆ rotating ┆ chair ┆ tone ┆ warm ┆ cold │
        ╞════════╪═════════════╪════════════╪════════════╪══════════╪═══════╪══════╪══════╪══════╡
        │ A:2    ┆ c2          ┆          1 ┆          0 ┆        1 ┆     0 ┆    0 ┆    0 ┆    0 │
        │ B:1    ┆ c2          ┆          – ┆          – ┆        – ┆     – ┆    1 ┆    0 ┆    1 │
        └────────┴─────────────┴────────────┴────────────┴──────────┴───────┴──────┴──────┴──────┘

        [exit 0]
    "#]],
    );
    study.check(
        "export --wide units",
        expect![[r#"
        --- stderr ---
        error: --wide <COLUMNS> cannot be `units`
          fix: give one of coders, codes
        [exit 2]
    "#]],
    );
    // What is written so is read again, with the same figures as the study's own.
    let wide = study.path("wide.csv");
    study.run(&format!("export --wide coders '{}'", wide.display()));
    let figure = |out: String| {
        let rows = out.lines().map(str::to_owned);
        rows.filter(|it| it.starts_with("sets,") && it.contains(",percent_agreement,"))
            .collect::<Vec<_>>()
    };
    let all = "--level sets --measure percent_agreement --format csv";
    let own = figure(study.run(&format!("agree {all}")));
    assert_eq!(own.len(), 3, "{own:?}");
    assert_eq!(figure(study.run(&format!("agree '{}' {all}", wide.display()))), own);
}

/// A file of codings that was exported wide is a table of `unit` and codes for R: X02 of the field cases.
#[test]
fn nothing_decided_is_a_table_without_rows() {
    let study = TestStudy::new();
    study.check(
        "export --wide codes --coder c1 --format csv",
        expect![[r#"
        unit,coder,leadership,horizontal,rotating,chair,tone,warm,cold
        [exit 0]
    "#]],
    );
}
