//! A CSV of codings from anywhere: long or wide, forgiving where nobody is misled, strict otherwise.

use themata::analysis::agreement::{Level, Options, Single, agreement};
use themata::domain::failure::Failure;
use themata::domain::problem::Problem;
use themata::format::codings::{Empty, Pick, Reading, Unread, read};
use themata::stats::Measure;

/// How two coders or more answered, unit by unit: `a b` for two codes, `-` for none, `?` for undecided.
fn answers(csv: &str, said: Option<Empty>, pick: &Pick) -> Vec<String> {
    answers_of(csv, &Reading { empty: said, absent: said, ..Reading::default() }, pick)
}

fn answers_of(csv: &str, reading: &Reading, pick: &Pick) -> Vec<String> {
    let is_wide = !csv.to_lowercase().contains("coder");
    let absent = reading.absent.filter(|_| !is_wide);
    let file = read("x.csv", csv.as_bytes(), &Reading { absent, ..reading.clone() }).unwrap();
    let codings = file.codings(pick).unwrap().codings;
    let mut seen = vec![codings.coders.join("|")];
    for dimension in &codings.dimensions {
        for unit in 0..codings.units {
            let cell = |cell: &u32| match cell.checked_sub(1) {
                None => "?".to_owned(),
                Some(answer) => {
                    let answer = &dimension.answers()[answer as usize];
                    let names =
                        answer.given.iter().map(|at| dimension.codes[*at as usize].name.as_str());
                    let names: Vec<&str> = names.collect();
                    if names.is_empty() { "-".to_owned() } else { names.join(" ") }
                }
            };
            let row: Vec<String> =
                dimension.unit(unit, codings.coders.len()).iter().map(cell).collect();
            seen.push(format!("{} {}", dimension.name, row.join("|")));
        }
    }
    seen
}

/// What is wrong with a file.
fn invalid(csv: &[u8]) -> Vec<Problem> {
    match read("x.csv", csv, &Reading::default()) {
        Err(Unread::Failure(Failure::Invalid(problems))) => problems,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was read"),
    }
}

/// Every problem as `line:column key`.
fn problems(csv: impl AsRef<[u8]>) -> Vec<String> {
    invalid(csv.as_ref()).iter().map(|it| format!("{} {}", it.at, it.what.key)).collect()
}

#[test]
fn long_rows_make_sets_and_what_is_not_there_has_to_be_said() {
    let csv = "unit,coder,code\n1,ann,a\n1,ann,b\n1,bo,b\n2,bo,a\n3,ann,none\n3,bo,\n";
    let none = answers(csv, Some(Empty::None), &Pick::default());
    assert_eq!(none, ["ann|bo", "* a b|b", "* -|a", "* -|-"]);
    let missing = answers(csv, Some(Empty::Missing), &Pick::default());
    assert_eq!(missing, ["ann|bo", "* a b|b", "* ?|a", "* -|?"]);
    // A blank cell is one thing, a row that is not there another.
    let reading = Reading { absent: Some(Empty::None), ..Reading::default() };
    assert_eq!(
        answers_of(csv, &reading, &Pick::default()),
        ["ann|bo", "* a b|b", "* -|a", "* -|?"]
    );
    let read = read("x.csv", csv.as_bytes(), &Reading::default()).unwrap();
    let refused = read.codings(&Pick::default()).unwrap_err();
    assert!(matches!(refused, Unread::Failure(Failure::Usage(..))), "{refused:?}");
}

#[test]
fn wide_cells_hold_sets_and_what_is_empty_is_undecided() {
    let csv = "unit,ann,bo,text\n1,a; b,b,words\n2,,a,words\n3,none,,words\n";
    assert_eq!(answers(csv, None, &Pick::default()), ["ann|bo", "* a b|b", "* ?|a", "* -|?"]);
    let none = answers(csv, Some(Empty::None), &Pick::default());
    assert_eq!(none, ["ann|bo", "* a b|b", "* -|a", "* -|-"]);
}

