//! Agreement on a study: which units enter, what counts as one answer, what is said where there is no figure.

use expect_test::expect;
use themata::analysis::agreement::{
    About, Agreement, Categories, Given, Level, Options, Requirement, Row, Single, agreement,
};
use themata::analysis::codings::Codings;
use themata::analysis::provenance::Provenance;
use themata::analysis::scope::Scope;
use themata::analysis::study_codings::{Choice, codings};
use themata::render::agreement::AgreementReport;
use themata::render::names::Names;
use themata::stats::Measure;
use themata::words::Language;

use crate::small::SmallStudy;
use crate::support::written;

/// Six units, two coders; `rotating` lies beneath `shared`; `tone` is a dimension of one code a unit.
fn six_units() -> SmallStudy {
    SmallStudy::new(
        "
        lead many
          shared
            rotating
            electing
          alone
        tone one
          warm
          cold
        ",
    )
    .participants(&["P1", "P2"])
    .case("A", "", &[])
    .case("B", "", &[])
    .transcript("A", "TA", &["P1: a b", "P1: c", "P2: d"], &[])
    .transcript("B", "TB", &["P1: a b", "P1: c", "P2: d"], &[])
    .coding(
        "c1",
        "
        TA:1 lead: rotating
        TA:2 lead: shared
        TA:3 lead: none
        TB:1 lead: none
        TB:2 lead: alone; rotating
        TB:3 lead: none ?
        TA:1 tone: warm
        TA:2 tone: none
        TA:3 tone: cold
        TB:1 tone: cold
        ",
    )
    .coding(
        "c2",
        "
        TA:1 lead: electing
        TA:2 lead: none
        TA:3 lead: none
        TB:1 lead: alone
        TB:2 lead: alone; rotating
        TA:1 tone: warm
        TA:2 tone: none
        TA:3 tone: none
        TB:1 tone: cold
        TB:2 tone: warm
        ",
    )
}

fn all(small: &SmallStudy) -> Codings {
    codings(&small.study, &small.comparison, &Choice::default())
}

fn row<'a>(agreement: &'a Agreement, level: Level, name: &str, measure: Measure) -> &'a Row {
    let mut rows = agreement.groups[0].rows.iter();
    rows.find(|row| row.level == level && row.about.name() == name && row.measure == measure)
        .unwrap()
}

fn value(row: &Row) -> f64 {
    row.figure.as_ref().unwrap().value
}

fn close(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-12, "{one} is not {other}");
}

