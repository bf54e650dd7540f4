//! A text in which several coders marked stretches themselves: the input of the measures for
//! unitizing.

/// A marked stretch: from `start` to `end`, the end exclusive, with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Marked {
    /// Where it begins, from 0.
    pub start: u64,
    /// Where it ends, exclusive; after the start.
    pub end: u64,
    /// The code, from 0.
    pub code: u32,
}

impl Marked {
    /// How long it is.
    pub fn length(&self) -> u64 {
        self.end.saturating_sub(self.start)
    }
}

/// A text of `length` places with what each coder marked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Continuum {
    length: u64,
    coders: Vec<Vec<Marked>>,
}

impl Continuum {
    /// The continuum of these coders' marks, in any order. Empty marks are dropped, and the text is
    /// at least as long as the marks reach.
    pub fn new(length: u64, coders: impl IntoIterator<Item = Vec<Marked>>) -> Self {
        let mut coders: Vec<Vec<Marked>> = coders.into_iter().collect();
        for marks in &mut coders {
            marks.retain(|mark| mark.start < mark.end);
            marks.sort_unstable();
        }
        let reach = coders.iter().flatten().map(|mark| mark.end).max().unwrap_or(0);
        Self { length: length.max(reach), coders }
    }

    /// How many places the text has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// What each coder marked, in order of place.
    pub fn coders(&self) -> &[Vec<Marked>] {
        &self.coders
    }

    /// How many codes there are: one more than the largest in use.
    pub fn codes(&self) -> usize {
        self.coders.iter().flatten().map(|mark| mark.code as usize + 1).max().unwrap_or(0)
    }

    /// How many marks there are.
    pub fn marks(&self) -> u64 {
        self.coders.iter().map(|marks| marks.len() as u64).sum()
    }

    /// Whether two marks of one coder overlap.
    pub fn overlaps(&self) -> bool {
        let overlaps =
            |pair: &[Marked]| pair.first().zip(pair.last()).is_some_and(|(a, b)| b.start < a.end);
        self.coders.iter().any(|marks| marks.windows(2).any(overlaps))
    }

    /// The same text with the marks of one code alone, so that codes which overlap can be looked at
    /// one by one.
    #[must_use]
    pub fn of_code(&self, code: u32) -> Self {
        let own =
            |marks: &Vec<Marked>| marks.iter().copied().filter(|mark| mark.code == code).collect();
        Self { length: self.length, coders: self.coders.iter().map(own).collect() }
    }
}
