//! Where coders cut the text: published figures, and each measure against a plain reading of its
//! definition.

use proptest::prelude::*;
use themata::stats::gamma::{Proof, Settings, gamma};
use themata::stats::segmentation::{boundary_similarity, pk, segmentation_similarity, window_diff};
use themata::stats::unitizing::{cu_alpha, k_u_alpha, u_alpha, u_alpha_binary};
use themata::stats::{Coefficient, Continuum, Marked, Segmentation, Undefined};

fn cut(lengths: &[u64]) -> Segmentation {
    Segmentation::from_lengths(lengths)
}

fn value(coefficient: Coefficient) -> f64 {
    coefficient.value().unwrap()
}

fn assert_close(ours: f64, other: f64) {
    assert!((ours - other).abs() < 1e-9, "{ours} is not {other}");
}

/// Marks as (start, end, code).
fn marks(marks: &[(u64, u64, u32)]) -> Vec<Marked> {
    marks.iter().map(|&(start, end, code)| Marked { start, end, code }).collect()
}

#[test]
fn fournier_2013_one_false_positive_one_false_negative_one_near_miss() {
    let reference = cut(&[2, 3, 6]);
    assert_close(value(boundary_similarity(&reference, &cut(&[2, 3, 3, 3]))), 2.0 / 3.0);
    assert_close(value(boundary_similarity(&reference, &cut(&[5, 6]))), 0.5);
    assert_close(value(boundary_similarity(&reference, &cut(&[2, 2, 7]))), 0.75);
    assert_close(value(segmentation_similarity(&reference, &cut(&[2, 2, 7]))), 0.95);
    assert_close(value(pk(&cut(&[2, 2, 7]), &reference)), 2.0 / 9.0);
    assert_close(value(window_diff(&cut(&[2, 2, 7]), &reference)), 2.0 / 9.0);
}

#[test]
fn hearst_1997_stargazer_coders_three_and_four() {
    let (three, four) =
        (cut(&[2, 1, 2, 3, 1, 3, 1, 3, 2, 2, 1]), cut(&[2, 1, 4, 1, 1, 3, 1, 4, 3, 1]));
    assert_close(value(boundary_similarity(&three, &four)), 7.5 / 11.0);
    assert_close(value(segmentation_similarity(&three, &four)), 1.0 - 3.5 / 20.0);
    assert_close(value(pk(&three, &four)), 5.0 / 19.0);
    assert_close(value(window_diff(&three, &four)), 6.0 / 19.0);
}

#[test]
fn texts_that_cannot_be_compared_say_why() {
    let (short, long) = (cut(&[1, 1]), cut(&[3, 3]));
    assert_eq!(boundary_similarity(&short, &long).undefined(), Some(Undefined::DifferentLengths));
    assert_eq!(pk(&short, &short).undefined(), Some(Undefined::TooShort));
    assert_eq!(segmentation_similarity(&cut(&[]), &cut(&[])).undefined(), Some(Undefined::NoUnits));
    assert_close(value(boundary_similarity(&cut(&[4]), &cut(&[4]))), 1.0);
}

#[test]
fn marks_that_overlap_are_looked_at_code_by_code() {
    // Krippendorff, Content Analysis (2004), p. 254, shifted to begin at 0: two codes that overlap.
    let one = marks(&[(75, 145, 0), (220, 250, 0), (30, 90, 1), (150, 200, 1)]);
    let two = marks(&[(70, 150, 0), (205, 225, 0), (30, 90, 1), (150, 200, 1)]);
    let both = Continuum::new(300, [one, two]);
    assert_eq!(u_alpha(&both).undefined(), Some(Undefined::MarksOverlap));
    assert_close(value(u_alpha(&both.of_code(1))), 1.0);
    let of_code = value(u_alpha(&both.of_code(0)));
    assert_close(of_code, value(u_alpha_binary(&both.of_code(0))));
}

