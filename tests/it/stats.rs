//! Coefficients as their sources print them, so that a clone without any reference data proves them
//! too; and what must hold for every table.

use themata::stats::{
    Coefficient, FourCounts, Measure, Ratings, SetRatings, Undefined, elsewhere, nominal,
};

/// Two coders who both coded everything: rows of the table are the first coder's categories.
fn table<const Q: usize>(rows: &[[u64; Q]; Q]) -> Ratings {
    Ratings::from_pairs_table(Q, rows.as_flattened())
}

/// Units as strings of one letter per coder, `.` where missing; categories in the order of their
/// letters.
fn letters(units: &[&str]) -> Ratings {
    let mut used: Vec<char> =
        units.iter().flat_map(|unit| unit.chars()).filter(|&letter| letter != '.').collect();
    used.sort_unstable();
    used.dedup();
    let number = |letter| used.iter().position(|&known| known == letter).map(|place| place as u32);
    let rows: Vec<Vec<Option<u32>>> =
        units.iter().map(|unit| unit.chars().map(number).collect()).collect();
    Ratings::from_rows(rows[0].len(), used.len(), rows.iter().map(Vec::as_slice))
}

fn value(measure: Measure, ratings: &Ratings) -> f64 {
    nominal(measure, ratings).value().unwrap()
}

fn se(measure: Measure, ratings: &Ratings) -> f64 {
    nominal(measure, ratings).estimate().unwrap().se.unwrap()
}

/// Equal to the figure as printed, half of its last digit allowed.
#[track_caller]
fn assert_printed(ours: f64, printed: &str) {
    let digits = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
    let half = 0.5 * 10f64.powi(-digits);
    let number: f64 = printed.parse().unwrap();
    assert!((ours - number).abs() <= half * 1.000001, "{ours} is not {printed}");
}

/// Units by pattern, one letter per coder, with how often it occurs.
fn patterns(units: &[(&str, usize)]) -> Ratings {
    let all: Vec<&str> =
        units.iter().flat_map(|&(unit, times)| std::iter::repeat_n(unit, times)).collect();
    letters(&all)
}

/// 30 patients, each diagnosed by six of 43 psychiatrists: depression, personality disorder,
/// schizophrenia, neurosis, other.
fn fleiss_1971() -> Ratings {
    patterns(&[
        ("aaaaab", 1),
        ("aaaaee", 1),
        ("aaadee", 1),
        ("aacccc", 1),
        ("aacccd", 1),
        ("aadddd", 2),
        ("abdddd", 1),
        ("accccc", 1),
        ("acceee", 1),
        ("addddd", 2),
        ("adddde", 1),
        ("bbbbbd", 1),
        ("bbbccc", 1),
        ("bbbddd", 1),
        ("bbbeee", 1),
        ("bbdddd", 2),
        ("bbddde", 1),
        ("bbdeee", 1),
        ("bcccce", 1),
        ("bddddd", 1),
        ("ccccce", 1),
        ("ccccee", 1),
        ("dddddd", 1),
        ("eeeeee", 4),
    ])
}

/// Four coders, 12 units, answers missing: example C of Krippendorff's paper of 2011, also in
/// irrCAC.
fn krippendorff_2011_c() -> Ratings {
    letters(&[
        "aa.a", "bbcb", "cccc", "cccc", "bbbb", "abcd", "dddd", "aaba", "bbbb", ".eee", "..aa",
        "..c.",
    ])
}

#[test]
fn cohen_1960_page_37() {
    let table = table(&[[25, 12, 3], [13, 2, 15], [12, 16, 2]]);
    assert_printed(value(Measure::PercentAgreement, &table), ".29");
    // Gwet (2008) computes AC1 for the same table.
    assert_printed(value(Measure::GwetAc1, &table), "-0.048");
}

