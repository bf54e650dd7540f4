//! Spreadsheets: workbooks read safely, sheets that go out, and what comes back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use themata::domain::problem::Problem;
use themata::format::table::Table;
use themata::format::workbook;
use themata::read::workbook::Workbook;

use crate::program::themata;
use crate::support::TestStudy;
use crate::workbook_file::filled;

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

/// A copy of the example study in which nobody has sealed anything yet.
pub(crate) fn unsealed_example() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"), folder.path());
    let seals = std::fs::read_to_string(folder.path().join("seals.csv")).unwrap();
    let header = seals.lines().next().unwrap();
    std::fs::write(folder.path().join("seals.csv"), format!("{header}\n")).unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::write(&target, std::fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// A study, and the file beside it that goes to and fro.
struct Desk {
    study: TempDir,
    file: PathBuf,
    _beside: TempDir,
}

impl Desk {
    fn new() -> Self {
        let beside = tempfile::tempdir().unwrap();
        let file = beside.path().join("c1.xlsx");
        Self { study: unsealed_example(), file, _beside: beside }
    }

    /// The status of a run and what it said, results first.
    fn run(&self, arguments: &[&str]) -> (u8, String) {
        let run = themata(self.study.path(), arguments);
        (run.status, run.out + &run.err)
    }

    fn sheet(&self, more: &[&str]) -> Vec<u8> {
        let file = self.file.to_str().unwrap();
        let all = [&["sheet", "--coder", "c1", "-o", file, "--force"], more].concat();
        let (status, said) = self.run(&all);
        assert_eq!(status, 0, "{said}");
        std::fs::read(&self.file).unwrap()
    }

    /// Receives a file as hers who has not sealed.
    fn receive(&self, name: &str, bytes: &[u8], more: &[&str]) -> (u8, String) {
        let whose: &[&str] = if more.contains(&"--coder") { &[] } else { &["--coder", "c1"] };
        self.receive_as_it_is(name, bytes, &[whose, more].concat())
    }

    fn receive_as_it_is(&self, name: &str, bytes: &[u8], more: &[&str]) -> (u8, String) {
        let file = self.file.with_file_name(name);
        std::fs::write(&file, bytes).unwrap();
        let file = file.to_str().unwrap().to_owned();
        let (status, said) = self.run(&[&["receive", &file], more].concat());
        (status, said.replace(&file, name))
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.study.path().join(file)).unwrap_or_default()
    }

    /// The rows that c1's log has beyond those of the example, without seq and time.
    fn new_rows(&self) -> Vec<String> {
        let log = self.read("coding/c1.csv");
        let rows = log.lines().skip(1 + 1730);
        rows.map(|row| row.splitn(3, ',').last().unwrap().to_owned()).collect()
    }
}

#[test]
fn the_sheet_of_the_example_comes_back_untouched_and_writes_nothing_in_either_language() {
    let desk = Desk::new();
    for language in ["en", "es"] {
        let book = desk.sheet(&["--lang", language]);
        let (status, said) = desk.receive("c1.xlsx", &book, &[]);
        let counts = "c1, round main: 0 new, 0 changed, 0 taken back, 1730 as before\n\
             nothing in c1.xlsx differs from what is in force; nothing was written\n";
        assert_eq!((status, said.as_str()), (0, counts));
    }
    assert_eq!(desk.new_rows(), [""; 0]);
    assert_eq!(desk.read("events.csv").matches(",receive,c1,").count(), 0);
}

