//! `agree FILE`: what a file says, nothing enters or is left out unsaid. A case for each kind of fault that people complain
//! about, then a generator for each kind, with the right answer known.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use themata::domain::failure::Failure;
use themata::format::codings::{Empty, Pick, Reading, Unread, read};
use themata::stats::random::Random;

use crate::program::{Run, themata};

/// Runs `agree FILE …` on a file with this content.
pub(crate) fn agree(name: &str, content: impl AsRef<[u8]>, arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    let all: Vec<&str> =
        ["agree", file.to_str().unwrap()].into_iter().chain(arguments.iter().copied()).collect();
    themata(folder.path(), &all)
}

/// A figure of a run with `--format csv`.
pub(crate) fn figure(run: &Run, measure: &str) -> Option<f64> {
    let row = run.out.lines().find(|row| row.split(',').nth(2) == Some(measure))?;
    row.split(',').nth(3)?.parse().ok()
}

/// A file read, all of its measures as CSV.
pub(crate) fn figures(content: &str, arguments: &[&str]) -> Run {
    let all = [&["--measure", "all", "--level", "value", "--format", "csv"], arguments].concat();
    agree("codings.csv", content, &all)
}

#[track_caller]
pub(crate) fn near(found: Option<f64>, expected: f64) {
    assert!(
        found.is_some_and(|it| (it - expected).abs() < 5e-4),
        "{found:?} instead of {expected}"
    );
}

#[test]
fn absent_rows_of_a_long_file_are_refused_until_somebody_says_what_they_mean() {
    let csv = "unit,coder,code\n1,a,x\n1,b,x\n2,a,y\n2,c,y\n3,b,x\n3,c,x\n";
    let refused = agree("long.csv", csv, &[]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("3 answers are not in the file"), "{}", refused.err);
    for way in ["--absent missing", "--absent none", "3 units are decided by two"] {
        assert!(refused.err.contains(way), "{way}: {}", refused.err);
    }
    let missing = figures(csv, &["--absent", "missing"]);
    near(figure(&missing, "krippendorff_alpha"), 1.0);
    assert!(missing.err.contains("3 answers have no row and count as missing"), "{}", missing.err);
    let none = figures(csv, &["--absent", "none"]);
    near(figure(&none, "percent_agreement"), 1.0 / 3.0);
    assert!(none.err.contains("3 answers have no row and count as none"), "{}", none.err);
    assert!(none.err.contains("--units"), "{}", none.err);
    let all = figures(csv, &["--absent", "none", "--units", "5"]);
    assert!(
        all.err.contains("9 answers have no row") && !all.err.contains("not in the file"),
        "{}",
        all.err
    );
    let few = figures(csv, &["--absent", "none", "--units", "2"]);
    assert_eq!(few.status, 2, "{}", few.err);
    // Whoever has no row in a case was not given it.
    let cases = "case,unit,coder,code\nA,1,a,x\nA,1,b,x\nB,1,b,y\nB,1,c,y\n";
    assert_eq!(agree("long.csv", cases, &[]).status, 0);
    let wide = agree("wide.csv", "unit,a,b\n1,x,x\n2,y,x\n", &["--absent", "none"]);
    assert!(wide.status == 2 && wide.err.contains("--empty"), "{}", wide.err);
}

#[test]
fn placeholders_are_missing_and_said_and_none_stays_none() {
    for (mark, name) in [
        ("NA", "r"),
        ("None", "python"),
        ("N/A", "excel"),
        ("*", "table"),
        ("k.A.", "de"),
        ("#¡VALOR!", "es"),
    ] {
        let csv = format!("unit,r1,r2,r3\n1,1,1,{mark}\n2,1,1,1\n3,2,{mark},2\n");
        let run = figures(&csv, &[]);
        near(figure(&run, "krippendorff_alpha"), 1.0);
        assert!(
            run.err.contains(&format!("2 cells count as missing: `{mark}` (2)")),
            "{name}: {}",
            run.err
        );
    }
    let recal = "unit,c1,c2\n1,1,1\n2,0,0\n3,99,1\n4,#,0\n5,1,#\n";
    let told = figures(recal, &[]);
    assert!(
        told.err.contains("--missing 99") && told.err.contains("3 answers in use"),
        "{}",
        told.err
    );
    let named = figures(recal, &["--missing", "99,#"]);
    near(figure(&named, "krippendorff_alpha"), 1.0);
    assert!(named.err.contains("3 cells count as missing"), "{}", named.err);
    let none = figures("unit,ann,bo\n1,None,none\n2,NONE,none\n3,a,a\n4,b,b\n", &[]);
    near(figure(&none, "krippendorff_alpha"), 1.0);
    assert!(none.err.contains("none = NONE, None") && none.out.contains(",4,"), "{}", none.err);
    let declared = figures("unit,a,b\n1,NA,NA\n2,DE,DE\n3,NA,DE\n", &["--categories", "NA,DE"]);
    assert!(!declared.err.contains("missing"), "{}", declared.err);
}

