//! A study in a folder of its own, made as people make one, and the program run on it.

use std::cell::RefCell;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use expect_test::Expect;
use themata::domain::answer::{Answer, DimensionIndex};
use themata::domain::case::Case;
use themata::domain::coder::Coder;
use themata::domain::log::{NewDecision, Via};
use themata::domain::participant::{Participant, Quotable, Role};
use themata::domain::study::Settings;
use themata::domain::time::Moment;
use themata::domain::transcript::{Paragraph, Transcript};
use themata::domain::unit::{Unit, UnitKind};
use themata::render::Report;
use themata::render::writers::{self, Setting};
use themata::store::{self, Coding, FixedClock, Folder, Imported, NewStudy, Opened, SealWish};
use themata::unitize::recount::recount;
use themata::words::Language;

use crate::desk;

/// A result in a form, as people of English get it.
pub(crate) fn written(report: &dyn Report, form: &str) -> String {
    let document = report.document(Language::English);
    let writer = writers::named(form).unwrap();
    String::from_utf8((writer.write)(&document, &Setting::new(Language::English)).unwrap()).unwrap()
}

/// A study in a folder that goes away with it; its clock stands still unless a test moves it.
pub(crate) struct TestStudy {
    /// Holds the study's folder alone, so that what stands beside it is nobody else's.
    home: tempfile::TempDir,
    now: RefCell<Moment>,
}

impl TestStudy {
    /// Two coders, `c1` and `c2`, the codebook of [`desk::CODEBOOK`], and two cases: `A` (units `A:2`,
    /// `A:3-4`, `A:5`, the prompt `A:1`; speakers P1 and P2) and `B` (unit `B:1`; speaker P3).
    pub(crate) fn new() -> Self {
        Self::of("en", &["c1", "c2"], desk::CODEBOOK)
    }

    /// The same talk in a study of this language, these coders and this codebook.
    pub(crate) fn of(language: &str, coders: &[&str], codebook: &str) -> Self {
        let study = Self::empty(language, coders, codebook);
        study.import("A", &A);
        study.import("B", &B);
        study.cut(&["A:1 prompt", "A:2", "A:3-4", "A:5", "B:1"]);
        study
    }

    /// A copy of a study that is there, text by text and row by row.
    pub(crate) fn copy_of(folder: &Path) -> Self {
        fn copy(from: &Path, to: &Path) {
            fs::create_dir_all(to).unwrap();
            for entry in fs::read_dir(from).unwrap() {
                let entry = entry.unwrap();
                let to = to.join(entry.file_name());
                if entry.file_type().unwrap().is_dir() {
                    copy(&entry.path(), &to);
                } else {
                    fs::copy(entry.path(), to).unwrap();
                }
            }
        }
        let study = Self {
            home: tempfile::tempdir().unwrap(),
            now: RefCell::new("2026-03-01T10:00:00Z".parse().unwrap()),
        };
        copy(folder, &study.root());
        study
    }

    /// A study without transcripts.
    pub(crate) fn empty(language: &str, coders: &[&str], codebook: &str) -> Self {
        let study = Self {
            home: tempfile::tempdir().unwrap(),
            now: RefCell::new("2026-03-01T10:00:00Z".parse().unwrap()),
        };
        fs::create_dir(study.root()).unwrap();
        let coder = |id: &&str| Coder::person(id.parse().unwrap(), "");
        let settings = Settings {
            title: "Small".to_owned(),
            language: language.to_owned(),
            coders: coders.iter().map(coder).collect(),
            agreement: true,
            require: None,
            asks_each: false,
            ethics: Default::default(),
        };
        let codebook = codebook.as_bytes().to_vec();
        study.folder().create(&NewStudy { settings, codebook, readme: String::new() }).unwrap();
        study
    }

