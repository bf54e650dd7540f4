//! What dimensions and codes were called in other versions of the codebook: who codes in a sheet that went out before a
//! change, or in her head, still calls them so.

use std::collections::BTreeMap;

use super::{Meaning, bare, fold};
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::study::Study;

/// The names of other versions of the codebook, folded; newer ones come first.
#[derive(Debug, Default)]
pub(super) struct Elsewhen {
    dimensions: BTreeMap<String, Meant<DimensionIndex>>,
    /// By place of the dimension; without accents.
    codes: BTreeMap<DimensionIndex, BTreeMap<String, Meant<CodeIndex>>>,
}

/// What a name meant, in the newest version that has it; nothing where it meant several.
#[derive(Debug, Clone, Copy)]
struct Meant<T> {
    version: usize,
    what: Option<T>,
}

/// Takes note of what something is called in a version; versions come newest first.
fn note<T: Copy + PartialEq>(names: &mut BTreeMap<String, Meant<T>>, name: String, new: Meant<T>) {
    if name.is_empty() {
        return;
    }
    let known = names.entry(name).or_insert(new);
    if known.version == new.version && known.what != new.what {
        known.what = None;
    }
}

impl Elsewhen {
    /// The names of all versions but one.
    pub(super) fn of(study: &Study, but: usize) -> Self {
        let mut names = Self::default();
        let vocabulary = &study.vocabulary;
        let others = study.versions.iter().enumerate().rev().filter(|(at, _)| *at != but);
        for (version, other) in others {
            for dimension in &other.codebook.dimensions {
                let Some(index) = vocabulary.dimension(dimension.id.as_str()) else { continue };
                let own = [dimension.id.as_str()].into_iter();
                for name in own.chain(dimension.wording.name.all().map(String::as_str)) {
                    note(&mut names.dimensions, fold(name), Meant { version, what: Some(index) });
                }
                let codes = names.codes.entry(index).or_default();
                for (_, code) in dimension.tree() {
                    let at = vocabulary.code(code.id.as_str());
                    let stays = |at: &CodeIndex| vocabulary.of(*at).dimension == index;
                    let Some(at) = at.filter(stays) else { continue };
                    let own = [code.id.as_str()].into_iter();
                    for name in own.chain(code.wording.name.all().map(String::as_str)) {
                        note(codes, bare(name), Meant { version, what: Some(at) });
                    }
                }
            }
        }
        names
    }

    /// The dimension that a folded heading named.
    pub(super) fn dimension(&self, heading: &str) -> Option<DimensionIndex> {
        self.dimensions.get(heading)?.what
    }

    /// What a name without accents meant in a dimension.
    pub(super) fn code(&self, dimension: DimensionIndex, name: &str) -> Option<Meaning> {
        let meant = self.codes.get(&dimension)?.get(name)?;
        Some(meant.what.map_or(Meaning::Ambiguous, Meaning::Code))
    }
}
