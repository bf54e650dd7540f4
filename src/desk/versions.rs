//! Answers as older versions of the codebook had them: an undo brings a decision back under its own version.

use crate::domain::answer::{Answer, AnswerIndex, Answers, CodeIndex};
use crate::domain::codebook::Codebook;
use crate::domain::study::Study;

/// The id of a version, unless it is the one in force.
pub(super) fn older_version(study: &Study, version: usize) -> Option<String> {
    let id = &study.versions.get(version)?.id;
    (version + 1 < study.versions.len()).then(|| id.clone())
}

/// An answer with the ids that its codes had in a version: a code may have replaced older ones.
pub(super) fn written(
    study: &Study,
    answers: &Answers,
    answer: AnswerIndex,
    version: usize,
) -> Answer {
    match answer {
        AnswerIndex::UNDECIDED => return Answer::Undecided,
        AnswerIndex::NONE => return Answer::None,
        _ => {}
    }
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
    Answer::Codes(answers.codes(answer).iter().map(id).collect())
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
