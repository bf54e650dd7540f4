//! Promise 2, with real processes: whoever is killed while coding keeps every decision that was
//! acknowledged.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use themata::domain::locator::{Locator, Span};
use themata::domain::transcript::Paragraph;
use themata::domain::unit::{Unit, UnitKind};
use themata::store::{self, Folder, NewStudy};

use crate::desk;

const KILLS: usize = 220;
// More than all sessions together can decide, however fast the machine.
const UNITS: u32 = 2400;

/// A study of one coder with many units, in a folder of its own.
fn study() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let small = desk::study(&[desk::CODEBOOK]);
    let (case, mut transcript) = (small.cases[0].clone(), small.transcripts[0].clone());
    let said =
        |nth| Paragraph { time: None, speaker: "P1".parse().ok(), text: format!("It is {nth}.") };
    transcript.paragraphs = (1..=UNITS).map(said).collect();
    let mut settings = small.settings.clone();
    settings.coders.truncate(1);
    let new =
        NewStudy { settings, codebook: desk::CODEBOOK.as_bytes().to_vec(), readme: String::new() };
    let folder_of_study = Folder::at(folder.path());
    folder_of_study.create(&new).unwrap();
    let open = || store::load(&folder_of_study).unwrap();
    let (id, original, extension) =
        (transcript.id.clone(), b"as it was".to_vec(), "txt".to_owned());
    open().import(vec![store::Imported { transcript, original, extension }], &[case], &[]).unwrap();
    let unit = |nth| Unit {
        locator: Locator::new(id.clone(), Span::paragraphs(nth, nth).unwrap()),
        kind: UnitKind::Talk,
        speakers: vec!["P1".parse().unwrap()],
        words: 3,
        topic: String::new(),
        strength: String::new(),
        pinned: false,
    };
    open().write_units(&[(id.clone(), (1..=UNITS).map(unit).collect())]).unwrap();
    folder
}

/// Numbers that look random and are the same every time; the moments of the kills are not.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % end
    }
}

/// Codes through a pipe, kills the process at some moment, and returns the lines that had arrived.
fn killed(folder: &Path, chance: &mut Chance) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_themata"))
        .args(["-C", folder.to_str().unwrap(), "-q", "code", "--coder", "c1", "--lines"])
        .env_remove("THEMATA_DEVICE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut answers = String::new();
    for _ in 0..10 {
        answers.push_str(
            ["1\n", "u 2\n", "0\n", "1 2\n", "m a note\n", "e\n"][chance.below(6) as usize],
        );
    }
    let mut input = child.stdin.take().unwrap();
    input.write_all(answers.as_bytes()).unwrap();
    let (sender, lines) = mpsc::channel();
    let output = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || {
        let mut output = output;
        let mut line = String::new();
        // A line counts when all of it has arrived.
        while output.read_line(&mut line).unwrap() > 0 && line.ends_with('\n') {
            let _ = sender.send(std::mem::take(&mut line));
        }
    });
    let mut arrived = Vec::new();
    if chance.below(4) > 0 {
        // While it is coding: after some decisions, a little later.
        for _ in 0..chance.below(5) {
            arrived.extend(lines.recv_timeout(Duration::from_secs(20)));
        }
        std::thread::sleep(Duration::from_micros(chance.below(4000)));
    } else {
        // Somewhere between its start and its first decisions.
        std::thread::sleep(Duration::from_micros(chance.below(60_000)));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    drop(input);
    arrived.extend(lines);
    arrived
}

/// The decisions in force, by unit and dimension.
fn in_force(folder: &Path) -> BTreeMap<String, String> {
    let survey = store::survey(&Folder::at(folder)).unwrap();
    assert!(survey.problems.is_empty(), "{:?}", survey.problems);
    let opened = survey.opened.unwrap();
    let coding = opened.own(&"c1".parse().unwrap(), None).unwrap();
    let told = desk::told(&opened.study, &opened.study.answers, &coding);
    let pair = |line: String| {
        let (unit, rest) = line.split_once(' ').unwrap();
        let (dimension, codes) = rest.split_once(' ').unwrap();
        (format!("{unit} {dimension}"), codes.trim_end_matches('?').to_owned())
    };
    told.into_iter().map(pair).collect()
}

#[test]
fn a_coder_killed_at_any_moment_keeps_every_acknowledged_decision() {
    let folder = study();
    let mut chance = Chance(7);
    let mut acknowledged: BTreeMap<String, String> = BTreeMap::new();
    let mut sessions_with_decisions = 0;
    for kill in 0..KILLS {
        let lines = killed(folder.path(), &mut chance);
        sessions_with_decisions += usize::from(!lines.is_empty());
        for line in &lines {
            let mut words = line.trim_end().splitn(4, ' ');
            assert_eq!(words.next(), Some("saved"));
            let (unit, dimension) = (words.next().unwrap(), words.next().unwrap());
            let codes = words.next().unwrap().to_owned();
            let twice = acknowledged.insert(format!("{unit} {dimension}"), codes);
            assert_eq!(twice, None, "kill {kill}: asked again for what was decided");
        }
        if kill % 20 == 19 {
            let now = in_force(folder.path());
            for (place, codes) in &acknowledged {
                assert_eq!(now.get(place), Some(codes), "kill {kill}: {place}");
            }
        }
    }
    assert!(sessions_with_decisions > KILLS / 3, "{sessions_with_decisions} sessions decided");
    assert!(acknowledged.len() < 2 * UNITS as usize, "there was nothing left to decide");
}
