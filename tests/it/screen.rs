//! The coding screen: what keys write, what is seen, and what breaks such screens.

use std::fs;
use std::path::Path;

use expect_test::{expect, expect_file};
use themata::desk::coding::keys::TABLE;
use themata::desk::coding::{CodingDesk, Keep};
use themata::desk::consensus::{self, ConsensusDesk};
use themata::desk::keys::{Binding, Key, SHARED, Told};
use themata::desk::review::{self, ReviewDesk};
use themata::desk::settle::{self, SettleDesk};
use themata::desk::{Keeper, NotKept};
use themata::domain::answer::{AnswerIndex, Answers};
use themata::domain::coding::Coding;
use themata::domain::failure::Failure;
use themata::domain::log::{UnitIndex, Via};
use themata::domain::study::Study;
use themata::face::lines::End;
use themata::face::screen::coding::{CodeFace, Session};
use themata::face::screen::face::{HELD, Scene};
use themata::face::screen::is_right_to_left;
use themata::msg;
use themata::words::{Language, word};
use themata::work::session::code::{CodeAsk, CodeSession};

use crate::desk::{self, Desk, LogFile, MAIN, Screen};
use crate::sitting::{Person, chance, hands, parse};
use crate::support::TestStudy;

pub(crate) fn session() -> Session {
    Session {
        coder: "c1".to_owned(),
        round: "main".to_owned(),
        codebook: "v-000000000001".to_owned(),
        blind: true,
    }
}

fn small() -> (Study, LogFile) {
    let mut log = LogFile::new("");
    log.via = Via::Screen;
    (desk::study(&[desk::CODEBOOK]), log)
}

/// A coder at the screen over a log in memory.
pub(crate) type Coder<'a> = Person<'a, CodingDesk<'a>>;

impl<'a> Coder<'a> {
    pub(crate) fn new(study: &'a Study, log: &'a themata::domain::log::Log) -> Self {
        let desk = CodingDesk::new(study, log, MAIN, desk::talk(study)).staying();
        Self::at(CodeFace::new(study, session(), Language::English, false), desk)
    }
}

pub(crate) fn keeper<'a>(study: &'a Study, log: &'a mut LogFile) -> Desk<'a> {
    Desk { study, log, notes: Vec::new(), screen: Screen::default(), full_after: usize::MAX }
}

