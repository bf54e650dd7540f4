//! Codes that meet in a unit, in a turn, or within some units of one another: how often, and how often they would if each were given as often and they had nothing to do
//! with one another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::decisions::Decisions;
use super::offered::with_ancestors;
use super::talk::turns;
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::codebook::Select;
use crate::domain::id::{CaseId, TranscriptId};
use crate::domain::locator::Span;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// Two codes and the units in which they meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// The code that stands first in the codebook.
    pub first: CodeIndex,
    /// The other one.
    pub second: CodeIndex,
    /// Units, or turns, decided in the dimensions of both.
    pub decided: u64,
    /// Of these, units or turns given both; within some units, units given one that have the other that near.
    pub both: u64,
    /// Of these, units or turns given the first.
    pub of_first: u64,
    /// Of these, units or turns given the second.
    pub of_second: u64,
    /// Those with both over those with either (Jaccard 1901); absent where there are none.
    pub jaccard: Option<f64>,
    /// What would be expected, summed within cases: units of the first × units of the second ÷ units decided. No test is
    /// made of it: units of one talk are not independent of one another. Absent for pairs that must meet (one lies beneath
    /// the other) or cannot (one dimension that takes one code a unit), and where they meet in turns or within units.
    pub expected: Option<f64>,
}

/// In what codes meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Within {
    /// In one unit.
    #[default]
    Unit,
    /// In the units of one turn.
    Turn,
    /// In two units of one transcript of which one is so many units after the other at the most.
    Units(u16),
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("unit"),
            Self::Turn => f.write_str("turn"),
            Self::Units(most) => most.fmt(f),
        }
    }
}

/// The text names nothing in which codes could meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWithin;

impl fmt::Display for UnknownWithin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("codes meet in a unit, in a turn, or within a number of units from 1 on")
    }
}

impl std::error::Error for UnknownWithin {}

impl FromStr for Within {
    type Err = UnknownWithin;

    fn from_str(text: &str) -> Result<Self, UnknownWithin> {
        match text {
            "unit" => Ok(Self::Unit),
            "turn" => Ok(Self::Turn),
            _ => match text.parse() {
                Ok(0) | Err(_) => Err(UnknownWithin),
                Ok(most) => Ok(Self::Units(most)),
            },
        }
    }
}

/// What is known of one case.
#[derive(Default)]
struct OfCase {
    /// Units decided in both dimensions.
    decided: BTreeMap<(DimensionIndex, DimensionIndex), u64>,
    /// Units given a code, of those decided in its dimension and in another.
    given: BTreeMap<(CodeIndex, DimensionIndex), u64>,
}

/// A unit or turn in which codes may meet.
#[derive(Default)]
struct Place {
    /// The dimensions in which it was decided.
    decided: BTreeSet<DimensionIndex>,
    /// The codes that it was given.
    own: BTreeSet<CodeIndex>,
    /// The codes that it, or a unit near enough, was given.
    near: BTreeSet<CodeIndex>,
}

/// Every two codes that meet anywhere (or, with `every`, all pairs), most often first, then as in the codebook. A code counts
/// where it or, unless `exact`, anything beneath it was given. Pairs that must meet are there with `every` alone.
#[must_use]
pub fn meetings(
    study: &Study,
    decisions: &Decisions<'_>,
    within: Within,
    exact: bool,
    every: bool,
) -> Vec<Meeting> {
    let vocabulary = &study.vocabulary;
    let mut cases: BTreeMap<&CaseId, OfCase> = BTreeMap::new();
    let (mut both, mut together) = (BTreeMap::new(), BTreeMap::new());
    for (case, place) in places(study, decisions, within, exact) {
        let case = cases.entry(case).or_default();
        for one in &place.decided {
            for other in place.decided.range(one..) {
                *case.decided.entry((*one, *other)).or_default() += 1;
            }
            for code in &place.own {
                *case.given.entry((*code, *one)).or_default() += 1;
            }
        }
        let mut met: BTreeSet<(CodeIndex, CodeIndex)> = BTreeSet::new();
        for one in &place.own {
            let others = place.near.iter().filter(|other| *other != one);
            met.extend(others.map(|other| (*one.min(other), *one.max(other))));
        }
        for pair in met {
            *both.entry(pair).or_default() += 1;
            if place.own.contains(&pair.0) && place.own.contains(&pair.1) {
                *together.entry(pair).or_default() += 1;
            }
        }
    }
    let codes: Vec<CodeIndex> = decisions
        .dimensions
        .iter()
        .flat_map(|dimension| vocabulary.codes_of(*dimension).map(|(code, _)| code))
        .collect();
    let mut all = Vec::new();
    for (at, first) in codes.iter().enumerate() {
        for second in codes.iter().skip(at + 1) {
            let pair = (*first.min(second), *first.max(second));
            let met = both.get(&pair).copied().unwrap_or(0);
            let can = can_meet(study, *first, *second, within);
            if every || (met > 0 && can) {
                let in_one = together.get(&pair).copied().unwrap_or(0);
                let meeting = meeting(study, (*first, *second), (met, in_one), &cases);
                let expected = meeting.expected.filter(|_| can && within == Within::Unit);
                all.push(Meeting { expected, ..meeting });
            }
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.both));
    all
}

