//! Whose decisions a display counts.

use std::fmt;
use std::str::FromStr;

use super::comparing::{Comparing, any_open, in_results, unasked};
use super::line::Line;
use super::part::Part;
use crate::analysis::decisions::{Decisions, Rule, of_coder, of_comparison};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::scope::Scope;
use crate::domain::comparison::{Codes, Comparison};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::msg;
use crate::store::{Opened, Wish};

/// Whose decisions count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// What the coders decided and settled together.
    Rule(Rule),
    /// One coder's decisions, in a round; both as they were named.
    Coder(String, Option<String>),
}

impl fmt::Display for Whose {
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
pub struct UnknownWhose;

impl fmt::Display for UnknownWhose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is one of final, agreed, any, consensus, coder:ID, coder:ID@ROUND")
    }
}

impl std::error::Error for UnknownWhose {}

impl FromStr for Whose {
    type Err = UnknownWhose;

    fn from_str(text: &str) -> Result<Self, UnknownWhose> {
        if let Some(coder) = text.strip_prefix("coder:") {
            let (coder, round) = match coder.split_once('@') {
                Some((coder, round)) => (coder, Some(round.to_owned())),
                None => (coder, None),
            };
            if coder.is_empty() {
                return Err(UnknownWhose);
            }
            return Ok(Self::Coder(coder.to_owned(), round));
        }
        Ok(Self::Rule(match text {
            "final" => Rule::Final,
            "agreed" => Rule::Agreed,
            "any" => Rule::Any,
            "consensus" => Rule::Consensus,
            _ => return Err(UnknownWhose),
        }))
    }
}

impl Default for Whose {
    fn default() -> Self {
        Self::Rule(Rule::Final)
    }
}

/// Whose decisions count, and which are let through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deciding {
    /// Whose; the final ones where nobody is named.
    pub from: Option<Whose>,
    /// How codes that were merged since are counted; as what they became where it is not said.
    pub codes: Option<Codes>,
    /// Which are let through; its coder is who looks early, or whose own decisions are asked for.
    pub comparing: Comparing,
}

/// What counts, and where it comes from.
#[derive(Debug)]
pub struct Decided<'a> {
    /// What counts.
    pub decisions: Decisions<'a>,
    /// Whose it is, and how much.
    pub counted: Counted,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Deciding {
    /// What counts in the round asked for.
    ///
    /// # Errors
    /// No case is open, or there is no such coder or round.
    pub fn decisions<'a>(&self, opened: &'a Opened, scope: &Scope) -> Result<Decided<'a>, Failure> {
        self.decisions_in(opened, scope, self.comparing.round(&opened.study)?.as_ref())
    }

    /// What counts in a round of its own.
    ///
    /// # Errors
    /// No case is open, or there is no such coder or round.
    pub fn decisions_in<'a>(
        &self,
        opened: &'a Opened,
        scope: &Scope,
        asked: Option<&RoundId>,
    ) -> Result<Decided<'a>, Failure> {
        let study = &opened.study;
        let from = self.from.clone().unwrap_or_default();
        let who = self.comparing.who(study)?;
        let (decisions, provenance) = match &from {
            Whose::Rule(rule) => {
                if who.is_some() && self.comparing.unblind.is_none() {
                    return Err(Failure::Usage(msg!("deciding.own"), msg!("deciding.own.fix")));
                }
                let comparison = self.compared(opened, scope, asked)?;
                let decide = |scope: &Scope| {
                    of_comparison(study, &comparison, &opened.settlements, *rule, scope)
                };
                let scope = scope.once_decided(study, &comparison.codings, decide)?;
                (decide(&scope), Provenance::within(study, &comparison, &scope))
            }
            Whose::Coder(name, named) => {
                let coder = &study.find_coder(name)?.id;
                let named = named.as_deref().map(|named| study.find_round(named)).transpose()?;
                let asked = named.or(asked);
                if who.as_ref() == Some(coder) && self.comparing.unblind.is_none() {
                    own(opened, coder, scope, asked, self.codes())?
                } else {
                    in_results(study, coder)?;
                    let comparison = self.compared_with(opened, scope, asked, Some(coder))?;
                    let coding = comparison.codings.iter().find(|it| it.coder == *coder);
                    let Some(coding) = coding else {
                        return Err(unasked(study, coder, asked));
                    };
                    let decide = |scope: &Scope| {
                        of_coder(study, coding, &comparison.open, scope, comparison.codes)
                    };
                    let scope = scope.once_decided(study, std::slice::from_ref(coding), decide)?;
                    (decide(&scope), Provenance::within(study, &comparison, &scope))
                }
            }
        };
        let counted = Counted {
            from: from.to_string(),
            tally: decisions.tally,
            reasons: decisions.reasons.clone(),
        };
        Ok(Decided { decisions, counted, provenance })
    }

    /// The decisions that the gate lets through, of cases that are asked about.
    ///
    /// # Errors
    /// None of these cases is open.
    pub fn compared(
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
            ..self.comparing.wish(&opened.study, &scope.cases)?
        })?;
        any_open(&comparison, scope)?;
        Ok(comparison.counting(&opened.study, self.codes()))
    }

    /// How codes that were merged since are counted.
    #[must_use]
    pub fn codes(&self) -> Codes {
        self.codes.unwrap_or(Codes::Current)
    }

    /// Refuses what is asked for of decisions where none are looked at: it would change nothing.
    pub(super) fn nothing(&self, part: &Part) -> Result<(), Failure> {
        let asked = self.on(Line::new("").option("dimension", &part.dimensions));
        let asked = asked.words().iter().skip(1).cloned().collect::<Vec<_>>().join(" ");
        if asked.is_empty() {
            return Ok(());
        }
        Err(Failure::Usage(msg!("deciding.nothing", asked = asked), msg!("deciding.nothing.fix")))
    }

    pub(super) fn on(&self, line: Line) -> Line {
        let codes = self.codes.map(Codes::as_str);
        self.comparing.on(line.option("from", &self.from).option("codes", codes))
    }
}

/// A coder's own decisions, sealed or not.
fn own<'a>(
    opened: &'a Opened,
    coder: &CoderId,
    scope: &Scope,
    asked: Option<&RoundId>,
    codes: Codes,
) -> Result<(Decisions<'a>, Provenance), Failure> {
    let study = &opened.study;
    let mut coding = opened.own(coder, asked)?;
    if codes == Codes::Current {
        coding.count_as(|answer| study.now(answer));
    }
    let cases: Vec<CaseId> = study.cases.iter().map(|it| it.id.clone()).collect();
    let round = study.rounds.get(usize::from(opened.round(asked)?.0));
    let decide = |scope: &Scope| of_coder(study, &coding, &cases, scope, codes);
    let scope = scope.once_decided(study, std::slice::from_ref(&coding), decide)?;
    Ok((decide(&scope), Provenance::own(study, round, &coding, codes).of_part(&scope)))
}
