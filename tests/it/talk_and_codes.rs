//! Who speaks, where something is said, which codes meet, what further groups bring: counted by hand.

use std::collections::BTreeMap;
use std::path::Path;

use themata::cli::asked;
use themata::work::ask::displays::DISPLAYS;

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

fn example() -> TestStudy {
    TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"))
}

fn csv(study: &TestStudy, command: &str) -> String {
    let (status, out, err) = study.streams(&format!("{command} --format csv"));
    assert_eq!(status, 0, "{command}: {err}");
    out
}

/// Two cases: in A, P1 says most and asks once; M moderates.
fn talk() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    study.import(
        "A",
        &[
            ("Moderator", "How did it begin? And then?"),
            ("P1", "One two three four."),
            ("P1", "Five six. Do you follow?"),
            ("", "(laughter)"),
            ("P2", "Yes."),
            ("P1", "Décision; coffee."),
            ("Moderator", "Anything else?"),
            ("P2", "Coffee!"),
        ],
    );
    study.import("B", &[("P3", "The coffee moves on.")]);
    study.cut(&["A:1 prompt", "A:2-3", "A:4-5", "A:6", "A:7 prompt", "A:8", "B:1"]);
    study
}

#[test]
fn who_speaks_is_counted_over_the_transcripts() {
    let study = talk();
    assert_eq!(
        csv(&study, "talk"),
        "case,participant,role,turns,words,share,questions,silence,seconds\n\
         A,P1,participant,2,11,0.8461538461538461,1,2,\n\
         A,P2,participant,2,2,0.15384615384615385,0,2,\n\
         B,P3,participant,1,4,1,0,0,\n"
    );
    let said = study.run("talk --case A");
    assert!(said.contains("In Group A, P1 holds more than half of the words: 0.846"), "{said}");
    let all = csv(&study, "talk --with-moderator --case A");
    assert!(all.contains("A,Moderator,moderator,2,8,0.38095238095238093,2,3,\n"), "{all}");
    assert_eq!(
        csv(&study, "talk --follows --case A"),
        "case,after,participant,turns\nA,P1,P2,1\nA,P2,P1,1\n"
    );
    let (status, _, err) = study.streams("talk --case C");
    assert!(status == 2 && err.contains('C'), "{err}");
}

#[test]
fn who_withdrew_is_not_in_the_talk_nor_in_anybodys_share() {
    let study = talk();
    let people = study.read("participants.csv");
    let row = people.lines().find(|line| line.starts_with("P1,")).unwrap();
    let mut cells: Vec<&str> = row.split(',').collect();
    cells[5] = "2026-03-02";
    study.write("participants.csv", &people.replace(row, &cells.join(",")));
    let talk = csv(&study, "talk --case A");
    assert!(!talk.contains("P1") && talk.contains("A,P2,participant,2,2,1,0,"), "{talk}");
    assert!(!csv(&study, "find coffee").contains("P1"));
}

#[test]
fn a_word_is_found_with_what_stands_around_it_and_whoever_must_not_be_quoted_is_counted() {
    let study = talk();
    assert_eq!(
        csv(&study, "find coffee"),
        "locator,case,participant,before,found,after\n\
         A:6@10-16,A,P1,Décision; ,coffee,.\n\
         B:1@4-10,B,P3,The ,coffee, moves on.\n"
    );
    assert_eq!(csv(&study, "find coffee --loose").lines().count(), 4);
    let found = csv(&study, "find decision --loose");
    assert!(found.contains("A:6@0-8,A,P1,,Décision,; coffee."), "{found}");
    assert_eq!(csv(&study, "find /^One/ --participant P1").lines().count(), 2);
    study.run("participants set P3 --quotes no");
    let said = study.run("find coffee");
    assert!(!said.contains("moves on") && said.contains("1 more place is left out"), "{said}");
    for (wrong, status) in
        [("find", 2), ("find /(/", 2), ("find ''", 2), ("find x --keywords warm", 2)]
    {
        let (found, out, err) = study.streams(wrong);
        assert!(found == status && out.is_empty(), "{wrong}: {out}{err}");
    }
    // What a pattern holds is text for whoever reads the table.
    let (_, out, _) = study.streams("find 'Five six'");
    assert!(out.contains("Five six"), "{out}");
}

/// Both coders give the same; `deep` of nothing: the codebook of the desk has codes of two dimensions.
fn coded() -> TestStudy {
    let answers = [
        "A:2-3 leadership horizontal",
        "A:2-3 tone warm",
        "A:4-5 leadership horizontal",
        "A:4-5 tone warm",
        "A:6 leadership none",
        "A:6 tone cold",
        "A:8 leadership horizontal",
        "A:8 tone none",
        "B:1 leadership horizontal",
        "B:1 tone warm",
    ];
    let study = talk().coded("c1", &answers).coded("c2", &answers);
    for coder in ["c1", "c2"] {
        let said = study.run(&format!("seal --coder {coder} --incomplete 'a test'"));
        assert!(said.contains("[exit 0]"), "{said}");
    }
    study
}

