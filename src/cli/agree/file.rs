//! `agree FILE`: the codings in a file.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::Args;
use super::values::{ByArg, CategoriesArg, EmptyArg, ResampleArg, StageArg};
use super::{Found, scale};
use crate::analysis::agreement::{self, Agreement, Categories, Options, Single, of_pairs};
use crate::analysis::codings::{Codings, Inventory};
use crate::cli::init::codebook_bytes;
use crate::domain::codebook::Dimension;
use crate::domain::failure::Failure;
use crate::domain::find::{Named, NotFound};
use crate::domain::message::Message;
use crate::format::codebook;
use crate::format::codings::{
    self, AllUnits, CodingsFile, Empty, Pick, Read, Reading, UnknownName, Unread,
};
use crate::format::table::quotable;
use crate::msg;
use crate::render::agreement::AgreementReport;
use crate::store::read_given;
use crate::work::ask::{Usual, by_parts, required};

/// Agreement on the codings of a file.
pub(super) fn found(args: &Args, file: &Path) -> anyhow::Result<Found> {
    for (given, option) in [
        (args.comparing.unblind.is_some(), "--unblind"),
        (args.coder.is_some(), "--coder"),
        (!args.part.filters.is_empty(), "--where"),
        (args.stage == StageArg::After, "--stage after"),
        (args.by == Some(ByArg::Participant), "--by participant"),
        (args.by == Some(ByArg::Codebook), "--by codebook"),
        (args.categories == Some(CategoriesArg::Codebook), "--categories codebook"),
    ] {
        if given {
            let fix = match option {
                "--categories codebook" => msg!("agree.categories.file.fix"),
                _ => msg!("agree.study_only.fix", option = option),
            };
            return Err(Failure::Usage(msg!("agree.study_only", option = option), fix).into());
        }
    }
    let requirement = required(args.require, None)?;
    let bytes = read_given(file)?;
    let read =
        codings::read(&file.display().to_string(), &bytes, &reading(args)?).map_err(unread)?;
    drop(bytes);
    let ask = args.ask();
    let usual =
        Usual { single: Single::Include, categories: Categories::Observed, no_coefficients: false };
    let options = ask.options(requirement.as_ref(), &usual, read.coders.len())?;
    if args.resample == ResampleArg::Cases {
        has_column(&read.cases, "case", msg!("agree.resample.no_case.fix"))?;
    }
    let mut pick = Pick {
        coders: Vec::new(),
        cases: args.part.cases.clone(),
        dimensions: args.part.dimensions.clone(),
        round: args.comparing.round.clone(),
        without_unsure: args.without.is_some(),
    };
    let mut assumed = read.assumed.clone();
    let (agreement, inventory) = match args.by {
        Some(ByArg::Round) if pick.round.is_none() => {
            has_column(&read.rounds, "round", msg!("agree.no_rounds.fix"))?;
            let mut parts = Vec::new();
            for round in &read.rounds {
                pick.round = Some(round.clone());
                let mut part = picked(&read, &pick, &options)?;
                scale::order(args, &mut part.codings)?;
                assumed.extend(part.assumed.into_iter().filter(|it| !read.assumed.contains(it)));
                parts.push((round.clone(), part.codings));
            }
            (by_parts(&parts, &options), None)
        }
        by => {
            if by == Some(ByArg::Case) {
                has_column(&read.cases, "case", msg!("agree.no_rounds.fix"))?;
            }
            let mut part = picked(&read, &pick, &options)?;
            scale::order(args, &mut part.codings)?;
            assumed.extend(part.assumed);
            let inventory = Inventory::of(&part.codings);
            (of_codings(args, &part.codings, &options), Some(inventory))
        }
    };
    assumed.dedup();
    let report = AgreementReport::new(agreement, options, ask.ids).with_ask(&ask);
    let report = AgreementReport { assumed, inventory, ..report };
    Ok(Found { report, requirement })
}