#[test]
fn a_file_of_somebody_who_has_not_sealed_is_received_only_where_it_is_said_whose_it_is() {
    let desk = Desk::new();
    let book = desk.sheet(&["--case", "CoP-31"]);
    let guess = filled(&book, &[("E3", "Rotating roles")]);
    let long =
        b"unit,coder,dimension,codes\nCoP-31:3,c1,leadership,none\nCoP-31:3,c2,leadership,none\n";
    let before = (desk.read("coding/c1.csv"), desk.read("coding/c2.csv"), desk.read("events.csv"));
    for more in [&[][..], &["--dry-run"], &["--again"], &["--empty", "none"]] {
        let (status, said) = desk.receive_as_it_is("c1.xlsx", &guess, more);
        let fix = "c1.xlsx holds answers of c1, who has not sealed: it is received only where it is said whose";
        assert!(status == 4 && said.contains(fix), "{said}");
        assert!(said.ends_with("receive c1.xlsx --coder c1`\n"), "{said}");
        let (status, said) = desk.receive_as_it_is("both.csv", long, more);
        assert!(status == 4 && said.contains("--coder c1 --coder c2"), "{said}");
    }
    assert_eq!(desk.receive("both.csv", long, &["--coder", "c1"]).0, 3);
    let after = (desk.read("coding/c1.csv"), desk.read("coding/c2.csv"), desk.read("events.csv"));
    assert_eq!(after, before);
    assert_eq!(desk.receive("both.csv", long, &["--coder", "c1", "--coder", "c2"]).0, 0);
    // Once she has sealed there is nothing to be tried out.
    assert_eq!(desk.run(&["seal", "--coder", "c1"]).0, 0);
    assert_eq!(desk.receive_as_it_is("c1.xlsx", &book, &[]).0, 0);
}

#[test]
fn what_is_filled_in_a_sheet_is_one_act_in_the_log_and_the_same_file_is_received_once() {
    let desk = Desk::new();
    let book = desk.sheet(&["--case", "CoP-31"]);
    let filled = filled(
        &book,
        &[
            ("E3", "Rotating roles"),
            ("F3", "Hierarchical"),
            ("T5", "Conflict management"),
            ("U7", "Or is it?"),
            ("E8", "-"),
        ],
    );
    let counts = "c1, round main: 0 new, 3 changed, 1 taken back, 276 as before\n\
         CoP-31:3 leadership: changed\nCoP-31:5 conflict: changed\nCoP-31:7 leadership: changed\n\
         CoP-31:8 leadership: taken back\n";
    // Trying a file against what she has not sealed says nothing of what it has in common with hers.
    let (status, said) = desk.receive("c1.xlsx", &filled, &["--dry-run", "--coder", "c1"]);
    let dry = counts.replace(", 276 as before", "") + "nothing was written (--dry-run)\n";
    assert_eq!((status, said), (0, dry));
    assert_eq!(desk.new_rows(), [""; 0]);
    assert_eq!(desk.receive("c1.xlsx", &filled, &[]), (0, counts.to_owned()));
    assert_eq!(
        desk.new_rows(),
        [
            "main,CoP-31:3,leadership,rotating-roles; hierarchical,,,sheet,,v-82f5784999cf",
            "main,CoP-31:5,conflict,none,unsure,,sheet,,v-82f5784999cf",
            "main,CoP-31:7,leadership,competence-led,,Or is it?,sheet,,v-82f5784999cf",
            "main,CoP-31:8,leadership,,,,sheet,,v-82f5784999cf",
        ]
    );
    let log = desk.read("coding/c1.csv");
    let times: BTreeSet<_> =
        log.lines().skip(1731).map(|row| row.split(',').nth(1).unwrap()).collect();
    assert_eq!(times.len(), 1, "one receive has one time, so that it is one undo");
    let (status, said) = desk.receive("c1.xlsx", &filled, &[]);
    let same = "c1, round main: 0 new, 0 changed, 0 taken back, 280 as before\n\
         nothing in c1.xlsx differs from what is in force; nothing was written\n";
    assert_eq!((status, said.as_str()), (0, same));
    assert_eq!(desk.read("coding/c1.csv"), log);
    let events = desk.read("events.csv");
    assert_eq!(events.matches(",receive,c1,,").count(), 1, "no hash of what it held: {events}");
}

