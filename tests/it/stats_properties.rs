//! What must hold for every table of answers, whoever coded what.

use proptest::prelude::*;
use themata::stats::{
    Coefficient, Measure, Ratings, RatingsBuilder, SetRatings, alpha, nominal, sets,
};

type Row = Vec<Option<u32>>;

/// Some coders, some categories, and rows of answers, a fifth of them missing.
fn tables() -> impl Strategy<Value = (usize, usize, Vec<Row>)> {
    (2usize..5, 2usize..6).prop_flat_map(|(coders, categories)| {
        let cell = prop_oneof![4 => (0..categories as u32).prop_map(Some), 1 => Just(None)];
        let rows = prop::collection::vec(prop::collection::vec(cell, coders), 1..40);
        (Just(coders), Just(categories), rows)
    })
}

/// Two coders who answered everything.
fn complete_pairs() -> impl Strategy<Value = (usize, Vec<Row>)> {
    (2usize..6).prop_flat_map(|categories| {
        let cell = (0..categories as u32).prop_map(Some);
        (Just(categories), prop::collection::vec(prop::collection::vec(cell, 2), 2..60))
    })
}

fn ratings(coders: usize, categories: usize, rows: &[Row]) -> Ratings {
    Ratings::from_rows(coders, categories, rows.iter().map(Vec::as_slice))
}

fn close(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1.0),
        (one, other) => one == other,
    }
}

/// Equal values, standard errors and limits, or the same reason.
fn same(one: Coefficient, other: Coefficient) -> bool {
    let (Some(a), Some(b)) = (one.estimate(), other.estimate()) else { return one == other };
    let limits =
        |of: Option<(f64, f64)>, high: bool| of.map(|(low, up)| if high { up } else { low });
    close(Some(a.value), Some(b.value))
        && close(a.se, b.se)
        && close(limits(a.ci95, false), limits(b.ci95, false))
        && close(limits(a.ci95, true), limits(b.ci95, true))
        && a.n == b.n
}

/// The measures that do not tell the coders or the categories apart.
fn symmetric() -> impl Iterator<Item = Measure> {
    let all = Measure::ALL.iter().copied().filter(|measure| measure.is_nominal());
    all.filter(|measure| {
        !measure.needs_two_categories()
            && *measure != Measure::HolstiCodePresence
            && *measure != Measure::MilesHuberman
    })
}

