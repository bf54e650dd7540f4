//! Sheets that go out and come back, and CSV of every shape, against a small study in memory.

use proptest::prelude::*;
use themata::analysis::own::Own;
use themata::analysis::received::{Blank, Changes};
use themata::domain::coding::{Coding, InForce};
use themata::domain::failure::Failure;
use themata::domain::log::{Log, UnitIndex};
use themata::domain::study::Study;
use themata::format::names::{Column, Names};
use themata::format::received::{self, Asked};
use themata::format::sheet;
use themata::format::taken::Taken;
use themata::words::Language;

use crate::desk::{CODEBOOK, LogFile, MAIN, study};
use crate::workbook_file::filled;

/// A study, the log of c1 and what is in force in it.
struct Bench {
    study: Study,
    log: Log,
    coding: Coding,
}

impl Bench {
    fn new(codebooks: &[&str], rows: &str) -> Self {
        let mut study = study(codebooks);
        let log = LogFile::new(rows).read(&mut study);
        let dimensions = study.vocabulary.dimensions.len();
        let mut in_force = InForce::fold(&log, study.units.len(), dimensions, |_, _| true);
        let empty = || Coding::empty("c1".parse().unwrap(), study.units.len(), dimensions);
        let coding = in_force.rounds.remove(&MAIN).unwrap_or_else(empty);
        Self { study, log, coding }
    }

    fn own(&self) -> Own<'_> {
        Own { study: &self.study, coding: &self.coding, log: &self.log }
    }

    fn sheet(&self, language: Language) -> Vec<u8> {
        let (coder, round) = ("c1".parse().unwrap(), "main".parse().unwrap());
        let units: Vec<UnitIndex> = self.study.units().map(|(unit, _)| unit).collect();
        let own = self.own();
        let sheet =
            Taken { study: &self.study, coder: &coder, round: &round, units, own, language };
        sheet::write(&sheet).unwrap()
    }

    /// What a file changes: rows as the log would write them, then notes; or every complaint.
    fn receive(&self, file: &str, bytes: &[u8]) -> Result<Vec<String>, Vec<String>> {
        let coder = ["c1".parse().unwrap()];
        let asked = Asked { coders: &coder, round: None, blanks: false };
        let complaints = |failure| match failure {
            Failure::Invalid(list) => {
                list.iter().map(|it| format!("{} {}", it.at, it.what.key)).collect()
            }
            other => vec![other.to_string()],
        };
        let received = received::read(file, bytes, &self.study, asked).map_err(complaints)?;
        let mut problems = Vec::new();
        let changes = Changes::of(received.rows.iter(), &self.own(), Blank::Keep, &mut problems);
        if !problems.is_empty() {
            return Err(complaints(Failure::Invalid(problems)));
        }
        let locator = |unit: UnitIndex| &self.study.units[unit.at()].locator;
        let rows = changes.decisions.iter().map(|it| {
            let dimension = &self.study.vocabulary.dimensions[usize::from(it.dimension.0)].id;
            let unsure = if it.unsure { "unsure" } else { "" };
            let memo = it.memo.as_deref().unwrap_or_default();
            format!("{},{dimension},{},{unsure},{memo}", locator(it.unit), it.answer)
        });
        let notes = changes.notes.iter().map(|(unit, text)| format!("{} {text}", locator(*unit)));
        Ok(rows.chain(notes).collect())
    }

    fn csv(&self, text: &str) -> Result<Vec<String>, Vec<String>> {
        self.receive("a.csv", text.as_bytes())
    }
}

/// Rows of a log: seq, unit, dimension, codes, certainty, memo.
fn rows(list: &[(&str, &str, &str, &str, &str)]) -> String {
    let row = |(seq, it): (usize, &(&str, &str, &str, &str, &str))| {
        let (unit, dimension, codes, certainty, memo) = it;
        let memo = memo.replace('\\', "\\\\").replace('\n', "\\n").replace('"', "\"\"");
        format!(
            "{seq},2026-03-01T10:00:00Z,main,{unit},{dimension},{codes},{certainty},\"{memo}\",lines,,v-000000000001\n"
        )
    };
    (1..).zip(list).map(row).collect()
}

