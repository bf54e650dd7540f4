//! A small study in memory and a coder at its desk: what the tests of coding and consensus share.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read, Write};
use std::rc::Rc;

use themata::desk::coding::Keep;
use themata::desk::{Keeper, NotKept};
use themata::domain::answer::Vocabulary;
use themata::domain::case::Case;
use themata::domain::codebook::Codebook;
use themata::domain::coder::Coder;
use themata::domain::coding::{Coding, InForce};
use themata::domain::failure::Failure;
use themata::domain::id::RoundId;
use themata::domain::log::{Device, Log, NewDecision, RoundIndex, UnitIndex, Via};
use themata::domain::participant::{Participant, Quotable, Role};
use themata::domain::study::{Settings, Study, Version};
use themata::domain::transcript::{Paragraph, Transcript};
use themata::domain::unit::{Unit, UnitKind};
use themata::face::Talk;
use themata::format::unit_names::UnitNames;
use themata::format::{self, codebook, log};
use themata::unitize::recount::recount;
use themata::words::Language;

pub(crate) const MAIN: RoundIndex = RoundIndex(0);

/// Two dimensions: one that takes several codes of a tree, one that takes a single code.
pub(crate) const CODEBOOK: &str = "
title: Small
version: 1
unit: A turn.
dimensions:
  - id: leadership
    name: {en: Distributed leadership, es: Liderazgo distribuido}
    select: many
    brief: {en: Who moves the community forward., es: Quién hace avanzar a la comunidad.}
    definition: Accounts of who convenes and decides.
    codes:
      - {id: horizontal, name: {en: Horizontal, es: Horizontal}, brief: {en: An equal say., es: Voces iguales.}}
      - id: rotating
        name: {en: Rotating roles, es: Roles rotatorios}
        definition: Tasks pass from one to the next.
        use_when: The chair moves on.
        examples: [\"This month it is me.\"]
        codes:
          - {id: chair, name: {en: The chair rotates, es: Rota la presidencia}}
  - id: tone
    select: one
    codes:
      - {id: warm}
      - {id: cold}
";

/// A codebook from YAML.
pub(crate) fn codebook(yaml: &str) -> Codebook {
    let mut problems = Vec::new();
    let read = codebook::read("codebook.yaml", yaml.as_bytes(), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    read.unwrap()
}

/// A study of two transcripts with four units (`A:2`, `A:3-4`, `A:5`, `B:1`) and a prompt (`A:1`),
/// coded with these codebooks, the last one in force.
pub(crate) fn study(codebooks: &[&str]) -> Study {
    let versions: Vec<Version> = (1..)
        .zip(codebooks)
        .map(|(n, yaml)| Version { id: format!("v-{n:012}"), codebook: codebook(yaml) })
        .collect();
    let (last, older) = versions.split_last().unwrap();
    let vocabulary = Vocabulary::new(&last.codebook, older.iter().map(|it| &it.codebook));
    let coder = |id: &str| Coder::person(id.parse().unwrap(), "");
    let transcripts = vec![
        transcript(
            "A",
            &[
                ("Moderator", "How did it begin?"),
                ("P1", "Somebody sent an e-mail,\u{1b}[31m and eleven of us turned up."),
                ("P2", "I came for the coffee."),
                ("", "(laughter)"),
                ("P1", "We all did."),
            ],
        ),
        transcript("B", &[("P3", "The chair moves on every month.")]),
    ];
    let units = vec![
        unit("A:1", UnitKind::Prompt, &[]),
        unit("A:2", UnitKind::Talk, &["P1"]),
        unit("A:3-4", UnitKind::Talk, &["P2"]),
        unit("A:5", UnitKind::Talk, &["P1"]),
        unit("B:1", UnitKind::Talk, &["P3"]),
    ];
    let case = |id: &str, name: &str| Case {
        id: id.parse().unwrap(),
        name: name.to_owned(),
        attributes: Vec::new(),
    };
    Study {
        settings: Settings {
            title: "Small".to_owned(),
            language: "en".to_owned(),
            coders: vec![coder("c1"), coder("c2")],
            agreement: true,
            require: None,
            asks_each: false,
            ethics: Default::default(),
        },
        versions,
        vocabulary,
        answers: Default::default(),
        cases: vec![case("A", "CoP 31"), case("B", "CoP 36")],
        case_attributes: Vec::new(),
        participants: Vec::new(),
        participant_index: Default::default(),
        participant_attributes: Vec::new(),
        transcripts,
        transcript_attributes: Vec::new(),
        unit_index: (0..)
            .map(UnitIndex)
            .zip(&units)
            .map(|(at, it)| (it.locator.clone(), at))
            .collect(),
        unit_transcripts: vec![0, 0, 0, 0, 1],
        units,
        rounds: vec![RoundId::main(), "recode".parse().unwrap()],
        purposes: vec![themata::domain::event::Purpose::Code],
        guide: Default::default(),
        concepts: Vec::new(),
        moved: Default::default(),
        assignments: None,
        standings: Default::default(),
        answers_now: Vec::new(),
        revisions: Vec::new(),
    }
}

fn transcript(id: &str, lines: &[(&str, &str)]) -> Transcript {
    Transcript {
        id: id.parse().unwrap(),
        case: id.parse().unwrap(),
        name: String::new(),
        date: String::new(),
        language: "en".to_owned(),
        source: String::new(),
        source_sha256: String::new(),
        text_sha256: String::new(),
        attributes: Vec::new(),
        paragraphs: lines
            .iter()
            .map(|(speaker, text)| Paragraph {
                time: None,
                speaker: speaker.parse().ok(),
                text: (*text).to_owned(),
            })
            .collect(),
    }
}

fn unit(locator: &str, kind: UnitKind, speakers: &[&str]) -> Unit {
    Unit {
        locator: locator.parse().unwrap(),
        kind,
        speakers: speakers.iter().map(|it| it.parse().unwrap()).collect(),
        words: 5,
        topic: String::new(),
        strength: String::new(),
        pinned: false,
    }
}

/// The units that are coded.
pub(crate) fn talk(study: &Study) -> Vec<UnitIndex> {
    study.talk().map(|(unit, _)| unit).collect()
}

const HEADER: &str = "seq,at,round,unit,dimension,codes,certainty,memo,via,undoes,codebook\n";

/// The log file of `c1` in memory; the clock stands still unless a test moves it.
#[derive(Debug, Clone)]
pub(crate) struct LogFile {
    pub(crate) text: String,
    pub(crate) at: String,
    pub(crate) via: Via,
    pub(crate) round: &'static str,
    /// How many rows of quotations were kept beside it.
    pub(crate) picked: u64,
}

impl LogFile {
    /// A log with these rows, or without any.
    pub(crate) fn new(rows: &str) -> Self {
        let at = "2026-03-01T10:00:00Z".to_owned();
        Self { text: format!("{HEADER}{rows}"), at, via: Via::Lines, round: "main", picked: 0 }
    }

    /// The rows, without the header.
    pub(crate) fn rows(&self) -> &str {
        self.text.strip_prefix(HEADER).unwrap()
    }

    /// Reads the log as a study would, and gives the study the answers found in it.
    pub(crate) fn read(&self, study: &mut Study) -> Log {
        let units = UnitNames::new(study.units().map(|(at, unit)| (at, &unit.locator)));
        let versions = study.versions.iter().map(|it| (it.id.as_str(), &it.codebook));
        let mut reader = log::Reader::new(&study.vocabulary, &study.rounds, &units, versions);
        let mut problems = Vec::new();
        let rows = reader.read("coding/c1.csv", self.text.as_bytes(), &mut problems);
        assert!(problems.is_empty(), "{problems:?}\n{}", self.text);
        let answers = reader.into_answers();
        study.answers = answers;
        let mut log = Log::empty("c1".parse().unwrap());
        log.devices.push(Device {
            name: String::new(),
            file: "coding/c1.csv".to_owned(),
            bytes: std::sync::Arc::new(self.text.clone().into_bytes()),
        });
        log.highest_seq = rows.highest_seq;
        log.rows = rows.rows;
        log.arrange();
        log
    }

    /// Appends as the store does, and returns the seqs.
    pub(crate) fn append(&mut self, study: &Study, decisions: &[NewDecision]) -> Vec<u64> {
        let last = self.rows().lines().last().and_then(|row| row.split(',').next());
        let first = last.map_or(1, |seq| seq.parse::<u64>().unwrap() + 1);
        let shared = log::Appended {
            at: self.at.parse().unwrap(),
            round: self.round,
            via: self.via,
            codebook: &study.version_in_force().id,
        };
        let mut seqs = Vec::new();
        for (seq, decision) in (first..).zip(decisions) {
            let unit = &study.units[decision.unit.at()].locator;
            let dimension = &study.vocabulary.dimensions[usize::from(decision.dimension.0)].id;
            let row = log::write(seq, unit, dimension.as_str(), decision, &shared);
            self.text.push_str(&String::from_utf8(row).unwrap());
            seqs.push(seq);
        }
        seqs
    }

    /// The decisions in force in the round `main`, as `unit dimension codes`, with a `?` where unsure.
    pub(crate) fn in_force(&self, study: &Study) -> Vec<String> {
        let mut study = study.clone();
        let log = self.read(&mut study);
        let fold = InForce::fold(&log, study.units.len(), 2, |_, row| row.round == MAIN);
        fold.rounds
            .get(&MAIN)
            .map(|coding| told(&study, &study.answers, coding))
            .unwrap_or_default()
    }
}

/// A table of decisions, as `unit dimension codes`, with a `?` where unsure.
pub(crate) fn told(
    study: &Study,
    answers: &themata::domain::answer::Answers,
    coding: &Coding,
) -> Vec<String> {
    let mut all = Vec::new();
    for (unit, it) in study.talk() {
        for (dimension, known) in study.vocabulary.dimensions_in_force() {
            let cell = coding.cell(unit, dimension);
            if cell.answer.is_decided() {
                let codes = answers.cell(cell.answer, &study.vocabulary);
                let mark = if cell.unsure { "?" } else { "" };
                all.push(format!("{} {} {codes}{mark}", it.locator, known.id));
            }
        }
    }
    all
}

/// What a person sees, in the order in which it appears.
#[derive(Debug, Clone, Default)]
pub(crate) struct Screen(Rc<RefCell<String>>);

impl Screen {
    pub(crate) fn push(&self, text: &str) {
        self.0.borrow_mut().push_str(text);
    }

    pub(crate) fn text(&self) -> String {
        self.0.borrow().clone()
    }
}

/// One of the two streams; lines of standard output are marked.
pub(crate) struct Stream(pub(crate) Screen, pub(crate) &'static str);

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).unwrap();
        let starts = self.0.text().ends_with('\n') || self.0.text().is_empty();
        if starts && !self.1.is_empty() {
            self.0.push(self.1);
        }
        self.0.push(text);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Somebody who types: each line appears on the screen when it is read.
pub(crate) struct Typist {
    pub(crate) screen: Screen,
    lines: VecDeque<String>,
    line: Vec<u8>,
}

impl Typist {
    pub(crate) fn new(lines: &str, screen: &Screen) -> Self {
        let lines = lines.split_inclusive('\n').map(ToOwned::to_owned).collect();
        Self { screen: screen.clone(), lines, line: Vec::new() }
    }
}

impl Read for Typist {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        unreachable!("lines are read through BufRead")
    }
}

impl BufRead for Typist {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.line.is_empty() {
            let next = self.lines.pop_front().unwrap_or_default();
            self.screen.push(if next.is_empty() { "[end]\n" } else { &next });
            self.line = next.into_bytes();
        }
        Ok(&self.line)
    }

    fn consume(&mut self, amount: usize) {
        self.line.drain(..amount);
    }
}

