//! Spreadsheets: workbooks read safely, sheets that go out, and what comes back.

use std::path::{Path, PathBuf};

use themata::domain::problem::Problem;
use themata::format::table::Table;
use themata::format::workbook::{self, Workbook};

/// The folder of awkward files, if it is here.
fn torture() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/import-torture");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared is not here");
        return None;
    }
    Some(folder)
}

fn read(folder: &Path, name: &str) -> (Table, Vec<String>) {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let mut problems = Vec::new();
    let table = workbook::read(name, &bytes, None, &[], &mut problems);
    (table, said(&problems))
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|it| format!("{} {}", it.at, it.what.key)).collect()
}

#[test]
fn a_workbook_gives_days_truth_values_zeros_and_merged_cells_as_they_are_shown() {
    let Some(folder) = torture() else { return };
    let (table, problems) = read(&folder, "sheet.xlsx");
    let columns = ["speaker", "text", "time", "n"];
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| columns.map(|column| table.get(row, column)).join("|"))
        .collect();
    assert_eq!(
        rows,
        [
            "Ana|¿Qué tal?|00:01:05|1",
            "|no speaker\nsecond line||2.5",
            "Luis||2024-05-17T10:00|TRUE",
            "007|00123|2024-05-17|1e5",
            "Eva|merged speaker||",
            "Eva|second turn||",
        ]
    );
    assert_eq!(problems, ["sheet.xlsx:B4 workbook.formula", "sheet.xlsx:D8 workbook.formula"]);
    let bytes = std::fs::read(folder.join("sheet.xlsx")).unwrap();
    let book = Workbook::open("sheet.xlsx", &bytes).unwrap();
    assert_eq!(book.first_visible(), Some("Transcript"));
    assert!(book.has("Hidden"));
}

#[test]
fn a_cell_in_the_farthest_corner_costs_no_more_than_one_cell() {
    let Some(folder) = torture() else { return };
    let (table, problems) = read(&folder, "far-cell.xlsx");
    assert_eq!((table.headings, problems), (vec!["speaker".to_owned()], vec![]));
    assert_eq!(table.rows.len(), 1);
    let cells: Vec<_> = table.rows[0].cells().collect();
    assert_eq!((table.rows[0].line, cells), (1_048_576, vec![(16_383, "far cell")]));
}

#[test]
fn what_is_no_workbook_is_told_so_and_never_unpacked_beyond_the_limits() {
    let Some(folder) = torture() else { return };
    for (name, key) in [
        ("truncated.xlsx", "archive.not_an_archive"),
        ("not-a-zip.docx", "archive.not_an_archive"),
        ("empty.docx", "archive.not_an_archive"),
        ("encrypted-ole.docx", "archive.protected"),
        ("zipbomb-200MiB.docx", "archive.beyond"),
        ("everything.docx", "workbook.broken"),
        ("everything.odt", "workbook.broken"),
    ] {
        let (table, problems) = read(&folder, name);
        assert_eq!(problems, [format!("{name} {key}")]);
        assert!(table.rows.is_empty());
    }
}

#[test]
fn no_damaged_workbook_makes_the_reader_panic() {
    let Some(folder) = torture() else { return };
    let whole = std::fs::read(folder.join("sheet.xlsx")).unwrap();
    for at in (0..whole.len()).step_by(37) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        workbook::read("x.xlsx", &bytes, None, &["text"], &mut Vec::new());
        workbook::read("x.xlsx", &whole[..at], None, &["text"], &mut Vec::new());
    }
}
