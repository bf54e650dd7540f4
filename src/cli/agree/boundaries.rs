//! `agree --boundaries`: two coders' own cuts of the same texts, from files or from the study.

use std::collections::BTreeMap;

use super::Found;
use super::args::Args;
use crate::cli::Context;
use crate::domain::failure::Failure;
use crate::domain::locator::Locator;
use crate::domain::problem::Problem;
use crate::format::marks::{Mark, Stretch, read};
use crate::msg;
use crate::render::agreement::AgreementReport;
use crate::render::names::Names;
use crate::store::{Opened, read_given};
use crate::work::ask::{
    BoundariesAsk, Cut, Placed, Places, Stretches, characters, in_characters, own_cuts, required,
};

/// The figures of cuts in files, or of coders' own cuts in the study.
pub(super) fn found(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Found> {
    let ask = args.boundaries_ask();
    ask.measures()?;
    let opened = match context.folder() {
        Ok(_) => Some(context.open()?),
        Err(error) if args.files.is_empty() => return Err(error.into()),
        Err(_) => None,
    };
    let requirement = required(args.require, opened.as_deref())?;
    let cut = match &opened {
        Some(opened) if args.files.is_empty() => own_cuts(opened, &ask)?,
        opened => of_files(args, &ask, opened.as_deref())?,
    };
    let names = opened.as_ref().map_or(Names::without(ask.ids), |it| Names::of(&it.study, ask.ids));
    Ok(Found { report: AgreementReport::cuts(ask.figures(cut)?, names), requirement })
}

fn of_files(args: &Args, ask: &BoundariesAsk, opened: Option<&Opened>) -> Result<Cut, Failure> {
    if !args.part.cases.is_empty() {
        let fix = msg!("agree.study_only.fix", option = "--case");
        return Err(Failure::Usage(msg!("agree.study_only", option = "--case"), fix));
    }
    let mut marks: Vec<(String, Mark)> = Vec::new();
    let mut coders: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    for file in &args.files {
        let shown = file.display().to_string();
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let taken = args.files.iter().filter(|other| other.file_stem() == file.file_stem()).count();
        let own = stem.filter(|_| taken == 1).unwrap_or_else(|| shown.clone());
        match read(&shown, &read_given(file)?) {
            Err(more) => problems.extend(more),
            Ok(read) => {
                // A file without rows is a coder who marked nothing.
                if read.iter().all(|mark| mark.coder.is_none()) && !coders.contains(&own) {
                    coders.push(own.clone());
                }
                for mark in read {
                    let coder = mark.coder.clone().unwrap_or_else(|| own.clone());
                    if !coders.contains(&coder) {
                        coders.push(coder.clone());
                    }
                    marks.push((coder, mark));
                }
            }
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let (stretches, places, lengths) = placed(&marks, opened)?;
    ask.cut(coders, stretches, places, &lengths)
}

/// Where every mark begins and ends: by characters where the study knows the transcript, by paragraphs where
/// nobody does.
fn placed(marks: &[(String, Mark)], opened: Option<&Opened>) -> Result<Placed, Failure> {
    let transcript = |locator: &Locator| opened?.study.transcript(locator.transcript());
    let mut problems = Vec::new();
    let mut stretches = Stretches::new();
    let mut lengths = BTreeMap::new();
    let mut places = Places::Counted;
    for (coder, mark) in marks {
        let of_text = stretches.entry(mark.transcript.clone()).or_default();
        let own = of_text.entry(coder.clone()).or_default();
        let (start, end) = match &mark.stretch {
            None => continue,
            Some(Stretch::Counted(start, end)) => (*start, *end),
            Some(Stretch::Located(locator)) => {
                let found = match transcript(locator) {
                    Some(known) => {
                        places = Places::Characters;
                        lengths.insert(mark.transcript.clone(), characters(known));
                        in_characters(known, locator)
                    }
                    None => {
                        places = Places::Paragraphs;
                        in_paragraphs(locator)
                    }
                };
                let Some(found) = found else {
                    let (what, fix) = match transcript(locator) {
                        Some(_) => {
                            (msg!("units.outside", unit = locator), msg!("units.outside.fix"))
                        }
                        None => (msg!("boundaries.characters"), msg!("boundaries.characters.fix")),
                    };
                    problems.push(Problem::new(mark.place.clone(), what, fix));
                    continue;
                };
                found
            }
        };
        own.push((start, end, mark.code.clone()));
    }
    if problems.is_empty() {
        Ok((stretches, places, lengths))
    } else {
        Err(Failure::Invalid(problems))
    }
}

fn in_paragraphs(locator: &Locator) -> Option<(u64, u64)> {
    let span = locator.span();
    span.from.is_none().then(|| (u64::from(span.first) - 1, u64::from(span.last)))
}
