//! Concepts as entries of an axis: a unit belongs to one where it was given one of its codes, or anything beneath, or where
//! it answers one of its questions.

use std::collections::BTreeMap;

use super::Source;
use super::entries::{At, Entries, Kind};
use crate::analysis::concepts::{Parts, concepts};
use crate::analysis::decisions::Decided;
use crate::domain::answer::{AnswerIndex, CodeIndex};
use crate::domain::study::Study;

/// Concepts, and to which of them answers and topics belong.
pub(super) struct Concepts {
    parts: Vec<Parts>,
    /// Per source and answer, the concepts that it gives.
    of_answer: Vec<Vec<Vec<u32>>>,
    /// Per unit of the study, the concepts whose questions it answers.
    of_unit: Vec<Vec<u32>>,
    /// Per source, by dimension and offer, the concepts of which a code was asked for.
    asked: Vec<BTreeMap<(usize, u16), Vec<u32>>>,
}

impl Concepts {
    /// The entries: every concept, used or not. Where the list names what the study does not have there are none; whoever
    /// asks has been told before.
    pub(super) fn entries(study: &Study, sources: &[Source<'_>], exact: bool) -> Entries {
        let parts = concepts(study).unwrap_or_default();
        let ids = parts.iter().map(|it| it.name.clone()).collect();
        let given = |code: CodeIndex, part: &Parts| {
            let mut own = part.codes.iter();
            own.any(|it| if exact { *it == code } else { study.vocabulary.is_within(code, *it) })
        };
        let having = |holds: &dyn Fn(&Parts) -> bool| -> Vec<u32> {
            (0..).zip(&parts).filter(|(_, part)| holds(part)).map(|(at, _)| at).collect()
        };
        let of_answer = |source: &Source<'_>| {
            let answers = &source.decisions.answers;
            let numbers = (0..answers.len()).filter_map(|at| u32::try_from(at).ok());
            let of = |number| {
                let codes = answers.codes(AnswerIndex(number));
                having(&|part| codes.iter().any(|code| given(*code, part)))
            };
            numbers.map(of).collect()
        };
        let asked = |source: &Source<'_>| {
            let mut asked = BTreeMap::new();
            for (place, dimension) in source.decisions.dimensions.iter().enumerate() {
                let offers = 0..source.decisions.offered.len();
                for offer in offers.filter_map(|it| u16::try_from(it).ok()) {
                    let here = |code: &CodeIndex| {
                        study.vocabulary.of(*code).dimension == *dimension
                            && source.decisions.offered.has(offer, *code)
                    };
                    asked.insert((place, offer), having(&|part| part.codes.iter().any(here)));
                }
            }
            asked
        };
        let topic = |topic: &str| having(&|part| part.topics.iter().any(|it| it == topic));
        let concepts = Self {
            of_answer: sources.iter().map(of_answer).collect(),
            of_unit: study.units.iter().map(|it| topic(it.topic.trim())).collect(),
            asked: sources.iter().map(asked).collect(),
            parts,
        };
        Entries { ids, kind: Kind::Concepts(concepts) }
    }

    /// Puts the concepts to which a unit belongs into `members`, each once.
    pub(super) fn members(&self, at: &At<'_>, members: &mut Vec<u32>) {
        let of_answer = self.of_answer.get(at.source).map_or(&[][..], Vec::as_slice);
        for cell in at.decided {
            members.extend(of_answer.get(cell.answer.0 as usize).into_iter().flatten());
        }
        members.extend(self.of_unit.get(at.unit.at()).into_iter().flatten());
        members.sort_unstable();
        members.dedup();
    }

    /// Puts the concepts in which a unit could have been into `strata`, each once: those of which a code was asked for where
    /// it was decided, and those whose question it answers.
    pub(super) fn strata_of(&self, at: &At<'_>, strata: &mut Vec<usize>) {
        let decided = at.decided.iter().enumerate().filter(|(_, it)| it.answer.is_decided());
        let asked = self.asked.get(at.source);
        let of = |(place, it): (usize, &Decided)| asked.and_then(|all| all.get(&(place, it.offer)));
        strata.extend(decided.filter_map(of).flatten().map(|it| *it as usize));
        let own = self.of_unit.get(at.unit.at()).into_iter().flatten();
        strata.extend(own.map(|it| *it as usize));
        strata.sort_unstable();
        strata.dedup();
    }

    /// The codes of a concept.
    pub(super) fn codes(&self, entry: usize) -> &[CodeIndex] {
        self.parts.get(entry).map_or(&[], |part| part.codes.as_slice())
    }
}
