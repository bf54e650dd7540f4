//! Promise 2: a decision that was acknowledged survives a crash at any instruction.

use std::collections::BTreeMap;

use super::append::Appender;
use super::coding::LogWriter;
use super::load::survey;
use super::simulated::{Chance, SimulatedDisk};
use super::small_study::{self, c1, c2, folder, nth, open, path, says};
use crate::domain::failure::Failure;
use crate::domain::log::{NewDecision, Via};
use crate::format::rows;

/// What a session tried to write, and what of it was acknowledged, by seq.
#[derive(Default, Clone)]
struct Session {
    tried: Vec<(u64, NewDecision)>,
    acknowledged: BTreeMap<u64, NewDecision>,
}

impl Session {
    /// Codes until all is said or something fails.
    fn code(&mut self, disk: &SimulatedDisk, batches: &[usize]) -> Result<(), Failure> {
        let opened = super::load::load(&folder(disk))?;
        let mut writer = LogWriter::open(&opened, &c1(), None, "")?;
        let mut next = opened.logs[&c1()].highest_seq + 1;
        for size in batches {
            let first = self.tried.len();
            let decisions: Vec<NewDecision> = (first..first + size).map(nth).collect();
            self.tried.extend((next..).zip(decisions.iter().cloned()));
            let seqs = writer.append(&decisions, Via::Lines)?;
            assert_eq!(seqs.first(), Some(&next));
            next += *size as u64;
            assert!(disk.files().is_safe(&path("coding/c1.csv")), "said too early that it is safe");
            self.acknowledged.extend(seqs.into_iter().zip(decisions));
        }
        Ok(())
    }

    /// Every acknowledged decision is there, and nothing that was never written.
    fn check(&self, disk: &SimulatedDisk, told: &str) {
        let survey = survey(&folder(disk)).unwrap();
        assert!(survey.problems.is_empty(), "{told}: {:?}", survey.problems);
        let opened = survey.opened.unwrap();
        let rows = &opened.logs[&c1()].rows;
        for (seq, decision) in &self.acknowledged {
            let found = rows.iter().any(|row| row.seq == *seq && says(&opened, row, decision));
            assert!(found, "{told}: decision {seq} was acknowledged and is gone");
        }
        for row in rows {
            let tried = |(seq, it): &(u64, NewDecision)| *seq == row.seq && says(&opened, row, it);
            assert!(self.tried.iter().any(tried), "{told}: decision {} was never made", row.seq);
        }
    }
}

#[test]
fn whatever_the_power_leaves_every_acknowledged_decision_is_there_and_coding_goes_on() {
    let base = small_study::disk();
    let before = base.operations();
    open(&base);
    let loading = base.operations() - before;
    let whole = base.copy();
    Session::default().code(&whole, &[1, 2, 1]).unwrap();
    for cut in loading..whole.operations() {
        for seed in 0..8 {
            let told = format!("cut after {cut} operations, seed {seed}");
            let disk = base.copy();
            disk.power_for(cut);
            let mut session = Session::default();
            let _ = session.code(&disk, &[1, 2, 1]);
            let disk = disk.reboot(if seed < 2 { seed } else { seed * 1000 + cut });
            session.check(&disk, &told);
            // The next session is not kept from working, and leaves no trace of the crash in the log.
            session.code(&disk, &[1]).unwrap();
            assert!(open(&disk).notes.is_empty(), "{told}");
            session.check(&disk.reboot(0), &told);
        }
    }
}

#[test]
fn a_disk_that_is_full_after_any_byte_leaves_the_log_at_its_last_good_length() {
    let base = small_study::disk();
    Session::default().code(&base, &[2]).unwrap();
    let log = path("coding/c1.csv");
    let good = base.files().read(&log).unwrap();
    for space in 0..300 {
        let disk = base.copy();
        let opened = open(&disk);
        let mut writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
        disk.space_for(Some(space));
        let kept = writer.append(&[nth(5), nth(7)], Via::Lines);
        let now = disk.files().read(&log).unwrap();
        if kept.is_ok() {
            assert_eq!(now.len() - good.len(), space - disk.space_left());
            continue;
        }
        assert_eq!(now, good, "{space} bytes left");
        assert!(disk.files().is_safe(&log), "{space} bytes left");
        // When there is space again, the same session goes on as if nothing had been.
        disk.space_for(None);
        assert_eq!(writer.append(&[nth(9)], Via::Lines), Ok(vec![3]));
        assert!(writer.set_aside().is_empty());
        assert_eq!(open(&disk).logs[&c1()].rows.len(), 3);
    }
}

