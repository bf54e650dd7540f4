//! The measures by name: which there are, what each needs, and the way from a name to its function.

use std::fmt;
use std::str::FromStr;

use super::coefficient::{Coefficient, Undefined};
use super::ordered::{self, Weights};
use super::ratings::Ratings;
use super::set_ratings::SetRatings;
use super::{agreement, alpha, cohen, scott, set_alpha, shared_codes, two_categories};

macro_rules! measures {
    ($($(#[$doc:meta])+ $variant:ident = $name:literal,)*) => {
        /// A measure of agreement, by the name it has in options, tables and files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure {
            $($(#[$doc])+ $variant,)*
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
    /// Pairs of coders who agree over pairs who coded.
    PercentAgreement = "percent_agreement",
    /// Cohen (1960), two coders.
    CohenKappa = "cohen_kappa",
    /// Scott (1955), two coders.
    ScottPi = "scott_pi",
    /// Brennan and Prediger (1981).
    BrennanPrediger = "brennan_prediger",
    /// Gwet (2008).
    GwetAc1 = "gwet_ac1",
    /// Fleiss (1971).
    FleissKappa = "fleiss_kappa",
    /// Conger (1980).
    CongerKappa = "conger_kappa",
    /// Light (1971): the mean of Cohen's kappa over pairs of coders.
    LightKappa = "light_kappa",
    /// Krippendorff (2004), nominal.
    KrippendorffAlpha = "krippendorff_alpha",
    /// Krippendorff (2004), ordinal: of a scale.
    KrippendorffAlphaOrdinal = "krippendorff_alpha_ordinal",
    /// Krippendorff (2004), interval: of a scale of equal steps.
    KrippendorffAlphaInterval = "krippendorff_alpha_interval",
    /// Cohen (1968), linear weights: of a scale, two coders.
    WeightedKappaLinear = "weighted_kappa_linear",
    /// Cohen (1968), quadratic weights: of a scale, two coders.
    WeightedKappaQuadratic = "weighted_kappa_quadratic",
    /// Gwet (2014): AC1 with weights, of a scale.
    GwetAc2 = "gwet_ac2",
    /// Brennan and Prediger (1981) with weights as in Gwet (2014), of a scale.
    BrennanPredigerWeighted = "brennan_prediger_weighted",
    /// Krippendorff's alpha of sets, with the distance of Passonneau (2006).
    KrippendorffAlphaMasi = "krippendorff_alpha_masi",
    /// Krippendorff's alpha of sets, with Jaccard's distance.
    KrippendorffAlphaJaccard = "krippendorff_alpha_jaccard",
    /// Holsti (1969), two coders.
    Holsti = "holsti",
    /// Holsti (1969) on codes given, two coders.
    HolstiCodePresence = "holsti_code_presence",
    /// Miles and Huberman (1994): codes both gave over codes either gave, two coders.
    MilesHuberman = "miles_huberman",
    /// Byrt, Bishop and Carlin (1993): two coders, two categories.
    Pabak = "pabak",
    /// Byrt, Bishop and Carlin (1993): two coders, two categories.
    PrevalenceIndex = "prevalence_index",
    /// Byrt, Bishop and Carlin (1993): two coders, two categories.
    BiasIndex = "bias_index",
    /// Cicchetti and Feinstein (1990): two coders, two categories.
    PositiveAgreement = "positive_agreement",
    /// Cicchetti and Feinstein (1990): two coders, two categories.
    NegativeAgreement = "negative_agreement",
    /// Krippendorff and others (2016): unitizing and coding.
    UAlpha = "u_alpha",
    /// Krippendorff and others (2016): unitizing alone.
    UAlphaBinary = "u_alpha_binary",
    /// Krippendorff and others (2016): coding of what two coders marked.
    CuAlpha = "cu_alpha",
    /// Krippendorff and others (2016): coding, code by code.
    KUAlpha = "k_u_alpha",
    /// Mathet, Widlöcher and Métivier (2015): alignment of marks.
    Gamma = "gamma",
    /// Beeferman, Berger and Lafferty (1999): two segmentations.
    Pk = "pk",
    /// Pevzner and Hearst (2002): two segmentations.
    WindowDiff = "window_diff",
    /// Fournier (2013): two segmentations.
    BoundarySimilarity = "boundary_similarity",
    /// Fournier and Inkpen (2012): two segmentations.
    SegmentationSimilarity = "segmentation_similarity",
}

impl Measure {
    /// Whether it is computed from one category per coder and unit.
    pub fn is_nominal(self) -> bool {
        let of_sets_alone =
            matches!(self, Self::KrippendorffAlphaMasi | Self::KrippendorffAlphaJaccard);
        !of_sets_alone && !self.is_of_boundaries() && !self.is_ordered()
    }

    /// Whether it is computed from positions on a scale.
    pub fn is_ordered(self) -> bool {
        let alphas =
            matches!(self, Self::KrippendorffAlphaOrdinal | Self::KrippendorffAlphaInterval);
        let kappas = matches!(self, Self::WeightedKappaLinear | Self::WeightedKappaQuadratic);
        alphas || kappas || self.takes_weights()
    }

    /// Whether it is computed with the weights that were asked for.
    pub fn takes_weights(self) -> bool {
        matches!(self, Self::GwetAc2 | Self::BrennanPredigerWeighted)
    }

    /// Whether it is computed from sets of codes.
    pub fn is_of_sets(self) -> bool {
        matches!(
            self,
            Self::PercentAgreement | Self::KrippendorffAlphaMasi | Self::KrippendorffAlphaJaccard
        )
    }

    /// Whether it is computed from where coders cut the text; see
    /// [`segmentation`](super::segmentation), [`unitizing`](super::unitizing) and
    /// [`gamma`](super::gamma).
    pub fn is_of_boundaries(self) -> bool {
        let alphas =
            matches!(self, Self::UAlpha | Self::UAlphaBinary | Self::CuAlpha | Self::KUAlpha);
        alphas || self == Self::Gamma || self.is_of_segmentations()
    }

    /// Whether it compares two segmentations, whatever the segments are called.
    pub fn is_of_segmentations(self) -> bool {
        let similarities = matches!(self, Self::BoundarySimilarity | Self::SegmentationSimilarity);
        similarities || matches!(self, Self::Pk | Self::WindowDiff)
    }

    /// Whether it exists for two coders only.
    pub fn needs_two_coders(self) -> bool {
        let shares = matches!(self, Self::Holsti | Self::HolstiCodePresence | Self::MilesHuberman);
        shares
            || matches!(self, Self::CohenKappa | Self::ScottPi)
            || matches!(self, Self::WeightedKappaLinear | Self::WeightedKappaQuadratic)
            || self.needs_two_categories()
            || self.is_of_segmentations()
    }

    /// Whether it exists for two categories only.
    pub fn needs_two_categories(self) -> bool {
        let specific = matches!(self, Self::PositiveAgreement | Self::NegativeAgreement);
        specific || matches!(self, Self::Pabak | Self::PrevalenceIndex | Self::BiasIndex)
    }

    /// Whether it depends on which of two categories says that something is there.
    pub fn needs_positive(self) -> bool {
        self.needs_two_categories() && self != Self::Pabak
    }

    /// The least and the greatest that it can be.
    pub fn range(self) -> (f64, f64) {
        let share = matches!(
            self,
            Self::PercentAgreement
                | Self::Holsti
                | Self::HolstiCodePresence
                | Self::MilesHuberman
                | Self::PositiveAgreement
                | Self::NegativeAgreement
        );
        (if share { 0.0 } else { -1.0 }, 1.0)
    }

    /// Whether a higher figure means more agreement; the two indexes of Byrt and others describe
    /// the data instead.
    pub fn is_agreement(self) -> bool {
        !matches!(self, Self::PrevalenceIndex | Self::BiasIndex)
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
        Measure::ScottPi => scott::scott_pi(ratings),
        Measure::BrennanPrediger => agreement::brennan_prediger(ratings),
        Measure::GwetAc1 => agreement::gwet_ac1(ratings),
        Measure::FleissKappa => agreement::fleiss_kappa(ratings),
        Measure::CongerKappa => agreement::conger_kappa(ratings),
        Measure::LightKappa => cohen::light_kappa(ratings),
        Measure::KrippendorffAlpha => alpha::krippendorff_alpha(ratings),
        Measure::Holsti => shared_codes::holsti(ratings),
        Measure::HolstiCodePresence => shared_codes::holsti_code_presence(ratings),
        Measure::MilesHuberman => shared_codes::miles_huberman(ratings),
        Measure::Pabak => two_categories::pabak(ratings),
        Measure::PrevalenceIndex => two_categories::prevalence_index(ratings),
        Measure::BiasIndex => two_categories::bias_index(ratings),
        Measure::PositiveAgreement => two_categories::positive_agreement(ratings),
        Measure::NegativeAgreement => two_categories::negative_agreement(ratings),
        Measure::KrippendorffAlphaOrdinal => ordered::krippendorff_alpha_ordinal(ratings),
        Measure::KrippendorffAlphaInterval => ordered::krippendorff_alpha_interval(ratings),
        Measure::WeightedKappaLinear => ordered::weighted_kappa(ratings, Weights::Linear),
        Measure::WeightedKappaQuadratic => ordered::weighted_kappa(ratings, Weights::Quadratic),
        Measure::GwetAc2 => ordered::gwet_ac2(ratings),
        Measure::BrennanPredigerWeighted => ordered::brennan_prediger_weighted(ratings),
        _ => Undefined::NotForThisData.into(),
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
