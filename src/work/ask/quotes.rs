//! The words behind a code that are asked for.

use super::deciding::{Decided, Deciding};
use super::line::Line;
use super::part::Part;
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::quotes::{Quotations, Wanted, quotations};
use crate::domain::comparison::Codes;
use crate::domain::failure::Failure;
use crate::store::Opened;

/// Which quotations are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuotesAsk {
    /// Only what was given this code, or anything beneath it.
    pub code: Option<String>,
    /// Only units in which this person speaks.
    pub participant: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
    /// Which cases and dimensions.
    pub part: Part,
    /// Whose decisions.
    pub deciding: Deciding,
}

/// Quotations, and where they come from.
#[derive(Debug)]
pub struct QuotesAnswer {
    /// What was found.
    pub quotations: Quotations,
    /// What was counted.
    pub counted: Counted,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// The quotations that are asked for, all of them: `limit` is for whoever shows them.
///
/// # Errors
/// Names that the study does not have, or no case is open.
pub fn quotes(opened: &Opened, ask: &QuotesAsk) -> Result<QuotesAnswer, Failure> {
    let study = &opened.study;
    let mut scope = ask.part.scope(study)?;
    let code = ask.code.as_deref().map(|code| study.find_code(code)).transpose()?;
    let code = code.map(|code| match ask.deciding.codes() {
        Codes::Decided => code,
        Codes::Current => study.vocabulary.now(code),
    });
    if let (Some(code), true) = (code, scope.dimensions.is_empty()) {
        scope.dimensions.insert(study.vocabulary.of(code).dimension);
    }
    let person = ask.participant.as_deref().map(|name| study.find_participant(name)).transpose()?;
    let wanted = Wanted { code, participant: person.map(|it| it.id.clone()) };
    let Decided { decisions, counted, provenance } = ask.deciding.decisions(opened, &scope)?;
    let quotations = quotations(study, &decisions, &wanted);
    Ok(QuotesAnswer { quotations, counted, provenance })
}

impl QuotesAsk {
    /// The command line that asks for them.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::new("quotes")
            .option("code", &self.code)
            .option("participant", &self.participant)
            .option("limit", self.limit);
        self.deciding.on(self.part.on(line))
    }
}
