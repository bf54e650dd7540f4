//! The arguments of `agree`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::values::{
    ByArg, CategoriesArg, EmptyArg, GivenArg, ProgramArg, ResampleArg, SingleArg, StageArg,
    WeightsArg, Without,
};
use crate::analysis::agreement::{Bootstrap, Categories, Given, Level, Requirement, Single};
use crate::cli::OutputArgs;
use crate::cli::asking::{CodesArg, ComparingArgs, NamesArgs, PartArgs};
use crate::cli::usage::Wrong;
use crate::domain::id::CoderId;
use crate::msg;
use crate::stats::elsewhere::Program;
use crate::stats::gamma::Settings;
use crate::stats::{Measure, Plan};
use crate::work::ask::{AccuracyAsk, AgreeAsk, Ask, BoundariesAsk, By, CoderAt, Comparing, OrAll};

/// Show how far coders agree, per dimension, per code and overall
///
/// On the study, the sealed decisions of its coders are compared. With FILE, the codings in that file (CSV, TSV, text or a
/// workbook, in any encoding): long (columns unit, coder, code; optional dimension, round, case; several rows are a set) or wide
/// (unit, and one column per coder, or one per coder and code as in ann_trust; several codes in a cell parted by `;`). What is
/// assumed of it is said beneath the table; what can be read in two ways is refused until an option decides.
///
/// Levels: presence (each dimension and each code, given or not), value (the whole answer in a dimension as one
/// value), sets (several codes per unit), joint (all dimensions as one). Every figure comes with its number of units, standard error
/// and 95 % interval, or with the reason why there is none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  themata agree
  themata agree --level presence --dimension leadership
  themata agree --level all --measure all -o agreement.csv
  themata agree --by case --require 'krippendorff_alpha>=0.8'
  themata agree --bootstrap 10000 --seed 1 --resample cases
  themata agree --coders c1@main,c1@recode
  themata agree --against final --coders llm
  themata agree --boundaries ann.csv bo.csv --seed 1
  themata agree codings.csv --coders ann,bo")]