#[test]
fn nothing_marked_by_anybody_is_no_agreement() {
    let empty = Continuum::new(30, [Vec::new(), Vec::new()]);
    assert_eq!(u_alpha(&empty).undefined(), Some(Undefined::NothingMarked));
    assert_eq!(gamma(&empty, Settings::default()).err(), Some(Undefined::NothingMarked));
    assert!(k_u_alpha(&empty).is_empty());
    let one = Continuum::new(30, [marks(&[(1, 2, 0)])]);
    assert_eq!(gamma(&one, Settings::default()).err(), Some(Undefined::NotTwoCoders));
}

#[test]
fn gamma_of_equal_marks_is_1_and_of_the_same_seed_the_same() {
    let own = marks(&[(5, 10, 0), (20, 31, 1), (40, 44, 0)]);
    let other = marks(&[(6, 10, 0), (18, 31, 1), (33, 35, 1)]);
    let equal =
        gamma(&Continuum::new(50, [own.clone(), own.clone()]), Settings::default()).unwrap();
    assert_close(equal.coefficient.value().unwrap(), 1.0);
    assert_eq!(equal.aligned, 3);
    let unequal = Continuum::new(50, [own, other]);
    let ours = gamma(&unequal, Settings::default()).unwrap();
    assert_eq!(Ok(ours), gamma(&unequal, Settings::default()));
    assert_ne!(Ok(ours), gamma(&unequal, Settings { seed: 2, ..Settings::default() }));
    // Worked by hand: (1/9)², (2/24)², and two marks without a partner, over three marks per coder.
    assert_close(ours.observed, ((1.0f64 / 9.0).powi(2) + (2.0f64 / 24.0).powi(2) + 2.0) / 3.0);
    assert_eq!(ours.aligned, 2);
}

/// Two segmentations of one text.
fn segmentations() -> impl Strategy<Value = (Segmentation, Segmentation)> {
    (2u64..60).prop_flat_map(|length| {
        let boundaries = || prop::collection::vec(1..length, 0..14);
        (boundaries(), boundaries()).prop_map(move |(one, two)| {
            (Segmentation::from_boundaries(length, one), Segmentation::from_boundaries(length, two))
        })
    })
}

/// Coders who each marked stretches that do not overlap.
fn continua() -> impl Strategy<Value = Continuum> {
    (20u64..60, 2usize..5).prop_flat_map(|(length, coders)| {
        let pieces = prop::collection::vec((1u64..9, prop::option::of(0u32..3)), 0..9);
        prop::collection::vec(pieces, coders).prop_map(move |coders| {
            let marks = |pieces: Vec<(u64, Option<u32>)>| {
                let mut at = 0;
                let piece = |(length, code): (u64, Option<u32>)| {
                    at += length;
                    code.map(|code| Marked { start: at - length, end: at, code })
                };
                pieces.into_iter().filter_map(piece).collect()
            };
            Continuum::new(length, coders.into_iter().map(marks))
        })
    })
}

/// Which mark of a coder covers each place of the text.
fn covers(continuum: &Continuum) -> Vec<Vec<Option<(usize, u32)>>> {
    let cover = |marks: &Vec<Marked>| {
        let at = |place: u64| marks.iter().position(|mark| mark.start <= place && place < mark.end);
        (0..continuum.length()).map(|place| at(place).map(|nth| (nth, marks[nth].code))).collect()
    };
    continuum.coders().iter().map(cover).collect()
}

/// The alpha family, place by place: every place of every coder is a value, and what is expected is
/// drawn from all pairs of values but those inside one mark.
fn u_alpha_by_places(
    continuum: &Continuum,
    different: impl Fn(Option<u32>, Option<u32>) -> bool,
) -> Option<f64> {
    let covers = covers(continuum);
    let code = |value: &Option<(usize, u32)>| value.map(|(_, code)| code);
    let mut observed = 0.0;
    for (one, own) in covers.iter().enumerate() {
        for (_, theirs) in covers.iter().enumerate().filter(|&(other, _)| other != one) {
            let differ = own.iter().zip(theirs).filter(|(a, b)| different(code(a), code(b)));
            observed += differ.count() as f64 / (covers.len() as f64 - 1.0);
        }
    }
    type Place = (usize, usize, Option<(usize, u32)>);
    let values: Vec<Place> = covers
        .iter()
        .enumerate()
        .flat_map(|(coder, cover)| {
            cover.iter().enumerate().map(move |(place, value)| (coder, place, *value))
        })
        .collect();
    let (mut pairs, mut expected) = (0.0, 0.0);
    for (coder, place, value) in &values {
        for (other_coder, other_place, other) in &values {
            let same_mark = coder == other_coder
                && (value.is_some() && value.map(|mark| mark.0) == other.map(|mark| mark.0)
                    || place == other_place);
            if !same_mark {
                pairs += 1.0;
                expected += f64::from(u8::from(different(code(value), code(other))));
            }
        }
    }
    (expected > 0.0).then(|| 1.0 - observed / (values.len() as f64 * expected / pairs))
}

