//! Answers: which codes a unit got in a dimension, small and fast to compare.
//!
//! A study of half a million decisions holds few different answers. Each different one is kept once
//! and named by a number, so that comparing two decisions is comparing two numbers.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use super::codebook::{Codebook, Dimension, Select};
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
    /// The code in force that it was merged into.
    pub merged_into: Option<CodeIndex>,
}

impl VocabularyCode {
    /// Whether decisions that give it give nothing that the codebook in force knows: it was neither replaced nor merged.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        !self.in_force && self.merged_into.is_none()
    }
}

/// A dimension as analysis sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyDimension {
    /// Its id.
    pub id: DimensionId,
    /// How many codes a unit may get.
    pub select: Select,
    /// Whether its codes are a scale, in their order.
    pub ordered: bool,
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
        let older: Vec<&Codebook> = older.into_iter().collect();
        let mut vocabulary = Self::default();
        vocabulary.add(in_force, true);
        vocabulary.replace(in_force);
        // What an older version calls by an id of before is one code, whichever of its names the oldest had.
        let replaced = replaced(&older);
        for codebook in &older {
            vocabulary.add_where(codebook, false, &|id| !replaced.contains(id));
        }
        for codebook in &older {
            vocabulary.replace(codebook);
        }
        for codebook in &older {
            vocabulary.add(codebook, false);
        }
        vocabulary.merge(in_force);
        vocabulary
    }

    /// Lets the ids that a codebook's dimensions and codes had before name what they are called there.
    fn replace(&mut self, codebook: &Codebook) {
        for dimension in &codebook.dimensions {
            let (own, index) =
                (self.code(dimension.id.as_str()), self.dimension(dimension.id.as_str()));
            for old in &dimension.replaces {
                if let (Some(own), Some(index)) = (own, index) {
                    self.code_by_id.entry(old.as_str().to_owned()).or_insert(own);
                    self.dimension_by_id.entry(old.as_str().to_owned()).or_insert(index);
                }
            }
            for (_, code) in dimension.tree() {
                let Some(index) = self.code(code.id.as_str()) else { continue };
                for old in &code.replaces {
                    self.code_by_id.entry(old.as_str().to_owned()).or_insert(index);
                }
            }
        }
    }

    /// Notes which codes of before were merged into which.
    fn merge(&mut self, in_force: &Codebook) {
        for (_, code) in in_force.dimensions.iter().flat_map(Dimension::tree) {
            let Some(into) = self.code(code.id.as_str()) else { continue };
            for old in &code.merged_from {
                match self.code(old.as_str()) {
                    None => drop(self.code_by_id.insert(old.as_str().to_owned(), into)),
                    Some(old) => {
                        if let Some(old) = self.codes.get_mut(usize::from(old.0))
                            && !old.in_force
                        {
                            old.merged_into = Some(into);
                        }
                    }
                }
            }
        }
    }

    /// What a code counts as under the codebook in force: what it was merged into, else itself.
    #[must_use]
    pub fn now(&self, code: CodeIndex) -> CodeIndex {
        self.of(code).merged_into.unwrap_or(code)
    }

    fn add(&mut self, codebook: &Codebook, in_force: bool) {
        self.add_where(codebook, in_force, &|_| true);
    }

    /// Adds what is not known yet and `wanted`.
    fn add_where(&mut self, codebook: &Codebook, in_force: bool, wanted: &dyn Fn(&str) -> bool) {
        for dimension in &codebook.dimensions {
            let index = match self.dimension(dimension.id.as_str()) {
                Some(index) => index,
                None if !wanted(dimension.id.as_str()) => continue,
                None => self.add_dimension(dimension, in_force),
            };
            let own = self.dimensions[usize::from(index.0)].own_code;
            let mut path = vec![own];
            for (depth, code) in dimension.tree() {
                path.truncate(depth + 1);
                let parent = path.last().copied();
                let here = match self.code(code.id.as_str()) {
                    Some(known) => known,
                    // Only its place in the path is missed, where its parent will be known by another name.
                    None if !wanted(code.id.as_str()) => path.last().copied().unwrap_or(own),
                    None => self.add_code(code.id.clone(), index, parent, in_force),
                };
                path.push(here);
            }
        }
    }

    fn add_dimension(&mut self, dimension: &Dimension, in_force: bool) -> DimensionIndex {
        let id = &dimension.id;
        let index = DimensionIndex(u16::try_from(self.dimensions.len()).unwrap_or(u16::MAX));
        let own_code = self.add_code(CodeId::from(id), index, None, in_force);
        self.dimensions.push(VocabularyDimension {
            id: id.clone(),
            select: dimension.select,
            ordered: dimension.ordered,
            own_code,
            in_force,
        });
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
        self.codes.push(VocabularyCode { id, dimension, parent, in_force, merged_into: None });
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

/// The ids that some version has under a later id.
fn replaced<'a>(codebooks: &[&'a Codebook]) -> BTreeSet<&'a str> {
    let dimensions = || codebooks.iter().flat_map(|it| &it.dimensions);
    let codes = dimensions().flat_map(Dimension::tree).flat_map(|(_, code)| &code.replaces);
    let own = dimensions().flat_map(|it| &it.replaces).map(DimensionId::as_str);
    codes.map(CodeId::as_str).chain(own).collect()
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

    /// What each answer is under the codebook in force, by number: codes that were merged count as what they became.
    /// Answers that come of that are added here.
    #[must_use]
    pub fn now(&mut self, vocabulary: &Vocabulary) -> Vec<AnswerIndex> {
        let mut now = Vec::with_capacity(self.len());
        for number in (0..).map(AnswerIndex).take(self.len()) {
            let codes: Vec<CodeIndex> =
                self.codes(number).iter().map(|code| vocabulary.now(*code)).collect();
            now.push(if codes.is_empty() { number } else { self.number(codes) });
        }
        for number in (0..).map(AnswerIndex).take(self.len()).skip(now.len()) {
            now.push(number);
        }
        now
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
