//! One study on several computers: what seals cover, late rows, clocks that differ, and the copies that other programs leave.

use std::fs;
use std::path::Path;

use crate::support::TestStudy;

/// Both coders have decided everything; nobody has sealed.
fn coded() -> TestStudy {
    TestStudy::new()
        .coded("c1", &["A:2 leadership chair", "B:1 tone warm"])
        .coded("c2", &["A:2 leadership horizontal", "B:1 tone warm"])
        .rest_none("c1")
        .rest_none("c2")
}

/// The study as it is on another computer.
fn copied(study: &TestStudy) -> TestStudy {
    let copy = TestStudy::new();
    let root = copy.path("");
    fs::remove_dir_all(&root).unwrap();
    copy_folder(&study.path(""), &root);
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = (entry.as_ref().unwrap().path(), entry.unwrap().file_name());
        if path.is_dir() {
            copy_folder(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

fn is_sound(study: &TestStudy) {
    let seen = study.run("check");
    assert!(seen.contains("0 problems\n[exit 0]"), "{seen}");
}

#[test]
fn a_seal_lists_its_units_and_rows_and_a_second_one_never_changes_the_first() {
    let study = coded().sealed("c1");
    let seals = study.read("seals.csv");
    assert!(
        seals.starts_with("at,coder,round,scope,decisions,log_sha256,units_sha256,codebook,seq\n")
    );
    assert!(seals.trim_end().ends_with(",1"), "{seals}");
    let hash = seals.lines().nth(1).unwrap().split(',').nth(5).unwrap();
    let file = format!("seals/{}.csv", &hash[..12]);
    let list = study.read(&file);
    assert!(list.starts_with("unit,row\nA:2,\nA:3-4,\nA:5,\nB:1,\nA:2,"), "{list}");
    assert_eq!(list.lines().count(), 1 + 4 + 8, "{list}");
    study.decide("c1", None, &["A:2 leadership none"]);
    study.run("seal --coder c1 --case A --again 'a slip'");
    assert_eq!(study.read(&file), list);
    assert!(study.read("seals.csv").trim_end().ends_with(",2"));
    is_sound(&study);
}

#[test]
fn a_list_or_a_seal_that_was_changed_is_reported_and_what_it_sealed_is_not_shown() {
    let sealed = || coded().sealed("c1").sealed("c2");
    let first = |study: &TestStudy| {
        let seals = study.read("seals.csv");
        let hash = seals.lines().nth(1).unwrap().split(',').nth(5).unwrap().to_owned();
        format!("seals/{}.csv", &hash[..12])
    };
    let study = sealed();
    let figures = study.run("matrix");
    fs::remove_file(study.path(&first(&study))).unwrap();
    // As long as the hashes prove what it covered, a list that is not here is said and stops nobody.
    let seen = study.run("check");
    assert!(seen.contains(&first(&study)) && seen.contains("0 problems\n[exit 0]"), "{seen}");
    assert!(study.run("matrix").starts_with(figures.trim_end_matches("[exit 0]\n")));
    study.write("units/A.csv", &study.read("units/A.csv").replace("A:5,talk", "A:5,prompt"));
    assert!(study.run("matrix").starts_with(figures.trim_end_matches("[exit 0]\n")), "computed");
    let log = study.read("coding/c1.csv");
    study.write("coding/c1.csv", &log.replacen(",chair,", ",none,", 1));
    let seen = study.run("check");
    assert!(seen.contains(&first(&study)) && seen.contains("[exit 1]"), "{seen}");
    assert!(study.run("agree").contains("[exit 3]"));
    for (from, to) in [("A:3-4,\n", ""), ("A:3-4,\n", "A:3,\n")] {
        let study = sealed();
        let file = first(&study);
        study.write(&file, &study.read(&file).replacen(from, to, 1));
        assert!(study.run("check").contains(&file), "{to}");
        assert!(study.run("matrix").contains("[exit 0]"), "{to}: proved by the hashes");
    }
    for (from, to) in [
        (",c1,main,", ",c1,mian,"),
        (",A; B,8,", ",A; B,7,"),
        (",A; B,8,", ",A; B,eight,"),
        (",A; B,8,", ",,8,"),
        (",1\n", ",one\n"),
        (",2\n", ",\n"),
        (",c2,", ",c9,"),
        (",A; B,", ",A; C,"),
    ] {
        let study = sealed();
        let seals = study.read("seals.csv");
        assert!(seals.contains(from), "{seals}");
        study.write("seals.csv", &seals.replacen(from, to, 1));
        let seen = study.run("check");
        assert!(seen.contains("seals") && seen.contains("[exit 1]"), "{from} {to}: {seen}");
        assert!(study.run("agree").contains("[exit 3]"), "{from} {to}");
    }
}

#[test] // reliability-case 04
fn a_clock_that_runs_ahead_opens_no_unit_to_a_coder_who_has_not_sealed_it() {
    for (first, second) in
        [("10:00:00", "15:00:00"), ("15:00:00", "10:00:00"), ("12:30:00", "12:30:00")]
    {
        let study = coded();
        study.at(&format!("2026-03-02T{first}Z"));
        let study = study.sealed("c1");
        study.at(&format!("2026-03-02T{second}Z"));
        let study = study.sealed("c2");
        study.at("2026-03-02T12:00:00Z");
        let seen = study.run("units join A:2 --reason 'one idea'");
        assert!(seen.contains("[exit 0]"), "{seen}");
        study.at("2026-03-02T12:30:00Z");
        study.typed("code --coder c1 --lines", "1\n1\nq\n");
        study.at("2026-03-02T12:40:00Z");
        let seen = study.run("seal --coder c1 --again y");
        assert!(seen.contains("[exit 0]"), "{seen}");
        let seen = study.run("export --format csv");
        assert!(!seen.contains("A:2-4,"), "{first} {second}: {seen}");
        let seen = study.typed("code --coder c2 --lines", "q\n");
        assert!(seen.contains("A:2-4"), "c2 codes the new unit: {seen}");
        study.typed("code --coder c2 --lines", "1\n1\nq\n");
        study.run("seal --coder c2 --again y");
        let seen = study.run("export --format csv");
        assert!(seen.contains("A:2-4,c1") && seen.contains("A:2-4,c2"), "{first} {second}: {seen}");
        is_sound(&study);
    }
}

#[test] // reliability-case 07
fn rows_of_another_device_that_come_after_the_seal_are_late_whatever_their_time() {
    let study = coded().sealed("c1").sealed("c2");
    let figures = |study: &TestStudy| {
        let seen = study.run("agree --format csv");
        seen.split("--- stderr").next().unwrap().replace("[exit 0]\n", "")
    };
    let agreed = figures(&study);
    let log = study.read("coding/c1.csv");
    let version = log.lines().nth(1).unwrap().rsplit(',').next().unwrap();
    let header = log.lines().next().unwrap();
    for at in ["2020-01-01T10:00:00Z", "2026-03-01T10:00:00Z", "2030-01-01T10:00:00Z"] {
        let row = |seq: u32, codes: &str| {
            format!("{seq},{at},main,A:5,leadership,{codes},,,lines,,{version}\n")
        };
        let text = format!("{header}\n{}{}", row(3, "chair"), row(40, "chair"));
        study.write("coding/c1.desk.csv", &text);
        let seen = study.run("check");
        assert!(seen.contains("coding/c1.desk.csv") && seen.contains("2"), "{at}: {seen}");
        assert!(seen.contains("0 problems\n[exit 0]"), "{at}: {seen}");
        assert_eq!(figures(&study), agreed, "{at}");
        assert!(study.run("agree").contains("2 rows came after their coder's seal"), "{at}");
    }
    study.write("coding/c1.csv", &log.replacen(",chair,", ",none,", 1));
    let seen = study.run("check");
    assert!(seen.contains("missing or changed") && seen.contains("[exit 1]"), "{seen}");
    assert!(study.run("agree").contains("[exit 3]"));
}

#[test] // reliability-case 20
fn copies_that_dropbox_syncthing_and_onedrive_leave_are_read_like_the_files_themselves() {
    for name in
        ["sync-conflict-20260301-100000-ABC", "(Ana's conflicted copy 2026-03-01)", "laptop"]
    {
        let glue = if name.starts_with('(') { " " } else { "." };
        let study = coded();
        let other = copied(&study);
        let study = study.sealed("c1");
        let other = other.sealed("c2");
        study.run("memo --coder c1 'note on one computer'");
        other.run("memo --coder c1 'note on another'");
        study.run("round new pilot");
        other.run("round new recode");
        for file in ["seals.csv", "memos/c1.csv", "events.csv"] {
            let copy = format!("{}{glue}{name}.csv", file.strip_suffix(".csv").unwrap());
            study.write(&copy, &other.read(file));
        }
        copy_folder(&other.path("seals"), &study.path("seals"));
        is_sound(&study);
        assert!(study.run("agree --round main").contains("[exit 0]"), "{name}");
        let seen = study.run("memo list --coder c1 --format csv");
        assert!(seen.contains("on one computer") && seen.contains("on another"), "{name}: {seen}");
        let seen = study.run("round --format csv");
        let (pilot, recode) = (seen.find("pilot"), seen.find("recode"));
        assert!(pilot.is_some() && pilot < recode, "two rounds of one seq stand by id: {seen}");
        // What follows is numbered after all copies.
        study.run("round new third");
        assert!(study.read("events.csv").trim_end().ends_with(",round,,third,,2"));
    }
}

#[test]
fn settlements_in_a_copy_hold_and_both_ways_of_joining_give_one_state() {
    let study = coded().sealed("c1").sealed("c2");
    let other = copied(&study);
    study.typed("resolve --lines --present c1,c2", "1\n1\n\nq\n");
    other.typed("resolve --lines --present c1,c2", "1\n2\nlonger\nq\n");
    let (mine, theirs) = (study.read("consensus.csv"), other.read("consensus.csv"));
    assert_ne!(mine, theirs);
    let copy = "consensus (conflicted copy).csv";
    study.write(copy, &theirs);
    other.write(copy, &mine);
    for command in ["matrix --format csv", "log --format csv", "export --from final --format csv"] {
        assert_eq!(study.run(command), other.run(command), "{command}");
    }
}

#[test]
fn memos_of_a_device_have_a_file_of_their_own() {
    let study = coded();
    study.run("memo --coder c1 'at home'");
    study.run("memo --coder c1 --device desk 'at work'");
    assert!(
        study.read("memos/c1.desk.csv").contains("\n2,"),
        "{}",
        study.read("memos/c1.desk.csv")
    );
    let seen = study.run("memo list --coder c1 --format csv");
    assert!(seen.contains("at home") && seen.contains("at work"), "{seen}");
    assert!(study.run("memo --coder c1 --device a/b x").contains("[exit 2]"));
}
