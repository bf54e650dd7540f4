//! Cuts by hand survive a crash like decisions do: what was confirmed is there, whole.

use super::change_units::UnitChange;
use super::cuts::Cutting;
use super::load::survey;
use super::replace_text::Replacement;
use super::settle::SettleWriter;
use super::simulated::SimulatedDisk;
use super::small_study::{self, c1, c2, code, decide, folder, in_force, open};
use super::study::Imported;
use crate::desk::settle::NewDecision;
use crate::domain::failure::Failure;
use crate::domain::moved::How;
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::unitize::cuts::{Point, unit};

/// Ways of cutting transcript A, each with one cut less.
fn versions(disk: &SimulatedDisk) -> Vec<Vec<Unit>> {
    let opened = open(disk);
    let mut all = vec![opened.units_of(&opened.study.transcripts[0].id)];
    while let Some(units) = all.last().filter(|units| units.len() > 1) {
        let transcript = &opened.study.transcripts[0];
        let end = Point::end(units[1].locator.span(), transcript);
        let role = |id: &_| opened.study.role(id);
        let joined = unit(&units[0], transcript, (Point::paragraph(1), end), role).unwrap();
        let next = [vec![Unit { pinned: true, ..joined }], units[2..].to_vec()].concat();
        all.push(next);
    }
    all
}

#[test]
fn whatever_the_power_leaves_the_units_are_those_last_confirmed_or_those_under_way() {
    let base = small_study::disk();
    let versions = versions(&base);
    assert_eq!(versions.len(), 4);
    // Returns how many changes were confirmed.
    let session = |disk: &SimulatedDisk, own: bool| -> usize {
        let mut confirmed = 0;
        let _: Result<(), Failure> = (|| {
            let opened = super::load::load(&folder(disk))?;
            let coder = own.then(c1);
            let (mut writer, opened) = opened.begin(Cutting(coder.clone()))?;
            for units in &versions[1..] {
                writer.write(&opened.study.transcripts[0], units)?;
                confirmed += 1;
            }
            Ok(())
        })();
        confirmed
    };
    for own in [false, true] {
        let whole = base.copy();
        assert_eq!(session(&whole, own), 3);
        for cut in 0..whole.operations() {
            for seed in 0..4 {
                let disk = base.copy();
                disk.power_for(cut);
                let confirmed = session(&disk, own);
                let disk = disk.reboot(seed * 1000 + cut);
                let told = format!("own {own}, cut after {cut} operations, seed {seed}");
                let survey = survey(&folder(&disk)).unwrap();
                assert!(survey.problems.is_empty(), "{told}: {:?}", survey.problems);
                let opened = survey.opened.unwrap();
                let transcript = &opened.study.transcripts[0];
                let now = if own {
                    opened.own_cuts(&c1(), transcript).unwrap()
                } else {
                    Some(opened.units_of(&transcript.id))
                };
                match now {
                    Some(now) => {
                        let allowed = &versions[confirmed..(confirmed + 2).min(versions.len())];
                        assert!(allowed.contains(&now), "{told}: {confirmed} confirmed, {now:?}");
                    }
                    None => assert_eq!(confirmed, 0, "{told}"),
                }
            }
        }
    }
}

#[test]
fn a_settled_cut_that_was_confirmed_is_in_the_trail_after_any_crash() {
    let base = small_study::disk();
    let decision = |paragraph: u32, cut: Option<bool>| NewDecision {
        transcript: "A".parse().unwrap(),
        at: Point::paragraph(paragraph),
        cut,
        reason: "a new thought, \"quoted\"\nand broken".to_owned(),
        present: vec![c1(), c2()],
    };
    let decisions = [decision(2, Some(true)), decision(3, Some(false)), decision(3, None)];
    let session = |disk: &SimulatedDisk| -> usize {
        let mut confirmed = 0;
        let _: Result<(), Failure> = (|| {
            let opened = super::load::load(&folder(disk))?;
            let mut writer = SettleWriter::open(&opened)?;
            for decision in &decisions {
                writer.append(opened.folder.now(), decision)?;
                confirmed += 1;
            }
            Ok(())
        })();
        confirmed
    };
    let whole = base.copy();
    assert_eq!(session(&whole), 3);
    for cut in 0..whole.operations() {
        for seed in 0..4 {
            let disk = base.copy();
            disk.power_for(cut);
            let confirmed = session(&disk);
            let opened = open(&disk.reboot(seed * 1000 + cut));
            let settled = opened.settled_cuts();
            assert!(settled.len() >= confirmed, "cut after {cut} operations, seed {seed}");
            for (one, made) in settled.iter().zip(&decisions) {
                assert_eq!(one, &(made.transcript.clone(), made.at, made.cut));
            }
        }
    }
}