#[test]
fn spellings_of_one_answer_or_coder_are_one_and_said() {
    for (csv, said) in [
        ("unit,ann,bo\n1,Trust,trust\n2,Cost,cost\n3,trust,Trust\n4,cost,COST\n", "Trust"),
        ("unit,ann,bo\n1,caf\u{e9},cafe\u{301}\n2,te,te\n", "NFD"),
        ("unit,ann,bo\n1,1,1.0\n2,2,2.0\n3,1,1.0\n", "1 = 1.0"),
        ("unit,ann,bo\n1,1,01\n2,2,02\n3,1,01\n", "1 = 01"),
        ("unit,ann,bo\n1,two words,two  words\n2,b,b\n", "two words"),
    ] {
        let run = figures(csv, &[]);
        near(figure(&run, "krippendorff_alpha"), 1.0);
        assert!(run.err.contains("taken as one") && run.err.contains(said), "{said}: {}", run.err);
    }
    let coders =
        figures("unit,coder,code\n1,Ann,a\n1,bo,a\n2,ann ,b\n2,bo,a\n3,ANN,a\n3,Bo,a\n", &[]);
    near(figure(&coders, "percent_agreement"), 2.0 / 3.0);
    assert!(coders.err.contains("2 coders are spelled in several ways"), "{}", coders.err);
    let day = agree("days.csv", "unit,ann,bo\n1,1-2,2026-01-02\n2,3-4,04-Mar\n3,a,a\n", &[]);
    assert!(
        day.status == 3 && day.err.contains(":2:bo") && day.err.contains(":3:bo"),
        "{}",
        day.err
    );
    let apart = figures("unit,ann,bo\n1,trust,t\n2,cost,c\n", &[]);
    assert!(apart.err.contains("ann gave no answer that anybody else gave"), "{}", apart.err);
}

#[test]
fn columns_that_are_no_coders_are_left_out_and_named() {
    let notes = figures("unit,notes,ann,bo\n1,hm,a,a\n2,,b,b\n3,ask bo,a,b\n4,,b,b\n", &[]);
    near(figure(&notes, "krippendorff_alpha"), 0.533);
    assert!(notes.err.contains("Coders: ann, bo.") && notes.err.contains("notes"), "{}", notes.err);
    let settled = "unit,ann,bo,consensus\n1,a,a,a\n2,b,b,b\n3,a,b,b\n4,b,b,b\n";
    near(figure(&figures(settled, &[]), "krippendorff_alpha"), 0.533);
    let asked = figures(settled, &["--coders", "ann,consensus"]);
    assert!(asked.status == 2 && asked.err.contains("never"), "{}", asked.err);
    let decided = figures("unit,ann,bo,notes\n1,a,a,b\n2,b,b,b\n", &["--coders", "ann,notes"]);
    near(figure(&decided, "percent_agreement"), 0.5);
    // By what stands in them only where there is enough to judge by.
    let mut prose = "unit,ann,bo,Anker\n".to_owned();
    for unit in 0..24 {
        prose.push_str(&format!("{unit},{0},{0},remark no {unit} on it\n", ["a", "b"][unit % 2]));
    }
    let left = figures(&prose, &[]);
    assert!(left.err.contains("Anker") && left.err.contains("Coders: ann, bo."), "{}", left.err);
    let few: String = prose.lines().take(6).map(|line| format!("{line}\n")).collect();
    let asked = figures(&few, &[]);
    assert!(
        asked.status == 2 && asked.err.contains("--coders ann,bo"),
        "few rows prove nothing: {}",
        asked.err
    );
    assert!(figures(&few, &["--coders", "ann,bo,Anker"]).err.contains("3 coders"));
    let one = figures("unit,ann,file\n1,a,x\n2,b,x\n", &[]);
    assert!(one.status == 3 && one.err.contains("--coders"), "{}", one.err);
}

#[test]
fn other_layouts_are_read_or_refused_by_what_they_are() {
    let pairs = "unit,ann_trust,bo_trust,ann_cost,bo_cost\n1,1,1,0,1\n2,0,0,1,1\n3,1,0,1,1\n";
    let refused = figures(pairs, &[]);
    assert!(refused.status == 2 && refused.err.contains("--coders ann,bo"), "{}", refused.err);
    let said = figures(pairs, &["--coders", "ann,bo"]);
    assert!(said.out.contains("value,trust,percent_agreement,0.66666"), "{}", said.out);
    let evident = figures(&pairs.replace("ann", "rater1").replace("bo", "rater2"), &[]);
    assert!(evident.out.contains("value,cost,percent_agreement,0.66666"), "{}", evident.err);
    let counts = figures("unit,trust,cost,none\n1,3,0,0\n2,1,2,0\n3,0,0,3\n4,2,1,0\n", &[]);
    assert!(counts.status == 2 && counts.err.contains("counts, not codings"), "{}", counts.err);
    for csv in
        ["unit,1,2,3,4\nann,a,b,a,b\nbo,a,b,b,b\n", "coder,u1,u2,u3,u4\nann,a,b,a,b\nbo,a,b,b,b\n"]
    {
        let turned = figures(csv, &[]);
        near(figure(&turned, "krippendorff_alpha"), 0.533);
        assert!(turned.err.contains("the table was turned"), "{}", turned.err);
    }
    let ticks = figures("unit,ann,bo\n1,x,x\n2,,x\n3,,\n", &[]);
    assert!(ticks.status == 2 && ticks.err.contains("--empty none"), "{}", ticks.err);
    near(
        figure(
            &figures("unit,ann,bo\n1,x,x\n2,,x\n3,,\n", &["--empty", "none"]),
            "percent_agreement",
        ),
        2.0 / 3.0,
    );
}

