//! A small study on a simulated disk: what the tests of the store share.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::coding::LogWriter;
use super::folder::Folder;
use super::gate::Wish;
use super::load::{Opened, load, survey};
use super::simulated::{SimulatedDisk, TickingClock};
use super::study::{Imported, NewStudy};
use crate::domain::answer::{Answer, DimensionIndex};
use crate::domain::case::Case;
use crate::domain::coder::Coder;
use crate::domain::coding::Coding;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::{LogRow, NewDecision, UnitIndex, Via};
use crate::domain::study::Settings;
use crate::domain::transcript::{Paragraph, Transcript};
use crate::domain::unit::{Unit, UnitKind};

const CODEBOOK: &str = "
title: Small
version: 1
unit: A turn.
dimensions:
  - {id: leadership, select: many, codes: [{id: horizontal}, {id: rotating}]}
  - {id: tone, select: one, codes: [{id: warm}, {id: cold}]}
";

/// How many units the study has: four in case A, two in case B.
pub(crate) const UNITS: usize = 6;

/// Where a file of the study lies.
pub(crate) fn path(file: &str) -> PathBuf {
    Path::new("/study").join(file)
}

/// The study's folder on a disk.
pub(crate) fn folder(disk: &SimulatedDisk) -> Folder {
    Folder::on(Path::new("/study"), Arc::new(disk.clone()), Arc::new(TickingClock::default()))
}

/// The study, opened.
pub(crate) fn open(disk: &SimulatedDisk) -> Opened {
    load(&folder(disk)).unwrap()
}

pub(crate) fn c1() -> CoderId {
    "c1".parse().unwrap()
}

pub(crate) fn c2() -> CoderId {
    "c2".parse().unwrap()
}

/// What the study starts with.
pub(crate) fn new_study() -> NewStudy {
    let coder = |id: CoderId| Coder::person(id, "");
    NewStudy {
        settings: Settings {
            title: "Small".to_owned(),
            language: "en".to_owned(),
            coders: vec![coder(c1()), coder(c2())],
            agreement: true,
            require: None,
            asks_each: false,
            ethics: Default::default(),
        },
        codebook: CODEBOOK.as_bytes().to_vec(),
        readme: "A study.\n".to_owned(),
    }
}

/// A disk with the study on it, not yet coded.
pub(crate) fn disk() -> SimulatedDisk {
    disk_of(&[("A", 4), ("B", 2)])
}

/// The same of other cases, each with one text of so many units.
pub(crate) fn disk_of(cases: &[(&str, usize)]) -> SimulatedDisk {
    let disk = SimulatedDisk::default();
    folder(&disk).create(&new_study()).unwrap();
    let imported = cases.iter().map(|(id, units)| imported(id, *units)).collect();
    let case = |(id, _): &(&str, usize)| Case {
        id: id.parse().unwrap(),
        name: String::new(),
        attributes: Vec::new(),
    };
    let cases: Vec<Case> = cases.iter().map(case).collect();
    open(&disk).import(imported, &cases, &[]).unwrap();
    let opened = open(&disk);
    let units: Vec<_> =
        opened.study.transcripts.iter().map(|it| (it.id.clone(), units(it))).collect();
    opened.write_units(&units).unwrap();
    disk
}

/// A transcript with so many paragraphs.
pub(crate) fn imported(id: &str, paragraphs: usize) -> Imported {
    let said = |nth| Paragraph {
        time: None,
        speaker: "P1".parse().ok(),
        text: format!("Something was said, {nth}."),
    };
    let transcript = Transcript {
        id: id.parse().unwrap(),
        case: id.parse().unwrap(),
        name: String::new(),
        date: String::new(),
        language: String::new(),
        source: format!("{id}.txt"),
        source_sha256: String::new(),
        text_sha256: String::new(),
        attributes: Vec::new(),
        paragraphs: (0..paragraphs).map(said).collect(),
    };
    Imported { transcript, original: b"as it was".to_vec(), extension: "txt".to_owned() }
}

/// A transcript cut into paragraphs.
pub(crate) fn units(transcript: &Transcript) -> Vec<Unit> {
    let unit = |nth: usize| Unit {
        locator: format!("{}:{nth}", transcript.id).parse().unwrap(),
        kind: UnitKind::Talk,
        speakers: transcript.paragraphs[nth - 1].speaker.iter().cloned().collect(),
        words: 4,
        topic: String::new(),
        strength: String::new(),
        pinned: false,
    };
    (1..=transcript.paragraphs.len()).map(unit).collect()
}