#[test]
fn cohen_1960_page_45() {
    let table = table(&[[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    assert_printed(value(Measure::CohenKappa, &table), ".492");
    assert_printed(value(Measure::PercentAgreement, &table), ".70");
}

#[test]
fn agresti_1992_page_202_with_the_standard_error_of_fleiss_cohen_and_everitt() {
    let table = table(&[[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]);
    assert_printed(value(Measure::CohenKappa, &table), ".493");
    assert_printed(se(Measure::CohenKappa, &table), ".057");
}

#[test]
fn fleiss_1971_page_379() {
    let table = fleiss_1971();
    assert_printed(value(Measure::PercentAgreement, &table), ".5556");
    assert_printed(value(Measure::FleissKappa, &table), ".430");
    // The chance of each diagnosis against all others, as printed to two digits.
    for (category, printed) in (0..).zip([".24", ".24", ".52", ".47", ".57"]) {
        assert_printed(value(Measure::FleissKappa, &table.given_or_not(category)), printed);
    }
}

#[test]
fn brennan_and_prediger_1981_page_689() {
    let table = table(&[[50, 0, 0], [10, 10, 10], [20, 0, 0]]);
    assert_printed(value(Measure::CohenKappa, &table), ".27");
    assert_printed(value(Measure::BrennanPrediger, &table), ".40");
}

#[test]
fn artstein_and_poesio_2008_pages_558_and_568() {
    let first = table(&[[50, 20], [10, 20]]);
    assert_printed(value(Measure::PercentAgreement, &first), ".7");
    assert_printed(value(Measure::CohenKappa, &first), ".348");
    assert_printed(value(Measure::BrennanPrediger, &first), ".4");
    assert_printed(value(Measure::ScottPi, &first), ".341");
    let second = table(&[[10, 0, 0], [6, 32, 6], [0, 0, 46]]);
    assert_printed(value(Measure::PercentAgreement, &second), ".88");
    assert_printed(value(Measure::CohenKappa, &second), ".8013");
    assert_printed(value(Measure::BrennanPrediger, &second), ".82");
    assert_printed(value(Measure::ScottPi, &second), ".7995");
}

#[test]
fn zwick_1988_page_376() {
    let equal = table(&[[20, 0, 0, 5], [0, 10, 15, 0], [0, 15, 10, 0], [5, 0, 0, 20]]);
    assert_printed(value(Measure::CohenKappa, &equal), ".467");
    assert_printed(value(Measure::ScottPi, &equal), ".467");
    assert_printed(value(Measure::BrennanPrediger, &equal), ".467");
    let unequal = table(&[[20, 10, 10, 0], [10, 10, 0, 0], [10, 0, 10, 0], [0, 0, 0, 20]]);
    assert_printed(value(Measure::CohenKappa, &unequal), ".444");
    assert_printed(value(Measure::ScottPi, &unequal), ".444");
    assert_printed(value(Measure::BrennanPrediger, &unequal), ".467");
}

#[test]
fn gwet_2008_eight_both_one_neither_one_disagreement() {
    let table = table(&[[1, 0], [1, 8]]);
    assert_printed(value(Measure::PercentAgreement, &table), ".9");
    assert_printed(value(Measure::GwetAc1, &table), ".8658");
    assert_printed(value(Measure::ScottPi, &table), ".6078");
}

#[test]
fn krippendorff_2011_example_a_two_coders_two_categories() {
    let table = table(&[[5, 3], [1, 1]]);
    assert_printed(value(Measure::KrippendorffAlpha, &table), ".095");
    assert_printed(value(Measure::PercentAgreement, &table), ".6");
}

#[test]
fn krippendorff_2011_example_b_two_coders_five_categories() {
    let table = patterns(&[
        ("aa", 1),
        ("ab", 1),
        ("ad", 1),
        ("bb", 2),
        ("cc", 3),
        ("db", 1),
        ("dd", 2),
        ("ee", 1),
    ]);
    assert_printed(value(Measure::KrippendorffAlpha, &table), ".692");
}

#[test]
fn krippendorff_2011_example_c_four_coders_with_missing_answers() {
    let table = krippendorff_2011_c();
    assert_printed(value(Measure::KrippendorffAlpha, &table), ".743");
    // The manual of irrCAC prints these for the same data.
    assert_printed(value(Measure::GwetAc1, &table), ".77544");
    assert_printed(se(Measure::GwetAc1, &table), ".14295");
    assert_printed(value(Measure::FleissKappa, &table), ".76117");
    assert_printed(se(Measure::FleissKappa, &table), ".15302");
}

#[test]
fn krippendorff_2004_pages_227_and_246() {
    let page_227 = patterns(&[("aa", 1), ("ab", 1), ("bb", 4), ("bc", 1), ("cc", 5)]);
    assert_printed(value(Measure::KrippendorffAlpha, &page_227), ".734");
    assert_printed(value(Measure::PercentAgreement, &page_227), ".833");
    let like_marginals = table(&[[12, 9, 9], [9, 14, 9], [9, 9, 20]]);
    assert_printed(value(Measure::CohenKappa, &like_marginals), ".186");
    let unlike_marginals = table(&[[12, 18, 18], [0, 14, 18], [0, 0, 20]]);
    assert_printed(value(Measure::CohenKappa, &unlike_marginals), ".258");
    assert_printed(value(Measure::ScottPi, &unlike_marginals), ".186");
}

#[test]
fn irr_0_84_1_for_r_on_fleiss_1971_and_on_krippendorff_2011_example_c() {
    let irr = |measure, ratings: &Ratings| elsewhere::irr(measure, ratings).value().unwrap();
    // Right is 0.433410: all pairs of a unit weigh 1 there, and not 1 / (m - 1).
    assert_printed(irr(Measure::KrippendorffAlpha, &fleiss_1971()), "0.430878");
    assert_printed(value(Measure::KrippendorffAlpha, &fleiss_1971()), "0.433410");
    // Units with a missing answer are dropped there: 0.761 with them.
    assert_printed(irr(Measure::FleissKappa, &krippendorff_2011_c()), "0.641");
    assert_printed(value(Measure::FleissKappa, &krippendorff_2011_c()), "0.761");
    assert_printed(irr(Measure::KrippendorffAlpha, &krippendorff_2011_c()), "0.743");
}

#[test]
fn kappa_of_balash_2023_worked_by_hand() {
    let set = |codes: &[u32]| Some(codes.to_vec());
    let rows = [
        [set(&[0, 1]), set(&[0])],
        [set(&[1]), set(&[1, 2])],
        [set(&[0]), set(&[0])],
        [set(&[]), set(&[2])],
    ];
    let table = SetRatings::from_rows(2, rows.iter().map(|row| row.iter().map(|it| it.as_deref())));
    // Three codes shared of four at most; chance 2/4 2/4 + 2/4 1/4; the last unit has no code of the first coder.
    let ours = elsewhere::balash2023(&table);
    assert!((ours.value().unwrap() - (1.0 - 0.25 / (1.0 - 0.375))).abs() < 1e-12, "{ours:?}");
    assert_eq!(ours.estimate().unwrap().n, 3);
}

#[test]
fn krippendorff_1995_page_57_digitised() {
    let table = table(&[[10, 0], [8, 6]]);
    assert_printed(value(Measure::KrippendorffAlpha, &table), ".329");
    assert_printed(value(Measure::CohenKappa, &table), ".385");
    assert_printed(value(Measure::ScottPi, &table), ".314");
}

#[test]
fn randolph_2005_page_17() {
    let first = letters(&["nnn", "nny", "yyn", "yyy"]);
    assert_printed(value(Measure::FleissKappa, &first), ".33");
    assert_printed(value(Measure::BrennanPrediger, &first), ".33");
    let second = patterns(&[("yyn", 2), ("yyy", 2)]);
    assert_printed(value(Measure::FleissKappa, &second), "-.20");
    assert_printed(value(Measure::BrennanPrediger, &second), ".33");
}

#[test]
fn wikipedia_krippendorffs_alpha_three_coders_fifteen_units() {
    let units = letters(&[
        ".a.", "...", ".bb", ".aa", ".cc", "ccd", "ddd", "ac.", "b.b", "a.a", "a.a", "c.c", "c.c",
        "...", "c.d",
    ]);
    assert_printed(value(Measure::KrippendorffAlpha, &units), ".691");
}

#[test]
fn four_counts_and_what_byrt_and_others_make_of_them() {
    // Worked by hand: a = 40, b = 9, c = 6, d = 45.
    let table = table(&[[45, 6], [9, 40]]);
    let counts = FourCounts::of(&table).unwrap();
    assert_eq!(
        (counts.both, counts.only_first, counts.only_second, counts.neither),
        (40, 9, 6, 45)
    );
    assert_printed(value(Measure::Pabak, &table), ".70");
    assert_printed(value(Measure::PrevalenceIndex, &table), "-.05");
    assert_printed(value(Measure::BiasIndex, &table), ".03");
    assert_printed(value(Measure::PositiveAgreement, &table), ".8421");
    assert_printed(value(Measure::NegativeAgreement, &table), ".8571");
    assert_printed(value(Measure::MilesHuberman, &table), ".7273");
    assert_printed(value(Measure::HolstiCodePresence, &table), ".8421");
}

#[test]
fn kappa_follows_from_pabak_prevalence_and_bias_as_byrt_and_others_write_it() {
    let table = table(&[[30, 10], [3, 57]]);
    let [pabak, prevalence, bias] =
        [Measure::Pabak, Measure::PrevalenceIndex, Measure::BiasIndex].map(|m| value(m, &table));
    let (p2, b2) = (prevalence * prevalence, bias * bias);
    let kappa = (pabak - p2 + b2) / (1.0 - p2 + b2);
    assert!((value(Measure::CohenKappa, &table) - kappa).abs() < 1e-12);
}

#[test]
fn codes_given_leave_out_what_neither_coder_gave_anything_to() {
    // Three values a, b, c, where c stands for no code: two units agree on a, one differs, one has
    // b against nothing.
    let units = patterns(&[("aa", 2), ("ab", 1), ("bc", 1), ("cc", 5)]);
    assert_printed(
        value(Measure::HolstiCodePresence, &units.clone().with_absent(Some(2))),
        ".5714",
    );
    assert_printed(value(Measure::MilesHuberman, &units.clone().with_absent(Some(2))), ".40");
    assert_printed(value(Measure::Holsti, &units), ".7778");
    let nothing = patterns(&[("cc", 3)]).with_absent(Some(0));
    assert_eq!(nominal(Measure::MilesHuberman, &nothing).undefined(), Some(Undefined::NeverGiven));
}

#[test]
fn measures_of_two_coders_or_two_categories_say_so_elsewhere() {
    let three_coders = letters(&["aab", "bbb"]);
    let three_categories = letters(&["aa", "bc"]);
    for &measure in Measure::ALL.iter().filter(|measure| measure.is_nominal()) {
        let of_three = nominal(measure, &three_coders).undefined();
        assert_eq!(
            of_three == Some(Undefined::NotTwoCoders),
            measure.needs_two_coders(),
            "{measure}"
        );
        let of_more = nominal(measure, &three_categories).undefined();
        assert_eq!(
            of_more == Some(Undefined::NotTwoCategories),
            measure.needs_two_categories(),
            "{measure}"
        );
    }
}

#[test]
fn a_single_disagreement_on_a_rare_code_has_kappa_0_and_no_spread() {
    for n in [200, 20_000, 2_000_000_000] {
        let estimate =
            nominal(Measure::CohenKappa, &table(&[[n - 1, 1], [0, 0]])).estimate().unwrap();
        assert!(estimate.value.abs() < f64::MIN_POSITIVE, "{n}");
        assert_eq!(estimate.se, Some(0.0), "{n}");
    }
}

#[test]
fn the_variance_of_kappa_near_0_keeps_its_digits() {
    // The figures on the right come from exact rational arithmetic.
    let relative = |ours: f64, exact: f64| (ours / exact - 1.0).abs();
    for (rows, kappa, se) in [
        ([[999_990, 5], [4, 1]], 0.18181371898392173, 0.15680761287565687),
        ([[999_998, 1], [1, 0]], -1.000001000001e-06, 7.071074882936822e-07),
        ([[999_999_997, 1], [1, 1]], 0.499999999, 0.30618621825614556),
    ] {
        let ours = nominal(Measure::CohenKappa, &table(&rows)).estimate().unwrap();
        assert!(relative(ours.value, kappa) < 1e-14, "{}", ours.value);
        assert!(relative(ours.se.unwrap(), se) < 1e-14, "{:?}", ours.se);
    }
}

#[test]
fn one_answer_throughout_leaves_chance_corrected_measures_undefined_and_agreement_known() {
    let constant = letters(&["aa", "aa", "aa"]);
    assert!((value(Measure::PercentAgreement, &constant) - 1.0).abs() < f64::EPSILON);
    for measure in
        [Measure::CohenKappa, Measure::GwetAc1, Measure::FleissKappa, Measure::KrippendorffAlpha]
    {
        assert_eq!(
            nominal(measure, &constant).undefined(),
            Some(Undefined::NoVariation),
            "{measure}"
        );
    }
}

#[test]
fn no_unit_in_common_is_said_to_be_so() {
    let apart = letters(&["a.", "b.", ".a"]);
    for measure in [
        Measure::PercentAgreement,
        Measure::CohenKappa,
        Measure::GwetAc1,
        Measure::KrippendorffAlpha,
    ] {
        assert_eq!(nominal(measure, &apart), Coefficient::from(Undefined::NoUnits), "{measure}");
    }
}

#[test]
fn every_measure_is_known_by_its_name() {
    for &measure in Measure::ALL {
        assert_eq!(measure.as_str().parse(), Ok(measure));
        let kinds = [
            measure.is_nominal(),
            measure.is_ordered(),
            measure.is_of_sets(),
            measure.is_of_boundaries(),
        ];
        assert!(kinds.contains(&true), "{measure}");
    }
    assert!("kappa".parse::<Measure>().is_err());
}
