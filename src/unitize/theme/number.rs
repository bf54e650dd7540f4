//! A given number of units.
//!
//! The price of a unit does not reach every number: from one way to the next best it may jump. Then one
//! with more units is taken, and the cuts are dropped that are missed least.

use super::programme::{Programme, Way};

/// A low price, and the lowest: low enough for the finest cuts, not so low that limits of length give way.
const LOW: f64 = -400.0;
const LOWEST: f64 = -25_000.0;

/// The best way with a number of units that could be found, as near to it as limits allow.
pub(super) fn exactly(programme: &Programme<'_>, wanted: usize) -> Way {
    let wanted = wanted.max(1);
    let mut nearest = programme.of_number(wanted, LOW);
    if nearest.starts.len() < wanted {
        nearest = programme.of_number(wanted, LOWEST);
    }
    if nearest.starts.len() == wanted {
        return nearest;
    }
    let mut way = nearest;
    let mut price = way.price;
    // A price a little lower gives a way with more units.
    let mut less = 0.01;
    while way.starts.len() < wanted && less < 1000.0 {
        price -= less;
        less *= 2.0;
        way = programme.at_price(price);
    }
    while way.starts.len() > wanted && drop_one(programme, &mut way) {}
    way
}

/// Drops the cut whose two units are worth least more than one; whether there is one.
fn drop_one(programme: &Programme<'_>, way: &mut Way) -> bool {
    let n = programme.atoms.len();
    let start = |unit: usize| way.starts.get(unit).copied().unwrap_or(n);
    let loss = |unit: usize| {
        let (from, cut, to) = (start(unit - 1), start(unit), start(unit + 1));
        let joined = programme.value(from, to)?;
        let apart = programme.value(from, cut)? + programme.value(cut, to)?;
        Some(apart + programme.bonus(cut) - joined)
    };
    let mut least: Option<(f64, usize)> = None;
    for unit in 1..way.starts.len() {
        if let Some(loss) = loss(unit)
            && least.is_none_or(|(least, _)| loss < least)
        {
            least = Some((loss, unit));
        }
    }
    // Two units that are too long for one are worth next to nothing together.
    let Some((_, unit)) = least.filter(|(loss, _)| *loss < 1e5) else { return false };
    way.starts.remove(unit);
    true
}