/// A decision on a unit: `leadership` or `tone` by its code, `none`, or empty to take it back.
pub(crate) fn decide(unit: usize, code: &str) -> NewDecision {
    let answer = match code {
        "" => Answer::Undecided,
        "none" => Answer::None,
        code => Answer::Codes(vec![code.parse().unwrap()]),
    };
    NewDecision {
        unit: UnitIndex(unit as u32),
        dimension: DimensionIndex(u16::from(["warm", "cold"].contains(&code))),
        answer,
        unsure: false,
        rest: false,
        memo: None,
        undoes: None,
        codebook: None,
    }
}

/// The nth of many different decisions; some have memos that are awkward to write down.
pub(crate) fn nth(n: usize) -> NewDecision {
    let code = ["horizontal", "warm", "none", "cold", "rotating", ""][n % 6];
    let memo = ["", "a, \"quoted\"\nline", "", "long ".repeat(30).trim()][n % 4].to_owned();
    let memo = (!memo.is_empty()).then(|| memo.into_boxed_str());
    NewDecision { unsure: n % 5 == 1 && !code.is_empty(), memo, ..decide(n / 2 % UNITS, code) }
}

/// Whether a row says what a decision says.
pub(crate) fn says(opened: &Opened, row: &LogRow, decision: &NewDecision) -> bool {
    let study = &opened.study;
    row.unit == decision.unit
        && row.dimension == decision.dimension
        && study.answers.cell(row.answer, &study.vocabulary) == decision.answer.to_string()
        && row.unsure == decision.unsure
        && row.memo() == decision.memo.as_deref()
}

/// Decides as a coder on a device, in a session of its own; returns the seqs.
pub(crate) fn code(
    disk: &SimulatedDisk,
    coder: &CoderId,
    device: &str,
    decisions: &[NewDecision],
) -> Vec<u64> {
    let mut writer = LogWriter::open(&open(disk), coder, None, device).unwrap();
    writer.append(decisions, Via::Lines).unwrap()
}

/// What the gate lets through of the nth coder's decisions, as `unit dimension codes`.
pub(crate) fn compared(disk: &SimulatedDisk, nth: usize) -> Vec<String> {
    let opened = open(disk);
    let comparison = opened.comparison(&Wish::default()).unwrap();
    said(&opened, &comparison.codings[nth])
}

/// A coder's decisions in force, as `unit dimension codes`.
pub(crate) fn in_force(opened: &Opened, coder: &CoderId) -> Vec<String> {
    said(opened, &opened.own(coder, None).unwrap())
}

fn said(opened: &Opened, coding: &Coding) -> Vec<String> {
    let study = &opened.study;
    let mut all = Vec::new();
    for (unit, it) in study.talk() {
        for (dimension, known) in study.vocabulary.dimensions_in_force() {
            let cell = coding.cell(unit, dimension);
            if cell.answer.is_decided() {
                let codes = study.answers.cell(cell.answer, &study.vocabulary);
                all.push(format!("{} {} {codes}", it.locator, known.id));
            }
        }
    }
    all
}

/// Cuts the power after every operation of something in turn, lets every kind of loss come of it, and
/// hands on the disk with whether it had been done.
pub(crate) fn cut_everywhere(
    base: &SimulatedDisk,
    seeds: u64,
    what: impl Fn(&SimulatedDisk) -> Result<(), Failure>,
    check: impl Fn(&SimulatedDisk, bool),
) {
    let whole = base.copy();
    what(&whole).unwrap();
    check(&whole.reboot(0), true);
    for cut in 0..whole.operations() {
        for seed in 0..seeds {
            let disk = base.copy();
            disk.power_for(cut);
            let done = what(&disk).is_ok();
            check(&disk.reboot(if seed < 2 { seed } else { seed * 1000 + cut }), done);
        }
    }
}

/// How many events of a kind a study tells of.
pub(crate) fn told(opened: &Opened, word: &str) -> usize {
    opened.events.iter().filter(|event| event.what.word() == word).count()
}

/// Whether anything lies beside the files into which it was to be made.
pub(crate) fn left_behind(disk: &SimulatedDisk) -> bool {
    let folders = ["", "units", "transcripts", "originals", "seals"];
    let names = folders.iter().flat_map(|it| disk.files().names_in(&path(it)));
    names.into_iter().any(|name| name.display().to_string().ends_with(".new"))
}

/// The study, which has nothing wrong with it.
pub(crate) fn sound(disk: &SimulatedDisk) -> Opened {
    let survey = survey(&folder(disk)).unwrap();
    assert!(survey.problems.is_empty(), "{:?}", survey.problems);
    survey.opened.unwrap()
}
