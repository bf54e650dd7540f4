//! Where coders differ, what was settled, and how a unit is cited.

use expect_test::expect;
use themata::analysis::citation::Citations;
use themata::analysis::decisions::{Rule, Tally, of_coder, of_comparison};
use themata::analysis::discrepancies::{confusion, discrepancies};
use themata::analysis::scope::Scope;
use themata::domain::comparison::Codes;
use themata::domain::log::RoundIndex;
use themata::render::Report;
use themata::render::confusion::ConfusionReport;
use themata::render::discrepancies::DiscrepancyReport;
use themata::render::names::Names;
use themata::words::Language;

use crate::small::SmallStudy;
use crate::support::written;

fn five_units() -> SmallStudy {
    SmallStudy::new("lead many\n  shared\n  alone\n  rotating\ntone one\n  warm\n  cold")
        .participants(&["P1", "P2"])
        .case("A", "CoP 38", &[])
        .case("B", "", &[])
        .transcript("A", "TA", &["P1: we share it", "P2: no we do not", "P1: well"], &[])
        .transcript("B", "TB", &["P1: one of us leads", "P2: yes"], &[])
        .coding(
            "c1",
            "
            TA:1 lead: shared
            TA:2 lead: shared; rotating
            TA:3 lead: none
            TB:1 lead: alone
            TA:1 tone: warm
            TA:2 tone: cold ?
            TB:2 tone: none
            ",
        )
        .coding(
            "c2",
            "
            TA:1 lead: shared; alone
            TA:2 lead: shared; rotating
            TB:1 lead: none
            TA:1 tone: warm
            TA:2 tone: warm
            TB:2 tone: none
            ",
        )
}

fn text(report: &dyn Report) -> String {
    written(report, "csv")
}

