//! `coder`, `participants` and `round`.

use expect_test::expect;

use crate::support::{TestStudy, run_outside};

#[test]
fn coders_are_listed_in_their_order() {
    TestStudy::new().check(
        "coder",
        expect![[r#"
        ┌───────┬──────┐
        │ coder ┆ name │
        ╞═══════╪══════╡
        │ c1    ┆ –    │
        │ c2    ┆ –    │
        └───────┴──────┘

        [exit 0]
    "#]],
    );
}

#[test]
fn a_new_coder_is_listed_last_and_closes_nothing_that_was_open() {
    let study = TestStudy::new().rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    study.check(
        "coder add c3 --name 'Ana Ruiz'",
        expect![[r#"
            --- stderr ---
            added coder c3 (Ana Ruiz); commands take either
            c3 is asked for nothing yet, because others have begun; say what with `themata assign --coder c3 --all` (or --case, --transcript, --share)
            [exit 0]
        "#]],
    );
    study.check(
        "coder --format csv",
        expect![[r#"
            coder,name,kind,standing,machine
            c1,,person,,
            c2,,person,,
            c3,Ana Ruiz,person,,
            [exit 0]
        "#]],
    );
}

#[test]
fn a_coder_is_not_added_twice_whatever_the_capitals() {
    let study = TestStudy::new();
    study.check(
        "coder add C1",
        expect![[r#"
        --- stderr ---
        error: there is a coder c1 already
          fix: choose another id and name; capital letters make no difference
        [exit 4]
    "#]],
    );
    study.check(
        "coder add 1c",
        expect![[r#"
        --- stderr ---
        added coder C1c (1c); commands take either
        next: `themata code --coder C1c --lines`
        [exit 0]
    "#]],
    );
    study.check(
        "coder --format csv add c3",
        expect![[r#"
            --- stderr ---
            error: add and --format <FORMAT> exclude each other
              fix: type `themata coder [OPTIONS]`; `--help` tells more
            [exit 2]
        "#]],
    );
}

#[test]
fn an_empty_list_of_coders_says_what_to_do_in_the_language_of_the_study() {
    TestStudy::of("es", &[], crate::desk::CODEBOOK).check(
        "coder",
        expect![[r#"
        Aún no codifica nadie; añada a alguien con `themata coder add ID`.
        [exit 0]
    "#]],
    );
}

#[test]
fn participants_are_listed_with_how_much_they_speak_and_the_columns_of_the_team() {
    let study = TestStudy::new();
    let list = study.read("participants.csv");
    let list = list.replace("withdrawn\n", "withdrawn,age\n").replace(",\n", ",,31\n");
    study.write("participants.csv", &list);
    study.check(
        "participants",
        expect![[r#"
            ┌─────────────┬──────┬─────────────┬────────┬───────┬───────┬─────┐
            │ participant ┆ case ┆ role        ┆ quotes ┆ turns ┆ words ┆ age │
            ╞═════════════╪══════╪═════════════╪════════╪═══════╪═══════╪═════╡
            │ Moderator   ┆ –    ┆ moderator   ┆ ask    ┆     1 ┆     4 ┆ 31  │
            │ P1          ┆ A    ┆ participant ┆ ask    ┆     2 ┆    14 ┆ 31  │
            │ P2          ┆ A    ┆ participant ┆ ask    ┆     1 ┆     5 ┆ 31  │
            │ P3          ┆ B    ┆ participant ┆ ask    ┆     1 ┆     6 ┆ 31  │
            └─────────────┴──────┴─────────────┴────────┴───────┴───────┴─────┘

            [exit 0]
        "#]],
    );
    study.check(
        "participants --lang es",
        expect![[r#"
            ┌──────────────┬──────┬──────────────┬───────────┬────────┬──────────┬─────┐
            │ participante ┆ caso ┆ papel        ┆ citas     ┆ turnos ┆ palabras ┆ age │
            ╞══════════════╪══════╪══════════════╪═══════════╪════════╪══════════╪═════╡
            │ Moderator    ┆ –    ┆ moderación   ┆ preguntar ┆      1 ┆        4 ┆ 31  │
            │ P1           ┆ A    ┆ participante ┆ preguntar ┆      2 ┆       14 ┆ 31  │
            │ P2           ┆ A    ┆ participante ┆ preguntar ┆      1 ┆        5 ┆ 31  │
            │ P3           ┆ B    ┆ participante ┆ preguntar ┆      1 ┆        6 ┆ 31  │
            └──────────────┴──────┴──────────────┴───────────┴────────┴──────────┴─────┘

            [exit 0]
        "#]],
    );
    study.check(
        "participants --format csv",
        expect![[r#"
        participant,name,case,role,quotes,turns,words,age
        Moderator,,,moderator,ask,1,4,31
        P1,,A,participant,ask,2,14,31
        P2,,A,participant,ask,1,5,31
        P3,,B,participant,ask,1,6,31
        [exit 0]
    "#]],
    );
    study.check(
        "participants --format json",
        expect![[r#"
        {
          "schema": "themata.participants/1",
          "rows": [
            {
              "participant": "Moderator",
              "name": null,
              "case": null,
              "role": "moderator",
              "quotes": "ask",
              "turns": 1,
              "words": 4,
              "age": "31"
            },
            {
              "participant": "P1",
              "name": null,
              "case": "A",
              "role": "participant",
              "quotes": "ask",
              "turns": 2,
              "words": 14,
              "age": "31"
            },
            {
              "participant": "P2",
              "name": null,
              "case": "A",
              "role": "participant",
              "quotes": "ask",
              "turns": 1,
              "words": 5,
              "age": "31"
            },
            {
              "participant": "P3",
              "name": null,
              "case": "B",
              "role": "participant",
              "quotes": "ask",
              "turns": 1,
              "words": 6,
              "age": "31"
            }
          ]
        }
        [exit 0]
    "#]],
    );
}

#[test]
fn a_change_to_a_participant_keeps_everything_else() {
    let study = TestStudy::new();
    let list = study.read("participants.csv");
    let list = list.replace("withdrawn\n", "withdrawn,age\n").replace(",\n", ",,31\n");
    study.write("participants.csv", &list);
    study.check(
        "participants set P2 --quotes no --case none",
        expect![[r#"
        --- stderr ---
        changed P2
        [exit 0]
    "#]],
    );
    study.check(
        "participants set P2 --quotes no",
        expect![[r#"
        --- stderr ---
        P2 is as before
        [exit 0]
    "#]],
    );
    expect![[r#"
        participant,name,case,role,quotes,withdrawn,age
        Moderator,,,moderator,ask,,31
        P1,,A,participant,ask,,31
        P2,,,participant,no,,31
        P3,,B,participant,ask,,31
    "#]]
    .assert_eq(&study.read("participants.csv"));
}

#[test]
fn who_turns_out_to_moderate_no_longer_counts_as_speaking_in_units() {
    let study = TestStudy::new().coded("c1", &["A:2 tone none"]);
    study.check("participants set P1 --role moderator", expect![[r#"
        --- stderr ---
        changed P1
        speakers and words of the units of A were counted anew; the units stay as they are, because they carry decisions
        [exit 0]
    "#]]);
    expect![[r#"
        unit,kind,speakers,words,topic,strength,pinned,text
        A:1,prompt,,0,,,,How did it begin?
        A:2,talk,,0,,,,"Somebody sent an e-mail, and eleven of us turned up."
        A:3-4,talk,P2,5,,,,"I came for the coffee.
        (laughter)"
        A:5,talk,,0,,,,We all did.
    "#]]
    .assert_eq(&study.read("units/A.csv"));
    study.check("participants set P3 --role observer", expect![[r#"
        --- stderr ---
        changed P3
        speakers and words of the units of B were counted anew; `themata split B` also tells anew what is coded and what is a prompt
        [exit 0]
    "#]]);
    expect![[r#"
        unit,kind,speakers,words,topic,strength,pinned,text
        B:1,talk,,0,,,,The chair moves on every month.
    "#]]
    .assert_eq(&study.read("units/B.csv"));
}

#[test]
fn participants_and_cases_that_are_not_there_are_refused_with_those_that_are() {
    let study = TestStudy::new();
    study.check(
        "participants set P9 --quotes no",
        expect![[r#"
        --- stderr ---
        error: there is no participant `P9`
          fix: known: Moderator, P1, P2, P3
        [exit 2]
    "#]],
    );
    study.check(
        "participants set P1 --case C",
        expect![[r#"
        --- stderr ---
        error: there is no case `C`
          fix: known: A, B
        [exit 2]
    "#]],
    );
    study.check(
        "participants set P1",
        expect![[r#"
            --- stderr ---
            error: this is missing: <--role <ROLE>|--quotes <QUOTES>|--case <CASE>>
              fix: type `themata participants set <--role <ROLE>|--quotes <QUOTES>|--case <CASE>> <PARTICIPANT>`; `--help` tells more
            [exit 2]
        "#]],
    );
    study.check(
        "participants set P1 --role boss",
        expect![[r#"
            --- stderr ---
            error: --role <ROLE> cannot be `boss`
              fix: give one of participant, moderator, observer, unknown
            [exit 2]
        "#]],
    );
}

#[test]
fn rounds_are_listed_and_the_last_one_made_is_current() {
    let study = TestStudy::new();
    study.check(
        "round",
        expect![[r#"
            ┌───────┬─────────────┬─────────┐
            │ round ┆ begun (UTC) ┆ current │
            ╞═══════╪═════════════╪═════════╡
            │ main  ┆ –           ┆ yes     │
            └───────┴─────────────┴─────────┘

            [exit 0]
        "#]],
    );
    study.at("2026-03-09T08:00:00Z").check(
        "round new recode",
        expect![[r#"
        --- stderr ---
        began round recode; `code` and `seal` now work in it
        [exit 0]
    "#]],
    );
    study.check(
        "round --format csv",
        expect![[r#"
            round,at,current,purpose
            main,,,code
            recode,2026-03-09T08:00:00Z,yes,code
            [exit 0]
        "#]],
    );
    study.check(
        "round new Recode",
        expect![[r#"
        --- stderr ---
        error: there is a round Recode already
          fix: choose another name
        [exit 4]
    "#]],
    );
    study.check(
        "round new total",
        expect![[r#"
            --- stderr ---
            error: <NAME> cannot be `total`
              fix: choose another word: this one means something else in commands and columns
            [exit 2]
        "#]],
    );
}

#[test]
fn a_round_that_asks_nobody_says_so() {
    let study = TestStudy::new();
    study.write("assignments.csv", "unit,coder,round\nA:2,c1,main\n");
    study.check(
        "round new recode --lang es",
        expect![[r#"
        --- stderr ---
        empieza la ronda recode; `code` y `seal` trabajan ahora en ella
        assignments.csv no pide aún a nadie que codifique en la ronda recode: añádale filas
        [exit 0]
    "#]],
    );
}

#[test]
fn the_program_itself_lists_from_inside_the_folder() {
    let study = TestStudy::new();
    expect![[r#"
        ┌───────┬──────┐
        │ coder ┆ name │
        ╞═══════╪══════╡
        │ c1    ┆ –    │
        │ c2    ┆ –    │
        └───────┴──────┘

        [exit 0]
    "#]]
    .assert_eq(&study.process("coder"));
    expect![[r#"
        participant	name	case	role	quotes	turns	words
        Moderator			moderator	ask	1	4
        P1		A	participant	ask	2	14
        P2		A	participant	ask	1	5
        P3		B	participant	ask	1	6
        [exit 0]
    "#]]
    .assert_eq(&study.process("participants --format tsv"));
    expect![[r#"
        [exit 0]
    "#]]
    .assert_eq(&study.process("round new again --quiet"));
}

#[test]
fn outside_a_study_a_list_says_how_to_get_into_one() {
    expect![[r#"
        --- stderr ---
        error: there is no study here: no folder upward holds themata.yaml
          fix: go into a study's folder, name it with -C DIR, or make one with `themata init DIR`
        [exit 2]
    "#]]
    .assert_eq(&run_outside("coder --lang en"));
}