#[test]
fn sets_are_parted_by_the_marks_of_tools_and_by_commas_where_no_answer_has_one() {
    for (one, other) in [
        ("a#b", "b#a"),
        ("a|b", "b|a"),
        ("\"a, b\"", "\"b, a\""),
        ("a + b", "b + a"),
        ("a//b", "b//a"),
        ("\"a\nb\"", "\"b\na\""),
        ("[a][b]", "[b][a]"),
    ] {
        let csv = format!("unit,ann,bo\n1,{one},{other}\n2,a,a\n3,b,b\n4,{one},{one}\n");
        let run = agree(
            "sets.csv",
            &csv,
            &[
                "--level",
                "all",
                "--measure",
                "krippendorff_alpha,krippendorff_alpha_masi",
                "--format",
                "csv",
            ],
        );
        assert_eq!(run.out.matches(",1,,").count(), 5, "{one}: {}{}", run.out, run.err);
        assert!(run.err.contains("parted by"), "{one}: {}", run.err);
    }
    let commas = "unit,ann,bo\n1,\"yes, surely\",\"yes, surely\"\n2,no,no\n";
    assert!(figures(commas, &[]).err.contains("--separator ,"));
    let parted = figures(commas, &["--separator", ","]);
    assert!(parted.err.contains("surely (2)"), "{}", parted.err);
}

