//! A study and a transcript of a size that people have, the same every time.

use std::fmt::Write as _;
use std::path::Path;

use themata::domain::answer::Vocabulary;
use themata::domain::case::Case;
use themata::domain::coder::Coder;
use themata::domain::id::CaseId;
use themata::domain::locator::{Locator, Span};
use themata::domain::participant::{Participant, Quotable, Role};
use themata::domain::study::Settings;
use themata::domain::transcript::{Paragraph, Transcript};
use themata::domain::unit::{Unit, UnitKind};
use themata::format::codebook;
use themata::store::{self, Folder, Imported, NewStudy, SealWish};

/// Units of the study: two coders decide each in five dimensions, which makes 500,000 decisions.
pub(crate) const UNITS: usize = 50_000;
/// Cases, of one transcript each.
pub(crate) const TRANSCRIPTS: usize = 100;
/// People in each, the first of whom moderates.
const PEOPLE: usize = 6;
const CODEBOOK: &[u8] = include_bytes!("../../codebook.yaml");

/// Numbers that look random and are the same every time.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        ((self.0 >> 33) % end as u64) as usize
    }
}

const WORDS: [&str; 24] = [
    "we",
    "the",
    "community",
    "began",
    "when",
    "somebody",
    "every",
    "month",
    "nobody",
    "asked",
    "but",
    "then",
    "it",
    "was",
    "shared",
    "among",
    "all",
    "of",
    "us",
    "and",
    "I",
    "learned",
    "patience",
    "there",
];

/// Something that was said.
pub(crate) fn said(chance: &mut Chance) -> String {
    let length = 3 + chance.below(20) + chance.below(30);
    let words: Vec<&str> = (0..length).map(|_| WORDS[chance.below(WORDS.len())]).collect();
    format!("{}.", words.join(" "))
}

/// Writes a study of two coders into a folder: the one handed over all cases at once, the other five by five, and of what they
/// decided differently a half is settled.
#[allow(dead_code)] // each bench is a program of its own
pub(crate) fn write_study(root: &Path) {
    let settled = write_open_study(root);
    std::fs::write(root.join("consensus.csv"), settled).unwrap();
    let open = || store::load(&Folder::at(root)).unwrap();
    let seal = |coder: &str, cases: Vec<CaseId>| {
        let coder = coder.parse().unwrap();
        let wish = SealWish { coder, cases, round: None, incomplete: None, again: None };
        open().seal(&wish).unwrap();
    };
    seal("c1", Vec::new());
    let cases: Vec<CaseId> = open().study.cases.iter().map(|it| it.id.clone()).collect();
    cases.chunks(5).for_each(|some| seal("c2", some.to_vec()));
}

/// The same before anybody has sealed; returns what is settled then.
#[allow(dead_code)]
pub(crate) fn write_open_study(root: &Path) -> String {
    let folder = Folder::at(root);
    let coder = |id: &str| Coder::person(id.parse().unwrap(), "");
    let settings = Settings {
        title: "Large".to_owned(),
        language: "en".to_owned(),
        coders: vec![coder("c1"), coder("c2")],
        agreement: true,
        require: None,
        asks_each: false,
        ethics: Default::default(),
    };
    let codebook = CODEBOOK.to_vec();
    folder.create(&NewStudy { settings, codebook, readme: String::new() }).unwrap();
    let open = || store::load(&folder).unwrap();
    let mut chance = Chance(1);
    let (cases, imported) =
        (0..TRANSCRIPTS).map(|nth| transcript(nth, &mut chance)).unzip::<_, _, Vec<_>, Vec<_>>();
    open().import(imported, &cases, &people()).unwrap();
    let opened = open();
    let units: Vec<_> =
        opened.study.transcripts.iter().map(|it| (it.id.clone(), units(it))).collect();
    opened.write_units(&units).unwrap();
    write_logs(root, &mut chance)
}

/// Who speaks, and one in each case who moderates.
fn people() -> Vec<Participant> {
    let person = |nth: usize| Participant {
        id: format!("P{nth}").parse().unwrap(),
        name: String::new(),
        case: format!("CoP-{:02}", nth / PEOPLE).parse().ok(),
        role: if nth.is_multiple_of(PEOPLE) { Role::Moderator } else { Role::Participant },
        quotes: Quotable::Yes,
        withdrawn: String::new(),
        attributes: Vec::new(),
    };
    (0..TRANSCRIPTS * PEOPLE).map(person).collect()
}

