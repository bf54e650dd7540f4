//! One result in eight forms, each read back with another's eyes: they carry the same numbers.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use crate::support::TestStudy;

/// A table as read back: its rows, the heads first, each cell as text.
type Table = Vec<Vec<String>>;

fn study() -> TestStudy {
    let first = [
        "A:2 leadership horizontal; chair",
        "A:3-4 leadership chair",
        "A:5 leadership none",
        "B:1 leadership horizontal",
        "A:2 tone warm",
        "A:3-4 tone none",
        "A:5 tone cold",
        "B:1 tone warm",
    ];
    let second = [
        "A:2 leadership chair",
        "A:3-4 leadership chair",
        "A:5 leadership none",
        "B:1 leadership horizontal",
        "A:2 tone warm",
        "A:3-4 tone cold",
        "A:5 tone cold",
        "B:1 tone warm",
    ];
    let study = TestStudy::new().coded("c1", &first).coded("c2", &second);
    study.sealed("c1").sealed("c2")
}

fn bytes(study: &TestStudy, command: &str, form: &str) -> Vec<u8> {
    // Bytes go into a file; a terminal is no place for them.
    let extension = if form == "latex" { "tex" } else { form };
    let file = study.path(&format!("reports/read-back.{extension}"));
    let (status, _, err) =
        study.streams(&format!("{command} --format {form} -o {} --force", file.display()));
    assert_eq!(status, 0, "{command} {form}: {err}");
    std::fs::read(file).unwrap()
}

fn text(study: &TestStudy, command: &str, form: &str) -> String {
    String::from_utf8(bytes(study, command, form)).unwrap()
}

fn separated(text: &str, by: u8) -> Table {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(by).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The rows of JSON; the heads are the names of what is in the first.
fn json(text: &str) -> Table {
    let read: serde_json::Value = serde_json::from_str(text).unwrap();
    let rows = read["rows"].as_array().unwrap();
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    // An interval is one thing with two ends.
    let cells = |row: &serde_json::Value| -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (name, value) in row.as_object().unwrap() {
            match (name.as_str(), value) {
                ("ci95", serde_json::Value::Array(ends)) => {
                    all.push(("ci95_low".to_owned(), cell(&ends[0])));
                    all.push(("ci95_high".to_owned(), cell(&ends[1])));
                }
                ("ci95", _) => {
                    all.extend(["ci95_low", "ci95_high"].map(|it| (it.to_owned(), String::new())));
                }
                _ => all.push((name.clone(), cell(value))),
            }
        }
        all
    };
    let heads = cells(&rows[0]).into_iter().map(|it| it.0).collect();
    let rows = rows.iter().map(|row| cells(row).into_iter().map(|it| it.1).collect());
    std::iter::once(heads).chain(rows).collect()
}

