//! Two computers go on with one study, and their files come together again: by git, or as Dropbox and Syncthing leave them.
//! No way of joining, and no order, changes what any command says.

use std::fs;
use std::path::Path;

use crate::git_merge::git;
use crate::support::TestStudy;

/// Both have coded and sealed, and differ in three places.
fn common() -> TestStudy {
    let study = TestStudy::new()
        .coded("c1", &["A:2 leadership chair", "A:5 leadership chair", "B:1 tone warm"])
        .coded("c2", &["A:2 leadership horizontal", "A:5 tone cold", "B:1 tone warm"])
        .rest_none("c1")
        .rest_none("c2");
    let study = study.sealed("c1").sealed("c2");
    study.write("guide.csv", "topic,question,text\nstart,q1,How did it begin?\nend,q2,And now?\n");
    study
}

/// What is done on one computer: every file to which rows are appended gets some.
fn here(study: &TestStudy) {
    study.at("2026-03-02T10:00:00Z");
    study.typed("resolve --lines --present c1,c2", "1\n1\nhere\n1\n1\nhere\nq\n");
    for line in [
        "round new pilot --purpose pilot",
        "memo --coder c1 'noted here'",
        "memo --coder c2 --on A:2 'by the other, here'",
        "codebook propose warmth --dimension tone --coder c1",
        "units join A:2 --reason 'one idea'",
        "guide set A:1 q2",
        "coder add c3",
    ] {
        let seen = study.run(line);
        assert!(seen.ends_with("[exit 0]\n"), "{line}: {seen}");
    }
    study.typed("code --coder c1 --lines", "1\n1\nq\n");
    let seen = study.run("seal --coder c1 --case A --again 'a new unit' --incomplete x");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
}

/// What is done on the other meanwhile, by a clock that is a year behind.
fn there(study: &TestStudy, codes: &str) {
    study.at("2025-03-02T10:00:00Z");
    for line in [
        "round new recode",
        "memo --coder c1 'noted there'",
        "codebook propose coldness --dimension tone --coder c1",
        "codebook propose chill --dimension tone --coder c2",
    ] {
        let seen = study.run(line);
        assert!(seen.ends_with("[exit 0]\n"), "{line}: {seen}");
    }
    study.typed("resolve --lines --present c1,c2", &format!("2\n1\nthere\n{codes}\n1\nthere\nq\n"));
}

/// What every command says of a study.
fn told(study: &TestStudy) -> Vec<String> {
    study.at("2026-04-01T10:00:00Z");
    [
        "matrix --format csv",
        "matrix --from any --rows case --columns code --format csv",
        "agree --round main --format csv",
        "discrepancies --format csv",
        "export --format csv",
        "matrix --from consensus --columns code --format csv",
        "quotes --format csv",
        "memo list --coder c1 --format csv",
        "memo list --coder c2 --format csv",
        "round --format csv",
        "codebook adopt --list --format csv",
        "guide check --format csv",
        "units show --format csv",
        "log --format csv",
        "coder --format csv",
        "status",
        "status --coder c1",
    ]
    .iter()
    .map(|line| format!("{line}\n{}", study.run(line)))
    .collect()
}

/// Every file of a study, by its path from the folder.
fn files(root: &Path, under: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(under)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if under.is_empty() { name } else { format!("{under}/{name}") };
        if path.ends_with(".lock") || path == ".git" {
            continue;
        }
        match entry.file_type().unwrap().is_dir() {
            true => found.extend(files(root, &path)),
            false => found.push(path),
        }
    }
    found.sort();
    found
}

/// Whether rows are only ever appended to a file.
fn grows(file: &str) -> bool {
    ["coding/", "memos/", "proposals/", "seals/"].iter().any(|it| file.starts_with(it))
        || ["seals.csv", "consensus.csv", "events.csv", "moves.csv"].contains(&file)
}