    /// Brings in a transcript as a case of the same name; `Moderator` moderates, no speaker is a stage
    /// direction.
    pub(crate) fn import(&self, id: &str, lines: &[(&str, &str)]) {
        let opened = self.open();
        let paragraphs: Vec<Paragraph> = lines
            .iter()
            .map(|(speaker, text)| Paragraph {
                time: None,
                speaker: speaker.parse().ok(),
                text: (*text).to_owned(),
            })
            .collect();
        let mut people = opened.study.participants.clone();
        for speaker in paragraphs.iter().filter_map(|it| it.speaker.as_ref()) {
            if !people.iter().any(|person| person.id == *speaker) {
                let moderates = speaker.as_str() == "Moderator";
                people.push(Participant {
                    id: speaker.clone(),
                    name: String::new(),
                    case: (!moderates).then(|| id.parse().unwrap()),
                    role: if moderates { Role::Moderator } else { Role::Participant },
                    quotes: Quotable::Ask,
                    withdrawn: String::new(),
                    attributes: vec![String::new(); opened.study.participant_attributes.len()],
                });
            }
        }
        let mut cases = opened.study.cases.clone();
        cases.push(Case {
            id: id.parse().unwrap(),
            name: format!("Group {id}"),
            attributes: Vec::new(),
        });
        let transcript = Transcript {
            id: id.parse().unwrap(),
            case: id.parse().unwrap(),
            name: format!("Group {id}"),
            date: String::new(),
            language: "en".to_owned(),
            source: format!("{id}.txt"),
            source_sha256: String::new(),
            text_sha256: String::new(),
            attributes: Vec::new(),
            paragraphs,
        };
        let original = b"as it was".to_vec();
        let imported = Imported { transcript, original, extension: "txt".to_owned() };
        opened.import(vec![imported], &cases, &people).unwrap();
    }

    /// Cuts the transcripts into these units: `A:2`, or `A:1 prompt`.
    pub(crate) fn cut(&self, units: &[&str]) {
        let opened = self.open();
        let study = &opened.study;
        let list = study.transcripts.iter().map(|transcript| {
            let mine = units.iter().map(|unit| self.unit(&opened, unit));
            let mine = mine.filter(|unit| *unit.locator.transcript() == transcript.id);
            (transcript.id.clone(), mine.collect())
        });
        opened.write_units(&list.collect::<Vec<_>>()).unwrap();
    }

    fn unit(&self, opened: &Opened, unit: &str) -> Unit {
        let (locator, kind) = unit.split_once(' ').unwrap_or((unit, "talk"));
        let locator: themata::domain::locator::Locator = locator.parse().unwrap();
        let transcript = opened.study.transcript(locator.transcript()).unwrap();
        let unit = Unit {
            locator,
            kind: kind.parse().unwrap_or(UnitKind::Talk),
            speakers: Vec::new(),
            words: 0,
            topic: String::new(),
            strength: String::new(),
            pinned: false,
        };
        recount(&unit, transcript, |id| opened.study.role(id))
    }

    /// A coder decides: `A:2 leadership horizontal; chair`, `A:2 tone none`, `A:2 tone warm unsure`.
    pub(crate) fn coded(self, coder: &str, decisions: &[&str]) -> Self {
        self.decide(coder, None, decisions);
        self
    }

    /// The same in a round, one append a decision.
    pub(crate) fn decide(&self, coder: &str, round: Option<&str>, decisions: &[&str]) {
        let opened = self.open();
        let round = round.map(|it| it.parse().unwrap());
        let coding = Coding { round, ..Coding::of(&coder.parse().unwrap()) };
        let (mut writer, _) = opened.begin(coding).unwrap();
        for text in decisions {
            writer.append(&[self.decision(&opened, text)], Via::Lines).unwrap();
        }
    }

    fn decision(&self, opened: &Opened, text: &str) -> NewDecision {
        let (unit, rest) = text.split_once(' ').unwrap();
        let (dimension, codes) = rest.split_once(' ').unwrap_or((rest, ""));
        let (codes, unsure) = match codes.strip_suffix(" unsure") {
            Some(codes) => (codes, true),
            None => (codes, false),
        };
        let answer = match codes {
            "" => Answer::Undecided,
            "none" => Answer::None,
            codes => Answer::Codes(codes.split("; ").map(|id| id.parse().unwrap()).collect()),
        };
        NewDecision {
            unit: opened.study.unit(&unit.parse().unwrap()).expect(unit),
            dimension: opened.study.vocabulary.dimension(dimension).expect(dimension),
            answer,
            unsure,
            rest: false,
            memo: None,
            undoes: None,
            codebook: None,
        }
    }

    /// A coder decides `none` wherever nothing is decided yet in the current round.
    pub(crate) fn rest_none(self, coder: &str) -> Self {
        let opened = self.open();
        let coder_id = coder.parse().unwrap();
        let own = opened.own(&coder_id, None).unwrap();
        let mut decisions = Vec::new();
        for (unit, _) in opened.study.talk() {
            for (dimension, _) in opened.study.vocabulary.dimensions_in_force() {
                let dimension: DimensionIndex = dimension;
                if !own.cell(unit, dimension).answer.is_decided() {
                    decisions.push(NewDecision {
                        unit,
                        dimension,
                        answer: Answer::None,
                        unsure: false,
                        rest: false,
                        memo: None,
                        undoes: None,
                        codebook: None,
                    });
                }
            }
        }
        let (mut writer, _) = opened.begin(Coding::of(&coder_id)).unwrap();
        writer.append(&decisions, Via::Csv).unwrap();
        drop(writer);
        self
    }

