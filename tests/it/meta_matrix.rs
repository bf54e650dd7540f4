//! What a case-ordered meta-matrix asks for beyond crossing two lists: concepts, subtotals, contrasts, marked voices, silence,
//! picked quotations, a team's own displays, its claims, its sentences on cells.

use std::collections::BTreeMap;
use std::path::Path;

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

fn example() -> TestStudy {
    TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"))
}

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

/// Two speak in A:1-2, one each elsewhere; A:4 is decided in tone alone, P3 says nothing in B:1.
fn talk() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    study.import(
        "A",
        &[
            ("P1", "We take turns at the chair, month by month, whoever it is."),
            ("P2", "Yes, that is so, and it does us good."),
            ("P1", "Nobody decides alone here."),
            ("P2", "It is warm."),
        ],
    );
    study.import("B", &[("P3", "The chair is mine and it stays with me.")]);
    study.cut(&["A:1-2", "A:3", "A:4", "B:1"]);
    let answers = [
        "A:1-2 leadership chair",
        "A:1-2 tone none",
        "A:3 leadership horizontal",
        "A:3 tone warm",
        "A:4 tone warm",
        "B:1 leadership none",
        "B:1 tone cold",
    ];
    let study = study.coded("c1", &answers).coded("c2", &answers);
    study.sealed("c1").sealed("c2")
}

#[test]
fn a_concept_holds_units_of_its_codes_and_of_its_questions_each_once() {
    let study = example();
    let none = study.streams("matrix --rows concept");
    assert!(none.0 == 2 && none.2.contains("concepts.csv"), "{}", none.2);
    study.write(
        "concepts.csv",
        "concept,code,question\nPower,leadership,\nPower,conflict; sharing-tasks,\nStart,,q01\n",
    );
    let found = rows(&study, "matrix --rows case --columns concept --cell units,share");
    let long = rows(&study, "matrix --rows case --columns dimension --long");
    let topics = rows(&study, "matrix --rows case --columns topic");
    let bases = rows(&study, "matrix --rows case --columns dimension --cell share --long");
    for row in &found {
        let mut units: Vec<&str> = long
            .iter()
            .filter(|it| it["row"] == row["case"])
            .filter(|it| it["column"] == "leadership" || it["column"] == "conflict")
            .flat_map(|it| it["units"].split("; ").filter(|it| !it.is_empty()))
            .collect();
        units.sort_unstable();
        units.dedup();
        assert_eq!(row["Power.units"], units.len().to_string(), "{row:?}");
        let topic = topics.iter().find(|it| it["case"] == row["case"]).unwrap();
        assert_eq!(row["Start.units"], topic["beginning"]);
        // Decided in either dimension is at least what is decided in one.
        let of = |dimension: &str| -> f64 {
            let of = |it: &&BTreeMap<String, String>| {
                it["row"] == row["case"] && it["column"] == dimension
            };
            bases.iter().find(of).unwrap()["value"].parse().unwrap()
        };
        let share: f64 = row["Power.share"].parse().unwrap();
        assert!(share <= of("leadership") + of("conflict") + 1e-9, "{row:?}");
    }
    let nested = rows(&study, "matrix --rows concept/code --columns all");
    assert!(nested.iter().any(|it| it["concept"] == "Power" && it["code"] == "rotating-roles"));
    assert!(nested.iter().all(|it| it["concept"] == "Power" && it["code"] != "growth"));
    study.write("concepts.csv", "concept,code,question\nPower,leadershipp,\nStart,,q99\n");
    let (status, _, err) = study.streams("matrix --rows concept");
    assert!(
        status == 3 && err.contains("concepts.csv:2") && err.contains("concepts.csv:3"),
        "{err}"
    );
    let (status, out, _) = study.streams("check");
    assert!(status == 1 && out.contains("concepts.csv:2"), "{out}");
}

