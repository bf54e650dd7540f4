//! The meeting's screen: what keys write, what is seen and what is not, and what breaks such screens.

use std::fs;
use std::path::Path;

use expect_test::{expect, expect_file};
use themata::desk::consensus::{Amendment, ConsensusDesk, Dispute, Keep};
use themata::desk::keys::Key;
use themata::desk::{Keeper, NotKept};
use themata::domain::failure::Failure;
use themata::domain::study::Study;
use themata::face::lines::End;
use themata::face::screen::consensus::{Meeting, MeetingFace};
use themata::msg;
use themata::store::Wish;
use themata::words::{Language, word};
use themata::work::ask::Part;
use themata::work::session::resolve::{ResolveAsk, ResolveLook, ResolveSession};

use crate::resolve::{File, coders, dispute, meeting};
use crate::sitting::{Person, chance, hands, parse};
use crate::support::TestStudy;

type Team<'a> = Person<'a, ConsensusDesk<'a>>;

/// A team at the screen: c1 and c2 code, and are called so nowhere but in the head.
fn team<'a>(study: &'a Study, disputes: Vec<Dispute>, present: &[&str], color: bool) -> Team<'a> {
    let both = coders(&["c1", "c2"]);
    let desk = ConsensusDesk::new(study, both, disputes, &[], coders(present), Vec::new(), false);
    let session = Meeting { codebook: "v-000000000001".to_owned(), before: Vec::new() };
    let face = MeetingFace::new(study, session, Language::English, color);
    Team::at(face, desk.hiding_names())
}

/// consensus.csv in memory, on a disk that is full after so many rows.
struct Table<'a> {
    study: &'a Study,
    file: File,
    full_after: usize,
    amended: Vec<Amendment>,
}

impl<'a> Table<'a> {
    fn of(study: &'a Study) -> Self {
        Self { study, file: File::default(), full_after: usize::MAX, amended: Vec::new() }
    }

    fn rows(&self) -> Vec<String> {
        rows(&self.file.rows)
    }
}

impl Keeper<Keep, u64> for Table<'_> {
    fn keep(&mut self, what: &Keep) -> Result<u64, NotKept> {
        if self.file.rows.lines().count() >= self.full_after {
            let why = "no space left on device".to_owned();
            return Err(Failure::Io(msg!("store.write", file = "consensus.csv"), why).into());
        }
        match what {
            Keep::Settlement(round, row) => Ok(self.file.append(self.study, *round, row)),
            Keep::Codebook(made) => {
                self.amended.push(made.clone());
                Ok(0)
            }
        }
    }
}

/// Rows of consensus.csv, as the scripts write them: unit, dimension, codes, outcome, reason, rationale, present, change,
/// undoes.
pub(crate) fn rows(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let told = |row: csv::StringRecord| {
        let cells: Vec<&str> = (3..=11).map(|at| &row[at]).filter(|it| !it.is_empty()).collect();
        cells.join(" ")
    };
    reader.records().map(|row| told(row.unwrap())).collect()
}

fn ask() -> ResolveAsk {
    ResolveAsk {
        present: Vec::new(),
        guests: Vec::new(),
        unit: None,
        part: Part::default(),
        wish: Wish::default(),
    }
}

