//! Questions as values: each knows the command line that asks it.

use proptest::prelude::*;
use themata::analysis::agreement::{
    Bootstrap, Categories, Drawn, Given, Level, Requirement, Single,
};
use themata::analysis::cooccurrence::Within;
use themata::analysis::decisions::Rule;
use themata::analysis::matrix::{Axes, Axis, Content, List, OrderBy, OrderKey, Sides, Voice};
use themata::analysis::saturation::Asked;
use themata::cli::asked;
use themata::domain::comparison::Codes;
use themata::stats::elsewhere::Program;
use themata::stats::gamma::Settings;
use themata::stats::{Measure, Plan, Weights};
use themata::work::ask::{
    AccuracyAsk, AgreeAsk, Ask, BoundariesAsk, By, CoderAt, Comparing, CooccurAsk, Deciding,
    DiscrepanciesAsk, ExportAsk, FindAsk, MatrixAsk, OrAll, Part, QuotesAsk, SaturationAsk,
    StatusAsk, TalkAsk, Whose, Wide, WordsAsk,
};

/// Anything that a person may write for a name: options, blanks, quotes, commas and signs among it.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z][A-Za-z0-9_-]{0,5}", "[-=,;'\"@ a-zé–]{1,8}"]
}

fn maybe<T: std::fmt::Debug>(one: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(one)
}

/// Filters are read and printed by a test of their own.
const FILTERS: [&str; 3] =
    ["case.sector=Health", "not (words<20 or code=\"it's all\")", "participant in(P1,\"-x\")"];

fn part() -> impl Strategy<Value = Part> {
    let names = || prop::collection::vec(name(), 0..3);
    let filters = prop::collection::vec(prop::sample::select(FILTERS.to_vec()), 0..3);
    (names(), names(), filters).prop_map(|(cases, dimensions, filters)| {
        let filters = filters.into_iter().map(|it| it.parse().unwrap()).collect();
        Part { cases, dimensions, filters }
    })
}

fn comparing() -> impl Strategy<Value = Comparing> {
    (maybe(name()), maybe(name()), maybe(name())).prop_map(|(round, unblind, coder)| Comparing {
        round,
        unblind,
        coder,
    })
}

fn whose() -> impl Strategy<Value = Whose> {
    let rules = [Rule::Final, Rule::Agreed, Rule::Any, Rule::Consensus];
    let coder = (name(), maybe(name()))
        .prop_filter_map("`@` parts coder and round", |(id, round)| {
            (!id.contains('@')).then_some(Whose::Coder(id, round))
        });
    prop_oneof![prop::sample::select(rules.to_vec()).prop_map(Whose::Rule), coder]
}

fn codes() -> impl Strategy<Value = Codes> {
    prop::sample::select(vec![Codes::Decided, Codes::Current])
}

fn deciding() -> impl Strategy<Value = Deciding> {
    (maybe(whose()), maybe(codes()), comparing()).prop_map(|(from, codes, comparing)| Deciding {
        from,
        codes,
        comparing,
    })
}

fn axis() -> impl Strategy<Value = Axis> {
    let plain = [
        Axis::Case,
        Axis::Participant,
        Axis::Transcript,
        Axis::Role,
        Axis::Topic,
        Axis::Dimension,
        Axis::Code,
        Axis::All,
        Axis::Concept,
        Axis::SourceKind,
        Axis::Coder,
        Axis::Round,
    ];
    let lists = prop::sample::select(vec![List::Case, List::Participant, List::Transcript]);
    let attribute = (lists, name()).prop_map(|(list, name)| Axis::Attribute(list, name));
    prop_oneof![prop::sample::select(plain.to_vec()), attribute]
}

fn axes() -> impl Strategy<Value = Axes> {
    (maybe(axis()), axis()).prop_map(|(outer, inner)| Axes { outer, inner })
}