fn close(ours: Option<f64>, other: Option<f64>) -> bool {
    match (ours, other) {
        (Some(ours), Some(other)) => (ours - other).abs() < 1e-9,
        (ours, other) => ours == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn windows_are_counted_as_if_one_by_one((one, two) in segmentations()) {
        let (length, window) = (one.length(), one.window());
        let within = |cut: &Segmentation, place: u64| {
            cut.boundaries()
                .iter()
                .filter(|&&boundary| place < boundary && boundary <= place + window)
                .count()
        };
        let share = |differ: &dyn Fn(u64) -> bool| {
            let windows = length.checked_sub(window).filter(|&windows| windows > 0)?;
            Some((0..windows).filter(|&place| differ(place)).count() as f64 / windows as f64)
        };
        let by_one = share(&|place| (within(&one, place) > 0) != (within(&two, place) > 0));
        prop_assert!(close(pk(&one, &two).value(), by_one));
        let by_one = share(&|place| within(&one, place) != within(&two, place));
        prop_assert!(close(window_diff(&one, &two).value(), by_one));
    }

    #[test]
    fn similarities_are_symmetric_between_0_and_1((one, two) in segmentations()) {
        for similarity in [boundary_similarity, segmentation_similarity] {
            let ours = similarity(&one, &two).value().unwrap();
            prop_assert!((0.0..=1.0).contains(&ours));
            prop_assert!(close(Some(ours), similarity(&two, &one).value()));
            prop_assert!(close(similarity(&one, &one).value(), Some(1.0)));
        }
    }

    #[test]
    fn alphas_for_unitizing_are_their_definition(continuum in continua()) {
        if continuum.marks() > 0 {
            let by_places = u_alpha_by_places(&continuum, |a, b| a != b);
            prop_assert!(
                close(u_alpha(&continuum).value(), by_places),
                "{:?} {:?}",
                u_alpha(&continuum),
                by_places
            );
            let by_places = u_alpha_by_places(&continuum, |a, b| a.is_some() != b.is_some());
            prop_assert!(close(u_alpha_binary(&continuum).value(), by_places));
        }
    }

    #[test]
    fn no_alpha_for_unitizing_depends_on_the_order_of_coders(continuum in continua()) {
        let turned = Continuum::new(continuum.length(), continuum.coders().iter().rev().cloned());
        for alpha in [u_alpha, u_alpha_binary, cu_alpha] {
            prop_assert!(close(alpha(&continuum).value(), alpha(&turned).value()));
        }
        for (one, other) in k_u_alpha(&continuum).into_iter().zip(k_u_alpha(&turned)) {
            prop_assert!(close(one.value(), other.value()));
        }
    }

    #[test]
    fn no_alignment_of_two_coders_has_less_disorder(continuum in continua()) {
        let two: Vec<Vec<Marked>> = continuum.coders()[..2]
            .iter()
            .map(|marks| marks.iter().take(5).copied().collect())
            .collect();
        let (own, theirs) = (two[0].clone(), two[1].clone());
        let pair = Continuum::new(continuum.length(), two);
        if let Ok(ours) = gamma(&pair, Settings { samples: 2, ..Settings::default() }) {
            let least = least_cost(&own, &mut theirs.clone()) / (pair.marks() as f64 / 2.0);
            prop_assert!((ours.observed - least).abs() < 1e-9, "{} {}", ours.observed, least);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn no_alignment_of_three_coders_has_less_disorder(continuum in continua()) {
        let mut coders: Vec<Vec<Marked>> = continuum.coders().iter().take(3).cloned().collect();
        coders.resize(3, Vec::new());
        coders.iter_mut().for_each(|marks| marks.truncate(3));
        let all: Vec<(usize, Marked)> =
            coders.iter().enumerate().flat_map(|(coder, own)| own.iter().map(move |it| (coder, *it))).collect();
        let three = Continuum::new(continuum.length(), coders.clone());
        if let Ok(ours) = gamma(&three, Settings { samples: 2, ..Settings::default() }) {
            let least = least_cost_of_groups(&all, &mut Vec::new()) / (all.len() as f64 / 3.0);
            prop_assert!((ours.observed - least).abs() < 1e-9, "{} {}", ours.observed, least);
            prop_assert_eq!(ours.alignment, Proof::Exact);
            coders.rotate_left(1);
            let turned = Continuum::new(continuum.length(), coders);
            let turned = gamma(&turned, Settings { samples: 2, ..Settings::default() }).unwrap();
            prop_assert!((ours.observed - turned.observed).abs() < 1e-9);
        }
    }
}

/// The cheapest way to put marks of three coders into groups, by trying all of them: section 4.2 of the paper, word for word.
fn least_cost_of_groups(marks: &[(usize, Marked)], groups: &mut Vec<[Option<Marked>; 3]>) -> f64 {
    let Some(((coder, mark), rest)) = marks.split_first() else {
        let dissimilarity = |pair: (&Option<Marked>, &Option<Marked>)| match pair {
            (Some(one), Some(other)) => {
                let apart = one.start.abs_diff(other.start) + one.end.abs_diff(other.end);
                let relative = apart as f64 / (one.length() + other.length()) as f64;
                relative * relative + f64::from(u8::from(one.code != other.code))
            }
            _ => 1.0,
        };
        let cost = |[a, b, c]: &[Option<Marked>; 3]| {
            (dissimilarity((a, b)) + dissimilarity((a, c)) + dissimilarity((b, c))) / 3.0
        };
        return groups.iter().map(cost).sum();
    };
    let mut least = f64::INFINITY;
    for nth in 0..groups.len() {
        if groups[nth][*coder].is_none() {
            groups[nth][*coder] = Some(*mark);
            least = least.min(least_cost_of_groups(rest, groups));
            groups[nth][*coder] = None;
        }
    }
    let mut alone = [None; 3];
    alone[*coder] = Some(*mark);
    groups.push(alone);
    least = least.min(least_cost_of_groups(rest, groups));
    groups.pop();
    least
}

#[test]
fn an_alignment_of_too_many_coders_says_that_it_is_unproven() {
    let own = |by: u64| -> Vec<Marked> {
        (0..12).map(|nth| Marked { start: 10 * nth + by % 4, end: 10 * nth + 9, code: 0 }).collect()
    };
    let many = Continuum::new(140, (0..12).map(own));
    let ours = gamma(&many, Settings { samples: 2, ..Settings::default() }).unwrap();
    assert_eq!(ours.alignment, Proof::Unproven);
    assert!(ours.coefficient.value().unwrap() > 0.8, "{ours:?}");
}

/// The cheapest alignment, by trying all of them.
fn least_cost(own: &[Marked], theirs: &mut Vec<Marked>) -> f64 {
    let Some((first, rest)) = own.split_first() else { return theirs.len() as f64 };
    let mut least = 1.0 + least_cost(rest, theirs);
    for nth in 0..theirs.len() {
        let other = theirs.remove(nth);
        let apart = first.start.abs_diff(other.start) + first.end.abs_diff(other.end);
        let relative = apart as f64 / (first.length() + other.length()) as f64;
        let cost = relative * relative + f64::from(u8::from(first.code != other.code));
        least = least.min(cost + least_cost(rest, theirs));
        theirs.insert(nth, other);
    }
    least
}