fn ok(rows: &[&str]) -> Result<Vec<String>, Vec<String>> {
    Ok(rows.iter().map(|it| (*it).to_owned()).collect())
}

fn err(rows: &[&str]) -> Result<Vec<String>, Vec<String>> {
    Err(rows.iter().map(|it| (*it).to_owned()).collect())
}

#[test]
fn cells_filled_in_a_sheet_come_back_as_decisions() {
    let bench = Bench::new(&[CODEBOOK], "");
    for (language, several, own, none, unsure) in [
        (
            Language::English,
            "The chair rotates",
            "Distributed leadership: nothing more specific",
            "none",
            "tone",
        ),
        (
            Language::Spanish,
            "Rota la presidencia",
            "Liderazgo distribuido: nada más específico",
            "ninguno",
            "TONE",
        ),
    ] {
        // Columns: unit, case, speakers, text, leadership (three), tone, unsure about, memo, done.
        let book = filled(
            &bench.sheet(language),
            &[
                ("E3", "Horizontal"),
                ("G3", several),
                ("H3", " Warm "),
                ("I3", unsure),
                ("J3", "first line\nsecond =line"),
                ("E4", own),
                ("H4", none),
                ("J5", "a thought without a decision"),
                ("D6", "somebody wrote over the text"),
            ],
        );
        assert_eq!(
            bench.receive("c1.xlsx", &book),
            ok(&[
                "A:2,leadership,horizontal; chair,,first line\nsecond =line",
                "A:2,tone,warm,unsure,first line\nsecond =line",
                "A:3-4,leadership,leadership,,",
                "A:3-4,tone,none,,",
                "A:5 a thought without a decision",
            ])
        );
    }
}

#[test]
fn every_complaint_about_a_sheet_names_its_cell() {
    let bench = Bench::new(&[CODEBOOK], "");
    let book = filled(
        &bench.sheet(Language::English),
        &[
            ("E2", "Horizontal"),
            ("E3", "Horizontal"),
            ("F3", "none"),
            ("H3", "horizontal"),
            ("E4", "Somebody said this"),
            ("H4", "warm; cold"),
            ("E5", "-"),
            ("F5", "chair"),
            ("I5", "weather"),
            ("A6", "B:7"),
            ("H6", "warm"),
        ],
    );
    assert_eq!(
        bench.receive("c1.xlsx", &book),
        err(&[
            "c1.xlsx:E2 received.prompt",
            "c1.xlsx:F3 received.none_beside",
            "c1.xlsx:H3 received.elsewhere",
            "c1.xlsx:E4 received.code",
            "c1.xlsx:H4 received.one_only",
            "c1.xlsx:F5 received.back_beside",
            "c1.xlsx:I5 received.dimension",
            "c1.xlsx:A6 received.unit",
        ])
    );
    let heading = filled(&bench.sheet(Language::English), &[("F1", "Leadership?")]);
    assert_eq!(bench.receive("c1.xlsx", &heading), err(&["c1.xlsx:F1 received.heading"]));
    let unsure = filled(&bench.sheet(Language::English), &[("I3", "tone")]);
    assert_eq!(bench.receive("c1.xlsx", &unsure), err(&["c1.xlsx:H3 received.unsure_alone"]));
}

