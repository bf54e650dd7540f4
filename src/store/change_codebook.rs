//! Changes of the codebook: each is one event and leaves a version; nothing that was decided is touched.

use std::collections::{BTreeMap, BTreeSet};

use super::begin::{Everything, Lists};
use super::layout;
use super::load::Opened;
use super::together::Change as Together;
use crate::analysis::codebook::change::{Change, ids, implied};
use crate::analysis::reread::Rereads;
use crate::domain::answer::{AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::codebook::Codebook;
use crate::domain::consensus::in_force;
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::revision::{Act, Effect, Revision};
use crate::format::codebook::{self, version};
use crate::msg;

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised {
    /// What was done, from which version to which.
    pub revision: Revision,
    /// Whether the file had comments, which the canonical form has not.
    pub comments_went: bool,
}

impl Opened {
    /// Changes the codebook in force as `make` says of the study as it is then. Where that changes nothing, nothing is
    /// written, unless a proposal is taken over: that is recorded.
    ///
    /// # Errors
    /// `make` refuses, somebody else changes the lists, or a file cannot be written.
    pub fn change_codebook(
        &self,
        act: Act,
        who: Option<&CoderId>,
        make: impl FnOnce(&Self) -> Result<Change, Failure>,
    ) -> Result<Revised, Failure> {
        let (_locks, now) = self.begin(Lists)?;
        let change = make(&now)?;
        let bytes = codebook::write(&change.codebook);
        let mut problems = Vec::new();
        let read = codebook::read(layout::CODEBOOK, &bytes, &mut problems);
        if read.as_ref() != Some(&change.codebook) {
            return Err(Failure::Invalid(problems));
        }
        if change.codebook == *now.study.codebook() && !matches!(act, Act::Adopt(_)) {
            return Err(Failure::Usage(msg!("change.nothing"), msg!("change.nothing.fix")));
        }
        let same = change.codebook == *now.study.codebook();
        now.put_codebook(act, who, (!same).then_some(bytes), change.effects)
    }

    /// Puts back the version before the one in force.
    ///
    /// # Errors
    /// There is none, or decisions give a code that it does not have (refused, with their count).
    pub fn undo_codebook(&self) -> Result<Revised, Failure> {
        let (_locks, now) = self.begin(Everything)?;
        let (target, effects) = now.before_in_force()?;
        let file = layout::version(&target);
        let missing = || {
            Failure::Refused(
                msg!("change.undo_lost", version = target),
                msg!("change.undo_lost.fix"),
            )
        };
        let bytes = now.folder.read(&file)?.ok_or_else(missing)?;
        let old = now.study.versions.iter().find(|it| it.id == target).ok_or_else(missing)?;
        let taken: BTreeSet<CodeIndex> = now.taken_away(&old.codebook);
        let carried = now.carried(&taken);
        if carried > 0 {
            let codes: Vec<&str> =
                taken.iter().map(|it| now.study.vocabulary.of(*it).id.as_str()).collect();
            let what = msg!("change.undo_carried", n = carried, codes = codes.join(", "));
            return Err(Failure::Refused(what, msg!("change.undo_carried.fix")));
        }
        now.put_codebook(Act::Undo, None, Some(bytes), effects)
    }

    /// The version before the one in force, and what going back to it means.
    fn before_in_force(&self) -> Result<(String, Vec<(String, Effect)>), Failure> {
        let in_force = self.study.version_in_force();
        let mut stack: Vec<&Revision> = Vec::new();
        for revision in self.study.revisions.iter().filter(|it| it.old != it.new) {
            match revision.act {
                Act::Undo => drop(stack.pop()),
                _ => stack.push(revision),
            }
        }
        let newest = self.study.revisions.iter().rfind(|it| it.old != it.new);
        if let Some(newest) = newest.filter(|it| it.new != in_force.id) {
            // Somebody edited the file since: that is what is taken back.
            let versions = &self.study.versions;
            let old = versions.iter().find(|it| it.id == newest.new);
            let effects =
                old.map(|old| implied(&in_force.codebook, &old.codebook)).unwrap_or_default();
            return Ok((newest.new.clone(), effects));
        }
        let Some(last) = stack.last() else {
            return Err(Failure::Refused(msg!("change.undo_none"), msg!("change.undo_none.fix")));
        };
        let effects = last.effects.iter().map(|(id, effect)| effect.inverse(id)).collect();
        Ok((last.old.clone(), effects))
    }

    /// The codes of the version in force that another does not have, under any name.
    fn taken_away(&self, other: &Codebook) -> BTreeSet<CodeIndex> {
        let kept = ids(other);
        let gone = ids(self.study.codebook()).into_iter().filter(|id| !kept.contains(id));
        gone.filter_map(|id| self.study.vocabulary.code(id)).collect()
    }

    /// How many decisions in force, settled ones included, were written with one of these ids of the version in force.
    fn carried(&self, codes: &BTreeSet<CodeIndex>) -> u64 {
        let id = |code: &CodeIndex| self.study.vocabulary.of(*code).id.as_str();
        let ids: BTreeSet<&str> = codes.iter().map(id).collect();
        // Under a version that had the code by another name a decision keeps it.
        let has = |version: &str| {
            let version = self.study.versions.iter().find(|it| it.id == version);
            version.is_some_and(|it| ids.iter().any(|id| it.codebook.wording(id).is_some()))
        };
        let gives = |_, answer: AnswerIndex, version: &str| {
            self.study.answers.codes(answer).iter().any(|code| codes.contains(code)) && has(version)
        };
        self.count_decisions(gives)
    }

    /// How many decisions in force, settled ones included, give a code; under whatever name it had.
    #[must_use]
    pub fn decisions_with(&self, code: CodeIndex) -> u64 {
        let gives = |_, answer, _: &str| self.study.answers.codes(answer).contains(&code);
        self.count_decisions(gives)
    }

    /// Whether any decision in force, settled ones included, is to be read again since the codebook changed.
    #[must_use]
    pub fn has_to_read_again(&self) -> bool {
        let rereads = Rereads::of(&self.study);
        let versions = self.study.versions.iter().map(|it| it.id.as_str()).zip(0_u16..);
        let numbers: BTreeMap<&str, u16> = versions.collect();
        let is_due = |dimension, answer, version: &str| {
            let version = numbers.get(version);
            version.is_some_and(|version| !rereads.why(answer, *version, dimension).is_empty())
        };
        self.count_decisions(is_due) > 0
    }

    /// How many decisions in force, settled ones included, give several codes of a dimension.
    #[must_use]
    pub fn decisions_with_several(&self, dimension: DimensionIndex) -> u64 {
        self.count_decisions(|of, answer, _| {
            of == dimension && self.study.answers.codes(answer).len() > 1
        })
    }

    /// How many decisions in force, settled ones included, are as they are wanted: by dimension, answer and version.
    fn count_decisions(&self, wanted: impl Fn(DimensionIndex, AnswerIndex, &str) -> bool) -> u64 {
        let version = |at: u16| self.study.versions.get(usize::from(at)).map_or("", |it| &it.id);
        let mut count = 0;
        for log in self.logs.values() {
            for table in self.fold(log, |_, _| true).rounds.values() {
                for (unit, _) in self.study.ever_talk() {
                    let cells = (0..).map(DimensionIndex).zip(table.unit(unit));
                    let cells =
                        cells.filter(|(of, it)| wanted(*of, it.answer, version(it.version)));
                    count += cells.count() as u64;
                }
            }
        }
        let settled = in_force(&self.settlements).into_values();
        count + settled.filter(|it| wanted(it.dimension, it.answer, &it.codebook)).count() as u64
    }

    /// Keeps the version in force and the new one, records the change, and replaces the file; the caller holds the lock.
    fn put_codebook(
        &self,
        act: Act,
        who: Option<&CoderId>,
        bytes: Option<Vec<u8>>,
        effects: Vec<(String, Effect)>,
    ) -> Result<Revised, Failure> {
        self.keep_version()?;
        let old = self.study.version_in_force().id.clone();
        let new = bytes.as_deref().map_or_else(|| old.clone(), version);
        let was = self.folder.read(layout::CODEBOOK)?.unwrap_or_default();
        let revision = Revision { act, old, new, effects };
        let who = who.into_iter().cloned().collect();
        let event = Event::new(self.folder.now(), who, What::Codebook(revision.clone()), "");
        let comments_went = bytes.is_some() && codebook::has_comments(&was);
        // With its version: one that was never in force would say of names that they were taken.
        let files = [layout::version(&revision.new), layout::CODEBOOK.to_owned()];
        let replaced =
            bytes.into_iter().flat_map(|it| files.clone().map(|file| (file, it.clone())));
        let replaced = replaced.collect();
        let events = vec![event];
        self.folder.change_together(Together { replaced, events, ..Together::default() })?;
        Ok(Revised { revision, comments_went })
    }
}
