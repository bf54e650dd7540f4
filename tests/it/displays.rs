//! Displays recounted from the quotations behind them, by code of their own: filters, nesting, order, several cells.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::TestStudy;

/// The example, in which everybody may be quoted, so that every coded unit is a row of `quotes`.
fn example() -> TestStudy {
    let study =
        TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"));
    let people = study.read("participants.csv").replace(",no,", ",yes,");
    study.write("participants.csv", &people);
    study
}

/// A unit as `quotes` shows it.
#[derive(Debug, Clone)]
struct Coded {
    unit: String,
    case: String,
    speakers: Vec<String>,
    codes: Vec<String>,
}

/// The rows of a result in CSV, by heading.
fn rows(study: &TestStudy, command: &str) -> Vec<BTreeMap<String, String>> {
    let (status, out, err) = study.streams(&format!("{command} --format csv"));
    assert_eq!(status, 0, "{command}: {err}");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        heads.iter().zip(&row).map(|(head, cell)| (head.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|it| row(it.unwrap())).collect()
}

fn coded(study: &TestStudy) -> Vec<Coded> {
    let list =
        |text: &str| text.split("; ").filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let row = |row: BTreeMap<String, String>| Coded {
        unit: row["locator"].clone(),
        case: row["case"].clone(),
        speakers: list(&row["speakers"]),
        codes: list(&row["code"]),
    };
    rows(study, "quotes").into_iter().map(row).collect()
}

/// A column of one of the lists, by id.
fn attribute(study: &TestStudy, file: &str, name: &str) -> BTreeMap<String, String> {
    let text = study.read(file);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|it| it == name).unwrap();
    reader.records().map(|it| it.unwrap()).map(|it| (it[0].to_owned(), it[at].to_owned())).collect()
}

fn number(cell: &str) -> u64 {
    if cell.is_empty() { 0 } else { cell.parse().unwrap() }
}

#[test]
fn a_filter_counts_exactly_the_units_for_which_it_holds() {
    let study = example();
    let all = coded(&study);
    let sector = attribute(&study, "cases.csv", "sector");
    let gender = attribute(&study, "participants.csv", "gender");
    let years = attribute(&study, "participants.csv", "years_in_community");
    type Holds<'a> = Box<dyn Fn(&Coded) -> bool + 'a>;
    let any = |of: &Coded, test: &dyn Fn(&str) -> bool| of.speakers.iter().any(|it| test(it));
    let filters: Vec<(&str, Holds)> = vec![
        ("case.sector=Justice", Box::new(|it| sector[&it.case] == "Justice")),
        ("case.sector!=justice", Box::new(|it| sector[&it.case] != "Justice")),
        ("participant.gender=woman", Box::new(|it| any(it, &|who| gender[who] == "woman"))),
        (
            "not participant.gender=woman and case in(CoP-31,\"CoP 62\")",
            Box::new(|it| {
                !any(it, &|who| gender[who] == "woman")
                    && (it.case == "CoP-31" || it.case == "CoP-62")
            }),
        ),
        (
            "participant.years_in_community>=4 or participant=P1",
            Box::new(|it| {
                any(it, &|who| who == "P1" || years[who].parse::<f64>().is_ok_and(|it| it >= 4.0))
            }),
        ),
        ("code=rotating-roles", Box::new(|it| it.codes.iter().any(|it| it == "rotating-roles"))),
        (
            "not (code=rotating-roles or participant=P4)",
            Box::new(|it| {
                !it.codes.iter().any(|it| it == "rotating-roles") && !any(it, &|who| who == "P4")
            }),
        ),
    ];
    for (filter, holds) in filters {
        let asked = format!("matrix --columns code --exact --where '{filter}'");
        let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
        // A dimension given as a code is no column among codes.
        let dimensions = ["leadership", "relationships", "conflict", "outputs", "impact"];
        for unit in all.iter().filter(|it| holds(it)) {
            for code in unit.codes.iter().filter(|it| !dimensions.contains(&it.as_str())) {
                *expected.entry((unit.case.clone(), code.clone())).or_default() += 1;
            }
        }
        let mut found = BTreeMap::new();
        for row in rows(&study, &asked) {
            for (column, cell) in row.iter().filter(|(column, _)| *column != "case") {
                if number(cell) > 0 {
                    found.insert((row["case"].clone(), column.clone()), number(cell));
                }
            }
        }
        assert_eq!(found, expected, "{filter}");
        // The quotations are those of the same units.
        let units: BTreeSet<String> = rows(&study, &format!("quotes --where '{filter}'"))
            .into_iter()
            .map(|row| row["locator"].clone())
            .collect();
        let wanted = all.iter().filter(|it| holds(it)).map(|it| it.unit.clone()).collect();
        assert_eq!(units, wanted, "{filter}");
    }
}

