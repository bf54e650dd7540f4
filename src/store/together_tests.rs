//! What comes from a co-coder, what is handed over and who is asked are there whole or not at all, whatever the power leaves.

use std::collections::BTreeMap;

use super::coding::Coding;
use super::handover::HandedLog;
use super::load::{Opened, load};
use super::simulated::SimulatedDisk;
use super::small_study::{
    self, UNITS, c1, c2, code, cut_everywhere, decide, folder, in_force, left_behind, open, path,
    sound, told,
};
use super::{LogWriter, SealWish, Taken, TakingIn, layout};
use crate::domain::assignments::Assignment;
use crate::domain::coder::{Coder, CoderKind};
use crate::domain::event::{Event, Purpose, What};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::{NewDecision, Via};
use crate::domain::record::MemoKind;
use crate::format::codebook::digest;

/// One answer for every unit.
fn everywhere() -> Vec<NewDecision> {
    let codes = ["horizontal", "none", "rotating"];
    (0..UNITS).map(|unit| decide(unit, codes[unit % 3])).collect()
}

fn wish(coder: CoderId) -> SealWish {
    SealWish {
        coder,
        cases: Vec::new(),
        round: None,
        incomplete: Some("tone was not asked".to_owned()),
        again: None,
    }
}

/// What c2 has on a copy of the study of her own: two logs and a list of seals.
struct Post {
    files: BTreeMap<&'static str, Vec<u8>>,
}

impl Post {
    fn of(base: &SimulatedDisk) -> Self {
        let hers = base.copy();
        code(&hers, &c2(), "", &everywhere());
        code(&hers, &c2(), "laptop", &[decide(0, "warm"), decide(3, "cold")]);
        open(&hers).seal(&wish(c2())).unwrap();
        let file = |name: &'static str| (name, hers.files().read(&path(name)).unwrap());
        let files = ["coding/c2.csv", "coding/c2.laptop.csv", layout::SEALS].map(file);
        Self { files: files.into_iter().collect() }
    }

    fn come_in(&self, disk: &SimulatedDisk) -> Result<(), Failure> {
        let c2 = c2();
        let log = |name, device| HandedLog { name, bytes: &self.files[name], coder: &c2, device };
        let logs = [log("coding/c2.csv", ""), log("coding/c2.laptop.csv", "laptop")];
        let seals = Some((layout::SEALS, self.files[layout::SEALS].as_slice()));
        let opened = load(&folder(disk))?;
        let at = opened.folder.now();
        let event = |file: &String| {
            let what = What::Receive { file: Some(digest(file.as_bytes())), page: None };
            Event::new(at, vec![c2.clone()], what, "")
        };
        opened.hand_in(&logs, seals, |found| found.logs.iter().map(event).collect()).map(|_| ())
    }
}

/// How many rows of c2, seals, and events of a kind there are.
fn there(opened: &Opened, word: &str) -> (usize, usize, usize) {
    let rows = opened.logs.get(&c2()).map_or(0, |log| log.rows.len());
    (rows, opened.seals.len(), told(opened, word))
}

#[test]
fn logs_and_seals_that_come_in_are_there_with_their_events_or_nothing_of_them_is() {
    let base = small_study::disk();
    let post = Post::of(&base);
    cut_everywhere(
        &base,
        4,
        |disk| post.come_in(disk),
        |disk, done| {
            let opened = sound(disk);
            let now = there(&opened, "receive");
            assert!(now == (UNITS + 2, 1, 2) || (!done && now == (0, 0, 0)), "{now:?}");
            drop(opened.folder.lock_lists().unwrap());
            assert_eq!(there(&sound(disk), "receive"), now);
            assert!(!left_behind(disk));
            post.come_in(disk).unwrap();
            assert_eq!(there(&sound(disk), "receive"), (UNITS + 2, 1, 2));
            let files = post.files.iter().filter(|(name, _)| **name != layout::SEALS);
            for (name, bytes) in files {
                assert_eq!(disk.files().read(&path(name)).as_ref(), Some(bytes), "{name}");
            }
            assert!(sound(disk).seal_state(&c2()).late.is_empty());
        },
    );
}