#[test]
fn whatever_the_power_leaves_of_a_change_either_the_old_units_stand_or_the_new_ones() {
    let base = small_study::disk();
    let opened = open(&base);
    opened.lock_units(&[]).unwrap();
    code(&base, &c1(), "", &[decide(0, "horizontal"), decide(1, "none"), decide(2, "rotating")]);
    let opened = open(&base);
    let (before, after) = {
        let mut versions = versions(&base).into_iter();
        (versions.next().unwrap(), versions.next().unwrap())
    };
    let change = UnitChange {
        transcript: "A".parse().unwrap(),
        moves: before[..2].iter().map(|old| (old.clone(), after[0].clone())).collect(),
        before: before.clone(),
        after: after.clone(),
        how: How::Join,
        reason: "one idea".to_owned(),
        present: vec![c1()],
    };
    drop(opened);
    let session = |disk: &SimulatedDisk| {
        super::load::load(&folder(disk)).is_ok_and(|opened| opened.change_units(&change).is_ok())
    };
    let whole = base.copy();
    assert!(session(&whole));
    assert_eq!(in_force(&open(&whole), &c1()), ["A:3 leadership rotating"]);
    for cut in 0..whole.operations() {
        for seed in 0..4 {
            let disk = base.copy();
            disk.power_for(cut);
            let confirmed = session(&disk);
            let disk = disk.reboot(seed * 1000 + cut);
            let told = format!("cut after {cut} operations, seed {seed}");
            let survey = survey(&folder(&disk)).unwrap();
            assert!(survey.problems.is_empty(), "{told}: {:?}", survey.problems);
            let opened = survey.opened.unwrap();
            assert!(opened.lock_problems().is_empty(), "{told}");
            assert_eq!(opened.logs[&c1()].rows.len(), 3, "{told}");
            let now = opened.units_of(&change.transcript);
            assert!(now == after || (!confirmed && now == before), "{told}: {now:?}");
            // Nothing is told that has not happened, and nothing twice.
            let recut = |opened: &super::load::Opened| {
                let events = opened.events.iter();
                let recut = events.filter(|it| it.what.word() == "units-join").count();
                (recut, opened.study.moved.rows.len())
            };
            let happened = usize::from(now == after);
            assert_eq!(recut(&opened), (happened, 2 * happened), "{told}");
            drop(opened.folder.lock_lists().unwrap());
            assert_eq!(recut(&open(&disk)), (happened, 2 * happened), "{told}");
            // Where the old units stand, nothing is lost by making the change once more.
            if now == before {
                assert_eq!(in_force(&opened, &c1()).len(), 3, "{told}");
                assert!(session(&disk), "{told}");
                assert_eq!(open(&disk).units_of(&change.transcript), after, "{told}");
            }
        }
    }
}

#[test]
fn whatever_the_power_leaves_of_a_replacement_one_text_stands_whole_and_every_decision_is_there() {
    let base = small_study::disk();
    open(&base).lock_units(&[]).unwrap();
    code(&base, &c1(), "", &[decide(0, "horizontal"), decide(1, "none"), decide(2, "rotating")]);
    let session = |disk: &SimulatedDisk| {
        super::load::load(&folder(disk)).is_ok_and(|opened| {
            let old = opened.study.transcripts[0].clone();
            let before = opened.units_of(&old.id);
            let new = "A2";
            let moved = |unit: &Unit| {
                let locator = format!("{new}:{}", unit.locator.span()).parse().unwrap();
                Unit { locator, ..unit.clone() }
            };
            let units: Vec<Unit> = before.iter().map(moved).collect();
            let pairs = before.iter().zip(&units);
            let moves = pairs.map(|(old, new)| {
                (Some(old.locator.clone()), Some(new.locator.clone()), How::Same)
            });
            let replacement = Replacement {
                old: old.id.clone(),
                before: before.clone(),
                moves: moves.collect(),
                new: Imported {
                    transcript: Transcript { id: new.parse().unwrap(), ..old.clone() },
                    original: b"as it was".to_vec(),
                    extension: "txt".to_owned(),
                },
                units,
                participants: opened.study.participants.clone(),
                reason: "heard again".to_owned(),
            };
            opened.replace_text(replacement).is_ok()
        })
    };
    let whole = base.copy();
    assert!(session(&whole));
    let after = ["A2:1 leadership horizontal", "A2:2 leadership none", "A2:3 leadership rotating"];
    assert_eq!(in_force(&open(&whole), &c1()), after);
    let before = after.map(|it| it.replace("A2", "A"));
    for cut in 0..whole.operations() {
        let seed = cut % 2;
        let disk = base.copy();
        disk.power_for(cut);
        let confirmed = session(&disk);
        let disk = disk.reboot(seed * 1000 + cut);
        let told = format!("cut after {cut} operations, seed {seed}");
        let survey = survey(&folder(&disk)).unwrap();
        assert!(survey.problems.is_empty(), "{told}: {:?}", survey.problems);
        let opened = survey.opened.unwrap();
        assert!(opened.lock_problems().is_empty(), "{told}");
        let now = in_force(&opened, &c1());
        assert!(now == after || (!confirmed && now == before), "{told}: {now:?}");
        // A replacement that did not come about is made once more.
        if now != after {
            assert!(session(&disk), "{told}");
            assert_eq!(in_force(&open(&disk), &c1()), after, "{told}");
        }
    }
}
