//! How long a unit should be: a log-normal prior about the target, and limits that give way only where
//! nothing else is left.

use super::atoms::Atoms;

/// How far, in units of the logarithm, lengths lie about the target.
const SIGMA: f64 = 0.7;

/// What a unit outside the limits costs, more the further outside it is: more than any words could
/// outweigh, so that limits hold wherever turns and sentences allow it. A unit that is too long costs more
/// than one that is too short, since cutting it leaves at most one short one.
const OUTSIDE: f64 = 1e6;

/// How many units there shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Units of so many words of participants on the average.
    Words(u32),
    /// So many units, as near as the limits allow.
    Units(u32),
}

/// How long units should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// How many there shall be.
    pub goal: Goal,
    /// The fewest words of a unit; else a quarter of the average.
    pub least: Option<u32>,
    /// The most words of a unit; else three times the average.
    pub most: Option<u32>,
}

impl Size {
    /// Units of so many words on the average, within the usual limits.
    #[must_use]
    pub fn about(words: u32) -> Self {
        Self { goal: Goal::Words(words), least: None, most: None }
    }

    /// So many units, within the usual limits.
    #[must_use]
    pub fn number(units: u32) -> Self {
        Self { goal: Goal::Units(units), least: None, most: None }
    }

    /// The lengths in words, for a text with so many words of participants.
    #[must_use]
    pub fn lengths(&self, words: u64) -> Lengths {
        let target = match self.goal {
            Goal::Words(words) => f64::from(words.max(1)),
            Goal::Units(units) => (words as f64 / f64::from(units.max(1))).max(1.0),
        };
        let given = |words: Option<u32>| words.map(|it| f64::from(it).max(1.0));
        let (least, most) = match (given(self.least), given(self.most)) {
            (Some(least), Some(most)) => (least, most.max(least)),
            (Some(least), None) => (least, (target * 3.0).max(least)),
            (None, Some(most)) => ((target / 4.0).min(most), most),
            (None, None) => (target / 4.0, target * 3.0),
        };
        Lengths { target, least, most }
    }
}

impl Default for Size {
    fn default() -> Self {
        Self::about(100)
    }
}

/// Lengths in words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lengths {
    /// The average.
    pub target: f64,
    /// No unit is shorter, if turns allow it.
    pub least: f64,
    /// No unit is longer, if sentences allow it.
    pub most: f64,
}

impl Lengths {
    /// Takes from the value of each row what its length costs.
    pub(super) fn charge(&self, values: &mut [f64], atoms: &Atoms) {
        let target = libm::log(self.target);
        let mut values = values.iter_mut();
        for from in 0..atoms.len() {
            for to in from + 1..=from + atoms.width(from) {
                let Some(value) = values.next() else { return };
                *value -= self.cost(atoms, from, to, target);
            }
        }
    }

    /// What the length of the atoms `from..to` costs by the prior alone, as if there were no limits.
    pub(super) fn usual_cost(&self, atoms: &Atoms, from: usize, to: usize) -> f64 {
        self.prior(atoms.length(from, to), libm::log(self.target))
    }

    fn prior(&self, length: u64, target: f64) -> f64 {
        let z = (libm::log((length as f64).max(1.0)) - target) / SIGMA;
        0.5 * z * z
    }

    fn cost(&self, atoms: &Atoms, from: usize, to: usize, target: f64) -> f64 {
        let length = atoms.length(from, to);
        let counted = atoms.counted(from, to) as f64;
        let mut cost = self.prior(length, target);
        let length = length as f64;
        if counted < self.least {
            cost += OUTSIDE * (2.0 - counted / self.least);
        }
        if length > self.most {
            cost += 4.0 * OUTSIDE * (length / self.most);
        }
        cost
    }
}
