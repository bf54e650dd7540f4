//! Answers: which codes a unit got in a dimension, small and fast to compare.
//!
//! A study of half a million decisions holds few different answers. Each different one is kept once
//! and named by a number, so that comparing two decisions is comparing two numbers.

use std::collections::HashMap;
use std::fmt;

use super::codebook::{Codebook, Select};
use super::id::{CodeId, DimensionId};

/// The place of a code in [`Vocabulary::codes`]: codebook order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeIndex(pub u16);

/// The place of a dimension in [`Vocabulary::dimensions`]: codebook order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DimensionIndex(pub u16);

/// The number of an answer in an [`Answers`] table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerIndex(pub u32);

impl AnswerIndex {
    /// Not decided, or taken back.
    pub const UNDECIDED: Self = Self(0);
    /// Looked at; nothing applies.
    pub const NONE: Self = Self(1);

    /// Whether somebody decided.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self != Self::UNDECIDED
    }
}

/// An answer as it is written: by the ids of its codes, for whoever has no table of answers at hand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Not decided, or taken back.
    Undecided,
    /// Looked at; nothing applies.
    None,
    /// These codes, in codebook order; never empty.
    Codes(Vec<CodeId>),
}

impl fmt::Display for Answer {
    /// The `codes` cell of a row: ids joined by `; `, `none`, or empty.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecided => Ok(()),
            Self::None => f.write_str("none"),
            Self::Codes(ids) => {
                let ids: Vec<&str> = ids.iter().map(CodeId::as_str).collect();
                f.write_str(&ids.join("; "))
            }
        }
    }
}

/// A code as analysis sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyCode {
    /// Its id; for a dimension given as a code, the dimension's id.
    pub id: CodeId,
    /// The dimension it belongs to.
    pub dimension: DimensionIndex,
    /// What it lies beneath; absent for the dimension itself.
    pub parent: Option<CodeIndex>,
    /// Whether the codebook in force has it; retired codes live on in old decisions only.
    pub in_force: bool,
}

/// A dimension as analysis sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyDimension {
    /// Its id.
    pub id: DimensionId,
    /// How many codes a unit may get.
    pub select: Select,
    /// The dimension given as a code.
    pub own_code: CodeIndex,
    /// Whether the codebook in force has it.
    pub in_force: bool,
}

/// Every dimension and code that a decision may name, in codebook order; first those in force, each
/// dimension as a code before its codes, then those that only older versions had.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// All dimensions.
    pub dimensions: Vec<VocabularyDimension>,
    /// All codes, dimensions given as codes included.
    pub codes: Vec<VocabularyCode>,
    code_by_id: HashMap<String, CodeIndex>,
    dimension_by_id: HashMap<String, DimensionIndex>,
}

