//! `split --by theme` on the command line.

use crate::desk;
use crate::support::TestStudy;

fn study() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], desk::CODEBOOK);
    let mut lines = Vec::new();
    for theme in ["bread oven dough", "roof tiles water", "money bank price", "snow plough road"] {
        lines.push(("Moderator", format!("And now, what about the {theme}?")));
        for at in 0..4 {
            let who = if at % 2 == 0 { "P1" } else { "P2" };
            lines.push((
                who,
                format!("The {theme}, {at} times, {theme} and {theme}, that is our {theme}."),
            ));
        }
    }
    let lines: Vec<(&str, &str)> = lines.iter().map(|(who, text)| (*who, text.as_str())).collect();
    study.import("A", &lines);
    study
}

fn talk(study: &TestStudy) -> Vec<String> {
    let units = study.read("units/A.csv");
    let talk = units.lines().filter(|line| line.contains(",talk,"));
    talk.map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

#[test]
fn themes_are_the_default_and_a_number_of_units_can_be_asked_for() {
    let study = study();
    let seen = study.run("split --words 70");
    assert!(seen.contains("A: 4 units to code"), "{seen}");
    assert_eq!(talk(&study), ["A:2-5", "A:7-10", "A:12-15", "A:17-20"]);
    study.run("split --units 2");
    assert_eq!(talk(&study).len(), 2);
    let first = study.read("units/A.csv");
    study.run("split --units 2 --lang es");
    assert_eq!(study.read("units/A.csv"), first, "the program's language is not the talk's");
}

#[test]
fn options_that_would_change_nothing_and_lengths_that_cannot_be_are_refused() {
    let study = study();
    for (line, wrong) in [
        ("split --by turn --words 50", "--words is for units by theme"),
        ("split --by sentence --language es", "--language is for units by theme"),
        ("split --words 50 --units 3", "--words"),
        ("split --words 50 --min-words 60", "no unit can have these lengths"),
        ("split --max-words 99", "no unit can have these lengths"),
        ("split --moderator Nobody", "nobody in this study has the name"),
        ("split --words 0", "--words"),
        ("split --review --words 50", "--words"),
    ] {
        let seen = study.run(line);
        assert!(seen.contains(wrong) && seen.contains("[exit 2]"), "{line}: {seen}");
    }
    for line in [
        "split --moderator none",
        "split --moderator auto",
        "split --moderator p1",
        "split --language nl",
    ] {
        let seen = study.run(line);
        assert!(seen.contains("units to code"), "{line}: {seen}");
    }
}
