//! What a measure returns: an estimate with its interval, or the reason why there is none.

/// A measure's result: a number that can be defended, or the reason why there is none.
///
/// Never NaN, and never 0 or 1 in place of a coefficient that does not exist.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Coefficient {
    /// The measure exists for these data.
    Value(Estimate),
    /// The measure does not exist for these data.
    Undefined {
        /// Why not.
        reason: Undefined,
    },
}

/// A coefficient with what is known about its precision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The coefficient itself; at most 1 for every measure of agreement.
    pub value: f64,
    /// The standard error where the source gives one and the units suffice for it (two at least).
    pub se: Option<f64>,
    /// The 95 % interval, lower limit first; there exactly when a standard error is and it has
    /// degrees of freedom.
    pub ci95: Option<(f64, f64)>,
    /// How many units carry the figure: those that two or more coders coded.
    pub n: u64,
}

/// Why a coefficient does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Undefined {
    /// No unit was coded by two coders.
    NoUnits,
    /// Every answer is the same one, so that chance explains all of the agreement (0/0).
    NoVariation,
    /// No coder gave the code to any unit, so that there is nothing to agree on.
    NeverGiven,
    /// The coder who is measured against a standard never gave the code.
    NotGivenByCoder,
    /// The standard against which a coder is measured never gives the code.
    NotInStandard,
    /// Both coders gave the code to every unit, so that there is no absence to agree on.
    AlwaysGiven,
    /// The measure is defined for two coders, and here are fewer or more.
    NotTwoCoders,
    /// The measure is defined for two categories, and here are fewer or more.
    NotTwoCategories,
    /// Nobody can tell which of the two categories says that something is there.
    NoPositive,
    /// The measure is not one of this kind of answers (single categories, sets of codes, or
    /// boundaries).
    NotForThisData,
    /// The text is too short: it has no more units than the window that the measure slides over it.
    TooShort,
    /// The two segmentations are of texts of different lengths.
    DifferentLengths,
    /// No coder marked anything.
    NothingMarked,
    /// Marks of one coder overlap, for which the measure is not defined.
    MarksOverlap,
    /// So little was marked by two coders that there is nothing to expect by chance.
    TooFewUnits,
}

impl Coefficient {
    /// The number alone, if there is one.
    pub fn value(&self) -> Option<f64> {
        self.estimate().map(|estimate| estimate.value)
    }

    /// The whole estimate, if there is one.
    pub fn estimate(&self) -> Option<Estimate> {
        match self {
            Self::Value(estimate) => Some(*estimate),
            Self::Undefined { .. } => None,
        }
    }

    /// The reason, if there is no number.
    pub fn undefined(&self) -> Option<Undefined> {
        match self {
            Self::Value(_) => None,
            Self::Undefined { reason } => Some(*reason),
        }
    }

    /// A number without a standard error.
    pub(super) fn plain(value: f64, n: u64) -> Self {
        Self::Value(Estimate { value, se: None, ci95: None, n })
    }
}

impl From<Undefined> for Coefficient {
    fn from(reason: Undefined) -> Self {
        Self::Undefined { reason }
    }
}