#[test]
fn kinds_of_sources_are_a_column_of_the_transcripts() {
    let study = example();
    let (status, _, err) = study.streams("matrix --rows source_kind");
    assert!(status == 2 && err.contains("source_kind"), "{err}");
    let mut kinds = ["focus group", "interview"].iter().cycle();
    let text = study.read("transcripts.csv");
    let lines = text.lines().enumerate().map(|(at, line)| match at {
        0 => format!("{line},source_kind"),
        _ => format!("{line},{}", kinds.next().unwrap()),
    });
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    study.write("transcripts.csv", &text);
    let found = rows(&study, "matrix --rows source_kind/transcript --columns all --totals");
    let of = |kind: &str, transcript: &str| -> u64 {
        let row =
            found.iter().find(|it| it["source_kind"] == kind && it["transcript"] == transcript);
        row.unwrap()["all"].parse().unwrap()
    };
    let flat = rows(&study, "matrix --rows source_kind --columns all");
    assert_eq!(flat.len(), 2);
    assert_eq!(flat[0]["source_kind"], "focus group");
    let sum: u64 = flat.iter().map(|it| it["all"].parse::<u64>().unwrap()).sum();
    assert_eq!(sum, of("", "total"));
}

#[test]
fn a_subtotal_counts_distinct_units_and_stands_last_in_its_group() {
    let study = example();
    let asked = "matrix --rows case/participant --columns dimension --cell units,participants";
    let found = rows(&study, &format!("{asked} --subtotals --order-by total:desc"));
    let flat = rows(&study, "matrix --rows case --columns dimension --cell units,participants");
    let cases: Vec<&String> = flat.iter().map(|it| &it["case"]).collect();
    for case in cases {
        let group: Vec<_> = found.iter().filter(|it| it["case"] == *case).collect();
        let last = group.last().unwrap();
        assert_eq!(last["participant"], "total");
        let of_case = flat.iter().find(|it| it["case"] == *case).unwrap();
        for (column, cell) in of_case.iter().filter(|(it, _)| *it != "case") {
            assert_eq!(last[column], *cell, "{case} {column}");
        }
        assert_eq!(group.iter().filter(|it| it["participant"] == "total").count(), 1);
    }
    let columns = rows(&study, "matrix --rows dimension --columns case.cluster/case --subtotals");
    let clusters = rows(&study, "matrix --rows dimension --columns case.cluster");
    for (nested, flat) in columns.iter().zip(&clusters) {
        for (cluster, cell) in flat.iter().filter(|(it, _)| *it != "dimension") {
            assert_eq!(nested[&format!("{cluster}/total")], *cell);
        }
    }
    let (status, _, err) = study.streams("matrix --subtotals");
    assert!(status == 2 && err.contains("nested"), "{err}");
}

#[test]
fn a_contrast_has_both_sides_their_bases_the_difference_and_the_units_that_make_it() {
    let study = example();
    let asked = "matrix --rows code --contrast 'case.sector=Justice,Education'";
    let found = rows(&study, &format!("{asked} --order-by column:difference:desc"));
    let shares = rows(&study, "matrix --rows case.sector --columns code --cell share");
    let units = rows(&study, "matrix --rows case.sector --columns code --long");
    let share = |sector: &str, code: &str| -> f64 {
        shares.iter().find(|it| it["case.sector"] == sector).unwrap()[code].parse().unwrap()
    };
    let mut before = f64::INFINITY;
    for row in &found {
        let code = &row["code"];
        let difference: f64 = row["difference"].parse().unwrap();
        assert!((difference - (share("Justice", code) - share("Education", code))).abs() < 1e-12);
        assert!(difference <= before, "{code}");
        before = difference;
        for side in ["Justice", "Education"] {
            let is_it = |it: &&BTreeMap<String, String>| it["row"] == side && it["column"] == *code;
            let own = units.iter().find(is_it).unwrap();
            assert_eq!(row[&format!("{side}.locators")], own["units"]);
            assert_eq!(row[&format!("{side}.units")], own["value"]);
            let count: f64 = row[&format!("{side}.units")].parse().unwrap();
            let base: f64 = row[&format!("{side}.base")].parse().unwrap();
            assert!((count / base - share(side, code)).abs() < 1e-12);
        }
    }
    let said = study.run(asked);
    assert!(
        said.contains("Justice against Education") && said.contains("No test is made"),
        "{said}"
    );
    // What is said beneath is what was asked for.
    let people = "matrix --rows code --contrast participant=P1,P2 --dimension leadership";
    let said = study.run(&format!("{people} --voice main"));
    assert!(said.contains("says most words of it") && !said.contains("everybody who"), "{said}");
    assert!(said.contains("did not speak there"), "{said}");
    let said = study.run(&format!("{people} --voice marked"));
    assert!(said.contains("unmarked"), "{said}");
    let said = study.run(&format!("{asked} --cell participants --voice main"));
    assert!(said.contains("says most words of it"), "{said}");
    for (wrong, told) in [
        ("case.sector=Justice", "set against one another"),
        ("case.sector=Justice,Justise", "nothing has case.sector `Justise`"),
        ("case.sektor=a,b", "case.sektor"),
        ("case=CoP-31,CoP-31", "set against one another"),
    ] {
        let (status, out, err) = study.streams(&format!("matrix --rows code --contrast '{wrong}'"));
        assert!(status == 2 && out.is_empty() && err.contains(told), "{wrong}: {err}");
    }
    // People on both sides of one unit count on both.
    let women = rows(&study, "matrix --rows dimension --contrast participant.gender=woman,man");
    let both = rows(&study, "matrix --rows dimension --columns participant.gender");
    for (row, flat) in women.iter().zip(&both) {
        assert_eq!(row["woman.units"], flat["woman"]);
        assert_eq!(row["man.units"], flat["man"]);
    }
}