#[test]
fn what_a_filter_names_in_vain_is_told_and_not_counted_as_nothing() {
    let study = example();
    for (filter, told) in [
        ("case.sector=Justise", "nothing has case.sector `Justise`"),
        ("case.sektor=Justice", "case.sektor"),
        ("case=CoP-99", "CoP-99"),
        ("code=rotating", "rotating-roles"),
        ("words<many", "neither a number nor a date"),
        ("topic<3", "topic has no order"),
        ("sector=Justice", "after characters 0"),
        ("case.sector=Roads and transport", "after characters 22"),
    ] {
        for command in ["matrix", "quotes", "discrepancies", "agree"] {
            let (status, out, err) = study.streams(&format!("{command} --where '{filter}'"));
            assert_eq!((status, out.as_str()), (2, ""), "{command} {filter}: {err}");
            assert!(err.contains(told), "{command} {filter}: {err}");
        }
    }
}

#[test]
fn agreement_and_discrepancies_parted_by_a_filter_are_those_of_the_whole() {
    let study = example();
    let n = |filter: &str| {
        let rows = rows(&study, &format!("agree --level presence --dimension conflict {filter}"));
        rows.iter().find(|it| it["name"] == "conflict").map_or(0, |it| number(&it["n"]))
    };
    let (women, others) = ("participant.gender=woman", "not participant.gender=woman");
    let where_ = |filter: &str| format!("--where '{filter}'");
    assert_eq!(n(&where_(women)) + n(&where_(others)), n(""));
    assert!(n(&where_(women)) > 0 && n(&where_(others)) > 0);
    let differ = |filter: &str| rows(&study, &format!("discrepancies {filter}")).len();
    assert_eq!(differ(&where_(women)) + differ(&where_(others)), differ(""));
    // What any of the coders gave counts as given.
    let of_code = differ(&where_("code=conflict"));
    assert!(of_code > 0 && of_code < differ(""), "{of_code}");
}

#[test]
fn nested_rows_and_columns_are_the_crossed_ones_in_groups() {
    let study = example();
    let all = coded(&study);
    let nested = rows(&study, "matrix --rows case/participant --columns code --exact");
    let mut seen = BTreeSet::new();
    for row in &nested {
        assert!(seen.insert((row["case"].clone(), row["participant"].clone())));
        for (column, cell) in
            row.iter().filter(|(it, _)| !["case", "participant"].contains(&it.as_str()))
        {
            let here = |it: &&Coded| {
                it.case == row["case"]
                    && it.speakers.contains(&row["participant"])
                    && it.codes.contains(column)
            };
            assert_eq!(number(cell), all.iter().filter(here).count() as u64, "{row:?} {column}");
        }
    }
    let spoke: BTreeSet<(String, String)> = (all.iter())
        .flat_map(|it| it.speakers.iter().map(|who| (it.case.clone(), who.clone())))
        .collect();
    assert!(spoke.is_subset(&seen), "whoever was coded has a row");
    let columns = rows(&study, "matrix --columns case.cluster/case --rows code --exact");
    let cluster = attribute(&study, "cases.csv", "cluster");
    for row in &columns {
        for (case, cluster) in &cluster {
            let here = |it: &&Coded| it.case == *case && it.codes.contains(&row["code"]);
            let cell = &row[&format!("{cluster}/{case}")];
            assert_eq!(number(cell), all.iter().filter(here).count() as u64, "{row:?} {case}");
        }
    }
    // Codes nest in their dimension and nowhere else.
    let codes = rows(&study, "matrix --rows dimension/code --columns case");
    let flat = rows(&study, "matrix --rows code --columns case");
    assert_eq!(codes.len(), flat.len());
    for (nested, flat) in codes.iter().zip(&flat) {
        assert!(flat.iter().all(|(head, cell)| nested[head] == *cell), "{nested:?} {flat:?}");
    }
}

#[test]
fn several_cells_stand_side_by_side_and_say_what_each_says_alone() {
    let study = example();
    let both = rows(&study, "matrix --cell units,participants,names,share --rows topic");
    for content in ["units", "participants", "names", "share"] {
        let alone = rows(&study, &format!("matrix --cell {content} --rows topic"));
        for (both, alone) in both.iter().zip(&alone) {
            for (column, cell) in alone.iter().filter(|(it, _)| *it != "topic") {
                assert_eq!(both[&format!("{column}.{content}")], *cell, "{column} {content}");
            }
        }
    }
    // Names are as many as participants.
    for row in &both {
        for (column, cell) in row.iter().filter(|(it, _)| it.ends_with(".names")) {
            let count = number(&row[&column.replace(".names", ".participants")]);
            let names = cell.split("; ").filter(|it| !it.is_empty()).count() as u64;
            assert_eq!(names, count, "{column}: {cell}");
        }
    }
}