/// Alpha as its definition reads: every ordered pair of answers inside a unit against every ordered
/// pair of answers at all.
fn alpha_by_all_pairs(rows: &[Row], distance: impl Fn(u32, u32) -> f64) -> Option<f64> {
    let units: Vec<Vec<u32>> =
        rows.iter().map(|row| row.iter().flatten().copied().collect()).collect();
    let units: Vec<Vec<u32>> = units.into_iter().filter(|unit| unit.len() >= 2).collect();
    let answers: Vec<u32> = units.concat();
    let n = answers.len() as f64;
    let mut observed = 0.0;
    for unit in &units {
        let pairs: f64 = unit
            .iter()
            .flat_map(|&c| unit.iter().map(move |&k| (c, k)))
            .map(|(c, k)| distance(c, k))
            .sum();
        observed += pairs / (unit.len() as f64 - 1.0);
    }
    let expected: f64 = answers
        .iter()
        .flat_map(|&c| answers.iter().map(move |&k| (c, k)))
        .map(|(c, k)| distance(c, k))
        .sum();
    (expected > 0.0).then(|| 1.0 - (observed / n) / (expected / (n * (n - 1.0))))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_measure_depends_on_the_order_of_units((coders, categories, rows) in tables(), by in 0usize..40) {
        let mut turned = rows.clone();
        turned.reverse();
        let middle = by % turned.len();
        turned.rotate_left(middle);
        // Not only close: the very same figures.
        prop_assert_eq!(ratings(coders, categories, &rows), ratings(coders, categories, &turned));
    }

    #[test]
    fn no_measure_depends_on_the_order_of_coders((coders, categories, rows) in tables()) {
        let turned: Vec<Row> = rows.iter().map(|row| row.iter().rev().copied().collect()).collect();
        let (one, other) =
            (ratings(coders, categories, &rows), ratings(coders, categories, &turned));
        for &measure in Measure::ALL.iter().filter(|&&measure| measure != Measure::BiasIndex) {
            prop_assert!(same(nominal(measure, &one), nominal(measure, &other)), "{}", measure);
        }
    }

    #[test]
    fn no_measure_depends_on_the_names_of_codes((coders, categories, rows) in tables()) {
        let last = categories as u32 - 1;
        let renamed: Vec<Row> = rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.map(|code| last - code)).collect())
            .collect();
        let (one, other) =
            (ratings(coders, categories, &rows), ratings(coders, categories, &renamed));
        for measure in symmetric() {
            prop_assert!(same(nominal(measure, &one), nominal(measure, &other)), "{}", measure);
        }
        let (mut by_code, turned) = (
            alpha::krippendorff_alpha_by_category(&one),
            alpha::krippendorff_alpha_by_category(&other),
        );
        by_code.reverse();
        for (one, other) in by_code.into_iter().zip(turned) {
            prop_assert!(same(one, other));
        }
    }

    #[test]
    fn measures_of_presence_swap_with_what_presence_means((_, rows) in complete_pairs()) {
        let binary: Vec<Row> = rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.map(|code| code % 2)).collect())
            .collect();
        let (given, absent) = (ratings(2, 2, &binary), ratings(2, 2, &binary).with_absent(Some(1)).with_positive(Some(0)));
        prop_assert!(same(
            nominal(Measure::PositiveAgreement, &given),
            nominal(Measure::HolstiCodePresence, &given)
        ));
        let swapped = nominal(Measure::NegativeAgreement, &absent).value();
        prop_assert!(close(nominal(Measure::PositiveAgreement, &given).value(), swapped));
        let index = nominal(Measure::PrevalenceIndex, &absent).value().map(|value| -value);
        prop_assert!(close(nominal(Measure::PrevalenceIndex, &given).value(), index));
    }

    #[test]
    fn alpha_is_its_definition((coders, categories, rows) in tables()) {
        let table = ratings(coders, categories, &rows);
        let ours = nominal(Measure::KrippendorffAlpha, &table).value();
        let plain = alpha_by_all_pairs(&rows, |c, k| f64::from(u8::from(c != k)));
        prop_assert!(close(ours, plain), "{:?} {:?}", ours, plain);
        for (category, ours) in (0..).zip(alpha::krippendorff_alpha_by_category(&table)) {
            let own = alpha_by_all_pairs(&rows, |c, k| {
                f64::from(u8::from((c == category) != (k == category)))
            });
            prop_assert!(close(ours.value(), own), "{:?} {:?}", ours, own);
            prop_assert!(same(
                ours,
                nominal(Measure::KrippendorffAlpha, &table.given_or_not(category))
            ));
        }
    }

    #[test]
    fn alpha_of_sets_is_its_definition((coders, _, rows) in tables()) {
        // A number stands for a set by its bits, so that all kinds of overlap occur.
        let sets_of: Vec<Vec<u32>> =
            (0u32..6).map(|number| (0..3).filter(|bit| number >> bit & 1 == 1).collect()).collect();
        let set = |cell: &Option<u32>| cell.map(|number| sets_of[number as usize].as_slice());
        let table = SetRatings::from_rows(coders, rows.iter().map(|row| row.iter().map(set)));
        let jaccard = |c: u32, k: u32| {
            if c == k {
                0.0
            } else {
                1.0 - f64::from((c & k).count_ones()) / f64::from((c | k).count_ones())
            }
        };
        let masi = |c: u32, k: u32| {
            let weight = if c == k {
                1.0
            } else if c & k == c || c & k == k {
                2.0 / 3.0
            } else if c & k != 0 {
                1.0 / 3.0
            } else {
                0.0
            };
            1.0 - (1.0 - jaccard(c, k)) * weight
        };
        let ours = sets(Measure::KrippendorffAlphaJaccard, &table).value();
        prop_assert!(close(ours, alpha_by_all_pairs(&rows, jaccard)));
        let ours = sets(Measure::KrippendorffAlphaMasi, &table).value();
        prop_assert!(close(ours, alpha_by_all_pairs(&rows, masi)));
    }

    #[test]
    fn sets_of_one_code_each_are_categories((coders, categories, rows) in tables()) {
        let codes: Vec<Vec<u32>> = (0..categories as u32).map(|code| vec![code]).collect();
        let set = |cell: &Option<u32>| cell.map(|code| codes[code as usize].as_slice());
        let table = SetRatings::from_rows(coders, rows.iter().map(|row| row.iter().map(set)));
        let plain = nominal(Measure::KrippendorffAlpha, &ratings(coders, categories, &rows));
        prop_assert!(same(plain, sets(Measure::KrippendorffAlphaMasi, &table)));
        prop_assert!(same(plain, sets(Measure::KrippendorffAlphaJaccard, &table)));
    }

    #[test]
    fn two_complete_coders_make_conger_cohen_and_fleiss_scott((categories, rows) in complete_pairs()) {
        let table = ratings(2, categories, &rows);
        let value = |measure| nominal(measure, &table).value();
        prop_assert!(close(value(Measure::CongerKappa), value(Measure::CohenKappa)));
        prop_assert!(close(value(Measure::LightKappa), value(Measure::CohenKappa)));
        prop_assert!(close(value(Measure::FleissKappa), value(Measure::ScottPi)));
        prop_assert!(close(value(Measure::Holsti), value(Measure::PercentAgreement)));
    }

    #[test]
    fn coefficients_stay_in_their_bounds((coders, categories, rows) in tables()) {
        let table = ratings(coders, categories, &rows);
        for &measure in Measure::ALL {
            let Some(estimate) = nominal(measure, &table).estimate() else { continue };
            prop_assert!(
                estimate.value.is_finite() && estimate.value <= 1.0 + 1e-12,
                "{} {}",
                measure,
                estimate.value
            );
            prop_assert!(estimate.se.is_none_or(|se| se >= 0.0 && se.is_finite()));
            prop_assert!(estimate.ci95.is_none_or(
                |(low, high)| low <= estimate.value + 1e-12 && high >= estimate.value - 1e-12
            ));
            prop_assert!(measure == Measure::Holsti || estimate.n > 0);
        }
    }

    #[test]
    fn a_table_of_counts_is_the_table_of_its_rows((categories, rows) in complete_pairs()) {
        let mut counts = vec![0; categories * categories];
        for row in &rows {
            counts[row[0].unwrap() as usize * categories + row[1].unwrap() as usize] += 1;
        }
        prop_assert_eq!(
            Ratings::from_pairs_table(categories, &counts),
            ratings(2, categories, &rows)
        );
    }

    #[test]
    fn hundreds_of_codes_or_dozens_of_coders_make_the_same_figures((coders, categories, rows) in tables()) {
        let small = ratings(coders, categories, &rows);
        let of_any_q = [
            Measure::FleissKappa,
            Measure::CongerKappa,
            Measure::KrippendorffAlpha,
            Measure::LightKappa,
        ];
        let patterns = |table: &Ratings| -> Vec<(Row, u64)> {
            table.patterns().map(|(row, units)| (row.take(coders).collect(), units)).collect()
        };
        // So many patterns are possible that they are listed and sorted; or so many that they have
        // no numbers.
        for large in [ratings(coders, 400, &rows), ratings(coders + 40, categories, &rows)] {
            prop_assert_eq!(patterns(&small), patterns(&large));
            for measure in of_any_q {
                prop_assert!(
                    same(nominal(measure, &small), nominal(measure, &large)),
                    "{}",
                    measure
                );
            }
        }
        // Units that come already counted are the same units.
        let mut counted = RatingsBuilder::new(coders, 400);
        for (row, units) in patterns(&small) {
            counted.add_many(&row, units);
        }
        prop_assert_eq!(patterns(&small), patterns(&counted.finish()));
        // A category beyond those announced widens the table.
        let widened = ratings(coders, 1, &rows);
        prop_assert_eq!(small.paired_units(), widened.paired_units());
        for measure in of_any_q {
            prop_assert!(same(nominal(measure, &small), nominal(measure, &widened)), "{}", measure);
        }
    }
}
