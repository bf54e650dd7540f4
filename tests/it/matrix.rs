//! Matrices counted by hand: who counts where, 0 against empty, totals, shares, words.

use expect_test::{Expect, expect};
use themata::analysis::decisions::{Rule, of_coder, of_comparison};
use themata::analysis::matrix::{Axis, Content, Options, Source, matrix};
use themata::analysis::provenance::{Counted, Provenance};
use themata::analysis::quotes::{Wanted, quotations};
use themata::analysis::scope::Scope;
use themata::domain::comparison::Codes;
use themata::render::Report;
use themata::render::matrix::MatrixReport;
use themata::render::quotes::QuotesReport;
use themata::words::Language;
use themata::work::ask::{MatrixAnswer, MatrixAsk};

use crate::small::SmallStudy;
use crate::support::written;

/// Two cases, three participants, a moderator. `deep` lies beneath `shared`.
///
/// A1 (P1) shared/deep · A2 (P1 and P2) none · A3 (P2) alone · A4 (P2) undecided · B1 (P3) in dispute.
fn small() -> SmallStudy {
    SmallStudy::new("lead many\n  shared\n    deep\n  alone\ntone one\n  warm")
        .participants(&["M moderator", "P1 gender=f", "P2 gender=m", "P3"])
        .case("A", "CoP 1", &[("sector", "north")])
        .case("B", "CoP 2", &[("sector", "south")])
        .transcript(
            "A",
            "TA",
            &["M: why", "P1: one two", "P1: three", "P2: four five", "P2: six", "P2: seven"],
            &["1-2", "3-4", "5", "6"],
        )
        .transcript("B", "TB", &["P3: eight nine"], &[])
        .topic("TA:1-2", "start")
        .coding(
            "c1",
            "
            TA:1-2 lead: deep; shared
            TA:3-4 lead: none
            TA:5 lead: alone
            TB:1 lead: shared
            TA:1-2 tone: warm
            TA:3-4 tone: warm
            ",
        )
        .coding(
            "c2",
            "
            TA:1-2 lead: deep; shared
            TA:3-4 lead: none
            TB:1 lead: alone
            TA:1-2 tone: warm
            TA:3-4 tone: warm
            TA:5 tone: none
            TB:1 tone: none
            ",
        )
}

fn options(rows: &str, columns: &str) -> Options {
    Options { rows: rows.parse().unwrap(), columns: columns.parse().unwrap(), ..Options::default() }
}

fn report(small: &SmallStudy, options: Options, long: bool) -> MatrixReport {
    let (study, comparison, scope) = (&small.study, &small.comparison, Scope::default());
    let sources: Vec<Source> =
        if [&options.rows, &options.columns].iter().any(|it| it.has(&Axis::Coder)) {
            let of = |coding: &themata::domain::coding::Coding| Source {
                coder: Some(coding.label.clone()),
                round: None,
                decisions: of_coder(study, coding, &comparison.open, &scope, Codes::Decided),
            };
            comparison.codings.iter().map(of).collect()
        } else {
            let decisions =
                of_comparison(study, comparison, &small.settlements, Rule::Final, &scope);
            vec![Source { coder: None, round: None, decisions }]
        };
    let matrix = matrix(study, &sources, &options);
    let tally = sources[0].decisions.tally;
    let counted = Counted {
        from: "final".to_owned(),
        tally,
        reasons: themata::analysis::decisions::Reasons::default(),
    };
    let ask = MatrixAsk {
        rows: options.rows,
        columns: options.columns,
        cells: vec![options.content],
        exact: options.exact,
        totals: options.totals,
        with_moderator: options.with_moderator,
        voice: options.voice,
        ids: true,
        long,
        ..MatrixAsk::default()
    };
    let answer = MatrixAnswer {
        matrices: vec![(options.content, matrix)],
        one_voice: None,
        counted: Some(counted),
        provenance: Provenance::of(study, comparison),
    };
    MatrixReport::new(study, answer, &ask)
}

fn text(report: &dyn Report) -> String {
    written(report, "csv")
}

fn check(options: Options, expected: Expect) {
    expected.assert_eq(&text(&report(&small(), options, false)));
}