#[test]
fn rows_stand_in_the_order_that_is_asked_for() {
    let study = example();
    let order = |by: &str| -> Vec<String> {
        let rows = rows(&study, &format!("matrix {by}"));
        rows.iter().map(|it| it["case"].clone()).collect()
    };
    let years = attribute(&study, "cases.csv", "years_active");
    let by_years = order("--order-by case.years_active:desc");
    let of: Vec<u64> = by_years.iter().map(|it| number(&years[it])).collect();
    assert!(of.is_sorted_by(|one, other| one >= other), "{of:?}");
    // Ties stand as in the file.
    let threes: Vec<&String> = by_years.iter().filter(|it| years[*it] == "3").collect();
    assert_eq!(threes, ["CoP-31", "CoP-38", "CoP-62"]);
    let totals = rows(&study, "matrix --totals --order-by total");
    let of: Vec<u64> = totals.iter().map(|it| number(&it["total"])).collect();
    assert!(of[..6].is_sorted(), "{of:?}");
    assert_eq!(totals[6]["case"], "total");
    let shares = rows(
        &study,
        "matrix --cell share --columns code --order-by code:rotating-roles:share:desc",
    );
    let of: Vec<f64> =
        shares.iter().map(|it| it["rotating-roles"].parse().unwrap_or(-1.0)).collect();
    assert!(of.is_sorted_by(|one, other| one >= other), "{of:?}");
    for (by, told) in [
        ("case.colour", "case.colour"),
        ("participant.gender", "rows are case"),
        ("column:nothing", "no column `nothing`"),
        ("code:nothing", "nothing"),
        ("nothing", "rows are ordered by"),
    ] {
        let (status, _, err) = study.streams(&format!("matrix --order-by {by}"));
        assert!(status == 2 && err.contains(told), "{by}: {status} {err}");
    }
}

