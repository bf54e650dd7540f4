//! `agree`: how far coders agree, on the study or on any CSV of codings.

mod against;
mod args;
mod asked;
mod boundaries;
mod file;
mod required;
mod scale;
mod values;

pub(super) use args::Args;
use asked::check;

use super::{Context, Outcome};
use crate::analysis::agreement::{Level, Requirement};
use crate::domain::failure::Failure;
use crate::msg;
use crate::render::agreement::AgreementReport;
use crate::work::ask::agree;

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    check(args)?;
    for file in &args.files {
        args.output.spares(file)?;
    }
    if let Some(ask) = args.accuracy() {
        return against::run(args, &ask, context);
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

fn of_study(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Found> {
    let opened = context.open()?;
    let ask = args.ask();
    let answer = agree(&opened, &ask)?;
    let requirement = answer.requirement;
    Ok(Found { report: AgreementReport::of(&opened.study, answer, &ask), requirement })
}