/// The units or turns, each with its case, what it was given and what was given near it.
fn places<'a>(
    study: &'a Study,
    decisions: &Decisions<'_>,
    within: Within,
    exact: bool,
) -> Vec<(&'a CaseId, Place)> {
    let units = units(study, decisions, exact);
    match within {
        Within::Unit => {
            let alone = |(unit, place): (UnitIndex, Place)| {
                (study.case_of(unit), Place { near: place.own.clone(), ..place })
            };
            units.into_iter().map(alone).collect()
        }
        Within::Turn => turns_of(study, &units),
        Within::Units(most) => {
            let order: BTreeMap<UnitIndex, u32> =
                study.talk().map(|(unit, _)| unit).zip(0..).collect();
            let near = |at: usize| -> BTreeSet<CodeIndex> {
                let Some((unit, _)) = units.get(at) else { return BTreeSet::new() };
                let of = |it: &UnitIndex| order.get(it).copied().unwrap_or(0);
                let is_near = |other: &&(UnitIndex, Place)| {
                    of(&other.0).abs_diff(of(unit)) <= u32::from(most)
                        && study.transcript_of(other.0).id == study.transcript_of(*unit).id
                };
                let behind = units.iter().skip(at).take_while(is_near);
                let before = units.iter().take(at).rev().take_while(is_near);
                behind.chain(before).flat_map(|(_, it)| it.own.iter().copied()).collect()
            };
            let near: Vec<BTreeSet<CodeIndex>> = (0..units.len()).map(near).collect();
            let all = units.into_iter().zip(near);
            all.map(|((unit, it), near)| (study.case_of(unit), Place { near, ..it })).collect()
        }
    }
}

/// What each unit was given, with what lies above it unless `exact`; dimensions are no codes.
fn units(study: &Study, decisions: &Decisions<'_>, exact: bool) -> Vec<(UnitIndex, Place)> {
    let vocabulary = &study.vocabulary;
    let above = with_ancestors(vocabulary);
    let mut all = Vec::with_capacity(decisions.units.len());
    for (at, &unit) in decisions.units.iter().enumerate() {
        let mut place = Place::default();
        let cells = decisions.dimensions.iter().zip(decisions.unit(at));
        for (dimension, it) in cells.filter(|(_, it)| it.answer.is_decided()) {
            place.decided.insert(*dimension);
            for code in decisions.answers.codes(it.answer) {
                let path = above.get(usize::from(code.0)).map_or(&[][..], Vec::as_slice);
                let counted = if exact { path.get(..1).unwrap_or_default() } else { path };
                let is_code = |it: &&CodeIndex| vocabulary.of(**it).parent.is_some();
                place.own.extend(counted.iter().filter(is_code));
            }
        }
        all.push((unit, place));
    }
    all
}

/// The turns of those who count, each with what its units were given together.
fn turns_of<'a>(study: &'a Study, units: &[(UnitIndex, Place)]) -> Vec<(&'a CaseId, Place)> {
    let mut of_text: BTreeMap<&TranscriptId, Vec<(Span, &Place)>> = BTreeMap::new();
    for (unit, place) in units {
        if let Some(known) = study.unit_at(*unit) {
            let of = of_text.entry(known.locator.transcript()).or_default();
            of.push((known.locator.span(), place));
        }
    }
    let mut all = Vec::new();
    for transcript in &study.transcripts {
        let Some(here) = of_text.get(&transcript.id) else { continue };
        for turn in turns(transcript).iter().filter(|it| study.role(it.speaker).counts()) {
            let mut together = Place::default();
            let begin = here.partition_point(|(span, _)| span.last < turn.first);
            for (_, place) in here.iter().skip(begin).take_while(|it| it.0.first <= turn.last) {
                together.decided.extend(&place.decided);
                together.own.extend(&place.own);
            }
            let near = together.own.clone();
            all.push((&transcript.case, Place { near, ..together }));
        }
    }
    all
}

/// Whether two codes may meet without having to.
fn can_meet(study: &Study, first: CodeIndex, second: CodeIndex, within: Within) -> bool {
    let vocabulary = &study.vocabulary;
    let (one, other) = (vocabulary.of(first).dimension, vocabulary.of(second).dimension);
    let of = vocabulary.dimensions.get(usize::from(one.0));
    let excluded =
        within == Within::Unit && one == other && of.is_some_and(|it| it.select == Select::One);
    !excluded && !vocabulary.is_within(first, second) && !vocabulary.is_within(second, first)
}

#[allow(clippy::cast_precision_loss)] // a study has fewer units than 2^53
fn meeting(
    study: &Study,
    (first, second): (CodeIndex, CodeIndex),
    (both, in_one): (u64, u64),
    cases: &BTreeMap<&CaseId, OfCase>,
) -> Meeting {
    let dimension = |code| study.vocabulary.of(code).dimension;
    let (one, other) = (dimension(first), dimension(second));
    let pair = (one.min(other), one.max(other));
    let of = |case: &OfCase| {
        let given = |code, beside| case.given.get(&(code, beside)).copied().unwrap_or(0);
        (case.decided.get(&pair).copied().unwrap_or(0), given(first, other), given(second, one))
    };
    let mut all = Meeting {
        first,
        second,
        decided: 0,
        both,
        of_first: 0,
        of_second: 0,
        jaccard: None,
        expected: None,
    };
    let mut expected = 0.0;
    for (decided, of_first, of_second) in cases.values().map(of) {
        all.decided += decided;
        all.of_first += of_first;
        all.of_second += of_second;
        if decided > 0 {
            expected += of_first as f64 * of_second as f64 / decided as f64;
        }
    }
    all.expected = Some(expected);
    let either = (all.of_first + all.of_second).saturating_sub(in_one);
    all.jaccard = (either > 0).then(|| both as f64 / either as f64);
    all
}
