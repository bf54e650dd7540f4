//! What each member costs, so that the prices of all bound what any choice of sets weighs.

use super::{NOTHING, Sets};

/// How often prices are adjusted in one round.
const STEPS: u32 = 300;

/// After so many steps without a better bound the steps get shorter.
const PATIENCE: u32 = 10;

/// The price of each member, never below 0.
pub(super) struct Prices {
    of: Vec<f64>,
    /// How many more sets than one want each member, less one; kept between steps.
    wanted: Vec<i32>,
}

impl Prices {
    /// Prices at which every set costs what it weighs at least.
    pub(super) fn of(members: usize, sets: &Sets) -> Self {
        let mut of = vec![0.0_f64; members];
        for set in 0..sets.len() as u32 {
            let own = sets.members(set);
            let share = sets.weight(set) / own.len() as f64;
            for member in own {
                of[*member as usize] = of[*member as usize].max(share);
            }
        }
        Self { of, wanted: vec![0; members] }
    }

    /// What a member costs.
    pub(super) fn price(&self, member: u32) -> f64 {
        self.of[member as usize]
    }

    /// By how much a set's members cost more than it weighs.
    pub(super) fn slack(&self, sets: &Sets, set: u32) -> f64 {
        sets.members(set).iter().map(|member| self.price(*member)).sum::<f64>() - sets.weight(set)
    }

    /// Finds prices of the members of one part that bound well; what they sum to, which no choice
    /// of these sets exceeds. `reached` is what the best choice so far weighs.
    pub(super) fn settle(&mut self, sets: &Sets, part: &[u32], reached: f64) -> f64 {
        let mut members: Vec<u32> =
            part.iter().flat_map(|set| sets.members(*set)).copied().collect();
        members.sort_unstable();
        members.dedup();
        let mut best = (f64::INFINITY, Vec::new());
        let (mut length, mut waited) = (1.0, 0);
        for _ in 0..STEPS {
            let (bound, dearest) = self.look(sets, part, &members);
            if bound < best.0 - NOTHING {
                // Whoever comes first in a set pays what it lacks, so that every set is paid for.
                let mut paid: Vec<f64> = members.iter().map(|it| self.price(*it)).collect();
                for (member, lack) in dearest {
                    if let Ok(place) = members.binary_search(&member) {
                        paid[place] += lack;
                    }
                }
                best = (bound, paid);
                waited = 0;
            } else {
                waited += 1;
            }
            if waited > PATIENCE {
                length /= 2.0;
                waited = 0;
            }
            if best.0 - reached <= NOTHING || length < 1e-3 {
                break;
            }
            self.step(&members, length * (bound - reached));
        }
        for (member, price) in members.iter().zip(&best.1) {
            self.of[*member as usize] = *price;
        }
        self.lower(sets, part, &members)
    }

    /// The bound that the prices give, where of all sets that begin with one member only the one
    /// that lacks most is taken; the members whose sets lack something, and how much.
    fn look(&mut self, sets: &Sets, part: &[u32], members: &[u32]) -> (f64, Vec<(u32, f64)>) {
        let mut bound: f64 = members.iter().map(|member| self.price(*member)).sum();
        for member in members {
            self.wanted[*member as usize] = -1;
        }
        let mut dearest = Vec::new();
        for beginning in part.chunk_by(|one, next| sets.first(*one) == sets.first(*next)) {
            let (mut most, mut lacks) = (None, 0.0);
            for set in beginning {
                let lack = -self.slack(sets, *set);
                if lack > lacks {
                    (most, lacks) = (Some(*set), lack);
                }
            }
            let Some(set) = most else { continue };
            bound += lacks;
            dearest.push((sets.first(set), lacks));
            for member in sets.members(set) {
                self.wanted[*member as usize] += 1;
            }
        }
        (bound, dearest)
    }

    /// Members that several sets want get dearer, those that none wants cheaper.
    fn step(&mut self, members: &[u32], gap: f64) {
        let moves = |member: &u32, price: f64, wanted: &[i32]| {
            let wanted = wanted[*member as usize];
            if price <= 0.0 && wanted < 0 { 0.0 } else { f64::from(wanted) }
        };
        let of = |member: &u32| moves(member, self.price(*member), &self.wanted);
        let squares: f64 = members.iter().map(|it| of(it) * of(it)).sum();
        if squares <= 0.0 {
            return;
        }
        for member in members {
            let price = self.price(*member);
            let by = gap / squares * moves(member, price, &self.wanted);
            self.of[*member as usize] = (price + by).max(0.0);
        }
    }

    /// Takes from each member's price what no set of its needs; the sum of all prices.
    fn lower(&mut self, sets: &Sets, part: &[u32], members: &[u32]) -> f64 {
        let mut of_member: Vec<(u32, u32)> = part
            .iter()
            .flat_map(|set| sets.members(*set).iter().map(|member| (*member, *set)))
            .collect();
        of_member.sort_unstable();
        for own in of_member.chunk_by(|one, next| one.0 == next.0) {
            let Some((member, _)) = own.first() else { continue };
            let spare = own.iter().map(|(_, set)| self.slack(sets, *set));
            let spare = spare.fold(self.price(*member), f64::min);
            if spare > 0.0 {
                self.of[*member as usize] -= spare;
            }
        }
        members.iter().map(|member| self.price(*member)).sum()
    }
}
