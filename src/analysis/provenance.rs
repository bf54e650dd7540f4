//! Where a result comes from: which round, which codebook, which cases still wait, whose decisions.

use std::collections::BTreeSet;

use super::decisions::{Reasons, Tally};
use super::left_out::LeftOut;
use super::scope::Scope;
use super::wordings::Wordings;
use crate::domain::answer::AnswerIndex;
use crate::domain::coder::{Coder, CoderKind};
use crate::domain::coding::Coding;
use crate::domain::comparison::{Codes, Comparison, Stage, UnitAndDimension, Waiting};
use crate::domain::event::Purpose;
use crate::domain::id::{CoderId, RoundId};
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::study::Study;

/// Where a result comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The round asked for; absent where per unit the latest holds.
    pub round: Option<String>,
    /// How many rounds there are.
    pub rounds: usize,
    /// The codebook in force.
    pub codebook: String,
    /// The cases that are not open for comparison.
    pub waiting: Vec<Waiting>,
    /// Whether somebody looked before all had sealed.
    pub unblinded: bool,
    /// Which decisions, by what was open to their coder.
    pub stage: Stage,
    /// What is left out of the cases asked about.
    pub left_out: LeftOut,
    /// How many decisions are `none`, and how many of these came by closing a unit; where agreement is measured.
    pub none: (u64, u64),
    /// Rounds that are measured only and are not in here.
    pub measured: Vec<String>,
    /// The condition under which units are in here, and how many pass it.
    pub filter: Option<(String, usize)>,
    /// Coders who count and are asked for nothing.
    pub unasked: Vec<String>,
    /// Coders whose decisions were taken out of every result.
    pub excluded: Vec<String>,
    /// Machines that are compared or counted here, and what the team says each of them was.
    pub machines: Vec<(String, String)>,
    /// Coders who are measured only or came late, and how much of this each decided while others' answers were open to her.
    pub open_to: Vec<(String, u64)>,
    /// Which versions of the codebook the decisions stem from.
    pub wordings: Wordings,
    /// How codes that were merged since are counted, and how many differences that takes away; absent where none was.
    pub codes: Option<(Codes, u64)>,
}

impl Provenance {
    /// Where a result of this comparison comes from.
    #[must_use]
    pub fn of(study: &Study, comparison: &Comparison) -> Self {
        Self::within(study, comparison, &Scope::default())
    }

    /// The same of a result on a part of the study.
    #[must_use]
    pub fn within(study: &Study, comparison: &Comparison, scope: &Scope) -> Self {
        let displayed = comparison.stage == Stage::All;
        let measured = study.all_rounds().filter(|round| study.purpose(*round) != Purpose::Code);
        let name = |round: RoundIndex| Some(study.rounds.get(usize::from(round.0))?.to_string());
        Self {
            stage: comparison.stage,
            left_out: LeftOut::of(study, comparison, scope, displayed),
            none: if displayed { (0, 0) } else { none(study, comparison, scope) },
            measured: match &comparison.round {
                Some(_) => Vec::new(),
                None => measured.filter_map(name).collect(),
            },
            round: comparison.round.as_ref().map(ToString::to_string),
            rounds: study.rounds.len(),
            codebook: study.version_in_force().id.clone(),
            waiting: comparison.waiting.clone(),
            unblinded: comparison.unblinded,
            unasked: study.unasked_coders().map(|it| it.id.to_string()).collect(),
            excluded: (study.settings.coders.iter())
                .filter(|it| study.is_excluded(&it.id))
                .map(|it| it.id.to_string())
                .collect(),
            machines: machines(study, comparison.codings.iter().map(|it| &it.coder)),
            open_to: open_to(study, comparison, scope),
            filter: None,
            wordings: Wordings::of(study, comparison, scope),
            codes: study.has_merged().then_some((comparison.codes, comparison.joined)),
        }
        .of_part(scope)
    }

    /// The same of a result on those units only for which a filter of this part holds.
    #[must_use]
    pub fn of_part(self, scope: &Scope) -> Self {
        let passing = scope.units.iter().flat_map(|units| units.iter()).filter(|it| **it).count();
        Self { filter: scope.filter.clone().map(|filter| (filter, passing)), ..self }
    }

    /// Where a result of one coder's own decisions comes from.
    #[must_use]
    pub fn own(study: &Study, round: Option<&RoundId>, coding: &Coding, codes: Codes) -> Self {
        let cells = study.units().flat_map(|(unit, _)| coding.unit(unit).iter().copied());
        Self {
            wordings: Wordings::of_cells(study, cells),
            codes: study.has_merged().then_some((codes, 0)),
            round: round.map(ToString::to_string),
            rounds: study.rounds.len(),
            codebook: study.version_in_force().id.clone(),
            waiting: Vec::new(),
            unblinded: false,
            stage: Stage::All,
            left_out: LeftOut::default(),
            none: (0, 0),
            measured: Vec::new(),
            filter: None,
            unasked: Vec::new(),
            excluded: Vec::new(),
            machines: machines(study, [&coding.coder]),
            open_to: Vec::new(),
        }
    }
}

/// The machines among some coders, each once, and what each of them was.
fn machines<'a>(
    study: &Study,
    coders: impl IntoIterator<Item = &'a CoderId>,
) -> Vec<(String, String)> {
    let machine =
        |coder: &'a CoderId| study.coder(coder).filter(|it| it.kind == CoderKind::Machine);
    let told = |it: &Coder| (it.id.to_string(), it.machine.described());
    let mut all: Vec<_> = coders.into_iter().filter_map(machine).map(told).collect();
    all.dedup();
    all
}

/// Who decided how much of a part of the study while the answers of others were open to her.
fn open_to(study: &Study, comparison: &Comparison, scope: &Scope) -> Vec<(String, u64)> {
    if comparison.open_to.is_empty() {
        return Vec::new();
    }
    let dimensions = scope.dimensions(study);
    let units: BTreeSet<UnitIndex> =
        scope.ever_units(study, &comparison.open).map(|(unit, _)| unit).collect();
    let asked = |(unit, dimension): &&UnitAndDimension| {
        units.contains(unit) && dimensions.contains(dimension)
    };
    let of = |(coder, places): (&CoderId, &Vec<UnitAndDimension>)| {
        (coder.to_string(), places.iter().filter(asked).count() as u64)
    };
    comparison.open_to.iter().map(of).filter(|(_, n)| *n > 0).collect()
}

/// How many decisions are `none`, and how many of these came by closing a unit.
fn none(study: &Study, comparison: &Comparison, scope: &Scope) -> (u64, u64) {
    let dimensions = scope.dimensions(study);
    let units = scope.ever_units(study, &comparison.open);
    let cells = units.flat_map(|(unit, _)| {
        dimensions.iter().flat_map(move |dimension| comparison.cells(unit, *dimension))
    });
    let none = cells.filter(|cell| cell.answer == AnswerIndex::NONE);
    none.fold((0, 0), |(all, rest), cell| (all + 1, rest + u64::from(cell.rest)))
}

/// Whose decisions a display counts, and how many units × dimensions stand how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What `--from` says.
    pub from: String,
    /// How many units × dimensions stand how.
    pub tally: Tally,
    /// What is behind it.
    pub reasons: Reasons,
}
