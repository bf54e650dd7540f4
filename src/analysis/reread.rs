//! What is to be read again: decisions that were made before the codebook changed what they rest on.
//!
//! Between the version of a decision and the one in force lie changes, each with what it means (`events.csv`); where
//! somebody edited the file by hand, the difference itself says what may have changed. A change that was taken back
//! again is none.

use std::collections::BTreeMap;

use super::codebook::change::{implied, is_same_but_for_title};
use crate::domain::answer::{AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::codebook::Codebook;
use crate::domain::comparison::{Comparison, UnitAndDimension};
use crate::domain::consensus::Settlement;
use crate::domain::message::Message;
use crate::domain::revision::Effect;
use crate::domain::study::Study;
use crate::msg;

/// Why a decision is to be read again: what became of which dimension or code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The dimension or code, by the id that it has now or had last.
    pub id: String,
    /// What became of it.
    pub effect: Effect,
}

impl Why {
    /// Why, in a sentence.
    #[must_use]
    pub fn said(&self) -> Message {
        let id = &self.id;
        match &self.effect {
            Effect::Added => msg!("reread.added", id = id),
            Effect::Narrowed => msg!("reread.narrowed", id = id),
            Effect::Widened => msg!("reread.widened", id = id),
            Effect::Retired => msg!("reread.retired", id = id),
            _ => msg!("reread.changed", id = id),
        }
    }
}

/// What each version of the codebook lacks of the one in force.
#[derive(Debug, Clone)]
pub struct Rereads<'a> {
    study: &'a Study,
    /// Per version, what became of what since.
    since: Vec<Vec<(CodeIndex, Effect)>>,
}

/// The versions in the order in which they followed one another, and what each step changed.
#[derive(Default)]
struct Chain<'a> {
    versions: Vec<&'a str>,
    steps: Vec<Vec<(String, Effect)>>,
}

impl<'a> Chain<'a> {
    fn of(study: &'a Study) -> Self {
        let mut chain = Self::default();
        for revision in study.revisions.iter().filter(|it| it.old != it.new) {
            chain.go(study, &revision.old, None);
            chain.go(study, &revision.new, Some(&revision.effects));
        }
        chain.go(study, &study.version_in_force().id, None);
        chain
    }

    /// On to a version; what the step changed is the difference, where nothing else is known.
    fn go(&mut self, study: &'a Study, to: &'a str, effects: Option<&Vec<(String, Effect)>>) {
        let last = self.versions.last().copied();
        if last == Some(to) {
            return;
        }
        if let Some(last) = last {
            let difference = || match (book(study, last), book(study, to)) {
                (Some(old), Some(new)) => implied(old, new),
                _ => Vec::new(),
            };
            self.steps.push(effects.cloned().unwrap_or_else(difference));
        }
        self.versions.push(to);
    }

    /// Where a version stands last.
    fn last(&self, study: &Study, version: &str) -> Option<usize> {
        let same = |other: &&str| {
            *other == version
                || match (book(study, other), book(study, version)) {
                    (Some(one), Some(other)) => is_same_but_for_title(one, other),
                    _ => false,
                }
        };
        self.versions.iter().rposition(same)
    }

    /// What changed between a version and the last one, without what was taken back.
    fn since(&self, study: &Study, version: &str) -> Option<Vec<(String, Effect)>> {
        let mut at = self.last(study, version)?;
        let mut effects = Vec::new();
        while let Some(step) = self.steps.get(at) {
            effects.extend(step.iter().cloned());
            at = self.last(study, self.versions.get(at + 1)?)?;
        }
        Some(effects)
    }
}

fn book<'a>(study: &'a Study, version: &str) -> Option<&'a Codebook> {
    study.versions.iter().find(|it| it.id == version).map(|it| &it.codebook)
}

impl<'a> Rereads<'a> {
    /// What a study's versions lack of the one in force.
    #[must_use]
    pub fn of(study: &'a Study) -> Self {
        let chain = Chain::of(study);
        let of_version = |version: &crate::domain::study::Version| {
            let effects = chain
                .since(study, &version.id)
                .unwrap_or_else(|| implied(&version.codebook, study.codebook()));
            let known = effects
                .into_iter()
                .filter(|(_, effect)| effect.concerns_carriers() || effect.concerns_others());
            let coded =
                known.filter_map(|(id, effect)| Some((study.vocabulary.code(&id)?, effect)));
            coded.collect()
        };
        Self { study, since: study.versions.iter().map(of_version).collect() }
    }

    /// Why a decision is to be read again; nothing where it stands as it is.
    #[must_use]
    pub fn why(&self, answer: AnswerIndex, version: u16, dimension: DimensionIndex) -> Vec<Why> {
        let vocabulary = &self.study.vocabulary;
        let mut why = Vec::new();
        let since = self.since.get(usize::from(version));
        for (code, effect) in since.into_iter().flatten().filter(|_| answer.is_decided()) {
            let known = vocabulary.of(*code);
            if known.dimension != dimension {
                continue;
            }
            let concerns = if self.carries(answer, *code) {
                effect.concerns_carriers()
            } else {
                // Of what is there no more nobody has to ask whether it fits.
                effect.concerns_others() && !known.is_gone()
            };
            let one = Why { id: known.id.to_string(), effect: effect.clone() };
            if concerns && !why.contains(&one) {
                why.push(one);
            }
        }
        why
    }

    /// Whether an answer gives a code or what lies beneath it, also under what it was merged into.
    fn carries(&self, answer: AnswerIndex, code: CodeIndex) -> bool {
        let vocabulary = &self.study.vocabulary;
        let now = vocabulary.now(code);
        self.study.answers.codes(answer).iter().any(|own| {
            vocabulary.is_within(*own, code) || vocabulary.is_within(vocabulary.now(*own), now)
        })
    }

    /// The settlements among those that hold which are to be looked at again.
    #[must_use]
    pub fn settlements<'s>(
        &self,
        holding: &BTreeMap<UnitAndDimension, &'s Settlement>,
        comparison: &Comparison,
    ) -> Vec<(&'s Settlement, Vec<Why>)> {
        let open = |it: &Settlement| comparison.open.contains(self.study.case_of(it.unit));
        let version = |it: &Settlement| {
            let at = self.study.versions.iter().position(|version| version.id == it.codebook);
            at.and_then(|at| u16::try_from(at).ok())
        };
        let settled = holding.values().filter(|it| open(it));
        let of = |it: &&'s Settlement| {
            let why = self.why(it.answer, version(it)?, it.dimension);
            (!why.is_empty()).then_some((*it, why))
        };
        settled.filter_map(of).collect()
    }
}
