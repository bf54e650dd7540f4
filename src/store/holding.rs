//! Which decisions hold, of those that the gate lets through.
//!
//! Per unit and dimension the latest round holds in which somebody was asked and all who were have decided; where there
//! is none, the latest in which anybody decided; an empty round never holds. For agreement on independence the same is
//! done with what was decided before the answers of others were open to its coder.

use std::collections::{BTreeMap, BTreeSet};

use super::gate::Gate;
use super::load::Opened;
use crate::domain::answer::{AnswerIndex, DimensionIndex};
use crate::domain::coding::{Cell, Coding, InForce};
use crate::domain::comparison::{Stage, UnitAndDimension};
use crate::domain::consensus::in_force;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{LogRow, RoundIndex, UnitIndex};

/// What holds; see the fields of the same names in [`crate::domain::comparison::Comparison`].
pub(super) struct Held {
    pub(super) codings: Vec<Coding>,
    pub(super) superseded: BTreeSet<UnitAndDimension>,
    pub(super) unfinished: BTreeMap<UnitAndDimension, Vec<CoderId>>,
    pub(super) later: BTreeMap<CoderId, Vec<UnitAndDimension>>,
    pub(super) late: BTreeMap<CoderId, Vec<UnitAndDimension>>,
    pub(super) open_to: BTreeMap<CoderId, Vec<UnitAndDimension>>,
}

