//! `codebook show`, `check`, `history` and `diff`.

use expect_test::expect;

use crate::desk::CODEBOOK;
use crate::support::{TestStudy, run_outside};

#[test]
fn the_tree_shows_every_dimension_and_code_with_its_brief() {
    let study = TestStudy::new();
    study.check("codebook show", expect![[r#"
        Small

        ┌──────────────┬────────────────────────┬────────────────┬──────────────────────────────────┐
        │ code         ┆ name                   ┆ codes per unit ┆ in brief                         │
        ╞══════════════╪════════════════════════╪════════════════╪══════════════════════════════════╡
        │ leadership   ┆ Distributed leadership ┆ several        ┆ Who moves the community forward. │
        │ · horizontal ┆ Horizontal             ┆                ┆ An equal say.                    │
        │ · rotating   ┆ Rotating roles         ┆                ┆ –                                │
        │ · · chair    ┆ The chair rotates      ┆                ┆ –                                │
        │ tone         ┆ –                      ┆ one            ┆ –                                │
        │ · warm       ┆ –                      ┆                ┆ –                                │
        │ · cold       ┆ –                      ┆                ┆ –                                │
        └──────────────┴────────────────────────┴────────────────┴──────────────────────────────────┘

        What a unit is: A turn.
        Version v-b6d05fd1c794, labelled 1.
        [exit 0]
    "#]]);
    study.check("codebook show --lang es", expect![[r#"
        Small

        ┌──────────────┬───────────────────────┬────────────────────┬────────────────────────────────────┐
        │ código       ┆ nombre                ┆ códigos por unidad ┆ en breve                           │
        ╞══════════════╪═══════════════════════╪════════════════════╪════════════════════════════════════╡
        │ leadership   ┆ Liderazgo distribuido ┆ varios             ┆ Quién hace avanzar a la comunidad. │
        │ · horizontal ┆ Horizontal            ┆                    ┆ Voces iguales.                     │
        │ · rotating   ┆ Roles rotatorios      ┆                    ┆ –                                  │
        │ · · chair    ┆ Rota la presidencia   ┆                    ┆ –                                  │
        │ tone         ┆ –                     ┆ uno                ┆ –                                  │
        │ · warm       ┆ –                     ┆                    ┆ –                                  │
        │ · cold       ┆ –                     ┆                    ┆ –                                  │
        └──────────────┴───────────────────────┴────────────────────┴────────────────────────────────────┘

        Qué es una unidad: A turn.
        Versión v-b6d05fd1c794, con la etiqueta 1.
        [exit 0]
    "#]]);
    study.check(
        "codebook show --format md",
        expect![[r#"
            # Small

            | code | name | codes per unit | in brief |
            | ---------------- | -------------------- | -------------- | --------------------- |
            | leadership | Distributed leadership | several | Who moves the community forward. |
            | · horizontal | Horizontal |  | An equal say. |
            | · rotating | Rotating roles |  | – |
            | · · chair | The chair rotates |  | – |
            | tone | – | one | – |
            | · warm | – |  | – |
            | · cold | – |  | – |

            What a unit is: A turn.

            Version v-b6d05fd1c794, labelled 1.
            [exit 0]
        "#]],
    );
    study.check(
        "codebook show --format csv",
        expect![[r#"
        dimension,code,parent,name,brief
        leadership,,,Distributed leadership,Who moves the community forward.
        leadership,horizontal,,Horizontal,An equal say.
        leadership,rotating,,Rotating roles,
        leadership,chair,rotating,The chair rotates,
        tone,,,,
        tone,warm,,,
        tone,cold,,,
        [exit 0]
    "#]],
    );
}

#[test]
fn one_dimension_or_code_is_shown_with_all_its_wording() {
    let study = TestStudy::new();
    study.check(
        "codebook show rotating",
        expect![[r#"
        rotating · Rotating roles
        ┌───────────────┬──────────────────────────────────┐
        │ field         ┆ text                             │
        ╞═══════════════╪══════════════════════════════════╡
        │ dimension     ┆ leadership                       │
        │ in brief      ┆ –                                │
        │ definition    ┆ Tasks pass from one to the next. │
        │ use when      ┆ The chair moves on.              │
        │ not when      ┆ –                                │
        │ examples      ┆ This month it is me.             │
        │ codes beneath ┆ chair                            │
        └───────────────┴──────────────────────────────────┘

        [exit 0]
    "#]],
    );
    study.check(
        "codebook show leadership --lang es",
        expect![[r#"
        leadership · Liderazgo distribuido
        ┌────────────────────┬───────────────────────────────────────┐
        │ campo              ┆ texto                                 │
        ╞════════════════════╪═══════════════════════════════════════╡
        │ en breve           ┆ Quién hace avanzar a la comunidad.    │
        │ definición         ┆ Accounts of who convenes and decides. │
        │ usar cuando        ┆ –                                     │
        │ no usar cuando     ┆ –                                     │
        │ ejemplos           ┆ –                                     │
        │ códigos por unidad ┆ varios                                │
        │ códigos inferiores ┆ horizontal; rotating                  │
        └────────────────────┴───────────────────────────────────────┘

        [exit 0]
    "#]],
    );
    study.check(
        "codebook show chair --format json",
        expect![[r#"
            {
              "schema": "themata.codebook/1",
              "codebook": "v-b6d05fd1c794",
              "title": "Small",
              "version": "1",
              "unit": "A turn.",
              "language": "en",
              "rows": [
                {
                  "dimension": "leadership",
                  "code": "chair",
                  "parent": "rotating",
                  "name": "The chair rotates",
                  "brief": null,
                  "definition": null,
                  "use_when": null,
                  "not_when": null,
                  "examples": [],
                  "select": null,
                  "color": null,
                  "replaces": [],
                  "keywords": [],
                  "scale": null,
                  "merged_from": []
                }
              ]
            }
            [exit 0]
        "#]],
    );
    study.check(
        "codebook show rota",
        expect![[r#"
        --- stderr ---
        error: there is no code `rota`
          fix: did you mean `rotating`? known: leadership, horizontal, rotating, chair, tone, warm, cold
        [exit 2]
    "#]],
    );
    study.check(
        "codebook show chair --full",
        expect![[r#"
            --- stderr ---
            error: [ID] and --full exclude each other
              fix: type `themata codebook show <ID>`; `--help` tells more
            [exit 2]
        "#]],
    );
}

#[test]
fn every_field_is_shown_one_table_after_the_other_and_as_rows_for_programs() {
    let study = TestStudy::new();
    study.check(
        "codebook show --full",
        expect![[r#"
        Small

        leadership · Distributed leadership
        ┌────────────────┬───────────────────────────────────────┐
        │ field          ┆ text                                  │
        ╞════════════════╪═══════════════════════════════════════╡
        │ in brief       ┆ Who moves the community forward.      │
        │ definition     ┆ Accounts of who convenes and decides. │
        │ use when       ┆ –                                     │
        │ not when       ┆ –                                     │
        │ examples       ┆ –                                     │
        │ codes per unit ┆ several                               │
        │ codes beneath  ┆ horizontal; rotating                  │
        └────────────────┴───────────────────────────────────────┘

        horizontal · Horizontal
        ┌────────────┬───────────────┐
        │ field      ┆ text          │
        ╞════════════╪═══════════════╡
        │ dimension  ┆ leadership    │
        │ in brief   ┆ An equal say. │
        │ definition ┆ –             │
        │ use when   ┆ –             │
        │ not when   ┆ –             │
        │ examples   ┆ –             │
        └────────────┴───────────────┘

        rotating · Rotating roles
        ┌───────────────┬──────────────────────────────────┐
        │ field         ┆ text                             │
        ╞═══════════════╪══════════════════════════════════╡
        │ dimension     ┆ leadership                       │
        │ in brief      ┆ –                                │
        │ definition    ┆ Tasks pass from one to the next. │
        │ use when      ┆ The chair moves on.              │
        │ not when      ┆ –                                │
        │ examples      ┆ This month it is me.             │
        │ codes beneath ┆ chair                            │
        └───────────────┴──────────────────────────────────┘

        chair · The chair rotates
        ┌────────────┬────────────┐
        │ field      ┆ text       │
        ╞════════════╪════════════╡
        │ dimension  ┆ leadership │
        │ beneath    ┆ rotating   │
        │ in brief   ┆ –          │
        │ definition ┆ –          │
        │ use when   ┆ –          │
        │ not when   ┆ –          │
        │ examples   ┆ –          │
        └────────────┴────────────┘

        tone
        ┌────────────────┬────────────┐
        │ field          ┆ text       │
        ╞════════════════╪════════════╡
        │ in brief       ┆ –          │
        │ definition     ┆ –          │
        │ use when       ┆ –          │
        │ not when       ┆ –          │
        │ examples       ┆ –          │
        │ codes per unit ┆ one        │
        │ codes beneath  ┆ warm; cold │
        └────────────────┴────────────┘

        warm
        ┌────────────┬──────┐
        │ field      ┆ text │
        ╞════════════╪══════╡
        │ dimension  ┆ tone │
        │ in brief   ┆ –    │
        │ definition ┆ –    │
        │ use when   ┆ –    │
        │ not when   ┆ –    │
        │ examples   ┆ –    │
        └────────────┴──────┘

        cold
        ┌────────────┬──────┐
        │ field      ┆ text │
        ╞════════════╪══════╡
        │ dimension  ┆ tone │
        │ in brief   ┆ –    │
        │ definition ┆ –    │
        │ use when   ┆ –    │
        │ not when   ┆ –    │
        │ examples   ┆ –    │
        └────────────┴──────┘

        What a unit is: A turn.
        Version v-b6d05fd1c794, labelled 1.
        [exit 0]
    "#]],
    );
    study.check("codebook show --full --format csv", expect![[r#"
        dimension,code,parent,name,brief,definition,use_when,not_when,examples,select,color,replaces,keywords,scale,merged_from
        leadership,,,Distributed leadership,Who moves the community forward.,Accounts of who convenes and decides.,,,,many,,,,,
        leadership,horizontal,,Horizontal,An equal say.,,,,,,,,,,
        leadership,rotating,,Rotating roles,,Tasks pass from one to the next.,The chair moves on.,,This month it is me.,,,,,,
        leadership,chair,rotating,The chair rotates,,,,,,,,,,,
        tone,,,,,,,,,one,,,,,
        tone,warm,,,,,,,,,,,,,
        tone,cold,,,,,,,,,,,,,
        [exit 0]
    "#]]);
    let sheet = study.path("codebook.xlsx").display().to_string();
    study.check(
        &format!("codebook show --full -o {sheet}"),
        expect![[r#"
            --- stderr ---
            wrote STUDY/codebook.xlsx
            [exit 0]
        "#]],
    );
    expect![[r#"
        dimension|code|beneath|name|in brief|definition|use when|not when|examples|codes per unit|colour|replaces|keywords|scale|merged from
        leadership|||Distributed leadership|Who moves the community forward.|Accounts of who convenes and decides.||||many|||||
        leadership|horizontal||Horizontal|An equal say.||||||||||
        leadership|rotating||Rotating roles||Tasks pass from one to the next.|The chair moves on.||This month it is me.||||||
        leadership|chair|rotating|The chair rotates|||||||||||
        tone|||||||||one|||||
        tone|warm|||||||||||||
        tone|cold|||||||||||||
    "#]].assert_eq(&cells(&study.path("codebook.xlsx")));
}

/// The cells of the first sheet of a workbook, row by row.
fn cells(path: &std::path::Path) -> String {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&sheet).unwrap();
    let row =
        |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    range.rows().map(row).map(|row| row + "\n").collect()
}

#[test]
fn what_show_writes_as_csv_is_a_codebook_that_init_reads() {
    let study = TestStudy::of("en", &["c1"], include_str!("../../../codebook.yaml"));
    let table = study.path("table.csv").display().to_string();
    study.run(&format!("codebook show --full -o {table}"));
    let made = study.path("made").display().to_string();
    let outcome = run_outside(&format!("init {made} --codebook {table} --lang en --quiet"));
    assert_eq!(outcome, "[exit 0]\n");
    let again = study.path("again.csv").display().to_string();
    run_outside(&format!("-C {made} codebook show --full -o {again}"));
    // All but the colours of dimensions, which a team's own table does not have.
    let rows = |file: &str| -> Vec<Vec<String>> {
        let text = study.read(file);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| row.iter().take(10).map(str::to_owned).collect()).collect()
    };
    assert_eq!(rows("table.csv").len(), 35);
    assert_eq!(rows("table.csv"), rows("again.csv"));
}

#[test]
fn a_careful_colleague_remarks_on_every_gap_with_its_line() {
    let study = TestStudy::new();
    study.check("codebook check", expect![[r#"
        codebook.yaml: the codebook is worded once for all languages (en, es) under: title, unit
          fix: give it in every language of the codebook, one line each: `en: …`, `es: …`
        codebook.yaml:6: leadership says nothing under: use_when, not_when
          fix: write it down; coders decide by the wording
        codebook.yaml:6: leadership is worded once for all languages (en, es) under: definition
          fix: give it in every language of the codebook, one line each: `en: …`, `es: …`
        codebook.yaml:12: horizontal says nothing under: definition, use_when, not_when, examples
          fix: write it down; coders decide by the wording
        codebook.yaml:13: rotating says nothing under: brief, not_when
          fix: write it down; coders decide by the wording
        codebook.yaml:13: rotating is worded once for all languages (en, es) under: definition, use_when, examples
          fix: give it in every language of the codebook, one line each: `en: …`, `es: …`
        codebook.yaml:19: chair is the only code beneath rotating
          fix: add what it is to be told apart from, or let rotating stand for it
        codebook.yaml:19: chair says nothing under: brief, definition, use_when, not_when, examples
          fix: write it down; coders decide by the wording
        codebook.yaml:20: tone says nothing under: name, brief, definition, use_when, not_when
          fix: write it down; coders decide by the wording
        codebook.yaml:23: warm says nothing under: name, brief, definition, use_when, not_when, examples
          fix: write it down; coders decide by the wording
        codebook.yaml:24: cold says nothing under: name, brief, definition, use_when, not_when, examples
          fix: write it down; coders decide by the wording
        11 problems
        [exit 1]
    "#]]);
    study.check("codebook check --lang es", expect![[r#"
        codebook.yaml: el libro de códigos tiene una sola redacción para todos los idiomas (en, es) en: title, unit
          remedio: déselo en todos los idiomas del libro de códigos, una línea cada uno: `en: …`, `es: …`
        codebook.yaml:6: leadership no dice nada en: use_when, not_when
          remedio: redáctelo; las decisiones se toman según el texto
        codebook.yaml:6: leadership tiene una sola redacción para todos los idiomas (en, es) en: definition
          remedio: déselo en todos los idiomas del libro de códigos, una línea cada uno: `en: …`, `es: …`
        codebook.yaml:12: horizontal no dice nada en: definition, use_when, not_when, examples
          remedio: redáctelo; las decisiones se toman según el texto
        codebook.yaml:13: rotating no dice nada en: brief, not_when
          remedio: redáctelo; las decisiones se toman según el texto
        codebook.yaml:13: rotating tiene una sola redacción para todos los idiomas (en, es) en: definition, use_when, examples
          remedio: déselo en todos los idiomas del libro de códigos, una línea cada uno: `en: …`, `es: …`
        codebook.yaml:19: chair es el único código dentro de rotating
          remedio: añada aquello de lo que debe distinguirse o deje que rotating lo represente
        codebook.yaml:19: chair no dice nada en: brief, definition, use_when, not_when, examples
          remedio: redáctelo; las decisiones se toman según el texto
        codebook.yaml:20: tone no dice nada en: name, brief, definition, use_when, not_when
          remedio: redáctelo; las decisiones se toman según el texto
        codebook.yaml:23: warm no dice nada en: name, brief, definition, use_when, not_when, examples
          remedio: redáctelo; las decisiones se toman según el texto
        codebook.yaml:24: cold no dice nada en: name, brief, definition, use_when, not_when, examples
          remedio: redáctelo; las decisiones se toman según el texto
        11 problemas
        [exit 1]
    "#]]);
}

#[test]
fn names_that_clash_and_codes_that_tell_nothing_apart_are_found() {
    let study = TestStudy::new();
    study.write(
        "codebook.yaml",
        "title: T\nversion: 1\nunit: A turn.\ndimensions:
  - id: empty
    name: Empty
    select: many
    brief: b
    definition: d
    use_when: u
    not_when: n
  - id: full
    name: Full
    select: many
    brief: b
    definition: d
    use_when: u
    not_when: n
    codes:
      - {id: one, name: Same, brief: b, definition: d, use_when: u, not_when: n, examples: [e]}
      - {id: two, name: 'same ', brief: b, definition: d, use_when: u, not_when: n, examples: [e], replaces: [one, elder]}
      - id: three
        name: Three
        brief: b
        definition: d
        use_when: u
        not_when: n
        examples: ['']
        replaces: [elder]
        codes:
          - {id: alone, name: Alone, brief: b, definition: d, use_when: u, not_when: n, examples: [e]}
",
    );
    study.check(
        "codebook check",
        expect![[r#"
            codebook.yaml:5: dimension empty has no codes
              fix: give it codes, or make empty a code of another dimension
            codebook.yaml:21: two has the same name as one
              fix: give one of them another name; people see names, not ids
            codebook.yaml:21: two replaces one, which is still in the codebook
              fix: name one under `replaces` of one code only, and of none while it is in the codebook
            codebook.yaml:22: three says nothing under: examples
              fix: write it down; coders decide by the wording
            codebook.yaml:22: three replaces elder, which two replaces already
              fix: name elder under `replaces` of one code only, and of none while it is in the codebook
            codebook.yaml:31: alone is the only code beneath three
              fix: add what it is to be told apart from, or let three stand for it
            6 problems
            [exit 1]
        "#]],
    );
}

#[test]
fn a_broken_codebook_is_checked_although_the_study_does_not_open() {
    let study = TestStudy::of("es", &["c1"], CODEBOOK);
    study.write("codebook.yaml", "dimensions:\n  - id: a\n    codes:\n      - id: A\n");
    study.check("codebook check", expect![[r#"
        codebook.yaml:2:select: `select` no es ni one ni many
          remedio: escriba `select: one` (un código por unidad como máximo) o `select: many`
        codebook.yaml:4: `A` está repetido; dimensiones y códigos comparten un mismo espacio de nombres
          remedio: cambie el nombre de uno de los dos
        2 problemas
        [exit 1]
    "#]]);
    study.check(
        "codebook show",
        expect![[r#"
            --- stderr ---
            error: 2 problems
            codebook.yaml:2:select: `select` is neither one nor many
              fix: write `select: one` (at most one code a unit) or `select: many`
            codebook.yaml:4: `A` is there twice; dimensions and codes share one name space
              fix: rename one of the two
            [exit 3]
        "#]],
    );
    std::fs::remove_file(study.path("codebook.yaml")).unwrap();
    study.check(
        "codebook check",
        expect![[r#"
            codebook.yaml: falta el libro de códigos
              remedio: recupere codebook.yaml; las versiones con las que se codificó están en codebooks/
            1 problema
            [exit 1]
        "#]],
    );
}

#[test]
fn the_default_codebook_leaves_nothing_to_remark() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/codebook.yaml");
    assert_eq!(run_outside(&format!("codebook check {file} --lang en")), "0 problems\n[exit 0]\n");
}

/// A study that was coded under its first codebook, then under one that differs in a name, a text, an
/// example, the order and the tree, and by a code that came and one that went.
fn revised() -> TestStudy {
    let study = TestStudy::new();
    study.decide("c1", None, &["A:2 leadership rotating", "A:2 tone warm", "A:3-4 tone cold"]);
    study.write(
        "codebook.yaml",
        &CODEBOOK
            .replace("version: 1", "version: two # a comment")
            .replace("en: Rotating roles", "en: Roles that rotate")
            .replace("Tasks pass from one to the next.", "{en: Roles pass., es: Los papeles pasan.}")
            .replace("This month it is me.\"", "This month it is me.\", \"Next month, you.\"")
            .replace("      - {id: warm}\n      - {id: cold}", "      - {id: cold}\n      - {id: warm}\n      - {id: dry, name: Dry, replaces: [arid]}")
            .replace("select: one", "select: many")
            .replace(
                "      - {id: horizontal, name: {en: Horizontal, es: Horizontal}, brief: {en: An equal say., es: Voces iguales.}}\n",
                "",
            ),
    );
    study.at("2026-03-05T09:30:00Z");
    study.decide("c1", None, &["A:2 tone cold", "A:5 tone dry"]);
    study.decide("c2", None, &["A:2 tone none"]);
    study
}

#[test]
fn history_tells_what_was_made_under_each_version_and_what_of_it_still_stands() {
    let study = revised();
    // How far anybody is stays hers until she has sealed.
    study.check(
        "codebook history --format csv",
        expect![[r#"
        codebook,label,decisions,standing,first,last,current
        v-b6d05fd1c794,1,0,0,,,
        v-edac42c71257,two,0,0,,,yes
        [exit 0]
    "#]],
    );
    study.run("seal --coder c1 --case A --incomplete 'a test'");
    study.run("seal --coder c2 --case A --incomplete 'a test'");
    study.check("codebook history", expect![[r#"
        ┌────────────────┬───────┬──────┬──────────┬──────────────────┬──────────────────┬─────┐
        │ version        ┆ label ┆ made ┆ standing ┆ first used       ┆ last used        ┆ now │
        ╞════════════════╪═══════╪══════╪══════════╪══════════════════╪══════════════════╪═════╡
        │ v-b6d05fd1c794 ┆ 1     ┆    3 ┆        2 ┆ 2026-03-01 10:00 ┆ 2026-03-01 10:00 ┆ –   │
        │ v-edac42c71257 ┆ two   ┆    3 ┆        3 ┆ 2026-03-05 09:30 ┆ 2026-03-05 09:30 ┆ yes │
        └────────────────┴───────┴──────┴──────────┴──────────────────┴──────────────────┴─────┘

        made: decisions made under the version, on cases that all their coders have sealed; standing: those of them that are in force.
        [exit 0]
    "#]]);
    study.check(
        "codebook history --format csv",
        expect![[r#"
        codebook,label,decisions,standing,first,last,current
        v-b6d05fd1c794,1,3,2,2026-03-01T10:00:00Z,2026-03-01T10:00:00Z,
        v-edac42c71257,two,3,3,2026-03-05T09:30:00Z,2026-03-05T09:30:00Z,yes
        [exit 0]
    "#]],
    );
    TestStudy::new().check("codebook history --lang es", expect![[r#"
        ┌────────────────┬──────────┬─────────┬──────────┬────────────┬────────────┬───────┐
        │ versión        ┆ etiqueta ┆ tomadas ┆ vigentes ┆ primer uso ┆ último uso ┆ ahora │
        ╞════════════════╪══════════╪═════════╪══════════╪════════════╪════════════╪═══════╡
        │ v-b6d05fd1c794 ┆ 1        ┆       0 ┆        0 ┆ –          ┆ –          ┆ sí    │
        └────────────────┴──────────┴─────────┴──────────┴────────────┴────────────┴───────┘

        tomadas: decisiones tomadas con la versión, en casos que todas las personas que los codifican han sellado; vigentes: las que siguen en vigor.
        [exit 0]
    "#]]);
}

#[test]
fn versions_are_compared_code_by_code_and_field_by_field() {
    let study = revised();
    study.check("codebook diff", expect![[r#"
        ┌────────────┬─────────┬────────────────┬──────────┬────────────────────────┬──────────────────────┐
        │ id         ┆ change  ┆ field          ┆ language ┆ old                    ┆ new                  │
        ╞════════════╪═════════╪════════════════╪══════════╪════════════════════════╪══════════════════════╡
        │ –          ┆ changed ┆ label          ┆ –        ┆ 1                      ┆ two                  │
        │ rotating   ┆ changed ┆ name           ┆ en       ┆ Rotating roles         ┆ Roles that rotate    │
        │ rotating   ┆ changed ┆ definition     ┆ en       ┆ Tasks pass from one to ┆ Roles pass.          │
        │            ┆         ┆                ┆          ┆ the next.              ┆                      │
        │ rotating   ┆ changed ┆ definition     ┆ es       ┆ Tasks pass from one to ┆ Los papeles pasan.   │
        │            ┆         ┆                ┆          ┆ the next.              ┆                      │
        │ rotating   ┆ changed ┆ examples       ┆ –        ┆ This month it is me.   ┆ This month it is me. │
        │            ┆         ┆                ┆          ┆                        ┆ Next month, you.     │
        │ tone       ┆ changed ┆ codes per unit ┆ –        ┆ one                    ┆ many                 │
        │ tone       ┆ changed ┆ codes beneath  ┆ –        ┆ warm; cold             ┆ cold; warm           │
        │ dry        ┆ added   ┆ name           ┆ –        ┆ –                      ┆ Dry                  │
        │ dry        ┆ added   ┆ replaces       ┆ –        ┆ –                      ┆ arid                 │
        │ horizontal ┆ removed ┆ name           ┆ en       ┆ Horizontal             ┆ –                    │
        │ horizontal ┆ removed ┆ name           ┆ es       ┆ Horizontal             ┆ –                    │
        └────────────┴─────────┴────────────────┴──────────┴────────────────────────┴──────────────────────┘

        11 differences between v-b6d05fd1c794 and v-edac42c71257.
        [exit 0]
    "#]]);
    study.check(
        "codebook diff --format csv",
        expect![[r#"
        id,change,field,language,old,new
        ,changed,version,,1,two
        rotating,changed,name,en,Rotating roles,Roles that rotate
        rotating,changed,definition,en,Tasks pass from one to the next.,Roles pass.
        rotating,changed,definition,es,Tasks pass from one to the next.,Los papeles pasan.
        rotating,changed,examples,,This month it is me.,"This month it is me.
        Next month, you."
        tone,changed,select,,one,many
        tone,changed,codes,,warm; cold,cold; warm
        dry,added,name,,,Dry
        dry,added,replaces,,,arid
        horizontal,removed,name,en,Horizontal,
        horizontal,removed,name,es,Horizontal,
        [exit 0]
    "#]],
    );
    study.check("codebook diff --lang es --format md", expect![[r#"
        | identificador | cambio | campo | idioma | antes | ahora |
        | ---------------- | ----------- | ------------- | --------- | ------------- | ---------- |
        | – | cambiado | etiqueta | – | 1 | two |
        | rotating | cambiado | nombre | en | Rotating roles | Roles that rotate |
        | rotating | cambiado | definición | en | Tasks pass from one to the next. | Roles pass. |
        | rotating | cambiado | definición | es | Tasks pass from one to the next. | Los papeles pasan. |
        | rotating | cambiado | ejemplos | – | This month it is me. | This month it is me.<br> Next month, you. |
        | tone | cambiado | códigos por unidad | – | one | many |
        | tone | cambiado | códigos inferiores | – | warm; cold | cold; warm |
        | dry | añadido | nombre | – | – | Dry |
        | dry | añadido | sustituye a | – | – | arid |
        | horizontal | quitado | nombre | en | Horizontal | – |
        | horizontal | quitado | nombre | es | Horizontal | – |

        11 diferencias entre v-b6d05fd1c794 y v-edac42c71257.
        [exit 0]
    "#]]);
}

#[test]
fn versions_are_named_by_id_by_its_beginning_or_by_a_file() {
    let study = revised();
    let ids: Vec<String> = study.open().study.versions.iter().map(|it| it.id.clone()).collect();
    let (old, new) = (&ids[0], &ids[1]);
    let whole = study.run("codebook diff --format csv");
    assert_eq!(study.run(&format!("codebook diff {old} {new} --format csv")), whole);
    assert_eq!(study.run(&format!("codebook diff {} --format csv", &old[..5])), whole);
    assert_eq!(study.run(&format!("codebook diff {} --format csv", &old[2..6])), whole);
    let files = [format!("codebooks/{old}.yaml"), "codebook.yaml".to_owned()]
        .map(|file| study.path(&file).display().to_string());
    assert_eq!(
        run_outside(&format!("codebook diff {} {} --format csv", files[0], files[1])),
        whole
    );
    study.check(
        "codebook diff v-zzz",
        expect![[r#"
        --- stderr ---
        error: there is no version v-zzz
          fix: the versions are: v-b6d05fd1c794, v-edac42c71257; a file is named with its extension
        [exit 2]
    "#]],
    );
    study.check(
        "codebook diff v-",
        expect![[r#"
        --- stderr ---
        error: several versions begin with v-
          fix: the versions are: v-b6d05fd1c794, v-edac42c71257; a file is named with its extension
        [exit 2]
    "#]],
    );
    study.check(
        "codebook diff nowhere.yaml --lang es",
        expect![[r#"
            --- stderr ---
            error: no se puede leer nowhere.yaml: no hay tal archivo o carpeta
              remedio: compruebe el nombre; un archivo se busca desde la carpeta en la que se escribe la orden, y un nombre con espacios va entre comillas
            [exit 5]
        "#]],
    );
}

#[test]
fn a_changed_comment_is_no_difference() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]);
    study.write("codebook.yaml", &format!("# looked over in March\n{CODEBOOK}"));
    study.decide("c1", None, &["A:3-4 tone warm"]);
    study.check(
        "codebook diff",
        expect![[r#"
        No difference in wording between v-b6d05fd1c794 and v-37e362f3a939.
        [exit 0]
    "#]],
    );
    study.check(
        "codebook diff --format csv",
        expect![[r#"
        id,change,field,language,old,new
        [exit 0]
    "#]],
    );
}

#[test]
fn without_an_older_version_there_is_nothing_to_compare() {
    TestStudy::new().check(
        "codebook diff",
        expect![[r#"
        --- stderr ---
        error: nothing was coded with another version yet
          fix: name two versions or files: `themata codebook diff OLD NEW`
        [exit 2]
    "#]],
    );
}

#[test]
fn the_program_itself_shows_and_checks() {
    let study = TestStudy::new();
    expect![[r#"
        tone
        ┌────────────────┬────────────┐
        │ field          ┆ text       │
        ╞════════════════╪════════════╡
        │ in brief       ┆ –          │
        │ definition     ┆ –          │
        │ use when       ┆ –          │
        │ not when       ┆ –          │
        │ examples       ┆ –          │
        │ codes per unit ┆ one        │
        │ codes beneath  ┆ warm; cold │
        └────────────────┴────────────┘

        [exit 0]
    "#]]
    .assert_eq(&study.process("codebook show tone"));
    study.write("codebook.yaml", "dimensions: []\n");
    expect![[r#"
        codebook.yaml: the codebook says nothing under: title, unit
          fix: write it down; coders decide by the wording
        codebook.yaml: the codebook has no dimensions
          fix: write at least one dimension with its codes
        2 problems
        [exit 1]
    "#]]
    .assert_eq(&study.process("codebook check"));
}
