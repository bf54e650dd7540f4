//! `matrix`: cross-case displays.

use super::asking::DisplayArgs;
use super::{Context, Outcome};
use crate::analysis::matrix::{Axes, Axis, Content, OrderBy, Sides, Voice};
use crate::render::contrast::ContrastReport;
use crate::render::document::Form;
use crate::render::matrix::MatrixReport;
use crate::work::ask::{self, MatrixAsk};

/// Show a cross-case matrix: cases by dimensions, participants by codes, any two
///
/// Rows and columns are case, participant, transcript, source_kind, role, topic, dimension, code, concept, coder, round, or an
/// attribute such as case.sector, participant.gender, transcript.wave; A/B nests B in A. Final decisions count unless --from says otherwise. A unit counts
/// once in the row of everybody who speaks in it; a code or dimension counts what was given it or anything beneath it.
/// A cell is 0 only where units were decided and settled, and empty elsewhere.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata matrix
  themata matrix --rows participant --columns code --dimension leadership --totals
  themata matrix --rows case.sector --cell share -o sectors.csv
  themata matrix --rows code --contrast case.sector=Health,Justice --order-by column:difference:desc
  themata matrix --long --format csv")]
pub(super) struct Args {
    /// What stands in the rows
    #[arg(long, value_name = "WHAT", default_value_t = Axis::Case.into())]
    rows: Axes,
    /// What stands in the columns
    #[arg(long, value_name = "WHAT", default_value_t = Axis::Dimension.into())]
    columns: Axes,
    /// What a cell holds: units, participants, cases, words, share, presence, median, range, names, quotes, quotes:N or summary; several by commas
    #[arg(
        long,
        alias = "cells",
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "units"
    )]
    cell: Vec<Content>,
    /// Set two values of an axis against one another, as in case.sector=Health,Justice: each with its base, and the difference
    #[arg(long, value_name = "KEY=A,B", conflicts_with_all = ["columns", "totals", "long"])]
    contrast: Option<Sides>,
    /// Order rows by an attribute such as case.sector, by total, column:ID, code:ID or code:ID:share; :desc turns it round
    #[arg(long, value_name = "KEY")]
    order_by: Option<OrderBy>,
    /// In whose rows a unit of several speakers counts
    #[arg(long, value_enum, value_name = "WHOSE", default_value_t = VoiceArg::All)]
    voice: VoiceArg,
    /// Add a row and a column that count distinct units over all others
    #[arg(long)]
    totals: bool,
    /// Add a row or column for each entry of an outer axis, that counts distinct units over its inner ones
    #[arg(long)]
    subtotals: bool,
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
    shown: DisplayArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum VoiceArg {
    /// In the rows of all who speak in it
    All,
    /// In the row of who says most words of it
    Main,
    /// In the rows of whom a picked quotation marks (`quotes pick`)
    Marked,
}

impl Args {
    /// What is asked for.
    pub(super) fn ask(&self) -> MatrixAsk {
        MatrixAsk {
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            cells: self.cell.clone(),
            contrast: self.contrast.clone(),
            order_by: self.order_by.clone(),
            voice: match self.voice {
                VoiceArg::All => Voice::All,
                VoiceArg::Main => Voice::Main,
                VoiceArg::Marked => Voice::Marked,
            },
            ids: self.shown.names.ids(),
            totals: self.totals,
            subtotals: self.subtotals,
            exact: self.exact,
            long: self.long,
            places: false,
            with_moderator: self.with_moderator,
            part: self.shown.part.ask(),
            deciding: self.shown.deciding.ask(),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let form = args.shown.output.form()?;
    let opened = context.open()?;
    // Beside a cell of a spreadsheet a note says where its units are.
    let ask = MatrixAsk { places: form.form == Form::Sheet, ..args.ask() };
    let study = &opened.study;
    match &ask.contrast {
        Some(sides) => {
            let answer = ask::contrast(&opened, &ask, sides)?;
            args.shown.output.emit(&ContrastReport::new(study, answer, &ask), context)?;
        }
        None => {
            let answer = ask::matrix(&opened, &ask)?;
            args.shown.output.emit(&MatrixReport::new(study, answer, &ask), context)?;
        }
    }
    Ok(Outcome::Clean)
}