#[test]
fn a_side_that_was_decided_and_given_nothing_has_a_base_of_0_and_one_not_decided_has_none() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 leadership chair", "A:2 tone warm", "B:1 leadership none"])
        .coded("c2", &["A:2 leadership chair", "A:2 tone warm", "B:1 leadership none"])
        .sealed("c1")
        .sealed("c2");
    let found = rows(&study, "matrix --rows topic --contrast case=A,B");
    let side = |row: &BTreeMap<String, String>| {
        ["B.units", "B.base", "B.share", "difference"].map(|it| row[it].clone())
    };
    assert_eq!(found.iter().map(side).collect::<Vec<_>>(), [["0", "0", "", ""]]);
    let found = rows(&study, "matrix --rows dimension --contrast case=A,B");
    let expected = [["0", "1", "0", "1"], ["", "", "", ""]];
    assert_eq!(found.iter().map(side).collect::<Vec<_>>(), expected);
}

#[test]
fn the_head_of_a_share_says_of_how_many_units() {
    let study = talk();
    let said = study.run("matrix --cell share --dimension leadership");
    assert!(said.contains("Distributed leadership (of 1–2)"), "{said}");
    let said = study.run("matrix --cell share --dimension tone --case B");
    assert!(said.contains("tone (of 1)"), "{said}");
}

#[test]
fn silence_what_was_not_decided_and_nothing_given_have_three_signs_and_one_legend() {
    let study = talk();
    let (_, out, _) = study.streams("matrix --rows participant --columns case/dimension");
    let row = |who: &str| out.lines().find(|it| it.contains(&format!("│ {who} "))).unwrap();
    let cells = |who: &str| -> Vec<String> {
        row(who)
            .split(['│', '┆'])
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    };
    // P2 speaks in A:1-2 and A:4: chair in one of them, warm in the other; she is silent in B.
    assert_eq!(cells("P2"), ["P2", "1", "1", "·", "·"]);
    assert_eq!(cells("P3"), ["P3", "·", "·", "0", "1"]);
    assert!(
        out.contains("·: did not speak there; –: spoke, and nothing there was decided"),
        "{out}"
    );
    let (_, out, _) = study.streams("matrix --rows participant --columns topic --where words<4");
    assert!(out.contains('–'), "{out}");
    let (_, csv, _) =
        study.streams("matrix --rows participant --columns case/dimension --format csv");
    assert!(csv.contains("P2,1,1,,\n"), "{csv}");
}

