//! The commands that compare and count, on a study: what the gate lets through, what a person sees.

use expect_test::expect;

use crate::support::TestStudy;

/// Both coders decided everything and handed it over; they differ in two places.
fn sealed() -> TestStudy {
    TestStudy::new()
        .coded(
            "c1",
            &["A:2 leadership horizontal; chair", "A:3-4 leadership rotating", "A:2 tone warm"],
        )
        .coded("c2", &["A:2 leadership horizontal; chair", "A:2 tone cold unsure"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2")
}

#[test]
fn nothing_is_compared_before_all_have_sealed_and_whoever_has_not_is_named() {
    let study = TestStudy::new().rest_none("c1").rest_none("c2").sealed("c1");
    let refused = expect![[r#"
        --- stderr ---
        error: no case is open for comparison; not yet sealed: A (c2); B (c2)
          fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
        [exit 4]
    "#]];
    for command in [
        "agree",
        "discrepancies",
        "matrix",
        "quotes",
        "matrix --rows coder",
        "matrix --from coder:c1",
    ] {
        refused.assert_eq(&study.run(command));
    }
}

#[test]
fn a_coder_reads_her_own_decisions_at_any_time_and_nobody_elses() {
    let study = TestStudy::new().coded("c1", &["A:2 tone warm", "A:5 tone none"]);
    study.check(
        "matrix --from coder:c1 --coder c1 --format csv",
        expect![[r#"
            case,leadership,tone
            A,,1
            B,,
            [exit 0]
        "#]],
    );
    study.check(
        "matrix --from coder:c2 --coder c1",
        expect![[r#"
            --- stderr ---
            error: no case is open for comparison; not yet sealed: A (c1, c2); B (c1, c2)
              fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
            [exit 4]
        "#]],
    );
    study.check(
        "quotes --coder c1",
        expect![[r#"
            --- stderr ---
            error: --coder reads one coder's own decisions, and --from asks for more than those
              fix: add --from coder:ID with the same coder, or leave --coder out
            [exit 2]
        "#]],
    );
}

#[test]
fn a_case_that_waits_is_named_and_asking_for_it_alone_is_refused() {
    let study = TestStudy::new().rest_none("c1").rest_none("c2");
    for coder in ["c1", "c2"] {
        study.run(&format!("seal --coder {coder} --case A"));
    }
    let table = study.run("agree");
    assert!(table.contains("B is not in here: not yet sealed by c1, c2.\n"), "{table}");
    assert!(study.run("matrix --case B").contains("error: no case is open"));
    assert!(study.run("agree --case B").ends_with("[exit 4]\n"));
    assert!(study.run("discrepancies --case B").ends_with("[exit 4]\n"));
}

#[test]
fn looking_early_needs_a_reason_and_is_recorded() {
    let study = TestStudy::new().rest_none("c1").rest_none("c2");
    assert!(study.run("agree --unblind ' '").ends_with("[exit 2]\n"));
    assert!(study.run("agree --unblind 'a pilot' --coder c1 --format csv").ends_with("[exit 0]\n"));
    assert!(study.read("events.csv").contains("unblind,c1,"), "{}", study.read("events.csv"));
}

#[test]
fn discrepancies_as_records_and_as_confusion() {
    let study = sealed();
    study.check(
        "discrepancies --format csv",
        expect![[r#"
            unit,dimension,c1,c2,dispute
            A:2,tone,warm,cold,1
            A:3-4,leadership,rotating,none,1
            [exit 0]
        "#]],
    );
    study.check(
        "discrepancies --confusion --dimension tone --format csv",
        expect![[r#"
            dimension,first,second,n
            tone,warm,cold,1
            tone,none,none,3
            [exit 0]
        "#]],
    );
}

#[test]
fn a_team_for_whom_coefficients_are_out_of_place_gets_percent_agreement_and_is_told() {
    let study = sealed();
    let settings = study.read("themata.yaml");
    let without = settings.replace("agreement: \"yes\"", "agreement: \"no\"");
    assert_ne!(settings, without);
    study.write("themata.yaml", &without);
    let csv = study.run("agree --format csv");
    assert!(
        csv.contains("percent_agreement") && !csv.contains("alpha") && !csv.contains("kappa"),
        "{csv}"
    );
    assert!(study.run("agree").contains("This study reports no coefficients"));
    assert!(study.run("agree --measure cohen_kappa --format csv").contains("cohen_kappa"));
}

#[test]
fn the_condition_of_the_study_is_asked_by_a_bare_require() {
    let study = sealed();
    let settings = study.read("themata.yaml");
    assert!(study.run("agree --require").ends_with("[exit 2]\n"));
    study.write("themata.yaml", &format!("{settings}require: percent_agreement>=0.8\n"));
    let run = study.run("agree --require --level presence,value --format csv");
    let missed: Vec<&str> = run.lines().skip_while(|line| !line.starts_with("---")).collect();
    expect![[r#"
        --- stderr ---
        percent_agreement>=0.8 does not hold for leadership (presence): 0.750
        percent_agreement>=0.8 does not hold for rotating (presence): 0.750
        percent_agreement>=0.8 does not hold for warm (presence): 0.750
        percent_agreement>=0.8 does not hold for cold (presence): 0.750
        percent_agreement>=0.8 does not hold for leadership (value): 0.750
        percent_agreement>=0.8 does not hold for tone (value): 0.750
        percent_agreement>=0.8 does not hold for mean (value): 0.750
        [exit 1]"#]]
    .assert_eq(&missed.join("\n"));
    study.write("themata.yaml", &format!("{settings}require: quite good\n"));
    study.check(
        "agree --require",
        expect![[r#"
            --- stderr ---
            error: 1 problem
            themata.yaml:require: `require` is no condition
              fix: write a measure, a sign and a number, as in `require: krippendorff_alpha>=0.8`
            [exit 3]
        "#]],
    );
}

#[test]
fn a_matrix_leads_back_to_its_units_and_quotes_to_their_words() {
    let study = sealed();
    study.check(
        "matrix --columns code --long --format csv",
        expect![[r#"
        row,column,value,units
        A,horizontal,1,A:2
        A,rotating,1,A:2
        A,chair,1,A:2
        A,warm,0,
        A,cold,0,
        B,horizontal,0,
        B,rotating,0,
        B,chair,0,
        B,warm,0,
        B,cold,0,
        [exit 0]
    "#]],
    );
    study.check(
        "quotes --code rotating --format csv",
        expect![[r#"
        locator,case,speakers,citation,code,text
        A:2,A,P1,"(P1, Group A: 2)",chair,"Somebody sent an e-mail, and eleven of us turned up."
        [exit 0]
    "#]],
    );
    study.check(
        "quotes --code nothing",
        expect![[r#"
        --- stderr ---
        error: there is no code `nothing`
          fix: known: leadership, horizontal, rotating, chair, tone, warm, cold
        [exit 2]
    "#]],
    );
    study.check(
        "matrix --rows case --columns case",
        expect![[r#"
        --- stderr ---
        error: rows and columns are both case
          fix: choose two different ones, as in --rows case --columns code
        [exit 2]
    "#]],
    );
    study.check("matrix --rows coder --from agreed", expect![[r#"
        --- stderr ---
        error: with coder as row or column each coder's own decisions count, and --from asks for others
          fix: leave --from out
        [exit 2]
    "#]]);
}

#[test]
fn rounds_stand_side_by_side_once_they_are_sealed() {
    let study = sealed();
    study.run("round new recode");
    study.decide("c1", None, &["A:2 tone cold"]);
    study.decide("c2", None, &["A:2 tone cold"]);
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    study.check(
        "matrix --rows round --columns code --dimension tone --format csv",
        expect![[r#"
        round,warm,cold
        main,0,0
        recode,0,1
        [exit 0]
    "#]],
    );
    study.check(
        "agree --by round --dimension tone --measure percent_agreement --format csv",
        expect![[r#"
            round,level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither
            main,value,tone,percent_agreement,0.75,,0.25,0,1,analytic,4,,,,
            recode,value,tone,percent_agreement,,no unit was decided by two coders,,,,none,0,,,,
            --- stderr ---
            Stage: independent. 8 later decisions are not in here, made when the answers of others were open (--stage after).
            [exit 0]
        "#]],
    );
    study.check("agree --coders c1@main,c1@recode --measure percent_agreement --dimension tone --format csv", expect![[r#"
        level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither
        value,tone,percent_agreement,0.75,,0.25,0,1,analytic,4,,,,
        [exit 0]
    "#]]);
}

#[test]
fn every_result_comes_in_every_form_and_an_existing_file_is_kept() {
    let study = sealed();
    let commands =
        ["agree", "discrepancies", "discrepancies --confusion", "matrix --cell share", "quotes"];
    for command in commands {
        for extension in ["txt", "csv", "tsv", "json", "md", "html", "tex", "xlsx"] {
            let file = study.path(&format!("reports/result.{extension}"));
            let line = format!("{command} -o '{}'", file.display());
            let wrote =
                format!("--- stderr ---\nwrote STUDY/reports/result.{extension}\n[exit 0]\n");
            assert_eq!(study.run(&line), wrote, "{line}");
            assert!(study.run(&line).ends_with("[exit 4]\n"), "{line}");
            let first = std::fs::read(&file).unwrap();
            assert_eq!(study.run(&format!("{line} --force")), wrote);
            assert!(first == std::fs::read(&file).unwrap(), "{line} gives other bytes each time");
            std::fs::remove_file(file).unwrap();
        }
    }
}

#[test]
fn people_are_addressed_in_the_language_of_the_study_and_programs_never() {
    let study = TestStudy::of("es", &["c1", "c2"], crate::desk::CODEBOOK);
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    for (command, title) in [
        ("agree", "Acuerdo entre c1 y c2"),
        ("discrepancies", "Dónde difieren los codificadores"),
        ("matrix", "unidades: caso × dimensión"),
        ("quotes", "Citas"),
    ] {
        assert!(study.run(command).starts_with(title), "{}", study.run(command));
        let (here, there) =
            (format!("{command} --format csv"), format!("{command} --format csv --lang en"));
        assert_eq!(study.run(&here), study.run(&there));
    }
}
