//! What is there before any figure: which answers are in use, who decided how many units, who shares how many with whom.

use std::collections::{BTreeMap, BTreeSet};

use super::{CodedDimension, Codings};

/// What is there before any figure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inventory {
    /// Dimension by dimension, the codes in use (or `none`) with how many answers hold them, the commonest first.
    pub answers: Vec<(String, Vec<(String, u64)>)>,
    /// Coder by coder, how many units she decided, in one dimension at least.
    pub decided: Vec<(String, u64)>,
    /// Pair by pair, how many units both decided, in the same dimension.
    pub shared: Vec<(String, String, u64)>,
    /// Coders none of whose answers anybody else gave, with these answers.
    pub apart: Vec<(String, Vec<String>)>,
}

/// Beyond so many coders pairs are not counted.
const MANY: usize = 64;

impl Inventory {
    /// What is there.
    #[must_use]
    pub fn of(codings: &Codings) -> Self {
        let coders = codings.coders.len();
        let mut inventory = Self::default();
        let mut own: Vec<BTreeSet<(usize, u32)>> = vec![BTreeSet::new(); coders];
        for (place, dimension) in codings.dimensions.iter().enumerate() {
            let mut counts: Vec<Vec<u64>> = vec![vec![0; dimension.answers().len() + 1]; coders];
            for row in dimension.rows(coders) {
                for (of_coder, cell) in counts.iter_mut().zip(row) {
                    if let Some(count) = of_coder.get_mut(*cell as usize) {
                        *count += 1;
                    }
                }
            }
            for (of_coder, own) in counts.iter().zip(&mut own) {
                let given = (0_u32..).zip(of_coder).skip(1).filter(|(_, times)| **times > 0);
                own.extend(given.map(|(answer, _)| (place, answer)));
            }
            let total = |at: usize| counts.iter().filter_map(|it| it.get(at)).sum::<u64>();
            let mut in_use: BTreeMap<String, u64> = BTreeMap::new();
            for (at, answer) in dimension.answers().iter().enumerate() {
                let times = total(at + 1);
                if answer.codes.is_empty() {
                    *in_use.entry(dimension.label(&[])).or_default() += times;
                }
                for code in &answer.codes {
                    *in_use.entry(dimension.label(std::slice::from_ref(code))).or_default() +=
                        times;
                }
            }
            let mut in_use: Vec<(String, u64)> = in_use.into_iter().filter(|it| it.1 > 0).collect();
            in_use.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
            inventory.answers.push((dimension.name.clone(), in_use));
        }
        inventory.count(codings);
        inventory.find_apart(codings, &own);
        inventory
    }

    /// Counts units by who decided them.
    fn count(&mut self, codings: &Codings) {
        let coders = codings.coders.len();
        let (decided, shared) = match codings.dimensions.as_slice() {
            [one] => of_one(one, coders),
            several => of_several(several, coders, codings.units),
        };
        self.decided = codings.coders.iter().cloned().zip(decided).collect();
        for (one, first) in codings.coders.iter().enumerate() {
            for (other, second) in codings.coders.iter().enumerate().skip(one + 1) {
                let n = shared.get(one * coders + other).copied();
                self.shared.extend(n.map(|n| (first.clone(), second.clone(), n)));
            }
        }
    }

    /// Finds coders who share no answer with anybody.
    fn find_apart(&mut self, codings: &Codings, own: &[BTreeSet<(usize, u32)>]) {
        // By codes: who gave one of a set gave something that others gave.
        let codes_of = |given: &BTreeSet<(usize, u32)>| -> BTreeSet<(usize, String)> {
            let mut codes = BTreeSet::new();
            for (place, answer) in given {
                let Some(dimension) = codings.dimensions.get(*place) else { continue };
                let Some(answer) = dimension.answers().get(*answer as usize - 1) else { continue };
                let name = |code: &u32| (*place, dimension.label(std::slice::from_ref(code)));
                codes.extend(answer.codes.iter().map(name));
                if answer.codes.is_empty() {
                    codes.insert((*place, dimension.label(&[])));
                }
            }
            codes
        };
        let codes: Vec<BTreeSet<(usize, String)>> = own.iter().map(codes_of).collect();
        for (one, name) in codings.coders.iter().enumerate() {
            let Some(mine) = codes.get(one).filter(|it| !it.is_empty()) else { continue };
            let others =
                codes.iter().enumerate().filter(|(other, _)| *other != one).map(|(_, it)| it);
            let others: Vec<&BTreeSet<(usize, String)>> =
                others.filter(|it| !it.is_empty()).collect();
            if !others.is_empty() && others.iter().all(|it| it.is_disjoint(mine)) {
                self.apart
                    .push((name.clone(), mine.iter().map(|(_, code)| code.clone()).collect()));
            }
        }
    }
}

/// Units that each coder decided, and that each pair did.
type Decided = (Vec<u64>, Vec<u64>);

fn pairs(coders: usize) -> usize {
    if coders <= MANY { coders * coders } else { 0 }
}

fn of_one(dimension: &CodedDimension, coders: usize) -> Decided {
    let (mut decided, mut shared) = (vec![0_u64; coders], vec![0_u64; pairs(coders)]);
    for row in dimension.rows(coders) {
        for (one, cell) in row.iter().enumerate() {
            let given = u64::from(*cell > 0);
            decided[one] += given;
            if let Some(of_one) =
                shared.get_mut(one * coders..(one + 1) * coders).filter(|_| given > 0)
            {
                of_one.iter_mut().zip(row).for_each(|(both, other)| *both += u64::from(*other > 0));
            }
        }
    }
    (decided, shared)
}

fn of_several(dimensions: &[CodedDimension], coders: usize, units: usize) -> Decided {
    let (mut decided, mut shared) = (vec![0_u64; coders], vec![0_u64; pairs(coders)]);
    let (mut mine, mut both) = (vec![false; coders], vec![false; pairs(coders)]);
    for unit in 0..units {
        mine.fill(false);
        both.fill(false);
        for dimension in dimensions {
            let cells = dimension.unit(unit, coders);
            for (one, _) in cells.iter().enumerate().filter(|(_, cell)| **cell > 0) {
                mine[one] = true;
                let of_one = both.get_mut(one * coders..(one + 1) * coders).into_iter().flatten();
                of_one.zip(cells).for_each(|(both, other)| *both |= *other > 0);
            }
        }
        decided.iter_mut().zip(&mine).for_each(|(n, it)| *n += u64::from(*it));
        shared.iter_mut().zip(&both).for_each(|(n, it)| *n += u64::from(*it));
    }
    (decided, shared)
}