fn order_by() -> impl Strategy<Value = OrderBy> {
    let lists = prop::sample::select(List::ALL.to_vec());
    let contents = prop::sample::select(vec![Content::Units, Content::Share, Content::Words]);
    let key = prop_oneof![
        (lists, name()).prop_map(|(list, name)| OrderKey::Attribute(list, name)),
        Just(OrderKey::Total),
        name().prop_map(OrderKey::Column),
        (name(), contents).prop_map(|(code, content)| OrderKey::Code(code, content)),
    ];
    (key, any::<bool>()).prop_map(|(key, descending)| OrderBy { key, descending })
}

/// Two groups set against one another: they stand in the columns, which then are nothing else.
fn sides() -> impl Strategy<Value = Sides> {
    let value = "[a-zé][a-z ,\"\\\\=é]{0,6}[a-z]".prop_filter("two", |it| !it.is_empty());
    let axis = axis().prop_filter("one sign", |it| !it.to_string().contains('='));
    (axis, value.clone(), value)
        .prop_filter("two groups", |(_, one, other)| one != other)
        .prop_map(|(axis, one, other)| Sides { axis, of: [one, other] })
}

fn matrix() -> impl Strategy<Value = Ask> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let most = (1_u16..9).prop_map(|most| Content::Quotes(most.try_into().ok()));
    let cell = prop_oneof![prop::sample::select(Content::ALL.to_vec()), most];
    let cells = prop::collection::vec(cell, 1..3);
    let voice = prop::sample::select(vec![Voice::All, Voice::Main, Voice::Marked]);
    let shown = (cells, maybe(order_by()), voice, any::<bool>(), maybe(sides()), any::<bool>());
    ((axes(), axes(), shown), flags, part(), deciding()).prop_map(
        |((rows, columns, shown), (totals, exact, long, with_moderator), part, deciding)| {
            let (cells, order_by, voice, ids, contrast, subtotals) = shown;
            let alone = contrast.is_none();
            Ask::Matrix(MatrixAsk {
                rows,
                columns: if alone { columns } else { Axis::Dimension.into() },
                cells,
                contrast,
                order_by,
                voice,
                ids,
                totals: totals && alone,
                subtotals,
                exact,
                long: long && alone,
                places: false,
                with_moderator,
                part,
                deciding,
            })
        },
    )
}

fn export() -> impl Strategy<Value = Ask> {
    let wide = maybe(prop::sample::select(Wide::ALL.to_vec()));
    (maybe(name()), wide, part(), maybe(name()), maybe(name())).prop_map(
        |(coder, wide, part, round, unblind)| {
            // Who looks at her own decisions does not look early.
            let unblind = unblind.filter(|_| coder.is_none());
            let comparing = Comparing { round, unblind, coder: None };
            Ask::Export(ExportAsk { coder, wide, part, comparing })
        },
    )
}

fn status() -> impl Strategy<Value = Ask> {
    maybe(name()).prop_map(|coder| Ask::Status(StatusAsk { coder }))
}

fn quotes() -> impl Strategy<Value = Ask> {
    (maybe(name()), maybe(name()), maybe(any::<usize>()), part(), deciding()).prop_map(
        |(code, participant, limit, part, deciding)| {
            Ask::Quotes(QuotesAsk { code, participant, limit, part, deciding })
        },
    )
}

fn discrepancies() -> impl Strategy<Value = Ask> {
    // --confusion shows no discrepancy of which there could be too many; who looks early says why.
    let limit = maybe(maybe(any::<usize>()));
    (limit, maybe(codes()), part(), comparing()).prop_map(|(limit, codes, part, mut comparing)| {
        if comparing.unblind.is_none() {
            comparing.coder = None;
        }
        Ask::Discrepancies(DiscrepanciesAsk {
            limit: limit.flatten(),
            confusion: limit.is_none(),
            codes,
            part,
            comparing,
        })
    })
}

