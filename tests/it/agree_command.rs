//! `themata agree FILE.csv` as a person runs it: forms, conditions, wrong use.

use expect_test::expect;

use crate::program::{Run, themata};

const CODINGS: &str = "unit,case,ann,bo\n1,A,a,a\n2,A,b,b\n3,B,a,b\n4,B,,b\n";

fn agree(csv: &str, arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codings.csv");
    std::fs::write(&file, csv).unwrap();
    let arguments = ["agree", file.to_str().unwrap()].into_iter().chain(arguments.iter().copied());
    let mut run = themata(folder.path(), &arguments.collect::<Vec<_>>());
    run.err = run.err.replace(&format!("{}/", folder.path().display()), "");
    run
}

#[test]
fn a_condition_that_a_row_misses_is_exit_status_1_and_the_figures_are_there_all_the_same() {
    let run = agree(CODINGS, &["--require", "krippendorff_alpha>=0.8", "--format", "csv"]);
    assert_eq!(run.status, 1);
    let missed = "krippendorff_alpha>=0.8 does not hold for * (value): 0.444\n";
    assert!(run.err.ends_with(missed), "{}", run.err);
    assert!(
        run.out.starts_with(
            "level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,"
        )
    );
    assert_eq!(agree(CODINGS, &["--require", "krippendorff_alpha>=0.4"]).status, 0);
    // A measure that is required is computed, usual or not.
    assert_eq!(agree(CODINGS, &["--require", "scott_pi>=0.3"]).status, 0);
    let by_case = agree(CODINGS, &["--require", "cohen_kappa>=0.4", "--by", "case"]);
    assert_eq!(by_case.err, "cohen_kappa>=0.4 does not hold for * (value, B): 0.000\n");
}

/// Both streams of a terminal.
#[derive(Clone, Default)]
struct Terminal(std::rc::Rc<std::cell::RefCell<Vec<u8>>>);

impl std::io::Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_a_condition_misses_is_said_beneath_the_figures() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codings.csv");
    std::fs::write(&file, CODINGS).unwrap();
    let arguments = [
        "themata",
        "--lang",
        "en",
        "agree",
        file.to_str().unwrap(),
        "--require",
        "krippendorff_alpha>=0.8",
    ];
    let terminal = Terminal::default();
    let (mut out, mut err) = (terminal.clone(), terminal.clone());
    let status = themata::cli::run(arguments, &mut std::io::empty(), &mut out, &mut err);
    let seen = String::from_utf8(terminal.0.take()).unwrap();
    assert_eq!(status, 1);
    assert!(seen.starts_with("Agreement between ann and bo"), "{seen}");
    assert!(seen.ends_with("does not hold for * (value): 0.444\n"), "{seen}");
}

