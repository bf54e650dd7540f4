//! `export`: decisions in force, one row each, or as a wide table.

use std::path::PathBuf;

use super::asking::{ComparingArgs, PartArgs};
use super::{Context, Outcome, OutputArgs, closed, name_waiting};
use crate::render::exported::Exported;
use crate::work::ask::{ExportAsk, Wide, export};

/// Write the decisions in force, one row for each unit, coder and dimension
///
/// Only cases that every coder with units in them has sealed; with --coder, that coder's own decisions,
/// sealed or not. Where several rounds decided a unit in a dimension, the latest that all its coders decided
/// holds. What is undecided has no row.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  themata export decisions.csv\n  themata export --coder c1 mine.xlsx\n  themata export --raw --round main decisions.csv\n  themata export --wide codes codes.csv\n  themata export --wide coders coders.csv\n  themata export --where 'case.sector=Justice' justice.csv"
)]
pub(super) struct Args {
    /// The file; its extension decides the form [default: standard output]
    #[arg(value_name = "FILE", conflicts_with = "output")]
    file: Option<PathBuf>,
    /// Only the decisions of this coder, sealed or not
    #[arg(long, value_name = "NAME", conflicts_with = "unblind")]
    coder: Option<String>,
    /// A table for R or SPSS instead: a column for each coder, or for each code (0 and 1)
    #[arg(long, value_name = "COLUMNS")]
    wide: Option<WideArg>,
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    comparing: ComparingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// What has a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum WideArg {
    /// A row for each unit and dimension, a column for each coder; cells hold codes, `none`, or nothing
    Coders,
    /// A row for each unit and coder, a column for each dimension and code: 1 given (it or what lies beneath it), 0 not,
    /// empty where that coder has not decided
    Codes,
}

impl From<WideArg> for Wide {
    fn from(wide: WideArg) -> Self {
        match wide {
            WideArg::Coders => Self::Coders,
            WideArg::Codes => Self::Codes,
        }
    }
}

impl Args {
    /// What is asked.
    pub(super) fn ask(&self) -> ExportAsk {
        ExportAsk {
            coder: self.coder.clone(),
            wide: self.wide.map(Wide::from),
            part: self.part.ask(),
            comparing: self.comparing.ask(None),
        }
    }
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let output = args.output.into_file(args.file.as_deref());
    output.form()?;
    let opened = context.open()?;
    let ask = args.ask();
    let answer = export(&opened, &ask)?;
    let notes = answer.waiting.iter().map(closed).collect();
    output.emit(&Exported::new(&opened, &answer, ask.wide, notes), context)?;
    name_waiting(&output, &answer.waiting, context)?;
    Ok(Outcome::Clean)
}