pub(in crate::cli) struct Args {
    /// A file of codings (.csv, .tsv, .txt, .xlsx, .ods); without it, the study. With --boundaries, one or more CSVs of stretches
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Compare where coders cut the text instead of what they decided
    ///
    /// Each FILE.csv holds stretches: `unit` (locators, as in units.csv) or `start` and `end` (numbers from 0, the end exclusive);
    /// beside them, if there are such, `code`, `coder` (else each file is one coder, by its name) and `transcript`. Locators are
    /// counted in characters of the transcript's text (labels and times left out) inside a study that has the transcript, and in
    /// paragraphs elsewhere. Rows of kind `prompt` are left out. Without a file, coders' own cuts in units/<coder>/ are compared.
    #[arg(long, conflicts_with_all = ["level", "given", "single", "without", "by", "categories", "bootstrap", "per_category", "empty", "dimensions", "filters", "positive"])]
    pub(super) boundaries: bool,
    #[command(flatten)]
    pub(super) gamma: BoundaryArgs,
    /// What counts as one answer [default: by what each dimension allows]
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', value_parser = names::<Level>(Level::ALL.into_iter().map(Level::as_str)))]
    pub(super) level: Vec<OrAll<Level>>,
    /// The measures [default: the usual ones of each level]
    #[arg(long, value_name = "MEASURE", value_delimiter = ',', value_parser = names::<Measure>(Measure::ALL.iter().map(|it| it.as_str())))]
    pub(super) measure: Vec<OrAll<Measure>>,
    /// What becomes of units that one coder alone decided [default: exclude; for a file include]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(super) single: Option<SingleArg>,
    /// Only units where every coder who decided (both), or any (either), gave something
    #[arg(long, value_enum, value_name = "WHO", num_args = 0..=1, default_missing_value = "both")]
    pub(super) given: Option<GivenArg>,
    /// Leave out decisions that their coder was unsure of
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) without: Option<Without>,
    /// Each part by itself
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) by: Option<ByArg>,
    /// Which categories count for brennan_prediger and gwet_ac1: observed, codebook, or for a file all that there are, as in
    /// a,b,c,d [default: codebook; for a file observed]
    #[arg(long, value_name = "WHICH")]
    pub(super) categories: Option<CategoriesArg>,
    /// The codebook of FILE (.yaml, .csv, .tsv, .xlsx), whose codes are its categories
    #[arg(long, value_name = "CODEBOOK", requires = "files", conflicts_with_all = ["categories", "boundaries"])]
    pub(super) codebook: Option<PathBuf>,
    /// Of two answers, the one that says that something is there, for measures that ask [default: the evident one, such as 1
    /// or yes]
    #[arg(long, value_name = "ANSWER")]
    pub(super) positive: Option<String>,
    /// Each pair of coders by itself, and each coder against the rest
    #[arg(long, conflicts_with_all = ["by", "boundaries"])]
    pub(super) pairs: bool,
    /// The figures that somebody else prints for the same codings, where a formula and worked figures prove it
    ///
    /// irr: the package irr 0.84.1 for R (cohen_kappa, fleiss_kappa, conger_kappa, light_kappa, krippendorff_alpha).
    /// balash2023: codes shared over the larger total of codes, which Balash and others (2023) call Cohen's kappa, at the
    /// level sets. docs/agreement.md says how either reckons.
    #[arg(long = "as", value_enum, value_name = "NAME", conflicts_with_all = ["bootstrap", "per_category", "boundaries"])]
    pub(super) program: Option<ProgramArg>,
    /// The answers of FILE are positions on a scale, in the order of --order
    #[arg(long, value_name = "SCALE", value_parser = ["ordered"], requires_all = ["files", "order"], conflicts_with = "boundaries")]
    pub(super) scale: Option<String>,
    /// Every position of the scale in its order, as in low,middle,high
    #[arg(
        long,
        value_name = "A,B,C",
        value_delimiter = ',',
        requires = "scale",
        allow_hyphen_values = true
    )]
    pub(super) order: Vec<String>,
    /// How much two different positions on a scale count as agreement, for gwet_ac2 and brennan_prediger_weighted
    #[arg(long, value_enum, value_name = "HOW", default_value_t = WeightsArg::Quadratic)]
    pub(super) weights: WeightsArg,
    /// At the level value also Krippendorff's alpha of each answer against all others
    #[arg(long)]
    pub(super) per_category: bool,
    /// Intervals by resampling N times (such as 10000) instead of analytic ones
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) bootstrap: Option<u32>,
    /// What --bootstrap draws
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = ResampleArg::Units, requires = "bootstrap")]
    pub(super) resample: ResampleArg,
    /// Where the random numbers of --bootstrap and gamma begin [default: 1]
    #[arg(long, value_name = "S")]
    pub(super) seed: Option<u64>,
    /// Only these coders, in this order; `c1@main,c1@recode` compares a coder with herself
    #[arg(long, value_name = "CODER", value_delimiter = ',')]
    pub(super) coders: Vec<CoderAt>,
    /// Measure instead how right coders are where a standard is taken for right: final, or one coder
    ///
    /// Accuracy, not reliability: percent of whole answers by dimension; percent, precision, recall and F1 of each code, rare codes
    /// first. Without --coders every trainee and every machine is measured. Whose decisions are part of the standard cannot be.
    #[arg(long, value_name = "final|CODER", conflicts_with_all = ["files", "boundaries", "level", "measure", "single", "given", "without", "by", "categories", "positive", "pairs", "program", "per_category", "bootstrap", "require", "stage"])]
    pub(super) against: Option<String>,
    /// Exit with status 1 unless this holds in every row, as in `krippendorff_alpha>=0.8`; `.low` asks
    /// the lower limit [default: what themata.yaml requires]
    #[arg(long, value_name = "CONDITION", num_args = 0..=1)]
    pub(super) require: Option<Option<Requirement>>,
    /// What a blank cell of FILE means [default: missing]
    #[arg(long, value_enum, value_name = "WHAT", requires = "files")]
    pub(super) empty: Option<EmptyArg>,
    /// How codes that were merged since are counted [default: decided]
    #[arg(long, value_enum, value_name = "HOW", default_value_t = CodesArg::Decided, hide_default_value = true, conflicts_with_all = ["files", "boundaries"])]
    pub(super) codes: CodesArg,
    /// Which decisions: those made before the answers of others were open to their coder, or of each unit the latest
    /// round in which anybody decided after that
    #[arg(long, value_enum, value_name = "STAGE", default_value_t = StageArg::Independent)]
    pub(super) stage: StageArg,
    /// What it means that a coder has no row for a unit of a long FILE
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        requires = "files",
        conflicts_with = "boundaries"
    )]
    pub(super) absent: Option<EmptyArg>,
    /// What else stands for no answer in FILE, as in 99,#
    #[arg(
        long,
        value_name = "TEXT",
        value_delimiter = ',',
        requires = "files",
        conflicts_with = "boundaries"
    )]
    pub(super) missing: Vec<String>,
    /// The only mark that parts several codes in a cell of FILE, such as a comma [default: `;`, `|`, `#` and other marks of
    /// exports]
    #[arg(long, value_name = "MARK", requires = "files", conflicts_with = "boundaries", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(super) separator: Option<String>,
    /// All units of a long FILE, those that nobody coded too: how many, or a file with a column unit (or one unit a line)
    #[arg(long, value_name = "N|FILE", requires = "files", conflicts_with = "boundaries")]
    pub(super) units: Option<String>,
    /// Who looks: early, with --unblind, or at her own rounds alone, with --coders c1@main,c1@recode
    #[arg(long, value_name = "CODER")]
    pub(super) coder: Option<CoderId>,
    #[command(flatten)]
    pub(super) part: PartArgs,
    #[command(flatten)]
    pub(super) comparing: ComparingArgs,
    #[command(flatten)]
    pub(super) names: NamesArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

