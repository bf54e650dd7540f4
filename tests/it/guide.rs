//! The topic guide: which question a moderator's turn puts, and the topics of units.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use crate::support::TestStudy;

const GUIDE: &str = "topic,question,text\n\
    start,q1,How did this community come about?\n\
    start,q2,\"What is it, in your own words?\"\n\
    leading,q3,Who leads it? Was there somebody in charge?\n\
    leading,q4,How is the work divided?\n\
    leaving,q5,Has anybody left?\n";

fn study() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], crate::desk::CODEBOOK);
    study.import(
        "A",
        &[
            (
                "Moderator",
                "Thank you for coming. So how did your community come about, in those days?",
            ),
            ("P1", "Somebody sent a letter."),
            ("Moderator", "Mhm."),
            ("P2", "I came for the coffee."),
            ("Moderator", "And in those first months, was there somebody in charge?"),
            ("P1", "Nobody. It changed every month."),
            ("Moderator", "And has anybody left since?"),
            ("P2", "Two did."),
        ],
    );
    study.run("split --by turn");
    study
}

fn topics(study: &TestStudy) -> Vec<String> {
    let text = study.read("units/A.csv");
    let talk = text.lines().filter(|line| line.contains(",talk,"));
    talk.map(|line| line.split(',').nth(4).unwrap().to_owned()).collect()
}

#[test]
fn turns_are_matched_in_other_words_and_units_inherit_the_topic() {
    let study = study();
    assert_eq!(topics(&study), ["", "", "", ""]);
    let refused = study.run("guide check");
    assert!(refused.contains("no topic guide") && refused.ends_with("[exit 2]\n"), "{refused}");
    study.write("guide.csv", GUIDE);
    let seen = study.run("guide check --format csv");
    for (turn, topic, question) in [
        ("A:1", "start", "q1"),
        ("A:3", "", ""),
        ("A:5", "leading", "q3"),
        ("A:7", "leaving", "q5"),
    ] {
        assert!(seen.contains(&format!("{turn},{topic},{question},")), "{seen}");
    }
    assert!(topics(&study).iter().all(String::is_empty), "check writes nothing");
    assert!(study.run("guide apply").contains("topics written into the units of A"));
    assert_eq!(topics(&study), ["start", "start", "leading", "leaving"]);
    assert!(study.run("guide apply").contains("have these topics already"));
    let shown = study.run("guide show");
    assert!(shown.contains("5 questions on 3 topics; 2 put by no turn"), "{shown}");
    // A new split inherits by itself.
    study.run("split --by turn --prompts with");
    assert_eq!(topics(&study), ["start", "start", "leading", "leaving"]);
}

#[test]
fn a_correction_by_hand_is_recorded_and_holds_whatever_is_split_or_matched() {
    let study = study();
    study.write("guide.csv", GUIDE);
    study.run("guide apply");
    let seen = study.run("guide set A:5 q4 --reason 'about the work'");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    study.run("guide set A:7 none");
    assert_eq!(topics(&study), ["start", "start", "leading", "leading"]);
    assert!(study.read("events.csv").contains(",topic,,A:5 q4,about the work,1"));
    let seen = study.run("guide check --format csv");
    assert!(seen.contains("A:5,leading,q4,") && seen.contains(",yes,q3,"), "{seen}");
    study.run("split --by turn --prompts drop");
    assert_eq!(topics(&study), ["start", "start", "leading", "leading"]);
    study.run("guide set A:7 q5");
    assert_eq!(topics(&study)[3], "leaving", "the last one holds");
    for (line, said) in [
        ("guide set A:2 q1", "no moderator speaks at A:2"),
        ("guide set A:7 q9", "the guide has no such question"),
    ] {
        let seen = study.run(line);
        assert!(seen.contains(said) && seen.ends_with("[exit 2]\n"), "{seen}");
    }
}

#[test]
fn topics_change_no_unit_so_sealed_decisions_stay_what_was_sealed() {
    let study = study();
    study.run("units lock");
    let study = study.coded("c1", &["A:2 tone warm"]).coded("c2", &["A:2 tone warm"]);
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    study.write("guide.csv", GUIDE);
    study.run("guide apply");
    assert!(study.run("check").starts_with("0 problems"));
    let rows = study.run("matrix --rows topic --format csv");
    assert!(
        rows.starts_with("topic,leadership,tone\nstart,0,1\nleading,0,0\nleaving,0,0\n"),
        "{rows}"
    );
    let columns = study.run("matrix --columns topic --format csv");
    assert!(columns.starts_with("case,start,leading,leaving\nA,1,0,0\n"), "{columns}");
}

#[test]
fn what_is_wrong_with_a_guide_is_said_with_its_line() {
    let study = study();
    study.write(
        "guide.csv",
        "topic,question,text\nstart,q1,Who?\nend,q1,Why?\n,q2,What?\nstart,none,When?\nstart,q3,\n",
    );
    let seen = study.run("guide show");
    for problem in [
        "guide.csv:3:topic: question q1 is in topic start already",
        "guide.csv:4:topic: topic is empty",
        "guide.csv:5:question: question is empty or holds",
        "guide.csv:6:text: text is empty",
    ] {
        assert!(seen.contains(problem), "{problem}\n{seen}");
    }
    assert!(seen.ends_with("[exit 3]\n"));
    study.write("guide.csv", "topic,question,text\nstart,q1,Who?\nstart,q1,¿Quién?\n");
    assert!(study.run("guide show").contains("1 question on 1 topic"), "another wording");
}

#[test]
fn the_example_has_a_guide_of_eight_topics_and_41_questions_that_its_moderators_put_in_other_words()
{
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities");
    let run = |line: &str| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut all = vec!["themata", "-C", folder.to_str().unwrap()];
        all.extend(line.split_whitespace());
        assert_eq!(themata::cli::run(all, &mut Cursor::new(""), &mut out, &mut err), 0);
        String::from_utf8(out).unwrap()
    };
    assert!(run("guide show").contains("41 questions on 8 topics; 3 put by no turn"));
    let matches = run("guide check --format csv");
    let without = matches.lines().skip(1).filter(|line| line.split(',').nth(2) == Some("")).count();
    assert_eq!((matches.lines().count() - 1, without), (87, 23));
    // What the units hold is what the guide gives them.
    let guide = fs::read_to_string(folder.join("guide.csv")).unwrap();
    assert!(guide.starts_with("topic,question,text\n"));
    let topics = run("matrix --rows topic --columns dimension --format csv");
    let rows: Vec<&str> =
        topics.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(
        rows,
        [
            "beginning",
            "organisation",
            "load",
            "relationships",
            "conflict",
            "outputs",
            "impact",
            "closing",
            "-"
        ]
    );
}