/// Two coders who differ in three places, and are done.
pub(crate) fn sealed() -> TestStudy {
    TestStudy::new()
        .coded("c1", &["A:2 leadership leadership", "A:2 tone warm", "A:3-4 leadership horizontal"])
        .coded("c2", &["A:2 leadership rotating; chair", "A:3-4 leadership chair unsure"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2")
}

#[test]
fn every_key_of_the_script_writes_the_rows_that_it_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys/meeting.txt");
    let study = sealed();
    let mut session = ResolveSession::begin(&study.open(), ask()).unwrap();
    let opened = study.open();
    let (desk, mut keeper) = session.sit();
    let face = MeetingFace::new(&opened.study, Meeting::default(), Language::English, false);
    let mut team = Team::at(face, desk.hiding_names());
    let mut told = String::new();
    let written = || fs::read_to_string(study.path("consensus.csv")).unwrap_or_default();
    for line in fs::read_to_string(&file).unwrap().lines() {
        if line.starts_with('#') {
            told.push_str(&format!("{line}\n"));
        }
        let Some(keys) = line.strip_prefix("keys: ") else { continue };
        let before = rows(&written()).len();
        assert_eq!(team.all(keys, &mut keeper), None, "{keys}");
        told.push_str(&format!("\nkeys: {keys}\n"));
        for row in rows(&written()).iter().skip(before.max(1)) {
            told.push_str(&format!("{row}\n"));
        }
    }
    expect_file![file].assert_eq(&told);
    assert!(study.run("check").ends_with("[exit 0]\n"), "{}", study.run("check"));
}

#[test]
fn what_a_team_sees_on_screens_of_several_sizes_and_no_name() {
    let (study, disputes) = meeting();
    let mut team = team(&study, disputes, &["c1", "c2"], false);
    let mut table = Table::of(&study);
    expect_file!["../keys/meeting-80x24.txt"].assert_eq(&team.seen(80, 24));
    expect_file!["../keys/meeting-120x40.txt"].assert_eq(&team.seen(120, 40));
    expect_file!["../keys/meeting-60x16.txt"].assert_eq(&team.seen(60, 16));
    expect_file!["../keys/meeting-monochrome.txt"].assert_eq(&team.monochrome(80, 24));
    let mut all = String::new();
    let mut look = |team: &Team<'_>| {
        let seen = team.seen(80, 24);
        all.push_str(seen.split_once('\n').unwrap().1);
        seen
    };
    team.all("1", &mut table);
    expect_file!["../keys/meeting-reason.txt"].assert_eq(&look(&team));
    team.all("o \"because the minutes move on\"", &mut table);
    expect_file!["../keys/meeting-rationale.txt"].assert_eq(&look(&team));
    team.all("<Enter> o 1", &mut table);
    expect_file!["../keys/meeting-other.txt"].assert_eq(&look(&team));
    team.all("<Esc> d", &mut table);
    look(&team);
    team.all("<Esc> c", &mut table);
    expect_file!["../keys/meeting-amend.txt"].assert_eq(&look(&team));
    team.all("<Esc> a", &mut table);
    look(&team);
    team.all("<Esc> 2 s <Enter> z b", &mut table);
    look(&team);
    for name in ["c1", "c2", "second"] {
        assert!(!all.contains(name), "{name} in {all}");
    }
}

#[test]
fn colours_say_nothing_by_themselves_and_without_them_there_are_none() {
    let (study, disputes) = meeting();
    let yaml =
        crate::desk::CODEBOOK.replace("  - id: tone", "  - id: tone\n    color: \"#b5562b\"");
    let mut coloured = study.clone();
    coloured.versions[0].codebook = crate::desk::codebook(&yaml);
    let of = |study, color| team(study, vec![disputes[1].clone()], &["c1"], color);
    let (plain, color) = (of(&study, false), of(&coloured, true));
    for (width, height) in [(80, 24), (120, 40), (60, 16)] {
        assert_eq!(plain.seen(width, height), color.seen(width, height));
        assert!(plain.is_monochrome(width, height) && !color.is_monochrome(width, height));
    }
}

