//! Where coders differ, as it is asked for.

use super::comparing::{Comparing, any_open, given_by_any};
use super::line::Line;
use super::part::Part;
use crate::analysis::discrepancies::{Confusion, Discrepancy, confusion, discrepancies};
use crate::analysis::scope::Scope;
use crate::domain::comparison::{Codes, Comparison};
use crate::domain::failure::Failure;
use crate::msg;
use crate::store::Opened;

/// Which discrepancies are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiscrepanciesAsk {
    /// At most so many, the worst ones.
    pub limit: Option<usize>,
    /// Instead, which whole answers coders take for one another.
    pub confusion: bool,
    /// How codes that were merged since are counted; as they were decided where it is not said.
    pub codes: Option<Codes>,
    /// Which cases and dimensions.
    pub part: Part,
    /// Which decisions.
    pub comparing: Comparing,
}

/// What was compared, and what was found in it.
#[derive(Debug)]
pub struct Differences {
    /// What was compared.
    pub comparison: Comparison,
    /// On which part.
    pub scope: Scope,
    /// What was found.
    pub found: Found,
}

/// What was found.
#[derive(Debug)]
pub enum Found {
    /// All discrepancies, worst first: `limit` is for whoever shows them.
    Discrepancies(Vec<Discrepancy>),
    /// A table of each dimension.
    Confusions(Vec<Confusion>),
}

/// The discrepancies that are asked for.
///
/// # Errors
/// Names that the study does not have, no case is open, or there are no two coders.
pub fn differences(opened: &Opened, ask: &DiscrepanciesAsk) -> Result<Differences, Failure> {
    let study = &opened.study;
    let scope = ask.part.scope(study)?;
    let comparison = opened.comparison(&ask.comparing.wish(study, &scope.cases)?)?;
    any_open(&comparison, &scope)?;
    let comparison = comparison.counting(study, ask.codes.unwrap_or_default());
    let scope = given_by_any(opened, &comparison, &scope)?;
    if comparison.codings.len() < 2 {
        return Err(Failure::Usage(msg!("comparing.coders"), msg!("comparing.coders.fix")));
    }
    let found = if ask.confusion {
        Found::Confusions(confusion(study, &comparison, &scope))
    } else {
        Found::Discrepancies(discrepancies(study, &comparison, &scope))
    };
    Ok(Differences { comparison, scope, found })
}

impl DiscrepanciesAsk {
    /// The command line that asks for them.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("discrepancies")
            .option("limit", self.limit)
            .flag("confusion", self.confusion)
            .option("codes", self.codes.map(Codes::as_str));
        self.comparing.on(self.part.on(line))
    }
}
