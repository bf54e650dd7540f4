//! Whose decisions are counted: what was settled, what was agreed, what one coder decided.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::offered::Offered;
use super::scope::Scope;
use crate::domain::answer::{AnswerIndex, Answers, CodeIndex, DimensionIndex};
use crate::domain::coding::{Cell, Coding};
use crate::domain::comparison::{Codes, Comparison, UnitAndDimension};
use crate::domain::consensus::{Outcome, Settlement, in_force};
use crate::domain::event::Purpose;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::study::Study;

/// Which decisions count, of those that were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// Consensus unless it was left open; else what all who were asked agree on; else what the only one who was asked
    /// decided.
    #[default]
    Final,
    /// What two coders or more were asked and decided, all of them alike.
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
    /// Two coders or more were asked and decided, all alike.
    Agreed,
    /// One coder alone was asked, and decided: checked by nobody.
    Single,
    /// Coders differ and have not settled it, or left it open.
    Unsettled,
    /// Somebody decided, and others who were asked have not.
    Waiting,
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
    /// In dispute, left open, or decided by some only of those who were asked.
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

/// Why units × dimensions stand as they do; what is 0 is not said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reasons {
    /// Of those unsettled, how many wait for whom; one may wait for several.
    pub waiting: BTreeMap<CoderId, u64>,
    /// Settled once, and holding no more because all decided anew.
    pub superseded: u64,
    /// Of these, how many are listed for reopening: the new answers differ.
    pub reopened: u64,
    /// Counted with a code that the codebook has no more.
    pub gone: u64,
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
    /// What is behind it.
    pub reasons: Reasons,
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
    Builder::new(study, &comparison.open, scope, rule, comparison.codes).fill(&codings, &settled)
}

/// What counts if one coder's decisions alone do; where codes that were merged count as what they became, the coding says
/// so already.
#[must_use]
pub fn of_coder<'a>(
    study: &'a Study,
    coding: &Coding,
    open: &[CaseId],
    scope: &Scope,
    codes: Codes,
) -> Decisions<'a> {
    Builder::new(study, open, scope, Rule::Final, codes).fill(&[coding], &Settled::default())
}

/// The units of talk without what anybody decided, for questions about the talk itself.
#[must_use]
pub fn of_talk<'a>(study: &'a Study, scope: &Scope) -> Decisions<'a> {
    let all: Vec<CaseId> = study.cases.iter().map(|it| it.id.clone()).collect();
    Builder::new(study, &all, scope, Rule::Final, Codes::Current).fill(&[], &Settled::default())
}

/// The settlements that hold where decisions were compared, left open ones too: of each place the latest, unless all whose
/// decisions it settled have decided anew.
#[must_use]
pub fn settlements_that_hold<'a>(
    study: &Study,
    comparison: &'a Comparison,
    settlements: &'a [Settlement],
) -> BTreeMap<UnitAndDimension, &'a Settlement> {
    Settled::of(study, comparison, settlements).places
}

/// The settlements that hold, by unit and dimension.
#[derive(Default)]
struct Settled<'a> {
    places: BTreeMap<UnitAndDimension, &'a Settlement>,
    /// Where it is said what was superseded and who is waited for.
    comparison: Option<&'a Comparison>,
}

impl<'a> Settled<'a> {
    /// The latest of each place, of the round asked for, else of those that count; none where all have decided anew since.
    fn of(study: &Study, comparison: &'a Comparison, settlements: &'a [Settlement]) -> Self {
        let asked = comparison.round.as_ref().and_then(|round| study.round(round.as_str()));
        let is_asked = |round: RoundIndex| match asked {
            Some(asked) => asked == round,
            None => study.purpose(round) == Purpose::Code,
        };
        let places = in_force(settlements)
            .into_iter()
            .filter(|((round, ..), _)| is_asked(*round))
            .map(|((_, unit, dimension), row)| ((unit, dimension), row))
            .filter(|(place, _)| !comparison.superseded.contains(place))
            .collect();
        Self { places, comparison: Some(comparison) }
    }

    /// Who was asked and has not decided, where others have.
    fn unfinished(&self, place: UnitAndDimension) -> &'a [CoderId] {
        let of = self.comparison.and_then(|it| it.unfinished.get(&place));
        of.map_or(&[], Vec::as_slice)
    }

    fn is_superseded(&self, place: UnitAndDimension) -> bool {
        self.comparison.is_some_and(|it| it.superseded.contains(&place))
    }

    /// What was settled on a unit, dimension by dimension.
    fn on(&self, unit: UnitIndex) -> impl Iterator<Item = (DimensionIndex, &'a Settlement)> {
        let places = (unit, DimensionIndex(0))..=(unit, DimensionIndex(u16::MAX));
        self.places.range(places).map(|((_, dimension), row)| (*dimension, *row))
    }
}

/// Puts decisions together, place by place.
struct Builder<'a> {
    study: &'a Study,
    rule: Rule,
    codes: Codes,
    answers: Cow<'a, Answers>,
    offered: Offered,
    units: Vec<UnitIndex>,
    dimensions: Vec<DimensionIndex>,
    cells: Vec<Decided>,
    tally: Tally,
    reasons: Reasons,
    /// How often each answer counts, by its number.
    counted: Vec<u64>,
}

