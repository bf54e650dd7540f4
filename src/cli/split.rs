//! `split`: transcripts into units.

use super::{Context, Outcome, review};
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::unit::{Unit, UnitKind};
use crate::msg;
use crate::store::Opened;
use crate::unitize::cuts::keep_pinned;
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
    /// Cut for this coder alone: kept apart in units/NAME/, until `units done` and `units settle`
    #[arg(long, value_name = "NAME")]
    coder: Option<CoderId>,
    /// Look at the cuts that are there, the weakest first: keep, drop, move by a sentence, add
    ///
    /// Lines are read from standard input: k keep, d drop, b and f move back and forward by a sentence, a N add
    /// a cut before sentence N, s skip, z undo, g LOCATOR go to a unit, ? what can be typed, q leave. For each
    /// change that is safely on the disk, one line `saved UNIT WHAT` goes to standard output.
    #[arg(long, conflicts_with_all = ["by", "prompts"])]
    review: bool,
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
    if args.review {
        return review::run(&args.transcripts, args.coder.as_ref(), context);
    }
    let opened = context.open()?;
    if let Some(coder) = &args.coder {
        opened.coder(coder)?;
    }
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
    let chosen = chosen(&args.transcripts, args.coder.as_ref(), &opened)?;
    let mut units: Vec<(TranscriptId, Vec<Unit>)> = Vec::new();
    for it in opened.study.transcripts.iter().filter(|it| chosen.contains(&it.id)) {
        let fresh = split::split(it, &opened.study.participants, by, prompts);
        let before = review::units(&opened, it, args.coder.as_ref())?;
        let kept = keep_pinned(&before, fresh, it, |id| opened.study.role(id));
        units.push((it.id.clone(), kept));
    }
    opened.write_cuts(args.coder.as_ref(), &units)?;
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

/// The transcripts named, or all that may be cut anew, by the team or by a coder for herself.
pub(super) fn chosen(
    named: &[TranscriptId],
    coder: Option<&CoderId>,
    opened: &Opened,
) -> Result<Vec<TranscriptId>, Failure> {
    let study = &opened.study;
    if let Some(unknown) = named.iter().find(|id| study.transcript(id).is_none()) {
        let known: Vec<&str> = study.transcripts.iter().map(|it| it.id.as_str()).collect();
        let fix = msg!("store.no_transcript.fix", known = known.join(", "));
        return Err(Failure::Usage(msg!("store.no_transcript", transcript = unknown), fix));
    }
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let ids: Vec<TranscriptId> = study.transcripts.iter().map(|it| it.id.clone()).collect();
    let is_free = |id: &&TranscriptId| opened.may_cut(std::slice::from_ref(*id), coder).is_ok();
    let free: Vec<TranscriptId> = ids.iter().filter(is_free).cloned().collect();
    match free.is_empty() {
        false => Ok(free),
        true if ids.is_empty() => {
            Err(Failure::Usage(msg!("split.nothing"), msg!("split.nothing.fix")))
        }
        true => Err(match opened.may_cut(&ids, coder).err() {
            Some(why) if coder.is_some() || !matches!(why, Failure::Refused(..)) => why,
            Some(why) if ids.iter().any(|id| opened.is_locked(id)) => why,
            _ => Failure::Refused(msg!("split.all_coded"), msg!("units.coded.fix")),
        }),
    }
}