#[test]
fn answers_are_numbered_as_they_are_shown_and_settled_as_whose_they_are() {
    let mut study = crate::desk::study(&[crate::desk::CODEBOOK]);
    let places =
        ["A:2 tone", "A:3-4 tone", "A:5 tone", "B:1 tone", "A:2 leadership", "A:5 leadership"];
    let given = |place: &str| match place.ends_with("tone") {
        true => ["warm", "cold"],
        false => ["horizontal", "chair"],
    };
    let disputes: Vec<Dispute> =
        places.iter().map(|place| dispute(&mut study, place, &given(place))).collect();
    let mut team = team(&study, disputes, &["c1"], false);
    let mut table = Table::of(&study);
    let mut sides = Vec::new();
    for _ in places {
        let seen = team.seen(80, 24);
        let left = seen.lines().find(|line| line.starts_with("1 ")).unwrap();
        let first = left.starts_with("1 warm") || left.starts_with("1 Horizontal");
        sides.push(first);
        team.all("1 s <Enter>", &mut table);
        let row = table.rows().pop().unwrap();
        let outcome = if first { " first " } else { " second " };
        assert!(row.contains(outcome), "{left}: {row}");
    }
    assert!(sides.contains(&true) && sides.contains(&false), "{sides:?}");
}

#[test]
fn what_is_pasted_held_or_left_with_esc_settles_nothing() {
    let (study, disputes) = meeting();
    let mut team = team(&study, disputes, &["c1"], false);
    let mut table = Table::of(&study);
    team.face.paste("1 s because\n2 o\n\n");
    assert!(team.seen(80, 24).contains(&word("keys.pasted", Language::English)));
    for told in [true, false] {
        for key in [Key::Char('1'), Key::Enter, Key::Char('s'), Key::Char('l'), Key::Enter] {
            team.hold(key, 3000, told, &mut table);
            team.all("<Esc> <Esc> <Esc>", &mut table);
        }
    }
    team.all("1 s <Esc> <Esc> o 1 <Esc> o 2 <Enter> <Esc> b <Esc> l <Esc> <Esc>", &mut table);
    assert_eq!(table.rows(), [""; 0]);
    // A held key is no letter of the rationale, and Enter that is held settles one discrepancy.
    team.all("1", &mut table);
    team.hold(Key::Char('s'), 3000, false, &mut table);
    team.all("\"yes\"", &mut table);
    team.hold(Key::Enter, 3000, false, &mut table);
    assert_eq!(table.rows().len(), 1);
    assert!(table.rows()[0].contains(" slip yes "), "{:?}", table.rows());
}

#[test]
fn another_answer_and_one_left_open_need_a_rationale_and_nothing_is_chosen_beforehand() {
    let (study, disputes) = meeting();
    let mut team = team(&study, disputes, &["c1"], false);
    let mut table = Table::of(&study);
    team.all("o <Enter>", &mut table);
    assert!(team.seen(80, 24).contains("nothing is chosen"));
    assert!(!team.seen(80, 24).contains('●'));
    team.all("2 3 3 <Enter> d <Enter>", &mut table);
    assert_eq!(table.rows(), [""; 0]);
    assert!(team.seen(80, 24).contains("need a rationale"), "{}", team.seen(80, 24));
    team.all("\"it is said\" <Enter> l \"both stand\" <Enter>", &mut table);
    assert_eq!(
        table.rows(),
        [
            "A:3-4 leadership rotating other definition it is said c1",
            "A:2 tone open reading both stand c1"
        ]
    );
}

#[test]
fn what_cannot_be_kept_stays_shown_until_it_is() {
    let (study, disputes) = meeting();
    let mut team = team(&study, disputes, &["c1"], false);
    let mut full = Table { full_after: 0, ..Table::of(&study) };
    team.all("1 s \"said twice\" <Enter>", &mut full);
    for keys in ["", "2 <Enter> z <Esc> q", "<Ctrl+C>", "r"] {
        team.all(keys, &mut full);
        let seen = team.seen(80, 24);
        assert!(seen.contains("NOT SAVED") && seen.contains("said twice"), "{keys}: {seen}");
    }
    assert_eq!(full.rows(), [""; 0]);
    let mut table = Table::of(&study);
    team.all("r", &mut table);
    assert_eq!(table.rows().len(), 1);
    assert!(table.rows()[0].contains("said twice"));
}

/// A keeper under which the study has changed.
struct Changed;