#[test]
fn an_empty_cell_leaves_a_decision_and_a_dash_takes_it_back() {
    let bench = Bench::new(
        &[CODEBOOK],
        &rows(&[
            ("A:2", "leadership", "chair", "unsure", "why"),
            ("A:2", "tone", "warm", "", ""),
            ("A:5", "tone", "none", "", ""),
        ]),
    );
    assert_eq!(bench.csv("unit,leadership,tone\nA:2,,\nA:5,,none\nB:1,,-\n"), ok(&[]));
    assert_eq!(
        bench.csv("unit,leadership,tone\nA:2,-,cold\n"),
        ok(&["A:2,leadership,,,why", "A:2,tone,cold,,",])
    );
    // Where a file says nothing of certainty, the same answer keeps it and another is certain.
    assert_eq!(bench.csv("unit,leadership\nA:2,chair\n"), ok(&[]));
    assert_eq!(bench.csv("unit,leadership\nA:2,rotating\n"), ok(&["A:2,leadership,rotating,,why"]));
    assert_eq!(
        bench.csv("unit,dimension,codes,certainty\nA:2,leadership,chair,\nA:2,tone,,unsure\n"),
        ok(&["A:2,leadership,chair,,why", "A:2,tone,warm,unsure,"])
    );
}

#[test]
fn csv_is_read_as_spreadsheets_of_several_countries_write_it() {
    let bench = Bench::new(&[CODEBOOK], "");
    let expected = ok(&[
        "A:2,leadership,horizontal; rotating,,a; b",
        "A:2,tone,none,,",
        "B:1,leadership,leadership,,'=x",
    ]);
    let wide = "\u{feff}Unidad;Texto;LIDERAZGO  distribuido;Liderazgo distribuido 2;Tone;Memo\r\n\
        A:1;¿Cómo empezó?;;;;\r\nA:2;;Roles Rotatorios;HORIZONTAL;Ninguno;\"a; b\"\r\n;;;;;\r\n\
        B:1;;leadership;;;''=x\r\n";
    assert_eq!(bench.csv(wide), expected);
    let long = "codes\tdimension\tunit\tmemo\nrotating; horizontal\tleadership\tA:2\ta; b\n\
        none\ttone\tA:2\t\nleadership\tDistributed leadership\tB:1-1\t''=x\n";
    assert_eq!(bench.csv(long), expected);
}

#[test]
fn complaints_about_a_csv_name_line_and_column() {
    let bench = Bench::new(&[CODEBOOK], "");
    assert_eq!(
        bench.csv(
            "unit,dimension,codes,coder,round,certainty,at\n\
            A:2,tone,warm,c9,main,,\nA:2,tone,warm,c2,main,,\nA:3-4,tone,warm,c1,recoded,,\n\
            A:3-4,tone,cold,,,maybe,yesterday\nA:5,mood,cold,,,,\nA:5,tone,warm,,,,\n\
            A:5,tone,cold,,,,\nA:5,tone,warm,,,,\nB:1,tone,warm,,main,,\n"
        ),
        err(&[
            "a.csv:2:coder received.coder",
            "a.csv:3:coder received.not_hers",
            "a.csv:4:round received.round",
            "a.csv:5:certainty received.certainty",
            "a.csv:5:at received.at",
            "a.csv:6:dimension received.dimension",
            "a.csv:8:codes received.twice",
            "a.csv:10:round received.rounds",
        ])
    );
    assert_eq!(
        bench.csv("tone,what was said\nwarm,x\n"),
        err(&["a.csv:1:2 received.heading", "a.csv:1:unit table.column_missing",])
    );
    assert_eq!(bench.csv("unit,text\nA:2,x\n"), err(&["a.csv:1:unit received.no_answers"]));
    assert_eq!(bench.csv("unit,tone,codes\nA:2,x,\n"), err(&["a.csv:1:tone received.mixed"]));
    assert_eq!(bench.csv("unit,codes\nA:2,x\n"), err(&["a.csv:1:dimension table.column_missing"]));
    assert_eq!(bench.csv("unit,tone,\nA:2,warm,and more\n"), err(&["a.csv:2:3 received.stray"]));
    assert_eq!(bench.csv("unit,tone\nA:2,warm,and\n"), err(&["a.csv:2 table.ragged"]));
}