impl Opened {
    /// What holds in the rounds that these gates let through, latest round first.
    pub(super) fn held(&self, gates: &[Gate], stage: Stage, also: &BTreeSet<CoderId>) -> Held {
        let coders = self.study.settings.coders.iter().map(|coder| &coder.id);
        let coders: Vec<&CoderId> =
            coders.filter(|it| self.study.counts(it) || also.contains(*it)).collect();
        let tables = Tables::of(self, &coders, stage);
        let settled = self.settled_in(gates);
        let mut held = Held {
            codings: coders.iter().map(|coder| self.empty(coder)).collect(),
            superseded: BTreeSet::new(),
            unfinished: BTreeMap::new(),
            later: BTreeMap::new(),
            late: self.late_rows(gates, &coders, &tables.counts),
            open_to: BTreeMap::new(),
        };
        let mut here = BTreeSet::new();
        // Mostly the units of a case are asked and sealed alike, and one answer is that for all.
        let mut known: Option<(Alike<'_>, Vec<Pass>)> = None;
        for (unit, _) in self.study.ever_talk() {
            let alike = self.alike(unit, gates, &coders);
            if known.as_ref().is_none_or(|(other, _)| *other != alike) {
                let passes = self.passes(unit, gates, &coders);
                here.extend(passes.iter().flat_map(Pass::all));
                known = Some((alike, passes));
            }
            let Some((_, passes)) = known.as_ref().filter(|(_, it)| !it.is_empty()) else {
                continue;
            };
            for (dimension, _) in self.study.vocabulary.dimensions_in_force() {
                let place = (unit, dimension);
                let later = tables.later(passes, place);
                if let (Some(pass), Stage::Independent) = (later, stage) {
                    let after = |coder: &&usize| tables.is_after(**coder, pass.round, place);
                    for coder in pass.coders.iter().filter(after).filter_map(|it| coders.get(*it)) {
                        held.later.entry((*coder).clone()).or_default().push(place);
                    }
                }
                let cell = |coder, round| tables.cell(coder, round, place);
                let pass = match stage {
                    Stage::After => later,
                    Stage::All | Stage::Independent => {
                        holding(passes, |coder, round| cell(coder, round).answer.is_decided())
                    }
                };
                let Some(pass) = pass else { continue };
                held.put(place, pass, &coders, |coder| cell(coder, pass.round));
                if !tables.open.is_empty() {
                    self.note_open(&mut held, &tables, pass, place, &coders);
                }
                // What nobody asked her for is no part of it.
                let answer = |coder: usize, round: RoundIndex| match coders.get(coder) {
                    Some(id) if self.is_asked(id, unit, round) => cell(coder, round).answer,
                    _ => AnswerIndex::UNDECIDED,
                };
                let before = settled.get(&place).filter(|it| **it < pass.round);
                if before.is_some_and(|it| decided_anew(coders.len(), *it, pass.round, answer)) {
                    held.superseded.insert(place);
                }
            }
        }
        // Whoever is asked for nothing here is no column of it.
        let all = std::mem::take(&mut held.codings).into_iter().enumerate();
        held.codings = all.filter(|(at, _)| here.contains(at)).map(|(_, coding)| coding).collect();
        held
    }

    /// Notes who is measured only or came late, and decided a place while the answers of others were open to her.
    fn note_open(
        &self,
        held: &mut Held,
        tables: &Tables<'_>,
        pass: &Pass,
        place: UnitAndDimension,
        coders: &[&CoderId],
    ) {
        let case = self.study.case_of(place.0);
        for &at in pass.coders.iter().chain(&pass.measured) {
            let Some(coder) = coders.get(at) else { continue };
            let is_said = !self.study.counts(coder) || self.study.is_late(coder, case, pass.round);
            if is_said && tables.was_open(at, tables.cell(at, pass.round, place)) {
                held.open_to.entry((*coder).clone()).or_default().push(place);
            }
        }
    }

    /// Where rows of open cases came after their coder's seal.
    fn late_rows(
        &self,
        gates: &[Gate],
        coders: &[&CoderId],
        counts: &[&[bool]],
    ) -> BTreeMap<CoderId, Vec<UnitAndDimension>> {
        let is_open = |row: &LogRow| {
            let case = self.study.case_of(row.unit);
            gates.iter().any(|gate| gate.round == row.round && gate.open.contains(case))
        };
        let of_coder = |(coder, counts): (&&CoderId, &&[bool])| {
            let rows = self.logs.get(*coder)?.rows.iter().zip(*counts);
            let late = rows.filter(|(row, counts)| !**counts && is_open(row));
            let places = late.map(|(row, _)| (row.unit, row.dimension)).collect();
            Some(((*coder).clone(), places))
        };
        coders.iter().zip(counts).filter_map(of_coder).collect()
    }

    /// What [`Opened::passes`] depends on.
    fn alike(&self, unit: UnitIndex, gates: &[Gate], coders: &[&CoderId]) -> Alike<'_> {
        let of = |gate: &Gate| {
            let of_coder = |coder: &&CoderId| {
                let is_assigned = self.study.is_assigned(unit, coder, gate.round);
                (is_assigned, self.has_sealed(coder, unit, gate.round))
            };
            coders.iter().map(of_coder).collect::<Vec<_>>()
        };
        (self.study.case_of(unit), gates.iter().flat_map(of).collect())
    }

    /// The rounds in which a unit may be compared, and who is asked to code it in each.
    fn passes(&self, unit: UnitIndex, gates: &[Gate], coders: &[&CoderId]) -> Vec<Pass> {
        let case = self.study.case_of(unit);
        let asked = |round: RoundIndex, counting: bool| -> Vec<usize> {
            let is_asked = |coder: &CoderId| {
                self.study.counts(coder) == counting
                    && self.takes_part(coder, unit, round)
                    && (counting || self.is_sealed(coder, case, round))
            };
            let all = (0..).zip(coders).filter(|(_, coder)| is_asked(coder));
            all.map(|(place, _)| place).collect()
        };
        let pass = |gate: &Gate| Pass {
            round: gate.round,
            coders: asked(gate.round, true),
            measured: asked(gate.round, false),
        };
        gates
            .iter()
            .filter(|gate| gate.open.contains(case))
            .filter(|gate| gate.unblinded || self.is_open(unit, gate))
            .map(pass)
            .collect()
    }