#[test]
fn discrepancies_stand_worst_first_and_ties_in_the_order_of_transcripts() {
    let small = five_units();
    let found = discrepancies(&small.study, &small.comparison, &Scope::default());
    let report = DiscrepancyReport::new(
        &small.study,
        &small.comparison,
        &found,
        &[],
        None,
        Names::default(),
        |_, _| None,
    );
    // {shared} against {shared, alone}: 1 - 1/2 * 2/3. What one did not decide (A3) is no discrepancy.
    expect![[r#"
        unit,dimension,c1,c2,dispute
        TA:2,tone,cold,warm,1
        TB:1,lead,alone,none,1
        TA:1,lead,shared,shared; alone,0.6666666666666666
    "#]]
    .assert_eq(&text(&report));
}

#[test]
fn a_discrepancy_is_shown_with_answers_memos_words_and_how_it_was_settled() {
    let small = five_units().settled("TB:1 lead first: alone");
    let found = discrepancies(&small.study, &small.comparison, &Scope::default());
    let memo = |coding: &themata::domain::coding::Coding, _| {
        (coding.label == "c2").then(|| "hard to say".to_owned())
    };
    let (study, comparison) = (&small.study, &small.comparison);
    let report = DiscrepancyReport::new(
        study,
        comparison,
        &found,
        &small.settlements,
        Some(2),
        Names::default(),
        memo,
    );
    expect![[r#"
        Where coders differ, worst first

        ┌──────┬────────────────┬───────────────┬───────────────┬─────────┬─────────────────┐
        │ unit ┆ dimension      ┆ c1            ┆ c2            ┆ dispute ┆ words           │
        ╞══════╪════════════════╪═══════════════╪═══════════════╪═════════╪═════════════════╡
        │ TA:2 ┆ tone           ┆ cold (unsure) ┆ warm          ┆   1.000 ┆ no we do not    │
        │      ┆                ┆               ┆ “hard to say” ┆         ┆                 │
        │ TB:1 ┆ lead           ┆ alone         ┆ none          ┆   1.000 ┆ one of us leads │
        │      ┆ settled: first ┆               ┆ “hard to say” ┆         ┆                 │
        └──────┴────────────────┴───────────────┴───────────────┴─────────┴─────────────────┘

        3 units and dimensions are decided differently.
        Only the first 2 are shown (--limit).
        1 of those shown is settled in consensus.
        dispute: the mean distance (MASI) between answers; 1 where they share no code.
        Round main, codebook v-000000000001.
    "#]]
    .assert_eq(&written(&report, "table"));
    let json = report.document(Language::English).json();
    assert_eq!(json["rows"][0]["memos"]["c2"], "hard to say");
    assert_eq!(json["rows"][1]["outcome"], "first");
    assert_eq!(json["discrepancies"], 3);
}

#[test]
fn with_three_coders_dispute_is_the_mean_over_pairs_who_decided() {
    let small = five_units().coding("c3", "TA:1 lead: shared\nTA:2 tone: warm\nTA:3 lead: none");
    let found = discrepancies(&small.study, &small.comparison, &Scope::default());
    let disputes: Vec<f64> = found.iter().map(|it| (it.dispute * 9.0).round()).collect();
    // B1 lead 1; A2 tone (cold, warm, warm) 2/3; A1 lead (2/3 + 0 + 2/3) / 3 = 4/9.
    assert_eq!(disputes, [9.0, 6.0, 4.0]);
}

#[test]
fn the_confusion_table_counts_whole_answers_of_units_that_both_decided() {
    let small = five_units();
    let confusions = confusion(&small.study, &small.comparison, &Scope::default());
    let report = ConfusionReport::new(&small.study, &small.comparison, &confusions);
    expect![[r#"
        dimension,first,second,n
        lead,shared,shared; alone,1
        lead,shared; rotating,shared; rotating,1
        lead,alone,none,1
        tone,warm,warm,1
        tone,cold,warm,1
        tone,none,none,1
    "#]]
    .assert_eq(&text(&report));
    expect![[r#"
        Which answers coders take for one another

        lead: c1 down, c2 across
        ┌──────────────────┬──────────────────┬───────────────┬──────┐
        │                  ┆ shared; rotating ┆ shared; alone ┆ none │
        ╞══════════════════╪══════════════════╪═══════════════╪══════╡
        │ shared           ┆ ·                ┆             1 ┆ ·    │
        │ shared; rotating ┆                1 ┆ ·             ┆ ·    │
        │ alone            ┆ ·                ┆ ·             ┆    1 │
        └──────────────────┴──────────────────┴───────────────┴──────┘

        tone: c1 down, c2 across
        ┌──────┬──────┬──────┐
        │      ┆ warm ┆ none │
        ╞══════╪══════╪══════╡
        │ warm ┆    1 ┆ ·    │
        │ cold ┆    1 ┆ ·    │
        │ none ┆ ·    ┆    1 │
        └──────┴──────┴──────┘

        Whole answers, over the units that both decided.
        Round main, codebook v-000000000001.
    "#]]
    .assert_eq(&written(&report, "table"));
}

/// What counts, as `unit dimension: codes` lines.
fn counted(small: &SmallStudy, rule: Rule) -> (String, Tally) {
    let (study, comparison) = (&small.study, &small.comparison);
    let decisions = of_comparison(study, comparison, &small.settlements, rule, &Scope::default());
    let mut lines = String::new();
    for (place, unit) in decisions.units.iter().enumerate() {
        for (dimension, cell) in decisions.dimensions.iter().zip(decisions.unit(place)) {
            if cell.answer.is_decided() {
                let codes = decisions.answers.cell(cell.answer, &study.vocabulary);
                let locator = &study.units[unit.at()].locator;
                let dimension = &study.vocabulary.dimensions[usize::from(dimension.0)].id;
                lines.push_str(&format!("{locator} {dimension}: {codes}\n"));
            }
        }
    }
    (lines, decisions.tally)
}

#[test]
fn final_is_consensus_else_what_was_agreed_else_what_one_alone_decided() {
    let small = five_units().settled("TA:1 lead both: shared; alone\nTA:2 tone open: -");
    let (lines, tally) = counted(&small, Rule::Final);
    expect![[r#"
        TA:1 lead: shared; alone
        TA:1 tone: warm
        TA:2 lead: shared; rotating
        TA:3 lead: none
        TB:2 tone: none
    "#]]
    .assert_eq(&lines);
    let Tally { consensus, agreed, single, unsettled, undecided, counted } = tally;
    assert_eq!((consensus, agreed, single, unsettled, undecided, counted), (1, 3, 1, 2, 3, 5));
}

#[test]
fn agreed_any_and_consensus_count_what_their_names_say() {
    let small = five_units().settled("TA:1 lead first: shared\nTA:1 tone other: cold");
    expect![[r#"
        TA:1 tone: warm
        TA:2 lead: shared; rotating
        TB:2 tone: none
    "#]]
    .assert_eq(&counted(&small, Rule::Agreed).0);
    expect![[r#"
        TA:1 lead: shared; alone
        TA:1 tone: warm
        TA:2 lead: shared; rotating
        TA:2 tone: warm; cold
        TA:3 lead: none
        TB:1 lead: alone
        TB:2 tone: none
    "#]]
    .assert_eq(&counted(&small, Rule::Any).0);
    expect![[r#"
        TA:1 lead: shared
        TA:1 tone: cold
    "#]]
    .assert_eq(&counted(&small, Rule::Consensus).0);
}

#[test]
fn one_coders_decisions_are_hers_alone() {
    let small = five_units().settled("TA:1 lead other: rotating");
    let coding = &small.comparison.codings[1];
    let decisions =
        of_coder(&small.study, coding, &small.comparison.open, &Scope::default(), Codes::Decided);
    assert_eq!((decisions.tally.counted, decisions.tally.all()), (6, 10));
}

#[test]
fn a_consensus_of_an_earlier_round_does_not_outlive_a_later_one() {
    let mut small = five_units();
    small.study.rounds.push("recode".parse().unwrap());
    let mut small = small.settled("TB:1 lead first: alone\nTA:1 lead first: shared");
    // B1 was decided again, and alike, in the later round.
    let (unit, lead) = (small.unit("TB:1"), small.study.vocabulary.dimension("lead").unwrap());
    let none = small.answer("none");
    for coding in &mut small.comparison.codings {
        let mut cell = coding.cell(unit, lead);
        (cell.answer, cell.round) = (none, RoundIndex(1));
        coding.set(unit, lead, cell);
    }
    small.comparison.superseded.insert((unit, lead));
    let (lines, _) = counted(&small, Rule::Final);
    assert!(lines.contains("TB:1 lead: none") && lines.contains("TA:1 lead: shared"), "{lines}");
}

#[test]
fn a_unit_is_cited_by_speaker_case_and_paragraph() {
    let small = SmallStudy::new("lead one\n  shared")
        .participants(&["P11", "P12", "M moderator"])
        .case("A", "CoP 38", &[])
        .case("B", "CoP 9", &[])
        .transcript("A", "TA", &["M: why", "P11: so", "P12: no", "P11: yes"], &["1-2", "3-4"])
        .transcript("B", "TB1", &["P11: so"], &[])
        .transcript("B", "TB2", &["P11: a", "P12: b", "M: c"], &["1", "2-3"]);
    let citations = Citations::of(&small.study);
    let cited: Vec<String> = small.study.units().map(|(unit, _)| citations.unit(unit)).collect();
    assert_eq!(
        cited,
        [
            "(P11, CoP 38: 1-2)",
            "(P12 & P11, CoP 38: 3-4)",
            "(P11, TB1: 1)",
            "(P11, TB2: 1)",
            "(P12, TB2: 2-3)"
        ]
    );
}