#[test]
fn a_table_is_read_in_every_encoding_and_from_text_and_workbooks() {
    let csv = "unit;Anna;Jörg\n1;a;a\n2;b;b\n3;a;b\n";
    let latin: Vec<u8> = csv.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect();
    let utf16 = |bom: bool| -> Vec<u8> {
        let mark = if bom { "\u{feff}" } else { "" };
        format!("{mark}{csv}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let plain = figures(&csv.replace(';', ","), &[]);
    for (name, bytes) in [
        ("latin.csv", latin),
        ("utf16.csv", utf16(true)),
        ("bare16.txt", utf16(false)),
        ("bom.csv", format!("\u{feff}{csv}").into_bytes()),
        ("sep.csv", format!("sep=;\r\n{}", csv.replace('\n', "\r\n")).into_bytes()),
        ("tabs.txt", csv.replace(';', "\t").into_bytes()),
        ("mac.csv", csv.replace('\n', "\r").into_bytes()),
        ("spaces.txt", csv.replace(';', " ").into_bytes()),
    ] {
        let run = agree(name, bytes, &["--measure", "all", "--level", "value", "--format", "csv"]);
        assert_eq!(run.out, plain.out, "{name}: {}", run.err);
        assert!(run.err.contains("Jörg"), "{name}: {}", run.err);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("k.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in csv.lines().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            sheet.write(row as u32, column as u16, cell).unwrap();
        }
    }
    book.save(&file).unwrap();
    let open = folder.path().join("k.ods");
    fs::write(&open, opendocument(csv)).unwrap();
    for file in [file, open] {
        let all = ["--measure", "all", "--level", "value", "--format", "csv"];
        let run = themata(folder.path(), &[&["agree", file.to_str().unwrap()], &all[..]].concat());
        assert_eq!(run.out, plain.out, "{}", run.err);
        assert!(run.err.contains("Jörg"), "{}", run.err);
    }
}

/// A spreadsheet as LibreOffice writes it, with a hidden sheet before it: numbers as shown in its language, and
/// what is empty repeated to the end of the sheet.
fn opendocument(csv: &str) -> Vec<u8> {
    let mut rows = String::new();
    for line in csv.lines() {
        let cell = |it: &str| match it.parse::<f64>() {
            Ok(n) => format!(
                r#"<table:table-cell office:value-type="float" office:value="{n}"><text:p>{n},00</text:p></table:table-cell>"#
            ),
            Err(_) => format!(
                r#"<table:table-cell office:value-type="string"><text:p>{it}</text:p></table:table-cell>"#
            ),
        };
        let cells: String = line.split(';').map(cell).collect();
        rows.push_str(&format!(
            r#"<table:table-row>{cells}<table:table-cell table:number-columns-repeated="16380"/></table:table-row>"#
        ));
    }
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Notes" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>unit</text:p></table:table-cell></table:table-row></table:table><table:table table:name="Codes" table:style-name="ta1">{rows}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    crate::import_documents::package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ])
}

#[test]
fn a_spreadsheet_of_libreoffice_is_a_transcript_and_a_codebook_too() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, csv: &str| {
        let file = folder.path().join(name);
        fs::write(&file, opendocument(csv)).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let talk =
        write("talk.ods", "speaker;text\nAna;We came by bus.\nBo;I walked.\nAna;In the rain?\n");
    let run = themata(folder.path(), &["import", "--preview", &talk, "--format", "json"]);
    assert!(
        run.out.contains("\"paragraphs\": 3") && run.out.contains("\"turns\": 3"),
        "{}",
        run.out
    );
    let codes = write("codes.ods", "dimension;code;name\nTrust;a;A\nTrust;b;B\n");
    let study = folder.path().join("s");
    let made = ["init", study.to_str().unwrap(), "--codebook", &codes, "--coder", "c1"];
    let run = themata(folder.path(), &made);
    assert_eq!(run.status, 0, "{}", run.err);
}

#[test]
fn declared_categories_count_used_or_not() {
    // Three of four are used.
    let csv = "unit,ann,bo\n1,a,a\n2,b,b\n3,c,c\n4,a,a\n5,b,b\n6,c,c\n7,a,a\n8,a,b\n9,b,c\n";
    let agreed = 7.0 / 9.0;
    near(figure(&figures(csv, &[]), "brennan_prediger"), (agreed - 1.0 / 3.0) / (1.0 - 1.0 / 3.0));
    let declared = figures(csv, &["--categories", "a,b,c,d"]);
    near(figure(&declared, "brennan_prediger"), 0.7037);
    let unknown = figures(csv, &["--categories", "a,b"]);
    assert!(unknown.status == 2 && unknown.err.contains('c'), "{}", unknown.err);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("book.csv"), "dimension,code\nmain,a\nmain,b\nmain,c\nmain,d\n")
        .unwrap();
    fs::write(folder.path().join("codings.csv"), csv).unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (codings, book) = (path("codings.csv"), path("book.csv"));
    let run = themata(
        folder.path(),
        &["agree", &codings, "--codebook", &book, "--measure", "all", "--format", "csv"],
    );
    near(figure(&run, "brennan_prediger"), 0.7037);
}

#[test]
fn measures_of_two_categories_know_no_order_of_rows_or_coders() {
    let rows = ["1,1,1", "2,0,1", "3,1,1", "4,0,0", "5,0,1", "6,1,0", "7,1,1"];
    let file = |head: &str, rows: &[String]| format!("{head}\n{}\n", rows.join("\n"));
    let straight: Vec<String> = rows.iter().map(|it| (*it).to_owned()).collect();
    let back: Vec<String> = straight.iter().rev().cloned().collect();
    let swapped: Vec<String> = rows
        .iter()
        .map(|it| {
            let cells: Vec<&str> = it.split(',').collect();
            format!("{},{},{}", cells[0], cells[2], cells[1])
        })
        .collect();
    let once = figures(&file("unit,ann,bo", &straight), &[]);
    for other in
        [figures(&file("unit,ann,bo", &back), &[]), figures(&file("unit,bo,ann", &swapped), &[])]
    {
        for measure in [
            "positive_agreement",
            "negative_agreement",
            "prevalence_index",
            "bias_index",
            "pabak",
            "krippendorff_alpha",
        ] {
            assert_eq!(figure(&once, measure), figure(&other, measure), "{measure}");
        }
        assert!(other.err.contains("bo gave the positive answer more often"), "{}", other.err);
    }
    near(figure(&once, "positive_agreement"), 6.0 / 9.0);
    near(figure(&once, "negative_agreement"), 2.0 / 5.0);
    near(figure(&once, "prevalence_index"), 2.0 / 7.0);
    near(figure(&once, "bias_index"), 1.0 / 7.0);
    assert!(once.err.contains("The positive answer is `1`"), "{}", once.err);
    // Where words do not tell, there is none; each answer has its own.
    let words = file("unit,ann,bo", &straight).replace(",1", ",red").replace(",0", ",blue");
    let neither = figures(&words, &[]);
    assert_eq!(figure(&neither, "prevalence_index"), None, "{}", neither.out);
    assert!(
        neither.out.contains("neither answer is evidently the positive one"),
        "{}",
        neither.out
    );
    assert!(neither.out.contains("value,*=red,positive_agreement,0.6666"), "{}", neither.out);
    assert!(neither.out.contains("value,*=blue,positive_agreement,0.4,"), "{}", neither.out);
    let named = figures(&words, &["--positive", "blue"]);
    near(figure(&named, "positive_agreement"), 2.0 / 5.0);
    assert_eq!(figures(&words, &["--positive", "green"]).status, 2);
}

#[test]
fn what_does_not_exist_is_undefined_and_intervals_end_where_their_measure_does() {
    let constant = figures("unit,ann,bo\n1,1,1\n2,1,1\n", &[]);
    assert_eq!((figure(&constant, "pabak"), figure(&constant, "brennan_prediger")), (None, None));
    let apart = figures("unit,ann,bo\n1,a,\n2,,b\n3,b,\n", &[]);
    assert_eq!((apart.status, figure(&apart, "holsti")), (0, None), "{}", apart.out);
    let few = figures("unit,ann,bo,cy\n1,a,b,a\n2,b,b,a\n3,a,b,b\n", &[]);
    for row in few.out.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        assert!(!row.contains(",-0,") && !cells[3].starts_with("-0.0000000000"), "{row}");
        let least = if cells[2] == "percent_agreement" { 0.0 } else { -1.0 };
        for limit in [cells[6], cells[7]].iter().filter_map(|it| it.parse::<f64>().ok()) {
            assert!((least..=1.0).contains(&limit), "{row}");
        }
    }
}

