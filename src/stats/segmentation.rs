//! Two ways of cutting one text, compared by where they cut: Pk, WindowDiff, boundary similarity
//! and segmentation similarity.
//!
//! A text is a row of places (characters, sentences, paragraphs: the caller says which) and a
//! boundary lies between two neighbouring ones. What the segments are called plays no part.

use super::coefficient::{Coefficient, Undefined};

/// One way of cutting a text of `length` places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segmentation {
    length: u64,
    /// In order, each once: a boundary lies before this place, counted from 0.
    boundaries: Vec<u64>,
}

impl Segmentation {
    /// From the lengths of the segments, one after the other; empty segments are no segments.
    pub fn from_lengths(lengths: &[u64]) -> Self {
        let ends = lengths.iter().scan(0, |end, length| {
            *end += length;
            Some(*end)
        });
        Self::from_boundaries(lengths.iter().sum(), ends)
    }

    /// From the places before which a boundary lies; what does not lie inside the text is no
    /// boundary.
    pub fn from_boundaries(length: u64, boundaries: impl IntoIterator<Item = u64>) -> Self {
        let mut boundaries: Vec<u64> = boundaries.into_iter().collect();
        boundaries.retain(|&boundary| 0 < boundary && boundary < length);
        boundaries.sort_unstable();
        boundaries.dedup();
        Self { length, boundaries }
    }

    /// How many places the text has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The boundaries, each as the place that it lies before.
    pub fn boundaries(&self) -> &[u64] {
        &self.boundaries
    }

    /// Half the mean length of a segment, rounded half to even, at least 2: the window of Pk and
    /// WindowDiff where this segmentation is the reference.
    pub fn window(&self) -> u64 {
        let twice_segments = 2 * (self.boundaries.len() as u64 + 1);
        let (half, rest) = (self.length / twice_segments, self.length % twice_segments);
        let up = match (2 * rest).cmp(&twice_segments) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => half % 2,
            std::cmp::Ordering::Greater => 1,
        };
        (half + up).max(2)
    }
}

/// How often two places a window apart lie in one segment by one segmentation and in two by the
/// other; 0 is best.
///
/// Beeferman, D., Berger, A. and Lafferty, J. (1999), Mach. Learn. 34, p. 177-210. Not symmetric:
/// the reference sets the window.
pub fn pk(reference: &Segmentation, other: &Segmentation) -> Coefficient {
    windowed(reference, other, |one, two| (one > 0) != (two > 0))
}

/// How often the two count different numbers of boundaries in a window; 0 is best.
///
/// Pevzner, L. and Hearst, M. A. (2002), Comput. Linguist. 28(1), p. 19-36. Not symmetric: the
/// reference sets the window.
pub fn window_diff(reference: &Segmentation, other: &Segmentation) -> Coefficient {
    windowed(reference, other, |one, two| one != two)
}

/// 1 − (A + T/2) / (A + T + M): of the boundaries that either made, how many are in common; a near
/// miss counts half.
///
/// Fournier, C. (2013), Evaluating text segmentation using boundary edit distance, ACL, p.
/// 1702-1712, with nₜ = 2. Two texts without any boundary agree: 1.
pub fn boundary_similarity(one: &Segmentation, other: &Segmentation) -> Coefficient {
    let edits = match Edits::between(one, other) {
        Ok(edits) => edits,
        Err(reason) => return reason.into(),
    };
    let boundaries = edits.additions + edits.near_misses + edits.matches;
    if boundaries == 0 {
        return Coefficient::plain(1.0, one.length);
    }
    Coefficient::plain(1.0 - edits.cost() / boundaries as f64, one.length)
}

/// 1 − (A + T/2) / (n − 1): of all places where a boundary could be, on how many both agree; a near
/// miss counts half.
///
/// Fournier, C. and Inkpen, D. (2012), Segmentation similarity and agreement, NAACL-HLT, p.
/// 152-161, with the edits of Fournier (2013). It is high wherever boundaries are rare.
pub fn segmentation_similarity(one: &Segmentation, other: &Segmentation) -> Coefficient {
    let edits = match Edits::between(one, other) {
        Ok(edits) => edits,
        Err(reason) => return reason.into(),
    };
    if one.length < 2 {
        return Coefficient::plain(1.0, one.length);
    }
    Coefficient::plain(1.0 - edits.cost() / (one.length - 1) as f64, one.length)
}