/// The first sheet of a workbook, numbers as numbers.
fn sheet(bytes: Vec<u8>) -> Table {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |it: &Data| match it {
        Data::Empty => String::new(),
        Data::Float(number) => number.to_string(),
        Data::String(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    range.rows().map(|row| row.iter().map(cell).collect()).collect()
}

fn markdown(text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = vec![Vec::new()];
    for line in text.lines() {
        match line.strip_prefix("| ").and_then(|it| it.strip_suffix(" |")) {
            Some(row) if row.starts_with("---") => {}
            Some(row) => {
                let plain = row.replace("<br> ", " ").replace('\\', "");
                tables.last_mut().unwrap().push(plain.split(" | ").map(str::to_owned).collect());
            }
            None => tables.push(Vec::new()),
        }
    }
    tables.into_iter().filter(|it| !it.is_empty()).collect()
}

/// What stands between two marks, wherever they stand.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let mut rest = text;
    let mut found = Vec::new();
    while let Some((_, after)) = rest.split_once(open) {
        let (inside, behind) = after.split_once(close).unwrap();
        found.push(inside);
        rest = behind;
    }
    found
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn html(text: &str) -> Vec<Table> {
    let cell = |it: &str| {
        let (_, inside) = it.split_once('>').unwrap();
        let plain = inside.split("</").next().unwrap().replace("<br>", " ");
        unescaped(&plain)
    };
    let row = |it: &str| -> Vec<String> {
        let marked = it.replace("<th", "\u{1}<").replace("<td", "\u{1}<");
        marked.split('\u{1}').skip(1).map(cell).collect()
    };
    let table = |it: &str| between(it, "<tr", "</tr>").into_iter().map(row).collect();
    between(text, "<table", "</table>").into_iter().map(table).collect()
}

fn latex(text: &str) -> Vec<Table> {
    let plain = |cell: &str| {
        let cell = cell.trim();
        let made =
            cell.strip_prefix("\\makecell[l]{").or_else(|| cell.strip_prefix("\\shortstack[l]{"));
        let cell = made.map_or(cell, |it| it.trim_end_matches('}'));
        let cell = cell
            .replace("\\newline ", " ")
            .replace("\\newline{}", " ")
            .replace("\\\\ ", " ")
            .replace("\\_", "_");
        cell.replace("{[}", "[").replace("{]}", "]").replace("\\%", "%").replace("{'}", "'")
    };
    let table = |it: &str| -> Table {
        let rows = it.lines().filter_map(|line| line.strip_suffix("\\\\"));
        rows.map(|row| row.split(" & ").map(plain).collect()).collect()
    };
    between(text, "\\toprule", "\\bottomrule").into_iter().map(table).collect()
}

fn docx(bytes: Vec<u8>) -> Vec<Table> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    let cell = |it: &str| {
        let words = it.replace("<w:br/>", "<w:t> </w:t>").replace(" xml:space=\"preserve\"", "");
        let words = between(&words, "<w:t>", "</w:t>").into_iter();
        unescaped(&words.collect::<String>())
    };
    let row = |it: &str| between(it, "<w:tc>", "</w:tc>").into_iter().map(cell).collect();
    let table = |it: &str| between(it, "<w:tr>", "</w:tr>").into_iter().map(row).collect();
    between(&text, "<w:tbl>", "</w:tbl>").into_iter().map(table).collect()
}

/// Tables that a page has room for in parts only, put together: every part begins with the heads of the rows.
fn rejoined(parts: Vec<Table>, as_in: &[Table]) -> Vec<Table> {
    let mut parts = parts.into_iter();
    let whole = |of: &Table| {
        let mut table = parts.next().unwrap_or_default();
        while table[0].len() < of[0].len() {
            let part = parts.next().unwrap();
            let is_head = |at: usize| table.iter().zip(&part).all(|(one, it)| one[at] == it[at]);
            let leading = (0..part[0].len()).take_while(|at| is_head(*at)).count();
            assert!(leading > 0 && part.len() == table.len(), "{part:?}");
            for (row, more) in table.iter_mut().zip(part) {
                row.extend(more.into_iter().skip(leading));
            }
        }
        table
    };
    as_in.iter().map(whole).collect()
}

/// What programs read: csv, tsv, json and the sheet of a workbook hold the same numbers in the same places.
fn for_programs(study: &TestStudy, command: &str) -> Table {
    let rows = separated(&text(study, command, "csv"), b',');
    assert_eq!(rows, separated(&text(study, command, "tsv"), b'\t'), "{command}");
    let numbers = |table: &Table| -> Vec<Vec<f64>> {
        table
            .iter()
            .skip(1)
            .map(|row| row.iter().filter_map(|it| it.parse().ok()).collect())
            .collect()
    };
    let expected = numbers(&rows);
    assert!(expected.iter().flatten().count() >= rows.len() - 1, "{command}: {rows:?}");
    for (form, other) in [
        ("json", json(&text(study, command, "json"))),
        ("xlsx", sheet(bytes(study, command, "xlsx"))),
    ] {
        let other = numbers(&other);
        assert_eq!(other.len(), expected.len(), "{command}: {form}");
        for (one, other) in expected.iter().zip(&other) {
            // The last binary digit is that of whoever reads.
            let same = |(one, other): (&f64, &f64)| (one - other).abs() <= 1e-12 * one.abs();
            let all = one.len() == other.len() && one.iter().zip(other).all(same);
            assert!(all, "{command}: {form}\n{one:?}\n{other:?}");
        }
    }
    rows
}

/// What people read: Markdown, HTML, LaTeX and a document of a text program hold the same tables, cell by cell.
fn for_people(study: &TestStudy, command: &str) -> Vec<Table> {
    // Codes stand a little to the right of their dimension, where a form can show it.
    let plain = |mut tables: Vec<Table>| {
        let cells = tables.iter_mut().flatten().flatten();
        cells.for_each(|cell| *cell = cell.trim().to_owned());
        tables
    };
    let tables = plain(markdown(&text(study, command, "md")));
    assert_eq!(plain(html(&text(study, command, "html"))), tables, "{command}: html");
    assert_eq!(plain(latex(&text(study, command, "latex"))), tables, "{command}: latex");
    let document = rejoined(plain(docx(bytes(study, command, "docx"))), &tables);
    assert_eq!(document, tables, "{command}: docx");
    tables
}

/// A number as people are shown it: a count as it is, all else with three decimals.
fn shown(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) if cell.contains('.') => format!("{number:.3}"),
        _ => cell.to_owned(),
    }
}

