//! What `--require` says of rows that miss it.

use crate::analysis::agreement::{Requirement, Row};
use crate::cli::Context;
use crate::domain::failure::Failure;
use crate::msg;
use crate::render::agreement::{AgreementReport, reason};
use crate::render::number;

/// Refuses a condition on a measure that is not among the figures.
///
/// # Errors
/// No row has the measure.
pub(super) fn is_asked(requirement: &Requirement, report: &AgreementReport) -> Result<(), Failure> {
    let measure = requirement.measure;
    let mut rows = report.agreement.groups.iter().flat_map(|group| &group.rows);
    if rows.any(|row| row.measure == measure) {
        return Ok(());
    }
    let fix = msg!("agree.require.absent.fix", measure = measure);
    Err(Failure::Usage(msg!("agree.require.absent", measure = measure), fix))
}

/// Says which rows miss the condition; whether there are any.
pub(super) fn missed(
    requirement: &Requirement,
    report: &AgreementReport,
    context: &mut Context<'_>,
) -> anyhow::Result<bool> {
    let missed = requirement.missed(&report.agreement);
    for (group, row) in &missed {
        let (name, level) = (row.about.name(), row.level);
        let value = asked_value(requirement, row, context);
        let message = match group {
            None => msg!(
                "agree.missed",
                condition = requirement,
                name = name,
                level = level,
                value = value
            ),
            Some(group) => msg!(
                "agree.missed_in",
                condition = requirement,
                name = name,
                level = level,
                group = group,
                value = value
            ),
        };
        context.tell(&message)?;
    }
    Ok(!missed.is_empty())
}

/// What the condition is asked of, for people.
fn asked_value(requirement: &Requirement, row: &Row, context: &Context<'_>) -> String {
    match (&row.figure, requirement.low) {
        (Err(why), _) => reason(*why, context.language),
        (Ok(estimate), false) => number::shown(estimate.value),
        (Ok(estimate), true) => match estimate.ci95 {
            Some((low, _)) => number::shown(low),
            None => crate::words::word("agree.no_interval", context.language),
        },
    }
}