/// Keeps decisions in the log in memory, and shows on the screen when they are safe.
pub(crate) struct Desk<'a> {
    pub(crate) study: &'a Study,
    pub(crate) log: &'a mut LogFile,
    pub(crate) notes: Vec<String>,
    pub(crate) screen: Screen,
    pub(crate) full_after: usize,
}

impl Keeper<Keep, Vec<u64>> for Desk<'_> {
    fn keep(&mut self, what: &Keep) -> Result<Vec<u64>, NotKept> {
        let decisions = match what {
            Keep::Decisions(decisions) => decisions,
            Keep::Proposal { name, .. } => {
                self.notes.push(format!("+ {name}"));
                return Ok(Vec::new());
            }
            Keep::Quote { pick, .. } => {
                let back = pick.undoes.map(|seq| format!(" undoes {seq}")).unwrap_or_default();
                self.notes
                    .push(format!("quote {} {} {}{back}", pick.locator, pick.dimension, pick.code));
                self.log.picked += 1;
                return Ok(vec![self.log.picked]);
            }
            Keep::Note { unit, text, .. } => {
                self.notes.push(format!("{} {text}", self.study.units[unit.at()].locator));
                return Ok(Vec::new());
            }
        };
        if self.full_after == 0 {
            return Err(
                Failure::Io(themata::msg!("general.error"), "no space left".to_owned()).into()
            );
        }
        self.full_after -= 1;
        let seqs = self.log.append(self.study, decisions);
        self.screen.push(&format!("[{} on disk]\n", decisions.len()));
        Ok(seqs)
    }
}