/// What it takes to turn one set of boundaries into the other: Fournier (2013).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edits {
    /// Boundaries that both made.
    pub matches: u64,
    /// Pairs of boundaries one place apart, neither of them a match.
    pub near_misses: u64,
    /// Boundaries that only one made.
    pub additions: u64,
}

impl Edits {
    /// The fewest edits between two segmentations of one text.
    ///
    /// # Errors
    /// Texts of different lengths, or of none, cannot be compared.
    pub fn between(one: &Segmentation, other: &Segmentation) -> Result<Self, Undefined> {
        comparable(one, other)?;
        let mut edits = Self { matches: 0, near_misses: 0, additions: 0 };
        // The last boundary still without a partner, and whose it is. Going from left to right,
        // pairing each with its left neighbour whenever that is free gives the most pairs on a
        // line.
        let mut single: Option<(u64, bool)> = None;
        let (mut left, mut right) = (one.boundaries.as_slice(), other.boundaries.as_slice());
        loop {
            let (at, is_first) = match (left.first(), right.first()) {
                (Some(a), Some(b)) if a == b => {
                    edits.matches += 1;
                    (left, right) = (&left[1..], &right[1..]);
                    continue;
                }
                (Some(&a), b) if b.is_none_or(|&b| a < b) => {
                    left = &left[1..];
                    (a, true)
                }
                (_, Some(&b)) => {
                    right = &right[1..];
                    (b, false)
                }
                _ => return Ok(edits),
            };
            edits.additions += 1;
            single = match single {
                Some((before, whose)) if before + 1 == at && whose != is_first => {
                    edits.additions -= 2;
                    edits.near_misses += 1;
                    None
                }
                _ => Some((at, is_first)),
            };
        }
    }

    fn cost(&self) -> f64 {
        self.additions as f64 + self.near_misses as f64 / 2.0
    }
}

fn comparable(one: &Segmentation, other: &Segmentation) -> Result<(), Undefined> {
    if one.length != other.length {
        return Err(Undefined::DifferentLengths);
    }
    if one.length == 0 { Err(Undefined::NoUnits) } else { Ok(()) }
}

/// The share of windows whose numbers of boundaries differ in the sense of `differ`.
///
/// The windows are those of the first place i and the place i + k, i from 0 to n − k − 1; a
/// boundary before place b lies in those from i = b − k to b − 1. Only where a boundary enters or
/// leaves do the numbers change, so the cost is that of the boundaries.
fn windowed(
    reference: &Segmentation,
    other: &Segmentation,
    differ: impl Fn(i64, i64) -> bool,
) -> Coefficient {
    if let Err(reason) = comparable(reference, other) {
        return reason.into();
    }
    let window = reference.window();
    if reference.length <= window {
        return Undefined::TooShort.into();
    }
    let windows = reference.length - window;
    let mut changes: Vec<(u64, i64, i64)> = Vec::new();
    for &boundary in &reference.boundaries {
        changes.extend([(boundary.saturating_sub(window), 1, 0), (boundary, -1, 0)]);
    }
    for &boundary in &other.boundaries {
        changes.extend([(boundary.saturating_sub(window), 0, 1), (boundary, 0, -1)]);
    }
    changes.sort_unstable();
    let (mut at, mut one, mut two, mut differing) = (0, 0, 0, 0);
    for (place, of_one, of_two) in changes {
        let place = place.min(windows);
        if differ(one, two) {
            differing += place - at;
        }
        (at, one, two) = (place, one + of_one, two + of_two);
    }
    if differ(one, two) {
        differing += windows - at;
    }
    Coefficient::plain(differing as f64 / windows as f64, reference.length)
}