impl Keeper<Keep, u64> for Changed {
    fn keep(&mut self, _: &Keep) -> Result<u64, NotKept> {
        Err(NotKept::Changed(msg!("session.answers")))
    }
}

#[test]
fn where_something_changed_underneath_it_is_said_with_what_was_typed() {
    let (study, disputes) = meeting();
    let mut team = team(&study, disputes, &["c1"], false);
    assert_eq!(team.all("1 s \"long thought about\" <Enter>", &mut Changed), Some(End::Changed));
    let said = team.face.said().unwrap();
    assert!(said.contains("long thought about"), "{said}");
}

#[test]
fn who_is_here_is_asked_first_and_can_be_said_anew() {
    let (study, disputes) = meeting();
    let mut team = team(&study, disputes, &[], false);
    let mut table = Table::of(&study);
    team.all("<Enter> <Esc>", &mut table);
    assert!(team.seen(80, 24).contains("Who is here?"));
    assert!(!team.seen(80, 24).contains("P2"), "no answer before somebody is here");
    team.all("\"somebody\" <Enter>", &mut table);
    assert!(
        team.seen(80, 24).contains("codes in this study") || team.seen(80, 24).contains("no coder")
    );
    team.all("\"c1\" <Enter> w \"all\" <Enter> 1 s <Enter>", &mut table);
    assert!(table.rows()[0].ends_with("slip c1; c2"), "{:?}", table.rows());
}

#[test]
fn random_hands_can_all_be_taken_back_to_the_beginning() {
    let keys: Vec<Key> =
        parse("1 2 b o 0 l s n N z d c k a w 1 <Enter> <Esc> <Tab> <Up> <Down> x <Space> <BSpace>");
    let mut next = chance(11);
    let (study, disputes) = meeting();
    for _ in 0..hands(300) {
        let mut team = team(&study, disputes.clone(), &["c1"], false);
        let mut table = Table::of(&study);
        for _ in 0..12 {
            let key = keys[next(keys.len())];
            if team.press(key, &mut table) == Some(End::Changed) {
                break;
            }
            team.seen(60, 16);
        }
        let view = themata::desk::Desk::view(&team.desk);
        assert_eq!(view.settled + view.open, table.file.settled(&study).len());
        team.all("<Esc> <Esc> <Esc> <Esc> <Esc>", &mut table);
        for _ in 0..13 {
            team.all("z", &mut table);
        }
        assert_eq!(table.file.settled(&study), [""; 0]);
    }
}

#[test]
fn the_codebook_is_changed_out_of_the_meeting_which_goes_on_where_it_stood() {
    let study = sealed();
    let mut present = ask();
    present.present = coders(&["c1", "c2"]);
    let mut session = ResolveSession::begin(&study.open(), present).unwrap();
    let opened = study.open();
    let before = opened.study.version_in_force().id.clone();
    let keys = |session: &mut ResolveSession, keys: &str| {
        let opened = study.open();
        let (desk, mut keeper) = session.sit();
        let face = MeetingFace::new(&opened.study, Meeting::default(), Language::English, false);
        let mut team = Team::at(face, desk.hiding_names());
        let end = team.all(keys, &mut keeper);
        (end, team.desk.standing(), team.desk.summary(), team.seen(80, 24))
    };
    // To the second discrepancy; there the dimension is told in more words.
    let (end, standing, done, _) = keys(&mut session, "s c 2 1 \"How people talk.\" <Enter> 3");
    assert_eq!(end, Some(End::Changed));
    assert!(
        study.read("codebook.yaml").contains("How people talk."),
        "{}",
        study.read("codebook.yaml")
    );
    assert!(study.read("events.csv").contains("set"), "{}", study.read("events.csv"));
    session.remember(standing, done);
    let mut session = session.again().unwrap();
    let (_, _, _, seen) = keys(&mut session, "");
    assert!(
        seen.contains("kept with this settlement: tone definition: How people talk."),
        "{seen}"
    );
    let (end, ..) = keys(&mut session, "1 d \"now it is plain\" <Enter>");
    assert_eq!(end, None);
    let file = study.read("consensus.csv");
    let row = file.lines().last().unwrap();
    assert!(
        row.contains("A:2,tone,") && row.contains("tone definition: How people talk."),
        "{row}"
    );
    let after = study.open().study.version_in_force().id.clone();
    assert!(after != before && row.ends_with(&after), "{row}");
    // What says the same is refused, and the meeting goes on.
    let (end, _, _, seen) = keys(&mut session, "N c <Esc> s c 2 1 <Tab> <Enter> 1");
    assert_eq!(end, None, "{seen}");
    assert!(!seen.contains("NOT SAVED"), "{seen}");
}