impl Vocabulary {
    /// Builds the vocabulary of a codebook in force and of the older versions that decisions name.
    #[must_use]
    pub fn new<'a>(in_force: &Codebook, older: impl IntoIterator<Item = &'a Codebook>) -> Self {
        let mut vocabulary = Self::default();
        vocabulary.add(in_force, true);
        for dimension in &in_force.dimensions {
            for (_, code) in dimension.tree() {
                for old in &code.replaces {
                    if let Some(index) = vocabulary.code(code.id.as_str()) {
                        vocabulary.code_by_id.entry(old.as_str().to_owned()).or_insert(index);
                    }
                }
            }
        }
        for codebook in older {
            vocabulary.add(codebook, false);
        }
        vocabulary
    }

    fn add(&mut self, codebook: &Codebook, in_force: bool) {
        for dimension in &codebook.dimensions {
            let index = match self.dimension(dimension.id.as_str()) {
                Some(index) => index,
                None => self.add_dimension(&dimension.id, dimension.select, in_force),
            };
            let own = self.dimensions[usize::from(index.0)].own_code;
            let mut path = vec![own];
            for (depth, code) in dimension.tree() {
                path.truncate(depth + 1);
                let parent = path.last().copied();
                let known = self.code(code.id.as_str());
                let here = known
                    .unwrap_or_else(|| self.add_code(code.id.clone(), index, parent, in_force));
                path.push(here);
            }
        }
    }

    fn add_dimension(
        &mut self,
        id: &DimensionId,
        select: Select,
        in_force: bool,
    ) -> DimensionIndex {
        let index = DimensionIndex(u16::try_from(self.dimensions.len()).unwrap_or(u16::MAX));
        let own_code = self.add_code(CodeId::from(id), index, None, in_force);
        self.dimensions.push(VocabularyDimension { id: id.clone(), select, own_code, in_force });
        self.dimension_by_id.insert(id.as_str().to_owned(), index);
        index
    }

    fn add_code(
        &mut self,
        id: CodeId,
        dimension: DimensionIndex,
        parent: Option<CodeIndex>,
        in_force: bool,
    ) -> CodeIndex {
        let index = CodeIndex(u16::try_from(self.codes.len()).unwrap_or(u16::MAX));
        self.code_by_id.entry(id.as_str().to_owned()).or_insert(index);
        self.codes.push(VocabularyCode { id, dimension, parent, in_force });
        index
    }

    /// A code by id; an id that another code `replaces` gives that code.
    #[must_use]
    pub fn code(&self, id: &str) -> Option<CodeIndex> {
        self.code_by_id.get(id).copied()
    }

    /// A dimension by id.
    #[must_use]
    pub fn dimension(&self, id: &str) -> Option<DimensionIndex> {
        self.dimension_by_id.get(id).copied()
    }

    /// What is known of a code.
    ///
    /// # Panics
    /// Never on an index that this vocabulary gave.
    #[must_use]
    pub fn of(&self, code: CodeIndex) -> &VocabularyCode {
        &self.codes[usize::from(code.0)]
    }

    /// The dimensions of the codebook in force, with their place.
    pub fn dimensions_in_force(
        &self,
    ) -> impl Iterator<Item = (DimensionIndex, &VocabularyDimension)> {
        (0..).map(DimensionIndex).zip(&self.dimensions).filter(|(_, dimension)| dimension.in_force)
    }

    /// The codes of a dimension in codebook order, without the dimension itself; those in force only.
    pub fn codes_of(
        &self,
        dimension: DimensionIndex,
    ) -> impl Iterator<Item = (CodeIndex, &VocabularyCode)> {
        (0..).map(CodeIndex).zip(&self.codes).filter(move |(_, code)| {
            code.dimension == dimension && code.parent.is_some() && code.in_force
        })
    }

    /// Whether `code` is `above` or lies beneath it.
    #[must_use]
    pub fn is_within(&self, code: CodeIndex, above: CodeIndex) -> bool {
        let mut here = Some(code);
        while let Some(index) = here {
            if index == above {
                return true;
            }
            here = self.of(index).parent;
        }
        false
    }
}

/// Every different answer of a study, each once: codes in codebook order.
///
/// Number 0 is "undecided" and number 1 is "none applies"; both hold no code.
#[derive(Debug, Clone)]
pub struct Answers {
    sets: Vec<Box<[CodeIndex]>>,
    by_set: HashMap<Box<[CodeIndex]>, AnswerIndex>,
}

impl Default for Answers {
    fn default() -> Self {
        Self { sets: vec![Box::default(), Box::default()], by_set: HashMap::new() }
    }
}

impl Answers {
    /// The number of an answer that gives these codes, in any order; no code at all is "none".
    pub fn number(&mut self, mut codes: Vec<CodeIndex>) -> AnswerIndex {
        if codes.is_empty() {
            return AnswerIndex::NONE;
        }
        codes.sort_unstable();
        codes.dedup();
        let set = codes.into_boxed_slice();
        if let Some(known) = self.by_set.get(&set) {
            return *known;
        }
        let index = AnswerIndex(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        self.sets.push(set.clone());
        self.by_set.insert(set, index);
        index
    }

    /// The codes of an answer, in codebook order; empty for "undecided" and "none".
    #[must_use]
    pub fn codes(&self, answer: AnswerIndex) -> &[CodeIndex] {
        usize::try_from(answer.0).ok().and_then(|index| self.sets.get(index)).map_or(&[], |set| set)
    }

    /// How many numbers are in use, 0 and 1 included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Never true: "undecided" and "none" are always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// The `codes` cell of a row: ids in codebook order joined by `; `, `none`, or empty.
    #[must_use]
    pub fn cell(&self, answer: AnswerIndex, vocabulary: &Vocabulary) -> String {
        match answer {
            AnswerIndex::UNDECIDED => String::new(),
            AnswerIndex::NONE => "none".to_owned(),
            _ => {
                let ids: Vec<&str> = self
                    .codes(answer)
                    .iter()
                    .map(|code| vocabulary.of(*code).id.as_str())
                    .collect();
                ids.join("; ")
            }
        }
    }
}
