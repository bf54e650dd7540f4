//! docs/files.md against what the program writes.

use crate::support::TestStudy;

/// The names in backticks in the first column of the tables under a heading, or, where there is no table,
/// in its sentences.
fn named<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let (_, after) = page.split_once(&format!("\n## {heading}\n")).expect(heading);
    let section = after.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells: Vec<&str> = rows.map(|line| line.split('|').nth(1).unwrap()).collect();
    let texts = if cells.is_empty() { vec![section] } else { cells };
    texts.into_iter().flat_map(|text| text.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn the_page_on_files_names_every_column_in_its_order() {
    let page = include_str!("../../../docs/files.md");
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]).rest_none("c1").rest_none("c2");
    let study = study.sealed("c1").sealed("c2");
    study.run("memo --coder c1 x");
    study.typed("resolve --lines --present c1,c2", "1\n1\n\nq\n");
    study.decide("c1", None, &["A:2 tone cold"]);
    study.run("seal --coder c1 --case A --again why");
    study.run("round new recode");
    study.run("export --unblind why");
    study.run("units lock");
    study.run("units join A:2 --reason why");
    for (heading, file) in [
        ("cases.csv", "cases.csv"),
        ("participants.csv", "participants.csv"),
        ("transcripts.csv, transcripts/ and originals/", "transcripts.csv"),
        ("units/ID.csv", "units/A.csv"),
        ("coding/CODER.csv, or coding/CODER.DEVICE.csv", "coding/c1.csv"),
        ("memos/CODER.csv", "memos/c1.csv"),
        ("seals.csv", "seals.csv"),
        ("events.csv", "events.csv"),
        ("consensus.csv", "consensus.csv"),
        ("moves.csv", "moves.csv"),
    ] {
        let text = study.read(file);
        let columns: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        assert_eq!(named(page, heading), columns, "{heading}");
    }
    let settings = study.read("themata.yaml");
    let fields = named(page, "themata.yaml");
    let written = settings.lines().filter(|line| !line.starts_with(' '));
    for field in written.map(|line| line.split(':').next().unwrap()) {
        assert!(fields.contains(&field), "{field}");
    }
    for event in study.open().events {
        assert!(page.contains(&format!("`{}`", event.what.word())), "{}", event.what.word());
    }
}
