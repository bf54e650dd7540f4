//! How right trainees, machines and other coders are where a standard is taken for right, as a person asks for it.

use expect_test::expect;

use crate::support::TestStudy;

const LLM: &str =
    "coder add llm --kind machine --model qwen3 --version 30b --run-at 2026-03-01 --where service";

/// Two coders who agree but for one place that they settled, and a machine that is asked for everything.
fn measured() -> TestStudy {
    let study = TestStudy::new();
    study.run(LLM);
    study.decide(
        "c1",
        None,
        &["A:2 tone warm", "A:3-4 tone warm", "A:5 tone cold", "B:1 leadership chair"],
    );
    study.decide(
        "c2",
        None,
        &["A:2 tone warm", "A:3-4 tone cold", "A:5 tone cold", "B:1 leadership chair"],
    );
    study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2")
}

#[test]
fn precision_recall_and_f1_of_each_code_rare_ones_first() {
    let study = measured();
    study.decide(
        "llm",
        None,
        &["A:2 tone warm", "A:3-4 tone warm", "B:1 leadership horizontal; chair"],
    );
    let study = study.rest_none("llm").sealed("llm");
    // Final: A:2 warm, A:5 cold, B:1 none; A:3-4 is not settled. The machine: A:2 warm, A:5 none, B:1 none.
    study.check("agree --against final --dimension tone", expect![[r#"
        Accuracy of llm against final: no measure of reliability

        llm: whole answers
        ┌───────────┬───────────────────┐
        │ dimension ┆ percent agreement │
        ╞═══════════╪═══════════════════╡
        │ tone      ┆ 0.667             │
        │           ┆ [0.208, 0.939]    │
        │           ┆ n 3               │
        └───────────┴───────────────────┘

        llm: codes, given or not, with what lies beneath
        ┌──────┬─────────────────┬───────────────────┬───────────────────┬────────────────┬────────────────┐
        │ code ┆ in the standard ┆ percent agreement ┆ precision         ┆ recall         ┆ f1             │
        ╞══════╪═════════════════╪═══════════════════╪═══════════════════╪════════════════╪════════════════╡
        │ warm ┆               1 ┆ 1.000             ┆ 1.000             ┆ 1.000          ┆ 1.000          │
        │      ┆                 ┆ [0.439, 1.000]    ┆ [0.207, 1.000]    ┆ [0.207, 1.000] ┆ [0.342, 1.000] │
        │      ┆                 ┆ n 3               ┆ n 1               ┆ n 1            ┆ n 1            │
        │ cold ┆               1 ┆ 0.667             ┆ the coder never   ┆ 0.000          ┆ 0.000          │
        │      ┆                 ┆ [0.208, 0.939]    ┆ gave it           ┆ [0.000, 0.793] ┆ [0.000, 0.885] │
        │      ┆                 ┆ n 3               ┆ n 0               ┆ n 1            ┆ n 1            │
        └──────┴─────────────────┴───────────────────┴───────────────────┴────────────────┴────────────────┘

        The standard is taken for right; nothing here says how far coders agree.
        The standard, final: 3 unit × dimension (0 consensus, 3 agreed, 0 decided by one alone); not in it: 1 unsettled, 0 undecided.
        precision: of what the coder gave, what is right; recall: of what final has, what the coder gave; f1: the harmonic mean of both. n is what each figure rests on. Codes that are rare in the standard stand first.
        In brackets: the 95 % interval. It is analytic and treats units as independent.
        Round main, codebook v-b6d05fd1c794.
        llm is a machine: model qwen3, version 30b, run_at 2026-03-01, where service.
        llm coded while the answers of others were open to llm: 4 decisions of these.
        [exit 0]
    "#]]);
    study.check("agree --against final --format csv", expect![[r#"
        coder,level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither
        llm,value,leadership,percent_agreement,0.75,,0.21650635094610965,0.30064184258240184,0.9544127391902995,analytic,4,,,,
        llm,value,tone,percent_agreement,0.6666666666666666,,0.2721655269759087,0.2076596008020477,0.9385080552796037,analytic,3,,,,
        llm,presence,horizontal,percent_agreement,0.75,,0.21650635094610965,0.30064184258240184,0.9544127391902995,analytic,4,0,0,1,3
        llm,presence,horizontal,precision,0,,0,0,0.7934506856227626,analytic,1,0,0,1,3
        llm,presence,horizontal,recall,,the standard never gives it,,,,none,0,0,0,1,3
        llm,presence,horizontal,f1,0,,0,0,0.8848313388078944,analytic,1,0,0,1,3
        llm,presence,rotating,percent_agreement,1,,0,0.5101091635454027,1,analytic,4,1,0,0,3
        llm,presence,rotating,precision,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
        llm,presence,rotating,recall,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
        llm,presence,rotating,f1,1,,0,0.34238022750665315,1,analytic,1,1,0,0,3
        llm,presence,chair,percent_agreement,1,,0,0.5101091635454027,1,analytic,4,1,0,0,3
        llm,presence,chair,precision,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
        llm,presence,chair,recall,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
        llm,presence,chair,f1,1,,0,0.34238022750665315,1,analytic,1,1,0,0,3
        llm,presence,warm,percent_agreement,1,,0,0.4385029682449546,1,analytic,3,1,0,0,2
        llm,presence,warm,precision,1,,0,0.20654931437723745,1,analytic,1,1,0,0,2
        llm,presence,warm,recall,1,,0,0.20654931437723745,1,analytic,1,1,0,0,2
        llm,presence,warm,f1,1,,0,0.34238022750665315,1,analytic,1,1,0,0,2
        llm,presence,cold,percent_agreement,0.6666666666666666,,0.2721655269759087,0.2076596008020477,0.9385080552796037,analytic,3,0,1,0,2
        llm,presence,cold,precision,,the coder never gave it,,,,none,0,0,1,0,2
        llm,presence,cold,recall,0,,0,0,0.7934506856227626,analytic,1,0,1,0,2
        llm,presence,cold,f1,0,,0,0,0.8848313388078944,analytic,1,0,1,0,2
        --- stderr ---
        llm is a machine: model qwen3, version 30b, run_at 2026-03-01, where service.
        llm coded while the answers of others were open to llm: 8 decisions of these.
        [exit 0]
    "#]]);
    study.check(
        "agree --against c1 --coders llm,c2 --dimension leadership --format csv",
        expect![[r#"
            coder,level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither
            llm,value,leadership,percent_agreement,0.75,,0.21650635094610965,0.30064184258240184,0.9544127391902995,analytic,4,,,,
            llm,presence,horizontal,percent_agreement,0.75,,0.21650635094610965,0.30064184258240184,0.9544127391902995,analytic,4,0,0,1,3
            llm,presence,horizontal,precision,0,,0,0,0.7934506856227626,analytic,1,0,0,1,3
            llm,presence,horizontal,recall,,the standard never gives it,,,,none,0,0,0,1,3
            llm,presence,horizontal,f1,0,,0,0,0.8848313388078944,analytic,1,0,0,1,3
            llm,presence,rotating,percent_agreement,1,,0,0.5101091635454027,1,analytic,4,1,0,0,3
            llm,presence,rotating,precision,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
            llm,presence,rotating,recall,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
            llm,presence,rotating,f1,1,,0,0.34238022750665315,1,analytic,1,1,0,0,3
            llm,presence,chair,percent_agreement,1,,0,0.5101091635454027,1,analytic,4,1,0,0,3
            llm,presence,chair,precision,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
            llm,presence,chair,recall,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
            llm,presence,chair,f1,1,,0,0.34238022750665315,1,analytic,1,1,0,0,3
            c2,value,leadership,percent_agreement,1,,0,0.5101091635454027,1,analytic,4,,,,
            c2,presence,rotating,percent_agreement,1,,0,0.5101091635454027,1,analytic,4,1,0,0,3
            c2,presence,rotating,precision,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
            c2,presence,rotating,recall,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
            c2,presence,rotating,f1,1,,0,0.34238022750665315,1,analytic,1,1,0,0,3
            c2,presence,chair,percent_agreement,1,,0,0.5101091635454027,1,analytic,4,1,0,0,3
            c2,presence,chair,precision,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
            c2,presence,chair,recall,1,,0,0.20654931437723745,1,analytic,1,1,0,0,3
            c2,presence,chair,f1,1,,0,0.34238022750665315,1,analytic,1,1,0,0,3
            c2,presence,horizontal,percent_agreement,1,,0,0.5101091635454027,1,analytic,4,0,0,0,4
            c2,presence,horizontal,precision,,the coder never gave it,,,,none,0,0,0,0,4
            c2,presence,horizontal,recall,,the standard never gives it,,,,none,0,0,0,0,4
            c2,presence,horizontal,f1,,nobody gave it,,,,none,0,0,0,0,4
            --- stderr ---
            llm is a machine: model qwen3, version 30b, run_at 2026-03-01, where service.
            llm coded while the answers of others were open to llm: 4 decisions of these.
            [exit 0]
        "#]],
    );
}

#[test]
fn what_a_machine_was_stands_with_every_figure_of_it() {
    let study = measured().rest_none("llm").sealed("llm");
    let facts = "llm is a machine: model qwen3, version 30b, run_at 2026-03-01, where service.";
    let open = "llm coded while the answers of others were open to llm";
    for line in [
        "agree --against final",
        "agree --coders c1,llm",
        "matrix --from coder:llm",
        "quotes --from coder:llm",
    ] {
        for form in ["table", "csv", "json"] {
            let seen = study.run(&format!("{line} --format {form}"));
            assert!(seen.ends_with("[exit 0]\n"), "{seen}");
            assert!(seen.contains(facts) && seen.contains(open), "{line} {form}: {seen}");
        }
    }
    // Figures of it exist, although it came when all was open; others' figures say nothing of it.
    let seen =
        study.run("agree --coders c1,llm --level value --measure percent_agreement --format csv");
    assert!(seen.contains("value,tone,percent_agreement,0.25,"), "{seen}");
    for line in ["agree", "matrix", "quotes", "discrepancies"] {
        assert!(!study.run(line).contains("llm"), "{line}");
    }
    study.run("coder add gpt --kind machine");
    study.run("assign --coder gpt --all");
    let study = study.rest_none("gpt").sealed("gpt");
    let seen = study.run("matrix --from coder:gpt");
    assert!(seen.contains("gpt is a machine; the study does not say which"), "{seen}");
}

#[test]
fn who_sealed_before_a_case_opened_coded_blind() {
    let study = TestStudy::new();
    study.run("coder add t --kind trainee");
    let study = study.rest_none("t").sealed("t").rest_none("c1").sealed("c1");
    study.at("2026-03-01T11:00:00Z");
    let study = study.rest_none("c2").sealed("c2");
    let seen = study.run("agree --against final");
    assert!(seen.contains("Accuracy of t against final: no measure of reliability"), "{seen}");
    assert!(!seen.contains("were open"), "{seen}");
    // What she seals again later was decided with all of it before her.
    study.at("2026-03-01T12:00:00Z");
    study.decide("t", None, &["A:2 tone warm"]);
    study.run("seal --coder t --again 'thought again'");
    let seen = study.run("agree --against final");
    assert!(
        seen.contains("t coded while the answers of others were open to t: 1 decision of these."),
        "{seen}"
    );
}

#[test]
fn whose_decisions_are_part_of_the_standard_is_not_measured_against_it() {
    let study = measured();
    study.check("agree --against final --coders c1", expect![[r#"
        --- stderr ---
        error: decisions of c1 are part of the standard: against it she would be measured with herself
          fix: measure a trainee or a machine against final, or name one coder as the standard (`--against ID --coders c1`)
        [exit 4]
    "#]]);
    study.check("agree --against c1 --coders c1", expect![[r#"
        --- stderr ---
        error: decisions of c1 are part of the standard: against it she would be measured with herself
          fix: measure a trainee or a machine against final, or name one coder as the standard (`--against ID --coders c1`)
        [exit 4]
    "#]]);
    study.check("agree --against final", expect![[r#"
        --- stderr ---
        error: no case is open for comparison; not yet sealed: A (llm); B (llm)
          fix: each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever
        [exit 4]
    "#]]);
    study.check(
        "agree --against c9",
        expect![[r#"
        --- stderr ---
        error: there is no coder `c9`
          fix: known: c1, c2, llm; add one with `themata coder add ID`
        [exit 2]
    "#]],
    );
    study.run("coder exclude llm --reason 'wrong prompt'");
    study.check(
        "agree --against final --coders llm",
        expect![[r#"
        --- stderr ---
        error: decisions of llm are in no result: llm was excluded
          fix: take her back with `themata coder return llm`
        [exit 4]
    "#]],
    );
    study.check("agree --against final", expect![[r#"
        --- stderr ---
        error: there is nobody to measure: no trainee and no machine
          fix: add one (`themata coder add ID --kind trainee`), or name who is measured with --coders
        [exit 2]
    "#]]);
    for clash in
        ["--level value", "--measure cohen_kappa", "--by case", "--require f1>=0.5", "--pairs"]
    {
        let seen = study.run(&format!("agree --against final {clash}"));
        assert!(seen.ends_with("[exit 2]\n"), "{clash}: {seen}");
    }
}

#[test]
fn a_machine_does_not_open_what_others_have_not_sealed() {
    let study = TestStudy::new();
    study.run(LLM);
    let study = study.rest_none("llm").sealed("llm").rest_none("c1").sealed("c1");
    let closed = |line: &str| {
        let seen = study.run(line);
        assert!(seen.contains("(c2)") && seen.ends_with("[exit 4]\n"), "{line}: {seen}");
    };
    closed("agree --against final");
    closed("agree --against c1 --coders llm");
    closed("agree --coders c1,llm");
    closed("matrix --from coder:llm");
}
