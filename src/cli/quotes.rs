//! `quotes`: the words behind a code, with their citation.

use super::comparing::ScopeArgs;
use super::deciding::DecidingArgs;
use super::{Context, Outcome, OutputArgs};
use crate::analysis::quotes::{Wanted, quotations};
use crate::domain::failure::Failure;
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
    let code = args
        .code
        .as_deref()
        .map(|code| study.find_code(code))
        .transpose()
        .map_err(Failure::from)?;
    if let (Some(code), true) = (code, scope.dimensions.is_empty()) {
        scope.dimensions.insert(study.vocabulary.of(code).dimension);
    }
    let participant = args
        .participant
        .as_deref()
        .map(|id| study.find_participant(id).map(|it| it.id.clone()))
        .transpose()
        .map_err(Failure::from)?;
    let deciding = args.deciding.decisions(&opened, &scope)?;
    let found = quotations(study, &deciding.decisions, &Wanted { code, participant });
    let (counted, provenance) = (deciding.counted, deciding.provenance);
    let report = QuotesReport::new(study, &found, args.limit, counted, provenance);
    args.output.emit(&report, context)?;
    Ok(Outcome::Clean)
}