#[test]
fn pairs_of_coders_and_each_against_the_rest() {
    let csv = "unit,ann,bo,cy\n1,a,a,b\n2,b,b,b\n3,a,a,a\n4,b,a,b\n";
    let run =
        agree("three.csv", csv, &["--pairs", "--measure", "percent_agreement", "--format", "csv"]);
    let value = |name: &str| {
        let row = run
            .out
            .lines()
            .find(|row| row.starts_with(name))
            .unwrap_or_else(|| panic!("{name}: {}", run.out));
        row.split(',').nth(4).unwrap().parse::<f64>().unwrap()
    };
    let pairs = [value("ann & bo,"), value("ann & cy,"), value("bo & cy,")];
    assert_eq!(format!("{pairs:?}"), "[0.75, 0.75, 0.5]");
    assert!(
        (value("ann & (rest),") - 0.75).abs() < 1e-12
            && (value("cy & (rest),") - 0.625).abs() < 1e-12
    );
    let given =
        agree("given.csv", "unit,ann,bo\n1,a,a\n2,none,a\n3,none,none\n", &["--given", "either"]);
    assert!(
        given.out.contains("1 other is left out") && given.out.contains("To 1 some coders gave"),
        "{}",
        given.out
    );
}

#[test]
fn stretches_with_decimals_are_told_what_helps() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cuts.csv");
    fs::write(&file, "coder,start,end,code\na,0.0,2.5,X\nb,00:01,2,X\n").unwrap();
    let run = themata(folder.path(), &["agree", "--boundaries", file.to_str().unwrap()]);
    assert_eq!(run.status, 3);
    for said in ["whole numbers are needed, and `end` holds 2.5", "by 1000", "the time 00:01"] {
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
}

#[test]
fn what_was_assumed_stands_in_every_form() {
    let csv = "unit,ann,bo,notes\n1,a,a,x\n2,NA,b,y\n3,A,a,z\n";
    let table = agree("codings.csv", csv, &[]);
    assert!(
        table.err.is_empty() && table.out.contains("count as missing")
            || table.out.contains("counts as missing"),
        "{}",
        table.out
    );
    let json = agree("codings.csv", csv, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let assumed = json["assumed"].to_string();
    for said in ["notes", "`NA` (1)", "taken as one", "answers in use", "2 coders"] {
        assert!(assumed.contains(said), "{said}: {assumed}");
    }
    let tsv = agree("codings.csv", csv, &["--format", "tsv"]);
    assert!(tsv.err.contains("`NA` (1)") && !tsv.out.contains("NA"), "{}", tsv.err);
    let many: String = (0..40).map(|unit| format!("{unit},c{unit},c{unit}\n")).collect();
    let long = agree("many.csv", format!("unit,ann,bo\n{many}"), &[]);
    assert!(
        long.out.contains("40 answers in use, the commonest:") && long.out.contains("10 more"),
        "{}",
        long.out
    );
}

/// The cases from the field that stand beside the repository; a clone without them passes.
#[test]
fn the_cases_from_the_field_come_out_right() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/field-cases");
    if !cases.is_dir() {
        let _ = writeln!(std::io::stderr(), "skipped: ../shared/data/field-cases is not here");
        return;
    }
    let alpha = ["--measure", "krippendorff_alpha", "--level", "value", "--format", "csv"];
    for (file, more, status, expected) in [
        ("A01/krip_long.csv", &[][..], 2, None),
        ("A01/krip_long.csv", &["--absent", "missing"][..], 0, Some(0.691_358)),
        ("A01/krip_wide.csv", &[][..], 0, Some(0.691_358)),
        ("A03/long.csv", &["--absent", "missing"][..], 0, Some(1.0)),
        ("A04/codes.csv", &[][..], 0, Some(1.0)),
        ("A06/codes.csv", &[][..], 0, Some(1.0)),
        ("A07/codes.csv", &[][..], 0, Some(1.0)),
        ("A08/codes.csv", &[][..], 0, Some(1.0)),
        ("A10/recal99.csv", &["--missing", "99"][..], 0, Some(1.0)),
        ("A11/codes.csv", &[][..], 0, Some(1.0)),
        ("A13/codes.csv", &[][..], 0, Some(1.0)),
        ("A14/codes.csv", &[][..], 0, Some(1.0)),
        ("A15/codes.csv", &[][..], 0, Some(1.0)),
        ("A16/long.csv", &[][..], 0, Some(0.0)),
        ("A18/codes.csv", &[][..], 0, Some(1.0)),
        ("A19/dates.csv", &[][..], 3, None),
        ("A20/codes.csv", &[][..], 0, Some(0.533)),
        ("A22/codes.csv", &[][..], 0, Some(0.533)),
        ("A24/codes.csv", &[][..], 2, None),
        ("A25/fleisscounts.csv", &[][..], 2, None),
        ("A26/codes.csv", &[][..], 0, Some(0.533)),
        ("A27/codes.csv", &[][..], 0, Some(1.0)),
        ("A29/codes.csv", &[][..], 0, Some(1.0)),
        ("A31/k.xlsx", &[][..], 0, Some(0.444)),
        ("A32/codes.csv", &[][..], 0, Some(1.0)),
        ("A33/codes.csv", &[][..], 0, Some(0.444)),
    ] {
        let path = cases.join(file);
        let all = [&["agree", path.to_str().unwrap()][..], &alpha[..], more].concat();
        let run = themata(&cases, &all);
        assert_eq!(run.status, status, "{file}: {}{}", run.out, run.err);
        if let Some(expected) = expected {
            let found = figure(&run, "krippendorff_alpha");
            assert!(found.is_some_and(|it| (it - expected).abs() < 6e-4), "{file}: {found:?}");
        }
    }
    let cuts = cases.join("B01/cuts.csv");
    let run = themata(&cases, &["agree", "--boundaries", cuts.to_str().unwrap()]);
    assert!(run.status == 3 && run.err.contains("by 1000"), "{}", run.err);
}