#[test]
fn a_sheet_with_any_fault_writes_nothing_and_every_fault_is_told_with_its_remedy() {
    let desk = Desk::new();
    let book = desk.sheet(&["--case", "CoP-31"]);
    let filled = filled(&book, &[("E3", "Hierarchical"), ("E4", "Belonging"), ("H5", "sthg")]);
    let (status, said) = desk.receive("c1.xlsx", &filled, &[]);
    expect_test::expect![[r#"
        error: 2 problems
        c1.xlsx:E4: `Belonging` is a code of relationships
          fix: move it there, or give a code of leadership
        c1.xlsx:H5: `sthg` is no code of relationships
          fix: give one of own-pace, closeness, belonging, enthusiasm, mutual-learning, discouragement, relationships, none
    "#]]
    .assert_eq(&said);
    assert_eq!((status, desk.new_rows().len()), (3, 0));
    assert!(!desk.read("events.csv").contains(",receive,"), "{}", desk.read("events.csv"));
}

#[test]
fn a_sheet_holds_the_same_bytes_whatever_the_other_coder_decided() {
    let desk = Desk::new();
    let before = desk.sheet(&[]);
    assert_eq!(before, desk.sheet(&[]));
    let log = desk.read("coding/c2.csv");
    let header = log.lines().next().unwrap();
    std::fs::write(desk.study.path().join("coding/c2.csv"), format!("{header}\n")).unwrap();
    assert_eq!(before, desk.sheet(&[]));
}

#[test]
fn what_is_sealed_is_left_out_of_sheets_and_cannot_be_changed_by_a_file() {
    let desk = Desk::new();
    let csv = b"unit,dimension,codes\nCoP-31:3,leadership,hierarchical\n";
    let same = b"unit,dimension,codes\nCoP-31:3,leadership,none\n";
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities/seals.csv"),
        desk.study.path().join("seals.csv"),
    )
    .unwrap();
    let (status, said) = desk.receive("a.csv", csv, &["--coder", "c1"]);
    assert_eq!(status, 4, "{said}");
    assert!(said.contains("c1 has sealed CoP-31"), "{said}");
    assert_eq!(desk.receive("b.csv", same, &["--coder", "c1"]).0, 0);
    assert_eq!(desk.new_rows(), [""; 0]);
    let file = desk.file.to_str().unwrap();
    assert_eq!(desk.run(&["sheet", "--coder", "c1", "-o", file]).0, 4);
}

#[test]
fn wrong_use_is_told_from_a_missing_file_and_from_a_file_that_would_be_overwritten() {
    let desk = Desk::new();
    let file = desk.file.to_str().unwrap();
    let (status, said) = desk.run(&["sheet", "--coder", "c9", "-o", file]);
    assert_eq!((status, said.contains("c1, c2")), (2, true), "{said}");
    assert_eq!(desk.run(&["sheet", "--coder", "c1", "-o", "c1.ods"]).0, 2);
    assert_eq!(desk.run(&["sheet", "--coder", "c1", "-o", file, "--case", "X"]).0, 2);
    let book = desk.sheet(&[]);
    assert_eq!(desk.run(&["sheet", "--coder", "c1", "-o", file]).0, 4);
    assert_eq!(desk.run(&["receive", "nowhere.xlsx"]).0, 5);
    assert_eq!(desk.receive("c1.xlsx", &book, &["--coder", "c2"]).0, 2);
    assert_eq!(desk.receive("a.csv", b"unit,tone\n", &[]).0, 3);
    assert_eq!(desk.receive_as_it_is("a.csv", b"unit,leadership\n", &[]).0, 2);
    assert_eq!(desk.receive("a.csv", b"unit,leadership\n", &["--coder", "c1"]).0, 0);
}

#[test]
fn a_memo_without_a_decision_becomes_a_note_on_the_unit_once() {
    let desk = Desk::new();
    std::fs::remove_file(desk.study.path().join("coding/c1.csv")).unwrap();
    let before = desk.read("memos/c1.csv");
    let csv = b"unit,leadership,memo\nCoP-31:3,,come back to this\n";
    let (status, said) = desk.receive("a.csv", csv, &["--coder", "c1"]);
    assert_eq!(status, 0);
    assert!(said.contains("1 memo of c1 on units without a decision is kept as a note"), "{said}");
    let again = [csv.as_slice(), b"CoP-31:4,none,\n"].concat();
    assert_eq!(desk.receive("b.csv", &again, &["--coder", "c1"]).0, 0);
    let memos = desk.read("memos/c1.csv");
    let added = memos.strip_prefix(&before).unwrap();
    assert_eq!(added.matches(",CoP-31:3,note,come back to this\n").count(), 1);
}

#[test]
fn a_codebook_in_a_workbook_with_merged_cells_begins_a_study() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codes.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    page.write_row(0, 0, ["Dimension", "Code", "Parent", "Name"]).unwrap();
    page.merge_range(1, 0, 3, 0, "Trust", &rust_xlsxwriter::Format::new()).unwrap();
    page.write_row(1, 1, ["in-boss", "", "In the boss"]).unwrap();
    page.write_row(2, 1, ["deep", "in-boss", "Deep"]).unwrap();
    page.write_row(3, 1, ["shallow", "nobody", "Shallow"]).unwrap();
    book.save(&file).unwrap();
    let study = folder.path().join("study");
    let arguments = ["init", study.to_str().unwrap(), "--codebook", file.to_str().unwrap()];
    let run = themata(folder.path(), &arguments);
    assert_eq!(run.status, 3);
    assert!(run.err.contains("codes.xlsx:C4: "), "{}", run.err);
    let page = book.worksheet_from_index(0).unwrap();
    page.write_string(3, 2, "").unwrap();
    page.write_blank(3, 2, &rust_xlsxwriter::Format::new()).unwrap();
    book.save(&file).unwrap();
    let run = themata(folder.path(), &arguments);
    assert_eq!(run.status, 0, "{}", run.err);
    let made = std::fs::read_to_string(study.join("codebook.yaml")).unwrap();
    assert_eq!(made.matches("- id: ").count(), 4);
}

