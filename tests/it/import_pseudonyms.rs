//! `import --pseudonyms`: names become P1 …, and nowhere in the study is a name left but in what was said.

use std::path::PathBuf;

use expect_test::expect;

use crate::desk;
use crate::support::TestStudy;

const FIRST: &str = "Moderadora: ¿Qué tal?\nAna Ruiz: Bien, dice Luis.\nLuis Paz: No, Ana.\n\
    Ana Ruiz: Sí, la paz.\nLuis Paz: No.\n";
const SECOND: &str =
    "Moderadora: ¿Y aquí?\nana ruiz: Otra.\nEva: Hola.\nAna Ruiz: Adiós.\nEva: Ya.\n";

struct Beside {
    study: TestStudy,
    outside: tempfile::TempDir,
}

impl Beside {
    fn new() -> Self {
        let study = TestStudy::empty("en", &["c1"], desk::CODEBOOK);
        Self { study, outside: tempfile::tempdir().unwrap() }
    }

    fn put(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        format!("'{}'", path.display())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.outside.path().join(name)
    }

    fn key(&self) -> String {
        std::fs::read_to_string(self.path("key.csv")).unwrap()
    }

    fn run(&self, line: &str) -> String {
        let line = line.replace("KEY", &self.path("key.csv").display().to_string());
        self.study.run(&line).replace(&self.outside.path().display().to_string(), "OUT")
    }
}

