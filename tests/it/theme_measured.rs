//! Units by theme against those that people marked, held to the figures that the method had when it was
//! chosen.

#[path = "../bench/segmentation/baselines.rs"]
mod baselines;
#[path = "../bench/segmentation/sets.rs"]
mod sets;

use themata::stats::segmentation::{Segmentation, boundary_similarity, pk};
use themata::unitize::theme::{Size, propose};

use baselines::{Tiling, even_words, text_tiling};
use sets::Conversation;

/// Mean Pk and boundary similarity of a way of cutting.
fn measured(all: &[Conversation], cut: impl Fn(&Conversation) -> Vec<usize>) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for it in all {
        let places = |cuts: &[usize]| {
            Segmentation::from_boundaries(it.texts.len() as u64, cuts.iter().map(|it| *it as u64))
        };
        let (gold, own) = (places(&it.boundaries), places(&cut(it)));
        sums.0 += pk(&gold, &own).value().unwrap_or(0.0);
        sums.1 += boundary_similarity(&gold, &own).value().unwrap_or(0.0);
    }
    (sums.0 / all.len() as f64, sums.1 / all.len() as f64)
}

#[test]
fn proposed_units_meet_marked_ones_as_well_as_the_reference_did_and_better_than_simple_ways() {
    if sets::folder().is_none() {
        eprintln!("skipped: ../shared is not here");
        return;
    }
    // Pk of the reference with the number of units from the words.
    for (set, target, reference) in [
        ("qmsum.val", 1450, 0.354),
        ("tiage.dev", 38, 0.461),
        ("dialseg711.dev", 68, 0.334),
        ("splice.dev", 114, 0.258),
    ] {
        let all = sets::read(set);
        let propose = |it: &Conversation| {
            let cuts = propose(&it.turns(), Size::about(target), &it.language);
            cuts.iter().map(|cut| cut.before).collect::<Vec<usize>>()
        };
        let (own, similarity) = measured(&all, propose);
        assert!(own <= reference + 0.01, "{set}: Pk {own:.3}, the reference has {reference}");
        let number =
            |it: &Conversation| libm::rint(it.words() as f64 / f64::from(target)).max(1.0) as usize;
        let (far, even) = measured(&all, |it| even_words(it, number(it)));
        assert!(similarity > even, "{set}: {similarity:.3} {even:.3}");
        assert!(own < far, "{set}: Pk {own:.3}, even words {far:.3}");
        if target < 400 {
            // With its wide blocks, for long units, it takes too long here; the benchmark has it.
            let (_, tiling) =
                measured(&all, |it| text_tiling(it, number(it), Tiling::usual(target)));
            assert!(similarity > tiling, "{set}: {similarity:.3} {tiling:.3}");
        }
    }
}

#[test]
fn more_cuts_lie_where_answers_begin_and_end_than_of_even_units() {
    if sets::folder().is_none() {
        eprintln!("skipped: ../shared is not here");
        return;
    }
    let all = sets::read("qmsum.val");
    for words in [100, 300] {
        let (mut edges, mut own, mut even) = (0, 0, 0);
        for it in &all {
            let cuts = propose(&it.turns(), Size::about(words), &it.language);
            let cuts: Vec<usize> = cuts.iter().map(|cut| cut.before).collect();
            let others = even_words(it, cuts.len() + 1);
            let inside = |edge: &usize| (1..it.texts.len()).contains(edge);
            for edge in it.answers.iter().flat_map(|it| [it.0, it.1 + 1]).filter(inside) {
                let hit =
                    |cuts: &[usize]| u32::from(cuts.iter().any(|cut| cut.abs_diff(edge) <= 1));
                edges += 1;
                own += hit(&cuts);
                even += hit(&others);
            }
        }
        assert!(edges > 300 && own > even, "{words}: {own} and {even} of {edges}");
    }
}
