//! Labels become participants: who is who across the transcripts and cases of a study.

use themata::domain::participant::{Participant, Role};
use themata::format::speakers;
use themata::unitize::people::{Cast, Heard, SpeakerRow, cast, declared};

use crate::import::imported;
use crate::support::TestStudy;

/// A study that grows with each import.
#[derive(Default)]
struct Growing {
    people: Vec<Participant>,
    rows: Vec<SpeakerRow>,
    heard: Heard,
}

impl Growing {
    /// With a list of speakers.
    fn with(csv: &str) -> Self {
        let mut problems = Vec::new();
        let rows = speakers::read("speakers.csv", csv.as_bytes(), &mut problems);
        assert_eq!(problems, vec![]);
        Self { people: Vec::new(), rows, heard: Heard::new() }
    }

    /// Imports a text into a case, and says who speaks each of its paragraphs.
    fn import(&mut self, case: &str, transcript: &str, text: &str) -> String {
        let transcript = transcript.parse().unwrap();
        let draft = imported("a.txt", text.as_bytes()).draft;
        let Cast { paragraphs, participants, .. } = cast(
            &draft,
            &case.parse().unwrap(),
            &transcript,
            &self.rows,
            &self.people,
            &mut self.heard,
        );
        for person in participants {
            match self.people.iter_mut().find(|it| it.id == person.id) {
                Some(known) => *known = person,
                None => self.people.push(person),
            }
        }
        let speakers =
            paragraphs.iter().map(|it| it.speaker.as_ref().map_or("-", |it| it.as_str()));
        speakers.collect::<Vec<_>>().join(" ")
    }

    /// Everybody, as `participants.csv` has them: id, name, case, role.
    fn everybody(&self) -> Vec<String> {
        let line = |it: &Participant| {
            let case = it.case.as_ref().map_or("", |it| it.as_str());
            format!("{},{},{case},{}", it.id, it.name, it.role)
        };
        self.people.iter().map(line).collect()
    }
}

const TALK: &str = "Moderator: a?\nP1: b\nJosé Paz: c\nP1: d\nJosé Paz: e\n";

#[test]
fn one_label_in_two_transcripts_of_a_case_is_one_person_and_in_another_case_somebody_else() {
    let mut study = Growing::default();
    assert_eq!(study.import("A", "A1", TALK), "Moderator P1 Jose-Paz P1 Jose-Paz");
    assert_eq!(
        study.import("A", "A2", "P1: again\njosé paz: x\nJosé Paz: y\n"),
        "P1 Jose-Paz Jose-Paz"
    );
    assert_eq!(study.import("B", "B", TALK), "B-Moderator B-P1 B-Jose-Paz B-P1 B-Jose-Paz");
    assert_eq!(study.import("B", "B2", "P1: again\nP1: x\n"), "B-P1 B-P1");
    assert_eq!(
        study.everybody(),
        [
            "Moderator,Moderator,A,moderator",
            "P1,P1,A,participant",
            "Jose-Paz,,A,unknown", // a personal name is not kept
            "B-Moderator,Moderator,B,moderator",
            "B-P1,P1,B,participant",
            "B-Jose-Paz,,B,unknown",
        ]
    );
}

#[test]
fn a_list_of_speakers_names_people_and_joins_them_across_cases() {
    let mut study = Growing::with(
        "transcript;label;participant;role\n;moderator;M;\nA1;José Paz;P2;\nB;José Paz;P9;observer\n;P1;;participant\n",
    );
    assert_eq!(study.import("A", "A1", TALK), "M P1 P2 P1 P2");
    assert_eq!(study.import("B", "B", TALK), "M B-P1 P9 B-P1 P9");
    assert_eq!(
        study.everybody(),
        [
            "M,Moderator,,moderator", // sits in both
            "P1,P1,A,participant",
            "P2,,A,unknown",
            "B-P1,P1,B,participant",
            "P9,,B,observer",
        ]
    );
}

