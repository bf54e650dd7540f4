//! Numbers for resampling: the same from the same seed, on any platform and in any order of work.
//!
//! The generators of other crates may change with their versions; a figure in a paper may not. So
//! the generator, the bounded step and the binomial draw are written out here, and every resample
//! has a stream of its own.

/// PCG-XSL-RR 128/64: O'Neill, M. E. (2014), PCG: a family of simple fast space-efficient
/// statistically good algorithms for random number generation, Harvey Mudd College
/// HMC-CS-2014-0905, section 6.3.
#[derive(Debug, Clone)]
pub struct Random {
    state: u128,
    increment: u128,
}

const MULTIPLIER: u128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645;

/// Below so many expected successes a binomial draw walks through the distribution.
const WALK_BELOW: f64 = 10.0;

impl Random {
    /// The stream of numbers that belongs to the `nth` resample under `seed`.
    pub fn stream(seed: u64, nth: u64) -> Self {
        // Neighbouring seeds and resamples are spread out first, so that their states have nothing
        // in common.
        let state = u128::from(spread(seed)) << 64 | u128::from(spread(seed ^ spread(nth)));
        Self::seeded(state, u128::from(nth))
    }

    /// The generator as its author seeds it.
    fn seeded(state: u128, stream: u128) -> Self {
        let mut random = Self { state: 0, increment: stream << 1 | 1 };
        random.step();
        random.state = random.state.wrapping_add(state);
        random.step();
        random
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    /// A number strictly between 0 and 1.
    pub fn fraction(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// A whole number below `bound`, each equally likely; 0 for a bound of 0.
    ///
    /// Lemire, D. (2019), ACM Trans. Model. Comput. Simul. 29(1), 3, algorithm 5.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let mut product = u128::from(self.bits()) * u128::from(bound);
        if (product as u64) < bound {
            let refused = bound.wrapping_neg() % bound;
            while (product as u64) < refused {
                product = u128::from(self.bits()) * u128::from(bound);
            }
        }
        (product >> 64) as u64
    }

    /// How many of `trials` succeed when each does with probability `part` / `whole`.
    pub fn binomial(&mut self, trials: u64, part: u64, whole: u64) -> u64 {
        if trials == 0 || part == 0 || whole == 0 {
            return 0;
        }
        if part >= whole {
            return trials;
        }
        if part > whole - part {
            return trials - self.rarer_half(trials, (whole - part) as f64 / whole as f64);
        }
        self.rarer_half(trials, part as f64 / whole as f64)
    }

    /// A binomial draw for p of at most one half.
    fn rarer_half(&mut self, trials: u64, p: f64) -> u64 {
        if trials as f64 * p < WALK_BELOW { self.walk(trials, p) } else { self.reject(trials, p) }
    }

    /// Inversion: subtracts one probability after the other from a uniform number.
    fn walk(&mut self, trials: u64, p: f64) -> u64 {
        let odds = p / (1.0 - p);
        let n = trials as f64;
        let mut probability = libm::exp(n * libm::log1p(-p));
        let mut left = self.fraction();
        let mut k = 0;
        // What rounding leaves beyond the last probability belongs to the far tail, where it ends
        // soon enough.
        while left > probability && k < trials {
            left -= probability;
            k += 1;
            probability *= (n - k as f64 + 1.0) / k as f64 * odds;
            if probability < f64::MIN_POSITIVE {
                break;
            }
        }
        k
    }

    /// Transformed rejection with squeeze: algorithm BTRS of Hörmann, W. (1993), J. Stat. Comput.
    /// Simul. 46, p. 101-110.
    fn reject(&mut self, trials: u64, p: f64) -> u64 {
        let n = trials as f64;
        let spread = libm::sqrt(n * p * (1.0 - p));
        let b = 1.15 + 2.53 * spread;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let centre = n * p + 0.5;
        let squeeze = 0.92 - 4.2 / b;
        loop {
            let (u, v) = (self.fraction() - 0.5, self.fraction());
            let edge = 0.5 - u.abs();
            let k = libm::floor((2.0 * a / edge + b) * u + centre);
            if k < 0.0 || k > n {
                continue;
            }
            if edge >= 0.07 && v <= squeeze {
                return k as u64;
            }
            let height = v * (2.83 + 5.1 / b) * spread / (a / (edge * edge) + b);
            if libm::log(height) <= log_ratio(n, p, k) {
                return k as u64;
            }
        }
    }
}

/// The logarithm of the probability of k over that of the most likely number of successes.
fn log_ratio(n: f64, p: f64, k: f64) -> f64 {
    let mode = libm::floor((n + 1.0) * p);
    let ways = |of: f64| libm::lgamma(of + 1.0) + libm::lgamma(n - of + 1.0);
    ways(mode) - ways(k) + (k - mode) * libm::log(p / (1.0 - p))
}

/// One step of SplitMix64: Steele, G. L., Lea, D. and Flood, C. H. (2014), OOPSLA, p. 453-472.
fn spread(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_its_authors_numbers() {
        // The first output of the pcg64 demonstration program, seeded with 42 and 54.
        let mut random = Random::seeded(42, 54);
        let first: Vec<u64> = (0..3).map(|_| random.bits()).collect();
        assert_eq!(first, [0x86b1_da1d_7206_2b68, 0x1304_aa46_c985_3d39, 0xa367_0e9e_0dd5_0358]);
        // The first output of splitmix64.c for the state 1234567.
        assert_eq!(spread(1_234_567), 6_457_827_717_110_365_317);
    }

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut random = Random::stream(2026, 7);
        let draws = [random.below(10), random.binomial(20, 1, 5), random.binomial(1_000_000, 3, 7)];
        assert_eq!(draws, [5, 4, 428_220]);
        assert_eq!([random.binomial(20, 4, 5), random.binomial(1_000_000, 4, 7)], [17, 570_973]);
    }

