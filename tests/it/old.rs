//! Studies made before open for ever and give the figures of before: `tests/old/communities` is the example study as it was
//! when seals had no lists and rows of seals and events no seq. Nothing in that folder is ever changed.

use std::path::Path;

use expect_test::expect_file;

use crate::support::TestStudy;

fn communities() -> TestStudy {
    TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old/communities"))
}

#[test]
fn the_example_of_before_gives_the_figures_of_before() {
    let study = communities();
    let seen = study.run("check");
    assert!(seen.ends_with("0 problems\n[exit 0]\n"), "{seen}");
    for (line, file) in [
        ("agree --level all --format csv", "../old/agree.csv"),
        ("matrix --columns code --format csv", "../old/matrix.csv"),
        ("discrepancies --confusion --format csv", "../old/confusion.csv"),
    ] {
        let seen = study.run(line);
        assert!(seen.ends_with("[exit 0]\n"), "{seen}");
        expect_file![file]
            .assert_eq(seen.split("--- stderr").next().unwrap().trim_end_matches("[exit 0]\n"));
    }
}

#[test]
fn a_study_of_before_is_worked_on_and_its_seals_hold() {
    let study = communities();
    let figures = study.run("matrix --format csv");
    study.run("coder add llm --kind machine --model qwen3");
    study.run("assign --coder llm --all");
    let study = study.rest_none("llm").sealed("llm");
    assert_eq!(study.run("matrix --format csv"), figures);
    let seals = study.read("seals.csv");
    assert!(seals.trim_end().ends_with(",1"), "the first row with a seq: {seals}");
    assert!(study.run("check").contains("0 problems\n[exit 0]"));
    // Rows that come after a seal of before are late.
    let log = study.read("coding/c1.csv");
    let last = log.lines().last().unwrap();
    let seq = log.lines().count() + 100;
    let late = format!("{seq}{}", &last[last.find(',').unwrap()..]).replace("2026-", "2027-");
    study.write("coding/c1.csv", &format!("{log}{late}\n"));
    assert!(study.run("check").contains("0 problems\n[exit 0]"), "{}", study.run("check"));
    let after = study.run("matrix --format csv");
    assert!(after.starts_with(figures.trim_end_matches("[exit 0]\n")), "{after}");
}