#[test]
fn a_picked_quotation_marks_whose_words_a_unit_of_several_is_coded_for() {
    let study = talk();
    let asked = "matrix --rows participant --columns code";
    let all = rows(&study, asked);
    assert_eq!((all[0]["chair"].as_str(), all[1]["chair"].as_str()), ("1", "1"));
    let said = study.run("quotes pick A:1@3-25 --code chair --coder c1");
    assert!(
        said.contains("kept as c1#1: A:1@3-25 for chair") && said.contains("[exit 0]"),
        "{said}"
    );
    let again = study.run("quotes pick A:1@3-25 --code chair --coder c1");
    assert!(again.contains("nothing to do"), "{again}");
    let marked = rows(&study, &format!("{asked} --voice marked"));
    assert_eq!((marked[0]["chair"].as_str(), marked[0]["rotating"].as_str()), ("1", "1"));
    assert_eq!(marked[1]["chair"], "");
    let (_, out, _) = study.streams(&format!("{asked} --voice marked"));
    assert!(out.contains("3 units are unmarked"), "{out}");
    assert!(out.contains("One voice alone: Rotating roles (P1), The chair rotates (P1)"), "{out}");
    let (_, out, _) = study.streams(asked);
    assert!(out.contains("not by marks"), "{out}");
    // What was picked is quoted in place of the whole unit.
    let quotes = rows(&study, "matrix --rows code --columns all --cell quotes:1");
    let chair = quotes.iter().find(|it| it["code"] == "chair").unwrap();
    assert_eq!(chair["all"], "“take turns at the chai” (P1, Group A: 1)", "{chair:?}");
}

#[test]
fn picks_are_listed_taken_back_hidden_until_open_and_never_of_who_must_not_be_quoted() {
    let study = TestStudy::new();
    let said = study.run("quotes pick A:2 --code chair");
    assert!(said.contains("[exit 2]") && said.contains("--coder"), "{said}");
    study.run("quotes pick A:2 --code chair --coder c1 --lang es --translation 'Once vinimos.'");
    let own = study.run("quotes pick list --coder c1");
    assert!(own.contains("c1#1") && own.contains("Once vinimos"), "{own}");
    let all = study.run("quotes pick list");
    assert!(all.contains("No quotation was picked") && !all.contains("eleven"), "{all}");
    let file = study.read("quotes/c1.csv");
    assert_eq!(
        file,
        "seq,at,locator,dimension,code,lang,translation,translator,undoes\n\
         1,2026-03-01T10:00:00Z,A:2,leadership,chair,es,Once vinimos.,,\n"
    );
    let back = study.run("quotes pick A:2 --code chair --coder c1 --undo");
    assert!(back.contains("taken back: c1#1"), "{back}");
    assert!(study.run("quotes pick --coder c1").contains("No quotation"), "one stands no more");
    study.run("participants set P1 --quotes no");
    let (status, _, err) = study.streams("quotes pick A:2 --code chair --coder c1");
    assert!(status == 4 && err.contains("not to be quoted"), "{err}");
    for (wrong, told) in [
        ("quotes pick A:99 --code chair --coder c1", "A:99"),
        ("quotes pick A:1 --code chair --coder c1", "no unit of talk"),
        ("quotes pick A:3 --code chairs --coder c1", "chair"),
        ("quotes pick A:3 --coder c1", "--code"),
        ("quotes pick nonsense --code chair --coder c1", "locator"),
    ] {
        let (status, _, err) = study.streams(wrong);
        assert!(status == 2 && err.contains(told), "{wrong}: {err}");
    }
}

#[test]
fn words_are_counted_by_any_axis_without_those_that_carry_no_theme() {
    let study = talk();
    let found = rows(&study, "words --by participant");
    let chair = found.iter().find(|it| it["word"] == "chair").unwrap();
    assert_eq!(
        [
            &chair["count"],
            &chair["participants"],
            &chair["cases"],
            &chair["P1"],
            &chair["P2"],
            &chair["P3"]
        ],
        ["2", "2", "2", "1", "0", "1"]
    );
    assert!(found.iter().all(|it| it["word"] != "the" && it["word"] != "it"));
    assert_eq!(found[0]["word"], "chair");
    let of_code = rows(&study, "words --by code");
    let month = of_code.iter().find(|it| it["word"] == "month").unwrap();
    assert_eq!(
        (month["chair"].as_str(), month["rotating"].as_str(), month["warm"].as_str()),
        ("2", "2", "0")
    );
    let (status, out, err) = study.streams("words --limit 2 --format csv");
    assert!(status == 0 && out.lines().count() == 3 && err.contains("--all"), "{out}{err}");
    assert_eq!(
        rows(&study, "words --where participant=P3 --all")
            .iter()
            .filter(|it| it["word"] == "chair")
            .count(),
        1
    );
    for wrong in ["words --by coder", "words --by case.colour", "words --by nothing"] {
        assert_eq!(study.streams(wrong).0, 2, "{wrong}");
    }
}