fn transcript(nth: usize, chance: &mut Chance) -> (Case, Imported) {
    let id = format!("CoP-{nth:02}");
    let case = Case { id: id.parse().unwrap(), name: String::new(), attributes: Vec::new() };
    let paragraph = |line: usize, chance: &mut Chance| Paragraph {
        time: None,
        speaker: format!("P{}", PEOPLE * nth + 1 + line % (PEOPLE - 1)).parse().ok(),
        text: said(chance),
    };
    let transcript = Transcript {
        id: id.parse().unwrap(),
        case: case.id.clone(),
        name: String::new(),
        date: String::new(),
        language: "en".to_owned(),
        source: format!("{id}.txt"),
        source_sha256: String::new(),
        text_sha256: String::new(),
        attributes: Vec::new(),
        paragraphs: (0..UNITS / TRANSCRIPTS).map(|line| paragraph(line, chance)).collect(),
    };
    (case, Imported { transcript, original: Vec::new(), extension: "txt".to_owned() })
}

fn units(transcript: &Transcript) -> Vec<Unit> {
    let unit = |(number, paragraph): (u32, &Paragraph)| Unit {
        locator: Locator::new(transcript.id.clone(), Span::paragraphs(number, number).unwrap()),
        kind: UnitKind::Talk,
        speakers: paragraph.speaker.iter().cloned().collect(),
        words: paragraph.text.split(' ').count() as u32,
        topic: String::new(),
        strength: String::new(),
        pinned: false,
    };
    (1..).zip(&transcript.paragraphs).map(unit).collect()
}

/// Two logs that agree on three answers in four.
fn write_logs(root: &Path, chance: &mut Chance) -> String {
    let mut problems = Vec::new();
    let read = codebook::read("codebook.yaml", CODEBOOK, &mut problems).unwrap();
    let vocabulary = Vocabulary::new(&read, []);
    let version = codebook::version(CODEBOOK);
    let dimensions: Vec<(String, Vec<String>)> = vocabulary
        .dimensions_in_force()
        .map(|(index, dimension)| {
            let codes = vocabulary.codes_of(index).map(|(_, code)| code.id.to_string());
            (dimension.id.to_string(), codes.collect())
        })
        .collect();
    let header = format!("{}\n", themata::format::log::COLUMNS.join(","));
    let mut logs = [header.clone(), header];
    let mut settled = format!("{}\n", themata::format::consensus::COLUMNS.join(","));
    let (mut seq, mut settlements) = (0, 0);
    for unit in 0..UNITS {
        let per_transcript = UNITS / TRANSCRIPTS;
        let locator = format!("CoP-{:02}:{}", unit / per_transcript, unit % per_transcript + 1);
        for (dimension, codes) in &dimensions {
            seq += 1;
            let first = answer(codes, chance);
            let second = if chance.below(4) > 0 { first.clone() } else { answer(codes, chance) };
            if first != second && chance.below(2) == 0 {
                settlements += 1;
                writeln!(
                    settled,
                    "{settlements},2026-06-01T10:00:00Z,main,{locator},{dimension},{first},first,omission,,c1; c2,,,{version}"
                )
                .unwrap();
            }
            for (log, codes) in logs.iter_mut().zip([first, second]) {
                let certainty = if chance.below(30) == 0 { "unsure" } else { "" };
                let memo = if chance.below(50) == 0 { "\"see above, too\"" } else { "" };
                let at = format!("2026-03-{:02}T10:00:{:02}Z", 1 + seq / 10_000 % 28, seq % 60);
                writeln!(
                    log,
                    "{seq},{at},main,{locator},{dimension},{codes},{certainty},{memo},lines,,{version}"
                )
                .unwrap();
            }
        }
    }
    std::fs::create_dir_all(root.join("codebooks")).unwrap();
    std::fs::write(root.join(format!("codebooks/{version}.yaml")), CODEBOOK).unwrap();
    for (log, coder) in logs.into_iter().zip(["c1", "c2"]) {
        std::fs::write(root.join(format!("coding/{coder}.csv")), log).unwrap();
    }
    settled
}

fn answer(codes: &[String], chance: &mut Chance) -> String {
    let first = chance.below(codes.len());
    match chance.below(10) {
        0..=3 => "none".to_owned(),
        4 | 5 if first + 1 < codes.len() => format!("{}; {}", codes[first], codes[first + 1]),
        _ => codes[first].clone(),
    }
}