#[test]
fn a_new_log_on_a_full_disk_is_no_obstacle_when_there_is_space_again() {
    let base = small_study::disk();
    for space in 0..250 {
        let disk = base.copy();
        let opened = open(&disk);
        let mut writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
        disk.space_for(Some(space));
        let first = writer.append(&[nth(1)], Via::Lines).is_ok();
        disk.space_for(None);
        drop(writer);
        let opened = open(&disk);
        let rows = opened.logs[&c1()].rows.len();
        assert_eq!(rows, usize::from(first), "{space} bytes left");
        let mut writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
        writer.append(&[nth(2)], Via::Lines).unwrap();
        assert!(writer.set_aside().is_empty(), "{space} bytes left");
        assert_eq!(open(&disk).logs[&c1()].rows.len(), rows + 1);
    }
}

#[test]
fn a_second_writer_of_a_log_is_refused_and_a_writer_of_another_is_not() {
    let disk = small_study::disk();
    let opened = open(&disk);
    let writer = LogWriter::open(&opened, &c1(), None, "").unwrap();
    let refused = LogWriter::open(&opened, &c1(), None, "").map(|_| ());
    assert!(matches!(refused, Err(Failure::Refused(..))));
    assert!(LogWriter::open(&opened, &c1(), None, "laptop").is_ok());
    assert!(LogWriter::open(&opened, &c2(), None, "").is_ok());
    drop(writer);
    assert!(LogWriter::open(&opened, &c1(), None, "").is_ok());
}

#[test]
fn a_replaced_file_is_the_old_one_or_the_new_one_whole_wherever_the_power_is_cut() {
    let base = small_study::disk();
    let (old, new) = (vec![b'o'; 100], vec![b'n'; 150]);
    folder(&base).replace("notes/one.csv", &old).unwrap();
    let whole = base.copy();
    folder(&whole).replace("notes/one.csv", &new).unwrap();
    for cut in 0..=whole.operations() {
        for seed in 0..20 {
            let disk = base.copy();
            disk.power_for(cut);
            let done = folder(&disk).replace("notes/one.csv", &new).is_ok();
            let disk = disk.reboot(seed);
            let now = disk.files().read(&path("notes/one.csv")).unwrap();
            assert!(now == new || !done && now == old, "cut after {cut}, seed {seed}");
        }
    }
}

#[test]
fn a_new_file_in_a_new_folder_is_there_once_it_was_said_to_be() {
    let disk = small_study::disk();
    folder(&disk).replace("a/b/one.csv", b"new").unwrap();
    assert_eq!(disk.reboot(0).files().read(&path("a/b/one.csv")), Some(b"new".to_vec()));
}

#[test]
fn a_full_disk_leaves_the_old_file_and_nothing_beside_it() {
    let disk = small_study::disk();
    let before = disk.files().read(&path("cases.csv"));
    let names = disk.files().names_in(&path(""));
    for space in 0..40 {
        disk.space_for(Some(space));
        assert!(folder(&disk).replace("cases.csv", &[b'x'; 40]).is_err());
    }
    assert_eq!(disk.files().read(&path("cases.csv")), before);
    assert_eq!(disk.files().names_in(&path("")), names);
}

const ROWS: [&str; 3] = ["who", "text", "codebook"];

fn torn(bytes: &[u8]) -> Option<usize> {
    let whole = |line: &rows::Line| rows::is_version(line.get(2));
    rows::read("", bytes, &ROWS, whole, &mut Vec::new(), |_, _| {})
}

