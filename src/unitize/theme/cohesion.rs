//! How much the words of a row of turns belong together.
//!
//! Two measures are mixed, 0.7 to 0.3. The first is the logarithm of the marginal likelihood of the row's
//! content stems under a multinomial with a symmetric Dirichlet prior, as in Eisenstein and Barzilay
//! (2008), Bayesian unsupervised topic segmentation, EMNLP, p. 334-343, eq. 3: words that come again are
//! cheap. The second is the same with all stems and the transcript's own distribution as the base of the
//! prior, against that distribution: it needs no list of empty words, since what is frequent everywhere
//! says little. Both are sums over words, one after the other, of (prior + times seen) / (prior + words
//! seen); their logarithms come from tables, so that a row that is one turn longer costs that turn.

use super::atoms::Atoms;
use super::text::Text;

/// Weight of the first measure.
const CONTENT: f64 = 0.7;
/// Prior count of each content stem.
const ALPHA: f64 = 0.3;
/// Prior count of all words of the transcript's own distribution together.
const BACKGROUND: f64 = 50.0;

/// Both measures over a text.
pub(super) struct Cohesion {
    content: Measure,
    all: Measure,
}

impl Cohesion {
    /// Gets ready to measure rows of atoms, and two rows together.
    pub(super) fn of(text: &Text, atoms: &Atoms) -> Self {
        let (content, all) = bags(text, atoms);
        let longest = Longest::of(&content, &all, atoms);
        Self {
            content: Measure::symmetric(content, 2 * longest.content),
            all: Measure::against_itself(all, 2 * longest.all),
        }
    }

    /// The cohesion of every row, in the order of [`Atoms::rows`].
    pub(super) fn of_rows(&mut self, atoms: &Atoms) -> Vec<f64> {
        let mut values = Vec::with_capacity(atoms.rows().last().copied().unwrap_or(0));
        for from in 0..atoms.len() {
            self.walk(from, from + atoms.width(from), |value| values.push(value));
        }
        values
    }

    /// The cohesion of the atoms `from..to`, no more than two rows together.
    pub(super) fn of_atoms(&mut self, from: usize, to: usize) -> f64 {
        let mut last = 0.0;
        self.walk(from, to, |value| last = value);
        last
    }

    /// Calls `each` with the cohesion of the atoms from one on, one atom longer each time.
    fn walk(&mut self, from: usize, to: usize, mut each: impl FnMut(f64)) {
        let (mut one, mut two) = (0.0, 0.0);
        for atom in from..to {
            one += self.content.add(atom);
            two += self.all.add(atom);
            each(CONTENT * one + (1.0 - CONTENT) * two);
        }
        self.content.clear(from, to);
        self.all.clear(from, to);
    }
}

/// The stems of each atom, numbered from 0 without gaps.
struct Bag {
    stems: Vec<u32>,
    starts: Vec<usize>,
    distinct: usize,
}

impl Bag {
    fn stems(&self, from: usize, to: usize) -> &[u32] {
        let start = |atom| self.starts.get(atom).copied().unwrap_or(self.stems.len());
        self.stems.get(start(from)..start(to)).unwrap_or_default()
    }
}

/// The content stems, and all stems.
fn bags(text: &Text, atoms: &Atoms) -> (Bag, Bag) {
    let bag = |wanted: &dyn Fn(bool) -> bool| {
        let mut numbers = vec![u32::MAX; text.vocabulary.stems()];
        let mut bag = Bag { stems: Vec::new(), starts: vec![0], distinct: 0 };
        for atom in 0..atoms.len() {
            for word in text.turns(atoms.start(atom), atoms.start(atom + 1)) {
                let Some(word) = text.vocabulary.word(*word).filter(|it| wanted(it.empty)) else {
                    continue;
                };
                let Some(number) = numbers.get_mut(word.stem as usize) else { continue };
                if *number == u32::MAX {
                    *number = u32::try_from(bag.distinct).unwrap_or(u32::MAX);
                    bag.distinct += 1;
                }
                bag.stems.push(*number);
            }
            bag.starts.push(bag.stems.len());
        }
        bag
    };
    (bag(&|empty| !empty), bag(&|_| true))
}

/// The most stems that a row has.
struct Longest {
    content: usize,
    all: usize,
}

impl Longest {
    fn of(content: &Bag, all: &Bag, atoms: &Atoms) -> Self {
        let longest = |bag: &Bag| {
            let rows = (0..atoms.len()).map(|at| bag.stems(at, at + atoms.width(at)).len());
            rows.max().unwrap_or(0)
        };
        Self { content: longest(content), all: longest(all) }
    }
}

/// A measure with its tables of logarithms, and how often each stem was seen in the row at hand.
struct Measure {
    bag: Bag,
    seen: Vec<u32>,
    words: usize,
    /// Logarithm of prior and count, by stem if the prior differs: where the stem's part begins, or 0.
    above: Vec<f64>,
    part: Option<Vec<usize>>,
    /// Logarithm of all priors and the words seen so far.
    below: Vec<f64>,
}

impl Measure {
    /// Every stem is as likely as any other.
    fn symmetric(bag: Bag, longest: usize) -> Self {
        let priors = bag.distinct.max(1) as f64 * ALPHA;
        let above = (0..=longest).map(|seen| libm::log(ALPHA + seen as f64)).collect();
        let below = (0..=longest).map(|words| libm::log(priors + words as f64)).collect();
        Self { seen: vec![0; bag.distinct], bag, words: 0, above, part: None, below }
    }

    /// A stem is as likely as in the whole transcript, and the measure is against that likelihood.
    fn against_itself(bag: Bag, longest: usize) -> Self {
        let mut times = vec![0_usize; bag.distinct];
        for stem in &bag.stems {
            if let Some(times) = times.get_mut(*stem as usize) {
                *times += 1;
            }
        }
        let total = bag.stems.len() as f64;
        let (mut above, mut part) = (Vec::new(), Vec::with_capacity(times.len()));
        for times in times {
            part.push(above.len());
            let share = times as f64 / total;
            // In a row a stem is never seen before more often than the row is long.
            let most = times.min(longest);
            above.extend((0..most).map(|seen| libm::log(BACKGROUND + seen as f64 / share)));
        }
        let below = (0..=longest).map(|words| libm::log(BACKGROUND + words as f64)).collect();
        Self { seen: vec![0; bag.distinct], bag, words: 0, above, part: Some(part), below }
    }

    /// What an atom adds to the row.
    fn add(&mut self, atom: usize) -> f64 {
        let mut sum = 0.0;
        for stem in self.bag.stems(atom, atom + 1) {
            let stem = *stem as usize;
            let Some(seen) = self.seen.get_mut(stem) else { continue };
            let part = self.part.as_ref().and_then(|it| it.get(stem)).copied().unwrap_or(0);
            let above = self.above.get(part + *seen as usize).copied().unwrap_or(0.0);
            sum += above - self.below.get(self.words).copied().unwrap_or(0.0);
            *seen += 1;
            self.words += 1;
        }
        sum
    }

    /// Forgets the atoms `from..to`.
    fn clear(&mut self, from: usize, to: usize) {
        for stem in self.bag.stems(from, to) {
            if let Some(seen) = self.seen.get_mut(*stem as usize) {
                *seen = 0;
            }
        }
        self.words = 0;
    }
}
