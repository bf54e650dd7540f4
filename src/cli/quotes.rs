//! `quotes`: the words behind a code, with their citation.

use super::comparing::{ScopeArgs, unknown};
use super::deciding::DecidingArgs;
use super::{Context, Outcome, OutputArgs};
use crate::analysis::quotes::{Wanted, quotations};
use crate::domain::answer::CodeIndex;
use crate::domain::failure::Failure;
use crate::domain::id::ParticipantId;
use crate::domain::study::Study;
use crate::render::quotes::QuotesReport;

/// Show the words behind a code, with their citation
///
/// Units that were given the code, or anything beneath it, in the order of the transcripts. Without --code, every unit with
/// any code. Final decisions count unless --from says otherwise. Units in which somebody speaks whom participants.csv
/// marks with `quotes: no` are left out.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata quotes --code rotating-roles
  themata quotes --dimension conflict --case CoP-31 --limit 5
  themata quotes --participant P7 -o P7.csv")]
pub(super) struct Args {
    /// Only what was given this code, or anything beneath it
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only units in which this person speaks
    #[arg(long, value_name = "PARTICIPANT")]
    participant: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    deciding: DecidingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let study = &opened.study;
    let mut scope = args.scope.scope(study)?;
    let code = args.code.as_deref().map(|code| self::code(study, code)).transpose()?;
    if let (Some(code), true) = (code, scope.dimensions.is_empty()) {
        scope.dimensions.insert(study.vocabulary.of(code).dimension);
    }
    let participant =
        args.participant.as_deref().map(|id| self::participant(study, id)).transpose()?;
    let deciding = args.deciding.decisions(&opened, &scope)?;
    let found = quotations(study, &deciding.decisions, &Wanted { code, participant });
    let (counted, provenance) = (deciding.counted, deciding.provenance);
    let report = QuotesReport::new(study, &found, args.limit, counted, provenance);
    args.output.emit(&report, context)?;
    Ok(Outcome::Clean)
}

/// A code or dimension by id; an id that another code replaces gives that one.
fn code(study: &Study, asked: &str) -> Result<CodeIndex, Failure> {
    study.vocabulary.code(asked).ok_or_else(|| {
        let in_force = study.vocabulary.codes.iter().filter(|code| code.in_force);
        unknown("code", asked, &in_force.map(|code| code.id.as_str()).collect::<Vec<_>>())
    })
}

fn participant(study: &Study, asked: &str) -> Result<ParticipantId, Failure> {
    let known = study.participants.iter().find(|person| person.id.as_str() == asked);
    known.map(|person| person.id.clone()).ok_or_else(|| {
        let known: Vec<&str> = study.participants.iter().map(|it| it.id.as_str()).collect();
        unknown("participant", asked, &known)
    })
}
