//! Arguments that several commands share: which part, whose decisions, which are let through, what people read; on which device.

use super::OutputArgs;
use crate::analysis::filter::Filter;
use crate::domain::comparison::Codes;
use crate::work::ask::{Comparing, Deciding, Part, Whose};

/// Which part is asked about, of a study or of a file.
#[derive(Debug, clap::Args)]
pub(super) struct PartArgs {
    /// Only these cases, by id or name (repeatable, or separated by commas)
    #[arg(long = "case", value_name = "CASE")]
    pub(super) cases: Vec<String>,
    /// Only these dimensions, by id or name (repeatable, or separated by commas)
    #[arg(long = "dimension", value_name = "DIMENSION")]
    pub(super) dimensions: Vec<String>,
    /// Only units for which this holds (repeatable), such as case.sector=Health, or 'code=trust and not words<20'
    ///
    /// Conditions are joined by and, or, not and parentheses. Keys: case, transcript, participant, role, topic, code, certainty
    /// (sure, unsure), words, or an attribute such as participant.gender. Signs: = != < <= > >=, or in(a,b); a value with
    /// blanks stands in double quotation marks. What is said of a person holds for a unit if it holds for one who speaks in it.
    #[arg(long = "where", value_name = "CONDITION")]
    pub(super) filters: Vec<Filter>,
}

impl PartArgs {
    /// The part, by the names that were given.
    pub(super) fn ask(&self) -> Part {
        Part {
            cases: self.cases.clone(),
            dimensions: self.dimensions.clone(),
            filters: self.filters.clone(),
        }
    }
}

/// Which decisions are let through.
#[derive(Debug, clap::Args)]
pub(super) struct ComparingArgs {
    /// The round [default: of each unit, the latest that all its coders decided]
    #[arg(long, value_name = "ROUND")]
    pub(super) round: Option<String>,
    /// Look before all coders have sealed, for this reason; it is recorded for ever
    #[arg(long, value_name = "REASON")]
    pub(super) unblind: Option<String>,
}

impl ComparingArgs {
    /// Which decisions, for whoever looks.
    pub(super) fn ask(&self, coder: Option<&str>) -> Comparing {
        Comparing {
            round: self.round.clone(),
            unblind: self.unblind.clone(),
            coder: coder.map(str::to_owned),
        }
    }
}

/// How codes that were merged since are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum CodesArg {
    /// As they were decided
    Decided,
    /// As what they became
    Current,
}

impl From<CodesArg> for Codes {
    fn from(codes: CodesArg) -> Self {
        match codes {
            CodesArg::Decided => Self::Decided,
            CodesArg::Current => Self::Current,
        }
    }
}

/// Whose decisions count.
#[derive(Debug, clap::Args)]
pub(super) struct DecidingArgs {
    /// Whose decisions count: final (consensus, else what all who were asked agree on, else what the only one who was
    /// asked decided), agreed, any, consensus, coder:ID or coder:ID@ROUND [default: final]
    #[arg(long, value_name = "WHOSE")]
    from: Option<Whose>,
    /// Your own decisions, sealed or not, with --from coder:ID; or who looks early, with --unblind
    #[arg(long, value_name = "CODER")]
    coder: Option<String>,
    /// How codes that were merged since are counted [default: current]
    #[arg(long, value_enum, value_name = "HOW")]
    codes: Option<CodesArg>,
    #[command(flatten)]
    comparing: ComparingArgs,
}

impl DecidingArgs {
    /// Whose decisions, by the names that were given.
    pub(super) fn ask(&self) -> Deciding {
        let comparing = self.comparing.ask(self.coder.as_deref());
        Deciding { from: self.from.clone(), codes: self.codes.map(Codes::from), comparing }
    }
}

/// What people read: machine formats have ids.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct NamesArgs {
    /// What people read: names, or ids as in the files
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = NamesArg::Names)]
    names: NamesArg,
}

impl NamesArgs {
    /// Whether people too read ids.
    pub(super) fn ids(&self) -> bool {
        self.names == NamesArg::Ids
    }
}

/// Names or ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum NamesArg {
    /// As cases, dimensions and codes are called
    Names,
    /// As they stand in files
    Ids,
}

/// What every display takes: what people read, which part, whose decisions, and the form of the result.
#[derive(Debug, clap::Args)]
pub(super) struct DisplayArgs {
    #[command(flatten)]
    pub(super) names: NamesArgs,
    #[command(flatten)]
    pub(super) part: PartArgs,
    #[command(flatten)]
    pub(super) deciding: DecidingArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Where what a coder writes is kept.
#[derive(Debug, clap::Args)]
pub(super) struct DeviceArgs {
    /// Keep what is written on this device in files of its own, as in `coding/NAME.ID.csv`
    #[arg(
        long,
        env = "THEMATA_DEVICE",
        value_name = "ID",
        default_value = "",
        hide_default_value = true,
        hide_env_values = true
    )]
    pub(super) device: String,
}