/// The rows of a log, as the scripts write them.
fn rows(text: &str) -> Vec<String> {
    text.lines()
        .map(|row| {
            let cell: Vec<&str> = row.split(',').collect();
            let told =
                format!("{} {} {} {} {} {}", cell[3], cell[4], cell[5], cell[6], cell[8], cell[9]);
            told.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn every_key_of_the_scripts_writes_the_rows_that_they_say() {
    for script in ["coding", "quotes"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/keys/{script}.txt"));
        let (mut study, mut log) = small();
        let read = log.read(&mut study);
        let mut coder = Coder::new(&study, &read);
        let mut told = String::new();
        for line in fs::read_to_string(&file).unwrap().lines() {
            if line.starts_with('#') {
                told.push_str(&format!("{line}\n"));
            }
            let Some(keys) = line.strip_prefix("keys: ") else { continue };
            let before = log.rows().len();
            let mut keeper = keeper(&study, &mut log);
            assert_eq!(coder.all(keys, &mut keeper), None, "{keys}");
            let notes = keeper.notes.clone();
            told.push_str(&format!("\nkeys: {keys}\n"));
            for row in rows(&log.rows()[before..]) {
                told.push_str(&format!("{row}\n"));
            }
            for note in notes {
                told.push_str(&format!("note {note}\n"));
            }
        }
        expect_file![file].assert_eq(&told);
        // Whoever comes back finds what the screen showed.
        assert_eq!(
            desk::told(&study, coder.desk.answers(), coder.desk.coding()),
            log.in_force(&study)
        );
    }
}

#[test]
fn the_page_on_keys_and_the_help_come_from_the_tables() {
    let mut page = String::from(
        "# Keys of the full screens\n\nOn a terminal of 60×16 or more. This page is made from the tables in `src/desk/`: \
         `src/desk/keys.rs` has the keys that every screen shares.\n",
    );
    let mut section = |head: &str, about: &str, table: Vec<Told>| {
        page.push_str(&format!("\n## {head}\n\n{about}\n\n| Key | does |\n|---|---|\n"));
        for (shown, says) in table {
            page.push_str(&format!("| {shown} | {} |\n", word(says, Language::English)));
        }
    };
    section("Coding", "`themata code --coder NAME`.", CodingDesk::table());
    section("Settling", "`themata resolve --present NAMES`.", ConsensusDesk::table());
    section("Looking at cuts", "`themata split --review`.", ReviewDesk::table());
    section("Settling cuts", "`themata units settle --present NAMES`.", SettleDesk::table());
    expect_file!["../../docs/keys.md"].assert_eq(&page);
    no_key_twice(&[keys_of(TABLE), keys_of(SHARED)]);
    no_key_twice(&[keys_of(consensus::keys::TABLE), keys_of(SHARED)]);
    no_key_twice(&[keys_of(consensus::keys::REASONS)]);
    no_key_twice(&[keys_of(review::keys::TABLE), keys_of(SHARED)]);
    no_key_twice(&[keys_of(settle::keys::TABLE), keys_of(SHARED)]);
}

fn keys_of<D>(table: &[Binding<D>]) -> Vec<Key> {
    table.iter().flat_map(|line| line.keys).copied().collect()
}

fn no_key_twice(tables: &[Vec<Key>]) {
    let mut seen = Vec::new();
    for key in tables.iter().flatten() {
        assert!(!seen.contains(key), "{key:?} does two things");
        seen.push(*key);
    }
}

#[test]
fn what_a_coder_sees_on_screens_of_several_sizes() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let mut coder = Coder::new(&study, &read);
    coder.all("2 3 a w", &mut keeper(&study, &mut log));
    expect_file!["../keys/80x24.txt"].assert_eq(&coder.seen(80, 24));
    expect_file!["../keys/120x40.txt"].assert_eq(&coder.seen(120, 40));
    expect_file!["../keys/60x16.txt"].assert_eq(&coder.seen(60, 16));
    expect_file!["../keys/monochrome.txt"].assert_eq(&coder.monochrome(80, 24));
    coder.all("?", &mut keeper(&study, &mut log));
    expect_file!["../keys/help.txt"].assert_eq(&coder.seen(80, 24));
    coder.all("<Esc> / \"rota\"", &mut keeper(&study, &mut log));
    expect_file!["../keys/palette.txt"].assert_eq(&coder.seen(80, 24));
}

#[test]
fn the_unit_is_in_view_wherever_it_is_and_however_long() {
    let (mut study, log) = small();
    let said = "Nobody knows how long this goes on, but it does. ".repeat(60);
    study.transcripts[0].paragraphs[1].text = format!("BEGIN {said} END");
    let read = log.read(&mut study);
    let mut log = log;
    let mut coder = Coder::new(&study, &read);
    for (width, height) in [(80, 24), (120, 40), (60, 16), (200, 60)] {
        assert!(coder.seen(width, height).contains("P1: BEGIN"), "{width}×{height}");
    }
    coder.all("<End>", &mut keeper(&study, &mut log));
    assert!(coder.seen(80, 24).contains("END"), "{}", coder.seen(80, 24));
    coder.all("<Home>", &mut keeper(&study, &mut log));
    assert!(coder.seen(80, 24).contains("P1: BEGIN"));
    // A window that is made smaller and larger again shows the same.
    let before = coder.seen(80, 24);
    for size in [(10, 3), (1, 1), (59, 15), (300, 5)] {
        coder.seen(size.0, size.1);
    }
    assert_eq!(coder.seen(80, 24), before);
}

#[test]
fn wide_combining_and_coloured_text_does_not_drift_and_says_the_same() {
    let (mut study, log) = small();
    study.transcripts[0].paragraphs[1].text =
        "日本語の会話 👩‍👩‍👧‍👦 e\u{301}a\u{308} नमस्ते ﷽".replace('﷽', "") + " end";
    let read = log.read(&mut study);
    let coder = Coder::new(&study, &read);
    let seen = coder.seen(80, 24);
    for line in seen.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
    assert!(seen.contains("end"), "{seen}");
    let plain = seen;
    let desk = CodingDesk::new(&study, &read, MAIN, desk::talk(&study)).staying();
    let coloured = Coder::at(CodeFace::new(&study, session(), Language::English, true), desk);
    assert_eq!(coloured.seen(80, 24), plain, "colour says nothing by itself");
    assert!(!is_right_to_left(&study.transcripts[0]));
    study.transcripts[0].paragraphs[1].text = "שלום".to_owned();
    assert!(is_right_to_left(&study.transcripts[0]));
}

#[test]
fn what_is_pasted_decides_nothing() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let mut coder = Coder::new(&study, &read);
    coder.face.paste("1 2 3 0 x\nz q 1\n \n");
    assert_eq!(log.rows(), "");
    assert!(coder.seen(80, 24).contains(&word("keys.pasted", Language::English)));
    // Where something is typed, it is typed.
    coder.all("m", &mut keeper(&study, &mut log));
    coder.face.paste("two\nlines");
    let mut keeper = keeper(&study, &mut log);
    coder.all("<Enter>", &mut keeper);
    assert_eq!(keeper.notes, ["A:2 two lines"]);
}

#[test]
fn a_key_that_is_held_counts_once() {
    for told in [true, false] {
        let (mut study, mut log) = small();
        let read = log.read(&mut study);
        let mut coder = Coder::new(&study, &read);
        let mut keeper = keeper(&study, &mut log);
        coder.hold(Key::Char(' '), 3000, told, &mut keeper);
        assert_eq!(rows(log.rows()).len(), 2, "one unit of two dimensions");
        let mut keeper = self::keeper(&study, &mut log);
        let later = coder.now + HELD;
        coder.face.press(Key::Char(' '), false, later, &mut coder.desk, &mut keeper);
        assert_eq!(rows(log.rows()).len(), 4, "a key that is pressed again counts again");
    }
}

#[test]
fn what_cannot_be_kept_stays_shown_until_it_is() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let mut coder = Coder::new(&study, &read);
    let mut full = Desk { full_after: 0, ..keeper(&study, &mut log) };
    assert_eq!(coder.all("1", &mut full), None);
    let seen = coder.seen(80, 24);
    assert!(seen.contains("NOT SAVED") && seen.contains("no space left"), "{seen}");
    assert!(!seen.contains("saved: A:2"), "{seen}");
    // Nothing else is taken until then.
    coder.all("2 <Space> z m <Esc> r", &mut full);
    assert!(coder.seen(80, 24).contains("NOT SAVED"));
    coder.all("r", &mut keeper(&study, &mut log));
    assert_eq!(rows(log.rows()), ["A:2 leadership horizontal screen"]);
    assert!(coder.seen(80, 24).contains("saved: A:2 leadership horizontal"));
    assert_eq!(coder.all("<Ctrl+C>", &mut keeper(&study, &mut log)), None);
    assert_eq!(coder.all("<Ctrl+C>", &mut keeper(&study, &mut log)), Some(End::Left));
}

