//! The cheapest pairing of two lists where few pairs are possible and nobody has to be paired.
//!
//! Shortest augmenting paths, one row after the other: Jonker, R. and Volgenant, A. (1987), A
//! shortest augmenting path algorithm for dense and sparse linear assignment problems, Computing
//! 38, p. 325-340. A path is searched only as far as it has to go, so that the cost follows the
//! number of possible pairs and not the square of the lists.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// For each row the column that it is paired with, so that the summed cost of all pairs is
/// smallest; `candidates[row]` lists columns with their cost, and being without a partner costs 0.
pub(super) fn cheapest(candidates: &[Vec<(u32, f64)>], columns: usize) -> Vec<Option<u32>> {
    // A column of its own for each row stands for having no partner.
    let all = columns + candidates.len();
    let mut search = Search {
        candidates,
        columns,
        partners: vec![None; candidates.len()],
        owners: vec![None; all],
        prices: vec![0.0; all],
        distances: vec![f64::INFINITY; all],
        reached_from: vec![0; all],
        settled: vec![false; all],
    };
    for row in 0..candidates.len() {
        search.pair(row);
    }
    let partners = search.partners.iter().map(|partner| partner.map(|(column, _)| column));
    partners.map(|column| column.filter(|&column| column < columns).map(|c| c as u32)).collect()
}

struct Search<'a> {
    candidates: &'a [Vec<(u32, f64)>],
    columns: usize,
    /// The column of each row that has come so far, with its cost.
    partners: Vec<Option<(usize, f64)>>,
    /// The row that holds each column.
    owners: Vec<Option<usize>>,
    /// The dual variable of each column, never above 0.
    prices: Vec<f64>,
    /// From the row at hand to each column; infinite where the search has not come.
    distances: Vec<f64>,
    /// The row before each column on the shortest way.
    reached_from: Vec<usize>,
    /// Whether a shorter way to the column is out of the question.
    settled: Vec<bool>,
}

impl Search<'_> {
    /// Pairs one more row, moving those before it along the cheapest way to a free column.
    fn pair(&mut self, new: usize) {
        let (mut heap, mut touched) = (BinaryHeap::new(), Vec::new());
        let (mut row, mut base) = (new, 0.0);
        let free = loop {
            self.relax(row, base, &mut heap, &mut touched);
            // The row's own column is free, so there is always one to come to.
            let Some(column) = self.nearest(&mut heap) else { return };
            let Some(owner) = self.owners[column] else { break column };
            self.settled[column] = true;
            (row, base) = (owner, self.distances[column]);
        };
        let length = self.distances[free];
        for &column in &touched {
            if self.settled[column] {
                self.prices[column] += self.distances[column] - length;
            }
            self.distances[column] = f64::INFINITY;
            self.settled[column] = false;
        }
        self.shift(new, free);
    }

    /// Looks from a row, `base` away from the new one, at all columns that it may take.
    fn relax(
        &mut self,
        row: usize,
        base: f64,
        heap: &mut BinaryHeap<Reached>,
        touched: &mut Vec<usize>,
    ) {
        let given_up = self.partners[row].map_or(0.0, |(held, cost)| cost - self.prices[held]);
        let own = (self.columns + row, 0.0);
        let options = self.candidates[row].iter().map(|&(column, cost)| (column as usize, cost));
        for (column, cost) in options.chain([own]) {
            let distance = base + (cost - self.prices[column] - given_up);
            if !self.settled[column] && distance < self.distances[column] {
                if self.distances[column].is_infinite() {
                    touched.push(column);
                }
                self.distances[column] = distance;
                self.reached_from[column] = row;
                heap.push(Reached(distance, column));
            }
        }
    }

    /// The nearest column that is not settled; what the heap holds of longer ways to it is passed
    /// over.
    fn nearest(&self, heap: &mut BinaryHeap<Reached>) -> Option<usize> {
        while let Some(Reached(distance, column)) = heap.pop() {
            if !self.settled[column] && distance <= self.distances[column] {
                return Some(column);
            }
        }
        None
    }

    /// Gives every row on the way to `free` the column after it.
    fn shift(&mut self, new: usize, free: usize) {
        let mut column = free;
        loop {
            let row = self.reached_from[column];
            let before = self.partners[row];
            self.partners[row] = Some((column, self.cost(row, column)));
            self.owners[column] = Some(row);
            match before {
                Some((left, _)) if row != new => column = left,
                _ => return,
            }
        }
    }

    fn cost(&self, row: usize, column: usize) -> f64 {
        let known = self.candidates[row].iter().find(|&&(other, _)| other as usize == column);
        known.map_or(0.0, |&(_, cost)| cost)
    }
}

/// A column at a distance; the nearest is the greatest, so that a heap gives it first.
struct Reached(f64, usize);

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Reached {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Reached {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Random;

    /// The smallest cost of any pairing, by trying all of them.
    fn by_trying(candidates: &[Vec<(u32, f64)>], taken: &mut Vec<u32>) -> f64 {
        let Some((first, rest)) = candidates.split_first() else { return 0.0 };
        let mut best = by_trying(rest, taken);
        for &(column, cost) in first {
            if !taken.contains(&column) {
                taken.push(column);
                best = best.min(cost + by_trying(rest, taken));
                taken.pop();
            }
        }
        best
    }

    #[test]
    fn no_pairing_is_cheaper_than_the_one_found() {
        for nth in 0..400 {
            let mut random = Random::stream(11, nth);
            let (rows, columns) = (1 + random.below(7), 1 + random.below(7));
            let candidates: Vec<Vec<(u32, f64)>> = (0..rows)
                .map(|_| {
                    let mut row: Vec<(u32, f64)> = Vec::new();
                    for column in 0..columns {
                        if random.below(3) > 0 {
                            // Few different costs, so that many pairings are equally cheap.
                            row.push((column as u32, random.below(5) as f64 / 4.0 - 1.0));
                        }
                    }
                    row
                })
                .collect();
            let partners = cheapest(&candidates, columns as usize);
            let mut used: Vec<u32> = partners.iter().flatten().copied().collect();
            let cost = |(row, partner): (&Vec<(u32, f64)>, &Option<u32>)| {
                partner.map_or(0.0, |column| {
                    row.iter().find(|&&(known, _)| known == column).unwrap().1
                })
            };
            let ours: f64 = candidates.iter().zip(&partners).map(cost).sum();
            assert!(
                (ours - by_trying(&candidates, &mut Vec::new())).abs() < 1e-12,
                "{candidates:?}"
            );
            let pairs = used.len();
            used.sort_unstable();
            used.dedup();
            assert_eq!(used.len(), pairs);
        }
    }
}
