//! The whole way of a codebook that lives: two coders who code a fifth twice, a trainee, a codebook revised in the middle,
//! a sheet that went out before and comes back after. Every figure is counted again by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::TestStudy;
use crate::workbook_file::filled;

/// Runs a line; it has to go well. What a person sees.
fn fine(study: &TestStudy, line: &str, typed: &str) -> String {
    let seen = study.typed(line, typed);
    assert!(seen.ends_with("[exit 0]\n"), "{line}\n{seen}");
    seen
}

/// Two cases of ten turns, a unit each.
fn study() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], crate::desk::CODEBOOK);
    for (case, one, two) in [("A", "P1", "P2"), ("B", "P3", "P4")] {
        let said: Vec<String> = (1..=10).map(|n| format!("Turn {n} of {case}.")).collect();
        let speaker = |n: usize| if n.is_multiple_of(2) { one } else { two };
        let lines: Vec<(&str, &str)> =
            said.iter().enumerate().map(|(n, text)| (speaker(n), text.as_str())).collect();
        study.import(case, &lines);
    }
    let units: Vec<String> =
        ["A", "B"].iter().flat_map(|case| (1..=10).map(move |n| format!("{case}:{n}"))).collect();
    study.cut(&units.iter().map(String::as_str).collect::<Vec<_>>());
    study
}

/// The units that a coder is asked for, in their order.
fn asked(study: &TestStudy, coder: &str) -> Vec<String> {
    let rows = study.read("assignments.csv");
    let mine = rows.lines().filter_map(|row| row.strip_suffix(&format!(",{coder},main")));
    mine.map(str::to_owned).collect()
}

fn number(unit: &str) -> usize {
    unit[2..].parse().unwrap()
}

/// What somebody finds in a unit: leadership, and the tone as it was called at first.
fn found(coder: &str, unit: &str) -> (&'static str, &'static str) {
    let (n, in_b) = (number(unit), unit.starts_with('B'));
    let leadership = if n.is_multiple_of(3) { "horizontal" } else { "none" };
    let tone = match n % 4 {
        // The second coder hears less warmth in the second group.
        1 | 0 if coder == "c2" && in_b => "cold",
        1 | 0 => "warm",
        2 => "cold",
        _ => "none",
    };
    (leadership, tone)
}

/// What somebody types for units.
fn typed<'a>(coder: &str, units: impl Iterator<Item = &'a String>, cold: &str) -> String {
    let line = |unit: &String| {
        let (leadership, tone) = found(coder, unit);
        format!("{leadership}\n{}\n", tone.replace("cold", cold))
    };
    units.map(line).chain(["q\n".to_owned()]).collect()
}

/// The units that a coder is asked to read again, each left as it is but the first of them, where `first` is typed.
fn reread(study: &TestStudy, coder: &str, first: &str) -> Vec<String> {
    let typed = format!("{first}\n{}", "\n".repeat(30));
    let seen = fine(study, &format!("code --coder {coder} --only changed --lines"), &typed);
    let saved = seen.lines().filter_map(|line| line.strip_prefix("saved "));
    saved.map(|it| it.split(' ').next().unwrap().to_owned()).collect()
}

fn warm(coder: &str, units: &[String]) -> Vec<String> {
    units.iter().filter(|unit| found(coder, unit).1 == "warm").cloned().collect()
}