#[test]
fn a_second_screen_only_looks_and_says_why() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let mut coder = Coder::new(&study, &read);
    coder.face = CodeFace::new(&study, session(), Language::English, false)
        .looking_only("somebody else writes".to_owned());
    coder.all("1 <Space> 0 x m \"a\" <Enter> : \"1\" <Enter>", &mut keeper(&study, &mut log));
    assert_eq!(log.rows(), "");
    assert!(coder.seen(80, 24).contains("somebody else writes"));
    // Looking around is free.
    coder.all("g \"B:1\" <Enter>", &mut keeper(&study, &mut log));
    assert!(coder.seen(80, 24).lines().next().unwrap().contains("B:1"));
}

/// A keeper under which the study has changed.
struct Changed;

impl Keeper<Keep, Vec<u64>> for Changed {
    fn keep(&mut self, _: &Keep) -> Result<Vec<u64>, NotKept> {
        Err(NotKept::Changed(msg!("session.codebook")))
    }
}

/// A keeper that has gone.
struct Gone;

impl Keeper<Keep, Vec<u64>> for Gone {
    fn keep(&mut self, _: &Keep) -> Result<Vec<u64>, NotKept> {
        Err(Failure::Io(msg!("general.error"), "the disk \u{1b}[31m is gone".to_owned()).into())
    }
}

#[test]
fn a_study_that_changed_underneath_is_said_and_nothing_is_shown_as_saved() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let mut coder = Coder::new(&study, &read);
    assert_eq!(coder.all("1", &mut Changed), Some(End::Changed));
    assert!(coder.face.said().unwrap().contains("the codebook changed"));
    let mut coder = Coder::new(&study, &read);
    coder.all("1", &mut Gone);
    assert!(!coder.seen(80, 24).contains('\u{1b}'));
    assert_eq!(coder.all("<Esc>", &mut keeper(&study, &mut log)), None);
    assert!(coder.seen(80, 24).contains("NOT SAVED"), "Esc never decides");
}