fn line(who: &str, n: usize) -> Vec<u8> {
    let text = "x\"y\n".repeat(n % 13);
    rows::write(&[who, &format!("{n} {text}"), &format!("v-{n:012}")])
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// What another program puts in the place of a file: an older state of it with rows of its own, whole
/// or torn, or nothing.
fn other_programs(disk: &SimulatedDisk, chance: &mut Chance, others: &mut Vec<Vec<u8>>) {
    let file = path("list.csv");
    let now = disk.files().read(&file).unwrap_or_default();
    let mut kept = lines(&now);
    kept.retain(|line| torn(&now).is_none() && line.ends_with(b"\n"));
    let mut bytes = kept[..chance.below(kept.len() + 1)].concat();
    if bytes.is_empty() {
        bytes = rows::write(&ROWS);
    }
    for _ in 0..chance.below(3) {
        let new = line("them", others.len());
        bytes.extend(&new);
        others.push(new);
    }
    let cut = chance.below(4) * chance.below(40);
    let after = chance.below(14) as u64;
    let gone = chance.below(5) == 0;
    disk.meddle(after, move |files| {
        if gone {
            files.take_away(&file);
        } else {
            bytes.truncate(bytes.len().saturating_sub(cut));
            files.put(&file, &bytes);
        }
    });
}

/// Writers come and go; the power fails, the disk is full, other programs meddle.
#[derive(Default)]
struct Events {
    disk: SimulatedDisk,
    tried: Vec<Vec<u8>>,
    others: Vec<Vec<u8>>,
    /// What was said to be safe, and what was in the file then; less what others removed when no writer
    /// was open.
    owed: Vec<Vec<u8>>,
}

impl Events {
    /// Whether all that is owed is on a disk, and nothing that nobody wrote.
    fn check(&self, disk: &SimulatedDisk, told: &str) {
        let bytes = disk.files().read(&path("list.csv")).unwrap_or_default();
        let there = lines(&bytes);
        for line in &self.owed {
            assert!(there.contains(line), "{told}: gone is {}", String::from_utf8_lossy(line));
        }
        let mut problems = Vec::new();
        let whole = |line: &rows::Line| rows::is_version(line.get(2));
        rows::read("list.csv", &bytes, &ROWS, whole, &mut problems, |row, _| {
            let row = &bytes[row.start..row.start + row.length];
            let mut known = self.tried.iter().chain(&self.others);
            let known = known.any(|line| line.strip_suffix(b"\n") == Some(row));
            assert!(known, "{told}: nobody wrote {}", String::from_utf8_lossy(row));
        });
        assert!(problems.is_empty(), "{told}: {problems:?}");
    }

    fn session(&mut self, chance: &mut Chance, told: &str) {
        if chance.below(3) == 0 {
            other_programs(&self.disk, chance, &mut self.others);
        }
        if chance.below(3) > 0 {
            self.disk.power_for(chance.below(60) as u64);
        }
        let folder = folder(&self.disk);
        let Ok(mut writer) = Appender::open(&folder, "list.csv", (&ROWS).into(), torn) else {
            return;
        };
        self.owed.retain(|line| lines(&writer.known()).contains(line)); // others may have removed some
        let mut seen = lines(&writer.known()).split_off(1);
        for _ in 0..chance.below(5) {
            self.disk.space_for((chance.below(4) == 0).then(|| chance.below(80)));
            if chance.below(4) == 0 {
                other_programs(&self.disk, chance, &mut self.others);
            }
            let size = 1 + chance.below(3);
            let batch: Vec<_> = (0..size).map(|n| line("us", self.tried.len() + n)).collect();
            self.tried.extend(batch.iter().cloned());
            let meddled = self.disk.files().meddled;
            if writer.append(&batch.concat()).is_ok() {
                self.owed.append(&mut seen);
                self.owed.extend(batch);
                self.check(&self.disk.reboot(chance.below(9) as u64), told);
            } else if self.disk.files().meddled == meddled && !self.disk.files().is_cut() {
                // Nothing of it was kept.
                let bytes = self.disk.files().read(&path("list.csv")).unwrap_or_default();
                assert!(!lines(&bytes).iter().any(|line| batch.contains(line)), "{told}");
            }
        }
        self.disk.space_for(None);
        drop(writer);
        if !self.disk.files().is_cut() {
            self.check(&self.disk.reboot(chance.below(9) as u64), told);
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_whatever_happens_between_any_two_operations() {
    for seed in 0..1500 {
        let mut chance = Chance(seed);
        let mut events = Events::default();
        folder(&events.disk).replace("README.md", b"").unwrap();
        events.disk.files().sync_all();
        for session in 0..4 {
            let told = format!("seed {seed}, session {session}");
            let meddled = events.disk.files().meddled;
            events.session(&mut chance, &told);
            events.disk.no_more_meddling();
            if events.disk.files().is_cut() {
                let alone = events.disk.files().meddled == meddled;
                events.disk = events.disk.reboot(chance.below(20) as u64);
                if !alone {
                    events.owed.clear(); // what others removed cannot be put back without power
                }
                events.check(&events.disk, &told);
            }
        }
    }
}
