//! Resampled intervals: reproducible, honest about what is drawn, and no dearer for more units.

use themata::stats::{Measure, Plan, Ratings, SetRatings, nominal, resample_cases, resample_units};

const PLAN: Plan = Plan { resamples: 2000, seed: 7 };

fn table(rows: &[[u64; 2]; 2]) -> Ratings {
    Ratings::from_pairs_table(2, rows.as_flattened())
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let table = table(&[[40, 9], [6, 45]]);
    let measures = [Measure::CohenKappa, Measure::KrippendorffAlpha];
    let ours = resample_units(&table, &measures, PLAN);
    assert_eq!(ours, resample_units(&table, &measures, PLAN));
    assert_ne!(ours, resample_units(&table, &measures, Plan { seed: 8, ..PLAN }));
    // Written down once: these figures may appear in a paper and have to stay.
    let figures = ours.iter().map(|one| format!("{:?}", one.ci95.unwrap())).collect::<Vec<_>>();
    expect_test::expect![[r#"
        (0.54, 0.82)
        (0.5411252158131235, 0.8207386647983185)"#]]
    .assert_eq(&figures.join("\n"));
}

#[test]
fn a_measure_alone_and_beside_others_sees_the_same_resamples() {
    let table = table(&[[40, 9], [6, 45]]);
    let both = resample_units(&table, &[Measure::GwetAc1, Measure::LightKappa], PLAN);
    assert_eq!(both[1], resample_units(&table, &[Measure::LightKappa], PLAN)[0]);
}

#[test]
fn resampling_percent_agreement_is_the_binomial_it_has_to_be() {
    let table = table(&[[480, 60], [40, 420]]);
    let ours = resample_units(&table, &[Measure::PercentAgreement], PLAN)[0];
    let analytic = nominal(Measure::PercentAgreement, &table).estimate().unwrap();
    let spread = ours.se.unwrap() / analytic.se.unwrap();
    assert!((spread - 1.0).abs() < 0.06, "{spread}");
    let (low, high) = ours.ci95.unwrap();
    let (expected_low, expected_high) = analytic.ci95.unwrap();
    assert!(
        (low - expected_low).abs() < 0.003 && (high - expected_high).abs() < 0.003,
        "{low} {high}"
    );
}

#[test]
fn analytic_and_resampled_standard_errors_agree_on_plenty_of_units() {
    // Every measure's own variance formula against resampling. Without missing answers: with them,
    // Gwet's standard error is by design wider than the spread of a ratio.
    let rows: Vec<Vec<Option<u32>>> = (0..3000u32)
        .map(|unit| {
            let answer = |coder: u32| {
                let noise =
                    unit.wrapping_mul(2_654_435_761).wrapping_add(coder.wrapping_mul(40_503_271))
                        >> 13;
                let own = if noise % 10 < 7 { unit % 4 } else { noise / 10 % 4 };
                Some(own)
            };
            (0..3).map(answer).collect()
        })
        .collect();
    let three = Ratings::from_rows(3, 4, rows.iter().map(Vec::as_slice));
    let two = Ratings::from_rows(2, 4, rows.iter().map(Vec::as_slice));
    for table in [three, two] {
        let all = Measure::ALL.iter().copied();
        let with_se: Vec<Measure> = all
            .filter(|&measure| {
                nominal(measure, &table).estimate().is_some_and(|estimate| estimate.se.is_some())
            })
            .collect();
        assert!(with_se.len() >= 6);
        for (measure, ours) in with_se.iter().zip(resample_units(&table, &with_se, PLAN)) {
            let analytic = nominal(*measure, &table).estimate().unwrap().se.unwrap();
            let ratio = ours.se.unwrap() / analytic;
            assert!((ratio - 1.0).abs() < 0.08, "{measure}: {ratio}");
        }
    }
}

#[test]
fn the_standard_error_of_set_alphas_agrees_with_resampling() {
    let sets: Vec<Vec<u32>> =
        (0u32..8).map(|number| (0..3).filter(|bit| number >> bit & 1 == 1).collect()).collect();
    let rows: Vec<Vec<Option<&[u32]>>> = (0..2000u32)
        .map(|unit| {
            let answer = |coder: u32| {
                let noise =
                    unit.wrapping_mul(2_654_435_761).wrapping_add(coder.wrapping_mul(40_503_271))
                        >> 13;
                let change = if noise % 3 == 0 { 1 << (noise / 3 % 3) } else { 0 };
                (noise % 17 != 0)
                    .then_some(sets[((unit * unit / 7 % 8) ^ change) as usize].as_slice())
            };
            (0..3).map(answer).collect()
        })
        .collect();
    let table = SetRatings::from_rows(3, rows.iter().map(|row| row.iter().copied()));
    let measures = [Measure::KrippendorffAlphaMasi, Measure::KrippendorffAlphaJaccard];
    for (measure, ours) in measures.into_iter().zip(resample_units(&table, &measures, PLAN)) {
        let analytic = themata::stats::sets(measure, &table).estimate().unwrap().se.unwrap();
        let ratio = ours.se.unwrap() / analytic;
        assert!((ratio - 1.0).abs() < 0.08, "{measure}: {ratio}");
    }
}

#[test]
fn cases_of_one_unit_each_are_units() {
    let both = Ratings::from_rows(2, 2, [[Some(1), Some(1)]].iter().map(|row| row.as_slice()));
    let neither = Ratings::from_rows(2, 2, [[Some(0), Some(0)]].iter().map(|row| row.as_slice()));
    let first = Ratings::from_rows(2, 2, [[Some(1), Some(0)]].iter().map(|row| row.as_slice()));
    let cases: Vec<Ratings> = [vec![both; 40], vec![neither; 45], vec![first; 15]].concat();
    let by_case = resample_cases(&cases, &[Measure::CohenKappa], PLAN)[0];
    let by_unit = resample_units(&table(&[[45, 0], [15, 40]]), &[Measure::CohenKappa], PLAN)[0];
    assert!(
        (by_case.se.unwrap() / by_unit.se.unwrap() - 1.0).abs() < 0.07,
        "{by_case:?} {by_unit:?}"
    );
}

#[test]
fn cases_that_differ_as_wholes_widen_the_interval() {
    // Six groups whose units agree all or not at all: resampling units would take them for 600
    // independent ones.
    let case = |agree: bool| table(&if agree { [[50, 0], [0, 50]] } else { [[25, 25], [25, 25]] });
    let cases: Vec<Ratings> = (0..6).map(|nth| case(nth % 2 == 0)).collect();
    let whole = table(&[[225, 75], [75, 225]]);
    let by_case = resample_cases(&cases, &[Measure::CohenKappa], PLAN)[0];
    let by_unit = resample_units(&whole, &[Measure::CohenKappa], PLAN)[0];
    assert!(by_case.se.unwrap() > 4.0 * by_unit.se.unwrap(), "{by_case:?} {by_unit:?}");
}

#[test]
fn cases_with_sets_know_the_same_set_in_every_case() {
    let case = |rows: &[[Option<&'static [u32]>; 2]]| {
        SetRatings::from_rows(2, rows.iter().map(|row| row.iter().copied()))
    };
    // The set {4} is answer 0 in the first case and answer 1 in the second; agreement is
    // everywhere, so that no resample can differ.
    let (one, other): (Option<&'static [u32]>, Option<&'static [u32]>) =
        (Some(&[1, 4]), Some(&[4]));
    let cases =
        [case(&[[other, other], [Some(&[5]), Some(&[5])]]), case(&[[one, one], [other, other]])];
    let ours =
        resample_cases(&cases, &[Measure::KrippendorffAlphaMasi, Measure::PercentAgreement], PLAN);
    assert_eq!(ours[0].ci95, Some((1.0, 1.0)));
    assert_eq!(ours[1].ci95, Some((1.0, 1.0)));
}

#[test]
fn resamples_in_which_a_measure_does_not_exist_are_counted_and_left_out() {
    // Two units, one per category: half of all resamples hold one category only.
    let ours = resample_units(
        &table(&[[1, 0], [0, 1]]),
        &[Measure::CohenKappa, Measure::PercentAgreement],
        PLAN,
    );
    assert!((f64::from(ours[0].undefined) / 2000.0 - 0.5).abs() < 0.06, "{}", ours[0].undefined);
    assert_eq!(ours[0].ci95, Some((1.0, 1.0)));
    assert_eq!(ours[1].undefined, 0);
    let nothing = resample_units(&table(&[[3, 0], [0, 0]]), &[Measure::CohenKappa], PLAN)[0];
    assert_eq!((nothing.ci95, nothing.se, nothing.undefined), (None, None, 2000));
}