#[test]
fn what_was_undone_can_be_received_again_and_what_only_goes_back_is_refused() {
    let desk = Desk::new();
    let csv =
        |codes: &str| format!("unit,dimension,codes\nCoP-31:3,leadership,{codes}\n").into_bytes();
    let receive = |codes: &str, more: &[&str]| {
        let mut options = vec!["--coder", "c1"];
        options.extend(more);
        desk.receive("a.csv", &csv(codes), &options)
    };
    assert_eq!(receive("hierarchical", &[]).0, 0);
    assert_eq!(desk.run(&["undo", "--coder", "c1"]).0, 0);
    let (status, said) = receive("hierarchical", &[]);
    assert_eq!((status, desk.new_rows().len()), (0, 3), "{said}");
    // A later answer replaces it; the file that comes once more would only go back.
    assert_eq!(receive("rotating-roles", &[]).0, 0);
    let (status, said) = receive("hierarchical", &[]);
    assert_eq!((status, desk.new_rows().len()), (4, 4), "{said}");
    assert!(said.contains("a.csv seems to be older") && said.contains("CoP-31:3"), "{said}");
    assert!(!said.contains("hierarchical"), "{said}");
    assert_eq!(receive("hierarchical", &["--again"]).0, 0);
}

#[test]
fn blanks_are_none_where_the_row_is_done_or_where_it_is_said() {
    let study = crate::support::TestStudy::new().coded("c2", &["A:2 tone warm"]);
    let receive = |text: &str, more: &str| {
        study.write("in.csv", text);
        study.run(&format!("receive {} --coder c2 {more}", study.path("in.csv").display()))
    };
    let seen = receive("unit,leadership,tone,done\nA:2,,,x\nA:3-4,0,,no\nA:5,,,\n", "");
    assert!(seen.contains("A:2 tone: none, because its row is marked done"), "{seen}");
    assert!(seen.contains("3 cells are blank"), "{seen}");
    let log = study.read("coding/c2.csv");
    assert!(
        log.contains("A:2,leadership,none,,,csv:rest") && log.contains("A:2,tone,none,,,csv:rest")
    );
    assert!(log.contains("A:3-4,leadership,none,,,csv,"), "0 is none, and no rest: {log}");
    assert!(!log.contains("A:5"), "{log}");
    let seen =
        receive("unit,leadership,tone\nA:3-4,,\nA:5,\"chair, horizontal\",\n", "--empty none");
    assert!(seen.contains("3 new"), "{seen}");
    let log = study.read("coding/c2.csv");
    assert!(log.contains("A:5,leadership,horizontal; chair,,,csv,"), "{log}");
    assert!(log.contains("A:5,tone,none,,,csv:rest"), "{log}");
    assert!(study.read("events.csv").contains("--empty none"));
}

