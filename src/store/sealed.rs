//! What the seals say, found out once for a study that was opened: every command asks it of every unit and every row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::load::Opened;
use super::seal_state::SealState;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::seal::Seal;

/// What was found out so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Sealed {
    handed: OnceLock<BTreeMap<CoderId, BTreeMap<RoundIndex, Handed>>>,
    states: OnceLock<BTreeMap<CoderId, SealState>>,
}

/// What a coder handed over in a round.
#[derive(Debug, Clone, Default)]
struct Handed {
    cases: BTreeSet<CaseId>,
    /// By place of the unit.
    units: Vec<bool>,
}

impl Handed {
    fn add(&mut self, opened: &Opened, seal: &Seal) {
        self.cases.extend(seal.scope.iter().cloned());
        let study = &opened.study;
        self.units.resize(study.units.len(), false);
        if let Some(covers) = &seal.covers {
            for unit in &covers.units {
                if let Some(here) = self.units.get_mut(unit.at()) {
                    *here = true;
                }
            }
            return;
        }
        let scope: BTreeSet<&CaseId> = seal.scope.iter().collect();
        for (unit, here) in (0..).map(UnitIndex).zip(&mut self.units) {
            let born = study.moved.born(unit);
            let is_meant = || scope.contains(study.case_of(unit));
            *here |= born.is_none_or(|born| seal.at > born) && is_meant();
        }
    }
}

impl Opened {
    fn handed(&self, coder: &CoderId, round: RoundIndex) -> Option<&Handed> {
        let all = self.sealed.handed.get_or_init(|| {
            let mut all: BTreeMap<CoderId, BTreeMap<RoundIndex, Handed>> = BTreeMap::new();
            for seal in &self.seals {
                let Some(round) = self.study.round(seal.round.as_str()) else { continue };
                let own = all.entry(seal.coder.clone()).or_default();
                own.entry(round).or_default().add(self, seal);
            }
            all
        });
        all.get(coder)?.get(&round)
    }

    /// Whether a coder has sealed a case in a round.
    #[must_use]
    pub fn is_sealed(&self, coder: &CoderId, case: &CaseId, round: RoundIndex) -> bool {
        self.handed(coder, round).is_some_and(|it| it.cases.contains(case))
    }

    /// Whether a coder has sealed a unit in a round: one of her seals lists it. A seal of before, which lists nothing, is of
    /// every unit of its cases but those that came into being later.
    #[must_use]
    pub fn has_sealed(&self, coder: &CoderId, unit: UnitIndex, round: RoundIndex) -> bool {
        self.handed(coder, round).is_some_and(|it| it.units.get(unit.at()) == Some(&true))
    }

    /// How a coder's log stands against her seals: what counts, what came late, what is broken.
    #[must_use]
    pub fn seal_state(&self, coder: &CoderId) -> &SealState {
        static NONE: SealState = SealState::NONE;
        let of = |coder: &CoderId| (coder.clone(), self.stand(coder));
        let all = self.sealed.states.get_or_init(|| self.logs.keys().map(of).collect());
        all.get(coder).unwrap_or(&NONE)
    }
}