#[test]
fn names_become_numbers_and_the_key_outside_has_them_alone() {
    let beside = Beside::new();
    let file = beside.put("group-1.txt", FIRST);
    expect![[r#"
        --- stderr ---
        group-1 (case A): 5 paragraphs; participants P1, P2; moderating or observing Moderadora
        OUT/key.csv: 2 names added, 0 known already; keep this key away from the study
        2 words of these names are said in the talk and stay there: import changes nothing that was said
        originals/ keeps the files as they were, names included; .gitignore keeps it out of git
        next: themata split
        [exit 0]
    "#]].assert_eq(&beside.run(&format!("import {file} --case A --pseudonyms KEY")));
    expect![[r#"
        name,case,participant
        Ana Ruiz,A,P1
        Luis Paz,A,P2
    "#]]
    .assert_eq(&beside.key());
    expect![[r#"
        Moderadora: ¿Qué tal?
        P1: Bien, dice Luis.
        P2: No, Ana.
        P1: Sí, la paz.
        P2: No.
    "#]]
    .assert_eq(&beside.study.read("transcripts/group-1.txt"));
    expect![[r#"
        participant,name,case,role,quotes,withdrawn
        Moderadora,Moderadora,A,moderator,ask,
        P1,,A,unknown,ask,
        P2,,A,unknown,ask,
    "#]]
    .assert_eq(&beside.study.read("participants.csv"));
    assert_eq!(beside.study.read("originals/group-1.txt"), FIRST);
}

#[test]
fn a_key_that_exists_is_used_again_within_a_case_and_added_to_across_cases() {
    let beside = Beside::new();
    let first = beside.put("group-1.txt", FIRST);
    beside.run(&format!("import {first} --case A --pseudonyms KEY"));
    let second = beside.put("group-1b.txt", SECOND);
    let seen = beside.run(&format!("import {second} --case A --pseudonyms KEY"));
    assert!(seen.contains("participants P1, P3"), "{seen}");
    let third = beside.put("group-2.txt", &SECOND.replace("Adiós", "Hasta luego"));
    let seen = beside.run(&format!("import {third} --case B --pseudonyms KEY"));
    assert!(seen.contains("participants P4, P5"), "{seen}");
    assert!(seen.contains("P4 has the same name as P1 of another case"), "{seen}");
    assert!(seen.contains("themata participants merge P4 P1"), "{seen}");
    expect![[r#"
        name,case,participant
        Ana Ruiz,A,P1
        Luis Paz,A,P2
        Eva,A,P3
        ana ruiz,B,P4
        Eva,B,P5
    "#]]
    .assert_eq(&beside.key());
}

#[test]
fn a_row_without_case_is_one_person_in_every_case() {
    let beside = Beside::new();
    beside.put("key.csv", "participant;name;phone\nModerator;ANA RUIZ;123\n");
    for (name, case) in [("group-1.txt", "A"), ("group-2.txt", "B")] {
        let file = beside.put(name, &format!("{FIRST}Ana Ruiz: {case}\n"));
        let seen = beside.run(&format!("import {file} --case {case} --pseudonyms KEY"));
        assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    }
    expect![[r#"
        participant,name,case,role,quotes,withdrawn
        Moderadora,Moderadora,A,moderator,ask,
        Moderator,,,unknown,ask,
        P1,,,unknown,ask,
        B-Moderadora,Moderadora,B,moderator,ask,
    "#]]
    .assert_eq(&beside.study.read("participants.csv"));
    expect![[r#"
        participant;name;phone
        Moderator;ANA RUIZ;123
        P1;Luis Paz;
    "#]]
    .assert_eq(&beside.key());
}

#[test]
fn no_name_is_shown_or_kept_but_in_what_was_said() {
    let beside = Beside::new();
    let mut text = String::new();
    for turn in 0..4 {
        text.push_str(&format!("Q: {turn}?\nZacarías Ñandú: so {turn}\nADA POE, DIRECTOR: yes\n"));
        text.push_str("Ada Poe: no\nXQ: maybe\n");
    }
    text.push_str("Zacaría Ñandú: slip\nBerenice: once\n");
    text.push_str("Ada Ñandú: a\nAda Nandu: b\nAda Ñandú: c\nAda Nandu: d\n");
    let file = beside.put("group-1.txt", &text);
    let preview = beside.run(&format!("import {file} --preview --pseudonyms KEY"));
    assert!(!beside.path("key.csv").exists(), "a preview writes nothing");
    let json = beside.run(&format!("import {file} --preview --format json --pseudonyms KEY"));
    let told = beside.run(&format!("import {file} --pseudonyms KEY"));
    let study = beside.study.read("participants.csv")
        + &beside.study.read("transcripts.csv")
        + &beside.study.read("cases.csv")
        + &beside.study.read("transcripts/group-1.txt");
    for seen in [&preview, &json, &told, &study, &beside.run("participants --format json")] {
        for name in ["Zacar", "Ñand", "Nand", "Poe", "Ada", "ADA", "XQ"] {
            assert!(!seen.contains(name), "{name} in {seen}");
        }
    }
    assert!(told.contains("two labels that are spelled alike"), "{told}");
    assert!(!(preview + &json + &told).contains("Berenice"));
    assert!(beside.key().contains("Zacarías Ñandú"));
}

#[test]
fn a_key_inside_a_study_or_over_another_file_is_refused() {
    let beside = Beside::new();
    let file = beside.put("group-1.txt", FIRST);
    let inside = beside.study.path("key.csv").display().to_string();
    let seen = beside.run(&format!("import {file} --pseudonyms '{inside}'"));
    assert!(seen.contains("the key to pseudonyms never does"), "{seen}");
    assert!(seen.ends_with("[exit 4]\n"), "{seen}");
    let deeper = beside.study.path("notes/key.csv");
    let seen = beside.run(&format!("import {file} --pseudonyms '{}'", deeper.display()));
    assert!(seen.ends_with("[exit 4]\n"), "{seen}");
    beside.put("key.csv", "code,brief\nx,y\n");
    let seen = beside.run(&format!("import {file} --pseudonyms KEY"));
    assert!(seen.ends_with("[exit 3]\n"), "{seen}");
    assert_eq!(beside.key(), "code,brief\nx,y\n");
    assert_eq!(beside.study.read("transcripts.csv").lines().count(), 1);
    let seen = beside.run(&format!("import {file} --pseudonyms KEY --force"));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    assert!(beside.key().starts_with("name,case,participant\n"));
}

#[test]
fn a_list_of_speakers_comes_first_and_may_not_contradict_the_key_without_force() {
    let beside = Beside::new();
    let file = beside.put("group-1.txt", FIRST);
    let map = beside.put("map.csv", "label,participant,role\nAna Ruiz,P9,\nLuis Paz,,moderator\n");
    let line = format!("import {file} --speakers {map} --pseudonyms KEY");
    let seen = beside.run(&line);
    // The label `Moderadora` is no name and keeps its id; a name that asks is `Moderator`.
    assert!(
        seen.contains("participants P9; moderating or observing Moderadora, Moderator"),
        "{seen}"
    );
    assert!(beside.key().contains("Ana Ruiz,group-1,P9"), "{}", beside.key());
    beside.put("map.csv", "label,participant\nAna Ruiz,P2\n");
    let again = beside.put("group-1b.txt", &FIRST.replace("tal", "tal ahora"));
    let line = format!("import {again} --case group-1 --speakers {map} --pseudonyms KEY");
    let seen = beside.run(&line);
    assert!(seen.contains("gives P2 to people who have other pseudonyms in OUT/key.csv"), "{seen}");
    assert!(seen.ends_with("[exit 4]\n"), "{seen}");
    let seen = beside.run(&format!("{line} --force"));
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    assert!(beside.key().contains("Ana Ruiz,group-1,P2"), "{}", beside.key());
}

#[test]
fn a_file_named_after_a_person_has_to_be_renamed_first() {
    let beside = Beside::new();
    let file = beside.put("Interview with Ana.txt", FIRST);
    let seen = beside.run(&format!("import {file} --pseudonyms KEY"));
    assert!(seen.contains("the name of this file holds a name that becomes a pseudonym"), "{seen}");
    assert!(seen.ends_with("[exit 3]\n"), "{seen}");
    assert!(!beside.path("key.csv").exists());
}

#[test]
fn numbers_that_labels_already_have_are_nobody_else_s() {
    let beside = Beside::new();
    let file = beside.put("group-1.txt", "P1: a\nP7: b\nAna: c\nP1: d\nAna: e\n");
    let seen = beside.run(&format!("import {file} --pseudonyms KEY"));
    assert!(seen.contains("participants P1, P7, P8;"), "{seen}");
}
