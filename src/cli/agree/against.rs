//! `agree --against`: how right coders are where a standard is taken for right.

use super::args::Args;
use crate::analysis::accuracy::{Accuracy, accuracy};
use crate::analysis::decisions::{Decisions, Rule, Tally, of_coder, of_comparison};
use crate::analysis::provenance::Provenance;
use crate::analysis::scope::Scope;
use crate::cli::{Context, Outcome};
use crate::domain::comparison::Comparison;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::msg;
use crate::render::accuracy::AccuracyReport;
use crate::render::names::Names;
use crate::store::{Opened, Wish};
use crate::work::ask::{CoderAt, any_open, given_by_any, in_results, join, unasked, waits_for};

/// What is taken for right.
enum Standard {
    /// What was settled, agreed, or decided by one alone.
    Final,
    /// What one coder decided.
    Coder(CoderId),
}

/// One coder held against the standard, and what was let through for it.
struct Measured {
    accuracy: Accuracy,
    tally: Tally,
    comparison: Comparison,
}

pub(super) fn run(
    args: &Args,
    standard: &str,
    context: &mut Context<'_>,
) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let standard = Standard::of(standard, &opened)?;
    let scope = args.part.ask().scope(&opened.study)?;
    let asked = standard.measures(args, &opened)?;
    let (mut coders, mut left_out) = (Vec::new(), Vec::new());
    let (mut together, mut refused): (Option<Comparison>, _) = (None, None);
    for at in &asked {
        match measure(args, &opened, &standard, at, &scope) {
            Ok(Measured { accuracy, tally, comparison }) => {
                coders.push((accuracy, tally));
                match &mut together {
                    None => together = Some(comparison),
                    Some(together) => join(together, comparison),
                }
            }
            // Of whom nobody asked by name, those are shown of whom there is something.
            Err(why @ Failure::Refused(..)) if args.coders.is_empty() => {
                left_out.push(at.text.clone());
                refused = Some(why);
            }
            Err(why) => return Err(why.into()),
        }
    }
    let Some(comparison) = together else {
        return Err(refused.unwrap_or_else(nobody).into());
    };
    let report = AccuracyReport {
        against: standard.to_string(),
        is_final: matches!(standard, Standard::Final),
        coders,
        left_out,
        names: Names::of(&opened.study, args.names.ids()),
        provenance: Provenance::within(&opened.study, &comparison, &scope),
    };
    args.output.emit(&report, context)?;
    Ok(Outcome::Clean)
}

impl std::fmt::Display for Standard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Final => f.write_str("final"),
            Self::Coder(id) => id.fmt(f),
        }
    }
}

impl Standard {
    fn of(asked: &str, opened: &Opened) -> Result<Self, Failure> {
        if asked == "final" {
            return Ok(Self::Final);
        }
        let coder = opened.study.find_coder(asked)?.id.clone();
        in_results(&opened.study, &coder)?;
        Ok(Self::Coder(coder))
    }

    /// Who is measured: whoever is named, else every trainee and every machine.
    fn measures(&self, args: &Args, opened: &Opened) -> Result<Vec<CoderAt>, Failure> {
        let study = &opened.study;
        let mut asked = args.coders.clone();
        if asked.is_empty() {
            let measured = study.settings.coders.iter().filter(|it| !it.is_person());
            let others = measured.filter(|it| !self.is(&it.id) && !study.is_excluded(&it.id));
            asked = others.map(|it| CoderAt::from(it.id.as_str())).collect();
        }
        if asked.is_empty() {
            return Err(nobody());
        }
        for at in &mut asked {
            let coder = &study.find_coder(&at.coder)?.id;
            in_results(&opened.study, coder)?;
            let is_part = match self {
                Self::Final => study.counts(coder),
                Self::Coder(_) => self.is(coder),
            };
            if is_part {
                let what = msg!("accuracy.part", coder = coder);
                return Err(Failure::Refused(what, msg!("accuracy.part.fix", coder = coder)));
            }
            at.coder = coder.to_string();
        }
        Ok(asked)
    }

    fn is(&self, coder: &CoderId) -> bool {
        matches!(self, Self::Coder(id) if id == coder)
    }
}

fn nobody() -> Failure {
    Failure::Usage(msg!("accuracy.nobody"), msg!("accuracy.nobody.fix"))
}

/// One coder against the standard, in the cases that she and all who count have sealed.
fn measure(
    args: &Args,
    opened: &Opened,
    standard: &Standard,
    at: &CoderAt,
    scope: &Scope,
) -> Result<Measured, Failure> {
    let study = &opened.study;
    let hers = study.find_coder(&at.coder)?.id.clone();
    let mut wish = args.comparing().wish(&opened.study, &scope.cases)?;
    if let Some(round) = &at.round {
        wish.round = Some(study.find_round(round)?.clone());
    }
    wish.also.insert(hers.clone());
    if let Standard::Coder(id) = standard {
        wish.also.insert(id.clone());
    }
    let mut comparison = opened.comparison(&wish)?.counting(study, args.codes.into());
    any_open(&comparison, scope)?;
    let scope = &given_by_any(opened, &comparison, scope)?;
    let decisions = decisions(opened, &comparison, standard, &wish, scope)?;
    let Some(coding) = comparison.codings.iter_mut().find(|it| it.coder == hers) else {
        waits_for(&comparison, &hers)?;
        return Err(unasked(study, &hers, wish.round.as_ref()));
    };
    if at.round.is_some() {
        coding.label.clone_from(&at.text);
    }
    let accuracy = accuracy(study, &decisions, coding);
    let tally = decisions.tally;
    comparison.codings.retain(|it| it.coder == hers || standard.is(&it.coder));
    comparison.open_to.retain(|it, _| *it == hers || standard.is(it));
    Ok(Measured { accuracy, tally, comparison })
}

/// What is taken for right of what was let through.
fn decisions<'a>(
    opened: &'a Opened,
    comparison: &Comparison,
    standard: &Standard,
    wish: &Wish,
    scope: &Scope,
) -> Result<Decisions<'a>, Failure> {
    let study = &opened.study;
    match standard {
        Standard::Final => {
            let mut counting = comparison.clone();
            counting.codings.retain(|it| study.counts(&it.coder));
            Ok(of_comparison(study, &counting, &opened.settlements, Rule::Final, scope))
        }
        Standard::Coder(id) => {
            let Some(coding) = comparison.codings.iter().find(|it| it.coder == *id) else {
                waits_for(comparison, id)?;
                return Err(unasked(study, id, wish.round.as_ref()));
            };
            Ok(of_coder(study, coding, &comparison.open, scope, comparison.codes))
        }
    }
}
