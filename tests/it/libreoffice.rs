//! Sheets and tables that LibreOffice opened and saved: nothing is lost on the way. Where there is no soffice, these tests say
//! that they skip.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::{TestStudy, run_outside};
use crate::workbook_file::filled;

/// What LibreOffice saves as, and what it calls that.
const FORMS: [(&str, &str); 3] = [
    ("xlsx", "xlsx"),
    ("ods", "ods"),
    // Semicolons and windows-1252, as a spreadsheet of a Spanish office writes it.
    ("csv", "csv:Text - txt - csv (StarCalc):59,34,1252,1"),
];

/// LibreOffice with a profile of its own.
pub(crate) struct Office {
    place: TempDir,
}

impl Office {
    pub(crate) fn found() -> Option<Self> {
        let there = Command::new("soffice").arg("--version").output();
        if there.is_ok_and(|run| run.status.success()) {
            return Some(Self { place: tempfile::tempdir().unwrap() });
        }
        eprintln!("skipped: there is no soffice");
        None
    }

    /// Opens a file and saves it in another form; where that is.
    fn saved(&self, file: &Path, form: (&str, &str)) -> PathBuf {
        self.all_saved(&[file], form).remove(0)
    }

    /// The same with several files at once.
    pub(crate) fn all_saved(
        &self,
        files: &[&Path],
        (ending, filter): (&str, &str),
    ) -> Vec<PathBuf> {
        let profile = format!("file://{}/profile", self.place.path().display());
        let out = self.place.path().join("out");
        let run = Command::new("soffice")
            .arg(format!("-env:UserInstallation={profile}"))
            .args(["--headless", "--norestore", "--convert-to", filter, "--outdir"])
            .arg(&out)
            .args(files)
            .output()
            .unwrap();
        let saved = |file: &&Path| {
            let saved = out.join(file.file_name().unwrap()).with_extension(ending);
            assert!(saved.is_file(), "{}", String::from_utf8_lossy(&run.stderr));
            saved
        };
        files.iter().map(saved).collect()
    }
}

/// What a sheet that came back made of a study: its new rows without time and way, and its notes.
fn received(study: &TestStudy, sheet: &Path, more: &str) -> (Vec<String>, String) {
    let study = TestStudy::copy_of(study.path("").as_path());
    let seen = study.run(&format!("receive '{}' --coder c1 {more}", sheet.display()));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let log = study.read("coding/c1.csv");
    let rows = log.lines().skip(1).map(|row| {
        let row = row.replace(",sheet", ",").replace(",csv", ",");
        row.splitn(3, ',').last().unwrap().to_owned()
    });
    (rows.collect(), seen)
}

#[test]
fn a_sheet_that_libreoffice_saved_as_xlsx_ods_or_csv_loses_nothing() {
    let Some(office) = Office::found() else { return };
    let study = TestStudy::empty("en", &["c1", "c2"], crate::desk::CODEBOOK);
    study.import(
        "A",
        &[
            ("Moderator", "How did it begin?"),
            ("P1", "¿Cómo? By e-mail — “eleven” of us; \"all\", I think… 1/2, 3-4."),
            ("P2", "=SUM(1) is what I'd say, and שלום to you, and 日本 too."),
            ("P1", "0123 and 1e5 and TRUE, all of it, 'and' -5 more."),
            ("P2", "Tab\there, and a very last word."),
        ],
    );
    study.cut(&["A:1 prompt", "A:2", "A:3", "A:4", "A:5"]);
    let study = study.coded("c1", &["A:5 tone cold unsure", "A:5 leadership horizontal; chair"]);
    let sheet = study.path("c1.xlsx");
    let seen = study.run(&format!("sheet --coder c1 -o '{}'", sheet.display()));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    // Names, an id, two codes in a cell, none, a doubt, a memo of several lines, a row that is done, one taken back.
    let book = filled(
        &std::fs::read(&sheet).unwrap(),
        &[
            ("E3", "The chair rotates; horizontal"),
            ("H3", "none"),
            ("J3", "first line\nsecond; \"quoted\" = ¿sí?"),
            ("F4", "rotating"),
            ("H4", "WARM"),
            ("I4", "tone"),
            ("K5", "x"),
            ("H6", "-"),
        ],
    );
    std::fs::write(&sheet, book).unwrap();
    let (wanted, _) = received(&study, &sheet, "");
    assert_eq!(wanted.len(), 2 + 7, "{wanted:?}");
    for form in FORMS {
        let saved = office.saved(&sheet, form);
        let (rows, seen) = received(&study, &saved, "");
        assert_eq!(rows, wanted, "{}: {seen}", form.0);
        // A second time it changes nothing more than that what was taken back stays so.
        assert!(seen.contains("6 new, 0 changed, 1 taken back"), "{}: {seen}", form.0);
    }
}

#[test]
fn a_codebook_that_libreoffice_saved_is_the_same_codebook() {
    let Some(office) = Office::found() else { return };
    let study = TestStudy::new();
    let table = study.path("codes.xlsx");
    let seen = study.run(&format!("codebook export -o '{}'", table.display()));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    // The codebook of a study that begins with a table.
    let begun = |table: &Path| {
        let place = tempfile::tempdir().unwrap();
        let at = place.path().join("s");
        let line = format!("init '{}' --codebook '{}'", at.display(), table.display());
        let seen = run_outside(&line);
        assert!(seen.ends_with("[exit 0]\n"), "{}: {seen}", table.display());
        run_outside(&format!("-C '{}' codebook show --format csv", at.display()))
    };
    for form in FORMS {
        let saved = office.saved(&table, form);
        let seen = study.run(&format!("codebook import '{}'", saved.display()));
        assert!(seen.contains("No difference in wording"), "{}: {seen}", form.0);
        assert_eq!(begun(&saved), begun(&table), "{}", form.0);
    }
}
