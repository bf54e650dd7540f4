//! Entries of one axis within those of another: a pair has an entry where its two stand together.

use std::collections::HashMap;

use super::entries::{At, Entries, Kind};
use super::people::People;
use super::{Head, Source, TOTAL};
use crate::domain::answer::CodeIndex;
use crate::domain::study::Study;

/// Two axes, and the pairs of their entries.
pub(super) struct Nested {
    pub(super) outer: Entries,
    pub(super) inner: Entries,
    pairs: Vec<(u32, u32)>,
    numbers: HashMap<(u32, u32), u32>,
    /// Per stratum of the pairs, the outer entries whose subtotals it belongs to; nothing without subtotals.
    above: HashMap<usize, Vec<u32>>,
    subtotals: bool,
}

/// In place of an inner entry: all of them.
const ALL: u32 = u32::MAX;

impl Nested {
    /// The pairs: of codes within codes, where one lies beneath the other; of anything with codes, all codes where the
    /// other occurs; of all else, those that occur in a unit. In the order of the outer axis, then of the inner one, and
    /// behind these, with `subtotals`, all inner ones together.
    pub(super) fn entries(
        outer: Entries,
        inner: Entries,
        study: &Study,
        people: &People<'_>,
        sources: &[Source<'_>],
        subtotals: bool,
    ) -> Entries {
        let mut pairs: Vec<(u32, u32)> = match (&outer.kind, &inner.kind) {
            (Kind::Codes(_) | Kind::Concepts(_), Kind::Codes(_) | Kind::Concepts(_)) => {
                together(&outer, &inner, study)
            }
            _ => occurring(&outer, &inner, people, sources),
        };
        if subtotals {
            pairs.extend(pairs.clone().into_iter().map(|(outer, _)| (outer, ALL)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let head = |(one, other): &(u32, u32)| {
            let id = |of: &Entries, at: u32| of.ids.get(at as usize).cloned().unwrap_or_default();
            let inner = if *other == ALL { TOTAL.to_owned() } else { id(&inner, *other) };
            Head { outer: Some(id(&outer, *one)), id: inner }.to_string()
        };
        let ids = pairs.iter().map(head).collect();
        let numbers = pairs.iter().copied().zip(0..).collect();
        let mut nested = Self { outer, inner, pairs, numbers, above: HashMap::new(), subtotals };
        if subtotals {
            for (entry, (outer, inner)) in nested.pairs.iter().enumerate() {
                let strata = if *inner == ALL { Vec::new() } else { nested.strata_of_entry(entry) };
                for stratum in strata {
                    let above: &mut Vec<u32> = nested.above.entry(stratum).or_default();
                    if !above.contains(outer) {
                        above.push(*outer);
                    }
                }
            }
        }
        Entries { ids, kind: Kind::Nested(Box::new(nested)) }
    }

    /// The entry of the outer axis, and that of the inner one.
    pub(super) fn head(&self, entry: usize) -> Option<Head> {
        let (outer, inner) = self.pairs.get(entry)?;
        let outer = Some(self.outer.ids.get(*outer as usize)?.clone());
        if *inner == ALL {
            return Some(Head { outer, id: TOTAL.to_owned() });
        }
        Some(Head { outer, id: self.inner.ids.get(*inner as usize)?.clone() })
    }

    /// How many strata there are: those of the pairs, and one for each subtotal.
    pub(super) fn strata(&self) -> usize {
        let more = if self.subtotals { self.outer.ids.len() } else { 0 };
        self.of_pairs() + more
    }

    fn of_pairs(&self) -> usize {
        self.outer.strata() * self.inner.strata()
    }

    /// The codes for which an entry stands: those of the inner axis, or of the outer one where that is of codes alone.
    pub(super) fn codes(&self, entry: usize) -> &[CodeIndex] {
        let Some((outer, inner)) = self.pairs.get(entry) else { return &[] };
        let of_inner = self.inner.codes(*inner as usize);
        if of_inner.is_empty() { self.outer.codes(*outer as usize) } else { of_inner }
    }

    pub(super) fn stratum_holds(&self, stratum: usize, person: u32) -> bool {
        match stratum.checked_sub(self.of_pairs()) {
            Some(outer) => self.outer.holds(outer, person) && self.inner.holds_at_all(person),
            None => {
                let width = self.inner.strata().max(1);
                self.outer.stratum_holds(stratum / width, person)
                    && self.inner.stratum_holds(stratum % width, person)
            }
        }
    }

    /// The entries in which a unit would stand whatever it was given.
    pub(super) fn spoken(&self, at: &At<'_>, members: &mut Vec<u32>) {
        let (mut outer, mut inner) = (Vec::new(), Vec::new());
        self.outer.spoken(at, &mut outer);
        self.inner.spoken(at, &mut inner);
        self.number(&pairs(&self.outer, &outer, &self.inner, &inner, at), members);
    }

    /// Puts the entries of pairs into `members`, each once, and their subtotals.
    fn number(&self, pairs: &[(u32, u32)], members: &mut Vec<u32>) {
        for (outer, inner) in pairs {
            let Some(entry) = self.numbers.get(&(*outer, *inner)) else { continue };
            members.push(*entry);
            members.extend(self.numbers.get(&(*outer, ALL)));
        }
        if self.subtotals {
            members.sort_unstable();
            members.dedup();
        }
    }

    pub(super) fn holds(&self, entry: usize, person: u32) -> bool {
        self.pairs.get(entry).is_some_and(|(outer, inner)| {
            let in_inner = match *inner {
                ALL => self.inner.holds_at_all(person),
                inner => self.inner.holds(inner as usize, person),
            };
            self.outer.holds(*outer as usize, person) && in_inner
        })
    }

    pub(super) fn members(&self, at: &At<'_>, members: &mut Vec<u32>) {
        let (mut outer, mut inner) = (Vec::new(), Vec::new());
        self.outer.members(at, &mut outer);
        self.inner.members(at, &mut inner);
        self.number(&pairs(&self.outer, &outer, &self.inner, &inner, at), members);
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
        if self.subtotals {
            let above = strata.iter().filter_map(|it| self.above.get(it)).flatten();
            let mut above: Vec<usize> =
                above.map(|outer| self.of_pairs() + *outer as usize).collect();
            above.sort_unstable();
            above.dedup();
            strata.extend(above);
        }
    }

    pub(super) fn strata_of_entry(&self, entry: usize) -> Vec<usize> {
        let Some((outer, inner)) = self.pairs.get(entry) else { return Vec::new() };
        if *inner == ALL {
            return vec![self.of_pairs() + *outer as usize];
        }
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

/// The pairs of codes and concepts of which one lies beneath the other.
fn together(outer: &Entries, inner: &Entries, study: &Study) -> Vec<(u32, u32)> {
    let vocabulary = &study.vocabulary;
    let within = |one: CodeIndex, other: CodeIndex| {
        vocabulary.is_within(one, other) || vocabulary.is_within(other, one)
    };
    let near = |above: usize, beneath: usize| {
        let (above, beneath) = (outer.codes(above), inner.codes(beneath));
        beneath.iter().any(|it| above.iter().any(|other| within(*it, *other)))
    };
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let all = (0..outer.ids.len()).flat_map(|one| (0..inner.ids.len()).map(move |it| (one, it)));
    let pairs = all.filter(|(one, other)| near(*one, *other));
    pairs.map(|(one, other)| (number(one), number(other))).collect()
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
                entries.spoken(&at, &mut members);
                members
            };
            found.extend(pairs(outer, &members(outer), inner, &members(inner), &at));
        }
    }
    found.into_iter().collect()
}