#[test]
fn a_team_that_wants_each_dimension_asked_cannot_close_a_unit_with_one_key() {
    let (mut study, mut log) = small();
    study.settings.asks_each = true;
    let read = log.read(&mut study);
    let mut coder = Coder::new(&study, &read);
    coder.all("<Space>", &mut keeper(&study, &mut log));
    assert_eq!(log.rows(), "");
    assert!(coder.seen(80, 24).contains("asks each dimension by itself"));
    // Nor by a line of line mode.
    coder.all(": \"e\" <Enter>", &mut keeper(&study, &mut log));
    assert_eq!(log.rows(), "");
    assert!(coder.seen(80, 24).contains("`e` closes nothing"), "{}", coder.seen(80, 24));
    coder.all("1 <Enter> 2 <Enter> 0", &mut keeper(&study, &mut log));
    assert_eq!(
        rows(log.rows()),
        [
            "A:2 leadership horizontal screen",
            "A:2 tone cold screen",
            "A:3-4 leadership none screen"
        ]
    );
}

#[test]
fn a_code_is_found_in_either_language_whatever_the_screen_speaks_and_a_further_one_is_proposed() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let mut coder = Coder::new(&study, &read);
    let looked = ["f \"rotatóR\"", "/ \"ROTATING R\"", "f \"rttng\"", "f \"voces iguales\""];
    for (keys, code) in looked.iter().zip(["rotating", "rotating", "rotating", "horizontal"]) {
        coder.all(keys, &mut keeper(&study, &mut log));
        let first = coder.seen(80, 24).lines().nth(3).unwrap().to_owned();
        assert!(first.contains(&format!("({code})")), "{keys}: {first}");
        coder.all("<Esc>", &mut keeper(&study, &mut log));
    }
    let mut keeper = keeper(&study, &mut log);
    coder.all("f \"nothing like it\" <Enter> <Esc>", &mut keeper);
    coder.all("+ \"Shared minutes: all write them\" <Enter>", &mut keeper);
    assert_eq!(keeper.notes, ["+ Shared minutes"]);
    assert_eq!(log.rows(), "");
    assert!(coder.seen(80, 24).contains("Shared minutes"));
}

#[test]
fn what_runs_from_right_to_left_is_left_to_line_mode_and_that_is_said() {
    let study = TestStudy::new();
    let ask = || CodeAsk::of("c1");
    let mut session = CodeSession::begin(study.open(), ask()).unwrap();
    assert!(session.leave_out(is_right_to_left).is_empty());
    let is_a = |it: &themata::domain::transcript::Transcript| it.id.as_str() == "A";
    let left = session.leave_out(is_a);
    assert_eq!(left.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["A"]);
    let (desk, _) = session.sit(Via::Screen).unwrap();
    let mut coder =
        Coder::at(CodeFace::new(desk.study(), self::session(), Language::English, false), desk);
    assert!(coder.seen(80, 24).contains("B:1"), "{}", coder.seen(80, 24));
    coder.all("g \"A:2\" <Enter>", &mut Gone);
    assert!(coder.seen(80, 24).lines().next().unwrap().contains("B:1"));
    for language in [Language::English, Language::Spanish] {
        let said = themata::words::say(&msg!("screen.right_to_left", transcript = "A"), language);
        assert!(said.contains("--lines"), "{said}");
    }
}

#[test]
fn ten_thousand_random_hands_can_all_be_taken_back_to_the_beginning() {
    let keys: Vec<Key> = parse("q w 1 2 3 4 5 0 <Space> <Enter> a x z Z s n N <Esc> <Tab>");
    let mut next = chance(7);
    let (mut study, _) = small();
    for _ in 0..hands(10_000) {
        let mut log = LogFile::new("");
        log.via = Via::Screen;
        let read = log.read(&mut study);
        let mut coder = Coder::new(&study, &read);
        for _ in 0..6 {
            coder.press(keys[next(keys.len())], &mut keeper(&study, &mut log));
        }
        assert_eq!(
            desk::told(&study, coder.desk.answers(), coder.desk.coding()),
            log.in_force(&study)
        );
        let mut before = usize::MAX;
        while log.rows().len() != before {
            before = log.rows().len();
            coder.press(Key::Char('z'), &mut keeper(&study, &mut log));
        }
        assert_eq!(log.in_force(&study), Vec::<String>::new(), "{}", log.rows());
    }
}

