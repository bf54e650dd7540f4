//! How far coders agree, as it is asked of a study.

mod options;

pub use options::Usual;

use std::collections::BTreeSet;
use std::fmt;

use super::comparing::{CoderAt, Comparing, any_open, given_by_any, side_by_side};
use super::part::Part;
use crate::analysis::agreement::{
    self, Agreement, Bootstrap, Categories, Definitions, Given, Level, Options, Requirement,
    Single, by_codebook, by_participant, of_pairs,
};
use crate::analysis::codings::Codings;
use crate::analysis::left_out::LeftOut;
use crate::analysis::provenance::Provenance;
use crate::analysis::study_codings::{Choice, codings};
use crate::domain::comparison::{Codes, Comparison, Stage};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId};
use crate::msg;
use crate::stats::elsewhere::Program;
use crate::stats::{Measure, Weights};
use crate::store::{Opened, Wish};

/// What is asked of the agreement of coders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AgreeAsk {
    /// The levels; by what each dimension allows where there are none.
    pub levels: Vec<OrAll<Level>>,
    /// The measures; the usual ones of each level where there are none.
    pub measures: Vec<OrAll<Measure>>,
    /// What becomes of units that one coder alone decided, where it is said.
    pub single: Option<Single>,
    /// Only units to which coders gave something.
    pub given: Option<Given>,
    /// Without decisions that their coder was unsure of.
    pub without_unsure: bool,
    /// Each part by itself.
    pub by: Option<By>,
    /// Each pair of coders by itself, and each coder against the rest.
    pub pairs: bool,
    /// Which categories there are, where it is said.
    pub categories: Option<Categories>,
    /// The answer that says that something is there.
    pub positive: Option<String>,
    /// Whose figures they are, where not our own.
    pub program: Option<Program>,
    /// How much two different positions on a scale count as agreement.
    pub weights: Weights,
    /// Also Krippendorff's alpha of each answer against all others.
    pub per_category: bool,
    /// How intervals are resampled.
    pub bootstrap: Option<Bootstrap>,
    /// Only these coders, in this order.
    pub coders: Vec<CoderAt>,
    /// How codes that were merged since are counted.
    pub codes: Codes,
    /// Those decided after the answers of others were open to their coder, instead of those before.
    pub after: bool,
    /// What must hold in every row; `Some(None)` is what the study's settings require.
    pub require: Option<Option<Requirement>>,
    /// Whether people too read ids.
    pub ids: bool,
    /// Which cases and dimensions.
    pub part: Part,
    /// Which decisions.
    pub comparing: Comparing,
}

/// One of several, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrAll<T> {
    /// All that there are.
    All,
    /// This one.
    One(T),
}

impl<T: fmt::Display> fmt::Display for OrAll<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::One(one) => one.fmt(f),
        }
    }
}

/// What stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Each case.
    Case,
    /// The units in which each participant speaks.
    Participant,
    /// Each round.
    Round,
    /// Decisions by the version of the codebook they were made under.
    Codebook,
}

impl By {
    /// Everything that may stand by itself.
    pub const ALL: [Self; 4] = [Self::Case, Self::Participant, Self::Round, Self::Codebook];

    /// The word on the command line and in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Participant => "participant",
            Self::Round => "round",
            Self::Codebook => "codebook",
        }
    }
}

/// The answer: figures, and what they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreeAnswer {
    /// The figures.
    pub agreement: Agreement,
    /// What was computed.
    pub options: Options,
    /// Under which wording coders decided, for each comparison.
    pub definitions: Vec<Definitions>,
    /// What was let through.
    pub provenance: Option<Provenance>,
    /// What must hold in every row.
    pub requirement: Option<Requirement>,
}

/// How far the coders of a study agree.
///
/// # Errors
/// Names that the study does not have, no case is open, a level and a measure that do not exist together, or no two coders.
pub fn agree(opened: &Opened, ask: &AgreeAsk) -> Result<AgreeAnswer, Failure> {
    let study = &opened.study;
    let requirement = required(ask.require, Some(opened))?;
    let scope = ask.part.scope(study)?;
    let by_round = ask.by == Some(By::Round) && ask.comparing.round.is_none();
    let comparisons = match by_round {
        true => rounds(ask, opened, &scope.cases)?,
        false => vec![compare(ask, opened, &scope.cases)?],
    };
    let counting = |it: Comparison| it.counting(study, ask.codes);
    let comparisons: Vec<Comparison> = comparisons.into_iter().map(counting).collect();
    if let [comparison] = comparisons.as_slice() {
        any_open(comparison, &scope)?;
    }
    let choice = |it: &Comparison| {
        let scope = given_by_any(opened, it, &scope)?;
        Ok(Choice { scope, without_unsure: ask.without_unsure })
    };
    let choices = comparisons.iter().map(choice).collect::<Result<Vec<_>, Failure>>()?;
    let coders = comparisons.first().map_or(0, |it| it.codings.len());
    if coders < 2 {
        return Err(no_coders());
    }
    let usual = Usual {
        single: Single::Exclude,
        categories: Categories::Codebook,
        no_coefficients: !study.settings.agreement,
    };
    let options = ask.options(requirement.as_ref(), &usual, coders)?;
    let agreement = if by_round {
        let part = |(it, choice): (&Comparison, &Choice)| {
            let round = it.round.as_ref().map(ToString::to_string).unwrap_or_default();
            (round, codings(study, it, choice))
        };
        by_parts(&comparisons.iter().zip(&choices).map(part).collect::<Vec<_>>(), &options)
    } else {
        let (Some(comparison), Some(choice)) = (comparisons.first(), choices.first()) else {
            return Err(no_coders());
        };
        match ask.by {
            Some(By::Participant) => by_participant(study, comparison, choice, &options),
            Some(By::Codebook) => by_codebook(study, comparison, choice, &options),
            _ if ask.pairs => of_pairs(&codings(study, comparison, choice), &options),
            _ => agreement::agreement(&codings(study, comparison, choice), &options),
        }
    };
    let parts = || comparisons.iter().zip(&choices);
    let definitions = parts().map(|(it, of)| Definitions::of(study, it, &of.scope)).collect();
    let mut provenance =
        parts().next_back().map(|(it, of)| Provenance::within(study, it, &of.scope));
    if let Some(provenance) = provenance.as_mut().filter(|_| by_round) {
        let of = |(it, of): (&_, &Choice)| LeftOut::of(study, it, &of.scope, false).later;
        provenance.left_out.later = parts().map(of).sum();
        provenance.measured.clear();
    }
    if let (Some(provenance), Some(rounds)) = (&mut provenance, rounds_asked(ask)) {
        provenance.round = Some(rounds);
    }
    Ok(AgreeAnswer { agreement, options, definitions, provenance, requirement })
}

