//! The whole way of units, as one team goes it: two unitisers, settle, lock, code, seal, agree.

use crate::support::TestStudy;

const GUIDE: &str =
    "topic,question,text\nstart,q1,How did it begin?\nleading,q2,Who leads the group?\n";

/// Runs a line and returns what a person sees; it has to go well.
fn fine(study: &TestStudy, line: &str, typed: &str) -> String {
    let seen = study.typed(line, typed);
    assert!(seen.ends_with("[exit 0]\n"), "{line}\n{seen}");
    seen
}

fn next(study: &TestStudy, options: &str) -> String {
    let seen = fine(study, &format!("status {options}"), "");
    seen.lines().rev().nth(1).unwrap_or_default().replace(" -C STUDY", "")
}

#[test]
fn two_cut_on_their_own_settle_lock_code_seal_and_agree() {
    let study = TestStudy::empty("en", &["c1", "c2"], crate::desk::CODEBOOK);
    study.import(
        "A",
        &[
            ("Moderator", "How did it begin?"),
            ("P1", "Somebody sent a letter. Eleven of us came. I brought the chairs."),
            ("P2", "I came for the coffee. It was good coffee."),
            ("Moderator", "So who leads your group?"),
            ("P1", "Nobody leads. The chair moves on every month."),
            ("P2", "Mine was May."),
        ],
    );
    study.write("guide.csv", GUIDE);
    // Each cuts on her own: c1 puts the two answers on leading together, c2 cuts the first one in two.
    fine(&study, "split --by turn --coder c1", "");
    fine(&study, "split --by turn --coder c2", "");
    fine(&study, "split --coder c1 --review", "k\nk\nd\nq\n");
    fine(&study, "split --coder c2 --review", "a 3\nk\nk\nk\nq\n");
    assert!(next(&study, "").contains("units done --coder c1"));
    assert!(study.run("units settle --present c1,c2").ends_with("[exit 4]\n"), "not yet");
    for coder in ["c1", "c2"] {
        fine(&study, &format!("units done --coder {coder}"), "");
    }
    let figures = fine(&study, "agree --boundaries --measure boundary_similarity --format csv", "");
    assert!(figures.contains("A,boundaries,*,boundary_similarity,0."), "{figures}");
    // They settle what differs, and fix the units.
    assert_eq!(next(&study, ""), "next: themata units settle");
    let settled = fine(
        &study,
        "units settle --present c1,c2",
        "2\nthe chairs are another story\n1\none answer\nq\n",
    );
    assert!(settled.starts_with("saved A:2@43 cut\nsaved A:6 no-cut\n"), "{settled}");
    assert_eq!(next(&study, ""), "next: themata units lock");
    fine(&study, "units lock", "");
    let units = study.read("units/A.csv");
    for row in [
        "A:2@0-43,talk,P1,8,start,,yes,",
        "A:3,talk,P2,9,start,,yes,",
        "A:5-6,talk,P1; P2,11,leading,,yes,",
    ] {
        assert!(units.contains(row), "{row}\n{units}");
    }
    // Both code the same units, each on her own, and one wishes for another cut.
    let units = ["A:2@0-43", "A:2@43-64", "A:3", "A:5-6"];
    assert_eq!(
        next(&study, ""),
        "next: themata code --coder c1 --lines, then themata seal --coder c1"
    );
    let first = fine(
        &study,
        "code --coder c1",
        "e\ne\nnone\nwarm\nchair\nb Mine was May is another matter\n0\nq\n",
    );
    for unit in units {
        assert!(first.contains(&format!("saved {unit} ")), "{first}");
    }
    fine(&study, "code --coder c2", "e\ne\nnone\ncold\nchair\n0\nq\n");
    assert!(study.run("agree").ends_with("[exit 4]\n"), "nobody has sealed");
    study.at("2026-03-02T10:00:00Z");
    fine(&study, "seal --coder c1", "");
    fine(&study, "seal --coder c2", "");
    let agreement =
        fine(&study, "agree --level value --measure percent_agreement --format csv", "");
    assert!(agreement.contains("value,tone,percent_agreement,0.75,"), "{agreement}");
    assert!(
        fine(&study, "units show --wishes --format csv", "")
            .contains("A:5-6,boundary,Mine was May")
    );
    let matrix = fine(&study, "matrix --rows topic --format csv", "");
    assert!(matrix.starts_with("topic,leadership,tone\nstart,0,0\nleading,1,0\n"), "{matrix}");
    // The wish is granted: the old unit stays in the agreement, the new ones are coded and sealed on.
    study.at("2026-03-03T10:00:00Z");
    fine(&study, "units split A:5-6 --at 6 --reason 'as c1 wished' --present c1,c2", "");
    let after = fine(&study, "agree --level value --measure percent_agreement --format csv", "");
    assert_eq!(after, agreement);
    for coder in ["c1", "c2"] {
        assert_eq!(
            next(&study, &format!("--coder {coder}")),
            format!("next: themata code --coder {coder} --lines")
        );
        let seen = fine(&study, &format!("code --coder {coder}"), "chair\n0\ne\nq\n");
        assert!(
            seen.contains("before this was cut anew, you gave A:5-6: The chair rotates"),
            "{seen}"
        );
    }
    study.at("2026-03-04T10:00:00Z");
    for coder in ["c1", "c2"] {
        fine(&study, &format!("seal --coder {coder} --again 'a unit was cut in two'"), "");
    }
    let matrix = fine(&study, "matrix --rows topic --format csv", "");
    assert!(matrix.contains("\nleading,1,0\n"), "{matrix}");
    assert!(fine(&study, "check", "").starts_with("0 problems"));
}