fn counted() -> impl Strategy<Value = Ask> {
    let asked = (1_usize..9, 1_usize..9, 0_u32..100_000, any::<u64>());
    let asked = asked.prop_map(|(base, run, orders, seed)| Asked { base, run, orders, seed });
    let within =
        prop_oneof![Just(Within::Unit), Just(Within::Turn), (1_u16..9).prop_map(Within::Units)];
    let cooccur = (within, any::<bool>(), any::<bool>(), part(), deciding()).prop_map(
        |(within, exact, every, part, deciding)| {
            Ask::Cooccur(CooccurAsk { within, exact, every, part, deciding })
        },
    );
    let strata = (maybe(0_u32..=100), maybe(axis()), any::<bool>());
    let saturation = (asked, strata, part(), deciding()).prop_map(
        |(asked, (threshold, by, behind), part, deciding)| {
            Ask::Saturation(SaturationAsk { asked, threshold, by, behind, part, deciding })
        },
    );
    prop_oneof![cooccur.boxed(), saturation.boxed()]
}

fn of_talk() -> impl Strategy<Value = Ask> {
    let names = || prop::collection::vec(name(), 0..3);
    let marks = (maybe(name()), maybe(name()));
    let talk = (0..3, any::<bool>(), marks, part(), deciding()).prop_map(
        |(what, with_moderator, (agreement, dissent), part, deciding)| {
            let (spoke, follows) = (what == 1, what == 2);
            Ask::Talk(TalkAsk {
                with_moderator: with_moderator && !spoke,
                follows,
                spoke,
                agreement: agreement.filter(|_| !follows),
                dissent: dissent.filter(|_| !follows),
                part,
                deciding,
            })
        },
    );
    let limit = prop_oneof![Just(None), (0_usize..100).prop_map(Some)];
    let words = (maybe(axes()), limit, any::<bool>(), part(), deciding()).prop_map(
        |(by, limit, with_moderator, part, deciding)| {
            Ask::Words(WordsAsk { by, limit, with_moderator, part, deciding })
        },
    );
    // Either a text, or the keywords of a code.
    let looked_for = prop_oneof![
        name().prop_map(|text| (Some(text), None)),
        name().prop_map(|code| (None, Some(code))),
    ];
    let within = (maybe(name()), maybe(name()), names(), part(), deciding());
    let find = (looked_for, any::<bool>(), maybe(any::<usize>()), within).prop_map(
        |((text, keywords), loose, limit, (code, not_coded, participants, part, deciding))| {
            Ask::Find(FindAsk {
                text,
                keywords,
                loose,
                participants,
                code,
                not_coded,
                limit,
                part,
                deciding,
            })
        },
    );
    prop_oneof![talk.boxed(), find.boxed(), words.boxed()]
}

/// Coders as they are named in a list that commas part.
fn coders() -> impl Strategy<Value = Vec<CoderAt>> {
    let name =
        prop_oneof!["[A-Za-z][a-z0-9]{0,4}", "[A-Za-z][a-z0-9]{0,4}@[a-z]{1,4}", "[a-zé' ]{2,5}x"];
    prop::collection::vec(name.prop_map(|it| CoderAt::from(it.as_str())), 0..3)
}

fn or_all<T: Clone + std::fmt::Debug + 'static>(
    all: Vec<T>,
    most: usize,
) -> impl Strategy<Value = Vec<OrAll<T>>> {
    let one =
        prop_oneof![1 => Just(OrAll::All), 4 => prop::sample::select(all).prop_map(OrAll::One)];
    prop::collection::vec(one, 0..most)
}

fn pick<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = T> + use<T> {
    prop::sample::select(all.to_vec())
}