#[test]
fn claims_say_who_speaks_for_them_and_what_is_to_be_looked_at() {
    let study = talk();
    assert!(study.run("claims").contains("claims.csv"));
    study.write(
        "claims.csv",
        "claim,about,for,against\n\
         \"Power moves, everywhere\",chair,A:1-2; B:1,A:3\n\
         Nobody decides alone,horizontal,A:3,none\n\
         It is warm,,A:4; A:9,\n",
    );
    let found = rows(&study, "claims");
    let cell = |row: usize, column: &str| found[row][column].clone();
    assert_eq!(cell(0, "for_voices"), "P1; P2; P3");
    assert_eq!(cell(0, "for_cases"), "A; B");
    assert_eq!(cell(0, "against"), "A:3");
    // B:1 was not given the code that the claim is about.
    assert_eq!(cell(0, "remarks"), "changed");
    assert_eq!((cell(1, "remarks"), cell(1, "against")), ("one_voice".to_owned(), String::new()));
    assert_eq!(cell(2, "remarks"), "no_counter_evidence; one_voice; changed");
    let said = study.run("claims");
    assert!(said.contains("1 of 3 claims without evidence against it looked for"), "{said}");
    assert!(said.contains("B:1") && said.contains("A:9"), "{said}");
    study.write("claims.csv", "claim,about,for,against\n,x,A:1,somewhere\n");
    let (status, _, err) = study.streams("claims");
    assert!(status == 3 && err.contains("claims.csv:2"), "{err}");
}

#[test]
fn a_team_saves_displays_of_its_own() {
    let study = example();
    study.write(
        "displays.yaml",
        "displays:\n  - name: sectors\n    question: {en: Who leads where?, es: ¿Quién lidera dónde?}\n    command: matrix --rows case.sector --columns dimension --where 'not case=CoP-31'\n",
    );
    let named = study.streams("display sectors --format csv");
    assert_eq!(
        named,
        study.streams(
            "matrix --rows case.sector --columns dimension --where 'not case=CoP-31' --format csv"
        )
    );
    let list = rows(&study, "display list");
    let own = list.iter().find(|it| it["name"] == "sectors").unwrap();
    assert_eq!(
        own["command"],
        "themata matrix --rows case.sector --columns dimension --where 'not case=CoP-31'"
    );
    assert!(study.run("display list --lang es").contains("¿Quién lidera dónde?"));
    for (yaml, status) in [
        ("displays:\n  - name: checklist\n    command: --rows case\n", 3),
        ("displays:\n  - name: own\n    command: talk\n", 3),
        ("displays:\n  - name: own\n    comand: --rows case\n", 3),
        ("displays:\n  - {name: own, command: --rows nothing}\n", 0),
    ] {
        study.write("displays.yaml", yaml);
        assert_eq!(study.streams("display list").0, status, "{yaml}");
    }
    assert_eq!(study.streams("display own").0, 2);
}