/// Random tables: names of coders, units and codes of many alphabets, and what each coder gave each unit.
pub(crate) struct Made {
    pub(crate) coders: Vec<String>,
    pub(crate) units: Vec<String>,
    /// Per unit and coder the codes given; nothing for no row.
    pub(crate) cells: Vec<Vec<Option<Vec<String>>>>,
}

const NAMES: [&str; 12] =
    ["ann", "Bo", "Jörg", "María", "Zoë", "Li", "coder 1", "rater2", "Ñusta", "K", "Олена", "p7"];
const CODES: [&str; 12] = [
    "trust",
    "Kosten",
    "dónde",
    "rotating roles",
    "α",
    "long-term",
    "7",
    "care",
    "voz",
    "équité",
    "b2",
    "x.1",
];

fn pick<'a>(random: &mut Random, from: &[&'a str], number: usize) -> Vec<&'a str> {
    let mut left = from.to_vec();
    let mut chosen = Vec::new();
    while chosen.len() < number {
        chosen.push(left.remove(random.below(left.len() as u64) as usize));
    }
    chosen
}

impl Made {
    /// A table in which some answers are absent, and cells hold up to so many codes.
    pub(crate) fn new(random: &mut Random, absent: bool, most: u64) -> Self {
        let coders = 2 + random.below(3) as usize;
        let coders: Vec<String> =
            pick(random, &NAMES, coders).into_iter().map(str::to_owned).collect();
        let number = 3 + random.below(5) as usize;
        let codes = pick(random, &CODES, number);
        let units: Vec<String> = (0..5 + random.below(10)).map(|unit| format!("u{unit}")).collect();
        let mut cells = Vec::new();
        for _ in &units {
            let row = coders.iter().map(|_| {
                let gone = absent && random.below(4) == 0;
                let several = 1 + random.below(most) as usize;
                let mut given: Vec<String> = pick(random, &codes, several.min(codes.len()))
                    .into_iter()
                    .map(str::to_owned)
                    .collect();
                given.sort();
                (!gone).then_some(given)
            });
            cells.push(row.collect());
        }
        // People who code the same share an answer at least once.
        if let Some(last) = cells.last_mut() {
            *last = vec![Some(vec![codes[0].to_owned()]); coders.len()];
        }
        Self { coders, units, cells }
    }

    pub(crate) fn wide(
        &self,
        separator: &str,
        cell: &mut dyn FnMut(usize, &Option<Vec<String>>) -> String,
    ) -> String {
        let quoted = |it: String| format!("\"{}\"", it.replace('"', "\"\""));
        let mut text = format!("unit{separator}{}\n", self.coders.join(separator));
        for (unit, row) in self.units.iter().zip(&self.cells) {
            let cells: Vec<String> =
                row.iter().enumerate().map(|(at, it)| quoted(cell(at, it))).collect();
            text.push_str(&format!("{unit}{separator}{}\n", cells.join(separator)));
        }
        text
    }

    /// What is to be seen: per unit and coder the codes in order, `?` where nothing is decided.
    pub(crate) fn seen(&self, absent: &str) -> Vec<Vec<String>> {
        let cell = |it: &Option<Vec<String>>| {
            it.as_ref().map_or(absent.to_owned(), |codes| {
                let mut codes: Vec<String> = codes.iter().map(|it| it.to_lowercase()).collect();
                codes.sort();
                codes.join("; ")
            })
        };
        self.cells.iter().map(|row| row.iter().map(cell).collect()).collect()
    }
}

/// What is read of a file: coders, and per unit and coder the codes.
pub(crate) fn seen(
    bytes: &[u8],
    reading: &Reading,
) -> Result<(Vec<String>, Vec<Vec<String>>), Unread> {
    let codings = read("made.csv", bytes, reading)?.codings(&Pick::default())?.codings;
    let dimension = &codings.dimensions[0];
    let cell = |cell: &u32| match cell.checked_sub(1) {
        None => "?".to_owned(),
        Some(answer) => {
            let codes = &dimension.answers()[answer as usize].codes;
            let mut names: Vec<String> = codes
                .iter()
                .map(|it| dimension.label(std::slice::from_ref(it)).to_lowercase())
                .collect();
            names.sort();
            if names.is_empty() { "none".to_owned() } else { names.join("; ") }
        }
    };
    let width = codings.coders.len();
    let rows =
        (0..codings.units).map(|unit| dimension.unit(unit, width).iter().map(cell).collect());
    Ok((codings.coders.clone(), rows.collect()))
}

