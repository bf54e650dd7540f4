//! The best way to cut a row of atoms: an exact dynamic programme over the rows that could be a unit.
//!
//! Every unit pays the same price, and the price is bisected until the number of units is the one asked
//! for. Of equally good ways the one whose last unit begins earliest is taken, so that equal input gives
//! equal cuts.

use super::atoms::Atoms;

/// The prices between which is searched at first, more or less than nothing; where the number asked for
/// lies outside, the search goes on beyond, though never so far that limits of length give way.
const PRICE: f64 = 400.0;
const STEPS: usize = 18;
const WIDENINGS: usize = 2;

/// Atoms, what each row of them is worth, and the bonus of a cut before each atom.
pub(super) struct Programme<'a> {
    pub(super) atoms: &'a Atoms,
    pub(super) values: &'a [f64],
    pub(super) bonuses: &'a [f64],
}

/// A way to cut: the first atom of every unit, in order, and the price at which it is best.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    pub(super) starts: Vec<usize>,
    pub(super) price: f64,
}

impl Programme<'_> {
    /// The best way whose number of units is as near to `wanted` as the price can bring it.
    pub(super) fn of_number(&self, wanted: usize, floor: f64) -> Way {
        let (mut low, mut high) = (floor, PRICE);
        let (mut best, mut step, mut widened) = (None::<Way>, 0, 0);
        // Whether a way with too few, and one with too many units was seen.
        let mut few = false;
        while step < STEPS {
            let price = (low + high) / 2.0;
            let way = self.at_price(price);
            let units = way.starts.len();
            let off = |way: &Way| way.starts.len().abs_diff(wanted);
            if best.as_ref().is_none_or(|best| off(&way) < off(best)) {
                best = Some(way);
            }
            match units.cmp(&wanted) {
                std::cmp::Ordering::Equal => break,
                std::cmp::Ordering::Greater => low = price,
                std::cmp::Ordering::Less => (high, few) = (price, true),
            }
            step += 1;
            if step == STEPS && !few && widened < WIDENINGS {
                (step, widened) = (0, widened + 1);
                (low, high) = (high, high * 8.0);
            }
        }
        best.unwrap_or(Way { starts: vec![0], price: 0.0 })
    }

    /// The best way at a price for each unit.
    pub(super) fn at_price(&self, price: f64) -> Way {
        let (_, back) = self.forward(price);
        let mut starts = Vec::new();
        let mut at = self.atoms.len();
        while at > 0 {
            at = back.get(at).map_or(0, |it| *it as usize).min(at - 1);
            starts.push(at);
        }
        starts.reverse();
        Way { starts, price }
    }

    /// What a unit of the atoms `from..to` is worth before its price; `None` if it is no row.
    pub(super) fn value(&self, from: usize, to: usize) -> Option<f64> {
        let row = to.checked_sub(from + 1)?;
        let start = self.atoms.rows().get(from)?;
        (row < self.atoms.width(from)).then(|| self.values.get(start + row).copied()).flatten()
    }

    /// The bonus of a cut before an atom.
    pub(super) fn bonus(&self, atom: usize) -> f64 {
        if atom == 0 { 0.0 } else { self.bonuses.get(atom).copied().unwrap_or(0.0) }
    }

    /// The worth of the best way up to each atom, and where its last unit begins.
    pub(super) fn forward(&self, price: f64) -> (Vec<f64>, Vec<u32>) {
        let n = self.atoms.len();
        let mut best = vec![f64::NEG_INFINITY; n + 1];
        let mut back = vec![0_u32; n + 1];
        if let Some(first) = best.first_mut() {
            *first = 0.0;
        }
        for from in 0..n {
            let base = best.get(from).map_or(0.0, |it| *it) - price + self.bonus(from);
            let start = u32::try_from(from).unwrap_or(u32::MAX);
            let ends = from + 1..from + 1 + self.atoms.width(from);
            let (Some(best), Some(back)) = (best.get_mut(ends.clone()), back.get_mut(ends)) else {
                continue;
            };
            for ((value, best), back) in self.row(from).iter().zip(best).zip(back) {
                let worth = base + value;
                if worth > *best {
                    (*best, *back) = (worth, start);
                }
            }
        }
        (best, back)
    }

    /// The worth of the best way from each atom to the end.
    pub(super) fn backward(&self, price: f64) -> Vec<f64> {
        let n = self.atoms.len();
        let mut best = vec![0.0; n + 1];
        for from in (0..n).rev() {
            let after = best.get(from + 1..).unwrap_or_default();
            let rows = self.row(from).iter().zip(after).map(|(value, after)| value + after);
            let most = rows.fold(f64::NEG_INFINITY, f64::max);
            if let Some(place) = best.get_mut(from) {
                *place = most - price + self.bonus(from);
            }
        }
        best
    }

    /// The values of the rows that begin with an atom.
    fn row(&self, from: usize) -> &[f64] {
        let start = self.atoms.rows().get(from).copied().unwrap_or(0);
        self.values.get(start..start + self.atoms.width(from)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unitize::theme::Turn;

    #[test]
    fn of_equally_good_cuts_the_earliest_is_taken() {
        let turns: Vec<Turn<'_>> = (0..4).map(|_| Turn { words: 10, ..Turn::default() }).collect();
        let atoms = Atoms::of(&turns, 1000.0);
        // A unit is worth 10 unless it is everything: two units are best, wherever they part.
        let worth = |length: usize| if length == 4 { 0.0 } else { 10.0 };
        let values: Vec<f64> = (1..=4).rev().flat_map(|most| (1..=most).map(worth)).collect();
        let programme = Programme { atoms: &atoms, values: &values, bonuses: &[0.0; 4] };
        assert_eq!(programme.at_price(15.0).starts, [0, 1]);
    }
}
