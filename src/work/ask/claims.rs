//! Claims with what speaks for and against them.

use super::deciding::{Decided, Deciding};
use super::part::Part;
use crate::analysis::claims::{Weighed, weigh};
use crate::analysis::provenance::{Counted, Provenance};
use crate::domain::failure::Failure;
use crate::store::Opened;

/// Claims, weighed.
#[derive(Debug)]
pub struct ClaimsAnswer {
    /// The claims in the order of their file.
    pub found: Vec<Weighed>,
    /// Whose decisions were looked at; nothing where no case is open for comparison.
    pub decided: Option<(Counted, Provenance)>,
}

/// The study's claims, weighed: what was decided is looked at as far as it is open.
///
/// # Errors
/// The list of claims is wrong, a name that the study does not have, or a file cannot be read.
pub fn claims(opened: &Opened, deciding: &Deciding) -> Result<ClaimsAnswer, Failure> {
    let (study, claims) = (&opened.study, opened.claims()?);
    let scope = Part::default().scope(study)?;
    match deciding.decisions(opened, &scope) {
        Ok(Decided { decisions, counted, provenance }) => Ok(ClaimsAnswer {
            found: weigh(study, &claims, Some(&decisions)),
            decided: Some((counted, provenance)),
        }),
        Err(Failure::Refused(..)) => {
            Ok(ClaimsAnswer { found: weigh(study, &claims, None), decided: None })
        }
        Err(failure) => Err(failure),
    }
}
