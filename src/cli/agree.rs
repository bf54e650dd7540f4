//! `agree`: how far coders agree, on the study or on any CSV of codings.

mod against;
mod args;
mod asked;
mod boundaries;
mod file;
mod required;
mod scale;

use std::collections::BTreeSet;

pub(super) use args::Args;
use args::By;
use asked::{check, options, requirement};

use super::{Context, Outcome};
use crate::analysis::agreement::{
    self, Agreement, Definitions, Level, Options, Requirement, Single, by_codebook, by_participant,
    of_pairs,
};
use crate::analysis::codings::Codings;
use crate::analysis::left_out::LeftOut;
use crate::analysis::provenance::Provenance;
use crate::analysis::study_codings::{Choice, codings};
use crate::domain::comparison::{Comparison, Stage};
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId};
use crate::msg;
use crate::render::agreement::AgreementReport;
use crate::render::names::Names;
use crate::store::{Opened, Wish};
use crate::work::ask::{CoderAt, any_open, given_by_any, side_by_side};

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    check(args)?;
    for file in &args.files {
        args.output.spares(file)?;
    }
    if let Some(standard) = &args.against {
        return against::run(args, standard, context);
    }
    let found = match args.files.first() {
        _ if args.boundaries => boundaries::found(args, context)?,
        Some(file) => file::found(args, file)?,
        None => of_study(args, context)?,
    };
    let Found { report, requirement } = found;
    let mut rows = report.agreement.groups.iter().flat_map(|group| &group.rows);
    if args.per_category && !rows.any(|row| row.level == Level::Value) {
        let what = msg!("agree.per_category.none");
        return Err(Failure::Usage(what, msg!("agree.per_category.none.fix")).into());
    }
    scale::is_there(args, &report)?;
    if let Some(requirement) = &requirement {
        required::is_asked(requirement, &report)?;
    }
    args.output.emit(&report, context)?;
    // After the figures: where the two streams are one, what is missed is read beneath them.
    let missed =
        requirement.map(|it| required::missed(&it, &report, context)).transpose()?.unwrap_or(false);
    Ok(if missed { Outcome::Findings } else { Outcome::Clean })
}

/// The figures, and what is required of them.
struct Found {
    report: AgreementReport,
    requirement: Option<Requirement>,
}

/// What a command line without a file answers on a study; nothing where there are no two coders.
pub(super) fn of_line(line: &str, opened: &Opened) -> anyhow::Result<Option<AgreementReport>> {
    let Some(args) = super::report::agree_args(line) else { return Ok(None) };
    match of_opened(&args, opened) {
        Ok(found) => Ok(Some(found.report)),
        Err(error) if matches!(error.downcast_ref(), Some(Failure::Usage(..))) => Ok(None),
        Err(error) => Err(error),
    }
}

