//! What goes out to a co-coder and comes back: sheets, files that a page saved, logs with their seals. What was damaged on
//! the way is refused, or said, or enters as it would have entered whole.

use std::io::{Cursor, Read};

use super::{in_round, results, rows, with_cell};
use crate::support::TestStudy;
use crate::workbook_file::filled_in;

/// What a file left behind: exit status, what was said, and the logs.
struct Came {
    status: i32,
    said: Vec<String>,
    logs: String,
}

/// What comes of a file in a copy of the study.
fn received(study: &TestStudy, name: &str, bytes: &[u8]) -> Came {
    let copy = TestStudy::copy_of(&study.path(""));
    let beside = tempfile::tempdir().unwrap();
    let file = beside.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    let (status, out, err) = copy.streams(&format!("receive {} --coder c2", file.display()));
    let said = (out + &err).replace(&file.display().to_string(), name);
    let read = |file: &str| std::fs::read_to_string(copy.path(file)).unwrap_or_default();
    // Without the row's number and time.
    let rows = read("coding/c2.csv");
    let rows = rows.lines().map(|row| row.splitn(3, ',').last().unwrap_or_default());
    let logs = rows.collect::<Vec<_>>().join("\n") + &read("memos/c2.csv");
    Came { status, said: said.lines().map(str::to_owned).collect(), logs }
}

/// What a damaged file did in silence: it entered otherwise than the whole one, and no line says more than with that.
fn silently(
    study: &TestStudy,
    whole: &Came,
    name: &str,
    bytes: &[u8],
    told: &str,
) -> Option<String> {
    let came = received(study, name, bytes);
    let refused = came.status != 0;
    if refused {
        assert!([2, 3, 4].contains(&came.status), "{told}: {:?}", came.said);
        assert!(came.said.iter().any(|it| it.contains("fix: ")), "{told}: {:?}", came.said);
    }
    // What is counted or listed of the answers says nothing of a damage.
    let counts = [" new, ", " blank, ", ": changed", ": taken back", " memos of ", " memo of "];
    let is_more = |line: &String| {
        !whole.said.contains(line) && !counts.iter().any(|count| line.contains(count))
    };
    let said = came.said.iter().any(is_more);
    (!refused && !said && came.logs != whole.logs)
        .then(|| format!("{told}: {:?}\n{}\nfor\n{}", came.said, came.logs, whole.logs))
}

/// A text without its column's form: nothing, no form at all, a name of nothing, another last letter.
fn wrong(cell: &str) -> [String; 4] {
    let mut off = cell.to_owned();
    let last = off.pop();
    off.push(if last == Some('7') { '8' } else { '7' });
    [String::new(), "%%".to_owned(), "Zq9".to_owned(), off]
}

/// A study in whose second round both code, and in which the codebook has changed since the first.
fn two_rounds() -> TestStudy {
    let study = TestStudy::new().coded("c2", &["A:2 tone warm"]);
    let seen = study.run("round new recode");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    study
}

/// A file as a page saves it, of the first round and the codebook of then.
fn saved(study: &TestStudy, version: &str) -> String {
    let head = "unit,dimension,codes,certainty,note,via,at,coder,round,codebook,pack,copy,save\n";
    let row = |unit: &str, dimension: &str, rest: &str| {
        let at = "2026-02-03T09:00:00Z";
        format!("{unit},{dimension},{rest},{at},c2,main,{version},ab12,cd34,7\n")
    };
    let rows = [
        row("A:2", "leadership", "horizontal; rotating,unsure,a remark,pack"),
        row("A:2", "tone", "cold,,a remark,pack"),
        row("A:5", "tone", "none,,,pack:rest"),
        row("B:1", "tone", "-,,,pack"),
    ];
    assert!(study.path("codebook.yaml").exists());
    head.to_owned() + &rows.concat()
}

