//! Quotations that a coder marks at the screen: what is kept, what she sees, and what nobody else does.

use expect_test::expect_file;
use themata::domain::log::Via;
use themata::face::screen::coding::CodeFace;
use themata::words::Language;
use themata::work::session::code::{CodeAsk, CodeSession};

use crate::screen::{Coder, session};
use crate::support::TestStudy;

/// Keys at the screen over a study in its folder; what the screen shows in the end.
fn keys(study: &TestStudy, ask: CodeAsk, keys: &str) -> String {
    let mut at = CodeSession::begin(study.open(), ask).unwrap();
    let opened = study.open();
    let (desk, mut keeper) = at.sit(Via::Screen).unwrap();
    let face = CodeFace::new(&opened.study, session(), Language::English, false);
    let mut coder = Coder::at(face, desk.staying());
    assert_eq!(coder.all(keys, &mut keeper), None);
    coder.seen(80, 24)
}

#[test]
fn words_that_are_marked_stand_in_her_own_file_and_are_there_when_she_comes_back() {
    let study = TestStudy::new();
    keys(&study, CodeAsk::of("c1"), "2 k <Right> <Space> <Right> <Enter> k <End> <Enter>");
    let file = study.read("quotes/c1.csv");
    let rows: Vec<&str> = file.lines().collect();
    assert_eq!(rows[0], "seq,at,locator,dimension,code,lang,translation,translator,undoes");
    assert_eq!(rows[1], "1,2026-03-01T10:00:00Z,A:2@9-16,leadership,rotating,,,,");
    assert!(rows[2].starts_with("2,") && rows[2].ends_with(",leadership,rotating,,,,"), "{file}");
    // A second device of hers goes on after it, and both are hers.
    let laptop = CodeAsk { device: "laptop".to_owned(), ..CodeAsk::of("c1") };
    let seen = keys(&study, laptop, "k x k <Right> <Space> <Right> <Right>");
    assert!(study.read("quotes/c1.laptop.csv").lines().nth(1).unwrap().starts_with("3,"));
    assert!(study.read("quotes/c1.laptop.csv").trim_end().ends_with(",2"), "takes back row 2");
    expect_file!["../keys/marking.txt"].assert_eq(&seen);
    assert_eq!(study.read("quotes/c1.csv"), file, "nothing is changed or removed");
    // No decision was made by it, and the others see nothing.
    assert_eq!(study.read("coding/c1.csv").lines().count(), 2);
    for line in ["status", "check", "log", "code --coder c2 --lines"] {
        let said = study.run(line);
        assert!(!said.contains("A:2@9-16"), "{line}: {said}");
    }
    assert!(study.run("check").ends_with("[exit 0]\n"), "{}", study.run("check"));
}

#[test]
fn what_cannot_be_kept_of_a_quotation_is_said_and_tried_again() {
    let study = TestStudy::new();
    // Another program has the file.
    let opened = study.open();
    let coder = "c1".parse().unwrap();
    let held = themata::store::PickWriter::open(&opened, &coder, "").unwrap();
    let seen = keys(&study, CodeAsk::of("c1"), "k <Enter>");
    assert!(seen.contains("NOT SAVED"), "{seen}");
    drop(held);
    keys(&study, CodeAsk::of("c1"), "k <Enter>");
    assert_eq!(study.read("quotes/c1.csv").lines().count(), 2);
}