#[test]
fn a_cell_holds_no_more_quotations_than_asked_and_spreads_them() {
    let study = example();
    let all = rows(&study, "matrix --rows code --columns dimension --cell quotes --long");
    let some = rows(&study, "matrix --rows code --columns dimension --cell quotes:2 --long");
    let list = |row: &BTreeMap<String, String>| -> Vec<String> {
        row["units"].split("; ").filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let mut spread = 0;
    for (all, some) in all.iter().zip(&some) {
        let (all, some) = (list(all), list(some));
        assert_eq!(some.len(), all.len().min(2));
        assert!(some.iter().all(|it| all.contains(it)));
        let case = |it: &String| it.split(':').next().unwrap().to_owned();
        let cases: BTreeSet<String> = all.iter().map(case).collect();
        if cases.len() > 1 && some.len() == 2 {
            assert_ne!(case(&some[0]), case(&some[1]), "{all:?}");
            spread += 1;
        }
    }
    assert!(spread > 10);
}

#[test]
fn one_voice_counts_a_unit_in_one_row() {
    let study = TestStudy::empty("en", &["c1"], crate::desk::CODEBOOK);
    study.import("A", &[("P1", "One two."), ("P2", "One two three."), ("P1", "Four.")]);
    study.cut(&["A:1-3"]);
    let study = study.coded("c1", &["A:1-3 tone warm"]);
    let asked = "matrix --from coder:c1 --coder c1 --rows participant --dimension tone";
    let tone = |voice: &str| -> Vec<String> {
        let rows = rows(&study, &format!("{asked} {voice}"));
        rows.iter().map(|it| format!("{}={}", it["participant"], it["tone"])).collect()
    };
    assert_eq!(tone(""), ["P1=1", "P2=1"]);
    // Both say three words; P1 speaks first.
    assert_eq!(tone("--voice main"), ["P1=1", "P2="]);
    let said = study.run(&format!("{asked} --voice main"));
    assert!(said.contains("counts in the row of who says most words"), "{said}");
    let said = study.run(asked);
    assert!(said.contains("Of the units counted, 1 has several speakers"), "{said}");
}

#[test]
fn people_read_names_in_their_language_and_programs_ids() {
    let study = example();
    let (_, spanish, _) = study.streams("matrix --lang es");
    assert!(spanish.contains("Liderazgo") && spanish.contains("CoP 31"), "{spanish}");
    let (_, ids, _) = study.streams("matrix --names ids");
    assert!(ids.contains("leadership") && ids.contains("CoP-31"), "{ids}");
    for form in ["csv", "json"] {
        let (_, out, _) = study.streams(&format!("matrix --format {form} --lang es"));
        assert!(out.contains("leadership") && !out.contains("Liderazgo"), "{out}");
    }
}

#[test]
fn a_page_and_latex_hold_the_figures_of_the_table_and_no_markup_of_others() {
    let study = example();
    let people = study.read("participants.csv").replacen("woman", "<b>&\\input{x}", 1);
    study.write("participants.csv", &people);
    let asked = "matrix --rows participant.gender --columns dimension";
    let csv = rows(&study, asked);
    let (_, page, _) = study.streams(&format!("{asked} --format html"));
    let (_, latex, _) = study.streams(&format!("{asked} --format latex"));
    assert!(page.contains("&lt;b&gt;&amp;\\input{x}") && !page.contains("<b>"), "{page}");
    assert!(
        latex.contains("\\textless{}b\\textgreater{}\\&\\textbackslash{}input\\{x\\}"),
        "{latex}"
    );
    assert!(!page.contains("<script") && !page.contains("://"), "a page needs nothing else");
    for row in &csv {
        for (column, cell) in row.iter().filter(|(it, _)| it.as_str() != "participant.gender") {
            assert!(page.contains(&format!(">{cell}<")), "{column} {cell}");
            assert!(latex.contains(&format!(" {cell} ")), "{column} {cell}");
        }
    }
}

/// A rating of four steps.
const SCALE: &str = "
title: Ratings
version: 1
unit: A turn.
dimensions:
  - id: effect
    select: one
    scale: ordered
    codes: [{id: hinders}, {id: mixed}, {id: helps}, {id: carries}]
  - id: tone
    select: one
    codes: [{id: warm}]
";

#[test]
fn the_middle_and_the_ends_of_a_scale_are_told_by_its_codes() {
    let study = TestStudy::empty("en", &["c1"], SCALE);
    study.import(
        "A",
        &[("P1", "One."), ("P2", "Two."), ("P1", "Three."), ("P2", "Four."), ("P1", "Five.")],
    );
    study.import("B", &[("P3", "Six."), ("P3", "(laughs)")]);
    study.cut(&["A:1", "A:2", "A:3", "A:4", "A:5", "B:1-2"]);
    let study = study.coded(
        "c1",
        &[
            "A:1 effect hinders",
            "A:2 effect carries",
            "A:3 effect helps",
            "A:4 effect none",
            "A:5 effect mixed",
            "A:5 tone warm",
            "B:1-2 effect effect",
        ],
    );
    let asked = "matrix --from coder:c1 --coder c1 --cell median,range,units";
    let cells = |rows: &[BTreeMap<String, String>]| -> Vec<String> {
        let cell = |row: &BTreeMap<String, String>| {
            let of = |name: &str| row[&format!("effect.{name}")].clone();
            format!("{} | {} | {}", of("median"), of("range"), of("units"))
        };
        rows.iter().map(cell).collect()
    };
    // Of hinders, mixed, helps, carries two are in the middle; B has nothing on the scale.
    let found = rows(&study, asked);
    assert_eq!(cells(&found), ["mixed; helps | hinders; carries | 4", " |  | 1"]);
    assert_eq!(found[0]["tone.median"], "", "a dimension without a scale has no middle");
    let people = rows(&study, &format!("{asked} --rows participant"));
    assert_eq!(
        cells(&people)[..2],
        ["mixed | hinders; helps | 3", "carries | carries; carries | 1"]
    );
    let said = study.run(asked);
    assert!(said.contains("the dimension itself (1) are no position"), "{said}");
    let (status, _, err) = study.streams(&format!("{asked} --columns code"));
    assert!(status == 2 && err.contains("are of dimensions"), "{err}");
    let plain = example();
    let (status, _, err) = plain.streams("matrix --cell median");
    assert!(status == 2 && err.contains("no dimension of the codebook is ordered"), "{err}");
}

#[test]
fn a_meeting_talks_about_the_units_for_which_a_condition_holds() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 tone warm", "A:5 tone warm", "B:1 tone warm"])
        .coded("c2", &["A:2 tone cold", "A:5 tone none", "B:1 tone none"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    let shown = |filter: &str| -> Vec<&str> {
        let said = study.typed(&format!("resolve --present c1,c2 {filter}"), "s\ns\ns\nq\n");
        ["A:2", "A:5", "B:1"].into_iter().filter(|unit| said.contains(unit)).collect()
    };
    assert_eq!(shown(""), ["A:2", "A:5", "B:1"]);
    assert_eq!(shown("--where code=cold"), ["A:2"]);
    assert_eq!(shown("--where 'not code=cold and case=A'"), ["A:5"]);
    assert_eq!(shown("--where case=B"), ["B:1"]);
}
