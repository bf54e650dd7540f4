//! Gamma: do coders who cut the text themselves mark the same stretches in the same way, whatever
//! else they marked?
//!
//! Mathet, Y., Widlöcher, A. and Métivier, J.-P. (2015), The unified and holistic method gamma (γ)
//! for inter-annotator agreement measure and alignment, Comput. Linguist. 41(3), p. 437-479. Marks
//! of all coders are aligned so that the disorder is smallest; gamma is 1 less the observed
//! disorder over that of random continua. The alignment of two coders is exact; that of more is
//! shown to be, or comes with how far off it may be.

use super::alignment::{Alignment, align};
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
    /// The smallest disorder of any alignment, as far as is known.
    pub observed: f64,
    /// The mean of the smallest disorders of random continua.
    pub expected: f64,
    /// By how much the coefficient may be off for drawing so few random continua: the standard
    /// error of that alone; none for a single one.
    pub sampling_error: Option<f64>,
    /// How many groups of several marks the best alignment holds.
    pub aligned: u64,
    /// Whether the alignments are the best there are.
    pub alignment: Proof,
}

/// What is known of the alignments behind a gamma.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// No alignment has less disorder, neither of the coders' marks nor of any random continuum.
    Exact,
    /// Better alignments could move the coefficient by so much at most.
    Within(f64),
    /// There are too many alignments to tell: each is one that moving any coder's marks does not
    /// improve.
    Unproven,
}

/// γ: Mathet, Widlöcher and Métivier (2015).
///
/// Random continua are the paper's: each coder's marks are those of a coder drawn at random,
/// rotated along the text by a random distance, any two distances at least half the mean length of
/// a mark apart.
///
/// # Errors
/// There is none for fewer than two coders, where nothing was marked, or where no random continuum
/// has any disorder.
pub fn gamma(continuum: &Continuum, settings: Settings) -> Result<Gamma, Undefined> {
    if continuum.coders().len() < 2 {
        return Err(Undefined::NotTwoCoders);
    }
    if continuum.marks() == 0 {
        return Err(Undefined::NothingMarked);
    }
    let best = align(continuum.coders(), &settings);
    let by_chance: Vec<Alignment> = (0..settings.samples)
        .map(|nth| {
            let mut random = Random::stream(settings.seed, u64::from(nth));
            align(&random_continuum(continuum, &mut random), &settings)
        })
        .collect();
    let n = by_chance.len() as f64;
    let expected = by_chance.iter().map(|it| it.disorder).sum::<f64>() / n;
    if expected.is_nan() || expected <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let from_expected = |it: &Alignment| (it.disorder - expected) * (it.disorder - expected);
    let squares: f64 = by_chance.iter().map(from_expected).sum();
    // To first order the ratio varies as the mean below it does.
    let sampling_error = (n >= 2.0)
        .then(|| best.disorder / (expected * expected) * libm::sqrt(squares / (n * (n - 1.0))));
    Ok(Gamma {
        coefficient: Coefficient::plain(1.0 - best.disorder / expected, continuum.marks()),
        observed: best.disorder,
        expected,
        sampling_error,
        aligned: best.aligned,
        alignment: proof(&best, &by_chance, expected),
    })
}

/// How far off gamma is at most, where the disorders are no less than their bounds.
fn proof(best: &Alignment, by_chance: &[Alignment], expected: f64) -> Proof {
    let least: Option<f64> = by_chance.iter().map(|it| it.least).sum();
    let (Some(observed), Some(least)) = (best.least, least) else { return Proof::Unproven };
    let least = least / by_chance.len() as f64;
    let higher = (best.disorder - observed) / expected;
    let lower = if least > 0.0 { best.disorder / least - best.disorder / expected } else { 1.0 };
    let off = higher.max(lower);
    // Summing in another order makes so much of a difference.
    if off < 1e-9 { Proof::Exact } else { Proof::Within(off) }
}

/// A continuum without any agreement but that of chance; one without any mark is drawn again.
fn random_continuum(continuum: &Continuum, random: &mut Random) -> Vec<Vec<Marked>> {
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
        let distances = distances(coders.len(), length, apart, random);
        let of_coders: Vec<Vec<Marked>> = distances
            .into_iter()
            .map(|by| rotated(by, random.below(coders.len() as u64)))
            .collect();
        if of_coders.iter().any(|marks| !marks.is_empty()) {
            return of_coders;
        }
    }
}

/// Random distances along a text that ends where it begins, any two of them at least `apart`; where
/// the text is too short for that, any will do.
fn distances(number: usize, length: u64, apart: u64, random: &mut Random) -> Vec<u64> {
    let first = random.below(length);
    // From the first one on, in order.
    let mut after: Vec<u64> = vec![0];
    let mut distances = vec![first];
    while distances.len() < number {
        let ends = after.iter().skip(1).copied().chain([length]);
        let room = |from: u64, to: u64| (to - from).saturating_sub(2 * apart);
        let rooms: Vec<(u64, u64)> =
            after.iter().zip(ends).map(|(from, to)| (*from, room(*from, to))).collect();
        let mut drawn = random.below(rooms.iter().map(|(_, room)| room).sum());
        let mut place = None;
        for (from, room) in rooms {
            if drawn < room {
                place = Some(from + apart + drawn);
                break;
            }
            drawn -= room;
        }
        let Some(place) = place else {
            distances.push(random.below(length));
            continue;
        };
        after.insert(after.partition_point(|other| *other < place), place);
        distances.push((first + place) % length);
    }
    distances
}
