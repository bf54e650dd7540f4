//! `split`: transcripts into units.

use super::thematic::ThemeArgs;
use super::{Context, Outcome, named, review};
use crate::domain::id::TranscriptId;
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::msg;
use crate::unitize::split::{self, By, Plan, Prompts};
use crate::unitize::thematic::Thematic;
use crate::work::session::review as session;

/// Cut transcripts into units, the stretches that are coded whole
///
/// By theme, the program proposes where one theme ends and the next begins, by the words that are used
/// and by signs such as a moderator's question: a proposal to look at, not a finding. Units partition a
/// transcript. Without names, every transcript whose units carry no decisions yet is cut anew; cuts set by
/// hand stay. Units that carry decisions are never changed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata split\n  themata split --words 150 CoP-31\n  themata split --by paragraph --prompts with CoP-31"
)]
pub(super) struct Args {
    /// The transcripts [default: all that carry no decisions]
    #[arg(value_name = "TRANSCRIPT")]
    transcripts: Vec<String>,
    /// What one unit is
    #[arg(long, value_enum, default_value_t = ByArg::Theme, value_name = "WHAT")]
    by: ByArg,
    /// What becomes of the moderator's turns: each joins the unit after it, stands apart and is not
    /// coded, or is left out
    #[arg(long, value_enum, default_value_t = PromptsArg::Apart, value_name = "HOW")]
    prompts: PromptsArg,
    #[command(flatten)]
    theme: ThemeArgs,
    /// Cut for this coder alone: kept apart in units/NAME/, until `units done` and `units settle`
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// Look at the cuts that are there, the weakest first: keep, drop, move by a sentence, add
    ///
    /// On a terminal, a full screen: the text with its cuts; ? shows the keys. With --lines, without a terminal or on a small
    /// one, lines are read from standard input: k keep, d drop, b and f move back and forward by a sentence, a N add
    /// a cut before sentence N, s skip, z undo, g LOCATOR go to a unit, ? what can be typed, q leave. For each
    /// change that is safely on the disk, one line `saved UNIT WHAT` goes to standard output.
    #[arg(long, conflicts_with_all = ["by", "prompts", "words", "min_words", "max_words", "units", "moderator", "language"])]
    review: bool,
    /// With --review, line by line, also where there is a terminal
    #[arg(long, requires = "review")]
    lines: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ByArg {
    /// A stretch of talk with one theme
    Theme,
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
        return review::run(&args.transcripts, args.coder.as_deref(), args.lines, context);
    }
    args.theme.check(args.by)?;
    let opened = context.open()?;
    let coder = named::coder(&opened.study, args.coder.as_deref())?;
    let named = named::transcripts(&opened.study, &args.transcripts)?;
    args.theme.check_moderator(&opened.study)?;
    let by = match args.by {
        ByArg::Theme => By::Theme,
        ByArg::Turn => By::Turn,
        ByArg::Paragraph => By::Paragraph,
        ByArg::Sentence => By::Sentence,
    };
    let prompts = match args.prompts {
        PromptsArg::With => Prompts::With,
        PromptsArg::Apart => Prompts::Apart,
        PromptsArg::Drop => Prompts::Drop,
    };
    let chosen = session::chosen(&named, coder.as_ref(), &opened)?;
    let study = &opened.study;
    let mut units: Vec<(TranscriptId, Vec<Unit>)> = Vec::new();
    for transcript in study.transcripts.iter().filter(|it| chosen.contains(&it.id)) {
        let mut thematic = Thematic::default();
        if by == By::Theme {
            thematic = args.theme.thematic(transcript, study);
            args.theme.tell_language(transcript, context)?;
        }
        let before = session::units(&opened, transcript, coder.as_ref())?;
        let plan = Plan { by, prompts, thematic, before: &before };
        let cut = split::split(transcript, &study.participants, &plan);
        units.push((transcript.id.clone(), opened.with_topics(&transcript.id, cut)));
    }
    opened.write_cuts(coder.as_ref(), &units)?;
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
    let cut = |it: &&Transcript| units.iter().any(|(id, _)| *id == it.id);
    for line in super::moderation::said(&opened, study.transcripts.iter().filter(cut)) {
        context.tell(&line)?;
    }
    let kept = opened.study.transcripts.len() - units.len();
    if kept > 0 && args.transcripts.is_empty() {
        context.tell(&msg!("split.kept", n = kept))?;
    }
    Ok(Outcome::Clean)
}
