//! Arguments of every command that compares coders, or counts what they decided together.

use std::collections::BTreeSet;

use crate::analysis::scope::Scope;
use crate::domain::comparison::{Comparison, Stage, Waiting};
use crate::domain::failure::Failure;
use crate::domain::find::{Named, NotFound};
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::said::said;
use crate::domain::study::Study;
use crate::msg;
use crate::store::{Opened, Unblind, Wish};

/// Which decisions are let through.
#[derive(Debug, clap::Args)]
pub(super) struct ComparingArgs {
    /// The round [default: of each unit, the latest that all its coders decided]
    #[arg(long, value_name = "ROUND")]
    pub(super) round: Option<String>,
    /// Look before all coders have sealed, for this reason; it is recorded for ever
    #[arg(long, value_name = "REASON")]
    pub(super) unblind: Option<String>,
}

impl ComparingArgs {
    /// The decisions that the gate lets through.
    ///
    /// # Errors
    /// No case is open, a reason is empty, or the logs are invalid.
    pub(super) fn comparison(
        &self,
        opened: &Opened,
        who: Option<&CoderId>,
        cases: &BTreeSet<CaseId>,
    ) -> Result<Comparison, Failure> {
        let round = self.round(&opened.study)?;
        self.comparison_at(opened, who, round.as_ref(), Stage::All, cases)
    }

    /// The round asked for.
    ///
    /// # Errors
    /// The study does not have it.
    pub(super) fn round(&self, study: &Study) -> Result<Option<RoundId>, Failure> {
        let Some(asked) = &self.round else { return Ok(None) };
        round(study, asked).map(Some)
    }

    /// Who looks early, and why.
    ///
    /// # Errors
    /// The reason is empty, or there is no such coder.
    pub(super) fn unblinding(
        &self,
        opened: &Opened,
        who: Option<&CoderId>,
    ) -> Result<Option<Unblind>, Failure> {
        let said = self.unblind.as_deref().map(said);
        if said == Some(None) {
            return Err(Failure::Usage(msg!("comparing.reason"), msg!("comparing.reason.fix")));
        }
        if let Some(who) = who {
            opened.coder(who)?;
        }
        let reason = said.flatten().map(str::to_owned);
        Ok(reason.map(|reason| Unblind { who: who.cloned(), reason }))
    }

    /// The same in a round of its own, and of a stage.
    pub(super) fn comparison_at(
        &self,
        opened: &Opened,
        who: Option<&CoderId>,
        round: Option<&RoundId>,
        stage: Stage,
        cases: &BTreeSet<CaseId>,
    ) -> Result<Comparison, Failure> {
        let unblind = self.unblinding(opened, who)?;
        let cases = cases.clone();
        opened.comparison(&Wish { round: round.cloned(), unblind, stage, cases, ..Wish::default() })
    }

    /// What is asked of the gate.
    ///
    /// # Errors
    /// There is no such round or coder, or a reason is empty.
    pub(super) fn wish(
        &self,
        opened: &Opened,
        who: Option<&CoderId>,
        cases: &BTreeSet<CaseId>,
    ) -> Result<Wish, Failure> {
        let (round, unblind) = (self.round(&opened.study)?, self.unblinding(opened, who)?);
        Ok(Wish { round, unblind, cases: cases.clone(), ..Wish::default() })
    }
}

/// Refuses where all cases asked about still wait for a seal.
///
/// # Errors
/// None of them is open.
pub(super) fn any_open(comparison: &Comparison, scope: &Scope) -> Result<(), Failure> {
    if scope.cases.is_empty() || comparison.open.iter().any(|case| scope.cases.contains(case)) {
        return Ok(());
    }
    let asked = comparison.waiting.iter().filter(|it| scope.cases.contains(&it.case));
    let waiting: Vec<&Waiting> = asked.collect();
    if waiting.is_empty() {
        return Err(Failure::Refused(msg!("gate.nothing"), msg!("gate.nothing.fix")));
    }
    Err(closed(&waiting))
}

/// Cases that wait for seals.
fn closed(waiting: &[&Waiting]) -> Failure {
    let of = |waiting: &&Waiting| {
        let coders: Vec<&str> = waiting.coders.iter().map(CoderId::as_str).collect();
        format!("{} ({})", waiting.case, coders.join(", "))
    };
    let waiting = waiting.iter().map(of).collect::<Vec<_>>().join("; ");
    Failure::Refused(msg!("gate.closed", waiting = waiting), msg!("gate.closed.fix"))
}

/// Refuses where the cases that a coder is asked for wait for her seal.
pub(super) fn waits_for(comparison: &Comparison, coder: &str) -> Result<(), Failure> {
    let hers = |it: &&Waiting| it.coders.iter().any(|id| id.as_str() == coder);
    let waiting: Vec<&Waiting> = comparison.waiting.iter().filter(hers).collect();
    if waiting.is_empty() { Ok(()) } else { Err(closed(&waiting)) }
}

/// A round of the study by name.
///
/// # Errors
/// The study does not have it.
pub(super) fn round(study: &Study, asked: &str) -> Result<RoundId, Failure> {
    Ok(study.find_round(asked)?.clone())
}

/// Which part is asked about, of a study or of a file.
#[derive(Debug, clap::Args)]
pub(super) struct ScopeArgs {
    /// Only these cases (repeatable, or separated by commas)
    #[arg(long = "case", value_name = "CASE", value_delimiter = ',')]
    pub(super) cases: Vec<String>,
    /// Only these dimensions (repeatable, or separated by commas)
    #[arg(long = "dimension", value_name = "DIMENSION", value_delimiter = ',')]
    pub(super) dimensions: Vec<String>,
}