#[test]
fn a_sentence_on_a_cell_goes_out_comes_back_and_is_stale_when_its_units_change() {
    let study = talk();
    let asked = "matrix --rows case --columns dimension --cell summary";
    let (_, csv, _) = study.streams(&format!("{asked} --format csv"));
    assert_eq!(csv, "case,leadership,tone\nA,,\nB,,\n");
    study.write("filled.csv", "case,leadership,tone\nA,\"They rotate, and say so.\",\nB,,Cool.\n");
    let dry =
        study.run(&format!("receive {} --coder c1 --dry-run", study.path("filled.csv").display()));
    assert!(dry.contains("new: A × leadership") && !study.path("summaries.csv").exists(), "{dry}");
    let file = study.path("filled.csv").display().to_string();
    let said = study.run(&format!("receive {file} --coder c1"));
    assert!(said.contains("2 new, 0 changed") && said.contains("[exit 0]"), "{said}");
    assert_eq!(
        study.read("summaries.csv"),
        "row,column,text,by,at,units\n\
         A,leadership,\"They rotate, and say so.\",c1,2026-03-01T10:00:00Z,A:1-2; A:3\n\
         B,tone,Cool.,c1,2026-03-01T10:00:00Z,B:1\n"
    );
    let same = study.run(&format!("receive {file} --coder c1"));
    assert!(same.contains("0 new, 0 changed, 2 as they were"), "{same}");
    let shown = study.run(asked);
    assert!(shown.contains("They rotate") && !shown.contains("stale"), "{shown}");
    // What is decided and not yet written of is blank; a dash says that nothing there was decided.
    let of_b = shown.lines().find(|line| line.contains("Cool.")).unwrap();
    assert!(!of_b.contains('–') && shown.contains("blank where nobody"), "{shown}");
    // A workbook with names comes back as well as a list of cells does.
    let book = study.path("back.xlsx").display().to_string();
    study.run(&format!("{asked} -o {book}"));
    let same = study.run(&format!("receive {book} --coder c2"));
    assert!(same.contains("0 new, 0 changed, 2 as they were"), "{same}");
    let (_, long, _) = study.streams(&format!("{asked} --long --format csv"));
    study.write("long.csv", &long.replace("Cool.", "Cold and curt."));
    let file = study.path("long.csv").display().to_string();
    let said = study.run(&format!("receive {file} --coder c2"));
    assert!(said.contains("0 new, 1 changed"), "{said}");
    // The coders settle A:3 anew: the sentence on A rests on other units than are there now.
    let summaries = study.read("summaries.csv").replace("A:1-2; A:3", "A:1-2");
    study.write("summaries.csv", &summaries);
    let shown = study.run(asked);
    assert!(shown.contains("*stale* They rotate"), "{shown}");
    let (_, csv, err) = study.streams(&format!("{asked} --format csv"));
    assert!(!csv.contains("stale") && err.contains("A × Distributed leadership"), "{csv}{err}");
    let ids = study.run(&format!("{asked} --names ids"));
    assert!(ids.contains("A × leadership"), "{ids}");
    let (_, json, _) = study.streams(&format!("{asked} --format json"));
    assert!(json.contains("\"stale\""), "{json}");
    study.run(&format!("{asked} -o {book} --force"));
    let same = study.run(&format!("receive {book} --coder c2"));
    assert!(same.contains("0 new, 0 changed"), "the mark is no part of the sentence: {same}");
    // What a display of the study does not have is told, and nothing of what it has.
    for (wrong, told) in [
        ("case,leadership,nothing\nA,x,y\n", "wrong.csv:2:nothing"),
        ("case,leadership\nA,x\nC,y\n", "wrong.csv:3:leadership"),
        ("row,column,text\nB,tone,x\nB,colour,y\n", "wrong.csv:3:text"),
    ] {
        study.write("wrong.csv", wrong);
        let file = study.path("wrong.csv").display().to_string();
        let (status, _, err) = study.streams(&format!("receive {file} --coder c1"));
        assert!(status == 3 && err.contains(told) && err.contains("1 problem"), "{wrong}: {err}");
    }
}

