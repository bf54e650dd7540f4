//! Questions as values: each knows the command line that asks it.

use proptest::prelude::*;
use themata::analysis::decisions::Rule;
use themata::analysis::matrix::{Axis, Content, List};
use themata::cli::asked;
use themata::work::ask::{
    Ask, Comparing, Deciding, DiscrepanciesAsk, MatrixAsk, Part, QuotesAsk, Whose,
};

/// Anything that a person may write for a name: options, blanks, quotes, commas and signs among it.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z][A-Za-z0-9_-]{0,5}", "[-=,;'\"@ a-zé–]{1,8}"]
}

fn maybe<T: std::fmt::Debug>(one: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(one)
}

fn part() -> impl Strategy<Value = Part> {
    let names = || prop::collection::vec(name(), 0..3);
    (names(), names()).prop_map(|(cases, dimensions)| Part { cases, dimensions })
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

fn deciding() -> impl Strategy<Value = Deciding> {
    (maybe(whose()), comparing()).prop_map(|(from, comparing)| Deciding { from, comparing })
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
        Axis::Coder,
        Axis::Round,
    ];
    let lists = prop::sample::select(vec![List::Case, List::Participant, List::Transcript]);
    let attribute = (lists, name()).prop_map(|(list, name)| Axis::Attribute(list, name));
    prop_oneof![prop::sample::select(plain.to_vec()), attribute]
}

fn matrix() -> impl Strategy<Value = Ask> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let cell = prop::sample::select(Content::ALL.to_vec());
    ((axis(), axis(), cell), flags, part(), deciding()).prop_map(
        |((rows, columns, cell), (totals, exact, long, with_moderator), part, deciding)| {
            Ask::Matrix(MatrixAsk {
                rows,
                columns,
                cell,
                totals,
                exact,
                long,
                with_moderator,
                part,
                deciding,
            })
        },
    )
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
    (maybe(maybe(any::<usize>())), part(), comparing()).prop_map(|(limit, part, mut comparing)| {
        if comparing.unblind.is_none() {
            comparing.coder = None;
        }
        Ask::Discrepancies(DiscrepanciesAsk {
            limit: limit.flatten(),
            confusion: limit.is_none(),
            part,
            comparing,
        })
    })
}

proptest! {
    #[test]
    fn a_question_is_what_its_command_line_asks(ask in prop_oneof![matrix(), quotes(), discrepancies()]) {
        let line = ask.line();
        prop_assert_eq!(asked(line.words()), Some(ask), "{}", line);
    }
}
