//! Promise 9: two clones of a study that both went on merge with git's union driver to one and the same
//! state, whichever way they merge.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use themata::domain::answer::{Answer, DimensionIndex};
use themata::domain::consensus::{NewSettlement, Outcome, Reason};
use themata::domain::event::Purpose;
use themata::domain::log::{NewDecision, RoundIndex, UnitIndex, Via};
use themata::domain::record::MemoKind;
use themata::store::{self, Coding, FixedClock, Folder, NewStudy, Opened};

use crate::desk;

/// Runs git in a folder, without the configuration of whoever runs the test.
pub(crate) fn git(folder: &Path, arguments: &str) -> bool {
    let output = Command::new("git")
        .args(["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments.split(' '))
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", folder.join("no-such-file"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    let Ok(output) = output else { return false };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "git {arguments}: {said}");
    true
}

/// A copy of the study in which somebody works.
struct Clone<'a> {
    root: &'a Path,
    minute: u32,
}

impl Clone<'_> {
    fn folder(&self) -> Folder {
        let at = format!("2026-03-01T10:{:02}:00Z", self.minute).parse().unwrap();
        Folder::at(self.root).with_clock(Arc::new(FixedClock(at)))
    }

    fn open(&self) -> Opened {
        let survey = store::survey(&self.folder()).unwrap();
        assert!(survey.problems.is_empty(), "{:?}", survey.problems);
        survey.opened.unwrap()
    }

    /// Decides `leadership` on units, by their place among those that are coded.
    fn code(&self, coder: &str, decisions: &[(usize, &str)]) {
        let opened = self.open();
        let units = desk::talk(&opened.study);
        let (mut writer, _) = opened.begin(Coding::of(&coder.parse().unwrap())).unwrap();
        for (nth, code) in decisions {
            let decision = NewDecision {
                unit: units[*nth],
                dimension: DimensionIndex(0),
                answer: Answer::Codes(vec![code.parse().unwrap()]),
                unsure: false,
                rest: false,
                memo: None,
                undoes: None,
                codebook: None,
            };
            writer.append(&[decision], Via::Lines).unwrap();
        }
    }

    fn settle(&self, nth: usize, outcome: Outcome, rationale: &str) {
        let opened = self.open();
        let unit: UnitIndex = desk::talk(&opened.study)[nth];
        let settled = NewSettlement {
            unit,
            dimension: DimensionIndex(0),
            answer: Answer::Codes(vec!["chair".parse().unwrap()]),
            outcome: Some(outcome),
            reason: Some(Reason::Slip),
            rationale: rationale.to_owned(),
            present: vec!["c1".parse().unwrap()],
            codebook_change: String::new(),
            undoes: None,
            codebook: None,
        };
        opened.begin(store::Settling).unwrap().0.append(RoundIndex(0), &settled).unwrap();
    }

    fn note(&self, coder: &str, text: &str) {
        let mut writer =
            store::MemoWriter::open(&self.open(), &coder.parse().unwrap(), "").unwrap();
        writer.append("A:2", MemoKind::Note, text).unwrap();
    }

    fn commit(&self) {
        git(self.root, "add -A");
        git(self.root, "commit -q -m more");
    }
}

/// Everything a study says, in the order in which it says it.
fn state(clone: &Clone<'_>) -> String {
    let opened = clone.open();
    let mut text = String::new();
    for coder in &opened.study.settings.coders {
        let (id, log) = (&coder.id, opened.own_log(&coder.id).unwrap());
        for row in &log.rows {
            writeln!(text, "{id} {}", String::from_utf8_lossy(log.bytes(row))).unwrap();
        }
        let coding = opened.own(id, None).unwrap();
        let told = desk::told(&opened.study, &opened.study.answers, &coding);
        let conflicts = opened.self_conflicts(id).unwrap();
        writeln!(text, "{id} {told:?} {conflicts:?}").unwrap();
        let late = &opened.seal_state(id).late;
        writeln!(text, "{:?} {late:?} {:?}", opened.memos(id).unwrap(), opened.notes).unwrap();
    }
    let standing = themata::domain::consensus::in_force(&opened.settlements);
    writeln!(text, "{:?}\n{standing:?}", opened.settlements).unwrap();
    let events: Vec<_> =
        opened.events.iter().map(|it| (it.seq, it.at, &it.who, &it.what)).collect();
    writeln!(text, "{:?}\n{events:?}\n{:?}", opened.study.rounds, opened.seals).unwrap();
    text
}

