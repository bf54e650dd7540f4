//! Decisions made under versions of the codebook that define a code differently: figures over them mix two questions.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::codebook::change::MEANING;
use crate::analysis::codebook::{Changed, diff};
use crate::analysis::scope::Scope;
use crate::domain::answer::DimensionIndex;
use crate::domain::comparison::Comparison;
use crate::domain::study::Study;

/// Under which versions the compared decisions were made, and what these define differently.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definitions {
    /// The versions in their order, with how many decisions were made under each.
    pub versions: Vec<(String, u64)>,
    /// The dimensions and codes that two of these versions define differently, in the order of the codebook.
    pub differing: Vec<String>,
    /// How many units × dimensions coders decided under versions that define the dimension or a code of it
    /// differently.
    pub across: u64,
}

impl Definitions {
    /// What is to be said of the decisions compared.
    #[must_use]
    pub fn of(study: &Study, comparison: &Comparison, scope: &Scope) -> Self {
        let mut decisions: BTreeMap<u16, u64> = BTreeMap::new();
        let mut mixed: BTreeMap<(BTreeSet<u16>, DimensionIndex), u64> = BTreeMap::new();
        let dimensions = scope.dimensions(study);
        for (unit, _) in scope.units(study, &comparison.open) {
            for dimension in &dimensions {
                let decided =
                    comparison.cells(unit, *dimension).filter(|it| it.answer.is_decided());
                let mut versions = BTreeSet::new();
                for cell in decided {
                    *decisions.entry(cell.version).or_default() += 1;
                    versions.insert(cell.version);
                }
                if versions.len() > 1 {
                    *mixed.entry((versions, *dimension)).or_default() += 1;
                }
            }
        }
        let used: Vec<u16> = decisions.keys().copied().collect();
        let changed = changed(study, &used);
        let differing: BTreeSet<_> = changed.values().flatten().collect();
        let of_dimension = |versions: &BTreeSet<u16>, dimension: &DimensionIndex| {
            let pairs = changed
                .iter()
                .filter(|((one, other), _)| versions.contains(one) && versions.contains(other));
            pairs.flat_map(|(_, codes)| codes).any(|(of, ..)| of == dimension)
        };
        let across = mixed
            .iter()
            .filter(|((versions, dimension), _)| of_dimension(versions, dimension))
            .map(|(_, units)| units)
            .sum();
        let named = |(version, decisions): (&u16, &u64)| {
            let version = study.versions.get(usize::from(*version))?;
            Some((version.id.clone(), *decisions))
        };
        Self {
            versions: decisions.iter().filter_map(named).collect(),
            differing: differing.into_iter().map(|(_, _, id)| id.clone()).collect(),
            across,
        }
    }
}

/// A dimension or code by dimension, place in the codebook and id.
type Changes = BTreeSet<(DimensionIndex, usize, String)>;

/// Per pair of versions, what they define differently.
fn changed(study: &Study, versions: &[u16]) -> BTreeMap<(u16, u16), Changes> {
    let mut changed = BTreeMap::new();
    for (nth, one) in versions.iter().enumerate() {
        for other in versions.iter().skip(nth + 1) {
            let book = |version: &u16| study.versions.get(usize::from(*version));
            let (Some(old), Some(new)) = (book(one), book(other)) else { continue };
            let mut codes = Changes::new();
            for change in diff(&old.codebook, &new.codebook) {
                let meaning = change.changed == Changed::Changed && MEANING.contains(&change.field);
                let Some(id) = change.id.filter(|_| meaning) else { continue };
                let Some(code) = study.vocabulary.code(&id) else { continue };
                let place = usize::from(code.0);
                codes.insert((study.vocabulary.of(code).dimension, place, id));
            }
            changed.insert((*one, *other), codes);
        }
    }
    changed
}
