//! Drawing units by a seed: a share for one coder, or everything dealt out with a share coded twice.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::stats::random::Random;

/// A share of units: above 0, at most 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(f64);

/// The text is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAShare;

impl fmt::Display for NotAShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a share is above 0 and at most 1, as in 0.2 or 20%")
    }
}

impl std::error::Error for NotAShare {}

impl FromStr for Share {
    type Err = NotAShare;
    fn from_str(text: &str) -> Result<Self, NotAShare> {
        let text = text.trim();
        let (number, of) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), 100.0),
            None => (text, 1.0),
        };
        let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let share = number.parse::<f64>().ok().filter(|_| plain).map(|number| number / of);
        share.filter(|share| *share > 0.0 && *share <= 1.0).map(Self).ok_or(NotAShare)
    }
}

impl Share {
    /// How many of `n` units it is, halves up; of any units at least one.
    #[must_use]
    pub fn of(self, n: usize) -> usize {
        let exact = n as f64 * self.0;
        // What floating point leaves of a half (0.35 of 10 is 3.4999…) is a half.
        let whole = libm::floor(exact + 0.5 + 1e-9) as usize;
        whole.clamp(n.min(1), n)
    }
}

/// A share of the units of a pool, in order of place; of each case by itself if `per_case`.
#[must_use]
pub fn drawn(
    study: &Study,
    pool: &BTreeSet<UnitIndex>,
    share: Share,
    per_case: bool,
    seed: u64,
) -> BTreeSet<UnitIndex> {
    let groups = shuffled(study, pool, per_case, seed).into_iter();
    groups
        .flat_map(|group| group.iter().take(share.of(group.len())).copied().collect::<Vec<_>>())
        .collect()
}

/// How everything is dealt out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deal {
    /// Among how many coders.
    pub coders: usize,
    /// What share of it two of them get.
    pub double: Share,
    /// Whether the share is one of each case by itself.
    pub per_case: bool,
    /// Where the random numbers begin.
    pub seed: u64,
}

/// The units of each coder, so that every unit of the pool is coded once, a share twice, and nobody has more
/// than one unit more than another.
#[must_use]
pub fn dealt(study: &Study, pool: &BTreeSet<UnitIndex>, deal: Deal) -> Vec<BTreeSet<UnitIndex>> {
    let mut hands: Vec<BTreeSet<UnitIndex>> = vec![BTreeSet::new(); deal.coders];
    for group in shuffled(study, pool, deal.per_case, deal.seed) {
        let twice = deal.double.of(group.len());
        for (nth, unit) in group.into_iter().enumerate() {
            let times = if nth < twice { 2 } else { 1 };
            for _ in 0..times.min(deal.coders) {
                // Whoever has least of all who do not have it yet.
                let without = (0..hands.len()).filter(|at| !hands[*at].contains(&unit));
                if let Some(at) = without.min_by_key(|at| (hands[*at].len(), *at)) {
                    hands[at].insert(unit);
                }
            }
        }
    }
    hands
}

/// The pool in random order: as one, or case by case.
fn shuffled(
    study: &Study,
    pool: &BTreeSet<UnitIndex>,
    per_case: bool,
    seed: u64,
) -> Vec<Vec<UnitIndex>> {
    let mut groups: Vec<Vec<UnitIndex>> = Vec::new();
    if per_case {
        for case in &study.cases {
            let here = pool.iter().filter(|unit| *study.case_of(**unit) == case.id);
            groups.push(here.copied().collect());
        }
    } else {
        groups.push(pool.iter().copied().collect());
    }
    // A stream of its own for each case, so that a case drawn from does not hang on those before it.
    for (nth, group) in (0..).zip(&mut groups) {
        let mut random = Random::stream(seed, nth);
        for last in (1..group.len()).rev() {
            let other = random.below(last as u64 + 1) as usize;
            group.swap(last, other);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_above_nothing_and_at_most_everything() {
        for (text, of_ten) in
            [("0.2", 2), (".35", 4), ("20%", 2), ("100 %", 10), ("1", 10), ("0.001", 1)]
        {
            assert_eq!(text.parse::<Share>().unwrap().of(10), of_ten, "{text}");
        }
        assert_eq!(".5".parse::<Share>().unwrap().of(0), 0);
        for text in ["", "0", "1.1", "-0.2", "120%", "1e-1", "inf", "nan", "a fifth"] {
            assert_eq!(text.parse::<Share>(), Err(NotAShare), "{text}");
        }
    }
}
