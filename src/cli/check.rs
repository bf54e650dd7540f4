//! `check`: everything that is wrong with a study.

use super::{Context, Outcome, display};
use crate::analysis::concepts;
use crate::domain::message::Message;
use crate::domain::transcript::Transcript;
use crate::escape::terminal::Guarded;
use crate::msg;
use crate::store;
use crate::unitize::starts;
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
        problems.extend(opened.contested_settlements());
        problems.extend(opened.contested_topics());
        problems.extend(opened.contested_cut_problems());
        problems.extend(opened.file_problems()?);
        problems.extend(opened.lock_problems());
        problems.extend(opened.doubtful_rows());
        problems.extend(opened.lost_assignments.iter().cloned());
        problems.extend(opened.gone_codes());
        problems.extend(concepts::problems(&opened.study));
        problems.extend(opened.pick_problems()?);
        problems.extend(opened.list_problems()?);
        problems.extend(display::problems(&opened.folder.saved_displays().unwrap_or_default()));
        problems.extend(opened.name_problems()?);
        notes.extend(super::moderation::said(opened, opened.study.transcripts.iter()));
        notes.extend(opened.study.transcripts.iter().filter_map(left_in_text));
        for coder in &opened.study.settings.coders {
            let state = opened.seal_state(&coder.id);
            problems.extend(state.broken.iter().cloned());
            for (file, rows) in &state.late {
                notes.push(msg!("check.late", n = rows, file = file, coder = coder.id));
            }
        }
    }
    problems.sort();
    problems.dedup();
    context.print(&context.listed(&problems))?;
    let word = words::word("general.note", context.language);
    for note in &notes {
        let said = words::say(note, context.language);
        context.print(&Guarded::line(&format!("{word}: {said}")))?;
    }
    context.show(&msg!("check.count", n = problems.len()))?;
    Ok(if problems.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// Beginnings of paragraphs that recur in a transcript and may be labels.
fn left_in_text(transcript: &Transcript) -> Option<Message> {
    let spoken = transcript.paragraphs.iter().filter(|it| it.speaker.is_some());
    let found = starts::recurring(spoken.map(|it| it.text.as_str()));
    let told: Vec<String> = found.iter().map(|(start, n)| format!("`{start}` ({n})")).collect();
    let starts = told.join(", ");
    (!told.is_empty()).then(|| msg!("check.left", transcript = transcript.id, starts = starts))
}
