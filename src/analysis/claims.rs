//! What researchers claim, and which voices of which cases speak for it and against it.

use std::collections::BTreeSet;

use super::decisions::Decisions;
use super::picks::units_of;
use super::withdrawn::Withdrawn;
use crate::domain::answer::CodeIndex;
use crate::domain::claim::{Claim, Evidence};
use crate::domain::id::{CaseId, ParticipantId};
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// A claim with what speaks for it and against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// What is claimed.
    pub claim: String,
    /// What it is about: a code, a display, anything.
    pub about: String,
    /// What speaks for it.
    pub for_it: Side,
    /// What speaks against it; nothing where nobody has looked for that.
    pub against_it: Option<Side>,
    /// Whether one person alone speaks for it.
    pub one_voice: bool,
    /// The stretches that have changed since: no unit stands there now, or it was not given the code that the claim is about.
    pub changed: Vec<Locator>,
}

/// What speaks for or against a claim.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// The stretches, as they stand in the list.
    pub stretches: Vec<Locator>,
    /// Who speaks in them, in order of speaking.
    pub voices: Vec<ParticipantId>,
    /// Of which cases they are.
    pub cases: Vec<CaseId>,
}

/// The claims in the order of their file. Where it is known what was decided, units that were not given the code that a claim
/// is about count as changed.
#[must_use]
pub fn weigh(study: &Study, claims: &[Claim], decisions: Option<&Decisions<'_>>) -> Vec<Weighed> {
    let withdrawn = Withdrawn::of(study);
    let side = |stretches: &[Locator]| {
        let mut side = Side { stretches: stretches.to_vec(), ..Side::default() };
        for stretch in stretches {
            for id in withdrawn.heard(study, stretch) {
                if !side.voices.contains(&id) {
                    side.voices.push(id);
                }
            }
            let case = study.transcript(stretch.transcript()).map(|it| &it.case);
            side.cases.extend(case.filter(|it| !side.cases.contains(it)).cloned());
        }
        side
    };
    let weighed = |it: &Claim| {
        let for_it = side(&it.for_it);
        let against_it = match &it.against {
            Evidence::NotLookedFor => None,
            Evidence::Found(all) => Some(side(all)),
        };
        let code = study.find_code(it.about.trim_start_matches("code:")).ok();
        let mut changed: Vec<Locator> = Vec::new();
        let against = against_it.iter().flat_map(|it| &it.stretches);
        changed.extend(
            for_it.stretches.iter().chain(against).filter(|it| is_gone(study, it)).cloned(),
        );
        if let (Some(code), Some(decisions)) = (code, decisions) {
            let given = given(study, decisions, code);
            let lost = for_it.stretches.iter().filter(|it| !is_gone(study, it));
            changed.extend(lost.filter(|it| given.lost(study, it)).cloned());
        }
        Weighed {
            claim: it.claim.clone(),
            about: it.about.clone(),
            one_voice: for_it.voices.len() == 1,
            for_it,
            against_it,
            changed,
        }
    };
    claims.iter().map(weighed).collect()
}

/// Whether no unit of talk stands where a stretch was, or another text does.
fn is_gone(study: &Study, stretch: &Locator) -> bool {
    let stands = study.transcript(stretch.transcript()).and_then(|it| it.locate(stretch.span()));
    let was_unit = study.ever_unit(stretch).is_some_and(|unit| study.moved.is_changed(unit));
    stands.is_none() || was_unit || units_of(study, stretch).is_empty()
}

/// Units that were decided in the dimension of a code, and those given it.
struct Given {
    decided: BTreeSet<UnitIndex>,
    given: BTreeSet<UnitIndex>,
}

impl Given {
    /// Whether a stretch lies in units that were decided, and none of them was given the code.
    fn lost(&self, study: &Study, stretch: &Locator) -> bool {
        let units = units_of(study, stretch);
        !units.iter().any(|it| self.given.contains(it))
            && units.iter().any(|it| self.decided.contains(it))
    }
}

fn given(study: &Study, decisions: &Decisions<'_>, code: CodeIndex) -> Given {
    let vocabulary = &study.vocabulary;
    let (code, dimension) = (vocabulary.now(code), vocabulary.of(code).dimension);
    let place = decisions.dimensions.iter().position(|it| *it == dimension);
    let mut found = Given { decided: BTreeSet::new(), given: BTreeSet::new() };
    for (at, unit) in decisions.units.iter().enumerate() {
        let cell = place.and_then(|place| decisions.unit(at).get(place));
        let Some(cell) = cell.filter(|it| it.answer.is_decided()) else { continue };
        found.decided.insert(*unit);
        let mut codes = decisions.answers.codes(cell.answer).iter();
        if codes.any(|it| vocabulary.is_within(*it, code)) {
            found.given.insert(*unit);
        }
    }
    found
}
