//! How strong a cut is: by how much the best way to cut the text would be worse without it.
//!
//! A cut between two themes is strong; one that could as well lie a turn further, or be left out, is weak.
//! So is one that is there only because a unit would be too long without it: for its two units as one,
//! limits of length do not count.

use super::cohesion::Cohesion;
use super::length::Lengths;
use super::programme::{Programme, Way};

/// What is beyond doubt is not told apart.
pub const STRONGEST: f64 = 99.99;

/// The strength of the cut before each unit but the first; a cut that had to be is as strong as can be.
pub(super) fn of_cuts(
    programme: &Programme<'_>,
    way: &Way,
    cohesion: &mut Cohesion,
    lengths: &Lengths,
) -> Vec<f64> {
    let mut strengths = without_cuts(programme, way);
    let mut usual = |from: usize, to: usize| {
        cohesion.of_atoms(from, to) - lengths.usual_cost(programme.atoms, from, to)
    };
    let end = programme.atoms.len();
    let start = |unit: usize| way.starts.get(unit).copied().unwrap_or(end);
    for (unit, strength) in (1..).zip(&mut strengths) {
        let (from, cut, to) = (start(unit - 1), start(unit), start(unit + 1));
        let apart = usual(from, cut) + usual(cut, to) + programme.bonus(cut) - way.price;
        *strength = strength.min(apart - usual(from, to)).max(0.0);
    }
    strengths
}

/// By how much the best way within the limits is worse without each cut.
fn without_cuts(programme: &Programme<'_>, way: &Way) -> Vec<f64> {
    let (before, _) = programme.forward(way.price);
    let after = programme.backward(way.price);
    let at = |list: &[f64], atom: usize| list.get(atom).copied().unwrap_or(f64::NEG_INFINITY);
    let best = at(&before, programme.atoms.len());
    let without = |cut: usize| {
        let mut most = f64::NEG_INFINITY;
        for from in (0..cut).rev() {
            let last = from + programme.atoms.width(from);
            if last <= cut {
                break; // what begins earlier does not reach beyond the cut either
            }
            let base = at(&before, from) - way.price + programme.bonus(from);
            for to in cut + 1..=last {
                let value = programme.value(from, to).unwrap_or(f64::NEG_INFINITY);
                most = most.max(base + value + at(&after, to));
            }
        }
        most
    };
    let strength = |cut: &usize| (best - without(*cut)).clamp(0.0, STRONGEST);
    way.starts.iter().skip(1).map(strength).collect()
}
