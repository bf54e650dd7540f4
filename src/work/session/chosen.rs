//! Which units and dimensions a session of coding shows, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{CodeAsk, Only, Order};
use crate::analysis::reread::{Rereads, Why};
use crate::desk::coding::{Again, CodingDesk};
use crate::domain::answer::DimensionIndex;
use crate::domain::comparison::UnitAndDimension;
use crate::domain::failure::Failure;
use crate::domain::find::NotFound;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{Log, RoundIndex, UnitIndex};
use crate::domain::study::Study;
use crate::msg;
use crate::stats::random::Random;
use crate::store::Opened;

/// What a session asks for.
pub(super) struct Chosen {
    /// The units, in the order in which they are shown.
    pub(super) units: Vec<UnitIndex>,
    dimensions: BTreeSet<DimensionIndex>,
    /// Decisions that are asked for once more, where nothing else is.
    again: Option<BTreeMap<UnitAndDimension, Again>>,
}

impl Chosen {
    /// Chooses among the units that are a coder's to code.
    pub(super) fn of(
        opened: &Opened,
        coder: &CoderId,
        round: RoundIndex,
        mut units: Vec<UnitIndex>,
        ask: &CodeAsk,
    ) -> Result<Self, Failure> {
        let study = &opened.study;
        let all = || study.vocabulary.dimensions_in_force().map(|(index, _)| index).collect();
        let asked = ask.dimensions.iter().map(|name| study.find_dimension(name));
        let mut dimensions: BTreeSet<DimensionIndex> = asked.collect::<Result<_, NotFound>>()?;
        if dimensions.is_empty() {
            dimensions = all();
        }
        let is_asked = |(_, dimension): &UnitAndDimension| dimensions.contains(dimension);
        let mut again = match ask.only {
            Only::Changed => Some(changed(opened, coder, round, &units)),
            Only::Unsure => Some(unsure(opened, coder, round, &units)?),
            Only::All | Only::Uncoded => None,
        };
        if let Some(again) = &mut again {
            again.retain(|place, _| is_asked(place));
            units.retain(|unit| again.keys().any(|(again, _)| again == unit));
        }
        if ask.only == Only::Uncoded {
            let id = study.rounds.get(usize::from(round.0));
            let coding = opened.own(coder, id)?;
            let is_open = |unit: UnitIndex, dimension: &DimensionIndex| {
                !coding.cell(unit, *dimension).answer.is_decided()
            };
            units.retain(|unit| dimensions.iter().any(|it| is_open(*unit, it)));
        }
        if let Order::Random(seed) = ask.order {
            shuffle(&mut units, seed);
        }
        Ok(Self { units, dimensions, again })
    }

    /// The desk that asks for it.
    pub(super) fn desk<'a>(
        &self,
        study: &'a Study,
        log: &'a Log,
        round: RoundIndex,
    ) -> CodingDesk<'a> {
        let desk = CodingDesk::new(study, log, round, self.units.clone());
        let desk = desk.asking_for(&self.dimensions).in_order(&self.units);
        match &self.again {
            Some(again) => desk.reading_again(again.clone()),
            None => desk,
        }
    }
}

/// An order drawn with a seed, each equally likely (Durstenfeld 1964, Commun. ACM 7(7), p. 420).
fn shuffle(units: &mut [UnitIndex], seed: u64) {
    let mut random = Random::stream(seed, 0);
    for last in (1..units.len()).rev() {
        let other = usize::try_from(random.below(last as u64 + 1)).unwrap_or(last);
        units.swap(last, other);
    }
}

/// The decisions of which a coder is unsure in this round.
fn unsure(
    opened: &Opened,
    coder: &CoderId,
    round: RoundIndex,
    units: &[UnitIndex],
) -> Result<BTreeMap<UnitAndDimension, Again>, Failure> {
    let study = &opened.study;
    let coding = opened.own(coder, study.rounds.get(usize::from(round.0)))?;
    let mut unsure = BTreeMap::new();
    for &unit in units {
        for (dimension, _) in study.vocabulary.dimensions_in_force() {
            let cell = coding.cell(unit, dimension);
            if cell.unsure {
                let why = vec![msg!("code.again_unsure")];
                unsure.insert((unit, dimension), Again { cell, why, unsure: true });
            }
        }
    }
    Ok(unsure)
}

