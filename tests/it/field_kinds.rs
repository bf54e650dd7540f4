//! Kinds of fault from the field about studies, made at random with the right answer known: names that make one id, files
//! received again, rows that were shuffled, cells that are cut, two people under one id, places that are no whole numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use crate::import_forms::Dice;
use crate::program::{Run, themata};

/// Seeds tried for each kind; fewer where each of them writes studies.
const SEEDS: u64 = 200;
const WRITTEN: u64 = 60;

/// Runs a command that has to succeed.
#[track_caller]
fn fine(folder: &Path, arguments: &[&str]) -> Run {
    let run = themata(folder, arguments);
    assert_eq!(run.status, 0, "{arguments:?}: {}{}", run.out, run.err);
    run
}

/// The rows of a CSV beneath its header, cell by cell.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let row = |it: csv::StringRecord| it.iter().map(str::to_owned).collect();
    reader.records().map(|it| row(it.unwrap())).collect()
}

/// How many turns the talk of a study has.
const TURNS: usize = 8;

/// A study with a codebook of two dimensions and a talk, each turn a unit.
fn study(folder: &Path, name: &str) {
    static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        let (book, talk) = (home.path().join("book.csv"), home.path().join("talk.txt"));
        fs::write(&book, "dimension,code\nTrust,high\nTrust,low\nCost,much\nCost,little\n")
            .unwrap();
        let turns = (0..TURNS)
            .map(|at| format!("P{}: We met {at} times, and nobody had a key.\n", 1 + at % 3));
        fs::write(&talk, turns.collect::<String>()).unwrap();
        let (book, inside) = (book.to_str().unwrap(), home.path().join("s"));
        let place = inside.to_str().unwrap();
        let coders = ["--coder", "c1", "--coder", "c2", "--codebook", book, "-q"];
        fine(home.path(), &[&["init", place][..], &coders[..]].concat());
        fine(&inside, &["import", talk.to_str().unwrap(), "-q"]);
        fine(&inside, &["split", "--by", "turn", "-q"]);
        home
    });
    copy(&made.path().join("s"), &folder.join(name));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|it| (it.path(), it.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Another way in which people write a name.
fn varied(dice: &mut Dice, name: &str) -> String {
    let bare = |it: &str| -> String {
        it.nfd().filter(|it| !unicode_normalization::char::is_combining_mark(*it)).collect()
    };
    match dice.roll(9) {
        0 => bare(name),
        1 => name.replace(' ', "-"),
        2 => name.replace(' ', "_"),
        3 => name.replace(' ', " #"),
        4 => name.nfd().collect(),
        5 => name.to_uppercase(),
        6 => bare(&name.replace(' ', "")),
        7 => format!("{name}!"),
        _ => name.replace("ß", "ss").replace('ø', "o"),
    }
}

#[test]
fn files_whose_names_make_one_id_are_cases_of_their_own() {
    const STEMS: [&str; 12] = [
        "Peña",
        "Grupo 1",
        "Málaga Ñ 2",
        "Straße 4",
        "Çeşme",
        "São João",
        "Zürich 10",
        "transcript",
        "Lódź 3",
        "Bürger:innen",
        "L’Hospitalet",
        "FG № 7",
    ];
    for seed in 0..SEEDS {
        let mut dice = Dice::new(seed * 97 + 5);
        let home = tempfile::tempdir().unwrap();
        let folder = home.path();
        let stem = dice.of(&STEMS).replace(':', "·");
        let mut files = BTreeSet::new();
        if dice.roll(3) == 0 {
            for place in ["norte", "sur", "este"].iter().take(2 + dice.roll(2)) {
                files.insert((folder.join(place), stem.clone()));
            }
        } else {
            files.insert((folder.join("all"), stem.clone()));
            for _ in 0..4 {
                files.insert((folder.join("all"), varied(&mut dice, &stem)));
            }
        }
        let mut paths = Vec::new();
        for (at, (inside, name)) in files.iter().enumerate() {
            fs::create_dir_all(inside).unwrap();
            let path = inside.join(format!("{name}.txt"));
            let said = format!("Moderadora: Number {at}?\nP1: Number {at}.\nP2: Yes.\nP1: So.\n");
            fs::write(&path, said).unwrap();
            paths.push(path.to_str().unwrap().to_owned());
        }
        let mut all = vec!["import", "--preview", "--format", "json"];
        all.extend(paths.iter().map(String::as_str));
        let seen: serde_json::Value = serde_json::from_str(&fine(folder, &all).out).unwrap();
        let of = |key: &str| -> BTreeSet<String> {
            let files = seen["files"].as_array().unwrap().iter();
            files.map(|it| it[key].as_str().unwrap().to_lowercase()).collect()
        };
        let people: BTreeSet<String> = seen["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["participant"].as_str().unwrap().to_lowercase())
            .collect();
        let count = files.len();
        assert_eq!(
            (of("transcript").len(), of("case").len(), people.len()),
            (count, count, 3 * count),
            "{files:?}: {seen}"
        );
        if seed % 20 == 0 {
            are_kept(folder, &files, &paths);
        }
    }
}

/// Imports files and looks whether each is a case that keeps its name.
fn are_kept(folder: &Path, files: &BTreeSet<(std::path::PathBuf, String)>, paths: &[String]) {
    fine(folder, &["init", folder.join("s").to_str().unwrap(), "--coder", "c1", "-q"]);
    let all: Vec<&str> = ["import"].into_iter().chain(paths.iter().map(String::as_str)).collect();
    fine(&folder.join("s"), &all);
    let cases = rows(&fs::read_to_string(folder.join("s/cases.csv")).unwrap());
    assert_eq!(cases.len(), files.len(), "{files:?}: {cases:?}");
    for (inside, name) in files {
        let place = inside.file_name().unwrap().to_str().unwrap();
        let kept = cases.iter().any(|it| {
            it[1] == *name || (it[1].starts_with(name.as_str()) && it[1].contains(place))
        });
        assert!(kept, "{name}: {cases:?}");
    }
}

/// Answers for some units in one dimension, and the file that holds them.
fn answers(dice: &mut Dice, turns: usize) -> (BTreeMap<String, String>, String) {
    let wide = dice.roll(2) == 0;
    let mut file = String::from(if wide { "unit,Trust\n" } else { "unit,dimension,codes\n" });
    let mut all = BTreeMap::new();
    for at in 1..=turns {
        if dice.roll(3) == 0 && !(at == turns && all.is_empty()) {
            continue;
        }
        let (unit, code) = (format!("talk:{at}"), dice.of(&["high", "low", "none"]));
        let row = if wide { format!("{unit},{code}") } else { format!("{unit},Trust,{code}") };
        writeln!(file, "{row}").unwrap();
        all.insert(unit, code.to_owned());
    }
    (all, file)
}

/// What is in force of a coder, as the export says it.
fn in_force(folder: &Path, coder: &str) -> BTreeMap<String, String> {
    let run = fine(folder, &["export", "--coder", coder, "--format", "csv"]);
    rows(&run.out).into_iter().map(|it| (it[0].clone(), it[4].clone())).collect()
}

#[test]
fn what_was_undone_can_be_received_again() {
    for seed in 0..WRITTEN {
        let mut dice = Dice::new(seed * 131 + 11);
        let home = tempfile::tempdir().unwrap();
        let turns = 3 + dice.roll(TURNS - 2);
        study(home.path(), "s");
        let inside = home.path().join("s");
        let (first, file) = answers(&mut dice, turns);
        let path = home.path().join("a.csv");
        fs::write(&path, file).unwrap();
        let receive = || {
            fine(&inside, &["receive", path.to_str().unwrap(), "--coder", "c1"]);
        };
        receive();
        for _ in 0..dice.roll(4) {
            if dice.roll(2) == 0 {
                fine(&inside, &["undo", "--coder", "c1"]);
                assert_eq!(in_force(&inside, "c1"), BTreeMap::new(), "seed {seed}");
            }
            receive();
            assert_eq!(in_force(&inside, "c1"), first, "seed {seed}");
        }
        if dice.roll(2) == 0 {
            fine(&inside, &["undo", "--coder", "c1"]);
            assert_eq!(in_force(&inside, "c1"), BTreeMap::new(), "seed {seed}");
        }
        receive();
        assert_eq!(in_force(&inside, "c1"), first, "seed {seed}");
    }
}

#[test]
fn rows_that_were_shuffled_apart_from_their_units_are_refused() {
    const HEADS: [&str; 5] = ["text", "texto", "Text", "TEXT", "speakers"];
    for seed in 0..SEEDS {
        let mut dice = Dice::new(seed * 61 + 3);
        let home = tempfile::tempdir().unwrap();
        study(home.path(), "s");
        let inside = home.path().join("s");
        let head = dice.of(&HEADS);
        let mut places: Vec<usize> = (0..7).collect();
        let shuffled = dice.roll(2) == 0;
        if shuffled {
            let (one, other) = (dice.roll(7), dice.roll(6));
            // Another person's turn, so that the column of speakers tells, too.
            let other = if other % 3 == one % 3 { (one + 1) % 7 } else { other };
            let other = if other % 3 == one % 3 { (one + 2) % 7 } else { other };
            places.swap(one, other);
        }
        let mark = dice.of(&[",", ";", "\t"]);
        let wide = dice.roll(2) == 0;
        let columns = if wide { "Trust" } else { "dimension{}codes" }.replace("{}", mark);
        let mut file = format!("unit{mark}{head}{mark}{columns}\n");
        for (at, place) in places.iter().enumerate() {
            let beside = if head == "speakers" {
                format!("P{}", 1 + place % 3)
            } else {
                format!("\"We met {place} times, and nobody had a key.\"")
            };
            let answer = if wide { "low".to_owned() } else { format!("Trust{mark}low") };
            writeln!(file, "talk:{}{mark}{beside}{mark}{answer}", at + 1).unwrap();
        }
        let path = home.path().join("back.csv");
        fs::write(&path, &file).unwrap();
        let given = ["receive", path.to_str().unwrap(), "--coder", "c1", "--dry-run"];
        let run = themata(&inside, &given);
        assert_eq!(run.status, if shuffled { 3 } else { 0 }, "{file}{}{}", run.out, run.err);
        assert!(shuffled || run.out.contains("7 new") || run.err.contains("7 new"), "{}", run.err);
    }
}

#[test]
fn quotations_that_no_cell_can_hold_are_counted() {
    for seed in 0..6 {
        let mut dice = Dice::new(seed * 19 + 7);
        let home = tempfile::tempdir().unwrap();
        study(home.path(), "s");
        let inside = home.path().join("s");
        let mut talk = String::new();
        let mut long = 0;
        for at in 0..4 {
            let word = dice.of(&["palabra ", "𝔘𝔫𝔦𝔱 ", "écoute ", "wort "]);
            let units: usize = word.chars().map(char::len_utf16).sum();
            let over = dice.roll(2) == 0;
            // Labels and the signs around a quotation need some room, too.
            let times = if over { 33_000 } else { 31_000 } / units;
            long += usize::from(over);
            writeln!(talk, "P{}: {}", 1 + at % 2, word.repeat(times).trim_end()).unwrap();
        }
        fs::write(home.path().join("long.txt"), talk).unwrap();
        fine(&inside, &["import", home.path().join("long.txt").to_str().unwrap(), "-q"]);
        fine(&inside, &["split", "long", "--by", "paragraph", "-q"]);
        let rows: String = (1..=4).map(|at| format!("long:{at},Trust,high\n")).collect();
        let path = home.path().join("d.csv");
        fs::write(&path, format!("unit,dimension,codes\n{rows}")).unwrap();
        for coder in ["c1", "c2"] {
            fine(&inside, &["receive", path.to_str().unwrap(), "--coder", coder, "-q"]);
            fine(&inside, &["seal", "--coder", coder, "--incomplete", "trial", "-q"]);
        }
        let book = home.path().join("q.xlsx");
        let run = fine(&inside, &["quotes", "--code", "high", "-o", book.to_str().unwrap()]);
        let cut = run.err.lines().find(|it| it.contains("32,767"));
        let count = cut.and_then(|it| it.split(' ').next()?.parse().ok()).unwrap_or(0);
        assert_eq!(count, long, "{}", run.err);
    }
}

#[test]
fn units_by_codes_as_0_and_1() {
    for seed in 0..40 {
        let mut dice = Dice::new(seed * 23 + 9);
        let home = tempfile::tempdir().unwrap();
        study(home.path(), "s");
        let inside = home.path().join("s");
        let (given, file) = answers(&mut dice, 6);
        let path = home.path().join("a.csv");
        fs::write(&path, file).unwrap();
        fine(&inside, &["receive", path.to_str().unwrap(), "--coder", "c1", "-q"]);
        let run = fine(&inside, &["export", "--wide", "codes", "--coder", "c1", "--format", "csv"]);
        let head: Vec<&str> = run.out.lines().next().unwrap().split(',').collect();
        for row in rows(&run.out) {
            let unit = &row[head.iter().position(|it| *it == "unit").unwrap()];
            for code in ["high", "low"] {
                let cell = &row[head.iter().position(|it| *it == code).unwrap()];
                let expected = match given.get(unit).map(String::as_str) {
                    Some(it) => {
                        if it == code {
                            "1"
                        } else {
                            "0"
                        }
                    }
                    None => "",
                };
                assert_eq!(cell, expected, "{unit} {code}: {}", run.out);
            }
        }
    }
}

#[test]
fn two_people_under_one_id_are_told_apart_where_they_contradict_one_another() {
    for seed in 0..WRITTEN {
        let mut dice = Dice::new(seed * 41 + 1);
        let home = tempfile::tempdir().unwrap();
        let mut given = Vec::new();
        for name in ["one", "two"] {
            study(home.path(), name);
            let (all, file) = answers(&mut dice, 5);
            let path = home.path().join(format!("{name}.csv"));
            fs::write(&path, file).unwrap();
            let inside = home.path().join(name);
            fine(&inside, &["receive", path.to_str().unwrap(), "--coder", "c1", "-q"]);
            given.push(all);
        }
        let log = home.path().join("two/coding/c1.csv");
        let before = fs::read(home.path().join("one/coding/c1.csv")).unwrap();
        let run = themata(&home.path().join("one"), &["receive", log.to_str().unwrap()]);
        let differs =
            given[0].iter().any(|(unit, code)| given[1].get(unit).is_some_and(|it| it != code));
        if differs {
            assert_eq!(run.status, 4, "seed {seed}: {}", run.err);
            assert!(run.err.contains("two people need two ids"), "{}", run.err);
            let after = fs::read(home.path().join("one/coding/c1.csv")).unwrap();
            assert!(before == after, "seed {seed}");
        } else {
            let mut all = given[0].clone();
            all.extend(given[1].clone());
            assert_eq!(run.status, 0, "seed {seed}: {}", run.err);
            assert_eq!(in_force(&home.path().join("one"), "c1"), all, "seed {seed}");
        }
    }
}

#[test]
fn places_of_stretches_under_other_words_and_what_is_no_whole_number() {
    const HEADS: [[&str; 4]; 7] = [
        ["coder", "start", "end", "code"],
        ["Annotator", "Begin", "End", "Label"],
        ["codificadora", "inicio", "fin", "código"],
        ["Kodierer", "Beginn", "Ende", "Kategorie"],
        ["annotateur", "début", "fin", "étiquette"],
        ["codificatore", "inizio", "fine", "codice"],
        ["Tier", "Begin Time", "End Time", "Annotation"],
    ];
    for seed in 0..SEEDS {
        let mut dice = Dice::new(seed * 29 + 13);
        let heads = HEADS[dice.roll(HEADS.len())];
        let mark = dice.of(&[";", "\t"]);
        let (wrong, said) = [
            ("", ""),
            ("2.5", "multiply"),
            ("2,25", "multiply"),
            ("00:00:07", "seconds or milliseconds"),
            ("-3", "whole numbers"),
            ("1e3", "whole numbers"),
        ][dice.roll(6)];
        let mut file = heads.join(mark) + "\n";
        for at in 0..6 {
            let from = at * 10 + dice.roll(4);
            let to = from + 3 + dice.roll(4);
            let from =
                if at == 3 && !wrong.is_empty() { wrong.to_owned() } else { from.to_string() };
            writeln!(file, "{}{mark}{from}{mark}{to}{mark}X", ["a", "b"][at % 2]).unwrap();
        }
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("cuts.csv");
        fs::write(&path, &file).unwrap();
        let run = themata(home.path(), &["agree", "--boundaries", path.to_str().unwrap()]);
        let status = if wrong.is_empty() { 0 } else { 3 };
        assert_eq!(run.status, status, "{file}{}", run.err);
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
}
