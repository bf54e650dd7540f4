//! `import`: transcripts into the study.
//!
//! Files are read first, all of them ([`reading`]); then people are named; then it is shown, or written
//! ([`writing`]) in one go.

mod naming;
mod progress;
mod reading;
mod writing;

use std::path::PathBuf;

use super::output::{Format, OutputArgs};
use super::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::msg;
use crate::render::preview::{self, Previews};
use crate::store::Opened;
use reading::Batch;
use writing::Draft;

/// Bring transcripts into the study
///
/// Name files, or a folder in place of the files in it. Who speaks is found from the labels before the
/// speech; --preview shows what was taken for what, before anything is written. The original is kept.
///
/// Files that are named come in together or not at all. Of a folder, every file that can be read comes in,
/// and each of the others is named with the reason (exit status 3 where one seems to be a transcript that
/// cannot be read); what is in the study already is passed over, so the command can be repeated when files
/// are added.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata import --preview \"CoP 31.txt\"\n  themata import \"CoP 31.txt\" \"CoP 36.docx\"\n  themata import transcripts/\n  themata import --preview transcripts/ -o speakers.csv\n  themata import --speakers speakers.csv transcripts/"
)]
pub(super) struct Args {
    /// Files, or folders of files (folders inside them are not looked into)
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The case they belong to [default: named after the file]
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// The transcript's id; for a single file [default: named after the file]
    #[arg(long, value_name = "ID")]
    transcript: Option<TranscriptId>,
    /// Who is who: a CSV with the columns transcript, label, participant, role
    #[arg(long, value_name = "MAP.csv")]
    speakers: Option<PathBuf>,
    /// Language of the talk, as a tag such as en or es [default: the study's]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Day of the sitting
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The files' encoding, where guessing is wrong: windows-1252, iso-8859-15, macintosh …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Show what would be imported, and write nothing; needs no study
    ///
    /// One file fills a screen, several have a line each. As CSV it is a list of speakers to fill in for
    /// --speakers.
    #[arg(long)]
    preview: bool,
    #[command(flatten)]
    output: OutputArgs,
}

impl Args {
    /// Refuses what does not go together.
    fn check(&self, files: usize) -> Result<(), Failure> {
        if self.transcript.is_some() && files > 1 {
            return Err(Failure::Usage(msg!("import.one_id"), msg!("import.one_id.fix")));
        }
        if !self.preview && self.output.is_asked() {
            return Err(Failure::Usage(msg!("import.no_result"), msg!("import.no_result.fix")));
        }
        Ok(())
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.check(1)?;
    let opened = match context.folder() {
        Ok(_) => Some(context.open()?),
        Err(_) if args.preview => None,
        Err(failure) => return Err(failure.into()),
    };
    let mut batch = reading::read(args, opened.as_ref(), context)?;
    let unread = std::mem::take(&mut batch.unread);
    if args.preview {
        show(args, opened.as_ref(), batch, context)?;
    } else if let Some(opened) = &opened {
        bring_in(args, opened, batch, context)?;
    }
    if unread.is_empty() { Ok(Outcome::Clean) } else { Err(Failure::Invalid(unread).into()) }
}

/// Shows what was found, and then what is wrong with files that were named.
fn show(
    args: &Args,
    opened: Option<&Opened>,
    mut batch: Batch,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let problems = std::mem::take(&mut batch.problems);
    let (said, several) = (batch.said(), batch.several);
    let (drafts, unmatched) = writing::cast(args, opened, batch.read)?;
    let previews = Previews { files: drafts.iter().map(Draft::preview).collect(), several };
    if previews.files.is_empty() {
        said.iter().try_for_each(|line| context.tell(line))?;
    } else {
        match previews.screen(context.language) {
            Some(text) if args.output.form()? == Format::Table => {
                args.output.write(text.as_bytes(), context)?;
            }
            _ => args.output.emit(&previews, context)?,
        }
        said.iter().try_for_each(|line| context.tell(line))?;
    }
    let problems: Vec<_> = problems.into_iter().chain(unmatched).collect();
    if problems.is_empty() { Ok(()) } else { Err(Failure::Invalid(problems).into()) }
}

/// Writes what was found into the study, unless a file that was named cannot be read.
fn bring_in(
    args: &Args,
    opened: &Opened,
    mut batch: Batch,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let mut problems = std::mem::take(&mut batch.problems);
    let said = batch.said();
    let (drafts, unmatched) = writing::cast(args, Some(opened), batch.read)?;
    if problems.is_empty() {
        problems.extend(unmatched);
    }
    if !problems.is_empty() {
        if !drafts.is_empty() {
            context.tell(&msg!("import.none_written", n = drafts.len()))?;
        }
        return Err(Failure::Invalid(problems).into());
    }
    let lines = preview::summary(&drafts.iter().map(Draft::preview).collect::<Vec<_>>());
    let n = drafts.len();
    writing::write(args, opened, drafts)?;
    for line in lines.iter().chain(&said) {
        context.tell(line)?;
    }
    if n > 0 {
        context.tell(&msg!("import.next"))?;
    }
    Ok(())
}