#[test]
fn what_cannot_be_asked_is_wrong_use_with_a_remedy() {
    let seen: Vec<String> = [
        &["--level", "sets", "--measure", "cohen_kappa"][..],
        &["--level", "value", "--measure", "krippendorff_alpha_masi"],
        &["--require"],
        &["--measure", "gwet_ac1", "--require", "cohen_kappa>=0"],
        &["--by", "round"],
        &["--coders", "ann,cy"],
        &["--case", "C"],
        &["--unblind", "why not"],
        &["--coders", "ann,ann"],
        &["--as", "irr", "--measure", "gwet_ac1"],
        &["--as", "balash2023", "--level", "value"],
    ]
    .iter()
    .map(|arguments| {
        let run = agree(CODINGS, arguments);
        format!("[exit {}] {}", run.status, run.err)
    })
    .collect();
    expect![[r#"
        [exit 2] error: cohen_kappa does not exist at the level sets
          fix: sets knows percent_agreement, krippendorff_alpha_masi and krippendorff_alpha_jaccard; the other levels know all others
        [exit 2] error: krippendorff_alpha_masi does not exist at the level value
          fix: sets knows percent_agreement, krippendorff_alpha_masi and krippendorff_alpha_jaccard; the other levels know all others
        [exit 2] error: themata.yaml requires nothing
          fix: say what is required, as in --require 'krippendorff_alpha>=0.8', or add it to themata.yaml as `require: krippendorff_alpha>=0.8`
        [exit 2] error: cohen_kappa is not among the figures, so that nothing can be required of it
          fix: add --measure cohen_kappa, and a level that knows it
        [exit 2] error: the file has no column `round`
          fix: add the column, or leave --by out
        [exit 2] error: there is no coder `cy`
          fix: known: ann, bo
        [exit 2] error: there is no case `C`
          fix: known: A, B
        [exit 2] error: --unblind is for a study, and a file was given
          fix: leave --unblind out
        [exit 2] error: ann stands twice among the coders; whoever is compared with the same decisions agrees with them
          fix: name each coder once, or, in a study, a coder in two rounds: ann@main,ann@recode
        [exit 2] error: irr has no gwet_ac1
          fix: irr prints cohen_kappa, fleiss_kappa, conger_kappa, light_kappa, krippendorff_alpha; levels: presence, value, joint
        [exit 2] error: balash2023 has no figures at the level value
          fix: balash2023 prints cohen_kappa; levels: sets
    "#]]
    .assert_eq(&seen.concat());
}

#[test]
fn an_undefined_figure_has_percent_agreement_beside_it_though_nobody_asked() {
    let csv = "unit,ann,bo\n1,a,a\n2,a,a\n";
    let table = agree(csv, &["--measure", "cohen_kappa"]).out;
    assert!(table.contains("every answer is the same"), "{table}");
    assert!(table.contains("percent agreement 1.000"), "{table}");
    let json = agree(csv, &["--measure", "cohen_kappa", "--format", "json"]).out;
    assert!(json.contains("\"percent_agreement\": 1.0"), "{json}");
    let asked = agree(csv, &["--measure", "percent_agreement,cohen_kappa"]).out;
    assert!(!asked.contains("percent agreement 1.000"), "{asked}");
}

#[test]
fn a_file_that_is_not_there_and_a_file_that_is_wrong_have_statuses_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(themata(folder.path(), &["agree", "nowhere.csv"]).status, 5);
    let run = agree("unit,ann,bo\n1,a,none; b\n", &[]);
    assert_eq!(run.status, 3);
    assert!(run.err.contains("codings.csv:2:bo: `none` stands beside a code"), "{}", run.err);
}

#[test]
fn every_form_holds_the_same_rows() {
    let csv = agree(CODINGS, &["--format", "csv", "--by", "case"]).out;
    let tsv = agree(CODINGS, &["--format", "tsv", "--by", "case"]).out;
    assert_eq!(csv.replace(',', "\t"), tsv);
    let json: serde_json::Value =
        serde_json::from_str(&agree(CODINGS, &["--format", "json", "--by", "case"]).out).unwrap();
    assert_eq!(json["schema"], "themata.agreement/1");
    assert_eq!(json["coders"], serde_json::json!(["ann", "bo"]));
    assert_eq!(json["rows"].as_array().unwrap().len() + 1, csv.lines().count());
    assert_eq!(json["rows"][0]["case"], "A");
    assert!(agree(CODINGS, &["--format", "md"]).out.contains("| \\* | 3 | 0.667<br>"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agreement.xlsx");
    let written = agree(CODINGS, &["-o", file.to_str().unwrap()]);
    assert_eq!((written.status, written.out.as_str()), (0, ""));
    assert!(std::fs::read(&file).unwrap().starts_with(b"PK"));
}

#[test]
fn the_help_ends_with_examples() {
    let folder = tempfile::tempdir().unwrap();
    let help = themata(folder.path(), &["agree", "--help"]);
    assert_eq!(help.status, 0);
    assert!(
        help.out.starts_with("Show how far coders agree, per dimension, per code and overall\n\n")
    );
    assert!(help.out.ends_with("  themata agree codings.csv --coders ann,bo\n"));
}