#[test]
fn two_who_code_a_fifth_twice_a_trainee_and_a_revised_codebook_come_to_a_matrix() {
    let study = study();
    fine(&study, "coder add t1 --kind trainee", "");
    fine(&study, "assign --double 0.2 --coders c1,c2 --seed 7", "");
    let (first, second) = (asked(&study, "c1"), asked(&study, "c2"));
    let both: Vec<String> = first.iter().filter(|it| second.contains(it)).cloned().collect();
    assert_eq!((first.len(), second.len(), both.len()), (12, 12, 4), "{both:?}");

    // The sheet of the second coder goes out; the first one codes a group at the keyboard.
    let sheet = study.path("c2.xlsx");
    fine(&study, &format!("sheet --coder c2 -o '{}'", sheet.display()), "");
    let in_a: Vec<String> = first.iter().filter(|it| it.starts_with('A')).cloned().collect();
    fine(&study, "code --coder c1 --lines", &typed("c1", in_a.iter(), "cold"));

    // The codebook is revised: one code means less, another has another id. Then she codes the other group.
    let then = version(&study);
    fine(&study, "codebook set warm definition 'Kind words to somebody present.' --narrowed", "");
    fine(&study, "codebook rename cold cool", "");
    let now = version(&study);
    let in_b = first.iter().filter(|it| it.starts_with('B'));
    fine(&study, "code --coder c1 --lines", &typed("c1", in_b, "cool"));

    // She reads again what carries the code and was decided before, and nothing else; one of these is not warm after all.
    let next = fine(&study, "status --coder c1", "");
    assert!(next.contains("code --coder c1 --only changed"), "{next}");
    let wanted = warm("c1", &in_a);
    assert!(wanted.len() > 1, "{wanted:?}");
    assert_eq!(reread(&study, "c1", "0"), wanted);
    let not_warm = wanted[0].clone();

    // The sheet comes back with the words of the codebook with which it went out, and counts as decided under that.
    let cells: Vec<(String, &str)> = (2..)
        .zip(&second)
        .flat_map(|(row, unit)| {
            let (leadership, tone) = found("c2", unit);
            [(format!("E{row}"), leadership), (format!("H{row}"), tone)]
        })
        .collect();
    let cells: Vec<(&str, &str)> =
        cells.iter().map(|(cell, text)| (cell.as_str(), *text)).collect();
    let book = filled(&std::fs::read(&sheet).unwrap(), &cells);
    std::fs::write(&sheet, book).unwrap();
    let seen = fine(&study, &format!("receive --coder c2 '{}'", sheet.display()), "");
    assert!(seen.contains("24 new") && seen.contains(&then), "{seen}");
    let log = study.read("coding/c2.csv");
    assert!(log.lines().skip(1).all(|row| row.ends_with(&then)), "{log}");
    assert_eq!(reread(&study, "c2", ""), warm("c2", &second));

    // The trainee codes everything, as the first coder does.
    let all: Vec<String> =
        ["A", "B"].iter().flat_map(|case| (1..=10).map(move |n| format!("{case}:{n}"))).collect();
    fine(&study, "code --coder t1 --lines", &typed("t1", all.iter(), "cool"));
    for coder in ["c1", "c2"] {
        fine(&study, &format!("seal --coder {coder}"), "");
    }

    // Agreement is about the fifth that both coded.
    let line = "agree --level value --measure percent_agreement --format csv";
    let figures = fine(&study, line, "");
    let answer = |coder: &str, unit: &String| match found(coder, unit).1 {
        _ if coder == "c1" && *unit == not_warm => "none",
        tone => tone,
    };
    let differing: BTreeSet<&String> =
        both.iter().filter(|unit| answer("c1", unit) != answer("c2", unit)).collect();
    assert!(!differing.is_empty() && differing.len() < both.len(), "{differing:?}");
    let share = (both.len() - differing.len()) as f64 / both.len() as f64;
    assert!(figures.contains(&format!("value,tone,percent_agreement,{share},")), "{figures}");
    assert!(figures.contains("value,leadership,percent_agreement,1,"), "{figures}");
    assert!(figures.contains(&then) && figures.contains(&now), "both versions: {figures}");
    let listed = fine(&study, "discrepancies --format csv", "");
    let listed: BTreeSet<&str> = listed
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(",tone,"))
        .map(|(unit, _)| unit)
        .collect();
    assert_eq!(listed, differing.iter().map(|it| it.as_str()).collect());

    // They settle as the first coder had it.
    let typed = "1\nslip\n\n".repeat(differing.len()) + "q\n";
    fine(&study, "resolve --lines --present c1,c2", &typed);
    let status = fine(&study, "status", "");
    let n = differing.len();
    assert!(status.contains(&format!("open cases: {n}, of which {n} settled")), "{status}");

    // The matrix counts each unit once: what was settled, agreed on, or decided by the one who was asked.
    let whose = |unit: &String| if first.contains(unit) { "c1" } else { "c2" };
    let mut counts: BTreeMap<(char, &str), usize> = BTreeMap::new();
    for unit in &all {
        let tone = answer(whose(unit), unit);
        let leadership = found(whose(unit), unit).0;
        for code in [tone, leadership] {
            *counts.entry((unit.as_bytes()[0] as char, code)).or_default() += 1;
        }
    }
    let count = |case, code| counts.get(&(case, code)).copied().unwrap_or(0);
    let line = |case| {
        let (horizontal, warm, cold) =
            (count(case, "horizontal"), count(case, "warm"), count(case, "cold"));
        format!("{case},{horizontal},0,0,{warm},{cold}")
    };
    let matrix = fine(&study, "matrix --columns code --format csv", "");
    let wanted =
        format!("case,horizontal,rotating,chair,warm,cool\n{}\n{}\n", line('A'), line('B'));
    assert!(matrix.starts_with(&wanted), "{wanted}\n{matrix}");

    // The trainee hands over as well, and no figure changes; measured she is where she is named.
    let before = [fine(&study, "matrix --columns code", ""), fine(&study, line_of_agree(), "")];
    fine(&study, "seal --coder t1", "");
    let after = [fine(&study, "matrix --columns code", ""), fine(&study, line_of_agree(), "")];
    assert_eq!(before, after);
    let accuracy = fine(&study, "agree --against final --coders t1 --format csv", "");
    assert!(accuracy.contains("t1"), "{accuracy}");
    assert!(fine(&study, "check", "").starts_with("0 problems"));
}

fn line_of_agree() -> &'static str {
    "agree --level all"
}

/// The version in force.
fn version(study: &TestStudy) -> String {
    let status = study.run("status");
    let at = status.find("codebook v-").unwrap() + "codebook ".len();
    status[at..].chars().take(14).collect()
}
