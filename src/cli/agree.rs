//! `agree`: how far coders agree, on the study or on any CSV of codings.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::comparing::{CoderAt, ComparingArgs, ScopeArgs, side_by_side, unknown};
use super::{Context, Outcome, OutputArgs};
use crate::analysis::agreement::{
    self, Agreement, Categories, Level, Options, Requirement, Row, Single,
};
use crate::analysis::codings::Codings;
use crate::analysis::study_codings::{Choice, codings};
use crate::domain::comparison::Comparison;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::problem::{Place, Problem};
use crate::format::codings::{CodingsFile, Empty, Pick, UnknownName, read};
use crate::format::table::quotable;
use crate::msg;
use crate::render::agreement::{AgreementReport, reason};
use crate::render::number;
use crate::render::provenance::Provenance;
use crate::stats::Measure;
use crate::store::{Opened, layout, read_given};

/// Show how far coders agree, per dimension, per code and overall
///
/// On the study, the sealed decisions of its coders are compared. With FILE.csv, the codings in that file:
/// long (columns unit, coder, code; optional dimension, round, case; several rows are a set) or wide (unit, and one column
/// per coder, cells joined by `; `).
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
  themata agree codings.csv --coders ann,bo")]
pub(super) struct Args {
    /// A CSV of codings; without it, the study
    #[arg(value_name = "FILE.csv")]
    file: Option<PathBuf>,
    /// What counts as one answer [default: by what each dimension allows]
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', value_parser = names::<Level>(Level::ALL.into_iter().map(Level::as_str)))]
    level: Vec<OrAll<Level>>,
    /// The measures [default: the usual ones of each level]
    #[arg(long, value_name = "MEASURE", value_delimiter = ',', value_parser = names::<Measure>(Measure::ALL.iter().map(|it| it.as_str())))]
    measure: Vec<OrAll<Measure>>,
    /// What becomes of units that one coder alone decided [default: exclude; for a file include]
    #[arg(long, value_enum, value_name = "HOW")]
    single: Option<SingleArg>,
    /// Only units where every coder who decided gave something
    #[arg(long)]
    given: bool,
    /// Leave out decisions that their coder was unsure of
    #[arg(long, value_enum, value_name = "WHAT")]
    without: Option<Without>,
    /// Each case or round by itself
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<By>,
    /// Which categories count for brennan_prediger and gwet_ac1
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = CategoriesArg::Observed)]
    categories: CategoriesArg,
    /// Only these coders, in this order; `c1@main,c1@recode` compares a coder with herself
    #[arg(long, value_name = "CODER", value_delimiter = ',')]
    coders: Vec<CoderAt>,
    /// Exit with status 1 unless this holds in every row, as in `krippendorff_alpha>=0.8`; `.low` asks
    /// the lower limit [default: what themata.yaml requires]
    #[arg(long, value_name = "CONDITION", num_args = 0..=1)]
    require: Option<Option<Requirement>>,
    /// What an empty cell or an absent row of FILE.csv means [default: long none, wide missing]
    #[arg(long, value_enum, value_name = "WHAT", requires = "file")]
    empty: Option<EmptyArg>,
    /// Who looks early, with --unblind
    #[arg(long, value_name = "CODER", requires = "unblind")]
    coder: Option<CoderId>,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    comparing: ComparingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// One of the names, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OrAll<T> {
    All,
    One(T),
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum SingleArg {
    /// They enter nothing
    Exclude,
    /// They shape the chance term, as in irrCAC
    Include,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Without {
    /// Decisions marked as unsure
    Unsure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// Each case by itself
    Case,
    /// Each round by itself
    Round,
}

impl By {
    fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Round => "round",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum CategoriesArg {
    /// Those that coders used
    Observed,
    /// All that the codebook allows
    Codebook,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum EmptyArg {
    /// The coder did not decide
    Missing,
    /// The coder looked, and nothing applies
    None,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    args.output.form()?;
    let found = match &args.file {
        Some(file) => of_file(args, file)?,
        None => of_study(args, context)?,
    };
    let Found { report, requirement } = found;
    let missed = requirement.map(|it| missed(&it, &report, context)).transpose()?.unwrap_or(false);
    args.output.emit(&report, context)?;
    Ok(if missed { Outcome::Findings } else { Outcome::Clean })
}

/// The figures, and what is required of them.
struct Found {
    report: AgreementReport,
    requirement: Option<Requirement>,
}

fn of_file(args: &Args, file: &Path) -> anyhow::Result<Found> {
    for (given, option) in
        [(args.comparing.unblind.is_some(), "--unblind"), (args.coder.is_some(), "--coder")]
    {
        if given {
            let fix = msg!("agree.study_only.fix", option = option);
            return Err(Failure::Usage(msg!("agree.study_only", option = option), fix).into());
        }
    }
    let requirement = requirement(args, None)?;
    let empty = args.empty.map(|empty| match empty {
        EmptyArg::Missing => Empty::Missing,
        EmptyArg::None => Empty::None,
    });
    let bytes = read_given(file)?;
    let read = read(&file.display().to_string(), &bytes, empty).map_err(Failure::Invalid)?;
    let options = options(args, requirement.as_ref(), Single::Include, false, read.coders.len())?;
    let mut pick = Pick {
        coders: args.coders.iter().map(|coder| coder.text.clone()).collect(),
        cases: args.scope.cases.clone(),
        dimensions: args.scope.dimensions.clone(),
        round: args.comparing.round.clone(),
        without_unsure: args.without.is_some(),
    };
    let agreement = match args.by {
        Some(By::Round) if pick.round.is_none() => {
            has_column(&read.rounds, "round")?;
            let mut parts = Vec::new();
            for round in &read.rounds {
                pick.round = Some(round.clone());
                parts.push((round.clone(), picked(&read, &pick)?));
            }
            by_parts(&parts, &options)
        }
        by => {
            if by == Some(By::Case) {
                has_column(&read.cases, "case")?;
            }
            agreement::agreement(&picked(&read, &pick)?, &options)
        }
    };
    Ok(Found { report: report(args, agreement, options, None), requirement })
}

fn has_column(names: &[String], column: &str) -> Result<(), Failure> {
    if names.is_empty() {
        let what = msg!("agree.no_rounds", column = column);
        return Err(Failure::Usage(what, msg!("agree.no_rounds.fix")));
    }
    Ok(())
}

fn picked(read: &CodingsFile, pick: &Pick) -> Result<Codings, Failure> {
    read.codings(pick).map_err(|UnknownName { kind, name, known }| {
        let known: Vec<&str> = known.iter().map(|name| quotable(name)).collect();
        unknown(kind, &name, &known)
    })
}

fn of_study(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Found> {
    let opened = context.open()?;
    let study = &opened.study;
    let requirement = requirement(args, Some(&opened))?;
    let scope = args.scope.scope(study)?;
    let choice = Choice { scope, without_unsure: args.without.is_some() };
    let no_coefficients = !study.settings.agreement;
    let by_round = args.by == Some(By::Round) && args.comparing.round.is_none();
    let comparisons = if by_round { rounds(args, &opened)? } else { vec![compare(args, &opened)?] };
    let coders = comparisons.first().map_or(0, |it| it.codings.len());
    if coders < 2 {
        return Err(Failure::Usage(msg!("comparing.coders"), msg!("comparing.coders.fix")).into());
    }
    let options = options(args, requirement.as_ref(), Single::Exclude, no_coefficients, coders)?;
    let agreement = if by_round {
        let part = |it: &Comparison| {
            let round = it.round.as_ref().map(ToString::to_string).unwrap_or_default();
            (round, codings(study, it, &choice))
        };
        by_parts(&comparisons.iter().map(part).collect::<Vec<_>>(), &options)
    } else {
        let comparison = comparisons.first().map(|it| codings(study, it, &choice));
        agreement::agreement(&comparison.unwrap_or_default(), &options)
    };
    let provenance = comparisons.last().map(|it| Provenance::of(study, it));
    Ok(Found { report: report(args, agreement, options, provenance), requirement })
}

fn compare(args: &Args, opened: &Opened) -> Result<Comparison, Failure> {
    if args.coders.is_empty() {
        args.comparing.comparison(opened, args.coder.as_ref())
    } else {
        side_by_side(opened, &args.coders, &args.comparing, args.coder.as_ref())
    }
}

/// Every round that has an open case; where none has, why the last one is closed.
fn rounds(args: &Args, opened: &Opened) -> Result<Vec<Comparison>, Failure> {
    let mut open = Vec::new();
    let mut closed = None;
    for round in &opened.study.rounds {
        let of_round = args.comparing.comparison_in(opened, args.coder.as_ref(), Some(round));
        match of_round {
            Ok(mut comparison) => {
                if !args.coders.is_empty() {
                    let asked = |label: &str| args.coders.iter().any(|it| it.text == label);
                    comparison.codings.retain(|coding| asked(&coding.label));
                }
                open.push(comparison);
            }
            Err(refused @ Failure::Refused(..)) => closed = Some(refused),
            Err(other) => return Err(other),
        }
    }
    match closed {
        Some(refused) if open.is_empty() => Err(refused),
        _ => Ok(open),
    }
}

/// Each part by itself, under its name.
fn by_parts(parts: &[(String, Codings)], options: &Options) -> Agreement {
    let mut together = Agreement { coders: Vec::new(), groups: Vec::new() };
    for (name, codings) in parts {
        let agreement = agreement::agreement(codings, options);
        together.coders = agreement.coders;
        for mut group in agreement.groups {
            group.name = Some(name.clone());
            together.groups.push(group);
        }
    }
    together
}

fn report(
    args: &Args,
    agreement: Agreement,
    options: Options,
    provenance: Option<Provenance>,
) -> AgreementReport {
    AgreementReport {
        agreement,
        options,
        by: args.by.map(By::as_str),
        without_unsure: args.without.is_some(),
        provenance,
    }
}

/// What is required, if anything is.
fn requirement(args: &Args, opened: Option<&Opened>) -> Result<Option<Requirement>, Failure> {
    match &args.require {
        None => Ok(None),
        Some(Some(requirement)) => Ok(Some(*requirement)),
        Some(None) => {
            let of_study = opened.and_then(|opened| opened.study.settings.require.as_ref());
            let Some(text) = of_study else {
                return Err(Failure::Usage(
                    msg!("agree.require.none"),
                    msg!("agree.require.none.fix"),
                ));
            };
            let problem = |_| {
                Failure::invalid(Problem::new(
                    Place::file(layout::SETTINGS).column("require"),
                    msg!("agree.require.invalid"),
                    msg!("agree.require.invalid.fix"),
                ))
            };
            text.parse().map(Some).map_err(problem)
        }
    }
}

/// What is computed; a measure and a level that do not exist together are wrong use.
fn options(
    args: &Args,
    requirement: Option<&Requirement>,
    single: Single,
    no_coefficients: bool,
    coders: usize,
) -> Result<Options, Failure> {
    let levels = listed(&args.level, &Level::ALL);
    let mut measures = listed(&args.measure, Measure::ALL);
    if let (Some(requirement), true) = (requirement, measures.is_empty()) {
        let usual = agreement::defaults(coders, no_coefficients);
        if !usual.contains(&requirement.measure) {
            measures = usual;
            measures.push(requirement.measure);
        }
    }
    let asked_levels = if levels.is_empty() { Level::ALL.to_vec() } else { levels.clone() };
    for asked in &args.measure {
        if let OrAll::One(measure) = asked
            && !asked_levels.iter().any(|level| level.knows(*measure))
        {
            return Err(no_pair(*measure, asked_levels.first().copied().unwrap_or(Level::Value)));
        }
    }
    for asked in &args.level {
        if let (OrAll::One(level), Some(measure)) = (asked, measures.first())
            && !measures.iter().any(|measure| level.knows(*measure))
        {
            return Err(no_pair(*measure, *level));
        }
    }
    Ok(Options {
        levels,
        measures,
        no_coefficients,
        single: match args.single {
            None => single,
            Some(SingleArg::Exclude) => Single::Exclude,
            Some(SingleArg::Include) => Single::Include,
        },
        given: args.given,
        categories: match args.categories {
            CategoriesArg::Observed => Categories::Observed,
            CategoriesArg::Codebook => Categories::Codebook,
        },
        by_case: args.by == Some(By::Case),
    })
}

fn no_pair(measure: Measure, level: Level) -> Failure {
    Failure::Usage(msg!("agree.pair", measure = measure, level = level), msg!("agree.pair.fix"))
}

/// What was asked for, in its order and each once; empty if nothing was.
fn listed<T: Copy + PartialEq>(asked: &[OrAll<T>], all: &[T]) -> Vec<T> {
    let mut list: Vec<T> = Vec::new();
    for one in asked {
        let more = match one {
            OrAll::All => all,
            OrAll::One(one) => std::slice::from_ref(one),
        };
        for one in more {
            if !list.contains(one) {
                list.push(*one);
            }
        }
    }
    list
}

/// Says which rows miss the condition; whether there are any.
fn missed(
    requirement: &Requirement,
    report: &AgreementReport,
    context: &mut Context<'_>,
) -> anyhow::Result<bool> {
    let mut rows = report.agreement.groups.iter().flat_map(|group| &group.rows);
    if !rows.any(|row| row.measure == requirement.measure) {
        let measure = requirement.measure;
        return Err(Failure::Usage(
            msg!("agree.require.absent", measure = measure),
            msg!("agree.require.absent.fix", measure = measure),
        )
        .into());
    }
    let missed = requirement.missed(&report.agreement);
    for (group, row) in &missed {
        let (name, level) = (row.about.name(), row.level);
        let value = asked_value(requirement, row, context);
        let message = match group {
            None => msg!(
                "agree.missed",
                condition = requirement,
                name = name,
                level = level,
                value = value
            ),
            Some(group) => msg!(
                "agree.missed_in",
                condition = requirement,
                name = name,
                level = level,
                group = group,
                value = value
            ),
        };
        context.tell(&message)?;
    }
    Ok(!missed.is_empty())
}

/// What the condition is asked of, for people.
fn asked_value(requirement: &Requirement, row: &Row, context: &Context<'_>) -> String {
    match (&row.figure, requirement.low) {
        (Err(why), _) => reason(*why, context.language),
        (Ok(estimate), false) => number::shown(estimate.value),
        (Ok(estimate), true) => match estimate.ci95 {
            Some((low, _)) => number::shown(low),
            None => crate::words::word("agree.no_interval", context.language),
        },
    }
}