#[test]
fn no_damaged_cell_of_a_pages_file_enters_in_silence() {
    let study = two_rounds();
    let version = study.open().study.version_in_force().id.clone();
    let book = study.read("codebook.yaml").replace("version: 1", "version: 2");
    study.write("codebook.yaml", &book);
    let text = saved(&study, &version);
    let whole = received(&study, "in.csv", text.as_bytes());
    assert_eq!(whole.status, 0, "{:?}", whole.said);
    assert!(whole.logs.contains(&format!("main,A:5,tone,none,,,pack:rest,,{version}")));
    let (rows, _) = rows(text.as_bytes());
    let mut found = Vec::new();
    for (nth, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let heading = &rows[0][column];
            for wrong in wrong(cell) {
                // What she decided or noted is hers, and blank is not decided.
                let is_hers = nth > 0 && heading == "note"
                    || nth > 0 && ["codes", "certainty"].contains(&heading) && wrong.is_empty();
                // When she says it was is said where it is received.
                if is_hers || nth > 0 && heading == "at" {
                    continue;
                }
                let damaged = with_cell(text.as_bytes(), (nth, column), &wrong);
                let told = format!("in.csv:{} {heading}: {wrong}", nth + 1);
                found.extend(silently(&study, &whole, "in.csv", &damaged, &told));
            }
        }
    }
    // A column taken out, for all rows.
    for column in 0..rows[0].len() {
        let heading = rows[0][column].to_owned();
        if ["note", "certainty", "at"].contains(&heading.as_str()) {
            continue;
        }
        let without = |row: &csv::StringRecord| {
            let cells: Vec<&str> =
                row.iter().enumerate().filter(|(at, _)| *at != column).map(|(_, it)| it).collect();
            cells.join(",") + "\n"
        };
        let damaged: String = rows.iter().map(without).collect();
        let told = format!("without {heading}");
        found.extend(silently(&study, &whole, "in.csv", damaged.as_bytes(), &told));
    }
    assert!(found.is_empty(), "nothing is said of {found:#?}");
}

/// The cells of a sheet of a workbook, by their names.
fn cells(book: &[u8], part: &str) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let inner = |pattern: &str, text: &str| -> Vec<String> {
        let pattern = regex::Regex::new(pattern).unwrap();
        pattern.captures_iter(text).map(|it| it[1].to_owned()).collect()
    };
    let plain = regex::Regex::new("<[^>]*>").unwrap();
    let shared = inner(r"(?s)<si>(.*?)</si>", &text("xl/sharedStrings.xml"));
    let cell =
        regex::Regex::new(r#"(?s)<c r="([A-Z]+\d+)"[^>]*t="s"[^>]*><v>(\d+)</v></c>"#).unwrap();
    let sheet = text(part);
    cell.captures_iter(&sheet)
        .map(|it| {
            let shown =
                plain.replace_all(&shared[it[2].parse::<usize>().unwrap()], "").into_owned();
            (it[1].to_owned(), shown)
        })
        .collect()
}

const CODING: &str = "xl/worksheets/sheet1.xml";
const META: &str = "xl/worksheets/sheet4.xml";

