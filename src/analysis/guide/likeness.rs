//! How alike two pieces of speech are by their words: stems and pairs of neighbouring stems, the rarer the weightier.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::language::{self, talk};

/// The stems of a text in order, and each two that are neighbours.
#[must_use]
pub(super) fn features(text: &str, language: &str) -> BTreeSet<String> {
    let stemmer = talk::stemmer(language);
    let stem = |word: &str| {
        let word = word.to_lowercase();
        let stem = stemmer.as_ref().map_or_else(|| word.clone(), |it| it.stem(&word).into_owned());
        language::fold(&stem)
    };
    let stems: Vec<String> = text.unicode_words().map(stem).collect();
    let pairs = stems.windows(2).map(|pair| pair.join(" "));
    pairs.chain(stems.iter().cloned()).collect()
}

/// How much each feature weighs: the logarithm of how few texts have it.
#[derive(Debug, Default)]
pub(super) struct Weights {
    texts: f64,
    having: BTreeMap<String, u32>,
}

impl Weights {
    pub(super) fn add(&mut self, features: &BTreeSet<String>) {
        self.texts += 1.0;
        for feature in features {
            *self.having.entry(feature.clone()).or_default() += 1;
        }
    }

    fn of(&self, feature: &str) -> f64 {
        let having = f64::from(self.having.get(feature).copied().unwrap_or(0));
        libm::log((self.texts + 1.0) / (having + 0.5)).max(0.0)
    }

    /// From 0, nothing in common, to 1, the same words: the cosine of the two, each feature by its weight.
    pub(super) fn likeness(&self, one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
        let sum = |of: &BTreeSet<String>| of.iter().map(|it| self.of(it)).sum::<f64>();
        let common: f64 = one.intersection(other).map(|it| self.of(it)).sum();
        let all = (sum(one) * sum(other)).sqrt();
        if all > 0.0 { common / all } else { 0.0 }
    }
}
