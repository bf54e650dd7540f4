//! `split`: transcripts into units.

use super::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::unit::{Unit, UnitKind};
use crate::msg;
use crate::store::Opened;
use crate::unitize::split::{self, By, Prompts};

/// Cut transcripts into units, the stretches that are coded whole
///
/// Units partition a transcript. Without names, every transcript whose units carry no decisions yet is
/// cut anew. Units that carry decisions are never changed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata split\n  themata split --by paragraph --prompts with CoP-31"
)]
pub(super) struct Args {
    /// The transcripts [default: all that carry no decisions]
    #[arg(value_name = "TRANSCRIPT")]
    transcripts: Vec<TranscriptId>,
    /// What one unit is
    #[arg(long, value_enum, default_value_t = ByArg::Turn, value_name = "WHAT")]
    by: ByArg,
    /// What becomes of the moderator's turns: each joins the unit after it, stands apart and is not
    /// coded, or is left out
    #[arg(long, value_enum, default_value_t = PromptsArg::Apart, value_name = "HOW")]
    prompts: PromptsArg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ByArg {
    /// A run of paragraphs by one speaker
    Turn,
    /// A paragraph
    Paragraph,
    /// A sentence
    Sentence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum PromptsArg {
    /// Join the unit after them
    With,
    /// Stand apart, not coded
    Apart,
    /// Are left out
    Drop,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let by = match args.by {
        ByArg::Turn => By::Turn,
        ByArg::Paragraph => By::Paragraph,
        ByArg::Sentence => By::Sentence,
    };
    let prompts = match args.prompts {
        PromptsArg::With => Prompts::With,
        PromptsArg::Apart => Prompts::Apart,
        PromptsArg::Drop => Prompts::Drop,
    };
    let chosen = chosen(&args.transcripts, &opened)?;
    let units: Vec<(TranscriptId, Vec<Unit>)> = opened
        .study
        .transcripts
        .iter()
        .filter(|transcript| chosen.contains(&transcript.id))
        .map(|it| (it.id.clone(), split::split(it, &opened.study.participants, by, prompts)))
        .collect();
    opened.write_units(&units)?;
    for (id, list) in &units {
        let talk = list.iter().filter(|unit| unit.kind == UnitKind::Talk);
        let words: u64 = talk.clone().map(|unit| u64::from(unit.words)).sum();
        let (n, prompts) =
            (talk.count(), list.iter().filter(|unit| unit.kind == UnitKind::Prompt).count());
        context.tell(&msg!(
            "split.done",
            transcript = id,
            n = n,
            prompts = prompts,
            words = words
        ))?;
    }
    let kept = opened.study.transcripts.len() - units.len();
    if kept > 0 && args.transcripts.is_empty() {
        context.tell(&msg!("split.kept", n = kept))?;
    }
    Ok(Outcome::Clean)
}

/// The transcripts named, or all whose units carry no decisions.
fn chosen(named: &[TranscriptId], opened: &Opened) -> Result<Vec<TranscriptId>, Failure> {
    let study = &opened.study;
    if let Some(unknown) = named.iter().find(|id| study.transcript(id).is_none()) {
        let known: Vec<&str> = study.transcripts.iter().map(|it| it.id.as_str()).collect();
        let fix = msg!("store.no_transcript.fix", known = known.join(", "));
        return Err(Failure::Usage(msg!("store.no_transcript", transcript = unknown), fix));
    }
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let coded = opened.coded_transcripts();
    let free: Vec<TranscriptId> =
        study.transcripts.iter().map(|it| it.id.clone()).filter(|id| !coded.contains(id)).collect();
    if free.is_empty() {
        return Err(if study.transcripts.is_empty() {
            Failure::Usage(msg!("split.nothing"), msg!("split.nothing.fix"))
        } else {
            Failure::Refused(msg!("split.all_coded"), msg!("units.coded.fix"))
        });
    }
    Ok(free)
}