#[test]
fn what_a_row_says_of_being_done_is_yes_or_no_or_refused() {
    let study = crate::support::TestStudy::new();
    let receive = |done: &str| {
        study.write("back.csv", &format!("unit,leadership,tone,done\nA:2,horizontal,,{done}\n"));
        study.run(&format!("receive {} --coder c1 --dry-run", study.path("back.csv").display()))
    };
    for done in ["x", "X", "yes", "Sí", "VERDADERO", "1", "✓", "listo", "done", "WAHR"] {
        let seen = receive(done);
        assert!(seen.contains("2 new") && !seen.contains("blank"), "{done}: {seen}");
    }
    for not in ["", "no", "0", "nein", "-", "FALSO", "n"] {
        let seen = receive(not);
        assert!(seen.contains("1 cell is blank") && seen.ends_with("[exit 0]\n"), "{not}: {seen}");
    }
    for neither in ["later", "todavía no", "2026-05-02", "?", "half"] {
        let seen = receive(neither);
        assert!(seen.contains("neither that the row is done nor"), "{neither}: {seen}");
        assert!(seen.ends_with("[exit 3]\n"), "{neither}: {seen}");
    }
}

#[test]
fn names_without_accents_are_understood_near_misses_named_and_rows_of_another_text_refused() {
    let study = crate::support::TestStudy::new();
    let receive = |text: &str| {
        study.write("in.csv", text);
        study.run(&format!("receive {} --coder c2", study.path("in.csv").display()))
    };
    let seen = receive("sep=;\nunit;Liderazgo distribuido\nA:2;rota la présidencia / horizontal\n");
    assert!(seen.contains("1 new") && seen.contains("[exit 0]"), "{seen}");
    let seen = receive("unit,leadership\nA:5,horizontl\n");
    assert!(seen.contains("did you mean horizontal?") && seen.contains("[exit 3]"), "{seen}");
    let seen = receive("unit,text,leadership\nA:5,I came for the coffee.,horizontal\n");
    assert!(
        seen.contains("in.csv:2:text: the text in this row is not what was said in A:5"),
        "{seen}"
    );
    assert!(!seen.contains("coffee") && seen.contains("[exit 3]"), "{seen}");
}

