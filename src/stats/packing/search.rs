//! The search through what prices have left: every choice is tried that could still be heavier.

use super::prices::Prices;
use super::{NOTHING, Sets};

/// How many choices are looked at before a part is given up.
const LIMIT: u32 = 200_000;

/// How many members a part may have: the search goes as deep.
const DEEPEST: usize = 1_000;

/// What a search has found.
pub(super) struct Searched {
    /// A heavier choice than the one before, if there is one.
    pub(super) chosen: Option<Vec<u32>>,
    /// Whether everything was looked at.
    pub(super) complete: bool,
}

/// Looks for a choice among a part's sets that loses less than `gap` of what all members cost.
pub(super) fn heavier(
    members: usize,
    sets: &Sets,
    prices: &Prices,
    part: &[u32],
    gap: f64,
) -> Searched {
    let mut own: Vec<u32> = part.iter().flat_map(|set| sets.members(*set)).copied().collect();
    own.sort_unstable();
    own.dedup();
    if own.len() > DEEPEST {
        return Searched { chosen: None, complete: false };
    }
    let mut options: Vec<(u32, f64, u32)> = part
        .iter()
        .flat_map(|set| {
            let slack = prices.slack(sets, *set);
            sets.members(*set).iter().map(move |member| (*member, slack, *set))
        })
        .collect();
    options.sort_unstable_by(|one, other| {
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)).then(one.2.cmp(&other.2))
    });
    let mut search = Search {
        sets,
        prices,
        members: own,
        options,
        taken: vec![false; members],
        chosen: Vec::new(),
        best: None,
        gap: gap - NOTHING,
        looked_at: 0,
    };
    search.from(0, 0.0);
    Searched { chosen: search.best, complete: search.looked_at <= LIMIT }
}

struct Search<'a> {
    sets: &'a Sets,
    prices: &'a Prices,
    members: Vec<u32>,
    /// Of each member the sets that hold it, the cheapest first: member, slack, set.
    options: Vec<(u32, f64, u32)>,
    taken: Vec<bool>,
    chosen: Vec<u32>,
    best: Option<Vec<u32>>,
    /// A choice that loses so much or more is no better than the best so far.
    gap: f64,
    looked_at: u32,
}

impl Search<'_> {
    /// Tries everything for the members from a place on, `lost` being lost already.
    fn from(&mut self, place: usize, lost: f64) {
        self.looked_at += 1;
        if self.looked_at > LIMIT {
            return;
        }
        let free = self.members.iter().skip(place).position(|it| !self.taken[*it as usize]);
        let Some((place, member)) =
            free.and_then(|free| Some((place + free, *self.members.get(place + free)?)))
        else {
            self.gap = lost - NOTHING;
            self.best = Some(self.chosen.clone());
            return;
        };
        let first = self.options.partition_point(|option| option.0 < member);
        let last = self.options.partition_point(|option| option.0 <= member);
        for option in first..last {
            let (_, slack, set) = self.options[option];
            if lost + slack >= self.gap {
                break;
            }
            if self.sets.members(set).iter().any(|other| self.taken[*other as usize]) {
                continue;
            }
            self.take(set, true);
            self.chosen.push(set);
            self.from(place + 1, lost + slack);
            self.chosen.pop();
            self.take(set, false);
        }
        // The member may also be in no set.
        let price = self.prices.price(member);
        if lost + price < self.gap {
            self.taken[member as usize] = true;
            self.from(place + 1, lost + price);
            self.taken[member as usize] = false;
        }
    }

    fn take(&mut self, set: u32, taken: bool) {
        for member in self.sets.members(set) {
            self.taken[*member as usize] = taken;
        }
    }
}