#[test]
fn a_disk_that_fills_up_while_logs_come_in_leaves_all_or_nothing_and_says_which() {
    let base = small_study::disk();
    let post = Post::of(&base);
    let (mut kept, mut finished) = (0, 0);
    for space in (0..6000).step_by(7) {
        let disk = base.copy();
        disk.space_for(Some(space));
        let done = post.come_in(&disk);
        disk.space_for(None);
        let now = there(&sound(&disk), "receive");
        match &done {
            Ok(()) => assert_eq!(now, (UNITS + 2, 1, 2), "{space}"),
            Err(Failure::Io(what, _)) if what.key == "store.still_pending" => {
                finished += 1;
                assert_eq!(now, (UNITS + 2, 1, 2), "{space}");
            }
            Err(Failure::Io(..)) => {
                kept += 1;
                assert_eq!(now, (0, 0, 0), "{space}");
            }
            Err(other) => panic!("{space}: {other:?}"),
        }
        drop(folder(&disk).lock_lists().unwrap());
        assert_eq!(there(&sound(&disk), "receive"), now, "{space}");
        assert!(
            !left_behind(&disk)
                && !disk.files().names_in(&path("")).contains(&path(layout::PENDING))
        );
    }
    assert!(kept > 0 && finished > 0, "{kept} {finished}");
}

#[test]
fn answers_of_two_coders_in_one_file_their_notes_and_events_come_in_together_or_not_at_all() {
    let base = small_study::disk();
    code(&base, &c1(), "", &[decide(0, "rotating")]);
    let receive = |disk: &SimulatedDisk| {
        let coding = |coder| Coding { coder, round: None, device: String::new() };
        let before = load(&folder(disk))?;
        let (writer, opened) = before.begin(TakingIn(vec![coding(c1()), coding(c2())]))?;
        let taken = |coder: CoderId| Taken {
            coder: coder.clone(),
            decisions: everywhere(),
            notes: vec![
                ("A:1".to_owned(), "a note".to_owned()),
                ("A:2".to_owned(), "b".to_owned()),
            ],
            event: Event::new(
                opened.folder.now(),
                vec![coder],
                What::Receive { file: None, page: None },
                "",
            ),
        };
        writer.write(&opened, vec![taken(c1()), taken(c2())], Via::Csv)
    };
    let all = |disk: &SimulatedDisk| {
        let opened = sound(disk);
        let rows = [c1(), c2()].map(|coder| opened.logs[&coder].rows.len());
        let notes = [c1(), c2()].map(|coder| opened.memos(&coder).unwrap().len());
        (rows, notes, told(&opened, "receive"))
    };
    cut_everywhere(&base, 4, receive, |disk, done| {
        let now = all(disk);
        let whole = ([UNITS + 1, UNITS], [2, 2], 2);
        assert!(now == whole || (!done && now == ([1, 0], [0, 0], 0)), "{now:?}");
        drop(folder(disk).lock_lists().unwrap());
        assert_eq!(all(disk), now);
        assert!(!left_behind(disk));
        // Who goes on coding, or writes a memo, before that is finished loses nothing and doubles nothing.
        let opened = open(disk);
        let mut writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
        writer.append(&[decide(1, "rotating")], Via::Lines).unwrap();
        let mut memos = super::MemoWriter::open(&opened, &c1(), "").unwrap();
        memos.append("A:1", MemoKind::Note, "later").unwrap();
        drop((writer, memos));
        let (rows, notes, events) = all(disk);
        assert_eq!((rows[0], notes[0], events), (now.0[0] + 1, now.1[0] + 1, now.2));
    });
}

#[test]
fn who_codes_on_before_a_change_is_finished_loses_nothing_and_doubles_nothing() {
    let base = small_study::disk();
    let post = Post::of(&base);
    let whole = base.copy();
    post.come_in(&whole).unwrap();
    for cut in 0..whole.operations() {
        let disk = base.copy();
        disk.power_for(cut);
        let _ = post.come_in(&disk);
        let disk = disk.reboot(1);
        let before = there(&sound(&disk), "receive");
        let coded = |device: &str| code(&disk, &c2(), device, &[decide(1, "rotating")])[0];
        let seqs = [coded("laptop"), coded("")];
        // Each new row is the last of all that are known, also of those that are not in place yet.
        let highest = sound(&disk).logs[&c2()].rows.iter().map(|row| row.seq).max().unwrap();
        assert_eq!((seqs[1], seqs[1] - seqs[0]), (highest, 1), "{cut}");
        drop(folder(&disk).lock_lists().unwrap());
        let after = there(&sound(&disk), "receive");
        assert_eq!(after, (before.0 + 2, before.1, before.2), "{cut}");
        assert!(in_force(&open(&disk), &c2()).iter().any(|it| it == "A:2 leadership rotating"));
    }
}

