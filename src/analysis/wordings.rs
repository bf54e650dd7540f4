//! Which versions of the codebook decisions stem from, and which of them give a code that is gone.

use super::codebook::change::is_same_but_for_title;
use super::scope::Scope;
use crate::domain::answer::AnswerIndex;
use crate::domain::coding::Cell;
use crate::domain::comparison::Comparison;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;

/// Which versions of the codebook some decisions stem from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wordings {
    /// The versions with how many decisions stem from each, in order of versions; those that are equal but for their
    /// title stand together.
    pub versions: Vec<(Vec<String>, u64)>,
    /// How many decisions give a code that is gone: the codebook in force has it under no name.
    pub gone: u64,
    /// Whether all of them stem from one version, and it is not the one in force.
    pub older: bool,
}

impl Wordings {
    /// What the compared decisions stem from.
    #[must_use]
    pub fn of(study: &Study, comparison: &Comparison, scope: &Scope) -> Self {
        let dimensions = scope.dimensions(study);
        let units = scope.ever_units(study, &comparison.open);
        let cells = units.flat_map(|(unit, _)| {
            dimensions.iter().flat_map(move |dimension| comparison.cells(unit, *dimension))
        });
        Self::of_cells(study, cells)
    }

    /// What these decisions stem from.
    pub fn of_cells(study: &Study, cells: impl Iterator<Item = Cell>) -> Self {
        let mut counts = vec![0_u64; study.versions.len()];
        let mut of_answer = vec![0_u64; study.answers.len()];
        for cell in cells.filter(|cell| cell.answer.is_decided()) {
            if let Some(count) = counts.get_mut(usize::from(cell.version)) {
                *count += 1;
            }
            if let Some(count) = of_answer.get_mut(cell.answer.0 as usize) {
                *count += 1;
            }
        }
        let answers = (0..).map(AnswerIndex).zip(of_answer).filter(|(_, count)| *count > 0);
        let gone = answers.filter(|(answer, _)| gives_gone(study, *answer));
        let gone = gone.map(|(_, count)| count).sum();
        let mut versions: Vec<(u16, Vec<String>, u64)> = Vec::new();
        for (at, count) in (0_u16..).zip(counts).filter(|(_, count)| *count > 0) {
            let Some(version) = study.versions.get(usize::from(at)) else { continue };
            let same = versions.iter_mut().find(|(other, ..)| {
                let other = study.versions.get(usize::from(*other));
                other.is_some_and(|it| is_same_but_for_title(&it.codebook, &version.codebook))
            });
            match same {
                Some((_, ids, known)) => {
                    ids.push(version.id.clone());
                    *known += count;
                }
                None => versions.push((at, vec![version.id.clone()], count)),
            }
        }
        let older = match versions.as_slice() {
            [(only, ..)] => study
                .versions
                .get(usize::from(*only))
                .is_some_and(|it| !is_same_but_for_title(&it.codebook, study.codebook())),
            _ => false,
        };
        let versions = versions.into_iter().map(|(_, ids, count)| (ids, count)).collect();
        Self { versions, gone, older }
    }

    /// What is said of it in one line: nothing where there is one version, that in force, and no code that is gone.
    #[must_use]
    pub fn said(&self) -> Option<Message> {
        let (n, gone) = (self.versions.len(), self.gone);
        let versions = self.named();
        match (n > 1, gone > 0) {
            (true, false) => Some(msg!("provenance.versions", n = n, versions = versions)),
            (true, true) => {
                Some(msg!("provenance.versions_gone", n = n, versions = versions, gone = gone))
            }
            (false, false) if self.older => Some(msg!("provenance.older", version = versions)),
            (false, true) if self.older => {
                Some(msg!("provenance.older_gone", version = versions, gone = gone))
            }
            (false, true) => Some(msg!("provenance.gone", n = gone)),
            (false, false) => None,
        }
    }

    /// The versions by name, each with its decisions.
    #[must_use]
    pub fn named(&self) -> String {
        let one = |(ids, count): &(Vec<String>, u64)| format!("{} ({count})", ids.join(" = "));
        self.versions.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// Whether an answer gives a code that the codebook in force has under no name.
#[must_use]
pub fn gives_gone(study: &Study, answer: AnswerIndex) -> bool {
    study.answers.codes(answer).iter().any(|code| study.vocabulary.of(*code).is_gone())
}
