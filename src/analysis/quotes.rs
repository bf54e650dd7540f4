//! Quotations: the units that were given a code, in a dimension, by somebody.

use std::collections::BTreeMap;

use super::decisions::Decisions;
use crate::domain::answer::CodeIndex;
use crate::domain::id::ParticipantId;
use crate::domain::log::UnitIndex;
use crate::domain::participant::Quotable;
use crate::domain::study::Study;

/// Which units are looked for; cases and dimensions are those of the decisions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Only units given this code or anything beneath it.
    pub code: Option<CodeIndex>,
    /// Only units in which this person speaks.
    pub participant: Option<ParticipantId>,
}

/// A unit, and the codes for which it is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The unit.
    pub unit: UnitIndex,
    /// The codes it was given, of those looked for; in codebook order.
    pub codes: Vec<CodeIndex>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quotations {
    /// The units that may be quoted, in order of place.
    pub found: Vec<Quotation>,
    /// How many more there are in which somebody speaks who is not to be quoted.
    pub not_quoted: u64,
}

/// Units that were given what is looked for.
#[must_use]
pub fn quotations(study: &Study, decisions: &Decisions<'_>, wanted: &Wanted) -> Quotations {
    let mut quotations = Quotations::default();
    for (place, &unit) in decisions.units.iter().enumerate() {
        let Some(known) = study.unit_at(unit) else { continue };
        let speaks = |id: &ParticipantId| known.speakers.contains(id) && !study.has_withdrawn(id);
        if wanted.participant.as_ref().is_some_and(|id| !speaks(id)) {
            continue;
        }
        let given = decisions.unit(place).iter().flat_map(|it| decisions.answers.codes(it.answer));
        let is_wanted = |code: &&CodeIndex| {
            wanted.code.is_none_or(|above| study.vocabulary.is_within(**code, above))
        };
        let codes: Vec<CodeIndex> = given.filter(is_wanted).copied().collect();
        if codes.is_empty() {
            continue;
        }
        if may_be_quoted(study, unit) {
            quotations.found.push(Quotation { unit, codes });
        } else {
            quotations.not_quoted += 1;
        }
    }
    quotations
}

/// So many of some units, for a cell that cannot hold all: first those in which researchers picked a quotation themselves,
/// then one after the other from whom and from where least was taken, and of those the shortest with more than eight words,
/// then the shorter ones. In order of place.
#[must_use]
pub fn chosen(
    study: &Study,
    mut units: Vec<UnitIndex>,
    most: usize,
    is_picked: impl Fn(UnitIndex) -> bool,
) -> Vec<UnitIndex> {
    if units.len() <= most {
        return units;
    }
    let mut taken: Vec<UnitIndex> = Vec::new();
    let (mut of_case, mut of_person) = (BTreeMap::new(), BTreeMap::new());
    while taken.len() < most {
        let rank = |unit: &UnitIndex| {
            let known = study.unit_at(*unit);
            let speakers = known.map_or(&[][..], |it| it.speakers.as_slice());
            let heard = speakers.iter().filter_map(|it| of_person.get(it)).max();
            let words = known.map_or(0, |it| it.words);
            let seen: usize = of_case.get(study.case_of(*unit)).copied().unwrap_or(0);
            let heard: usize = heard.copied().unwrap_or(0);
            let short = words <= 8;
            let length = if short { u32::MAX - words } else { words };
            (!is_picked(*unit), heard, seen, short, length, *unit)
        };
        let Some(at) = (0..units.len()).min_by_key(|at| units.get(*at).map(rank)) else { break };
        let unit = units.remove(at);
        *of_case.entry(study.case_of(unit)).or_default() += 1;
        for speaker in study.unit_at(unit).into_iter().flat_map(|it| &it.speakers) {
            *of_person.entry(speaker).or_default() += 1;
        }
        taken.push(unit);
    }
    taken.sort_unstable();
    taken
}

/// Whether nobody who speaks in a unit has said that she is not to be quoted.
#[must_use]
pub fn may_be_quoted(study: &Study, unit: UnitIndex) -> bool {
    let Some(known) = study.unit_at(unit) else { return false };
    let no = |speaker: &ParticipantId| {
        let person = study.participant(speaker);
        // The words of who withdrew are not quoted anyway; those of the others may be.
        person.is_some_and(|it| it.quotes == Quotable::No) && !study.has_withdrawn(speaker)
    };
    !known.speakers.iter().any(no)
}