/// Each part by itself, under its name.
#[must_use]
pub fn by_parts(parts: &[(String, Codings)], options: &Options) -> Agreement {
    let mut together = Agreement { coders: Vec::new(), groups: Vec::new() };
    for (name, codings) in parts {
        let agreement = agreement::agreement(codings, options);
        together.coders = agreement.coders;
        for mut group in agreement.groups {
            group.name = Some(name.clone());
            together.groups.push(group);
        }
    }
    together
}

/// What is required, if anything is; `Some(None)` is what the settings of a study require.
///
/// # Errors
/// There is no study, or its settings require nothing, or nothing that can be read.
pub fn required(
    asked: Option<Option<Requirement>>,
    opened: Option<&Opened>,
) -> Result<Option<Requirement>, Failure> {
    let Some(asked) = asked else { return Ok(None) };
    if asked.is_some() {
        return Ok(asked);
    }
    match opened.map(Opened::requirement).transpose()?.flatten() {
        None => Err(Failure::Usage(msg!("agree.require.none"), msg!("agree.require.none.fix"))),
        required => Ok(required),
    }
}

fn no_coders() -> Failure {
    Failure::Usage(msg!("comparing.coders"), msg!("comparing.coders.fix"))
}

/// The rounds of `c1@main,c1@recode`, where each coder is asked for in one.
fn rounds_asked(ask: &AgreeAsk) -> Option<String> {
    let mut rounds: Vec<&str> = Vec::new();
    for coder in &ask.coders {
        let round = coder.round.as_deref()?;
        if !rounds.contains(&round) {
            rounds.push(round);
        }
    }
    (!rounds.is_empty()).then(|| rounds.join("; "))
}

fn compare(
    ask: &AgreeAsk,
    opened: &Opened,
    cases: &BTreeSet<CaseId>,
) -> Result<Comparison, Failure> {
    if let (Some(_), None) = (&ask.comparing.coder, &ask.comparing.unblind) {
        return own_rounds(ask, opened);
    }
    let wish = wish(ask, opened, cases)?;
    match ask.coders.as_slice() {
        [] => opened.comparison(&wish),
        coders => side_by_side(opened, coders, &wish),
    }
}

/// What is asked of the gate.
fn wish(ask: &AgreeAsk, opened: &Opened, cases: &BTreeSet<CaseId>) -> Result<Wish, Failure> {
    let wish = ask.comparing.wish(&opened.study, cases)?;
    let stage = if ask.after { Stage::After } else { Stage::Independent };
    Ok(Wish { stage, ..wish })
}

/// A coder's own rounds side by side, sealed or not: nobody else's decisions are read.
fn own_rounds(ask: &AgreeAsk, opened: &Opened) -> Result<Comparison, Failure> {
    let Some(who) = ask.comparing.who(&opened.study)? else { return Err(no_coders()) };
    let hers = |at: &CoderAt| at.coder == who.as_str() && at.round.is_some();
    if ask.coders.is_empty() || !ask.coders.iter().all(hers) {
        return Err(Failure::Usage(msg!("agree.own"), msg!("agree.own.fix", coder = who)));
    }
    let mut own = Vec::new();
    for at in &ask.coders {
        let named = at.round.as_deref().map(|it| opened.study.find_round(it)).transpose()?;
        let mut coding = opened.own(&who, named)?;
        coding.label.clone_from(&at.text);
        own.push(coding);
    }
    Ok(Comparison {
        codings: own,
        open: opened.study.cases.iter().map(|case| case.id.clone()).collect(),
        ..Comparison::default()
    })
}

/// Every round that has an open case; where none has, why the last one is closed.
fn rounds(
    ask: &AgreeAsk,
    opened: &Opened,
    cases: &BTreeSet<CaseId>,
) -> Result<Vec<Comparison>, Failure> {
    let also: BTreeSet<CoderId> =
        ask.coders.iter().filter_map(|at| at.coder.parse().ok()).collect();
    let wish = wish(ask, opened, cases)?;
    let mut open = Vec::new();
    let mut closed = None;
    for round in &opened.study.rounds {
        let round = Some(round.clone());
        match opened.comparison(&Wish { round, also: also.clone(), ..wish.clone() }) {
            Ok(mut comparison) => {
                if !ask.coders.is_empty() {
                    let asked = |label: &str| ask.coders.iter().any(|it| it.text == label);
                    comparison.codings.retain(|coding| asked(&coding.label));
                }
                open.push(comparison);
            }
            Err(refused @ Failure::Refused(..)) => closed = Some(refused),
            Err(other) => return Err(other),
        }
    }
    match closed {
        Some(refused) if open.is_empty() => Err(refused),
        _ => Ok(open),
    }
}
