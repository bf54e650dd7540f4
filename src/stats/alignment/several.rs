//! Three coders or more: which groups of marks are worth making, and the best choice of them.
//!
//! Against leaving all marks alone, a group of k marks saves (k − 1) P Δ∅ + Σ (Δ∅ − d) over its
//! pairs, P being the number of pairs of coders. An alignment to begin with is improved coder by
//! coder; then the groups that are worth making are listed, and the choice among them that saves
//! most is looked for together with a bound on what any choice saves. Where they are too many to
//! be listed, the alignment stays without a bound.

use super::{Alignment, Reach, dissimilarity};
use crate::stats::assignment::cheapest;
use crate::stats::continuum::Marked;
use crate::stats::gamma::Settings;
use crate::stats::packing::{NOTHING, Sets, heaviest};

/// How many groups, finished and unfinished ones, are looked at before there are too many.
const LIMIT: usize = 1_000_000;

/// How often each coder's marks are moved to where they fit best.
const TURNS: u32 = 20;

pub(super) fn align(coders: &[Vec<Marked>], settings: &Settings) -> Alignment {
    let marks = Marks::of(coders, settings);
    let begun = marks.by_turns();
    let all = marks.list.len() as f64;
    let alone = marks.alone * all;
    // Costs are in pairs of coders so far.
    let disorder = |cost: f64| cost / marks.pairs / (all / coders.len() as f64);
    let Some(mut groups) = marks.worthwhile() else {
        let saved: f64 = begun.iter().map(|group| marks.saving(group)).sum();
        let aligned = begun.len() as u64;
        return Alignment { disorder: disorder(alone - saved), least: None, aligned };
    };
    let before = groups.len();
    begun.iter().for_each(|group| groups.push(group, marks.saving(group)));
    let start: Vec<u32> = (before..groups.len()).map(|set| set as u32).collect();
    let found = heaviest(marks.list.len(), &groups, &start);
    Alignment {
        disorder: disorder(alone - found.weight),
        least: Some(disorder(alone - found.most)),
        aligned: found.chosen.len() as u64,
    }
}

/// All coders' marks in order of place.
struct Marks<'a> {
    list: Vec<Marked>,
    /// Whose each mark is.
    coder: Vec<usize>,
    coders: usize,
    /// The number of pairs of coders.
    pairs: f64,
    /// What a mark costs that is left alone: Δ∅ in each pair of coders.
    alone: f64,
    settings: &'a Settings,
}

impl<'a> Marks<'a> {
    fn of(coders: &[Vec<Marked>], settings: &'a Settings) -> Self {
        let mut all: Vec<(Marked, usize)> = coders
            .iter()
            .enumerate()
            .flat_map(|(coder, marks)| marks.iter().map(move |mark| (*mark, coder)))
            .collect();
        all.sort_unstable();
        let pairs = (coders.len() * (coders.len() - 1)) as f64 / 2.0;
        let (list, coder) = all.into_iter().unzip();
        let alone = pairs * settings.unaligned;
        Self { list, coder, coders: coders.len(), pairs, alone, settings }
    }

    fn dissimilarity(&self, one: u32, other: u32) -> f64 {
        dissimilarity(&self.list[one as usize], &self.list[other as usize], self.settings)
    }

    /// What a mark saves that joins a group.
    fn joining(&self, mark: u32, group: &[u32]) -> f64 {
        let pair = |other: &u32| self.settings.unaligned - self.dissimilarity(mark, *other);
        self.alone + group.iter().map(pair).sum::<f64>()
    }

    /// What a group saves against leaving its marks alone.
    fn saving(&self, group: &[u32]) -> f64 {
        (1..group.len()).map(|place| self.joining(group[place], &group[..place])).sum()
    }

    /// How dissimilar two marks of a group that is worth making are at most: a mark that is more
    /// so, even from one alone, is better left out.
    fn bound(&self) -> f64 {
        self.alone + (self.coders - 1) as f64 * self.settings.unaligned
    }