fn of_study(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Found> {
    let opened = context.open()?;
    of_opened(args, &opened)
}

fn of_opened(args: &Args, opened: &Opened) -> anyhow::Result<Found> {
    let study = &opened.study;
    let requirement = requirement(args, Some(opened))?;
    let scope = args.part.ask().scope(study)?;
    let no_coefficients = !study.settings.agreement;
    let by_round = args.by == Some(By::Round) && args.comparing.round.is_none();
    let cases = &scope.cases;
    let comparisons = match by_round {
        true => rounds(args, opened, cases)?,
        false => vec![compare(args, opened, cases)?],
    };
    let counting = |it: Comparison| it.counting(study, args.codes.into());
    let comparisons: Vec<Comparison> = comparisons.into_iter().map(counting).collect();
    if let [comparison] = comparisons.as_slice() {
        any_open(comparison, &scope)?;
    }
    let choice = |it: &Comparison| {
        let scope = given_by_any(opened, it, &scope)?;
        Ok(Choice { scope, without_unsure: args.without.is_some() })
    };
    let choices = comparisons.iter().map(choice).collect::<Result<Vec<_>, Failure>>()?;
    let coders = comparisons.first().map_or(0, |it| it.codings.len());
    if coders < 2 {
        return Err(no_coders().into());
    }
    let options = options(args, requirement.as_ref(), Single::Exclude, no_coefficients, coders)?;
    let agreement = if by_round {
        let part = |(it, choice): (&Comparison, &Choice)| {
            let round = it.round.as_ref().map(ToString::to_string).unwrap_or_default();
            (round, codings(study, it, choice))
        };
        by_parts(&comparisons.iter().zip(&choices).map(part).collect::<Vec<_>>(), &options)
    } else {
        let (Some(comparison), Some(choice)) = (comparisons.first(), choices.first()) else {
            return Err(no_coders().into());
        };
        match args.by {
            Some(By::Participant) => by_participant(study, comparison, choice, &options),
            Some(By::Codebook) => by_codebook(study, comparison, choice, &options),
            _ if args.pairs => of_pairs(&codings(study, comparison, choice), &options),
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
    if let (Some(provenance), Some(rounds)) = (&mut provenance, rounds_asked(args)) {
        provenance.round = Some(rounds);
    }
    let names = Names::of(study, args.names.ids());
    let report =
        AgreementReport { names, definitions, ..report(args, agreement, options, provenance) };
    Ok(Found { report, requirement })
}

fn no_coders() -> Failure {
    Failure::Usage(msg!("comparing.coders"), msg!("comparing.coders.fix"))
}

/// The rounds of `c1@main,c1@recode`, where each coder is asked for in one.
fn rounds_asked(args: &Args) -> Option<String> {
    let mut rounds: Vec<&str> = Vec::new();
    for coder in &args.coders {
        let round = coder.round.as_deref()?;
        if !rounds.contains(&round) {
            rounds.push(round);
        }
    }
    (!rounds.is_empty()).then(|| rounds.join("; "))
}

fn compare(args: &Args, opened: &Opened, cases: &BTreeSet<CaseId>) -> Result<Comparison, Failure> {
    if let (Some(who), None) = (&args.coder, &args.comparing.unblind) {
        return own_rounds(args, opened, who);
    }
    let wish = wish(args, opened, cases)?;
    match args.coders.as_slice() {
        [] => opened.comparison(&wish),
        coders => side_by_side(opened, coders, &wish),
    }
}

/// What is asked of the gate.
fn wish(args: &Args, opened: &Opened, cases: &BTreeSet<CaseId>) -> Result<Wish, Failure> {
    let wish = args.comparing().wish(&opened.study, cases)?;
    Ok(Wish { stage: Stage::from(args.stage), ..wish })
}

/// A coder's own rounds side by side, sealed or not: nobody else's decisions are read.
fn own_rounds(args: &Args, opened: &Opened, who: &CoderId) -> Result<Comparison, Failure> {
    opened.coder(who)?;
    let hers = |at: &CoderAt| at.coder == who.as_str() && at.round.is_some();
    if args.coders.is_empty() || !args.coders.iter().all(hers) {
        return Err(Failure::Usage(msg!("agree.own"), msg!("agree.own.fix", coder = who)));
    }
    let mut own = Vec::new();
    for at in &args.coders {
        let named = at.round.as_deref().map(|it| opened.study.find_round(it)).transpose()?;
        let mut coding = opened.own(who, named)?;
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
    args: &Args,
    opened: &Opened,
    cases: &BTreeSet<CaseId>,
) -> Result<Vec<Comparison>, Failure> {
    let also: BTreeSet<CoderId> =
        args.coders.iter().filter_map(|at| at.coder.parse().ok()).collect();
    let wish = wish(args, opened, cases)?;
    let mut open = Vec::new();
    let mut closed = None;
    for round in &opened.study.rounds {
        let round = Some(round.clone());
        match opened.comparison(&Wish { round, also: also.clone(), ..wish.clone() }) {
            Ok(mut comparison) => {
                if !args.coders.is_empty() {
                    let asked = |label: &str| args.coders.iter().any(|it| it.text == label);
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

/// Each part by itself, under its name.
fn by_parts(parts: &[(String, Codings)], options: &Options) -> Agreement {
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

fn report(
    args: &Args,
    agreement: Agreement,
    options: Options,
    provenance: Option<Provenance>,
) -> AgreementReport {
    AgreementReport {
        agreement,
        names: Names::without(args.names.ids()),
        options,
        by: if args.pairs { Some("pair") } else { args.by.map(By::as_str) },
        assumed: Vec::new(),
        inventory: None,
        without_unsure: args.without.is_some(),
        definitions: Vec::new(),
        provenance,
        cuts: None,
    }
}
