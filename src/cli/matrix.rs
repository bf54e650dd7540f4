//! `matrix`: cross-case displays.

use super::asking::{DecidingArgs, PartArgs};
use super::{Context, Outcome, OutputArgs};
use crate::analysis::matrix::{Axis, Content};
use crate::render::matrix::MatrixReport;
use crate::work::ask::{self, MatrixAnswer, MatrixAsk};

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
    part: PartArgs,
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

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> MatrixAsk {
        MatrixAsk {
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            cell: self.cell.into(),
            totals: self.totals,
            exact: self.exact,
            long: self.long,
            with_moderator: self.with_moderator,
            part: self.part.ask(),
            deciding: self.deciding.ask(),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let opened = context.open()?;
    let MatrixAnswer { matrix, options, counted, provenance } = ask::matrix(&opened, &args.ask())?;
    let report = MatrixReport::new(&opened.study, &matrix, options, args.long, counted, provenance);
    args.output.emit(&report, context)?;
    Ok(Outcome::Clean)
}