#[test]
fn who_spoke_to_which_question_in_which_order_and_whether_it_was_coded() {
    let study = talk();
    let (status, _, err) = study.streams("talk --cell spoke");
    assert!(status == 2 && err.contains("no unit has a topic"), "{err}");
    for text in ["A", "B"] {
        let file = format!("units/{text}.csv");
        let mut lines: Vec<String> = study.read(&file).lines().map(str::to_owned).collect();
        let heads: Vec<String> = lines[0].split(',').map(str::to_owned).collect();
        let topic = heads.iter().position(|it| it == "topic").unwrap();
        let mut reader = csv::Reader::from_reader(study.read(&file).into_bytes().leak() as &[u8]);
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(reader.headers().unwrap()).unwrap();
        for row in reader.records().map(|it| it.unwrap()) {
            let cells =
                row.iter().enumerate().map(|(at, cell)| if at == topic { "start" } else { cell });
            out.write_record(cells).unwrap();
        }
        lines.clear();
        study.write(&file, std::str::from_utf8(&out.into_inner().unwrap()).unwrap());
    }
    let found = rows(&study, "talk --cell spoke --agreement warm --dissent cold");
    let said: Vec<String> = found
        .iter()
        .map(|it| {
            let cells = ["case", "participant", "did", "order", "agreement", "dissent", "units"];
            cells.map(|name| it[name].as_str()).join(" ")
        })
        .collect();
    assert_eq!(
        said,
        ["A P1 coded 1 1 0 A:1-2; A:3", "A P2 coded 2 1 0 A:1-2; A:4", "B P3 coded 1 0 1 B:1"]
    );
    let (_, table, _) = study.streams("talk --cell spoke --where 'words>6'");
    assert!(table.contains("Group A: P1") && table.contains("● 1"), "{table}");
    let counted = rows(&study, "talk --agreement warm --dissent cold");
    let marks: Vec<String> = counted
        .iter()
        .map(|it| format!("{} {} {}", it["participant"], it["agreement"], it["dissent"]))
        .collect();
    assert_eq!(marks, ["P1 1 0", "P2 1 0", "P3 0 1"]);
    let (status, _, err) = study.streams("talk --where code=warm");
    assert!(status == 2 && err.contains("--cell spoke"), "{err}");
}

#[test]
fn an_export_of_a_part_has_the_rows_of_that_part_alone() {
    let study = talk();
    let all = rows(&study, "export");
    let some = rows(&study, "export --where 'participant=P2 and code=warm' --dimension tone");
    let expected: Vec<_> =
        all.iter().filter(|it| it["unit"] == "A:4" && it["dimension"] == "tone").cloned().collect();
    assert_eq!(some, expected);
    assert_eq!(some.len(), 2);
    let wide = rows(&study, "export --wide codes --where case=B --coder c1");
    assert_eq!(wide.len(), 1);
    let found = rows(&study, "find chair --where case=B");
    assert_eq!(found.len(), 1);
}

#[test]
fn people_read_names_in_lists_and_pictures_too() {
    let study = talk();
    for command in
        ["cooccur", "saturation --base 1 --run 1", "saturation --behind", "quotes", "talk"]
    {
        let (_, named, _) = study.streams(command);
        let (_, ids, _) = study.streams(&format!("{command} --names ids"));
        assert!(named != ids, "{command}: {named}");
        let csv = study.streams(&format!("{command} --format csv"));
        assert_eq!(csv, study.streams(&format!("{command} --format csv --names ids")), "{command}");
    }
    let (_, spanish, _) = study.streams("saturation --behind --lang es");
    assert!(spanish.contains("Rota la presidencia"), "{spanish}");
    let voices = "display voices";
    let said = study.run(&format!("{voices} --lang es"));
    assert!(said.contains("Una sola voz: Horizontal (P1), cold (P3)."), "{said}");
    let said = study.run(&format!("{voices} --names ids"));
    assert!(said.contains("One voice alone: horizontal (P1), cold (P3)."), "{said}");
    let (_, picture, _) = study.streams("cooccur --format svg --lang es");
    assert!(picture.contains(">Horizontal<") && !picture.contains(">horizontal<"), "{picture}");
}

#[test]
fn what_would_change_nothing_is_refused() {
    let study = talk();
    for (asked, told) in [
        ("talk --dimension tone", "--dimension=tone would change nothing"),
        ("talk --from coder:c1", "--from=coder:c1 would change nothing"),
        ("talk --follows --round main", "--round=main would change nothing"),
        ("talk --agreement horizontal --dimension tone", "--dimension=tone would"),
        ("find chair --codes decided", "--codes=decided would change nothing"),
        ("find chair --code chair --dimension tone", "--dimension=tone would change nothing"),
        ("words --from agreed --dimension tone", "--dimension=tone --from=agreed would"),
        ("words --by case --coder c1", "--coder=c1 would change nothing"),
        ("matrix --voice main", "--voice"),
        ("matrix --rows code --columns case --cell units,share --voice marked", "--voice"),
    ] {
        let (status, out, err) = study.streams(asked);
        assert!(status == 2 && out.is_empty() && err.contains(told), "{asked}: {err}");
        let (_, _, spanish) = study.streams(&format!("{asked} --lang es"));
        assert!(spanish != err, "{spanish}");
    }
    for asked in [
        "talk --agreement horizontal --from coder:c1",
        "find chair --code chair --from coder:c1",
        "find chair --where code=chair --dimension leadership",
        "words --by code --dimension tone --from coder:c1",
        "words --where certainty=sure --dimension tone",
        "matrix --voice main --cell units,participants",
    ] {
        let (status, _, err) = study.streams(asked);
        assert_eq!(status, 0, "{asked}: {err}");
    }
}

