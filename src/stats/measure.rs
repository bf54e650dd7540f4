//! The measures by name: which there are, what each needs, and the way from a name to its function.

use std::fmt;
use std::str::FromStr;

use super::coefficient::{Coefficient, Undefined};
use super::ratings::Ratings;
use super::set_ratings::SetRatings;
use super::{agreement, alpha, cohen, set_alpha};

macro_rules! measures {
    ($($variant:ident $name:literal $doc:literal,)*) => {
        /// A measure of agreement, by the name it has in options, tables and files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure {
            $(#[doc = $doc] $variant,)*
        }

        impl Measure {
            /// Every measure, in the order in which they are listed to people.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name, as in `krippendorff_alpha`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

measures! {
    PercentAgreement "percent_agreement" "Pairs of coders who agree over pairs who coded.",
    CohenKappa "cohen_kappa" "Cohen (1960), two coders.",
    GwetAc1 "gwet_ac1" "Gwet (2008).",
    FleissKappa "fleiss_kappa" "Fleiss (1971).",
    KrippendorffAlpha "krippendorff_alpha" "Krippendorff (2004), nominal.",
    KrippendorffAlphaMasi "krippendorff_alpha_masi" "Krippendorff's alpha of sets, with the distance of Passonneau (2006).",
    KrippendorffAlphaJaccard "krippendorff_alpha_jaccard" "Krippendorff's alpha of sets, with Jaccard's distance.",
}

impl Measure {
    /// Whether it is computed from one category per coder and unit.
    pub fn is_nominal(self) -> bool {
        !matches!(self, Self::KrippendorffAlphaMasi | Self::KrippendorffAlphaJaccard)
    }

    /// Whether it is computed from sets of codes.
    pub fn is_of_sets(self) -> bool {
        matches!(
            self,
            Self::PercentAgreement | Self::KrippendorffAlphaMasi | Self::KrippendorffAlphaJaccard
        )
    }

    /// Whether it exists for two coders only.
    pub fn needs_two_coders(self) -> bool {
        matches!(self, Self::CohenKappa)
    }

    /// Whether it exists for two categories only.
    pub fn needs_two_categories(self) -> bool {
        false
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// No measure has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownMeasure;

impl fmt::Display for UnknownMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no measure has this name")
    }
}

impl std::error::Error for UnknownMeasure {}

impl FromStr for Measure {
    type Err = UnknownMeasure;

    fn from_str(name: &str) -> Result<Self, UnknownMeasure> {
        Self::ALL.iter().copied().find(|measure| measure.as_str() == name).ok_or(UnknownMeasure)
    }
}

/// The measure of one category per coder and unit; each function cites its source.
pub fn nominal(measure: Measure, ratings: &Ratings) -> Coefficient {
    match measure {
        Measure::PercentAgreement => agreement::percent_agreement(ratings),
        Measure::CohenKappa => cohen::cohen_kappa(ratings),
        Measure::GwetAc1 => agreement::gwet_ac1(ratings),
        Measure::FleissKappa => agreement::fleiss_kappa(ratings),
        Measure::KrippendorffAlpha => alpha::krippendorff_alpha(ratings),
        Measure::KrippendorffAlphaMasi | Measure::KrippendorffAlphaJaccard => {
            Undefined::NotForThisData.into()
        }
    }
}

/// The measure of sets of codes; percent agreement is the share of equal sets.
pub fn sets(measure: Measure, ratings: &SetRatings) -> Coefficient {
    match measure {
        Measure::PercentAgreement => agreement::percent_agreement(ratings.whole_answers()),
        Measure::KrippendorffAlphaMasi => set_alpha::krippendorff_alpha_masi(ratings),
        Measure::KrippendorffAlphaJaccard => set_alpha::krippendorff_alpha_jaccard(ratings),
        _ => Undefined::NotForThisData.into(),
    }
}
