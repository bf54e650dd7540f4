//! Whose decisions a matrix counts.

use super::MatrixAsk;
use crate::analysis::decisions::of_coder;
use crate::analysis::matrix::{Axis, Source};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::scope::Scope;
use crate::domain::coding::Coding;
use crate::domain::failure::Failure;
use crate::domain::id::RoundId;
use crate::msg;
use crate::store::Opened;

/// What is counted, and where it comes from.
pub(in crate::work::ask) struct Sources<'a> {
    pub(in crate::work::ask) sources: Vec<Source<'a>>,
    pub(in crate::work::ask) counted: Option<Counted>,
    pub(in crate::work::ask) provenance: Provenance,
}

pub(in crate::work::ask) fn sources<'a>(
    ask: &MatrixAsk,
    opened: &'a Opened,
    scope: &Scope,
) -> Result<Sources<'a>, Failure> {
    if !ask.has(&Axis::Round) {
        let asked = ask.deciding.comparing.round(&opened.study)?;
        return sources_in(ask, opened, scope, asked.as_ref());
    }
    let mut together: Option<Sources> = None;
    let mut closed = None;
    for round in &opened.study.rounds {
        match sources_in(ask, opened, scope, Some(round)) {
            Ok(mut of_round) => {
                for source in &mut of_round.sources {
                    source.round = Some(round.to_string());
                }
                match &mut together {
                    None => {
                        of_round.counted = None;
                        together = Some(of_round);
                    }
                    Some(together) => {
                        together.sources.append(&mut of_round.sources);
                        together.provenance = of_round.provenance;
                    }
                }
            }
            Err(refused @ Failure::Refused(..)) => closed = Some(refused),
            Err(other) => return Err(other),
        }
    }
    let mut together = match (together, closed) {
        (Some(together), _) => together,
        (None, Some(refused)) => return Err(refused),
        (None, None) => {
            return Err(Failure::Refused(msg!("gate.nothing"), msg!("gate.nothing.fix")));
        }
    };
    together.provenance.round = None;
    Ok(together)
}

fn sources_in<'a>(
    ask: &MatrixAsk,
    opened: &'a Opened,
    scope: &Scope,
    round: Option<&RoundId>,
) -> Result<Sources<'a>, Failure> {
    let study = &opened.study;
    if ask.has(&Axis::Coder) {
        let comparison = ask.deciding.compared(opened, scope, round)?;
        let source = |coding: &Coding| {
            let decide =
                |scope: &Scope| of_coder(study, coding, &comparison.open, scope, comparison.codes);
            let scope = scope.once_decided(study, std::slice::from_ref(coding), decide)?;
            let coder = Some(coding.label.clone());
            Ok(Source { coder, round: None, decisions: decide(&scope) })
        };
        return Ok(Sources {
            sources: comparison.codings.iter().map(source).collect::<Result<_, Failure>>()?,
            counted: None,
            provenance: Provenance::within(study, &comparison, scope),
        });
    }
    let deciding = ask.deciding.decisions_in(opened, scope, round)?;
    Ok(Sources {
        sources: vec![Source { coder: None, round: None, decisions: deciding.decisions }],
        counted: Some(deciding.counted),
        provenance: deciding.provenance,
    })
}
