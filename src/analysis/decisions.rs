//! Whose decisions are counted: what was settled, what was agreed, what one coder decided.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::offered::Offered;
use super::scope::Scope;
use crate::domain::answer::{AnswerIndex, Answers, CodeIndex, DimensionIndex};
use crate::domain::coding::{Cell, Coding};
use crate::domain::comparison::Comparison;
use crate::domain::consensus::{Outcome, Settlement, in_force};
use crate::domain::id::CaseId;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::study::Study;

/// Which decisions count, of those that were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// Consensus unless it was left open; else what all who decided agree on; else what one alone decided.
    #[default]
    Final,
    /// What two coders or more decided, all of them alike.
    Agreed,
    /// Every code that any coder gave.
    Any,
    /// What was settled in consensus, and nothing else.
    Consensus,
}

/// How a unit and dimension stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Settled together.
    Consensus,
    /// Two coders or more decided, all alike.
    Agreed,
    /// One coder alone decided.
    Single,
    /// Coders differ and have not settled it, or left it open.
    Unsettled,
    /// Nobody decided.
    Undecided,
}

/// How many units × dimensions stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Settled together.
    pub consensus: u64,
    /// Agreed by two coders or more.
    pub agreed: u64,
    /// Decided by one coder alone.
    pub single: u64,
    /// In dispute, or left open.
    pub unsettled: u64,
    /// Decided by nobody.
    pub undecided: u64,
    /// Those whose decision counts under the rule.
    pub counted: u64,
}

impl Tally {
    /// All units × dimensions.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.consensus + self.agreed + self.single + self.unsettled + self.undecided
    }
}

/// What counts for one unit in one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// The codes; undecided where nothing counts.
    pub answer: AnswerIndex,
    /// Which codes were asked for: a number of [`Decisions::offered`].
    pub offer: u16,
}

/// What counts, unit by unit and dimension by dimension.
#[derive(Debug, Clone)]
pub struct Decisions<'a> {
    /// The answers that [`Decided::answer`] means.
    pub answers: Cow<'a, Answers>,
    /// Which codes were asked for.
    pub offered: Offered,
    /// The units looked at, in order of place.
    pub units: Vec<UnitIndex>,
    /// The dimensions looked at, in codebook order.
    pub dimensions: Vec<DimensionIndex>,
    /// How everything stands.
    pub tally: Tally,
    cells: Vec<Decided>,
}

impl Decisions<'_> {
    /// What counts for the unit at a place in [`Decisions::units`], dimension by dimension.
    #[must_use]
    pub fn unit(&self, place: usize) -> &[Decided] {
        let width = self.dimensions.len();
        self.cells.get(place * width..(place + 1) * width).unwrap_or(&[])
    }
}

/// What counts of what several coders decided and settled.
#[must_use]
pub fn of_comparison<'a>(
    study: &'a Study,
    comparison: &Comparison,
    settlements: &[Settlement],
    rule: Rule,
    scope: &Scope,
) -> Decisions<'a> {
    let codings: Vec<&Coding> = comparison.codings.iter().collect();
    let settled = Settled::of(study, comparison, settlements);
    Builder::new(study, &comparison.open, scope, rule).fill(&codings, &settled)
}

/// What counts if one coder's decisions alone do.
#[must_use]
pub fn of_coder<'a>(
    study: &'a Study,
    coding: &Coding,
    open: &[CaseId],
    scope: &Scope,
) -> Decisions<'a> {
    Builder::new(study, open, scope, Rule::Final).fill(&[coding], &Settled::default())
}

/// The settlements in force, by unit and dimension.
#[derive(Default)]
struct Settled<'a> {
    /// By unit, dimension, then round.
    places: std::collections::BTreeMap<(UnitIndex, DimensionIndex, RoundIndex), &'a Settlement>,
    units: BTreeSet<UnitIndex>,
    round: Option<RoundIndex>,
}

impl<'a> Settled<'a> {
    fn of(study: &Study, comparison: &Comparison, settlements: &'a [Settlement]) -> Self {
        let places: std::collections::BTreeMap<_, _> = in_force(settlements)
            .into_iter()
            .map(|((round, unit, dimension), row)| ((unit, dimension, round), row))
            .collect();
        let units = places.keys().map(|(unit, ..)| *unit).collect();
        let round = comparison.round.as_ref().and_then(|round| study.round(round.as_str()));
        Self { places, units, round }
    }

    /// The latest settlement, unless the decisions in force are of a later round.
    fn get(
        &self,
        unit: UnitIndex,
        dimension: DimensionIndex,
        decided_in: Option<RoundIndex>,
    ) -> Option<&'a Settlement> {
        if !self.units.contains(&unit) {
            return None;
        }
        let first = self.round.or(decided_in).unwrap_or(RoundIndex(0));
        let last = self.round.unwrap_or(RoundIndex(u16::MAX));
        let range = (unit, dimension, first)..=(unit, dimension, last);
        self.places.range(range).next_back().map(|(_, settlement)| *settlement)
    }
}