/// Brings to a study what another one holds, as programs that share folders do: what is there alone is taken over, a file
/// that both changed is left beside the other under the name that `copy` gives it.
fn shared(mine: &TestStudy, theirs: &TestStudy, before: &TestStudy, copy: impl Fn(&str) -> String) {
    for file in files(&theirs.path(""), "") {
        let (own, other) = (fs::read(mine.path(&file)).ok(), fs::read(theirs.path(&file)).unwrap());
        let old = fs::read(before.path(&file)).ok();
        if own.as_ref() == Some(&other) || old.as_ref() == Some(&other) {
            continue;
        }
        let target = match own {
            Some(own) if Some(&own) != old.as_ref() && grows(&file) => copy(&file),
            Some(own) if Some(&own) != old.as_ref() => panic!("both changed {file}"),
            _ => file.clone(),
        };
        let path = mine.path(&target);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, other).unwrap();
    }
}

/// How a program names the second version of a file.
type Naming<'a> = &'a dyn Fn(&str) -> String;

/// Everything that two computers come to, by every way of joining and from both sides.
fn joined(codes: &str) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    let before = common();
    let apart = || {
        let (one, other) =
            (TestStudy::copy_of(&before.path("")), TestStudy::copy_of(&before.path("")));
        here(&one);
        there(&other, codes);
        (one, other)
    };
    let syncthing = |file: &str| file.replace(".csv", ".sync-conflict-20260301-100000-ABCDEFG.csv");
    let dropbox = |file: &str| file.replace(".csv", " (Ana's conflicted copy 2026-03-01).csv");
    let ways: [(&str, Naming<'_>); 2] = [("Syncthing", &syncthing), ("Dropbox", &dropbox)];
    for (way, copy) in ways {
        let (one, other) = apart();
        let untouched = TestStudy::copy_of(&one.path(""));
        shared(&one, &other, &before, copy);
        shared(&other, &untouched, &before, copy);
        all.push((format!("{way}, here"), told(&one)));
        all.push((format!("{way}, there"), told(&other)));
    }
    let (one, other) = apart();
    let place = before.path("");
    if !git(&place, "init -q -b main") {
        eprintln!("git is not installed: without it");
        return all;
    }
    git(&place, "add -A");
    git(&place, "commit -q -m before");
    let clones = [one, other].map(|study| {
        let (root, work) = (study.path(""), TestStudy::copy_of(&study.path("")));
        fs::remove_dir_all(&root).unwrap();
        git(&place, &format!("clone -q . {}", root.display()));
        for file in files(&work.path(""), "") {
            fs::create_dir_all(study.path(&file).parent().unwrap()).unwrap();
            fs::copy(work.path(&file), study.path(&file)).unwrap();
        }
        git(&root, "add -A");
        git(&root, "commit -q -m more");
        study
    });
    let [one, other] = &clones;
    for (mine, theirs) in [(one, other), (other, one)] {
        git(&mine.path(""), &format!("fetch -q {} main:theirs", theirs.path("").display()));
    }
    for (study, name) in [(one, "here"), (other, "there")] {
        git(&study.path(""), "merge -q --no-edit theirs");
        all.push((format!("git, {name}"), told(study)));
    }
    all
}

fn is_one_state(all: &[(String, Vec<String>)]) -> &[String] {
    let (first, rest) = all.split_first().unwrap();
    for (way, told) in rest {
        for (one, other) in first.1.iter().zip(told) {
            assert_eq!(one, other, "{} and {way}", first.0);
        }
    }
    &first.1
}

#[test]
fn no_way_of_joining_and_no_order_changes_a_result() {
    let all = joined("1");
    let told = is_one_state(&all).join("\n");
    for part in ["noted here", "noted there", "by the other, here", "pilot", "recode", "A:2-4"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("[exit 3]"), "{told}");
}

#[test]
fn what_two_meetings_settled_differently_is_open_until_it_is_settled_again() {
    let all = joined("2");
    let told = is_one_state(&all);
    for (said, status) in told.iter().zip([3, 3, 3, 3, 3, 3, 3, 0, 0, 0]) {
        assert!(said.ends_with(&format!("[exit {status}]\n")), "{said}");
    }
}

#[test]
fn a_settlement_a_cut_and_a_topic_that_two_rows_of_one_seq_answer_differently_are_open() {
    // Settlements.
    let study = common();
    let other = TestStudy::copy_of(&study.path(""));
    study.typed("resolve --lines --present c1,c2", "1\n1\nhere\nq\n");
    other.typed("resolve --lines --present c1,c2", "2\n1\nthere\nq\n");
    study.write("consensus (conflicted copy).csv", &other.read("consensus.csv"));
    let check = study.run("check");
    let what = "consensus.csv: two meetings settled A:2 in leadership differently at the same time";
    assert!(check.contains(what) && check.ends_with("[exit 1]\n"), "{check}");
    for line in ["matrix", "agree", "discrepancies", "quotes"] {
        let seen = study.run(line);
        assert!(seen.contains(what) && seen.ends_with("[exit 3]\n"), "{line}: {seen}");
    }
    let seen = study.typed("resolve --lines --present c1,c2", "2\n1\nboth here\nq\n");
    assert!(seen.contains("saved A:2 leadership second horizontal"), "{seen}");
    assert!(study.run("check").ends_with("0 problems\n[exit 0]\n"));
    let seen = study.run("matrix --from consensus --columns code --long --format csv");
    assert!(seen.contains("A,horizontal,1,A:2"), "{seen}");
    // Topics.
    let study = common();
    let other = TestStudy::copy_of(&study.path(""));
    study.run("guide set A:1 q1");
    other.run("guide set A:1 q2");
    study.write("events.sync-conflict-20260301-100000-ABC.csv", &other.read("events.csv"));
    let check = study.run("check");
    let what = "events.csv: the turn A:1 was given different questions of the guide";
    assert!(check.contains(what) && check.ends_with("[exit 1]\n"), "{check}");
    for line in ["matrix --rows topic", "guide apply", "guide check"] {
        assert!(study.run(line).ends_with("[exit 3]\n"), "{line}: {}", study.run(line));
    }
    assert!(study.run("guide set A:1 q2").ends_with("[exit 0]\n"));
    assert!(study.run("matrix --rows topic").ends_with("[exit 0]\n"));
    assert!(study.run("check").ends_with("0 problems\n[exit 0]\n"));
}

#[test]
fn a_copy_of_a_file_that_is_replaced_whole_is_named_and_nothing_rests_on_it() {
    for (file, copy) in [
        ("participants.csv", "participants (Ana's conflicted copy 2026-03-01).csv"),
        ("cases.csv", "cases.sync-conflict-20260301-100000-ABCDEFG.csv"),
        ("transcripts.csv", "transcripts-LAPTOP.csv"),
        ("codebook.yaml", "codebook (conflicted copy).yaml"),
        ("themata.yaml", "themata (1).yaml"),
        ("guide.csv", "guide.csv.orig"),
        ("units/A.csv", "units/A.sync-conflict-20260301-100000-ABCDEFG.csv"),
        ("transcripts/A.txt", "transcripts/A (conflicted copy).txt"),
        ("assignments.csv", "assignments (conflicted copy).csv"),
        ("assignments.csv", "assignments-DESKTOP-AB12CD.csv"),
        ("units/c1/A.csv", "units/c1/A.sync-conflict-20260301-100000-ABCDEFG.csv"),
        ("units/c1/A.csv", "units/c1/A 2.csv"),
    ] {
        let study = common();
        match file {
            "assignments.csv" => study.write(file, "unit,coder,round\nall,c1,all\nall,c2,all\n"),
            "units/c1/A.csv" => study.write(file, &study.read("units/A.csv")),
            _ => &study,
        };
        study.write(copy, &study.read(file));
        let seen = study.run("check");
        let what = format!("{copy}: this is a second version of {file}");
        assert!(seen.contains(&what) && seen.ends_with("[exit 1]\n"), "{copy}: {seen}");
        for line in ["matrix", "agree", "code --coder c1 --lines", "split"] {
            assert!(study.run(line).ends_with("[exit 3]\n"), "{copy}: {line}");
        }
        fs::remove_file(study.path(copy)).unwrap();
        assert!(study.run("matrix").ends_with("[exit 0]\n"), "{copy}");
    }
    // What people keep beside them is theirs.
    let study = common();
    study.write("cases-old.csv", "anything");
    study.write("codebook.v1.yaml", "anything");
    assert!(study.run("check").ends_with("0 problems\n[exit 0]\n"));
}