fn of_codings(args: &Args, codings: &Codings, options: &Options) -> Agreement {
    if args.pairs { of_pairs(codings, options) } else { agreement::agreement(codings, options) }
}

/// How the file is to be read.
fn reading(args: &Args) -> anyhow::Result<Reading> {
    let empty = |arg: Option<EmptyArg>| {
        arg.map(|it| match it {
            EmptyArg::Missing => Empty::Missing,
            EmptyArg::None => Empty::None,
        })
    };
    let mut by_dimension = BTreeMap::new();
    let categories = match (&args.categories, &args.codebook) {
        (Some(CategoriesArg::These(names)), _) => Some(names.clone()),
        (_, Some(file)) => {
            let dimensions = codes(file)?;
            let all = dimensions.iter().flat_map(|(_, codes)| codes).cloned().collect();
            by_dimension = dimensions.into_iter().collect();
            Some(all)
        }
        _ => None,
    };
    Ok(Reading {
        coders: args.coders.iter().map(|coder| coder.text.clone()).collect(),
        empty: empty(args.empty),
        absent: empty(args.absent),
        missing: args.missing.iter().filter(|it| !it.trim().is_empty()).cloned().collect(),
        separator: args.separator.clone(),
        categories,
        by_dimension,
        units: args.units.as_deref().map(all_units).transpose()?,
    })
}

/// The codes of a codebook, dimension by dimension.
fn codes(file: &Path) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let name = file.display().to_string();
    let (bytes, _) = codebook_bytes(&name)?;
    let mut problems = Vec::new();
    let Some(codebook) =
        codebook::read(&name, &bytes, &mut problems).filter(|_| problems.is_empty())
    else {
        return Err(Failure::Invalid(problems).into());
    };
    let ids = |dimension: &Dimension| {
        dimension.tree().iter().map(|(_, code)| code.id.to_string()).collect()
    };
    Ok(codebook.dimensions.iter().map(|it| (it.id.to_string(), ids(it))).collect())
}

fn all_units(given: &str) -> anyhow::Result<AllUnits> {
    if let Ok(number) = given.parse() {
        return Ok(AllUnits::Number(number));
    }
    let bytes = read_given(Path::new(given))?;
    Ok(AllUnits::Names(codings::unit_names(given, &bytes)?))
}

fn has_column(names: &[String], column: &str, fix: Message) -> Result<(), Failure> {
    if names.is_empty() {
        return Err(Failure::Usage(msg!("agree.no_rounds", column = column), fix));
    }
    Ok(())
}

/// A part of the file; the positive answer that was named has to be there.
fn picked(read: &CodingsFile, pick: &Pick, options: &Options) -> Result<Read, Failure> {
    let part = read.codings(pick).map_err(unread)?;
    if let Some(positive) = &options.positive {
        let labels = |dimension: &crate::analysis::codings::CodedDimension| -> Vec<String> {
            dimension.answers().iter().map(|it| dimension.label(&it.codes)).collect()
        };
        let known: std::collections::BTreeSet<String> =
            part.codings.dimensions.iter().flat_map(labels).collect();
        let asked = positive.trim().to_lowercase();
        if !known.iter().any(|it| it.to_lowercase() == asked) {
            let list = known.into_iter().take(30).collect::<Vec<_>>().join(", ");
            let what = msg!("agree.positive.unknown", answer = positive);
            return Err(Failure::Usage(what, msg!("agree.positive.unknown.fix", list = list)));
        }
    }
    Ok(part)
}

fn unread(unread: Unread) -> Failure {
    match unread {
        Unread::Failure(failure) => failure,
        Unread::Unknown(UnknownName { kind, name, known }) => {
            let known: Vec<&str> = known.iter().map(|name| quotable(name)).collect();
            let named = match kind {
                "case" => Named::Case,
                "dimension" => Named::Dimension,
                "round" => Named::Round,
                _ => Named::Coder,
            };
            NotFound::among(named, &name, known).into()
        }
    }
}
