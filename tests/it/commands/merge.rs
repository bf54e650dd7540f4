//! `participants merge`: two labels that turn out to be one person.

use expect_test::expect;

use crate::support::TestStudy;

#[test]
fn a_slip_becomes_the_person_that_was_meant_in_every_file() {
    let study = TestStudy::new();
    study.import("C", &[("Moderator", "Why?"), ("P4", "So."), ("P44", "And so."), ("P4", "Yes.")]);
    study.run("split --by turn C");
    study.check(
        "participants merge P44 P4",
        expect![[r#"
            --- stderr ---
            P44 is now P4
            the label changed in C; what was said did not; where units were cut by turn, `themata split C` cuts them anew
            a key to pseudonyms outside the study still has P44: change it there too
            [exit 0]
        "#]],
    );
    expect![[r#"
        Moderator: Why?
        P4: So.
        P4: And so.
        P4: Yes.
    "#]]
    .assert_eq(&study.read("transcripts/C.txt"));
    expect![[r#"
        unit,kind,speakers,words,topic,strength,pinned,text
        C:1,prompt,,0,,,,Why?
        C:2,talk,P4,1,,,,So.
        C:3,talk,P4,2,,,,And so.
        C:4,talk,P4,1,,,,Yes.
    "#]]
    .assert_eq(&study.read("units/C.csv"));
    assert!(!study.read("participants.csv").contains("P44"));
    assert!(study.read("events.csv").contains("merge,,P44 P4"), "{}", study.read("events.csv"));
    assert_eq!(study.run("check"), "0 problems\n[exit 0]\n");
}

#[test]
fn somebody_who_sits_in_several_cases_belongs_to_none_and_the_stricter_consent_holds() {
    let study = TestStudy::new();
    study.run("participants set P3 --quotes no");
    study.run("participants set P2 --quotes yes");
    let seen = study.run("participants merge P3 P2");
    assert!(seen.contains("the label changed in B; what was said did not"), "{seen}");
    assert!(study.read("participants.csv").contains("P2,,,participant,no,"), "{seen}");
    assert!(study.read("transcripts/B.txt").starts_with("P2: "));
}

#[test]
fn what_is_coded_stays_and_the_merge_is_refused() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm"]);
    let before = study.read("transcripts/A.txt");
    let seen = study.run("participants merge P2 P1");
    assert!(seen.ends_with("[exit 4]\n"), "{seen}");
    assert_eq!(study.read("transcripts/A.txt"), before);
    // In a case that nobody has coded yet it is done.
    let seen = study.run("participants merge P3 P1");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
}

#[test]
fn unknown_people_and_one_person_twice_are_wrong_use() {
    let study = TestStudy::new();
    for line in ["participants merge P9 P1", "participants merge P1 P9", "participants merge P1 P1"]
    {
        let seen = study.run(line);
        assert!(seen.ends_with("[exit 2]\n"), "{seen}");
    }
}
