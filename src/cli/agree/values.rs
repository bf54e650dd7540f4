//! The words that options of `agree` take.

use crate::analysis::agreement::{Drawn, Given, Single};
use crate::stats::Weights;
use crate::stats::elsewhere::Program;
use crate::work::ask::By;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum SingleArg {
    /// They enter nothing
    Exclude,
    /// They shape the chance term, as in irrCAC
    Include,
}

impl From<SingleArg> for Single {
    fn from(arg: SingleArg) -> Self {
        match arg {
            SingleArg::Exclude => Self::Exclude,
            SingleArg::Include => Self::Include,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum StageArg {
    /// Decided before the answers of others were open
    Independent,
    /// Decided after that
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Without {
    /// Decisions marked as unsure
    Unsure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum WeightsArg {
    /// 1 − |i − j| / (q − 1)
    Linear,
    /// 1 − (i − j)² / (q − 1)²
    Quadratic,
}

impl From<WeightsArg> for Weights {
    fn from(weights: WeightsArg) -> Self {
        match weights {
            WeightsArg::Linear => Self::Linear,
            WeightsArg::Quadratic => Self::Quadratic,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ByArg {
    /// Each case by itself
    Case,
    /// The units in which each participant speaks
    Participant,
    /// Each round by itself
    Round,
    /// Decisions by the version of the codebook they were made under
    Codebook,
}

impl From<ByArg> for By {
    fn from(by: ByArg) -> Self {
        match by {
            ByArg::Case => Self::Case,
            ByArg::Participant => Self::Participant,
            ByArg::Round => Self::Round,
            ByArg::Codebook => Self::Codebook,
        }
    }
}

/// Which categories there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CategoriesArg {
    /// Those that coders used.
    Observed,
    /// All that the codebook allows.
    Codebook,
    /// These.
    These(Vec<String>),
}

impl From<&str> for CategoriesArg {
    fn from(text: &str) -> Self {
        match text {
            "observed" => Self::Observed,
            "codebook" => Self::Codebook,
            list => {
                let names = list.split(',').map(str::trim).filter(|it| !it.is_empty());
                Self::These(names.map(str::to_owned).collect())
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum GivenArg {
    /// Every coder who decided gave something
    Both,
    /// Any coder gave something
    Either,
}

impl From<GivenArg> for Given {
    fn from(arg: GivenArg) -> Self {
        match arg {
            GivenArg::Both => Self::Both,
            GivenArg::Either => Self::Either,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ResampleArg {
    /// Single units, as if they were independent
    Units,
    /// Whole cases with all their units: what is said in one group hangs together
    Cases,
}

impl From<ResampleArg> for Drawn {
    fn from(arg: ResampleArg) -> Self {
        match arg {
            ResampleArg::Units => Self::Units,
            ResampleArg::Cases => Self::Cases,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ProgramArg {
    /// The package irr 0.84.1 for R
    Irr,
    /// Balash and others (2023), Educators' perspectives of using (or not using) online exam proctoring
    Balash2023,
}

impl From<ProgramArg> for Program {
    fn from(program: ProgramArg) -> Self {
        match program {
            ProgramArg::Irr => Self::Irr,
            ProgramArg::Balash2023 => Self::Balash2023,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum EmptyArg {
    /// The coder did not decide
    Missing,
    /// The coder looked, and nothing applies
    None,
}
