//! What `agree` can be asked beyond its defaults: parts, categories, resampling, a coder against herself.

use expect_test::expect;
use themata::analysis::agreement::{Definitions, Options, by_codebook, by_participant};
use themata::analysis::scope::Scope;
use themata::analysis::study_codings::Choice;
use themata::domain::localized::Localized;
use themata::stats::Measure;

use crate::desk::CODEBOOK;
use crate::program::themata;
use crate::small::SmallStudy;
use crate::support::TestStudy;

/// Runs `agree FILE …` on these codings.
fn agree(csv: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codings.csv");
    std::fs::write(&file, csv).unwrap();
    let all: Vec<&str> =
        ["agree", file.to_str().unwrap()].into_iter().chain(arguments.iter().copied()).collect();
    let run = themata(folder.path(), &all);
    // What was assumed of the file has tests of its own.
    let err = if run.status == 0 { "" } else { run.err.as_str() };
    format!("{}{err}[exit {}]\n", run.out, run.status)
}

/// Two coders, twelve cases of five units each; every seventh answer differs.
fn twelve_cases() -> String {
    let mut csv = "unit,case,ann,bo\n".to_owned();
    for unit in 0..60 {
        let answer = ["a", "b", "c"][unit % 3];
        let other = if unit % 7 == 0 { "c" } else { answer };
        csv.push_str(&format!("{unit},K{},{answer},{other}\n", unit / 5));
    }
    csv
}

#[test]
fn an_interval_by_resampling_says_how_it_was_made_and_comes_out_the_same_each_time() {
    let asked = ["--measure", "all", "--bootstrap", "500", "--seed", "7", "--format", "csv"];
    let once = agree(&twelve_cases(), &asked);
    assert_eq!(once, agree(&twelve_cases(), &asked));
    let alpha: Vec<&str> = once.lines().filter(|it| it.contains("krippendorff_alpha,")).collect();
    expect![[
        r#"value,*,krippendorff_alpha,0.8504085480829666,,0.05579378415063152,0.72683353188961,0.9497540757871641,"bootstrap units, 500 resamples, seed 7",60,,,,"#
    ]]
    .assert_eq(&alpha.join("\n"));
    // Light's kappa has no standard error of its own; resampling gives it one.
    assert!(once.contains("light_kappa,0.85"), "{once}");
    assert!(!once.lines().any(|it| it.contains("light_kappa") && it.contains("none")), "{once}");
    let other =
        agree(&twelve_cases(), &[&asked[..4], &["--seed", "8", "--format", "csv"]].concat());
    assert_ne!(once, other);
}

#[test]
fn few_cases_are_resampled_with_a_caution_and_one_case_not_at_all() {
    let cases = ["--measure", "gwet_ac1", "--bootstrap", "200", "--resample", "cases"];
    let twelve = agree(&twelve_cases(), &cases);
    assert!(twelve.contains("from 200 resamples of whole cases (seed 1)."), "{twelve}");
    assert!(!twelve.contains("Caution"), "{twelve}");
    let csv = agree(&twelve_cases(), &[&cases[..], &["--format", "csv"]].concat());
    assert!(csv.contains("\"bootstrap cases, 200 resamples, seed 1, 12 cases\",60"), "{csv}");
    let nine: String = twelve_cases().lines().take(46).map(|line| format!("{line}\n")).collect();
    let nine = agree(&nine, &cases);
    assert!(nine.contains("Caution: 9 cases are few to draw from."), "{nine}");
    let one: String = twelve_cases().lines().take(6).map(|line| format!("{line}\n")).collect();
    let one = agree(&one, &[&cases[..], &["--format", "csv"]].concat());
    assert!(one.contains(",none,5,"), "one case drawn again and again is no interval: {one}");
    let table = agree("unit,ann,bo\n1,a,a\n2,a,b\n", &cases);
    assert!(table.contains("the file has no column `case`") && table.contains("[exit 2]"));
}

#[test]
fn resampled_cases_see_the_categories_of_all() {
    // Each case uses one category alone; only together do they vary.
    let csv = "unit,case,ann,bo\n1,A,a,a\n2,A,a,a\n3,B,b,b\n4,B,b,a\n5,C,c,c\n6,C,c,c\n";
    let asked = ["--level", "value,presence", "--measure", "krippendorff_alpha,gwet_ac1"];
    let cases = ["--bootstrap", "400", "--resample", "cases", "--format", "csv", "--per-category"];
    let seen = agree(csv, &[&asked[..], &cases[..]].concat());
    // Where only one case is drawn, three times, nothing varies: 3 in 27 resamples.
    let undefined = |name: &str| {
        let row = seen.lines().find(|it| it.contains(name)).unwrap();
        let (_, rest) = row.split_once("3 cases").unwrap();
        rest.split_once(" undefined").map_or(0, |(n, _)| n[2..].parse::<u32>().unwrap())
    };
    assert!((20..80).contains(&undefined("value,*,krippendorff_alpha")), "{seen}");
    assert!((20..160).contains(&undefined("value,*=a,krippendorff_alpha")), "{seen}");
    assert_eq!(
        undefined("presence,a,krippendorff_alpha"),
        undefined("value,*=a,krippendorff_alpha")
    );
}