impl Args {
    /// Which decisions are let through.
    pub(super) fn comparing(&self) -> Comparing {
        self.comparing.ask(self.coder.as_ref().map(CoderId::as_str))
    }

    /// What is asked of agreement, of a study or of a file.
    pub(super) fn ask(&self) -> AgreeAsk {
        AgreeAsk {
            levels: self.level.clone(),
            measures: self.measure.clone(),
            single: self.single.map(Single::from),
            given: self.given.map(Given::from),
            without_unsure: self.without.is_some(),
            by: self.by.map(By::from),
            pairs: self.pairs,
            categories: match (&self.categories, &self.codebook) {
                (Some(CategoriesArg::Observed), _) => Some(Categories::Observed),
                (Some(_), _) | (_, Some(_)) => Some(Categories::Codebook),
                (None, None) => None,
            },
            positive: self.positive.clone(),
            program: self.program.map(Program::from),
            weights: self.weights.into(),
            per_category: self.per_category,
            bootstrap: self.bootstrap.map(|resamples| Bootstrap {
                plan: Plan { resamples, seed: self.seed.unwrap_or(1) },
                drawn: self.resample.into(),
            }),
            coders: self.coders.clone(),
            codes: self.codes.into(),
            after: self.stage == StageArg::After,
            require: self.require,
            ids: self.names.ids(),
            part: self.part.ask(),
            comparing: self.comparing(),
        }
    }

    /// The question that the line asks of a study; nothing where it is about files.
    pub(in crate::cli) fn asked(&self) -> Option<Ask> {
        if !self.files.is_empty() {
            return None;
        }
        Some(match self.accuracy() {
            Some(ask) => Ask::Accuracy(ask),
            None if self.boundaries => Ask::Boundaries(self.boundaries_ask()),
            None => Ask::Agree(Box::new(self.ask())),
        })
    }

    /// What is asked of cuts.
    pub(super) fn boundaries_ask(&self) -> BoundariesAsk {
        BoundariesAsk {
            measures: self.measure.clone(),
            coders: self.coders.clone(),
            length: self.gamma.length,
            settings: Settings {
                position: self.gamma.gamma_alpha,
                category: self.gamma.gamma_beta,
                unaligned: self.gamma.gamma_delta,
                samples: self.gamma.gamma_samples,
                seed: self.seed.unwrap_or(1),
            },
            ids: self.names.ids(),
            part: self.part.ask(),
            comparing: self.comparing(),
        }
    }

    /// What is asked of coders against a standard.
    pub(super) fn accuracy(&self) -> Option<AccuracyAsk> {
        self.against.clone().map(|against| AccuracyAsk {
            against,
            coders: self.coders.clone(),
            codes: self.codes.into(),
            ids: self.names.ids(),
            part: self.part.ask(),
            comparing: self.comparing(),
        })
    }
}

/// How boundaries are compared.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BoundaryArgs {
    /// How long the text is, in what `start` and `end` count [default: up to the last end]
    #[arg(long, value_name = "N", requires = "boundaries")]
    pub(super) length: Option<u64>,
    /// The weight of being apart in gamma
    #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = weight, requires = "boundaries")]
    pub(super) gamma_alpha: f64,
    /// The weight of having different codes in gamma
    #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = weight, requires = "boundaries")]
    pub(super) gamma_beta: f64,
    /// What a stretch without a partner costs in gamma
    #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = weight, requires = "boundaries")]
    pub(super) gamma_delta: f64,
    /// How many random continua gamma is held against
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=100_000), requires = "boundaries")]
    pub(super) gamma_samples: u32,
}

/// A weight: a number from 0 on.
fn weight(text: &str) -> Result<f64, Wrong> {
    match text.parse::<f64>() {
        Ok(weight) if weight.is_finite() && weight >= 0.0 => Ok(weight),
        _ => Err(Wrong(msg!("usage.weight.fix"))),
    }
}

/// Reads one of the names, or `all`; the help lists them.
fn names<T>(all: impl Iterator<Item = &'static str>) -> impl TypedValueParser<Value = OrAll<T>>
where
    T: FromStr<Err: std::error::Error + Send + Sync> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(all.chain(["all"])).try_map(|name| match name.as_str() {
        "all" => Ok(OrAll::All),
        name => name.parse().map(OrAll::One),
    })
}
