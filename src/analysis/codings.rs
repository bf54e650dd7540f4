//! What several coders decided on the same units, as agreement reads it: from a study or from a file.
//!
//! Each different answer of a dimension is kept once, with what it says about every code, and a unit's
//! answers are numbers. So a million units are gone through once, and what follows reads patterns.

mod inventory;

use std::collections::BTreeMap;

use crate::domain::codebook::Select;
pub use inventory::Inventory;

/// The name of the only dimension of a file that has none.
pub const WHOLE: &str = "*";

/// What several coders decided on the same units.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Codings {
    /// The coders' names, in order: `first` and `second` mean the first two.
    pub coders: Vec<String>,
    /// The cases by name, in order; empty if there are none.
    pub cases: Vec<String>,
    /// Per unit, the place of its case in `cases`; empty if there are none.
    pub unit_cases: Vec<u32>,
    /// How many units there are.
    pub units: usize,
    /// The dimensions, in order.
    pub dimensions: Vec<CodedDimension>,
}

/// What several coders decided in one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedDimension {
    /// Its id; [`WHOLE`] for a file without dimensions.
    pub name: String,
    /// How many codes a unit may get.
    pub select: Select,
    /// The codes that agreement is reported for, in order.
    pub codes: Vec<CodedCode>,
    /// How many different answers the codebook allows, `none` included; absent where there is no bound.
    pub choices: Option<usize>,
    /// The codes of its scale in their order, by their numbers in answers; absent where it is none.
    order: Option<Vec<u32>>,
    /// Names of the codes in answers, by their numbers there.
    names: BTreeMap<u32, String>,
    answers: Vec<DistinctAnswer>,
    cells: Vec<u32>,
}

/// A code that agreement is reported for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedCode {
    /// Its name, unique among all dimensions and codes.
    pub name: String,
    /// How deep it lies beneath its dimension, from 1.
    pub depth: usize,
}

/// An answer, and what it says about every code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DistinctAnswer {
    /// The codes given, as numbers in ascending order; none if nothing applies.
    pub codes: Vec<u32>,
    /// Places in [`CodedDimension::codes`] of those that are given, or have something given beneath them.
    pub given: Vec<u32>,
    /// Places of those that were not asked for, and so are neither given nor not given.
    pub unasked: Vec<u32>,
}

impl CodedDimension {
    /// A dimension from its cells, unit by unit and in each coder by coder: 0 for undecided, else 1 + the place
    /// in `answers`.
    ///
    /// The answers are put in an order of their own, so that the order of units never reaches a figure.
    #[must_use]
    pub fn new(
        name: String,
        select: Select,
        codes: Vec<CodedCode>,
        answers: Vec<DistinctAnswer>,
        mut cells: Vec<u32>,
    ) -> Self {
        let mut order: Vec<(DistinctAnswer, usize)> = answers.into_iter().zip(1_usize..).collect();
        order.sort();
        let mut renamed = vec![0; order.len() + 1];
        let mut answers: Vec<DistinctAnswer> = Vec::new();
        for (answer, number) in order {
            if answers.last() != Some(&answer) {
                answers.push(answer);
            }
            renamed[number] = u32::try_from(answers.len()).unwrap_or(u32::MAX);
        }
        for cell in &mut cells {
            *cell = renamed.get(*cell as usize).copied().unwrap_or(0);
        }
        let names = BTreeMap::new();
        Self { name, select, codes, choices: None, order: None, names, answers, cells }
    }

    /// The same, with the number of different answers that the codebook allows.
    #[must_use]
    pub fn with_choices(mut self, choices: Option<usize>) -> Self {
        self.choices = choices;
        self
    }

    /// The same as a scale, whose codes stand in this order.
    #[must_use]
    pub fn with_order(mut self, order: Option<Vec<u32>>) -> Self {
        self.order = order;
        self
    }

    /// How many positions its scale has; absent where it is none.
    #[must_use]
    pub fn positions(&self) -> Option<usize> {
        self.order.as_ref().map(Vec::len)
    }

    /// The position of an answer on the scale, from 0; nothing for what is not on it.
    #[must_use]
    pub fn position(&self, answer: u32) -> Option<u32> {
        let order = self.order.as_ref()?;
        let [code] = self.answers.get(answer as usize)?.codes.as_slice() else { return None };
        order.iter().position(|it| it == code).and_then(|at| u32::try_from(at).ok())
    }

    /// The same, with the names of the codes in answers, by their numbers there.
    #[must_use]
    pub fn with_names(mut self, names: BTreeMap<u32, String>) -> Self {
        self.names = names;
        self
    }

    /// An answer as people write it: codes joined by `; `, or `none`.
    #[must_use]
    pub fn label(&self, codes: &[u32]) -> String {
        if codes.is_empty() {
            return "none".to_owned();
        }
        let name = |code: &u32| self.names.get(code).cloned().unwrap_or_else(|| code.to_string());
        codes.iter().map(name).collect::<Vec<_>>().join("; ")
    }

    /// The different answers, in their order.
    #[must_use]
    pub fn answers(&self) -> &[DistinctAnswer] {
        &self.answers
    }

    /// The answers unit by unit, each coder by coder as in [`Self::unit`].
    pub fn rows(&self, coders: usize) -> impl Iterator<Item = &[u32]> {
        self.cells.chunks_exact(coders.max(1))
    }

    /// The answers to one unit, coder by coder: 0 for undecided, else 1 + the place in [`Self::answers`].
    #[must_use]
    pub fn unit(&self, unit: usize, coders: usize) -> &[u32] {
        self.cells.get(unit * coders..(unit + 1) * coders).unwrap_or(&[])
    }
}

impl Codings {
    /// The answers of some coders only, by their places.
    #[must_use]
    pub fn of_coders(&self, places: &[usize]) -> Self {
        let pick = |dimension: &CodedDimension| {
            let row = |row: &[u32]| {
                places.iter().filter_map(|at| row.get(*at).copied()).collect::<Vec<u32>>()
            };
            let cells = dimension.rows(self.coders.len()).flat_map(row).collect();
            CodedDimension { cells, ..dimension.clone() }
        };
        Self {
            coders: places.iter().filter_map(|at| self.coders.get(*at).cloned()).collect(),
            dimensions: self.dimensions.iter().map(pick).collect(),
            ..self.clone()
        }
    }

    /// The units of some cases only, by the cases' places.
    #[must_use]
    pub fn of_cases(&self, places: &[usize]) -> Self {
        let wanted = |unit: &usize| {
            let case = self.unit_cases.get(*unit).map(|case| *case as usize);
            case.is_some_and(|case| places.contains(&case))
        };
        let units: Vec<usize> = (0..self.units).filter(wanted).collect();
        let new_place = |case: u32| places.iter().position(|place| *place == case as usize);
        let of_unit = |unit: &usize| {
            let case = self.unit_cases.get(*unit).copied().and_then(new_place);
            case.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
        };
        let pick = |dimension: &CodedDimension| {
            let row = |unit: &usize| dimension.unit(*unit, self.coders.len()).iter().copied();
            CodedDimension { cells: units.iter().flat_map(row).collect(), ..dimension.clone() }
        };
        Self {
            coders: self.coders.clone(),
            cases: places.iter().filter_map(|place| self.cases.get(*place).cloned()).collect(),
            unit_cases: units.iter().map(of_unit).collect(),
            units: units.len(),
            dimensions: self.dimensions.iter().map(pick).collect(),
        }
    }
}
