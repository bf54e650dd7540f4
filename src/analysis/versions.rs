//! Answers as older versions of the codebook had them: an undo brings a decision back under its own version, and what
//! comes back from a co-coder was decided under that with which it went out.

use crate::domain::answer::{Answer, AnswerIndex, Answers, CodeIndex, DimensionIndex};
use crate::domain::codebook::{Codebook, Dimension};
use crate::domain::id::CodeId;
use crate::domain::study::Study;

/// The id of a version, unless it is the one in force.
#[must_use]
pub fn older_version(study: &Study, version: usize) -> Option<String> {
    let id = &study.versions.get(version)?.id;
    (version + 1 < study.versions.len()).then(|| id.clone())
}

/// An answer with the ids that its codes had in a version: a code may have replaced older ones.
#[must_use]
pub fn written(study: &Study, answers: &Answers, answer: AnswerIndex, version: usize) -> Answer {
    match answer {
        AnswerIndex::UNDECIDED => Answer::Undecided,
        AnswerIndex::NONE => Answer::None,
        _ => Answer::Codes(ids_then(study, answers.codes(answer), version)),
    }
}

/// The ids that codes had in a version; that of now where it has none of them.
#[must_use]
pub fn ids_then(study: &Study, codes: &[CodeIndex], version: usize) -> Vec<CodeId> {
    let vocabulary = &study.vocabulary;
    let known = study.versions.get(version).map(|it| ids(&it.codebook)).unwrap_or_default();
    let id = |code: &CodeIndex| {
        let now = &vocabulary.of(*code).id;
        if known.contains(&now.as_str()) {
            return now.clone();
        }
        let then = known.iter().find(|id| vocabulary.code(id) == Some(*code));
        then.and_then(|id| id.parse().ok()).unwrap_or_else(|| now.clone())
    };
    codes.iter().map(id).collect()
}

/// Whether a version has a dimension and, in it, all of these codes, under whatever ids.
#[must_use]
pub fn has(study: &Study, version: usize, dimension: DimensionIndex, codes: &[CodeIndex]) -> bool {
    let vocabulary = &study.vocabulary;
    let dimensions = study.versions.get(version).map(|it| it.codebook.dimensions.as_slice());
    let is_it = |it: &&Dimension| vocabulary.dimension(it.id.as_str()) == Some(dimension);
    let Some(known) = dimensions.unwrap_or_default().iter().find(is_it) else { return false };
    let tree = known.tree();
    let ids = || tree.iter().map(|(_, code)| code.id.as_str()).chain([known.id.as_str()]);
    codes.iter().all(|code| ids().any(|id| vocabulary.code(id) == Some(*code)))
}

/// Every id of a codebook that can be given as a code.
fn ids(codebook: &Codebook) -> Vec<&str> {
    codebook
        .dimensions
        .iter()
        .flat_map(|dimension| {
            let codes = dimension.tree().into_iter().map(|(_, code)| code.id.as_str());
            std::iter::once(dimension.id.as_str()).chain(codes)
        })
        .collect()
}
