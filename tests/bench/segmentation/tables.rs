//! Pk, WindowDiff and boundary similarity of each way of cutting, on each set.

use themata::stats::segmentation::{Segmentation, boundary_similarity, pk, window_diff};
use themata::unitize::theme::{self, Size};

use super::baselines::{Tiling, even_words, text_tiling};
use super::sets::{self, Conversation};

/// The sets, each with the words of a unit on the average.
const SETS: [(&str, u32); 4] =
    [("qmsum.val", 1450), ("tiage.dev", 38), ("dialseg711.dev", 68), ("splice.dev", 114)];

pub(crate) fn print() {
    println!("\nPk / WindowDiff (lower is better) / boundary similarity (higher is better)");
    for (set, target) in SETS {
        let all = sets::read(set);
        println!("\n{set}: {} conversations, {target} words a unit", all.len());
        let size = Size::about(target);
        let known = |it: &Conversation| it.boundaries.len() + 1;
        let by_target =
            |it: &Conversation| libm::rint(it.words() as f64 / f64::from(target)).max(1.0) as usize;
        let tiling = Tiling::usual(target);
        row("even words, number known", &all, |it| even_words(it, known(it)));
        row("TextTiling, number known", &all, |it| text_tiling(it, known(it), tiling));
        row("themata, number known", &all, |it| proposed(it, Size::number(known(it) as u32)));
        row("even words, words / target", &all, |it| even_words(it, by_target(it)));
        row("TextTiling, words / target", &all, |it| text_tiling(it, by_target(it), tiling));
        row("themata, words / target", &all, |it| proposed(it, size));
    }
}

/// The turns at which proposed units begin.
pub(crate) fn proposed(it: &Conversation, size: Size) -> Vec<usize> {
    theme::propose(&it.turns(), size, &it.language).iter().map(|cut| cut.before).collect()
}

fn row(name: &str, all: &[Conversation], cut: impl Fn(&Conversation) -> Vec<usize>) {
    let mut sums = [0.0; 3];
    for it in all {
        let places = |cuts: &[usize]| {
            Segmentation::from_boundaries(it.texts.len() as u64, cuts.iter().map(|it| *it as u64))
        };
        let (gold, own) = (places(&it.boundaries), places(&cut(it)));
        let measures =
            [pk(&gold, &own), window_diff(&gold, &own), boundary_similarity(&gold, &own)];
        for (sum, measure) in sums.iter_mut().zip(measures) {
            *sum += measure.value().unwrap_or(0.0);
        }
    }
    let [pk, window_diff, similarity] = sums.map(|sum| sum / all.len() as f64);
    println!("  {name:28} {pk:.3} / {window_diff:.3} / {similarity:.3}");
}
