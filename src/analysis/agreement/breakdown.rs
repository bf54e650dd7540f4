//! Agreement part by part: units by who speaks in them, decisions by the codebook they were made under.

use std::collections::{BTreeMap, BTreeSet};

use super::compute::agreement_of_groups;
use super::{Agreement, Options};
use crate::analysis::study_codings::{Choice, codings};
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::Cell;
use crate::domain::comparison::Comparison;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// How far coders agree on the units in which each participant speaks; a unit counts once for everybody who does.
#[must_use]
pub fn by_participant(
    study: &Study,
    comparison: &Comparison,
    choice: &Choice,
    options: &Options,
) -> Agreement {
    let mut units_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, (_, unit)) in choice.scope.units(study, &comparison.open).enumerate() {
        for speaker in unit.speakers.iter().filter(|id| !study.has_withdrawn(id)) {
            units_of.entry(speaker.as_str()).or_default().push(place);
        }
    }
    let known = study.participants.iter().map(|person| person.id.as_str());
    let mut groups: Vec<(String, Vec<usize>)> =
        known.filter_map(|id| Some((id.to_owned(), units_of.remove(id)?))).collect();
    groups.extend(units_of.into_iter().map(|(id, units)| (id.to_owned(), units)));
    agreement_of_groups(&codings(study, comparison, choice), options, groups)
}

/// How far coders agree on what they decided under each version of the codebook; where they decided under
/// different ones, the versions joined by `; ` are a part of their own.
#[must_use]
pub fn by_codebook(
    study: &Study,
    comparison: &Comparison,
    choice: &Choice,
    options: &Options,
) -> Agreement {
    let units: Vec<UnitIndex> =
        choice.scope.units(study, &comparison.open).map(|(unit, _)| unit).collect();
    let dimensions = choice.scope.dimensions(study);
    let mut parts: BTreeMap<BTreeSet<u16>, Vec<(usize, DimensionIndex)>> = BTreeMap::new();
    for (place, unit) in units.iter().enumerate() {
        for dimension in &dimensions {
            let decided = comparison.cells(*unit, *dimension).filter(|it| it.answer.is_decided());
            let versions: BTreeSet<u16> = decided.map(|cell| cell.version).collect();
            if !versions.is_empty() {
                parts.entry(versions).or_default().push((place, *dimension));
            }
        }
    }
    let mut together = Agreement { coders: Vec::new(), groups: Vec::new() };
    for (versions, places) in parts {
        let inside: BTreeSet<(usize, DimensionIndex)> = places.into_iter().collect();
        let mut own = comparison.clone();
        for coding in &mut own.codings {
            for (place, unit) in units.iter().enumerate() {
                for dimension in &dimensions {
                    if !inside.contains(&(place, *dimension)) {
                        coding.set(*unit, *dimension, Cell::EMPTY);
                    }
                }
            }
        }
        let id = |version: &u16| study.versions.get(usize::from(*version));
        let ids: Vec<&str> = versions.iter().filter_map(id).map(|it| it.id.as_str()).collect();
        let places: BTreeSet<usize> = inside.iter().map(|(place, _)| *place).collect();
        let group = vec![(ids.join("; "), places.into_iter().collect())];
        let agreement = agreement_of_groups(&codings(study, &own, choice), options, group);
        together.coders = agreement.coders;
        together.groups.extend(agreement.groups);
    }
    together
}