#[test]
fn it_must_be_said_whose_decisions_a_file_holds_and_a_sheet_says_it_itself() {
    let bench = Bench::new(&[CODEBOOK], "");
    let (c2, recode) = ("c2".parse().unwrap(), "recode".parse().unwrap());
    let nobody = Asked::default();
    let usage = |file: &[u8], asked| match received::read("f", file, &bench.study, asked) {
        Err(Failure::Usage(what, _)) => what.key,
        other => panic!("{other:?}"),
    };
    assert_eq!(usage(b"unit,tone\nA:2,warm\n", nobody), "received.nobody");
    let book = filled(&bench.sheet(Language::English), &[("H3", "warm")]);
    let received = received::read("f", &book, &bench.study, nobody).unwrap();
    assert_eq!(received.rows[0].coder.as_str(), "c1");
    assert_eq!(
        usage(&book, Asked { coders: std::slice::from_ref(&c2), round: None, blanks: false }),
        "received.other_coder"
    );
    assert_eq!(
        usage(&book, Asked { coders: &[], round: Some(&recode), blanks: false }),
        "received.other_round"
    );
    let mixed = b"unit,coder,tone\nA:2,c1,warm\nA:2,C2,cold\n";
    let received = received::read("f", mixed, &bench.study, nobody).unwrap();
    let seen: Vec<_> = received.rows.iter().map(|row| row.coder.as_str()).collect();
    assert_eq!(seen, ["c1", "c2"]);
}

#[test]
fn what_changed_since_a_sheet_was_written_is_said() {
    let bench = Bench::new(&[CODEBOOK], "");
    let mut book = filled(&bench.sheet(Language::English), &[("A6", ""), ("H3", "warm")]);
    let notes = |book: &[u8], study: &Study| {
        let received = received::read("f", book, study, Asked::default()).unwrap();
        received.notes.iter().map(|it| it.key).collect::<Vec<_>>()
    };
    assert_eq!(notes(&book, &bench.study), ["received.units"]);
    book = filled(&bench.sheet(Language::English), &[("H3", "warm")]);
    assert_eq!(notes(&book, &bench.study), [""; 0]);
    let newer = study(&[CODEBOOK, &CODEBOOK.replace("{id: cold}", "{id: chilly}")]);
    assert_eq!(notes(&book, &newer), ["received.codebook"]);
    let titled = study(&[CODEBOOK, &CODEBOOK.replace("title: ", "title: Another, ")]);
    assert_eq!(notes(&book, &titled), [""; 0], "a title is no other codebook");
}

#[test]
fn answers_count_as_decided_under_the_codebook_with_which_their_file_went_out() {
    // Since the sheet went out, cold was renamed, warm retired, and horizontal given another name.
    let newer = CODEBOOK.replace("- {id: cold}", "- {id: chilly, replaces: [cold]}");
    let newer =
        newer.replace("      - {id: warm}\n", "").replace("Horizontal", "Nobody above others");
    let sheet = Bench::new(&[CODEBOOK], "").sheet(Language::English);
    let book =
        filled(&sheet, &[("E3", "Horizontal"), ("H3", "warm"), ("H4", "cold"), ("H5", "none")]);
    let bench = Bench::new(&[CODEBOOK, &newer], "");
    let received = received::read("c1.xlsx", &book, &bench.study, Asked::default()).unwrap();
    let mut problems = Vec::new();
    let changes = Changes::of(received.rows.iter(), &bench.own(), Blank::Keep, &mut problems);
    assert_eq!(problems, []);
    let rows: Vec<_> = changes
        .decisions
        .iter()
        .map(|it| format!("{} {}", it.answer, it.codebook.as_deref().unwrap_or("in force")))
        .collect();
    let then = &bench.study.versions[0].id;
    assert_eq!(rows, ["horizontal", "warm", "cold", "none"].map(|it| format!("{it} {then}")));
    // The same as a CSV, which does not say when it went out: names of before are understood, what is gone is not.
    let csv = "unit,leadership,tone\nA:2,Horizontal,\nA:3-4,,cold\n";
    assert_eq!(bench.csv(csv), ok(&["A:2,leadership,horizontal,,", "A:3-4,tone,chilly,,"]));
    assert_eq!(bench.csv("unit,tone\nA:2,warm\n"), err(&["a.csv:2:tone received.retired"]));
    // A file of ours says the version row by row, and one that is not here is named with its row.
    let csv = |version: &str| format!("unit,dimension,codes,codebook\nA:2,tone,warm,{version}\n");
    assert_eq!(bench.csv(&csv(then)), ok(&["A:2,tone,warm,,"]));
    assert_eq!(bench.csv(&csv("v-00000000abcd")), err(&["a.csv:2:codebook received.version"]));
}

