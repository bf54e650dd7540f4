//! Gamma: do two coders who cut the text themselves mark the same stretches in the same way,
//! whatever else they marked?
//!
//! Mathet, Y., Widlöcher, A. and Métivier, J.-P. (2015), The unified and holistic method gamma (γ)
//! for inter-annotator agreement measure and alignment, Comput. Linguist. 41(3), p. 437-479. Marks
//! of both coders are aligned so that the disorder is smallest; gamma is 1 less the observed
//! disorder over that of random continua. The alignment is exact.

use super::assignment::cheapest;
use super::coefficient::{Coefficient, Undefined};
use super::continuum::{Continuum, Marked};
use super::random::Random;

/// What a gamma has to be printed with: the weights of its dissimilarities, and how its random
/// continua came about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The weight of being apart: α.
    pub position: f64,
    /// The weight of having different codes: β.
    pub category: f64,
    /// What a mark without a partner costs: Δ∅.
    pub unaligned: f64,
    /// How many random continua to draw.
    pub samples: u32,
    /// From which seed.
    pub seed: u64,
}

impl Default for Settings {
    /// α = β = Δ∅ = 1 and 30 random continua.
    fn default() -> Self {
        Self { position: 1.0, category: 1.0, unaligned: 1.0, samples: 30, seed: 1 }
    }
}

/// Gamma with what it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gamma {
    /// 1 − observed / expected; 1 is perfect, 0 what random continua give. The paper has no
    /// standard error of it.
    pub coefficient: Coefficient,
    /// The smallest disorder of any alignment.
    pub observed: f64,
    /// The mean of the smallest disorders of random continua.
    pub expected: f64,
    /// By how much the coefficient may be off for drawing so few random continua: the standard
    /// error of that alone; none for a single one.
    pub sampling_error: Option<f64>,
    /// How many pairs of marks the best alignment holds.
    pub aligned: u64,
}

/// γ of two coders: Mathet, Widlöcher and Métivier (2015).
///
/// Random continua are the paper's: each coder's marks are those of a coder drawn at random,
/// rotated along the text by a random distance, the two distances at least half the mean length of
/// a mark apart.
///
/// # Errors
/// There is none for other than two coders, where nothing was marked, or where no random continuum
/// has any disorder.
pub fn gamma(continuum: &Continuum, settings: Settings) -> Result<Gamma, Undefined> {
    let [one, two] = continuum.coders() else { return Err(Undefined::NotTwoCoders) };
    if continuum.marks() == 0 {
        return Err(Undefined::NothingMarked);
    }
    let best = align(one, two, &settings);
    let disorders: Vec<f64> = (0..settings.samples)
        .map(|nth| {
            let (one, two) =
                random_continuum(continuum, &mut Random::stream(settings.seed, u64::from(nth)));
            align(&one, &two, &settings).disorder
        })
        .collect();
    let n = disorders.len() as f64;
    let expected = disorders.iter().sum::<f64>() / n;
    if expected.is_nan() || expected <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let value = 1.0 - best.disorder / expected;
    let squares: f64 =
        disorders.iter().map(|disorder| (disorder - expected) * (disorder - expected)).sum();
    // To first order the ratio varies as the mean below it does.
    let sampling_error = (n >= 2.0)
        .then(|| best.disorder / (expected * expected) * libm::sqrt(squares / (n * (n - 1.0))));
    Ok(Gamma {
        coefficient: Coefficient::plain(value, continuum.marks()),
        observed: best.disorder,
        expected,
        sampling_error,
        aligned: best.aligned,
    })
}

struct Alignment {
    /// The summed cost over the mean number of marks per coder.
    disorder: f64,
    aligned: u64,
}

/// The alignment of least cost: every mark with at most one of the other coder's.
fn align(one: &[Marked], two: &[Marked], settings: &Settings) -> Alignment {
    // A pair is worth making where it costs less than leaving both alone; only near marks are, so
    // that the candidates are few.
    let alone = 2.0 * settings.unaligned;
    let reach = Reach::of(two, settings);
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
    Alignment { disorder: cost / (marks / 2.0), aligned }
}

/// α ((|s − s′| + |e − e′|) / (l + l′))² + β [c ≠ c′].
fn dissimilarity(one: &Marked, two: &Marked, settings: &Settings) -> f64 {
    let apart = one.start.abs_diff(two.start) + one.end.abs_diff(two.end);
    let relative = apart as f64 / (one.length() + two.length()) as f64;
    let category = if one.code == two.code { 0.0 } else { settings.category };
    settings.position * relative * relative + category
}

/// Where to look for marks that may be worth a pair.
struct Reach {
    /// Starts in order, with the place of the mark in its list.
    starts: Vec<(u64, u32)>,
    longest: u64,
    /// How far apart two marks may be, in units of their summed lengths.
    factor: f64,
}

impl Reach {
    fn of(marks: &[Marked], settings: &Settings) -> Self {
        let mut starts: Vec<(u64, u32)> =
            marks.iter().zip(0..).map(|(mark, place)| (mark.start, place)).collect();
        starts.sort_unstable();
        let longest = marks.iter().map(Marked::length).max().unwrap_or(0);
        let factor = libm::sqrt(2.0 * settings.unaligned / settings.position);
        Self { starts, longest, factor }
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

/// A continuum without any agreement but that of chance; one without any mark is drawn again.
fn random_continuum(continuum: &Continuum, random: &mut Random) -> (Vec<Marked>, Vec<Marked>) {
    let coders = continuum.coders();
    let length = coders.iter().flatten().map(|mark| mark.end).max().unwrap_or(0);
    let total: u64 = coders.iter().flatten().map(Marked::length).sum();
    let marks = continuum.marks().max(1);
    let apart = total / (2 * marks);
    let rotated = |by: u64, of: u64| -> Vec<Marked> {
        let rotate = |mark: &Marked| {
            let start =
                if mark.start + by > length { mark.start + by - length } else { mark.start + by };
            Marked { start, end: start + mark.length(), code: mark.code }
        };
        coders.get(of as usize).into_iter().flatten().map(rotate).collect()
    };
    loop {
        let first = random.below(length);
        // Where the text is too short for that distance, any other rotation will do.
        let room = length.saturating_sub(2 * apart);
        let second = if room == 0 {
            random.below(length)
        } else {
            (first + apart + random.below(room)) % length
        };
        let one = rotated(first, random.below(2));
        let two = rotated(second, random.below(2));
        if !one.is_empty() || !two.is_empty() {
            return (one, two);
        }
    }
}
