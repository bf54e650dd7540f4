//! Accuracy against a standard: how often a coder is right where the standard is taken for right. No measure of agreement, and
//! none of reliability: the two are not interchangeable.
//!
//! The first of [`FourCounts`] is the standard, the second the coder who is measured. Intervals treat units as independent:
//! Wilson's score interval of a share, E. B. Wilson (1927), J. Am. Stat. Assoc. 22(158), p. 209-212; the standard error
//! is √(p(1 − p)/n).

use super::coefficient::{Coefficient, Estimate, Undefined};
use super::two_categories::FourCounts;

/// The quantile of the normal distribution for 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// The share of `n` answers that are those of the standard, from 0 to 1.
#[must_use]
pub fn percent(right: u64, n: u64) -> Coefficient {
    share(right, n, Undefined::NoUnits)
}

/// Of the units to which the coder gave the code, the share to which the standard gives it: a / (a + c).
///
/// Van Rijsbergen, C. J. (1979), Information Retrieval, 2nd ed., ch. 7.
#[must_use]
pub fn precision(counts: &FourCounts) -> Coefficient {
    share(counts.both, counts.both + counts.only_second, Undefined::NotGivenByCoder)
}

/// Of the units to which the standard gives the code, the share to which the coder gave it: a / (a + b).
///
/// Van Rijsbergen (1979), ch. 7.
#[must_use]
pub fn recall(counts: &FourCounts) -> Coefficient {
    share(counts.both, counts.both + counts.only_first, Undefined::NotInStandard)
}

/// The harmonic mean of precision and recall: 2a / (2a + b + c), of the units to which either gave the code.
///
/// 1 − E of van Rijsbergen (1979), ch. 7, with equal weights. It is 2j / (1 + j) of the share j = a / (a + b + c), and so are
/// its limits; its standard error is that of j times 2 / (1 + j)².
#[must_use]
pub fn f1(counts: &FourCounts) -> Coefficient {
    let either = counts.both + counts.only_first + counts.only_second;
    let Coefficient::Value(jaccard) = share(counts.both, either, Undefined::NeverGiven) else {
        return Undefined::NeverGiven.into();
    };
    let of = |j: f64| 2.0 * j / (1.0 + j);
    let slope = 2.0 / ((1.0 + jaccard.value) * (1.0 + jaccard.value));
    Coefficient::Value(Estimate {
        value: of(jaccard.value),
        se: jaccard.se.map(|se| se * slope),
        ci95: jaccard.ci95.map(|(low, high)| (of(low), of(high))),
        n: either,
    })
}

#[allow(clippy::cast_precision_loss)] // a study has fewer units than 2^53
fn share(part: u64, of: u64, nothing: Undefined) -> Coefficient {
    if of == 0 {
        return nothing.into();
    }
    let n = of as f64;
    let share = part as f64 / n;
    let spread = share * (1.0 - share) / n;
    let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z * (spread + Z * Z / (4.0 * n * n)).sqrt() / (1.0 + Z * Z / n);
    // At 0 and 1 the interval ends there; arithmetic misses it by a hair.
    let low = if part == 0 { 0.0 } else { middle - half };
    let high = if part == of { 1.0 } else { middle + half };
    Coefficient::Value(Estimate {
        value: share,
        se: Some(spread.sqrt()),
        ci95: Some((low, high)),
        n: of,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(both: u64, only_first: u64, only_second: u64, neither: u64) -> FourCounts {
        FourCounts { both, only_first, only_second, neither }
    }

    #[test]
    fn wilsons_interval_as_worked_by_newcombe_1998_table_1() {
        // Newcombe, R. G. (1998), Stat. Med. 17(8), p. 861: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (part, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (l, h) = percent(part, of).estimate().unwrap().ci95.unwrap();
            assert!((l - low).abs() < 5e-5 && (h - high).abs() < 5e-5, "{part}/{of}: {l} {h}");
        }
    }

    #[test]
    fn the_three_shares_of_one_code() {
        let one = counts(6, 2, 3, 89);
        assert_eq!(precision(&one).value(), Some(6.0 / 9.0));
        assert_eq!(recall(&one).value(), Some(6.0 / 8.0));
        let f1 = f1(&one).estimate().unwrap();
        assert!((f1.value - 12.0 / 17.0).abs() < 1e-15 && f1.n == 11);
        let (low, high) = f1.ci95.unwrap();
        assert!(low < f1.value && f1.value < high);
    }

    #[test]
    fn what_does_not_exist_says_why() {
        let never = counts(0, 0, 0, 5);
        assert_eq!(precision(&never).undefined(), Some(Undefined::NotGivenByCoder));
        assert_eq!(recall(&never).undefined(), Some(Undefined::NotInStandard));
        assert_eq!(f1(&never).undefined(), Some(Undefined::NeverGiven));
        assert_eq!(percent(0, 0).undefined(), Some(Undefined::NoUnits));
        assert_eq!(f1(&counts(0, 1, 0, 5)).value(), Some(0.0));
    }
}
