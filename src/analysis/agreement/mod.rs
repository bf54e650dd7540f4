//! How far coders agree: per dimension, per code, over whole answers, sets and tuples.
//!
//! Here it is decided which units enter and what counts as one answer; the formulas are in `stats/`.

mod boundaries;
mod breakdown;
mod categories;
mod compute;
mod level;
mod pairs;
mod positive;
mod require;
mod resampling;
mod tables;
mod tuples;
mod versions;

use crate::stats::elsewhere::Program;
use crate::stats::{Estimate, Measure, Undefined, Weights};

pub use boundaries::{CutText, Cutting, Parameters, boundaries};
pub use breakdown::{by_codebook, by_participant};
pub use compute::{agreement, agreement_of_groups};
pub use level::{Level, UnknownLevel, defaults};
pub use pairs::of_pairs;
pub use positive::evident;
pub use require::{NotACondition, Requirement};
use resampling::Figure;
pub use resampling::{Bootstrap, Drawn, FEW_CASES, Resampling};
pub use versions::Definitions;

/// What is computed, and from which units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The levels; by each dimension's `select` where empty.
    pub levels: Vec<Level>,
    /// The measures; the usual ones of each level where empty.
    pub measures: Vec<Measure>,
    /// Only percent agreement among the usual measures: the team wants no coefficients.
    pub no_coefficients: bool,
    /// Whether a unit that one coder alone decided shapes the chance term.
    pub single: Single,
    /// Whether only units count where coders gave something.
    pub given: Option<Given>,
    /// Which categories enter the measures that ask how many there are.
    pub categories: Categories,
    /// The answer that says that something is there, for measures of two categories; the evident one where absent.
    pub positive: Option<String>,
    /// Whether each case stands for itself.
    pub by_case: bool,
    /// Whether Krippendorff's alpha is also given for each answer against all others.
    pub per_category: bool,
    /// How intervals are resampled; analytic ones where absent.
    pub bootstrap: Option<Bootstrap>,
    /// How much two different positions on a scale count as agreement.
    pub weights: Weights,
    /// Whose figures these are, where not our own.
    pub program: Option<Program>,
}

/// Which units count where only those do to which something was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Those to which every coder who decided gave something.
    Both,
    /// Those to which any coder gave something.
    Either,
}

impl Given {
    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Either => "either",
        }
    }
}

/// What becomes of a unit that one coder alone decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Single {
    /// It enters nothing.
    #[default]
    Exclude,
    /// It shapes the chance term, as in irrCAC.
    Include,
}

impl Single {
    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exclude => "exclude",
            Self::Include => "include",
        }
    }
}

/// Which categories enter the measures that ask how many there are: Brennan and Prediger's, and AC1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Categories {
    /// Those that some coder used.
    #[default]
    Observed,
    /// All that the codebook allows, where their number has a bound.
    Codebook,
}

impl Categories {
    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Codebook => "codebook",
        }
    }
}

/// How far coders agree, group by group.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The coders, in order.
    pub coders: Vec<String>,
    /// One group with all units, or one a case.
    pub groups: Vec<Group>,
}

/// How far coders agree on some of the units.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The case or round; absent for all units together.
    pub name: Option<String>,
    /// How many units there are.
    pub units: u64,
    /// Per dimension, how many of them enter.
    pub entering: Vec<Entering>,
    /// The figures, level by level, in each dimension by dimension.
    pub rows: Vec<Row>,
}

/// How many units of a dimension enter, and what became of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entering {
    /// The dimension.
    pub dimension: String,
    /// Two coders or more decided, and what `--given` asks for holds.
    pub paired: u64,
    /// One coder alone decided.
    pub single: u64,
    /// No coder decided.
    pub undecided: u64,
    /// Decided by two or more, but some of them gave nothing; counted only where that leaves it out.
    pub not_given: u64,
    /// Decided by two or more, some of whom gave something and some nothing; counted only where `given` is asked for.
    pub only_some: u64,
    /// Of a scale, how the units that two or more decided stand to it.
    pub scale: Option<OnScale>,
}

/// How units stand to a scale: an answer may be none, or the dimension and no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnScale {
    /// Every coder who decided gave a position.
    pub all: u64,
    /// Some did.
    pub some: u64,
    /// None did.
    pub nobody: u64,
    /// How many decisions are left out of its measures because they are no position.
    pub left_out: u64,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The level.
    pub level: Level,
    /// What it is about.
    pub about: About,
    /// The measure.
    pub measure: Measure,
    /// The figure, or why there is none.
    pub figure: Result<Estimate, Why>,
    /// Percent agreement, where there is no figure and nobody asked for percent agreement itself.
    pub agreed: Option<f64>,
    /// How many units carry it.
    pub n: u64,
    /// For presence with two coders, how the units divide.
    pub counts: Option<Counts>,
    /// How its interval was resampled; absent for an analytic one.
    pub resampling: Option<Resampling>,
    /// Of measures of two categories, the answer that says that something is there.
    pub positive: Option<String>,
    /// Of `bias_index`, who gave the positive answer more often.
    pub more_often: Option<String>,
    /// What a measure of boundaries, or a figure of somebody else's, has to be printed with.
    pub parameters: Option<Parameters>,
}

impl Row {
    /// A figure about something, carried by so many units, with nothing else to be said of it.
    pub(in crate::analysis) fn plain(
        (level, about, measure): (Level, About, Measure),
        figure: Result<Estimate, Why>,
        n: u64,
    ) -> Self {
        Self {
            level,
            about,
            measure,
            figure,
            agreed: None,
            n,
            counts: None,
            resampling: None,
            positive: None,
            more_often: None,
            parameters: None,
        }
    }
}

/// What a figure is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A dimension, or a file that has none.
    Dimension(String),
    /// A code, and how deep it lies beneath its dimension.
    Code(String, usize),
    /// One answer against all others.
    Category {
        /// The dimension it is an answer in.
        dimension: String,
        /// The codes, joined by `; `, or `none`.
        answer: String,
        /// Both, as in `leadership=rotating-roles`.
        name: String,
    },
    /// A text as a whole, whoever cut it how.
    Text,
    /// A text, with this coder's cuts as those that the others are held against.
    Reference(String),
    /// All dimensions as one tuple.
    Tuple,
    /// The mean over dimensions, and those that are left out of it because they are undefined.
    Mean(Vec<String>),
}

impl About {
    /// The `name` of the row.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Dimension(name)
            | Self::Code(name, _)
            | Self::Category { name, .. }
            | Self::Reference(name) => name,
            Self::Tuple | Self::Text => super::codings::WHOLE,
            Self::Mean(_) => "mean",
        }
    }
}

/// Why a figure does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The measure does not exist for these answers.
    Measure(Undefined),
    /// It is a mean, and every dimension is undefined.
    EveryDimension,
}

/// How many units got a code from whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Both coders gave it.
    pub both: u64,
    /// The first alone.
    pub only_first: u64,
    /// The second alone.
    pub only_second: u64,
    /// Neither.
    pub neither: u64,
}
