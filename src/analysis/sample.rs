//! Who and what a study is made of: its cases with what was said in each, and how many people have which attribute.

use std::collections::{BTreeMap, BTreeSet};

use super::attribute::in_own_order;
use super::speech::speech;
use super::withdrawn::Withdrawn;
use crate::domain::case::Case;
use crate::domain::id::ParticipantId;
use crate::domain::participant::Participant;
use crate::domain::study::Study;
use crate::domain::unit::UnitKind;

/// A case with what the study holds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sampled<'a> {
    /// The case.
    pub case: &'a Case,
    /// How many transcripts it has.
    pub transcripts: u64,
    /// Their dates, as far as they are known.
    pub dates: Vec<&'a str>,
    /// How many people take part: who speaks there, and who is listed for it; no moderators, nobody who withdrew.
    pub participants: u64,
    /// How many units of talk it has.
    pub units: u64,
    /// How many words its participants say.
    pub words: u64,
}

/// Who takes part and is still in the study.
fn taking_part(study: &Study) -> impl Iterator<Item = &Participant> {
    let left = Withdrawn::of(study);
    study.participants.iter().filter(move |it| it.role.counts() && !left.has(&it.id))
}

/// The cases, in the order of their list.
#[must_use]
pub fn cases(study: &Study) -> Vec<Sampled<'_>> {
    let counting: BTreeSet<&ParticipantId> = taking_part(study).map(|it| &it.id).collect();
    let sampled = |case| sampled(study, &counting, case);
    study.cases.iter().map(sampled).collect()
}

fn sampled<'a>(
    study: &'a Study,
    counting: &BTreeSet<&ParticipantId>,
    case: &'a Case,
) -> Sampled<'a> {
    let texts = || study.transcripts.iter().filter(move |it| it.case == case.id);
    let spoken = speech(texts());
    let here = || spoken.iter().filter(|(id, _)| counting.contains(*id));
    let listed = taking_part(study).filter(|it| it.case.as_ref() == Some(&case.id));
    let people: BTreeSet<&ParticipantId> =
        here().map(|(id, _)| *id).chain(listed.map(|it| &it.id)).collect();
    let units = study.units_of_case(&case.id);
    let units = units.filter(|(_, unit)| unit.kind == UnitKind::Talk).count();
    Sampled {
        case,
        transcripts: texts().count() as u64,
        dates: texts().map(|it| it.date.trim()).filter(|it| !it.is_empty()).collect(),
        participants: people.len() as u64,
        units: units as u64,
        words: here().map(|(_, it)| it.words).sum(),
    }
}

/// How many people have which value of the attribute at a place, values in their own order; empty where nothing is known.
#[must_use]
pub fn values(study: &Study, attribute: usize) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for person in taking_part(study) {
        let value = person.attributes.get(attribute).map_or("", |it| it.trim());
        if !value.is_empty() && !order.iter().any(|it| it == value) {
            order.push(value.to_owned());
        }
        *counts.entry(value.to_owned()).or_default() += 1;
    }
    in_own_order(&mut order);
    order.push(String::new());
    order.into_iter().filter_map(|value| counts.remove_entry(&value)).collect()
}