#[test]
fn no_damaged_cell_of_a_sheet_enters_in_silence() {
    let study = two_rounds();
    let beside = tempfile::tempdir().unwrap();
    let file = beside.path().join("c2.xlsx");
    let seen = study.run(&format!("sheet --coder c2 --round main -o {}", file.display()));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let book = std::fs::read(&file).unwrap();
    // A title and a codebook that came since; the sheet says with which it went out.
    let settings = study.read("themata.yaml");
    study.write("codebook.yaml", &study.read("codebook.yaml").replace("version: 1", "version: 2"));
    let known = cells(&book, CODING);
    let at = |text: &str| known.iter().find(|(_, it)| it == text).unwrap().0.clone();
    let row = at("A:2").trim_start_matches('A').to_owned();
    let other = at("A:5").trim_start_matches('A').to_owned();
    let book = filled_in(
        &book,
        CODING,
        &[(&format!("E{row}"), "horizontal"), (&format!("E{other}"), "none")],
    );
    let whole = received(&study, "c2.xlsx", &book);
    assert_eq!(whole.status, 0, "{:?}", whole.said);
    assert!(whole.logs.contains("main,A:2,leadership,horizontal"), "{}", whole.logs);
    let mut found = Vec::new();
    let mut changes = 0;
    for part in [CODING, META] {
        for (name, text) in cells(&book, part) {
            let is_answered = [&row, &other]
                .iter()
                .any(|it| name.trim_start_matches(char::is_alphabetic) == **it);
            if part == CODING && !(is_answered || name.ends_with('1') && name.len() == 2) {
                continue;
            }
            for wrong in wrong(&text) {
                // A blank cell of hers is not decided.
                if part == CODING
                    && wrong.is_empty()
                    && name > format!("D{row}")
                    && !name.ends_with('1')
                {
                    continue;
                }
                let damaged = filled_in(&book, part, &[(&name, &wrong)]);
                let told = format!("{part} {name} {text}: {wrong}");
                found.extend(silently(&study, &whole, "c2.xlsx", &damaged, &told));
                changes += 1;
            }
        }
    }
    study.write("themata.yaml", &settings.replace("Small", "Another"));
    let seen = received(&study, "c2.xlsx", &book);
    assert!(seen.said.iter().any(|it| it.contains("another title")), "{:?}", seen.said);
    assert!(found.is_empty(), "nothing is said of {found:#?}");
    assert!(changes > 60, "{changes}");
}

#[test]
fn no_damaged_cell_of_a_log_with_its_seals_enters_in_silence() {
    let decided: [&[&str]; 2] = [
        &["A:2 leadership horizontal", "A:2 tone warm"],
        &["A:2 leadership rotating", "A:2 tone warm", "B:1 tone cold"],
    ];
    let whole = in_round(TestStudy::new(), "main", decided);
    let before = results(&whole);
    let (log, seals) = (whole.read("coding/c2.csv"), whole.read("seals.csv"));
    let apart = TestStudy::copy_of(&whole.path(""));
    std::fs::remove_file(apart.path("coding/c2.csv")).unwrap();
    let left: Vec<&str> = seals.lines().filter(|row| !row.contains(",c2,")).collect();
    apart.write("seals.csv", &(left.join("\n") + "\n"));
    let come = |log: &[u8], seals: &[u8]| {
        let copy = TestStudy::copy_of(&apart.path(""));
        let beside = tempfile::tempdir().unwrap();
        let path = |name: &str| beside.path().join(name).display().to_string();
        std::fs::write(path("c2.csv"), log).unwrap();
        std::fs::write(path("seals.csv"), seals).unwrap();
        let seen = copy.run(&format!("receive {} {}", path("c2.csv"), path("seals.csv")));
        (seen, copy)
    };
    let (seen, copy) = come(log.as_bytes(), seals.as_bytes());
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    assert_eq!(results(&copy), before, "{seen}");
    let mut found = Vec::new();
    for (is_log, text) in [(true, &log), (false, &seals)] {
        let (rows, _) = rows(text.as_bytes());
        let hers = |row: &csv::StringRecord| is_log || row.iter().any(|cell| cell == "c2");
        // One of the first rows of the log: they are of one kind.
        let chosen = |nth: &usize| !is_log || *nth == 2;
        for (nth, row) in
            rows.iter().enumerate().skip(1).filter(|(nth, row)| hers(row) && chosen(nth))
        {
            for (column, cell) in row.iter().enumerate() {
                for wrong in &wrong(cell)[1..] {
                    let damaged = with_cell(text.as_bytes(), (nth, column), wrong);
                    let (log, seals) = match is_log {
                        true => (damaged.as_slice(), seals.as_bytes()),
                        false => (log.as_bytes(), damaged.as_slice()),
                    };
                    let (seen, copy) = come(log, seals);
                    let told = format!(
                        "{}:{} {}: {wrong}: {seen}",
                        if is_log { "c2.csv" } else { "seals.csv" },
                        nth + 1,
                        &rows[0][column]
                    );
                    let refused = !seen.ends_with("[exit 0]\n");
                    if !refused
                        && copy.run("check").ends_with("[exit 0]\n")
                        && results(&copy) != before
                    {
                        found.push(told);
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "nothing is said of {found:#?}");
}
