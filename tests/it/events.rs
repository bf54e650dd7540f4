//! Events: every row is understood, or is a problem that every command names; studies of before open.

use crate::support::TestStudy;

/// A study with an event of many kinds.
fn eventful() -> TestStudy {
    let study = TestStudy::new();
    study.run("units lock");
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    study.run("round new recode");
    let seen = study.run("agree --round recode --unblind why --coder c1 --format csv");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    study.run("units join A:2 --reason 'one idea' --present c1,c2");
    let seen = study.run("check");
    assert!(seen.starts_with("0 problems"), "{seen}");
    study
}

/// `check` names this place and answers 1; another command names it too, answers 3, and changes nothing.
fn is_reported(study: &TestStudy, place: &str, told: &str) {
    let seen = study.run("check");
    assert!(seen.contains(place) && seen.contains("[exit 1]"), "{told}: {seen}");
    let before = study.read("events.csv");
    for command in ["status", "split --by turn", "matrix", "round new another"] {
        let seen = study.run(command);
        assert!(seen.contains(place) && seen.contains("[exit 3]"), "{told}: {command}: {seen}");
    }
    assert_eq!(study.read("events.csv"), before, "{told}");
}

#[test]
fn a_damaged_row_of_events_is_named_with_its_place_and_no_command_goes_on() {
    for (line, from, to, column) in [
        (2, ",lock,", ",lokc,", "event"),
        (2, ",A ", ",A;", "about"),
        (2, ",A ", ",A9 ", "about"),
        (4, ",recode,", ",re code,", "about"),
        (5, ",A; B ", ",A; B9 ", "about"),
        (5, "; c2 8/8", "; c2 8", "about"),
        (5, ",unblind,c1", ",unblind,c9", "who"),
        (6, ",A:2; A:3-4,", ",A:2; A:3-400,", "about"),
        (6, ",one idea,5", ",one idea,five", "seq"),
        (6, ",one idea,5", ",one idea,", "seq"),
        (2, "2026-", "2O26-", "at"),
    ] {
        let study = eventful();
        let events = study.read("events.csv");
        let lines: Vec<&str> = events.lines().collect();
        let damaged = lines[line - 1].replacen(from, to, 1);
        assert_ne!(damaged, lines[line - 1], "{events}");
        study.write("events.csv", &events.replacen(lines[line - 1], &damaged, 1));
        is_reported(&study, &format!("events.csv:{line}:{column}"), &damaged);
    }
}

#[test]
fn a_damaged_row_of_moves_is_named_with_its_place() {
    for (from, to, column) in [
        (",A:2,A:2-4,", ",A:2,A:2-40,", "new"),
        (",A:2,A:2-4,", ",A9:2,A:2-4,", "old"),
        (",A:2,A:2-4,", ",,A:2-4,", "how"),
        ("join,1", "jion,1", "how"),
        ("join,2", "join,two", "seq"),
    ] {
        let study = eventful();
        let moves = study.read("moves.csv");
        assert!(moves.contains(from), "{moves}");
        study.write("moves.csv", &moves.replacen(from, to, 1));
        let seen = study.run("check");
        assert!(
            seen.contains("moves.csv:") && seen.contains(&format!(":{column}:")),
            "{to}: {seen}"
        );
        assert!(study.run("status").contains("[exit 3]"), "{to}");
    }
}

#[test]
fn an_event_of_a_newer_program_is_refused_untouched_and_says_so() {
    let study = eventful();
    let events = study.read("events.csv") + "2026-03-02T10:00:00Z,hologram,c1,A,,7\n";
    study.write("events.csv", &events);
    is_reported(&study, "events.csv:8:event", "hologram");
    let seen = study.run("status");
    assert!(seen.contains("newer version"), "{seen}");
}

#[test]
fn a_study_of_before_opens_and_its_files_grow_a_column_when_they_are_written() {
    let study = eventful();
    let whole = study.read("events.csv");
    let cut = |text: &str| {
        let lines = text.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n");
        lines.collect::<String>()
    };
    study.write("events.csv", &cut(&whole));
    study.write("moves.csv", &cut(&study.read("moves.csv")));
    let seen = study.run("check");
    assert!(seen.starts_with("0 problems"), "{seen}");
    study.run("round new third");
    let events = study.read("events.csv");
    assert!(events.starts_with("at,event,who,about,reason,seq\n"), "{events}");
    assert!(events.ends_with(",round,,third,,1\n"), "{events}");
    assert_eq!(events.lines().count(), whole.lines().count() + 1);
    assert!(events.contains(cut(&whole).split_once('\n').unwrap().1), "rows stay as they are");
    let seen = study.run("check");
    assert!(seen.starts_with("0 problems"), "{seen}");
    let seen = study.run("round --format csv");
    assert!(seen.contains("recode,2026") && seen.contains("third,2026"), "{seen}");
}

#[test]
fn a_row_of_before_that_names_what_is_gone_stops_nothing_and_is_listed_by_check() {
    let study = TestStudy::new();
    study.write(
        "events.csv",
        "at,event,who,about,reason\n2026-03-01T10:00:00Z,topic,,C:1 none #1,x\n",
    );
    assert!(study.run("status").contains("[exit 0]"));
    let seen = study.run("check");
    assert!(seen.contains("events.csv:2:about") && seen.contains("[exit 1]"), "{seen}");
    study.write(
        "events.csv",
        "at,event,who,about,reason,seq\n2026-03-01T10:00:00Z,topic,,C:1 none,x,1\n",
    );
    assert!(study.run("status").contains("[exit 3]"));
}

#[test]
fn what_is_taken_out_of_a_study_may_still_be_named() {
    let study = TestStudy::new();
    study.run("units lock");
    study.run("matrix --unblind 'to train' --coder c1");
    let seen = study.run("remove B");
    assert!(seen.contains("[exit 0]"), "{seen}");
    assert!(study.read("events.csv").contains(",remove,,B; B,,"), "{}", study.read("events.csv"));
    let seen = study.run("check");
    assert!(seen.starts_with("0 problems"), "{seen}");
}
