//! Two ways of cutting that a method must beat: equal lengths, and TextTiling.

use std::collections::BTreeMap;

use themata::language::{fold, talk};

use super::sets::Conversation;

/// Units of about equal numbers of words, cut between turns.
pub(crate) fn even_words(it: &Conversation, units: usize) -> Vec<usize> {
    let before = words_before(it);
    let all = it.words() as f64;
    let mut cuts: Vec<usize> = (1..units)
        .map(|nth| {
            let wanted = all * nth as f64 / units as f64;
            let off = |at: &usize| (before[*at] as f64 - wanted).abs();
            let after = before.partition_point(|it| (*it as f64) < wanted);
            let near = after.saturating_sub(1)..(after + 1).min(before.len());
            near.min_by(|a, b| off(a).total_cmp(&off(b))).unwrap()
        })
        .filter(|cut| (1..it.texts.len()).contains(cut))
        .collect();
    cuts.dedup();
    cuts
}

/// How TextTiling is set: words on each side that are compared, words between two cuts at least, and how
/// often the curve is smoothed.
#[derive(Clone, Copy)]
pub(crate) struct Tiling {
    pub(crate) block: f64,
    pub(crate) gap: f64,
    pub(crate) smooth: usize,
}

impl Tiling {
    /// As it did best for units of about so many words.
    pub(crate) fn usual(target: u32) -> Self {
        if target >= 400 {
            Self { block: 400.0, gap: 200.0, smooth: 2 }
        } else {
            Self { block: 40.0, gap: 15.0, smooth: 0 }
        }
    }
}

/// Hearst, M. A. (1997), TextTiling, Comput. Linguist. 23(1), p. 33-64, on turns: the deepest valleys of
/// the similarity of what stands on both sides.
pub(crate) fn text_tiling(it: &Conversation, units: usize, tiling: Tiling) -> Vec<usize> {
    let before = words_before(it);
    let mut curve = similarities(it, &before, tiling.block);
    for _ in 0..tiling.smooth {
        curve = smoothed(&curve);
    }
    // Place 0 of the curve is the gap before turn 1.
    let mut deepest: Vec<(f64, usize)> = depths(&curve).into_iter().zip(1..).collect();
    deepest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let all = it.words() as f64;
    let mut cuts: Vec<usize> = Vec::new();
    for (_, cut) in deepest {
        if cuts.len() + 1 >= units {
            break;
        }
        let place = before[cut] as f64;
        let apart = |other: &usize| (place - before[*other] as f64).abs() >= tiling.gap;
        let inside = place >= tiling.gap / 2.0 && all - place >= tiling.gap / 2.0;
        if inside && cuts.iter().all(apart) {
            cuts.push(cut);
        }
    }
    cuts.sort_unstable();
    cuts
}

fn words_before(it: &Conversation) -> Vec<u64> {
    let mut sum = 0;
    let mut before = vec![0];
    for words in &it.lengths {
        sum += u64::from(*words);
        before.push(sum);
    }
    before
}

/// Cosine of the content stems on both sides of each gap between turns.
fn similarities(it: &Conversation, before: &[u64], block: f64) -> Vec<f64> {
    let bags = content_stems(it);
    let n = bags.len();
    let length = |bag: &BTreeMap<&str, f64>| bag.values().map(|it| it * it).sum::<f64>().sqrt();
    (1..n)
        .map(|gap| {
            let place = before[gap] as f64;
            let from = before.partition_point(|it| *it as f64 <= place - block).saturating_sub(1);
            let to = before.partition_point(|it| (*it as f64) < place + block);
            let left = sum(&bags[from.min(gap - 1)..gap]);
            let right = sum(&bags[gap..to.max(gap + 1).min(n)]);
            let shared: f64 =
                left.iter().filter_map(|(stem, n)| right.get(stem).map(|m| n * m)).sum();
            let lengths = length(&left) * length(&right);
            if lengths > 0.0 { shared / lengths } else { 0.0 }
        })
        .collect()
}

/// How often each stem stands in some turns.
fn sum(turns: &[Vec<String>]) -> BTreeMap<&str, f64> {
    let mut bag: BTreeMap<&str, f64> = BTreeMap::new();
    turns.iter().flatten().for_each(|stem| *bag.entry(stem).or_default() += 1.0);
    bag
}

fn content_stems(it: &Conversation) -> Vec<Vec<String>> {
    let stemmer = talk::stemmer(&it.language).unwrap();
    let known = talk::talk(&it.language).unwrap();
    let stems = |text: &String| {
        text.to_lowercase()
            .split(|it: char| !it.is_alphabetic())
            .filter(|word| word.chars().count() > 1)
            .filter(|word| !known.empty_words().contains(fold(word).as_str()))
            .map(|word| stemmer.stem(word).into_owned())
            .collect()
    };
    it.texts.iter().map(stems).collect()
}

fn smoothed(curve: &[f64]) -> Vec<f64> {
    let mut smooth = curve.to_vec();
    for at in 1..curve.len().saturating_sub(1) {
        smooth[at] = (curve[at - 1] + curve[at] + curve[at + 1]) / 3.0;
    }
    smooth
}

/// How deep each place lies below the hills on both sides of it.
fn depths(curve: &[f64]) -> Vec<f64> {
    let depth = |at: usize| {
        let (mut left, mut right) = (at, at);
        while left > 0 && curve[left - 1] >= curve[left] {
            left -= 1;
        }
        while right + 1 < curve.len() && curve[right + 1] >= curve[right] {
            right += 1;
        }
        curve[left] + curve[right] - 2.0 * curve[at]
    };
    (0..curve.len()).map(depth).collect()
}