fn figures() -> impl Strategy<Value = Ask> {
    let bootstrap = (1_u32..=1_000_000, any::<u64>(), pick(&[Drawn::Units, Drawn::Cases]))
        .prop_map(|(resamples, seed, drawn)| Bootstrap { plan: Plan { resamples, seed }, drawn });
    let figures =
        (or_all(Level::ALL.to_vec(), 3), or_all(Measure::ALL.to_vec(), 3), maybe(bootstrap));
    let units = (
        maybe(pick(&[Single::Exclude, Single::Include])),
        maybe(pick(&[Given::Both, Given::Either])),
        any::<bool>(),
        maybe(pick(&[Categories::Observed, Categories::Codebook])),
        maybe(name()),
    );
    let parts =
        (maybe(pick(&By::ALL)), any::<bool>(), pick(&[Weights::Linear, Weights::Quadratic]));
    let whose = (maybe(pick(&[Program::Irr, Program::Balash2023])), any::<bool>());
    let condition = pick(&["krippendorff_alpha>=0.8", "cohen_kappa.low>0.61"]);
    let condition = condition.prop_map(|it| it.parse::<Requirement>().unwrap());
    let asked = (coders(), codes(), any::<bool>(), maybe(maybe(condition)), any::<bool>());
    (figures, units, parts, whose, asked, part(), comparing()).prop_map(
        |(
            figures,
            units,
            (by, pairs, weights),
            (program, per_category),
            asked,
            part,
            comparing,
        )| {
            let (levels, measures, bootstrap) = figures;
            let (single, given, without_unsure, categories, positive) = units;
            let (coders, codes, after, require, ids) = asked;
            // What somebody else prints has no intervals of ours, and pairs are no parts.
            let bootstrap = bootstrap.filter(|_| program.is_none());
            let per_category = per_category && program.is_none();
            Ask::Agree(Box::new(AgreeAsk {
                levels,
                measures,
                single,
                given,
                without_unsure,
                by: by.filter(|_| !pairs),
                pairs,
                categories,
                positive,
                program,
                weights,
                per_category,
                bootstrap,
                coders,
                codes,
                after,
                require,
                ids,
                part,
                comparing: coder_with_an_id(comparing),
            }))
        },
    )
}

/// Who looks is named by id where agreement is asked for.
fn coder_with_an_id(comparing: Comparing) -> Comparing {
    Comparing { coder: comparing.coder.map(|_| "c1".to_owned()), ..comparing }
}

fn standards_and_cuts() -> impl Strategy<Value = Ask> {
    let against = prop_oneof![Just("final".to_owned()), name()];
    let accuracy = (against, coders(), codes(), any::<bool>(), part(), comparing()).prop_map(
        |(against, coders, codes, ids, part, comparing)| {
            let comparing = coder_with_an_id(comparing);
            Ask::Accuracy(AccuracyAsk { against, coders, codes, ids, part, comparing })
        },
    );
    let of_boundaries: Vec<Measure> =
        Measure::ALL.iter().copied().filter(|it| it.is_of_boundaries()).collect();
    let weight = || (0_u32..50).prop_map(|it| f64::from(it) / 4.0);
    let settings = (weight(), weight(), weight(), 1_u32..=100_000, any::<u64>()).prop_map(
        |(position, category, unaligned, samples, seed)| Settings {
            position,
            category,
            unaligned,
            samples,
            seed,
        },
    );
    let cases = prop::collection::vec(name(), 0..3);
    let asked = (or_all(of_boundaries, 3), coders(), maybe(any::<u64>()), settings);
    let cuts = (asked, any::<bool>(), cases, comparing()).prop_map(
        |((measures, coders, length, settings), ids, cases, comparing)| {
            let part = Part { cases, ..Part::default() };
            let comparing = coder_with_an_id(comparing);
            Ask::Boundaries(BoundariesAsk {
                measures,
                coders,
                length,
                settings,
                ids,
                part,
                comparing,
            })
        },
    );
    prop_oneof![accuracy.boxed(), cuts.boxed()]
}

proptest! {
    #[test]
    fn a_question_is_what_its_command_line_asks(ask in prop_oneof![matrix().boxed(), quotes().boxed(), discrepancies().boxed(), counted().boxed(), of_talk().boxed(), figures().boxed(), standards_and_cuts().boxed(), export().boxed(), status().boxed()]) {
        let line = ask.line();
        prop_assert_eq!(asked(line.words()), Some(ask), "{}", line);
    }
}
