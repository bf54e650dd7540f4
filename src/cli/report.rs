//! `report`: the whole analysis as one document.

use super::{Context, Outcome, OutputArgs};
use crate::analysis::redacted::Profile;
use crate::domain::failure::Failure;
use crate::msg;
use crate::render::Report as _;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::render::report::Report;
use crate::work::report::{LEAST, analyse};

/// For whom a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ProfileArg {
    /// The team: everybody but those who said no is quoted.
    Team,
    /// Others: only who said yes is quoted; no rows of participants, no memos.
    Public,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Team => Self::Team,
            ProfileArg::Public => Self::Public,
        }
    }
}

/// Write the whole analysis as one document, for the team or for others
///
/// Sample, code system, units, procedure, agreement before consensus, discrepancies, what consensus changed, matrices,
/// quotations, voices, saturation, history, limitations, a methods paragraph and checklists: each figure from a command that
/// gives it again, each sentence from a record. A study that is not finished gets a banner and no half figures.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata report --profile team -o report.html
  themata report --profile public -o report.md
  themata report --profile public --min 2 --reason 'all agreed in writing' -o report.docx
  themata report --profile team --explain 12")]
pub(super) struct Args {
    /// For whom it is: decides who is quoted and what is left out
    #[arg(long, value_enum, value_name = "WHO")]
    profile: ProfileArg,
    /// Print the command and the units behind figure N, as the page numbers them
    #[arg(long, value_name = "N")]
    explain: Option<usize>,
    /// For others, the fewest people that a value may describe; fewer than three need a reason [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    min: Option<u64>,
    /// Why fewer than three people may be described; it is recorded for ever
    #[arg(long, value_name = "REASON", requires = "min", value_parser = super::reason)]
    reason: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let min = args.fewest()?;
    let opened = context.open()?;
    let report = Report {
        study: &opened.study,
        profile: args.profile.into(),
        min,
        analysis: analyse(&opened, args.profile.into())?,
    };
    if let Some(reason) = &args.reason {
        opened.note_small_groups(min, reason);
    }
    let Some(asked) = args.explain else {
        args.output.emit(&report, context)?;
        return Ok(Outcome::Clean);
    };
    let traced = report.document(context.language).traced();
    let Some(found) = asked.checked_sub(1).and_then(|at| traced.get(at)) else {
        let what = msg!("report.explain", n = asked);
        return Err(Failure::Usage(what, msg!("report.explain.fix", n = traced.len())).into());
    };
    let columns = [
        ("figure", "report.figure"),
        ("column", "report.column"),
        ("value", "report.value"),
        ("command", "report.column.command"),
        ("units", "report.units.count"),
    ];
    let mut list = List::new("themata.figure/1", &columns);
    list.rows = vec![vec![
        Item::count(asked as u64),
        Item::text(&found.column),
        Item::text(&found.shown),
        Item::text(&found.command),
        Value::Ids(found.units.clone()).into(),
    ]];
    args.output.emit(&list, context)?;
    Ok(Outcome::Clean)
}

impl Args {
    /// The fewest people that a value may describe.
    fn fewest(&self) -> Result<u64, Failure> {
        let min = self.min.unwrap_or(LEAST);
        if self.min.is_some() && self.profile == ProfileArg::Team {
            return Err(Failure::Usage(msg!("report.min.team"), msg!("report.min.team.fix")));
        }
        match &self.reason {
            None if min < LEAST => {
                let fix = msg!("report.min.reason.fix", n = min);
                Err(Failure::Usage(msg!("report.min.reason", least = LEAST), fix))
            }
            Some(_) if min >= LEAST => {
                let fix = msg!("report.min.needless.fix");
                Err(Failure::Usage(msg!("report.min.needless", least = LEAST), fix))
            }
            _ => Ok(min),
        }
    }
}
