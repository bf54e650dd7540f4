//! Whose decisions a display counts: `--from`, and `--coder` for one's own.

use std::fmt;
use std::str::FromStr;

use super::comparing::{ComparingArgs, round};
use crate::analysis::decisions::{Decisions, Rule, of_coder, of_comparison};
use crate::analysis::scope::Scope;
use crate::domain::comparison::Comparison;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::msg;
use crate::render::provenance::{Counted, Provenance};
use crate::store::{Opened, Wish};

/// Whose decisions count.
#[derive(Debug, clap::Args)]
pub(super) struct DecidingArgs {
    /// Whose decisions count: final (consensus, else what all who were asked agree on, else what the only one who was
    /// asked decided), agreed, any, consensus, coder:ID or coder:ID@ROUND [default: final]
    #[arg(long, value_name = "WHOSE")]
    pub(super) from: Option<From>,
    /// Your own decisions, sealed or not, with --from coder:ID; or who looks early, with --unblind
    #[arg(long, value_name = "CODER")]
    pub(super) coder: Option<CoderId>,
    #[command(flatten)]
    pub(super) comparing: ComparingArgs,
}

/// Whose decisions count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    /// What the coders decided and settled together.
    Rule(Rule),
    /// One coder's decisions, in a round.
    Coder(CoderId, Option<String>),
}

impl fmt::Display for From {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(Rule::Final) => f.write_str("final"),
            Self::Rule(Rule::Agreed) => f.write_str("agreed"),
            Self::Rule(Rule::Any) => f.write_str("any"),
            Self::Rule(Rule::Consensus) => f.write_str("consensus"),
            Self::Coder(coder, None) => write!(f, "coder:{coder}"),
            Self::Coder(coder, Some(round)) => write!(f, "coder:{coder}@{round}"),
        }
    }
}

/// The text names nobody's decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnknownFrom;

impl fmt::Display for UnknownFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is one of final, agreed, any, consensus, coder:ID, coder:ID@ROUND")
    }
}

impl std::error::Error for UnknownFrom {}

impl FromStr for From {
    type Err = UnknownFrom;

    fn from_str(text: &str) -> Result<Self, UnknownFrom> {
        if let Some(coder) = text.strip_prefix("coder:") {
            let (coder, round) = match coder.split_once('@') {
                Some((coder, round)) => (coder, Some(round.to_owned())),
                None => (coder, None),
            };
            return Ok(Self::Coder(coder.parse().map_err(|_| UnknownFrom)?, round));
        }
        Ok(Self::Rule(match text {
            "final" => Rule::Final,
            "agreed" => Rule::Agreed,
            "any" => Rule::Any,
            "consensus" => Rule::Consensus,
            _ => return Err(UnknownFrom),
        }))
    }
}

/// What counts, and where it comes from.
pub(super) struct Deciding<'a> {
    pub(super) decisions: Decisions<'a>,
    pub(super) counted: Counted,
    pub(super) provenance: Provenance,
}

impl DecidingArgs {
    /// What was asked for.
    pub(super) fn from(&self) -> From {
        self.from.clone().unwrap_or(From::Rule(Rule::Final))
    }

    /// What counts in the round asked for.
    ///
    /// # Errors
    /// No case is open, or there is no such coder or round.
    pub(super) fn decisions<'a>(
        &self,
        opened: &'a Opened,
        scope: &Scope,
    ) -> Result<Deciding<'a>, Failure> {
        self.decisions_in(opened, scope, self.comparing.round(&opened.study)?.as_ref())
    }

    /// What counts in a round of its own.
    ///
    /// # Errors
    /// No case is open, or there is no such coder or round.
    pub(super) fn decisions_in<'a>(
        &self,
        opened: &'a Opened,
        scope: &Scope,
        asked: Option<&RoundId>,
    ) -> Result<Deciding<'a>, Failure> {
        let study = &opened.study;
        let from = self.from();
        let (decisions, provenance) = match &from {
            From::Rule(rule) => {
                if self.coder.is_some() && self.comparing.unblind.is_none() {
                    return Err(Failure::Usage(msg!("deciding.own"), msg!("deciding.own.fix")));
                }
                let comparison = self.compared(opened, scope, asked)?;
                let settled = &opened.settlements;
                let decisions = of_comparison(study, &comparison, settled, *rule, scope);
                (decisions, Provenance::within(study, &comparison, scope))
            }
            From::Coder(coder, named) => {
                opened.coder(coder)?;
                let named = named.as_deref().map(|named| round(study, named)).transpose()?;
                let asked = named.as_ref().or(asked);
                if self.coder.as_ref() == Some(coder) && self.comparing.unblind.is_none() {
                    let coding = opened.own(coder, asked)?;
                    let cases: Vec<CaseId> = study.cases.iter().map(|it| it.id.clone()).collect();
                    let round = opened.round(asked)?;
                    let round = study.rounds.get(usize::from(round.0));
                    (of_coder(study, &coding, &cases, scope), Provenance::own(study, coder, round))
                } else {
                    super::comparing::in_results(opened, coder)?;
                    let comparison = self.compared_with(opened, scope, asked, Some(coder))?;
                    let coding = comparison.codings.iter().find(|it| it.coder == *coder);
                    let Some(coding) = coding else {
                        return Err(super::comparing::unasked(opened, coder.as_str(), asked));
                    };
                    let decisions = of_coder(study, coding, &comparison.open, scope);
                    (decisions, Provenance::within(study, &comparison, scope))
                }
            }
        };
        let counted = Counted {
            from: from.to_string(),
            tally: decisions.tally,
            reasons: decisions.reasons.clone(),
        };
        Ok(Deciding { decisions, counted, provenance })
    }

    /// The decisions that the gate lets through, of cases that are asked about.
    pub(super) fn compared(
        &self,
        opened: &Opened,
        scope: &Scope,
        asked: Option<&RoundId>,
    ) -> Result<Comparison, Failure> {
        self.compared_with(opened, scope, asked, None)
    }

    /// The same, with a coder besides those who count.
    fn compared_with(
        &self,
        opened: &Opened,
        scope: &Scope,
        asked: Option<&RoundId>,
        also: Option<&CoderId>,
    ) -> Result<Comparison, Failure> {
        let comparison = opened.comparison(&Wish {
            round: asked.cloned(),
            also: also.into_iter().cloned().collect(),
            ..self.comparing.wish(opened, self.coder.as_ref(), &scope.cases)?
        })?;
        super::comparing::any_open(&comparison, scope)?;
        Ok(comparison)
    }
}
