//! The alignment of coders' marks that has the least disorder.
//!
//! Mathet, Widlöcher and Métivier (2015), sections 4.2 and 4.3: every mark belongs to one group,
//! with one mark of each coder at most; a group costs the mean, over all pairs of coders, of the
//! dissimilarity of their marks, and Δ∅ for each pair of which one or both have none. Two coders
//! are a matter of pairing; for more, see [`several`].

use super::assignment::cheapest;
use super::continuum::Marked;
use super::gamma::Settings;

mod several;

/// An alignment of least cost, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Alignment {
    /// The summed cost over the mean number of marks per coder.
    pub(super) disorder: f64,
    /// What no alignment goes below: the disorder itself where it is the least; absent where
    /// alignments are too many to tell.
    pub(super) least: Option<f64>,
    /// How many groups hold more than one mark.
    pub(super) aligned: u64,
}

/// The alignment of least cost: every mark with at most one of each other coder's.
pub(super) fn align(coders: &[Vec<Marked>], settings: &Settings) -> Alignment {
    match coders {
        [one, two] => pairs(one, two, settings),
        _ => several::align(coders, settings),
    }
}

fn pairs(one: &[Marked], two: &[Marked], settings: &Settings) -> Alignment {
    // A pair is worth making where it costs less than leaving both alone; only near marks are, so
    // that the candidates are few.
    let alone = 2.0 * settings.unaligned;
    let reach = Reach::of(two, alone, settings);
    let mut candidates: Vec<Vec<(u32, f64)>> = Vec::with_capacity(one.len());
    for mark in one {
        let near = reach
            .around(mark)
            .map(|other| (other, dissimilarity(mark, &two[other as usize], settings)));
        candidates.push(
            near.filter(|&(_, cost)| cost < alone)
                .map(|(other, cost)| (other, cost - alone))
                .collect(),
        );
    }
    let partners = cheapest(&candidates, two.len());
    let (mut cost, mut aligned) = (0.0, 0);
    for (mark, partner) in one.iter().zip(&partners) {
        if let Some(other) = partner {
            cost += dissimilarity(mark, &two[*other as usize], settings);
            aligned += 1;
        }
    }
    let marks = (one.len() + two.len()) as f64;
    cost += settings.unaligned * (marks - 2.0 * aligned as f64);
    let disorder = cost / (marks / 2.0);
    Alignment { disorder, least: Some(disorder), aligned }
}

/// α ((|s − s′| + |e − e′|) / (l + l′))² + β [c ≠ c′].
fn dissimilarity(one: &Marked, two: &Marked, settings: &Settings) -> f64 {
    let apart = one.start.abs_diff(two.start) + one.end.abs_diff(two.end);
    let relative = apart as f64 / (one.length() + two.length()) as f64;
    let category = if one.code == two.code { 0.0 } else { settings.category };
    settings.position * relative * relative + category
}

/// Where to look for marks that may be worth aligning.
struct Reach {
    /// Starts in order, with the place of the mark in its list.
    starts: Vec<(u64, u32)>,
    longest: u64,
    /// How far apart two marks may be, in units of their summed lengths.
    factor: f64,
}

impl Reach {
    /// Looks among these marks for those less than `dissimilar` from another.
    fn of(marks: &[Marked], dissimilar: f64, settings: &Settings) -> Self {
        let mut starts: Vec<(u64, u32)> =
            marks.iter().zip(0..).map(|(mark, place)| (mark.start, place)).collect();
        starts.sort_unstable();
        let longest = marks.iter().map(Marked::length).max().unwrap_or(0);
        Self { starts, longest, factor: libm::sqrt(dissimilar / settings.position) }
    }

    /// Marks whose starts are not too far from this one's for any length that occurs.
    fn around(&self, mark: &Marked) -> impl Iterator<Item = u32> {
        // A distance beyond any text, where position has no weight, becomes the largest number.
        let far = libm::ceil(self.factor * (mark.length() + self.longest) as f64) as u64;
        let from =
            self.starts.partition_point(|&(start, _)| start < mark.start.saturating_sub(far));
        let until =
            self.starts.partition_point(|&(start, _)| start <= mark.start.saturating_add(far));
        self.starts.get(from..until).unwrap_or_default().iter().map(|&(_, place)| place)
    }
}
