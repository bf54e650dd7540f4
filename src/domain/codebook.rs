//! The codebook: dimensions, each with a tree of codes, and the wording that coders decide by.

use super::id::{CodeId, DimensionId};
use super::localized::Localized;

/// The code system of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// What the codebook is called.
    pub title: Localized<String>,
    /// The team's own version label.
    pub version: String,
    /// What counts as one unit.
    pub unit: Localized<String>,
    /// The dimensions, in the team's order.
    pub dimensions: Vec<Dimension>,
}

/// How many codes of a dimension a unit may get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// At most one.
    One,
    /// Any number.
    Many,
}

impl Select {
    /// The word in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Many => "many",
        }
    }
}

/// The word in the file that makes a dimension's codes a scale.
pub const ORDERED: &str = "ordered";

/// The wording of a dimension or a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Its name.
    pub name: Localized<String>,
    /// One line.
    pub brief: Localized<String>,
    /// In full.
    pub definition: Localized<String>,
    /// When to give it.
    pub use_when: Localized<String>,
    /// When not, and which code then.
    pub not_when: Localized<String>,
    /// Words that would get it.
    pub examples: Localized<Vec<String>>,
}

/// An aspect under which every unit is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// Its id; it can also be given as a code ("this dimension, nothing more specific").
    pub id: DimensionId,
    /// How many of its codes a unit may get.
    pub select: Select,
    /// Whether its codes are a scale and stand in their order: only where a unit may get one.
    pub ordered: bool,
    /// Its wording.
    pub wording: Wording,
    /// Older ids whose decisions count here.
    pub replaces: Vec<DimensionId>,
    /// `#rrggbb`, empty if none.
    pub color: String,
    /// Its codes, as a tree.
    pub codes: Vec<Code>,
}

/// What a unit can be given in a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its id.
    pub id: CodeId,
    /// Its wording.
    pub wording: Wording,
    /// Older ids of this code, whose decisions count here.
    pub replaces: Vec<CodeId>,
    /// Codes that were merged into this one: displays count them here, agreement as they were decided.
    pub merged_from: Vec<CodeId>,
    /// Patterns for searching only.
    pub keywords: Vec<String>,
    /// Codes beneath it.
    pub codes: Vec<Code>,
}

impl Wording {
    /// A wording that says nothing but a name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let text = || Localized::Plain(String::new());
        Self {
            name: name.into(),
            brief: text(),
            definition: text(),
            use_when: text(),
            not_when: text(),
            examples: Localized::Plain(Vec::new()),
        }
    }
}

impl Code {
    /// A code of which nothing but its id and name is known.
    #[must_use]
    pub fn named(id: CodeId, name: &str) -> Self {
        Self {
            id,
            wording: Wording::named(name),
            replaces: Vec::new(),
            merged_from: Vec::new(),
            keywords: Vec::new(),
            codes: Vec::new(),
        }
    }
}

impl Dimension {
    /// A dimension of which nothing but its id and name is known.
    #[must_use]
    pub fn named(id: DimensionId, select: Select, name: &str) -> Self {
        Self {
            id,
            select,
            ordered: false,
            wording: Wording::named(name),
            replaces: Vec::new(),
            color: String::new(),
            codes: Vec::new(),
        }
    }

    /// Every code of the dimension, parents before what lies beneath, each with its depth from 0.
    #[must_use]
    pub fn tree(&self) -> Vec<(usize, &Code)> {
        fn walk<'a>(codes: &'a [Code], depth: usize, into: &mut Vec<(usize, &'a Code)>) {
            for code in codes {
                into.push((depth, code));
                walk(&code.codes, depth + 1, into);
            }
        }
        let mut all = Vec::new();
        walk(&self.codes, 0, &mut all);
        all
    }
}

impl Codebook {
    /// A dimension by id.
    #[must_use]
    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id.as_str() == id)
    }

    /// The wording of a dimension or a code, by id.
    #[must_use]
    pub fn wording(&self, id: &str) -> Option<&Wording> {
        self.dimensions.iter().find_map(|dimension| {
            if dimension.id.as_str() == id {
                return Some(&dimension.wording);
            }
            dimension
                .tree()
                .into_iter()
                .find(|(_, code)| code.id.as_str() == id)
                .map(|(_, code)| &code.wording)
        })
    }

    /// The name of a dimension or code in a language, or its id where it has no name.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        match self.wording(id).map(|wording| wording.name.text(language)) {
            Some(name) if !name.is_empty() => name,
            _ => id,
        }
    }
}