/// Names that could be taken for other names, columns or answers.
const TRAPS: &str = "
title: Traps
version: 1
unit: A turn.
dimensions:
  - id: phase
    name: {en: Phase, es: Texto}
    select: many
    codes:
      - {id: one, name: One}
      - {id: two, name: one}
      - {id: three, name: None}
      - {id: four, name: Ninguno}
      - {id: five, name: Same}
      - {id: six, name: same }
      - {id: seven, name: a; b}
      - {id: eight, name: -}
      - {id: nine, name: {en: Alpha, es: Beta}}
      - {id: ten, name: {en: Beta, es: Alpha}}
  - id: other
    name: {en: Phase 2, es: Unidad}
    select: many
    codes:
      - {id: eleven, name: =SUM(A1)}
  - id: third
    name: Memo
    select: one
    codes: []
  - id: dudas
    name: {en: Unsure about, es: unsure about}
    select: one
    codes:
      - {id: twelve, name: One}
";

#[test]
fn whatever_a_sheet_shows_means_what_it_stands_for() {
    let study = study(&[TRAPS]);
    let names = Names::new(&study);
    for language in [Language::English, Language::Spanish] {
        for (dimension, known) in study.vocabulary.dimensions_in_force() {
            for nth in 1..=3 {
                let heading = names.heading(dimension, nth, language);
                assert_eq!(names.column(&heading), Some(Column::Answers(dimension)), "{heading}");
            }
            let all = study.vocabulary.codes_of(dimension).map(|(code, _)| code);
            for code in all.chain([known.own_code]) {
                let shown = names.code(dimension, code, language);
                let meaning = names.meaning(dimension, &shown);
                assert_eq!(meaning, themata::format::names::Meaning::Code(code), "{shown}");
            }
            let none = names.none(dimension, language);
            assert_eq!(names.meaning(dimension, &none), themata::format::names::Meaning::None);
        }
        for (name, column) in [
            ("unit", Column::Unit),
            ("text", Column::Text),
            ("done", Column::Done),
            ("certainty", Column::Certainty),
            ("memo", Column::Memo),
        ] {
            assert_eq!(names.column(&names.own_heading(name, language)), Some(column));
        }
    }
    assert_eq!(
        names.heading(study.vocabulary.dimension("phase").unwrap(), 2, Language::English),
        "Phase 2"
    );
}

#[test]
fn a_code_that_the_codebook_dropped_may_stay_but_not_be_given_anew() {
    let newer = CODEBOOK.replace("- {id: cold}", "- {id: chilly, replaces: [cold]}");
    let newer = newer.replace("      - {id: warm}\n", "");
    let bench = Bench::new(&[CODEBOOK, &newer], &rows(&[("A:2", "tone", "warm", "", "")]));
    let book = bench.sheet(Language::English);
    assert_eq!(bench.receive("c1.xlsx", &book), ok(&[]));
    let again = filled(&book, &[("H4", "warm")]);
    assert_eq!(bench.receive("c1.xlsx", &again), err(&["c1.xlsx:H4 received.retired"]));
    let replaced = filled(&book, &[("H4", "cold")]);
    assert_eq!(bench.receive("c1.xlsx", &replaced), ok(&["A:3-4,tone,chilly,,"]));
}