    #[test]
    fn binomial_draws_have_the_mean_variance_and_skew_of_the_distribution() {
        for (trials, part, whole) in
            [(5, 1, 3), (40, 1, 5), (60, 1, 5), (1000, 1, 2), (1000, 9, 10), (1_000_000, 1, 3)]
        {
            let mut random = Random::stream(trials, part);
            let (n, p) = (trials as f64, part as f64 / whole as f64);
            let (mean, variance) = (n * p, n * p * (1.0 - p));
            let draws: Vec<f64> =
                (0..40_000).map(|_| random.binomial(trials, part, whole) as f64).collect();
            let moment = |power: i32| {
                draws.iter().map(|k| ((k - mean) / variance.sqrt()).powi(power)).sum::<f64>()
                    / draws.len() as f64
            };
            // Five standard errors of each moment.
            assert!(moment(1).abs() < 0.025, "{trials} {part}/{whole}: mean {}", moment(1));
            assert!(
                (moment(2) - 1.0).abs() < 0.04,
                "{trials} {part}/{whole}: variance {}",
                moment(2)
            );
            let skew = (1.0 - 2.0 * p) / variance.sqrt();
            assert!((moment(3) - skew).abs() < 0.12, "{trials} {part}/{whole}: skew {}", moment(3));
        }
    }

    #[test]
    fn both_ways_of_drawing_agree_with_the_probabilities() {
        // Around the change from one way to the other: each number's share of 200,000 draws within
        // five standard errors.
        for trials in [49u64, 51] {
            let mut random = Random::stream(3, trials);
            let mut counts = vec![0u32; 52];
            for _ in 0..200_000 {
                counts[random.binomial(trials, 1, 5) as usize] += 1;
            }
            let mut probability = 0.8f64.powi(trials as i32);
            for (k, &count) in counts.iter().enumerate().take(trials as usize) {
                let share = f64::from(count) / 200_000.0;
                let tolerance = 5.0 * (probability / 200_000.0).sqrt() + 1e-5;
                assert!(
                    (share - probability).abs() < tolerance,
                    "{trials} {k}: {share} {probability}"
                );
                probability *= (trials as f64 - k as f64) / (k as f64 + 1.0) * 0.25;
            }
        }
    }

    #[test]
    fn certain_and_impossible_draws_are_exact() {
        let mut random = Random::stream(1, 1);
        assert_eq!(
            [random.binomial(9, 0, 4), random.binomial(9, 4, 4), random.binomial(0, 1, 2)],
            [0, 9, 0]
        );
        assert!((0..100).all(|_| random.below(3) < 3));
    }
}