#[test]
fn an_older_save_of_a_page_is_refused_and_another_copy_is_taken() {
    let study = crate::support::TestStudy::new();
    let version = study.open().study.version_in_force().id.clone();
    let receive = |codes: &str, copy: &str, save: u32, more: &str| {
        let head = "unit,dimension,codes,certainty,note,via,at,coder,round,codebook,pack,copy,save";
        let row = format!("A:2,tone,{codes},,,pack,,c2,main,{version},ab12,{copy},{save}");
        study.write("in.csv", &format!("{head}\n{row}\n"));
        study.run(&format!("receive {} --coder c2 {more}", study.path("in.csv").display()))
    };
    assert!(receive("warm", "c0", 6, "").contains("[exit 0]"));
    assert!(receive("cold", "c0", 7, "").contains("[exit 0]"));
    assert!(study.read("events.csv").contains("ab12 c0 7"));
    let seen = receive("warm", "c0", 6, "");
    assert!(seen.contains("[exit 4]") && seen.contains("is save 6 of this page"), "{seen}");
    assert!(seen.contains("it would set back A:2"), "{seen}");
    assert!(receive("warm", "c1", 1, "").contains("A:2 tone: changed"));
    assert!(receive("cold", "c0", 5, "--again").contains("[exit 0]"));
    assert!(receive("-", "c0", 9, "").contains("1 taken back"));
    let log = study.read("coding/c2.csv");
    assert!(log.contains(",pack,"), "{log}");
    assert!(receive("warm", "zz", 1, "").contains("[exit 3]"));
}

#[test]
fn the_frozen_columns_leave_room_for_answers_on_a_screen_of_1366_pixels() {
    let study = crate::support::TestStudy::of("en", &["c1"], include_str!("../../codebook.yaml"));
    let wide = regex::Regex::new(r#"<col min="(\d+)" max="(\d+)" width="([\d.]+)""#).unwrap();
    for language in ["en", "es"] {
        let file = study.path(&format!("{language}.xlsx"));
        study.run(&format!("--lang {language} sheet --coder c1 -o '{}'", file.display()));
        let mut book = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
        let mut part = |name: &str| {
            let mut xml = String::new();
            std::io::Read::read_to_string(&mut book.by_name(name).unwrap(), &mut xml).unwrap();
            xml
        };
        let xml = part("xl/worksheets/sheet1.xml");
        assert!(xml.contains("xSplit=\"4\" ySplit=\"1\"") && xml.contains("state=\"frozen\""));
        // Seven pixels a digit of the plain letter, as spreadsheets count, and forty for the numbers of rows.
        let mut pixels = Vec::new();
        for found in wide.captures_iter(&xml) {
            let number = |nth: usize| found[nth].parse::<f64>().unwrap();
            for _ in number(1) as usize..=number(2) as usize {
                pixels.push(number(3) * 7.0);
            }
        }
        let frozen: f64 = pixels[..4].iter().sum();
        let answers = &pixels[4..pixels.len() - 3];
        let widest = answers.iter().copied().fold(0.0, f64::max);
        let in_view = ((1366.0 - 40.0 - frozen) / widest).floor();
        assert!(
            answers.len() >= 8 && in_view >= 8.0,
            "{frozen} frozen, {widest} each: {in_view} in view"
        );
        // What has to be known while one works stands in the heading that stays in view.
        let shared = part("xl/sharedStrings.xml");
        let guide = if language == "en" { "leaves" } else { "deja" };
        assert!(shared.contains(guide), "{}", &shared[..600]);
    }
}

#[test]
fn two_files_taken_in_within_one_second_are_two_acts() {
    let study = TestStudy::new();
    for (name, row) in
        [("one.csv", "A:2,tone,warm"), ("two.csv", "A:5,tone,cold"), ("three.csv", "B:1,tone,cold")]
    {
        study.write(name, &format!("unit,dimension,codes\n{row}\n"));
        let file = study.path(name).display().to_string();
        let seen = study.run(&format!("receive {file} --coder c1"));
        assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    }
    let seen = study.run("undo --coder c1");
    assert!(seen.contains("B:1") && !seen.contains("A:5"), "{seen}");
    let seen = study.run("undo --coder c1");
    assert!(seen.contains("A:5") && !seen.contains("A:2"), "{seen}");
    let left = study.run("export --coder c1 --format csv");
    assert!(left.contains("A:2,c1,main,tone,warm") && !left.contains("A:5,c1"), "{left}");
}