pub(crate) const SEEDS: u64 = 200;

#[test]
fn generated_k1_absent_rows() {
    for seed in 0..SEEDS {
        let random = &mut Random::stream(101, seed);
        let made = Made::new(random, true, 1);
        let mut rows = Vec::new();
        for (unit, row) in made.units.iter().zip(&made.cells) {
            for (coder, cell) in made.coders.iter().zip(row) {
                rows.extend(cell.iter().flatten().map(|code| format!("{unit},{coder},{code}")));
            }
        }
        for at in (1..rows.len()).rev() {
            rows.swap(at, random.below(at as u64 + 1) as usize);
        }
        let text = format!("unit,coder,code\n{}\n", rows.join("\n"));
        let units: Vec<usize> = (0..made.units.len())
            .filter(|unit| made.cells[*unit].iter().any(Option::is_some))
            .collect();
        let present: Vec<usize> = (0..made.coders.len())
            .filter(|coder| made.cells.iter().any(|row| row[*coder].is_some()))
            .collect();
        let absent = units
            .iter()
            .map(|unit| present.iter().filter(|it| made.cells[*unit][**it].is_none()).count());
        let absent: usize = absent.sum();
        let plain = seen(text.as_bytes(), &Reading::default());
        if present.len() < 2 {
            continue;
        }
        match (absent, plain) {
            (0, read) => assert!(read.is_ok(), "{seed}: {text}"),
            (_, Err(Unread::Failure(Failure::Usage(what, _)))) => {
                let n =
                    what.arguments.iter().find(|(name, _)| *name == "n").map(|(_, n)| n.clone());
                assert_eq!(
                    (what.key, n),
                    ("codings.absent", Some(absent.to_string())),
                    "{seed}: {text}"
                );
            }
            (_, other) => panic!("{seed}: {other:?}\n{text}"),
        }
        for (means, shown) in [(Empty::Missing, "?"), (Empty::None, "none")] {
            let reading = Reading { absent: Some(means), ..Reading::default() };
            let (coders, cells) = seen(text.as_bytes(), &reading).unwrap();
            // Units and coders come in the order of their first rows.
            let expected = made.seen(shown);
            let row_of = |row: &Vec<String>| {
                let mut row: Vec<(String, String)> =
                    coders.iter().cloned().zip(row.iter().cloned()).collect();
                row.sort();
                row
            };
            let mut found: Vec<_> = cells.iter().map(row_of).collect();
            let own = |unit: &usize| {
                let mut row: Vec<(String, String)> = present
                    .iter()
                    .map(|at| (made.coders[*at].clone(), expected[*unit][*at].clone()))
                    .collect();
                row.sort();
                row
            };
            let mut wanted: Vec<_> = units.iter().map(own).collect();
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted, "{seed}: {text}");
        }
    }
}

#[test]
fn generated_k2_placeholders() {
    const MARKS: [&str; 30] = [
        "NA",
        "N/A",
        "n.a.",
        "None",
        "NaN",
        "nan",
        "NULL",
        "null",
        "-",
        "–",
        "--",
        ".",
        "*",
        "#",
        "?",
        "<NA>",
        ".a",
        "#N/A",
        "#VALUE!",
        "#NV",
        "#¡REF!",
        "#DIV/0!",
        "k. A.",
        "sin dato",
        "Sans objet",
        "não se aplica",
        "non applicabile",
        "missing",
        "keine Angabe",
        "…",
    ];
    for seed in 0..SEEDS {
        let random = &mut Random::stream(102, seed);
        let made = Made::new(random, true, 1);
        let mark = MARKS[random.below(MARKS.len() as u64) as usize];
        let text = made
            .wide(",", &mut |_, cell| cell.as_ref().map_or(mark.to_owned(), |it| it.join("; ")));
        let (_, cells) = seen(text.as_bytes(), &Reading::default()).unwrap();
        assert_eq!(cells, made.seen("?"), "{seed} {mark}: {text}");
    }
}

#[test]
fn generated_k3_spellings() {
    for seed in 0..SEEDS {
        let random = &mut Random::stream(103, seed);
        let made = Made::new(random, false, 1);
        let how: Vec<u64> = made.coders.iter().map(|_| random.below(6)).collect();
        let text = made.wide(";", &mut |coder, cell| {
            let code = cell.as_ref().map_or("", |it| it[0].as_str());
            let is_number = code.parse::<u32>().is_ok();
            match how[coder] {
                0 => code.to_uppercase(),
                1 if is_number => format!("{code}.0"),
                2 if is_number => format!("0{code}"),
                3 => code.replace(' ', "  "),
                4 => {
                    let pairs = [("ö", "o\u{308}"), ("é", "e\u{301}"), ("ó", "o\u{301}")];
                    pairs.iter().fold(code.to_owned(), |text, (one, two)| text.replace(one, two))
                }
                5 => format!(" {code}\u{a0}"),
                _ => code.to_owned(),
            }
        });
        let (_, cells) = seen(text.as_bytes(), &Reading::default()).unwrap();
        for (row, expected) in cells.iter().zip(made.seen("?")) {
            for (one, first) in row.iter().zip(&expected) {
                for (other, second) in row.iter().zip(&expected) {
                    assert_eq!(one == other, first == second, "{seed}: {text}");
                }
            }
        }
    }
}