/// A session's streams as a test has them: 60 columns, no colour, somebody who types.
pub(crate) fn streams<'a>(
    input: &'a mut Typist,
    out: &'a mut Stream,
    err: &'a mut Stream,
    language: Language,
) -> Talk<'a> {
    Talk { input, out, err, language, width: 60, color: false, quiet: false, typed: true }
}

/// The study with four units, in a folder of its own.
pub(crate) fn on_disk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let study = study(&[CODEBOOK]);
    let write = |file: &str, bytes: &[u8]| {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    let mut transcripts = study.transcripts.clone();
    for transcript in &mut transcripts {
        let text = format::transcript::write(&transcript.paragraphs);
        transcript.text_sha256 = codebook::text_sha256(&text);
        write(&format!("transcripts/{}.txt", transcript.id), &text);
        let of = |unit: &&Unit| *unit.locator.transcript() == transcript.id;
        let role = |id: &themata::domain::id::ParticipantId| match id.as_str() {
            "Moderator" => Role::Moderator,
            _ => Role::Participant,
        };
        let of_text = study.units.iter().filter(of);
        let units: Vec<Unit> = of_text.map(|unit| recount(unit, transcript, role)).collect();
        write(
            &format!("units/{}.csv", transcript.id),
            &format::units::write_units(&units, transcript),
        );
    }
    write("codebook.yaml", CODEBOOK.as_bytes());
    write("cases.csv", &format::people::write_cases(&study.cases, &[]));
    let moderator = Participant {
        id: "Moderator".parse().unwrap(),
        name: String::new(),
        case: None,
        role: Role::Moderator,
        quotes: Quotable::Ask,
        withdrawn: String::new(),
        attributes: Vec::new(),
    };
    write("participants.csv", &format::people::write_participants(&[moderator], &[]));
    write("transcripts.csv", &format::people::write_transcripts(&transcripts, &[]));
    write("themata.yaml", &format::settings::write(&study.settings));
    folder
}