    /// The last round in which something was settled, by unit and dimension; where there is more than one.
    fn settled_in(&self, gates: &[Gate]) -> BTreeMap<UnitAndDimension, RoundIndex> {
        if gates.len() < 2 {
            return BTreeMap::new(); // nothing can have been settled in a round before the one that is looked at
        }
        let asked = |round: RoundIndex| gates.iter().any(|gate| gate.round == round);
        let settled = in_force(&self.settlements).into_keys().filter(|(round, ..)| asked(*round));
        // In order of rounds, so that the last one stays.
        settled.map(|(round, unit, dimension)| ((unit, dimension), round)).collect()
    }
}

impl Held {
    /// What the coders of a round decided in one place.
    fn put(
        &mut self,
        (unit, dimension): (UnitIndex, DimensionIndex),
        pass: &Pass,
        coders: &[&CoderId],
        cell: impl Fn(usize) -> Cell,
    ) {
        let mut missing = Vec::new();
        for &coder in &pass.measured {
            if let Some(coding) = self.codings.get_mut(coder) {
                coding.set(unit, dimension, cell(coder));
            }
        }
        for &coder in &pass.coders {
            let cell = cell(coder);
            if !cell.answer.is_decided() {
                missing.extend(coders.get(coder).map(|id| (*id).clone()));
            }
            if let Some(coding) = self.codings.get_mut(coder) {
                coding.set(unit, dimension, cell);
            }
        }
        if !missing.is_empty() {
            self.unfinished.insert((unit, dimension), missing);
        }
    }
}

/// What every coder decided, round by round.
struct Tables<'a> {
    /// All that counts.
    all: Vec<InForce>,
    /// The same without what was decided after; absent where nothing was, or where it is not asked for.
    independent: Option<Vec<InForce>>,
    /// Per coder and row of her log, whether it counts: what came after a seal does not.
    counts: Vec<&'a [bool]>,
    /// Per coder and row of her log, whether it was decided after, of those who count; empty where nothing was.
    after: Vec<Vec<bool>>,
    /// The same of everybody, where somebody is compared who is measured only or came late.
    open: Vec<Vec<bool>>,
}

impl<'a> Tables<'a> {
    fn of(opened: &'a Opened, coders: &[&CoderId], stage: Stage) -> Self {
        let counts: Vec<&[bool]> =
            coders.iter().map(|coder| opened.seal_state(coder).counts.as_slice()).collect();
        let study = &opened.study;
        let watched = coders.iter().any(|it| !study.counts(it) || study.is_ever_late(it));
        let open = match stage {
            Stage::All if !watched => Vec::new(),
            _ => opened.decided_after(coders),
        };
        // Whoever is measured only is no measure of independence: of her it is said, and nothing is left out.
        let mut after: Vec<Vec<bool>> = Vec::new();
        if stage != Stage::All {
            let of = |(coder, rows): (&&CoderId, &Vec<bool>)| match study.counts(coder) {
                true => rows.clone(),
                false => Vec::new(),
            };
            after = coders.iter().zip(&open).map(of).collect();
        }
        if !after.iter().flatten().any(|it| *it) {
            after.clear();
        }
        let fold = |without_after: bool| -> Vec<InForce> {
            let flag = |list: Option<&[bool]>, row: u32, missing: bool| {
                list.and_then(|rows| rows.get(row as usize)).copied().unwrap_or(missing)
            };
            let of_coder = |(place, coder): (usize, &&CoderId)| {
                let log = opened.logs.get(*coder)?;
                let (counts, after) =
                    (counts.get(place).copied(), after.get(place).map(Vec::as_slice));
                let keep = |row: u32| {
                    flag(counts, row, true) && !(without_after && flag(after, row, false))
                };
                Some(opened.fold(log, |row, _| keep(row)))
            };
            coders.iter().enumerate().map(|it| of_coder(it).unwrap_or_default()).collect()
        };
        let independent = (stage == Stage::Independent && !after.is_empty()).then(|| fold(true));
        let all = fold(false);
        Self { all, independent, counts, after, open: if watched { open } else { Vec::new() } }
    }