impl ScopeArgs {
    /// The part, checked against the study.
    ///
    /// # Errors
    /// A case or dimension that the study does not have.
    pub(super) fn scope(&self, study: &Study) -> Result<Scope, Failure> {
        let mut scope = Scope::default();
        for asked in &self.cases {
            scope.cases.insert(study.find_case(asked)?.id.clone());
        }
        for asked in &self.dimensions {
            scope.dimensions.insert(study.find_dimension(asked)?);
        }
        Ok(scope)
    }
}

/// A name that a study or a file does not have: wrong use, with the names it has.
pub(super) fn unknown(kind: &'static str, name: &str, known: &[&str]) -> Failure {
    let named = match kind {
        "case" => Named::Case,
        "dimension" => Named::Dimension,
        "round" => Named::Round,
        _ => Named::Coder,
    };
    NotFound::among(named, name, known.iter().copied()).into()
}

/// A coder, or a coder in one round: `c1` or `c1@recode`; whether there are such is looked at later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CoderAt {
    /// As it was written: coders of a file may have any name.
    pub(super) text: String,
    /// The coder.
    pub(super) coder: String,
    /// The round.
    pub(super) round: Option<String>,
}

impl From<&str> for CoderAt {
    fn from(text: &str) -> Self {
        let (coder, round) = match text.split_once('@') {
            Some((coder, round)) => (coder.to_owned(), Some(round.to_owned())),
            None => (text.to_owned(), None),
        };
        Self { text: text.to_owned(), coder, round }
    }
}

/// Two coders or more, or one coder in several rounds, side by side: only cases that are open in all of these rounds. A
/// coder held against herself is not asked whether others' answers were open to her: all that counts of hers is compared.
///
/// # Errors
/// An unknown coder or round, or no case is open in all of them.
pub(super) fn side_by_side(
    opened: &Opened,
    asked: &[CoderAt],
    args: &ComparingArgs,
    who: Option<&CoderId>,
    stage: Stage,
    cases: &BTreeSet<CaseId>,
) -> Result<Comparison, Failure> {
    let mut together: Option<Comparison> = None;
    let alone = asked
        .windows(2)
        .all(|pair| pair.first().map(|it| &it.coder) == pair.last().map(|it| &it.coder));
    let stage = if alone && stage == Stage::Independent { Stage::All } else { stage };
    for at in asked {
        let coders = &opened.study.settings.coders;
        let known: Vec<&str> = coders.iter().map(|it| it.id.as_str()).collect();
        if !known.contains(&at.coder.as_str()) {
            return Err(unknown("coder", &at.coder, &known));
        }
        if let Ok(coder) = at.coder.parse() {
            in_results(opened, &coder)?;
        }
        let named = at.round.as_ref().map(|named| round(&opened.study, named)).transpose()?;
        let of = match &named {
            Some(round) => Some(round.clone()),
            None => args.round(&opened.study)?,
        };
        let mut comparison = opened.comparison(&Wish {
            round: of,
            unblind: args.unblinding(opened, who)?,
            stage,
            cases: cases.clone(),
            also: at.coder.parse().into_iter().collect(),
        })?;
        comparison.codings.retain(|coding| coding.coder.as_str() == at.coder);
        if comparison.codings.is_empty() {
            waits_for(&comparison, &at.coder)?;
            return Err(unasked(opened, &at.coder, named.as_ref()));
        }
        comparison.later.retain(|coder, _| coder.as_str() == at.coder);
        comparison.late.retain(|coder, _| coder.as_str() == at.coder);
        comparison.open_to.retain(|coder, _| coder.as_str() == at.coder);
        if named.is_some() {
            for coding in &mut comparison.codings {
                coding.label = at.text.clone();
            }
        }
        match &mut together {
            None => together = Some(comparison),
            Some(together) => join(together, comparison),
        }
    }
    together.ok_or_else(|| Failure::Usage(msg!("comparing.coders"), msg!("comparing.coders.fix")))
}

/// Refuses a coder whose decisions were taken out of every result.
pub(super) fn in_results(opened: &Opened, coder: &CoderId) -> Result<(), Failure> {
    if !opened.study.is_excluded(coder) {
        return Ok(());
    }
    let what = msg!("comparing.excluded", coder = coder);
    Err(Failure::Refused(what, msg!("comparing.excluded.fix", coder = coder)))
}

/// A coder who is asked for nothing that is open in a round can be compared with nobody.
pub(super) fn unasked(opened: &Opened, coder: &str, round: Option<&RoundId>) -> Failure {
    let study = &opened.study;
    let current = study.rounds.get(usize::from(study.current_round().0));
    let round = round.or(current).map(ToString::to_string).unwrap_or_default();
    let what = msg!("code.unassigned", coder = coder, round = round);
    Failure::Refused(what, msg!("code.unassigned.fix", coder = coder))
}

pub(super) fn join(together: &mut Comparison, mut other: Comparison) {
    together.codings.append(&mut other.codings);
    for (all, more) in [
        (&mut together.later, other.later),
        (&mut together.late, other.late),
        (&mut together.open_to, other.open_to),
    ] {
        for (coder, places) in more {
            all.entry(coder).or_default().extend(places);
        }
    }
    together.open.retain(|case| other.open.contains(case));
    for waiting in other.waiting {
        if !together.waiting.contains(&waiting) {
            together.waiting.push(waiting);
        }
    }
    let open: BTreeSet<&CaseId> = together.open.iter().collect();
    together.waiting.retain(|waiting| !open.contains(&waiting.case));
    if together.round != other.round {
        together.round = None;
    }
    together.unblinded |= other.unblinded;
}
