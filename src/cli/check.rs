//! `check`: everything that is wrong with a study.

use super::{Context, Outcome};
use crate::msg;
use crate::store;
use crate::words;

/// List every problem of the study, with file, line and remedy, writing nothing
///
/// Exit status 1 where there is any. Problems of coders' logs are named without codes, so that nobody
/// sees another's work by checking.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  themata check")]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let folder = context.folder()?;
    let survey = store::survey(&folder)?;
    let mut problems = survey.problems;
    let mut notes = Vec::new();
    if let Some(opened) = &survey.opened {
        context.speak(&opened.study.settings.language);
        notes.extend(opened.notes.iter().cloned());
        problems.extend(opened.conflict_problems());
        problems.extend(opened.file_problems()?);
        for coder in &opened.study.settings.coders {
            let state = opened.seal_state(&coder.id);
            problems.extend(state.broken);
            for (file, rows) in state.late {
                notes.push(msg!("check.late", n = rows, file = file, coder = coder.id));
            }
        }
    }
    problems.sort();
    problems.dedup();
    for problem in &problems {
        let text = context.problem(problem);
        context.out.write_all(text.as_bytes())?;
    }
    for note in &notes {
        writeln!(
            context.out,
            "{}: {}",
            words::word("general.note", context.language),
            words::say(note, context.language)
        )?;
    }
    let count = msg!("check.count", n = problems.len());
    writeln!(context.out, "{}", words::say(&count, context.language))?;
    Ok(if problems.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