/// A round is begun without any other list: what was begun would wait for ever.
#[test]
fn whoever_begins_a_round_finishes_what_was_begun_and_cleans_what_was_left() {
    let base = small_study::disk();
    let post = Post::of(&base);
    let whole = base.copy();
    post.come_in(&whole).unwrap();
    let mut pending = 0;
    for cut in 0..whole.operations() {
        let disk = base.copy();
        disk.power_for(cut);
        let _ = post.come_in(&disk);
        let disk = disk.reboot(1);
        // Her answer keeps the version that it is given under.
        code(&disk, &c2(), "laptop", &[decide(1, "rotating")]);
        let version = open(&disk).study.version_in_force().id.clone();
        let half = format!("{}/.{version}.yaml.0123456789abcdef.new", layout::VERSIONS);
        disk.files().put(&path(&half), b"title: Sm");
        pending += usize::from(disk.files().read(&path(layout::PENDING)).is_some());
        sound(&disk).new_round(&"later".parse().unwrap(), Purpose::Code).unwrap();
        assert_eq!(disk.files().read(&path(layout::PENDING)), None, "{cut}");
        let kept = disk.files().names_in(&path(layout::VERSIONS));
        assert!(
            kept.iter().all(|name| name.extension().is_some_and(|it| it == "yaml")),
            "{kept:?}"
        );
    }
    assert!(pending > 0);
}

#[test]
fn a_seal_its_list_and_its_reasons_stand_together_or_not_at_all() {
    let base = small_study::disk();
    code(&base, &c2(), "", &everywhere());
    let seal = |disk: &SimulatedDisk| load(&folder(disk))?.seal(&wish(c2())).map(|_| ());
    cut_everywhere(&base, 4, seal, |disk, done| {
        let opened = sound(disk);
        let now = (opened.seals.len(), told(&opened, "incomplete"));
        assert!(now == (1, 1) || (!done && now == (0, 0)), "{now:?}");
        assert!(opened.seals.iter().all(|seal| seal.covers.is_some()));
        drop(opened.folder.lock_lists().unwrap());
        assert!(!left_behind(disk));
        if now == (0, 0) {
            seal(disk).unwrap();
        }
        assert!(sound(disk).seal_state(&c2()).late.is_empty());
    });
}

#[test]
fn what_is_said_of_coders_and_who_is_asked_stands_with_its_events_or_not_at_all() {
    let base = small_study::disk();
    for coder in [c1(), c2()] {
        code(&base, &coder, "", &everywhere());
        open(&base).seal(&wish(coder)).unwrap();
    }
    let c3: CoderId = "c3".parse().unwrap();
    let add = |disk: &SimulatedDisk| {
        load(&folder(disk))?.add_coder(Coder::person(c3.clone(), "")).map(|_| ())
    };
    cut_everywhere(&base, 2, add, |disk, done| {
        let opened = sound(disk);
        let there = opened.study.coder(&c3).is_some();
        assert!(there || !done);
        assert_eq!(opened.study.assignments.is_some(), there);
    });
    let added = base.copy();
    add(&added).unwrap();
    let coders = open(&added).study.settings.coders.clone();
    let rows: Vec<_> = coders.into_iter().map(|it| Assignment::everything(it.id)).collect();
    let assign = |disk: &SimulatedDisk| load(&folder(disk))?.write_assignments(&rows);
    cut_everywhere(&added, 2, assign, |disk, done| {
        let opened = sound(disk);
        let asked = opened.study.assignments.as_ref().is_some_and(|it| it.rows.len() == 3);
        assert!(asked || !done);
        assert_eq!(told(&opened, "late"), usize::from(asked));
    });
    let machine = Coder { kind: CoderKind::Machine, ..Coder::person(c2(), "") };
    let set = |disk: &SimulatedDisk| load(&folder(disk))?.set_coder(&machine, Some("a mistake"));
    cut_everywhere(&base, 2, set, |disk, done| {
        let opened = sound(disk);
        let is = opened.study.coder(&c2()).is_some_and(|it| it.kind == CoderKind::Machine);
        assert!(is || !done);
        assert_eq!(told(&opened, "kind"), usize::from(is));
        drop(opened.folder.lock_lists().unwrap());
        assert!(!left_behind(disk));
    });
}
