//! The alpha family for unitizing: do coders who cut the text themselves cut and code it alike?
//!
//! Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016), On the reliability of
//! unitizing textual continua, Qual. Quant. 50, p. 2347-2364. Every coder's marks and the gaps
//! between them partition the text; lengths of intersections between coders are the coincidences.
//! Marks of one coder may not overlap; codes that do are looked at one by one
//! ([`Continuum::of_code`]).

use super::coefficient::{Coefficient, Undefined};
use super::continuum::{Continuum, Marked};

/// ᵤα: unitizing and coding together, gaps counting as a value of their own. Krippendorff and
/// others (2016).
pub fn u_alpha(continuum: &Continuum) -> Coefficient {
    family(continuum, |overlaps| {
        let all = overlaps.all();
        let same = overlaps.gap_with_gap + overlaps.with_itself.iter().sum::<f64>();
        let square = |value: f64| value * value;
        let squares: f64 = square(overlaps.gap)
            + overlaps.valued.iter().map(|&length| square(length)).sum::<f64>();
        // Expected: l.. (l..² − Σ l_c²) / (l..² − Σ S_c).
        let different = all * (all * all - squares) / (all * all - overlaps.self_pairs());
        (different > 0.0).then(|| 1.0 - (all - same) / different).ok_or(Undefined::NoVariation)
    })
}

/// |ᵤα: unitizing alone, marked or not, whatever the codes. Krippendorff and others (2016).
pub fn u_alpha_binary(continuum: &Continuum) -> Coefficient {
    family(continuum, |overlaps| {
        let all = overlaps.all();
        let marked: f64 = overlaps.valued.iter().sum();
        let expected = all * overlaps.gap * marked / (all * all - overlaps.self_pairs());
        let observed = overlaps.gap - overlaps.gap_with_gap;
        (expected > 0.0).then(|| 1.0 - observed / expected).ok_or(Undefined::NoVariation)
    })
}

/// cᵤα: coding alone, where two coders both marked the text. Krippendorff and others (2016), eq.
/// 10, in the pairwise form: what a mark shares with itself is summed over other coders.
pub fn cu_alpha(continuum: &Continuum) -> Coefficient {
    family(continuum, |overlaps| {
        let common = overlaps.common()?;
        let all: f64 = common.valued.iter().sum();
        let same: f64 = overlaps.with_itself.iter().sum();
        let squares: f64 = common.valued.iter().map(|length| length * length).sum();
        let different = all * (all * all - squares) / common.pairs;
        Ok(1.0 - (all - same) / different)
    })
}

/// ₍ₖ₎ᵤα: the coding of each code against all others, where two coders both marked the text; in the
/// order of the codes. Krippendorff and others (2016), in the pairwise form.
pub fn k_u_alpha(continuum: &Continuum) -> Vec<Coefficient> {
    let overlaps = Overlaps::of(continuum);
    let common = overlaps.as_ref().map_err(|reason| *reason).and_then(Overlaps::common);
    let of_code = |code: usize| match (&overlaps, &common) {
        (Ok(overlaps), Ok(common)) => {
            let all: f64 = common.valued.iter().sum();
            let (own, same) = (common.valued[code], overlaps.with_itself[code]);
            if own <= 0.0 {
                return Undefined::NoUnits.into();
            }
            let expected = (own * all - common.self_pairs[code]) / (own * (all - own));
            Coefficient::plain(1.0 - expected * (own - same) / own, continuum.marks())
        }
        (Err(reason), _) | (_, Err(reason)) => (*reason).into(),
    };
    (0..continuum.codes()).map(of_code).collect()
}

/// The measure, where the marks allow for the family at all; n is how many marks there are.
fn family(continuum: &Continuum, of: impl Fn(&Overlaps) -> Result<f64, Undefined>) -> Coefficient {
    match Overlaps::of(continuum).and_then(|overlaps| of(&overlaps)) {
        Ok(value) => Coefficient::plain(value, continuum.marks()),
        Err(reason) => reason.into(),
    }
}

