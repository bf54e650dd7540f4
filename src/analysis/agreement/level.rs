//! Levels: what counts as one answer. And which measures a level knows.

use std::fmt;
use std::str::FromStr;

use super::Options;
use crate::domain::codebook::Select;
use crate::stats::Measure;
use crate::stats::elsewhere::Program;

/// What counts as one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Each dimension and each code: given or not, what lies beneath counted.
    Presence,
    /// The whole answer in a dimension as one value, `none` included.
    Value,
    /// Several codes per unit, with distances between sets.
    Sets,
    /// The tuple of all dimensions, where all are decided.
    Joint,
    /// Where coders cut the text, before what they decided.
    Boundaries,
}

impl Level {
    /// Every level of decisions, in the order of results.
    pub const ALL: [Self; 4] = [Self::Presence, Self::Value, Self::Sets, Self::Joint];

    /// The word in options and files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Value => "value",
            Self::Sets => "sets",
            Self::Joint => "joint",
            Self::Boundaries => "boundaries",
        }
    }

    /// Whether a measure exists at this level.
    #[must_use]
    pub fn knows(self, measure: Measure) -> bool {
        match self {
            Self::Sets => measure.is_of_sets(),
            Self::Boundaries => measure.is_of_boundaries(),
            Self::Value => measure.is_nominal() || measure.is_ordered(),
            Self::Presence | Self::Joint => measure.is_nominal(),
        }
    }

    /// The measures to compute at this level: those asked for that it knows, or the usual ones.
    #[must_use]
    pub fn measures(self, options: &Options, coders: usize) -> Vec<Measure> {
        if let Some(program) = options.program {
            let asked = |it: &Measure| options.measures.is_empty() || options.measures.contains(it);
            let known = if self.is_known_to(program) { program.measures() } else { &[] };
            return known.iter().copied().filter(asked).collect();
        }
        if !options.measures.is_empty() {
            return options.measures.iter().copied().filter(|it| self.knows(*it)).collect();
        }
        defaults(coders, options.no_coefficients)
            .into_iter()
            .filter(|measure| self.knows(*measure))
            .collect()
    }

    /// Whether somebody else who reckons otherwise has figures of this level.
    #[must_use]
    pub fn is_known_to(self, program: Program) -> bool {
        match program {
            Program::Irr => matches!(self, Self::Presence | Self::Value | Self::Joint),
            Program::Balash2023 => self == Self::Sets,
        }
    }

    /// Whether a dimension is looked at on this level when no level is asked for.
    #[must_use]
    pub fn is_usual_for(self, select: Select) -> bool {
        match select {
            Select::One => self == Self::Value,
            Select::Many => matches!(self, Self::Presence | Self::Sets),
        }
    }
}

/// The measures that are computed when none is asked for.
#[must_use]
pub fn defaults(coders: usize, no_coefficients: bool) -> Vec<Measure> {
    if no_coefficients {
        return vec![Measure::PercentAgreement];
    }
    let kappa = if coders == 2 { Measure::CohenKappa } else { Measure::FleissKappa };
    vec![
        Measure::PercentAgreement,
        Measure::KrippendorffAlpha,
        Measure::GwetAc1,
        kappa,
        Measure::KrippendorffAlphaMasi,
        // Of a scale, beside the figures that know no order.
        Measure::KrippendorffAlphaOrdinal,
    ]
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// No level has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLevel;

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no level has this name")
    }
}

impl std::error::Error for UnknownLevel {}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(name: &str) -> Result<Self, UnknownLevel> {
        Self::ALL.into_iter().find(|level| level.as_str() == name).ok_or(UnknownLevel)
    }
}
