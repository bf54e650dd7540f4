//! The decisions in force that are asked for, to be written one by one or as a wide table.

use super::comparing::{Comparing, given_by_any};
use super::line::Line;
use super::part::Part;
use crate::analysis::decisions::of_coder;
use crate::analysis::scope::Scope;
use crate::domain::answer::DimensionIndex;
use crate::domain::coding::Coding;
use crate::domain::comparison::{Codes, Waiting};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::UnitIndex;
use crate::store::Opened;
use crate::work::session;

/// What has a column of its own in a wide table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wide {
    /// A row for each unit and dimension, a column for each coder.
    Coders,
    /// A row for each unit and coder, a column for each dimension and code.
    Codes,
}

impl Wide {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Coders, Self::Codes];

    /// Its word on a command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Coders => "coders",
            Self::Codes => "codes",
        }
    }
}

/// Which decisions are to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportAsk {
    /// Only those of this coder, sealed or not.
    pub coder: Option<String>,
    /// A wide table instead of a row for each decision.
    pub wide: Option<Wide>,
    /// Which cases and dimensions.
    pub part: Part,
    /// Which decisions are let through.
    pub comparing: Comparing,
}

/// The decisions, coder by coder, and which of them are to be written.
#[derive(Debug)]
pub struct ExportAnswer {
    /// What each coder decided.
    pub tables: Vec<Coding>,
    /// The units to be written, in the order of the study.
    pub units: Vec<UnitIndex>,
    /// The dimensions to be written, in the order of the codebook.
    pub dimensions: Vec<DimensionIndex>,
    /// Cases that are left out, and who has not sealed them.
    pub waiting: Vec<Waiting>,
    /// Whether decisions were seen before all had sealed.
    pub unblinded: bool,
    /// The round that was asked for.
    pub round: Option<RoundId>,
    /// The filter, as it is written.
    pub filter: Option<String>,
}

/// The decisions that are asked for.
///
/// # Errors
/// Names that the study does not have, or no case is open.
pub fn export(opened: &Opened, ask: &ExportAsk) -> Result<ExportAnswer, Failure> {
    let study = &opened.study;
    let round = ask.comparing.round(study)?;
    let scope = ask.part.scope(study)?;
    let cases: Vec<CaseId> = study.cases.iter().map(|it| it.id.clone()).collect();
    let (tables, scope, waiting, unblinded) = match &ask.coder {
        Some(name) => {
            let coder = session::coder(opened, name)?;
            let coding = own(opened, &coder, round.as_ref())?;
            let decide = |scope: &Scope| of_coder(study, &coding, &cases, scope, Codes::Decided);
            let scope = scope.once_decided(study, std::slice::from_ref(&coding), decide)?;
            (vec![coding], scope, Vec::new(), false)
        }
        None => {
            let comparison = opened.comparison(&ask.comparing.wish(study, &scope.cases)?)?;
            let scope = given_by_any(opened, &comparison, &scope)?;
            (comparison.codings, scope, comparison.waiting, comparison.unblinded)
        }
    };
    Ok(ExportAnswer {
        units: scope.units(study, &cases).map(|(unit, _)| unit).collect(),
        dimensions: scope.dimensions(study),
        filter: scope.filter.as_ref().map(|it| it.as_str().to_owned()),
        tables,
        waiting,
        unblinded,
        round,
    })
}

/// A coder's own decisions: of one round, or, per unit and dimension, of the latest that decided it.
fn own(opened: &Opened, coder: &CoderId, round: Option<&RoundId>) -> Result<Coding, Failure> {
    if round.is_some() {
        return opened.own(coder, round);
    }
    let study = &opened.study;
    let dimensions = study.vocabulary.dimensions.len();
    let mut latest = Coding::empty(coder.clone(), study.units.len(), dimensions);
    for round in &study.rounds {
        let coding = opened.own(coder, Some(round))?;
        for (unit, _) in study.units() {
            for (dimension, _) in study.vocabulary.dimensions_in_force() {
                let cell = coding.cell(unit, dimension);
                if cell.answer.is_decided() {
                    latest.set(unit, dimension, cell);
                }
            }
        }
    }
    Ok(latest)
}

impl ExportAsk {
    /// The command line that asks for them.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("export")
            .option("coder", &self.coder)
            .option("wide", self.wide.map(Wide::word));
        self.comparing.on(self.part.on(line))
    }
}
