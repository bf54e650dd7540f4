//! Entries of one axis within those of another: a pair has an entry where its two stand together.

use std::collections::HashMap;

use super::entries::{At, Entries, Kind};
use super::people::People;
use super::{Head, Source};
use crate::domain::study::Study;

/// Two axes, and the pairs of their entries.
pub(super) struct Nested {
    pub(super) outer: Entries,
    pub(super) inner: Entries,
    pairs: Vec<(u32, u32)>,
    numbers: HashMap<(u32, u32), u32>,
}

impl Nested {
    /// The pairs: of codes within codes, where one lies beneath the other; of anything with codes, all codes where the
    /// other occurs; of all else, those that occur in a unit. In the order of the outer axis, then of the inner one.
    pub(super) fn entries(
        outer: Entries,
        inner: Entries,
        study: &Study,
        people: &People<'_>,
        sources: &[Source<'_>],
    ) -> Entries {
        let mut pairs: Vec<(u32, u32)> = match (&outer.kind, &inner.kind) {
            (Kind::Codes(above), Kind::Codes(beneath)) => {
                let vocabulary = &study.vocabulary;
                let together = |one, other| {
                    vocabulary.is_within(one, other) || vocabulary.is_within(other, one)
                };
                let all = (0..).zip(&above.codes);
                all.flat_map(|(outer, above)| {
                    let inner = (0..).zip(&beneath.codes);
                    let within = inner.filter(move |(_, it)| together(**it, *above));
                    within.map(move |(inner, _)| (outer, inner))
                })
                .collect()
            }
            _ => occurring(&outer, &inner, people, sources),
        };
        pairs.sort_unstable();
        pairs.dedup();
        let head = |(one, other): &(u32, u32)| {
            let id = |of: &Entries, at: u32| of.ids.get(at as usize).cloned().unwrap_or_default();
            Head { outer: Some(id(&outer, *one)), id: id(&inner, *other) }.to_string()
        };
        let ids = pairs.iter().map(head).collect();
        let numbers = pairs.iter().copied().zip(0..).collect();
        Entries { ids, kind: Kind::Nested(Box::new(Self { outer, inner, pairs, numbers })) }
    }

    /// The entry of the outer axis, and that of the inner one.
    pub(super) fn head(&self, entry: usize) -> Option<Head> {
        let (outer, inner) = self.pairs.get(entry)?;
        let outer = Some(self.outer.ids.get(*outer as usize)?.clone());
        Some(Head { outer, id: self.inner.ids.get(*inner as usize)?.clone() })
    }

    pub(super) fn holds(&self, entry: usize, person: u32) -> bool {
        self.pairs.get(entry).is_some_and(|(outer, inner)| {
            self.outer.holds(*outer as usize, person) && self.inner.holds(*inner as usize, person)
        })
    }

    pub(super) fn members(&self, at: &At<'_>, members: &mut Vec<u32>) {
        let (mut outer, mut inner) = (Vec::new(), Vec::new());
        self.outer.members(at, &mut outer);
        self.inner.members(at, &mut inner);
        for pair in pairs(&self.outer, &outer, &self.inner, &inner, at) {
            members.extend(self.numbers.get(&pair));
        }
    }

    pub(super) fn strata_of(&self, at: &At<'_>, strata: &mut Vec<usize>) {
        let of = |entries: &Entries| {
            let (mut members, mut strata) = (Vec::new(), Vec::new());
            entries.members(at, &mut members);
            entries.strata_of(at, &members, &mut strata);
            strata
        };
        let inner = of(&self.inner);
        for one in of(&self.outer) {
            strata.extend(inner.iter().map(|other| one * self.inner.strata() + other));
        }
    }

    pub(super) fn strata_of_entry(&self, entry: usize) -> Vec<usize> {
        let Some((outer, inner)) = self.pairs.get(entry) else { return Vec::new() };
        let inner = self.inner.strata_of_entry(*inner as usize);
        let outer = self.outer.strata_of_entry(*outer as usize);
        let both = |one: usize| inner.iter().map(move |other| (one, *other));
        outer.into_iter().flat_map(both).map(|(one, it)| one * self.inner.strata() + it).collect()
    }
}

/// The pairs of entries of one unit; where both are people, of those that are one and the same person's.
fn pairs(
    outer: &Entries,
    of_outer: &[u32],
    inner: &Entries,
    of_inner: &[u32],
    at: &At<'_>,
) -> Vec<(u32, u32)> {
    let is_one = |one: u32, other: u32| {
        let both_people = outer.is_of_people() && inner.is_of_people();
        let holds =
            |person| outer.holds(one as usize, person) && inner.holds(other as usize, person);
        !both_people || at.speakers.iter().any(|it| holds(it.person))
    };
    let all = of_outer.iter().flat_map(|one| of_inner.iter().map(|other| (*one, *other)));
    all.filter(|(one, other)| is_one(*one, *other)).collect()
}

/// The pairs that occur in a unit; every code occurs wherever there is a unit.
fn occurring(
    outer: &Entries,
    inner: &Entries,
    people: &People<'_>,
    sources: &[Source<'_>],
) -> Vec<(u32, u32)> {
    let mut found = std::collections::BTreeSet::new();
    let mut speakers = Vec::new();
    for (source, of) in sources.iter().enumerate() {
        for &unit in &of.decisions.units {
            people.of_unit(unit, &mut speakers);
            let at = At { source, unit, decided: &[], speakers: &speakers };
            let members = |entries: &Entries| {
                let mut members = Vec::new();
                match &entries.kind {
                    Kind::Codes(codes) => {
                        members.extend(0..u32::try_from(codes.codes.len()).unwrap_or(u32::MAX));
                    }
                    _ => entries.members(&at, &mut members),
                }
                members
            };
            found.extend(pairs(outer, &members(outer), inner, &members(inner), &at));
        }
    }
    found.into_iter().collect()
}