#[test]
fn agreement_is_that_of_before_and_the_same_after_the_meeting() {
    let study = sealed();
    let before = ResolveSession::begin(&study.open(), ask()).unwrap().agreement().unwrap();
    let told: Vec<String> = before
        .iter()
        .map(|it| format!("{} {:.3} {:.3}", it.n, it.agreed.unwrap(), it.alpha.unwrap()))
        .collect();
    let agree = study.run("agree --format csv");
    let figure = |name: &str, measure: &str| {
        let row = agree.lines().find(|it| it.contains(&format!(",{name},{measure},"))).unwrap();
        row.split(',').nth(3).unwrap().parse::<f64>().unwrap()
    };
    let alike = |one: Option<f64>, other: f64| (one.unwrap() - other).abs() < 1e-9;
    assert!(alike(before[1].alpha, figure("tone", "krippendorff_alpha")), "{told:?}\n{agree}");
    assert!(
        alike(before[0].alpha, figure("leadership", "krippendorff_alpha_masi")),
        "{told:?}\n{agree}"
    );
    study.typed("resolve --present c1,c2", "1\nslip\n\n2\nslip\n\n1\nslip\n\n");
    let after = ResolveSession::begin(&study.open(), ask()).unwrap().agreement().unwrap();
    assert_eq!(after, before);
    let settings = study.read("themata.yaml");
    let lines = settings.lines().filter(|line| !line.starts_with("agreement:"));
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    study.write("themata.yaml", &format!("{lines}agreement: no\n"));
    assert_eq!(ResolveSession::begin(&study.open(), ask()).unwrap().agreement().unwrap(), []);
}

#[test]
fn a_second_meeting_only_looks_and_says_since_when_the_first_is_at_it() {
    let study = sealed();
    assert!(ResolveLook::begin(study.open(), ask()).unwrap().is_err(), "nobody settles");
    let _first = ResolveSession::begin(&study.open(), ask()).unwrap();
    let look = ResolveLook::begin(study.open(), ask()).unwrap().unwrap_or_else(|_| panic!());
    let face = MeetingFace::new(&look.opened().study, Meeting::default(), Language::English, false);
    let mut team = Team::at(face.looking_only("another settles".to_owned()), look.sit());
    team.all("1 s <Enter> z", &mut Changed);
    assert!(team.seen(80, 24).contains("another settles"), "{}", team.seen(80, 24));
    assert!(!study.path("consensus.csv").exists() || rows(&study.read("consensus.csv")).len() <= 1);
}

#[test]
fn leaving_says_what_was_settled_and_asks_for_the_minutes() {
    let study = sealed();
    let seen = study
        .typed("resolve --present c1,c2", "1\nslip\n\nk say more\n2\nomission\nheard again\nq\n");
    let end: Vec<&str> = seen.lines().rev().take(6).collect();
    let end: Vec<&str> = end.into_iter().rev().collect();
    expect![[r#"
        Settled 2, left open 0, still to do 1.
        In this meeting: 2 discrepancies (one of the answers 2, both 0, another 0, left open 0).
        Why the coders had differed: slip 1 · omission 1.
        For the codebook (1): say more
        Minutes of it: themata log --meeting 2026-03-01
        [exit 0]"#]]
    .assert_eq(&end.join("\n"));
}