#[test]
fn labels_without_letters_of_the_alphabet_are_numbered() {
    let mut study = Growing::default();
    let talk = "עדה כהן: א\n??: b\nעדה כהן: ג\n??: d\nרון לוי: ה\nרון לוי: ו\n";
    assert_eq!(study.import("A", "A", talk), "S1 S2 S1 S2 S3 S3");
}

#[test]
fn labels_with_one_id_in_common_stay_two() {
    let mut study = Growing::default();
    assert_eq!(study.import("A", "A", "P 1: a\nP-1: b\nP 1: c\nP-1: d\n"), "P-1 P-1-2 P-1 P-1-2");
    assert_eq!(study.import("A", "A2", "P-1: b\nP-1: d\n"), "P-1-2 P-1-2");
}

#[test]
fn an_empty_label_says_who_speaks_where_nobody_is_labelled() {
    let mut study = Growing::with("label,participant\n,P7\n");
    assert_eq!(study.import("A", "A", "I like it.\nI do.\n"), "P7 P7");
    assert_eq!(study.import("A", "B", "Moderator: Why?\nBecause.\n"), "Moderator P7");
    assert_eq!(study.import("A", "C", "Moderator: Why?\nP1: Because.\n"), "Moderator P1");
}

#[test]
fn rows_for_a_label_that_the_transcript_does_not_have_are_told() {
    let study = Growing::with("transcript,label,participant\nA,P1,X\nA,P5,Y\nB,P6,Z\n,P8,W\n");
    let draft = imported("a.txt", b"P1: a\n").draft;
    let id = "A".parse().unwrap();
    let found = cast(&draft, &"A".parse().unwrap(), &id, &study.rows, &[], &mut Heard::new());
    assert_eq!(found.unmatched, [1]);
    assert_eq!(declared(&study.rows, &id), ["P1", "P5", "P8"]);
    assert_eq!(found.participants[0].role, Role::Participant);
}

#[test]
fn every_slip_in_a_list_of_speakers_is_told_with_its_line() {
    let mut problems = Vec::new();
    let csv = "label,participant,role\nAna,P1,boss\nLuis,,\n,P 3,\n";
    speakers::read("s.csv", csv.as_bytes(), &mut problems);
    let told: Vec<String> =
        problems.iter().map(|it| format!("{} {}", it.at, it.what.key)).collect();
    assert_eq!(
        told,
        [
            "s.csv:2:role table.cell",
            "s.csv:3:participant import.speakers.empty",
            "s.csv:4:participant table.cell",
            "s.csv:4:participant import.speakers.empty",
        ]
    );
}

#[test]
fn two_names_of_one_id_in_one_case_are_two_people_in_one_run_and_said_in_two() {
    let study = TestStudy::empty("en", &["c1"], crate::desk::CODEBOOK);
    for (file, name) in
        [("t1.txt", "Peña"), ("t2.txt", "Pena"), ("t3.txt", "Peña"), ("t4.txt", "Pena")]
    {
        let text = format!(
            "Moderator: Who came?\n{name}: I did, once.\nModerator: And?\n{name}: It was good, in {file}.\n"
        );
        study.write(file, &text);
    }
    let file = |name: &str| study.path(name).display().to_string();
    let import =
        format!("import {} {} {} --case K", file("t1.txt"), file("t2.txt"), file("t3.txt"));
    let out = study.run(&import);
    assert!(out.ends_with("[exit 0]\n") && !out.contains("by their ids alone"), "{out}");
    let people = study.read("participants.csv");
    assert!(people.contains("\nPena,,K,") && people.contains("\nPena-2,,K,"), "{people}");
    assert!(study.read("transcripts/t2.txt").contains("Pena-2: I did"));
    assert!(study.read("transcripts/t3.txt").contains("Pena: I did"));
    // In another run nobody can tell them apart, which is said.
    let out = study.run(&format!("import {} --case K", file("t4.txt")));
    assert!(out.contains("by their ids alone, Pena is taken for"), "{out}");
}