#[test]
fn what_is_drawn_together_carries_a_theme_if_one_of_its_parts_does() {
    let study = TestStudy::empty("en", &["c1"], CODEBOOK);
    study.import("A", &[("P1", "I’d say they've gone; she didn't, we'll see. The chair's o'clock, y'all: it isn't Ana's.")]);
    study.cut(&["A:1"]);
    let found: Vec<String> =
        rows(&study, "words --all").iter().map(|it| it["word"].clone()).collect();
    for empty in ["i'd", "they've", "didn't", "we'll", "isn't"] {
        assert!(!found.iter().any(|it| it == empty), "{found:?}");
    }
    for kept in ["chair's", "ana's"] {
        assert!(found.iter().any(|it| it == kept), "{found:?}");
    }
}

#[test]
fn a_workbook_lies_across_with_heads_that_stay_rows_that_fit_and_places_in_notes() {
    use std::io::Read;
    let study = talk();
    let book = study.path("meta.xlsx").display().to_string();
    study.run(&format!(
        "matrix --rows case/participant --columns dimension --cell units,quotes:1 -o {book}"
    ));
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&book).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("orientation=\"landscape\""), "{sheet}");
    assert!(sheet.contains("xSplit=\"2\" ySplit=\"1\""), "{sheet}");
    // The quotation of P1 takes four lines of its column, that of P3 none.
    assert!(sheet.contains("<row r=\"2\" spans=\"1:6\" ht=\"60\" customHeight=\"1\">"), "{sheet}");
    assert!(sheet.contains("<row r=\"4\" spans=\"1:6\">"), "{sheet}");
    let notes = part("xl/comments1.xml");
    assert!(notes.contains("A:1-2; A:3"), "{notes}");
}

#[test]
fn saturation_takes_strata_apart_and_names_a_threshold_without_a_verdict() {
    let study = example();
    let strata = rows(&study, "saturation --by case.cluster --base 1 --run 1 --orders 0");
    let clusters: std::collections::BTreeSet<&String> =
        strata.iter().map(|it| &it["stratum"]).collect();
    assert!(clusters.len() > 1);
    for cluster in clusters {
        let own: Vec<String> = strata
            .iter()
            .filter(|it| it["stratum"] == *cluster)
            .map(|it| it["so_far"].clone())
            .collect();
        let alone = rows(
            &study,
            &format!("saturation --where case.cluster={cluster} --base 1 --run 1 --orders 0"),
        );
        let alone: Vec<String> = alone.iter().map(|it| it["so_far"].clone()).collect();
        assert_eq!(own, alone, "{cluster}");
    }
    let said = study.run("saturation --threshold 50% --orders 0");
    assert!(said.contains("At most 50 % new codes: first in groups 5 to 6"), "{said}");
    let said = study.run("saturation --threshold 0 --orders 0");
    assert!(said.contains("% new codes:") && !said.to_lowercase().contains("saturated"), "{said}");
    let behind = rows(&study, "saturation --behind");
    let quotes = rows(&study, "matrix --rows code --columns all --exact --cell units,participants");
    for row in &behind {
        let of = quotes.iter().find(|it| it["code"] == row["code"]).unwrap();
        assert_eq!(row["units"], of["all.units"], "{row:?}");
        assert_eq!(row["participants"], of["all.participants"], "{row:?}");
    }
    for wrong in
        ["saturation --by code", "saturation --threshold many", "saturation --by case.colour"]
    {
        assert_eq!(study.streams(wrong).0, 2, "{wrong}");
    }
}