/// A coefficient as people are shown it.
fn figure(cell: &str) -> String {
    format!("{:.3}", cell.parse::<f64>().unwrap())
}

#[test]
fn a_matrix_holds_the_same_numbers_in_eight_forms() {
    let study = study();
    for command in [
        "matrix --cell units,share,words --totals --names ids",
        "matrix --rows case/participant --columns code --cell participants --subtotals --names ids",
        "matrix --rows code --contrast case=A,B --cell units,share --names ids",
    ] {
        let rows = for_programs(&study, command);
        let [table] = &for_people(&study, command)[..] else { panic!("{command}") };
        assert_eq!(table.len(), rows.len(), "{command}");
        for (one, other) in rows.iter().zip(table).skip(1) {
            // Programs are given the locators behind a contrast, too.
            let one: Vec<String> = one.iter().map(|it| shown(it)).collect();
            let numbers = |row: &[String]| -> Vec<f64> {
                row.iter().filter_map(|it| it.parse().ok()).collect()
            };
            assert_eq!(numbers(&one), numbers(other), "{command}: {one:?} {other:?}");
        }
    }
}

#[test]
fn talk_holds_the_same_numbers_in_eight_forms() {
    let study = study();
    for command in
        ["talk --names ids", "talk --with-moderator --names ids", "talk --follows --names ids"]
    {
        let rows = for_programs(&study, command);
        let numbers = |row: &Vec<String>| -> Vec<f64> {
            row.iter().filter_map(|it| shown(it).parse().ok()).collect()
        };
        let table = &for_people(&study, command)[0];
        let (one, other): (Vec<_>, Vec<_>) = (
            rows.iter().skip(1).map(numbers).collect(),
            table.iter().skip(1).map(numbers).collect(),
        );
        if command.contains("follows") {
            // People see who follows whom as a table of two sides.
            let sum = |of: &Vec<Vec<f64>>| of.iter().flatten().sum::<f64>();
            assert!((sum(&one) - sum(&other)).abs() < 1e-9, "{command}");
        } else {
            assert_eq!(one, other, "{command}");
        }
    }
}

#[test]
fn agreement_holds_the_same_numbers_in_eight_forms() {
    let study = study();
    let command = "agree --level all --names ids";
    let rows = for_programs(&study, command);
    let tables = for_people(&study, command);
    let at = |name: &str| rows[0].iter().position(|it| it == name).unwrap();
    let mut seen = 0;
    for row in rows.iter().skip(1).filter(|row| !row[at("value")].is_empty()) {
        let interval = match row[at("ci95_low")].is_empty() {
            true => String::new(),
            false => {
                format!(" [{}, {}]", figure(&row[at("ci95_low")]), figure(&row[at("ci95_high")]))
            }
        };
        let cell = format!("{}{interval}", figure(&row[at("value")]));
        let is_there = |table: &Table| {
            let column = table[0].iter().position(|it| *it == row[at("measure")]);
            let of_name = table.iter().filter(|it| it[0] == row[at("name")]);
            column.is_some_and(|column| of_name.into_iter().any(|it| it[column] == cell))
        };
        assert!(tables.iter().any(is_there), "{row:?} as {cell}\n{tables:?}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_workbook_of_agreement_is_read_in_the_language_of_its_reader() {
    let study = study();
    let table = sheet(bytes(&study, "agree --lang es", "xlsx"));
    let heads: Vec<&str> = table[0].iter().map(String::as_str).collect();
    assert_eq!(
        heads[..6],
        ["nivel", "dimensión o código", "medida", "valor", "no definida porque", "error estándar"]
    );
    let measures: Vec<&str> = table.iter().map(|row| row[2].as_str()).collect();
    assert!(measures.contains(&"acuerdo porcentual"), "{measures:?}");
    let read: String = table.iter().flatten().map(|it| format!("{it}|")).collect();
    for id in ["percent_agreement", "presence|", "analytic", "ci95"] {
        assert!(!read.contains(id), "{id}: {read}");
    }
    // Whoever asks for ids gets the words of the contract.
    let table = sheet(bytes(&study, "agree --lang es --names ids", "xlsx"));
    assert_eq!(table[0][..3], ["level", "name", "measure"]);
}
