//! Changes to a study's lists, and its smaller logs, where the power fails and where two programs meet.

use super::consensus::Settling;
use super::load::{Opened, load};
use super::records::{EventWriter, MemoWriter};
use super::simulated::SimulatedDisk;
use super::small_study::{
    self, c1, c2, code, cut_everywhere, decide, folder, imported, in_force, left_behind, new_study,
    open, path, sound, told, units,
};
use super::{LogWriter, layout};
use crate::domain::answer::{Answer, DimensionIndex};
use crate::domain::case::Case;
use crate::domain::consensus::{NewSettlement, Outcome};
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::participant::{Participant, Quotable, Role};
use crate::domain::record::MemoKind;
use crate::domain::study::Settings;

#[test]
fn a_question_that_is_set_and_the_topics_of_units_change_together_or_not_at_all() {
    let base = with_guide();
    let turn = "A:1".parse().unwrap();
    let set =
        |disk: &SimulatedDisk| load(&folder(disk))?.set_topic(&turn, "q2", "by ear").map(|_| ());
    let is_set = |opened: &Opened| {
        let units = opened.units_of(&"A".parse().unwrap());
        units.iter().any(|unit| unit.topic == "end")
    };
    cut_everywhere(&base, 4, set, |disk, done| {
        let opened = sound(disk);
        let there = is_set(&opened);
        assert!(there || !done);
        assert_eq!(told(&opened, "topic"), usize::from(there));
        drop(opened.folder.lock_lists().unwrap());
        assert_eq!(is_set(&sound(disk)), there);
        assert!(!left_behind(disk));
    });
}

/// The study, in which P1 moderates, with a guide of two questions.
fn with_guide() -> SimulatedDisk {
    let disk = SimulatedDisk::default();
    folder(&disk).create(&new_study()).unwrap();
    let mut talk = imported("A", 4);
    for paragraph in &mut talk.transcript.paragraphs[1..] {
        paragraph.speaker = "P2".parse().ok();
    }
    let case = Case { id: "A".parse().unwrap(), name: String::new(), attributes: Vec::new() };
    let person = |id: &str, role| Participant {
        id: id.parse().unwrap(),
        name: String::new(),
        case: None,
        role,
        quotes: Quotable::Ask,
        withdrawn: String::new(),
        attributes: Vec::new(),
    };
    let people = [person("P1", Role::Moderator), person("P2", Role::Participant)];
    open(&disk).import(vec![talk], &[case], &people).unwrap();
    let guide = b"topic,question,text\nstart,q1,How did it begin?\nend,q2,And now?\n";
    folder(&disk).replace(layout::GUIDE, guide).unwrap();
    let opened = open(&disk);
    let transcript = opened.study.transcripts[0].clone();
    opened.write_units(&[(transcript.id.clone(), units(&transcript))]).unwrap();
    disk
}

#[test]
fn a_study_that_was_being_made_is_no_study_or_a_whole_one_and_can_be_made_again() {
    let base = SimulatedDisk::default();
    cut_everywhere(
        &base,
        6,
        |disk| folder(disk).create(&new_study()),
        |disk, done| match load(&folder(disk)) {
            Ok(opened) => assert_eq!(opened.study.settings, new_study().settings),
            Err(_) => {
                assert!(!done);
                folder(disk).create(&new_study()).unwrap();
                sound(disk);
            }
        },
    );
}

#[test]
fn a_new_study_overwrites_nothing_that_is_there() {
    let disk = SimulatedDisk::default();
    folder(&disk).replace("cases.csv", b"case\nours\n").unwrap();
    assert!(matches!(folder(&disk).create(&new_study()), Err(Failure::Refused(..))));
    assert_eq!(disk.files().read(&path("cases.csv")), Some(b"case\nours\n".to_vec()));
}

fn bring_in(disk: &SimulatedDisk) -> Result<(), Failure> {
    let opened = load(&folder(disk))?;
    let mut cases = opened.study.cases.clone();
    if cases.len() == 2 {
        cases.push(Case { id: "C".parse().unwrap(), name: String::new(), attributes: Vec::new() });
    }
    opened.import(vec![imported("C", 3)], &cases, &[])?;
    let opened = load(&folder(disk))?;
    let transcript = opened.study.transcripts.last().unwrap();
    opened.write_units(&[(transcript.id.clone(), units(transcript))])
}

#[test]
fn an_import_is_there_whole_or_not_at_all() {
    cut_everywhere(&small_study::disk(), 4, bring_in, |disk, done| {
        let opened = sound(disk);
        let there = opened.study.transcripts.iter().find(|it| it.id.as_str() == "C");
        assert!(there.is_some() || !done);
        if let Some(transcript) = there {
            assert_eq!(transcript.paragraphs.len(), 3);
            let original = disk.files().read(&path("originals/C.txt"));
            assert_eq!(original, Some(b"as it was".to_vec()));
        } else {
            bring_in(disk).unwrap();
            sound(disk);
        }
    });
}