    /// Whether a decision was made while the answers of others were open.
    fn was_open(&self, coder: usize, cell: Cell) -> bool {
        let rows = self.open.get(coder);
        cell.answer.is_decided()
            && rows.and_then(|rows| rows.get(cell.row as usize)).copied().unwrap_or(false)
    }

    /// The decision that is looked at.
    fn cell(&self, coder: usize, round: RoundIndex, place: UnitAndDimension) -> Cell {
        Self::of_table(self.independent.as_ref().unwrap_or(&self.all), coder, round, place)
    }

    fn of_table(
        tables: &[InForce],
        coder: usize,
        round: RoundIndex,
        (unit, dimension): UnitAndDimension,
    ) -> Cell {
        let table = tables.get(coder).and_then(|it| it.rounds.get(&round));
        table.map_or(Cell::EMPTY, |table| table.cell(unit, dimension))
    }

    /// Whether the decision that counts was made after others' answers were open.
    fn is_after(&self, coder: usize, round: RoundIndex, place: UnitAndDimension) -> bool {
        let Some(after) = self.after.get(coder) else { return false };
        let cell = Self::of_table(&self.all, coder, round, place);
        cell.answer.is_decided() && after.get(cell.row as usize).copied().unwrap_or(false)
    }

    /// The latest round in which anybody decided after.
    fn later<'b>(&self, passes: &'b [Pass], place: UnitAndDimension) -> Option<&'b Pass> {
        if self.after.is_empty() {
            return None;
        }
        passes
            .iter()
            .find(|pass| pass.coders.iter().any(|coder| self.is_after(*coder, pass.round, place)))
    }
}

/// The case of a unit, and for each round and coder whether it is assigned and sealed.
type Alike<'a> = (&'a CaseId, Vec<(bool, bool)>);

/// A round in which a unit may be compared.
struct Pass {
    round: RoundIndex,
    /// Who counts and is asked to code the unit in it, by their place in the list of coders.
    coders: Vec<usize>,
    /// Who is measured only, and has sealed the unit's case in it.
    measured: Vec<usize>,
}

impl Pass {
    /// Everybody who is in it.
    fn all(&self) -> impl Iterator<Item = usize> {
        self.coders.iter().chain(&self.measured).copied()
    }
}

/// The pass that holds, of those of a unit, latest first.
fn holding(passes: &[Pass], is_decided: impl Fn(usize, RoundIndex) -> bool) -> Option<&Pass> {
    let decided = |pass: &Pass, coder: &usize| is_decided(*coder, pass.round);
    let by_all = |pass: &&Pass| {
        !pass.coders.is_empty() && pass.coders.iter().all(|coder| decided(pass, coder))
    };
    let by_any = |pass: &&Pass| pass.coders.iter().any(|coder| decided(pass, coder));
    passes.iter().find(by_all).or_else(|| passes.iter().find(by_any))
}

/// Whether all whose decisions were settled in one round have decided anew in a later one: a settlement holds for the
/// decisions that it settled, also where the same were given again.
fn decided_anew(
    coders: usize,
    settled: RoundIndex,
    later: RoundIndex,
    answer: impl Fn(usize, RoundIndex) -> AnswerIndex,
) -> bool {
    let its_coders = || (0..coders).filter(|coder| answer(*coder, settled).is_decided());
    let anew: Vec<AnswerIndex> = its_coders().map(|coder| answer(coder, later)).collect();
    let one_answer = anew.windows(2).all(|pair| pair.first() == pair.last());
    let the_same = || its_coders().all(|coder| answer(coder, settled) == answer(coder, later));
    !anew.is_empty() && anew.iter().all(|it| it.is_decided()) && (one_answer || !the_same())
}
