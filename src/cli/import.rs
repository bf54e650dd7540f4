//! `import`: transcripts into the study.
//!
//! Files are read first, all of them; then people are named; then it is shown, or written in one go
//! ([`crate::work::bring_in`]).

mod progress;

use std::path::PathBuf;

use super::output::OutputArgs;
use super::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::face::lines;
use crate::msg;
use crate::render::preview::{self, Preview, Previews};
use crate::store::Opened;
use crate::work::bring_in::ImportAsk;
use crate::work::bring_in::key::Key;
use crate::work::bring_in::reading::{self, Batch};
use crate::work::bring_in::replacing::{Nothing, Replacing};
use crate::work::bring_in::writing::{self, Draft};
use progress::Progress;

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
    after_help = "Examples:\n  themata import --preview \"CoP 31.txt\"\n  themata import \"CoP 31.txt\" \"CoP 36.docx\"\n  themata import transcripts/\n  themata import --preview transcripts/ -o speakers.csv\n  themata import --speakers speakers.csv transcripts/\n  themata import --pseudonyms ../key.csv transcripts/\n  themata import --replace CoP-31 \"CoP 31 corrected.txt\""
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
    /// How labels look where they are not found: a regular expression that begins a paragraph
    ///
    /// Its group named speaker, or its first group, is the label; a group named time is the time. What it
    /// matches is taken off the paragraph, and nothing else is taken for a label: '^<([^>]+)>' reads
    /// `<Ana> Hello`, '(?<time>[0-9:]+) +(?<speaker>[A-Z]+)/' reads `1:05 ANA/ Hello`.
    #[arg(long, value_name = "REGEX")]
    speaker_pattern: Option<String>,
    /// Turn names into P1 …, and keep who is who in this CSV outside the study
    ///
    /// Labels that may be names become P1, P2 … (who asks: Moderator). The key is a CSV with the columns
    /// name, case, participant; one that exists is used again and added to, so that in one case the same
    /// name stays the same person; a row without case means the name in every case. What was said stays
    /// as it is, names included, and so do the files in originals/. --force overwrites a file that is no
    /// key, and rows that --speakers contradicts.
    #[arg(long, value_name = "KEY.csv")]
    pseudonyms: Option<PathBuf>,
    /// Put the file, a corrected transcript, in place of this one; for a single file
    ///
    /// The text gets an id of its own, and units and decisions follow: where the same people say the same to
    /// the letter by themselves, elsewhere by what the words have in common and what stands around them.
    /// Each such match is shown with both texts, and taken (y) or not (n). What is not found is lost, and
    /// stays listed with its decisions (`units show --changed`); what is new is undecided. The old text stays.
    #[arg(long, value_name = "TRANSCRIPT", conflicts_with_all = ["case", "preview"])]
    replace: Option<String>,
    /// Take every match that --replace shows
    #[arg(long, requires = "replace")]
    yes: bool,
    /// Why the text is replaced; it is recorded
    #[arg(long, value_name = "TEXT", requires = "replace")]
    reason: Option<String>,
    /// Language of the talk, as a tag such as en or es [default: told by the words, else the study's]
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
    fn check(&self) -> Result<(), Failure> {
        if !self.preview && self.output.is_asked() {
            return Err(Failure::Usage(msg!("import.no_result"), msg!("import.no_result.fix")));
        }
        Ok(())
    }

    fn ask(&self) -> ImportAsk {
        ImportAsk {
            files: self.files.clone(),
            case: self.case.clone(),
            transcript: self.transcript.clone(),
            speakers: self.speakers.clone(),
            speaker_pattern: self.speaker_pattern.clone(),
            pseudonyms: self.pseudonyms.clone(),
            replace: None,
            reason: self.reason.clone(),
            language: self.language.clone(),
            date: self.date.clone(),
            encoding: self.encoding.clone(),
            force: self.output.forced(),
            output: self.output.file().map(std::path::Path::to_owned),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.check()?;
    let mut ask = args.ask();
    let opened = match context.folder() {
        Ok(_) => Some(context.open()?),
        Err(_) if args.preview => None,
        Err(failure) => return Err(failure.into()),
    };
    if let (Some(old), Some(opened)) = (&args.replace, &opened) {
        ask.replace = Some(opened.study.find_transcript(old).map_err(Failure::from)?.id.clone());
    }
    let key = Key::open(&ask)?;
    let mut progress = Progress::new();
    let watch = &mut |at| progress.at(at, context);
    let batch = reading::read(&ask, opened.as_deref(), key.as_ref(), watch);
    progress.done(context);
    let mut batch = batch?;
    let unread = std::mem::take(&mut batch.unread);
    if args.preview {
        show(args, &ask, opened.as_deref(), key.as_ref(), batch, context)?;
    } else if let Some(opened) = &opened {
        bring_in(args, &ask, opened, key.as_ref(), batch, context)?;
    }
    if unread.is_empty() { Ok(Outcome::Clean) } else { Err(Failure::Invalid(unread).into()) }
}

/// Shows what was found, and then what is wrong with files that were named.
fn show(
    args: &Args,
    ask: &ImportAsk,
    opened: Option<&Opened>,
    key: Option<&Key>,
    mut batch: Batch,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let mut problems = std::mem::take(&mut batch.problems);
    let (mut said, several) = (batch.said(), batch.several);
    let casting = writing::cast(ask, opened, key, batch.read)?;
    said.extend(casting.said.iter().cloned());
    said.extend(key.iter().flat_map(|it| it.said(&casting.assigned, casting.mentions, false)));
    let previews = Previews { files: casting.drafts.iter().map(shown).collect(), several };
    match previews.screen(context.language) {
        Some(text) if args.output.form()?.name == "table" => {
            args.output.write(text.as_bytes(), context)?;
        }
        _ if previews.files.is_empty() => {}
        _ => args.output.emit(&previews, context)?,
    }
    said.iter().try_for_each(|line| context.tell(line))?;
    problems.extend(casting.problems);
    if problems.is_empty() { Ok(()) } else { Err(Failure::Invalid(problems).into()) }
}

/// Writes what was found into the study, unless a file that was named cannot be read.
fn bring_in(
    args: &Args,
    ask: &ImportAsk,
    opened: &Opened,
    key: Option<&Key>,
    mut batch: Batch,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let mut problems = std::mem::take(&mut batch.problems);
    let mut said = batch.said();
    let casting = writing::cast(ask, Some(opened), key, batch.read)?;
    said.extend(casting.said.iter().cloned());
    let n = casting.drafts.len();
    if problems.is_empty() {
        problems.extend(casting.problems);
    } else if n > 0 {
        context.tell(&msg!("import.none_written", n = n))?;
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems).into());
    }
    let previews: Vec<Preview<'_>> = casting.drafts.iter().map(shown).collect();
    let mut lines = preview::summary(&previews);
    if let Some(key) = key.filter(|_| n > 0) {
        key.write(&casting.assigned)?;
        said.extend(key.said(&casting.assigned, casting.mentions, true));
        said.extend(ask.replace.iter().map(|old| msg!("import.key.before", transcript = old)));
    }
    if let (Some(old), 1) = (&ask.replace, n) {
        for draft in casting.drafts {
            replace(args, Replacing::of(ask, opened, old, draft)?, context)?;
        }
        return lines.iter().chain(&said).try_for_each(|line| context.tell(line));
    }
    writing::write(ask, opened, casting.drafts)?;
    lines.extend(said);
    if n > 0 {
        lines.push(msg!("import.next"));
    }
    lines.iter().try_for_each(|line| context.tell(line))
}

/// What is shown of a draft.
fn shown(draft: &Draft) -> Preview<'_> {
    Preview {
        file: draft.path.display().to_string(),
        found: &draft.found,
        cast: &draft.cast,
        case: &draft.case,
        transcript: &draft.id,
    }
}

/// Puts a corrected text in place of another, once every match is answered.
fn replace(args: &Args, replacing: Replacing<'_>, context: &mut Context<'_>) -> anyhow::Result<()> {
    let decided = {
        let mut desk = replacing.desk();
        if args.yes {
            lines::take_all(&mut desk, &mut context.talk())?;
        } else {
            lines::run(&mut desk, &mut Nothing, &mut context.talk())?;
        }
        replacing.decided(&desk)?
    };
    let replaced = replacing.write(&decided)?;
    for unit in &replaced.lost {
        context.tell(&msg!("replace.lost", unit = unit))?;
    }
    context.tell(&replaced.done)
}