#[test]
fn a_transcript_that_was_being_removed_leaves_a_sound_study() {
    let id = "B".parse().unwrap();
    let remove = |disk: &SimulatedDisk| load(&folder(disk))?.remove(&id);
    cut_everywhere(&small_study::disk(), 4, remove, |disk, done| {
        let opened = sound(disk);
        let left = opened.study.transcripts.len();
        assert!(left == 1 || (left == 2 && !done));
        // What is told has happened, and once; whoever comes next ends it and leaves nothing behind.
        assert_eq!(told(&opened, "remove"), usize::from(left == 1));
        drop(opened.folder.lock_lists().unwrap());
        let removed = disk.files().read(&path("units/B.csv")).is_none();
        assert_eq!(removed, left == 1);
        if left == 2 {
            remove(disk).unwrap();
        }
        assert_eq!(told(&sound(disk), "remove"), 1);
        for file in ["originals/B.txt", "transcripts/B.txt", "units/B.csv", layout::PENDING] {
            assert!(disk.files().read(&path(file)).is_none(), "{file}");
        }
        assert!(!left_behind(disk));
    });
}

/// The study with a second speaker, whose label was a slip.
fn with_a_slip() -> SimulatedDisk {
    let disk = SimulatedDisk::default();
    folder(&disk).create(&new_study()).unwrap();
    let mut slip = imported("A", 4);
    slip.transcript.paragraphs[2].speaker = "P11".parse().ok();
    let case = Case { id: "A".parse().unwrap(), name: String::new(), attributes: Vec::new() };
    let person = |id: &str| Participant {
        id: id.parse().unwrap(),
        name: String::new(),
        case: Some("A".parse().unwrap()),
        role: Role::Participant,
        quotes: Quotable::Ask,
        withdrawn: String::new(),
        attributes: Vec::new(),
    };
    open(&disk).import(vec![slip], &[case], &[person("P1"), person("P11")]).unwrap();
    let opened = open(&disk);
    let transcript = &opened.study.transcripts[0];
    opened.write_units(&[(transcript.id.clone(), units(transcript))]).unwrap();
    disk
}

#[test]
fn two_people_become_one_in_every_file_or_in_none_wherever_the_power_is_cut() {
    let (from, into) = ("P11".parse().unwrap(), "P1".parse().unwrap());
    let merge =
        |disk: &SimulatedDisk| load(&folder(disk))?.merge_participants(&from, &into).map(|_| ());
    let labels = |opened: &Opened| {
        let paragraphs = &opened.study.transcripts[0].paragraphs;
        paragraphs.iter().filter(|it| it.speaker.as_ref() == Some(&from)).count()
    };
    cut_everywhere(&with_a_slip(), 8, merge, |disk, done| {
        let opened = sound(disk);
        let people = opened.study.participants.len();
        assert_eq!((labels(&opened), people), if people == 1 { (0, 1) } else { (1, 2) });
        assert!(people == 1 || !done);
        assert_eq!(opened.file_problems().unwrap(), []);
        // Whoever changes the lists next ends what was begun.
        match merge(disk) {
            Ok(()) => assert_eq!(people, 2),
            Err(error) => assert!(matches!(error, Failure::Usage(..)), "{error:?}"),
        }
        assert_eq!(disk.files().read(&path(layout::PENDING)), None);
        assert_eq!(labels(&sound(disk)), 0);
    });
}

#[test]
fn a_list_of_files_to_be_replaced_writes_nowhere_but_into_the_study() {
    for file in ["../x.txt", "/x", "transcripts/../../x", "coding/c1.csv", "units/a/b.csv"] {
        let disk = with_a_slip();
        let list = format!("file,text\n{file},gone\n");
        folder(&disk).replace(layout::PENDING, list.as_bytes()).unwrap();
        let refused = load(&folder(&disk)).map(|_| ());
        assert!(matches!(refused, Err(Failure::Invalid(_))), "{file}");
        let refused = folder(&disk).lock_lists().map(|_| ());
        assert!(matches!(refused, Err(Failure::Invalid(_))), "{file}");
    }
}

#[test]
fn what_another_program_brought_in_meanwhile_is_not_undone() {
    let disk = small_study::disk();
    let early = open(&disk);
    bring_in(&disk).unwrap();
    let settings = Settings { title: "Other".to_owned(), ..early.study.settings.clone() };
    let id = early.study.transcripts[1].id.clone();
    let cases = early.study.cases.clone();
    for refused in [
        early.write_settings(&settings),
        early.remove(&id),
        early.import(vec![imported("D", 1)], &cases, &[]),
        early.write_units(&[(id.clone(), Vec::new())]),
    ] {
        assert!(
            matches!(refused, Err(Failure::Refused(what, _)) if what.key == "store.lists_changed")
        );
    }
    assert_eq!(sound(&disk).study.transcripts.len(), 3);
}

