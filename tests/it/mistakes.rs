//! Mistakes that people make: nothing is lost, and the message names place and remedy.

use crate::desk::CODEBOOK;
use crate::support::{TestStudy, run_outside};

fn sealed() -> TestStudy {
    TestStudy::new()
        .coded("c1", &["A:2 leadership chair"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2")
}

#[test]
fn no_result_is_written_over_a_file_of_the_study_even_with_force() {
    let study = sealed();
    let log = study.read("coding/c1.csv");
    for file in ["coding/c1.csv", "Coding/new.csv", "seals.csv", "quotes.csv", "units/A.csv"] {
        let seen = study.run(&format!("matrix --force -o '{}'", study.path(file).display()));
        assert!(seen.contains("is a file of the study itself"), "{file}: {seen}");
        assert!(seen.ends_with("[exit 4]\n"), "{file}: {seen}");
    }
    assert_eq!(study.read("coding/c1.csv"), log);
    for file in ["reports/matrix.csv", "matrix.csv"] {
        let wrote = format!("--- stderr ---\nwrote {file}\n[exit 0]\n");
        assert_eq!(study.process(&format!("matrix -o {file}")), wrote);
    }
    assert!(study.process("matrix -o ./coding/../coding/c1.csv --force").ends_with("[exit 4]\n"));
    assert_eq!(study.read("coding/c1.csv"), log);
}

#[test]
fn figures_are_not_written_over_the_codings_they_come_from() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codings.csv");
    std::fs::write(&file, "unit,a,b\nu1,x,x\nu2,x,y\n").unwrap();
    let seen = run_outside(&format!("agree '{}' --force -o '{}'", file.display(), file.display()));
    assert!(seen.contains("is the file that this result is made from"), "{seen}");
    assert!(seen.ends_with("[exit 4]\n"), "{seen}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "unit,a,b\nu1,x,x\nu2,x,y\n");
}

#[test]
fn options_that_could_only_be_ignored_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codings.csv");
    std::fs::write(&file, "unit,a,b\nu1,x,x\nu2,x,y\n").unwrap();
    let seen = run_outside(&format!("agree '{}' --categories codebook", file.display()));
    assert!(seen.contains("--categories codebook is for a study"), "{seen}");
    assert!(seen.ends_with("[exit 2]\n"), "{seen}");
    assert!(run_outside(&format!("agree '{}' --seed 3", file.display())).contains("--bootstrap"));
}

#[test]
fn check_says_which_codes_are_gone_from_the_codebook() {
    let study = sealed();
    assert_eq!(study.run("check"), "0 problems\n[exit 0]\n");
    let chair = "          - {id: chair, name: {en: The chair rotates, es: Rota la presidencia}}\n";
    study.write("codebook.yaml", &CODEBOOK.replace(&format!("        codes:\n{chair}"), ""));
    let seen = study.run("check");
    assert!(
        seen.contains(
            ":codes: a decision in force gives a code that the codebook has under no name"
        ),
        "{seen}"
    );
    assert!(seen.ends_with("1 problem\n[exit 1]\n") && !seen.contains("chair"), "{seen}");
    let replaced = "          - {id: seat, name: Seat, replaces: [chair]}\n";
    study.write("codebook.yaml", &CODEBOOK.replace(chair, replaced));
    assert_eq!(study.run("check"), "0 problems\n[exit 0]\n");
}

#[test]
fn one_cause_in_many_rows_is_told_once_with_all_its_lines() {
    let study = sealed();
    std::fs::remove_file(study.path("transcripts/A.txt")).unwrap();
    let seen = study.run("check");
    assert!(seen.contains("transcripts/A.txt: the text of this transcript is missing"), "{seen}");
    assert!(
        seen.contains("coding/c1.csv:2-7:unit: this row decides on a stretch that is no unit now"),
        "{seen}"
    );
    assert!(!seen.contains("units/A.csv"), "{seen}");
    assert!(seen.ends_with("[exit 1]\n"), "{seen}");
}

#[test]
fn a_missing_file_is_named_in_the_reader_s_language() {
    let study = TestStudy::of("es", &["c1", "c2"], CODEBOOK);
    let seen = study.run("agree nada.csv --lang es");
    assert!(seen.contains("no se puede leer nada.csv: no hay tal archivo o carpeta\n"), "{seen}");
    assert!(seen.ends_with("[exit 5]\n"), "{seen}");
}

#[test]
fn a_table_keeps_ids_and_headings_in_one_piece() {
    let coders = ["one", "two", "three"];
    let study = TestStudy::of("es", &coders, CODEBOOK);
    let cases = study.read("cases.csv").replace("Group A", "Grupo con un nombre bastante largo");
    study.write("cases.csv", &cases);
    let seen = study.run("status");
    for heading in ["transcripciones", "participantes", "unidades", "palabras"] {
        assert!(seen.contains(heading), "{heading}: {seen}");
    }
}

#[test]
fn before_the_units_are_cut_status_counts_people_and_asks_nobody_for_anything() {
    let study = TestStudy::empty("en", &["c1"], CODEBOOK);
    study.import("A", &[("Moderator", "So?"), ("P1", "Yes."), ("P2", "No.")]);
    let seen = study.run("status --format csv");
    assert!(seen.contains("A,Group A,1,2,0,0,not asked"), "{seen}");
    assert!(!study.run("status").contains("not asked"));
}