impl<'a> Builder<'a> {
    fn new(study: &'a Study, open: &[CaseId], scope: &Scope, rule: Rule, codes: Codes) -> Self {
        let units: Vec<UnitIndex> = scope.units(study, open).map(|(unit, _)| unit).collect();
        let dimensions = scope.dimensions(study);
        Self {
            study,
            rule,
            codes,
            answers: Cow::Borrowed(&study.answers),
            offered: Offered::of(study, codes),
            cells: Vec::with_capacity(units.len() * dimensions.len()),
            units,
            dimensions,
            tally: Tally::default(),
            reasons: Reasons::default(),
            counted: Vec::new(),
        }
    }

    /// Goes through all places.
    fn fill(mut self, codings: &[&Coding], settled: &Settled<'_>) -> Decisions<'a> {
        let dimensions = std::mem::take(&mut self.dimensions);
        let units = std::mem::take(&mut self.units);
        let mut rows: Vec<&[Cell]> = Vec::with_capacity(codings.len());
        let mut cells: Vec<Cell> = Vec::with_capacity(codings.len());
        let mut settled_here = Vec::with_capacity(dimensions.len());
        for &unit in &units {
            settled_here.clear();
            settled_here.extend(settled.on(unit));
            let asked = self.study.is_anybodys(unit);
            rows.clear();
            rows.extend(codings.iter().map(|coding| coding.unit(unit)));
            for &dimension in &dimensions {
                cells.clear();
                let own = rows.iter().filter_map(|row| row.get(usize::from(dimension.0)));
                cells.extend(own.filter(|cell| cell.answer.is_decided()));
                let consensus = settled_here.iter().find(|(of, _)| *of == dimension);
                let consensus = consensus.map(|(_, row)| *row);
                let unfinished = settled.unfinished((unit, dimension));
                let standing = self.put(&cells, consensus, unfinished, asked);
                if settled.is_superseded((unit, dimension)) {
                    self.reasons.superseded += 1;
                    self.reasons.reopened += u64::from(standing == Standing::Unsettled);
                }
            }
        }
        let counted = (0..).map(AnswerIndex).zip(&self.counted);
        let gone = counted.filter(|(answer, _)| self.is_gone(*answer)).map(|(_, count)| count);
        self.reasons.gone = gone.sum();
        Decisions {
            answers: self.answers,
            offered: self.offered,
            units,
            dimensions,
            tally: self.tally,
            reasons: self.reasons,
            cells: self.cells,
        }
    }

    /// Adds a place from the cells that were decided there, from what was settled, and from who has not decided.
    fn put(
        &mut self,
        cells: &[Cell],
        consensus: Option<&Settlement>,
        unfinished: &[CoderId],
        asked: bool,
    ) -> Standing {
        let standing = standing(cells, consensus, unfinished);
        let first = cells.first().map_or(AnswerIndex::UNDECIDED, |cell| cell.answer);
        let answer = match (self.rule, standing) {
            (Rule::Final | Rule::Consensus, Standing::Consensus) => {
                consensus.map_or(AnswerIndex::UNDECIDED, |it| self.counted(it.answer))
            }
            (Rule::Final, Standing::Agreed | Standing::Single) => first,
            // What was settled differently later had been agreed on all the same.
            (Rule::Agreed, _) if cells.len() > 1 && unfinished.is_empty() && alike(cells) => first,
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
        if standing == Standing::Waiting {
            for coder in unfinished {
                *self.reasons.waiting.entry(coder.clone()).or_default() += 1;
            }
        }
        let number = answer.0 as usize;
        if self.counted.len() <= number {
            self.counted.resize(number + 1, 0); // of what several gave together there are more and more
        }
        self.counted[number] += 1;
        self.cells.push(Decided { answer, offer });
        standing
    }

    /// What an answer counts as.
    fn counted(&self, answer: AnswerIndex) -> AnswerIndex {
        match self.codes {
            Codes::Decided => answer,
            Codes::Current => self.study.now(answer),
        }
    }

    /// Whether an answer gives a code that the codebook has under no name.
    fn is_gone(&self, answer: AnswerIndex) -> bool {
        let codes = self.answers.codes(answer);
        codes.iter().any(|code| self.study.vocabulary.of(*code).is_gone())
    }

    fn count(&mut self, standing: Standing, answer: AnswerIndex) {
        *match standing {
            Standing::Consensus => &mut self.tally.consensus,
            Standing::Agreed => &mut self.tally.agreed,
            Standing::Single => &mut self.tally.single,
            Standing::Unsettled | Standing::Waiting => &mut self.tally.unsettled,
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

fn standing(cells: &[Cell], consensus: Option<&Settlement>, unfinished: &[CoderId]) -> Standing {
    match consensus.map(|settlement| &settlement.outcome) {
        Some(Some(Outcome::Open)) => return Standing::Unsettled,
        Some(_) => return Standing::Consensus,
        None => {}
    }
    match cells {
        [] => Standing::Undecided,
        _ if !unfinished.is_empty() => Standing::Waiting,
        [_] => Standing::Single,
        _ if alike(cells) => Standing::Agreed,
        _ => Standing::Unsettled,
    }
}

fn alike(cells: &[Cell]) -> bool {
    cells.windows(2).all(|pair| matches!(pair, [one, other] if one.answer == other.answer))
}