#[test]
fn codes_that_meet_are_counted_and_what_is_expected_is_summed_within_cases() {
    let study = coded();
    let found = csv(&study, "cooccur --exact --dimension leadership,tone");
    let row = found.lines().find(|it| it.starts_with("horizontal,warm,")).expect(&found);
    // A: 3 of 4 units horizontal, 2 of 4 warm: 1.5; B: 1 of 1 and 1 of 1: 1. Either: 4 + 3 - 3.
    assert_eq!(row, "horizontal,warm,3,4,3,5,0.75,2.5");
    // Codes of a dimension that takes one code a unit cannot meet.
    let all = csv(&study, "cooccur --all --dimension leadership,tone");
    assert!(
        all.contains("\nwarm,cold,0,3,1,5,0,\n") && all.contains("horizontal,cold,0,"),
        "{all}"
    );
    // Turns of A: P1 in A:2-3, P2 in A:5, P1 in A:6, P2 in A:8; A:4-5 holds what P2 says in A:5.
    let turns = csv(&study, "cooccur --exact --within turn --dimension leadership,tone");
    let row = turns.lines().find(|it| it.starts_with("horizontal,warm,")).expect(&turns);
    assert_eq!(row, "horizontal,warm,3,4,3,5,0.75,");
    // One unit on: A:6 is cold beside two horizontal ones, and both of these beside it.
    let near = csv(&study, "cooccur --exact --within 1 --dimension leadership,tone");
    let row = near.lines().find(|it| it.starts_with("horizontal,cold,")).expect(&near);
    assert_eq!(row, "horizontal,cold,3,4,1,5,0.6,");
    for wrong in ["cooccur --within 0", "cooccur --within case"] {
        let (status, _, err) = study.streams(wrong);
        assert!(status == 2 && err.contains("unit, turn or 2"), "{wrong}: {err}");
    }
    // Crossing the codes counts the same units.
    let crossed = csv(&study, "matrix --rows code --columns code --exact");
    let heads: Vec<&str> = crossed.lines().next().unwrap().split(',').collect();
    let row: Vec<&str> =
        crossed.lines().find(|it| it.starts_with("horizontal,")).unwrap().split(',').collect();
    let cell: BTreeMap<&str, &str> = heads.into_iter().zip(row).collect();
    assert_eq!((cell["warm"], cell["horizontal"], cell["cold"]), ("3", "4", "0"));
}

#[test]
fn further_groups_bring_further_codes_in_the_order_of_their_sessions() {
    let study = coded();
    let dated = study.read("transcripts.csv");
    let dated: Vec<String> = dated
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            match cells[0] {
                "A" => cells[3] = "2026-02-02",
                "B" => cells[3] = "2026-01-01",
                _ => {}
            }
            cells.join(",")
        })
        .collect();
    study.write("transcripts.csv", &(dated.join("\n") + "\n"));
    let found = csv(&study, "saturation --base 1 --run 1 --orders 0");
    assert_eq!(
        found,
        "group,case,date,units,codes,new,first_asked,new_given,new_came,so_far,new_elsewhere,new_codes,first_asked_codes\n\
         1,B,2026-01-01,1,2,2,0,2,0,2,,horizontal; warm,\n\
         2,A,2026-02-02,4,3,1,0,1,0,3,,cold,\n"
    );
    let said = study.run("saturation --base 1 --run 1");
    assert!(said.contains("Group 2: 1 new code over 2 of the base of 1 group = 0.500"), "{said}");
    assert!(!said.to_lowercase().contains("saturated"), "{said}");
    let few = study.run("saturation");
    assert!(few.contains("base and run need 6 groups, and there are 2"), "{few}");
    // The mean over other orders is the same with the same seed, and sums to all codes.
    let drawn = csv(&study, "saturation --orders 50 --seed 7");
    assert_eq!(drawn, csv(&study, "saturation --orders 50 --seed 7"));
    let sum: f64 = drawn
        .lines()
        .skip(1)
        .map(|it| it.split(',').nth(10).unwrap().parse::<f64>().unwrap())
        .sum();
    assert!((sum - 3.0).abs() < 1e-9, "{drawn}");
    let (status, _, _) = study.streams("saturation --base 0");
    assert_eq!(status, 2);
}

#[test]
fn a_display_gives_the_bytes_of_its_long_command() {
    let study = example();
    for display in DISPLAYS {
        let needed = display.needs.first().copied();
        let more = match needed {
            Some("--order-by") => "--order-by total:desc",
            Some("--columns") => "--columns case.sector",
            Some("--contrast") => "--contrast case.sector=Justice,Education",
            Some("--rows") => "--rows case.cluster/case",
            Some(other) => panic!("{other}"),
            None => "",
        };
        let long = display.command();
        let long = long.strip_prefix("themata ").unwrap();
        let long = match needed {
            Some(option) => long.replace(&format!("{option} …"), more),
            None => long.to_owned(),
        };
        for form in ["csv", "md"] {
            let named = study.streams(&format!("display {} {more} --format {form}", display.name));
            assert_eq!(named.0, 0, "{}: {}", display.name, named.2);
            assert_eq!(
                named,
                study.streams(&format!("{long} --format {form}")),
                "{}",
                display.name
            );
        }
        let words: Vec<String> = long.split(' ').map(str::to_owned).collect();
        assert!(asked(&words).is_some(), "{long}");
    }
    let list = csv(&study, "display list");
    assert_eq!(list.lines().count(), DISPLAYS.len() + 1);
    for (wrong, told) in [
        ("display metamatrix", "meta-matrix"),
        ("display contrast", "--contrast"),
        ("display meta-matrix --rows case", "--rows"),
        ("display meta-matrix --colour", "--colour"),
    ] {
        let (status, out, err) = study.streams(wrong);
        assert!(status == 2 && out.is_empty() && err.contains(told), "{wrong}: {err}");
    }
}