/// Lengths, and lengths of intersections between coders, per code.
struct Overlaps {
    /// l of each code: the summed length of its marks.
    valued: Vec<f64>,
    /// l of the gap: what coders left unmarked.
    gap: f64,
    /// l_cc of each code.
    with_itself: Vec<f64>,
    /// l_cc of the gap.
    gap_with_gap: f64,
    /// S_c of each code, the squared lengths of its marks; that of the gap is its length.
    squares: Vec<f64>,
    /// l*_c of each code: what its marks share with any mark of another coder, over m − 1.
    shared: Vec<f64>,
    /// S*_c of each code: the squares of what its marks share with each other coder, over m − 1.
    shared_squares: Vec<f64>,
}

/// What two coders both marked.
struct Common<'a> {
    /// l*_c.
    valued: &'a [f64],
    /// S*_c.
    self_pairs: &'a [f64],
    /// l*..² − Σ S*_c.
    pairs: f64,
}

impl Overlaps {
    fn of(continuum: &Continuum) -> Result<Self, Undefined> {
        let coders = continuum.coders();
        if coders.len() < 2 {
            return Err(Undefined::NotTwoCoders);
        }
        if continuum.marks() == 0 {
            return Err(Undefined::NothingMarked);
        }
        if continuum.overlaps() {
            return Err(Undefined::MarksOverlap);
        }
        Ok(Self::measured(continuum))
    }

    fn measured(continuum: &Continuum) -> Self {
        let coders = continuum.coders();
        let zeros = vec![0.0; continuum.codes()];
        let mut overlaps = Self {
            valued: zeros.clone(),
            gap: 0.0,
            with_itself: zeros.clone(),
            gap_with_gap: 0.0,
            squares: zeros.clone(),
            shared: zeros.clone(),
            shared_squares: zeros,
        };
        for mark in coders.iter().flatten() {
            let length = mark.length() as f64;
            overlaps.valued[mark.code as usize] += length;
            overlaps.squares[mark.code as usize] += length * length;
        }
        let marked: f64 = overlaps.valued.iter().sum();
        overlaps.gap = continuum.length() as f64 * coders.len() as f64 - marked;
        let others = coders.len() as f64 - 1.0;
        let mut both_marked = 0.0;
        for (one, own) in coders.iter().enumerate() {
            for (_, theirs) in coders.iter().enumerate().filter(|&(other, _)| other != one) {
                both_marked += overlaps.add_pair(own, theirs, others);
            }
        }
        // Where not both marked, one at least has a gap; from the lengths follows where both have.
        overlaps.gap_with_gap = overlaps.gap - (marked - both_marked);
        overlaps
    }

    /// Adds what one coder's marks share with another's; returns how much that is, over m − 1.
    fn add_pair(&mut self, own: &[Marked], theirs: &[Marked], others: f64) -> f64 {
        let (mut first, mut both) = (0, 0.0);
        for mark in own {
            while theirs.get(first).is_some_and(|other| other.end <= mark.start) {
                first += 1;
            }
            let mut shared = 0;
            for other in theirs.iter().skip(first).take_while(|other| other.start < mark.end) {
                let length = other.end.min(mark.end) - other.start.max(mark.start);
                shared += length;
                if other.code == mark.code {
                    self.with_itself[mark.code as usize] += length as f64 / others;
                }
            }
            let shared = shared as f64;
            self.shared[mark.code as usize] += shared / others;
            self.shared_squares[mark.code as usize] += shared * shared / others;
            both += shared / others;
        }
        both
    }

    /// l..
    fn all(&self) -> f64 {
        self.gap + self.valued.iter().sum::<f64>()
    }

    /// Σ S_c, the gap's included: in it, every place is a unit of its own.
    fn self_pairs(&self) -> f64 {
        self.gap + self.squares.iter().sum::<f64>()
    }

    fn common(&self) -> Result<Common<'_>, Undefined> {
        let all: f64 = self.shared.iter().sum();
        if all <= 0.0 {
            return Err(Undefined::NoUnits);
        }
        if self.shared.iter().filter(|&&length| length > 0.0).count() < 2 {
            return Err(Undefined::NoVariation);
        }
        let pairs = all * all - self.shared_squares.iter().sum::<f64>();
        // With three coders or more and next to nothing in common there is no pair left to expect
        // anything from.
        if pairs <= 0.0 {
            return Err(Undefined::TooFewUnits);
        }
        Ok(Common { valued: &self.shared, self_pairs: &self.shared_squares, pairs })
    }
}