#[test]
fn cases_by_dimensions_count_each_unit_once_and_leave_what_was_not_settled_empty() {
    // lead in B is in dispute; tone in B was decided (by one alone) and nothing given.
    check(
        Options { totals: true, ..options("case", "dimension") },
        expect![[r#"
            case,lead,tone,total
            A,2,2,3
            B,,0,0
            total,2,2,3
        "#]],
    );
}

#[test]
fn a_parent_counts_what_lies_beneath_it_once_unless_exact() {
    check(
        options("case", "code"),
        expect![[r#"
            case,shared,deep,alone,warm
            A,1,1,1,2
            B,,,,0
        "#]],
    );
    let exact = small().settled("TA:1-2 lead other: deep");
    let with_exact = Options { exact: true, ..options("case", "code") };
    expect![[r#"
        case,shared,deep,alone,warm
        A,0,1,1,2
        B,,,,0
    "#]]
    .assert_eq(&text(&report(&exact, with_exact, false)));
    let dimensions = Options { exact: true, ..options("case", "dimension") };
    expect![[r#"
        case,lead,tone
        A,0,0
        B,,0
    "#]]
    .assert_eq(&text(&report(&exact, dimensions, false)));
}

#[test]
fn a_unit_counts_in_the_row_of_everybody_who_speaks_in_it() {
    // Units 3-4 (P1 and P2) are warm: rows sum to 3, the total is 2.
    check(
        Options { totals: true, ..options("participant", "code") },
        expect![[r#"
            participant,shared,deep,alone,warm,total
            P1,1,1,0,2,2
            P2,0,0,1,1,2
            P3,,,,0,0
            total,1,1,1,2,3
        "#]],
    );
}

#[test]
fn moderators_count_only_if_asked_for() {
    check(
        options("role", "dimension"),
        expect![[r#"
            role,lead,tone
            participant,2,2
            moderator,1,1
        "#]],
    );
    check(
        Options { with_moderator: true, ..options("participant", "dimension") },
        expect![[r#"
            participant,lead,tone
            M,1,1
            P1,1,2
            P2,1,1
            P3,,0
        "#]],
    );
}

#[test]
fn words_are_a_persons_own_in_her_row_and_the_units_elsewhere() {
    let words = |rows: &str| Options {
        content: Content::Words,
        totals: true,
        ..options(rows, "dimension")
    };
    // Units 3-4 hold one word of P1 and two of P2; the moderator's are never counted.
    check(
        words("participant"),
        expect![[r#"
            participant,lead,tone,total
            P1,2,3,3
            P2,1,2,3
            P3,,0,0
            total,3,5,6
        "#]],
    );
    check(
        words("case"),
        expect![[r#"
            case,lead,tone,total
            A,3,5,6
            B,,0,0
            total,3,5,6
        "#]],
    );
    check(
        Options { with_moderator: true, totals: false, ..words("case") },
        expect![[r#"
            case,lead,tone
            A,4,6
            B,,0
        "#]],
    );
}

#[test]
fn a_share_is_of_the_rows_units_decided_in_that_dimension() {
    // A: lead was decided of three units (none included), tone of three as well; deep of one.
    check(
        Options { content: Content::Share, totals: true, ..options("case", "dimension") },
        expect![[r#"
            case,lead,tone,total
            A,0.6666666666666666,0.6666666666666666,1
            B,,0,0
            total,0.6666666666666666,0.5,0.75
        "#]],
    );
    // Where no column is a dimension or code: of the row's units with any code.
    check(
        Options { content: Content::Share, ..options("case", "topic") },
        expect![[r#"
            case,start,-
            A,0.3333333333333333,0.6666666666666666
            B,,
        "#]],
    );
    check(
        Options { content: Content::Share, ..options("code", "participant") },
        expect![[r#"
            code,P1,P2,P3
            shared,1,0,
            deep,1,0,
            alone,0,1,
            warm,1,0.5,0
        "#]],
    );
}

#[test]
fn people_cases_and_presence_are_distinct() {
    let of = |content, rows, columns| Options { content, totals: true, ..options(rows, columns) };
    check(
        of(Content::Participants, "case", "dimension"),
        expect![[r#"
            case,lead,tone,total
            A,2,2,2
            B,,0,0
            total,2,2,2
        "#]],
    );
    check(
        of(Content::Cases, "code", "case.sector"),
        expect![[r#"
            code,north,south,total
            shared,1,,1
            deep,1,,1
            alone,1,,1
            warm,1,0,1
            total,1,0,1
        "#]],
    );
    check(
        of(Content::Presence, "participant.gender", "code"),
        expect![[r#"
            participant.gender,shared,deep,alone,warm,total
            f,1,1,0,1,1
            m,0,0,1,1,1
            -,,,,0,0
            total,1,1,1,1,1
        "#]],
    );
}

#[test]
fn codes_can_be_crossed_with_codes_and_coders_with_dimensions() {
    check(
        options("code", "dimension"),
        expect![[r#"
            code,lead,tone
            shared,1,1
            deep,1,1
            alone,1,0
            warm,1,2
        "#]],
    );
    check(
        Options { totals: true, ..options("coder", "code") },
        expect![[r#"
            coder,shared,deep,alone,warm,total
            c1,2,1,1,2,4
            c2,1,1,1,2,3
            total,2,1,2,2,4
        "#]],
    );
}

#[test]
fn without_a_code_or_dimension_units_with_any_code_count() {
    check(
        options("transcript", "participant"),
        expect![[r#"
            transcript,P1,P2,P3
            TA,2,2,
            TB,,,0
        "#]],
    );
}

#[test]
fn long_gives_the_units_behind_each_cell() {
    let options = Options { list_units: true, totals: true, ..options("case", "dimension") };
    expect![[r#"
        row,column,value,units
        A,lead,2,TA:1-2; TA:5
        A,tone,2,TA:1-2; TA:3-4
        A,total,3,TA:1-2; TA:3-4; TA:5
        B,lead,,
        B,tone,0,
        B,total,0,
        total,lead,2,TA:1-2; TA:5
        total,tone,2,TA:1-2; TA:3-4
        total,total,3,TA:1-2; TA:3-4; TA:5
    "#]]
    .assert_eq(&text(&report(&small(), options, true)));
}

#[test]
fn a_code_that_did_not_exist_yet_leaves_its_cell_empty() {
    let small = SmallStudy::new("lead many\n  shared")
        .codebook_now("lead many\n  shared\n  alone")
        .participants(&["P1"])
        .case("A", "", &[])
        .case("B", "", &[])
        .transcript("A", "TA", &["P1: a", "P1: b"], &[])
        .transcript("B", "TB", &["P1: c"], &[])
        .coding("c1", "TA:1 lead: shared @0\nTA:2 lead: none @0\nTB:1 lead: none")
        .coding("c2", "TA:1 lead: shared @0\nTA:2 lead: none\nTB:1 lead: none");
    let share = Options { content: Content::Share, ..options("case", "code") };
    expect![[r#"
        case,shared,alone
        A,0.5,
        B,0,0
    "#]]
    .assert_eq(&text(&report(&small, share, false)));
}

#[test]
fn the_table_says_what_it_counts() {
    let options = Options { totals: true, ..options("participant", "code") };
    let report = report(&small(), options, false);
    expect![[r#"
        units: participant × code

        ┌─────────────┬────────┬──────┬───────┬──────┬───────┐
        │ participant ┆ shared ┆ deep ┆ alone ┆ warm ┆ total │
        ╞═════════════╪════════╪══════╪═══════╪══════╪═══════╡
        │ P1          ┆      1 ┆    1 ┆     0 ┆    2 ┆     2 │
        │ P2          ┆      0 ┆    0 ┆     1 ┆    1 ┆     2 │
        │ P3          ┆      – ┆    – ┆     – ┆    0 ┆     0 │
        │ total       ┆      1 ┆    1 ┆     1 ┆    2 ┆     3 │
        └─────────────┴────────┴──────┴───────┴──────┴───────┘

        ·: did not speak there; –: spoke, and nothing there was decided and settled; 0: decided, and not given. Silence is no answer.
        A code or dimension counts each unit given it or anything beneath it, once.
        A unit counts for everybody who speaks in it, so that rows may sum to more than the total.
        Of the units counted, 1 has several speakers.
        Of 10 units × dimensions: 0 settled in consensus, 4 agreed, 3 decided by one coder alone; not counted: 1 unsettled, 2 undecided.
        Round main, codebook v-000000000001.
    "#]].assert_eq(&written(&report, "table"));
    let json = report.document(Language::English).json();
    assert_eq!(
        json["rows"][0],
        serde_json::json!({"participant": "P1", "shared": 1, "deep": 1, "alone": 0, "warm": 2, "total": 2})
    );
    assert_eq!(json["rows"][2]["shared"], serde_json::Value::Null);
    assert_eq!(json["counted"]["unsettled"], 1);
}

#[test]
fn quotations_come_with_their_citation_and_without_those_who_are_not_to_be_quoted() {
    let mut small = small();
    small.study.participants[2].quotes = "no".parse().unwrap();
    let (study, comparison) = (&small.study, &small.comparison);
    let decisions = of_comparison(study, comparison, &[], Rule::Final, &Scope::default());
    let quotes = |wanted: &Wanted| {
        let found = quotations(study, &decisions, wanted);
        let counted = Counted {
            from: "final".to_owned(),
            tally: decisions.tally,
            reasons: decisions.reasons.clone(),
        };
        let provenance = Provenance::of(study, comparison);
        QuotesReport::new(study, &found, None, counted, provenance)
    };
    let all = quotes(&Wanted::default());
    expect![[r#"
        locator,case,speakers,citation,code,text
        TA:1-2,A,P1,"(P1, CoP 1: 1-2)",shared; deep; warm,"M: why
        P1: one two"
    "#]]
    .assert_eq(&text(&all));
    // Units 3-4 and 5 hold words of P2.
    assert_eq!(all.document(Language::English).json()["not_quoted"], 2);
    let deep = quotes(&Wanted { code: study.vocabulary.code("shared"), participant: None });
    assert_eq!(deep.document(Language::English).json()["rows"][0]["code"], "shared; deep");
    let p3 = quotes(&Wanted { code: None, participant: Some("P3".parse().unwrap()) });
    assert_eq!(p3.document(Language::English).json()["quotations"], 0);
}
