//! New codes over those of a base, after the definitions of Guest, Namey and Chen (2020), A simple method to assess and report
//! thematic saturation in qualitative research, PLOS ONE 15(5), e0232076: base size, run length, new information threshold.
//! The groups are invented; the paper's own table is not at hand.

use std::collections::BTreeSet;

use crate::support::TestStudy;

const CODEBOOK: &str = "
title: Saturation
version: 1
unit: A turn.
dimensions:
  - id: theme
    select: many
    codes: [{id: a}, {id: b}, {id: c}, {id: d}, {id: e}, {id: f}, {id: g}, {id: h}, {id: i}, {id: j}, {id: k}, {id: l}, {id: m}]
";

/// What is said in eight groups. The first four bring 4, 3, 2 and 1 codes, ten together; then 1, 0, 2 and 0.
const GROUPS: [&str; 8] = [
    "a b c d", "a e f g", "b h i a", "j a c",
    // One that is new, and others that are not.
    "k a j", "a b", // Two that are new.
    "l m a", "l b",
];

fn study(groups: usize) -> TestStudy {
    let study = TestStudy::empty("en", &["c1"], CODEBOOK);
    let mut decisions = Vec::new();
    let mut cuts = Vec::new();
    for (at, codes) in GROUPS.iter().take(groups).enumerate() {
        let case = format!("G{}", at + 1);
        let (one, other) = (format!("P{}", 2 * at + 1), format!("P{}", 2 * at + 2));
        study.import(&case, &[(&one, "This and that."), (&other, "And more of it.")]);
        // Said in two units; what is said twice is one code.
        let codes: Vec<&str> = codes.split(' ').collect();
        decisions.push(format!("{case}:1 theme {}", codes.join("; ")));
        decisions.push(format!("{case}:2 theme {}", codes[0]));
        cuts.extend([format!("{case}:1"), format!("{case}:2")]);
    }
    study.cut(&cuts.iter().map(String::as_str).collect::<Vec<_>>());
    study.coded("c1", &decisions.iter().map(String::as_str).collect::<Vec<_>>())
}

fn runs(study: &TestStudy, options: &str) -> Vec<(u64, u64, u64, u64, f64)> {
    let (status, out, err) =
        study.streams(&format!("saturation --orders 0 {options} --format json"));
    assert_eq!(status, 0, "{err}");
    let read: serde_json::Value = serde_json::from_str(&out).unwrap();
    let run = |it: &serde_json::Value| {
        let of = |name: &str| it[name].as_u64().unwrap();
        (
            of("first"),
            of("last"),
            of("new"),
            of("base"),
            (it["share"].as_f64().unwrap() * 1e9).round() / 1e9,
        )
    };
    read["runs"].as_array().unwrap().iter().map(run).collect()
}

#[test]
fn a_run_is_its_new_codes_over_those_of_the_base() {
    let study = study(8);
    let expected = [(5, 6, 1, 10, 0.1), (6, 7, 2, 10, 0.2), (7, 8, 2, 10, 0.2)];
    assert_eq!(runs(&study, ""), expected, "base 4, run 2 unless asked otherwise");
    let expected = [(5, 7, 3, 10, 0.3), (6, 8, 2, 10, 0.2)];
    assert_eq!(runs(&study, "--run 3"), expected);
    let expected = [(6, 7, 2, 11, 0.181_818_182), (7, 8, 2, 11, 0.181_818_182)];
    assert_eq!(runs(&study, "--base 5"), expected);
    let expected = [(8, 8, 0, 13, 0.0)];
    assert_eq!(runs(&study, "--base 7 --run 1"), expected);
}

#[test]
fn six_groups_allow_one_run_and_five_none() {
    assert_eq!(runs(&study(6), ""), [(5, 6, 1, 10, 0.1)]);
    assert_eq!(runs(&study(5), ""), []);
    let said = study(5).run("saturation --orders 0");
    assert!(said.contains('6') && said.contains("[exit 0]"), "{said}");
}

#[test]
fn a_threshold_is_met_from_a_run_on_and_nothing_is_ever_called_saturated() {
    let eight = study(8);
    for (options, met) in [
        ("--threshold 10%", Some("5 to 6")),
        ("--threshold 5%", None),
        ("--base 7 --run 1 --threshold 0", Some("8")),
    ] {
        let said = eight.run(&format!("saturation --orders 0 {options}"));
        let verdicts = ["saturated", "saturation was reached", "saturation is reached"];
        assert!(verdicts.iter().all(|it| !said.contains(it)), "{said}");
        let line = said.lines().find(|it| it.contains('%')).unwrap_or_else(|| panic!("{said}"));
        match met {
            Some(groups) => assert!(line.contains(groups), "{options}: {line}"),
            None => assert!(!line.contains("5 to 6"), "{options}: {line}"),
        }
    }
}

#[test]
fn the_order_is_that_of_the_sessions_and_other_orders_bring_as_many_codes_in_all() {
    let study = study(8);
    let (_, out, _) = study.streams("saturation --orders 200 --seed 3 --format csv");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|it| it == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column =
        |name: &str| -> Vec<f64> { rows.iter().map(|it| it[at(name)].parse().unwrap()).collect() };
    assert_eq!(column("new"), [4.0, 3.0, 2.0, 1.0, 1.0, 0.0, 2.0, 0.0]);
    let all: BTreeSet<&str> = GROUPS.iter().flat_map(|it| it.split(' ')).collect();
    let drawn: f64 = column("new_elsewhere").iter().sum();
    assert!(
        (drawn - all.len() as f64).abs() < 1e-9,
        "every order ends with all {} codes",
        all.len()
    );
}