#[test]
fn generated_k4_columns_that_are_no_coders() {
    const BESIDE: [&str; 24] = [
        "notes",
        "Comments",
        "memo",
        "text",
        "Speaker",
        "file",
        "Date",
        "id",
        "consensus",
        "final",
        "gold",
        "notas",
        "Observaciones",
        "texto",
        "Hablante",
        "archivo",
        "Remarques",
        "Sprecher",
        "Datei",
        "Bemerkung",
        "commenti",
        "Observações",
        "data",
        "Konsens",
    ];
    for seed in 0..SEEDS {
        let random = &mut Random::stream(104, seed);
        let made = Made::new(random, false, 1);
        let beside = BESIDE[random.below(BESIDE.len() as u64) as usize];
        let place = random.below(made.coders.len() as u64 + 1) as usize + 1;
        let plain =
            made.wide(",", &mut |_, cell| cell.as_ref().map_or(String::new(), |it| it.join("; ")));
        let with: Vec<String> = plain
            .lines()
            .enumerate()
            .map(|(nth, line)| {
                let mut cells: Vec<&str> = line.split(',').collect();
                cells.insert(place, if nth == 0 { beside } else { "trust" });
                cells.join(",")
            })
            .collect();
        let text = format!("{}\n", with.join("\n"));
        let file = read("made.csv", text.as_bytes(), &Reading::default()).unwrap();
        assert_eq!(file.coders, made.coders, "{seed} {beside}: {text}");
        let said: Vec<String> = file.assumed.iter().map(|it| format!("{it:?}")).collect();
        assert!(said.iter().any(|it| it.contains(beside)), "{seed} {beside}: {said:?}");
        assert_eq!(seen(text.as_bytes(), &Reading::default()).unwrap().1, made.seen("?"));
    }
}

#[test]
fn generated_k5_sets() {
    const MARKS: [&str; 14] = [
        "; ", ";", "|", " | ", "#", "\n", " + ", "//", " // ", "json", "python", "choices",
        "brackets", "r",
    ];
    for seed in 0..SEEDS {
        let random = &mut Random::stream(105, seed);
        let made = Made::new(random, false, 3);
        let mark = MARKS[random.below(MARKS.len() as u64) as usize];
        let text = made.wide(",", &mut |_, cell| {
            let mut codes = cell.clone().unwrap_or_default();
            for at in (1..codes.len()).rev() {
                codes.swap(at, random.below(at as u64 + 1) as usize);
            }
            let all = |open: &str, between: &str, close: &str| {
                format!("{open}{}{close}", codes.join(between))
            };
            match mark {
                "json" => all("[\"", "\",\"", "\"]"),
                "python" => all("['", "', '", "']"),
                "choices" if codes.len() > 1 => all("{\"choices\":[\"", "\",\"", "\"]}"),
                "choices" => all("", "", ""),
                "brackets" => all("[", "][", "]"),
                "r" => all("c(\"", "\", \"", "\")"),
                mark => all("", mark, ""),
            }
        });
        let (_, cells) = seen(text.as_bytes(), &Reading::default()).unwrap();
        assert_eq!(cells, made.seen("?"), "{seed} {mark}: {text}");
    }
}

#[test]
fn generated_k6_forms_of_a_file() {
    for seed in 0..SEEDS {
        let random = &mut Random::stream(106, seed);
        let made = Made::new(random, false, 1);
        let separator = [",", ";", "\t", "|"][random.below(4) as usize];
        let text = made.wide(separator, &mut |_, cell| {
            cell.as_ref().map_or(String::new(), |it| it.join("; "))
        });
        let text = match random.below(3) {
            0 => text,
            1 => text.replace('\n', "\r\n"),
            _ => text.replace('\n', "\r"),
        };
        let named = format!("sep={separator}\r\n{text}");
        let bytes = match random.below(4) {
            0 => text.into_bytes(),
            1 => named.into_bytes(),
            2 => format!("\u{feff}{text}").into_bytes(),
            _ => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        };
        let (coders, cells) = seen(&bytes, &Reading::default()).unwrap();
        assert_eq!((coders, cells), (made.coders.clone(), made.seen("?")), "{seed}");
    }
}

#[test]
fn generated_k22_decimals() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cuts.csv");
    for seed in 0..SEEDS {
        let random = &mut Random::stream(122, seed);
        let places = 1 + random.below(6) as usize;
        let number =
            |random: &mut Random| format!("{}.{:0places$}", random.below(90), random.below(10));
        let (start, end) = (number(random), number(random));
        fs::write(&file, format!("coder,start,end,code\na,{start},{end},X\nb,1,2,X\n")).unwrap();
        let run = themata(folder.path(), &["agree", "--boundaries", file.to_str().unwrap()]);
        let factor = format!("by 1{}", "0".repeat(places.max(3)));
        assert!(
            run.status == 3 && run.err.contains(&end) && run.err.contains(&factor),
            "{seed}: {}",
            run.err
        );
    }
}