/// Puts decisions together, place by place.
struct Builder<'a> {
    study: &'a Study,
    rule: Rule,
    answers: Cow<'a, Answers>,
    offered: Offered,
    units: Vec<UnitIndex>,
    dimensions: Vec<DimensionIndex>,
    cells: Vec<Decided>,
    tally: Tally,
}

impl<'a> Builder<'a> {
    fn new(study: &'a Study, open: &[CaseId], scope: &Scope, rule: Rule) -> Self {
        let units: Vec<UnitIndex> = scope.units(study, open).map(|(unit, _)| unit).collect();
        let dimensions = scope.dimensions(study);
        Self {
            study,
            rule,
            answers: Cow::Borrowed(&study.answers),
            offered: Offered::of(study),
            cells: Vec::with_capacity(units.len() * dimensions.len()),
            units,
            dimensions,
            tally: Tally::default(),
        }
    }

    /// Goes through all places.
    fn fill(mut self, codings: &[&Coding], settled: &Settled<'_>) -> Decisions<'a> {
        let dimensions = std::mem::take(&mut self.dimensions);
        let units = std::mem::take(&mut self.units);
        let mut rows: Vec<&[Cell]> = Vec::with_capacity(codings.len());
        let mut cells: Vec<Cell> = Vec::with_capacity(codings.len());
        for &unit in &units {
            let asked = self.study.is_anybodys(unit);
            rows.clear();
            rows.extend(codings.iter().map(|coding| coding.unit(unit)));
            for &dimension in &dimensions {
                cells.clear();
                let own = rows.iter().filter_map(|row| row.get(usize::from(dimension.0)));
                cells.extend(own.filter(|cell| cell.answer.is_decided()));
                let consensus = settled.get(unit, dimension, cells.first().map(|it| it.round));
                self.put(&cells, consensus, asked);
            }
        }
        Decisions {
            answers: self.answers,
            offered: self.offered,
            units,
            dimensions,
            tally: self.tally,
            cells: self.cells,
        }
    }

    /// Adds a place from the cells that were decided there, and from what was settled.
    fn put(&mut self, cells: &[Cell], consensus: Option<&Settlement>, asked: bool) {
        let standing = standing(cells, consensus);
        let first = cells.first().map_or(AnswerIndex::UNDECIDED, |cell| cell.answer);
        let answer = match (self.rule, standing) {
            (Rule::Final | Rule::Consensus, Standing::Consensus) => {
                consensus.map_or(AnswerIndex::UNDECIDED, |it| it.answer)
            }
            (Rule::Final, Standing::Agreed | Standing::Single) => first,
            // What was settled differently later had been agreed on all the same.
            (Rule::Agreed, _) if cells.len() > 1 && alike(cells) => first,
            (Rule::Any, _) if !cells.is_empty() => self.union(cells),
            _ => AnswerIndex::UNDECIDED,
        };
        let offer = match consensus.filter(|_| standing == Standing::Consensus) {
            _ if self.offered.len() < 2 => 0,
            Some(settlement) => self.offer_of(settlement),
            None => {
                let offers: Vec<u16> =
                    cells.iter().map(|cell| self.offered.of_version(cell.version)).collect();
                self.offered.common(offers)
            }
        };
        if asked || standing != Standing::Undecided {
            self.count(standing, answer);
        }
        self.cells.push(Decided { answer, offer });
    }

    fn count(&mut self, standing: Standing, answer: AnswerIndex) {
        *match standing {
            Standing::Consensus => &mut self.tally.consensus,
            Standing::Agreed => &mut self.tally.agreed,
            Standing::Single => &mut self.tally.single,
            Standing::Unsettled => &mut self.tally.unsettled,
            Standing::Undecided => &mut self.tally.undecided,
        } += 1;
        self.tally.counted += u64::from(answer.is_decided());
    }

    fn union(&mut self, cells: &[Cell]) -> AnswerIndex {
        let answer = cells.first().map_or(AnswerIndex::UNDECIDED, |cell| cell.answer);
        if alike(cells) {
            return answer;
        }
        let codes: Vec<CodeIndex> =
            cells.iter().flat_map(|cell| self.answers.codes(cell.answer)).copied().collect();
        self.answers.to_mut().number(codes)
    }

    /// What the version offered under which something was settled.
    fn offer_of(&self, settlement: &Settlement) -> u16 {
        let versions = &self.study.versions;
        let place = versions.iter().position(|version| version.id == settlement.codebook);
        let place = place.unwrap_or(versions.len().saturating_sub(1));
        self.offered.of_version(u16::try_from(place).unwrap_or(u16::MAX))
    }
}

fn standing(cells: &[Cell], consensus: Option<&Settlement>) -> Standing {
    match consensus.map(|settlement| &settlement.outcome) {
        Some(Some(Outcome::Open)) => return Standing::Unsettled,
        Some(_) => return Standing::Consensus,
        None => {}
    }
    match cells {
        [] => Standing::Undecided,
        [_] => Standing::Single,
        _ if alike(cells) => Standing::Agreed,
        _ => Standing::Unsettled,
    }
}

fn alike(cells: &[Cell]) -> bool {
    cells.windows(2).all(|pair| matches!(pair, [one, other] if one.answer == other.answer))
}