#[test]
fn undo_goes_to_what_it_takes_back_and_says_it() {
    let (mut study, mut log) = small();
    let read = log.read(&mut study);
    let mut coder = Coder::new(&study, &read);
    coder.all("1 <Space> <Space> z z", &mut keeper(&study, &mut log));
    let seen = coder.seen(80, 24);
    expect!["taken back: A:2 tone undecided"].assert_eq(seen.lines().nth(22).unwrap());
    assert!(seen.lines().next().unwrap().contains("A:2"), "{seen}");
}

/// The keys by which a coder gives what she gave, unit by unit: letters only where the dimension is not at hand, codes by
/// digits; Space closes.
fn keys_for(study: &Study, coding: &Coding, answers: &Answers) -> Vec<String> {
    let of_unit = |unit: UnitIndex| {
        let mut keys = Vec::new();
        for (nth, (dimension, _)) in study.vocabulary.dimensions_in_force().enumerate() {
            let cell = coding.cell(unit, dimension);
            if cell.answer == AnswerIndex::NONE && !cell.unsure {
                continue;
            }
            if nth > 0 {
                keys.push(themata::desk::coding::keys::letter(nth).unwrap().to_string());
            }
            let choices = themata::desk::choices::choices(study, dimension);
            for code in answers.codes(cell.answer) {
                let place = choices.iter().position(|it| it.code == *code).unwrap();
                assert!(place < 9, "no digit for {}", study.vocabulary.of(*code).id);
                keys.push((place + 1).to_string());
            }
            if cell.answer == AnswerIndex::NONE {
                keys.push("0".to_owned());
            }
            if cell.unsure {
                keys.push("a".to_owned());
            }
        }
        keys.push("<Space>".to_owned());
        keys.join(" ")
    };
    study.talk().map(|(unit, _)| of_unit(unit)).collect()
}

#[test]
fn the_example_is_coded_with_at_most_2_8_keys_a_unit() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys/example.txt");
    let mut told = String::from(
        "# Keys by which the first coder of the example codes CoP-31, and how many keys both take for all six communities.\n\n",
    );
    let (mut keys, mut units) = (0, 0);
    let example =
        TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"));
    let opened = example.open();
    for coder in ["c1", "c2"] {
        let given = opened.own(&coder.parse().unwrap(), None).unwrap();
        let lines = keys_for(&opened.study, &given, &opened.study.answers);
        // Pressed one after the other on a study that nobody has coded, they give the same.
        let empty = themata::domain::log::Log::empty(coder.parse().unwrap());
        let mut person = Coder::at(
            CodeFace::new(&opened.study, session(), Language::English, false),
            CodingDesk::new(&opened.study, &empty, MAIN, desk::talk(&opened.study)).staying(),
        );
        let mut counted = Counted(0);
        for ((unit, it), line) in opened.study.talk().zip(&lines) {
            assert_eq!(Scene::place(&person.desk).map(|it| it.0), Some(unit), "{}", it.locator);
            assert_eq!(person.all(line, &mut counted), None);
            if coder == "c1" && it.locator.transcript().as_str() == "CoP-31" {
                told.push_str(&format!("keys: {line}\n"));
            }
        }
        let cells = |coding: &Coding, answers: &Answers| desk::told(&opened.study, answers, coding);
        assert_eq!(
            cells(person.desk.coding(), person.desk.answers()),
            cells(&given, &opened.study.answers)
        );
        keys += lines.iter().map(|line| parse(line).len()).sum::<usize>();
        units += lines.len();
    }
    let each = keys as f64 / units as f64;
    told.push_str(&format!("\n{units} units: {keys} keys, {each:.2} a unit\n"));
    expect_file![file].assert_eq(&told);
    assert!(each <= 2.8, "{each}");
}

/// Keeps nothing but the count.
struct Counted(u64);

impl Keeper<Keep, Vec<u64>> for Counted {
    fn keep(&mut self, what: &Keep) -> Result<Vec<u64>, NotKept> {
        let Keep::Decisions(rows) = what else { return Ok(Vec::new()) };
        let first = self.0 + 1;
        self.0 += rows.len() as u64;
        Ok((first..=self.0).collect())
    }
}
