//! Which sets to choose, so that no two share a member and their weights sum to the most.
//!
//! Prices of members give a bound: a choice can weigh no more than all prices together, if every
//! set's members cost at least what it weighs. Prices come from subgradients (Held, M., Wolfe, P.
//! and Crowder, H. P. (1974), Validation of subgradient optimization, Math. Programming 6, p.
//! 62-88); sets that cost too much to be in any better choice are dropped, what is left falls
//! into parts, and small parts are searched to the end.

mod prices;
mod search;

use prices::Prices;

/// Sets of members with their weights.
#[derive(Debug, Clone, Default)]
pub(super) struct Sets {
    members: Vec<u32>,
    /// Where in `members` each set ends.
    ends: Vec<usize>,
    weights: Vec<f64>,
}

impl Sets {
    /// Adds a set; its members in order, at least one.
    pub(super) fn push(&mut self, members: &[u32], weight: f64) {
        self.members.extend_from_slice(members);
        self.ends.push(self.members.len());
        self.weights.push(weight);
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn members(&self, set: u32) -> &[u32] {
        let set = set as usize;
        let start = if set == 0 { 0 } else { self.ends[set - 1] };
        &self.members[start..self.ends[set]]
    }

    pub(super) fn weight(&self, set: u32) -> f64 {
        self.weights[set as usize]
    }

    fn first(&self, set: u32) -> u32 {
        self.members(set)[0]
    }
}

/// A choice of sets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Packing {
    pub(super) chosen: Vec<u32>,
    /// What the chosen sets weigh.
    pub(super) weight: f64,
    /// What no choice exceeds; the weight itself where nothing heavier was left to try.
    pub(super) most: f64,
}

/// How often a part is priced again before it is searched or left.
const ROUNDS: u32 = 8;

/// A difference in weight that only rounding makes.
pub(super) const NOTHING: f64 = 1e-10;

/// Sets of which none shares a member with a set of another part.
struct Part {
    sets: Vec<u32>,
    /// The best choice so far.
    chosen: Vec<u32>,
    round: u32,
}

/// The heaviest choice among sets of the members below `members`; `start` is a choice to begin with.
pub(super) fn heaviest(members: usize, sets: &Sets, start: &[u32]) -> Packing {
    let mut found = Packing { chosen: Vec::new(), weight: 0.0, most: 0.0 };
    let all: Vec<u32> = (0..sets.len()).map(|set| set as u32).collect();
    let mut prices = Prices::of(members, sets);
    let mut open = parts(members, sets, &all, start, 0);
    while let Some(mut part) = open.pop() {
        let own = weight(sets, &part.chosen);
        let most = prices.settle(sets, &part.sets, own);
        if most - own <= NOTHING {
            found.add(&part.chosen, own, own);
            continue;
        }
        let before = part.sets.len();
        let too_dear = |set: &u32| prices.slack(sets, *set) > most - own + NOTHING;
        part.sets.retain(|set| !too_dear(set) || part.chosen.contains(set));
        if part.round < ROUNDS && part.sets.len() < before {
            open.extend(parts(members, sets, &part.sets, &part.chosen, part.round + 1));
            continue;
        }
        let searched = search::heavier(members, sets, &prices, &part.sets, most - own);
        let most = if searched.complete { None } else { Some(most) };
        let chosen = searched.chosen.unwrap_or(part.chosen);
        let own = weight(sets, &chosen);
        found.add(&chosen, own, most.unwrap_or(own));
    }
    found.chosen.sort_unstable();
    found
}

impl Packing {
    fn add(&mut self, chosen: &[u32], weight: f64, most: f64) {
        self.chosen.extend_from_slice(chosen);
        self.weight += weight;
        self.most += most;
    }
}

fn weight(sets: &Sets, chosen: &[u32]) -> f64 {
    chosen.iter().map(|set| sets.weight(*set)).sum()
}

/// Sets by what hangs together through shared members.
fn parts(members: usize, sets: &Sets, own: &[u32], chosen: &[u32], round: u32) -> Vec<Part> {
    let mut leaders: Vec<u32> = (0..members).map(|member| member as u32).collect();
    for set in own {
        let first = leader(&mut leaders, sets.first(*set));
        for member in sets.members(*set) {
            let other = leader(&mut leaders, *member);
            leaders[other as usize] = first;
        }
    }
    let mut places: Vec<Option<usize>> = vec![None; members];
    let mut parts: Vec<Part> = Vec::new();
    for set in own {
        let place = &mut places[leader(&mut leaders, sets.first(*set)) as usize];
        let place = *place.get_or_insert_with(|| {
            parts.push(Part { sets: Vec::new(), chosen: Vec::new(), round });
            parts.len() - 1
        });
        parts[place].sets.push(*set);
    }
    for set in chosen {
        if let Some(place) = places[leader(&mut leaders, sets.first(*set)) as usize] {
            parts[place].chosen.push(*set);
        }
    }
    parts
}

/// Who stands for all that a member hangs together with.
fn leader(leaders: &mut [u32], member: u32) -> u32 {
    let mut at = member;
    while leaders[at as usize] != at {
        let above = leaders[leaders[at as usize] as usize];
        leaders[at as usize] = above;
        at = above;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Random;

    /// The most that any choice weighs, by trying all of them.
    fn by_trying(sets: &Sets, from: u32, taken: u32) -> f64 {
        if from as usize == sets.len() {
            return 0.0;
        }
        let without = by_trying(sets, from + 1, taken);
        let own = sets.members(from).iter().fold(0, |bits, member| bits | 1 << member);
        if taken & own != 0 {
            return without;
        }
        without.max(sets.weight(from) + by_trying(sets, from + 1, taken | own))
    }

    #[test]
    fn no_choice_of_sets_is_heavier_than_the_one_found() {
        for nth in 0..300 {
            let mut random = Random::stream(5, nth);
            let members = 3 + random.below(9);
            let mut sets = Sets::default();
            for _ in 0..random.below(19) {
                let mut own: Vec<u32> =
                    (0..2 + random.below(2)).map(|_| random.below(members) as u32).collect();
                own.sort_unstable();
                own.dedup();
                // Whole weights, so that ties and prices that do not fit occur.
                let weight = if nth % 2 == 0 { random.fraction() } else { 1.0 };
                sets.push(&own, weight);
            }
            let found = heaviest(members as usize, &sets, &[]);
            let most = by_trying(&sets, 0, 0);
            assert!((found.weight - most).abs() < 1e-9, "{nth}: {} {most}", found.weight);
            assert!((found.most - most).abs() < 1e-9, "{nth}: {} {most}", found.most);
            let mut taken: Vec<u32> =
                found.chosen.iter().flat_map(|set| sets.members(*set)).copied().collect();
            let members = taken.len();
            taken.sort_unstable();
            taken.dedup();
            assert_eq!(taken.len(), members, "{nth}");
        }
    }
}