#[test]
fn what_a_spreadsheet_does_to_a_file_misleads_nobody() {
    let csv = "\u{feff}CODER;Unit;Code\r\n\r\nann;1;a\r\nbo;1;'=b\r\n;;\r\nbo;2; a ;\r\n";
    let none = Some(Empty::None);
    assert_eq!(answers(csv, none, &Pick::default()), ["ann|bo", "* a|=b", "* -|a"]);
    let tabs = "unit\tann\tbo\n1\ta\tb, c\n";
    assert_eq!(answers(tabs, None, &Pick::default()), ["ann|bo", "* a|b, c"]);
}

#[test]
fn the_decisions_that_export_writes_are_whole_answers() {
    let csv = "unit,coder,round,dimension,codes,certainty,memo\nT:1,c1,main,lead,a; b,,\nT:1,c2,main,lead,none,unsure,\nT:2,c1,main,lead,a,,\n";
    let missing = Some(Empty::Missing);
    assert_eq!(answers(csv, missing, &Pick::default()), ["c1|c2", "lead a b|-", "lead a|?"]);
    let sure = Pick { without_unsure: true, ..Pick::default() };
    assert_eq!(answers(csv, missing, &sure), ["c1|c2", "lead a b|?", "lead a|?"]);
}

#[test]
fn a_unit_counts_once_in_its_latest_round_and_a_round_can_be_asked_for() {
    let csv = "unit,round,ann,bo\n1,r1,a,b\n2,r1,a,a\n1,r2,c,c\n2,r2,c,\n";
    // Both decided unit 1 in r2; unit 2 only in r1.
    assert_eq!(answers(csv, None, &Pick::default()), ["ann|bo", "* c|c", "* a|a"]);
    let round = |round: &str| Pick { round: Some(round.to_owned()), ..Pick::default() };
    assert_eq!(answers(csv, None, &round("r1")), ["ann|bo", "* a|b", "* a|a"]);
    assert_eq!(answers(csv, None, &round("r2")), ["ann|bo", "* c|c", "* c|?"]);
    let read = read("x.csv", csv.as_bytes(), &Reading::default()).unwrap();
    let Unread::Unknown(unknown) = read.codings(&round("r3")).unwrap_err() else { panic!() };
    assert_eq!((unknown.kind, unknown.known.len()), ("round", 2));
}

#[test]
fn who_took_no_part_in_a_round_did_not_say_none() {
    let csv = "unit,round,coder,code\n1,r1,ann,a\n1,r1,bo,a\n2,r1,ann,a\n1,r2,ann,b\n1,r2,cy,b\n";
    let round = |round: &str| Pick { round: Some(round.to_owned()), ..Pick::default() };
    let none = Some(Empty::None);
    assert_eq!(answers(csv, none, &round("r1")), ["ann|bo|cy", "* a|a|?", "* a|-|?"]);
    assert_eq!(answers(csv, none, &round("r2")), ["ann|bo|cy", "* b|?|b", "* ?|?|?"]);
}

#[test]
fn the_same_unit_name_in_two_cases_is_two_units_and_a_code_in_two_dimensions_has_two_names() {
    let csv = "case,unit,dimension,ann,bo\nA,1,lead,yes,yes\nB,1,lead,no,yes\nA,1,tone,yes,no\n";
    let seen = answers(csv, None, &Pick::default());
    assert_eq!(
        seen,
        [
            "ann|bo",
            "lead lead/yes|lead/yes",
            "lead lead/no|lead/yes",
            "tone tone/yes|tone/no",
            "tone ?|?"
        ]
    );
    let tone = Pick { dimensions: vec!["tone".to_owned()], ..Pick::default() };
    assert_eq!(answers(csv, None, &tone).len(), 3);
}

#[test]
fn coders_can_be_chosen_and_turned_round() {
    let csv = "unit,ann,bo,cy\n1,a,b,c\n";
    let pick = Pick { coders: vec!["cy".to_owned(), "ann".to_owned()], ..Pick::default() };
    assert_eq!(answers(csv, None, &pick), ["cy|ann", "* c|a"]);
}

