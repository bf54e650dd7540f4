//! Which codes a coder could give: those of the codebook she decided under.
//!
//! A decision made before a code existed says nothing about it: the code was not asked for.

use crate::domain::answer::{CodeIndex, Vocabulary, VocabularyCode};
use crate::domain::comparison::Codes;
use crate::domain::study::Study;

/// Which codes each version of the codebook offers; versions that offer the same share a number.
#[derive(Debug, Clone)]
pub struct Offered {
    /// Per number, whether each code of the vocabulary is offered.
    sets: Vec<Vec<bool>>,
    /// Per version, its number.
    of_version: Vec<u16>,
}

impl Offered {
    /// What the versions of a study offer; where codes that were merged count as what they became, one that offers any of
    /// these offers that.
    #[must_use]
    pub fn of(study: &Study, codes: Codes) -> Self {
        let mut offered = Self { sets: Vec::new(), of_version: Vec::new() };
        for version in &study.versions {
            let mut set = vec![false; study.vocabulary.codes.len()];
            let ids = version.codebook.dimensions.iter().flat_map(|dimension| {
                let codes = dimension.tree().into_iter().map(|(_, code)| code.id.as_str());
                std::iter::once(dimension.id.as_str()).chain(codes)
            });
            for code in ids.filter_map(|id| study.vocabulary.code(id)) {
                let code = match codes {
                    Codes::Decided => code,
                    Codes::Current => study.vocabulary.now(code),
                };
                if let Some(place) = set.get_mut(usize::from(code.0)) {
                    *place = true;
                }
            }
            let number = offered.number(set);
            offered.of_version.push(number);
        }
        offered
    }

    fn number(&mut self, set: Vec<bool>) -> u16 {
        let known = self.sets.iter().position(|other| *other == set);
        let number = known.unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        u16::try_from(number).unwrap_or(u16::MAX)
    }

    /// How many different offers there are; 1 for most studies.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Whether there is no codebook.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// Per number, whether each code of the vocabulary is offered.
    pub fn sets(&self) -> impl Iterator<Item = &[bool]> {
        self.sets.iter().map(Vec::as_slice)
    }

    /// The number of a version's offer.
    #[must_use]
    pub fn of_version(&self, version: u16) -> u16 {
        self.of_version.get(usize::from(version)).copied().unwrap_or(0)
    }

    /// Whether a code is in an offer.
    #[must_use]
    pub fn has(&self, number: u16, code: CodeIndex) -> bool {
        let set = self.sets.get(usize::from(number));
        set.and_then(|set| set.get(usize::from(code.0))).copied().unwrap_or(false)
    }

    /// The number of what several offers have in common: what a joint answer was asked for.
    pub fn common(&mut self, numbers: impl IntoIterator<Item = u16>) -> u16 {
        let mut numbers = numbers.into_iter();
        let Some(first) = numbers.next() else { return 0 };
        let mut common = first;
        for other in numbers.filter(|other| *other != first) {
            if other != common {
                let all = (0..=u16::MAX).map(CodeIndex).take(self.code_count());
                let set = all.map(|code| self.has(common, code) && self.has(other, code)).collect();
                common = self.number(set);
            }
        }
        common
    }

    fn code_count(&self) -> usize {
        self.sets.first().map_or(0, Vec::len)
    }
}

/// Per code of the vocabulary, every code that it stands for when given: itself and all it lies
/// beneath, up to its dimension.
#[must_use]
pub fn with_ancestors(vocabulary: &Vocabulary) -> Vec<Vec<CodeIndex>> {
    let path = |(code, known): (CodeIndex, &VocabularyCode)| {
        let mut path = vec![code];
        let mut above = known.parent;
        while let Some(parent) = above {
            path.push(parent);
            above = vocabulary.of(parent).parent;
        }
        path
    };
    (0..).map(CodeIndex).zip(&vocabulary.codes).map(path).collect()
}
