//! `log` and `undo`.

use expect_test::expect;

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

/// One coder who changed her mind, was unsure, and took something back.
fn coded() -> TestStudy {
    let study =
        TestStudy::new().coded("c1", &["A:2 leadership horizontal", "A:2 tone warm unsure"]);
    study.at("2026-03-01T10:05:00Z");
    study.decide("c1", None, &["A:2 leadership horizontal; chair"]);
    study
}

#[test]
fn the_log_of_a_coder_shows_every_row_in_order() {
    let study = coded();
    study.run("undo --coder c1");
    study.check("log --coder c1", expect![[r#"
        ┌─────┬──────────────────┬──────┬────────────┬───────────────────┬───────────┬───────┬────────────┐
        │ no. ┆ at (UTC)         ┆ unit ┆ dimension  ┆ codes             ┆ certainty ┆ via   ┆ takes back │
        ╞═════╪══════════════════╪══════╪════════════╪═══════════════════╪═══════════╪═══════╪════════════╡
        │   1 ┆ 2026-03-01 10:00 ┆ A:2  ┆ leadership ┆ horizontal        ┆ –         ┆ lines ┆          – │
        │   2 ┆ 2026-03-01 10:00 ┆ A:2  ┆ tone       ┆ warm              ┆ unsure    ┆ lines ┆          – │
        │   3 ┆ 2026-03-01 10:05 ┆ A:2  ┆ leadership ┆ horizontal; chair ┆ –         ┆ lines ┆          – │
        │   4 ┆ 2026-03-01 10:05 ┆ A:2  ┆ leadership ┆ horizontal        ┆ –         ┆ lines ┆          3 │
        └─────┴──────────────────┴──────┴────────────┴───────────────────┴───────────┴───────┴────────────┘

        [exit 0]
    "#]]);
    study.check(
        "log --coder c1 --lang es --limit 2",
        expect![[r#"
            ┌─────┬──────────────────┬────────┬────────────┬───────────────────┬───────┬────────┐
            │ n.º ┆ cuándo (UTC)     ┆ unidad ┆ dimensión  ┆ códigos           ┆ vía   ┆ retira │
            ╞═════╪══════════════════╪════════╪════════════╪═══════════════════╪═══════╪════════╡
            │   3 ┆ 2026-03-01 10:05 ┆ A:2    ┆ leadership ┆ horizontal; chair ┆ lines ┆      – │
            │   4 ┆ 2026-03-01 10:05 ┆ A:2    ┆ leadership ┆ horizontal        ┆ lines ┆      3 │
            └─────┴──────────────────┴────────┴────────────┴───────────────────┴───────┴────────┘

            No se muestran 2 filas anteriores.
            [exit 0]
        "#]],
    );
    study.check(
        "log --coder c1 --format csv",
        expect![[r#"
        coder,seq,at,round,unit,dimension,codes,certainty,memo,via,undoes,codebook,device
        c1,1,2026-03-01T10:00:00Z,main,A:2,leadership,horizontal,,,lines,,v-b6d05fd1c794,
        c1,2,2026-03-01T10:00:00Z,main,A:2,tone,warm,unsure,,lines,,v-b6d05fd1c794,
        c1,3,2026-03-01T10:05:00Z,main,A:2,leadership,horizontal; chair,,,lines,,v-b6d05fd1c794,
        c1,4,2026-03-01T10:05:00Z,main,A:2,leadership,horizontal,,,lines,3,v-b6d05fd1c794,
        [exit 0]
    "#]],
    );
    study.check(
        "log --coder c1 --unit A:3-4",
        expect![[r#"
        Nothing is recorded yet.
        [exit 0]
    "#]],
    );
    study.check(
        "log --coder c1 --unit A:2 --limit 1 --format json",
        expect![[r#"
            {
              "schema": "themata.log/1",
              "coder": "c1",
              "rows": [
                {
                  "coder": "c1",
                  "seq": 4,
                  "at": "2026-03-01T10:05:00Z",
                  "round": "main",
                  "unit": "A:2",
                  "dimension": "leadership",
                  "codes": "horizontal",
                  "certainty": null,
                  "memo": null,
                  "via": "lines",
                  "undoes": 3,
                  "codebook": "v-b6d05fd1c794",
                  "device": null
                }
              ]
            }
            [exit 0]
        "#]],
    );
}

#[test]
fn a_row_is_shown_with_the_codes_it_was_written_with() {
    let study = TestStudy::new().coded("c1", &["A:2 leadership rotating"]);
    let renamed = CODEBOOK.replace("- id: rotating", "- id: turns\n        replaces: [rotating]");
    study.write("codebook.yaml", &renamed);
    study.decide("c1", None, &["A:5 leadership turns"]);
    study.check(
        "log --coder c1",
        expect![[r#"
            ┌─────┬──────────────────┬──────┬────────────┬──────────┬───────┬────────────────┐
            │ no. ┆ at (UTC)         ┆ unit ┆ dimension  ┆ codes    ┆ via   ┆ codebook       │
            ╞═════╪══════════════════╪══════╪════════════╪══════════╪═══════╪════════════════╡
            │   1 ┆ 2026-03-01 10:00 ┆ A:2  ┆ leadership ┆ rotating ┆ lines ┆ v-b6d05fd1c794 │
            │   2 ┆ 2026-03-01 10:00 ┆ A:5  ┆ leadership ┆ turns    ┆ lines ┆ v-ba469bdce15a │
            └─────┴──────────────────┴──────┴────────────┴──────────┴───────┴────────────────┘

            [exit 0]
        "#]],
    );
    // In what is counted, the old id is the new one.
    study.check(
        "export --coder c1 --format csv",
        expect![[r#"
        unit,coder,round,dimension,codes,certainty,memo,at,codebook
        A:2,c1,main,leadership,turns,,,2026-03-01T10:00:00Z,v-b6d05fd1c794
        A:5,c1,main,leadership,turns,,,2026-03-01T10:00:00Z,v-ba469bdce15a
        [exit 0]
    "#]],
    );
}

#[test]
fn rows_of_several_devices_are_told_apart() {
    let study = coded();
    let rows = study.read("coding/c1.csv");
    let other = rows.lines().next().unwrap().to_owned()
        + "\n4,2026-03-01T11:00:00Z,main,A:5,tone,cold,,\"on the train,\\nlate\",lines,,"
        + &rows.lines().last().unwrap()[rows.lines().last().unwrap().len() - 14..]
        + "\n";
    study.write("coding/c1.tablet.csv", &other);
    study.check("log --coder c1", expect![[r#"
        ┌─────┬────────────┬──────┬────────────┬──────────────┬───────────┬───────────────┬───────┬────────┐
        │ no. ┆ at (UTC)   ┆ unit ┆ dimension  ┆ codes        ┆ certainty ┆ memo          ┆ via   ┆ device │
        ╞═════╪════════════╪══════╪════════════╪══════════════╪═══════════╪═══════════════╪═══════╪════════╡
        │   1 ┆ 2026-03-01 ┆ A:2  ┆ leadership ┆ horizontal   ┆ –         ┆ –             ┆ lines ┆ –      │
        │     ┆ 10:00      ┆      ┆            ┆              ┆           ┆               ┆       ┆        │
        │   2 ┆ 2026-03-01 ┆ A:2  ┆ tone       ┆ warm         ┆ unsure    ┆ –             ┆ lines ┆ –      │
        │     ┆ 10:00      ┆      ┆            ┆              ┆           ┆               ┆       ┆        │
        │   3 ┆ 2026-03-01 ┆ A:2  ┆ leadership ┆ horizontal;  ┆ –         ┆ –             ┆ lines ┆ –      │
        │     ┆ 10:05      ┆      ┆            ┆ chair        ┆           ┆               ┆       ┆        │
        │   4 ┆ 2026-03-01 ┆ A:5  ┆ tone       ┆ cold         ┆ –         ┆ on the train, ┆ lines ┆ tablet │
        │     ┆ 11:00      ┆      ┆            ┆              ┆           ┆ late          ┆       ┆        │
        └─────┴────────────┴──────┴────────────┴──────────────┴───────────┴───────────────┴───────┴────────┘

        [exit 0]
    "#]]);
}

#[test]
fn a_broken_row_of_a_log_is_named_by_line_and_never_by_what_it_says() {
    let study = coded();
    let rows = study.read("coding/c1.csv").replace("warm", "wram");
    study.write("coding/c1.csv", &rows);
    study.check("log --coder c1", expect![[r#"
        --- stderr ---
        error: 1 problem
        coding/c1.csv:3:codes: this row gives a code that its version of the codebook does not have in this dimension
          fix: restore the file from a backup or from git; the row does not count until then
        [exit 3]
    "#]]);
    study.check("undo --coder c1", expect![[r#"
        --- stderr ---
        error: 1 problem
        coding/c1.csv:3:codes: this row gives a code that its version of the codebook does not have in this dimension
          fix: restore the file from a backup or from git; the row does not count until then
        [exit 3]
    "#]]);
    study.check(
        "log --coder c2",
        expect![[r#"
        Nothing is recorded yet.
        [exit 0]
    "#]],
    );
}

#[test]
fn without_a_coder_the_log_shows_what_the_team_did_and_settled() {
    let study = coded().coded("c2", &["A:2 leadership rotating"]).sealed("c1").sealed("c2");
    study.at("2026-03-02T09:00:00Z");
    study.write(
        "consensus.csv",
        "seq,at,round,unit,dimension,codes,outcome,reason,rationale,present,codebook_change,undoes,codebook\n\
         1,2026-03-02T08:00:00Z,main,A:2,leadership,chair,other,definition,It is the chair that moves.,c1; c2,,,v-b6d05fd1c794\n\
         2,2026-03-02T08:01:00Z,main,A:2,leadership,,open,reading,,c1; c2,,,v-b6d05fd1c794\n\
         3,2026-03-02T08:02:00Z,main,A:2,leadership,,,,,c1,,2,v-b6d05fd1c794\n",
    );
    study.run("round new recode");
    study.check("log", expect![[r#"
        ┌────────────┬────────────┬────────┬───────┬─────────────┬──────────────────┬──────────────────────┐
        │ at (UTC)   ┆ event      ┆ who    ┆ round ┆ about       ┆ detail           ┆ reason               │
        ╞════════════╪════════════╪════════╪═══════╪═════════════╪══════════════════╪══════════════════════╡
        │ 2026-03-01 ┆ incomplete ┆ c1     ┆ –     ┆ A; B        ┆ –                ┆ a test               │
        │ 10:05      ┆            ┆        ┆       ┆             ┆                  ┆                      │
        │ 2026-03-01 ┆ incomplete ┆ c2     ┆ –     ┆ A; B        ┆ –                ┆ a test               │
        │ 10:05      ┆            ┆        ┆       ┆             ┆                  ┆                      │
        │ 2026-03-01 ┆ seal       ┆ c1     ┆ main  ┆ A; B        ┆ 2 decisions      ┆ –                    │
        │ 10:05      ┆            ┆        ┆       ┆             ┆ under            ┆                      │
        │            ┆            ┆        ┆       ┆             ┆ v-b6d05fd1c794   ┆                      │
        │ 2026-03-01 ┆ seal       ┆ c2     ┆ main  ┆ A; B        ┆ 1 decision under ┆ –                    │
        │ 10:05      ┆            ┆        ┆       ┆             ┆ v-b6d05fd1c794   ┆                      │
        │ 2026-03-02 ┆ consensus  ┆ c1; c2 ┆ main  ┆ A:2         ┆ other: chair     ┆ definition: It is    │
        │ 08:00      ┆            ┆        ┆       ┆ leadership  ┆                  ┆ the chair that       │
        │            ┆            ┆        ┆       ┆             ┆                  ┆ moves.               │
        │ 2026-03-02 ┆ consensus  ┆ c1; c2 ┆ main  ┆ A:2         ┆ open             ┆ reading              │
        │ 08:01      ┆            ┆        ┆       ┆ leadership  ┆                  ┆                      │
        │ 2026-03-02 ┆ consensus  ┆ c1     ┆ main  ┆ A:2         ┆ taken back       ┆ –                    │
        │ 08:02      ┆            ┆        ┆       ┆ leadership  ┆                  ┆                      │
        │ 2026-03-02 ┆ round      ┆ –      ┆ –     ┆ recode      ┆ –                ┆ –                    │
        │ 09:00      ┆            ┆        ┆       ┆             ┆                  ┆                      │
        └────────────┴────────────┴────────┴───────┴─────────────┴──────────────────┴──────────────────────┘

        [exit 0]
    "#]]);
    study.check("log --format csv --lang es", expect![[r#"
        at,event,who,round,about,detail,reason
        2026-03-01T10:05:00Z,incomplete,c1,,A; B,,a test
        2026-03-01T10:05:00Z,incomplete,c2,,A; B,,a test
        2026-03-01T10:05:00Z,seal,c1,main,A; B,decisions 2; v-b6d05fd1c794,
        2026-03-01T10:05:00Z,seal,c2,main,A; B,decisions 1; v-b6d05fd1c794,
        2026-03-02T08:00:00Z,consensus,c1; c2,main,A:2 leadership,other: chair,definition: It is the chair that moves.
        2026-03-02T08:01:00Z,consensus,c1; c2,main,A:2 leadership,open,reading
        2026-03-02T08:02:00Z,consensus,c1,main,A:2 leadership,taken back,
        2026-03-02T09:00:00Z,round,,,recode,,
        [exit 0]
    "#]]);
    study.check(
        "log --lang es --limit 1",
        expect![[r#"
            ┌──────────────────┬────────┬───────┬────────┐
            │ cuándo (UTC)     ┆ suceso ┆ quién ┆ sobre  │
            ╞══════════════════╪════════╪═══════╪════════╡
            │ 2026-03-02 09:00 ┆ round  ┆ –     ┆ recode │
            └──────────────────┴────────┴───────┴────────┘

            No se muestran 7 filas anteriores.
            [exit 0]
        "#]],
    );
}

#[test]
fn what_was_settled_in_a_case_that_is_no_longer_open_is_not_shown() {
    let study = coded().coded("c2", &["A:2 leadership rotating"]).sealed("c1").sealed("c2");
    study.write(
        "consensus.csv",
        "seq,at,round,unit,dimension,codes,outcome,reason,rationale,present,codebook_change,undoes,codebook\n\
         1,2026-03-02T08:00:00Z,main,A:2,leadership,chair,other,,,c1; c2,,,v-b6d05fd1c794\n",
    );
    // By hand and without assignments, as in studies of before, whoever is added is asked for everything.
    let settings = study.read("themata.yaml");
    let two = "  - {id: \"c2\", name: \"\"}\n";
    study.write("themata.yaml", &settings.replace(two, &format!("{two}  - {{id: c3}}\n")));
    let seen = study.run("log --format csv");
    assert!(!seen.contains("chair"), "{seen}");
    assert!(seen.contains("A is not in here: not yet sealed by c3."), "{seen}");
}

#[test]
fn an_empty_log_says_so_and_unknown_names_are_refused() {
    let study = TestStudy::new();
    study.check(
        "log",
        expect![[r#"
        Nothing is recorded yet.
        [exit 0]
    "#]],
    );
    study.check(
        "log --coder c1",
        expect![[r#"
        Nothing is recorded yet.
        [exit 0]
    "#]],
    );
    study.check(
        "log --coder c9",
        expect![[r#"
        --- stderr ---
        error: there is no coder `c9`
          fix: known: c1, c2; add one with `themata coder add ID`
        [exit 2]
    "#]],
    );
    study.check(
        "log --coder c1 --unit A:9",
        expect![[r#"
        --- stderr ---
        error: there is no unit A:9
          fix: `themata units show` lists the units
        [exit 2]
    "#]],
    );
    study.check(
        "log --unit A:2",
        expect![[r#"
            --- stderr ---
            error: this is missing: --coder <NAME>
              fix: type `themata log --coder <NAME> --unit <LOCATOR>`; `--help` tells more
            [exit 2]
        "#]],
    );
}

#[test]
fn undo_takes_back_the_last_decisions_and_says_what_holds_again() {
    let study = coded();
    study.check(
        "undo --coder c1",
        expect![[r#"
            A:2 leadership: took back `horizontal; chair`, again `horizontal`
            --- stderr ---
            1 decision taken back; nothing was removed from the log
            [exit 0]
        "#]],
    );
    study.check(
        "undo --coder c1 --last 2 --lang es",
        expect![[r#"
            A:2 tone: retirado `warm (unsure)`, de nuevo sin decidir
            A:2 leadership: retirado `horizontal`, de nuevo sin decidir
            --- stderr ---
            2 decisiones retiradas; del registro no se ha borrado nada
            [exit 0]
        "#]],
    );
    study.check(
        "undo --coder c1",
        expect![[r#"
        --- stderr ---
        error: c1 has nothing to take back
          fix: `themata log --coder c1` shows what was decided
        [exit 4]
    "#]],
    );
    expect![[r#"
        seq,at,round,unit,dimension,codes,certainty,memo,via,undoes,codebook
        1,2026-03-01T10:00:00Z,main,A:2,leadership,horizontal,,,lines,,v-b6d05fd1c794
        2,2026-03-01T10:00:00Z,main,A:2,tone,warm,unsure,,lines,,v-b6d05fd1c794
        3,2026-03-01T10:05:00Z,main,A:2,leadership,horizontal; chair,,,lines,,v-b6d05fd1c794
        4,2026-03-01T10:05:00Z,main,A:2,leadership,horizontal,,,lines,3,v-b6d05fd1c794
        5,2026-03-01T10:05:00Z,main,A:2,tone,,,,lines,2,v-b6d05fd1c794
        6,2026-03-01T10:05:00Z,main,A:2,leadership,,,,lines,1,v-b6d05fd1c794
    "#]]
    .assert_eq(&study.read("coding/c1.csv"));
}

#[test]
fn what_one_file_brought_is_taken_back_as_a_whole() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]).rest_none("c1");
    study.check(
        "undo --coder c1 --last 9",
        expect![[r#"
            A:2 leadership: took back `none`, undecided again
            A:3-4 leadership: took back `none`, undecided again
            A:3-4 tone: took back `none`, undecided again
            A:5 leadership: took back `none`, undecided again
            A:5 tone: took back `none`, undecided again
            B:1 leadership: took back `none`, undecided again
            B:1 tone: took back `none`, undecided again
            A:2 tone: took back `warm`, undecided again
            --- stderr ---
            there were only 2 to take back
            8 decisions taken back; nothing was removed from the log
            [exit 0]
        "#]],
    );
}

#[test]
fn a_sealed_case_is_not_reached_by_undo_and_then_nothing_is_taken_back() {
    let study = coded();
    study.run("seal --coder c1 --case A --incomplete 'for now'");
    study.at("2026-03-02T10:00:00Z");
    study.decide("c1", None, &["B:1 tone cold"]);
    let before = study.read("coding/c1.csv");
    study.check(
        "undo --coder c1 --last 2",
        expect![[r#"
            --- stderr ---
            error: this would reach into A, which c1 has sealed; nothing was taken back
              fix: what is sealed is frozen; what was decided after it can be taken back with --last 1
            [exit 4]
        "#]],
    );
    assert_eq!(study.read("coding/c1.csv"), before);
    study.check(
        "undo --coder c1",
        expect![[r#"
            B:1 tone: took back `cold`, undecided again
            --- stderr ---
            1 decision taken back; nothing was removed from the log
            [exit 0]
        "#]],
    );
    study.check(
        "undo --coder c1 --lang es",
        expect![[r#"
            --- stderr ---
            error: esto alcanzaría a A, que c1 ha sellado; no se ha retirado nada
              remedio: lo sellado no cambia; las diferencias se acuerdan con `themata resolve` y otra pasada empieza con `themata round new NOMBRE`
            [exit 4]
        "#]],
    );
}

#[test]
fn undo_reaches_into_the_round_in_which_the_decision_was_made() {
    let study = coded();
    study.run("round new recode");
    study.check(
        "undo --coder c1",
        expect![[r#"
            A:2 leadership: took back `horizontal; chair`, again `horizontal`
            --- stderr ---
            1 decision taken back; nothing was removed from the log
            [exit 0]
        "#]],
    );
    let rows = study.read("coding/c1.csv");
    assert!(rows.lines().last().unwrap().contains(",main,A:2,leadership,horizontal,"), "{rows}");
}

#[test]
fn undo_on_another_device_writes_into_the_log_of_that_device() {
    let study = coded();
    study.run("undo --coder c1 --device tablet");
    expect![[r#"
        seq,at,round,unit,dimension,codes,certainty,memo,via,undoes,codebook
        4,2026-03-01T10:05:00Z,main,A:2,leadership,horizontal,,,lines,3,v-b6d05fd1c794
    "#]]
    .assert_eq(&study.read("coding/c1.tablet.csv"));
    study.check(
        "undo --coder c1 --device 'my tablet'",
        expect![[r#"
        --- stderr ---
        error: this is no name for a device
          fix: use letters, digits, `-` and `_`, beginning with a letter
        [exit 2]
    "#]],
    );
}

#[test]
fn the_program_itself_logs_and_takes_back() {
    let study = coded();
    expect![[r#"
        A:2 leadership: took back `horizontal; chair`, again `horizontal`
        [exit 0]
    "#]]
    .assert_eq(&study.process("undo --coder c1 --quiet"));
    let seen = study.process("log --coder c1 --format csv");
    assert_eq!(seen.lines().count(), 6, "{seen}");
}

#[test]
fn the_minutes_of_a_meeting_say_what_was_settled_from_what_and_why_and_who_was_there() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 leadership horizontal", "A:2 tone warm", "B:1 tone cold"])
        .coded("c2", &["A:2 leadership rotating; chair", "A:2 tone cold", "B:1 tone warm"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    let lines =
        "b\ndefinition\nBoth are said.\nk say what cold is\n2\nslip\n\nl\nTwo readings.\nz\nq\n";
    study.typed("resolve --present c1,c2 --guest p1", lines);
    study.check("log --meeting 2026-03-01", expect![[r#"
        ┌──────────────────┬──────┬────────────┬────────────┬─────────────────┬────────────┐
        │ at (UTC)         ┆ unit ┆ dimension  ┆ c1         ┆ c2              ┆ outcome    │
        ╞══════════════════╪══════╪════════════╪════════════╪═════════════════╪════════════╡
        │ 2026-03-01 10:00 ┆ A:2  ┆ leadership ┆ horizontal ┆ rotating; chair ┆ both       │
        │ 2026-03-01 10:00 ┆ A:2  ┆ tone       ┆ warm       ┆ cold            ┆ second     │
        │ 2026-03-01 10:00 ┆ B:1  ┆ tone       ┆ cold       ┆ warm            ┆ open       │
        │ 2026-03-01 10:00 ┆ B:1  ┆ tone       ┆ cold       ┆ warm            ┆ taken back │
        └──────────────────┴──────┴────────────┴────────────┴─────────────────┴────────────┘
        ┌──────────────────┬─────────────────────────────┬────────────┬────────────────┬────────────┐
        │ at (UTC)         ┆ holds now                   ┆ reason     ┆ in their words ┆ present    │
        ╞══════════════════╪═════════════════════════════╪════════════╪════════════════╪════════════╡
        │ 2026-03-01 10:00 ┆ horizontal; rotating; chair ┆ definition ┆ Both are said. ┆ c1; c2; p1 │
        │ 2026-03-01 10:00 ┆ cold                        ┆ slip       ┆ –              ┆ c1; c2; p1 │
        │ 2026-03-01 10:00 ┆ –                           ┆ reading    ┆ Two readings.  ┆ c1; c2; p1 │
        │ 2026-03-01 10:00 ┆ –                           ┆ –          ┆ –              ┆ c1; c2; p1 │
        └──────────────────┴─────────────────────────────┴────────────┴────────────────┴────────────┘
        ┌──────────────────┬──────────────────┐
        │ at (UTC)         ┆ for the codebook │
        ╞══════════════════╪══════════════════╡
        │ 2026-03-01 10:00 ┆ –                │
        │ 2026-03-01 10:00 ┆ say what cold is │
        │ 2026-03-01 10:00 ┆ –                │
        │ 2026-03-01 10:00 ┆ –                │
        └──────────────────┴──────────────────┘

        Meeting of 2026-03-01; present: c1, c2, p1.
        2 discrepancies settled: slip 1 · definition 1.
        [exit 0]
    "#]]);
    study.check("log --meeting 2026-03-01 --format csv", expect![[r#"
        at,unit,dimension,c1,c2,outcome,codes,reason,rationale,present,codebook_change
        2026-03-01T10:00:00Z,A:2,leadership,horizontal,rotating; chair,both,horizontal; rotating; chair,definition,Both are said.,c1; c2; p1,
        2026-03-01T10:00:00Z,A:2,tone,warm,cold,second,cold,slip,,c1; c2; p1,say what cold is
        2026-03-01T10:00:00Z,B:1,tone,cold,warm,open,,reading,Two readings.,c1; c2; p1,
        2026-03-01T10:00:00Z,B:1,tone,cold,warm,,,,,c1; c2; p1,
        [exit 0]
    "#]]);
    study.check(
        "log --meeting 2026-03-02",
        expect![[r#"
        On 2026-03-02 nothing was settled that may be seen.
        [exit 0]
    "#]],
    );
    for wrong in ["log --meeting soon", "log --meeting 2026-03-01 --coder c1"] {
        assert!(study.run(wrong).ends_with("[exit 2]\n"), "{wrong}");
    }
    // What was settled early stays as hidden as the answers are.
    let early = TestStudy::new()
        .coded("c1", &["A:2 tone warm"])
        .coded("c2", &["A:2 tone cold"])
        .sealed("c1");
    early.typed("resolve --present c1 --unblind early --case A", "1\nslip\nSecret words.\nq\n");
    let seen = early.run("log --meeting 2026-03-01");
    for hidden in ["Secret", "warm", "cold"] {
        assert!(!seen.contains(hidden), "{seen}");
    }
}