#[test]
fn alpha_of_each_answer_is_alpha_of_given_or_not() {
    let asked = ["--level", "value,presence", "--measure", "krippendorff_alpha", "--per-category"];
    let seen = agree(&twelve_cases(), &[&asked[..], &["--format", "csv"]].concat());
    let value = |name: &str| -> &str {
        let row = seen.lines().find(|row| row.starts_with(name)).unwrap();
        row.split(',').nth(3).unwrap()
    };
    for code in ["a", "b", "c"] {
        let of_answer = value(&format!("value,*={code},"));
        assert_eq!(of_answer, value(&format!("presence,{code},")));
    }
    let table = agree(&twelve_cases(), &["--per-category"]);
    assert!(table.contains("value: each answer against all others"), "{table}");
}

#[test]
fn figures_as_others_print_them_say_so() {
    let three = "unit,ann,bo,cy\n1,a,a,a\n2,b,b,a\n3,a,b,b\n4,a,a,\n";
    let table = agree(three, &["--as", "irr", "--measure", "fleiss_kappa,krippendorff_alpha"]);
    assert!(table.contains("As the package irr 0.84.1 for R prints them"), "{table}");
    let csv = agree(three, &["--as", "irr", "--format", "csv"]);
    expect![[r#"
        level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither
        value,*,cohen_kappa,,defined for two coders only,,,,none; as irr,4,,,,
        value,*,fleiss_kappa,0.09999999999999998,,,,,none; as irr,3,,,,
        value,*,conger_kappa,0.14285714285714282,,,,,none; as irr,3,,,,
        value,*,light_kappa,0.10000000000000002,,,,,none; as irr,3,,,,
        value,*,krippendorff_alpha,0.2857142857142857,,,,,none; as irr,4,,,,
        [exit 0]
    "#]].assert_eq(&csv);
    let sets = "unit,ann,bo\n1,a; b,a\n2,b,b; c\n3,a,a\n4,,c\n";
    let csv = agree(sets, &["--as", "balash2023", "--format", "csv"]);
    expect![[r#"
        level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither
        sets,*,cohen_kappa,0.6,,,,,none; as balash2023,3,,,,
        [exit 0]
    "#]].assert_eq(&csv);
}

#[test]
fn every_level_refuses_what_it_does_not_know() {
    for (level, measure, known) in [
        ("sets", "pabak", false),
        ("sets", "krippendorff_alpha_jaccard", true),
        ("presence", "miles_huberman", true),
        ("joint", "conger_kappa", true),
        ("value", "krippendorff_alpha_jaccard", false),
        ("value", "gamma", false),
        ("presence,value", "window_diff", false),
    ] {
        let seen = agree(&twelve_cases(), &["--level", level, "--measure", measure]);
        assert_eq!(seen.ends_with("[exit 0]\n"), known, "{level} {measure}: {seen}");
        assert_eq!(seen.ends_with("[exit 2]\n"), !known, "{level} {measure}: {seen}");
    }
    let boundaries = agree(&twelve_cases(), &["--measure", "u_alpha"]);
    assert!(boundaries.contains("fix: use --boundaries"), "{boundaries}");
    let three = agree(&twelve_cases(), &["--measure", "pabak"]);
    assert!(three.contains("defined for two") && three.ends_with("[exit 0]\n"), "{three}");
}

/// `shared` is defined anew in the second version.
fn redefined() -> SmallStudy {
    let book = "lead many\n  shared\n  alone\ntone one\n  warm";
    let mut small = SmallStudy::new(book)
        .codebook_now(book)
        .participants(&["P1", "P2"])
        .case("A", "", &[])
        .transcript("A", "TA", &["P1: a", "P2: b", "P1: c", "P2: d"], &[])
        .coding(
            "c1",
            "TA:1 lead: shared @0\nTA:2 lead: alone\nTA:3 lead: none\nTA:1 tone: warm\nTA:4 lead: none @0",
        )
        .coding(
            "c2",
            "TA:1 lead: shared @0\nTA:2 lead: alone @0\nTA:3 lead: shared\nTA:1 tone: warm @0\nTA:4 lead: none @0",
        );
    let shared = &mut small.study.versions[1].codebook.dimensions[0].codes[0];
    shared.wording.definition = Localized::from("Who leads changes.");
    small
}

#[test]
fn decisions_under_another_definition_are_pointed_out() {
    let small = redefined();
    let definitions = Definitions::of(&small.study, &small.comparison, &Scope::default());
    expect![[r#"
        Definitions {
            versions: [
                (
                    "v-000000000001",
                    6,
                ),
                (
                    "v-000000000002",
                    4,
                ),
            ],
            differing: [
                "shared",
            ],
            across: 1,
        }
    "#]]
    .assert_debug_eq(&definitions);
    // The same definitions twice are no difference.
    let mut same = redefined();
    same.study.versions[1].codebook = same.study.versions[0].codebook.clone();
    let definitions = Definitions::of(&same.study, &same.comparison, &Scope::default());
    assert_eq!((definitions.differing.len(), definitions.across), (0, 0));
}

#[test]
fn each_version_of_the_codebook_and_each_participant_can_stand_for_itself() {
    let small = redefined();
    let measures = vec![Measure::PercentAgreement];
    let options = Options { measures, ..Options::default() };
    let choice = Choice::default();
    let shown = |agreement: themata::analysis::agreement::Agreement| {
        let mut seen = String::new();
        for group in agreement.groups {
            let name = group.name.unwrap();
            for row in &group.rows {
                let value = row.figure.as_ref().map(|it| it.value).ok();
                let (level, about, n) = (row.level, row.about.name(), row.n);
                seen.push_str(&format!("{name} {level} {about} n={n} {value:?}\n"));
            }
        }
        seen
    };
    let by_codebook = shown(by_codebook(&small.study, &small.comparison, &choice, &options));
    assert!(by_codebook.contains("v-000000000001 presence lead n=2 Some(1.0)\n"), "{by_codebook}");
    assert!(
        by_codebook.contains("v-000000000001; v-000000000002 sets lead n=1 Some(1.0)\n"),
        "{by_codebook}"
    );
    assert!(by_codebook.contains("v-000000000002 presence lead n=1 Some(0.0)\n"), "{by_codebook}");
    let by_person = shown(by_participant(&small.study, &small.comparison, &choice, &options));
    assert!(by_person.contains("P1 presence lead n=2 Some(0.5)\n"), "{by_person}");
    assert!(by_person.contains("P2 presence lead n=2 Some(1.0)\n"), "{by_person}");
}

/// Both coded `main` and sealed it; then `c1` coded everything again.
fn recoded() -> TestStudy {
    let study = TestStudy::of("en", &["c1", "c2"], CODEBOOK)
        .coded("c1", &["A:2 tone warm", "A:3-4 tone cold", "A:5 tone none", "B:1 tone warm"])
        .coded("c2", &["A:2 tone cold", "A:3-4 tone cold", "A:5 tone none", "B:1 tone warm"])
        .sealed("c1")
        .sealed("c2");
    assert!(study.run("round new recode").ends_with("[exit 0]\n"));
    let again = ["A:2 tone warm", "A:3-4 tone warm", "A:5 tone none", "B:1 tone warm"];
    study.decide("c1", Some("recode"), &again);
    study
}

#[test]
fn a_coder_is_compared_with_herself_and_nobody_elses_open_work_is_seen() {
    let study = recoded();
    let line =
        "agree --coders c1@main,c1@recode --measure percent_agreement --level value --format csv";
    // c2 has not coded the new round, so that the gate is closed; c1 alone may look at her own.
    let closed = study.run(line);
    assert!(closed.ends_with("[exit 4]\n"), "{closed}");
    let own = study.run(&format!("{line} --coder c1"));
    assert!(own.contains("value,tone,percent_agreement,0.75,,"), "{own}");
    assert!(own.ends_with("[exit 0]\n"), "{own}");
    let herself = study.run(&line.replace("c1@recode", "c1@main"));
    assert!(herself.starts_with("--- stderr ---\nerror: c1@main stands twice"), "{herself}");
    assert!(herself.ends_with("[exit 2]\n"), "{herself}");
    let others = study.run(&format!("{} --coder c1", line.replace("c1@recode", "c2@recode")));
    assert!(others.ends_with("[exit 2]\n"), "another coder's work is not one's own: {others}");
    study.decide("c2", Some("recode"), &["A:2 tone cold"]);
    let study = study.sealed("c1").sealed("c2");
    let open = study.run(line);
    assert!(open.contains("value,tone,percent_agreement,0.75,,"), "{open}");
    let table = study.run("agree --coders c1@main,c1@recode --dimension tone");
    assert!(table.starts_with("Agreement between c1@main and c1@recode"), "{table}");
    assert!(table.contains("Round main; recode, codebook"), "{table}");
}
