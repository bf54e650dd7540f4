//! Which decisions of several coders are let through, side by side.

use std::collections::BTreeSet;
use std::fmt;

use super::line::Line;
use crate::analysis::decisions::{Rule, of_comparison};
use crate::analysis::scope::Scope;
use crate::domain::comparison::{Comparison, Stage, Waiting};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::said::said;
use crate::domain::study::Study;
use crate::msg;
use crate::store::{Opened, Unblind, Wish};

/// Which decisions are let through, and who looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparing {
    /// The round; where there is none, of each unit the latest that all its coders decided.
    pub round: Option<String>,
    /// Why somebody looks before all have sealed.
    pub unblind: Option<String>,
    /// Who looks: early, or at her own decisions alone.
    pub coder: Option<String>,
}

impl Comparing {
    /// The round asked for.
    ///
    /// # Errors
    /// The study does not have it.
    pub fn round(&self, study: &Study) -> Result<Option<RoundId>, Failure> {
        Ok(self.round.as_deref().map(|asked| study.find_round(asked).cloned()).transpose()?)
    }

    /// Who looks.
    ///
    /// # Errors
    /// The study does not have her.
    pub fn who(&self, study: &Study) -> Result<Option<CoderId>, Failure> {
        let found = self.coder.as_deref().map(|asked| study.find_coder(asked)).transpose()?;
        Ok(found.map(|coder| coder.id.clone()))
    }

    /// Who looks early, and why.
    ///
    /// # Errors
    /// The reason is empty, or there is no such coder.
    pub fn unblinding(&self, study: &Study) -> Result<Option<Unblind>, Failure> {
        let who = self.who(study)?;
        let reason = self.unblind.as_deref().map(said);
        if reason == Some(None) {
            return Err(Failure::Usage(msg!("comparing.reason"), msg!("comparing.reason.fix")));
        }
        Ok(reason.flatten().map(|reason| Unblind { who, reason: reason.to_owned() }))
    }

    /// What is asked of the gate about these cases (all where there are none).
    ///
    /// # Errors
    /// There is no such round or coder, or a reason is empty.
    pub fn wish(&self, study: &Study, cases: &BTreeSet<CaseId>) -> Result<Wish, Failure> {
        let (round, unblind) = (self.round(study)?, self.unblinding(study)?);
        Ok(Wish { round, unblind, cases: cases.clone(), ..Wish::default() })
    }

    pub(super) fn on(&self, line: Line) -> Line {
        line.option("round", &self.round)
            .option("unblind", &self.unblind)
            .option("coder", &self.coder)
    }
}

/// The part once it is known what any of the compared coders gave.
///
/// # Errors
/// A filter names what the study does not have.
pub fn given_by_any(
    opened: &Opened,
    comparison: &Comparison,
    scope: &Scope,
) -> Result<Scope, Failure> {
    let (study, settled) = (&opened.study, &opened.settlements);
    scope.once_decided(study, &comparison.codings, |scope| {
        of_comparison(study, comparison, settled, Rule::Any, scope)
    })
}

/// Refuses where all cases asked about still wait for a seal.
///
/// # Errors
/// None of them is open.
pub fn any_open(comparison: &Comparison, scope: &Scope) -> Result<(), Failure> {
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
///
/// # Errors
/// Some of them do.
pub fn waits_for(comparison: &Comparison, coder: &CoderId) -> Result<(), Failure> {
    let hers = |it: &&Waiting| it.coders.contains(coder);
    let waiting: Vec<&Waiting> = comparison.waiting.iter().filter(hers).collect();
    if waiting.is_empty() { Ok(()) } else { Err(closed(&waiting)) }
}

/// Refuses a coder whose decisions were taken out of every result.
///
/// # Errors
/// Hers were.
pub fn in_results(study: &Study, coder: &CoderId) -> Result<(), Failure> {
    if !study.is_excluded(coder) {
        return Ok(());
    }
    let what = msg!("comparing.excluded", coder = coder);
    Err(Failure::Refused(what, msg!("comparing.excluded.fix", coder = coder)))
}

/// A coder who is asked for nothing that is open in a round can be compared with nobody.
#[must_use]
pub fn unasked(study: &Study, coder: &CoderId, round: Option<&RoundId>) -> Failure {
    let current = study.rounds.get(usize::from(study.current_round().0));
    let round = round.or(current).map(ToString::to_string).unwrap_or_default();
    let what = msg!("code.unassigned", coder = coder, round = round);
    Failure::Refused(what, msg!("code.unassigned.fix", coder = coder))
}

/// A coder, or a coder in one round: `c1` or `c1@recode`; whether there are such is looked at later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoderAt {
    /// As it was written: coders of a file may have any name.
    pub text: String,
    /// The coder.
    pub coder: String,
    /// The round.
    pub round: Option<String>,
}

impl fmt::Display for CoderAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
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
/// An unknown coder or round, one who is asked for nothing that is open, or no case is open in all of them.
pub fn side_by_side(
    opened: &Opened,
    asked: &[CoderAt],
    wish: &Wish,
) -> Result<Comparison, Failure> {
    let study = &opened.study;
    let mut together: Option<Comparison> = None;
    let alone = asked
        .windows(2)
        .all(|pair| pair.first().map(|it| &it.coder) == pair.last().map(|it| &it.coder));
    let stage = if alone && wish.stage == Stage::Independent { Stage::All } else { wish.stage };
    for at in asked {
        let coder = &study.find_coder(&at.coder)?.id;
        in_results(study, coder)?;
        let named = at.round.as_ref().map(|named| study.find_round(named)).transpose()?.cloned();
        let mut comparison = opened.comparison(&Wish {
            round: named.clone().or_else(|| wish.round.clone()),
            stage,
            also: [coder.clone()].into(),
            ..wish.clone()
        })?;
        comparison.codings.retain(|coding| coding.coder == *coder);
        if comparison.codings.is_empty() {
            waits_for(&comparison, coder)?;
            return Err(unasked(study, coder, named.as_ref()));
        }
        comparison.later.retain(|of, _| of == coder);
        comparison.late.retain(|of, _| of == coder);
        comparison.open_to.retain(|of, _| of == coder);
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

/// Puts what is let through of other coders beside what is there.
pub fn join(together: &mut Comparison, mut other: Comparison) {
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
