//! What a person is told when something does not fit, and small things that were said too much or not at all.

use expect_test::expect;

use crate::support::TestStudy;

#[test]
fn a_file_that_is_not_there_names_the_one_that_may_have_been_meant() {
    let study = TestStudy::new();
    study.write("answers c2.csv", "unit,dimension,codes\n");
    let file = |name: &str| study.path(name).display().to_string();
    study.check(&format!("receive --coder c2 '{}'", file("answers_c2.csv")), expect![[r#"
        --- stderr ---
        error: cannot read STUDY/answers_c2.csv (did you mean `STUDY/answers c2.csv`?): there is no such file or folder
          fix: check the name; a file is looked for from the folder in which the command is typed, and a name with blanks stands in quotes
        [exit 5]
    "#]]);
    study.check(&format!("receive --coder c2 '{}'", file("other.csv")), expect![[r#"
        --- stderr ---
        error: cannot read STUDY/other.csv: there is no such file or folder
          fix: check the name; a file is looked for from the folder in which the command is typed, and a name with blanks stands in quotes
        [exit 5]
    "#]]);
    study.check(
        &format!("receive --coder c2 '{}'", file("coding")),
        expect![[r#"
        --- stderr ---
        error: cannot read STUDY/coding: this is a folder, not a file
          fix: name the file in it, or several at once, as in `FOLDER/*.csv`
        [exit 5]
    "#]],
    );
    study.check(&format!("import '{}' --lang es", file("answer c2.csv")), expect![[r#"
        --- stderr ---
        error: no se puede leer STUDY/answer c2.csv (¿quería decir `STUDY/answers c2.csv`?): no hay tal archivo o carpeta
          remedio: compruebe el nombre; un archivo se busca desde la carpeta en la que se escribe la orden, y un nombre con espacios va entre comillas
        [exit 5]
    "#]]);
}

#[test]
fn names_are_accepted_wherever_ids_are() {
    let study = TestStudy::new();
    let list = study.read("transcripts.csv");
    let row = list.lines().find(|it| it.starts_with("A,")).unwrap();
    let mut cells: Vec<&str> = row.split(',').collect();
    cells[2] = "Grupo Ñ 1";
    study.write("transcripts.csv", &list.replace(row, &cells.join(",")));
    for command in [
        "split 'grupo n 1' --by paragraph",
        "split 'Grupo ñ 1' --coder C1",
        "units done --coder C1 'grupo n 1'",
        "split --review 'Grupo Ñ 1'",
        "units lock 'Grupo Ñ 1'",
        "remove 'Grupo Ñ 1'",
    ] {
        let seen = study.run(command);
        assert!(seen.ends_with("[exit 0]\n"), "{command}: {seen}");
    }
    let seen = study.run("units lock Grupo");
    assert!(seen.contains("error: there is no transcript `Grupo`"), "{seen}");
}

#[test]
fn a_transcript_that_is_coded_is_replaced_and_not_removed() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]);
    study.check("remove A", expect![[r#"
        --- stderr ---
        error: units that carry decisions are not changed: A
          fix: leave these transcripts out; a corrected text takes its place with `themata import --replace TRANSCRIPT FILE`, single units change with `themata units split|join|move`
        [exit 4]
    "#]]);
}

#[test]
fn hashes_are_shown_on_request() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]);
    let seen = study.run("seal --coder c1 --case A --incomplete x");
    assert!(!seen.contains("sha256"), "{seen}");
    let again = study.run("seal --coder c1 --case A --incomplete x --again y -v");
    assert!(again.contains("sha256 of the log's rows: "), "{again}");
    let hash = again.lines().find_map(|it| it.strip_prefix("sha256 of the log's rows: ")).unwrap();
    assert!(study.read("seals.csv").contains(hash));
}

#[test]
fn taking_back_says_what_is_in_force_then() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm", "A:2 tone cold"]);
    study.check(
        "undo --coder c1",
        expect![[r#"
        A:2 tone: took back `cold`, again `warm`
        --- stderr ---
        1 decision taken back; nothing was removed from the log
        [exit 0]
    "#]],
    );
    study.check(
        "undo --coder c1",
        expect![[r#"
        A:2 tone: took back `warm`, undecided again
        --- stderr ---
        1 decision taken back; nothing was removed from the log
        [exit 0]
    "#]],
    );
}

#[test]
fn names_are_taken_out_of_a_text_that_came_in_with_them() {
    let study = TestStudy::empty("en", &["c1"], crate::desk::CODEBOOK);
    let text = "Moderator: Who came?\nKarl: I did, in spring.\nAda: Me too.\nKarl: With Ada.\n";
    study.write("in/Talk.txt", text);
    let file = study.path("in/Talk.txt").display().to_string();
    let key = tempfile::tempdir().unwrap();
    let key = key.path().join("key.csv").display().to_string();
    study.run(&format!("import '{file}'"));
    study.run("split --by turn");
    study.decide("c1", None, &["Talk:2 tone warm"]);
    let seen = study
        .run(&format!("import --replace talk --pseudonyms '{key}' --yes --reason names '{file}'"));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    assert!(seen.contains("Talk-2 is in place of Talk: 1 unit to the letter, 3 with"), "{seen}");
    assert!(seen.contains("transcripts/Talk.txt and its speakers in participants.csv"), "{seen}");
    let text = study.read("transcripts/Talk-2.txt");
    assert!(!text.contains("Karl:") && text.contains("P1: I did"), "{text}");
    let codes = study.run("export --coder c1 --format csv");
    assert!(codes.contains("Talk-2:2,c1,main,tone,warm"), "{codes}");
    // Without a reason to read it anew the very file is refused, with the way out.
    let seen = study.run(&format!("import '{file}'"));
    assert!(seen.contains("import --replace Talk-2 FILE"), "{seen}");
}

#[test]
fn a_cell_that_is_cut_is_said_on_the_terminal_and_in_the_workbook() {
    let study = TestStudy::empty("en", &["c1"], crate::desk::CODEBOOK);
    let long = "We came by bus, and it rained all the way. ".repeat(1_000);
    study.import("A", &[("P1", &long), ("P2", "Yes.")]);
    study.cut(&["A:1", "A:2"]);
    let study = study.coded("c1", &["A:1 tone warm", "A:2 tone warm"]);
    let file = study.path("quotes.xlsx");
    let seen = study
        .run(&format!("quotes --from coder:c1 --coder c1 --code warm -o '{}'", file.display()));
    assert!(seen.contains("1 cell holds more text than a spreadsheet can"), "{seen}");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let bytes = std::fs::read(&file).unwrap();
    let mut book = themata::read::workbook::Workbook::open("quotes.xlsx", &bytes).unwrap();
    let notes = book.texts("notes");
    assert!(notes.iter().any(|it| it.text.contains("1 cell holds more text")), "{notes:?}");
    let seen = study.run("quotes --from coder:c1 --coder c1 --code warm --format csv");
    assert!(seen.contains(long.trim_end()) && !seen.contains("more text"), "cut");
}