/// Runs the program on a study, and returns everything that appears, standard output marked.
pub(crate) fn program(folder: &std::path::Path, arguments: &str, lines: &str) -> String {
    let screen = Screen::default();
    let mut input = Typist::new(lines, &screen);
    let clock = themata::store::FixedClock("2026-03-01T10:00:00Z".parse().unwrap());
    let folder = folder.to_str().unwrap();
    let before = ["themata", "-C", folder, "--lang", "en", "-q"];
    let status = themata::cli::run_by(
        Some(std::sync::Arc::new(clock)),
        before.into_iter().chain(arguments.split(' ')),
        &mut input,
        &mut Stream(screen.clone(), "stdout| "),
        &mut Stream(screen.clone(), ""),
    );
    screen.push(&format!("[exit {status}]\n"));
    screen.text()
}

/// Hands over everything a coder has, decided or not.
pub(crate) fn seal(folder: &std::path::Path, coder: &str) {
    seal_cases(folder, coder, &[]);
}

/// Hands over some cases, decided or not.
pub(crate) fn seal_cases(folder: &std::path::Path, coder: &str, cases: &[&str]) {
    let clock = themata::store::FixedClock("2026-03-01T12:00:00Z".parse().unwrap());
    let folder = themata::store::Folder::at(folder).with_clock(std::sync::Arc::new(clock));
    let opened = themata::store::load(&folder).unwrap();
    let wish = themata::store::SealWish {
        coder: coder.parse().unwrap(),
        cases: cases.iter().map(|case| case.parse().unwrap()).collect(),
        round: None,
        incomplete: Some("a test".to_owned()),
        again: None,
    };
    opened.seal(&wish).unwrap();
}
