//! `matrix`: cross-case displays.

use super::comparing::ScopeArgs;
use super::deciding::DecidingArgs;
use super::{Context, Outcome, OutputArgs};
use crate::analysis::decisions::of_coder;
use crate::analysis::matrix::{Axis, Content, List, Options, Source, matrix};
use crate::analysis::scope::Scope;
use crate::domain::failure::Failure;
use crate::domain::id::RoundId;
use crate::domain::study::Study;
use crate::msg;
use crate::render::matrix::MatrixReport;
use crate::render::provenance::{Counted, Provenance};
use crate::store::Opened;

/// Show a cross-case matrix: cases by dimensions, participants by codes, any two
///
/// Rows and columns are case, participant, transcript, role, topic, dimension, code, coder, round, or an attribute such as
/// case.sector, participant.gender, transcript.wave. Final decisions count unless --from says otherwise. A unit counts
/// once in the row of everybody who speaks in it; a code or dimension counts what was given it or anything beneath it.
/// A cell is 0 only where units were decided and settled, and empty elsewhere.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata matrix
  themata matrix --rows participant --columns code --dimension leadership --totals
  themata matrix --rows case.sector --cell share -o sectors.csv
  themata matrix --long --format csv")]
pub(super) struct Args {
    /// What stands in the rows
    #[arg(long, value_name = "WHAT", default_value_t = Axis::Case)]
    rows: Axis,
    /// What stands in the columns
    #[arg(long, value_name = "WHAT", default_value_t = Axis::Dimension)]
    columns: Axis,
    /// What a cell holds
    #[arg(long, alias = "cells", value_enum, value_name = "WHAT", default_value_t = ContentArg::Units)]
    cell: ContentArg,
    /// Add a row and a column that count distinct units over all others
    #[arg(long)]
    totals: bool,
    /// Count for a code or dimension only what was given it itself
    #[arg(long)]
    exact: bool,
    /// One line a cell, with the locators of its units
    #[arg(long)]
    long: bool,
    /// Count moderators and observers like participants
    #[arg(long)]
    with_moderator: bool,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    deciding: DecidingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ContentArg {
    /// How many units
    Units,
    /// How many distinct speakers
    Participants,
    /// How many distinct cases
    Cases,
    /// How many words
    Words,
    /// Units over the row's units that were decided
    Share,
    /// 1 where there is any unit, else 0
    Presence,
    /// The words that were said
    Quotes,
}

impl From<ContentArg> for Content {
    fn from(content: ContentArg) -> Self {
        match content {
            ContentArg::Units => Self::Units,
            ContentArg::Participants => Self::Participants,
            ContentArg::Cases => Self::Cases,
            ContentArg::Words => Self::Words,
            ContentArg::Share => Self::Share,
            ContentArg::Presence => Self::Presence,
            ContentArg::Quotes => Self::Quotes,
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let study = &opened.study;
    check_axes(args, study)?;
    let scope = args.scope.scope(study)?;
    let options = Options {
        rows: args.rows.clone(),
        columns: args.columns.clone(),
        content: args.cell.into(),
        exact: args.exact,
        totals: args.totals,
        with_moderator: args.with_moderator,
        list_units: args.long,
    };
    let Sources { sources, counted, provenance } = sources(args, &opened, &scope)?;
    let matrix = matrix(study, &sources, &options);
    let report = MatrixReport::new(study, &matrix, options, args.long, counted, provenance);
    args.output.emit(&report, context)?;
    Ok(Outcome::Clean)
}

impl Args {
    fn has(&self, axis: &Axis) -> bool {
        self.rows == *axis || self.columns == *axis
    }
}

fn check_axes(args: &Args, study: &Study) -> Result<(), Failure> {
    if args.rows == args.columns {
        let what = msg!("matrix.same", axis = args.rows);
        return Err(Failure::Usage(what, msg!("matrix.same.fix")));
    }
    for axis in [&args.rows, &args.columns] {
        let Axis::Attribute(list, name) = axis else { continue };
        let known = match list {
            List::Case => &study.case_attributes,
            List::Participant => &study.participant_attributes,
            List::Transcript => &study.transcript_attributes,
        };
        if !known.contains(name) {
            let fix = if known.is_empty() {
                msg!("matrix.no_attributes.fix")
            } else {
                msg!("matrix.attribute.fix", known = known.join(", "))
            };
            return Err(Failure::Usage(msg!("matrix.attribute", axis = axis), fix));
        }
    }
    if args.has(&Axis::Coder) && args.deciding.from.is_some() {
        return Err(Failure::Usage(msg!("matrix.coder_from"), msg!("matrix.coder_from.fix")));
    }
    if args.has(&Axis::Round) && args.deciding.comparing.round.is_some() {
        return Err(Failure::Usage(msg!("matrix.round_round"), msg!("matrix.round_round.fix")));
    }
    Ok(())
}

/// What is counted, and where it comes from.
struct Sources<'a> {
    sources: Vec<Source<'a>>,
    counted: Option<Counted>,
    provenance: Provenance,
}

fn sources<'a>(args: &Args, opened: &'a Opened, scope: &Scope) -> Result<Sources<'a>, Failure> {
    if !args.has(&Axis::Round) {
        let asked = args.deciding.comparing.round(&opened.study)?;
        return sources_in(args, opened, scope, asked.as_ref());
    }
    let mut together: Option<Sources> = None;
    let mut closed = None;
    for round in &opened.study.rounds {
        match sources_in(args, opened, scope, Some(round)) {
            Ok(mut of_round) => {
                for source in &mut of_round.sources {
                    source.round = Some(round.to_string());
                }
                match &mut together {
                    None => {
                        of_round.counted = None;
                        together = Some(of_round);
                    }
                    Some(together) => {
                        together.sources.append(&mut of_round.sources);
                        together.provenance = of_round.provenance;
                    }
                }
            }
            Err(refused @ Failure::Refused(..)) => closed = Some(refused),
            Err(other) => return Err(other),
        }
    }
    let mut together = match (together, closed) {
        (Some(together), _) => together,
        (None, Some(refused)) => return Err(refused),
        (None, None) => {
            return Err(Failure::Refused(msg!("gate.nothing"), msg!("gate.nothing.fix")));
        }
    };
    together.provenance.round = None;
    Ok(together)
}

fn sources_in<'a>(
    args: &Args,
    opened: &'a Opened,
    scope: &Scope,
    round: Option<&RoundId>,
) -> Result<Sources<'a>, Failure> {
    let study = &opened.study;
    if args.has(&Axis::Coder) {
        let comparison = args.deciding.compared(opened, scope, round)?;
        let source = |coding: &crate::domain::coding::Coding| Source {
            coder: Some(coding.label.clone()),
            round: None,
            decisions: of_coder(study, coding, &comparison.open, scope),
        };
        return Ok(Sources {
            sources: comparison.codings.iter().map(source).collect(),
            counted: None,
            provenance: Provenance::within(study, &comparison, scope),
        });
    }
    let deciding = args.deciding.decisions_in(opened, scope, round)?;
    Ok(Sources {
        sources: vec![Source { coder: None, round: None, decisions: deciding.decisions }],
        counted: Some(deciding.counted),
        provenance: deciding.provenance,
    })
}