/// Two clones go on, each in its way, and are merged both ways; returns the state they come to.
fn merged(
    before: impl Fn(&Clone<'_>),
    here: impl Fn(&Clone<'_>),
    there: impl Fn(&Clone<'_>),
) -> Option<String> {
    let place = tempfile::tempdir().unwrap();
    if !git(place.path(), "init -q -b main here") {
        eprintln!("skipped: git is not installed");
        return None;
    }
    let roots = ["here", "there"].map(|name| place.path().join(name));
    let study = desk::on_disk();
    let [one, other] = [Clone { root: &roots[0], minute: 1 }, Clone { root: &roots[1], minute: 2 }];
    // What `init` writes, then the units of a study that is already there.
    let settings = desk::study(&[desk::CODEBOOK]).settings;
    let codebook = desk::CODEBOOK.as_bytes().to_vec();
    one.folder().create(&NewStudy { settings, codebook, readme: String::new() }).unwrap();
    for file in ["cases.csv", "transcripts.csv"] {
        std::fs::copy(study.path().join(file), one.root.join(file)).unwrap();
    }
    for folder in ["transcripts", "units"] {
        for file in std::fs::read_dir(study.path().join(folder)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), one.root.join(folder).join(file.file_name())).unwrap();
        }
    }
    before(&one);
    one.commit();
    git(place.path(), "clone -q here there");
    here(&one);
    one.commit();
    there(&other);
    other.commit();
    git(one.root, "fetch -q ../there main:theirs");
    git(other.root, "fetch -q ../here main:theirs");
    git(one.root, "merge -q --no-edit theirs");
    git(other.root, "merge -q --no-edit theirs");
    let (state_here, state_there) = (state(&one), state(&other));
    assert_eq!(state_here, state_there);
    Some(state_here)
}

#[test]
fn one_coder_on_two_computers_comes_to_one_state_and_differing_answers_are_undecided() {
    let Some(state) = merged(
        |common| common.code("c1", &[(0, "horizontal")]),
        |here| {
            here.code("c1", &[(1, "horizontal"), (2, "chair")]);
            here.note("c1", "from here");
        },
        |there| {
            there.code("c1", &[(1, "rotating"), (2, "chair"), (3, "horizontal")]);
            there.note("c1", "from there");
        },
    ) else {
        return;
    };
    let told =
        r#"c1 ["A:2 leadership horizontal", "A:5 leadership chair", "B:1 leadership horizontal"]"#;
    assert!(state.contains(told), "{state}");
    assert!(state.contains("SelfConflict"), "{state}");
    assert!(state.contains("from here") && state.contains("from there"), "{state}");
}

#[test]
fn a_log_that_is_new_in_both_clones_is_joined() {
    let Some(state) = merged(
        |_| {},
        |here| here.code("c1", &[(0, "horizontal"), (1, "chair")]),
        |there| there.code("c1", &[(2, "rotating")]),
    ) else {
        return;
    };
    let told = r#"c1 ["A:2 leadership horizontal", "A:3-4 leadership chair", "A:5 leadership rotating"] []"#;
    assert!(state.contains(told), "{state}");
}

#[test]
fn two_coders_in_two_clones_come_to_one_state() {
    let Some(state) = merged(
        |common| common.code("c1", &[(0, "horizontal")]),
        |here| here.code("c1", &[(0, "chair"), (1, "chair")]),
        |there| there.code("c2", &[(0, "rotating"), (1, "chair")]),
    ) else {
        return;
    };
    assert!(
        state.contains(r#"c1 ["A:2 leadership chair", "A:3-4 leadership chair"] []"#),
        "{state}"
    );
    assert!(
        state.contains(r#"c2 ["A:2 leadership rotating", "A:3-4 leadership chair"] []"#),
        "{state}"
    );
}

#[test]
fn settlements_rounds_and_seals_made_in_two_clones_come_to_one_state() {
    let merged = merged(
        |common| {
            common.code("c1", &[(0, "horizontal"), (1, "horizontal")]);
            common.code("c2", &[(0, "chair"), (1, "rotating")]);
        },
        |here| {
            here.settle(0, Outcome::First, "settled here");
            here.settle(1, Outcome::Second, "settled here");
            desk::seal(here.root, "c1");
            here.open().new_round(&"pilot".parse().unwrap(), Purpose::Code).unwrap();
        },
        |there| {
            there.settle(0, Outcome::Second, "settled there");
            there.code("c1", &[(2, "chair")]);
            desk::seal(there.root, "c2");
            there.open().new_round(&"recode".parse().unwrap(), Purpose::Code).unwrap();
        },
    );
    let Some(state) = merged else { return };
    assert!(state.contains("settled here") && state.contains("settled there"), "{state}");
    assert!(state.contains(r#"RoundId("main"), RoundId("pilot"), RoundId("recode")"#), "{state}");
    // What c1 coded in the other clone was not there when she sealed in this one.
    assert!(state.contains(r#"{"coding/c1.csv": 1}"#), "{state}");
}