    /// An alignment in which no coder's marks are better placed otherwise while all others' stay:
    /// its groups of more than one mark.
    fn by_turns(&self) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut before = f64::NEG_INFINITY;
        for _ in 0..TURNS {
            for coder in 0..self.coders {
                self.place(coder, &mut groups);
            }
            let saved: f64 = groups.iter().map(|group| self.saving(group)).sum();
            if saved <= before + NOTHING {
                break;
            }
            before = saved;
        }
        groups.retain(|group| group.len() > 1);
        groups
    }

    /// Takes one coder's marks out of their groups, and puts each where all of them together save
    /// most.
    fn place(&self, coder: usize, groups: &mut Vec<Vec<u32>>) {
        for group in groups.iter_mut() {
            group.retain(|mark| self.coder[*mark as usize] != coder);
        }
        groups.retain(|group| !group.is_empty());
        let mut group_of: Vec<Option<u32>> = vec![None; self.list.len()];
        for (group, place) in groups.iter().zip(0..) {
            for mark in group {
                group_of[*mark as usize] = Some(place);
            }
        }
        let own: Vec<u32> = (0..self.list.len() as u32)
            .filter(|mark| self.coder[*mark as usize] == coder)
            .collect();
        let reach = Reach::of(&self.list, self.bound(), self.settings);
        let candidates: Vec<Vec<(u32, f64)>> = own
            .iter()
            .map(|mark| {
                let mut near: Vec<u32> = reach
                    .around(&self.list[*mark as usize])
                    .filter_map(|other| group_of[other as usize])
                    .collect();
                near.sort_unstable();
                near.dedup();
                let cost = |group: u32| (group, -self.joining(*mark, &groups[group as usize]));
                near.into_iter().map(cost).filter(|(_, cost)| *cost < 0.0).collect()
            })
            .collect();
        for (mark, group) in own.iter().zip(cheapest(&candidates, groups.len())) {
            match group {
                Some(group) => {
                    let group = &mut groups[group as usize];
                    let place = group.partition_point(|other| other < mark);
                    group.insert(place, *mark);
                }
                None => groups.push(vec![*mark]),
            }
        }
    }

    /// Every group from which no single mark is better left out; absent where there are too many.
    fn worthwhile(&self) -> Option<Sets> {
        let reach = Reach::of(&self.list, self.bound(), self.settings);
        let mut listing = Listing { groups: Sets::default(), looked_at: 0 };
        for first in 0..self.list.len() as u32 {
            let mut near: Vec<u32> = reach
                .around(&self.list[first as usize])
                .filter(|other| *other > first)
                .filter(|other| self.coder[*other as usize] != self.coder[first as usize])
                .filter(|other| self.dissimilarity(first, *other) < self.bound())
                .collect();
            near.sort_unstable();
            if !self.extend(&near, &[first], &[0.0], &mut listing) {
                return None;
            }
        }
        Some(listing.groups)
    }

    /// Lists all groups that hold `group` and some of the marks in `near`; `apart` is how
    /// dissimilar each of its marks is from all others together. Whether there are not too many.
    fn extend(&self, near: &[u32], group: &[u32], apart: &[f64], listing: &mut Listing) -> bool {
        for (place, mark) in near.iter().enumerate() {
            let coder = self.coder[*mark as usize];
            if group.iter().any(|other| self.coder[*other as usize] == coder) {
                continue;
            }
            listing.looked_at += 1;
            if listing.looked_at > LIMIT {
                return false;
            }
            let mut own = 0.0;
            let mut longer: Vec<f64> = Vec::with_capacity(group.len() + 1);
            for (other, apart) in group.iter().zip(apart) {
                let dissimilar = self.dissimilarity(*mark, *other);
                own += dissimilar;
                longer.push(apart + dissimilar);
            }
            longer.push(own);
            // Whoever joins later only adds to this.
            if longer.iter().any(|apart| *apart >= self.bound()) {
                continue;
            }
            let mut larger = group.to_vec();
            larger.push(*mark);
            let left_out = self.alone + group.len() as f64 * self.settings.unaligned;
            if longer.iter().all(|apart| *apart < left_out) {
                listing.groups.push(&larger, self.saving(&larger));
            }
            let rest = near.get(place + 1..).unwrap_or_default();
            if larger.len() < self.coders && !self.extend(rest, &larger, &longer, listing) {
                return false;
            }
        }
        true
    }
}

struct Listing {
    groups: Sets,
    looked_at: usize,
}