#[test]
fn a_sheet_is_the_same_file_each_time_and_holds_formulas_as_text() {
    let formula = "=HYPERLINK(\"http://x\")";
    let bench = Bench::new(&[TRAPS], &rows(&[("A:2", "other", "eleven", "", formula)]));
    let book = bench.sheet(Language::English);
    assert_eq!(book, bench.sheet(Language::English));
    assert!(!String::from_utf8_lossy(&book).contains("<f>"));
    assert_eq!(bench.receive("c1.xlsx", &book), ok(&[]));
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_a_memo_longer_than_one_is_not_lost() {
    let long = "Words, words. ".repeat(4_000);
    let mut bench = Bench::new(&[CODEBOOK], &rows(&[("A:2", "tone", "warm", "", long.trim())]));
    bench.study.transcripts[0].paragraphs[1].text = long;
    assert_eq!(bench.receive("c1.xlsx", &bench.sheet(Language::English)), ok(&[]));
}

/// A decision of either dimension of the small codebook, as a row of a log without its unit.
fn decision() -> impl Strategy<Value = (&'static str, &'static str, &'static str, String)> {
    let leadership = prop_oneof![
        Just("leadership"),
        Just("horizontal"),
        Just("horizontal; rotating; chair"),
        Just("rotating; chair"),
        Just("none"),
        Just("")
    ];
    let tone = prop_oneof![Just("warm"), Just("cold"), Just("tone"), Just("none"), Just("")];
    let answer = prop_oneof![
        leadership.prop_map(|codes| ("leadership", codes)),
        tone.prop_map(|codes| ("tone", codes))
    ];
    let certainty = prop_oneof![Just(""), Just("unsure")];
    let memo = prop_oneof![
        Just(String::new()),
        "[-=a_x0041é\n\" ]{0,6}",
        "\\PC{0,5}",
        Just("-".to_owned())
    ];
    (answer, certainty, memo).prop_map(|((dimension, codes), certainty, memo)| {
        let certainty = if codes.is_empty() { "" } else { certainty };
        (dimension, codes, certainty, memo)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_sheet_that_comes_back_untouched_changes_nothing_and_tells_another_study_everything(
        decisions in prop::collection::vec((0..4_usize, decision()), 0..12),
        spanish: bool,
    ) {
        let units = ["A:2", "A:3-4", "A:5", "B:1"];
        let list: Vec<_> = decisions
            .iter()
            .map(|(unit, (dimension, codes, certainty, memo))| (units[*unit], *dimension, *codes, *certainty, memo.as_str()))
            .collect();
        let bench = Bench::new(&[CODEBOOK], &rows(&list));
        let language = if spanish { Language::Spanish } else { Language::English };
        let book = bench.sheet(language);
        prop_assert_eq!(bench.receive("c1.xlsx", &book), ok(&[]));
        let empty = Bench::new(&[CODEBOOK], "");
        let told = empty.receive("c1.xlsx", &book).unwrap();
        for (unit, found) in empty.study.talk() {
            for (dimension, known) in empty.study.vocabulary.dimensions_in_force() {
                let cell = bench.coding.cell(unit, dimension);
                let answer = bench.study.answers.cell(cell.answer, &bench.study.vocabulary);
                let unsure = if cell.unsure { "unsure" } else { "" };
                let row = format!("{},{},{answer},{unsure},", found.locator, known.id);
                let is_told = told.iter().any(|it| it.starts_with(&row));
                prop_assert_eq!(is_told, cell.answer.is_decided(), "{} in {:?}", row, told);
            }
        }
    }
}