    /// A coder hands everything over, undecided or not.
    pub(crate) fn sealed(self, coder: &str) -> Self {
        let wish = SealWish {
            coder: coder.parse().unwrap(),
            cases: Vec::new(),
            round: None,
            incomplete: Some("a test".to_owned()),
            again: None,
        };
        self.open().seal(&wish).unwrap();
        self
    }

    /// Puts the clock to a time.
    pub(crate) fn at(&self, time: &str) -> &Self {
        self.now.replace(time.parse().unwrap());
        self
    }

    fn root(&self) -> PathBuf {
        self.home.path().join("s")
    }

    /// Where it lies.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    /// The text of one of its files.
    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// Writes one of its files by another hand than the program's.
    pub(crate) fn write(&self, file: &str, text: &str) -> &Self {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn folder(&self) -> Folder {
        Folder::at(&self.root()).with_clock(self.clock())
    }

    fn clock(&self) -> Arc<FixedClock> {
        Arc::new(FixedClock(*self.now.borrow()))
    }

    /// The study as a command would open it.
    pub(crate) fn open(&self) -> Opened {
        store::load(&self.folder()).unwrap()
    }

    /// Runs a command line on the study and returns what a person sees: standard output, standard error,
    /// exit status. Arguments are separated by spaces and may stand in single quotation marks.
    pub(crate) fn run(&self, line: &str) -> String {
        self.typed(line, "")
    }

    /// The same with something on standard input.
    pub(crate) fn typed(&self, line: &str, input: &str) -> String {
        let (status, out, err) = self.bytes(line, input);
        self.shown(&out, &err, status)
    }

    /// Exit status, standard output and standard error, each by itself.
    pub(crate) fn streams(&self, line: &str) -> (i32, String, String) {
        let (status, out, err) = self.bytes(line, "");
        (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    /// The same with bytes, whatever they are.
    pub(crate) fn bytes(&self, line: &str, input: &str) -> (i32, Vec<u8>, Vec<u8>) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut arguments = vec!["themata".to_owned()];
        arguments.extend(["-C".to_owned(), self.root().display().to_string()]);
        arguments.extend(split(line));
        let mut input = Cursor::new(input.as_bytes().to_vec());
        let status =
            themata::cli::run_by(Some(self.clock()), arguments, &mut input, &mut out, &mut err);
        (i32::from(status), out, err)
    }

    /// Runs the program itself, as a process of its own, from inside the study's folder.
    pub(crate) fn process(&self, line: &str) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_themata"))
            .args(split(line))
            .current_dir(self.root())
            .env_remove("THEMATA_DEVICE")
            .output()
            .unwrap();
        self.shown(&output.stdout, &output.stderr, output.status.code().unwrap())
    }

    fn shown(&self, out: &[u8], err: &[u8], status: i32) -> String {
        shown(out, err, status).replace(&self.root().display().to_string(), "STUDY")
    }

    /// Compares what a person sees with what is expected; UPDATE_EXPECT=1 rewrites it.
    pub(crate) fn check(&self, line: &str, seen: Expect) {
        seen.assert_eq(&self.run(line));
    }
}

/// Runs the program in this process where there is no study.
pub(crate) fn run_outside(line: &str) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut arguments = vec!["themata".to_owned()];
    arguments.extend(split(line));
    let status = themata::cli::run(arguments, &mut Cursor::new(Vec::new()), &mut out, &mut err);
    shown(&out, &err, i32::from(status))
}

/// Standard output, standard error and exit status as one text; bytes that are no text as their number.
fn shown(out: &[u8], err: &[u8], status: i32) -> String {
    let mut text = match std::str::from_utf8(out) {
        Ok(out) => out.to_owned(),
        Err(_) => format!("[{} bytes]\n", out.len()),
    };
    if !err.is_empty() {
        text.push_str("--- stderr ---\n");
        text.push_str(&String::from_utf8_lossy(err));
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&format!("[exit {status}]\n"));
    text
}

fn split(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (nth, part) in line.split('\'').enumerate() {
        if nth % 2 == 1 {
            arguments.push(part.to_owned());
        } else {
            arguments.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    arguments
}

/// The talk of case A.
const A: [(&str, &str); 5] = [
    ("Moderator", "How did it begin?"),
    ("P1", "Somebody sent an e-mail, and eleven of us turned up."),
    ("P2", "I came for the coffee."),
    ("", "(laughter)"),
    ("P1", "We all did."),
];

/// The talk of case B.
const B: [(&str, &str); 1] = [("P3", "The chair moves on every month.")];