/// What a coder is to read again of these units: what she decided in this round, or, where she has not, in the last one
/// before it in which she did.
fn changed(
    opened: &Opened,
    coder: &CoderId,
    round: RoundIndex,
    units: &[UnitIndex],
) -> BTreeMap<UnitAndDimension, Again> {
    let study = &opened.study;
    let rereads = Rereads::of(study);
    let rounds = study.all_rounds().filter(|it| *it <= round).rev();
    let own = rounds.filter_map(|round| {
        let id = study.rounds.get(usize::from(round.0))?;
        opened.own(coder, Some(id)).ok()
    });
    let codings: Vec<_> = own.collect();
    let mut changed = BTreeMap::new();
    for &unit in units {
        for (dimension, _) in study.vocabulary.dimensions_in_force() {
            let cells = codings.iter().map(|coding| coding.cell(unit, dimension));
            let Some(cell) = cells.into_iter().find(|it| it.answer.is_decided()) else { continue };
            let why = rereads.why(cell.answer, cell.version, dimension);
            if !why.is_empty() {
                let why = why.iter().map(Why::said).collect();
                changed.insert((unit, dimension), Again { cell, why, unsure: false });
            }
        }
    }
    changed
}

/// Whether a changed codebook asks a coder to read anything again that she has not sealed in a round.
#[must_use]
pub fn reads_again(opened: &Opened, coder: &CoderId, round: RoundIndex) -> bool {
    let unsealed = units(opened, coder, round, &[]).map(|(units, _)| units);
    unsealed.is_ok_and(|units| !changed(opened, coder, round, &units).is_empty())
}

/// The units that a coder codes in a round, and the cases left out because they are sealed.
///
/// # Errors
/// There is no such case, nothing is hers to code, or all of it is sealed.
pub fn units(
    opened: &Opened,
    coder: &CoderId,
    round: RoundIndex,
    asked: &[String],
) -> Result<(Vec<UnitIndex>, Vec<CaseId>), Failure> {
    let study = &opened.study;
    let asked: Vec<&CaseId> =
        asked.iter().map(|name| Ok(&study.find_case(name)?.id)).collect::<Result<_, NotFound>>()?;
    let is_asked = |case: &CaseId| asked.is_empty() || asked.contains(&case);
    let mine: Vec<UnitIndex> = (study.talk())
        .map(|(unit, _)| unit)
        .filter(|unit| is_asked(study.case_of(*unit)))
        .filter(|unit| study.is_assigned(*unit, coder, round))
        .collect();
    opened.still_codes(coder)?;
    let is_hers = |(unit, _): (UnitIndex, _)| study.is_assigned(unit, coder, round);
    if mine.is_empty() && study.talk().next().is_some() && !study.talk().any(is_hers) {
        let of = study.rounds.get(usize::from(round.0)).map(ToString::to_string);
        let what = msg!("code.unassigned", coder = coder, round = of.unwrap_or_default());
        return Err(Failure::Refused(what, msg!("code.unassigned.fix", coder = coder)));
    }
    if mine.is_empty() {
        return Err(Failure::Refused(
            msg!("code.nothing", coder = coder),
            msg!("code.nothing.fix"),
        ));
    }
    // What two devices decided differently at once counts as undecided until it is decided again, sealed
    // or not; a seal does not count it before `seal --again`.
    let conflicts = opened.self_conflicts(coder)?;
    let contested = |unit| conflicts.iter().any(|it| it.round == round && it.unit == unit);
    let (sealed, open): (Vec<UnitIndex>, Vec<UnitIndex>) = mine
        .into_iter()
        .partition(|unit| opened.has_sealed(coder, *unit, round) && !contested(*unit));
    let sealed: BTreeSet<&CaseId> = sealed.iter().map(|unit| study.case_of(*unit)).collect();
    if let Some(case) = sealed.first().filter(|_| open.is_empty()) {
        return Err(Failure::Refused(
            msg!("code.sealed", case = case, coder = coder),
            msg!("code.sealed.fix"),
        ));
    }
    Ok((open, sealed.into_iter().cloned().collect()))
}