#[test]
fn one_run_names_every_problem_with_its_line_and_column() {
    let csv = "unit,coder,code\n\n1,ann,a\n,bo,a\n1,,a\n1,bo,none; a\n2,ann\n2,bo,\"a\nb\"\n3,ann,none\n3,ann,a\n";
    assert_eq!(
        problems(csv),
        [
            "x.csv:4:unit codings.blank",
            "x.csv:5:coder codings.blank",
            "x.csv:6:code codings.none_beside",
            "x.csv:7 table.ragged",
            "x.csv:10:code codings.none_beside",
        ]
    );
    assert_eq!(
        problems("unit,coder,code\n3,ann,none\n3,ann,a\n3,bo,a\n"),
        ["x.csv:2:code codings.none_beside"]
    );
    assert_eq!(problems("unit,ann,bo\n1,a,b\n2,a,b\n1,a,c\n"), ["x.csv:4:unit codings.twice"]);
    assert_eq!(
        problems("unit,coder,codes\n1,c1,a\n1,c2,a\n\n1,c1,b\n"),
        ["x.csv:5:unit codings.answered_twice"]
    );
}

#[test]
fn a_file_that_holds_no_codings_says_what_it_lacks() {
    assert_eq!(problems(""), ["x.csv:1 table.column_missing"]);
    assert_eq!(problems("item,ann,bo\n1,a,b\n"), ["x.csv:1 table.column_missing"]);
    assert_eq!(problems("unit,coder,label\n1,ann,b\n"), ["x.csv:1 table.column_missing"]);
    assert_eq!(problems("unit,code\n1,b\n"), ["x.csv:1 table.column_missing"]);
    assert_eq!(problems("unit,ann,text\n1,b,x\n"), ["x.csv:1 codings.few_left_out"]);
    assert_eq!(problems("unit,ann,ANN\n1,a,b\n"), ["x.csv:1:ANN table.column_twice"]);
    let nearly = "unit,ann,bo\n1,é,é\n2,é,".bytes().chain(*b"\xe9b\n").collect::<Vec<u8>>();
    assert_eq!(problems(nearly), ["x.csv:3 import.encoding.broken"]);
}

#[test]
fn the_order_of_rows_and_the_form_of_a_file_change_no_figure() {
    let long = "unit,coder,code\n3,bo,b\n1,ann,a\n2,ann,b\n3,ann,a\n1,bo,a\n2,bo,b\n";
    let wide = "unit,ann,bo\n1,a,a\n2,b,b\n3,a,b\n";
    let figures = |csv: &str| {
        let codings = read("x.csv", csv.as_bytes(), &Reading::default()).unwrap();
        let pick = Pick { coders: vec!["ann".into(), "bo".into()], ..Pick::default() };
        let codings = codings.codings(&pick).map(|it| it.codings);
        let options =
            Options { single: Single::Include, levels: vec![Level::Value], ..Options::default() };
        let agreement = agreement(&codings.unwrap(), &options);
        let rows = agreement.groups[0].rows.iter();
        rows.map(|row| (row.measure, row.figure.as_ref().unwrap().value)).collect::<Vec<_>>()
    };
    assert_eq!(figures(long), figures(wide));
    assert_eq!(figures(wide)[1].0, Measure::KrippendorffAlpha);
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(text in "(unit|coder|code|ann|bo|none|[,;\"\n' ]){0,40}") {
        if let Ok(file) = read("x.csv", text.as_bytes(), &Reading::default()) {
            let _ = file.codings(&Pick::default());
        }
    }
}

#[test]
fn a_zero_byte_is_what_a_crash_leaves_and_no_code() {
    let problems = invalid(b"unit,ann,bo\n1,a,a\n2,a,\0\0\n");
    let seen: Vec<(Option<u64>, String)> =
        problems.iter().map(|it| (it.at.line, it.what.key.to_owned())).collect();
    assert_eq!(seen, [(Some(3), "table.zero_byte".to_owned())]);
}