#[test]
fn presence_counts_a_parent_where_anything_beneath_it_is_given() {
    let options = Options { levels: vec![Level::Presence], ..Options::default() };
    let agreement = agreement(&all(&six_units()), &options);
    let mut seen = String::new();
    for row in agreement.groups[0].rows.iter().filter(|it| it.measure == Measure::PercentAgreement)
    {
        let counts = row.counts.map(|it| (it.both, it.only_first, it.only_second, it.neither));
        let n = row.n;
        seen.push_str(&format!("{} {counts:?} n={n} {:.3}\n", row.about.name(), value(row)));
    }
    // The first coder gives `shared` or beneath to A1, A2, B2; the second to A1, B2. B3 was decided by one alone.
    expect![[r#"
        lead Some((2, 1, 1, 1)) n=5 0.600
        shared Some((2, 1, 0, 2)) n=5 0.800
        rotating Some((1, 1, 0, 3)) n=5 0.800
        electing Some((0, 0, 1, 4)) n=5 0.800
        alone Some((1, 0, 1, 3)) n=5 0.800
        tone Some((2, 1, 0, 1)) n=4 0.750
        warm Some((1, 0, 0, 3)) n=4 1.000
        cold Some((1, 1, 0, 2)) n=4 0.750
        mean None n=5 0.675
    "#]]
    .assert_eq(&seen);
}

#[test]
fn the_usual_levels_follow_what_a_dimension_allows() {
    let agreement = agreement(&all(&six_units()), &Options::default());
    let mut seen = String::new();
    for row in &agreement.groups[0].rows {
        seen.push_str(&format!("{} {} {}\n", row.level, row.about.name(), row.measure));
    }
    expect![[r#"
        presence lead percent_agreement
        presence lead krippendorff_alpha
        presence lead gwet_ac1
        presence lead cohen_kappa
        value tone percent_agreement
        value tone krippendorff_alpha
        value tone gwet_ac1
        value tone cohen_kappa
        sets lead percent_agreement
        sets lead krippendorff_alpha_masi
    "#]]
    .assert_eq(&seen);
}

#[test]
fn whole_answers_sets_and_tuples_are_compared_as_they_are() {
    let options = Options { levels: Level::ALL.to_vec(), ..Options::default() };
    let agreement = agreement(&all(&six_units()), &options);
    let pa = |level, name| row(&agreement, level, name, Measure::PercentAgreement);
    // lead: A3 and B2 equal of five; tone: A1, A2, B1 equal of four.
    close(value(pa(Level::Value, "lead")), 2.0 / 5.0);
    close(value(pa(Level::Sets, "lead")), 2.0 / 5.0);
    close(value(pa(Level::Value, "tone")), 3.0 / 4.0);
    // Both decided all dimensions of A1, A2, A3, B1; no tuple is the same twice: A1 and B1 differ in lead, A3 in tone.
    let joint = pa(Level::Joint, "*");
    assert_eq!((value(joint), joint.n), (0.0, 4));
}

#[test]
fn a_unit_that_one_coder_decided_shapes_chance_only_if_asked() {
    let exclude = agreement(&all(&six_units()), &Options::default());
    let options = Options { single: Single::Include, ..Options::default() };
    let include = agreement(&all(&six_units()), &options);
    let pa = |it| value(row(it, Level::Presence, "lead", Measure::PercentAgreement));
    let ac1 = |it| value(row(it, Level::Presence, "lead", Measure::GwetAc1));
    close(pa(&exclude), 0.6);
    close(pa(&include), 0.6);
    // Six of ten answers give something; with the lone `none` on B3 the share is (5 * 0.6 + 0) / 6 = 1/2.
    close(ac1(&exclude), (0.6 - 0.48) / (1.0 - 0.48));
    close(ac1(&include), (0.6 - 0.5) / (1.0 - 0.5));
    let entering = &exclude.groups[0].entering[0];
    assert_eq!((entering.paired, entering.single, entering.undecided), (5, 1, 0));
}

#[test]
fn what_a_coder_was_unsure_of_can_be_left_out() {
    let small = six_units();
    let choice = Choice { without_unsure: true, ..Choice::default() };
    let options = Options { single: Single::Include, ..Options::default() };
    let agreement = agreement(&codings(&small.study, &small.comparison, &choice), &options);
    let entering = &agreement.groups[0].entering[0];
    assert_eq!((entering.paired, entering.single, entering.undecided), (5, 0, 1));
}

#[test]
fn units_to_which_somebody_gave_nothing_are_left_out_if_asked() {
    let options =
        Options { given: Some(Given::Both), levels: vec![Level::Sets], ..Options::default() };
    let agreement = agreement(&all(&six_units()), &options);
    // A1 and B2 got something from both; A2, A3, B1 from one or neither.
    let sets = row(&agreement, Level::Sets, "lead", Measure::PercentAgreement);
    assert_eq!((value(sets), sets.n), (0.5, 2));
    assert_eq!(agreement.groups[0].entering[0].not_given, 3);
}

#[test]
fn a_code_that_did_not_exist_yet_was_not_asked_for() {
    let small = SmallStudy::new("lead many\n  shared")
        .codebook_now("lead many\n  shared\n  alone")
        .participants(&["P1"])
        .case("A", "", &[])
        .transcript("A", "TA", &["P1: a", "P1: b", "P1: c"], &[])
        .coding("c1", "TA:1 lead: shared @0\nTA:2 lead: none @0\nTA:3 lead: alone")
        .coding("c2", "TA:1 lead: shared @0\nTA:2 lead: alone\nTA:3 lead: none");
    let options = Options { levels: vec![Level::Presence], ..Options::default() };
    let agreement = agreement(&all(&small), &options);
    let counts = |name| {
        let row = row(&agreement, Level::Presence, name, Measure::PercentAgreement);
        let counts = row.counts.unwrap();
        (counts.both, counts.only_first, counts.only_second, counts.neither)
    };
    assert_eq!(counts("shared"), (1, 0, 0, 2));
    // Only A3 was asked of both with `alone` in the codebook.
    assert_eq!(counts("alone"), (0, 1, 0, 0));
}

#[test]
fn categories_nobody_used_count_only_if_the_codebook_is_asked() {
    let small = SmallStudy::new("tone one\n  warm\n  cold")
        .participants(&["P1"])
        .case("A", "", &[])
        .transcript("A", "TA", &["P1: a", "P1: b", "P1: c", "P1: d"], &[])
        .coding("c1", "TA:1 tone: warm\nTA:2 tone: warm\nTA:3 tone: cold\nTA:4 tone: cold")
        .coding("c2", "TA:1 tone: warm\nTA:2 tone: warm\nTA:3 tone: cold\nTA:4 tone: warm");
    let bp = |categories| {
        let measures = vec![Measure::BrennanPrediger];
        let options = Options { categories, measures, ..Options::default() };
        value(&agreement(&all(&small), &options).groups[0].rows[0])
    };
    close(bp(Categories::Observed), (0.75 - 0.5) / 0.5);
    // warm, cold, the dimension itself, none.
    close(bp(Categories::Codebook), (0.75 - 0.25) / 0.75);
}

#[test]
fn a_code_that_nobody_gave_is_undefined_in_words_with_percent_agreement_beside_it() {
    let small = SmallStudy::new("lead many\n  shared\n  alone")
        .participants(&["P1"])
        .case("A", "", &[])
        .transcript("A", "TA", &["P1: a", "P1: b"], &[])
        .coding("c1", "TA:1 lead: shared\nTA:2 lead: none")
        .coding("c2", "TA:1 lead: none\nTA:2 lead: none");
    let options = Options { levels: vec![Level::Presence], ..Options::default() };
    let report = AgreementReport {
        agreement: agreement(&all(&small), &options),
        names: Names::of(&small.study, false),
        options,
        by: None,
        assumed: Vec::new(),
        inventory: None,
        without_unsure: false,
        definitions: Vec::new(),
        provenance: Some(Provenance::of(&small.study, &small.comparison)),
        cuts: None,
    };
    let text = written(&report, "csv");
    let alone: Vec<&str> = text.lines().filter(|line| line.contains("alone")).collect();
    expect![[r#"
        presence,alone,percent_agreement,1,,0,1,1,analytic,2,0,0,0,2
        presence,alone,krippendorff_alpha,,every answer is the same,,,,none,2,0,0,0,2
        presence,alone,gwet_ac1,,every answer is the same,,,,none,2,0,0,0,2
        presence,alone,cohen_kappa,,every answer is the same,,,,none,2,0,0,0,2"#]]
    .assert_eq(&alone.join("\n"));
}

#[test]
fn each_case_stands_for_itself_and_dimensions_can_be_chosen() {
    let small = six_units();
    let tone = small.study.vocabulary.dimension("tone").unwrap();
    let scope = Scope { dimensions: [tone].into(), ..Scope::default() };
    let choice = Choice { scope, without_unsure: false };
    let options = Options { by_case: true, ..Options::default() };
    let agreement = agreement(&codings(&small.study, &small.comparison, &choice), &options);
    let seen: Vec<_> = agreement
        .groups
        .iter()
        .map(|group| (group.name.as_deref().unwrap(), group.units, group.rows[0].n))
        .collect();
    assert_eq!(seen, [("A", 3, 3), ("B", 3, 1)]);
    assert!(agreement.groups[0].rows.iter().all(|row| row.about.name() == "tone"));
}

#[test]
fn cases_that_wait_are_not_counted_and_are_named() {
    let mut small = six_units();
    let waiting = small.comparison.open.pop().unwrap();
    small.comparison.waiting.push(themata::domain::comparison::Waiting {
        case: waiting,
        coders: vec!["c2".parse().unwrap()],
    });
    let agreement = agreement(&all(&small), &Options::default());
    assert_eq!(agreement.groups[0].units, 3);
    let provenance = Provenance::of(&small.study, &small.comparison);
    let notes = provenance.notes();
    assert_eq!(notes[1].text(Language::English), "B is not in here: not yet sealed by c2.");
}

#[test]
fn a_condition_must_hold_in_every_row_and_fails_where_there_is_no_figure() {
    let options = Options { levels: vec![Level::Value], ..Options::default() };
    let agreement = agreement(&all(&six_units()), &options);
    let missed = |condition: &str| {
        let condition: Requirement = condition.parse().unwrap();
        let missed = condition.missed(&agreement);
        missed.iter().map(|(_, row)| row.about.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(missed("percent_agreement>=0.7"), ["lead", "mean"]);
    assert_eq!(missed("percent_agreement>=0.4"), [""; 0]);
    // The mean has no interval, and is asked for no lower limit.
    assert_eq!(missed("percent_agreement.low>=-5"), [""; 0]);
    assert_eq!(missed("percent_agreement.low>=0.2"), ["lead", "tone"]);
}

#[test]
fn a_mean_names_the_dimensions_that_it_leaves_out() {
    let small = SmallStudy::new("lead one\n  shared\ntone one\n  warm\nend one\n  late")
        .participants(&["P1"])
        .case("A", "", &[])
        .transcript("A", "TA", &["P1: a", "P1: b", "P1: c"], &[])
        .coding(
            "c1",
            "TA:1 lead: shared\nTA:2 lead: none\nTA:1 tone: none\nTA:2 tone: none\nTA:1 end: late\nTA:2 end: none",
        )
        .coding(
            "c2",
            "TA:1 lead: shared\nTA:2 lead: none\nTA:1 tone: none\nTA:2 tone: none\nTA:1 end: none\nTA:2 end: none",
        );
    let measures = vec![Measure::CohenKappa];
    let agreement = agreement(&all(&small), &Options { measures, ..Options::default() });
    let mean = agreement.groups[0].rows.last().unwrap();
    assert_eq!(mean.about, About::Mean(vec!["tone".to_owned()]));
    close(value(mean), 0.5);
}

#[test]
fn the_table_shows_figures_intervals_reasons_and_how_they_were_made() {
    let small = six_units();
    let options = Options::default();
    let report = AgreementReport {
        agreement: agreement(&all(&small), &options),
        names: Names::of(&small.study, false),
        options,
        by: None,
        assumed: Vec::new(),
        inventory: None,
        without_unsure: false,
        definitions: Vec::new(),
        provenance: Some(Provenance::of(&small.study, &small.comparison)),
        cuts: None,
    };
    expect![[r#"
        Agreement between c1 and c2

        presence: given or not, with what lies beneath
        ┌───────────┬───┬───────────────────┬──────────────────────┬─────────────────┬─────────────────┐
        │ dimension ┆ n ┆ percent agreement ┆ Krippendorff's alpha ┆ Gwet's AC1      ┆ Cohen's kappa   │
        ╞═══════════╪═══╪═══════════════════╪══════════════════════╪═════════════════╪═════════════════╡
        │ lead      ┆ 5 ┆ 0.600             ┆ 0.250                ┆ 0.231           ┆ 0.167           │
        │           ┆   ┆ [0.000, 1.000]    ┆ [-1.000, 1.000]      ┆ [-1.000, 1.000] ┆ [-0.707, 1.000] │
        └───────────┴───┴───────────────────┴──────────────────────┴─────────────────┴─────────────────┘

        presence: units by who gave it
        ┌───────────┬──────┬─────────┬─────────┬─────────┐
        │ dimension ┆ both ┆ only c1 ┆ only c2 ┆ neither │
        ╞═══════════╪══════╪═════════╪═════════╪═════════╡
        │ lead      ┆    2 ┆       1 ┆       1 ┆       1 │
        └───────────┴──────┴─────────┴─────────┴─────────┘

        value: the whole answer in a dimension as one
        ┌───────────┬───┬───────────────────┬──────────────────────┬─────────────────┬────────────────┐
        │ dimension ┆ n ┆ percent agreement ┆ Krippendorff's alpha ┆ Gwet's AC1      ┆ Cohen's kappa  │
        ╞═══════════╪═══╪═══════════════════╪══════════════════════╪═════════════════╪════════════════╡
        │ tone      ┆ 4 ┆ 0.750             ┆ 0.667                ┆ 0.628           ┆ 0.636          │
        │           ┆   ┆ [0.000, 1.000]    ┆ [-0.589, 1.000]      ┆ [-0.539, 1.000] ┆ [0.054, 1.000] │
        └───────────┴───┴───────────────────┴──────────────────────┴─────────────────┴────────────────┘

        sets: several codes per unit, by how far the sets are apart
        ┌───────────┬───┬───────────────────┬─────────────────────────────┐
        │ dimension ┆ n ┆ percent agreement ┆ Krippendorff's alpha (MASI) │
        ╞═══════════╪═══╪═══════════════════╪═════════════════════════════╡
        │ lead      ┆ 5 ┆ 0.400             ┆ 0.264                       │
        │           ┆   ┆ [0.000, 1.000]    ┆ [-0.522, 1.000]             │
        └───────────┴───┴───────────────────┴─────────────────────────────┘

        6 units in lead: 5 decided by two coders or more, 1 by one alone, 0 by nobody.
        6 units in tone: 4 decided by two coders or more, 1 by one alone, 1 by nobody.
        What one coder alone decided is left out (--single exclude).
        In brackets: the 95 % interval. It is analytic and treats units as independent.
        Gwet's AC1: the categories are those that coders used (--categories observed).
        Round main, codebook v-000000000001.
    "#]].assert_eq(&written(&report, "table"));
}