#[test]
fn units_are_not_cut_anew_while_somebody_codes_or_once_somebody_has() {
    let disk = small_study::disk();
    let opened = open(&disk);
    let transcript = opened.study.transcripts[0].clone();
    let recut = || opened.write_units(&[(transcript.id.clone(), units(&transcript))]);
    let writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
    assert!(matches!(recut(), Err(Failure::Refused(what, _)) if what.key == "store.locked"));
    drop(writer);
    recut().unwrap();
    code(&disk, &c2(), "", &[decide(0, "none")]);
    // The study was opened before c2 decided; it is looked at again.
    assert!(matches!(recut(), Err(Failure::Refused(what, _)) if what.key == "units.coded"));
}

fn settlement(unit: u32, rationale: &str) -> NewSettlement {
    NewSettlement {
        unit: UnitIndex(unit),
        dimension: DimensionIndex(0),
        answer: Answer::Codes(vec!["rotating".parse().unwrap()]),
        outcome: Some(Outcome::Other),
        reason: None,
        rationale: rationale.to_owned(),
        present: vec![c1(), c2()],
        codebook_change: String::new(),
        undoes: None,
        codebook: None,
    }
}

/// Long enough to be torn, with what is awkward to write down.
fn words(n: u32) -> String {
    format!("{n}: \"so,\"\nthey said; {}", "and on ".repeat(12))
}

#[test]
fn what_was_settled_survives_a_cut_anywhere() {
    let settle = |disk: &SimulatedDisk, acknowledged: &mut Vec<u32>| -> Result<(), Failure> {
        let mut writer = load(&folder(disk))?.begin(Settling)?.0;
        for unit in 0..3 {
            writer.append(RoundIndex(0), &settlement(unit, &words(unit)))?;
            assert!(disk.files().is_safe(&path(layout::CONSENSUS)));
            acknowledged.push(unit);
        }
        Ok(())
    };
    kept_everywhere(settle, |disk| {
        let rows = sound(disk).settlements;
        rows.into_iter().map(|it| (it.unit.0, it.rationale)).collect()
    });
}

#[test]
fn memos_survive_a_cut_anywhere_and_are_never_shortened() {
    let note = |disk: &SimulatedDisk, acknowledged: &mut Vec<u32>| -> Result<(), Failure> {
        let mut writer = MemoWriter::open(&load(&folder(disk))?, &c1(), "")?;
        for n in 0..3 {
            writer.append("A:1", MemoKind::Note, &words(n))?;
            assert!(disk.files().is_safe(&path("memos/c1.csv")));
            acknowledged.push(n);
        }
        Ok(())
    };
    kept_everywhere(note, |disk| {
        let memos = sound(disk).memos(&c1()).unwrap();
        memos.into_iter().zip(0..).map(|(it, n)| (n, it.text)).collect()
    });
}

#[test]
fn events_survive_a_cut_anywhere_and_their_reasons_are_never_shortened() {
    let tell = |disk: &SimulatedDisk, acknowledged: &mut Vec<u32>| -> Result<(), Failure> {
        let mut writer = EventWriter::open(&folder(disk))?;
        for n in 0..3 {
            let what =
                What::Unblind { cases: vec!["A".parse().unwrap()], round: None, held: Vec::new() };
            writer.append(Event::new(folder(disk).now(), vec![c1()], what, &words(n)))?;
            assert!(disk.files().is_safe(&path(layout::EVENTS)));
            acknowledged.push(n);
        }
        Ok(())
    };
    kept_everywhere(tell, |disk| {
        sound(disk).events.into_iter().zip(0..).map(|(it, n)| (n, it.reason)).collect()
    });
}

/// Cuts the power after every operation of a writer and checks that what it acknowledged is there, and
/// that what is there was written so.
fn kept_everywhere(
    write: impl Fn(&SimulatedDisk, &mut Vec<u32>) -> Result<(), Failure>,
    there: impl Fn(&SimulatedDisk) -> Vec<(u32, String)>,
) {
    let base = small_study::disk();
    let whole = base.copy();
    write(&whole, &mut Vec::new()).unwrap();
    for cut in 0..whole.operations() {
        for seed in 0..6 {
            let disk = base.copy();
            disk.power_for(cut);
            let mut acknowledged = Vec::new();
            let _ = write(&disk, &mut acknowledged);
            let there = there(&disk.reboot(if seed < 2 { seed } else { seed * 1000 + cut }));
            for n in acknowledged {
                assert!(
                    there.contains(&(n, words(n))),
                    "cut after {cut}, seed {seed}: {n} is gone"
                );
            }
            for (n, text) in there {
                assert_eq!(text, words(n), "cut after {cut}, seed {seed}");
            }
        }
    }
}

#[test]
fn a_decision_made_under_a_codebook_that_changed_a_moment_ago_is_not_taken() {
    let disk = small_study::disk();
    let opened = open(&disk);
    let text = String::from_utf8(disk.files().read(&path("codebook.yaml")).unwrap()).unwrap();
    disk.files().put(&path("codebook.yaml"), text.replace("warm", "mild").as_bytes());
    let refused = LogWriter::open(&opened, &c1(), None, "").map(|_| ());
    assert!(
        matches!(refused, Err(Failure::Refused(what, _)) if what.key == "store.codebook_changed")
    );
    assert_eq!(in_force(&open(&disk), &c1()), Vec::<String>::new());
}
